"""The one door into the world data: parsed JSON lines in, a checked `World` out.

Pure: it sees records, never files. Unknown keys are refused, because a misspelt key would otherwise be
a name nobody ever finds.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from digest.errors import InvalidWorldError
from digest.facts import PartialDate
from digest.world.records import (
    ROLES,
    Body,
    Country,
    Names,
    Person,
    Place,
    PlaceKind,
    Region,
    Term,
    World,
)

__all__ = [
    "FILES",
    "build_bodies",
    "build_countries",
    "build_people",
    "build_places",
    "build_regions",
    "build_world",
]

#: The files of the world data, without their ending.
FILES = ("countries", "people", "places", "regions", "bodies")

Record = Mapping[str, Any]
Built = TypeVar("Built")

_KINDS = {str(kind): kind for kind in PlaceKind}


class _ProblemError(ValueError):
    """What is wrong with one record; `build_world` adds the file and the line."""


def build_world(records: Mapping[str, Iterable[Record]]) -> World:
    """Build the world from the records of each file of `FILES`, in the order of their lines.

    Raises:
        InvalidWorldError: The first record that breaks the schema: file, line and what is wrong.
    """
    unknown = sorted(set(records) - set(FILES))
    if unknown:
        raise InvalidWorldError(f"{unknown[0]}.jsonl", 1, f"unknown file; known: {', '.join(FILES)}")
    bodies = build_bodies(records.get("bodies", ()))
    countries = build_countries(records.get("countries", ()))
    return World(
        countries=countries,
        people=build_people(records.get("people", ()), countries, bodies),
        places=build_places(records.get("places", ()), countries),
        regions=build_regions(records.get("regions", ()), countries),
        bodies=bodies,
    )


def build_countries(records: Iterable[Record]) -> Mapping[str, Country]:
    """The countries by code; like the other sections, an InvalidWorldError names the first bad record."""
    countries = _build("countries", records, _country, key=lambda country: country.code)
    return MappingProxyType({country.code: country for country in countries})


def build_people(
    records: Iterable[Record], countries: Mapping[str, Country], bodies: tuple[Body, ...]
) -> tuple[Person, ...]:
    """The people; their offices are those of known countries and bodies."""
    codes, body_ids = set(countries), {body.id for body in bodies}
    return _build("people", records, lambda r: _person(r, codes, body_ids), key=lambda p: p.name)


def build_places(records: Iterable[Record], countries: Mapping[str, Country]) -> tuple[Place, ...]:
    """The places of known countries."""
    codes = set(countries)
    return _build(
        "places", records, lambda r: _place(r, codes), key=lambda p: f"{p.name} ({p.country}, {p.kind})"
    )


def build_regions(records: Iterable[Record], countries: Mapping[str, Country]) -> tuple[Region, ...]:
    """The regions of known countries."""
    codes = set(countries)
    return _build("regions", records, lambda r: _region(r, codes), key=lambda region: region.id)


def build_bodies(records: Iterable[Record]) -> tuple[Body, ...]:
    """The international bodies."""
    return _build("bodies", records, _body, key=lambda body: body.id)


def _build(
    file: str,
    records: Iterable[Record],
    make: Callable[[Record], Built],
    key: Callable[[Built], str],
) -> tuple[Built, ...]:
    """Make each record of one file, and refuse the same key twice."""
    built: dict[str, Built] = {}
    for number, record in enumerate(records, start=1):
        try:
            made = make(record)
        except _ProblemError as problem:
            raise InvalidWorldError(f"{file}.jsonl", number, str(problem)) from None
        if key(made) in built:
            raise InvalidWorldError(f"{file}.jsonl", number, f"{key(made)!r} is there twice")
        built[key(made)] = made
    return tuple(built.values())


def _country(record: Record) -> Country:
    _only(record, "code", "names", "adjectives", "abbreviations", "capital", "part_of")
    code = _text(record, "code")
    if not (len(code) == 2 and code.isascii() and code.isupper()):
        raise _ProblemError(f"code: not two capital letters: {code!r}")
    return Country(
        code=sys.intern(code),
        names=_names(record, "names"),
        adjectives=_names(record, "adjectives", needed=False),
        abbreviations=_names(record, "abbreviations", needed=False),
        capital=_text_or_none(record, "capital"),
        part_of=_text_or_none(record, "part_of"),
    )


def _person(record: Record, codes: set[str], bodies: set[str]) -> Person:
    _only(record, "name", "names", "short", "cases", "terms")
    terms = record.get("terms")
    if not isinstance(terms, list) or not terms:
        raise _ProblemError("terms: at least one is needed")
    return Person(
        name=_text(record, "name"),
        names=_names(record, "names"),
        short=_names(record, "short", needed=False),
        cases=_cases(record),
        terms=tuple(_term(term, codes, bodies) for term in terms),
    )


def _term(record: object, codes: set[str], bodies: set[str]) -> Term:
    if not isinstance(record, dict):
        raise _ProblemError(f"terms: not an object: {record!r}")
    _only(record, "country", "role", "since", "until", "body")
    role = _text(record, "role")
    if role not in ROLES:
        raise _ProblemError(f"role: not in the list of roles: {role!r}")
    since, until = _date(record, "since"), _date(record, "until")
    if since and until and since.earliest > until.latest:
        raise _ProblemError(f"until: {until} is before since: {since}")
    country = _code_or_none(record, codes)
    body = _text_or_none(record, "body")
    if body is not None and body not in bodies:
        raise _ProblemError(f"body: unknown: {body!r}")
    if country is None and body is None:
        raise _ProblemError(f"terms: {role!r} has neither country nor body")
    return Term(country=country, role=sys.intern(role), since=since, until=until, body=body)


def _place(record: Record, codes: set[str]) -> Place:
    _only(record, "name", "country", "kind", "names", "city", "population", "ambiguous", "clear_in")
    kind = _text(record, "kind")
    if kind not in _KINDS:
        raise _ProblemError(f"kind: not one of {', '.join(PlaceKind)}: {kind!r}")
    population = record.get("population")
    if not (population is None or (isinstance(population, int) and population > 0)):
        raise _ProblemError(f"population: not a count: {population!r}")
    ambiguous = record.get("ambiguous", False)
    if not isinstance(ambiguous, bool):
        raise _ProblemError(f"ambiguous: not true or false: {ambiguous!r}")
    return Place(
        name=_text(record, "name"),
        country=_code(_text(record, "country"), codes),
        kind=_KINDS[kind],
        names=_names(record, "names"),
        city=_text_or_none(record, "city"),
        population=population,
        ambiguous=ambiguous,
        clear_in=_languages(record, "clear_in"),
    )


def _region(record: Record, codes: set[str]) -> Region:
    _only(record, "id", "names", "countries")
    countries = record.get("countries")
    if not isinstance(countries, list) or not countries:
        raise _ProblemError("countries: at least one is needed")
    return Region(
        id=_text(record, "id"),
        names=_names(record, "names"),
        countries=tuple(_code(code, codes) for code in countries),
    )


def _body(record: Record) -> Body:
    _only(record, "id", "name", "names", "abbreviations", "country")
    return Body(
        id=_text(record, "id"),
        name=_text(record, "name"),
        names=_names(record, "names"),
        abbreviations=_names(record, "abbreviations", needed=False),
        country=_text_or_none(record, "country"),
    )


def _only(record: Record, *known: str) -> None:
    """Refuse keys that no reader would ever look at."""
    for key in record:
        if key not in known:
            raise _ProblemError(f"unknown key {key!r}; known: {', '.join(known)}")


def _text(record: Record, key: str) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value or value != value.strip():
        raise _ProblemError(f"{key}: not a text: {value!r}")
    return value


def _text_or_none(record: Record, key: str) -> str | None:
    return None if record.get(key) is None else sys.intern(_text(record, key))


def _code(value: object, codes: set[str]) -> str:
    if not isinstance(value, str) or value not in codes:
        raise _ProblemError(f"country: unknown: {value!r}")
    return sys.intern(value)


def _code_or_none(record: Record, codes: set[str]) -> str | None:
    value = record.get("country")
    return None if value is None else _code(value, codes)


def _date(record: Record, key: str) -> PartialDate | None:
    value = record.get(key)
    if value is None:
        return None
    try:
        return PartialDate.parse(value)
    except (AttributeError, TypeError, ValueError):
        raise _ProblemError(f"{key}: not a date (2024, 2024-06 or 2024-06-18): {value!r}") from None


def _names(record: Record, key: str, *, needed: bool = True) -> Names:
    """Forms by language; English ones are needed where the record would have no name without them."""
    value = record.get(key, {})
    if not isinstance(value, dict):
        raise _ProblemError(f"{key}: not forms by language: {value!r}")
    if needed and not value.get("en"):
        raise _ProblemError(f"{key}: no English form")
    forms: dict[str, tuple[str, ...]] = {}
    for language, texts in value.items():
        if not (len(language) == 2 and language.isascii() and language.islower()):
            raise _ProblemError(f"{key}: not a language code: {language!r}")
        forms[sys.intern(language)] = _forms(texts, key, language)
    return MappingProxyType(forms)


def _languages(record: Record, key: str) -> tuple[str, ...]:
    """Language codes; none where the key is left out."""
    value = record.get(key, [])
    known = isinstance(value, list) and all(isinstance(code, str) and len(code) == 2 for code in value)
    if not known:
        raise _ProblemError(f"{key}: not language codes: {value!r}")
    return tuple(map(sys.intern, value))


def _cases(record: Record) -> Mapping[str, Names]:
    """Inflected forms by language and case."""
    found: dict[str, Names] = {}
    for language, by_case in record.get("cases", {}).items():
        if set(by_case) - {"gen", "dat", "acc", "ins", "loc"}:
            raise _ProblemError(f"cases.{language}: unknown case among {', '.join(by_case)}")
        found[language] = MappingProxyType(
            {sys.intern(case): _forms(texts, "cases", language) for case, texts in by_case.items()}
        )
    return MappingProxyType(found)


def _forms(texts: object, key: str, language: str) -> tuple[str, ...]:
    if not isinstance(texts, list) or not texts:
        raise _ProblemError(f"{key}.{language}: not a list of forms: {texts!r}")
    for text in texts:
        if not isinstance(text, str) or not text or text != text.strip():
            raise _ProblemError(f"{key}.{language}: not a form: {text!r}")
    if len(texts) > 1 and len(set(texts)) != len(texts):
        raise _ProblemError(f"{key}.{language}: a form is there twice")
    return tuple(map(sys.intern, texts))  # one language often writes what another does
