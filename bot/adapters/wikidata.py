"""Asks a Wikidata query service (SPARQL over HTTP) who held which office, and what they are called.

The public service ends a query after a minute and limits how much one client may ask, so that everything is
asked for in pages, one after the other, and its word on when to come back is heeded.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.adapters.feed_download import retry_after, user_agent
from bot.errors import WorldUpdateError
from bot.officeholders import Holding, Office
from bot.people_names import Naming
from digest.facts import PartialDate

__all__ = ["ENDPOINT", "PEOPLE_AT_ONCE", "QueryLimits", "QueryService", "Row"]

logger = logging.getLogger(__name__)

ENDPOINT = "https://query.wikidata.org/sparql"
#: People whose names are asked for in one query.
PEOPLE_AT_ONCE = 100

#: The values of one solution by variable; the language of a text is under "variable@".
Row = Mapping[str, str]

#: International bodies: Wikidata's item -> `Body.id`. An answer counts only under a name of the body.
_BODIES = {
    "Q1065": "un",
    "Q7184": "nato",
    "Q7768": "asean",
    "Q8880": "european commission",
    "Q8886": "european council",
    "Q8908": "council of europe",
    "Q81299": "osce",
    "Q7159": "au",
    "Q7172": "arab league",
    "Q41984": "iaea",
    "Q7817": "who",
    "Q7804": "imf",
    "Q7164": "world bank",
    "Q7825": "wto",
    "Q41550": "oecd",
    "Q7795": "opec",
    "Q7809": "unesco",
    "Q132551": "unhcr",
    "Q7785": "commonwealth",
}
#: The public service knows them by itself, other services do not.
_PREFIXES = "\n".join(
    f"PREFIX {name}: <{address}>"
    for name, address in (
        ("wd", "http://www.wikidata.org/entity/"),
        ("wdt", "http://www.wikidata.org/prop/direct/"),
        ("p", "http://www.wikidata.org/prop/"),
        ("ps", "http://www.wikidata.org/prop/statement/"),
        ("pq", "http://www.wikidata.org/prop/qualifier/"),
        ("pqv", "http://www.wikidata.org/prop/qualifier/value/"),
        ("wikibase", "http://wikiba.se/ontology#"),
        ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    )
)
#: How each office is found: head of state (P1906) and of government (P1313) of a country (P297 is its code),
#: offices of a class and their jurisdiction (P1001), the head's office of a body (P2388).
_OFFICES = {
    Office.STATE: "?holder wdt:P1906 ?office ; wdt:P297 ?iso .",
    Office.GOVERNMENT: "?holder wdt:P1313 ?office ; wdt:P297 ?iso .",
    Office.FOREIGN: "?office (wdt:P279|wdt:P31) wd:Q7330070 ; wdt:P1001 ?holder . ?holder wdt:P297 ?iso .",
    Office.DEFENCE: "?office (wdt:P279|wdt:P31) wd:Q2518691 ; wdt:P1001 ?holder . ?holder wdt:P297 ?iso .",
    Office.BODY: "VALUES (?holder ?body) {{ {bodies} }} ?holder wdt:P2388 ?office ; rdfs:label ?bodyName ."
    ' FILTER(LANG(?bodyName) = "en")',
}
#: Statements of offices held (P39) with their start (P580) and end (P582), by people (Q5), some of whom died
#: (P570); Q6581072 is female. Of an end that is stated as unknown only ?ended is bound.
_HOLDINGS = """{prefixes}
SELECT DISTINCT ?person ?statement ?iso ?body ?bodyName ?title ?woman ?died ?ended
  ?start ?startPrecision ?end ?endPrecision
