"""The names of the world that a question uses.

Pure. Only the few phrases of the question are looked for, so that no index of all names has to be built
for one command.
"""

import functools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from digest.folding import folded
from digest.world import Body, Country, Names, Person, Place, PlaceKind, Region, World

__all__ = ["Named", "country_named", "names_in"]


class _Weight(IntEnum):
    """Which meaning of a name counts where it has several: a country before a town of that name."""

    PLACE = 1
    PERSON = 2
    STATE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One thing that a name means."""

    #: English name.
    label: str
    weight: _Weight
    #: ISO 3166-1 alpha-2.
    countries: frozenset[str] = frozenset()
    #: Canonical name of a person or body.
    name: str | None = None
    #: English name of a city or region.
    place: str | None = None
    #: Folded forms that a headline about it would use.
    terms: frozenset[str] = frozenset()


def names_in(query: str, phrases: Collection[str], world: World) -> dict[str, tuple[Named, ...]]:
    """What each phrase means, for those that mean something.

    Args:
        query: As it was typed: abbreviations that are ordinary words too count in upper case only, or
            where they are all that is asked.
        phrases: Folded phrases of the query.
        world: Whose names are known.
    """
    initials = frozenset(phrase[0] for phrase in phrases)
    shouted = {folded(word) for word in query.split() if word.upper() == word} | {folded(query)}
    found: dict[str, list[Named]] = {}
    for forms, is_abbreviation, thing in _everything(world):
        for form in forms:
            if _initial(form[0]) not in initials:
                continue
            phrase = folded(form)
            if phrase in phrases and not (is_abbreviation and phrase not in shouted):
                named = _named(thing, world)
                if named not in found.setdefault(phrase, []):
                    found[phrase].append(named)
    return {phrase: _weightiest(named) for phrase, named in found.items()}


def country_named(code: str, world: World) -> Named:
    """A country as a question means it, by its code."""
    country = world.country(code)
    return _state(country.name("en") if country else code, [code], world)


_Thing = Country | Person | Place | Region | Body


def _everything(world: World) -> Iterator[tuple[Iterable[str], bool, _Thing]]:
    """The forms of everything with a name; whether they are abbreviations; and the thing itself."""
    for country in world.countries.values():
        yield (*_forms(country.names), *_forms(country.adjectives)), False, country
        yield _forms(country.abbreviations), True, country
    for region in world.regions:
        yield _forms(region.names), False, region
    for body in world.bodies:
        yield _forms(body.names), False, body
        yield _forms(body.abbreviations), True, body
    for person in world.people:
        yield (*_forms(person.names), *_forms(person.short)), False, person
    for place in world.places:
        yield _forms(place.names), False, place


def _named(thing: _Thing, world: World) -> Named:
    """A thing of the world as a question means it."""
    if isinstance(thing, Country):
        return country_named(thing.code, world)
    if isinstance(thing, Region):
        state = _state(thing.name_in("en"), thing.countries, world)
        return Named(
            label=state.label,
            weight=_Weight.STATE,
            countries=state.countries,
            terms=state.terms | _terms(thing.names),
        )
    if isinstance(thing, Body):
        countries = frozenset({thing.country} if thing.country else ())
        return Named(
            label=thing.name,
            weight=_Weight.STATE,
            countries=countries,
            name=thing.name,
            terms=_terms(thing.names),
        )
    if isinstance(thing, Person):
        terms = _terms(thing.names) | _terms(thing.short)
        return Named(label=thing.name, weight=_Weight.PERSON, name=thing.name, terms=terms)
    if thing.kind in (PlaceKind.CAPITAL, PlaceKind.SEAT):
        return _state(thing.name, [thing.country], world, weight=_Weight.PLACE)
    return Named(label=thing.name, weight=_Weight.PLACE, place=thing.name, terms=_terms(thing.names))


def _state(label: str, codes: Iterable[str], world: World, weight: _Weight = _Weight.STATE) -> Named:
    """Countries, with all that headlines call them: names, adjectives, capitals and seats."""
    countries = frozenset(codes)
    terms: set[str] = set()
    for code in countries:
        if country := world.country(code):
            terms |= _terms(country.names) | _terms(country.adjectives)
    for place in world.places:
        if place.country in countries and place.kind in (PlaceKind.CAPITAL, PlaceKind.SEAT):
            terms |= _terms(place.names)
    return Named(label=label, weight=weight, countries=countries, terms=frozenset(terms))


def _weightiest(named: list[Named]) -> tuple[Named, ...]:
    top = max(one.weight for one in named)
    return tuple(one for one in named if one.weight is top)


def _forms(names: Names) -> tuple[str, ...]:
    return tuple(form for forms in names.values() for form in forms)


def _terms(names: Names) -> frozenset[str]:
    return frozenset(folded(form) for form in _forms(names))


@functools.lru_cache(maxsize=4096)
def _initial(letter: str) -> str:
    """The first letter of a form as folding leaves it."""
    return folded(letter)[:1]
