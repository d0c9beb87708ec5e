"""Tries what the settings name: the platforms' tokens, every feed, the database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.article_text import read_page
from bot.adapters.feed_download import Downloader
from bot.adapters.feed_source import HttpFeedSource
from bot.adapters.slack_connection import check_slack
from bot.adapters.sqlite_store import SqliteStore
from bot.adapters.telegram_messenger import check_telegram
from bot.adapters.world_file import load_world_in
from bot.app.platforms import slack_mode
from bot.config_lines import KeyPath, key_lines, line_of
from bot.errors import PlatformError, StoreError, WorldFileError
from bot.model import Feed, FeedFailure, FeedFetched, FeedForUpdate
from bot.ports import Clock
from bot.settings import Settings
from digest.world import load_world

__all__ = ["Finding", "check"]

#: Feeds that are tried at a time.
FEEDS_AT_ONCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What became of one thing that was tried."""

    #: The key that names it: `[telegram] token`, `feed "Antara": url`.
    key: str
    #: Where the key stands in the file.
    line: int | None
    #: What came of it, in plain words.
    said: str
    #: None: it is off, which is no problem.
    is_good: bool | None


async def check(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    """Try everything; findings come as they are made, feeds in the order in which they answer."""
    lines = key_lines(await asyncio.to_thread(settings.path.read_text, "utf-8-sig"))
    yield await asyncio.to_thread(_database, settings, line_of(lines, ("bot", "database")))
    if folder := settings.bot.world:
        yield await asyncio.to_thread(_world, folder, line_of(lines, ("bot", "world")))
    async for finding in _platforms(settings, lines):
        yield finding
    async with Downloader(contact=settings.bot.contact) as downloader:
        source = HttpFeedSource(downloader, clock, read_page)
        free = asyncio.Semaphore(FEEDS_AT_ONCE)

        async def try_feed(index: int, feed: Feed) -> Finding:
            async with free:
                answer = await source.fetch(FeedForUpdate(feed=feed))
            said = answer.reason if isinstance(answer, FeedFailure) else "nothing changed"
            if isinstance(answer, FeedFetched):
                moved = f", moved for good to {answer.moved_to}" if answer.moved_to else ""
                count = len(answer.entries)
                said = f"{count} {'entry' if count == 1 else 'entries'}{moved}"
            return Finding(
                key=f'feed "{feed.name}": url',
                line=line_of(lines, ("feeds", index, "url")),
                said=said,
                is_good=not isinstance(answer, FeedFailure),
            )

        tries = [asyncio.create_task(try_feed(*each)) for each in enumerate(settings.feeds)]
        for done in asyncio.as_completed(tries):
            yield await done


def _database(settings: Settings, line: int | None) -> Finding:
    path = settings.bot.database
    try:
        with SqliteStore(path):
            return Finding(key="[bot] database", line=line, said=str(path), is_good=True)
    except StoreError as error:
        return Finding(key="[bot] database", line=line, said=str(error), is_good=False)


def _world(folder: Path, line: int | None) -> Finding:
    try:
        world = load_world_in(folder)
    except WorldFileError as error:
        return Finding(key="[bot] world", line=line, said=str(error), is_good=False)
    is_shipped = world is load_world()
    said = (
        "as shipped; `attache update-world` fetches newer people"
        if is_shipped
        else f"{len(world.people)} people"
    )
    return Finding(key="[bot] world", line=line, said=said, is_good=True)


async def _platforms(settings: Settings, lines: Mapping[KeyPath, int]) -> AsyncIterator[Finding]:
    for name, why in settings.off.items():
        yield Finding(key=f"[{name}]", line=line_of(lines, (name,)), said=f"off: {why}", is_good=None)
    if telegram := settings.telegram:
        yield await _token(
            "telegram",
            "token",
            lines,
            lambda: check_telegram(telegram.token.get_secret_value(), base_url=telegram.base_url),
        )
    if slack := settings.slack:
        yield await _token(
            "slack",
            "bot_token",
            lines,
            lambda: check_slack(slack.bot_token.get_secret_value(), slack_mode(slack), slack.base_url),
        )


async def _token(
    platform: str, key: str, lines: Mapping[KeyPath, int], ask: Callable[[], Awaitable[str]]
) -> Finding:
    """Whom the platform takes us for."""
    try:
        said, is_good = await ask(), True
    except PlatformError as error:
        said, is_good = error.problem, False
        named, _, problem = said.partition(": ")
        if (platform, named) in lines:
            # The problem says itself which of the tokens it is.
            key, said = named, problem
    return Finding(
        key=f"[{platform}] {key}", line=line_of(lines, (platform, key)), said=said, is_good=is_good
    )
