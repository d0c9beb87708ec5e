"""A person whom nobody knew, an update from a query service that knows them, and a bot that reads of them."""

import asyncio
from pathlib import Path

from click.testing import CliRunner, Result

from bot.adapters.wikidata import QueryLimits, QueryService
from bot.app.updating_world import update_world
from bot.cli import main
from bot.people_update import PeopleUpdate
from tests.fakes import FakeClock
from tests.newsroom import MORNING
from tests.servers.wikidata import WikidataServer

__all__ = ["ARTICLE", "add_newcomer", "config_in", "run", "updated"]

ARTICLE = "PARIS, 12 May 2031 - French President Ana Wexford will visit Tokyo on 14 May 2031 for talks.\n"
NAMES = {"en": "Ana Wexford", "ko": "아나 웩스퍼드", "de": "Ana Wexford", "ja": "Ana Wexford"}


def add_newcomer(server: WikidataServer, item: str = "Q900", name: str = "Ana Wexford") -> None:
    """A president whom nobody knows yet."""
    server.add_person(item, labels=NAMES | {"en": name}, aliases=("Anna Wexford", "AW"), family="Wexford")
    server.add_holding(
        item, "P1906", iso="FR", title="President of France", start="2031-05-10", woman=True, end=None
    )


async def updated(server: WikidataServer, folder: Path, clock: FakeClock | None = None) -> PeopleUpdate:
    """What an update brings that asks for two solutions at a time."""
    clock = clock or FakeClock(MORNING)
    limits = QueryLimits(page=2, attempts=3, total=10, retry_wait=1)
    async with QueryService(
        server.url, contact="desk@news.example", limits=limits, sleep=clock.sleep
    ) as service:
        return await update_world(service, folder)


def config_in(folder: Path) -> Path:
    """The config of a bot with a folder for its world, and an article to read."""
    path = folder / "config.toml"
    path.write_text('[bot]\nworld = "world"\n[[feeds]]\nurl = "saved"\nname = "Kabar"\nlanguage = "en"\n')
    (folder / "saved").mkdir()
    (folder / "saved" / "a.txt").write_text(ARTICLE)
    return path


async def run(*arguments: str | Path) -> Result:
    """A command beside a server, in a thread with a loop of its own."""
    return await asyncio.to_thread(CliRunner().invoke, main, [str(each) for each in arguments])
