"""Names of people as an encyclopedia labels them, made into names as newspapers write them.

Pure. Which letters a language has is read off the names of countries, so that no list has to be kept.
"""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from digest.folding import folded
from digest.world import World

__all__ = ["Naming", "asked_languages", "further_forms", "names_of"]

#: Labels to take a language's name from, the best first: "mul" is what all languages share.
_VARIANTS = {"zh": ("zh-hans", "zh-cn", "zh"), "en": ("en", "mul")}
#: A script with fewer countries came with a foreign name.
_FEWEST_COUNTRIES = 3
#: A longer form is a list of titles.
_MOST_WORDS = 5
#: Where a full name has several words, one alone is too often an ordinary one. The English name is taken
#: whatever it is like: by that somebody is known.
_SPACED = frozenset({"LATIN", "CYRILLIC", "ARABIC", "DEVANAGARI"})
#: The father's name between first and family name, which encyclopedias write and newspapers do not.
_PATRONYMIC = re.compile(r"(?<=\s)\w+(?:[вькмт]ич|вна|чна)\s+(?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a person is called."""

    #: One for each language, with its code at the query service.
    labels: Mapping[str, str]
    #: Other English names.
    aliases: tuple[str, ...] = ()
    #: English forms of the family name.
    family: tuple[str, ...] = ()


def asked_languages(world: World) -> tuple[str, ...]:
    """The languages to ask labels in."""
    return tuple(
        code for language in sorted(_scripts(world)) for code in _VARIANTS.get(language, (language,))
    )


def names_of(naming: Naming, world: World) -> Mapping[str, str]:
    """A name by language, where the label is one in that language's letters."""
    found = {}
    for language, scripts in _scripts(world).items():
        for code in _VARIANTS.get(language, (language,)):
            name = _plain(naming.labels.get(code, ""))
            is_full = " " in name or not scripts & _SPACED or language == "en"
            if name and is_full and _is_written_in(name, scripts):
                found[language] = name
                break
    return found


def further_forms(naming: Naming, name: str, world: World) -> tuple[str, ...]:
    """Other English spellings of `name`.

    Aliases are nicknames and initials too, and those are ordinary words in a text: only a form counts that
    has about as many parts and ends as the name does, with the same letter in front ("Anna" for "Ana").
    """
    parts = folded(name).split()
    forms = []
    for alias in map(_plain, naming.aliases):
        words = folded(alias).split()
        if not 1 < len(words) <= len(parts) + 1:
            continue
        is_turned = words[0] == parts[-1] and words[-1] == parts[0]
        is_close = words[-1] == parts[-1] and words[0][0] == parts[0][0]
        if (is_turned or is_close) and alias[0].isupper() and _is_written_in(alias, _scripts(world)["en"]):
            forms.append(alias)
    return tuple(dict.fromkeys(form for form in forms if form != name))


def _plain(label: str) -> str:
    """A label as a text has it: no "(politician)", no "Family, First"; "" where it is no name."""
    name = " ".join(unicodedata.normalize("NFC", label).partition("(")[0].split())
    if name.count(",") == 1:
        family, first = name.split(",")
        name = f"{first} {family}".strip()
    name = _PATRONYMIC.sub("", name)
    is_name = len(name) > 1 and len(name.split()) <= _MOST_WORDS and not re.search(r"[\d,;/]", name)
    return name if is_name else ""


def _is_written_in(name: str, scripts: frozenset[str]) -> bool:
    return all(_script(char) in scripts for char in name if char.isalpha())


def _script(letter: str) -> str:
    """The first word of the letter's name in Unicode, which is its script."""
    return unicodedata.name(letter, "").partition(" ")[0]


@functools.cache
def _scripts(world: World) -> Mapping[str, frozenset[str]]:
    """The scripts of each language of the world."""
    counts: dict[str, Counter[str]] = {}
    for country in world.countries.values():
        for language, names in country.names.items():
            counts.setdefault(language, Counter()).update(
                {_script(char) for name in names for char in name if char.isalpha()}
            )
    return {
        language: frozenset(script for script, count in found.items() if count >= _FEWEST_COUNTRIES)
        for language, found in counts.items()
    }
