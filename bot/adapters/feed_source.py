"""The port FeedSource over HTTP and over local files."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from bot.adapters.feed_download import Download, Downloader, DownloadFailure, DownloadUnchanged
from bot.adapters.feed_parse import NO_ENTRIES, ParseFailure, parse_feed
from bot.adapters.html_text import ArticlePage, one_line, plain_text
from bot.adapters.local_files import LocalFilesError, read_files, read_page_beside
from bot.model import Entry, Feed, FeedFailure, FeedFetched, FeedForUpdate, FeedUnchanged
from bot.moved_feeds import addresses
from bot.ports import Clock

__all__ = ["HttpFeedSource"]

logger = logging.getLogger(__name__)

#: The first line of a saved text is its title if it is no longer than this.
_LONGEST_TITLE = 150


class HttpFeedSource:
    """Fetches feeds and articles; parsing runs in a thread, so that the chats are answered meanwhile."""

    def __init__(
        self, downloader: Downloader, clock: Clock, read_page: Callable[[bytes], ArticlePage | None]
    ) -> None:
        """Put the parts together.

        Args:
            downloader: An entered one; it stays its owner's to close.
            clock: Times of entries are held against it.
            read_page: Takes the article out of a page of HTML.
        """
        self._downloader = downloader
        self._clock = clock
        self._read_page = read_page

    async def fetch(self, due: FeedForUpdate) -> FeedFetched | FeedUnchanged | FeedFailure:
        """Fetch and parse one feed, or say in plain words why that failed."""
        if due.feed.url.startswith("file:"):
            return await asyncio.to_thread(self._read_local, due)
        first, *others = addresses(due, self._clock.now())
        answer = await self._ask(due, first)
        for address in others:
            if isinstance(answer, FeedFailure):
                logger.info("feed asked elsewhere feed=%s reason=%s", due.feed.name, answer.reason)
                # What the other address last called its answer means nothing here.
                answer = await self._ask(replace(due, etag=None, last_modified=None), address)
        return answer

    async def _ask(self, due: FeedForUpdate, address: str) -> FeedFetched | FeedUnchanged | FeedFailure:
        answer = await self._downloader.download(
            address, feed_url=due.feed.url, etag=due.etag, last_modified=due.last_modified
        )
        match answer:
            case DownloadUnchanged():
                asked = address if address != due.feed.url else None
                return FeedUnchanged(
                    feed=due.feed, moved_to=_elsewhere(answer.moved_to, due.feed), asked=asked
                )
            case DownloadFailure():
                return FeedFailure(feed=due.feed, reason=answer.reason)
            case Download():
                return await asyncio.to_thread(self._parse, due.feed, address, answer)

    def _parse(self, feed: Feed, address: str, answer: Download) -> FeedFetched | FeedFailure:
        parsed = parse_feed(
            answer.body, url=answer.url, content_type=answer.content_type, now=self._clock.now()
        )
        if isinstance(parsed, ParseFailure):
            # Whatever moved here, it is not the feed: `moved_to` is told of feeds only.
            is_empty = parsed.reason == NO_ENTRIES
            return FeedFailure(feed=feed, reason=parsed.reason, is_empty=is_empty)
        return FeedFetched(
            feed=feed,
            entries=parsed,
            etag=answer.etag,
            last_modified=answer.last_modified,
            moved_to=_elsewhere(answer.moved_to, feed),
            asked=address if address != feed.url else None,
        )

    def _read_local(self, due: FeedForUpdate) -> FeedFetched | FeedUnchanged | FeedFailure:
        try:
            found = read_files(due.feed.url)
        except LocalFilesError as error:
            return FeedFailure(feed=due.feed, reason=str(error))
        if found.etag == due.etag:
            return FeedUnchanged(feed=due.feed)
        entries: list[Entry] = []
        failures: list[str] = []
        for name, content in found.files:
            parsed = self._parse_local(name, content, are_pages=found.are_pages)
            if isinstance(parsed, ParseFailure):
                # One broken file does not keep its neighbours from being read, but its admin is told.
                logger.warning("file not read file=%s reason=%s", name, parsed.reason)
                failures.append(parsed.reason)
            else:
                entries += parsed
        if not entries:
            return FeedFailure(feed=due.feed, reason=failures[0])
        return FeedFetched(feed=due.feed, entries=tuple(entries), etag=found.etag)

    def _parse_local(self, url: str, content: bytes, *, are_pages: bool) -> tuple[Entry, ...] | ParseFailure:
        if not are_pages:
            return parse_feed(content, url=url, now=self._clock.now())
        entry = self._saved_article(url, content)
        return (entry,) if entry else ParseFailure("nothing to read in the saved article")

    def _saved_article(self, url: str, content: bytes) -> Entry | None:
        if url.endswith(".txt"):
            title, text = _title_and_text(content)
        else:
            page = self._read_page(content)
            title, text = (page.title or "", page.text) if page else ("", "")
        return Entry(id=url, link=url, title=title, text=text) if text else None

    async def full_text(self, feed: Feed, link: str) -> str | None:
        """The text of an article's page, None where it cannot be had."""
        if link.startswith("file:"):
            if not feed.url.startswith("file:"):
                return None
            page = await asyncio.to_thread(read_page_beside, link, feed.url)
        else:
            page = await self._download_page(feed, link)
        article = await asyncio.to_thread(self._read_page, page) if page else None
        return article.text if article else None

    async def _download_page(self, feed: Feed, link: str) -> bytes | None:
        answer = await self._downloader.download(link, feed_url=feed.url)
        if not isinstance(answer, Download):
            return None
        return answer.body if "html" in (answer.content_type or "html").lower() else None


def _elsewhere(moved_to: str | None, feed: Feed) -> str | None:
    """Where a redirect led, unless that is the feed's own address again."""
    return moved_to if moved_to != feed.url else None


def _title_and_text(content: bytes) -> tuple[str, str]:
    """A saved text, whose first line is its title if it is short enough for one."""
    text = plain_text(content.decode("utf-8-sig", errors="replace"))
    first, _, rest = text.partition("\n")
    return (one_line(first), rest) if rest and len(first) <= _LONGEST_TITLE else ("", text)
