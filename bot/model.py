"""The records that the service passes around: feeds, entries, trips, briefings.

Pure: frozen data.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from digest.facts import Destination, Kind, PartialDate, Party, PurposeClass, Status

__all__ = [
    "Briefing",
    "BriefingItem",
    "Change",
    "Conflict",
    "Entry",
    "FailedFeed",
    "Feed",
    "FeedFailure",
    "FeedFetched",
    "FeedForUpdate",
    "FeedUnchanged",
    "Headline",
    "Importance",
    "Moved",
    "Narrowing",
    "Part",
    "Section",
    "Source",
    "Subscription",
    "TourStop",
]


# --- feeds -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One `[[feeds]]` table, resolved: `url` is absolute (`https:`, `http:` or `file:`)."""

    url: str
    name: str
    #: The language the admin says it has (a hint; the text decides), ISO 639-1.
    language: str | None = None
    every: dt.timedelta = dt.timedelta(minutes=15)
    #: Free labels that `/brief` can ask for besides the facts.
    topics: tuple[str, ...] = ()
    #: Fetch an entry's page where the entry's own text is short.
    full_text: bool = True
    #: What its links begin with, and what they are taken to begin with: hosts that show the same articles.
    rewrite: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A permanent redirect of a feed's address to another one that is a feed, too."""

    to: str
    #: When it was first seen.
    since: dt.datetime
    #: When the configured address was last asked.
    checked_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedForUpdate:
    """A feed with what the last poll left behind."""

    feed: Feed
    etag: str | None = None
    last_modified: str | None = None
    last_polled_at: dt.datetime | None = None
    #: When it last answered.
    last_success_at: dt.datetime | None = None
    #: Whether it ever listed anything.
    has_listed: bool = False
    #: Polls that failed in a row.
    failures: int = 0
    #: Polls so far: the store tells by it whether somebody else polled the feed meanwhile.
    polls: int = 0
    moved: Moved | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed, as text: HTML is gone, times are aware, in the feed's own zone."""

    #: The feed's own id (guid), None where it gives none.
    id: str | None
    #: Absolute link to the article's page.
    link: str | None
    title: str
    #: Plain text, paragraphs divided by line feeds.
    text: str
    published_at: dt.datetime | None = None
    #: Language the feed or entry claims.
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFetched:
    """The feed answered with entries."""

    feed: Feed
    entries: tuple[Entry, ...]
    etag: str | None = None
    last_modified: str | None = None
    #: Where permanent redirects led, where it differs from `feed.url`.
    moved_to: str | None = None
    #: The address that was asked, where it is not `feed.url`.
    asked: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedUnchanged:
    """The feed says that nothing changed (304)."""

    feed: Feed
    #: As in `FeedFetched`.
    moved_to: str | None = None
    asked: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFailure:
    """The feed could not be read; `reason` is plain words for the admin."""

    feed: Feed
    #: "timeout", "HTTP 403: looks like an anti-bot page", "not a feed: HTML", "no entries", ...
    reason: str
    #: It is a feed, and empty.
    is_empty: bool = False


# --- briefings -------------------------------------------------------------------------------


