"""Feeds and entries in the store: what a poll brought is kept, once."""

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.adapters.sqlite_store import SqliteStore
from bot.adapters.store_schema import MIGRATIONS
from bot.model import FailedFeed, Feed, FeedForUpdate, Moved
from bot.polling import keys_of
from bot.records import FeedHealth, FeedPoll
from tests.store_records import (
    DAY,
    FIRST,
    HOUR,
    LAST,
    NOW,
    due,
    entry,
    feed,
    poll,
    read,
    title_links,
    visit,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "attache.db") as opened:
        yield opened


def test_feeds_come_back_as_they_were_set(store: SqliteStore) -> None:
    """All of a feed's settings are kept, in the order of the settings."""
    one = feed(
        "Antara", language="id", every=dt.timedelta(hours=2), topics=("asia", "politik"), full_text=False
    )
    two = feed("Yonhap")

    store.set_feeds([two, one])

    assert store.feeds() == [FeedForUpdate(feed=two), FeedForUpdate(feed=one)]


def test_a_feed_that_leaves_the_settings_keeps_its_past(store: SqliteStore) -> None:
    """Removing a feed ends the polling; adding it again does not make its old articles new."""
    one = feed()
    store.save_poll(poll(due(store, one), read(entry("Old"))))

    store.set_feeds([])
    gone = store.feeds()
    store.set_feeds([one])

    assert gone == []
    assert store.feeds()[0].last_polled_at == NOW
    assert title_links(store) == ["Old"]


def test_a_successful_poll_is_remembered(store: SqliteStore) -> None:
    """The validators of the answer serve the next poll; failures are forgotten."""
    one = feed()
    store.save_poll(FeedPoll(due=due(store, one), polled_at=NOW - HOUR, failure="timeout"))
    store.save_poll(FeedPoll(due=due(store, one), polled_at=NOW, etag='"7"', last_modified="Mon"))

    assert store.feeds() == [
        FeedForUpdate(
            feed=one, etag='"7"', last_modified="Mon", last_polled_at=NOW, last_success_at=NOW, polls=2
        )
    ]
    assert store.feed_health(NOW) == FeedHealth(answered=1)


def test_a_failed_poll_keeps_the_validators_and_counts(store: SqliteStore) -> None:
    """An outage costs no full download afterwards, and the admin sees the reason."""
    one = feed()
    store.save_poll(FeedPoll(due=due(store, one), polled_at=NOW - HOUR, etag='"7"'))
    for _ in range(2):
        store.save_poll(FeedPoll(due=due(store, one), polled_at=NOW, failure="HTTP 404"))

    known = store.feeds()[0]

    assert (known.etag, known.failures, known.last_polled_at) == ('"7"', 2, NOW)
    assert store.feed_health(NOW) == FeedHealth(
        answered=0, failed=(FailedFeed(name="Antara", reason="HTTP 404"),)
    )


@pytest.mark.parametrize(("every", "days"), [(dt.timedelta(minutes=15), 1), (dt.timedelta(days=3), 6)])
def test_a_feed_that_was_not_polled_for_long_has_not_answered(
    store: SqliteStore, every: dt.timedelta, days: int
) -> None:
    """Old news is not presented as today's: not after a day, nor after twice the feed's own time."""
    slow = feed(every=every)
    store.save_poll(FeedPoll(due=due(store, slow), polled_at=NOW))
    limit = NOW + dt.timedelta(days=days)
    failed = FailedFeed(name="Antara", reason=f"not polled since {NOW:%Y-%m-%d}")

    assert store.feed_health(limit) == FeedHealth(answered=1)
    assert store.feed_health(limit + HOUR) == FeedHealth(answered=0, failed=(failed,))


def test_a_poll_that_another_one_overtook_stores_nothing(store: SqliteStore) -> None:
    """Two processes poll one feed at a time: its entries are stored once."""
    before = due(store, feed())

    assert store.save_poll(poll(before, read(entry("Visit", link="https://e.org/1"))))
    assert not store.save_poll(poll(before, read(entry("Visit", link="https://e.org/1"))))
    assert title_links(store) == ["Visit"]


