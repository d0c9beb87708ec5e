"""Offices: how high they stand, and when two words mean the same one.

Pure.
"""

import datetime as dt
import functools
import re
from collections.abc import Sequence

from digest.world import ROLES, Person, Rank, World

__all__ = [
    "BODY_ROLES",
    "BODY_SEATS",
    "MONARCHS",
    "NAMELESS",
    "SEATED",
    "fullest",
    "is_one_seat",
    "plain_office",
    "rank_of",
    "reigning",
    "same_office",
]

#: Offices of international bodies: whoever holds one stands for no country.
BODY_ROLES = frozenset(
    {"secretary-general", "director-general", "managing director", "high representative", "special envoy"}
)
#: Where such bodies are at home: to speak there is no visit.
BODY_SEATS = frozenset({"New York", "Washington", "Washington, D.C.", "Geneva", "Vienna", "Brussels"})
#: Offices that only one state has.
SEATED = {"pope": "VA"}
#: Offices of international bodies: whoever holds one stands for no country.
BODY_ROLES = frozenset(
    {"secretary-general", "director-general", "managing director", "high representative", "special envoy"}
)
#: Where most of those bodies sit.
BODY_SEATS = frozenset({"AT", "BE", "CH", "US"})
#: Offices whose holders are called by their first names.
MONARCHS = frozenset({"pope", "king", "queen", "emperor", "empress", "emir", "sultan"})
#: Offices that no name stands beside.
NAMELESS = frozenset({"delegation"})
#: Offices that some countries, and so some languages, call by another name.
ALIKE = {
    "premier": "prime minister",
    "taoiseach": "prime minister",
    "secretary of state": "foreign minister",
    "foreign secretary": "foreign minister",
    "secretary of defense": "defence minister",
    "defence secretary": "defence minister",
    "treasury secretary": "finance minister",
    "chancellor of the exchequer": "finance minister",
}
#: Roles that a bare "leader" may stand for.
LEADING = frozenset(role for role, rank in ROLES.items() if rank is Rank.HEAD) | {"leader"}
#: Words for the field of a ministry other than those of `ROLES`.
FIELDS = {"foreign affairs": "foreign", "external affairs": "foreign", "defense": "defence"}
#: Offices that several people of one country hold at a time.
SHARED = re.compile(
    r"\b(minister of state|deputy|vice (?!president)|first vice|state secretary|prince|princess|chairman"
    r"|chairwoman|commissioner|director|managing|coordinating)\b"
)


def rank_of(role: str | None) -> Rank:
    """How high an office stands; one the world does not list counts as a minister's if it says so."""
    if role is None:
        return Rank.OTHER
    official = "minister" in role or "secretary" in role
    return ROLES.get(role, Rank.MINISTER if official else Rank.OTHER)


def fullest(roles: Sequence[str]) -> str | None:
    """The office that a phrase tells: a mere "minister" gives way to the one behind it, where a country parts
    an office ("le ministre russe des Affaires étrangères").
    """
    first = roles[0] if roles else None
    return (
        next((role for role in roles if role.endswith(" minister")), first) if first == "minister" else first
    )


def same_office(told: str | None, held: str | None) -> bool:
    """Whether an office as told is the one held, under whichever of its names.

    "Leader" is any head, and "minister" any minister: "the Greek minister" was told in full before.
    """
    if told == "leader" and held in LEADING:
        return True
    if told == "minister" and held is not None and rank_of(held) is Rank.MINISTER:
        return "deputy" not in held
    return ALIKE.get(told or "", told) == ALIKE.get(held or "", held)


@functools.cache
def plain_office(role: str) -> str:
    """An office under the one of its names that stands for all: "minister of foreign affairs" is a foreign
    minister, and so is a secretary of state.
    """
    words = role.casefold().replace("defense", "defence")
    if match := re.fullmatch(r"(?P<rest>.*)minister (?:of|for) (?:the )?(?P<field>.+)", words):
        words = f"{match['rest']}{match['field']} minister" if match["field"] != "state" else words
    for field, plain in FIELDS.items():
        words = words.replace(f"{field} minister", f"{plain} minister")
    return ALIKE.get(words, words)


def is_one_seat(role: str | None) -> bool:
    """Whether a country has one holder of the office at a time, so that it says who is meant."""
    if role is None or SHARED.search(role):
        return False
    return rank_of(role) is not Rank.OTHER and role != "minister" and role != "leader"


def reigning(world: World, role: str, country: str | None, day: dt.date) -> list[Person]:
    """Who is monarch on a day, of a country or, where none is told, of any."""
    return [
        person
        for person in _monarchs(world)
        if any(t.role == role and country in (None, t.country) and t.held_on(day) for t in person.terms)
    ]


@functools.cache
def _monarchs(world: World) -> tuple[Person, ...]:
    return tuple(p for p in world.people if any(term.role in MONARCHS for term in p.terms))
