"""What the service does by itself: poll the feeds, send the briefings.

    poll_feeds          ~ store.feeds() -> = polling.due_feeds(feeds, now)
                        ~ source.fetch(feed)
                        = polling.new_entries(entries, ~ store.known_entries)
                        ~ source.full_text(feed, link)      where the entry's own text is short
                        = read(article)                     in a thread, so that chats are answered meanwhile
                        ~ store.save_poll(...)              which joins the visits into trips

    send_briefings      = slots.due_slot(subscription, now)
                        = briefing.compose(...)             from ~ findings.find(store, topics)
                        ~ store.put_in_outbox(...)          before anything is sent
                        ~ delivery.deliver(...)

`=` is pure, `~` touches the world.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.briefing import Occasion, compose, states_told
from bot.delivery import Delivered, deliver
from bot.errors import StoreError
from bot.findings import find
from bot.model import (
    Briefing,
    Entry,
    FeedFailure,
    FeedFetched,
    FeedForUpdate,
    FeedUnchanged,
    Part,
    Subscription,
)
from bot.pacing import Pacer
from bot.polling import EditedEntry, NewEntry, Sifted, due_feeds, keys_of, new_entries
from bot.ports import Clock, FeedSource, FeedStore, Messenger, Store
from bot.records import FeedPoll, FeedResult, Outgoing, PollReport, ReadArticle, Slot
from bot.render.wording import load_wording
from bot.slots import due_slot
from bot.topics import understand
from digest.facts import Article, Reading
from digest.world import World

__all__ = ["BriefingPlan", "poll_feeds", "put_due_briefings", "send_briefings"]

logger = logging.getLogger(__name__)

#: Feeds that are fetched at a time, and pages of one feed.
FEEDS_AT_ONCE = 16
PAGES_AT_ONCE = 4
#: An entry's text with fewer characters is a teaser: its page has the article.
SHORT_TEXT = 400
#: So many entries, all of them new, in a feed that was polled before: older ones may have dropped out.
GAP_MINIMUM = 5
#: The first briefing of a chat tells the headlines of so long.
FIRST_HEADLINES = dt.timedelta(days=1)

Read = Callable[[Article], Reading]
Render = Callable[[Briefing], tuple[Part, ...]]


async def poll_feeds(
    source: FeedSource,
    store: FeedStore,
    clock: Clock,
    read: Read,
    *,
    only_due: bool = True,
    on_progress: Callable[[FeedResult, int], None] | None = None,
) -> PollReport:
    """Poll feeds, read what is new, and store it. A feed or an entry that fails never stops the others.

    Args:
        source: Fetches.
        store: Keeps; each feed is stored by itself, as a whole.
        clock: Tells the time.
        read: Reads an article.
        only_due: Leave out feeds whose time has not come.
        on_progress: Called after each feed, with the number of feeds in this round.

    Raises:
        StoreError: Nothing can be kept, so going on makes no sense.
    """
    feeds = await asyncio.to_thread(store.feeds)
    due = due_feeds(feeds, clock.now()) if only_due else feeds
    poller = _Poller(source, store, clock, read)
    free = asyncio.Semaphore(FEEDS_AT_ONCE)
    results: dict[str, FeedResult] = {}

    async def poll_one(feed: FeedForUpdate) -> None:
        async with free:
            result = await poller.poll(feed)
        results[feed.feed.url] = result
        if on_progress:
            on_progress(result, len(due))

    await _together(poll_one(feed) for feed in due)
    return PollReport(feeds=tuple(results[f.feed.url] for f in feeds if f.feed.url in results))


async def _together(jobs: Iterable[Coroutine[None, None, None]]) -> None:
    """Run jobs at a time; the first that fails ends them all, with its own error."""
    try:
        async with asyncio.TaskGroup() as tasks:
            for job in jobs:
                tasks.create_task(job)
    except ExceptionGroup as group:
        raise group.exceptions[0] from None


@dataclass(frozen=True, slots=True)
class _Poller:
    """Polls one feed after the other, or several at a time."""

    source: FeedSource
    store: FeedStore
    clock: Clock
    read: Read

    async def poll(self, due: FeedForUpdate) -> FeedResult:
        """Poll one feed; whatever goes wrong with it is its result."""
        try:
            result = await self._poll(due)
        except StoreError:
            raise
        except Exception as error:
            # A fault of ours that this feed brings out: it is told and backs off like any failure.
            logger.exception("feed poll broke feed=%s", due.feed.url)
            result = await self._fail(due, f"could not be processed: {type(error).__name__}: {error}")
        logger.info(
            "feed polled feed=%s new=%d edited=%d failure=%s",
            due.feed.url,
            result.new,
            result.edited,
            result.failure,
        )
        return result

    async def _poll(self, due: FeedForUpdate) -> FeedResult:
        answer = await self.source.fetch(due)
        if isinstance(answer, FeedFailure):
            return await self._fail(due, answer.reason)
        if isinstance(answer, FeedUnchanged):
            poll = FeedPoll(
                due=due, polled_at=self.clock.now(), etag=due.etag, last_modified=due.last_modified
            )
            await asyncio.to_thread(self.store.save_poll, poll)
            return FeedResult(name=due.feed.name, url=due.feed.url)
        return await self._take_in(due, answer)

    async def _take_in(self, due: FeedForUpdate, answer: FeedFetched) -> FeedResult:
        """Sift, read and store what a feed answered."""
        entries = [_storable(entry) for entry in answer.entries]
        keys = [keys_of(entry) for entry in entries]
        known = await asyncio.to_thread(self.store.known_entries, due.feed, keys)
        sifted = new_entries(entries, known)
        articles = await self._read_all(due, [*sifted.new, *sifted.edited])
        poll = FeedPoll(
            due=due,
            polled_at=self.clock.now(),
            etag=answer.etag,
            last_modified=answer.last_modified,
            articles=tuple(articles),
            listed=tuple((item.article_id, item.keys) for item in sifted.listed_elsewhere),
        )
        if not await asyncio.to_thread(self.store.save_poll, poll):
            return FeedResult(name=due.feed.name, url=due.feed.url, note="another process polled it")
        return FeedResult(
            name=due.feed.name,
            url=due.feed.url,
            new=len(sifted.new),
            edited=len(sifted.edited),
            visits=sum(len(article.visits) for article in articles),
            note=_note(due, answer, sifted),
        )

    async def _fail(self, due: FeedForUpdate, reason: str) -> FeedResult:
        poll = FeedPoll(due=due, polled_at=self.clock.now(), failure=reason)
        await asyncio.to_thread(self.store.save_poll, poll)
        return FeedResult(name=due.feed.name, url=due.feed.url, failure=reason)

    async def _read_all(
        self, due: FeedForUpdate, items: Sequence[NewEntry | EditedEntry]
    ) -> list[ReadArticle]:
        free = asyncio.Semaphore(PAGES_AT_ONCE)
        texts = await asyncio.gather(*(self._text(due, item.entry, free) for item in items))
        pairs = list(zip(items, texts, strict=True))
        return await asyncio.to_thread(lambda: [self._read(due, item, text) for item, text in pairs])

    async def _text(self, due: FeedForUpdate, entry: Entry, free: asyncio.Semaphore) -> str:
        """The entry's own text, or its page's where that says more."""
        if not due.feed.full_text or entry.link is None or len(entry.text) >= SHORT_TEXT:
            return entry.text
        async with free:
            try:
                page = await self.source.full_text(due.feed, entry.link)
            except Exception:
                # The teaser is still worth reading.
                logger.exception("page broke link=%s", entry.link)
                page = None
        return _encodable(page) if page and len(page) > len(entry.text) else entry.text

    def _read(self, due: FeedForUpdate, item: NewEntry | EditedEntry, text: str) -> ReadArticle:
        entry = item.entry
        article = Article(
            title=entry.title or None,
            text=text,
            published_at=entry.published_at,
            url=entry.link,
            language_hint=entry.language or due.feed.language,
        )
        try:
            reading = self.read(article)
        except Exception as error:
            # The entry is kept with what went wrong, else it would break every poll from now on.
            logger.exception("reading broke link=%s", entry.link)
            reading = Reading(language=None, note=f"could not be read: {type(error).__name__}")
        return ReadArticle(
            article_id=item.article_id if isinstance(item, EditedEntry) else None,
            entry=entry,
            keys=item.keys,
            text=text,
            language=reading.language or article.language_hint,
            visits=reading.visits,
            note=reading.note,
        )


def _note(due: FeedForUpdate, answer: FeedFetched, sifted: Sifted) -> str | None:
    """What the admin may want to know about a feed that did answer."""
    if answer.moved_to:
        return f"moved for good to {answer.moved_to}"
    if sifted.guarded:
        return f"calls {sifted.guarded} known entries new: held back"
    others = sifted.known + len(sifted.edited) + len(sifted.listed_elsewhere)
    if due.last_polled_at and len(sifted.new) >= GAP_MINIMUM and not others:
        return "every entry is new: some may have been missed, so poll it more often"
    return None


def _storable(entry: Entry) -> Entry:
    return replace(
        entry,
        id=entry.id and _encodable(entry.id),
        link=entry.link and _encodable(entry.link),
        title=_encodable(entry.title),
        text=_encodable(entry.text),
    )


def _encodable(text: str) -> str:
    """The text without half characters (lone surrogates), which nothing can store or send."""
    return text.encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingPlan:
    """What the settings say about briefings."""

    subscriptions: Sequence[Subscription]
    #: By platform, for those that are on.
    render: Mapping[str, Render]
    #: Whose names topics may use.
    world: World
    lookback: dt.timedelta


async def send_briefings(
    store: Store,
    messengers: Mapping[str, Messenger],
    clock: Clock,
    plan: BriefingPlan,
    *,
    pacer: Pacer,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Delivered:
    """Put the briefings that are due into the outbox, then send what is in it.

    Calls must not overlap. The arguments are those of `deliver`.

    Raises:
        StoreError: Nothing can be kept, so nothing may be sent.
    """
    await asyncio.to_thread(put_due_briefings, store, clock.now(), plan)
    return await deliver(store, messengers, clock, pacer=pacer, sleep=sleep)


def put_due_briefings(store: Store, now: dt.datetime, plan: BriefingPlan) -> int:
    """Put the briefings that are due into the outbox, each chat's once; gives how many there were."""
    count = 0
    for subscription in plan.subscriptions:
        slot = due_slot(subscription, now)
        if slot is None:
            continue
        try:
            count += _put(store, now, plan, subscription, slot)
        except StoreError:
            raise
        except Exception:
            # One subscription that we cannot compose must not cost the others theirs.
            logger.exception("briefing broke name=%s", subscription.name)
    return count


