"""What people ask of the bot: /start, /help, /brief and /history, the same on every platform.

Whom to answer is decided here too, so that no platform can forget to ask.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from bot.briefing import LOOKBACK, Occasion, compose
from bot.findings import as_of, find
from bot.model import Briefing
from bot.ports import Clock, Store
from bot.render.wording import load_wording
from bot.topic_reading import understand
from bot.topics import Topic
from digest.world import World

__all__ = ["Access", "Asker", "House", "answer", "brief", "history", "is_allowed"]

#: How far the history of a topic reaches back.
HISTORY = dt.timedelta(days=3650)
#: Histories told at a time: a topic's most important trips.
MOST_HISTORIES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, with the platform's name before each id: "telegram:-1001234567890"."""

    #: Where the answer goes; "/42" behind it names a topic of a forum.
    chat: str
    #: Who typed it, where the platform says so.
    user: str | None = None
    #: Slack's workspace.
    workspace: str | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """All that the asker may be allowed by."""
        known = (self.chat, self.chat.partition("/")[0], self.user, self.workspace)
        return tuple(each for each in known if each)


@dataclass(frozen=True, slots=True)
class Access:
    """Who is served: chats, users and workspaces, with the platform's name before each id."""

    ids: frozenset[str] = field(default_factory=frozenset)


def is_allowed(access: Access, asker: Asker) -> bool:
    """Whether the settings name the asker, their chat or their workspace."""
    return not access.ids.isdisjoint(asker.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the settings say to everyone who asks."""

    access: Access
    #: Whose names questions may use.
    world: World
    language: str = "en"
    #: IANA name.
    timezone: str = "UTC"
    lookback: dt.timedelta = LOOKBACK


def answer(command: str, text: str, asker: Asker, store: Store, clock: Clock, house: House) -> Briefing | str:
    """Answer a command: a briefing to draw, or plain words.

    Args:
        command: Without its slash; one that is not known is answered with the help.
        text: What stands behind the command.
        asker: Who asks.
        store: Answers come from here alone, never from the network.
        clock: Tells the time.
        house: What the settings say.

    Raises:
        StoreError: The store cannot answer.
    """
    wording = load_wording(house.language)
    if not _is_served(asker, store, house.access):
        return wording.stranger(asker.chat.partition("/")[0])
    match command.casefold():
        case "brief":
            return brief(text, store, clock, house)
        case "history":
            return history(text, store, clock, house)
        case "start":
            return wording.start_text
        case _:
            return wording.help_text


def brief(query: str, store: Store, clock: Clock, house: House) -> Briefing:
    """All that the store has on a topic: under way, to come, and just over; an empty query: on everything."""
    occasion = _occasion("brief", store, clock, house, house.lookback)
    topics = _topics(query, occasion, house)
    found = find(store, topics, now=occasion.now, lookback=occasion.lookback)
    return compose(occasion, topics, found.trips, found.headlines, say_unknown=_say_unknown(house))


def history(query: str, store: Store, clock: Clock, house: House) -> Briefing:
    """How trips came about: of one trip, by its id as buttons give it, or of a topic's most important."""
    occasion = _occasion("history", store, clock, house, HISTORY if query else house.lookback)
    trip = store.trip(query.strip())
    one = as_of(occasion.now, trip) if trip else None
    topics = [] if one else _topics(query, occasion, house)
    trips = [one] if one else find(store, topics, now=occasion.now, lookback=occasion.lookback).trips
    told = compose(occasion, topics, trips, (), say_unknown=_say_unknown(house))
    most = sorted(told.items, key=lambda item: -item.weight)
    shown = {item.id for item in most[:MOST_HISTORIES]}
    return replace(told, items=tuple(i for i in told.items if i.id in shown), tells_history=True)


def _occasion(command: str, store: Store, clock: Clock, house: House, lookback: dt.timedelta) -> Occasion:
    """An answer now, with how the feeds answered."""
    now = clock.now()
    health = store.feed_health(now)
    return Occasion(
        id=f"{command}/{now.isoformat()}",
        now=now,
        timezone=house.timezone,
        language=house.language,
        lookback=lookback,
        feeds_answered=health.answered,
        feeds_failed=health.failed,
    )


def _topics(query: str, occasion: Occasion, house: House) -> list[Topic]:
    query = " ".join(query.split())
    local_now = occasion.now.astimezone(ZoneInfo(house.timezone))
    return [understand(query, house.world, local_now, house.language)] if query else []


def _say_unknown(house: House) -> Callable[[str], str]:
    return load_wording(house.language).unknown_topic


def _is_served(asker: Asker, store: Store, access: Access) -> bool:
    """Whether the asker is allowed, by the id that the settings know or by the one that it became."""
    return is_allowed(access, asker) or is_allowed(_moved(access.ids, store), asker)


def _moved(ids: Iterable[str], store: Store) -> Access:
    return Access(frozenset(store.current_chat(each) for each in ids))
