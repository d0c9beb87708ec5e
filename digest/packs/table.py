"""Reads one TOML table strictly: every key must be known, of its type, and every pattern must expand.

Pure: the errors name file and key.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from digest.errors import InvalidPackError
from digest.patterns import PatternError, expand
from digest.text import fold

__all__ = ["Table"]

T = TypeVar("T")


class Table:
    """A table of a pack file; take its keys one by one, then `close()` it."""

    def __init__(self, language: str, file: str, path: str, values: Any) -> None:
        self.language, self.file, self.path = language, file, path
        if not isinstance(values, dict):
            raise InvalidPackError(language, file, path or "(file)", "must be a table")
        self._left = dict(values)

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def fail(self, key: str, problem: str) -> InvalidPackError:
        """The error for `key` of this table."""
        full = f"{self.path}.{key}" if self.path else key
        return InvalidPackError(self.language, self.file, full, problem)

    def close(self) -> None:
        """Refuse what was not taken.

        Raises:
            InvalidPackError: A key is left over.
        """
        for key in self._left:
            raise self.fail(key, "unknown key")

    def _take(self, key: str, kind: type[T], default: T | None) -> T:
        if key not in self._left:
            if default is None:
                raise self.fail(key, "is missing")
            return default
        value = self._left.pop(key)
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise self.fail(key, f"must be {kind.__name__}, not {type(value).__name__}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A string."""
        return self._take(key, str, default)

    def optional_text(self, key: str) -> str | None:
        """A string, or None where the key is absent."""
        return self._take(key, str, "") or None

    def flag(self, key: str, *, default: bool) -> bool:
        """A boolean."""
        return self._take(key, bool, default) if key in self._left else default

    def number(self, key: str, default: int | None = None) -> int:
        """An integer."""
        return self._take(key, int, default)

    def one_of(self, key: str, choices: Iterable[str], default: str | None = None) -> str:
        """A string out of a closed list."""
        value = self.text(key, default)
        allowed = sorted(choices)
        if value not in allowed:
            raise self.fail(key, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def strings(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of strings, folded as the text is that they are looked for in."""
        return tuple(map(fold, self.unfolded(key, required=required)))

    def plain(self, key: str) -> tuple[str, ...]:
        """A list of strings that are no patterns, since the spaces at their ends count; folded."""
        values = self.strings(key)
        for value in values:
            if not set(value).isdisjoint("()[]|"):
                raise self.fail(key, f"{value!r} is a pattern; only plain words are looked for here")
        return values

    def unfolded(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of strings, as they stand."""
        values = self._take(key, list, None if required else [])
        for value in values:
            if not isinstance(value, str) or not value:
                raise self.fail(key, f"{value!r} is not a non-empty string")
        return tuple(values)

    def words(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of patterns, expanded and folded, each form once."""
        return self.expanded(key, self.strings(key, required=required))

    def expanded(self, key: str, patterns: Iterable[str]) -> tuple[str, ...]:
        """The patterns' forms, folded, each once."""
        forms: dict[str, None] = {}
        for pattern in patterns:
            try:
                forms.update(dict.fromkeys(map(fold, expand(pattern))))
            except PatternError as error:
                raise self.fail(key, str(error)) from error
        return tuple(form for form in forms if form)

    def table(self, key: str) -> "Table":
        """A table inside this one; an empty one where absent."""
        path = f"{self.path}.{key}" if self.path else key
        return Table(self.language, self.file, path, self._left.pop(key, {}))

    def tables(self, key: str) -> list["Table"]:
        """An array of tables."""
        path = f"{self.path}.{key}" if self.path else key
        rows = self._take(key, list, [])
        return [Table(self.language, self.file, f"{path}[{i}]", row) for i, row in enumerate(rows)]

    def rest(self, read: Callable[["Table", str], T]) -> dict[str, T]:
        """Every remaining key, each read by `read(table, key)`."""
        return {key: read(self, key) for key in list(self._left)}
