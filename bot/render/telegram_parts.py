"""Cuts Telegram HTML into messages that Telegram takes, losing and breaking nothing.

Pure. The visible text of the parts, joined, is the visible text of the whole.
"""

import html
import re
from collections.abc import Sequence

__all__ = ["MOST_ENTITIES", "MOST_UNITS", "plain_text", "split_html", "utf16_units"]

#: Telegram's limit, in UTF-16 code units of the text without its markup. We count the markup too: so
#: it holds however Telegram counts, and so does its other limit of 32 KiB with markup.
MOST_UNITS = 4096

#: Telegram silently forgets formatting, and links with it, beyond this many entities.
MOST_ENTITIES = 100

#: A tag, an entity or a character: what a cut never goes through.
_TOKEN = re.compile(r"<[^<>]+>|&(?:[a-z]+|#[0-9]+|#x[0-9a-f]+);|.", re.DOTALL)
_TAG = re.compile(r"<[^<>]+>")

#: Where to cut, the best last: inside a word, after a space, after a line, after a paragraph.
_SPACE, _LINE, _PARAGRAPH = 1, 2, 3


def utf16_units(text: str) -> int:
    """The length as Telegram counts it: characters beyond the BMP are two units."""
    return len(text) + sum(char > "\uffff" for char in text)


def plain_text(markup: str) -> str:
    """The visible text of Telegram HTML."""
    return html.unescape(_TAG.sub("", markup))


def split_html(markup: str) -> tuple[str, ...]:
    """Cut into messages: between paragraphs, else lines, else words, else anywhere but in a character.

    Tags open at a cut are closed there and opened again in the next message.

    Args:
        markup: Escaped text with properly nested tags, none longer than half a message, that
            neither begins nor ends with a space.
    """
    tokens = _TOKEN.findall(markup)
    parts: list[str] = []
    carried: list[str] = []
    begin = 0
    while begin < len(tokens):
        end = _end_of_part(tokens, begin, carried)
        piece = tokens[begin:end]
        opened = _open_after(piece, carried)
        parts.append("".join([*carried, *piece, *map(_closing, reversed(opened))]))
        carried, begin = opened, end
    return tuple(parts)


def _end_of_part(tokens: Sequence[str], begin: int, carried: Sequence[str]) -> int:
    """Where the part that starts at `begin` ends: at the best cut before it gets too long."""
    opened = list(carried)
    entities = len(carried)
    units = sum(len(tag) + len(_closing(tag)) for tag in carried)
    cuts: dict[int, int] = {}
    visible = False
    for index in range(begin, len(tokens)):
        token = tokens[index]
        if _is_opening(token):
            entities += 1
            # Its closing tag is paid for at once, so that closing never makes a part too long.
            cost = len(token) + len(_closing(token))
            opened.append(token)
        elif _is_closing(token):
            cost = 0
            opened.pop()
        else:
            cost = utf16_units(token)
        if units + cost > MOST_UNITS or entities > MOST_ENTITIES:
            return cuts[max(cuts)] if cuts else index
        units += cost
        visible = visible or not (_is_tag(token) or token.isspace())
        kind = _cut_after(tokens, index) if visible else None
        # A part of spaces alone would be refused, so cuts count only after something visible.
        if kind is not None:
            cuts[kind] = index + 1
    return len(tokens)


def _cut_after(tokens: Sequence[str], index: int) -> int | None:
    """What kind of cut may be made after this token, None for one inside a word."""
    if tokens[index] == "\n":
        return _PARAGRAPH if index and tokens[index - 1] == "\n" else _LINE
    return _SPACE if tokens[index].isspace() else None


def _open_after(piece: Sequence[str], carried: Sequence[str]) -> list[str]:
    """The tags that are open where the piece ends."""
    opened = list(carried)
    for token in piece:
        if _is_opening(token):
            opened.append(token)
        elif _is_closing(token):
            opened.pop()
    return opened


def _is_tag(token: str) -> bool:
    return len(token) > 1 and token.startswith("<")


def _is_closing(token: str) -> bool:
    return token.startswith("</") and len(token) > 2


def _is_opening(token: str) -> bool:
    return _is_tag(token) and not _is_closing(token)


def _closing(tag: str) -> str:
    """The tag that closes an opening one."""
    return f"</{tag[1:-1].split()[0]}>"
