"""`attache check`."""

import asyncio
import datetime as dt
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from bot.adapters.clocks import SystemClock
from bot.app.checking import Finding, check
from bot.cli.configured import config_option, settings_of
from bot.errors import BotError
from bot.settings import Settings
from bot.slots import next_slot

__all__ = ["command"]

_MARKS = {True: ("ok", "green"), False: ("FAILED", "bold red"), None: ("off", "yellow")}


@click.command("check")
@config_option
def command(*, config: Path) -> None:
    """Validate the config, then try the database, the tokens and every feed.

    Each line names the key and where it stands in the file. A platform without a token is off, which is
    no error; the exit code is 1 where something failed.

    \b
    Example: attache check --config config.toml
    """
    settings = settings_of(config)
    console = Console(soft_wrap=True, highlight=False)
    console.print(Text(f"{config}: valid"))
    failed = asyncio.run(_try_all(settings, console))
    now = SystemClock().now()
    for briefing in settings.briefings:
        console.print(Text(f'briefing "{briefing.name}": next at {_local(next_slot(briefing, now))}'))
        for chat in briefing.to:
            if (platform := chat.partition(":")[0]) in settings.off:
                console.print(Text(f'briefing "{briefing.name}": {chat} gets none, as {platform} is off'))
    if not settings.feeds:
        console.print(Text("no [[feeds]]: there is nothing to read"))
    if failed:
        raise BotError(f"{len(failed)} of these failed: {', '.join(finding.key for finding in failed)}")


async def _try_all(settings: Settings, console: Console) -> list[Finding]:
    """Try everything, telling each finding as it comes; gives those that failed."""
    failed = []
    async for finding in check(settings, SystemClock()):
        mark, style = _MARKS[finding.is_good]
        place = f"{settings.path}:{finding.line}" if finding.line else str(settings.path)
        console.print(Text.assemble((f"{mark:<7}", style), f"{place}: {finding.key}: {finding.said}"))
        if finding.is_good is False:
            failed.append(finding)
    return failed


def _local(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} {moment.tzinfo}" if moment else "no time: it has no days"
