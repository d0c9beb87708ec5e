"""What the commands take that work by a config: its path, and the time it is taken to be."""

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from bot.adapters.clocks import FixedClock, SetClock, SystemClock
from bot.errors import SettingsError
from bot.ports import Clock
from bot.settings import Settings, load_settings

__all__ = ["clock_of", "config_option", "now_option", "settings_of"]


class Moment(click.ParamType[dt.datetime]):
    """A moment in ISO 8601."""

    name = "ISO"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """Read it; without an offset it is on the clock of the config's time zone."""
        if isinstance(value, dt.datetime):
            return value
        try:
            return dt.datetime.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is no moment such as 2024-06-18T07:00:00+09:00', param, ctx)


config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("config.toml"),
    show_default=True,
    help="The configuration file.",
)

now_option = click.option(
    "--now", type=Moment(), help="Do as if it were then, such as 2024-06-18T07:00:00+09:00."
)


def settings_of(config: Path) -> Settings:
    """The settings.

    Raises:
        SettingsError: The file is wrong or missing; then the error says what to do.
    """
    if not config.exists():
        help_of_it = (
            "no such file; write one with `attache init`, or look around with --config seeds/config.toml"
        )
        raise SettingsError(config, None, "", help_of_it)
    return load_settings(config)


def clock_of(now: dt.datetime | None, settings: Settings, *, goes_on: bool = False) -> Clock:
    """The clock: the real one, or one at `now`, which stands still unless it `goes_on`."""
    if now is None:
        return SystemClock()
    moment = now if now.tzinfo else now.replace(tzinfo=ZoneInfo(settings.bot.timezone))
    return SetClock(moment) if goes_on else FixedClock(moment)
