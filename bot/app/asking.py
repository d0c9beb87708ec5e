"""Asks the store what `/brief` or `/history` would answer, for the terminal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.adapters.sqlite_store import SqliteStore
from bot.adapters.world_file import load_world_in
from bot.commands import Access, House
from bot.model import Briefing
from bot.ports import Clock, Store
from bot.settings import Settings
from digest.world import World

__all__ = ["Asked", "ask"]

#: `commands.brief` or `commands.history`.
Command: TypeAlias = Callable[[str, Store, Clock, House], Briefing]


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer."""

    briefing: Briefing
    #: Whose names it is to be drawn with.
    world: World
    #: False: no feed was ever polled, so there is nothing to tell yet.
    has_polled: bool


def ask(command: Command, settings: Settings, clock: Clock, query: str, language: str | None = None) -> Asked:
    """Answer a query from the store.

    Args:
        command: What is asked.
        settings: Where the store is, and how its owner likes to be answered.
        clock: Tells the time.
        query: The words behind the command, "" for everything.
        language: What to answer in, where it is not the settings' own.

    Raises:
        StoreError: The store cannot be opened or read.
        WorldFileError: The file of people that the settings name is broken.
    """
    world = load_world_in(settings.bot.world)
    house = House(
        access=Access(),
        world=world,
        language=language or settings.bot.language,
        timezone=settings.bot.timezone,
        lookback=settings.bot.lookback,
    )
    with SqliteStore(settings.bot.database) as store:
        briefing = command(query, store, clock, house)
    return Asked(briefing, world, has_polled=bool(briefing.feeds_answered or briefing.feeds_failed))
