"""Joining reports into the trips of the database."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Sequence

from sqlite_utils import Database

from bot.adapters.store_reports import REPORTS, report_of, save_keys, save_report
from bot.adapters.store_tours import save_stop, save_tours
from digest.merge import grouped
from digest.travellers import LookUp, is_loose, look_ups
from digest.trips import Report, Summary, in_order_told, summary_of
from digest.world import World

__all__ = ["replace_reports"]

#: Reports by the trip that they are stored with.
Stored = dict[str, list[Report]]

_OF_TRIPS = REPORTS + "(select value from json_each(?))"  # noqa: S608 - constants
_FOUND = """
    select distinct k.trip_id from json_each(:look_ups) l join trip_keys k
    on k.key = l.value ->> 'key' and k.last_on >= l.value ->> 'since' and k.first_on <= l.value ->> 'until'
    """


def replace_reports(db: Database, article_id: int, reports: Sequence[Report], world: World) -> None:
    """Let an article's reports be these, and the trips what their reports make of them.

    Part of the caller's transaction, so that no two processes join into one trip at a time.
    """
    rows = list(db.query("select distinct trip_id from reports where article_id = ?", [article_id]))
    stored = _load(db, [row["trip_id"] for row in rows])
    old = {r.id: r for told in stored.values() for r in told if r.article_id == str(article_id)}
    new = {report.id: report for report in reports}
    if old == new:
        return
    _load_related(db, stored, [*old.values(), *new.values()], world)
    left = [r for told in stored.values() for r in told if r.id not in old]
    groups = grouped([*left, *new.values()], world)
    same = {id for id, told in stored.items() if in_order_told(told) in groups}
    kept = {r.id for id in same for r in stored[id]}
    trips = [summary_of(told) for told in groups if told[0].id not in kept]
    touched = {row["trip_id"] for row in rows} | {trip.id for trip in trips}
    for trip in trips:
        _save(db, trip, new, world)
    gone = [id for id in old if id not in new]
    db.execute("delete from reports where id in (select value from json_each(?))", [json.dumps(gone)])
    ids = json.dumps(sorted(stored.keys() - same - {trip.id for trip in trips}))
    db.execute("delete from trips where id in (select value from json_each(?))", [ids])
    save_tours(db, touched)


def _load_related(db: Database, stored: Stored, reports: Iterable[Report], world: World) -> None:
    """Load the trips that may change with these reports: what they look up, and so on."""
    asking = [*reports, *_loose(stored, world)]
    asked: dict[str, LookUp] = {}
    while asking:
        wanted = _wider(asked, (look_up for report in asking for look_up in look_ups(report, world)))
        found = db.query(_FOUND, {"look_ups": json.dumps(wanted)})
        new = _load(db, [row["trip_id"] for row in list(found) if row["trip_id"] not in stored])
        stored |= new
        asking = _loose(new, world)


def _loose(stored: Stored, world: World) -> list[Report]:
    """The reports that may go elsewhere once more is known; the others stay where they are."""
    return [report for told in stored.values() for report in told if is_loose(report, world)]


def _wider(asked: dict[str, LookUp], look_ups: Iterable[LookUp]) -> list[dict[str, str]]:
    """The look-ups that go beyond what was asked, which is widened by them."""
    wider: dict[str, LookUp] = {}
    for one in look_ups:
        known = asked.get(one.key)
        if known is None or one.since < known.since or one.until > known.until:
            since, until = (known.since, known.until) if known else (one.since, one.until)
            one = LookUp(key=one.key, since=min(one.since, since), until=max(one.until, until))
            asked[one.key] = wider[one.key] = one
    return [
        {"key": one.key, "since": one.since.isoformat(), "until": one.until.isoformat()}
        for one in wider.values()
    ]


def _load(db: Database, ids: Iterable[str]) -> Stored:
    rows = db.query(_OF_TRIPS, [json.dumps(sorted(set(ids)))])
    stored: Stored = {}
    for row in list(rows):
        stored.setdefault(row["trip_id"], []).append(report_of(row))
    return stored


def _save(db: Database, trip: Summary, new: Collection[str], world: World) -> None:
    """Save a trip, with those of its reports that are new."""
    first, last = _days(trip)
    row = {"id": trip.id, "first_on": first.isoformat(), "last_on": last.isoformat()}
    db.table("trips").upsert(row, pk="id")
    save_keys(db, trip.id, trip.reports, world)
    save_stop(db, trip)
    for report in trip.reports:
        if report.id in new:
            save_report(db, report, trip.id)
    known = json.dumps([report.id for report in trip.reports if report.id not in new])
    db.execute(
        "update reports set trip_id = ? where id in (select value from json_each(?))", [trip.id, known]
    )


def _days(trip: Summary) -> tuple[dt.date, dt.date]:
    """The days a trip touches: its own, or those on which it was told."""
    first, last = trip.start or trip.end, trip.end or trip.start
    if first and last:
        return min(first.earliest, last.earliest), max(first.latest, last.latest)
    return trip.reports[0].told_on, trip.reports[-1].told_on
