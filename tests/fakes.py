"""The outside world in memory, for tests: a clock, feeds and chats that do what they are told."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.model import Entry, Feed, FeedFailure, FeedFetched, FeedForUpdate, FeedUnchanged, Part

__all__ = ["FakeClock", "FakeFeedSource", "FakeMessenger", "Sent"]


class FakeClock:
    """Time that passes only when somebody sleeps."""

    def __init__(self, now: dt.datetime) -> None:
        self._now = now
        #: Seconds of each sleep.
        self.slept: list[float] = []

    def now(self) -> dt.datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(dt.timedelta(seconds=seconds))

    def advance(self, by: dt.timedelta) -> None:
        self._now += by


class FakeFeedSource:
    """Feeds that answer what `answers` says; a feed without an answer does not exist."""

    def __init__(self) -> None:
        #: By feed URL: entries, None for "not modified", the reason of a failure, or an exception to raise.
        self.answers: dict[str, Sequence[Entry] | str | Exception | None] = {}
        #: Texts of pages by link.
        self.pages: dict[str, str] = {}
        #: What was asked for, in order.
        self.fetched: list[FeedForUpdate] = []
        self.pages_fetched: list[str] = []

    async def fetch(self, due: FeedForUpdate) -> FeedFetched | FeedUnchanged | FeedFailure:
        self.fetched.append(due)
        answer = self.answers.get(due.feed.url, "HTTP 404")
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, str):
            return FeedFailure(feed=due.feed, reason=answer)
        if answer is None:
            return FeedUnchanged(feed=due.feed)
        return FeedFetched(feed=due.feed, entries=tuple(answer), etag=f'"{len(self.fetched)}"')

    async def full_text(self, feed: Feed, link: str) -> str | None:
        self.pages_fetched.append(link)
        return self.pages.get(link)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message that a chat got."""

    chat: str
    text: str
    message_id: str
    reply_to: str | None
    at: dt.datetime


@dataclass(slots=True)
class FakeMessenger:
    """A chat platform that keeps what it is sent, and fails as told."""

    platform: str
    clock: FakeClock
    sent: list[Sent] = field(default_factory=list)
    #: By chat: what the next attempts do, None for "works"; when used up, all work.
    faults: dict[str, list[BaseException | None]] = field(default_factory=dict)

    async def send(self, chat: str, part: Part, *, reply_to: str | None = None) -> str:
        faults = self.faults.get(chat, [])
        fault = faults.pop(0) if faults else None
        if fault is not None:
            raise fault
        message_id = f"{self.platform}-{len(self.sent) + 1}"
        self.sent.append(
            Sent(chat=chat, text=part.text, message_id=message_id, reply_to=reply_to, at=self.clock.now())
        )
        return message_id

    def texts(self) -> Mapping[str, list[str]]:
        """What each chat got."""
        by_chat: dict[str, list[str]] = {}
        for message in self.sent:
            by_chat.setdefault(message.chat, []).append(message.text)
        return by_chat
