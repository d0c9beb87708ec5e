"""How fast a chat may be written to.

Pure: `now` is an argument.
"""

import datetime as dt
from collections import deque
from dataclasses import dataclass

__all__ = ["Pace", "Pacer", "pace_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The limits of one chat."""

    #: Between two messages.
    gap: dt.timedelta
    #: At most so many messages ...
    burst: int
    #: ... within this time.
    span: dt.timedelta


SECOND = dt.timedelta(seconds=1)
#: Telegram's advice for private chats, and Slack's limit for a channel.
CHAT = Pace(gap=SECOND, burst=60, span=60 * SECOND)
#: Telegram's limit for groups and channels.
GROUP = Pace(gap=SECOND, burst=20, span=60 * SECOND)


def pace_of(chat: str) -> Pace:
    """The limits of a chat, by its id."""
    platform, _, name = chat.partition(":")
    return GROUP if platform == "telegram" and name.startswith(("-", "@")) else CHAT


class Pacer:
    """Remembers when each chat was written to, and says how long to wait before the next message."""

    def __init__(self) -> None:
        self._sent: dict[str, deque[dt.datetime]] = {}

    def wait(self, chat: str, now: dt.datetime) -> dt.timedelta:
        """How long the chat's next message has to wait."""
        pace, sent = pace_of(chat), self._of(chat)
        free = [now]
        if sent:
            free.append(sent[-1] + pace.gap)
        if len(sent) == pace.burst:
            free.append(sent[0] + pace.span)
        return max(free) - now

    def note(self, chat: str, now: dt.datetime) -> None:
        """A message goes to the chat now."""
        self._of(chat).append(now)

    def _of(self, chat: str) -> deque[dt.datetime]:
        # The topics of a forum share the limits of their group.
        group = chat.partition("/")[0]
        return self._sent.setdefault(group, deque(maxlen=pace_of(chat).burst))
