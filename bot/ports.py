"""The small protocols through which the use cases touch the world."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.model import Briefing, Feed, FeedFailure, FeedFetched, FeedForUpdate, FeedUnchanged, Part
from bot.records import (
    Delivery,
    EntryKeys,
    FeedHealth,
    FeedPoll,
    KnownEntry,
    KnownText,
    Outgoing,
    Slot,
    StoredHeadline,
)
from digest.trips import Trip

__all__ = [
    "BriefingStore",
    "Clock",
    "FeedSource",
    "FeedStore",
    "Messenger",
    "Outbox",
    "Store",
    "TripStore",
]


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> dt.datetime:
        """The time now, aware, in UTC."""
        ...


class FeedSource(Protocol):
    """Fetches and parses feeds."""

    async def fetch(self, due: FeedForUpdate) -> FeedFetched | FeedUnchanged | FeedFailure:
        """Fetch one feed; a failure is a value, never an exception."""
        ...

    async def full_text(self, feed: Feed, link: str) -> str | None:
        """The text of an article's page, None where it cannot be had."""
        ...


class Messenger(Protocol):
    """Sends rendered parts to one chat platform."""

    #: "telegram" or "slack": the scheme of the chats it serves.
    platform: str

    async def send(self, chat: str, part: Part, *, reply_to: str | None = None) -> str:
        """Send one part to a chat of this platform and return the message's id.

        Args:
            chat: The platform's own id, without the scheme.
            part: What `render` made for this platform.
            reply_to: Id of the message whose thread it belongs to.

        Raises:
            RateLimitedError: Wait; nothing was sent.
            DeliveryRefusedError: The platform refused for good.
            DeliveryUncertainError: It may or may not have been sent.
            DeliveryError: It was not sent; trying later makes sense.
        """
        ...


class FeedStore(Protocol):
    """Remembers feeds and what they listed. Every method of a store may raise StoreError."""

    def set_feeds(self, feeds: Sequence[Feed]) -> None:
        """Poll these feeds from now on, and no others; what others brought stays."""
        ...

    def feeds(self) -> list[FeedForUpdate]:
        """The feeds to poll, in the order of the settings."""
        ...

    def feed_health(self, now: dt.datetime) -> FeedHealth:
        """How the feeds answered when they were last polled; one not polled for long counts as failed."""
        ...

    def known_entries(self, feed: Feed, keys: Sequence[EntryKeys]) -> list[KnownEntry]:
        """The known articles that share a key with these, from this feed, or by link from any."""
        ...

    def texts_like(self, feed: Feed, text: str, at: dt.datetime) -> list[KnownText]:
        """The feed's articles of some days before and after that may have this text."""
        ...

    def texts(self, article_ids: Collection[int]) -> list[KnownText]:
        """These articles."""
        ...

    def save_poll(self, poll: FeedPoll) -> bool:
        """Store all that a poll brought, as a whole; False: another poll came between, nothing is stored."""
        ...


class TripStore(Protocol):
    """Remembers what happened: trips, and headlines without one."""

    def trips(
        self, since: dt.date, until: dt.date, *, countries: Collection[str] | None = None
    ) -> list[Trip]:
        """The trips that touch these days, of all countries or only from, to or received by some."""
        ...

    def trip(self, trip_id: str) -> Trip | None:
        """One trip by its id, or by that of any report that was joined into it; None: there is none."""
        ...

    def headlines(
        self,
        since: dt.datetime,
        until: dt.datetime,
        *,
        words: Collection[str] = (),
        labels: Collection[str] = (),
        limit: int = 500,
    ) -> list[StoredHeadline]:
        """Articles of this window that report no visit, newest first.

        All, or those with one of the words in the title or one of the labels on their feed.
        """
        ...


class BriefingStore(Protocol):
    """Remembers who was told what."""

    def briefing(self, briefing_id: str) -> Briefing | None:
        """A briefing as it was sent."""
        ...

    def was_briefed(self, slot: Slot, chat: str) -> bool:
        """Whether the chat's briefing of this slot is in the outbox already."""
        ...

    def last_briefed_at(self, name: str, chat: str, before: dt.datetime) -> dt.datetime | None:
        """The chat's slot of this subscription before the one at `before`."""
        ...

    def told(self, chat: str) -> Mapping[str, str]:
        """What the chat knows of each trip, by trip id."""
        ...

    def current_chat(self, chat: str) -> str:
        """The id that a chat has now, where its platform gave it another one."""
        ...

    def migrate_chat(self, old: str, new: str) -> None:
        """Give all that belongs to a chat to its new id, and remember where it went."""
        ...


class Outbox(Protocol):
    """Keeps the parts on their way to chats, so that none is lost and none is sent twice."""

    def put_in_outbox(self, outgoing: Outgoing) -> bool:
        """Store a briefing, its parts and what it tells, as a whole; False where the slot was briefed."""
        ...

    def open_deliveries(self, now: dt.datetime) -> list[Delivery]:
        """Parts to send now, chat by chat in the order to send them."""
        ...

    def claim(self, delivery: Delivery) -> bool:
        """Take a pending part for sending; False where somebody else took it."""
        ...

    def mark_sent(self, delivery: Delivery, message_id: str) -> None:
        """The platform took it."""
        ...

    def mark_unknown(self, delivery: Delivery, error: str) -> None:
        """The platform may have taken it."""
        ...

    def mark_failed(self, delivery: Delivery, error: str) -> None:
        """It will not be sent, nor will the rest of its briefing in this chat."""
        ...

    def postpone(
        self, delivery: Delivery, not_before: dt.datetime, *, attempts: int, error: str | None
    ) -> None:
        """It was not sent and waits."""
        ...

    def recover(self) -> list[Delivery]:
        """Turn what a crash left in sending into unknown, and say what that was."""
        ...


class Store(FeedStore, TripStore, BriefingStore, Outbox, Protocol):
    """All that Attaché remembers; a use case asks for the part that it needs."""
