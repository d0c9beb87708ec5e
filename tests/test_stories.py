"""The stories, joined into trips: the figures hold, and the order of arrival does not matter."""

import datetime as dt
import functools
import random
from pathlib import Path

import pytest

from bot.adapters.sqlite_store import SqliteStore
from bot.model import Entry
from bot.polling import keys_of
from bot.records import FeedPoll, ReadArticle
from digest.merge import arrange
from digest.trips import Report
from tests.store_records import due, feed
from tools.stories import FLOORS, MOST_WRONG, Pool, load_stories, perfect_pool, raw_pool

#: No trip of the stories lies outside.
SINCE, UNTIL = dt.date(1900, 1, 1), dt.date(2100, 1, 1)


@functools.cache
def _perfect() -> Pool:
    return perfect_pool(load_stories())


def test_annotated_visits_are_joined_as_they_belong() -> None:
    score = _perfect().score()

    assert score.f1 >= FLOORS["perfect"]
    assert score.wrong_share <= MOST_WRONG


def test_articles_as_they_are_read_are_joined_as_they_belong() -> None:
    pool = raw_pool(load_stories())

    score, found = pool.score(), pool.score(found_only=True)

    assert score.f1 >= FLOORS["raw"]
    assert found.f1 >= FLOORS["raw, found"]
    assert score.wrong_share <= MOST_WRONG


def _parts(groups: list[tuple[Report, ...]]) -> set[frozenset[tuple[str, str]]]:
    """Which reports are together, each by its article's link and its sentence."""
    return {frozenset((str(r.url), r.visit.evidence.text) for r in told) for told in groups}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_store_that_joins_one_by_one_in_any_order_holds_the_same_trips(tmp_path: Path, seed: int) -> None:
    """What is joined step by step, loading only what a report looks up, is what all reports say at once."""
    pool = _perfect()
    articles: dict[str, list[Report]] = {}
    for report in pool.reports:
        articles.setdefault(report.article_id, []).append(report)
    order = sorted(articles)
    random.Random(seed).shuffle(order)  # noqa: S311 - no secret
    last = max(report.told_at for report in pool.reports)

    with SqliteStore(tmp_path / "attache.db") as store:
        for id in order:
            told = articles[id]
            entry = Entry(
                id=id,
                link=told[0].url,
                title=told[0].title,
                text=id,
                published_at=told[0].published_at,
            )
            article = ReadArticle(
                article_id=None,
                entry=entry,
                keys=keys_of(entry),
                text=id,
                language=told[0].language,
                visits=tuple(report.visit for report in told),
                note=None,
            )
            poll = FeedPoll(due=due(store, feed(told[0].outlet)), polled_at=last, articles=(article,))
            assert store.save_poll(poll)
        trips = store.trips(SINCE, UNTIL)

    assert _parts([trip.reports for trip in trips]) == _parts([t.reports for t in arrange(pool.reports)])
