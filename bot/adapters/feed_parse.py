"""Entries from the bytes of a feed: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed.

Pure: bytes in, records out; `now` is an argument. feedparser gets an open stream and never a
name, so that it fetches and opens nothing by itself.
"""

import codecs
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from bot.adapters.feed_times import read_feed_time
from bot.adapters.html_text import html_to_text, one_line, plain_text
from bot.adapters.json_feed import JsonItem, NotJsonFeedError, json_items
from bot.model import Entry

__all__ = ["NO_ENTRIES", "ParseFailure", "parse_feed"]

#: Why a feed gives no entries that is one, and empty.
NO_ENTRIES = "no entries"

#: Share of the bytes above ASCII that may be broken in what is UTF-8 nevertheless.
_BROKEN_SHARE = 0.02
_UTF8_BOM = codecs.BOM_UTF8
#: The groups are atomic, else a row of comments could be divided in endless ways.
_HTML_START = re.compile(
    rb"(?>(?><\?xml[^>]*>|<!--.*?-->|\s)*)<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
#: Codes that were withdrawn long ago and live on in content systems.
_OLD_LANGUAGE_CODES = {"in": "id", "iw": "he", "ji": "yi", "kr": "ko", "jp": "ja", "cn": "zh"}


@dataclass(frozen=True, slots=True)
class ParseFailure:
    """Why the bytes give no entries, in plain words."""

    reason: str


def parse_feed(
    content: bytes, *, url: str, now: dt.datetime, content_type: str | None = None
) -> tuple[Entry, ...] | ParseFailure:
    """The entries of a feed in its own order.

    Args:
        content: The body as it came, decompressed.
        url: Where it came from; relative links start there.
        now: The present; times that lie ahead of it are not believed.
        content_type: The header of that name, for the charset.
    """
    start = content.removeprefix(_UTF8_BOM).lstrip()[:4096]
    if not start.strip(b"\0"):
        return ParseFailure("not a feed: empty")
    if start[:1] in (b"{", b"["):
        return _parse_json(content, url, now)
    if _HTML_START.match(start):
        return ParseFailure("not a feed: HTML")
    return _parse_xml(content, url, now, content_type)


def _parse_json(content: bytes, url: str, now: dt.datetime) -> tuple[Entry, ...] | ParseFailure:
    try:
        items = json_items(content)
    except NotJsonFeedError as error:
        return ParseFailure(f"not a feed: {error}")
    entries = tuple(_with_words(_json_entry(item, url, now) for item in items))
    return entries or ParseFailure(NO_ENTRIES)


def _json_entry(item: JsonItem, url: str, now: dt.datetime) -> Entry:
    return Entry(
        id=item.id,
        link=_link(item.link, url),
        title=one_line(item.title),
        text=max(html_to_text(item.html), plain_text(item.text), key=len),
        published_at=_first_time(item.times, now),
        language=_language(item.language),
    )


def _parse_xml(
    content: bytes, url: str, now: dt.datetime, content_type: str | None
) -> tuple[Entry, ...] | ParseFailure:
    content, content_type = _with_charset(content, content_type)
    parsed = feedparser.parse(
        io.BytesIO(content),
        response_headers={"content-type": content_type},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    language = parsed.get("feed", {}).get("language")
    entries = tuple(_with_words(_xml_entry(entry, language, url, now) for entry in parsed.get("entries", ())))
    if entries:
        return entries
    if parsed.get("version"):
        return ParseFailure(NO_ENTRIES)
    is_xml = content.lstrip(_UTF8_BOM + b" \t\r\n").startswith(b"<")
    return ParseFailure("not a feed: XML without entries" if is_xml else "not a feed: neither XML nor JSON")


def _with_charset(content: bytes, content_type: str | None) -> tuple[bytes, str]:
    """The body and a content type that lead feedparser to the charset it really has.

    Bytes above ASCII that form UTF-8 are UTF-8, whatever the prolog or the server's header say;
    a few broken ones among them (a text cut in the middle of a character) do not change that.
    Everything else is left to feedparser: header, prolog, then a guess.
    """
    charset = _header_charset(content_type)
    high = len(content) - len(content.translate(None, bytes(range(128, 256))))
    if high and content[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = content.decode("utf-8", errors="replace")
        if text.count("\N{REPLACEMENT CHARACTER}") <= 1 + high * _BROKEN_SHARE:
            content, charset = text.encode(), "utf-8"
    return content, f"application/xml; charset={charset}" if charset else "application/xml"


def _header_charset(content_type: str | None) -> str | None:
    """The charset of the header, where it is one that Python knows."""
    if not content_type:
        return None
    message = Message()
    message["content-type"] = content_type
    charset = message.get_content_charset()
    try:
        return codecs.lookup(charset).name if charset else None
    except LookupError:
        return None


def _xml_entry(entry: Mapping[str, Any], feed_language: str | None, url: str, now: dt.datetime) -> Entry:
    title = entry.get("title_detail") or {}
    return Entry(
        id=one_line(entry.get("id") or "") or None,
        link=_link(entry.get("link"), url),
        title=one_line(_detail_text(title)),
        text=max(_texts(entry), key=len, default=""),
        # As a plain dict, for feedparser's own answers "updated" with the time of publication.
        published_at=_first_time([dict(entry).get(key) for key in ("published", "updated", "created")], now),
        language=_language(title.get("language") or feed_language),
    )


def _texts(entry: Mapping[str, Any]) -> Iterator[str]:
    """What the entry has for a text: its contents, and its summary."""
    for detail in (*entry.get("content", ()), entry.get("summary_detail")):
        if detail and (detail.get("type") or "").partition("/")[0] in ("text", "application"):
            yield _detail_text(detail)


def _detail_text(detail: Mapping[str, Any]) -> str:
    value = detail.get("value") or ""
    return plain_text(value) if detail.get("type") == "text/plain" else html_to_text(value)


def _first_time(texts: Sequence[object], now: dt.datetime) -> dt.datetime | None:
    """The first of the texts that is a time."""
    times = (read_feed_time(text, now) for text in texts)
    return next((time for time in times if time), None)


def _with_words(entries: Iterator[Entry]) -> Iterator[Entry]:
    """The entries that say anything."""
    return (entry for entry in entries if entry.title or entry.text)


def _link(link: str | None, base: str) -> str | None:
    """The link made absolute; only a feed from this machine may link to files of this machine."""
    try:
        absolute = urljoin(base, (link or "").strip()).replace(" ", "%20")
        parts = urlsplit(absolute)
    except ValueError:
        return None
    if not link:
        return None
    if parts.scheme in ("http", "https"):
        return absolute if parts.hostname else None
    return absolute if parts.scheme == "file" and base.startswith("file:") else None


def _language(tag: object) -> str | None:
    """The language of a tag such as "id-ID" or "ko_KR"."""
    if not isinstance(tag, str):
        return None
    language = re.split(r"[-_]", tag.strip().lower())[0]
    language = _OLD_LANGUAGE_CODES.get(language, language)
    return language if _LANGUAGE.fullmatch(language) else None
