"""Holds values against Telegram's machine-readable description of its API, where this machine has it."""

import json
from pathlib import Path
from typing import Any

__all__ = ["SPEC", "described", "misfits"]

SPEC = Path(__file__).resolve().parents[3] / "shared" / "specs" / "telegram-bot-api.json"

_PLAIN = {"Integer": int, "String": str, "Boolean": bool, "Float": float, "True": bool}


def described() -> dict[str, Any]:
    """The description: "methods" and "types", by name."""
    description: dict[str, Any] = json.loads(SPEC.read_text(encoding="utf-8"))
    return description


def misfits(types: dict[str, Any], kind: str, value: Any) -> list[str]:
    """Where a value is not of the described type: fields that are missing, unknown or of another type."""
    if kind.startswith("Array of "):
        return [found for part in value for found in misfits(types, kind.removeprefix("Array of "), part)]
    if kind in _PLAIN:
        return [] if isinstance(value, _PLAIN[kind]) else [f"{value!r} is no {kind}"]
    if "subtypes" in types[kind]:
        return _fewest([misfits(types, subtype, value) for subtype in types[kind]["subtypes"]])
    if not isinstance(value, dict):
        return [f"{value!r} is no {kind}"]
    fields = {field["name"]: field for field in types[kind].get("fields", [])}
    found = [f"{kind}.{name} is unknown" for name in value if name not in fields]
    found += [
        f"{kind}.{name} is missing" for name, f in fields.items() if f["required"] and name not in value
    ]
    for name in set(fields) & set(value):
        found += _fewest([misfits(types, other, value[name]) for other in fields[name]["types"]])
    return found


def _fewest(readings: list[list[str]]) -> list[str]:
    """The misfits of the type that fits best."""
    return min(readings, key=lambda found: len(found))
