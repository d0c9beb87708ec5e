"""Polling the feeds, from end to end but for the network."""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.adapters.sqlite_store import SqliteStore
from bot.errors import StoreError
from bot.model import (
    Entry,
    Feed,
    FeedFailure,
    FeedFetched,
    FeedForUpdate,
    FeedUnchanged,
)
from bot.poll_round import poll_feeds
from bot.records import FeedResult, PollReport
from digest.facts import Article, Reading, Status, Visit
from tests.fakes import FakeClock, FakeFeedSource
from tests.store_records import DAY, FIRST, HOUR, LAST, NOW, entry, feed, poll, read, visit

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "attache.db") as opened:
        yield opened


class Desk:
    """Feeds, a clock, and a reader that knows which titles tell of which visits."""

    def __init__(self, store: SqliteStore, *feeds: Feed) -> None:
        self.store = store
        self.source = FakeFeedSource()
        self.clock = FakeClock(NOW)
        self.visits: dict[str, Visit] = {}
        self.read_articles: list[Article] = []
        store.set_feeds(feeds)

    def read(self, article: Article) -> Reading:
        self.read_articles.append(article)
        if article.title == "poison":
            raise ZeroDivisionError("poison")
        found = self.visits.get(article.title or "")
        return Reading(language="id", visits=(found,) if found else ())

    async def poll(
        self, *, only_due: bool = False, on_progress: Callable[[FeedResult, int], None] | None = None
    ) -> PollReport:
        return await poll_feeds(
            self.source, self.store, self.clock, self.read, only_due=only_due, on_progress=on_progress
        )

    def headlines(self) -> list[str]:
        found = self.store.headlines(NOW - 30 * DAY, NOW + 30 * DAY)
        return sorted(each.source.title for each in found)


async def test_a_poll_reads_and_stores_what_is_new(store: SqliteStore) -> None:
    """Entries become articles, visits become trips, and the report counts them."""
    desk = Desk(store, feed("Antara"))
    desk.visits["Putin ke Pyongyang"] = visit()
    desk.source.answers[feed("Antara").url] = [entry("Putin ke Pyongyang"), entry("Banjir")]

    report = await desk.poll()

    assert report.feeds == (FeedResult(name="Antara", url=feed("Antara").url, new=2, visits=1),)
    assert [trip.visitors[0].name for trip in store.trips(FIRST, LAST)] == ["Vladimir Putin"]
    assert desk.headlines() == ["Banjir"]


async def test_a_second_poll_of_the_same_entries_reads_nothing(store: SqliteStore) -> None:
    """Known entries cost no reading."""
    desk = Desk(store, feed("Antara"))
    desk.source.answers[feed("Antara").url] = [entry("One", link="https://e.org/1"), entry("Two")]
    await desk.poll()

    report = await desk.poll()

    assert (report.feeds[0].new, len(desk.read_articles)) == (0, 2)
    assert desk.source.fetched[1].etag == '"1"'


async def test_an_unchanged_feed_stays_as_it_is(store: SqliteStore) -> None:
    """304: the validators are kept and the feed counts as answered."""
    desk = Desk(store, feed("Antara"))
    desk.source.answers[feed("Antara").url] = [entry("One")]
    await desk.poll()
    desk.source.answers[feed("Antara").url] = None
    desk.clock.advance(HOUR)

    await desk.poll()

    (after,) = store.feeds()
    assert (after.etag, after.last_polled_at, store.feed_health(NOW + HOUR).answered) == (
        '"1"',
        NOW + HOUR,
        1,
    )


async def test_an_edited_entry_is_read_again(store: SqliteStore) -> None:
    """What it said before is replaced."""
    desk = Desk(store, feed("Antara"))
    desk.visits |= {"Visit": visit(), "Visit is off": visit(status=Status.CANCELLED)}
    desk.source.answers[feed("Antara").url] = [entry("Visit", link="https://e.org/1")]
    await desk.poll()
    desk.source.answers[feed("Antara").url] = [entry("Visit is off", link="https://e.org/1")]

    report = await desk.poll()

    (trip,) = store.trips(FIRST, LAST)
    assert (report.feeds[0].edited, trip.status, len(trip.reports)) == (1, Status.CANCELLED, 1)


