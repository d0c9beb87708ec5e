"""`attache poll`."""

import asyncio
import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from bot.app.polling_once import poll_once
from bot.cli.configured import clock_of, config_option, now_option, settings_of
from bot.errors import BotError
from bot.records import FeedResult, PollReport

__all__ = ["command"]


@click.command("poll")
@click.option("--all", "poll_all", is_flag=True, help="Poll feeds that are not due yet, too.")
@click.option("--json", "as_json", is_flag=True, help="Print what each feed brought, for scripts.")
@config_option
@now_option
def command(*, poll_all: bool, as_json: bool, config: Path, now: dt.datetime | None) -> None:
    """Poll every feed that is due, once: fetch it, read what is new, store the facts.

    A feed that fails does not stop the others; the exit code is 1 where every one failed.

    \b
    Examples: attache poll
              attache poll --all --json
              attache poll --config seeds/config.toml --now 2024-06-18T07:00:00+09:00
    """
    settings = settings_of(config)
    with _progress() as on_progress:
        report = asyncio.run(
            poll_once(settings, clock_of(now, settings), only_due=not poll_all, on_progress=on_progress)
        )
    if as_json:
        feeds = [asdict(feed) for feed in report.feeds]
        # In UTF-8 whatever the terminal's own encoding is.
        click.echo(json.dumps({"feeds": feeds}, ensure_ascii=False, indent=2).encode())
    else:
        _print(report, has_feeds=bool(settings.feeds))
    if report.feeds and len(report.failed) == len(report.feeds):
        raise BotError(f"no feed answered; {report.failed[0].name}: {report.failed[0].reason}")


@contextmanager
def _progress() -> Iterator[Callable[[FeedResult, int], None]]:
    """A bar on standard error, where somebody sees it; it names the feed that answered last."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("polling", total=None)

        def on_progress(result: FeedResult, count: int) -> None:
            progress.update(bar, total=count, advance=1, description=Text(result.name).markup)

        yield on_progress


def _print(report: PollReport, *, has_feeds: bool) -> None:
    """One row a feed, and what they come to."""
    console = Console()
    if not report.feeds:
        console.print(
            "No feed is due; --all polls them nevertheless." if has_feeds else "The config names no feed."
        )
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name, side in (
        ("feed", "left"),
        ("new", "right"),
        ("edited", "right"),
        ("visits", "right"),
        ("", "left"),
    ):
        table.add_column(name, justify=side, overflow="fold")  # type: ignore[arg-type]
    for feed in report.feeds:
        said = (
            Text(f"failed: {feed.failure}", style="red")
            if feed.failure
            else Text(feed.note or "", style="yellow" if feed.warning else "")
        )
        table.add_row(Text(feed.name), str(feed.new), str(feed.edited), str(feed.visits), said)
    console.print(table)
    new, visits = (sum(getattr(feed, key) for feed in report.feeds) for key in ("new", "visits"))
    answered = len(report.feeds) - len(report.failed)
    console.print(
        f"{answered} of {len(report.feeds)} feeds answered: {new} new articles, {visits} reports of visits."
    )