@pytest.mark.parametrize(
    "again",
    [
        entry("Other", link="https://www.e.org/1?utm_source=x", text="Other"),
        entry("Visit", link="https://e.org/other", text="Other"),
        entry("visit ", link=None, text="The text"),
    ],
)
def test_a_known_entry_is_found_by_any_of_its_keys(store: SqliteStore, again: object) -> None:
    """By id or link, by title, by content: the decision itself is made elsewhere."""
    one = feed()
    item = entry("Visit", link="https://e.org/1", text="The text")
    store.save_poll(poll(due(store, one), read(item), read(entry("Flood", link="https://e.org/2"))))

    found = store.known_entries(one, [keys_of(again)])  # type: ignore[arg-type]

    assert [(known.keys, known.same_feed, known.published_at) for known in found] == [
        (keys_of(item), True, NOW)
    ]


def test_an_entry_of_another_feed_is_found_by_its_link_alone(store: SqliteStore) -> None:
    """Ids and titles of one feed say nothing about another's."""
    item = entry("Visit", link="https://e.org/1")
    store.save_poll(poll(due(store, feed("One")), read(item)))

    by_link = store.known_entries(feed("Two"), [keys_of(item)])
    by_title = store.known_entries(feed("Two"), [keys_of(entry("Visit", link="https://two.org/1"))])

    assert [known.same_feed for known in by_link] == [False]
    assert by_title == []


def test_an_article_that_two_feeds_bring_at_a_time_is_one(store: SqliteStore) -> None:
    """Both feeds were fetched before either was stored: one article, one report, known to both."""
    one, two = due(store, feed("World")), due(store, feed("Politics"))
    item = entry("Visit", link="https://e.org/1")

    store.save_poll(poll(one, read(item, visit())))
    store.save_poll(poll(two, read(item, visit())))

    assert [len(trip.reports) for trip in store.trips(FIRST, LAST)] == [1]
    known = store.known_entries(two.feed, [keys_of(item)])
    assert {(each.article_id, each.same_feed) for each in known} == {(1, False), (1, True)}


WIRE = " ".join(f"kata{number} kalimat{number * 7} kantor{number * 3} berita" for number in range(40))


def test_a_wire_of_another_feed_is_an_article_of_its_own_that_names_the_first(store: SqliteStore) -> None:
    """Both outlets are sources, and all copies name one and the same original."""
    for number, name in enumerate(("Antara", "Kompas", "Tempo")):
        item = entry(f"Putin {number}", link=f"https://{name}.example/1", text=WIRE[: 1400 - 100 * number])
        store.save_poll(poll(due(store, feed(name)), read(item, visit()), at=NOW + number * HOUR))

    (trip,) = store.trips(FIRST, LAST)
    assert [(report.outlet, report.copy_of) for report in trip.reports] == [
        ("Antara", None),
        ("Kompas", "1"),
        ("Tempo", "1"),
    ]
    assert trip.voices == 1


def test_an_article_that_was_edited_into_its_own_words_is_a_copy_no_more(store: SqliteStore) -> None:
    """The newest text decides."""
    first = entry("Putin", link="https://a.example/1", text=WIRE)
    copy = entry("Putin", link="https://b.example/1", text=WIRE)
    store.save_poll(poll(due(store, feed("Antara")), read(first, visit())))
    store.save_poll(poll(due(store, feed("Kompas")), read(copy, visit())))
    own = entry("Putin", link="https://b.example/1", text=WIRE[::-1])

    store.save_poll(poll(due(store, feed("Kompas")), read(own, visit(), article_id=2)))

    (trip,) = store.trips(FIRST, LAST)
    assert [report.copy_of for report in trip.reports] == [None, None]


