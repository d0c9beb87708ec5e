"""The small protocols through which the use cases touch the world."""

import datetime as dt
from typing import Protocol

from bot.model import Feed, FeedFailure, FeedFetched, FeedForUpdate, FeedUnchanged, Part

__all__ = ["Clock", "FeedSource", "Messenger"]


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
