"""`attache brief`."""

import datetime as dt
import gc
from pathlib import Path

import click

from bot.app.asking import ask
from bot.cli.configured import clock_of, config_option, now_option, settings_of
from bot.cli.drawing import FORMATS, print_briefing
from bot.commands import brief
from bot.settings import BRIEFING_LANGUAGES

__all__ = ["command"]


@click.command("brief")
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print all that the briefing holds, for scripts.")
@click.option("--lang", type=click.Choice(BRIEFING_LANGUAGES), help="Write in this language.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Print plain text, the HTML for Telegram, the blocks for Slack, or a web page.",
)
@click.option("--explain", is_flag=True, help="Tell what each trip's place in its section is made up of.")
@config_option
@now_option
def command(
    query: tuple[str, ...],
    *,
    as_json: bool,
    lang: str | None,
    form: str | None,
    explain: bool,
    config: Path,
    now: dt.datetime | None,
) -> None:
    """Answer on the terminal what /brief QUERY would answer in a chat.

    The answer comes from what was polled so far; without QUERY it is about everything.

    \b
    Examples: attache brief korea
              attache brief visits to japan next week --lang ko
              attache brief korea --explain
              attache brief --json --config seeds/config.toml --now 2024-06-18T07:00:00+09:00
    """
    if as_json and form:
        raise click.UsageError("--json and --format exclude each other")
    if explain and form not in (None, "text"):
        raise click.UsageError("--explain is for the terminal, --format text and --json")
    # The process ends with its answer: looking for garbage while the world's names load only costs time.
    gc.disable()
    settings = settings_of(config)
    asked = ask(brief, settings, clock_of(now, settings), " ".join(query), lang)
    print_briefing(asked, as_json=as_json, form=form, explain=explain)
