"""Draws a briefing as one HTML page that needs no other file.

Pure.
"""

from collections.abc import Iterator
from html import escape

from bot.model import Briefing
from bot.render.outline import Entry, HeadlineLine, Outline, SourceLine, outline, web_url
from bot.render.wording import Wording

__all__ = ["render_html"]

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; }
h2 { font-size: 1.1rem; margin-top: 2rem; border-bottom: 1px solid; }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0; }
dt, footer, .narrow { opacity: .7; }
dd { margin: 0; grid-column: 2; }
blockquote { margin: .25rem 0 .5rem; padding-left: .75rem; border-left: 3px solid; font-style: italic; }
a { overflow-wrap: anywhere; }
footer { margin-top: 2rem; border-top: 1px solid; }
"""


def render_html(briefing: Briefing, wording: Wording) -> str:
    """The briefing as a page; whatever the news wrote is text in it, never markup."""
    return "\n".join(_page(outline(briefing, wording))) + "\n"


def _page(drawn: Outline) -> Iterator[str]:
    heading = escape(drawn.heading)
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(drawn.language)}">'
    yield f'<head>\n<meta charset="utf-8">\n<title>{heading}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>"
    yield f"<h1>{heading}</h1>"
    yield from (f"<p>{escape(remark)}</p>" for remark in (drawn.note, drawn.nothing) if remark)
    if drawn.narrowings:
        choices = " · ".join(
            f"{escape(choice.label)} (<code>/brief {escape(choice.query)}</code>)"
            for choice in drawn.narrowings
        )
        yield f'<p class="narrow">{escape(drawn.narrow_label)}: {choices}</p>'
    for section in drawn.sections:
        yield f"<section>\n<h2>{escape(section.title)}</h2>"
        for entry in section.entries:
            yield from _trip(entry, drawn.sources_label)
        yield "</section>"
    if drawn.headlines:
        yield f"<section>\n<h2>{escape(drawn.headlines_title)}</h2>\n<ul>"
        yield from (_headline(headline) for headline in drawn.headlines)
        yield "</ul>\n</section>"
    yield f"<footer>{escape(drawn.foot)}</footer>\n</body>\n</html>"


def _trip(entry: Entry, sources_label: str) -> Iterator[str]:
    yield f"<article>\n<h3>{escape(entry.trip)}</h3>\n<dl>"
    for fact in entry.facts:
        term = f"<dt>{escape(fact.label)}</dt>" if fact.label else ""
        yield f"{term}<dd>{escape(fact.value)}</dd>"
    yield f"<dt>{escape(sources_label)}</dt>"
    yield from (f"<dd>{_source(source)}</dd>" for source in entry.sources)
    yield "</dl>\n</article>"


def _source(source: SourceLine) -> str:
    told = _link(source.url, source.label)
    if not source.evidence:
        return told
    language = f' lang="{escape(source.language)}"' if source.language else ""
    return f'{told}<blockquote dir="auto"{language}>{escape(source.evidence)}</blockquote>'


def _headline(headline: HeadlineLine) -> str:
    return f'<li dir="auto">{_link(headline.url, headline.title)} ({escape(headline.outlets)})</li>'


def _link(url: str | None, label: str) -> str:
    target = web_url(url)
    if target is None:
        return escape(label)
    return f'<a href="{escape(target)}" rel="noopener noreferrer">{escape(label)}</a>'
