"""A query service with a handful of people, which answers the two questions that the update asks.

It reads the query: which office is asked for, whose names and in which languages, LIMIT and OFFSET. What it
does not understand is a 400, as the real one's answer to a malformed query is.
"""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

__all__ = ["WikidataServer"]

ENTITY = "http://www.wikidata.org/entity/"
#: Item or property in the query that tells which office is asked for.
OFFICES = ("P1906", "P1313", "Q7330070", "Q2518691", "P2388")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holding:
    person: str
    office: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Canned:
    body: str
    status: int
    content_type: str
    headers: Mapping[str, str]


class WikidataServer:
    """Answers at `url` with what it was given.

    async with WikidataServer() as server:
        server.add_person("Q1", labels={"en": "Ana Example"})
        server.add_holding("Q1", "P1906", iso="FR", title="President of France", start="2031-05-14")
    """

    def __init__(self) -> None:
        #: The queries asked, in order, and the headers of each.
        self.queries: list[str] = []
        self.headers: list[Mapping[str, str]] = []
        self._people: dict[str, dict[str, Any]] = {}
        self._holdings: list[_Holding] = []
        self._canned: list[_Canned] = []
        self._stalls = False

    @property
    def url(self) -> str:
        """The address of the service."""
        return f"http://127.0.0.1:{self._port}/sparql"

    def add_person(
        self,
        item: str,
        *,
        labels: Mapping[str, str],
        aliases: tuple[str, ...] = (),
        family: str | None = None,
    ) -> None:
        """Somebody, with labels by language code."""
        self._people[item] = {"labels": labels, "aliases": aliases, "family": family}

    def add_holding(
        self,
        person: str,
        office: str,
        *,
        title: str,
        start: str,
        end: str | None = None,
        iso: str | None = None,
        body: tuple[str, str] | None = None,
        woman: bool = False,
    ) -> None:
        """A statement; dates as precise as they are written ("2031", "2031-05"), an unknown end as "?"."""
        values = {"title": title, "woman": str(woman).lower(), **_time("start", start)}
        if iso:
            values["iso"] = iso
        if body:
            values["body"], values["bodyName"] = body
        if end:
            values |= {"ended": "x"} if end == "?" else {"ended": end, **_time("end", end)}
        self._holdings.append(_Holding(person=person, office=office, values=values))

    def answer_once(
        self,
        body: str,
        *,
        status: int = 200,
        content_type: str = "application/sparql-results+json",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer the next request so, whatever it asks."""
        self._canned.append(
            _Canned(body=body, status=status, content_type=content_type, headers=headers or {})
        )

    def stall(self) -> None:
        """Answer nothing from now on."""
        self._stalls = True

    async def asked(self) -> None:
        """Wait for a request."""
        await self._asked.wait()

    async def __aenter__(self) -> Self:
        self._asked, self._closing = asyncio.Event(), asyncio.Event()
        app = web.Application()
        app.router.add_post("/sparql", self._answer)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        query = str((await request.post()).get("query", ""))
        self.queries.append(query)
        self.headers.append(request.headers)
        self._asked.set()
        if self._stalls:
            await self._closing.wait()
        if self._canned:
            canned = self._canned.pop(0)
            return web.Response(
                text=canned.body,
                status=canned.status,
                content_type=canned.content_type,
                headers=canned.headers,
            )
        rows = self._solutions(query)
        page = re.search(r"\bLIMIT (\d+) OFFSET (\d+)$", query)
        if rows is None or page is None:
            return web.Response(text="MalformedQueryException", status=400)
        limit, offset = map(int, page.groups())
        return web.Response(
            text=json.dumps({"head": {}, "results": {"bindings": rows[offset : offset + limit]}}),
            content_type="application/sparql-results+json",
        )

    def _solutions(self, query: str) -> list[dict[str, Any]] | None:
        if people := re.search(r"VALUES \?person \{ (.*?) \}", query):
            return self._names(re.findall(r"wd:(Q\d+)", people[1]), query)
        offices = [office for office in OFFICES if re.search(rf":{office}\b", query)]
        if len(offices) != 1 or not re.search(r"ps:P39\b", query):
            return None
        return [
            _binding({"person": ENTITY + each.person, "statement": f"statement/{number}", **each.values})
            for number, each in enumerate(self._holdings)
            if each.office == offices[0]
        ]

    def _names(self, people: list[str], query: str) -> list[dict[str, Any]]:
        asked = re.search(r'"label".*?IN \((.*?)\)', query)
        languages = set(re.findall(r'"([a-z-]+)"', asked[1])) if asked else set()
        rows = []
        for item in people:
            person = self._people[item]
            texts = [("label", code, text) for code, text in person["labels"].items() if code in languages]
            texts += [("alias", "en", alias) for alias in person["aliases"]]
            texts += [("family", "en", person["family"])] if person["family"] else []
            rows += [
                _binding({"person": ENTITY + item, "kind": kind})
                | {"name": {"type": "literal", "value": text, "xml:lang": code}}
                for kind, code, text in texts
            ]
        return rows


def _time(name: str, date: str) -> dict[str, str]:
    """A date as Wikidata gives it: full, with a precision beside it."""
    parts = date.split("-")
    full = "-".join([*parts, "01", "01"][:3])
    return {name: f"{full}T00:00:00Z", f"{name}Precision": str(8 + len(parts))}


def _binding(values: Mapping[str, str]) -> dict[str, Any]:
    return {name: {"type": "literal", "value": value} for name, value in values.items()}
