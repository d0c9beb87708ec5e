"""Polling: fetch the feeds that are due, read what is new, store it.

    poll_feeds          ~ store.feeds() -> = polling.due_feeds(feeds, now)
                        ~ source.fetch(feed)
                        = polling.new_entries(entries, ~ store.known_entries)
                        ~ source.full_text(feed, link)      where the entry's own text is short
                        = copies.as_retold(entry, ~ store.texts_like)
                        = read(article)                     in a thread, so that chats are answered meanwhile
                        ~ store.save_poll(...)              which joins the visits into trips

`=` is pure, `~` touches the world.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.copies import as_retold, is_another_story
from bot.errors import StoreError
from bot.model import Entry, FeedFailure, FeedFetched, FeedForUpdate, FeedUnchanged
from bot.moved_feeds import moved_after
from bot.poll_notes import notes_on
from bot.polling import EditedEntry, NewEntry, Sifted, due_feeds, keys_of, new_entries
from bot.ports import Clock, FeedSource, FeedStore
from bot.records import FeedPoll, FeedResult, ListedEntry, PollReport, ReadArticle
from digest.facts import Article, Reading

__all__ = ["poll_feeds"]

logger = logging.getLogger(__name__)

#: Feeds that are fetched at a time, and pages of one feed.
FEEDS_AT_ONCE = 16
PAGES_AT_ONCE = 4
#: An entry's text with fewer characters is a teaser: its page has the article.
SHORT_TEXT = 400

Read = Callable[[Article], Reading]


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
            if answer.is_empty and not due.has_listed:
                return await self._leave_empty(due)
            return await self._fail(due, answer.reason)
        if isinstance(answer, FeedUnchanged):
            now = self.clock.now()
            poll = FeedPoll(
                due=due,
                polled_at=now,
                etag=due.etag,
                last_modified=due.last_modified,
                moved=moved_after(due, answer, now),
            )
            return await self._save(poll, Sifted())
        return await self._take_in(due, answer)

    async def _take_in(self, due: FeedForUpdate, answer: FeedFetched) -> FeedResult:
        """Sift, read and store what a feed answered."""
        entries = [_storable(entry) for entry in answer.entries]
        sifted = await asyncio.to_thread(self._sift, due, entries)
        items = await self._with_texts(due, [*sifted.new, *sifted.edited])
        articles, sifted = await asyncio.to_thread(self._read_all, due, sifted, items)
        now = self.clock.now()
        poll = FeedPoll(
            due=due,
            polled_at=now,
            etag=answer.etag,
            last_modified=answer.last_modified,
            moved=moved_after(due, answer, now),
            articles=tuple(articles),
            listed=tuple(map(_listed, (*sifted.listed_elsewhere, *sifted.renumbered))),
        )
        return await self._save(poll, sifted)

    def _sift(self, due: FeedForUpdate, entries: Sequence[Entry]) -> Sifted:
        """Tell the entries apart by what the store knows."""
        rewrites = due.feed.rewrite
        known = self.store.known_entries(due.feed, [keys_of(entry, rewrites) for entry in entries])
        sifted = new_entries(entries, known, rewrites)
        if not sifted.renumbered:
            return sifted
        texts = self.store.texts([item.article_id for item in sifted.renumbered])
        by_id = {each.article_id: each.text for each in texts}
        others = [i for i in sifted.renumbered if is_another_story(i.entry.text, by_id.get(i.article_id, ""))]
        return replace(
            sifted,
            # A dozen daily columns under their titles of yesterday: nothing of that may be lost.
            new=(*sifted.new, *(NewEntry(entry=item.entry, keys=item.keys) for item in others)),
            renumbered=tuple(item for item in sifted.renumbered if item not in others),
        )

    async def _save(self, poll: FeedPoll, sifted: Sifted) -> FeedResult:
        feed = poll.due.feed
        if not await asyncio.to_thread(self.store.save_poll, poll):
            return FeedResult(name=feed.name, url=feed.url, note="another process polled it")
        note, warning = notes_on(poll, sifted)
        if warning:
            logger.warning("feed needs attention feed=%s note=%s", feed.url, note)
        return FeedResult(
            name=feed.name,
            url=feed.url,
            new=len(sifted.new),
            edited=len(sifted.edited),
            visits=sum(len(article.visits) for article in poll.articles),
            note=note,
            warning=warning,
        )

    async def _leave_empty(self, due: FeedForUpdate) -> FeedResult:
        """A feed of rare events that has nothing yet: as a failure, its first entry would come late."""
        poll = FeedPoll(due=due, polled_at=self.clock.now(), moved=due.moved)
        result = await self._save(poll, Sifted())
        return replace(result, note=result.note or "no entries yet")

    async def _fail(self, due: FeedForUpdate, reason: str) -> FeedResult:
        poll = FeedPoll(due=due, polled_at=self.clock.now(), failure=reason)
        await asyncio.to_thread(self.store.save_poll, poll)
        return FeedResult(name=due.feed.name, url=due.feed.url, failure=reason)

    async def _with_texts(
        self, due: FeedForUpdate, items: Sequence[NewEntry | EditedEntry]
    ) -> list[tuple[NewEntry | EditedEntry, str]]:
        free = asyncio.Semaphore(PAGES_AT_ONCE)
        texts = await asyncio.gather(*(self._text(due, item.entry, free) for item in items))
        return list(zip(items, texts, strict=True))

    def _read_all(
        self, due: FeedForUpdate, sifted: Sifted, items: Sequence[tuple[NewEntry | EditedEntry, str]]
    ) -> tuple[list[ReadArticle], Sifted]:
        """Read the articles; what is new by its keys may turn out to be a known one by its text."""
        # What the feed still lists, or was found to be another entry, is no earlier state of this one.
        taken = set(sifted.listed) | {item.article_id for item in sifted.renumbered}
        articles: list[ReadArticle] = []
        new: list[NewEntry] = []
        edited: list[EditedEntry] = []
        for known, text in items:
            item = self._known_by_text(due, known, text, taken)
            if isinstance(item, EditedEntry):
                taken.add(item.article_id)
                edited.append(item)
            else:
                new.append(item)
            articles.append(self._read(due, item, text))
        return articles, replace(sifted, new=tuple(new), edited=tuple(edited))

    def _known_by_text(
        self, due: FeedForUpdate, item: NewEntry | EditedEntry, text: str, taken: set[int]
    ) -> NewEntry | EditedEntry:
        if isinstance(item, EditedEntry) or not due.has_listed:
            return item
        now = self.clock.now()
        found = self.store.texts_like(due.feed, text, min(item.entry.published_at or now, now))
        return as_retold(item, text, [each for each in found if each.article_id not in taken]) or item

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


def _listed(item: EditedEntry) -> ListedEntry:
    return ListedEntry(article_id=item.article_id, keys=item.keys, published_at=item.entry.published_at)


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
