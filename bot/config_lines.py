"""On which line of a TOML file each key stands, which `tomllib` does not tell.

Pure. The text must be valid TOML: it has been through `tomllib` before, so this only has to find
its way, not to judge.
"""

import re
import tomllib
from collections.abc import Mapping

__all__ = ["KeyPath", "key_lines", "line_of"]

#: Keys and positions from the root: ("feeds", 1, "url") is the url of the second `[[feeds]]`.
KeyPath = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_INLINE_SPACE = re.compile(r"[ \t]*")
#: A key, bare, quoted or dotted.
_KEY_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY = re.compile(rf"{_KEY_PART}(?:[ \t]*\.[ \t]*{_KEY_PART})*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|'
    r"'''.*?'{3,5}|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*'",
    re.DOTALL,
)
#: Numbers, booleans, dates and times.
_BARE_VALUE = re.compile(r"[^,\]}#\n]+")


def key_lines(text: str) -> Mapping[KeyPath, int]:
    """The line (from 1) of each table, key and list element.

    Args:
        text: TOML that `tomllib` accepts.
    """
    return _Walk(text).lines


def line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int | None:
    """The line of a key, or of the innermost table around it that is written in the file."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


class _Walk:
    """Walks over the text once, noting where keys begin."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        # As tomllib does, for else a lone carriage return would end a comment here and not there.
        self._text = text.replace("\r\n", "\n")
        self._at = 0
        self._line = 1
        self._lengths: dict[KeyPath, int] = {}
        self._document()

    def _document(self) -> None:
        table: KeyPath = ()
        self._skip(_SPACE)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_SPACE)

    def _header(self) -> KeyPath:
        """A `[table]` or `[[list of tables]]` line; returns the path that the keys below it have."""
        line = self._line
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        *above, last = self._key()
        path: KeyPath = ()
        for name in above:
            path = self._current((*path, name))
            self.lines.setdefault(path, line)
        path = (*path, last)
        self._at = self._text.index("]" * brackets, self._at) + brackets
        if brackets == 2:
            self._lengths[path] = self._lengths.get(path, 0) + 1
            self.lines.setdefault(path, line)
        path = self._current(path)
        self.lines.setdefault(path, line)
        return path

    def _current(self, path: KeyPath) -> KeyPath:
        """The last element, where the path is a list of tables."""
        return (*path, self._lengths[path] - 1) if path in self._lengths else path

    def _pair(self, table: KeyPath) -> None:
        """One `key = value`."""
        line, path = self._line, table
        for name in self._key():
            path = (*path, name)
            self.lines.setdefault(path, line)
        self._at = self._text.index("=", self._at) + 1
        self._skip(_INLINE_SPACE)
        self._value(path)

    def _key(self) -> list[str]:
        """The parts of a key; tomllib itself resolves their quotes."""
        self._skip(_INLINE_SPACE)
        part = tomllib.loads(f"{self._take(_KEY)} = 0")
        names: list[str] = []
        while isinstance(part, dict):
            [(name, part)] = part.items()
            names.append(name)
        return names

    def _value(self, path: KeyPath) -> None:
        match self._text[self._at]:
            case "[":
                self._elements(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self._take(_STRING)
            case _:
                self._take(_BARE_VALUE)

    def _elements(self, path: KeyPath) -> None:
        self._at += 1
        position = 0
        while not self._closes("]"):
            self.lines[*path, position] = self._line
            self._value((*path, position))
            position += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        while not self._closes("}"):
            self._pair(path)

    def _closes(self, bracket: str) -> bool:
        """Go to the next element; True where the bracket closes instead."""
        self._skip(_SPACE)
        if self._text[self._at] == ",":
            self._at += 1
            self._skip(_SPACE)
        if self._text[self._at] != bracket:
            return False
        self._at += 1
        return True

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self._take(pattern)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if match is None:
            raise ValueError(f"line {self._line}: not TOML")
        self._at = match.end()
        self._line += match[0].count("\n")
        return match[0]
