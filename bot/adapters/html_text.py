"""Plain text from pieces of HTML.

Pure: text in, text out.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

__all__ = ["ArticlePage", "html_to_text", "one_line", "plain_text"]

#: What is never read: code, styles, and what only stands in for something else.
_UNREAD = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "head", "title"})
#: What ends a line of text and starts another.
_BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "br",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
        ),
        *(
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
        ),
        *("ol", "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    }
)
_TAG = re.compile(r"<[a-zA-Z/!]")
#: Spaces of all kinds, and the invisible characters that keep a word from being found.
_SPACES = re.compile(r"[\s\u00a0\u3000]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """What the page of an article tells."""

    title: str | None
    #: Plain text, a paragraph a line.
    text: str


def one_line(text: str) -> str:
    """The text in NFC without line feeds, doubled spaces and invisible characters."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def plain_text(text: str) -> str:
    """Text that was plain already: tidied line by line, empty lines dropped."""
    lines = (one_line(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def html_to_text(markup: str) -> str:
    """The words of a piece of HTML, a paragraph a line; entities are resolved once."""
    if not _TAG.search(markup):
        # Feeds also write "HTML" whose only markup is its line feeds.
        return plain_text(html.unescape(markup))
    root = _parse(markup)
    # Whatever follows a stray </html> stands beside the tree, not in it.
    return plain_text("".join(piece for tree in (root, *root.itersiblings()) for piece in _pieces(tree)))


def _parse(markup: str) -> etree._Element:
    # As bytes, for lxml refuses a str that has an encoding declaration of its own.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(f"<body>{markup}</body>".encode("utf-8", errors="replace"), parser)


def _pieces(root: etree._Element) -> list[str]:
    """The text of the tree in order, with a line feed at each border of a block."""
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in _UNREAD:
                walk.skip_subtree()
            else:
                pieces.append(_border(element) + _flat(element.text))
        else:
            pieces.append(_border(element) + _flat(element.tail))
    return pieces


def _border(element: etree._Element) -> str:
    return "\n" if element.tag in _BLOCKS else ""


def _flat(text: str | None) -> str:
    """Source text, whose line feeds mean no more than spaces do."""
    return _SPACES.sub(" ", text) if text else ""
