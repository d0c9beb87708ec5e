"""What the commands take that read articles: the day of publication."""

import datetime as dt
from typing import Any

import click

__all__ = ["parse_published", "published_option"]


class Published(click.ParamType[dt.date]):
    """A day or a moment in ISO 8601."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read it."""
        if isinstance(value, dt.date):
            return value
        try:
            return parse_published(value)
        except ValueError:
            self.fail(f'"{value}" is no day such as 2024-06-17', param, ctx)


def parse_published(text: str) -> dt.date:
    """A day, or a moment where a time is given too.

    Raises:
        ValueError: It is neither.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return dt.datetime.fromisoformat(text)


published_option = click.option(
    "--published", type=Published(), help="When the articles were published; their dates are read against it."
)
