"""The people kept in a folder: written whole or not at all, and checked before anything reads by them."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.adapters.sqlite_store import SqliteStore
from bot.adapters.world_file import load_world_in, save_people
from bot.app.service import serve
from bot.cli import main
from bot.errors import WorldFileError
from bot.people_update import person_record
from bot.settings import load_settings
from digest.world import load_world
from tests.fakes import FakeClock
from tests.newsroom import MORNING
from tests.servers.wikidata import WikidataServer
from tests.updating import ARTICLE, config_in, run, updated


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A bot with a folder for its world, and an article to read."""
    return config_in(tmp_path)


def test_what_ships_is_written_as_it_ships(tmp_path: Path) -> None:
    """The file is of the same format, so that nothing of a record is lost on the way."""
    shipped = Path(__file__).parents[1] / "digest" / "world" / "people.jsonl"
    path = save_people(tmp_path / "new" / "folder", map(person_record, load_world().people))
    records = [
        [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for file in (path, shipped)
    ]

    assert records[0] == records[1]


def test_people_who_break_the_schema_are_not_written(tmp_path: Path) -> None:
    """The world's own door lets them pass, or the old file stays."""
    save_people(tmp_path, [person_record(load_world().people[0])])
    before = (tmp_path / "people.jsonl").read_bytes()
    with pytest.raises(WorldFileError, match="line 1: unknown key 'height'"):
        save_people(tmp_path, [person_record(load_world().people[0]) | {"height": 2}])

    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("people.jsonl", before)]


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    """One line with the path."""
    (tmp_path / "world").write_text("a file")
    with pytest.raises(WorldFileError, match=r"world/people\.jsonl: cannot be written"):
        save_people(tmp_path / "world", [])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'{"name": "A"}\n', "line 1: terms: at least one is needed"),
        (b'{"name": \n', "line 1: not JSON"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_broken_file_is_one_line_in_every_command_that_reads(
    config: Path, content: bytes, problem: str
) -> None:
    """Its path, the line, and how to get a whole one."""
    folder = config.parent / "world"
    folder.mkdir()
    (folder / "people.jsonl").write_bytes(content)
    article = config.parent / "saved" / "a.txt"
    for arguments in (
        ("digest", article, "--world", folder),
        ("explain", article, "--world", folder),
        ("poll", "--config", config),
        ("brief", "--config", config),
    ):
        done = CliRunner().invoke(main, [str(each) for each in arguments])

        assert done.exit_code == 1, arguments
        assert f"people.jsonl: {problem}" in done.stderr
        assert "`attache update-world` writes it anew" in done.stderr


async def test_a_bot_does_not_start_with_a_broken_file(config: Path) -> None:
    """It would fail with every article."""
    (config.parent / "world").mkdir()
    (config.parent / "world" / "people.jsonl").write_text("[]\n")
    settings = load_settings(config, {})
    with SqliteStore(settings.bot.database) as store, pytest.raises(WorldFileError, match="not an object"):
        await serve(settings, store, FakeClock(MORNING), asyncio.Event())


async def test_a_broken_file_is_written_anew(tmp_path: Path) -> None:
    """An update does not read what an earlier one wrote."""
    (tmp_path / "people.jsonl").write_text("[]\n")
    async with WikidataServer() as server:
        await updated(server, tmp_path)

    assert load_world_in(tmp_path).people == load_world().people


async def test_a_folder_without_people_is_told_where_it_was_asked_for(tmp_path: Path) -> None:
    """A slip in --world must not quietly read by what ships; a config's folder may be empty still."""
    (tmp_path / "a.txt").write_text(ARTICLE)
    done = await run("digest", tmp_path / "a.txt", "--world", tmp_path)

    assert done.exit_code == 1
    assert "no such file; `attache update-world` writes it" in done.stderr
    assert load_world_in(tmp_path) is load_world()
