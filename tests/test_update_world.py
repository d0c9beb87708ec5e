"""`attache update-world`: newer people and offices from a query service, which everything reads by."""

import asyncio
from pathlib import Path

import pytest

from bot.adapters.world_file import load_world_in
from digest.facts import PartialDate
from digest.world import Person, Term, load_world
from tests.servers.wikidata import WikidataServer
from tests.updating import ARTICLE, add_newcomer, config_in, run, updated


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


async def test_somebody_new_comes_with_office_and_names(tmp_path: Path) -> None:
    """The names that newspapers write, in the languages that write them in their own way."""
    async with WikidataServer() as server:
        add_newcomer(server)
        update = await updated(server, tmp_path)
    person = load_world_in(tmp_path).person("Ana Wexford")

    assert [added.name for added in update.added] == ["Ana Wexford"]
    assert person is not None
    assert person.names == {"en": ("Ana Wexford", "Anna Wexford"), "ko": ("아나 웩스퍼드",)}
    assert person.short == {"en": ("Wexford",)}
    assert person.terms == (Term(country="FR", role="president", since=PartialDate.parse("2031-05-10")),)


async def test_nothing_that_ships_is_lost(tmp_path: Path) -> None:
    """The file holds all that shipped, in its order, and the new behind it."""
    async with WikidataServer() as server:
        add_newcomer(server)
        await updated(server, tmp_path)
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
        update = await updated(server, tmp_path)
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
        update = await updated(server, tmp_path)

    assert load_world_in(tmp_path).person(person.name) == person
    assert update.left_out == {"an end, though nobody succeeded": 1}


async def test_an_office_of_two_titles_is_one(tmp_path: Path) -> None:
    """What ships as a supreme leader is no president besides."""
    async with WikidataServer() as server:
        server.add_person("Q1", labels={"en": "Kim Jong-un"})
        server.add_holding(
            "Q1", "P1906", iso="KP", title="President of the State Affairs of North Korea", start="2016-06-29"
        )
        update = await updated(server, tmp_path)

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
        update = await updated(server, tmp_path)

    assert [person.short for person in update.added] == [short]


async def test_a_name_of_one_word_is_too_little(tmp_path: Path) -> None:
    """It would be found in any text."""
    async with WikidataServer() as server:
        server.add_person("Q1", labels={"en": "Gloria"})
        server.add_holding("Q1", "P1906", iso="FR", title="President of France", start="2031-05")
        update = await updated(server, tmp_path)

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
        update = await updated(server, tmp_path)
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
        update = await updated(server, tmp_path)
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
        update = await updated(server, tmp_path)

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
        update = await updated(server, tmp_path)

    assert load_world_in(tmp_path).person(person.name) == person
    assert update.left_out == {"head of several states": 2}


async def test_an_item_of_another_body_does_not_count(tmp_path: Path) -> None:
    """Items are merged and redirected; the label has to be one of the body's own."""
    async with WikidataServer() as server:
        server.add_person("Q1", labels={"en": "Ana Wexford"})
        server.add_holding("Q1", "P2388", body=("nato", "Chess Club"), title="President", start="2031")
        update = await updated(server, tmp_path)

    assert update.added == []


async def test_an_update_that_is_broken_off_leaves_nothing_half_written(tmp_path: Path) -> None:
    """It writes once, at the end, and beside the old file."""
    folder = tmp_path / "world"
    async with WikidataServer() as server:
        server.stall()
        updating = asyncio.create_task(updated(server, folder))
        await server.asked()
        updating.cancel()
        with pytest.raises(asyncio.CancelledError):
            await updating

    assert not folder.exists()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A bot with a folder for its world, and an article to read."""
    return config_in(tmp_path)


async def test_the_bot_reads_by_what_the_update_brought(config: Path) -> None:
    """Somebody whom nobody knew is known by name, country and office, and shown in the reader's language."""
    article, world = config.parent / "saved" / "a.txt", config.parent / "world"
    bare = ARTICLE.replace("French President ", "")
    (config.parent / "bare.txt").write_text(bare)
    before = await run("digest", config.parent / "bare.txt")
    async with WikidataServer() as server:
        add_newcomer(server)
        done = await run("update-world", "--config", config, "--endpoint", server.url)
    after = await run("digest", config.parent / "bare.txt", "--world", world, "--published", "2031-05-12")
    explained = await run("explain", article, "--world", world, "--published", "2031-05-12")
    now = ("--config", config, "--now", "2031-05-12T07:00:00+00:00")
    polled = await run("poll", *now)
    told = await run("brief", "--lang", "ko", *now)

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
        add_newcomer(server)
        done = await run("update-world", "--dry-run", "--config", config, "--endpoint", server.url)

    assert done.exit_code == 0
    assert "1 people added" in done.stdout
    assert "nothing was written" in done.stdout
    assert not (config.parent / "world").exists()


async def test_without_a_network_there_is_one_line(config: Path) -> None:
    """Nothing is written, and the exit code says so."""
    async with WikidataServer() as server:
        gone = server.url
    done = await run("update-world", "--config", config, "--endpoint", gone)

    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "cannot connect" in done.stderr
    assert not (config.parent / "world").exists()


async def test_a_config_without_a_folder_says_what_to_add(tmp_path: Path) -> None:
    """Where newer people are kept is the admin's to say."""
    config = tmp_path / "config.toml"
    config.write_text("[bot]\n")
    done = await run("update-world", "--config", config)

    assert done.exit_code == 1
    assert 'add world = "world"' in done.stderr


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
    done = await run("check", "--config", config)

    assert said.format(config=config) in done.stdout
