"""Where in a country a visit goes: the towns that its own sentences name, else those that others do.

Pure.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from digest.lexicon import MentionKind
from digest.scene import Scene, markers_of
from digest.visits import Claim

__all__ = ["IN", "TO", "Stay", "places_of", "stays_of"]

#: The groups of markers that say where something happens, and where somebody goes.
IN, TO = "in", "to"


@dataclass(frozen=True, slots=True)
class Stay:
    """A town where a sentence says that something happens or somebody goes."""

    country: str
    place: str
    #: Number of the sentence.
    index: int
    #: Everybody in the sentence: key -> country.
    people: tuple[tuple[str, str | None], ...]


def stays_of(scene: Scene) -> list[Stay]:
    """The towns of one sentence, in text order.

    One that somebody only goes to counts beside a word of travel: "deliveries to Moscow" are no stay.
    """
    counted = {IN, TO} if scene.of_kind(MentionKind.TRIGGER) else {IN}
    people = tuple({actor.key: actor.party.country for actor in scene.actors}.items())
    return [
        Stay(goal.country, goal.place, scene.sentence.index, people)
        for goal in scene.goals
        if goal.place and markers_of(scene, goal) & counted
    ]


def places_of(
    claims: Sequence[Claim], country: str, visitors: Collection[str], stays: Sequence[Stay], *, news: bool
) -> tuple[str, ...]:
    """The places of a visit, the surest kind alone.

    The goals of its claims; the towns of the country beside them; those of other sentences with the
    visitors in them; for the news of the article, the only town of the country that is told with nobody
    from elsewhere: "in Hanoi President To Lam awaits the guest".

    Args:
        claims: What was told of the visit.
        country: Where it goes.
        visitors: The keys of those who travel.
        stays: The towns of all sentences; none where the visit lies long back.
        news: Whether the article is about the visit.
    """
    there = [claim for claim in claims if claim.country == country]
    told = dict.fromkeys(place for claim in there for place in claim.places)
    spots = (goal for claim in there for goal in claim.scene.goals)
    beside = dict.fromkeys(s.place for s in spots if s.country == country and s.place and not s.seat)
    found = [stay for stay in stays if stay.country == country]
    theirs = dict.fromkeys(s.place for s in found if any(key in visitors for key, _ in s.people))
    others = dict.fromkeys(s.place for s in found if all(home == country for _, home in s.people))
    only = others if news and len(others) == 1 else {}
    places = told or beside or theirs or only
    return tuple(p for p in places if not any(other.endswith(f" {p}") for other in places))
