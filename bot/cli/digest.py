"""`attache digest`."""

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.articles import UnreadableFileError, article_in
from bot.cli.json_lines import answers
from bot.cli.options import published_option
from bot.errors import BotError
from digest.facts import Destination, Party, Reading, Visit
from digest.read import read

__all__ = ["command"]


@click.command("digest")
@click.argument("files", nargs=-1, metavar="[FILE|-]...")
@click.option(
    "--jsonl", is_flag=True, help="Read a JSON object a line, and print one a line, in the same order."
)
@published_option
def command(*, files: tuple[str, ...], jsonl: bool, published: dt.date | None) -> None:
    """Read articles and print their facts.

    A FILE is one article, as text (a short first line is its title) or HTML; "-", or no FILE at all, is
    standard input. With --jsonl it is any number of articles,
    {"id", "title", "text", "published", "url", "lang"}, of which only "text" is needed. A line that cannot
    be read gives a line with an "error" in its place; the others are read, and the exit code stays 0.

    \b
    Examples: attache digest article.txt --published 2024-06-17
              attache digest --jsonl < articles.jsonl > visits.jsonl
    """
    if jsonl:
        _digest_lines(files or ("-",), published)
        return
    unreadable = []
    console = Console()
    for name in files or ("-",):
        try:
            article = article_in(name, published)
        except UnreadableFileError as error:
            unreadable.append(error)
            continue
        for piece in _drawn(name, read(article)):
            console.print(piece)
    if unreadable:
        raise BotError("; ".join(map(str, unreadable)))


def _digest_lines(files: Sequence[str], published: dt.date | None) -> None:
    """Line by line, each answered before the next one is read."""
    out = sys.stdout.buffer
    for name in files:
        with _lines_of(name) as lines:
            for answer in answers(lines, published):
                out.write(answer + b"\n")
                out.flush()


@contextmanager
def _lines_of(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - only the opening may fail in these words
    except OSError as error:
        raise UnreadableFileError(name, error.strerror or "cannot be read") from error
    with file:
        yield file


def _drawn(name: str, reading: Reading) -> Iterator[Table | Text]:
    remark = f"; {reading.note}" if reading.note else ""
    count = len(reading.visits)
    visits = "1 visit" if count == 1 else f"{count or 'no'} visits"
    yield Text(f"{name}: {visits}, language {reading.language or 'unknown'}{remark}", style="bold")
    for number, visit in enumerate(reading.visits, start=1):
        yield _table(number, visit)


def _table(number: int, visit: Visit) -> Table:
    table = Table(title=f"{number}. {visit.salience}", title_justify="left", show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in _rows(visit):
        if value:
            table.add_row(label, Text(value))
    return table


def _rows(visit: Visit) -> Iterator[tuple[str, str]]:
    yield "who", ", ".join(map(_party, visit.visitors))
    yield "where", ", ".join(map(_place, visit.destinations))
    yield "host", ", ".join(map(_party, visit.hosts))
    yield "when", _when(visit)
    yield "status", visit.status
    yield "kind", visit.kind if visit.kind != "unknown" else ""
    yield "why", visit.purpose or ""
    yield "after", f"visit {visit.follows + 1}" if visit.follows is not None else ""
    yield "evidence", visit.evidence.text
    yield "rule", f"{visit.rule}, confidence {visit.confidence:.2f}"


def _party(party: Party) -> str:
    about = ", ".join(each for each in (party.role, party.country) if each)
    return f"{party.name} ({about})" if party.name and about else party.name or about


def _place(destination: Destination) -> str:
    return f"{destination.place}, {destination.country}" if destination.place else destination.country


def _when(visit: Visit) -> str:
    """The dates, the words that gave them, and the other ones where the article contradicts itself."""
    if visit.start is None and visit.end is None:
        return ""
    days = (
        str(visit.start or "?") if visit.start == visit.end else f"{visit.start or '?'} to {visit.end or '?'}"
    )
    others = ", ".join(map(str, visit.start_alternatives))
    conflict = f"; weekday and date disagree, the other reading is {others}" if visit.date_conflict else ""
    return f"{days} (“{visit.date_text}”){conflict}" if visit.date_text else f"{days}{conflict}"
