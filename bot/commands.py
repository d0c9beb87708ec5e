"""What people ask of the bot: /start, /help and /brief, the same on every platform.

Whom to answer is decided here too, so that no platform can forget to ask.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.briefing import LOOKBACK, Occasion, compose
from bot.findings import find
from bot.model import Briefing
from bot.ports import Clock, Store
from bot.render.wording import load_wording
from bot.settings import Settings
from bot.topics import understand
from digest.world import World

__all__ = ["Access", "Asker", "House", "access_of", "answer", "brief", "is_allowed"]


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


def access_of(settings: Settings) -> Access:
    """Who the settings name: chats that are briefed, chats, channels and workspaces allowed, admins."""
    ids = {chat for briefing in settings.briefings for chat in briefing.to} | set(settings.bot.admins)
    if settings.telegram:
        ids |= {f"telegram:{chat}" for chat in settings.telegram.allowed_chats}
    if settings.slack:
        names = (*settings.slack.allowed_workspaces, *settings.slack.allowed_channels)
        ids |= {f"slack:{name}" for name in names}
    return Access(frozenset(ids))


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
        case "start":
            return wording.start_text
        case _:
            return wording.help_text


def brief(query: str, store: Store, clock: Clock, house: House) -> Briefing:
    """All that the store has on a topic: under way, to come, and just over; an empty query: on everything."""
    now = clock.now()
    local_now = now.astimezone(ZoneInfo(house.timezone))
    query = " ".join(query.split())
    topics = [understand(query, house.world, local_now, house.language)] if query else []
    found = find(store, topics, now=now, lookback=house.lookback)
    health = store.feed_health(now)
    occasion = Occasion(
        id=f"brief/{now.isoformat()}",
        now=now,
        timezone=house.timezone,
        language=house.language,
        lookback=house.lookback,
        feeds_answered=health.answered,
        feeds_failed=health.failed,
    )
    wording = load_wording(house.language)
    return compose(occasion, topics, found.trips, found.headlines, say_unknown=wording.unknown_topic)


def _is_served(asker: Asker, store: Store, access: Access) -> bool:
    """Whether the asker is allowed, by the id that the settings know or by the one that it became."""
    return is_allowed(access, asker) or is_allowed(_moved(access.ids, store), asker)


def _moved(ids: Iterable[str], store: Store) -> Access:
    return Access(frozenset(store.current_chat(each) for each in ids))