def _put(store: Store, now: dt.datetime, plan: BriefingPlan, subscription: Subscription, slot: Slot) -> int:
    """One subscription's briefings. Chats that know the same get the very same one."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for name in subscription.to:
        chat = store.current_chat(name)
        if chat.partition(":")[0] in plan.render and not store.was_briefed(slot, chat):
            known = store.last_briefed_at(slot.name, chat, slot.due_at), *sorted(store.told(chat).items())
            groups.setdefault(known, []).append(chat)
    count = 0
    for chats in groups.values():
        briefing = _composed(store, now, plan, subscription, slot, chats[0])
        for chat in dict.fromkeys(chats):
            parts = plan.render[chat.partition(":")[0]](briefing)
            told = states_told(briefing)
            outgoing = Outgoing(briefing=briefing, chat=chat, parts=parts, slot=slot, told=told)
            count += store.put_in_outbox(outgoing)
        late = (now - slot.due_at).total_seconds()
        logger.info(
            "briefing ready name=%s chats=%d items=%d late=%ds",
            slot.name,
            len(chats),
            len(briefing.items),
            late,
        )
    return count


def _composed(
    store: Store,
    now: dt.datetime,
    plan: BriefingPlan,
    subscription: Subscription,
    slot: Slot,
    chat: str,
) -> Briefing:
    """The briefing of a slot for a chat, and for those that know the same."""
    local_now = now.astimezone(ZoneInfo(subscription.timezone))
    topics = [
        understand(query, plan.world, local_now, subscription.language) for query in subscription.topics
    ]
    since = store.last_briefed_at(slot.name, chat, slot.due_at) or slot.due_at - FIRST_HEADLINES
    found = find(store, topics, now=now, lookback=plan.lookback, headlines_since=since)
    health = store.feed_health(now)
    occasion = Occasion(
        id=f"{slot.name}/{slot.due_at.isoformat(timespec='minutes')}/{chat}",
        now=now,
        timezone=subscription.timezone,
        language=subscription.language,
        lookback=plan.lookback,
        name=subscription.name,
        told=store.told(chat),
        feeds_answered=health.answered,
        feeds_failed=health.failed,
    )
    wording = load_wording(subscription.language)
    return compose(occasion, topics, found.trips, found.headlines, say_unknown=wording.unknown_topic)
