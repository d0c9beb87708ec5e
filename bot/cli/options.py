"""What the commands take that read articles: the day of publication, and whose names are known."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import click

from bot.adapters.world_file import FILE, load_world_in
from bot.errors import WorldFileError
from digest.facts import PartialDate
from digest.world import World

__all__ = ["chosen_world", "parse_published", "published_option", "world_option"]


class Published(click.ParamType[dt.date | PartialDate]):
    """A day or a moment in ISO 8601."""

    name = "DATE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date | PartialDate:
        """Read it."""
        if isinstance(value, dt.date | PartialDate):
            return value
        try:
            return parse_published(value)
        except ValueError:
            self.fail(f'"{value}" is no day such as 2024-06-17', param, ctx)


def parse_published(text: str) -> dt.date | PartialDate:
    """A day, a moment where a time is given too, or a month or a year where no more is known.

    Raises:
        ValueError: It is neither.
    """
    if re.fullmatch(r"\d{4}(-\d{2})?", text):
        return PartialDate.parse(text)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return dt.datetime.fromisoformat(text)


published_option = click.option(
    "--published", type=Published(), help="When the articles were published; their dates are read against it."
)

world_option = click.option(
    "--world",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that `attache update-world` keeps newer people in; the shipped ones if left out.",
)


def chosen_world(folder: Path | None) -> World:
    """The world with the people kept in `folder`, or as it ships.

    Raises:
        WorldFileError: There are none in it, or the file is broken.
    """
    if folder is not None and not (folder / FILE).exists():
        raise WorldFileError(folder / FILE, "no such file; `attache update-world` writes it")
    return load_world_in(folder)