WHERE {{
  {office}
  ?statement ps:P39 ?office ; wikibase:rank ?rank .
  ?person p:P39 ?statement ; wdt:P31 wd:Q5 .
  ?office rdfs:label ?title . FILTER(LANG(?title) = "en")
  FILTER(?rank != wikibase:DeprecatedRank)
  ?statement pqv:P580 [ wikibase:timeValue ?start ; wikibase:timePrecision ?startPrecision ] .
  OPTIONAL {{ ?statement pq:P582 ?ended }}
  OPTIONAL {{ ?statement pqv:P582 [ wikibase:timeValue ?end ; wikibase:timePrecision ?endPrecision ] }}
  OPTIONAL {{ ?person wdt:P570 ?died }}
  BIND(EXISTS {{ ?person wdt:P21 wd:Q6581072 }} AS ?woman)
  FILTER(COALESCE(?end, ?start) >= "2000-01-01T00:00:00Z"^^xsd:dateTime)
}}
ORDER BY ?statement ?iso ?body ?title ?ended ?died
"""
#: P734 is the family name.
_NAMES = """{prefixes}
SELECT DISTINCT ?person ?kind ?name WHERE {{
  VALUES ?person {{ {people} }}
  {{ ?person rdfs:label ?name BIND("label" AS ?kind) FILTER(LANG(?name) IN ({languages})) }}
  UNION {{ ?person skos:altLabel ?name BIND("alias" AS ?kind) FILTER(LANG(?name) IN ("en", "mul")) }}
  UNION {{ ?person wdt:P734/rdfs:label ?name BIND("family" AS ?kind) FILTER(LANG(?name) IN ("en", "mul")) }}
}}
ORDER BY ?person ?kind ?name
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryLimits:
    """How long, how much and how often."""

    #: Seconds for one answer; the public service itself gives up after 60.
    total: float = 90.0
    connect: float = 10.0
    max_bytes: int = 64 * 1024 * 1024
    #: Solutions of one page.
    page: int = 2000
    attempts: int = 4
    #: Seconds before the second attempt; doubled for each further one.
    retry_wait: float = 5.0
    #: A service that asks to wait for longer is left until another day.
    max_retry_wait: float = 120.0


