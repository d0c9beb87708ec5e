"""Triggers and the binding of their arguments: one sentence in, claims of visits out.

Pure. The frame of a trigger says who travels; the pack says how the language marks each argument.
The idea of a trigger with marked arguments is that of event coders such as PETRARCH2.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.facts import Kind, Status
from digest.lexicon import Mention, MentionKind
from digest.packs import Pack
from digest.packs.schema import Frame, SlotSpec, Tense, Trigger
from digest.parties import group_of, parties_of
from digest.people import Actor, rank_of
from digest.places import Goal
from digest.purposes import Purpose, purpose_of
from digest.scene import Scene, fit
from digest.status import cues_of

__all__ = ["Claim", "Memory", "claims_of"]

#: What a visitor taken over from an earlier sentence is worth, and a destination taken over.
SALIENT_VISITOR, RECALLED_GOAL = 0.55, 0.5
#: What speaking, rather than doing, costs a candidate.
QUOTED_COST = 0.4
#: A word like "there" is looked for so near to a trigger (characters).
PRONOUN_REACH = 60
#: Worth of a destination that the trigger itself, or the host's country, names.
OWN_COUNTRY, HOST_COUNTRY = 1.0, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
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
    #: One of several countries told together: days told with them are those of the whole tour.
    shared: bool
    kind: Kind
    purpose: Purpose | None
    #: 0-1.
    score: float
    #: For `explain`: candidates with their scores.
    trail: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class _Draft:
    """Who goes where, before status, kind and purpose are read."""

    visitors: tuple[Actor, ...]
    hosts: tuple[Actor, ...]
    country: str | None
    places: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Bound:
    """An argument and its score."""

    actor: Actor
    score: float


def claims_of(scene: Scene, pack: Pack, memory: Memory) -> list[Claim]:
    """The claims of one sentence, a country each."""
    found: list[Claim] = []
    for mention in scene.of_kind(MentionKind.TRIGGER):
        for trigger, tense in mention.values:
            if scene.sentence.index == 0 or not trigger.title_only:
                found += _bind(scene, pack, memory, mention, trigger, tense)
                memory.been |= {(c.visitors[0].key, c.country) for c in found if c.country and not c.history}
    sent = [claim.visitors[0] for claim in found if claim.country and not claim.history]
    if sent:
        memory.send(sent[0])
    return found


def _bind(
    scene: Scene, pack: Pack, memory: Memory, mention: Mention, trigger: Trigger, tense: Tense
) -> list[Claim]:
    trail: list[str] = []
    if trigger.frame is Frame.MEET:
        drafts = _meeting(scene, mention, trigger, memory, trail)
    elif trigger.frame in (Frame.RECEIVE, Frame.INVITE):
        drafts = _reception(scene, mention, trigger, memory, trail)
    else:
        drafts = _travel(scene, mention, trigger, memory, trail)
    if not drafts:
        return []
    cues = cues_of(scene, mention)
    if any(cue.void for cue in cues):
        return []
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
            shared=len({other.country for other in drafts}) > 1,
            kind=_kind(scene, mention, trigger),
            purpose=_purpose(scene, pack, mention, draft),
            score=draft.score,
            trail=tuple(trail),
        )
        for draft in drafts
    ]


def _purpose(scene: Scene, pack: Pack, mention: Mention, draft: _Draft) -> Purpose | None:
    return purpose_of(scene, mention, [a.end for a in draft.visitors], pack.purpose_ends)


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


def _best(
    scene: Scene,
    mention: Mention,
    specs: Sequence[SlotSpec],
    actors: Sequence[Actor],
    role: str,
    trail: list[str],
) -> _Bound | None:
    """The actor that fills a slot best."""
    best: _Bound | None = None
    for actor in actors:
        scores = [s for spec in specs if (s := fit(scene, mention, actor, spec)) is not None]
        if not scores:
            continue
        quoted = _is_quoted(scene, actor)
        if quoted and actor.start >= mention.end:
            continue  # "..., said Guterres": who tells it
        score = max(scores) - (QUOTED_COST if quoted else 0.0)
        trail.append(f"{role} {actor.party.name or actor.key}: {score:.2f}")
        if best is None or score > best.score:
            best = _Bound(actor, score)
    return best


def _is_quoted(scene: Scene, actor: Actor) -> bool:
    """Whether a verb of saying, behind what is said, stands right before the actor: "...", imbuh Sugiono.

    After its own subject it opens what is said: "Peskov said Putin would visit".
    """
    return any(
        0 <= actor.start - m.end <= 1
        and scene.folded[max(0, m.start - 2) : m.start].rstrip().endswith((",", '"', "'", "."))
        for m in scene.of_kind(MentionKind.SPEECH)
    )


def _goals(
    scene: Scene, mention: Mention, trigger: Trigger, memory: Memory, trail: list[str]
) -> tuple[tuple[Goal, ...], float]:
    """The goals of a trigger (all of the best list), with the score of the best."""
    best: tuple[float, Goal] | None = None
    fitting: list[Goal] = []
    for goal in scene.goals:
        scores = [s for spec in trigger.goal if (s := fit(scene, mention, goal, spec)) is not None]
        if not scores or (trigger.weak and scene.breaks_between(mention.end, goal.start)):
            continue
        score = max(scores)
        trail.append(f"goal {goal.place or goal.country}: {score:.2f}")
        if not scene.breaks_between(mention.end, goal.start):
            fitting.append(goal)
        if best is None or score > best[0]:
            best = (score, goal)
    if best is not None:
        others = fitting if trigger.frame is Frame.STOPS else ()  # up to the next clause, not only one list
        memory.destination = tuple(g for g in scene.goals if g.lead == best[1].lead or g in others)
        return memory.destination, best[0]
    recalled = _recalled(scene, mention, trigger, memory)
    return recalled, RECALLED_GOAL if recalled else 0.0


def _recalled(scene: Scene, mention: Mention, trigger: Trigger, memory: Memory) -> tuple[Goal, ...]:
    """The goal that a word like "there" takes up: one told before it in the sentence, else the last one
    told; "here" is where the article was written.
    """
    for pronoun in scene.of_kind(MentionKind.PLACE_PRONOUN):
        if not any(_takes_up(scene, mention, pronoun, spec) for spec in trigger.goal):
            continue
        if pronoun.values[0] == "here":
            if memory.here is not None:
                return (memory.here,)
            continue
        told = tuple(goal for goal in scene.goals if goal.end <= pronoun.start)[-1:]
        told = told or memory.destination or memory.goals
        if told:
            return told
    return ()


def _takes_up(scene: Scene, mention: Mention, pronoun: Mention, spec: SlotSpec) -> bool:
    """Whether a word for a place stands where the slot wants its phrase: an adverb needs no marker."""
    before = pronoun.end <= mention.start
    gap = mention.start - pronoun.end if before else pronoun.start - mention.end
    if gap > min(spec.reach, PRONOUN_REACH) or spec.side == ("after" if before else "before"):
        return False
    groups = scene.markers.of(scene.folded, pronoun.start, pronoun.end)
    return not groups or spec.marker in groups


def _by_country(goals: Sequence[Goal]) -> dict[str, tuple[str, ...]]:
    """Country -> the places in it, in text order."""
    found: dict[str, tuple[str, ...]] = {}
    for goal in goals:
        places = found.get(goal.country, ())
        if goal.place and goal.place not in places:
            places = (*places, goal.place)
        found[goal.country] = places
    return found


def _travel(
    scene: Scene, mention: Mention, trigger: Trigger, memory: Memory, trail: list[str]
) -> list[_Draft]:
    """VISIT and STOPS: the visitor goes to the goals."""
    abroad = [a for a in scene.actors if trigger.country is None or a.party.country != trigger.country]
    bound = _best(scene, mention, trigger.visitor, abroad, "visitor", trail)
    left_out = bound is None and (trigger.dropped_visitor or trigger.frame is Frame.STOPS)
    if left_out and memory.person is not None:
        bound = _Bound(memory.left_out() or memory.person, SALIENT_VISITOR)
    goals, goal_score = _goals(scene, mention, trigger, memory, trail)
    where = _by_country(goals)
    if not where and trigger.dropped_goal and bound is not None:
        home = bound.actor.party.country
        where, goal_score = {g.country: () for g in memory.destination if g.country != home}, RECALLED_GOAL
    if trigger.country is not None:
        where, goal_score = {trigger.country: where.get(trigger.country, ())}, OWN_COUNTRY
    if bound is None:
        return []
    if left_out and bound.actor.party.country in where:
        return []  # somebody else's visit to the home of whom the text is about
    host = _best(scene, mention, trigger.host, _others(scene, bound.actor), "host", trail)
    parties = parties_of(scene, bound.actor)
    drafts: list[_Draft] = []
    for country, places in where.items():
        for visitors in parties:
            if visitors is parties[0] or visitors[0].party.country != country:
                hosts = _hosts_there(scene, visitors, host, country)
                drafts.append(_Draft(visitors, hosts, country, places, (bound.score + goal_score) / 2))
    if not drafts and not trigger.needs_goal:
        drafts.append(_Draft(parties[0], (host.actor,) if host else (), None, (), bound.score / 2))
    return drafts


def _reception(
    scene: Scene, mention: Mention, trigger: Trigger, memory: Memory, trail: list[str]
) -> list[_Draft]:
    """RECEIVE and INVITE: the visitor comes to the host, at home unless a place is told."""
    host = _best(scene, mention, trigger.host, scene.actors, "host", trail)
    others = _others(scene, host.actor) if host else scene.actors
    visitor = _best(scene, mention, trigger.visitor, others, "visitor", trail)
    if host is None and trigger.dropped_visitor and memory.person is not None:
        host = _Bound(memory.person, SALIENT_VISITOR)
    if host is None or visitor is None or host.actor.key == visitor.actor.key:
        return []
    goals, goal_score = _goals(scene, mention, trigger, memory, trail)
    where = _by_country(goals)
    home, guest = host.actor.party.country, visitor.actor.party.country
    if home is None or (trigger.needs_goal and home not in where):
        return []
    if not where or guest in where:
        where, goal_score = {home: where.get(home, ())}, HOST_COUNTRY
    score = (host.score + visitor.score + goal_score) / 3
    return [
        _Draft(visitors, (host.actor,), country, places, score)
        for country, places in where.items()
        for visitors in parties_of(scene, visitor.actor)
        if host.actor.key not in {v.key for v in visitors}
    ]


def _meeting(
    scene: Scene, mention: Mention, trigger: Trigger, memory: Memory, trail: list[str]
) -> list[_Draft]:
    """MEET: whoever is not at home in the place has travelled; whoever is, is the host."""
    first = _best(scene, mention, trigger.visitor, scene.actors, "party", trail)
    parties = [actor for party in parties_of(scene, first.actor) for actor in party] if first else []
    rest = _others(scene, first.actor) if first else scene.actors
    second = _best(scene, mention, trigger.host, rest, "party", trail)
    if first is None:
        return _on_a_trip([second.actor], memory) if second else []
    if second is not None:
        parties += [a for a in group_of(scene, second.actor) if a.key not in {p.key for p in parties}]
    goals, goal_score = _goals(scene, mention, trigger, Memory(), trail)
    where = _by_country(goals)
    if not where:
        return _on_a_trip(parties, memory)
    if len(parties) < 2:
        return []
    score = (first.score + (second.score if second else first.score) + goal_score) / 3
    drafts: list[_Draft] = []
    for country, places in where.items():
        hosts = tuple(p for p in parties if p.party.country == country)
        drafts += [
            _Draft((party,), hosts or tuple(p for p in parties if p is not party), country, places, score)
            for party in parties
            if party.party.country != country
        ]
    return drafts


def _on_a_trip(parties: Sequence[Actor], memory: Memory) -> list[_Draft]:
    """A meeting told without a place, of somebody on a trip with somebody of the country they went to.

    It adds a host to the visit told before, and makes none: the country stays open.
    """
    traveller = memory.left_out()
    guests = [*parties, traveller] if traveller and len(parties) == 1 else parties
    for guest in guests:
        hosts = tuple(p for p in parties if (guest.key, p.party.country) in memory.been and p is not guest)
        if hosts:
            return [_Draft((guest,), hosts, None, (), SALIENT_VISITOR)]
    return []


def _others(scene: Scene, actor: Actor) -> list[Actor]:
    return [other for other in scene.actors if other.key != actor.key]


def _hosts_there(
    scene: Scene, visitors: tuple[Actor, ...], host: _Bound | None, country: str
) -> tuple[Actor, ...]:
    """The host told as such, else people of the visited country in the same sentence with an office."""
    keys = {v.key for v in visitors}
    found = [host.actor] if host is not None and host.actor.key not in keys else []
    for actor in scene.actors:
        at_home = actor.party.country == country and actor.party.name is not None
        if at_home and actor.key not in keys and rank_of(actor.party.role) > 1:
            found.append(actor)
    unique = {actor.key: actor for actor in found}
    return tuple(unique.values())