async def test_one_bad_feed_never_stops_the_others(store: SqliteStore) -> None:
    """Failures, and faults of ours that a feed brings out, are results with a reason, and back off."""
    names = ("Broken", "Gone", "Good")
    desk = Desk(store, *(feed(name) for name in names))
    desk.source.answers = {
        feed("Broken").url: RuntimeError("boom"),
        feed("Gone").url: "HTTP 410",
        feed("Good").url: [entry("One")],
    }

    report = await desk.poll()

    assert [(each.name, each.failure) for each in report.feeds] == [
        ("Broken", "could not be processed: RuntimeError: boom"),
        ("Gone", "HTTP 410"),
        ("Good", None),
    ]
    assert [each.name for each in report.failed] == ["Broken", "Gone"]
    assert [each.failures for each in store.feeds()] == [1, 1, 0]
    assert desk.headlines() == ["One"]


async def test_one_bad_entry_never_stops_the_others(store: SqliteStore) -> None:
    """It is kept as a headline, so that it does not break each poll to come; half characters too."""
    desk = Desk(store, feed("Antara"))
    desk.source.answers[feed("Antara").url] = [
        entry("poison"),
        entry("half \ud83d", text="half \udc00"),
        entry("Good"),
    ]

    report = await desk.poll()

    assert (report.feeds[0].new, report.feeds[0].failure) == (3, None)
    assert desk.headlines() == ["Good", "half ?", "poison"]


async def test_a_feed_that_another_process_polled_meanwhile_is_left_to_it(store: SqliteStore) -> None:
    """Nothing is stored twice, and nothing is counted that was not stored."""
    desk = Desk(store, feed("Antara"))

    class Slow(FakeFeedSource):
        async def fetch(self, due: FeedForUpdate) -> FeedFetched | FeedUnchanged | FeedFailure:
            answer = await super().fetch(due)
            store.save_poll(poll(due, read(entry("One", link="https://e.org/1"))))
            return answer

    desk.source = Slow()
    desk.source.answers[feed("Antara").url] = [entry("One", link="https://e.org/1")]

    report = await desk.poll()

    assert (report.feeds[0].new, report.feeds[0].note) == (0, "another process polled it")
    assert desk.headlines() == ["One"]


async def test_only_due_feeds_are_polled_unless_all_are_asked_for(store: SqliteStore) -> None:
    """`attache poll` and `attache poll --all`."""
    desk = Desk(store, feed("Often", every=MINUTE), feed("Rarely", every=DAY))
    desk.source.answers = {feed("Often").url: [entry("One")], feed("Rarely").url: [entry("Two")]}
    await desk.poll()
    desk.clock.advance(HOUR)

    due, all_ = await desk.poll(only_due=True), await desk.poll()

    assert [each.name for each in due.feeds] == ["Often"]
    assert [each.name for each in all_.feeds] == ["Often", "Rarely"]


async def test_progress_is_told_feed_by_feed(store: SqliteStore) -> None:
    """For a progress bar: each result with the size of the round."""
    desk = Desk(store, feed("One"), feed("Two"))
    told: list[tuple[str, int]] = []

    await desk.poll(on_progress=lambda result, total: told.append((result.name, total)))

    assert sorted(told) == [("One", 2), ("Two", 2)]


async def test_the_page_is_read_where_the_entry_is_a_teaser(store: SqliteStore) -> None:
    """Pages are fetched for short entries alone, for feeds that allow it, and used where they say more."""
    long = "A whole article. " * 30
    teaser, whole = (
        Feed(url="https://a.org/rss", name="A"),
        Feed(url="https://b.org/rss", name="B", full_text=False),
    )
    desk = Desk(store, teaser, whole)
    desk.source.answers = {
        teaser.url: [
            entry("Teaser", link="https://a.org/1", text="Short."),
            entry("Whole", link="https://a.org/2", text=long),
            entry("No page", link="https://a.org/3", text="No page."),
            entry("Poor page", link="https://a.org/4", text="Longer than its page."),
            entry("No link", text="No link."),
        ],
        whole.url: [entry("Not allowed", link="https://b.org/1", text="As it is.")],
    }
    desk.source.pages = {"https://a.org/1": long, "https://a.org/4": "Cookies?", "https://b.org/1": long}

    await desk.poll()

    assert {each.title: each.text for each in desk.read_articles} == {
        "Teaser": long,
        "Whole": long,
        "No page": "No page.",
        "Poor page": "Longer than its page.",
        "No link": "No link.",
        "Not allowed": "As it is.",
    }
    assert sorted(desk.source.pages_fetched) == ["https://a.org/1", "https://a.org/3", "https://a.org/4"]


async def test_a_page_that_breaks_leaves_the_teaser(store: SqliteStore) -> None:
    """A fault of ours in one page costs the entry nothing but its page."""

    class Breaking(FakeFeedSource):
        async def full_text(self, feed: Feed, link: str) -> str | None:
            raise ValueError(link)

    desk = Desk(store, feed("Antara"))
    desk.source = Breaking()
    desk.source.answers[feed("Antara").url] = [entry("Teaser", link="https://e.org/1", text="Short.")]

    report = await desk.poll()

    assert (report.feeds[0].new, desk.read_articles[0].text) == (1, "Short.")


