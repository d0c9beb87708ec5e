"""The languages that ship with Attaché: one folder a language, the same files in each.

Pure: data that ships with the package, read once.
"""

import functools
import importlib.resources
import tomllib

from digest.errors import InvalidPackError
from digest.packs.door import FILES, build_pack
from digest.packs.schema import Pack

__all__ = ["FILES", "Pack", "available_languages", "build_pack", "load_pack"]


@functools.cache
def available_languages() -> tuple[str, ...]:
    """ISO 639-1 codes of the packs that ship, in order."""
    folder = importlib.resources.files(__name__)
    return tuple(sorted(child.name for child in folder.iterdir() if (child / "pack.toml").is_file()))


@functools.cache
def load_pack(language: str) -> Pack:
    """One language's pack.

    Raises:
        InvalidPackError: The pack breaks the schema, or there is none.
    """
    folder = importlib.resources.files(__name__) / language
    files = {}
    for name in FILES:
        file = folder / name
        if not file.is_file():
            raise InvalidPackError(language, name, "(file)", "is missing")
        try:
            files[name] = tomllib.loads(file.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise InvalidPackError(language, name, "(file)", f"not TOML: {error}") from error
    return build_pack(language, files)
