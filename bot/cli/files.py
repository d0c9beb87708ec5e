"""Files that a command is told to read, "-" for standard input."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bot.errors import BotError

__all__ = ["UnreadableFileError", "opened"]


class UnreadableFileError(BotError):
    """A file that cannot be read."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The file, open for reading bytes.

    Raises:
        UnreadableFileError: There is no such file, or it may not be read.
    """
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - only what opening says may be told in these words
    except OSError as error:
        raise UnreadableFileError(name, error.strerror or "cannot be read") from error
    with file:
        yield file
