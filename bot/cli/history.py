"""`attache history`."""

import datetime as dt
import gc
from pathlib import Path

import click

from bot.app.asking import ask
from bot.cli.configured import clock_of, config_option, now_option, settings_of
from bot.cli.drawing import print_briefing
from bot.commands import history
from bot.settings import BRIEFING_LANGUAGES

__all__ = ["command"]


@click.command("history")
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print all that is known of the trips, for scripts.")
@click.option("--lang", type=click.Choice(BRIEFING_LANGUAGES), help="Write in this language.")
@config_option
@now_option
def command(
    query: tuple[str, ...], *, as_json: bool, lang: str | None, config: Path, now: dt.datetime | None
) -> None:
    """Tell how trips came about: what was told first, and what changed, when and by whom.

    QUERY is a topic as for `attache brief`, or the id of a trip as `attache brief --json` gives it. Of a
    topic the most important trips of ten years are told.

    \b
    Examples: attache history putin north korea
              attache history --json 1.0
    """
    # As in `attache brief`: looking for garbage while the world's names load only costs time.
    gc.disable()
    settings = settings_of(config)
    print_briefing(ask(history, settings, clock_of(now, settings), " ".join(query), lang), as_json=as_json)
