"""The people that `attache update-world` keeps in a folder of the admin's, as JSON lines."""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.errors import WorldFileError
from digest.errors import InvalidWorldError
from digest.world import World, json_lines, load_world, world_with_people

__all__ = ["FILE", "load_world_in", "save_people"]

#: Of the same format as the file of that name which ships.
FILE = "people.jsonl"


def load_world_in(folder: Path | None) -> World:
    """The world with the people kept in `folder`; as it ships where there is no folder or no file in it.

    Raises:
        WorldFileError: The file cannot be read, or breaks the schema.
    """
    if folder is None:
        return load_world()
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return load_world()
    except OSError as error:
        raise WorldFileError(path, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise WorldFileError(path, "not UTF-8; `attache update-world` writes it anew") from error
    return _checked(path, text)


def save_people(folder: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    """Write the people, as a whole or not at all, once the world's door has let them pass; gives the path.

    Raises:
        WorldFileError: They break the schema, or the disk does not take them.
    """
    path = folder / FILE
    text = "".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in records)
    _checked(path, text)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace(path, text)
    except OSError as error:
        raise WorldFileError(path, f"cannot be written: {error.strerror}") from error
    return path


def _checked(path: Path, text: str) -> World:
    try:
        return world_with_people(json_lines(FILE, text))
    except InvalidWorldError as error:
        problem = f"line {error.line}: {error.problem}; `attache update-world` writes it anew"
        raise WorldFileError(path, problem) from error


def _replace(path: Path, text: str) -> None:
    """Put a finished file in the place of the old one, so that nobody ever sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files for their owner alone; this one holds no secret, as the shipped one does not.
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
