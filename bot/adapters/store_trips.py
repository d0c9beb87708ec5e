"""Reports, the trips they tell of, and headlines in the database."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from bot.adapters.store_codec import from_text, moment, to_moment, to_text
from bot.adapters.store_schema import Tables
from bot.model import Feed, Source
from bot.records import StoredHeadline
from digest.facts import Visit
from digest.folding import folded
from digest.merge import arrange, join
from digest.travellers import trip_keys
from digest.trips import Report, Trip, trip_of

__all__ = ["TripTables", "replace_reports"]

#: Trips this far from a report cannot be its own, nor tell who held an office then: the look-up for
#: joining leaves them out, so that it does not grow with the years.
MERGE_REACH = dt.timedelta(days=400)

#: Trigrams find no shorter words.
TRIGRAM = 3

_REPORTS = """
    select r.trip_id, r.id, r.visit, r.received_at, r.article_id,
        a.link, a.language, a.title, a.published_at, a.copy_of, f.name as outlet
    from reports r join articles a on a.id = r.article_id join feeds f on f.url = a.feed_url
    where r.trip_id in
    """

_HEADLINES = """
    select a.id, a.title, a.link, a.language, a.published_at, a.dated_at, a.copy_of,
        f.name as outlet, f.settings
    from articles a join feeds f on f.url = a.feed_url
    """

_IN_WINDOW = """
    a.dated_at >= :since and a.dated_at < :until
    and not exists (select 1 from reports r where r.article_id = a.id)
    """


class TripTables(Tables):
    """Trips and headlines: implements `ports.TripStore`."""

    def trips(
        self, since: dt.date, until: dt.date, *, countries: Collection[str] | None = None
    ) -> list[Trip]:
        """The trips that touch these days: by their dates, or where undated by when they were told.

        Args:
            since: First day.
            until: Last day.
            countries: Only trips from, to, or received by these (ISO 3166-1 alpha-2).
        """
        wanted = "(select id from trips where last_on >= :since and first_on <= :until)"
        if countries is not None:
            wanted = """(
                select t.id from trips t join trip_keys k on k.trip_id = t.id
                where k.key in (select value from json_each(:keys))
                and t.last_on >= :since and t.first_on <= :until
                )"""
        parameters: dict[str, object] = {
            "since": since.isoformat(),
            "until": until.isoformat(),
            "keys": json.dumps([_country_key(country) for country in countries or ()]),
        }
        return _trips(self._connection.rows(_REPORTS + wanted, parameters))

    def trip(self, trip_id: str) -> Trip | None:
        """One trip by its id, or by that of any report that was joined into it; None: there is none."""
        meant = "(select trip_id from reports where id = ?)"
        found = _trips(self._connection.rows(_REPORTS + meant, [trip_id]))
        return found[0] if found else None

    def headlines(
        self,
        since: dt.datetime,
        until: dt.datetime,
        *,
        words: Collection[str] = (),
        labels: Collection[str] = (),
        limit: int = 500,
    ) -> list[StoredHeadline]:
        """Articles of this window that report no visit, the newest first.

        Args:
            since: From this moment on.
            until: Before this moment.
            words: Only titles with at least one of these in them, anywhere in a word and however
                written (case, accents) ...
            labels: ... or articles of feeds with one of these topics. Neither: all articles.
            limit: At most so many.
        """
        window = {"since": to_moment(since), "until": to_moment(until), "limit": limit}
        found = [
            row
            for condition, values in self._conditions(words, labels)
            for row in self._connection.rows(f"{_HEADLINES} {condition} limit :limit", window | values)
        ]
        unique = {row["id"]: row for row in found}.values()
        newest = sorted(unique, key=lambda row: (row["dated_at"], row["id"]), reverse=True)
        return [_headline(row) for row in newest[:limit]]

    def _conditions(
        self, words: Collection[str], labels: Collection[str]
    ) -> Iterator[tuple[str, dict[str, object]]]:
        """The ways to look headlines up, each served by an index of its own."""
        latest = "order by a.dated_at desc"
        if not words and not labels:
            yield f"where {_IN_WINDOW} {latest}", {}
        wanted = {folded(word) for word in words} - {""}
        if long := sorted(word for word in wanted if len(word) >= TRIGRAM):
            # Driven by the index of words, from the newest row on, so that it can stop at the limit; rows
            # before the window's first one and after its last one are left out unseen.
            ids = "from articles where dated_at >= :since and dated_at < :until"
            yield (
                f"""
                join articles_fts on articles_fts.rowid = a.id
                where articles_fts match :words and {_IN_WINDOW}
                and articles_fts.rowid between (select min(id) {ids}) and (select max(id) {ids})
                order by articles_fts.rowid desc
                """,
                {"words": " OR ".join(f'"{word}"' for word in long)},
            )
        if short := sorted(word for word in wanted if len(word) < TRIGRAM):
            names: dict[str, object] = {f"word{at}": word for at, word in enumerate(short)}
            matches = " or ".join(f"instr(a.folded_title, :{name})" for name in names)
            yield f"where {_IN_WINDOW} and ({matches}) {latest}", names
        if urls := self._labelled(labels):
            member = "a.feed_url in (select value from json_each(:feeds))"
            yield f"where {_IN_WINDOW} and {member} {latest}", {"feeds": json.dumps(urls)}

    def _labelled(self, labels: Collection[str]) -> list[str]:
        """The feeds that carry one of these topics."""
        wanted = {folded(label) for label in labels}
        rows = self._connection.rows("select url, settings from feeds") if wanted else []
        return [
            row["url"]
            for row in rows
            if not wanted.isdisjoint(folded(topic) for topic in from_text(Feed, row["settings"]).topics)
        ]


def replace_reports(db: Database, article_id: int, reports: Sequence[Report]) -> None:
    """Let an article's reports be these, and the trips what their reports make of them.

    Part of the caller's transaction, so that no two processes join into one trip at a time.
    """
    kept = {report.id for report in reports}
    old = db.query("select id, trip_id from reports where article_id = ?", [article_id])
    stale = {row["id"]: row["trip_id"] for row in list(old) if row["id"] not in kept}
    if stale:
        touched = _load(db, stale.values())
        remaining = [r for trip in touched for r in trip.reports if r.id not in stale]
        _save(db, arrange(remaining, known=touched))
        db.execute("delete from reports where id in (select value from json_each(?))", [json.dumps([*stale])])
        _drop_empty(db, stale.values())
    for report in reports:
        joined = join(_candidates(db, report), report)
        _save(db, [joined.trip, *joined.others], report)
        _drop_empty(db, joined.gone)


def _candidates(db: Database, report: Report) -> list[Trip]:
    """The trips that a report may belong to, and the one it belonged to before."""
    visit = report.visit
    days = [value for value in (visit.start, visit.end) if value]
    first = min([value.earliest for value in days], default=report.told_on)
    last = max([value.latest for value in days], default=report.told_on)
    rows = db.query(
        """
        select t.id from trips t join trip_keys k on k.trip_id = t.id
        where k.key in (select value from json_each(:keys))
        and t.last_on >= :since and t.first_on <= :until
        union select trip_id from reports where id = :report
        """,
        {
            "keys": json.dumps(sorted(trip_keys(visit))),
            "since": _shifted(first, -MERGE_REACH).isoformat(),
            "until": _shifted(last, MERGE_REACH).isoformat(),
            "report": report.id,
        },
    )
    return _load(db, [row["id"] for row in list(rows)])


def _load(db: Database, ids: Iterable[str]) -> list[Trip]:
    wanted = json.dumps(sorted(set(ids)))
    found = _REPORTS + "(select value from json_each(?))"  # noqa: S608 - constants
    return _trips(list(db.query(found, [wanted])))


def _save(db: Database, trips: Iterable[Trip], new: Report | None = None) -> None:
    for trip in trips:
        first, last = _days(trip)
        row = {"id": trip.id, "first_on": first.isoformat(), "last_on": last.isoformat()}
        db.table("trips").upsert(row, pk="id")
        db.execute("delete from trip_keys where trip_id = ?", [trip.id])
        keys = [{"key": key, "trip_id": trip.id} for key in sorted(_keys(trip))]
        db.table("trip_keys").insert_all(keys)
        for report in trip.reports:
            if report == new:
                _save_report(db, report, trip.id)
        ids = json.dumps([report.id for report in trip.reports])
        db.execute(
            "update reports set trip_id = ? where id in (select value from json_each(?))", [trip.id, ids]
        )


def _drop_empty(db: Database, ids: Iterable[str]) -> None:
    db.execute(
        """
        delete from trips where id in (select value from json_each(?))
        and not exists (select 1 from reports where reports.trip_id = trips.id)
        """,
        [json.dumps(sorted(set(ids)))],
    )


def _save_report(db: Database, report: Report, trip_id: str) -> None:
    row = {
        "id": report.id,
        "article_id": int(report.article_id),
        "trip_id": trip_id,
        "visit": to_text(report.visit),
        "received_at": to_moment(report.received_at),
    }
    db.table("reports").upsert(row, pk="id")


def _keys(trip: Trip) -> set[str]:
    """All that a trip is found by."""
    parties = [party for report in trip.reports for party in (*report.visit.visitors, *report.visit.hosts)]
    countries = {trip.country} | {party.country for party in parties if party.country}
    joins = {key for report in trip.reports for key in trip_keys(report.visit)}
    return joins | {_country_key(country) for country in countries}


def _country_key(country: str) -> str:
    return f"country:{country}"


def _days(trip: Trip) -> tuple[dt.date, dt.date]:
    """The days a trip touches: its own, or those on which it was told."""
    first, last = trip.start or trip.end, trip.end or trip.start
    if first and last:
        return min(first.earliest, last.earliest), max(first.latest, last.latest)
    return trip.reports[0].told_on, trip.reports[-1].told_on


def _shifted(day: dt.date, by: dt.timedelta) -> dt.date:
    """A day before or after, within the calendar."""
    reach = min(max(day.toordinal() + by.days, dt.date.min.toordinal()), dt.date.max.toordinal())
    return dt.date.fromordinal(reach)


def _trips(rows: Iterable[dict[str, Any]]) -> list[Trip]:
    """The trips that rows of reports tell of, by id."""
    by_trip: dict[str, list[Report]] = {}
    for row in rows:
        by_trip.setdefault(row["trip_id"], []).append(_report(row))
    return [trip_of(by_trip[trip_id]) for trip_id in sorted(by_trip)]


def _report(row: dict[str, Any]) -> Report:
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
    )


def _headline(row: dict[str, Any]) -> StoredHeadline:
    return StoredHeadline(
        source=Source(
            name=row["outlet"],
            url=row["link"],
            language=row["language"],
            published_at=moment(row["published_at"]) if row["published_at"] else None,
            evidence="",
            title=row["title"],
            text_id=str(row["copy_of"] or row["id"]),
        ),
        topics=from_text(Feed, row["settings"]).topics,
    )
