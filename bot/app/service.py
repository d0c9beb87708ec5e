"""The service: polls, briefs and answers in one event loop, until it is told to stop.

Every part minds its own trouble: a platform that cannot be served, or a round that fails, is told in
the log and to the admins, and the others go on.
"""

import asyncio
import contextlib
import datetime as dt
import logging
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from bot.adapters.article_text import read_page
from bot.adapters.feed_download import Downloader
from bot.adapters.feed_source import HttpFeedSource
from bot.adapters.instance_lock import only_instance
from bot.adapters.sqlite_store import SqliteStore
from bot.adapters.world_file import load_world_in
from bot.app.logs import log_to, secrets_of
from bot.app.platforms import Platform, platforms_of
from bot.app.reading import reader
from bot.errors import BotError, DeliveryError, PlatformError
from bot.jobs import BriefingPlan, send_briefings
from bot.pacing import Pacer
from bot.poll_round import poll_feeds
from bot.ports import Clock, Store
from bot.records import Delivery, FeedResult
from bot.settings import Settings
from bot.slots import next_slot
from digest.world import World

__all__ = ["run", "serve"]

logger = logging.getLogger(__name__)

#: A tick that a sleeping machine missed is made up for, once; what is due then, `slots` decides.
GRACE_SECONDS = 3600
#: The first briefings wait as long for the first poll, so that they tell this morning's news.
FIRST_POLL_SECONDS = 60.0
#: An admin hears of one kind of trouble with one feed as often.
FEED_TROUBLE_EVERY = dt.timedelta(days=1)
#: Rounds under way get so long to finish when the service stops.
STOP_SECONDS = 15.0


def run(settings: Settings, clock: Clock) -> None:
    """Serve until SIGINT or SIGTERM.

    Raises:
        AlreadyRunningError: Another process serves this database.
        StoreError: The database cannot be opened.
        PlatformError: Every platform that is on has failed.
        InvalidPackError: A language pack is broken.
        WorldFileError: So is the file of people that the settings name.
    """
    log_to(secrets_of(settings))
    world = load_world_in(settings.bot.world)
    with only_instance(settings.bot.database), SqliteStore(settings.bot.database, world) as store:
        asyncio.run(_serve_until_signal(settings, store, clock))


async def _serve_until_signal(settings: Settings, store: Store, clock: Clock) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await serve(settings, store, clock, stop)


def every_minute() -> BaseTrigger:
    """On the full minute, when briefings are due."""
    return CronTrigger(second=0, timezone=dt.UTC)


async def serve(
    settings: Settings,
    store: Store,
    clock: Clock,
    stop: asyncio.Event,
    *,
    ticks: Callable[[], BaseTrigger] = every_minute,
) -> None:
    """Serve until `stop` is set; no task is left behind.

    Args:
        settings: Whom to serve, and with what.
        store: Keeps; stays its owner's to close.
        clock: Tells the time; the scheduler only wakes, and this clock says what is due.
        stop: Ends it.
        ticks: When to look for feeds and briefings that are due.

    Raises:
        PlatformError: Every platform that is on has failed.
        WorldFileError: The file of people that the settings name is broken.
    """
    world = await asyncio.to_thread(load_world_in, settings.bot.world)
    await asyncio.to_thread(store.set_feeds, settings.feeds)
    async with AsyncExitStack() as stack:
        downloader = await stack.enter_async_context(Downloader(contact=settings.bot.contact))
        platforms = platforms_of(settings, store, clock, world)
        for platform in platforms:
            await stack.enter_async_context(platform.messenger)
        _tell_start(settings, clock)
        trouble = Trouble(settings.bot.admins, platforms, clock)
        rounds = Rounds(
            settings, store, clock, HttpFeedSource(downloader, clock, read_page), platforms, trouble, world
        )
        scheduler = _scheduler(rounds, ticks)
        scheduler.start()
        try:
            await _listen(platforms, trouble, stop)
        finally:
            # Nothing new begins. A round of briefings is finished: nobody could tell afterwards whether
            # a message that is cut off while it is sent has arrived.
            scheduler.pause()
            await rounds.finish(STOP_SECONDS)
            scheduler.shutdown(wait=False)
            logger.info("stopped")


def _scheduler(rounds: "Rounds", ticks: Callable[[], BaseTrigger]) -> AsyncIOScheduler:
    scheduler = AsyncIOScheduler(
        timezone=dt.UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_SECONDS},
    )
    now = dt.datetime.now(dt.UTC)
    scheduler.add_job(rounds.poll, ticks(), id="poll", next_run_time=now)
    scheduler.add_job(rounds.brief, ticks(), id="brief", next_run_time=now)
    return scheduler


def _tell_start(settings: Settings, clock: Clock) -> None:
    logger.info("started database=%s feeds=%d", settings.bot.database, len(settings.feeds))
    for platform, reason in settings.off.items():
        logger.warning("platform off platform=%s reason=%s", platform, reason)
    for briefing in settings.briefings:
        logger.info("briefing planned name=%s next=%s", briefing.name, next_slot(briefing, clock.now()))


