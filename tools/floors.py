"""The floors of the reading quality: recorded figures below which no change may bring it.

Pure: figures and floors in, verdicts and new floors out.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

__all__ = [
    "BOUNDS",
    "EACH",
    "FIRST",
    "FLOORED",
    "TARGETS",
    "Fall",
    "Key",
    "falls",
    "lowered",
    "missed_targets",
    "nested",
    "raised",
]

#: The figures that have floors; the others are reported only.
FLOORED = ("core_p", "core_r", "headline", "negatives", "start", "status", "host", "place")
#: What all languages together are to reach, and each of them.
TARGETS = {
    "core_p": 0.92, "core_r": 0.75, "headline": 0.88, "negatives": 0.92, "start": 0.88, "status": 0.88,
    "host": 0.80, "place": 0.85, "purpose": 0.50,
}  # fmt: skip
EACH = {"core_p": 0.85, "headline": 0.75}
#: What the first three languages together may never fall below, whatever the floors say.
FIRST = ("id", "en", "ko")
BOUNDS = {"core_p": 0.85, "headline": 0.70, "negatives": 0.90}
#: Floors are kept to three places, rounded down, so that the figure they come from reaches them.
STEPS = 1000


class Key(NamedTuple):
    """What a floor is about."""

    set_name: str
    language: str
    figure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """A figure below its floor."""

    key: Key
    floor: float
    #: NaN: there is nothing left to measure.
    figure: float

    def __str__(self) -> str:
        now = "can no longer be measured" if math.isnan(self.figure) else f"is {self.figure:.3f}"
        return f"{' '.join(self.key)} {now}, its floor is {self.floor:.3f}"


def falls(
    floors: Mapping[Key, float], measured: Mapping[Key, float], set_names: Collection[str]
) -> list[Fall]:
    """The figures below their floors, of the sets that were scored."""
    return [
        Fall(key=key, floor=floor, figure=measured.get(key, math.nan))
        for key, floor in floors.items()
        if key.set_name in set_names and not measured.get(key, math.nan) >= floor
    ]


def raised(floors: Mapping[Key, float], measured: Mapping[Key, float]) -> dict[Key, float]:
    """The floors with every figure recorded that is new or higher; none goes down.

    A language without one answer has no pack: what it leaves empty is no achievement to hold later.
    """
    recorded = dict(floors)
    for key, figure in measured.items():
        read = not math.isnan(measured.get(key._replace(figure="core_p"), math.nan))
        if key.figure in FLOORED and read and not math.isnan(figure):
            recorded[key] = max(_rounded(figure), floors.get(key, 0.0))
    return recorded


def lowered(
    floors: Mapping[Key, float], measured: Mapping[Key, float], set_names: Collection[str]
) -> dict[Key, float]:
    """The floors with those brought down that were not reached, and those gone that measure nothing."""
    kept = dict(floors)
    for fall in falls(floors, measured, set_names):
        if math.isnan(fall.figure):
            del kept[fall.key]
        else:
            kept[fall.key] = _rounded(fall.figure)
    return kept


def missed_targets(figures: Mapping[str, float], targets: Mapping[str, float] = TARGETS) -> list[str]:
    """The targets that are not reached, in words."""
    return [
        f"{name} {figures[name]:.3f} < {target:.2f}"
        for name, target in targets.items()
        if not figures[name] >= target
    ]


def nested(floors: Mapping[Key, float]) -> dict[str, dict[str, dict[str, float]]]:
    """The floors as the file keeps them: set, language, figure."""
    tree: dict[str, dict[str, dict[str, float]]] = {}
    for key in sorted(floors):
        tree.setdefault(key.set_name, {}).setdefault(key.language, {})[key.figure] = floors[key]
    return tree


def _rounded(figure: float) -> float:
    return math.floor(figure * STEPS + 1e-9) / STEPS
