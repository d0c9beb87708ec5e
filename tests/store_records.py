"""Records to fill a store with, for tests: feeds, polls, visits and briefings."""

import datetime as dt

from bot.adapters.sqlite_store import SqliteStore
from bot.model import Briefing, Entry, Feed, FeedForUpdate, Part
from bot.polling import keys_of
from bot.records import FeedPoll, Outgoing, ReadArticle, Slot
from digest.facts import (
    Destination,
    Kind,
    PartialDate,
    Party,
    Salience,
    Span,
    Status,
    Visit,
)

__all__ = [
    "DAY",
    "FIRST",
    "HOUR",
    "LAST",
    "NOW",
    "briefing",
    "due",
    "entry",
    "feed",
    "outgoing",
    "poll",
    "read",
    "title_links",
    "visit",
]

NOW = dt.datetime(2024, 6, 17, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
#: A month around it.
FIRST, LAST = dt.date(2024, 6, 1), dt.date(2024, 6, 30)


def feed(name: str = "Antara", **settings: object) -> Feed:
    return Feed(url=f"https://{name.lower()}.example/rss", name=name, **settings)  # type: ignore[arg-type]


def entry(title: str, *, link: str | None = None, text: str = "", at: dt.datetime | None = NOW) -> Entry:
    return Entry(id=link or title, link=link, title=title, text=text, published_at=at)


def visit(
    visitor: str = "Vladimir Putin",
    to: str = "KP",
    *,
    start: str | None = "2024-06-18",
    status: Status = Status.PLANNED,
    country: str = "RU",
) -> Visit:
    day = PartialDate.parse(start) if start else None
    return Visit(
        visitors=(Party(name=visitor, country=country, role="president"),),
        destinations=(Destination(country=to, place="Pyongyang"), Destination(country=to)),
        hosts=(Party(name="Kim Jong Un", country="KP"),),
        start=day,
        end=PartialDate.parse("2024-06-19") if start == "2024-06-18" else day,
        date_text="Selasa (16/6/2024)",
        date_conflict=True,
        start_alternatives=(PartialDate(2024, 6, 16),),
        status=status,
        kind=Kind.STATE,
        purpose="memperkuat persahabatan",
        salience=Salience.HEADLINE,
        evidence=Span(3, 9, "김정은 "),
        rule="id/visit/kunjungan",
        confidence=0.875,
        follows=0,
    )


def read(
    item: Entry, *visits: Visit, article_id: int | None = None, language: str | None = "id"
) -> ReadArticle:
    return ReadArticle(
        article_id=article_id,
        entry=item,
        keys=keys_of(item),
        text=item.text,
        language=language,
        visits=visits,
        note=None if visits else "no visit",
    )


def poll(due: FeedForUpdate, *articles: ReadArticle, at: dt.datetime = NOW) -> FeedPoll:
    return FeedPoll(due=due, polled_at=at, articles=articles)


def briefing(id: str = "b1", *, at: dt.datetime = NOW) -> Briefing:
    return Briefing(id=id, query="", generated_at=at, language="en", name="morning")


def outgoing(
    chat: str = "telegram:1",
    *texts: str,
    id: str = "b1",
    told: dict[str, str] | None = None,
    due_at: dt.datetime = NOW,
) -> Outgoing:
    return Outgoing(
        briefing=briefing(id, at=due_at),
        chat=chat,
        parts=tuple(Part(text=text, buttons=((("North", "brief dprk"),),)) for text in texts or ("hello",)),
        slot=Slot(name="morning", due_at=due_at),
        told=told or {},
    )


def due(store: SqliteStore, one: Feed) -> FeedForUpdate:
    """The feed as the store has it now; it is added where it is new."""
    feeds = [each.feed for each in store.feeds()]
    if one not in feeds:
        store.set_feeds([*feeds, one])
    return next(each for each in store.feeds() if each.feed == one)


def title_links(store: SqliteStore, *words: str) -> list[str]:
    """Titles of the headlines around now, the newest first."""
    found = store.headlines(NOW - 30 * DAY, NOW + DAY, words=words)
    return [headline.source.title for headline in found]
