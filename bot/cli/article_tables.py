"""The facts of articles as tables, for people to read."""

import datetime as dt
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.articles import article_in
from bot.cli.files import UnreadableFileError
from bot.errors import BotError
from digest.facts import Destination, Party, Reading, Visit
from digest.reading import read
from digest.world import World

__all__ = ["print_facts"]


def print_facts(files: Sequence[str], published: dt.date | None, world: World) -> None:
    """Read the articles and print what they say; a file that cannot be read does not hold the others.

    Raises:
        BotError: Some could not be read.
    """
    unreadable = []
    console = Console()
    for name in files:
        try:
            article = article_in(name, published)
        except UnreadableFileError as error:
            unreadable.append(error)
            continue
        for piece in _drawn(name, read(article, world)):
            console.print(piece)
    if unreadable:
        raise BotError("; ".join(map(str, unreadable)))


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
