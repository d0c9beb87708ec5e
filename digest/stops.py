"""Stops that are told with a day each: "to Bolivia on Tuesday and to Venezuela on Thursday".

Pure.
"""

import itertools
import re
from collections.abc import Sequence

from digest.dates import DateWords
from digest.lexicon import MentionKind
from digest.places import Goal
from digest.scene import Scene, markers_of

__all__ = ["dated_stops", "own_days"]

#: The last stop's day stands this near behind it, the first one's this near before it (characters).
NEAR = 25


def dated_stops(scene: Scene, goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """The goals, with those that go on from them behind a day: equals, marked as the first is."""
    found = list(goals)
    for goal in scene.goals:
        if goal.lead > found[-1].tail and _goes_on(scene, found[-1], goal):
            found.append(goal)
    for goal in reversed(scene.goals):
        if goal.tail < found[0].lead and _goes_on(scene, goal, found[0]):
            found.insert(0, goal)
    return tuple(found)


def own_days(scene: Scene, goals: Sequence[Goal]) -> dict[str, DateWords]:
    """Country -> the day told with it, of stops that are told with a day each."""
    for left, right in itertools.pairwise(goals):
        if left.tail < right.lead and _goes_on(scene, left, right):
            day = _dates_in(scene, left.tail, right.lead)[0]
            first = any(link in scene.folded[left.tail : day.start] for link in scene.links)
            return _days_before(scene, goals) if first else _days_behind(scene, goals)
    return {}


def _days_behind(scene: Scene, goals: Sequence[Goal]) -> dict[str, DateWords]:
    ends = [*(goal.lead for goal in goals[1:]), goals[-1].tail + NEAR]
    spans = [(goal.tail, end) for goal, end in zip(goals, ends, strict=True)]
    found = {g.country: _dates_in(scene, *span)[:1] for g, span in zip(goals, spans, strict=True)}
    return {country: words[0] for country, words in found.items() if words}


def _days_before(scene: Scene, goals: Sequence[Goal]) -> dict[str, DateWords]:
    starts = [goals[0].lead - NEAR, *(goal.tail for goal in goals[:-1])]
    spans = [(start, goal.lead) for goal, start in zip(goals, starts, strict=True)]
    found = {g.country: _dates_in(scene, *span)[-1:] for g, span in zip(goals, spans, strict=True)}
    return {country: words[0] for country, words in found.items() if words}


def _dates_in(scene: Scene, start: int, end: int) -> list[DateWords]:
    return [w for w in scene.dates if start <= w.start and w.end <= end and w.duration is None]


def _goes_on(scene: Scene, left: Goal, right: Goal) -> bool:
    """Whether nothing but days, and words that link or mark, stand between two goals marked alike."""
    gap = scene.folded[left.tail : right.lead]
    linked = any(link in f"{gap} " for link in scene.links)
    if len(gap) > 3 * NEAR or not linked or not (dates := _dates_in(scene, left.tail, right.lead)):
        return False
    if _is_source(scene, right) or markers_of(scene, left) != markers_of(scene, right):
        return False
    worded = any(link in f"{gap} " for link in scene.links if any(map(str.isalpha, link)))
    dated = scene.verb_final or _dates_in(scene, right.tail, right.tail + NEAR)
    if not (worded or dated) or _has_verb(scene, left.tail, right.lead):
        return False  # "in Seoul on Friday, Tokyo has confirmed", "in Seoul on Friday and flies to Tokyo"
    for words in reversed(dates):
        gap = gap[: words.start - left.tail] + " " + gap[words.end - left.tail :]
    known = {word for link in scene.links for word in link.split()}
    opens = scene.markers.opens
    return all(word in known or (opens(word) and not scene.markers.run) for word in re.findall(r"\w+", gap))


def _is_source(scene: Scene, goal: Goal) -> bool:
    """Whether a place speaks: "will visit Azerbaijan on Tuesday, the Elysee said"."""
    speaks = any(m.start == goal.tail + 1 for m in scene.of_kind(MentionKind.SPEECH))
    return speaks or (goal.seat and not markers_of(scene, goal))


def _has_verb(scene: Scene, start: int, end: int) -> bool:
    verbs = [m for m in scene.of_kind(MentionKind.TRIGGER) if not all(t.title_only for t, _ in m.values)]
    return any(start <= m.start and m.end <= end for m in verbs)
