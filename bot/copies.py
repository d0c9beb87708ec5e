"""Texts that are copies of one another: one wire in several outlets, one article under new names.

Pure. A text is compared by its runs of letters, so that scripts without spaces need nothing of their
own. Candidates are found by bands of a MinHash (A. Broder, "On the resemblance and containment of
documents", 1997; one permutation for all hashes: P. Li and others, "One permutation hashing", 2012),
kept in the store, and then compared run by run. The hash is CRC-32 and not a library's: what the store
keeps has to mean the same after every update, and a text takes 0.2 ms beside the 5 ms of its reading.
"""

import datetime as dt
import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from bot.polling import EditedEntry, NewEntry, are_alike
from bot.records import KnownText

__all__ = ["NEAR", "as_retold", "bands_of", "is_another_story", "original_of", "runs_of"]

Runs: TypeAlias = frozenset[int]

#: Copies are told within so long of each other; later, a text like it is another story of its kind.
NEAR = dt.timedelta(days=3)
#: Letters that are compared.
COMPARED = 2000
#: Shorter texts are teasers, which outlets write in much the same words.
SHORTEST = 120
#: How much of the shorter text a copy has in common with the other one.
COPIED = 0.8
#: How much of both an article has in common with itself after an edit.
EDITED = 0.8
#: Two texts of one title that have less in common than this are two stories.
OTHER = 0.6
#: Letters in a run; a character of Han, kana or hangul carries more than a letter.
RUN, DENSE_RUN = 8, 4
_DENSE = "\u1100"
#: Beginnings of a text that are hashed, in runs, each by itself: who shortens a wire cuts its end off.
BEGINNINGS = (150, 500, COMPARED)
#: Hashes of a beginning, and hashes in a band. Nearly all pairs of beginnings with seven tenths in common
#: share a band, and few with a tenth.
HASHES, BAND = 24, 3
_NO_LETTERS = re.compile(r"[\W_]+")
_LEAST = 2**32


def runs_of(text: str) -> Runs:
    """The runs of letters in a text, as hashes."""
    return frozenset(_runs(text))


def _runs(text: str) -> list[int]:
    """Each run of letters, in order: no case, no spaces, no punctuation, which outlets set their own way."""
    # Full width and half width, ligatures and composed letters are one (NFKC).
    folded = unicodedata.normalize("NFKC", text[: 2 * COMPARED]).casefold()
    plain = _NO_LETTERS.sub("", folded)[:COMPARED]
    start = plain[:200]
    size = DENSE_RUN if 2 * sum(map(_DENSE.__le__, start)) > len(start) else RUN
    return [zlib.crc32(plain[at : at + size].encode()) for at in range(len(plain) - size + 1)]


def bands_of(text: str) -> tuple[int, ...]:
    """What near-identical texts have at least one of in common; none where the text is too short."""
    runs = _runs(text)
    if len(set(runs)) < SHORTEST:
        return ()
    hashes = [each for length in BEGINNINGS for each in _hashes(runs[:length])]
    # Its place goes into a band, else it would meet another one's.
    return tuple(
        zlib.crc32(repr((at, *hashes[at : at + BAND])).encode()) for at in range(0, len(hashes), BAND)
    )


def _hashes(runs: Sequence[int]) -> list[int]:
    """The least hash in each of the parts into which the hashes fall."""
    least = [_LEAST] * HASHES
    for run in runs:
        part = run % HASHES
        if run < least[part]:
            least[part] = run
    return least


def original_of(text: str, candidates: Iterable[KnownText]) -> KnownText | None:
    """The first of the candidates that has the same text, or the same but for what one of them left out."""
    runs = runs_of(text)
    for candidate in candidates:
        known = runs_of(candidate.text)
        shorter = min(len(runs), len(known))
        if shorter >= SHORTEST and len(runs & known) >= COPIED * shorter:
            return candidate
    return None


def as_retold(item: NewEntry, text: str, candidates: Iterable[KnownText]) -> EditedEntry | None:
    """The feed's own article that an entry tells again under another id, link and headline, if any.

    Args:
        item: The entry, new by its keys.
        text: Its text, or its page's.
        candidates: The feed's articles with a text like it that it does not list any more: what a feed
            lists beside it is no earlier state of it.
    """
    runs = runs_of(text)
    for candidate in candidates:
        known = runs_of(candidate.text)
        both = len(runs | known)
        # Pages behind a wall say all the same, so the headlines must be alike as well.
        same_text = both >= SHORTEST and len(runs & known) >= EDITED * both
        if same_text and are_alike(item.entry.title, candidate.title):
            return EditedEntry(article_id=candidate.article_id, entry=item.entry, keys=item.keys)
    return None


def is_another_story(text: str, known: str) -> bool:
    """Whether two texts of one title are surely of two articles: both long enough to tell, and unlike."""
    runs, others = runs_of(text), runs_of(known)
    shorter = min(len(runs), len(others))
    return shorter >= SHORTEST and len(runs & others) < OTHER * shorter
