"""What is known of the world: countries, people and their offices, places, regions, bodies.

Pure: frozen data. Everything that has a name has it by language (ISO 639-1), the form to show first.
Indonesian and Malay write most foreign names as English does: a language without forms of its own
shows the English one, and only spellings that differ are listed.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import TypeAlias

from digest.facts import PartialDate

__all__ = [
    "ROLES",
    "Body",
    "Country",
    "Names",
    "Person",
    "Place",
    "PlaceKind",
    "Rank",
    "Region",
    "Term",
    "World",
]

#: Forms by language, the one to show first.
Names: TypeAlias = Mapping[str, tuple[str, ...]]


class Rank(IntEnum):
    """How high an office stands; the higher one leads a visit."""

    OTHER = 1
    MINISTER = 2
    HEAD = 3


#: Every office a term may name, as English news writes it, with its rank. The list is closed so that
#: "defense minister" and "minister of defence" cannot both creep into the data.
ROLES: Mapping[str, Rank] = MappingProxyType(
    {
        "president": Rank.HEAD,
        "acting president": Rank.HEAD,
        "prime minister": Rank.HEAD,
        "acting prime minister": Rank.HEAD,
        "premier": Rank.HEAD,
        "chancellor": Rank.HEAD,
        "supreme leader": Rank.HEAD,
        "leader": Rank.HEAD,
        "general secretary": Rank.HEAD,
        "king": Rank.HEAD,
        "queen": Rank.HEAD,
        "emperor": Rank.HEAD,
        "emir": Rank.HEAD,
        "sultan": Rank.HEAD,
        "grand duke": Rank.HEAD,
        "prince": Rank.HEAD,
        "pope": Rank.HEAD,
        "secretary-general": Rank.HEAD,
        "chief adviser": Rank.HEAD,
        "state counsellor": Rank.HEAD,
        "taoiseach": Rank.HEAD,
        "chief executive": Rank.HEAD,
        "crown prince": Rank.HEAD,
        "vice president": Rank.HEAD,
        "deputy prime minister": Rank.MINISTER,
        "foreign minister": Rank.MINISTER,
        "acting foreign minister": Rank.MINISTER,
        "defence minister": Rank.MINISTER,
        "secretary of state": Rank.MINISTER,
        "secretary of defense": Rank.MINISTER,
        "foreign secretary": Rank.MINISTER,
        "defence secretary": Rank.MINISTER,
        "treasury secretary": Rank.MINISTER,
        "finance minister": Rank.MINISTER,
        "unification minister": Rank.MINISTER,
        "trade minister": Rank.MINISTER,
        "energy minister": Rank.MINISTER,
        "investment minister": Rank.MINISTER,
        "minister of natural resources": Rank.MINISTER,
        "minister of state-owned enterprises": Rank.MINISTER,
        "minister of youth and sports": Rank.MINISTER,
        "coordinating minister": Rank.MINISTER,
        "state secretary": Rank.MINISTER,
        "cabinet secretary": Rank.MINISTER,
        "chief cabinet secretary": Rank.MINISTER,
        "secretary of the security council": Rank.MINISTER,
        "national security adviser": Rank.MINISTER,
        "high representative": Rank.MINISTER,
        "director-general": Rank.MINISTER,
        "managing director": Rank.MINISTER,
        "chairman": Rank.MINISTER,
        "chairwoman": Rank.MINISTER,
        "speaker": Rank.MINISTER,
        "ceremonial head of state": Rank.HEAD,
        "head of the international department": Rank.OTHER,
        "deputy foreign minister": Rank.OTHER,
        "deputy secretary of state": Rank.OTHER,
        "vice chairman": Rank.OTHER,
        "party secretary": Rank.OTHER,
        "high commissioner": Rank.MINISTER,
        "commissioner-general": Rank.MINISTER,
        "prosecutor": Rank.OTHER,
        "governor-general": Rank.HEAD,
        "chancellor of the exchequer": Rank.MINISTER,
        "department director": Rank.OTHER,
        "special envoy": Rank.OTHER,
        "trade representative": Rank.OTHER,
        "director": Rank.OTHER,
        "presidential aide": Rank.OTHER,
        "presidential spokesman": Rank.OTHER,
        "chief of the general staff": Rank.OTHER,
        "first lady": Rank.OTHER,
        "princess": Rank.OTHER,
        "cardinal secretary of state": Rank.MINISTER,
        "patriarch": Rank.OTHER,
        "governor": Rank.OTHER,
    }
)


def _shown(names: Names, language: str) -> str:
    """The form to show in `language`, the English one where it has none of its own."""
    return (names.get(language) or names["en"])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A state or territory of ISO 3166-1; also Kosovo (XK) and the European Union (EU)."""

    #: ISO 3166-1 alpha-2.
    code: str
    #: Full and usual names, never codes.
    names: Names
    #: Adjectives and demonyms: "Russian", "Russians".
    adjectives: Names = field(default_factory=dict)
    #: Forms that are ordinary words or syllables too ("US", 미, 北): they count in upper case, beside a
    #: title or as the language's headlines use them, never anywhere else.
    abbreviations: Names = field(default_factory=dict)
    #: English name of the capital (a `Place` of this country).
    capital: str | None = None
    #: The state a territory belongs to: a visit from there is not one abroad.
    part_of: str | None = None

    def name(self, language: str) -> str:
        """The name to show in `language`."""
        return _shown(self.names, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An office held by a person, for a country or for a body."""

    #: ISO 3166-1 alpha-2; None for an office of a body without a code.
    country: str | None
    #: One of `ROLES`.
    role: str
    #: First day, as precisely as it is known; None: not known.
    since: PartialDate | None = None
    #: Last day; None: not known, or still in office.
    until: PartialDate | None = None
    #: `Body.id`.
    body: str | None = None

    @property
    def rank(self) -> Rank:
        """How high the office stands."""
        return ROLES[self.role]

    def held_on(self, day: dt.date) -> bool:
        """Whether the office may have been held on `day`, as far as the dates are known."""
        return (self.since is None or self.since.earliest <= day) and (
            self.until is None or day <= self.until.latest
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whose travels are news."""

    #: The canonical English name, as in an encyclopedia: "Nguyễn Phú Trọng".
    name: str
    #: Full forms: "Kim Jong Un", "Kim Jong-un"; 김정은.
    names: Names
    #: Forms used alone ("Putin", 푸틴). Several people may share one: the date and the text decide.
    short: Names = field(default_factory=dict)
    #: Of the names and short forms of an inflected language, which are which case ("gen", "dat", "acc",
    #: "ins", "loc"); the others are in the nominative.
    cases: Mapping[str, Names] = field(default_factory=dict)
    #: At least one, in order of time.
    terms: tuple[Term, ...]

    def name_in(self, language: str) -> str:
        """The full name to show in `language`."""
        return _shown(self.names, language)

    def terms_on(self, day: dt.date) -> tuple[Term, ...]:
        """The offices held on `day`, the highest first (the later one among equals)."""
        held = [term for term in self.terms if term.held_on(day)]
        return tuple(sorted(reversed(held), key=lambda term: -term.rank))


class PlaceKind(StrEnum):
    """What a place is."""

    CAPITAL = "capital"
    CITY = "city"
    REGION = "region"
    #: A residence or an office that stands for a government: the Kremlin, the White House.
    SEAT = "seat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place inside one country."""

    #: English name.
    name: str
    #: ISO 3166-1 alpha-2.
    country: str
    kind: PlaceKind
    names: Names
    #: English name of the city a seat or region lies in, or is governed from for visits.
    city: str | None = None
    population: int | None = None
    #: The name is an ordinary word, a person's name or a bigger place elsewhere too: take it for this
    #: place only with a place marker or its country beside it.
    ambiguous: bool = False
    #: Languages in which such a name is this place nevertheless: "Lima" is in Spanish, not in Indonesian.
    clear_in: tuple[str, ...] = ()

    def name_in(self, language: str) -> str:
        """The name to show in `language`."""
        return _shown(self.names, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Several countries that people ask for together: both Koreas, ASEAN, the Gulf."""

    #: "korea", "asean", "middle east".
    id: str
    names: Names
    #: ISO 3166-1 alpha-2.
    countries: tuple[str, ...]

    def name_in(self, language: str) -> str:
        """The name to show in `language`."""
        return _shown(self.names, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An international organisation, which sends and receives visitors but is no country."""

    #: "un", "iaea".
    id: str
    #: English name.
    name: str
    names: Names
    #: Short forms that are ordinary words too unless in upper case: "WHO", "AU".
    abbreviations: Names = field(default_factory=dict)
    #: The country code that stands for it in a visit: only the European Union has one.
    country: str | None = None

    def name_in(self, language: str) -> str:
        """The name to show in `language`."""
        return _shown(self.names, language)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class World:
    """All of it. Compared by identity, so that what is built from a world can be cached by it."""

    #: By code.
    countries: Mapping[str, Country]
    people: tuple[Person, ...]
    places: tuple[Place, ...]
    regions: tuple[Region, ...]
    bodies: tuple[Body, ...]
    _people_by_name: Mapping[str, Person] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = MappingProxyType({person.name: person for person in self.people})
        object.__setattr__(self, "_people_by_name", by_name)

    def country(self, code: str) -> Country | None:
        """The country with this code."""
        return self.countries.get(code)

    def person(self, name: str) -> Person | None:
        """The person with this canonical English name."""
        return self._people_by_name.get(name)
