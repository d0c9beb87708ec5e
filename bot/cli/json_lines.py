"""Articles as JSON lines in, their visits as JSON lines out.

One line in gives one line out, whatever it holds, so that the two can be laid side by side.
"""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from bot.cli.options import parse_published
from digest.errors import DigestError
from digest.facts import Article, PartialDate
from digest.reading import read
from digest.world import World

__all__ = ["LONGEST_LINE", "answers"]

#: A longer line, in bytes, is no article; it is passed over without being kept.
LONGEST_LINE = 32 * 1024 * 1024


class _BadLineError(Exception):
    """What is wrong with a line, and the id of its article where that is known."""

    def __init__(self, problem: str, article_id: Any = None) -> None:
        super().__init__(problem)
        self.article_id = article_id


def answers(
    lines: BinaryIO, published: dt.date | PartialDate | None = None, world: World | None = None
) -> Iterator[bytes]:
    """The answer to each line, in order; empty lines are passed over.

    Args:
        lines: UTF-8, an object a line.
        published: For articles that do not say when they were published.
        world: Whose names are known; the shipped ones if left out.
    """
    for line in _lines(lines):
        if line is not None and not line.strip():
            continue
        try:
            answer = _answer(line, published, world)
        except _BadLineError as error:
            answer = {"id": error.article_id, "lang": None, "visits": [], "error": str(error)}
        yield json.dumps(answer, ensure_ascii=False).encode("utf-8", errors="replace")


def _lines(lines: BinaryIO) -> Iterator[bytes | None]:
    """The lines, None for one that is too long."""
    while line := lines.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = lines.readline(LONGEST_LINE)
        yield None


def _answer(
    line: bytes | None, published: dt.date | PartialDate | None, world: World | None
) -> dict[str, Any]:
    """What `read` makes of an article.

    Raises:
        _BadLineError: The line is no article.
        InvalidPackError: A language pack is broken.
    """
    values = _object(line)
    article_id = values.get("id")
    article = _article(values, published)
    try:
        reading = read(article, world)
    except DigestError:
        # A broken pack is not the article's fault, and no line would be answered rightly.
        raise
    except Exception as error:
        # A fault of ours that this article brings out; those behind it are still read.
        raise _BadLineError(f"could not be read: {type(error).__name__}: {error}", article_id) from error
    answer = {
        "id": article_id,
        "lang": reading.language,
        "visits": [visit.to_json() for visit in reading.visits],
    }
    return answer | {"note": reading.note} if reading.note else answer


def _object(line: bytes | None) -> dict[str, Any]:
    if line is None:
        raise _BadLineError(f"longer than {LONGEST_LINE // 1024 // 1024} MB")
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _BadLineError("not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise _BadLineError(f"not JSON: {error}") from error
    if not isinstance(values, dict):
        raise _BadLineError(f"must be an object, not {type(values).__name__}")
    return values


def _article(values: dict[str, Any], published: dt.date | PartialDate | None) -> Article:
    """The article of a line; keys that are not known are left alone."""
    text = _text(values, "text")
    if text is None:
        raise _BadLineError('"text" is missing', values.get("id"))
    day = _text(values, "published")
    try:
        published_at = parse_published(day) if day else published
    except ValueError as error:
        raise _BadLineError(f'"published" is no day such as 2024-06-17: {day}', values.get("id")) from error
    return Article(
        title=_text(values, "title") or None,
        text=text,
        published_at=published_at,
        url=_text(values, "url"),
        language_hint=_text(values, "lang"),
    )


def _text(values: dict[str, Any], key: str) -> str | None:
    """A text, or None where there is none; half characters (lone surrogates), which nothing can print, go."""
    value = values.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _BadLineError(f'"{key}" must be text, not {type(value).__name__}', values.get("id"))
    return value.encode("utf-8", errors="replace").decode("utf-8")
