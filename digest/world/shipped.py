"""The world as it ships: each file is read and checked once somebody asks for what is in it.

Its people may be replaced by newer ones, which the caller hands in as records: no file outside the package
is read here.

Pure: data that ships with the package. A briefing in English needs the countries and no list of cities.
"""

import functools
import importlib.resources
import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Self

from digest.errors import InvalidWorldError
from digest.world.door import build_bodies, build_countries, build_people, build_places, build_regions
from digest.world.records import Body, Country, Person, Place, Region, World

__all__ = ["ShippedWorld", "json_lines"]


class ShippedWorld(World):
    """A `World` whose sections are built when they are first used.

    Using a section raises InvalidWorldError if its file has been damaged.
    """

    def __init__(self) -> None:
        """Read nothing yet."""

    @classmethod
    def with_people(cls, records: Sequence[Mapping[str, Any]]) -> Self:
        """The shipped world with the people of these records in place of its own; they are checked now."""
        world = cls()
        # A section that is there already is not read from its file.
        vars(world)["people"] = build_people(records, world.countries, world.bodies)
        return world

    @functools.cached_property
    def countries(self) -> Mapping[str, Country]:
        """The countries by code."""
        return build_countries(_lines("countries.jsonl"))

    @functools.cached_property
    def people(self) -> tuple[Person, ...]:
        """The people."""
        return build_people(_lines("people.jsonl"), self.countries, self.bodies)

    @functools.cached_property
    def places(self) -> tuple[Place, ...]:
        """The places."""
        return build_places(_lines("places.jsonl"), self.countries)

    @functools.cached_property
    def regions(self) -> tuple[Region, ...]:
        """The regions."""
        return build_regions(_lines("regions.jsonl"), self.countries)

    @functools.cached_property
    def bodies(self) -> tuple[Body, ...]:
        """The international bodies."""
        return build_bodies(_lines("bodies.jsonl"))

    @functools.cached_property
    def _people_by_name(self) -> Mapping[str, Person]:
        return MappingProxyType({person.name: person for person in self.people})


def _lines(file: str) -> list[dict[str, Any]]:
    """The objects of one file of JSON lines."""
    return json_lines(file, importlib.resources.files("digest.world").joinpath(file).read_text("utf-8"))


def json_lines(file: str, text: str) -> list[dict[str, Any]]:
    """The objects in the text of a file of JSON lines.

    Raises:
        InvalidWorldError: A line holds none; it names `file`.
    """
    records = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InvalidWorldError(file, number, f"not JSON: {error.msg}") from None
        if not isinstance(record, dict):
            raise InvalidWorldError(file, number, f"not an object: {line[:40]!r}")
        records.append(record)
    return records
