"""`attache brief`."""

import datetime as dt
import gc
import json
import sys
from pathlib import Path

import click
from rich.console import Console

from bot.app.asking import ask
from bot.cli.configured import clock_of, config_option, now_option, settings_of
from bot.model import Briefing
from bot.render.briefing_json import to_json
from bot.render.html import render_html
from bot.render.slack import render_slack
from bot.render.telegram import render_telegram
from bot.render.terminal import render_terminal, render_text
from bot.render.wording import Wording, load_wording
from bot.settings import BRIEFING_LANGUAGES

__all__ = ["command"]

FORMATS = ("text", "telegram", "slack", "html")


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
    asked = ask(settings, clock_of(now, settings), " ".join(query), lang)
    if not asked.has_polled:
        click.echo("attache: no feed was polled yet; `attache poll` does that", err=True)
    wording = load_wording(asked.briefing.language, asked.world)
    if as_json:
        _print_for_programs(json.dumps(to_json(asked.briefing), ensure_ascii=False, indent=2) + "\n")
    elif form is None and sys.stdout.isatty():
        Console().print(render_terminal(asked.briefing, wording, explain=explain))
    elif form in (None, "text"):
        click.echo(render_text(asked.briefing, wording, explain=explain), nl=False)
    else:
        _print_for_programs(_drawn(asked.briefing, form, wording))


def _drawn(briefing: Briefing, form: str, wording: Wording) -> str:
    match form:
        case "telegram":
            return "\n\n".join(part.text for part in render_telegram(briefing, wording)) + "\n"
        case "slack":
            messages = [
                {"text": part.text, "blocks": part.blocks} for part in render_slack(briefing, wording)
            ]
            return json.dumps(messages, ensure_ascii=False, indent=2) + "\n"
        case _:
            return render_html(briefing, wording)


def _print_for_programs(text: str) -> None:
    """Print in UTF-8, whatever the terminal has: a program would not see that a letter is lost."""
    click.echo(text.encode("utf-8", errors="replace"), nl=False)
