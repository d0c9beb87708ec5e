"""WHY: the article's own words for the purpose of a visit.

Pure.
"""

import re

from digest.lexicon import Mention, MentionKind
from digest.scene import Scene

__all__ = ["purpose_of"]

#: A purpose shorter than this says nothing; a longer one than LONGEST is cut at a word.
SHORTEST, LONGEST = 6, 160


def purpose_of(scene: Scene, trigger: Mention, floor: int, ends: tuple[str, ...]) -> tuple[int, int] | None:
    """The span of the purpose clause nearest to a trigger, or None.

    Args:
        scene: The sentence.
        trigger: The trigger.
        floor: Where a purpose told before its marker begins at the earliest (the last argument's end).
        ends: The pack's words that end a purpose clause.
    """
    best: tuple[int, tuple[int, int]] | None = None
    for mention in scene.of_kind(MentionKind.PURPOSE):
        for marker in mention.values:
            span = _after(scene, mention, ends, keep=marker.keep)
            if marker.side == "before":
                span = _before(scene, mention, min(floor, mention.start), keep=marker.keep)
            if span is None or span[0] <= trigger.start < span[1] - 1:
                continue
            distance = min(abs(mention.start - trigger.end), abs(trigger.start - mention.end))
            if best is None or distance < best[0]:
                best = (distance, span)
    return None if best is None else best[1]


def _after(scene: Scene, mention: Mention, ends: tuple[str, ...], *, keep: bool) -> tuple[int, int] | None:
    start = mention.start if keep else mention.end
    stop = scene.sentence.end
    for end in ends:
        at = scene.folded.find(end, mention.end + SHORTEST, stop)
        if at >= 0:
            stop = at
    return _trimmed(scene, start, stop)


def _before(scene: Scene, mention: Mention, floor: int, *, keep: bool) -> tuple[int, int] | None:
    stop = mention.end if keep else mention.start
    comma = scene.folded.rfind(", ", max(floor, scene.sentence.start), mention.start)
    start = max(scene.sentence.start, floor, comma + 2 if comma >= 0 else 0)
    return _trimmed(scene, start, stop)


def _trimmed(scene: Scene, start: int, stop: int) -> tuple[int, int] | None:
    text = scene.folded[start:stop]
    if len(text) > LONGEST:
        cut = text.rfind(" ", 0, LONGEST)
        text = text[: cut if cut > 0 else LONGEST]
    lead = len(text) - len(text.lstrip(" ,.\"'“”()"))
    match = re.search(r"[\s,.\"'“”()]*$", text)
    end = match.start() if match else len(text)
    return (start + lead, start + end) if end - lead >= SHORTEST else None
