"""The stories: real trips, each told by several outlets, which show what joining reports must get right.

A trip's id is visitor-country-month: the family name as the press shortens it (the full name for a Kim), the
destination's code, the month in which the trip began or was to begin. A day moved is the same trip. A trip
called off or put off to another month keeps its own id; when it comes about after all, that is another trip.
An invitation or rumour without a date belongs to the trip that began within half a year, else to the month in
which it was told.
"""

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.facts import Kind, PartialDate, Salience, Scope, Status

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "tests" / "corpus" / "stories").glob("*.jsonl"))
COUNTRIES = {
    json.loads(line)["code"] for line in (ROOT / "digest/world/countries.jsonl").read_text().splitlines()
} | {"EU"}
LANGUAGES = {"id", "ms", "en", "ko", "ja", "zh", "vi", "ru", "ar", "hi", "tr", "es", "fr", "de", "pt"}
REPORT = {"id", "story", "lang", "outlet", "url", "published", "title", "text", "visits"}
VISIT = {
    *("trip", "salience", "scope", "visitors", "destinations", "hosts", "start", "end", "date_text"),
    *("date_conflict", "status", "kind", "purpose", "purpose_text", "evidence"),
}
TRIP = re.compile(r"[a-z]+(-[a-z]+)*-([a-z]{2})-(\d{4}-\d{2})")

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """The reports of one story."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


REPORTS = [row for path in FILES for row in rows(path)]


def visits(reports: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Every visit with the report that tells it."""
    return ((report, visit) for report in reports for visit in report["visits"])


def by_trip() -> dict[str, list[tuple[Row, Row]]]:
    """The reports of each trip, from all files."""
    told = defaultdict(list)
    for report, visit in visits(REPORTS):
        told[visit["trip"]].append((report, visit))
    return told


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_story_is_told_often_and_in_several_languages(path: Path) -> None:
    reports = rows(path)
    languages = defaultdict(set)
    for report, visit in visits(reports):
        languages[visit["trip"]].add(report["lang"])

    assert all(set(report) == REPORT for report in reports)
    assert {report["story"] for report in reports} == {path.stem}
    assert all(report["id"].startswith(f"{path.stem}/{report['lang']}-") for report in reports)
    assert len(reports) >= 8
    assert max(len(told) for told in languages.values()) >= 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_annotated_stands_in_the_report(path: Path) -> None:
    wrong = [
        (report["id"], words)
        for report, visit in visits(rows(path))
        for words in (visit["evidence"], visit["date_text"], visit["purpose_text"])
        if words is not None and words not in f"{report['title']}\n{report['text']}"
    ]

    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_visit_has_the_values_of_the_schema(path: Path) -> None:
    for report, visit in visits(rows(path)):
        parties = visit["visitors"] + visit["destinations"] + visit["hosts"]

        assert set(visit) == VISIT, report["id"]
        assert visit["visitors"], report["id"]
        assert visit["destinations"], report["id"]
        assert {party["country"] for party in parties} - {None} <= COUNTRIES, report["id"]
        assert visit["salience"] in set(Salience)
        assert visit["scope"] in set(Scope)
        assert visit["status"] in set(Status)
        assert visit["kind"] in set(Kind)
        assert isinstance(visit["date_conflict"], bool)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_dates_are_dates_and_lie_about_the_month_of_the_trip(path: Path) -> None:
    for report, visit in visits(rows(path)):
        days = [PartialDate.parse(visit[key]) for key in ("start", "end") if visit[key]]
        in_order = not days or days[0].earliest <= days[-1].latest
        year, month = map(int, visit["trip"][-7:].split("-"))

        assert dt.datetime.fromisoformat(report["published"]).tzinfo, report["id"]
        assert in_order, report["id"]
        assert all(
            abs((day.year - year) * 12 + day.month - month) <= 1 if day.month else abs(day.year - year) <= 1
            for day in days
        ), report["id"]


def test_no_id_and_no_link_stands_twice() -> None:
    ids = [report["id"] for report in REPORTS]
    links = [report["url"] for report in REPORTS]

    assert len(set(ids)) == len(ids)
    assert len(set(links)) == len(links)


def test_the_reports_of_a_trip_agree_on_who_goes_where() -> None:
    """The lead visitor may be told by office only, but a name or a country is the same in all of them."""
    for trip, told in by_trip().items():
        leads = [visit["visitors"][0] for _, visit in told]
        shape = TRIP.fullmatch(trip)

        assert shape, trip
        assert {place["country"] for _, visit in told for place in visit["destinations"]} == {
            shape[2].upper()
        }, trip
        assert len({lead["country"] for lead in leads}) == 1, trip
        assert len({lead["name"] for lead in leads} - {None}) <= 1, trip


def test_a_trip_has_one_id() -> None:
    """Two spellings of an id would count two right reports as two trips."""
    ids = defaultdict(set)
    for trip, told in by_trip().items():
        for _, visit in told:
            if name := visit["visitors"][0]["name"]:
                ids[name, trip[-10:]].add(trip)

    assert {key: trips for key, trips in ids.items() if len(trips) > 1} == {}


def test_no_report_tells_a_trip_twice() -> None:
    for report in REPORTS:
        trips = [visit["trip"] for visit in report["visits"]]

        assert len(set(trips)) == len(trips), report["id"]


def test_all_languages_tell_stories_and_some_reports_tell_no_visit() -> None:
    assert {report["lang"] for report in REPORTS} == LANGUAGES
    assert any(not report["visits"] for report in REPORTS)


def test_the_corpus_is_large_enough_to_measure_joining() -> None:
    """Forty trips in four languages and 320 reports; with trips that only their month tells apart."""
    told = by_trip()
    languages = {trip: {report["lang"] for report, _ in reports} for trip, reports in told.items()}
    routes = Counter(trip[:-8] for trip in told)

    assert len(REPORTS) >= 320
    assert sum(len(spoken) >= 4 for spoken in languages.values()) >= 40
    assert sum(times > 1 for times in routes.values()) >= 40
