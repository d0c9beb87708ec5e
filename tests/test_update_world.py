"""`attache update-world`: newer people and offices from a query service, which everything reads by."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.adapters.sqlite_store import SqliteStore
from bot.adapters.wikidata import QueryLimits, QueryService
from bot.adapters.world_file import load_world_in, save_people
from bot.app.service import serve
from bot.app.updating_world import update_world
from bot.cli import main
from bot.errors import WorldFileError, WorldUpdateError
from bot.people_update import PeopleUpdate, person_record
from bot.settings import load_settings
from digest.facts import PartialDate
from digest.world import Person, Term, load_world
from tests.fakes import FakeClock
from tests.newsroom import MORNING
from tests.servers.wikidata import WikidataServer

ARTICLE = "PARIS, 12 May 2031 - French President Ana Wexford will visit Tokyo on 14 May 2031 for talks.\n"
NAMES = {"en": "Ana Wexford", "ko": "아나 웩스퍼드", "de": "Ana Wexford", "ja": "Ana Wexford"}


def _known(*, role: str) -> tuple[Person, Term]:
    """Somebody who ships as the holder of such an office to this day."""
    return next(
        (person, person.terms[-1])
        for person in load_world().people
        if len(person.terms) == 1
        and person.terms[0].role == role
        and person.terms[0].until is None
        and person.terms[0].since
        and person.terms[0].country != "US"
    )


def _add_newcomer(server: WikidataServer, item: str = "Q900", name: str = "Ana Wexford") -> None:
    server.add_person(item, labels=NAMES | {"en": name}, aliases=("Anna Wexford", "AW"), family="Wexford")
    server.add_holding(
        item, "P1906", iso="FR", title="President of France", start="2031-05-10", woman=True, end=None
    )


async def _update(server: WikidataServer, folder: Path, clock: FakeClock | None = None) -> PeopleUpdate:
    clock = clock or FakeClock(MORNING)
    limits = QueryLimits(page=2, attempts=3, total=10, retry_wait=1)
    async with QueryService(
        server.url, contact="desk@news.example", limits=limits, sleep=clock.sleep
    ) as service:
        return await update_world(service, folder)


async def test_somebody_new_comes_with_office_and_names(tmp_path: Path) -> None:
    """The names that newspapers write, in the languages that write them in their own way."""
    async with WikidataServer() as server:
        _add_newcomer(server)
        update = await _update(server, tmp_path)
    person = load_world_in(tmp_path).person("Ana Wexford")

    assert [added.name for added in update.added] == ["Ana Wexford"]
    assert person is not None
    assert person.names == {"en": ("Ana Wexford", "Anna Wexford"), "ko": ("아나 웩스퍼드",)}
    assert person.short == {"en": ("Wexford",)}
    assert person.terms == (Term(country="FR", role="president", since=PartialDate.parse("2031-05-10")),)


async def test_nothing_that_ships_is_lost(tmp_path: Path) -> None:
    """The file holds all that shipped, in its order, and the new behind it."""
    async with WikidataServer() as server:
        _add_newcomer(server)
        await _update(server, tmp_path)
    shipped, kept = load_world().people, load_world_in(tmp_path).people

    assert kept[: len(shipped)] == shipped
    assert len(kept) == len(shipped) + 1


async def test_a_term_that_was_open_gets_its_end(tmp_path: Path) -> None:
    """The start that ships stays; the mandates of one office count as one."""
    person, term = _known(role="foreign minister")
    async with WikidataServer() as server:
        server.add_person("Q1", labels={"en": person.name})
        title = "Minister of Foreign Affairs"
        for start, end in (("2030-01-05", "2030-09-01"), ("2000-01-01", "2030-01-05")):
            server.add_holding("Q1", "Q7330070", iso=term.country, title=title, start=start, end=end)
        server.add_person("Q2", labels={"en": "Ana Wexford"})
        server.add_holding("Q2", "Q7330070", iso=term.country, title=title, start="2030-09-01")
        update = await _update(server, tmp_path)
    ended = Term(
        country=term.country, role=term.role, since=term.since, until=PartialDate.parse("2030-09-01")
    )
    kept = load_world_in(tmp_path).person(person.name)

    assert update.terms_ended == [(person.name, ended)]
    assert kept is not None
    assert kept.terms == (ended,)
    assert [added.name for added in update.added] == ["Ana Wexford"]
    assert update.terms_added == []


async def test_an_end_without_a_successor_is_left_out(tmp_path: Path) -> None:
    """More often the minister went on in the next cabinet, and nobody has entered that yet."""
    person, term = _known(role="foreign minister")
    async with WikidataServer() as server:
        server.add_person("Q1", labels={"en": person.name})
        server.add_holding(
            "Q1", "Q7330070", iso=term.country, title="Foreign Minister", start="2020", end="2030"
        )
        update = await _update(server, tmp_path)

    assert load_world_in(tmp_path).person(person.name) == person
    assert update.left_out == {"an end, though nobody succeeded": 1}


async def test_an_office_of_two_titles_is_one(tmp_path: Path) -> None:
    """What ships as a supreme leader is no president besides."""
    async with WikidataServer() as server:
        server.add_person("Q1", labels={"en": "Kim Jong-un"})
        server.add_holding(
            "Q1", "P1906", iso="KP", title="President of the State Affairs of North Korea", start="2016-06-29"
        )
        update = await _update(server, tmp_path)

    assert load_world_in(tmp_path).person("Kim Jong Un") == load_world().person("Kim Jong Un")
    assert update.left_out == {"an office known under another title": 1}


@pytest.mark.parametrize(
    ("label", "family", "short"),
    [
        ("Ana Wexford", "Wexford", {"en": ("Wexford",)}),
        ("Ana Wexford", None, {}),
        ("Ana Putin", "Putin", {}),
        ("Ana Wellington", "Wellington", {}),
        ("Ana Wex", "Wex", {}),
    ],
)
async def test_a_family_name_counts_alone_where_it_is_nobody_else_s(
    tmp_path: Path, label: str, family: str | None, short: dict[str, tuple[str, ...]]
) -> None:
    """Not a short word, nor another person's or a city's name."""
    async with WikidataServer() as server:
        server.add_person("Q1", labels={"en": label}, family=family)
        server.add_holding("Q1", "P1906", iso="FR", title="President of France", start="2031-05")
        update = await _update(server, tmp_path)

    assert [person.short for person in update.added] == [short]


async def test_a_name_of_one_word_is_too_little(tmp_path: Path) -> None:
    """It would be found in any text."""
    async with WikidataServer() as server:
        server.add_person("Q1", labels={"en": "Gloria"})
        server.add_holding("Q1", "P1906", iso="FR", title="President of France", start="2031-05")
        update = await _update(server, tmp_path)

    assert update.added == []
    assert update.left_out == {"a name of one word": 1}


async def test_somebody_known_gets_a_new_office(tmp_path: Path) -> None:
    """A minister who becomes head of a body, known by another spelling of the name."""
    person, term = _known(role="foreign minister")
    async with WikidataServer() as server:
        server.add_person("Q1", labels={"en": f"Xavier {person.name}"}, aliases=(person.name.upper(),))
        server.add_holding(
            "Q1", "Q7330070", iso=term.country, title="Foreign Minister", start="2020", end="2030"
        )
        server.add_holding(
            "Q1", "P2388", body=("nato", "NATO"), title="Secretary General of NATO", start="2031-10"
        )
        update = await _update(server, tmp_path)
    new = Term(country=None, body="nato", role="secretary-general", since=PartialDate.parse("2031-10"))

    assert update.terms_added == [(person.name, new)]
    assert load_world_in(tmp_path).person(f"Xavier {person.name}") is None


async def test_names_come_in_languages_that_have_none(tmp_path: Path) -> None:
    """Names that are there stay as they are."""
    person = next(p for p in load_world().people if "hi" not in p.names and p.terms[0].country)
    async with WikidataServer() as server:
        server.add_person("Q1", labels={"en": person.name, "hi": "अना वेक्सफोर्ड", "ko": "다른 이름"})
        server.add_holding(
            "Q1", "P1906", iso=person.terms[0].country, title="President", start="2001", end="2002"
        )
        update = await _update(server, tmp_path)
    kept = load_world_in(tmp_path).person(person.name)

    assert update.names_added == 1
    assert kept is not None
    assert kept.names == {**person.names, "hi": ("अना वेक्सफोर्ड",)}


async def test_a_namesake_elsewhere_is_left_out(tmp_path: Path) -> None:
    """A name alone does not say that it is the same person; two of one name are nobody."""
    person, _ = _known(role="foreign minister")
    async with WikidataServer() as server:
        for item, name in (("Q1", person.name), ("Q2", "Ana Wexford"), ("Q3", "Ana Wexford")):
            server.add_person(item, labels={"en": name})
            server.add_holding(
                item, "P2388", body=("nato", "NATO"), title="President", start="2031", end="2032"
            )
        update = await _update(server, tmp_path)

    assert (update.added, update.terms_added) == ([], [])
    assert update.left_out == {"the name of somebody else": 1, "two people of one name": 2}


async def test_a_head_of_several_states_is_that_of_the_own(tmp_path: Path) -> None:
    """A king of many realms travels as the king of one."""
    person = next(
        p for p in load_world().people if p.terms[-1].role == "king" and p.terms[-1].country == "GB"
    )
    async with WikidataServer() as server:
        server.add_person("Q1", labels={"en": person.name})
        for iso in ("GB", "CA", "AU"):
            server.add_holding("Q1", "P1906", iso=iso, title="monarch", start="2022-09-08")
        update = await _update(server, tmp_path)

    assert load_world_in(tmp_path).person(person.name) == person
    assert update.left_out == {"head of several states": 2}


async def test_an_item_of_another_body_does_not_count(tmp_path: Path) -> None:
    """Items are merged and redirected; the label has to be one of the body's own."""
    async with WikidataServer() as server:
        server.add_person("Q1", labels={"en": "Ana Wexford"})
        server.add_holding("Q1", "P2388", body=("nato", "Chess Club"), title="President", start="2031")
        update = await _update(server, tmp_path)

    assert update.added == []


