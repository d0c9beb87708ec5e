"""What Slack refuses in a message's blocks: the limits and shapes that the local server holds messages to."""

import functools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it ships no types
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

__all__ = ["MAX_BLOCKS", "MAX_CHARACTERS", "SCHEMA_PATH", "block_problems", "texts_of"]

MAX_BLOCKS = 50
#: Slack documents no limit of the whole message; it answers msg_blocks_too_long a little above this.
MAX_CHARACTERS = 13_000
MAX_TEXT = 3_000
MAX_HEADER = 150

#: Block Kit as JSON Schema, generated from Slack's own types; lies beside the checkout where there is one.
SCHEMA_PATH = Path(__file__).parents[3] / "shared" / "specs" / "slack-blocks.schema.json"


def block_problems(blocks: Sequence[dict[str, Any]]) -> list[str]:
    """Why Slack would refuse these blocks, nothing where it would not.

    Lengths come from `slack_sdk.models`; shapes and unknown keys from the schema where it is present;
    the rest (empty texts, repeated ids) from Slack's documentation, because neither of the two knows it.
    """
    problems: list[str] = []
    if len(blocks) > MAX_BLOCKS:
        problems.append(f"no more than {MAX_BLOCKS} items allowed")
    for number, block in enumerate(blocks):
        problems += [f"/blocks/{number}: {problem}" for problem in _problems_of_block(block)]
    action_ids = [element["action_id"] for block in blocks for element in _buttons(block)]
    if len(action_ids) != len(set(action_ids)):
        problems.append("action_id is not unique")
    return problems + _schema_problems(blocks)


def texts_of(value: object) -> Iterator[dict[str, Any]]:
    """Every text object (plain_text or mrkdwn) inside blocks."""
    if isinstance(value, dict):
        if value.get("type") in ("plain_text", "mrkdwn"):
            yield value
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_of(inner)


def _problems_of_block(block: dict[str, Any]) -> Iterator[str]:
    try:
        parsed = Block.parse(dict(block))
        if parsed is None:
            yield f"unsupported type: {block.get('type')}"
            return
        rebuilt = parsed.to_dict()
    except (SlackObjectFormationError, TypeError, KeyError) as error:
        yield str(error)
        return
    if json.loads(json.dumps(rebuilt)) != json.loads(json.dumps(block)):
        yield "slack_sdk drops a part that it does not know"
    for text in texts_of(block):
        limit = MAX_HEADER if block["type"] == "header" else MAX_TEXT
        if not 1 <= len(text["text"]) <= limit:
            yield f"text must have 1 to {limit} characters, has {len(text['text'])}"
    if block["type"] in ("actions", "context") and not block["elements"]:
        yield "elements must not be empty"


def _buttons(block: dict[str, Any]) -> list[dict[str, Any]]:
    return list(block["elements"]) if block.get("type") == "actions" else []


@functools.cache
def _schema() -> Any:
    if not SCHEMA_PATH.exists():
        return None
    return jsonschema.Draft7Validator(json.loads(SCHEMA_PATH.read_text(encoding="utf-8")))


def _schema_problems(blocks: Sequence[dict[str, Any]]) -> list[str]:
    schema = _schema()
    if schema is None:
        return []
    message = json.loads(json.dumps({"blocks": list(blocks)}))
    return [f"{error.json_path}: {error.message[:200]}" for error in schema.iter_errors(message)]
