"""Records as the values of database columns, and back."""

import datetime as dt
from typing import Any, TypeVar

from pydantic import TypeAdapter

__all__ = ["from_text", "moment", "to_moment", "to_text"]

T = TypeVar("T")


#: Building one costs milliseconds, using it microseconds.
_adapters: dict[type, TypeAdapter[Any]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def to_text(record: object) -> str:
    """A frozen dataclass as JSON."""
    return _adapter(type(record)).dump_json(record).decode()


def from_text(kind: type[T], text: str) -> T:
    """Read what `to_text` wrote.

    Raises:
        ValueError: It is no such record.
    """
    record: T = _adapter(kind).validate_json(text)
    return record


def to_moment(value: dt.datetime) -> str:
    """A moment as text of fixed width in UTC, so that text order is time order."""
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds")


def moment(text: str) -> dt.datetime:
    """Read what `to_moment` wrote."""
    return dt.datetime.fromisoformat(text)
