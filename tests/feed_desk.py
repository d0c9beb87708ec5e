"""A news desk: feeds on a web server, their download, polls, a store, and a reader who is briefed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from bot.adapters.feed_source import HttpFeedSource
from bot.adapters.sqlite_store import SqliteStore
from bot.app.reading import reader
from bot.commands import Access, House, brief
from bot.jobs import BriefingPlan, send_briefings
from bot.model import Briefing, Subscription
from bot.pacing import Pacer
from bot.poll_round import poll_feeds
from bot.records import FeedResult
from bot.render.telegram import render_telegram
from bot.render.wording import load_wording
from bot.settings import parse_settings
from tests.fakes import FakeClock, FakeMessenger
from tests.servers.feeds import FeedServer
from tests.worlds import WORLD

__all__ = ["DAY", "HOUR", "MINUTE", "MORNING", "WORDS", "Desk", "Item", "stories", "title"]

#: 07:00 on the 18th in Seoul.
MORNING = dt.datetime(2024, 6, 17, 22, 0, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
#: Titles are made of these, as near-identical ones are told as one.
WORDS = [
    "harbour",
    "market",
    "council",
    "tram",
    "weather",
    "theatre",
    "football",
    "bridge",
    "library",
    "garden",
    "school",
    "museum",
]


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of a feed, as its author sees it."""

    title: str
    link: str
    guid: str | None = None
    text: str = "The story."
    at: dt.datetime | None = MORNING - 3 * HOUR

    def __str__(self) -> str:
        guid = f'<guid isPermaLink="false">{escape(self.guid)}</guid>' if self.guid else ""
        date = f"<pubDate>{format_datetime(self.at)}</pubDate>" if self.at else ""
        return (
            f"<item><title>{escape(self.title)}</title><link>{escape(self.link)}</link>{guid}{date}"
            f"<description>{escape(self.text)}</description></item>"
        )


def title(number: int) -> str:
    rest, last = divmod(number, len(WORDS))
    return f"{WORDS[last]} beside {WORDS[(last + 5 + rest) % len(WORDS)]}"


def stories(count: int, *, host: str = "https://e.example", first: int = 1) -> list[Item]:
    """Different stories of one outlet."""
    return [
        Item(title=title(n), link=f"{host}/{n}", guid=f"{host}/{n}", text=f"What {n} is about.")
        for n in range(first, first + count)
    ]


class Desk:
    """Feeds on a web server, a store, and a reader who is briefed at seven."""

    def __init__(self, server: FeedServer, source: HttpFeedSource, store: SqliteStore, clock: FakeClock):
        self.server, self.source, self.store, self.clock = server, source, store, clock
        self.reader = FakeMessenger("telegram", clock)

    def subscribe(self, *names: str, **more: str) -> None:
        """Poll `/NAME` as the feed NAME; `more` are further lines of its table in the config."""
        tables = (
            f'[[feeds]]\nurl = "{self.server.url}/{name}"\nname = "{name}"\nfull_text = false\n'
            + more.get(name, "")
            for name in names
        )
        settings = parse_settings("\n".join(tables), path=Path("config.toml"), env={})
        self.store.set_feeds(settings.feeds)

    def publish(self, name: str, items: Sequence[Item]) -> None:
        """Let a feed consist of these items from now on."""
        self.server.add(f"/{name}", f'<rss version="2.0"><channel>{"".join(map(str, items))}</channel></rss>')

    async def poll(self, *, later: dt.timedelta = 15 * MINUTE) -> dict[str, FeedResult]:
        """Let time pass, and poll every feed."""
        self.clock.advance(later)
        report = await poll_feeds(self.source, self.store, self.clock, reader(WORLD), only_due=False)
        return {feed.name: feed for feed in report.feeds}

    def briefing(self) -> Briefing:
        """What `/brief` answers."""
        return brief("", self.store, self.clock, House(access=Access(), world=WORLD))

    def headlines(self) -> list[str]:
        """The headlines of that, and how many sources each has."""
        return sorted(f"{each.title} ({len(each.sources)})" for each in self.briefing().headlines)

    def articles(self) -> int:
        """How many articles are known: near-identical ones may hide each other in a briefing."""
        (row,) = self.store._connection.rows("select count(*) as number from articles")
        return int(row["number"])

    async def morning(self) -> str:
        """What the reader is told at the next seven o'clock."""
        now = self.clock.now()
        self.clock.advance((MORNING - now) % DAY or DAY)
        plan = BriefingPlan(
            subscriptions=[Subscription(name="morning", at=dt.time(22), to=("telegram:1",))],
            render={"telegram": lambda told: render_telegram(told, load_wording("en", WORLD))},
            world=WORLD,
            lookback=30 * DAY,
        )
        messengers = {"telegram": self.reader}
        before = len(self.reader.sent)
        await send_briefings(self.store, messengers, self.clock, plan, pacer=Pacer(), sleep=self.clock.sleep)
        return "\n".join(message.text for message in self.reader.sent[before:])
