"""The arguments of a trigger: which actor, and which goals, fill a slot best.

Pure. Each candidate is scored by its marker, side, distance and the clause breaks in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from digest.lexicon import Mention, MentionKind
from digest.packs.schema import Frame, SlotSpec, Tense, Trigger
from digest.people import Actor
from digest.places import Goal
from digest.scene import Scene, fit
from digest.stops import dated_stops

__all__ = ["RECALLED_GOAL", "Bound", "Memory", "best_actor", "best_goals"]

#: What a destination taken over from an earlier sentence is worth.
RECALLED_GOAL = 0.5
#: What speaking, rather than doing, costs a candidate.
QUOTED_COST = 0.4
#: What being the object of another verb costs.
OBJECT_COST = 0.3
#: A word like "there" is looked for so near to a trigger (characters).
PRONOUN_REACH = 60


@dataclass(slots=True)
class Memory:
    """What the sentences so far have made salient."""

    person: Actor | None = None
    #: Whom most sentences so far sent abroad, the latest among equals.
    traveller: Actor | None = None
    #: Key of a traveller -> how many sentences sent them.
    trips: dict[str, int] = field(default_factory=dict)
    #: Key of a traveller with a country they were sent to.
    been: set[tuple[str, str | None]] = field(default_factory=set)
    goals: tuple[Goal, ...] = ()
    #: The last goal told, a country as well as a place.
    latest: Goal | None = None
    #: Where the last claim went.
    destination: tuple[Goal, ...] = ()
    #: Where the article was written, as its dateline says.
    here: Goal | None = None

    def left_out(self) -> Actor | None:
        """Whom a clause without a visitor means: the last subject if sent before, else the traveller."""
        return self.person if self.person and self.person.key in self.trips else self.traveller

    def send(self, actor: Actor) -> None:
        """Count a sentence that sends somebody abroad."""
        self.trips[actor.key] = self.trips.get(actor.key, 0) + 1
        if self.traveller is None or self.trips[actor.key] >= self.trips[self.traveller.key]:
            self.traveller = actor


class Bound(NamedTuple):
    """An argument and its score."""

    actor: Actor
    score: float


def best_actor(
    scene: Scene,
    mention: Mention,
    specs: Sequence[SlotSpec],
    actors: Sequence[Actor],
) -> Bound | None:
    """The actor that fills a slot best."""
    best: Bound | None = None
    for actor in actors:
        scores = [s for spec in specs if (s := fit(scene, mention, actor, spec)) is not None]
        if not scores:
            continue
        told = actor.end <= mention.start and scene.markers.relative_behind(scene.folded, actor.end)
        quoted = _is_quoted(scene, actor) and not told  # "..., said Lavrov, who was on a visit to Laos"
        if quoted and actor.start >= mention.end:
            continue  # "..., said Guterres": who tells it
        score = max(scores) - (QUOTED_COST if quoted else 0.0)
        if not told and _is_object(scene, mention, actor):
            score -= OBJECT_COST
        if best is None or score > best.score:
            best = Bound(actor, score)
    return best


def _is_object(scene: Scene, mention: Mention, actor: Actor) -> bool:
    """Whether the actor stands right behind the verb of another clause as its object:
    会见塞西,之后转赴特拉维夫.
    """
    parted = "," in scene.folded[actor.end : mention.start]
    if not parted and not (scene.markers.run and " " in scene.folded[actor.end : mention.start]):
        return False
    return any(
        0 <= actor.start - m.end <= 1
        and m.end <= mention.start
        and any(_takes_object(trigger) for trigger, _ in m.values)
        for m in scene.of_kind(MentionKind.TRIGGER)
    )


def _takes_object(trigger: Trigger) -> bool:
    """Whether whom a verb is about stands bare behind it."""
    among_people = trigger.frame in (Frame.MEET, Frame.RECEIVE)
    return among_people and any(
        spec.side == "after" and spec.marker == "-" for spec in trigger.visitor + trigger.host
    )


def _is_quoted(scene: Scene, actor: Actor) -> bool:
    """Whether a verb of saying, behind what is said, stands right before the actor: "...", imbuh Sugiono.

    After its own subject it opens what is said: "Peskov said Putin would visit".
    """
    return any(
        0 <= actor.start - m.end <= 1
        and scene.folded[max(0, m.start - 2) : m.start].rstrip().endswith((",", '"', "'", "."))
        for m in scene.of_kind(MentionKind.SPEECH)
    )


def best_goals(
    scene: Scene, mention: Mention, trigger: Trigger, memory: Memory
) -> tuple[tuple[Goal, ...], float]:
    """The goals of a trigger (all of the best list), with the score of the best."""
    best: tuple[float, Goal] | None = None
    fitting: list[Goal] = []
    for goal in scene.goals:
        scores = [s for spec in trigger.goal if (s := fit(scene, mention, goal, spec)) is not None]
        if not scores or (trigger.weak and scene.breaks_between(mention.end, goal.start)):
            continue
        if trigger.frame is Frame.MEET and _is_of_another(scene, mention, goal):
            continue
        score = max(scores)
        if not scene.breaks_between(mention.end, goal.start):
            fitting.append(goal)
        if best is None or score > best[0]:
            best = (score, goal)
    apart = best is not None and scene.breaks_between(mention.end, best[1].start) > 0
    here = _recalled(scene, mention, trigger, memory) if apart else ()
    if best is not None and not here:
        others = fitting if trigger.frame is Frame.STOPS else ()  # up to the next clause, not only one list
        chosen = [g for g in scene.goals if g.lead == best[1].lead or g in others]
        travels = trigger.frame in (
            Frame.VISIT,
            Frame.STOPS,
        )  # whoever is met on Monday is not met on Tuesday
        memory.destination = dated_stops(scene, chosen) if travels else tuple(chosen)
        return memory.destination, best[0]
    recalled = here or _recalled(scene, mention, trigger, memory)
    return recalled, RECALLED_GOAL if recalled else 0.0


def _is_of_another(scene: Scene, mention: Mention, goal: Goal) -> bool:
    """Whether another verb stands between a trigger and a place behind it: "will meet Boric, and attend the
    assembly in Lima".
    """
    return not scene.verb_final and any(
        mention.end <= m.start
        and m.end <= goal.start
        and any(tense is not Tense.NONE for _, tense in m.values)
        for m in scene.of_kind(MentionKind.TRIGGER)
    )


def _recalled(scene: Scene, mention: Mention, trigger: Trigger, memory: Memory) -> tuple[Goal, ...]:
    """The goal that a word like "there" takes up: one told before it in the sentence, else the last one
    told; "here" is where the article was written.
    """
    for pronoun in scene.of_kind(MentionKind.PLACE_PRONOUN):
        if not any(_takes_up(scene, mention, pronoun, spec, trigger) for spec in trigger.goal):
            continue
        if pronoun.values[0] == "here":
            if memory.here is not None:
                return (memory.here,)
            continue
        told = tuple(goal for goal in scene.goals if goal.end <= pronoun.start)[-1:]
        if pronoun.values[0] == "tour":
            told = memory.destination
        told = told or _last_stop(memory) or memory.destination or memory.goals
        if told:
            return told
    return ()


def _last_stop(memory: Memory) -> tuple[Goal, ...]:
    """The stop told last, where the last claim went to several countries: "there" is only one of them."""
    stops, latest = {goal.country for goal in memory.destination}, memory.latest
    return (latest,) if len(stops) > 1 and latest is not None and latest.country in stops else ()


def _takes_up(scene: Scene, mention: Mention, pronoun: Mention, spec: SlotSpec, trigger: Trigger) -> bool:
    """Whether a word for a place stands where the slot wants its phrase: an adverb needs no marker, but
    where somebody leaves ("from there").
    """
    before = pronoun.end <= mention.start
    gap = mention.start - pronoun.end if before else pronoun.start - mention.end
    if gap > min(spec.reach, PRONOUN_REACH) or spec.side == ("after" if before else "before"):
        return False
    groups = scene.markers.of(scene.folded, pronoun.start, pronoun.end)
    return spec.marker in groups or not (groups or trigger.closing)
