"""The words that questions are asked with: one TOML file a language, all of them known at once.

Pure but for reading the package's own files. A reader may ask in any language, or in two: what a word
means does not depend on who asks. Where two languages use one word, the question's other words decide.
"""

import functools
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any

from digest.folding import folded
from digest.patterns import expand

__all__ = ["GROUPS", "TopicWords", "Word", "in_order", "load_topic_words", "office_phrases", "plain"]

#: The tables of a file that list words by what they mean.
GROUPS = (
    "before",
    "after",
    "visits_to",
    "shared",
    "times",
    "weekdays",
    "short_weekdays",
    "turns",
    "months",
    "offices",
)
#: What stands over the letters of alphabets, and the strokes that no decomposition takes off.
_MARKED = frozenset("đłøıæœðþß")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One thing that a phrase means in one language."""

    #: The table it stands in: "noise", "before", "times", ...
    group: str
    #: The key of its list there: "to", "next_week", "foreign_minister"; "" for noise.
    meaning: str
    #: As it is written, in small letters.
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicWords:
    """The words of one language."""

    language: str
    #: Folded phrase -> what it means.
    phrases: Mapping[str, tuple[Word, ...]]
    #: Endings glued to a name: ending -> "to", "from" or "either".
    endings: Mapping[str, str]
    #: The same glued to the front of a name.
    openings: Mapping[str, str]
    #: The beginnings of names that change behind an opening: "ال" becomes "ل".
    elisions: Mapping[str, str]
    #: Words glued to the number of a year or a day.
    counters: frozenset[str]

    def meanings(self, phrase: str, typed: str) -> tuple[Word, ...]:
        """What a phrase means.

        Args:
            phrase: Folded.
            typed: As the reader wrote it: accents may be left out, but one that is typed has to be right,
                so that the Vietnamese "ý" is not the Spanish "y".
        """
        found = self.phrases.get(phrase, ())
        if len(found) > 1 and not _has_accents(typed):
            # The Portuguese "a" is an article before it is an "à" without its accent.
            return tuple(sorted(found, key=lambda word: word.form != typed))
        if not found or not _has_accents(typed):
            return found
        return tuple(word for word in found if word.form == typed)


def plain(text: str) -> str:
    """A text in small letters with its accents, and spaces for all that is no letter."""
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold().replace("i̇", "i"))
    kept = (char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in small)
    return " ".join("".join(kept).split())


def in_order(scores: Mapping[str, int], language: str, words: Sequence[TopicWords]) -> tuple[TopicWords, ...]:
    """The languages that a question may be in, the likeliest first.

    Args:
        scores: How much of the question each of them knows.
        language: The reader's own, which comes first among equals.
        words: Of all languages.
    """
    known = [each for each in words if scores.get(each.language)]
    return tuple(sorted(known, key=lambda each: (-scores[each.language], each.language != language)))


@functools.cache
def office_phrases(office: str) -> frozenset[str]:
    """The phrases for an office in all languages, folded."""
    return frozenset(
        phrase
        for words in load_topic_words()
        for phrase, meanings in words.phrases.items()
        if any(word.group == "offices" and word.meaning == office for word in meanings)
    )


@functools.cache
def load_topic_words() -> tuple[TopicWords, ...]:
    """The words of all languages, by language."""
    files = (file for file in resources.files("bot.topic_words").iterdir() if file.name.endswith(".toml"))
    return tuple(
        _words(file.name.removesuffix(".toml"), tomllib.loads(file.read_text(encoding="utf-8")))
        for file in sorted(files, key=lambda file: file.name)
    )


def _words(language: str, table: Mapping[str, Any]) -> TopicWords:
    phrases: dict[str, list[Word]] = {}
    for group, meaning, form in _forms(table):
        word = Word(group=group, meaning=meaning, form=plain(form))
        known = phrases.setdefault(folded(form), [])
        if word not in known:
            known.append(word)
    return TopicWords(
        language=language,
        phrases=MappingProxyType({phrase: tuple(words) for phrase, words in phrases.items()}),
        endings=_glued(table["endings"]),
        openings=_glued(table["openings"]),
        elisions=MappingProxyType({folded(a): folded(b) for a, b in table["elisions"].items()}),
        counters=frozenset(map(folded, table["counters"])),
    )


def _forms(table: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every form with its group and meaning; lists hold patterns: "президент(|а|у)"."""
    lists: Iterable[tuple[str, str, list[str]]] = [
        *((group, meaning, forms) for group in GROUPS for meaning, forms in table[group].items()),
        # Last: what a word says goes before its saying nothing.
        ("noise", "", table["noise"]),
    ]
    for group, meaning, patterns in lists:
        for pattern in patterns:
            yield from ((group, meaning, form) for form in expand(pattern))


def _glued(table: Mapping[str, list[str]]) -> Mapping[str, str]:
    """Glued pieces by what they mean, the longest first, so that 에서 is not taken for 서."""
    pieces = {folded(piece): meaning for meaning, each in table.items() for p in each for piece in expand(p)}
    return MappingProxyType(dict(sorted(pieces.items(), key=lambda pair: -len(pair[0]))))


def _has_accents(typed: str) -> bool:
    """Whether letters of the Latin alphabet carry accents here."""
    if typed.isascii():
        return False
    parts = unicodedata.normalize("NFD", typed)
    return any(
        char in _MARKED or ("\u0300" <= char <= "\u036f" and before.isascii())
        for before, char in zip(" " + parts, parts, strict=False)
    )
