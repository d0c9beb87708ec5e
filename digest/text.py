"""Normalising, sentences, furniture and datelines; offsets always into the original.

Pure: strings in, spans out.
"""

import functools
import importlib.resources
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import sentencex

__all__ = ["WORD_MARKS", "Sentence", "fold", "in_word", "looks_binary", "sentences"]


@functools.cache
def _alike() -> dict[int, str]:
    """What newsrooms write in more than one way: character -> the one that stands for all."""
    signs = {
        "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ",
        "\u2013": "-", "\u2014": "-", "\u2011": "-", "\u223c": "~", "\u301c": "~",
        "\u200b": " ", "\ufeff": " ", "\u3000": " ", "\t": " ", "\u060c": ",",
    }  # fmt: skip
    letters = {
        "ё": "е",
        "ı": "i", "İ": "i",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك",
        "ँ": "ं", "\u0958": "क", "\u0959": "ख", "\u095a": "ग", "\u095b": "ज", "\u095c": "ड", "\u095d": "ढ",
        "\u095e": "फ",
    }  # fmt: skip
    digits = {chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966) for n in range(10)}
    full_width = {chr(code): chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    table = importlib.resources.files("digest").joinpath("hanzi.txt").read_text(encoding="utf-8")
    traditional, simplified = table.split()
    hanzi = dict(zip(traditional, simplified, strict=True))
    return str.maketrans({**full_width, **signs, **letters, **digits, **hanzi})


#: Vowel signs and accents that are characters of their own: parts of the word they stand in.
WORD_MARKS = "".join(chr(code) for code in range(0x300, 0x1000) if unicodedata.category(chr(code))[0] == "M")
_MARKS = frozenset(WORD_MARKS)


#: Control characters, and what decoders put where bytes made no sense.
_NOT_WRITING = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffd-\uffff]")


#: A full stop of East Asia with a number right behind it.
_STOP_AND_DIGIT = re.compile(r"。(?=\d)")

#: A day as an ordinal number, at the end of what is searched.
_DAY_AT_END = re.compile(r"\b\d{1,2}\.\s*$")


def fold(text: str) -> str:
    """Small letters with one spelling of each sign; exactly as long as `text`.

    Quotes, dashes, spaces and digits become the plain ones, traditional characters the simplified ones,
    and letters that newsrooms mix up one letter (ё and е, أ and ا, ı and i, ँ and ं). Keeping the
    length keeps every offset valid in the original.
    """
    small = text.lower()
    if small.isascii():
        return small.replace("\t", " ")
    if len(small) != len(text):
        small = text.replace("İ", "i").lower()  # the one letter that becomes two
    return small.translate(_alike())


def in_word(char: str) -> bool:
    """Whether a character is part of a word: a letter, a digit, or a sign that belongs to a letter."""
    return char.isalnum() or char in _MARKS


def looks_binary(text: str) -> bool:
    """Whether a text is bytes that somebody decoded, not writing."""
    sample = text[:4000]
    if not sample:
        return False
    return len(_NOT_WRITING.findall(sample)) > len(sample) * 0.05


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `source[start:end]`, without white space around it."""

    start: int
    end: int
    #: 0 for the title, then 1, 2, ... in the text; without a title the text starts at 1.
    index: int


def sentences(
    source: str,
    folded: str,
    title_length: int,
    language: str,
    is_furniture: Callable[[str], bool],
    months: tuple[str, ...] = (),
    honorifics: tuple[str, ...] = (),
) -> list[Sentence]:
    """The sentences of an article's source, furniture lines left out.

    Args:
        source: Title and text as one string.
        folded: The same, folded.
        title_length: How many characters of it are the title, 0 for none.
        language: Whose abbreviations to know (sentencex).
        is_furniture: Says of a folded line that it belongs to the page, not to the story.
        months: Folded names of months before which a day has a full stop ("14. März").
        honorifics: Folded titles that end with a full stop of their own ("m.").
    """
    found: list[Sentence] = []
    if title_length:
        found.append(Sentence(0, title_length, 0))
    first = 0 if title_length else 1
    position = title_length
    for line in source[title_length:].split("\n"):
        small = folded[position : position + len(line)]
        if line.strip() and not is_furniture(small.strip()):
            for start, end in _split(line, small, language, months, honorifics):
                found.append(Sentence(position + start, position + end, len(found) + first))
        position += len(line) + 1
    return [s for s in found if s.end > s.start]


def _pieces(line: str, language: str) -> Iterator[tuple[int, int]]:
    """The sentences that sentencex finds, cut too where a digit follows a full stop of East Asia at once
    ("…と伝えた。5月26日に…"), which sentencex takes for a decimal.
    """
    for piece in sentencex.get_sentence_boundaries(language, line):
        start = piece["start_index"]
        for stop in _STOP_AND_DIGIT.finditer(line, start, piece["end_index"]):
            yield start, stop.end()
            start = stop.end()
        yield start, piece["end_index"]


def _rejoined(
    line: str,
    small: str,
    pieces: Iterable[tuple[int, int]],
    months: tuple[str, ...],
    honorifics: tuple[str, ...],
) -> Iterator[tuple[int, int]]:
    """The pieces, joined where one ends between a day and its month, or with somebody's title: sentencex
    misses "14. März" and takes the "M." of a Frenchman for the end of a sentence.
    """
    held: tuple[int, int] | None = None
    for start, end in pieces:
        dated = held and small.startswith(months, start, end) and _DAY_AT_END.search(line, *held)
        if held and (dated or _ends_with_title(small[slice(*held)], honorifics)):
            start = held[0]
        elif held:
            yield held
        held = (start, end)
    if held:
        yield held


def _ends_with_title(piece: str, honorifics: tuple[str, ...]) -> bool:
    """Whether a folded piece ends with such a title, or within one ("S." of "S.E.M.")."""
    last = piece.rstrip()[-10:].rsplit(" ", 1)[-1].lstrip("(\"'")
    return last.endswith(".") and any(title.startswith(last) for title in honorifics)


def _split(
    line: str, small: str, language: str, months: tuple[str, ...], honorifics: tuple[str, ...]
) -> Sequence[tuple[int, int]]:
    """Sentence spans inside one line, trimmed."""
    spans = []
    pieces = _pieces(line, language)
    for start, end in _rejoined(line, small, pieces, months, honorifics) if months or honorifics else pieces:
        text = line[start:end]
        lead = len(text) - len(text.lstrip())
        tail = len(text) - len(text.rstrip())
        if end - tail > start + lead:
            spans.append((start + lead, end - tail))
    return spans
