"""`attache run`."""

import datetime as dt
from pathlib import Path

import click

from bot.app.service import run
from bot.cli.configured import clock_of, config_option, now_option, settings_of

__all__ = ["command"]


@click.command("run")
@config_option
@now_option
def command(*, config: Path, now: dt.datetime | None) -> None:
    """Poll the feeds, send the briefings and answer in the chats, until stopped.

    Stop it with Ctrl-C or SIGTERM: what is being sent is finished first. One bot serves a database at a
    time. The log goes to standard error. With --now the clock begins there, and goes on.

    \b
    Example: attache run --config /etc/attache/config.toml
    """
    settings = settings_of(config)
    run(settings, clock_of(now, settings, goes_on=True))
