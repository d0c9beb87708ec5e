"""WHY: the article's own words for the purpose of a visit.

Pure.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from digest.facts import PurposeClass
from digest.lexicon import Mention, MentionKind
from digest.packs.schema import Frame, PurposeMarker
from digest.scene import Scene, markers_of

__all__ = ["Purpose", "purpose_behind", "purpose_of"]

#: What a purpose told in the sentence behind its visit is worth less than one told in it.
BEHIND = 100
#: Longest auxiliary behind the last verb of a purpose (characters).
AUXILIARY = 8
#: A purpose shorter than this says nothing; where words run together, a word is one or two characters.
SHORTEST, SHORTEST_RUN = 6, 4
#: There, what stands behind a marker that belongs to the purpose: "签署协议" is one.
WORD_RUN = 2
#: A longer one is cut at a word.
LONGEST = 160


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
        found += _told(scene, mention, mention.values, trigger, visitors, ends)
    return min(found, default=None)


def _told(
    scene: Scene,
    mention: Mention,
    markers: Iterable[PurposeMarker],
    trigger: Mention,
    visitors: Sequence[int],
    ends: tuple[str, ...],
) -> Iterator[Purpose]:
    """The clauses that one mention opens or closes."""
    for marker in markers:
        if marker.side == "before":
            told = [end for end in (*visitors, trigger.end) if end <= mention.start]
            span = _before(scene, mention, max(told, default=scene.sentence.start), keep=marker.keep)
            closed = False
        else:
            span = _after(scene, mention, ends, keep=marker.keep)
            closed = span is not None and _closes(trigger, span)
        if span is None or (span[0] < trigger.start < span[1] - 1 and not closed):
            continue
        distance = min(abs(mention.start - trigger.end), abs(trigger.start - mention.end))
        yield Purpose(marker.rank, distance, *span)


def purpose_behind(
    scene: Scene,
    party: Collection[str],
    visitors: Collection[str],
    country: str,
    ends: tuple[str, ...],
    *,
    near: bool = True,
) -> Purpose | None:
    """The purpose of a visit that a sentence before told, or None.

    Either the visitor is the subject ("he is to discuss trade with Modi"), nobody else takes part and no
    town of another country is named; or the words say that a topic follows ("on the agenda are"). Farther
    behind, no other country may be named at all, and nothing of the past.

    Args:
        scene: The sentence.
        party: The keys of all who take part in the visit.
        visitors: The keys of those of them who travel; none where only a topic counts.
        country: Where they go.
        ends: The pack's words that end a purpose clause.
        near: Whether the sentence stands right behind the visit.
    """
    subjects = [a for a in scene.actors if not (markers_of(scene, a) - {"subject"})]
    keys = {actor.key for actor in scene.actors}
    own = bool(subjects) and subjects[0].key in visitors and keys <= set(party)
    own = own and all(goal.country == country for goal in scene.goals if goal.place or not near)
    own = own and (near or not any(cue.history for m in scene.of_kind(MentionKind.CUE) for cue in m.values))
    start = Mention(scene.sentence.start, scene.sentence.start, MentionKind.PURPOSE, ())
    found: list[Purpose] = []
    for mention in scene.of_kind(MentionKind.PURPOSE):
        markers = [m for m in mention.values if m.topic or own]
        found += _told(scene, mention, markers, start, [a.end for a in subjects[:1]], ends)
    best = min(found, default=None)
    return replace(best, rank=best.rank + BEHIND) if best else None


def _closes(trigger: Mention, span: tuple[int, int]) -> bool:
    """Whether the purpose is a meeting whose verb comes last: "um mit Xi über Handel zu sprechen"."""
    meets = any(value[0].frame is Frame.MEET for value in trigger.values)
    return meets and span[1] - trigger.end <= AUXILIARY


def _after(scene: Scene, mention: Mention, ends: tuple[str, ...], *, keep: bool) -> tuple[int, int] | None:
    """The clause behind a marker; every trigger of the sentence asks for the same ones."""
    key = (mention.start, mention.end, keep)
    if key not in scene.clauses:
        scene.clauses[key] = _clause_after(scene, mention, ends, keep=keep)
    return scene.clauses[key]


def _clause_after(
    scene: Scene, mention: Mention, ends: tuple[str, ...], *, keep: bool
) -> tuple[int, int] | None:
    start = mention.start if keep else mention.end
    stop = scene.sentence.end
    shortest = WORD_RUN if scene.markers.run else SHORTEST
    told = scene.folded[mention.end + shortest : stop]
    for end in ends:
        told = told.partition(end)[0] if end in told else told
    stop = min(stop, mention.end + shortest + len(told))
    start = next((words.end for words in scene.dates if 0 <= words.start - start <= 1), start)
    dates = [words.start for words in scene.dates if start + shortest < words.start < stop]
    stop = min([stop, *dates])
    span = _trimmed(scene, start, stop)
    return span if span and span[1] - mention.end >= shortest else None  # more than its marker


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
    sign = "," if scene.markers.run else ", "
    comma = scene.folded.rfind(sign, floor, stop)
    breaks = scene.of_kind(MentionKind.BREAK) if scene.markers.run else []
    clauses = [m.end for m in breaks if floor < m.end <= stop - _shortest(scene)]
    return max([floor, comma + len(sign) if comma >= 0 else floor, *clauses])


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
    return (start + lead, start + end) if end - lead >= _shortest(scene) else None


def _shortest(scene: Scene) -> int:
    """How many characters a purpose needs at least in this script."""
    return SHORTEST_RUN if scene.markers.run else SHORTEST


def _without_marker(scene: Scene, text: str, end: int) -> int:
    """Where the text ends without the preposition of what was cut off: "pidato di Singapura pada"."""
    last = text.rfind(" ", 0, end)
    return last if last > 0 and scene.markers.opens(text[last + 1 : end]) else end
