"""Family names that stand alone before an office, as in Korean: 윤 대통령, 시 주석.

Pure.
"""

import datetime as dt
import functools
import re
from collections.abc import Sequence

from digest.offices import same_office
from digest.world import Person, World

__all__ = ["incumbent", "shares_surname", "surname_before"]

#: Syllables of the longest full name that opens with a surname of one.
LONGEST = 4


def surname_before(source: str, position: int) -> str | None:
    """The surname of one syllable that stands right before a title (김 위원장)."""
    match = re.search(r"(?:^|[^\w])([가-힣]) $", source[max(0, position - 3) : position])
    return match.group(1) if match else None


def shares_surname(key: str, person: Person | None, surname: str, languages: Sequence[str]) -> bool:
    """Whether somebody, known to the world or by `key` alone, bears a surname."""
    names = [key]
    if person:
        forms = (person.names, person.short)
        names = [name for code in languages for form in forms for name in form.get(code, ())]
    return any(
        name.startswith(surname) or name.endswith(surname) or surname in name.split() for name in names
    )


def incumbent(
    world: World, role: str, country: str | None, day: dt.date, surname: str, languages: Sequence[str]
) -> Person | None:
    """The only one who holds an office on a day, of a country or of any, under a surname.

    The first mention of a president is often no more than that: everybody knows the name.
    """
    found = [
        person
        for person in _in_office(world, day)
        if any(same_office(role, t.role) and country in (None, t.country) for t in person.terms_on(day))
        and any(_opens(surname, name) for code in languages for name in person.names.get(code, ()))
    ]
    return found[0] if len(found) == 1 else None


def _opens(surname: str, name: str) -> bool:
    """Whether a name is written as one word of a surname and its own syllables: 시진핑, not 시릴 라마포사."""
    return name.startswith(surname) and " " not in name and len(name) <= LONGEST


@functools.lru_cache(maxsize=64)
def _in_office(world: World, day: dt.date) -> tuple[Person, ...]:
    return tuple(person for person in world.people if person.terms_on(day))
