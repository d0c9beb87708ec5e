"""WHY: the article's own words for the purpose of a visit.

Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.facts import PurposeClass
from digest.lexicon import Mention, MentionKind
from digest.scene import Scene

__all__ = ["Purpose", "purpose_of"]

#: A purpose shorter than this says nothing; a longer one than LONGEST is cut at a word.
SHORTEST, LONGEST = 6, 160


@dataclass(frozen=True, slots=True, order=True)
class Purpose:
    """A purpose clause; the smaller one is the better."""

    #: How sure its marker is, 0 the surest.
    rank: int
    #: From the trigger, in characters.
    distance: int
    #: `source[start:end]`.
    start: int
    end: int
    label: PurposeClass | None = field(default=None, compare=False)


def purpose_of(
    scene: Scene, trigger: Mention, visitors: Sequence[int], ends: tuple[str, ...]
) -> Purpose | None:
    """The purpose clause that belongs to a trigger, or None.

    Args:
        scene: The sentence.
        trigger: The trigger.
        visitors: Where the visitors' phrases end: a purpose told before its marker begins behind them.
        ends: The pack's words that end a purpose clause.
    """
    found: list[Purpose] = []
    for mention in scene.of_kind(MentionKind.PURPOSE):
        for marker in mention.values:
            span = _after(scene, mention, ends, keep=marker.keep)
            if marker.side == "before":
                told = [end for end in (*visitors, trigger.end) if end <= mention.start]
                span = _before(scene, mention, max(told, default=scene.sentence.start), keep=marker.keep)
            if span is None or span[0] < trigger.start < span[1] - 1:
                continue
            distance = min(abs(mention.start - trigger.end), abs(trigger.start - mention.end))
            found.append(Purpose(marker.rank, distance, *span))
    return min(found, default=None)


def _after(scene: Scene, mention: Mention, ends: tuple[str, ...], *, keep: bool) -> tuple[int, int] | None:
    start = mention.start if keep else mention.end
    stop = scene.sentence.end
    for end in ends:
        at = scene.folded.find(end, mention.end + SHORTEST, stop)
        if at >= 0:
            stop = at
    start = next((words.end for words in scene.dates if 0 <= words.start - start <= 1), start)
    dates = [words.start for words in scene.dates if start + SHORTEST < words.start < stop]
    stop = min([stop, *dates])
    span = _trimmed(scene, start, stop)
    return span if span and span[1] - mention.end >= SHORTEST else None  # more than its marker


def _before(scene: Scene, mention: Mention, floor: int, *, keep: bool) -> tuple[int, int] | None:
    stop = mention.end if keep else mention.start
    start = _behind_clauses(scene, max(floor, scene.sentence.start), mention.start)
    joined = scene.folded[start - 1 : start + 1].isalnum() or scene.folded[start : start + 1] == "'"
    if scene.sentence.start < start < stop and joined:
        start = scene.markers.behind(scene.folded, start, stop)  # the particle of the last argument
    start = next((words.end for words in scene.dates if 0 <= words.start - start <= 1), start)
    return _trimmed(scene, start, stop)


def _behind_clauses(scene: Scene, floor: int, stop: int) -> int:
    """Where a purpose told before its marker may begin: behind the last comma, or behind the last clause
    where a comma links words of a list too ("、").
    """
    comma = scene.folded.rfind(", ", floor, stop)
    breaks = scene.of_kind(MentionKind.BREAK) if scene.markers.run else []
    clauses = [m.end for m in breaks if floor < m.end <= stop - SHORTEST]
    return max([floor, comma + 2 if comma >= 0 else floor, *clauses])


def _trimmed(scene: Scene, start: int, stop: int) -> tuple[int, int] | None:
    text = scene.folded[start:stop]
    if len(text) > LONGEST:
        cut = text.rfind(" ", 0, LONGEST)
        text = text[: cut if cut > 0 else LONGEST]
    lead = len(text) - len(text.lstrip(" 、,.\"'“”()"))
    match = re.search(r"[\s、,.\"'“”()]*$", text)
    end = match.start() if match else len(text)
    end = _without_marker(scene, text, end)
    if text[lead:end].count('"') % 2:  # a quotation that was cut at one of its ends
        end += text[end : end + 1] == '"'
        lead -= lead > 0 and text[lead - 1] == '"' and text[lead:end].count('"') % 2 == 1
    return (start + lead, start + end) if end - lead >= SHORTEST else None


def _without_marker(scene: Scene, text: str, end: int) -> int:
    """Where the text ends without the preposition of what was cut off: "pidato di Singapura pada"."""
    last = text.rfind(" ", 0, end)
    return last if last > 0 and scene.markers.opens(text[last + 1 : end]) else end