async def test_everything_is_asked_for_page_by_page(tmp_path: Path) -> None:
    """No query may take longer than a minute, so that none asks for everything."""
    async with WikidataServer() as server:
        for number in range(5):
            _add_newcomer(server, f"Q90{number}", name=f"Ana{'abcde'[number]} Wexford")
            server.add_holding(f"Q90{number}", "Q2518691", iso="FR", title="army", start="2032", end="2033")
        update = await _update(server, tmp_path)
    pages = [query.rpartition("LIMIT ")[2] for query in server.queries if "P1906" in query]

    assert pages == ["2 OFFSET 0", "2 OFFSET 2", "2 OFFSET 4"]
    assert len(update.added) == 5
    assert {headers["Accept"] for headers in server.headers} == {"application/sparql-results+json"}
    assert all("desk@news.example" in headers["User-Agent"] for headers in server.headers)


async def test_a_service_that_is_busy_is_asked_again_when_it_says(tmp_path: Path) -> None:
    """Who does not heed it is banned for a day."""
    clock = FakeClock(MORNING)
    async with WikidataServer() as server:
        _add_newcomer(server)
        server.answer_once("busy", status=429, content_type="text/plain", headers={"Retry-After": "7"})
        server.answer_once('{"results": {"bindings": [', status=200)
        update = await _update(server, tmp_path, clock)

    assert clock.slept == [7, 2]
    assert len(update.added) == 1


