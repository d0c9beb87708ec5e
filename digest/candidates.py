"""Why a phrase was chosen for a part of a visit, and why the others were not; for `explain`.

Pure. The binding itself (`arguments`) only keeps what it chose; this says again, in words, how it came to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from digest.lexicon import Mention
from digest.packs.schema import SlotSpec
from digest.people import Actor
from digest.places import Goal
from digest.scene import Scene, fit, markers_of

__all__ = ["Candidate", "candidates"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A phrase of the trigger's sentence, seen as one of its arguments."""

    #: Who or where.
    label: str
    #: 0-1 as the best of the slots; None where it fits none of them.
    score: float | None
    chosen: bool
    #: How it is marked and how far away it stands, or why it fits no slot.
    reason: str


def candidates(
    scene: Scene,
    trigger: Mention,
    specs: Sequence[SlotSpec],
    phrases: Iterable[Actor | Goal],
    chosen: Sequence[str],
) -> Iterator[Candidate]:
    """Every phrase as a candidate for the slots, the best first; `chosen` are the labels that were taken."""
    found = [_candidate(scene, trigger, specs, phrase, chosen) for phrase in phrases] if specs else []
    yield from sorted(found, key=lambda c: (c.score is None, -(c.score or 0.0)))


def _candidate(
    scene: Scene, trigger: Mention, specs: Sequence[SlotSpec], phrase: Actor | Goal, chosen: Sequence[str]
) -> Candidate:
    scores = [score for spec in specs if (score := fit(scene, trigger, phrase, spec)) is not None]
    label = _label(phrase)
    if scores:
        reason = _costs(scene, trigger, phrase)
    else:
        reason = min((_misfit(scene, trigger, phrase, spec) for spec in specs), default=(0, ""))[1]
    return Candidate(
        label=label, score=max(scores, default=None), chosen=label in chosen and bool(scores), reason=reason
    )


def _label(phrase: Actor | Goal) -> str:
    if isinstance(phrase, Goal):
        return phrase.place or phrase.country
    return phrase.party.name or phrase.key


def _gap(trigger: Mention, phrase: Actor | Goal) -> tuple[int, int]:
    """The text between trigger and phrase."""
    before = phrase.end <= trigger.start
    return (phrase.end, trigger.start) if before else (trigger.end, phrase.start)


def _costs(scene: Scene, trigger: Mention, phrase: Actor | Goal) -> str:
    """How a phrase that fits is marked, and what lowered its score."""
    left, right = _gap(trigger, phrase)
    breaks = scene.breaks_between(left, right)
    parts = [_marked(scene, phrase), f"{max(0, right - left)} characters away"]
    if breaks:
        parts.append(f"{breaks} clause break{'s' if breaks > 1 else ''} between")
    return ", ".join(parts)


def _misfit(scene: Scene, trigger: Mention, phrase: Actor | Goal, spec: SlotSpec) -> tuple[int, str]:
    """Why a phrase does not fit a slot; the smaller the number, the nearer it came."""
    before = phrase.end <= trigger.start
    if spec.side == "in" or spec.side in (("after", "closes") if before else ("before", "opens")):
        return 2, f"stands {'before' if before else 'behind'} the trigger"
    left, right = _gap(trigger, phrase)
    if right - left > spec.reach:
        return 1, f"{right - left} characters away, at most {spec.reach} are allowed"
    if spec.side in ("opens", "closes"):
        return 0, f"does not {'begin the sentence' if spec.side == 'opens' else 'end the clause'}"
    wanted = "nothing" if spec.marker == "-" else spec.marker
    return 0, f"{_marked(scene, phrase)}, not by {wanted}"


def _marked(scene: Scene, phrase: Actor | Goal) -> str:
    return f"marked by {', '.join(sorted(markers_of(scene, phrase))) or 'nothing'}"
