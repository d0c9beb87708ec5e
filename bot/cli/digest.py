"""`attache digest`."""

import datetime as dt
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.cli.files import opened
from bot.cli.json_lines import answers
from bot.cli.options import chosen_world, published_option, world_option
from digest.facts import PartialDate
from digest.world import World

__all__ = ["command"]


@click.command("digest")
@click.argument("files", nargs=-1, metavar="[FILE|-]...")
@click.option(
    "--jsonl", is_flag=True, help="Read a JSON object a line, and print one a line, in the same order."
)
@published_option
@world_option
def command(
    *, files: tuple[str, ...], jsonl: bool, published: dt.date | PartialDate | None, world: Path | None
) -> None:
    """Read articles and print their facts.

    A FILE is one article, as text (a short first line is its title) or HTML; "-", or no FILE at all, is
    standard input. With --jsonl it is any number of articles,
    {"id", "title", "text", "published", "url", "lang"}, of which only "text" is needed. A line that cannot
    be read gives a line with an "error" in its place; the others are read, and the exit code stays 0.

    \b
    Examples: attache digest article.txt --published 2024-06-17
              attache digest --jsonl < articles.jsonl > visits.jsonl
    """
    known = chosen_world(world)
    if jsonl:
        _print_lines(files or ("-",), published, known)
    else:
        # What draws tables and reads HTML is of no use to programs, and as large as the rest.
        importlib.import_module("bot.cli.article_tables").print_facts(files or ("-",), published, known)


def _print_lines(files: Sequence[str], published: dt.date | PartialDate | None, world: World) -> None:
    """Line by line, each answered before the next one is read."""
    out = sys.stdout.buffer
    for name in files:
        with opened(name) as lines:
            for answer in answers(lines, published, world):
                out.write(answer + b"\n")
                out.flush()
