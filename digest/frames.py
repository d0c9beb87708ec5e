"""Who travels, by the frame of the trigger: the visitor who goes, the guest who is received, the parties
that meet.

Pure.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from digest.arguments import RECALLED_GOAL, Bound, Memory, best_actor, best_goals
from digest.lexicon import Mention
from digest.offices import rank_of
from digest.packs.schema import Frame, Trigger
from digest.parties import group_of, parties_of
from digest.people import Actor
from digest.places import Goal
from digest.scene import Scene, markers_of

__all__ = ["Draft", "drafts_of"]

#: What a visitor taken over from an earlier sentence is worth.
SALIENT_VISITOR = 0.55
#: Who comes along is told so near to the trigger (characters).
ALONG = 80
#: Worth of a destination that the trigger itself, or the host's country, names.
OWN_COUNTRY, HOST_COUNTRY = 1.0, 0.8


class Draft(NamedTuple):
    """Who goes where, before status, kind and purpose are read."""

    visitors: tuple[Actor, ...]
    hosts: tuple[Actor, ...]
    country: str | None
    places: tuple[str, ...]
    score: float


def drafts_of(scene: Scene, mention: Mention, trigger: Trigger, memory: Memory) -> list[Draft]:
    """What a trigger says of who goes where, a country each."""
    if trigger.frame is Frame.MEET:
        return _meeting(scene, mention, trigger, memory)
    if trigger.frame in (Frame.RECEIVE, Frame.INVITE):
        return _reception(scene, mention, trigger, memory)
    return _travel(scene, mention, trigger, memory)


def _by_country(goals: Sequence[Goal]) -> dict[str, tuple[str, ...]]:
    """Country -> the places in it, in text order."""
    found: dict[str, tuple[str, ...]] = {}
    for goal in goals:
        places = found.get(goal.country, ())
        if goal.place and goal.place not in places:
            places = (*places, goal.place)
        found[goal.country] = places
    return found


def _travel(scene: Scene, mention: Mention, trigger: Trigger, memory: Memory) -> list[Draft]:
    """VISIT and STOPS: the visitor goes to the goals."""
    abroad = [a for a in scene.actors if trigger.country is None or a.party.country != trigger.country]
    bound = best_actor(scene, mention, trigger.visitor, abroad)
    left_out = bound is None and (trigger.dropped_visitor or trigger.frame is Frame.STOPS)
    if left_out and memory.person is not None:
        bound = Bound(memory.left_out() or memory.person, SALIENT_VISITOR)
    goals, goal_score = best_goals(scene, mention, trigger, memory)
    where = _by_country(goals)
    if not where and trigger.dropped_goal and bound is not None:
        home = bound.actor.party.country
        told = memory.destination or ((memory.here,) if memory.here else ())
        where, goal_score = {g.country: () for g in told if g.country != home}, RECALLED_GOAL
    if trigger.country is not None:
        where, goal_score = {trigger.country: where.get(trigger.country, ())}, OWN_COUNTRY
    if bound is None:
        return []
    bound = _meant(bound, where, memory)
    if left_out and bound.actor.party.country in where:
        return []  # somebody else's visit to the home of whom the text is about
    host = best_actor(scene, mention, trigger.host, _others(scene, bound.actor))
    parties = _with_companions(scene, mention, trigger, parties_of(scene, bound.actor))
    drafts: list[Draft] = []
    for country, places in where.items():
        for visitors in parties:
            if visitors is parties[0] or visitors[0].party.country != country:
                hosts = _hosts_there(scene, visitors, host, country)
                drafts.append(Draft(visitors, hosts, country, places, (bound.score + goal_score) / 2))
    if not drafts and not trigger.needs_goal:
        drafts.append(Draft(parties[0], (host.actor,) if host else (), None, (), bound.score / 2))
    return drafts


def _with_companions(
    scene: Scene, mention: Mention, trigger: Trigger, parties: list[tuple[Actor, ...]]
) -> list[tuple[Actor, ...]]:
    """The parties, with those of other countries who come along: "visited Kyiv together with Macron"."""
    found = {party[0].party.country: party for party in parties}
    for actor in scene.actors:
        before = actor.end <= mention.start
        left, right = (actor.end, mention.start) if before else (mention.end, actor.start)
        near = 0 <= right - left <= ALONG and not scene.breaks_between(left, right)
        if near and actor.party.country and "along" in markers_of(scene, actor):
            found.setdefault(actor.party.country, group_of(scene, actor))
    return list(found.values()) if trigger.frame is Frame.VISIT else parties


def _meant(bound: Bound, where: Collection[str], memory: Memory) -> Bound:
    """A pronoun of a sentence on travel means whoever travels in this story, if the last subject was
    never sent anywhere: the guest goes on, unless to where they came from.
    """
    who = memory.traveller
    if bound.actor.form != "pronoun" or who is None or bound.actor.key in memory.trips:
        return bound
    if who.party.country in where:
        return bound
    return bound._replace(actor=bound.actor._replace(party=who.party, key=who.key))


def _reception(scene: Scene, mention: Mention, trigger: Trigger, memory: Memory) -> list[Draft]:
    """RECEIVE and INVITE: the visitor comes to the host, at home unless a place is told."""
    host = best_actor(scene, mention, trigger.host, scene.actors)
    others = _others(scene, host.actor) if host else scene.actors
    visitor = best_actor(scene, mention, trigger.visitor, others)
    if visitor is None and host and any(spec.side == "in" for spec in trigger.visitor):
        who = memory.left_out()  # "Xi lo recibió": the pronoun of a subject's own verb is somebody else
        visitor = Bound(who, SALIENT_VISITOR) if who else None
    if host is None and trigger.dropped_visitor and memory.person is not None:
        host = Bound(memory.person, SALIENT_VISITOR)
    if host is None or visitor is None or host.actor.key == visitor.actor.key:
        return []
    goals, goal_score = best_goals(scene, mention, trigger, memory)
    where = _by_country(goals)
    guest = visitor.actor.party.country
    home = host.actor.party.country or _told_there(visitor.actor, where, memory)
    if home is None or (trigger.needs_goal and home not in where):
        return []
    if trigger.frame is Frame.RECEIVE and guest in where and (host.actor.key, guest) in memory.been:
        # "Ouattara, qui effectue une visite en France, a reçu le ministre français": away from home himself
        host, visitor, home = visitor, host, guest
    if not where or guest in where:
        where, goal_score = {home: where.get(home, ())}, HOST_COUNTRY
    score = (host.score + visitor.score + goal_score) / 3
    return [
        Draft(visitors, (host.actor,), country, places, score)
        for country, places in where.items()
        for visitors in parties_of(scene, visitor.actor)
        if host.actor.key not in {v.key for v in visitors}
    ]


def _told_there(visitor: Actor, where: Mapping[str, tuple[str, ...]], memory: Memory) -> str | None:
    """Where somebody of whom no country is told takes the visitor in: the place told with it, else the
    one the visitor was told to be at: "he landed in Beijing, where he was greeted by Ma Zhaoxu".
    """
    abroad = [country for country in where if country != visitor.party.country]
    been = [g.country for g in memory.destination if (visitor.key, g.country) in memory.been]
    return next(iter((*abroad, *been)), None)


def _meeting(scene: Scene, mention: Mention, trigger: Trigger, memory: Memory) -> list[Draft]:
    """MEET: whoever is not at home in the place has travelled; whoever is, is the host."""
    first = best_actor(scene, mention, trigger.visitor, scene.actors)
    parties = [actor for party in parties_of(scene, first.actor) for actor in party] if first else []
    rest = _others(scene, first.actor) if first else scene.actors
    second = best_actor(scene, mention, trigger.host, rest)
    left_out = memory.left_out() if first is None and trigger.dropped_visitor else None
    if left_out is not None and second is not None and left_out.key != second.actor.key:
        parties, first = [left_out], Bound(left_out, SALIENT_VISITOR)
    if first is None:
        return _on_a_trip([second.actor], memory) if second else []
    if second is not None:
        met = [actor for party in parties_of(scene, second.actor) for actor in party]
        parties += [actor for actor in met if actor.key not in {p.key for p in parties}]
    goals, goal_score = best_goals(scene, mention, trigger, Memory(here=memory.here))
    where = _by_country(goals)
    if not where:
        on_a_trip = _on_a_trip(parties, memory)
        home = first.actor.party.country
        if on_a_trip or not trigger.at_home or second is None or home is None:
            return on_a_trip
        where, goal_score = {home: ()}, HOST_COUNTRY
    if len(parties) < 2:
        return []
    score = (first.score + (second.score if second else first.score) + goal_score) / 3
    drafts: list[Draft] = []
    for country, places in where.items():
        hosts = tuple(p for p in parties if p.party.country == country)
        equals = parties if second is not None else ()  # equals of one list need not have met one another
        drafts += [
            Draft((party,), hosts or tuple(p for p in equals if p is not party), country, places, score)
            for party in parties
            if party.party.country != country
        ]
    return drafts


def _on_a_trip(parties: Sequence[Actor], memory: Memory) -> list[Draft]:
    """A meeting told without a place, of somebody on a trip with somebody of the country they went to.

    It adds a host to the visit told before, and makes none: the country stays open.
    """
    traveller = memory.left_out()
    guests = [*parties, traveller] if traveller and len(parties) == 1 else parties
    for guest in guests:
        hosts = tuple(p for p in parties if (guest.key, p.party.country) in memory.been and p is not guest)
        if hosts:
            return [Draft((guest,), hosts, None, (), SALIENT_VISITOR)]
    return []


def _others(scene: Scene, actor: Actor) -> list[Actor]:
    return [other for other in scene.actors if other.key != actor.key]


def _hosts_there(
    scene: Scene, visitors: tuple[Actor, ...], host: Bound | None, country: str
) -> tuple[Actor, ...]:
    """The host told as such, else people of the visited country in the same sentence with an office."""
    keys, home = {v.key for v in visitors}, visitors[0].party.country
    found = [host.actor] if host is not None and host.actor.key not in keys else []
    if home is not None and home != country:
        found = [actor for actor in found if actor.party.country != home]  # who comes along
    for actor in scene.actors:
        at_home = actor.party.country == country and actor.party.name is not None
        if at_home and actor.key not in keys and rank_of(actor.party.role) > 1:
            found.append(actor)
    unique = {actor.key: actor for actor in found}
    return tuple(unique.values())
