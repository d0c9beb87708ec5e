"""Feeds that moved: when a permanent redirect is believed, and when it is looked at again.

Pure. Redirects are followed in any case; what is decided here is which address is asked. The configured
one stays the feed's identity, so that nothing is lost when a move turns out to be a mistake.
"""

import datetime as dt
from dataclasses import replace

from bot.model import FeedFetched, FeedForUpdate, FeedUnchanged, Moved

__all__ = ["addresses", "has_moved", "moved_after"]

#: Servers in maintenance redirect "for good", too: a move is believed once it has lasted for so long.
BELIEVED_AFTER = dt.timedelta(days=7)
#: The configured address is asked again as often: it may have come back.
CHECKED_EVERY = dt.timedelta(days=7)


def has_moved(moved: Moved | None, now: dt.datetime) -> bool:
    """Whether a move is believed."""
    return moved is not None and now - moved.since >= BELIEVED_AFTER


def addresses(due: FeedForUpdate, now: dt.datetime) -> tuple[str, ...]:
    """Where to ask for a feed: the second address only where the first one gives no feed."""
    url, moved = due.feed.url, due.moved
    if moved is None or not has_moved(moved, now):
        return (url,)
    return (url, moved.to) if now - moved.checked_at >= CHECKED_EVERY else (moved.to, url)


def moved_after(due: FeedForUpdate, answer: FeedFetched | FeedUnchanged, now: dt.datetime) -> Moved | None:
    """What is known of a feed's move after an answer, which was a feed."""
    moved = due.moved
    if moved is not None and answer.asked == moved.to:
        was_asked = addresses(due, now)[0] == due.feed.url
        # The configured address is dead: as good a redirect as any.
        return replace(moved, checked_at=now) if was_asked else moved
    if answer.moved_to is None:
        return None
    if moved is not None and moved.to == answer.moved_to:
        return replace(moved, checked_at=now)
    return Moved(to=answer.moved_to, since=now, checked_at=now)
