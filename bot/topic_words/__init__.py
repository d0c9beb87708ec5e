"""The words that questions are asked with: one TOML file a language, all of them known at once.

Pure but for reading the package's own files. A reader may ask in any language, or in two: what a word
means does not depend on who asks.
"""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from digest.folding import folded

__all__ = ["TopicWords", "load_topic_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicWords:
    """Phrases by what they mean, folded."""

    noise: frozenset[str]
    #: Words before a name: phrase -> "to" or "from".
    before: Mapping[str, str]
    #: Endings glued to a name: ending -> "to", "from" or "either".
    endings: Mapping[str, str]
    #: Words for a visit to one country: phrase -> ISO 3166-1 alpha-2.
    visits_to: Mapping[str, str]
    #: Phrase -> "today", "next_week", ...
    times: Mapping[str, str]
    #: Name of a month -> "1" to "12".
    months: Mapping[str, str]
    #: Words glued to the number of a year or a day.
    counters: frozenset[str]
    #: Phrase -> "foreign_minister", ...
    offices: Mapping[str, str]

    def office_phrases(self, office: str) -> frozenset[str]:
        """The phrases for an office in all languages."""
        return frozenset(phrase for phrase, meant in self.offices.items() if meant == office)


@functools.cache
def load_topic_words() -> TopicWords:
    """The words of all languages together."""
    files = (file for file in resources.files("bot.topic_words").iterdir() if file.name.endswith(".toml"))
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(files, key=lambda f: f.name)]
    return TopicWords(
        noise=frozenset(folded(word) for table in tables for word in table["noise"]),
        before=_by_phrase(table["before"] for table in tables),
        endings=_by_phrase(table["endings"] for table in tables),
        visits_to=_by_phrase(table["visits_to"] for table in tables),
        times=_by_phrase(table["times"] for table in tables),
        months=_by_phrase(table["months"] for table in tables),
        counters=frozenset(folded(word) for table in tables for word in table["counters"]),
        offices=_by_phrase(table["offices"] for table in tables),
    )


def _by_phrase(tables: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {
        folded(phrase): meaning
        for table in tables
        for meaning, phrases in table.items()
        for phrase in phrases
    }
