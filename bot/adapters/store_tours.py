"""Which trips of the database are stops of one tour."""

import json
from collections.abc import Iterable

from pydantic import TypeAdapter
from sqlite_utils import Database

from bot.adapters.store_codec import from_text, to_text
from digest.tours import stop_of, tours_of
from digest.trips import Stop, Summary

__all__ = ["save_stop", "save_tours", "tour_from_text"]

#: The trips of an article's other stops, of those that other articles tell with these, and so on.
_LINKED = """
    with recursive linked(id) as (
        select value from json_each(:ids)
        union select b.trip_id from linked l
            join reports a on a.trip_id = l.id join reports b on b.id = a.follows
        union select b.trip_id from linked l
            join reports a on a.trip_id = l.id join reports b on b.follows = a.id
    )
    select t.id, t.stop, t.tour from linked l join trips t on t.id = l.id where t.stop is not null
    """
_LINKS = """
    select distinct a.trip_id as earlier, b.trip_id as later from reports b join reports a on a.id = b.follows
    where b.trip_id in (select value from json_each(?))
    """
_TOUR = TypeAdapter(tuple[Stop, ...])


def save_stop(db: Database, trip: Summary) -> None:
    """Keep what the other stops of a trip's tour know of it."""
    db.execute("update trips set stop = ? where id = ?", [to_text(stop_of(trip)), trip.id])


def save_tours(db: Database, ids: Iterable[str]) -> None:
    """Let these trips, and all that are on tours with them, know their tours."""
    rows = {row["id"]: row for row in db.query(_LINKED, {"ids": json.dumps(sorted(set(ids)))})}
    links = [(row["earlier"], row["later"]) for row in db.query(_LINKS, [json.dumps(sorted(rows))])]
    tours = tours_of({id: from_text(Stop, row["stop"]) for id, row in rows.items()}, links)
    for id, row in rows.items():
        tour = _TOUR.dump_json(tours[id]).decode() if id in tours else None
        if tour != row["tour"]:
            db.execute("update trips set tour = ? where id = ?", [tour, id])


def tour_from_text(text: str | None) -> tuple[Stop, ...]:
    """Read what `save_tours` wrote."""
    return _TOUR.validate_json(text) if text else ()