class Section(StrEnum):
    """The groups of a briefing, in the order they are told."""

    NOW = "now"
    COMING = "coming"
    UNCERTAIN = "uncertain"
    CHANGED = "changed"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article that reports a trip."""

    #: The outlet (the feed's name).
    name: str
    url: str | None
    language: str | None
    published_at: dt.datetime | None
    #: The sentence that says so, in the original language.
    evidence: str
    title: str = ""
    #: The same for all articles that are copies of one text (one wire); None where that is not known.
    text_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A value that some sources give beside the one shown."""

    #: "start", "end", "status", ...
    slot: str
    value: str
    #: Outlet names.
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A step in a trip's history, with the report that made it."""

    at: dt.datetime
    #: "planned -> underway", "start 2024-06-16 -> 2024-06-18".
    change: str
    #: The outlet.
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """How much a trip matters to the reader, in parts that add up to at most 1 (`bot.importance`)."""

    #: By the highest office among visitor and hosts.
    rank: float
    #: By how many outlets tell it in words of their own.
    sources: float
    #: By how near in time it is.
    nearness: float
    #: By how close it is to what the reader asked for or follows.
    topics: float

    @property
    def total(self) -> float:
        """What the items of a section are ordered by, the highest first."""
        return self.rank + self.sources + self.nearness + self.topics


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStop:
    """One stop of a tour."""

    #: The trip's id.
    id: str
    #: ISO 3166-1 alpha-2.
    country: str
    #: First day.
    start: PartialDate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingItem:
    """One trip as one briefing tells it."""

    #: The trip's id.
    id: str
    section: Section
    visitors: tuple[Party, ...]
    destinations: tuple[Destination, ...]
    hosts: tuple[Party, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None
    #: An article's own weekday and date disagree.
    date_conflict: bool = False
    status: Status
    kind: Kind = Kind.UNKNOWN
    purpose: str | None = None
    #: What the purpose comes to, where no source tells it in the reader's language.
    purpose_class: PurposeClass | None = None
    conflicts: tuple[Conflict, ...] = ()
    history: tuple[Change, ...] = ()
    sources: tuple[Source, ...]
    #: All stops of the tour that it is one of, itself among them; empty where it is none.
    tour: tuple[TourStop, ...] = ()
    #: The last change since this reader was told, for the "changed" section ...
    changed: str | None = None
    #: ... the outlets that say so ...
    changed_by: tuple[str, ...] = ()
    #: ... and the trip's id when this reader was last told of it.
    told_as: str | None = None
    #: None in briefings kept from before it was reckoned.
    importance: Importance | None = None

    @property
    def weight(self) -> float:
        """What it is ordered by within its section, the highest first."""
        return self.importance.total if self.importance else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A headline of the topic that tells no visit; near-identical ones are one."""

    title: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """A choice offered for an ambiguous topic: a button with the query it stands for."""

    label: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedFeed:
    """A feed that did not answer, for the foot of the briefing."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What one briefing says: Telegram, Slack and the terminal all draw this same record."""

    id: str
    #: The words asked for, "" for everything.
    query: str
    generated_at: dt.datetime
    #: Language the briefing is written in.
    language: str
    #: IANA name of the reader's time zone.
    timezone: str = "UTC"
    #: The name of the scheduled briefing, None for an answer to `/brief`.
    name: str | None = None
    items: tuple[BriefingItem, ...] = ()
    headlines: tuple[Headline, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    #: How the query was understood, where that needs saying ("no such topic: searched the headlines").
    note: str | None = None
    #: An answer to `/history`: each trip is told with all the steps of its history.
    tells_history: bool = False
    feeds_answered: int = 0
    feeds_failed: tuple[FailedFeed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message of a rendered briefing, ready for its platform."""

    #: Telegram: HTML; Slack: the fallback text of the notification.
    text: str
    #: Slack: Block Kit blocks; empty elsewhere.
    blocks: tuple[dict[str, object], ...] = ()
    #: Telegram: rows of (label, callback data) buttons; Slack carries its buttons in `blocks`.
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    #: The trips told in it, by id.
    tells: tuple[str, ...] = ()
    #: The trip of which it tells a change: it belongs under the message that first told the chat of it.
    answers: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One `[[briefings]]` table: who is told what, when."""

    name: str
    #: Local wall-clock time.
    at: dt.time
    #: ISO weekdays, 1 = Monday.
    days: frozenset[int] = field(default_factory=lambda: frozenset(range(1, 8)))
    #: IANA time zone name.
    timezone: str = "UTC"
    language: str = "en"
    topics: tuple[str, ...] = ()
    #: Only what one of these words stands in is told; none: all.
    include: tuple[str, ...] = ()
    #: What one of these words stands in is not told ...
    exclude: tuple[str, ...] = ()
    #: ... nor what is of one of these topics.
    exclude_topics: tuple[str, ...] = ()
    #: "telegram:-1001234567890", "slack:C0123456789".
    to: tuple[str, ...] = ()
