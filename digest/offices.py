"""Offices: how high they stand, and when two words mean the same one.

Pure.
"""

from collections.abc import Sequence

from digest.world import ROLES, Rank

__all__ = ["MONARCHS", "NAMELESS", "SEATED", "fullest", "rank_of", "same_office"]

#: Offices that only one state has.
SEATED = {"pope": "VA"}
#: Offices whose holders are called by their first names.
MONARCHS = frozenset({"king", "queen", "emperor", "empress", "emir", "sultan"})
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
