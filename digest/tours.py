"""Which trips are stops of one tour, and in which order.

Pure: trips in, each one's tour out. Only what an article tells as one journey is a tour: two countries in one
week may be two journeys.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from digest.folding import folded
from digest.trips import Stop, Summary, Trip, summary_of

__all__ = ["stop_of", "tours_of", "with_tours"]

#: Stops of a tour that are told one after the other begin at most so many days apart.
LEG = 21


def with_tours(trips: Sequence[Trip]) -> tuple[Trip, ...]:
    """These trips, each with the tour that it is a stop of, as far as its other stops are among them."""
    trip_ids = {report.id: trip.id for trip in trips for report in trip.reports}
    links = [
        (trip_ids[report.follows], trip.id)
        for trip in trips
        for report in trip.reports
        if report.follows in trip_ids
    ]
    tours = tours_of({trip.id: stop_of(summary_of(trip.reports)) for trip in trips}, links)
    return tuple(replace(trip, tour=tours.get(trip.id, ())) for trip in trips)


def stop_of(trip: Summary) -> Stop:
    """A trip as others on its tour know it."""
    who = trip.lead and (trip.lead.name or f"{trip.lead.country}/{trip.lead.role}")
    return Stop(trip_id=trip.id, visitor=folded(who or ""), country=trip.country, start=trip.start)


def tours_of(stops: Mapping[str, Stop], links: Iterable[tuple[str, str]]) -> dict[str, tuple[Stop, ...]]:
    """For each trip on a tour all its stops in their order, itself among them.

    Args:
        stops: By trip id.
        links: The stop told before and the one told after it, by trip id.
    """
    told = [(before, after) for before, after in dict.fromkeys(links) if _fit(stops, before, after)]
    tour = {id: {id} for pair in told for id in pair}
    for before, after in told:
        whole = tour[before] | tour[after]
        tour |= dict.fromkeys(whole, whole)
    return {id: _in_order([stops[one] for one in sorted(whole)], told) for id, whole in tour.items()}


def _fit(stops: Mapping[str, Stop], before: str, after: str) -> bool:
    """Whether one visitor can make two stops on one journey: joined to other reports, they may not."""
    one, other = stops.get(before), stops.get(after)
    if one is None or other is None or one.visitor != other.visitor or one.country == other.country:
        return False
    if one.start is None or other.start is None:
        return True
    return (other.start.earliest - one.start.latest).days <= LEG and (
        one.start.earliest - other.start.latest
    ).days <= LEG


def _in_order(stops: Sequence[Stop], links: Sequence[tuple[str, str]]) -> tuple[Stop, ...]:
    """By their first days; one without stands behind the one that it is told after, or at the end."""
    dated = [stop for stop in stops if stop.start]
    ordered = sorted(dated, key=lambda stop: (str(stop.start), stop.trip_id))
    left = [stop for stop in stops if not stop.start]
    while left:
        places = {stop.trip_id: at for at, stop in enumerate(ordered)}
        stop, place = _next_placed(left, places, links)
        ordered.insert(place, stop)
        left.remove(stop)
    return tuple(ordered)


def _next_placed(
    left: Sequence[Stop], places: Mapping[str, int], links: Sequence[tuple[str, str]]
) -> tuple[Stop, int]:
    """A stop without a day and where it goes: behind one told before it, else before one told after it."""
    for stop in left:
        if behind := [places[a] + 1 for a, b in links if b == stop.trip_id and a in places]:
            return stop, max(behind)
    for stop in left:
        if ahead := [places[b] for a, b in links if a == stop.trip_id and b in places]:
            return stop, min(ahead)
    return left[0], len(places)
