"""`attache explain`."""

import datetime as dt
from pathlib import Path

import click

from bot.cli.articles import article_in
from bot.cli.options import chosen_world, published_option, world_option
from digest.explain import explain
from digest.facts import PartialDate

__all__ = ["command"]


@click.command("explain")
@click.argument("file", metavar="FILE")
@published_option
@world_option
def command(*, file: str, published: dt.date | PartialDate | None, world: Path | None) -> None:
    """Read an article and print how each of its facts was found, and what made none.

    FILE is text or HTML; "-" is standard input.

    \b
    Example: attache explain article.txt --published 2024-06-17
    """
    for line in explain(article_in(file, published), chosen_world(world)):
        click.echo(line)
