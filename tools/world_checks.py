"""What is wrong with the world data as a whole, beyond what the schema of one record can see.

Pure: a world in, sentences out.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from digest.world import Names, World

__all__ = ["SCRIPTS", "check"]

#: The letters in which a language writes names. Latin letters pass only in abbreviations ("IAEA", "JD 밴스").
SCRIPTS: Mapping[str, str] = MappingProxyType(
    {
        "ar": "\u0621-\u06d3",
        "hi": "\u0900-\u097f",
        "ja": "\u3041-\u30ff\u3005\u4e00-\u9fff",
        "ko": "\uac00-\ud7a3\u4e00-\u9fff",
        "ru": "\u0400-\u045f",
        "zh": "\u4e00-\u9fff\u3007",
    }
)
_WRITTEN = {
    language: re.compile(rf"[{letters}]|\b[A-Z][A-Z0-9-]*\b") for language, letters in SCRIPTS.items()
}
#: Letters that no name in these languages has: they came from another file.
_FOREIGN = {
    "ar": "[ก-๙\u0400-\u045f\u3041-\ud7a3]",
    "hi": "[\u0621-\u06d3\u0400-\u045f\u3041-\ud7a3]",
    "ja": "[\uac00-\ud7a3\u0400-\u045f]",
    "zh": "[\uac00-\ud7a3\u0400-\u045f\u3041-\u30fa]",
    "ru": "[\u0621-\u06d3\u3041-\ud7a3]",
}
_LATIN_FOREIGN = re.compile("[\u0400-\u06d3\u0900-\u0e4f\u3041-\ud7a3]")


def check(world: World) -> list[str]:
    """What is wrong with the data as a whole."""
    problems = [*_shared_country_names(world), *_problems_of_script(world), *_short_korean(world)]
    cities = {(place.country, place.name) for place in world.places}
    for place in world.places:
        if place.city and (place.country, place.city) not in cities:
            problems.append(f"{place.name}: lies in {place.city!r}, which is no place of {place.country}")
    names = {name for country in world.countries.values() for name in country.names["en"]}
    problems += [
        f"{p.name}: a city with a country's name" for p in world.places if p.name in names and not p.ambiguous
    ]
    return problems


def _shared_country_names(world: World) -> Iterator[str]:
    """No two countries share a name, or one would be told for the other."""
    owners: dict[tuple[str, str], str] = {}
    for country in world.countries.values():
        for names in (country.names, country.adjectives, country.abbreviations):
            for language, texts in names.items():
                for text in texts:
                    owner = owners.setdefault((language, text.casefold()), country.code)
                    if owner != country.code:
                        yield f"{text!r} ({language}) is {owner} and {country.code}"


def _named(world: World) -> Iterator[tuple[str, Names]]:
    """Every set of names with the record that has it."""
    for country in world.countries.values():
        yield from ((country.code, names) for names in (country.names, country.adjectives))
    for person in world.people:
        yield from ((person.name, names) for names in (person.names, person.short))
    yield from ((place.name, place.names) for place in world.places)
    yield from ((region.id, region.names) for region in world.regions)
    yield from ((body.name, body.names) for body in world.bodies)


def _problems_of_script(world: World) -> Iterator[str]:
    """Forms are written in letters that outlets in the language print."""
    for label, names in _named(world):
        for language, texts in names.items():
            foreign = _FOREIGN.get(language)
            for text in texts:
                if language in _WRITTEN and not _WRITTEN[language].search(text):
                    yield f"{label}: not written as {language} is: {text!r}"
                elif re.search(foreign, text) if foreign else _is_foreign(language, text):
                    yield f"{label}: letters that {language} has not: {text!r}"


def _is_foreign(language: str, text: str) -> bool:
    return language not in SCRIPTS and bool(_LATIN_FOREIGN.search(text))


def _short_korean(world: World) -> Iterator[str]:
    """One Korean syllable is no name used alone."""
    for person in world.people:
        short = [text for text in person.short.get("ko", ()) if len(text) < 2]
        yield from (f"{person.name}: too short to stand alone: {text!r}" for text in short)
