"""The main text of an article's page, without menus, teasers and comments.

Pure: bytes in, text out, no network. trafilatura takes a while to import, so only those who read
pages import this module.
"""

from configparser import ConfigParser

import trafilatura
from trafilatura.settings import use_config

from bot.adapters.html_text import ArticlePage, one_line, plain_text

__all__ = ["read_page"]

#: A page whose longest line is shorter has menus and labels, and no article.
_SHORTEST_PARAGRAPH = 30


def _config() -> ConfigParser:
    """trafilatura's settings, with a size fit for scripts that say in 100 signs what English says in 250.

    Below that size it takes the whole page for the article, menus and all.
    """
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "100")
    return config


_CONFIG = _config()


def read_page(page: bytes) -> ArticlePage | None:
    """The article on a page of HTML, None where there is nothing to read."""
    if not page.strip():
        return None
    found = trafilatura.bare_extraction(
        page, fast=True, include_tables=False, include_comments=False, with_metadata=True, config=_CONFIG
    )
    if found is None or isinstance(found, dict):
        return None
    title = one_line(found.title or "") or None
    lines = plain_text(found.text or "").split("\n")
    if title and lines[0] == title:
        # Short pages come with their heading as a paragraph of the text.
        lines = lines[1:]
    if max(map(len, lines), default=0) < _SHORTEST_PARAGRAPH:
        return None
    return ArticlePage(title=title, text="\n".join(lines))
