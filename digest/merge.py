"""Many reports -> trips: which reports tell of the same trip, and what a new one changes.

Pure: `arrange` is a function of the set of reports, so neither the order of arrival nor joining twice
can matter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from digest.clusters import clusters_of
from digest.travellers import going, keys_of, look_ups
from digest.trips import Report, Trip, TripChange, in_order_told, trip_of
from digest.unions import Party, united
from digest.world import World, load_world

__all__ = ["Joined", "Outcome", "arrange", "grouped", "join", "same_trip"]


class Outcome(StrEnum):
    """What a report did to the trips known so far."""

    NEW = "new"
    CORROBORATED = "corroborated"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The trips after one more report."""

    outcome: Outcome
    #: The trip that the report now belongs to.
    trip: Trip
    #: What is shown of it otherwise than before, empty unless CHANGED.
    changes: tuple[TripChange, ...] = ()
    #: Other trips whose reports changed with it, for the report showed that they belong elsewhere.
    others: tuple[Trip, ...] = ()
    #: Ids of trips that are no more: their reports are all in `trip` and `others`.
    gone: tuple[str, ...] = ()


def join(known: Sequence[Trip], report: Report, world: World | None = None) -> Joined:
    """Put one more report among the trips known so far.

    Args:
        known: At least the trips that the report's look-ups lead to, and those of their reports, and so
            on (`travellers.look_ups`); more do no harm.
        report: A report known by its id already is replaced by this reading of it.
        world: Whose people are known; the shipped ones if left out.
    """
    world = world or load_world()
    related = _related(known, report, world)
    reports = {r.id: r for trip in related for r in trip.reports} | {report.id: report}
    after = arrange(reports.values(), known=related, world=world)
    trip = next(t for t in after if any(r.id == report.id for r in t.reports))
    gone = [t for t in related if t.id not in {one.id for one in after}]
    before = next((t for t in related if t.id == trip.id), None) or _largest_part(gone, trip)
    changes = _changes(before, trip, report) if before else ()
    return Joined(
        outcome=Outcome.CHANGED if changes else Outcome.CORROBORATED if before else Outcome.NEW,
        trip=trip,
        changes=changes,
        others=tuple(t for t in after if t is not trip and not any(t is old for old in related)),
        gone=tuple(sorted(t.id for t in gone)),
    )


def same_trip(one: Report, other: Report, world: World | None = None) -> bool:
    """Whether two reports, with nothing else known, tell of the same trip."""
    return len(arrange([one, other], world=world)) == 1


def arrange(
    reports: Iterable[Report], known: Sequence[Trip] = (), world: World | None = None
) -> tuple[Trip, ...]:
    """The trips that a set of reports tells of, by id.

    Args:
        reports: In any order.
        known: Trips made before: where nothing changed the same object is given back.
        world: Whose people are known; the shipped ones if left out.
    """
    made = {tuple(r.id for r in trip.reports): trip for trip in known}
    trips = []
    for told in grouped(reports, world):
        same = made.get(tuple(r.id for r in told))
        trips.append(same if same is not None and same.reports == told else trip_of(told))
    return tuple(sorted(trips, key=lambda trip: trip.id))


def grouped(reports: Iterable[Report], world: World | None = None) -> list[tuple[Report, ...]]:
    """The reports of each trip that a set of reports tells of, in the order in which they were said."""
    ordered = in_order_told(reports)
    groups: dict[tuple[object, ...], list[int]] = {}
    goings = going(ordered, world or load_world())
    for at, one in enumerate(goings):
        groups.setdefault(one.party, []).append(at)
    parties = [
        Party(
            to=ordered[group[0]].visit.country,
            travellers=tuple(dict.fromkeys(t for at in group if (t := goings[at].traveller))),
            clusters=clusters_of([ordered[at] for at in group]),
        )
        for group in groups.values()
    ]
    return [in_order_told(together) for together in united(parties)]


def _related(known: Sequence[Trip], report: Report, world: World) -> list[Trip]:
    """The trips that may change with a report: those it looks up, those that their reports look up, ..."""
    keys = {trip.id: {key for r in trip.reports for key in keys_of(r, world)} for trip in known}
    found = {trip.id: trip for trip in known if any(r.id == report.id for r in trip.reports)}
    asking = [report, *(r for trip in found.values() for r in trip.reports)]
    asked: set[str] = set()
    while asking:
        wanted = {look_up.key for one in asking for look_up in look_ups(one, world)} - asked
        asked |= wanted
        new = [trip for trip in known if trip.id not in found and keys[trip.id] & wanted]
        found |= {trip.id: trip for trip in new}
        asking = [r for trip in new for r in trip.reports]
    return [trip for trip in known if trip.id in found]


def _largest_part(gone: Sequence[Trip], trip: Trip) -> Trip | None:
    """The trip no more that gave most reports to `trip`, None where none did."""
    ids = {report.id for report in trip.reports}
    parts = [(sum(r.id in ids for r in t.reports), t.id, t) for t in gone]
    count, _, part = max(parts, key=lambda item: item[:2], default=(0, "", None))
    return part if count else None


def _changes(before: Trip, after: Trip, report: Report) -> tuple[TripChange, ...]:
    """What is shown otherwise than before."""
    slots = (("status", before.status, after.status), ("start", before.start, after.start))
    return tuple(
        TripChange(
            at=report.told_at,
            slot=slot,
            before=str(old) if old else None,
            after=str(new) if new else None,
            outlet=report.outlet,
            report_id=report.id,
        )
        for slot, old, new in (*slots, ("end", before.end, after.end))
        if old != new
    )
