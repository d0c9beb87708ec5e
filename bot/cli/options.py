"""What the commands take that read articles: the day of publication."""

import datetime as dt
import re
from typing import Any

import click

from digest.facts import PartialDate

__all__ = ["parse_published", "published_option"]


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
