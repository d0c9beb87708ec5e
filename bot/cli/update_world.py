"""`attache update-world`."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as ProgressBar

from bot.adapters.wikidata import ENDPOINT, QueryService
from bot.adapters.world_file import FILE
from bot.app.updating_world import Progress, update_world
from bot.cli.configured import config_option, settings_of
from bot.errors import SettingsError
from bot.people_update import PeopleUpdate
from digest.world import Term

__all__ = ["command"]

#: Lines of one kind that are printed; the rest is counted.
MOST_LINES = 20


@click.command("update-world")
@click.option(
    "--endpoint", metavar="URL", default=ENDPOINT, show_default=True, help="A mirror's query service."
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@config_option
def command(*, endpoint: str, dry_run: bool, config: Path) -> None:
    """Fetch newer people and offices from Wikidata, for who has a network.

    Holders of offices since 2000 come to the people that ship, with their names in fifteen languages, into
    the folder that the config names: [bot] world = "world". All that reads articles uses them from then on
    (a running bot after its next start). Nothing that ships is lost; what is ambiguous is left out and
    counted; where something fails nothing is written.

    \b
    Examples: attache update-world
              attache update-world --dry-run
    """
    settings = settings_of(config)
    folder = settings.bot.world
    if folder is None:
        raise SettingsError(config, None, "[bot] world", 'names no folder yet; add world = "world"')
    with _progress() as on_progress:
        update = asyncio.run(_update(endpoint, settings.bot.contact, folder, dry_run, on_progress))
    for line in _lines(update):
        click.echo(line)
    click.echo("nothing was written" if dry_run else f"{folder / FILE}: {len(update.people)} people")


async def _update(
    endpoint: str, contact: str | None, folder: Path, dry_run: bool, on_progress: Progress
) -> PeopleUpdate:
    async with QueryService(endpoint, contact=contact) as service:
        return await update_world(service, folder, dry_run=dry_run, on_progress=on_progress)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on standard error, where somebody sees it; it names what is asked for."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    console = Console(stderr=True)
    with ProgressBar(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("asking", total=None)

        def on_progress(step: str, done: int, total: int) -> None:
            progress.update(bar, total=total, completed=done, description=step)

        yield on_progress


def _lines(update: PeopleUpdate) -> Iterator[str]:
    """What changed, the counts first."""
    yield (
        f"{len(update.added)} people added, {len(update.terms_added)} terms added, "
        f"{len(update.terms_ended)} terms ended, {update.names_added} names added"
    )
    yield from _some("added", [(person.name, person.terms[-1]) for person in update.added])
    yield from _some("term", update.terms_added)
    yield from _some("ended", update.terms_ended)
    for reason, count in update.left_out.most_common():
        yield f"left out, {reason}: {count}"


def _some(kind: str, changes: Sequence[tuple[str, Term]]) -> Iterator[str]:
    for name, term in changes[:MOST_LINES]:
        dates = f"{term.since or '?'}..{term.until or ''}"
        yield f"{kind}: {name}, {term.country or term.body} {term.role} {dates}"
    if len(changes) > MOST_LINES:
        yield f"{kind}: and {len(changes) - MOST_LINES} more"