@pytest.mark.parametrize(
    ("body", "status", "content_type", "headers", "problem"),
    [
        ("<html>", 200, "text/html", {}, "answers with text/html: not the address of a query service"),
        ("no", 400, "text/plain", {}, "HTTP 400"),
        ("busy", 429, "text/plain", {"Retry-After": "3600"}, "HTTP 429, asks to come back in 3600 seconds"),
        ('{"boolean": true}', 200, "application/sparql-results+json", {}, "JSON that is no SPARQL result"),
    ],
)
async def test_an_answer_that_is_none_is_told_and_changes_nothing(
    tmp_path: Path, body: str, status: int, content_type: str, headers: dict[str, str], problem: str
) -> None:
    """One line, at once; what an earlier update wrote stays."""
    async with WikidataServer() as server:
        _add_newcomer(server)
        await _update(server, tmp_path)
        before = (tmp_path / "people.jsonl").read_bytes()
        server.answer_once(body, status=status, content_type=content_type, headers=headers)
        with pytest.raises(WorldUpdateError, match=f"/sparql: {problem}; nothing was changed"):
            await _update(server, tmp_path)

    assert (tmp_path / "people.jsonl").read_bytes() == before


async def test_broken_answers_end_it_after_some_attempts(tmp_path: Path) -> None:
    """A service that stays broken is not asked for ever."""
    clock = FakeClock(MORNING)
    async with WikidataServer() as server:
        for _ in range(3):
            server.answer_once("boom", status=500, content_type="text/plain")
        with pytest.raises(WorldUpdateError, match="HTTP 500"):
            await _update(server, tmp_path, clock)

    assert clock.slept == [1, 2]
    assert list(tmp_path.iterdir()) == []


async def test_silence_is_a_timeout(tmp_path: Path) -> None:
    """A service that answers nothing does not hold the command."""
    async with WikidataServer() as server:
        server.stall()
        limits = QueryLimits(total=0.05, attempts=1)
        async with QueryService(server.url, limits=limits) as service:
            with pytest.raises(WorldUpdateError, match="timeout"):
                await update_world(service, tmp_path)


async def test_the_same_page_again_is_no_next_page(tmp_path: Path) -> None:
    """A service that ignores OFFSET would be asked without end."""
    row = {"person": {"value": "Q1"}, "title": {"value": "x"}, "statement": {"value": "s"}}
    async with WikidataServer() as server:
        for _ in range(2):
            server.answer_once(json.dumps({"results": {"bindings": [row, row]}}))
        with pytest.raises(WorldUpdateError, match="same page"):
            await _update(server, tmp_path)


