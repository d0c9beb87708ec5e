"""Where in a country a visit goes, and who receives it there, where its own sentences name the country alone.

Pure.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from digest.lexicon import MentionKind
from digest.offices import rank_of
from digest.packs.schema import Frame
from digest.people import Actor
from digest.scene import Scene, markers_of
from digest.visits import Claim
from digest.world import Rank

__all__ = ["Glimpse", "glimpse_of", "hosts_of", "places_of"]

#: The groups of markers that say where something happens, and where somebody goes.
IN, TO = "in", "to"
#: Frames of triggers by which somebody meets somebody.
MEETINGS = frozenset({Frame.MEET, Frame.RECEIVE})


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What one sentence says of who is where with whom, whether or not it tells a visit."""

    #: Number of the sentence.
    index: int
    people: tuple[Actor, ...]
    #: The towns where it says that something happens or somebody goes: country, place.
    towns: tuple[tuple[str, str], ...]
    #: Somebody meets or receives somebody.
    meets: bool

    def shows(self, keys: Collection[str]) -> bool:
        """Whether one of these people is in the sentence."""
        return any(actor.key in keys for actor in self.people)


def glimpse_of(scene: Scene) -> Glimpse:
    """What one sentence says.

    A town that somebody only goes to counts beside a word of travel: "deliveries to Moscow" are no stay.
    """
    triggers = scene.of_kind(MentionKind.TRIGGER)
    counted = {IN, TO} if triggers else {IN}
    towns = ((g.country, g.place) for g in scene.goals if g.place and markers_of(scene, g) & counted)
    meets = any(trigger.frame in MEETINGS for m in triggers for trigger, _ in m.values)
    return Glimpse(scene.sentence.index, tuple(scene.actors), tuple(towns), meets)


def places_of(
    claims: Sequence[Claim],
    country: str,
    visitors: Collection[str],
    glimpses: Sequence[Glimpse],
    *,
    news: bool,
) -> tuple[str, ...]:
    """The places of a visit, the surest kind alone.

    The goals of its claims; the towns of the country beside them; those of other sentences with the
    visitors in them; for the news of the article, the only town of the country that is told with nobody
    from elsewhere: "in Hanoi President To Lam awaits the guest".

    Args:
        claims: What was told of the visit.
        country: Where it goes.
        visitors: The keys of those who travel.
        glimpses: What the sentences say; none where the visit lies long back.
        news: Whether the article is about the visit.
    """
    there = [claim for claim in claims if claim.country == country]
    told = dict.fromkeys(place for claim in there for place in claim.places)
    spots = (goal for claim in there for goal in claim.scene.goals)
    beside = dict.fromkeys(s.place for s in spots if s.country == country and s.place and not s.seat)
    found = [(glimpse, place) for glimpse in glimpses for code, place in glimpse.towns if code == country]
    theirs = dict.fromkeys(place for glimpse, place in found if glimpse.shows(visitors))
    at_home = [g for g in glimpses if all(actor.party.country == country for actor in g.people)]
    others = dict.fromkeys(place for glimpse, place in found if glimpse in at_home)
    only = others if news and len(others) == 1 else {}
    places = told or beside or theirs or only
    return tuple(p for p in places if not any(other.endswith(f" {p}") for other in places))


def hosts_of(
    country: str, visitors: Collection[str], glimpses: Sequence[Glimpse], *, news: bool
) -> tuple[Actor, ...]:
    """Who receives the visitors, where no claim says so: those in office there whom a sentence tells to
    meet with them, the first one that does. Unless the visit is the news, it names a town there too.
    """
    for glimpse in glimpses:
        found = tuple(actor for actor in glimpse.people if _in_office(actor, country))
        told = news or any(code == country for code, _ in glimpse.towns)
        if glimpse.meets and found and told and glimpse.shows(visitors):
            return tuple(actor for actor in found if actor.key not in visitors)
    return ()


def _in_office(actor: Actor, country: str) -> bool:
    party = actor.party
    return party.country == country and party.name is not None and rank_of(party.role) > Rank.OTHER
