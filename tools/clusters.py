"""How well things were put together: B-cubed, and the share of joined pairs that are wrong.

Pure: labelled items in, figures out.

B-cubed (Bagga and Baldwin 1998, "Algorithms for Scoring Coreference Chains") asks for each item how many of
those it was put with belong to it, and how many of those that belong to it it was put with; Amigó and
others (2009, "A comparison of extrinsic clustering evaluation metrics based on formal constraints") found
it the one measure among those in use that meets every constraint they set up.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Item", "Joining", "score_joining"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that was put together with others."""

    id: str
    #: What it belongs to.
    gold: str
    #: What it was put into.
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """How well items were joined."""

    precision: float
    recall: float
    #: Pairs that were joined, and those of them that do not belong together.
    joined_pairs: int
    wrong_pairs: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def wrong_share(self) -> float:
        """Wrong pairs among the joined ones; 0 where nothing was joined."""
        return self.wrong_pairs / self.joined_pairs if self.joined_pairs else 0.0


def score_joining(items: Iterable[Item]) -> Joining:
    """Score a joining; NaN where there are no items."""
    each = list(items)
    golds = Counter(item.gold for item in each)
    founds = Counter(item.found for item in each)
    both = Counter((item.gold, item.found) for item in each)
    precision = sum(count * count / founds[found] for (_, found), count in both.items())
    recall = sum(count * count / golds[gold] for (gold, _), count in both.items())
    joined = sum(math.comb(count, 2) for count in founds.values())
    right = sum(math.comb(count, 2) for count in both.values())
    return Joining(
        precision=precision / len(each) if each else math.nan,
        recall=recall / len(each) if each else math.nan,
        joined_pairs=joined,
        wrong_pairs=joined - right,
    )
