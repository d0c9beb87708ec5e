"""The whole way from a feed's address to its entries, over HTTP and from files."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.article_text import read_page
from bot.adapters.feed_download import Downloader, DownloadLimits
from bot.adapters.feed_source import HttpFeedSource
from bot.model import Feed, FeedFailure, FeedFetched, FeedForUpdate, FeedUnchanged
from tests.servers.feeds import FeedServer

FEED = (
    '<rss version="2.0"><channel><item><title>Putin ke Pyongyang</title><link>/a</link>'
    "<description>Presiden tiba.</description></item></channel></rss>"
)
ARTICLE = "Presiden Rusia Vladimir Putin akan berkunjung ke Korea Utara pekan ini, kata juru bicara Kremlin."
PAGE = f"<html><head><title>Kabar</title></head><body><article><p>{ARTICLE}</p></article></body></html>"


class StoppedClock:
    """It is always the same time."""

    def now(self) -> dt.datetime:
        return dt.datetime(2024, 6, 18, tzinfo=dt.UTC)


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as server:
        yield server


@pytest.fixture
async def source() -> AsyncIterator[HttpFeedSource]:
    limits = DownloadLimits(total=5, attempts=1)
    async with Downloader(limits=limits) as downloader:
        yield HttpFeedSource(downloader, StoppedClock(), read_page)


def feed(url: str) -> Feed:
    return Feed(url=url, name="Kabar")


def due(url: str, etag: str | None = None) -> FeedForUpdate:
    return FeedForUpdate(feed=feed(url), etag=etag)


async def test_a_feed_is_fetched_with_what_the_next_poll_needs(
    server: FeedServer, source: HttpFeedSource
) -> None:
    """Entries, and the conditions to ask with next time."""
    server.add("/feed", FEED, headers={"ETag": '"1"', "Last-Modified": "Tue, 18 Jun 2024 02:30:00 GMT"})

    fetched = await source.fetch(due(f"{server.url}/feed"))

    assert isinstance(fetched, FeedFetched)
    assert [entry.link for entry in fetched.entries] == [f"{server.url}/a"]
    assert (fetched.etag, fetched.last_modified) == ('"1"', "Tue, 18 Jun 2024 02:30:00 GMT")
    assert fetched.moved_to is None


async def test_an_unchanged_feed_is_not_parsed_again(server: FeedServer, source: HttpFeedSource) -> None:
    """304 is a value of its own."""
    server.add("/feed", FEED, headers={"ETag": '"1"'})
    asked = due(f"{server.url}/feed", etag='"1"')

    assert await source.fetch(asked) == FeedUnchanged(feed=asked.feed)


async def test_a_move_is_told_when_a_feed_is_there(server: FeedServer, source: HttpFeedSource) -> None:
    """A permanent redirect to a feed is adopted; one to a home page is a failure and moves nothing."""
    server.add("/old", status=301, headers={"Location": "/new"})
    server.add("/new", FEED)
    server.add("/gone", status=301, headers={"Location": "/home"})
    server.add("/home", PAGE, headers={"Content-Type": "text/html"})

    moved, gone = await source.fetch(due(f"{server.url}/old")), await source.fetch(due(f"{server.url}/gone"))

    assert isinstance(moved, FeedFetched)
    assert moved.moved_to == f"{server.url}/new"
    assert gone == FeedFailure(feed=feed(f"{server.url}/gone"), reason="not a feed: HTML")


async def test_a_failed_download_is_a_value(server: FeedServer, source: HttpFeedSource) -> None:
    """Nothing is raised; the reason is the downloader's."""
    asked = due(f"{server.url}/nowhere")

    assert await source.fetch(asked) == FeedFailure(feed=asked.feed, reason="HTTP 404")


async def test_the_full_text_of_an_article(server: FeedServer, source: HttpFeedSource) -> None:
    """The page's article, and None where the page is missing or no page."""
    server.add("/a", PAGE, headers={"Content-Type": "text/html"})
    server.add("/a.pdf", PAGE, headers={"Content-Type": "application/pdf"})
    asked = feed(f"{server.url}/feed")

    assert await source.full_text(asked, f"{server.url}/a") == ARTICLE
    assert await source.full_text(asked, f"{server.url}/a.pdf") is None
    assert await source.full_text(asked, f"{server.url}/nowhere") is None


async def test_a_folder_is_one_feed(tmp_path: Path, source: HttpFeedSource) -> None:
    """All its files are read in order; a broken one is passed over; unchanged files are told so."""
    (tmp_path / "1.xml").write_text(FEED)
    (tmp_path / "2.xml").write_text("broken")
    (tmp_path / "3.xml").write_text(FEED.replace("Pyongyang", "Hanoi"))

    fetched = await source.fetch(due(tmp_path.as_uri()))

    assert isinstance(fetched, FeedFetched)
    assert [entry.title for entry in fetched.entries] == ["Putin ke Pyongyang", "Putin ke Hanoi"]
    again = due(tmp_path.as_uri(), etag=fetched.etag)
    assert await source.fetch(again) == FeedUnchanged(feed=again.feed)


async def test_a_broken_file_is_told_to_the_admin(
    tmp_path: Path, source: HttpFeedSource, caplog: pytest.LogCaptureFixture
) -> None:
    """What was passed over is in the log, and is the failure where nothing else is left."""
    (tmp_path / "1.xml").write_text("broken")

    failed = await source.fetch(due(tmp_path.as_uri()))

    assert failed == FeedFailure(feed=feed(tmp_path.as_uri()), reason="not a feed: neither XML nor JSON")
    assert "1.xml reason=not a feed: neither XML nor JSON" in caplog.text


async def test_saved_articles_are_entries(tmp_path: Path, source: HttpFeedSource) -> None:
    """A folder of saved pages and texts; a text's short first line is its title."""
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.txt").write_text(f"Judul\n\n{ARTICLE}\n{ARTICLE}\n")
    (tmp_path / "c.txt").write_text(ARTICLE)

    fetched = await source.fetch(due(tmp_path.as_uri()))

    assert isinstance(fetched, FeedFetched)
    assert [(entry.title, entry.text) for entry in fetched.entries] == [
        ("Kabar", ARTICLE),
        ("Judul", f"{ARTICLE}\n{ARTICLE}"),
        ("", ARTICLE),
    ]
    assert fetched.entries[0].link == (tmp_path / "a.html").as_uri()


async def test_missing_files_are_a_failure(tmp_path: Path, source: HttpFeedSource) -> None:
    """The path is named."""
    failed = await source.fetch(due((tmp_path / "feed.xml").as_uri()))

    assert isinstance(failed, FeedFailure)
    assert failed.reason.startswith("no such file: ")


async def test_files_are_read_for_feeds_from_files_only(tmp_path: Path, source: HttpFeedSource) -> None:
    """A saved feed has its saved pages; a feed from the web has no files of this machine."""
    (tmp_path / "a.html").write_text(PAGE)
    link = (tmp_path / "a.html").as_uri()

    assert await source.full_text(feed((tmp_path / "feed.xml").as_uri()), link) == ARTICLE
    assert await source.full_text(feed("https://news.example/feed"), link) is None
