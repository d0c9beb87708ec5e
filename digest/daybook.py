"""WHEN, where no sentence of a visit says it: the day that another sentence tells beside its place.

Pure.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from digest.dates import DateWords
from digest.days import Resolved
from digest.facts import PartialDate, Status
from digest.itinerary import HAPPENED
from digest.places import Goal
from digest.scene import Scene, markers_of
from digest.stages import CALLED_OFF
from digest.timing import Timing, is_statement, resolved_in
from digest.whereabouts import IN, TO

__all__ = ["day_beside", "length_beside"]

#: So far from the place its day may stand (characters); a clause break counts as so many.
REACH, BREAK = 60, 20
#: What was or is to be.
PLANS = frozenset({Status.PLANNED, Status.POSTPONED, Status.CANCELLED})
#: A visit that took place lies so many days back at most.
RECENT = 14


def day_beside(
    scenes: Sequence[Scene],
    country: str,
    visitors: Collection[str],
    status: Status,
    today: dt.date | None,
    taken: Collection[tuple[int, int]],
    *,
    exact: bool = True,
) -> Timing:
    """The dates that stand beside the country, or a place of it, in a sentence that can be about the visit.

    Args:
        scenes: The sentences of the text.
        country: Where the visit goes.
        visitors: The keys of those who travel.
        status: How sure the visit is, which says where its day can lie.
        today: The article's date.
        taken: Spans of dates that visits elsewhere were told with.
        exact: Whether the article's date is known to the day.
    """
    if today is None:
        return Timing()
    direction = -1 if status in HAPPENED else 0 if status in CALLED_OFF else 1
    found: list[tuple[float, int, Timing]] = []
    for scene in scenes:
        if scene.sentence.index == 0 or not _may_be_theirs(scene, country, visitors, status):
            continue
        for goal, words, cost in _pairs(scene, country):
            resolved = resolved_in(scene, words, today, direction, exact=exact)
            if resolved is None or (words.start, words.end) in taken or is_statement(scene, words, goal):
                continue
            if _fits(resolved, status, today):
                span = (words.start, words.end)
                timing = Timing(resolved.start, resolved.end, resolved.conflict, span)
                found.append((cost, scene.sentence.index, timing))
    return min(found, key=lambda one: one[:2])[2] if found else Timing()


def length_beside(
    scenes: Sequence[Scene], country: str, home: str | None, visitors: Collection[str]
) -> int | None:
    """How many days a visit lasts, as a sentence tells that names a visitor and no other country; None where
    two of them differ.
    """
    lengths = {
        words.duration
        for scene in scenes
        if country in (places := {goal.country for goal in scene.goals}) and places <= {country, home}
        if any(actor.key in visitors for actor in scene.actors)
        for words in scene.dates
        if words.duration is not None
    }
    return lengths.pop() if len(lengths) == 1 else None


def _may_be_theirs(scene: Scene, country: str, visitors: Collection[str], status: Status) -> bool:
    """Whether a sentence is about the visitors; of a plan, also one with nobody from elsewhere in it: "two
    days later the summit opens in Sydney, with Albanese as its host".
    """
    if any(actor.key in visitors for actor in scene.actors):
        return True
    return status in PLANS and all(actor.party.country == country for actor in scene.actors)


def _pairs(scene: Scene, country: str) -> Iterator[tuple[Goal, DateWords, float]]:
    """Places of the country with the dates near them, and what lies between."""
    for goal in scene.goals:
        if goal.country != country or not markers_of(scene, goal) & {IN, TO}:
            continue
        for words in scene.dates:
            left, right = min(words.end, goal.end), max(words.start, goal.start)
            cost = right - left + BREAK * scene.breaks_between(left, right)
            if cost <= REACH and words.duration is None and not words.from_event and not words.until:
                yield goal, words, cost


def _fits(resolved: Resolved, status: Status, today: dt.date) -> bool:
    """Whether a visit of that status can have begun then."""
    first: PartialDate = resolved.start
    if not first.is_day:
        return False
    ahead = (first.earliest - today).days
    if status in HAPPENED:
        return -RECENT <= ahead <= 0
    return ahead > 0 or (ahead == 0 and status is Status.PLANNED)
