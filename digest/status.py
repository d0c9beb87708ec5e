"""HOW SURE: a visit's status from tense, cues and the calendar.

Pure: one decision table for all languages; the packs only say which words are which cue.
"""

import datetime as dt
from collections.abc import Sequence

from digest.facts import PartialDate, Status
from digest.lexicon import Mention, MentionKind
from digest.packs.schema import Cue, Tense
from digest.scene import Scene

__all__ = ["cues_of", "decide", "direction_of"]

#: What a cue outweighs: a cancelled planned visit is cancelled, a possible planned one is possible.
PRECEDENCE = (
    Status.DENIED,
    Status.CANCELLED,
    Status.POSTPONED,
    Status.POSSIBLE,
    Status.COMPLETED,
    Status.UNDERWAY,
    Status.PLANNED,
)
#: Days for which an arrival without an end is still a stay.
STAY = 3


def cues_of(scene: Scene, trigger: Mention) -> list[Cue]:
    """The cues that bear on a trigger, the nearest first.

    A word of a name or a date is none: "Theresa May visited", "On May 5 she travelled".
    """
    found: list[tuple[int, Cue]] = []
    for mention in scene.of_kind(MentionKind.CUE):
        before = mention.start < trigger.start
        left, right = (mention.end, trigger.start) if before else (trigger.end, mention.start)
        distance = max(0, right - left)
        for cue in mention.values:
            # the trigger's own words may look ahead: "akan ke"
            own = cue.status is Status.PLANNED and not before and mention.end <= trigger.end
            if cue.side != "any" and (cue.side == "before") is not before and not own:
                continue
            if not scene.closes(mention.end, cue.particle):
                continue
            if distance > cue.reach or not (cue.far or not scene.breaks_between(left, right)):
                continue
            if not _is_named(scene, mention):
                found.append((distance, cue))
    return _without_outdone([cue for _, cue in sorted(found, key=lambda item: item[0])])


def _without_outdone(cues: list[Cue]) -> list[Cue]:
    """Without what is said to be over further in front of a visit than that it lies ahead: "after Hanoi he
    will fly to Paris".
    """
    ahead = next((i for i, cue in enumerate(cues) if cue.status is Status.PLANNED), None)
    if ahead is None:
        return cues
    return [
        cue
        for i, cue in enumerate(cues)
        if i < ahead or cue.side != "before" or cue.status is not Status.COMPLETED or cue.history
    ]


def _is_named(scene: Scene, mention: Mention) -> bool:
    """Whether words are part of what names a person or a month; "next month" names none."""
    spans = [(actor.start, actor.end) for actor in scene.actors]
    spans += [(words.start, words.end) for words in scene.dates if words.month is not None]
    return any(start <= mention.start and mention.end <= end for start, end in spans)


def direction_of(statuses: Sequence[Status], tense: Tense) -> int:
    """Where the dates of a sentence point: 1 ahead, -1 back, 0 unknown."""
    if {Status.POSTPONED, Status.CANCELLED} & set(statuses):
        return 0  # the day it was meant for may lie behind or ahead
    if {Status.PLANNED, Status.POSSIBLE} & set(statuses) or tense is Tense.FUTURE:
        return 1
    if {Status.COMPLETED} & set(statuses) or tense is Tense.PAST:
        return -1
    return 0


def decide(
    cues: Sequence[Status],
    default: Status | None,
    tense: Tense,
    start: PartialDate | None,
    end: PartialDate | None,
    today: dt.date | None,
    *,
    history: bool,
) -> Status:
    """The status that words and calendar together give.

    Args:
        cues: What the cues around the trigger say.
        default: What the trigger itself says (an arrival: under way; an invitation: possible).
        tense: The trigger's form.
        start: First day, as resolved.
        end: Last day.
        today: The article's date.
        history: Whether the sentence looks back on something long over.
    """
    strongest = next((status for status in PRECEDENCE if status in cues), None)
    if strongest in PRECEDENCE[:4]:
        return strongest
    if default in PRECEDENCE[:3]:
        return default  # "will stay away from the summit": the verb itself calls it off
    if default is not None and default not in (Status.UNDERWAY, Status.COMPLETED) and strongest is None:
        return default
    if strongest is Status.COMPLETED and default is Status.UNDERWAY and not history:
        strongest = None  # "has arrived": the coming is over, the stay is not
    if strongest is Status.COMPLETED or history:
        return Status.COMPLETED
    when = _when(start, end, today)
    if strongest is Status.PLANNED or (strongest is None and tense is Tense.FUTURE):
        return Status.PLANNED
    if strongest is Status.UNDERWAY or tense is Tense.ONGOING:
        return {"over": Status.COMPLETED, "ahead": Status.PLANNED}.get(when, Status.UNDERWAY)
    if default is Status.UNDERWAY:
        return {"ahead": Status.PLANNED, "over": Status.COMPLETED}.get(when, Status.UNDERWAY)
    if tense is Tense.PAST or default is Status.COMPLETED:
        return Status.COMPLETED
    return {"ahead": Status.PLANNED, "over": Status.COMPLETED, "now": Status.UNDERWAY}.get(
        when, Status.PLANNED if tense is Tense.PRESENT else Status.COMPLETED
    )


def _when(start: PartialDate | None, end: PartialDate | None, today: dt.date | None) -> str:
    """ "ahead", "now" or "over" as of the article; "" where the dates do not say."""
    if start is None or today is None:
        return "over" if end is not None and today is not None and end.latest < today else ""
    if start.earliest > today:
        return "ahead"
    last = end.latest if end else start.latest
    if last >= today or (end is None and start.is_day and (today - last).days <= STAY):
        return "now"
    return "over"
