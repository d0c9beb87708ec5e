"""Reading JSON Feed, which feedparser does not know (https://www.jsonfeed.org/version/1.1/).

Pure: bytes in, records out.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["JsonItem", "NotJsonFeedError", "json_items"]


class NotJsonFeedError(ValueError):
    """The bytes are JSON or are not, but no JSON Feed; the message says what they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonItem:
    """One item, its parts as the feed writes them; a part of a wrong type counts as absent."""

    id: str | None
    link: str | None
    title: str
    html: str
    text: str
    #: The moments it gives, the best first.
    times: tuple[str, ...]
    language: str | None


def json_items(content: bytes) -> tuple[JsonItem, ...]:
    """The items of a JSON Feed.

    Raises:
        NotJsonFeedError: It is no JSON Feed.
    """
    try:
        feed = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, RecursionError, json.JSONDecodeError) as error:
        raise NotJsonFeedError("broken JSON") from error
    version = feed.get("version") if isinstance(feed, dict) else None
    if not isinstance(version, str) or "://jsonfeed.org/version/" not in version.replace("://www.", "://"):
        raise NotJsonFeedError("JSON of another kind")
    return tuple(_read_items(feed))


def _read_items(feed: dict[str, Any]) -> Iterator[JsonItem]:
    items = feed.get("items")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            yield JsonItem(
                id=_identity(item.get("id")),
                link=_text(item, "url") or _text(item, "external_url") or None,
                title=_text(item, "title"),
                html=_text(item, "content_html"),
                text=_text(item, "content_text") or _text(item, "summary"),
                times=(_text(item, "date_published"), _text(item, "date_modified")),
                language=_text(item, "language") or _text(feed, "language") or None,
            )


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    # A lone surrogate (half an emoji) is legal in JSON and would fail wherever the text is encoded.
    return value.encode("utf-8", errors="replace").decode() if isinstance(value, str) else ""


def _identity(value: object) -> str | None:
    """The id; the standard wants numbers to be taken as their text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value) or None
