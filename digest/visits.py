"""Triggers and the binding of their arguments: one sentence in, claims of visits out.

Pure. The frame of a trigger says who travels; the pack says how the language marks each argument.
The idea of a trigger with marked arguments is that of event coders such as PETRARCH2.
"""

from dataclasses import replace
from typing import NamedTuple

from digest.arguments import Memory
from digest.dates import DateWords
from digest.facts import Kind, Status
from digest.frames import Draft, drafts_of
from digest.lexicon import Mention, MentionKind
from digest.packs import Pack
from digest.packs.schema import Tense, Trigger
from digest.people import Actor
from digest.purpose_class import classify
from digest.purposes import Purpose, purpose_behind, purpose_of
from digest.scene import Scene
from digest.status import cues_of
from digest.stops import own_days

__all__ = ["Claim", "Memory", "claims_of", "with_purpose_behind"]

#: Sentences behind a visit in which its purpose may be told, and its topics.
PURPOSE_REACH, TOPIC_REACH = 5, 6


class Claim(NamedTuple):
    """What one trigger says of one visit; later claims of the same visit are gathered."""

    scene: Scene
    trigger: Mention
    rule: Trigger
    tense: Tense
    #: The lead visitor first; empty where the sentence leaves the visitor out.
    visitors: tuple[Actor, ...]
    hosts: tuple[Actor, ...]
    #: None where the sentence does not say where ("the visit will take place on Tuesday").
    country: str | None
    #: Places in that country, in text order.
    places: tuple[str, ...]
    statuses: tuple[Status, ...]
    history: bool
    #: The visit ends: a day told with it is its last.
    closing: bool
    #: How many countries are told together, and which of them, from 0 on, this is: days told with several
    #: are those of the whole tour.
    stops: int
    stop: int
    #: The day told with this country, of several that are told with a day each; None where they are not.
    days: tuple[DateWords, ...] | None
    kind: Kind
    purpose: Purpose | None
    #: 0-1.
    score: float

    @property
    def shared(self) -> bool:
        """Whether this is one of several countries told together."""
        return self.stops > 1 and self.days is None


def claims_of(scene: Scene, pack: Pack, memory: Memory) -> list[Claim]:
    """The claims of one sentence, a country each."""
    found: list[Claim] = []
    for mention in scene.of_kind(MentionKind.TRIGGER):
        for trigger, tense in mention.values:
            told = scene.sentence.index == 0 or not trigger.title_only
            if told and scene.closes(mention.end, trigger.particle):
                bound = _bind(scene, pack, memory, mention, trigger, tense)
                found += bound
                memory.been |= {(c.visitors[0].key, c.country) for c in bound if c.country and not c.history}
    sent = [claim.visitors[0] for claim in found if claim.country and not claim.history]
    if sent:
        memory.send(sent[0])
    memory.latest = scene.goals[-1] if scene.goals else memory.latest
    return found


def with_purpose_behind(claims: list[Claim], scene: Scene, pack: Pack) -> list[Claim]:
    """The claims so far; those of the last sentence that told any, with the purpose that this one tells."""
    if not scene.of_kind(MentionKind.PURPOSE):
        return claims
    told = [claim.scene.sentence.index for claim in claims if claim.country]
    gap = scene.sentence.index - max(told, default=0)
    if not told or gap > TOPIC_REACH:
        return claims
    last = max(told)
    return [
        _with_purpose(claim, scene, pack, gap)
        if claim.scene.sentence.index == last and claim.country and not (claim.purpose or claim.history)
        else claim
        for claim in claims
    ]


def _with_purpose(claim: Claim, scene: Scene, pack: Pack, gap: int) -> Claim:
    purpose = _purpose_behind(scene, pack, claim, gap)
    return claim._replace(purpose=purpose) if purpose else claim


def _purpose_behind(scene: Scene, pack: Pack, claim: Claim, gap: int) -> Purpose | None:
    visitors = [actor.key for actor in claim.visitors] if gap <= PURPOSE_REACH else []
    party = [*visitors, *(actor.key for actor in claim.hosts)]
    purpose = purpose_behind(scene, party, visitors, claim.country or "", pack.purpose_ends, near=gap == 1)
    return _labelled(scene, pack, purpose) if purpose else None


def _bind(
    scene: Scene, pack: Pack, memory: Memory, mention: Mention, trigger: Trigger, tense: Tense
) -> list[Claim]:
    drafts = drafts_of(scene, mention, trigger, memory)
    if not drafts:
        return []
    cues = cues_of(scene, mention)
    if any(cue.void for cue in cues):
        return []
    if trigger.closing and any(cue.status is Status.DENIED for cue in cues):
        return []  # "America will not leave Taiwan"
    countries = list(dict.fromkeys(draft.country for draft in drafts))
    days = own_days(scene, memory.destination) if len(countries) > 1 else {}
    return [
        Claim(
            scene=scene,
            trigger=mention,
            rule=trigger,
            tense=tense,
            visitors=draft.visitors,
            hosts=draft.hosts,
            country=draft.country,
            places=draft.places,
            statuses=tuple(cue.status for cue in cues if cue.status is not None),
            history=any(cue.history for cue in cues),
            closing=trigger.closing or any(cue.closing for cue in cues),
            stops=len(countries),
            stop=countries.index(draft.country),
            days=tuple(w for country, w in days.items() if country == draft.country) if days else None,
            kind=_kind(scene, mention, trigger),
            purpose=_purpose(scene, pack, mention, draft),
            score=draft.score,
        )
        for draft in drafts
    ]


def _purpose(scene: Scene, pack: Pack, mention: Mention, draft: Draft) -> Purpose | None:
    if not scene.of_kind(MentionKind.PURPOSE):
        return None
    purpose = purpose_of(scene, mention, [a.end for a in draft.visitors], pack.purpose_ends)
    return _labelled(scene, pack, purpose) if purpose else None


def _labelled(scene: Scene, pack: Pack, purpose: Purpose) -> Purpose:
    span = (purpose.start, purpose.end)
    if span not in scene.labels:
        scene.labels[span] = classify(scene.folded[slice(*span)], pack.purpose_classes, spaced=pack.spaced)
    return replace(purpose, label=scene.labels[span])


def _kind(scene: Scene, mention: Mention, trigger: Trigger) -> Kind:
    """The form of visit told nearest to the trigger, within a few words."""
    near = [
        (min(abs(m.end - mention.start), abs(m.start - mention.end)), Kind(m.values[0]))
        for m in scene.of_kind(MentionKind.KIND)
        if m.end > mention.start - 40
        and m.start < mention.end + 40
        and "," not in scene.folded[min(m.end, mention.end) : max(m.start, mention.start)]
    ]
    if near:
        return min(near, key=lambda item: item[0])[1]
    return trigger.kind or Kind.UNKNOWN
