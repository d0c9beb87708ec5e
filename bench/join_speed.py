"""What joining one report costs in a store of 100,000 trips, against a store of 1,000.

Both stores hold the same kind of trips: two reports each, of leaders and ministers of the world data, over so
many years as their number takes. The reports that are joined belong to stored trips, and both stores take
their turns in one process, so that the ratio says the same on a fast machine and on a slow one.
"""

import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.rows import Row
from bot.adapters.sqlite_store import SqliteStore
from bot.adapters.store_codec import to_moment, to_text
from bot.adapters.store_joining import replace_reports
from bot.adapters.store_reports import trip_keys
from bot.model import Feed
from digest.facts import Destination, PartialDate, Party, Salience, Span, Status, Visit
from digest.trips import Report
from digest.world import load_world

TARGET = 3
FEW, MANY = 1_000, 100_000
JOINS = 300
#: The bench builds stores of a density that a busy newsroom sees: so many trips begin on one day.
TRIPS_A_DAY = 25
FIRST_DAY = dt.date(2010, 1, 1)
OUTLETS = ("Antara", "Yonhap", "TASS", "Reuters")
RANDOM = random.Random(7)  # noqa: S311 - no secret


@dataclass(frozen=True, slots=True)
class _Stored:
    """A store with its trips' first reports."""

    store: SqliteStore
    reports: Sequence[Report]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        stores = [_filled(Path(folder) / f"{count}.db", count) for count in (FEW, MANY)]
        taken: list[list[float]] = [[] for _ in stores]
        for _ in range(JOINS):
            for stored, times in zip(stores, taken, strict=True):
                times.append(_join_one(stored))
        few, many = map(statistics.median, taken)
        for stored in stores:
            stored.store.close()
    what = f"join speed: one report into {MANY:,} trips, against {FEW:,}"
    print(Row(what=what, measured=many / few, unit="x", at_most=TARGET))
    print(Row(what="  joins a second", measured=1 / many, unit="/s"))


def _filled(path: Path, count: int) -> _Stored:
    """A store with so many trips, written in bulk as joining would have left them."""
    store = SqliteStore(path)
    store.set_feeds([Feed(url=f"https://{name}.example/rss", name=name) for name in OUTLETS])
    firsts = []
    with store._connection.immediate() as db:
        for trip in range(count):
            told = list(_reports(trip))
            firsts.append(told[0])
            db.execute(
                "insert into trips (id, first_on, last_on) values (?, ?, ?)",
                [told[0].id, *_days(told[0].visit)],
            )
            for report in told:
                _insert(store, report)
                row = [report.id, int(report.article_id), told[0].id, to_text(report.visit)]
                columns = "id, article_id, trip_id, visit, received_at"
                values = [*row, to_moment(report.received_at)]
                db.execute(f"insert into reports ({columns}) values (?, ?, ?, ?, ?)", values)  # noqa: S608
            keys = [(key, told[0].id, *days) for key, days in trip_keys(told, load_world()).items()]
            db.conn.executemany("insert into trip_keys values (?, ?, ?, ?)", keys)
    return _Stored(store, firsts)


def _reports(trip: int) -> Iterator[Report]:
    """What two outlets say of one trip."""
    world = load_world()
    person = RANDOM.choice(world.people)
    first = FIRST_DAY + dt.timedelta(days=trip // TRIPS_A_DAY)
    visit = Visit(
        visitors=(Party(name=person.name, country=person.terms[-1].country, role=person.terms[-1].role),),
        destinations=(Destination(country=RANDOM.choice(tuple(world.countries))),),
        start=PartialDate.of(first),
        end=PartialDate.of(first + dt.timedelta(days=1)),
        status=Status.PLANNED,
        salience=Salience.HEADLINE,
        evidence=Span(0, 24, f"A sentence of trip {trip:05d}."),
        rule="bench",
        confidence=1.0,
    )
    for number, outlet in enumerate(RANDOM.sample(OUTLETS, 2)):
        yield _report(2 * trip + number + 1, visit, outlet, first - dt.timedelta(days=3 - number))


def _report(article: int, visit: Visit, outlet: str, day: dt.date) -> Report:
    at = dt.datetime.combine(day, dt.time(9), dt.UTC)
    return Report(
        id=f"{article}.0",
        visit=visit,
        outlet=outlet,
        url=f"https://{outlet}.example/{article}",
        language="en",
        title=f"Title {article}",
        published_at=at,
        received_at=at,
        article_id=str(article),
    )


def _insert(store: SqliteStore, report: Report) -> None:
    """The row of a report's article."""
    at = to_moment(report.received_at)
    store._connection.db.execute(
        """
        insert into articles (id, feed_url, link, title, folded_title, text, language, published_at,
            fetched_at, dated_at) values (?, ?, ?, ?, ?, '', 'en', ?, ?, ?)
        """,
        [
            int(report.article_id),
            f"https://{report.outlet}.example/rss",
            report.url,
            report.title,
            report.title.lower(),
            at,
            at,
            at,
        ],
    )


def _days(visit: Visit) -> tuple[str, str]:
    return str(visit.start), str(visit.end)


def _join_one(stored: _Stored) -> float:
    """Seconds that it takes to join one more report of a trip that is stored."""
    first = RANDOM.choice(stored.reports)
    article = next(stored.store._connection.db.query("select max(id) + 1 as id from articles"))["id"]
    visit = replace(first.visit, evidence=Span(0, 24, f"A sentence of report {article}."))
    report = _report(article, visit, RANDOM.choice(OUTLETS), first.told_on + dt.timedelta(days=1))
    with stored.store._connection.immediate():
        _insert(stored.store, report)
    began = time.perf_counter()
    with stored.store._connection.immediate() as db:
        replace_reports(db, article, [report], load_world())
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
