"""A feed with one story, and configurations that point a whole bot at local servers."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

from apscheduler.triggers.cron import CronTrigger

from bot.adapters.clocks import SetClock
from bot.adapters.sqlite_store import SqliteStore
from bot.app.service import serve
from bot.settings import Settings, parse_settings
from tests.servers.feeds import FeedServer
from tests.servers.slack import SlackServer
from tests.servers.telegram import TelegramServer

__all__ = [
    "CHANNEL",
    "GROUP",
    "MORNING",
    "WatchedStore",
    "add_story",
    "config",
    "every_second",
    "serving",
    "settings_in",
    "tokens",
]

#: The chats of the readers.
GROUP = -1001234567890
CHANNEL = "C0000000001"

#: Just after the briefing is due, and after the story came out.
MORNING = dt.datetime(2024, 6, 18, 7, 0, 5, tzinfo=dt.timezone(dt.timedelta(hours=9)))

_FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Harbour Gazette</title><link>{url}</link><language>id</language>
<item><title>Putin Akan Berkunjung ke Korea Utara</title><link>{url}/story.html</link><guid>story-1</guid>
<pubDate>Mon, 17 Jun 2024 12:00:00 +0700</pubDate><description>Kremlin mengumumkan.</description></item>
</channel></rss>"""

_PAGE = """<!doctype html>
<html lang="id"><head><title>Putin Akan Berkunjung ke Korea Utara</title></head><body>
<nav><a href="/">Beranda</a></nav><article><h1>Putin Akan Berkunjung ke Korea Utara</h1>
<p>Presiden Rusia Vladimir Putin akan berkunjung ke Korea Utara pada 18-19 Juni 2024 atas undangan Kim
Jong Un, kata Kremlin di Moskow pada Senin.</p>
<p>Ini lawatan pertamanya ke sana dalam dua puluh empat tahun, dan kedua negara menyiapkan beberapa dokumen
untuk ditandatangani selama kunjungan itu.</p></article></body></html>"""


def add_story(feeds: FeedServer) -> None:
    """Serve a feed with a teaser, and the page that has the story."""
    feeds.add("/feed.xml", _FEED.format(url=feeds.url), headers={"Content-Type": "application/rss+xml"})
    feeds.add("/story.html", _PAGE, headers={"Content-Type": "text/html; charset=utf-8"})


def config(
    feeds: FeedServer,
    telegram: TelegramServer,
    slack: SlackServer,
    *,
    bot: Sequence[str] = (),
    to: Sequence[str] = (f"telegram:{GROUP}", f"slack:{CHANNEL}"),
) -> str:
    """The configuration of a bot among these servers."""
    more = "\n".join(bot)
    return f"""
[bot]
timezone = "Asia/Seoul"
{more}
[telegram]
token = "${{TELEGRAM_TOKEN}}"
base_url = "{telegram.base_url}"
[slack]
bot_token = "${{SLACK_BOT_TOKEN}}"
app_token = "${{SLACK_APP_TOKEN}}"
base_url = "{slack.base_url.rstrip("/")}"
[[feeds]]
url = "{feeds.url}/feed.xml"
name = "Harbour Gazette"
[[briefings]]
name = "morning"
at = "07:00"
to = [{", ".join(f'"{chat}"' for chat in to)}]
"""


def tokens(telegram: TelegramServer, slack: SlackServer) -> dict[str, str]:
    """The environment that holds the servers' tokens."""
    return {
        "TELEGRAM_TOKEN": telegram.token,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
    }


def settings_in(folder: Path, text: str, env: dict[str, str]) -> Settings:
    """The settings of a configuration in a folder."""
    return parse_settings(text, path=folder / "config.toml", env=env)


def every_second() -> CronTrigger:
    """Ticks for tests, which do not want to wait for a full minute."""
    return CronTrigger(second="*", timezone=dt.UTC)


class WatchedStore(SqliteStore):
    """Lets a test wait until a round of briefings has looked at the outbox."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._loop = asyncio.get_running_loop()
        self._looks = 0
        self._looked = asyncio.Condition()

    def open_deliveries(self, now: dt.datetime) -> Any:
        """Look, and tell who waits."""
        found = super().open_deliveries(now)
        asyncio.run_coroutine_threadsafe(self._tell(), self._loop)
        return found

    async def _tell(self) -> None:
        async with self._looked:
            self._looks += 1
            self._looked.notify_all()

    async def rounds(self, count: int) -> None:
        """Wait until so many more rounds have begun to send."""
        async with asyncio.timeout(20), self._looked:
            target = self._looks + count
            await self._looked.wait_for(lambda: self._looks >= target)


@contextlib.asynccontextmanager
async def serving(
    settings: Settings, *, now: dt.datetime = MORNING, ticks: Callable[[], Any] = every_second
) -> AsyncIterator[WatchedStore]:
    """A running service; leaving stops it as a signal does."""
    stop = asyncio.Event()
    with WatchedStore(settings.bot.database) as store:
        service = asyncio.create_task(serve(settings, store, SetClock(now), stop, ticks=ticks))
        try:
            yield store
        finally:
            stop.set()
            await service