async def test_an_article_in_two_feeds_of_an_outlet_is_read_once(store: SqliteStore) -> None:
    """The second feed lists it too, and from then on knows it by its own id."""
    world, politics = feed("World"), feed("Politics")
    desk = Desk(store, world, politics)
    desk.visits["Visit"] = visit()
    desk.source.answers = {world.url: [entry("Visit", link="https://e.org/1")], politics.url: []}
    await desk.poll()
    moved = Entry(id="p1", link="https://e.org/1", title="Visit", text="", published_at=NOW)
    renamed = Entry(id="p1", link="https://e.org/visit", title="Visit", text="", published_at=NOW)

    news = []
    for item in (moved, renamed):
        desk.source.answers[politics.url] = [item]
        news.append((await desk.poll()).feeds[1].new)

    (trip,) = store.trips(FIRST, LAST)
    assert (news, len(trip.reports), len(desk.read_articles)) == ([0, 0], 1, 1)


async def test_a_feed_that_moved_for_good_is_reported(store: SqliteStore) -> None:
    """The admin can put the new address into the settings."""

    class Moved(FakeFeedSource):
        async def fetch(self, due: FeedForUpdate) -> FeedFetched:
            return FeedFetched(feed=due.feed, entries=(), moved_to="https://new.example/rss")

    desk = Desk(store, feed("Antara"))
    desk.source = Moved()

    report = await desk.poll()

    assert report.feeds[0].note == "moved for good to https://new.example/rss"


async def test_the_reader_gets_all_that_the_feed_says(store: SqliteStore) -> None:
    """Date, link, and the entry's language before the feed's."""
    desk = Desk(store, feed("Antara", language="id"))
    spoken = Entry(id="1", link="https://e.org/1", title="T", text="x", published_at=NOW, language="ko")
    desk.source.answers[feed("Antara").url] = [spoken, entry("U", text="y")]

    await desk.poll()

    assert desk.read_articles[0] == Article(
        title="T", text="x", published_at=NOW, url="https://e.org/1", language_hint="ko"
    )
    assert desk.read_articles[1].language_hint == "id"


async def test_a_feed_that_renumbers_itself_is_reported(store: SqliteStore) -> None:
    """Field note 6: held back, and the admin is told."""
    desk = Desk(store, feed("Antara"))
    old = [entry(f"T{n}", link=f"https://e.org/a/{n}", text=f"Old {n}") for n in range(6)]
    new = [entry(f"T{n}", link=f"https://e.org/b/{n}", text=f"New {n}", at=NOW + 9 * DAY) for n in range(6)]
    desk.source.answers[feed("Antara").url] = old
    await desk.poll()
    desk.source.answers[feed("Antara").url] = new

    report = await desk.poll()

    assert (report.feeds[0].new, report.feeds[0].warning) == (0, "renumbered")
    assert "calls 6 known articles new" in (report.feeds[0].note or "")


async def test_a_gap_between_polls_is_reported(store: SqliteStore) -> None:
    """Field note 12: more came than the feed holds; the first poll of a feed is no gap."""
    desk = Desk(store, feed("Antara"))
    desk.source.answers[feed("Antara").url] = [entry(f"A{n}", text=f"A{n}") for n in range(5)]
    first = await desk.poll()
    desk.source.answers[feed("Antara").url] = [entry(f"B{n}", text=f"B{n}") for n in range(5)]

    second = await desk.poll()

    assert first.feeds[0].note is None
    assert "some may have been missed" in (second.feeds[0].note or "")


async def test_a_store_that_fails_ends_the_poll_in_one_line(store: SqliteStore) -> None:
    """A full disk is no fault of the feeds."""
    desk = Desk(store, feed("One"), feed("Two"))
    store._connection.db.execute("pragma query_only = on")

    with pytest.raises(StoreError, match="readonly"):
        await desk.poll()


async def test_chats_are_answered_while_articles_are_read(store: SqliteStore) -> None:
    """Reading happens off the event loop."""
    desk = Desk(store, feed("Antara"))
    desk.source.answers[feed("Antara").url] = [entry("One")]
    loop = asyncio.get_running_loop()

    def waits_for_the_loop(article: Article) -> Reading:
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result(timeout=10)
        return Reading(language="en")

    report = await poll_feeds(desk.source, store, desk.clock, waits_for_the_loop)

    assert (report.feeds[0].new, report.feeds[0].failure) == (1, None)
