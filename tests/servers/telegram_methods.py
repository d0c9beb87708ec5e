"""The Bot API methods the local server knows, with their parameters, and how it reads them.

`tests/test_telegram_server.py` holds this table against Telegram's machine-readable description.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["METHODS", "BadParameterError", "Parameter", "read_parameters"]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a method."""

    #: As Telegram's description names them: "Integer", "String", "Boolean", else JSON.
    types: tuple[str, ...]
    required: bool = False


class BadParameterError(ValueError):
    """A parameter is unknown, missing or of the wrong type."""


_CHAT = ("Integer", "String")
_LINK_PREVIEW = Parameter(("LinkPreviewOptions",))
_KEYBOARD = Parameter(("InlineKeyboardMarkup",))

#: By method, by parameter. Only what a bot like ours has use for: anything else is a mistake here.
METHODS: Mapping[str, Mapping[str, Parameter]] = {
    "getMe": {},
    "getUpdates": {
        "offset": Parameter(("Integer",)),
        "limit": Parameter(("Integer",)),
        "timeout": Parameter(("Integer",)),
        "allowed_updates": Parameter(("Array of String",)),
    },
    "deleteWebhook": {"drop_pending_updates": Parameter(("Boolean",))},
    "setMyCommands": {
        "commands": Parameter(("Array of BotCommand",), required=True),
        "scope": Parameter(("BotCommandScope",)),
        "language_code": Parameter(("String",)),
    },
    "getChat": {"chat_id": Parameter(_CHAT, required=True)},
    "sendMessage": {
        "chat_id": Parameter(_CHAT, required=True),
        "text": Parameter(("String",), required=True),
        "message_thread_id": Parameter(("Integer",)),
        "parse_mode": Parameter(("String",)),
        "link_preview_options": _LINK_PREVIEW,
        "disable_notification": Parameter(("Boolean",)),
        "reply_parameters": Parameter(("ReplyParameters",)),
        "reply_markup": Parameter(
            ("InlineKeyboardMarkup", "ReplyKeyboardMarkup", "ReplyKeyboardRemove", "ForceReply")
        ),
    },
    "editMessageText": {
        "chat_id": Parameter(_CHAT),
        "message_id": Parameter(("Integer",)),
        "text": Parameter(("String",)),
        "parse_mode": Parameter(("String",)),
        "link_preview_options": _LINK_PREVIEW,
        "reply_markup": _KEYBOARD,
    },
    "answerCallbackQuery": {
        "callback_query_id": Parameter(("String",), required=True),
        "text": Parameter(("String",)),
        "show_alert": Parameter(("Boolean",)),
    },
}


def read_parameters(method: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The parameters of a request as values.

    Raises:
        BadParameterError: The method does not have such a parameter, or not of this type.
    """
    known = METHODS[method]
    unknown = sorted(set(form) - set(known))
    if unknown:
        raise BadParameterError(f"{method} has no parameter {', '.join(unknown)}")
    missing = sorted(name for name, parameter in known.items() if parameter.required and not form.get(name))
    if missing:
        raise BadParameterError(f"parameter {', '.join(missing)} is required")
    return {name: _value(known[name], name, text) for name, text in form.items()}


def _value(parameter: Parameter, name: str, text: str) -> Any:
    """One value, by the first type that fits it."""
    if "Integer" in parameter.types and text.lstrip("-").isdecimal():
        return int(text)
    if "String" in parameter.types:
        return text
    if parameter.types == ("Boolean",) and text in ("true", "false"):
        return text == "true"
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        raise BadParameterError(f"can't parse parameter {name}") from None
    if isinstance(value, (dict, list)):
        return value
    raise BadParameterError(f"parameter {name} is of the wrong type")
