"""The countries, people, places, regions and bodies of the world, with their names in every language.

Pure: data that ships with the package, read once. `tools/build_world.py` makes the files; see
`docs/world-data.md`.
"""

import functools
import importlib.resources
import json
from typing import Any

from digest.errors import InvalidWorldError
from digest.world.door import FILES, build_world
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
    """The world as it ships.

    Raises:
        InvalidWorldError: A file has been damaged.
    """
    return build_world({file: _lines(f"{file}.jsonl") for file in FILES})


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