class _TryAgainError(Exception):
    """A failure that may be gone in a moment, and when the service wants to be asked again."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class QueryService:
    """A query service; an async context manager that owns its connections."""

    def __init__(
        self,
        endpoint: str = ENDPOINT,
        *,
        contact: str | None = None,
        limits: QueryLimits | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Remember whom to ask.

        Args:
            endpoint: Address of the service.
            contact: Told in the User-Agent: Wikimedia wants to know whom to turn to.
            limits: Times and sizes.
            sleep: Waits.
        """
        self.endpoint = endpoint
        self._contact = contact
        self._limits = limits or QueryLimits()
        self._sleep = sleep

    async def __aenter__(self) -> Self:
        headers = {
            "User-Agent": user_agent(self._contact),
            "Accept": "application/sparql-results+json",
        }
        timeout = aiohttp.ClientTimeout(total=self._limits.total, sock_connect=self._limits.connect)
        self._session = aiohttp.ClientSession(headers=headers, timeout=timeout, trust_env=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def holdings(self, office: Office, names_of_bodies: Mapping[str, frozenset[str]]) -> list[Holding]:
        """Who held an office since 2000.

        Args:
            office: Which.
            names_of_bodies: English names, in small letters, by `Body.id`.

        Raises:
            WorldUpdateError: There is no answer, or none that can be read.
        """
        bodies = " ".join(f'(wd:{item} "{body}")' for item, body in _BODIES.items())
        rows = await self._all(
            _HOLDINGS.format(prefixes=_PREFIXES, office=_OFFICES[office].format(bodies=bodies))
        )
        # A person with two dates of death, say, has a statement twice.
        once = {(row.get("statement"), row.get("iso"), row.get("body")): row for row in rows}
        found = [self._holding(row, office) for row in once.values() if _is_of_body(row, names_of_bodies)]
        return [holding for holding in found if holding is not None]

    async def namings(self, people: Sequence[str], languages: Sequence[str]) -> dict[str, Naming]:
        """What people are called in these languages, by their ids; ask for `PEOPLE_AT_ONCE` at most.

        Raises:
            WorldUpdateError: There is no answer, or none that can be read.
        """
        query = _NAMES.format(
            prefixes=_PREFIXES,
            people=" ".join(f"wd:{person}" for person in people),
            languages=", ".join(f'"{language}"' for language in languages),
        )
        rows = await self._all(query)
        labels: dict[str, dict[str, str]] = {person: {} for person in people}
        others: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            person, name = _item(row.get("person", "")), row.get("name", "")
            if row.get("kind") == "label" and person in labels:
                labels[person][row.get("name@", "")] = name
            else:
                others.setdefault((person, row.get("kind", "")), []).append(name)
        return {
            person: Naming(
                labels=texts,
                aliases=tuple(others.get((person, "alias"), ())),
                family=tuple(others.get((person, "family"), ())),
            )
            for person, texts in labels.items()
        }

    def _holding(self, row: Row, office: Office) -> Holding | None:
        """The statement of a row; None where its start is known to no year."""
        since = _date(row, "start")
        if since is None:
            return None
        try:
            return Holding(
                person=_item(row["person"]),
                office=office,
                country=row.get("iso"),
                body=row.get("body"),
                title=row["title"],
                since=since,
                until=_date(row, "end"),
                is_open="ended" not in row,
                is_woman=row.get("woman") == "true",
                has_died="died" in row,
            )
        except KeyError as error:
            raise self._error(f"an answer without ?{error.args[0]}") from error

    async def _all(self, query: str) -> list[Row]:
        """Every solution, page by page."""
        size = self._limits.page
        rows: list[Row] = []
        page: list[Row] = []
        while True:
            before, page = page, await self._ask(f"{query}LIMIT {size} OFFSET {len(rows)}")
            if page and page == before:
                raise self._error("gives the same page again and again")
            rows += page
            if len(page) < size:
                return rows

    async def _ask(self, query: str) -> list[Row]:
        """One page; a failure that may pass is waited for."""
        for attempt in range(self._limits.attempts):
            try:
                return self._rows(await self._post(query))
            except _TryAgainError as failure:
                wait = self._limits.retry_wait * 2**attempt if failure.wait is None else failure.wait
                if wait > self._limits.max_retry_wait:
                    raise self._error(f"{failure}, asks to come back in {wait:.0f} seconds") from failure
                if attempt == self._limits.attempts - 1:
                    raise self._error(str(failure)) from failure
                logger.info("query failed reason=%s wait=%s", failure, wait)
                await self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    async def _post(self, query: str) -> bytes:
        """The body of the answer to one request."""
        try:
            async with self._session.post(self.endpoint, data={"query": query}) as response:
                if response.status == 429 or response.status >= 500:
                    raise _TryAgainError(f"HTTP {response.status}", retry_after(response))
                if response.status != 200:
                    raise self._error(f"HTTP {response.status}")
                if "json" not in response.headers.get("Content-Type", ""):
                    said = response.content_type
                    raise self._error(f"answers with {said}: not the address of a query service")
                return await self._read_capped(response)
        except TimeoutError as error:
            raise _TryAgainError("timeout") from error
        except aiohttp.ClientConnectorDNSError as error:
            raise self._error("no such host, or no network") from error
        except aiohttp.ClientConnectorError as error:
            raise self._error(f"cannot connect: {error.os_error.strerror or 'refused'}") from error
        except aiohttp.InvalidURL as error:
            raise self._error("not a web address") from error
        except aiohttp.ClientError as error:
            raise _TryAgainError("connection broken") from error

    async def _read_capped(self, response: aiohttp.ClientResponse) -> bytes:
        body = bytearray()
        async for chunk in response.content.iter_chunked(65536):
            body += chunk
            if len(body) > self._limits.max_bytes:
                response.close()
                raise self._error("an answer that is too large")
        return bytes(body)

    def _rows(self, body: bytes) -> list[Row]:
        """The solutions in an answer."""
        try:
            bindings = json.loads(body)["results"]["bindings"]
            return [_row(binding) for binding in bindings]
        except ValueError as error:
            # The public service breaks off in the middle of an answer when its minute is over.
            raise _TryAgainError("an answer that is cut off, or no JSON") from error
        except (KeyError, TypeError, AttributeError) as error:
            raise self._error("JSON that is no SPARQL result") from error

    def _error(self, problem: str) -> WorldUpdateError:
        return WorldUpdateError(self.endpoint, problem)


def _row(binding: Mapping[str, Mapping[str, Any]]) -> Row:
    """The values of a solution by variable, with the languages of texts."""
    row = {variable: str(term["value"]) for variable, term in binding.items()}
    languages = {
        f"{variable}@": str(term["xml:lang"]) for variable, term in binding.items() if "xml:lang" in term
    }
    return row | languages


def _item(address: str) -> str:
    """The id at the end of an item's address: "Q42"."""
    return address.rpartition("/")[2]


def _date(row: Row, name: str) -> PartialDate | None:
    """A time of Wikidata as precisely as it is meant: 11 is the day, 10 the month, 9 the year."""
    parts = {"11": 3, "10": 2, "9": 1}.get(row.get(f"{name}Precision", ""), 0)
    day = row.get(name, "").partition("T")[0]
    try:
        return PartialDate.parse("-".join(day.split("-")[:parts]))
    except ValueError:
        return None


def _is_of_body(row: Row, names: Mapping[str, frozenset[str]]) -> bool:
    """Whether a row about a body carries one of its names: an item may have been merged into another."""
    body = row.get("body")
    return body is None or row.get("bodyName", "").casefold() in names.get(body, frozenset())
