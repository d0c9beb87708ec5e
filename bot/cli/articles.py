"""Articles from files: plain text whose first line may be the title, or a page of HTML."""

import functools
import importlib
import re
from collections.abc import Callable
from typing import Any

from bot.adapters.html_text import one_line, plain_text
from bot.cli.files import opened
from digest.facts import Article

__all__ = ["article_in"]

#: The first line of a text is its title if it is no longer than this and ends as no sentence does.
LONGEST_TITLE = 150

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def article_in(name: str, published: Any = None) -> Article:
    """The article in a file, or on standard input where the name is "-".

    Raises:
        UnreadableFileError: There is no such file, or it may not be read.
    """
    with opened(name) as file:
        content = file.read()
    if name.lower().endswith((".html", ".htm", ".xhtml")) or _HTML.match(content[:4000]):
        page = _page_reader()(content)
        title, text = (page.title, page.text) if page else (None, "")
    else:
        title, text = _title_and_text(content)
    return Article(title=title, text=text, published_at=published)


@functools.cache
def _page_reader() -> Callable[[bytes], Any]:
    """Reads HTML. Its library is the largest of all, so that it is loaded only for who has HTML."""
    reader: Callable[[bytes], Any] = importlib.import_module("bot.adapters.article_text").read_page
    return reader


def _title_and_text(content: bytes) -> tuple[str | None, str]:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = plain_text(content.decode(encoding, errors="replace"))
    first, _, rest = text.partition("\n")
    is_title = rest and len(first) <= LONGEST_TITLE and not first.endswith((".", "!", "?", "”", '"', "。"))
    return (one_line(first), rest) if is_title else (None, text)
