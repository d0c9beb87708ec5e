"""Draws a briefing for the terminal: with rich where there is one to draw on, as plain lines where not.

Pure.
"""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.model import Briefing
from bot.render.outline import Entry, HeadlineLine, Outline, SourceLine, outline, web_url
from bot.render.wording import Wording

__all__ = ["render_terminal", "render_text"]


def render_terminal(briefing: Briefing, wording: Wording, *, explain: bool = False) -> RenderableType:
    """The briefing as a rich renderable, readable from 40 columns on; `explain` as in `outline`."""
    drawn = outline(briefing, wording, explain=explain)
    return Group(*_drawn(drawn))


def render_text(briefing: Briefing, wording: Wording, *, explain: bool = False) -> str:
    """The briefing as plain lines, unwrapped so that links stay whole and lines can be searched."""
    return "\n".join(_lines(outline(briefing, wording, explain=explain))) + "\n"


def _drawn(drawn: Outline) -> Iterator[RenderableType]:
    yield Text(drawn.heading, style="bold")
    for remark in (drawn.note, drawn.nothing):
        if remark:
            yield Padding(Text(remark), (1, 0, 0, 0))
    if drawn.narrowings:
        yield Padding(Text(_narrowings(drawn)), (1, 0, 0, 0))
    for section in drawn.sections:
        yield _title(section.title)
        for entry in section.entries:
            yield Padding(_trip(entry, drawn.sources_label), (1, 0, 0, 0))
    if drawn.headlines:
        yield _title(drawn.headlines_title)
        for headline in drawn.headlines:
            yield Padding(_headline(headline), (1, 0, 0, 0))
    yield Padding(Rule(style="dim"), (1, 0, 0, 0))
    yield Text(drawn.foot, style="dim")


def _title(title: str) -> RenderableType:
    return Padding(Rule(Text(title, style="bold cyan"), style="cyan", align="left"), (1, 0, 0, 0))


def _trip(entry: Entry, sources_label: str) -> RenderableType:
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column(overflow="fold")
    for fact in entry.facts:
        rows.add_row(Text(fact.label), Text(fact.value))
    for number, source in enumerate(entry.sources):
        rows.add_row(Text("" if number else sources_label), _source(source))
    return Group(Text(entry.trip, style="bold"), Padding(rows, (0, 0, 0, 2)))


def _source(source: SourceLine) -> RenderableType:
    lines = [_linked(source.label, source.url)]
    if source.url:
        lines.append(Text(source.url, style="dim", overflow="fold"))
    if source.evidence:
        lines.append(Text(source.evidence, style="italic"))
    return Group(*lines)


def _headline(headline: HeadlineLine) -> RenderableType:
    lines = [
        Text.assemble("• ", _linked(headline.title, headline.url), " ", (f"({headline.outlets})", "dim"))
    ]
    if headline.url:
        lines.append(Text(f"  {headline.url}", style="dim", overflow="fold"))
    return Group(*lines)


def _linked(label: str, url: str | None) -> Text:
    return Text(label, style=Style(link=web_url(url)))


def _narrowings(drawn: Outline) -> str:
    return f"{drawn.narrow_label}: {' · '.join(_choices(drawn))}"


def _choices(drawn: Outline) -> Iterator[str]:
    return (f"{choice.label} (/brief {choice.query})" for choice in drawn.narrowings)


def _lines(drawn: Outline) -> Iterator[str]:
    yield drawn.heading
    for remark in (drawn.note, drawn.nothing, _narrowings(drawn) if drawn.narrowings else ""):
        if remark:
            yield from ("", remark)
    for section in drawn.sections:
        yield from ("", section.title.upper())
        for entry in section.entries:
            yield ""
            yield from _trip_lines(entry, drawn.sources_label)
    if drawn.headlines:
        yield from ("", drawn.headlines_title.upper(), "")
        for headline in drawn.headlines:
            yield f"{headline.title} ({headline.outlets})"
            if headline.url:
                yield f"    {headline.url}"
    yield from ("", drawn.foot)


def _trip_lines(entry: Entry, sources_label: str) -> Iterator[str]:
    yield entry.trip
    for fact in entry.facts:
        yield f"  {fact.label}: {fact.value}" if fact.label else f"  {fact.value}"
    yield f"  {sources_label}:"
    for source in entry.sources:
        yield f"    {source.label}"
        yield from (f"      {line}" for line in (source.url, source.evidence) if line)
