"""A question cut into the smallest pieces that words and names can begin and end at.

Pure. Where a script writes spaces these are its words; in Chinese and Japanese every character is one,
but for foreign names in katakana and numbers with what is glued to them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.topic_words import plain
from digest.folding import folded

__all__ = ["Unit", "spans", "text_of", "typed_of", "units_of"]

#: Pieces of the longest name or phrase that is looked for ...
LONGEST = 10
#: ... and where each is one character of a script without spaces.
LONGEST_GLUED = 16
#: More pieces than these are no question any more; the rest is not read.
MOST_UNITS = 80

_SPACELESS = "\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
_PIECE = re.compile(
    # A number with its counter: 6月, 18일, 1er.
    rf"\d+(?:[年月日号號]|[^\d{_SPACELESS}]+)?"
    # A foreign name in katakana.
    r"|[\u30a1-\u30ff]+"
    rf"|[{_SPACELESS}]"
    rf"|[^\d{_SPACELESS}][^{_SPACELESS}]*"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a question."""

    #: Folded, to compare by.
    key: str
    #: In small letters with accents.
    typed: str
    #: Nothing stands between it and the piece before.
    glued: bool = False

    @property
    def is_character(self) -> bool:
        """Whether it is one character of a script without spaces."""
        return len(self.key) == 1 and re.match(f"[{_SPACELESS}]", self.key) is not None


def units_of(query: str) -> list[Unit]:
    """The pieces of a question."""
    found: list[Unit] = []
    for typed in plain(query).split():
        for key in folded(typed).split():
            pieces = _pieces(key)
            # Only what is in one piece keeps what was typed: accents belong to alphabets.
            found += [
                Unit(piece, typed if len(pieces) == 1 else piece, glued=at > 0)
                for at, piece in enumerate(pieces)
            ]
    return found[:MOST_UNITS]


def _pieces(key: str) -> list[str]:
    if re.search(f"[{_SPACELESS}]", key) or re.search(r"\d[^\d]+\d", key):
        return _PIECE.findall(key)
    return [key]


def spans(units: Sequence[Unit], start: int) -> Iterator[int]:
    """The ends of the phrases that may begin at `start`, the furthest first."""
    glued = any(unit.is_character for unit in units[start : start + LONGEST])
    last = min(len(units), start + (LONGEST_GLUED if glued else LONGEST))
    yield from range(last, start, -1)


def text_of(units: Sequence[Unit]) -> str:
    """Pieces as one folded phrase."""
    return _joined((unit.key, unit.glued) for unit in units)


def typed_of(units: Sequence[Unit]) -> str:
    """Pieces as one phrase with its accents."""
    return _joined((unit.typed, unit.glued) for unit in units)


def _joined(pieces: Iterator[tuple[str, bool]]) -> str:
    return "".join(text if glued else f" {text}" for text, glued in pieces).strip()
