"""Which reports come from one source: copies of a wire count once, however many outlets carry it.

Pure: what is known of the reports in, a name for each one's origin out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

__all__ = ["Told", "origins_of"]

#: From here on two sentences are one that was edited, and not two newsrooms' own.
ALIKE = 90.0
#: Shorter ones are alike by themselves: so many characters say too little.
SHORTEST = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Where one report's words come from, as far as it shows."""

    #: The article, or the one whose copy it is.
    article: str
    #: The agency credited with it.
    agency: str | None
    language: str | None
    #: The folded sentence that tells the visit.
    words: str


def origins_of(reports: Sequence[Told]) -> list[int]:
    """For each report the place of the first one that comes from the same source.

    That is the same article, an article copied, the same agency, or nearly the same sentence in one language.
    """
    origins: list[int] = []
    known: dict[tuple[str, str], int] = {}
    sentences: dict[str, list[int]] = {}
    for at, told in enumerate(reports):
        marks = [("article", told.article), ("words", told.words)]
        marks += [("agency", told.agency)] if told.agency else []
        found = {known[mark] for mark in marks if mark in known}
        alike = sentences.setdefault(told.language or "", [])
        if len(told.words) >= SHORTEST and not found:
            found |= {origins[other] for other in alike if _are_alike(told.words, reports[other].words)}
        first = min(found, default=at)
        origins = [first if origin in found else origin for origin in origins]
        known = {mark: first if origin in found else origin for mark, origin in known.items()}
        origins.append(first)
        known |= dict.fromkeys(marks, first)
        if first == at:
            alike.append(at)
    return origins


def _are_alike(one: str, other: str) -> bool:
    return fuzz.ratio(one, other, score_cutoff=ALIKE) > 0
