"""Whom a report means by its lead visitor: a person where the name or the office says so.

Pure: a party and a day in, a traveller out.
"""

import datetime as dt
import functools
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from digest.facts import Party, Visit
from digest.folding import folded
from digest.offices import LEADING, is_one_seat, plain_office, same_office
from digest.text import fold
from digest.world import Person, World

__all__ = ["Traveller", "lead_of", "may_be_one", "traveller_of"]

#: From here on two words in one script are spellings of one ("Zelensky", "Zelenskyy"); every word of a name
#: must be, for "Ri Yong Ho" and "Ri Yong Gil" are two people.
ALIKE = 80
#: Offices that do not say who: anybody of the country may be meant.
ANYBODY = frozenset({"delegation", "official", "senior official", "high-ranking official", "envoy"})
#: Where a country has several heads, its "leader" holds the first of these that it has.
FIRST_SEATS = ("supreme leader", "general secretary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """A lead visitor, as sharply as one report tells who it is."""

    #: Equal for the same person however named, or for the same office of the same country.
    key: str
    country: str | None
    #: The office under its plain name.
    role: str | None
    #: As told; None: the office alone is.
    name: str | None
    #: Named, and known to the world data, so that it can be nobody else.
    is_sure: bool


def lead_of(visit: Visit) -> Party | None:
    """Who leads the visit: the first told, but a spouse travels along."""
    lead = visit.visitors[0] if visit.visitors else None
    if lead is not None and lead.role == "first lady":
        heads = (v for v in visit.visitors if v.country == lead.country and v.role in LEADING)
        return next(heads, lead)
    return lead


def traveller_of(visit: Visit, day: dt.date, world: World) -> Traveller | None:
    """The lead visitor, None where nothing is told of one.

    Args:
        visit: As an article reports it.
        day: On which whoever held the office is meant.
        world: Whose people are known.
    """
    party = lead_of(visit)
    if party is None or (party.name is None and party.country is None and party.role is None):
        return None
    role = plain_office(party.role) if party.role else None
    if role in ANYBODY and not party.name:
        role = None
    person = _person(party.name, world) if party.name else _holder(party.country, role, day, world)
    name = person.name if person else party.name
    return Traveller(
        key=f"person:{_name_key(name)}" if name else f"office:{party.country or ''}/{role or ''}",
        country=party.country,
        role=role,
        name=party.name,
        is_sure=person is not None and party.name is not None,
    )


def may_be_one(one: Traveller, other: Traveller) -> bool:
    """Whether two travellers to one country in the same days are one person told in two ways.

    Names in one script must be alike; names in two scripts cannot be compared, and the office decides, where
    a country has one holder of it.
    """
    if one.country != other.country or one.country is None or (one.is_sure and other.is_sure):
        return False
    if one.name is None or other.name is None:
        told, held = (one, other) if one.name is None else (other, one)
        return told.role is not None and held.role is not None and same_office(told.role, held.role)
    if _script(one.name) == _script(other.name):
        return _are_alike(fold(one.name), fold(other.name))
    return one.role == other.role and is_one_seat(one.role)


def _person(name: str, world: World) -> Person | None:
    return world.person(name) or _by_key(world).get(_name_key(name))


def _holder(country: str | None, role: str | None, day: dt.date, world: World) -> Person | None:
    """The one person known to hold an office on a day; None where there are several or none."""
    if role is None or country is None:
        return None
    holders = [
        (person, held)
        for person, held in _held_by_country(world, day).get(country, ())
        if any(same_office(role, each) for each in held)
    ]
    if len(holders) > 1 and role == "leader":
        first = next((seat for seat in FIRST_SEATS if any(seat in held for _, held in holders)), None)
        holders = [(person, held) for person, held in holders if first in held]
    return holders[0][0] if len(holders) == 1 else None


@functools.lru_cache(maxsize=512)
def _held_by_country(world: World, day: dt.date) -> Mapping[str, Sequence[tuple[Person, frozenset[str]]]]:
    """Who holds which offices, by country."""
    found: dict[str, list[tuple[Person, frozenset[str]]]] = {}
    for person in world.people:
        held: dict[str, set[str]] = {}
        for term in person.terms_on(day):
            if term.country:
                held.setdefault(term.country, set()).add(term.role)
        for country, roles in held.items():
            found.setdefault(country, []).append((person, frozenset(roles)))
    return found


@functools.lru_cache(maxsize=4)
def _by_key(world: World) -> Mapping[str, Person]:
    """People by each of their English names; a name that two people share tells neither."""
    found: dict[str, list[Person]] = {}
    for person in world.people:
        for key in {_name_key(name) for name in person.names["en"]}:
            found.setdefault(key, []).append(person)
    return {key: people[0] for key, people in found.items() if len(people) == 1}


@functools.lru_cache(maxsize=4096)
def _name_key(name: str) -> str:
    """A name without accents, hyphens and the order of its parts ("Ishiba Shigeru")."""
    return " ".join(sorted(folded(name).split()))


def _script(name: str) -> str:
    """The script of a name, by its first letter; Chinese characters and kana are one."""
    letter = next((char for char in name if char.isalpha()), "")
    script = unicodedata.name(letter, "").partition(" ")[0]
    return "CJK" if script in {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"} else script


def _are_alike(one: str, other: str) -> bool:
    """Whether two folded names are spellings of one, or one is a part of the other."""
    words, others = folded(one).split(), folded(other).split()
    if not words or not others:
        return False
    if set(words) <= set(others) or set(others) <= set(words):
        return True
    if len(words) == len(others) == 1 and (one.startswith(other) or other.startswith(one)):
        return min(len(one), len(other)) > 1  # 岩屋 of 岩屋毅; a single sign is a family name of many
    return len(words) == len(others) and all(
        max(fuzz.ratio(word, other) for other in others) >= ALIKE for word in words
    )
