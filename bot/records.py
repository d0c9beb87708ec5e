"""The records that the store keeps besides the model's: polls and deliveries.

Pure: frozen data.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.model import Briefing, Entry, FailedFeed, FeedForUpdate, Moved, Part, Source
from digest.facts import Visit

__all__ = [
    "Delivery",
    "DeliveryState",
    "EntryKeys",
    "FeedHealth",
    "FeedPoll",
    "FeedResult",
    "KnownEntry",
    "KnownText",
    "ListedEntry",
    "Outgoing",
    "PollReport",
    "ReadArticle",
    "Slot",
    "StoredHeadline",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryKeys:
    """What an entry is recognised by; None where it has no such key or the key names several entries."""

    #: The feed's own id.
    id: str | None
    #: Canonical link (`links.canonical_link`).
    link: str | None
    #: Folded title.
    title: str | None
    #: Digest of title and text as the feed gives them: another one means that the entry was edited.
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """An article that the store has, as a feed listed it."""

    article_id: int
    keys: EntryKeys
    #: The feed being polled listed it, not another one.
    same_feed: bool
    published_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownText:
    """A stored article, to be compared with another one."""

    article_id: int
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry:
    """A known article that a feed lists under keys which it did not have there before."""

    article_id: int
    keys: EntryKeys
    published_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArticle:
    """An entry that was read, ready to be stored."""

    #: The article it edits, None for a new one.
    article_id: int | None
    entry: Entry
    keys: EntryKeys
    #: The text that was read: the entry's own or its page's.
    text: str
    language: str | None
    visits: tuple[Visit, ...]
    #: Why there is nothing to report, in plain words.
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """What one poll of one feed leaves behind; stored as a whole or not at all."""

    #: The feed as it was when the poll began.
    due: FeedForUpdate
    polled_at: dt.datetime
    #: Plain words why the feed could not be read, None where it was.
    failure: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    articles: tuple[ReadArticle, ...] = ()
    #: Where the feed's address leads for good, as far as is known.
    moved: Moved | None = None
    #: Known articles that need not be read again.
    listed: tuple[ListedEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """How the feeds answered when they were last polled, for the foot of a briefing."""

    answered: int
    failed: tuple[FailedFeed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredHeadline:
    """An article that reports no visit."""

    source: Source
    #: The labels of its feed.
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedResult:
    """What a poll of one feed brought, for the admin."""

    name: str
    url: str
    new: int = 0
    edited: int = 0
    visits: int = 0
    #: Plain words why the feed could not be read, None where it was.
    failure: str | None = None
    #: Something the admin may want to know about a feed that did answer.
    note: str | None = None
    #: What the note asks the admin to see to: "renumbered", "gap" or "moved"; None where it asks nothing.
    warning: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport:
    """What a round of polls brought, feeds in the order of the settings."""

    feeds: tuple[FeedResult, ...] = ()

    @property
    def failed(self) -> tuple[FailedFeed, ...]:
        """The feeds that did not answer."""
        return tuple(FailedFeed(name=feed.name, reason=feed.failure) for feed in self.feeds if feed.failure)


class DeliveryState(StrEnum):
    """Where a part of a briefing is on its way to a chat."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    #: The platform may or may not have taken it, so it is not sent again.
    UNKNOWN = "unknown"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One turn of a subscription: it is briefed once."""

    #: The subscription's name.
    name: str
    due_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A briefing on its way to one chat, with all its parts."""

    briefing: Briefing
    #: "telegram:-1001234567890".
    chat: str
    parts: tuple[Part, ...]
    slot: Slot
    #: What the chat knows of each trip once it has this briefing, by trip id.
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One part of a briefing on its way to one chat."""

    id: int
    briefing_id: str
    chat: str
    index: int
    part: Part
    state: DeliveryState
    #: How often sending it failed.
    attempts: int
    #: When the briefing was put into the outbox.
    created_at: dt.datetime
    #: Not to be tried before.
    not_before: dt.datetime | None = None
    #: The platform's id of the message, once sent.
    message_id: str | None = None
    #: Why it was not sent, in plain words.
    error: str | None = None
    #: The message of the briefing's first part in this chat, once sent: later parts belong to its thread.
    first_message_id: str | None = None
    #: The message that first told the chat of the trip which the part answers, if it does and there is one.
    first_told_in: str | None = None
