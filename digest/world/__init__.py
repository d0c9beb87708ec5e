"""The countries, people, places, regions and bodies of the world, with their names in every language.

Pure: data that ships with the package, read once. `tools/build_world.py` makes the files; see
`docs/world-data.md`.
"""

import functools
from collections.abc import Mapping, Sequence
from typing import Any

from digest.world.door import build_world
from digest.world.records import (
    ROLES,
    Body,
    Country,
    Names,
    Person,
    Place,
    PlaceKind,
    Rank,
    Region,
    Term,
    World,
)
from digest.world.shipped import ShippedWorld, json_lines

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
    "build_world",
    "json_lines",
    "load_world",
    "world_with_people",
]


@functools.cache
def load_world() -> World:
    """The world as it ships; its sections are read when they are first used.

    Raises:
        InvalidWorldError: On use of a section whose file has been damaged.
    """
    return ShippedWorld()


def world_with_people(records: Sequence[Mapping[str, Any]]) -> World:
    """The shipped world with these people in place of its own, such as `attache update-world` collects.

    Raises:
        InvalidWorldError: The first record that breaks the schema; lines are counted from 1.
    """
    return ShippedWorld.with_people(records)
