"""Which reports come from one source: copies of a wire count once, however many outlets carry it.

Pure: what is known of the reports in, a name for each one's origin out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

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
    parents = list(range(len(reports)))
    known: dict[tuple[str, str], int] = {}
    sentences: dict[str, dict[int, str]] = {}
    for at, told in enumerate(reports):
        marks = [("article", told.article), ("words", told.words)]
        marks += [("agency", told.agency)] if told.agency else []
        found = [known[mark] for mark in marks if mark in known]
        if not found and len(told.words) >= SHORTEST:
            others = sentences.setdefault(told.language or "", {})
            alike = process.extract(told.words, others, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
            found = [place for _, _, place in alike]
            others[at] = told.words
        known |= dict.fromkeys(marks, at)
        for other in found:
            _join(parents, other, at)
    return [_first(parents, at) for at in range(len(reports))]


def _first(parents: list[int], at: int) -> int:
    """The first report of one's source; the way there is shortened for the next who ask."""
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _join(parents: list[int], one: int, other: int) -> None:
    first, second = sorted((_first(parents, one), _first(parents, other)))
    parents[second] = first
