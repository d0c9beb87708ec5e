"""The countries, people, places, regions and bodies of the world, with their names in every language.

Pure: data that ships with the package, read once. `tools/build_world.py` makes the files; see
`docs/world-data.md`.
"""

import functools

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
from digest.world.shipped import ShippedWorld

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
    "load_world",
]


@functools.cache
def load_world() -> World:
    """The world as it ships; its sections are read when they are first used.

    Raises:
        InvalidWorldError: On use of a section whose file has been damaged.
    """
    return ShippedWorld()
