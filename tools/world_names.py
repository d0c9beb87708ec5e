"""The names of the world in one more language: `world_sources/names/<language>/*.toml` laid over the records.

One file a kind of record (countries, people, places, regions, bodies), each optional. A line is a record,
by its code or English name, and its forms, which are separated by " | ":

    "Vladimir Putin" = "Владимир Путин"
    "Fumio Kishida" = { names = "岸田文雄", short = "岸田" }

`docs/world-data.md` says what each key means.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from tools.world_forms import ADJECTIVES, german_genitive, russian_cases, russian_cases_of_person

__all__ = [
    "Names",
    "Record",
    "SourceError",
    "Table",
    "forms",
    "lay_names_over",
    "plain",
    "unique",
    "with_plain",
]

Record: TypeAlias = dict[str, Any]
Names: TypeAlias = dict[str, list[str]]
Table: TypeAlias = Mapping[str, Any]

#: Keys of an entry; a text alone is its `names`.
_KEYS: Mapping[str, frozenset[str]] = {
    "countries": frozenset({"show", "names", "adj", "abbr", "drop", "fixed"}),
    "people": frozenset({"names", "short", "woman", "last", "fixed"}),
    "places": frozenset({"names", "fixed", "clear"}),
    "regions": frozenset({"names"}),
    "bodies": frozenset({"names", "abbr"}),
}
#: What a record is called in the overlays.
_KEY_OF: Mapping[str, str] = {
    "countries": "code",
    "people": "name",
    "places": "name",
    "regions": "id",
    "bodies": "id",
}
#: Their people are told by the full name or by the family name, which stands first.
_FAMILY_FIRST = frozenset({"CN", "HK", "KH", "KP", "KR", "TW", "VN"})
#: Their Russian surnames are bent as Russian ones.
_SLAVIC = frozenset({"AM", "AZ", "BG", "BY", "GE", "KG", "KZ", "MD", "MK", "RU", "TJ", "TM", "UA", "UZ"})
#: "Son of", "the father of": what follows is not used alone.
_SON_OF = frozenset({"bin", "bint", "бен", "бин", "аль", "بن", "بنت", "आल", "अल", "बिन"})
_LATIN = frozenset({"de", "es", "fr", "id", "ms", "pt", "tr", "vi"})
_LETTERS = str.maketrans(
    {"đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "ß": "ss", "æ": "ae", "ə": "a"}
    | {"ð": "d", "þ": "th", "’": "'", "‘": "'", "ʻ": "'", "ʿ": "'"}
)


class SourceError(ValueError):
    """A source says something that cannot be."""


def forms(text: str) -> list[str]:
    """The forms of a source line, which are separated by " | "."""
    return [form.strip() for form in unicodedata.normalize("NFC", text).split("|") if form.strip()]


def unique(texts: Iterable[str]) -> list[str]:
    """The texts in order, each once."""
    return list(dict.fromkeys(texts))


def plain(text: str) -> str:
    """The spelling without diacritics that most newsrooms use: "Nguyễn" is "Nguyen"."""
    letters = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(char for char in letters if not unicodedata.combining(char)))


def with_plain(texts: Iterable[str]) -> list[str]:
    """Each form and its plain spelling, in order."""
    return unique(variant for text in texts for variant in (text, plain(text)))


def lay_names_over(records: Mapping[str, list[Record]], folder: Path, languages: frozenset[str]) -> None:
    """Add the forms of every language's folder to the records, and drop what is the same as in English.

    Raises:
        SourceError: A file, record or key that nobody knows.
    """
    fixed: set[tuple[str, str]] = set()
    for path in sorted(folder.glob("*/*")):
        language, kind = path.parent.name, path.stem
        if language not in languages or kind not in _KEYS or path.suffix != ".toml":
            raise SourceError(f"names/{language}/{path.name}: no language of the build, or no kind of record")
        found = _by_key(records[kind], kind)
        for key, entry in _entries(path, kind):
            if key not in found:
                raise SourceError(f"names/{language}/{path.name}: unknown: {key!r}")
            _LAY[kind](found[key], entry, language)
            if entry.get("fixed"):
                fixed.add((key, language))
    for country in records["countries"]:
        for language, cases in (("ru", russian_cases), ("de", german_genitive)):
            names = country["names"].get(language, [])
            if (country["code"], language) not in fixed:
                _add(country, "names", language, [case for name in names for case in cases(name)])
    for record in (record for kind in records.values() for record in kind):
        for language in ("ru", "hi"):
            for field in ("names", "adjectives", "short"):
                if language in record.get(field, {}):
                    record[field][language] = _with_careless(record[field][language], language)
        english = record["names"]["en"]
        for language in _LATIN & set(record["names"]):
            if record["names"][language] == english[:1]:
                del record["names"][language]


def _with_careless(texts: Iterable[str], language: str) -> list[str]:
    """Each form and how newsrooms write it that leave marks out: е for ё, no dot below ज, फ, क, ख, ग."""

    def careless(text: str) -> str:
        return text.replace("ё", "е") if language == "ru" else re.sub("(?<=[कखगजफ])\u093c", "", text)

    return unique(variant for text in texts for variant in (text, careless(text)))


def _by_key(records: Iterable[Record], kind: str) -> dict[str, Record]:
    """The records by what an overlay calls them.

    Of places with one name the capital has it, or else the biggest; each answers to "Name, XX" too.
    """
    found: dict[str, Record] = {}
    for record in records:
        key = record[_KEY_OF[kind]]
        if kind != "places":
            found[key] = record
            continue
        found.setdefault(f"{key}, {record['country']}", record)
        if key not in found or _weight(record) > _weight(found[key]):
            found[key] = record
    return found


def _weight(place: Record) -> tuple[bool, int]:
    return place["kind"] == "capital", place.get("population", 0)


def _entries(path: Path, kind: str) -> Iterator[tuple[str, Table]]:
    """The entries of a file, each as a table."""
    with path.open("rb") as file:
        table = tomllib.load(file)
    for key, value in table.items():
        entry = {"names": value} if isinstance(value, str) else value
        unknown = sorted(set(entry) - _KEYS[kind])
        if unknown:
            raise SourceError(f"{path.parent.name}/{path.name}: {key}: unknown key {unknown[0]!r}")
        yield key, entry


def _listed(entry: Table, key: str) -> list[str]:
    return forms(entry.get(key, ""))


def _add(record: Record, field: str, language: str, texts: Iterable[str], *, first: bool = False) -> None:
    """Add forms behind (or before) those that are there."""
    table = record.setdefault(field, {})
    added = unique(texts)
    known = table.get(language, [])
    if added or known:
        table[language] = unique([*added, *known] if first else [*known, *added])
    else:
        table.pop(language, None)
    if not table:
        del record[field]


def _lay_country(record: Record, entry: Table, language: str) -> None:
    dropped = _listed(entry, "drop")
    record["names"][language] = [form for form in record["names"].get(language, []) if form not in dropped]
    _add(record, "names", language, _listed(entry, "show"), first=True)
    _add(record, "names", language, _listed(entry, "names"))
    words = _listed(entry, "adj")
    if language in ADJECTIVES:
        words = [form for word in words for form in ADJECTIVES[language](word)]
    _add(record, "adjectives", language, words)
    _add(record, "abbreviations", language, _listed(entry, "abbr"))


def _lay_person(record: Record, entry: Table, language: str) -> None:
    names = _listed(entry, "names")
    short = _listed(entry, "short") if "short" in entry else _used_alone(record, names)
    if language == "ru" and not entry.get("fixed"):
        countries = {term.get("country") for term in record["terms"]}
        kind = {
            "slavic": bool(countries & _SLAVIC),
            "woman": bool(entry.get("woman")),
            "last_only": bool(countries & _FAMILY_FIRST or entry.get("last")),
        }
        cases: dict[str, list[str]] = {}
        for listed in (names, short):
            bent = [russian_cases_of_person(name, **kind) for name in listed]
            listed += unique(form for forms in bent for form in forms.values())
            for case, form in ((case, form) for forms in bent for case, form in forms.items()):
                cases.setdefault(case, []).append(form)
        if cases:
            record.setdefault("cases", {})[language] = {case: unique(forms) for case, forms in cases.items()}
    _add(record, "names", language, names)
    _add(record, "short", language, short)


def _used_alone(record: Record, names: Iterable[str]) -> list[str]:
    """The last word of each full name, where English uses one alone too."""
    if "short" not in record or any(term.get("country") in _FAMILY_FIRST for term in record["terms"]):
        return []
    found = []
    for name in names:
        words = name.replace("·", " ").replace("・", " ").split(" ")
        if len(words) > 1 and len(words[-1]) > 1 and not _SON_OF & {word.lower() for word in words}:
            found.append(words[-1])
    return found


def _lay_place(record: Record, entry: Table, language: str) -> None:
    names = _listed(entry, "names")
    if language == "ru" and not entry.get("fixed"):
        names += [case for name in names for case in russian_cases(name)]
    _add(record, "names", language, names, first=True)
    if entry.get("clear"):
        record.setdefault("clear_in", []).append(language)


def _lay_region(record: Record, entry: Table, language: str) -> None:
    _add(record, "names", language, _listed(entry, "names"))


def _lay_body(record: Record, entry: Table, language: str) -> None:
    _add(record, "names", language, _listed(entry, "names"))
    _add(record, "abbreviations", language, _listed(entry, "abbr"))


_LAY: Mapping[str, Callable[[Record, Table, str], None]] = {
    "countries": _lay_country,
    "people": _lay_person,
    "places": _lay_place,
    "regions": _lay_region,
    "bodies": _lay_body,
}
