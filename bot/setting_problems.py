"""What is wrong with a configuration file, in one line: where, which key, what would be right.

Pure.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_core import ErrorDetails

from bot.config_lines import KeyPath, key_lines, line_of
from bot.errors import SettingsError
from bot.setting_values import nearest

__all__ = ["ConfigFile"]

_TYPES = {
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list in brackets",
    "string_too_short": "is empty; write some text",
    "too_short": "is empty; write at least one",
    "greater_than_equal": "is too small; write a number",
    "less_than_equal": "is too large; write a number",
}
#: What the elements of a list of tables are called.
_ELEMENTS = {"feeds": "feed", "briefings": "briefing"}
_LONGEST_VALUE = 60


class ConfigFile:
    """The text of a configuration file and what it says, to place problems in it."""

    def __init__(
        self, path: Path, text: str, data: Mapping[str, Any], tables: Mapping[str, type[BaseModel]]
    ) -> None:
        """Take the file.

        Args:
            path: Where it is.
            text: Its text, valid TOML.
            data: What `tomllib` made of the text.
            tables: The model of each table.
        """
        self._path = path
        self._text = text
        self._data = data
        self._tables = tables

    def problem(self, where: KeyPath, problem: str) -> SettingsError:
        """The error that the key at `where` has `problem`."""
        return SettingsError(self._path, self.line(where), self._name(where), problem)

    def line(self, where: KeyPath) -> int | None:
        """The line of a key; lines are counted only once something is wrong."""
        return line_of(key_lines(self._text), where)

    def first_problem(self, error: ValidationError) -> SettingsError:
        """The first of the problems, as they stand in the file."""
        lines = key_lines(self._text)
        details = error.errors(include_url=False)
        first = min(details, key=lambda detail: line_of(lines, detail["loc"]) or len(self._text))
        return self.problem(first["loc"], self._in_words(first))

    def _name(self, where: KeyPath) -> str:
        """The key as an admin looks for it: `[bot] timezone`, `feed "Antara": every`."""
        names = [str(part) for part in where if isinstance(part, str)]
        table, keys = names[0], ".".join(names[1:])
        if table in _ELEMENTS and len(where) > 1:
            owner = self._element_name(table, where[1])
            return f"{owner}: {keys}" if keys else owner
        if table not in self._tables:
            return table
        brackets = f"[[{table}]]" if table in _ELEMENTS else f"[{table}]"
        return f"{brackets} {keys}".strip()

    def _element_name(self, table: str, index: str | int) -> str:
        """`feed "Antara"`, or `feed 2` where it has no name."""
        elements = self._data[table]
        element = elements[index] if isinstance(elements, list) and isinstance(index, int) else None
        name = element.get("name") if isinstance(element, dict) else None
        if isinstance(name, str):
            return f'{_ELEMENTS[table]} "{name}"'
        return f"{_ELEMENTS[table]} {index + 1 if isinstance(index, int) else index}"

    def _in_words(self, detail: ErrorDetails) -> str:
        where, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
        match kind:
            case "extra_forbidden":
                return self._unknown(where)
            case "missing":
                return f"is missing; write {where[-1]} = {self._example(where)}"
            case "value_error":
                return str(context["error"])
            case "literal_error":
                return f"must be {context['expected'].replace(chr(39), chr(34))}{self._not(detail)}"
            case "model_type":
                return self._wrong_table(where)
            case "tuple_type" if len(where) == 1:
                return self._wrong_table(where)
            case _:
                example = f", such as {self._example(where)}" if self._example(where) else ""
                return f"{_TYPES.get(kind, detail['msg'].lower())}{example}{self._not(detail)}"

    def _unknown(self, where: KeyPath) -> str:
        """What an unknown key was meant to be, else what there is."""
        known = tuple(self._tables) if len(where) == 1 else tuple(self._model(where).model_fields)
        meant = nearest(str(where[-1]), known)
        hint = f'did you mean "{meant}"?' if meant else f"known are {', '.join(known)}"
        return f"unknown {'table' if len(where) == 1 else 'key'}; {hint}"

    def _wrong_table(self, where: KeyPath) -> str:
        table = str(where[0])
        if table in _ELEMENTS:
            return f"must be tables with two brackets, [[{table}]]"
        return f"must be one table with single brackets, [{table}]"

    def _model(self, where: KeyPath) -> type[BaseModel]:
        return self._tables[str(where[0])]

    def _example(self, where: KeyPath) -> str:
        key = next((part for part in reversed(where) if isinstance(part, str)), "")
        field = self._model(where).model_fields[key]
        return str(field.examples[0]) if field.examples else ""

    def _not(self, detail: ErrorDetails) -> str:
        """The value that stands there, unless it may be a secret."""
        where = detail["loc"]
        key = next((part for part in reversed(where) if isinstance(part, str)), "")
        if self._model(where).model_fields[key].annotation is SecretStr:
            return ""
        value = json.dumps(detail["input"], ensure_ascii=False, default=str)
        return f", not {value}" if len(value) <= _LONGEST_VALUE else ""
