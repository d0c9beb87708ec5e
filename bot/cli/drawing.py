"""Prints a briefing, as each command that has one may be asked to."""

import json
import sys

import click
from rich.console import Console

from bot.app.asking import Asked
from bot.render.briefing_json import to_json
from bot.render.html import render_html
from bot.render.slack import render_slack
from bot.render.telegram import render_telegram
from bot.render.terminal import render_terminal, render_text
from bot.render.wording import load_wording

__all__ = ["FORMATS", "print_briefing"]

FORMATS = ("text", "telegram", "slack", "html")


def print_briefing(
    asked: Asked, *, as_json: bool = False, form: str | None = None, explain: bool = False
) -> None:
    """Print an answer.

    Args:
        asked: What was answered.
        as_json: All that it holds, for scripts.
        form: One of FORMATS; None: as the terminal shows it best.
        explain: With what each trip's place is made up of; on the terminal and as text.
    """
    if not asked.has_polled:
        click.echo("attache: no feed was polled yet; `attache poll` does that", err=True)
    briefing = asked.briefing
    wording = load_wording(briefing.language, asked.world)
    if as_json:
        _print_for_programs(json.dumps(to_json(briefing), ensure_ascii=False, indent=2) + "\n")
        return
    match form:
        case "telegram":
            _print_for_programs("\n\n".join(part.text for part in render_telegram(briefing, wording)) + "\n")
        case "slack":
            messages = [
                {"text": part.text, "blocks": part.blocks} for part in render_slack(briefing, wording)
            ]
            _print_for_programs(json.dumps(messages, ensure_ascii=False, indent=2) + "\n")
        case "html":
            _print_for_programs(render_html(briefing, wording))
        case None if sys.stdout.isatty():
            Console().print(render_terminal(briefing, wording, explain=explain))
        case _:
            click.echo(render_text(briefing, wording, explain=explain), nl=False)


def _print_for_programs(text: str) -> None:
    """Print in UTF-8, whatever the terminal has: a program would not see that a letter is lost."""
    click.echo(text.encode("utf-8", errors="replace"), nl=False)
