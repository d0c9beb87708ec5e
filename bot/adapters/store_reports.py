"""Reports as rows of the database, and what their trips are found by."""

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from bot.adapters.store_codec import from_text, moment, to_moment, to_text
from digest.facts import Visit
from digest.travellers import days_of, keys_of
from digest.trips import Report
from digest.world import World, load_world

__all__ = ["REPORTS", "country_key", "report_of", "save_all_keys", "save_keys", "save_report", "trip_keys"]

#: Every report with its article; what follows narrows them down by trip.
REPORTS = """
    select r.trip_id, r.id, r.visit, r.received_at, r.article_id, r.follows, r.agency,
        a.link, a.language, a.title, a.published_at, a.copy_of, f.name as outlet, t.tour
    from reports r join trips t on t.id = r.trip_id
    join articles a on a.id = r.article_id join feeds f on f.url = a.feed_url
    where r.trip_id in
    """


def report_of(row: dict[str, Any]) -> Report:
    """The report of one row of `REPORTS`."""
    return Report(
        id=row["id"],
        visit=from_text(Visit, row["visit"]),
        outlet=row["outlet"],
        url=row["link"],
        language=row["language"],
        title=row["title"],
        published_at=moment(row["published_at"]) if row["published_at"] else None,
        received_at=moment(row["received_at"]),
        article_id=str(row["article_id"]),
        copy_of=str(row["copy_of"]) if row["copy_of"] else None,
        follows=row["follows"],
        agency=row["agency"],
    )


def save_report(db: Database, report: Report, trip_id: str) -> None:
    """Keep a report as part of a trip."""
    row = {
        "id": report.id,
        "article_id": int(report.article_id),
        "trip_id": trip_id,
        "visit": to_text(report.visit),
        "received_at": to_moment(report.received_at),
        "follows": report.follows,
        "agency": report.agency,
    }
    db.table("reports").upsert(row, pk="id")


def save_keys(db: Database, trip_id: str, reports: Iterable[Report], world: World) -> None:
    """Let a trip be found by what these reports of it tell."""
    db.execute("delete from trip_keys where trip_id = ?", [trip_id])
    for key, (first, last) in sorted(trip_keys(reports, world).items()):
        db.execute("insert into trip_keys values (?, ?, ?, ?)", [key, trip_id, first, last])


def trip_keys(reports: Iterable[Report], world: World) -> dict[str, tuple[str, str]]:
    """What a trip with these reports is found by: each key with the first and last day it is told of."""
    days: dict[str, tuple[dt.date, dt.date]] = {}
    for report in reports:
        first, last = days_of(report)
        for key in keys_of(report, world) | _country_keys(report.visit):
            known = days.get(key, (first, last))
            days[key] = min(first, known[0]), max(last, known[1])
    return {key: (first.isoformat(), last.isoformat()) for key, (first, last) in days.items()}


def save_all_keys(db: Database) -> None:
    """Make anew what every trip is found by.

    Part of a migration: it reads only columns that there were before it.
    """
    every = """
        select r.trip_id, r.id, r.visit, r.received_at, r.article_id, a.published_at,
            null as copy_of, null as follows, null as agency, null as link, null as language,
            '' as title, '' as outlet
        from reports r join articles a on a.id = r.article_id order by r.trip_id
        """
    for trip_id, group in itertools.groupby(list(db.query(every)), key=lambda row: str(row["trip_id"])):
        save_keys(db, trip_id, map(report_of, group), load_world())


def country_key(country: str) -> str:
    """What the trips from, to or received by a country are found by."""
    return f"country:{country}"


def _country_keys(visit: Visit) -> set[str]:
    parties = (*visit.visitors, *visit.hosts)
    return {country_key(code) for code in (visit.country, *(p.country for p in parties)) if code}
