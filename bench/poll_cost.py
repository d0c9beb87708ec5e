"""What a poll of a hundred new entries costs, by how much the store knows already."""

import asyncio
import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.rows import Row
from bot.adapters.clocks import FixedClock
from bot.adapters.sqlite_store import SqliteStore
from bot.adapters.store_codec import to_moment
from bot.model import Entry, Feed, FeedFailure, FeedFetched, FeedForUpdate, FeedUnchanged
from bot.poll_round import poll_feeds
from bot.polling import keys_of
from digest.facts import Article, Reading
from digest.folding import folded

ROUNDS = 7
ENTRIES = 100
SMALL, LARGE = 3_000, 300_000
TARGET = 2
#: A store of so many articles is a hundred days of so many a day.
DAYS = 100
#: Days of which the store keeps what near-identical texts are found by, and how many bands a text has.
KEPT_DAYS, BANDS = 14, 24
NOW = dt.datetime(2024, 6, 18, 7, 0, tzinfo=dt.UTC)
FEED = Feed(url="https://bench.example/rss", name="Bench")


class Listing:
    """A feed that lists what it was given."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = tuple(entries)

    async def fetch(self, due: FeedForUpdate) -> FeedFetched | FeedUnchanged | FeedFailure:
        """All of its entries."""
        return FeedFetched(feed=due.feed, entries=self._entries)

    async def full_text(self, feed: Feed, link: str) -> str | None:
        """The entries have their texts already."""
        return None


def main() -> None:
    """Measure and print."""
    with (
        tempfile.TemporaryDirectory() as folder,
        SqliteStore(Path(folder) / "small.db") as small,
        SqliteStore(Path(folder) / "large.db") as large,
    ):
        _fill(small, SMALL)
        _fill(large, LARGE)
        rounds = [(_poll(large, number), _poll(small, number)) for number in range(ROUNDS + 1)][1:]
    many, few = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(
        Row(
            what=f"poll cost: {ENTRIES} new entries among {LARGE:,} articles, and {SMALL:,}",
            measured=many / few,
            unit="x",
            at_most=TARGET,
        )
    )
    print(Row(what=f"  among {LARGE:,}, without the reading", measured=many * 1000, unit="ms"))


def _fill(store: SqliteStore, count: int) -> None:
    """A store as a hundred days of polls leave it."""
    chance = random.Random(7)  # noqa: S311 - no secret
    store.set_feeds([FEED])
    with store._connection.immediate() as db:
        articles, entries, bands = [], [], []
        for number in range(1, count + 1):
            at = NOW - dt.timedelta(days=DAYS) * (1 - number / count)
            entry = _entry(chance, f"https://bench.example/{number}", at)
            keys, told = keys_of(entry), to_moment(at)
            row = (number, FEED.url, keys.link, entry.link, entry.title, folded(entry.title), entry.text)
            articles.append((*row, told, told, told))
            entries.append((FEED.url, number, keys.id, keys.link, keys.title, keys.content, told))
            if (NOW - at).days < KEPT_DAYS:
                day = at.toordinal()
                bands += [(day, chance.randrange(2**32), number) for _ in range(BANDS)]
        db.conn.executemany(
            """
            insert into articles (id, feed_url, canonical_link, link, title, folded_title, text,
                published_at, fetched_at, dated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            articles,
        )
        db.conn.executemany("insert into entries values (?, ?, ?, ?, ?, ?, ?)", entries)
        db.conn.executemany("insert into text_bands values (?, ?, ?)", bands)
        db.execute("update feeds set polls = 1, last_polled_at = ?, last_success_at = ?", [told, told])


def _entry(chance: random.Random, link: str, at: dt.datetime, words: int = 12) -> Entry:
    text = " ".join(f"{chance.randrange(16**6):x}" for _ in range(words))
    return Entry(id=link, link=link, title=text[:60], text=text, published_at=at)


def _poll(store: SqliteStore, number: int) -> float:
    chance = random.Random(f"round {number}")  # noqa: S311 - no secret
    links = (f"https://bench.example/round-{number}/{at}" for at in range(ENTRIES))
    known = Entry(id=None, link="https://bench.example/1", title="Known", text="", published_at=NOW)
    source = Listing([*(_entry(chance, link, NOW, words=300) for link in links), known])
    began = time.perf_counter()
    report = asyncio.run(poll_feeds(source, store, FixedClock(NOW), _unread, only_due=False))
    seconds = time.perf_counter() - began
    if report.feeds[0].new != ENTRIES:
        raise AssertionError(report)
    return seconds


def _unread(article: Article) -> Reading:
    """Reading is measured by itself."""
    return Reading(language="en")


if __name__ == "__main__":
    main()