async def _listen(platforms: Sequence[Platform], trouble: "Trouble", stop: asyncio.Event) -> None:
    """Listen on every platform until `stop` is set or none is left."""
    problems: list[PlatformError] = []

    async def keep(platform: Platform) -> None:
        try:
            await platform.listen()
        except PlatformError as error:
            problems.append(error)
            logger.error("platform stopped reason=%s", error)  # noqa: TRY400 - the line says it all
            await trouble.tell(f"stopped: {error}", but_not=platform.name)
        except Exception as error:
            problems.append(PlatformError(platform.name, f"unexpected {type(error).__name__}"))
            logger.exception("platform broke platform=%s", platform.name)

    stopping = asyncio.create_task(stop.wait())
    listening = [asyncio.create_task(keep(platform)) for platform in platforms]
    try:
        waiting: set[asyncio.Task[bool] | asyncio.Task[None]] = {stopping, *listening}
        while not stopping.done() and (not listening or len(waiting) > 1):
            _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (stopping, *listening):
            task.cancel()
        await asyncio.gather(stopping, *listening, return_exceptions=True)
    if not stop.is_set():
        raise problems[-1]


class Rounds:
    """The work that comes back: a round of polls, a round of briefings; never two of a kind at a time."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        clock: Clock,
        source: HttpFeedSource,
        platforms: Sequence[Platform],
        trouble: "Trouble",
        world: World,
    ) -> None:
        self._store = store
        self._clock = clock
        self._source = source
        self._messengers = {platform.name: platform.messenger for platform in platforms}
        self._plan = BriefingPlan(
            subscriptions=settings.briefings,
            render={platform.name: platform.draw for platform in platforms},
            world=world,
            lookback=settings.bot.lookback,
        )
        self._pacer = Pacer()
        self._read = reader(world)
        self._trouble = trouble
        self._has_polled = asyncio.Event()
        self._busy: dict[str, asyncio.Task[object]] = {}
        self._is_stopping = False

    async def poll(self) -> None:
        """Poll the feeds that are due."""
        await self._guard("poll", self._poll())
        self._has_polled.set()

    async def brief(self) -> None:
        """Send the briefings that are due, and what is left of earlier ones."""
        await self._guard("briefing", self._brief())

    async def finish(self, seconds: float) -> None:
        """End the polling, which loses nothing, and let a round of briefings finish, for a while."""
        self._is_stopping = True
        self._has_polled.set()
        if "poll" in self._busy:
            self._busy["poll"].cancel()
        busy = tuple(self._busy.values())
        if busy:
            _, late = await asyncio.wait(busy, timeout=seconds)
            for task in late:
                logger.warning("briefings cut off")
                task.cancel()
            await asyncio.gather(*busy, return_exceptions=True)

    async def _poll(self) -> None:
        report = await poll_feeds(self._source, self._store, self._clock, self._read)
        for feed in report.feeds:
            if feed.warning:
                await self._trouble.tell_of_feed(feed)

    async def _brief(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._has_polled.wait(), FIRST_POLL_SECONDS)
        if self._is_stopping:
            return
        done = await send_briefings(self._store, self._messengers, self._clock, self._plan, pacer=self._pacer)
        for delivery in (*done.failed, *done.unknown):
            await self._trouble.tell_of(delivery)

    async def _guard(self, name: str, work: Awaitable[None]) -> None:
        """Do the work; what goes wrong is told, and the next round tries again."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine runs in a task
        self._busy[name] = task
        try:
            await work
        except BotError as error:
            logger.error("round failed round=%s reason=%s", name, error)  # noqa: TRY400
        except Exception:
            logger.exception("round broke round=%s", name)
        finally:
            del self._busy[name]


class Trouble:
    """Tells the admins what they alone can mend, each thing once while the service runs."""

    def __init__(self, admins: Sequence[str], platforms: Sequence[Platform], clock: Clock) -> None:
        self._admins = admins
        self._platforms = {platform.name: platform for platform in platforms}
        self._clock = clock
        self._told: set[str] = set()
        self._feeds_told: dict[tuple[str, str | None], dt.datetime] = {}

    async def tell_of(self, delivery: Delivery) -> None:
        """Tell of a part that did not arrive, or may not have."""
        outcome = "may be missing" if delivery.state == "unknown" else "not delivered"
        await self.tell(f"{delivery.chat}: {outcome}: {delivery.error}")

    async def tell_of_feed(self, feed: FeedResult) -> None:
        """Tell of a feed that needs attention: of each kind of trouble once a day, as it may come back."""
        now, key = self._clock.now(), (feed.url, feed.warning)
        last = self._feeds_told.get(key)
        if last is None or now - last >= FEED_TROUBLE_EVERY:
            self._feeds_told[key] = now
            await self._send(f"feed {feed.name}: {feed.note}")

    async def tell(self, problem: str, *, but_not: str = "") -> None:
        """Tell every admin, as far as their platform works."""
        if problem in self._told:
            return
        self._told.add(problem)
        await self._send(problem, but_not=but_not)

    async def _send(self, problem: str, *, but_not: str = "") -> None:
        for admin in self._admins:
            name, _, chat = admin.partition(":")
            platform = self._platforms.get(name)
            if platform is None or name == but_not:
                continue
            try:
                for part in platform.say(f"Attaché: {problem}"):
                    await platform.messenger.send(chat, part)
            except DeliveryError as error:
                logger.warning("admin not told admin=%s reason=%s", admin, error)
