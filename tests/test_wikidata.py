"""A query service is asked as it wants to be asked, and what it answers is not trusted."""

import json
from pathlib import Path

import pytest

from bot.adapters.wikidata import QueryLimits, QueryService
from bot.app.updating_world import update_world
from bot.errors import WorldUpdateError
from tests.fakes import FakeClock
from tests.newsroom import MORNING
from tests.servers.wikidata import WikidataServer
from tests.updating import add_newcomer, updated


async def test_everything_is_asked_for_page_by_page(tmp_path: Path) -> None:
    """No query may take longer than a minute, so that none asks for everything."""
    async with WikidataServer() as server:
        for number in range(5):
            add_newcomer(server, f"Q90{number}", name=f"Ana{'abcde'[number]} Wexford")
            server.add_holding(f"Q90{number}", "Q2518691", iso="FR", title="army", start="2032", end="2033")
        update = await updated(server, tmp_path)
    pages = [query.rpartition("LIMIT ")[2] for query in server.queries if "P1906" in query]

    assert pages == ["2 OFFSET 0", "2 OFFSET 2", "2 OFFSET 4"]
    assert len(update.added) == 5
    assert {headers["Accept"] for headers in server.headers} == {"application/sparql-results+json"}
    assert all("desk@news.example" in headers["User-Agent"] for headers in server.headers)


async def test_a_service_that_is_busy_is_asked_again_when_it_says(tmp_path: Path) -> None:
    """Who does not heed it is banned for a day."""
    clock = FakeClock(MORNING)
    async with WikidataServer() as server:
        add_newcomer(server)
        server.answer_once("busy", status=429, content_type="text/plain", headers={"Retry-After": "7"})
        server.answer_once('{"results": {"bindings": [', status=200)
        update = await updated(server, tmp_path, clock)

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
        add_newcomer(server)
        await updated(server, tmp_path)
        before = (tmp_path / "people.jsonl").read_bytes()
        server.answer_once(body, status=status, content_type=content_type, headers=headers)
        with pytest.raises(WorldUpdateError, match=f"/sparql: {problem}; nothing was changed"):
            await updated(server, tmp_path)

    assert (tmp_path / "people.jsonl").read_bytes() == before


async def test_broken_answers_end_it_after_some_attempts(tmp_path: Path) -> None:
    """A service that stays broken is not asked for ever."""
    clock = FakeClock(MORNING)
    async with WikidataServer() as server:
        for _ in range(3):
            server.answer_once("boom", status=500, content_type="text/plain")
        with pytest.raises(WorldUpdateError, match="HTTP 500"):
            await updated(server, tmp_path, clock)

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
            await updated(server, tmp_path)
