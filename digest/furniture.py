"""What belongs to the page and not to the story: teasers, captions, bylines, datelines.

Pure.
"""

import re
from dataclasses import replace

from digest.packs import Pack
from digest.patterns import compile_pattern
from digest.text import Sentence
from digest.unlisted import SMALL

__all__ = ["Furniture"]

#: A dateline ends within so many characters of its line.
DATELINE = 90


class Furniture:
    """The furniture of one language, compiled."""

    def __init__(self, pack: Pack) -> None:
        self._starts = pack.furniture_starts
        self._contains = pack.furniture_contains
        slots = {
            "any": r"[^\n]{1,60}?",
            # a town in capitals, as agencies write it
            "caps": rf"(?-i:[^\W\d_{SMALL}][^\n:;{SMALL}]{{2,40}}?)",
            "open": r"[(\[\uff08]",
            "close": r"[)\]\uff09]",
            "long": r"\s*(?:--|—)\s*",
            "dash": r"(?:\s*(?:--|—)\s*|\s+[-–]\s*|[-–]\s+)",
        }
        parts = [compile_pattern(p, slots, named=False) for p in pack.datelines]
        self._dateline = re.compile("|".join(f"(?:{p})" for p in parts), re.IGNORECASE) if parts else None

    def is_line(self, line: str) -> bool:
        """Whether a folded line is furniture."""
        line = line.lstrip("([•-* ")
        return line.startswith(self._starts) or any(text in line for text in self._contains)

    def without_dateline(self, source: str, folded: str, sentence: Sentence) -> Sentence:
        """The sentence from behind its dateline on; an empty one where it is nothing else."""
        if self._dateline is None or sentence.index == 0:
            return sentence
        stop = min(sentence.end, sentence.start + DATELINE)
        # as written, where capitals tell a dateline; else folded, as the pack's words are: 新華社 is 新华社
        match = self._dateline.match(source, sentence.start, stop) or self._dateline.match(
            folded, sentence.start, stop
        )
        if match is None:
            return sentence
        start = match.end()
        while start < sentence.end and source[start].isspace():
            start += 1
        return replace(sentence, start=start)