async def test_an_update_that_is_broken_off_leaves_nothing_half_written(tmp_path: Path) -> None:
    """It writes once, at the end, and beside the old file."""
    folder = tmp_path / "world"
    async with WikidataServer() as server:
        server.stall()
        updating = asyncio.create_task(_update(server, folder))
        await server.asked()
        updating.cancel()
        with pytest.raises(asyncio.CancelledError):
            await updating

    assert not folder.exists()


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


# The command, and those that read by what it wrote.


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A bot with a folder for its world, and an article to read."""
    path = tmp_path / "config.toml"
    path.write_text('[bot]\nworld = "world"\n[[feeds]]\nurl = "saved"\nname = "Kabar"\nlanguage = "en"\n')
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "a.txt").write_text(ARTICLE)
    return path


async def _run(*arguments: str | Path) -> Result:
    """The command beside the server, in a thread with a loop of its own."""
    return await asyncio.to_thread(CliRunner().invoke, main, [str(each) for each in arguments])


async def test_the_bot_reads_by_what_the_update_brought(config: Path) -> None:
    """Somebody whom nobody knew is known by name, country and office, and shown in the reader's language."""
    article, world = config.parent / "saved" / "a.txt", config.parent / "world"
    bare = ARTICLE.replace("French President ", "")
    (config.parent / "bare.txt").write_text(bare)
    before = await _run("digest", config.parent / "bare.txt")
    async with WikidataServer() as server:
        _add_newcomer(server)
        done = await _run("update-world", "--config", config, "--endpoint", server.url)
    after = await _run("digest", config.parent / "bare.txt", "--world", world, "--published", "2031-05-12")
    explained = await _run("explain", article, "--world", world, "--published", "2031-05-12")
    now = ("--config", config, "--now", "2031-05-12T07:00:00+00:00")
    polled = await _run("poll", *now)
    told = await _run("brief", "--lang", "ko", *now)

    assert (done.exit_code, polled.exit_code) == (0, 0), done.output + polled.output
    assert "1 people added" in done.stdout
    assert "added: Ana Wexford, FR president 2031-05-10.." in done.stdout
    assert "no visits" in " ".join(before.stdout.split())
    assert "Ana Wexford (president, FR)" in after.stdout
    assert "Ana Wexford" in explained.stdout
    assert "아나 웩스퍼드" in told.stdout


async def test_a_dry_run_writes_nothing(config: Path) -> None:
    """It says what would change."""
    async with WikidataServer() as server:
        _add_newcomer(server)
        done = await _run("update-world", "--dry-run", "--config", config, "--endpoint", server.url)

    assert done.exit_code == 0
    assert "1 people added" in done.stdout
    assert "nothing was written" in done.stdout
    assert not (config.parent / "world").exists()


async def test_without_a_network_there_is_one_line(config: Path) -> None:
    """Nothing is written, and the exit code says so."""
    async with WikidataServer() as server:
        gone = server.url
    done = await _run("update-world", "--config", config, "--endpoint", gone)

    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "cannot connect" in done.stderr
    assert not (config.parent / "world").exists()


async def test_a_config_without_a_folder_says_what_to_add(tmp_path: Path) -> None:
    """Where newer people are kept is the admin's to say."""
    config = tmp_path / "config.toml"
    config.write_text("[bot]\n")
    done = await _run("update-world", "--config", config)

    assert done.exit_code == 1
    assert 'add world = "world"' in done.stderr


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


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "ok     {config}:2: [bot] world: as shipped; `attache update-world` fetches newer people"),
        ("", "ok     {config}:2: [bot] world: 0 people"),
        ("[]\n", "FAILED {config}:2: [bot] world: {config.parent}/world/people.jsonl: line 1: not an object"),
    ],
)
async def test_check_says_what_the_folder_holds(config: Path, content: str | None, said: str) -> None:
    """With the line of the config, as for everything else."""
    if content is not None:
        (config.parent / "world").mkdir()
        (config.parent / "world" / "people.jsonl").write_text(content)
    done = await _run("check", "--config", config)

    assert said.format(config=config) in done.stdout


async def test_a_broken_file_is_written_anew(tmp_path: Path) -> None:
    """An update does not read what an earlier one wrote."""
    (tmp_path / "people.jsonl").write_text("[]\n")
    async with WikidataServer() as server:
        await _update(server, tmp_path)

    assert load_world_in(tmp_path).people == load_world().people


async def test_a_folder_without_people_is_told_where_it_was_asked_for(tmp_path: Path) -> None:
    """A slip in --world must not quietly read by what ships; a config's folder may be empty still."""
    (tmp_path / "a.txt").write_text(ARTICLE)
    done = await _run("digest", tmp_path / "a.txt", "--world", tmp_path)

    assert done.exit_code == 1
    assert "no such file; `attache update-world` writes it" in done.stderr
    assert load_world_in(tmp_path) is load_world()
