"""`attache new-language`."""

from importlib import resources
from pathlib import Path

import click

from bot.new_language import write_pack

__all__ = ["command"]


@click.command("new-language")
@click.argument("code", metavar="xx")
@click.argument("name", metavar="NAME")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the packs; Attaché's own if left out.",
)
def command(*, code: str, name: str, into: Path | None) -> None:
    """Write an empty language pack: its files, each key explained, ready to be filled.

    xx is the language's ISO 639-1 code, NAME its English name. docs/languages.md goes on from there.

    \b
    Example: attache new-language nl Dutch --into digest/packs
    """
    folder = write_pack(code, name, into or Path(str(resources.files("digest.packs"))))
    click.echo(f"{folder}: an empty pack; fill dates.toml and titles.toml first, triggers.toml last")
