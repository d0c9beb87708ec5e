"""Writes an empty language pack: every file and key, explained, for who knows the language to fill."""

import tomllib
from importlib import resources
from pathlib import Path
from string import Template

from bot.errors import BotError
from bot.setting_values import read_language
from digest.packs import FILES, build_pack

__all__ = ["PackNotWrittenError", "write_pack"]


class PackNotWrittenError(BotError):
    """The pack cannot be written where it should be."""


def write_pack(code: str, name: str, into: Path) -> Path:
    """Write an empty pack that passes the packs' own door.

    Args:
        code: ISO 639-1.
        name: The language's English name.
        into: The folder of the packs.

    Returns:
        The pack's folder.

    Raises:
        PackNotWrittenError: The code is none, there is such a pack already, or it cannot be written.
    """
    try:
        language = read_language(code)
    except ValueError as error:
        raise PackNotWrittenError(str(error)) from error
    folder = into / language
    files = {file: _filled(file, language, name) for file in FILES}
    build_pack(language, {file: tomllib.loads(text) for file, text in files.items()})
    try:
        folder.mkdir(parents=True)
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
    except FileExistsError as error:
        raise PackNotWrittenError(f"{folder} exists already; nothing was written") from error
    except OSError as error:
        raise PackNotWrittenError(f"{folder}: {error.strerror}") from error
    return folder


def _filled(file: str, language: str, name: str) -> str:
    """A file of the pack; the name may hold quotes, which TOML wants escaped."""
    text = (resources.files(__name__) / file).read_text(encoding="utf-8")
    escaped = " ".join(name.replace("\\", "\\\\").replace('"', '\\"').split())
    return Template(text).substitute(language=language, name=escaped)
