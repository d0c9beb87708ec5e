"""The bundled feeds are readable, complete and annotated: they are the first thing that a newcomer sees."""

import datetime as dt
import functools
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest

from bot.adapters.feed_parse import ParseFailure, parse_feed
from bot.adapters.local_files import path_of
from bot.headlines import is_near_identical
from bot.model import Entry, Feed
from bot.settings import load_settings
from digest.facts import PartialDate

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
#: The moment whose briefing `make brief` prints.
NOW = dt.datetime.fromisoformat("2024-06-18T07:00:00+09:00")
FEEDS = load_settings(SEEDS / "config.toml", {}).feeds
#: Names by which real outlets of these languages are known.
REAL_OUTLETS = (
    *("afp", "antara", "bbc", "cnn", "detik", "guardian", "jazeera", "kompas", "nknews", "reuters", "tempo"),
    *("times", "tribun", "yonhap", "경향", "뉴시스", "동아", "연합", "조선일보", "중앙일보", "한겨레"),
)
_INDONESIAN_DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


@functools.cache
def entries_of(feed: Feed) -> tuple[Entry, ...]:
    parsed = parse_feed(path_of(feed.url).read_bytes(), url=feed.url, now=NOW)
    assert not isinstance(parsed, ParseFailure), parsed.reason
    return parsed


def all_entries() -> list[tuple[Feed, Entry]]:
    return [(feed, entry) for feed in FEEDS for entry in entries_of(feed)]


def gold() -> list[dict[str, Any]]:
    text = (ROOT / "tests/corpus/seeds.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


ANNOTATED = pytest.mark.parametrize("article", gold(), ids=lambda article: article["id"])
EACH_FEED = pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: path_of(feed.url).name)


def test_the_configuration_lists_every_feed_file() -> None:
    files = {path for path in SEEDS.iterdir() if path.suffix in {".xml", ".rdf", ".atom", ".rss", ".json"}}

    assert {path_of(feed.url) for feed in FEEDS} == files


@EACH_FEED
def test_no_network_is_needed(feed: Feed) -> None:
    """The feeds are files, and the pages behind their links are not asked for."""
    assert feed.url.startswith("file:")
    assert not feed.full_text


def test_each_kind_of_feed_is_there() -> None:
    versions = {feedparser.parse(path_of(feed.url).read_bytes())["version"] for feed in FEEDS}
    has_json = any(feed.url.endswith(".json") for feed in FEEDS)

    assert versions >= {"rss20", "rss10", "rss091n", "atom10"}
    assert has_json


@EACH_FEED
def test_entries_are_whole(feed: Feed) -> None:
    """Each entry has a title, a text of several sentences and a link that leads to nobody's site."""
    for entry in entries_of(feed):
        assert entry.title
        assert len(re.findall(r"[.!?](?=\s|$)", entry.text)) >= 3, entry.title
        assert (urlsplit(entry.link or "").hostname or "").endswith(".example")
        assert entry.language == feed.language


@EACH_FEED
def test_outlets_are_invented(feed: Feed) -> None:
    known_as = {feed.name, feedparser.parse(path_of(feed.url).read_bytes())["feed"].get("title", feed.name)}

    assert known_as == {feed.name}
    assert not [name for name in REAL_OUTLETS if name in feed.name.lower()]


def test_every_article_is_annotated_as_it_reads() -> None:
    """The corpus has the feeds' articles, all of them and nothing else, letter by letter."""
    read = {(entry.title, entry.text, entry.link, feed.language) for feed, entry in all_entries()}
    annotated = [(row["title"], row["text"], row["url"], row["lang"]) for row in gold()]

    assert set(annotated) == read
    assert len(annotated) == len(read) == len(all_entries())


def test_annotated_days_are_those_of_the_feeds() -> None:
    """A day is the outlet's own, which can be a day on from that of UTC."""
    published = {entry.title: entry.published_at for _, entry in all_entries()}
    for row in gold():
        moment = published[row["title"]]
        if moment is None:
            assert row["published"] is None
        else:
            days = {(moment + dt.timedelta(hours=hours)).date().isoformat() for hours in (0, 7, 9)}
            assert row["published"] in days


def test_all_is_news_of_the_weeks_before_the_briefing() -> None:
    """One entry has no date, for such feeds exist; the others lie in the fortnight before."""
    moments = [entry.published_at for _, entry in all_entries()]
    dated = [moment for moment in moments if moment]

    assert len(moments) - len(dated) == 1
    assert min(dated) > NOW - dt.timedelta(days=16)
    assert max(dated) < NOW


def test_a_title_with_markup_and_entities_is_plain() -> None:
    titles = {entry.title for _, entry in all_entries()}

    assert "ECB cuts rates: cheaper loans & thinner savings as 3.75% < 4%" in titles


def test_one_headline_is_told_by_two_outlets() -> None:
    """... and no other two titles are near enough to be taken for one."""
    told = [(feed.name, entry.title) for feed, entry in all_entries()]
    alike = [
        {one[0], other[0]}
        for place, one in enumerate(told)
        for other in told[:place]
        if is_near_identical(one[1], other[1])
    ]

    assert alike == [{"Larkfield Courier", "Tern Island Post"}]


@ANNOTATED
def test_annotations_quote_the_article(article: dict[str, Any]) -> None:
    source = f"{article['title']}\n{article['text']}"

    assert article["negative"] == (not article["visits"])
    for visit in article["visits"]:
        quoted = [visit[key] for key in ("evidence", "date_text", "purpose_text") if visit[key] is not None]
        assert visit["evidence"]
        assert [quote for quote in quoted if quote not in source] == []


@ANNOTATED
def test_annotated_dates_exist_in_order(article: dict[str, Any]) -> None:
    for visit in article["visits"]:
        start, end = (PartialDate.parse(visit[key]) if visit[key] else None for key in ("start", "end"))
        if start and end:
            assert start.earliest <= end.latest


def test_the_one_weekday_that_contradicts_its_date_is_annotated() -> None:
    """Everywhere else "Selasa (11/6)" is the weekday that it says."""
    wrong = set()
    for row in gold():
        for day, number in re.findall(r"(\w+) \((\d+)/6(?:/2024)?\)", row["text"]):
            if dt.date(2024, 6, int(number)).weekday() != _INDONESIAN_DAYS.index(day.lower()):
                wrong.add(row["id"])
    flagged = {row["id"] for row in gold() for visit in row["visits"] if visit["date_conflict"]}

    assert wrong == flagged == {"seed-01"}
