"""The world as it ships: each file is read and checked once somebody asks for what is in it.

Pure: data that ships with the package. A briefing in English needs the countries and no list of cities.
"""

import functools
import importlib.resources
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from digest.errors import InvalidWorldError
from digest.world.door import build_bodies, build_countries, build_people, build_places, build_regions
from digest.world.records import Body, Country, Person, Place, Region, World

__all__ = ["ShippedWorld"]


class ShippedWorld(World):
    """A `World` whose sections are built when they are first used.

    Using a section raises InvalidWorldError if its file has been damaged.
    """

    def __init__(self) -> None:
        """Read nothing yet."""

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
    text = importlib.resources.files("digest.world").joinpath(file).read_text(encoding="utf-8")
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
