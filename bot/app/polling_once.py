"""Polls the feeds once, for the terminal and for cron."""

from collections.abc import Callable

from bot.adapters.article_text import read_page
from bot.adapters.feed_download import Downloader
from bot.adapters.feed_source import HttpFeedSource
from bot.adapters.sqlite_store import SqliteStore
from bot.adapters.world_file import load_world_in
from bot.app.reading import reader
from bot.poll_round import poll_feeds
from bot.ports import Clock
from bot.records import FeedResult, PollReport
from bot.settings import Settings

__all__ = ["poll_once"]


async def poll_once(
    settings: Settings,
    clock: Clock,
    *,
    only_due: bool = True,
    on_progress: Callable[[FeedResult, int], None] | None = None,
) -> PollReport:
    """Poll the feeds of the settings; the arguments are those of `poll_feeds`.

    Raises:
        StoreError: The store cannot be opened or written.
        InvalidPackError: A language pack is broken.
        WorldFileError: So is the file of people that the settings name.
    """
    world = load_world_in(settings.bot.world)
    read = reader(world)
    with SqliteStore(settings.bot.database, world) as store:
        store.set_feeds(settings.feeds)
        async with Downloader(contact=settings.bot.contact) as downloader:
            source = HttpFeedSource(downloader, clock, read_page)
            return await poll_feeds(source, store, clock, read, only_due=only_due, on_progress=on_progress)
