"""The stories, joined into trips: the figures hold, and the order of arrival does not matter."""

import datetime as dt
import functools
from dataclasses import replace
from pathlib import Path
from random import Random

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


def _article(told: list[Report], article_id: int | None = None) -> ReadArticle:
    """An article with the visits of these reports, as the poll of its feed would bring it."""
    first = told[0]
    entry = Entry(
        id=first.article_id,
        link=first.url,
        title=first.title,
        text=first.article_id,
        published_at=first.published_at,
    )
    return ReadArticle(
        article_id=article_id,
        entry=entry,
        keys=keys_of(entry),
        text=entry.text,
        language=first.language,
        visits=tuple(report.visit for report in told),
        note=None,
    )


def _shuffled(pool: Pool, random: Random) -> list[list[Report]]:
    """The reports by article, the articles in any order."""
    articles: dict[str, list[Report]] = {}
    for report in pool.reports:
        articles.setdefault(report.article_id, []).append(report)
    order = sorted(articles.values(), key=lambda told: told[0].id)
    random.shuffle(order)
    return order


def _save(store: SqliteStore, article: ReadArticle, outlet: str, at: dt.datetime) -> None:
    assert store.save_poll(FeedPoll(due=due(store, feed(outlet)), polled_at=at, articles=(article,)))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_store_that_joins_one_by_one_in_any_order_holds_the_same_trips(tmp_path: Path, seed: int) -> None:
    """What is joined step by step, loading only what a report looks up, is what all reports say at once."""
    pool = _perfect()
    last = max(report.told_at for report in pool.reports)

    with SqliteStore(tmp_path / "attache.db") as store:
        for told in _shuffled(pool, Random(seed)):  # noqa: S311 - no secret
            _save(store, _article(told), told[0].outlet, last)
        trips = store.trips(SINCE, UNTIL)

    assert _parts([trip.reports for trip in trips]) == _parts([t.reports for t in arrange(pool.reports)])


def test_articles_that_are_corrected_or_taken_back_leave_what_the_others_say(tmp_path: Path) -> None:
    """What was joined comes apart again: one article in three is corrected to say what the next one says,
    another is emptied, and the trips are those of what is said now.
    """
    pool = _perfect()
    last = max(report.told_at for report in pool.reports)
    order = _shuffled(pool, Random(3))[:400]  # noqa: S311 - no secret
    now: list[Report] = []

    with SqliteStore(tmp_path / "attache.db") as store:
        for told in order:
            _save(store, _article(told), told[0].outlet, last)
        ids = {report.url: int(report.article_id) for t in store.trips(SINCE, UNTIL) for report in t.reports}
        for at, told in enumerate(order):
            if at % 3 == 0:
                other = order[(at + 1) % len(order)]
                told = [
                    replace(told[0], id=f"{told[0].article_id}.{n}", visit=r.visit)
                    for n, r in enumerate(other)
                ]
            elif at % 3 == 1:
                told = [told[0]]
            now += told if at % 3 != 1 else []
            article = _article(told, ids[told[0].url])
            if at % 3 == 1:
                article = replace(article, visits=())
            _save(store, article, told[0].outlet, last)
        trips = store.trips(SINCE, UNTIL)

    assert _parts([trip.reports for trip in trips]) == _parts([t.reports for t in arrange(now)])
