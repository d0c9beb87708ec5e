"""The names of the world that a question uses.

Pure. Only the few phrases of the question are looked for, so that no index of all names has to be built
for one command.
"""

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.topic_words import plain
from bot.topics import GLUING
from digest.folding import folded
from digest.world import Body, Country, Names, Person, Place, PlaceKind, Rank, Region, World

__all__ = ["Meanings", "Named", "country_named", "names_in"]


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
    #: The country that it lies in.
    inside: str | None = None
    #: It is a region of that country.
    is_region: bool = False
    #: Folded forms that a headline about it would use.
    terms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Meanings:
    """What one phrase names."""

    named: tuple[Named, ...]
    #: The languages that write it so.
    languages: frozenset[str]
    #: It is an abbreviation and stands in capitals, so that it is no small word that is written alike.
    is_abbreviation: bool


def names_in(query: str, phrases: Collection[str], world: World) -> dict[str, Meanings]:
    """What each phrase means, for those that mean something.

    Args:
        query: As it was typed: of abbreviations that are ordinary words too those of two letters count in
            upper case only, or where they are all that is asked.
        phrases: Folded phrases of the query.
        world: Whose names are known.
    """
    initials = sorted({phrase[0] for phrase in phrases})
    typed = _Typed(query)
    found: dict[str, list[Named]] = {}
    languages: dict[str, set[str]] = {}
    capitals: set[str] = set()
    for initial in initials:
        for form, language, is_abbreviation, thing in _by_initial(world).get(initial, ()):
            phrase = folded(form)
            if phrase not in phrases or (is_abbreviation and not typed.has_abbreviation(phrase, form)):
                continue
            if is_abbreviation and typed.has_capitals(phrase):
                capitals.add(phrase)
            languages.setdefault(phrase, set()).add(language)
            named = _named(thing, world)
            if named not in found.setdefault(phrase, []):
                found[phrase].append(named)
    return {
        phrase: Meanings(
            _meant(phrase, named, languages[phrase], world), frozenset(languages[phrase]), phrase in capitals
        )
        for phrase, named in found.items()
    }


class _Typed:
    """How a question was typed, to tell abbreviations from ordinary words."""

    def __init__(self, query: str) -> None:
        words = (*query.split(), *re.findall(r"\w+", query))
        self._whole = folded(query)
        self._is_all_capitals = query.upper() == query
        self._capitals = {folded(word) for word in words if word.upper() == word}
        self._accented = {word for word in plain(query).split() if not word.isascii()}

    def has_abbreviation(self, phrase: str, form: str) -> bool:
        """Whether a phrase counts: in capitals, alone, with its accents, or no alphabet's small word."""
        return (
            len(phrase) > 2
            or phrase >= GLUING
            or phrase in self._capitals
            or phrase == self._whole
            or plain(form) in self._accented
        )

    def has_capitals(self, phrase: str) -> bool:
        """Whether a phrase was typed in capitals on purpose."""
        return phrase in self._capitals and not self._is_all_capitals


def country_named(code: str, world: World) -> Named:
    """A country as a question means it, by its code."""
    country = world.country(code)
    return _state(country.name("en") if country else code, [code], world)


_Thing = Country | Person | Place | Region | Body


@functools.lru_cache(maxsize=2)
def _by_initial(world: World) -> Mapping[str, Sequence[tuple[str, str, bool, _Thing]]]:
    """Every form by its first letter as folding leaves it: with its language, and whether it abbreviates.

    A question needs few of the letters, so that no form has to be folded before it is asked for.
    """
    found: dict[str, list[tuple[str, str, bool, _Thing]]] = {}
    for names, is_abbreviation, thing in _everything(world):
        for language, form in _by_language(names):
            found.setdefault(_initial(form[0]), []).append((form, language, is_abbreviation, thing))
    return found


def _everything(world: World) -> Iterator[tuple[Sequence[Names], bool, _Thing]]:
    """The names of everything; whether they are abbreviations; and the thing itself."""
    for country in world.countries.values():
        yield (country.names, country.adjectives), False, country
        yield (country.abbreviations,), True, country
    for region in world.regions:
        yield (region.names,), False, region
    for body in world.bodies:
        yield (body.names,), False, body
        yield (body.abbreviations,), True, body
    for person in world.people:
        yield (person.names, person.short), False, person
    for place in world.places:
        yield (place.names,), False, place


def _by_language(names: Iterable[Names]) -> Iterator[tuple[str, str]]:
    """Every form with its language."""
    for each in names:
        for language, forms in each.items():
            for form in forms:
                yield language, form


def _meant(phrase: str, named: list[Named], languages: Collection[str], world: World) -> tuple[Named, ...]:
    """What a phrase means of all that it names: the weightiest, and who else has that surname.

    A region of another country that is called like a state is kept beside it: Georgia.
    """
    top = max(one.weight for one in named)
    kept = [one for one in named if one.weight is top or (top is _Weight.STATE and one.is_region)]
    if top is _Weight.PERSON and " " not in phrase:
        known = {one.name for one in kept}
        kept += [_named(p, world) for p in _namesakes(phrase, languages, world) if p.name not in known]
    return tuple(kept)


def _namesakes(surname: str, languages: Collection[str], world: World) -> Iterator[Person]:
    """Everybody of some rank whose name begins or ends with a surname."""
    for person in world.people:
        if max(term.rank for term in person.terms) is Rank.OTHER:
            continue
        forms = (form for language in languages for form in person.names.get(language, ()))
        if any(surname in (words[0], words[-1]) for form in forms if (words := folded(form).split())):
            yield person


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
    return Named(
        label=thing.name,
        weight=_Weight.PLACE,
        place=thing.name,
        inside=thing.country,
        is_region=thing.kind is PlaceKind.REGION,
        terms=_terms(thing.names),
    )


def _state(label: str, codes: Iterable[str], world: World, weight: _Weight = _Weight.STATE) -> Named:
    """Countries, with all that headlines call them: names, adjectives, capitals and seats."""
    countries = frozenset(codes)
    terms = frozenset[str]().union(*(_terms_of(code, world) for code in countries))
    return Named(label=label, weight=weight, countries=countries, terms=terms)


@functools.lru_cache(maxsize=512)
def _terms_of(code: str, world: World) -> frozenset[str]:
    """All that headlines call a country."""
    country = world.country(code)
    terms = _terms(country.names) | _terms(country.adjectives) if country else frozenset[str]()
    standing = (PlaceKind.CAPITAL, PlaceKind.SEAT)
    seats = (_terms(p.names) for p in world.places if p.country == code and p.kind in standing)
    return terms.union(*seats)


def _forms(names: Names) -> tuple[str, ...]:
    return tuple(form for forms in names.values() for form in forms)


def _terms(names: Names) -> frozenset[str]:
    return frozenset(folded(form) for form in _forms(names))


@functools.lru_cache(maxsize=4096)
def _initial(letter: str) -> str:
    """The first letter of a form as folding leaves it."""
    return folded(letter)[:1]