def test_the_feeds_own_articles_of_a_text_are_found_for_some_days(store: SqliteStore) -> None:
    """Another feed's are not its own, and what was said last week is another story."""
    for name in ("Antara", "Kompas"):
        item = entry("Putin", link=f"https://{name}.example/1", text=WIRE)
        store.save_poll(poll(due(store, feed(name)), read(item)))

    found = store.texts_like(feed("Kompas"), WIRE, NOW + 2 * DAY)

    assert [each.article_id for each in found] == [2]
    assert store.texts([2]) == found
    assert store.texts_like(feed("Kompas"), WIRE, NOW + 4 * DAY) == []
    assert store.texts_like(feed("Kompas"), "A teaser.", NOW) == []


def test_a_move_is_remembered_until_the_feed_answers_without_it(store: SqliteStore) -> None:
    """A failure says nothing about where the feed is."""
    moved = Moved(to="https://new.example/rss", since=NOW - DAY, checked_at=NOW)
    store.save_poll(FeedPoll(due=due(store, feed()), polled_at=NOW, moved=moved))
    store.save_poll(FeedPoll(due=due(store, feed()), polled_at=NOW, failure="timeout"))

    assert due(store, feed()).moved == moved

    store.save_poll(FeedPoll(due=due(store, feed()), polled_at=NOW))

    assert due(store, feed()).moved is None


@pytest.mark.parametrize("new_url", ["https://new.example/rss", "https://antara.example/rss"])
def test_a_feed_under_the_address_it_moved_to_is_the_same_feed(store: SqliteStore, new_url: str) -> None:
    """The admin puts the new address into the config: nothing that is known becomes new by that."""
    old, new = (Feed(url=url, name="Antara") for url in ("http://antara.example/rss", new_url))
    moved = Moved(to="https://new.example/rss", since=NOW - 9 * DAY, checked_at=NOW)
    unlinked = entry("Putin")
    saved = poll(due(store, old), read(unlinked, visit()))
    store.save_poll(replace(saved, moved=moved))

    store.set_feeds([feed("Kompas"), new])

    assert [each.feed.url for each in store.feeds()] == [feed("Kompas").url, new_url]
    assert store.feeds()[1] == FeedForUpdate(
        feed=new, last_polled_at=NOW, last_success_at=NOW, has_listed=True, polls=1
    )
    assert [each.same_feed for each in store.known_entries(new, [keys_of(unlinked)])] == [True]
    assert [trip.reports[0].outlet for trip in store.trips(FIRST, LAST)] == ["Antara"]


def test_a_feed_that_is_still_listed_keeps_its_own(store: SqliteStore) -> None:
    """Old and new address side by side are two feeds; so is any other address that is new."""
    old, other = feed("Antara"), feed("Kompas")
    moved = Moved(to=other.url, since=NOW - 9 * DAY, checked_at=NOW)
    store.save_poll(replace(poll(due(store, old), read(entry("Putin"))), moved=moved))

    store.set_feeds([old, other, feed("Tempo")])

    assert [each.polls for each in store.feeds()] == [1, 0, 0]


def test_a_database_from_before_copies_and_moves_is_brought_up_to_date(tmp_path: Path) -> None:
    """What it holds stays, and it is polled as any other."""
    path = tmp_path / "old.db"
    with contextlib.closing(sqlite3.connect(path)) as raw:
        MIGRATIONS.apply(Database(raw), stop_before="copies_and_moves")
        raw.execute(
            "insert into feeds (url, name, settings, position, polls) values (?, 'Antara', ?, 0, 7)",
            [feed().url, '{"url": "https://antara.example/rss", "name": "Antara"}'],
        )
        raw.commit()

    with SqliteStore(path) as store:
        (known,) = store.feeds()
        assert store.save_poll(poll(known, read(entry("Putin", text=WIRE), visit())))

        assert (known.polls, known.moved, known.feed) == (7, None, feed())
        assert len(store.trips(FIRST, LAST)) == 1
