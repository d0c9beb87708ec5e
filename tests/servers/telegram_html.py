"""Reads Telegram HTML the way the Bot API does, refusing what it refuses (and what is merely sloppy)."""

import html
import re
from typing import Any

__all__ = ["BadMarkupError", "parse_html", "utf16_units"]

#: What a tag becomes. `a` and `blockquote` are told by their attributes.
_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
}
_TOKEN = re.compile(r"<[^>]*>|&[^;\s]*;?|[^<&]+|<", re.DOTALL)
_LINK = re.compile(r'<a href="([^"<>]*)">')
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]+|#x[0-9a-f]+);")

#: Beyond these Telegram forgets the formatting.
_MOST_ENTITIES = 100


class BadMarkupError(ValueError):
    """The text cannot be parsed; the message is Telegram's."""


def utf16_units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(markup: str) -> tuple[str, list[dict[str, Any]]]:
    """The visible text and its entities, as the message that Telegram returns has them.

    Raises:
        BadMarkupError: A tag is unknown or not closed, or an entity is unknown.
    """
    text = ""
    entities: list[dict[str, Any]] = []
    opened: list[tuple[str, dict[str, Any]]] = []
    for token in _TOKEN.findall(markup):
        if token.startswith("&"):
            if not _ENTITY.fullmatch(token):
                raise BadMarkupError(f"Unescaped {token!r}")
            text += html.unescape(token)
        elif token.startswith("</"):
            _close(token, opened, text, entities)
        elif token.startswith("<"):
            tag = re.split(r"[\s>]", token[1:])[0]
            opened.append((tag, _entity(tag, token) | {"offset": utf16_units(text)}))
        else:
            text += token
    if opened:
        raise BadMarkupError(f"Can't find end tag corresponding to start tag {opened[-1][0]!r}")
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return text, entities[:_MOST_ENTITIES]


def _close(
    token: str, opened: list[tuple[str, dict[str, Any]]], text: str, entities: list[dict[str, Any]]
) -> None:
    """End the innermost tag, which must be this one."""
    if not opened or f"</{opened[-1][0]}>" != token:
        raise BadMarkupError(f"Unmatched end tag {token}")
    _, entity = opened.pop()
    entity["length"] = utf16_units(text) - entity["offset"]
    if entity["length"]:
        entities.append(entity)


def _entity(tag: str, markup: str) -> dict[str, Any]:
    """The entity that a start tag begins."""
    link = _LINK.fullmatch(markup)
    if link:
        return {"type": "text_link", "url": html.unescape(link[1])}
    if markup == "<blockquote expandable>":
        return {"type": "expandable_blockquote"}
    if markup == "<blockquote>":
        return {"type": "blockquote"}
    if tag in _TYPES and markup == f"<{tag}>":
        return {"type": _TYPES[tag]}
    raise BadMarkupError(f"Unsupported start tag {markup!r}")
