"""Many reports -> trips: which reports tell of the same trip, and what a new one changes.

Pure: `arrange` is a function of the set of reports, so neither the order of arrival nor joining twice
can matter. A report dated to the day says which trip it means; a vaguer one goes, after those, to the
nearest trip it can mean. So the sharp dates decide how many trips there are, and a vague report can
never bridge two of them.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from digest.facts import Salience, Status, Visit
from digest.travellers import TravellerKey, traveller_keys, trip_keys
from digest.trips import Report, Trip, TripChange, Window, in_order_told, trip_of

__all__ = ["Joined", "Outcome", "arrange", "join", "same_trip"]

#: Dates of one trip as outlets give them lie at most so many days apart.
NEAR = 3
#: A body of undated reports is one story while the next one comes within so many days.
STORY = 30
#: What a report without a date can mean: a trip that ended at most so many days before its publication
#: and begins at most so many days after it.
REACH: dict[Status, tuple[int, int]] = {
    Status.POSSIBLE: (NEAR, 180),
    Status.PLANNED: (NEAR, 120),
    Status.UNDERWAY: (NEAR, NEAR),
    Status.COMPLETED: (21, 0),
    Status.POSTPONED: (14, 120),
    Status.CANCELLED: (14, 120),
    Status.DENIED: (14, 120),
}
#: The same for a completed visit that an article recalls besides its news.
REACH_BACK = (60, 0)

_DAY = dt.timedelta(days=1)
_BEGUN = frozenset({Status.UNDERWAY, Status.COMPLETED})


class _Tier(IntEnum):
    """How sharply a report is dated: each tier is settled after the ones before it."""

    DAY = 0
    #: To the day, but the article contradicts itself about it.
    DISPUTED = 1
    MONTH = 2
    YEAR = 3
    UNDATED = 4


#: How many days apart the windows of one trip may lie, by the vaguer report's tier.
SLACK: dict[_Tier, int] = {
    _Tier.DAY: NEAR,
    _Tier.DISPUTED: NEAR,
    _Tier.MONTH: 0,
    _Tier.YEAR: 0,
    _Tier.UNDATED: STORY,
}


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


@dataclass(slots=True)
class _Cluster:
    """Reports of one trip while it is being put together."""

    first: dt.date
    last: dt.date
    reports: list[Report] = field(default_factory=list)

    def distance(self, day: dt.date) -> int:
        """Days between `day` and the trip, 0 during it."""
        return max((self.first - day).days, (day - self.last).days, 0)

    @property
    def has_begun(self) -> bool:
        """Whether anyone saw it begin."""
        return any(r.visit.status in _BEGUN and r.told_on >= self.first - _DAY for r in self.reports)

    def meets(self, window: Window, slack: int = 0) -> bool:
        """Whether the trip overlaps `window` or lies within `slack` days of it."""
        margin = slack * _DAY
        return self.first <= window[1] + margin and window[0] <= self.last + margin


def join(known: Sequence[Trip], report: Report) -> Joined:
    """Put one more report among the trips known so far.

    Args:
        known: At least the trips that share a key (`trip_keys`) with the report; more do no harm.
        report: A report known by its id already is replaced by this reading of it.
    """
    keys = trip_keys(report.visit)
    related = [t for t in known if any(r.id == report.id or keys & trip_keys(r.visit) for r in t.reports)]
    reports = {r.id: r for trip in related for r in trip.reports} | {report.id: report}
    after = arrange(reports.values(), known=related)
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


def same_trip(one: Report, other: Report) -> bool:
    """Whether two reports, with nothing else known, tell of the same trip."""
    return len(arrange([one, other])) == 1


def arrange(reports: Iterable[Report], known: Sequence[Trip] = ()) -> tuple[Trip, ...]:
    """The trips that a set of reports tells of, by id.

    Args:
        reports: In any order.
        known: Trips made before: where nothing changed the same object is given back.
    """
    ordered = in_order_told(reports)
    groups: dict[TravellerKey, list[Report]] = {}
    for report, traveller in zip(ordered, traveller_keys(ordered), strict=True):
        groups.setdefault(traveller, []).append(report)
    made = {tuple(r.id for r in trip.reports): trip for trip in known}
    trips = []
    for group in groups.values():
        for cluster in _clusters(group):
            told = in_order_told(cluster.reports)
            same = made.get(tuple(r.id for r in told))
            trips.append(same if same is not None and same.reports == told else trip_of(told))
    return tuple(sorted(trips, key=lambda trip: trip.id))


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


def _clusters(group: Sequence[Report]) -> list[_Cluster]:
    """The trips of one party to one country.

    Sharply dated reports found the trips; then those in two minds about the day, those dated to a
    month, to a year, and not at all each go to a trip of the tiers before or found their own.
    """
    tiers: dict[_Tier, list[Report]] = {}
    for report in group:
        tiers.setdefault(_tier(report.visit), []).append(report)
    found: list[_Cluster] = []
    for tier in sorted(tiers):
        choices = [(report, _choice(tier, report, found)) for report in tiers[tier]]
        for report, cluster in choices:
            if cluster is not None:
                cluster.reports.append(report)
        left = [report for report, cluster in choices if cluster is None]
        for recalled in (False, True):
            found += _run_together([r for r in left if _is_recalled(r) is recalled], SLACK[tier])
    return _moved_together(found)


def _choice(tier: _Tier, report: Report, found: Sequence[_Cluster]) -> _Cluster | None:
    """The trip of the tiers before that a report means: of those it can mean, the nearest to its telling."""
    possible = [cluster for cluster in found if not _is_told_apart(report, cluster)]
    if tier is _Tier.UNDATED:
        behind, ahead = REACH_BACK if _is_recalled(report) else REACH[report.visit.status]
        reach = (report.told_on - behind * _DAY, report.told_on + ahead * _DAY)
        return _nearest_cluster(report, [c for c in possible if c.meets(reach)])
    for window in report.windows:
        meant = [c for c in possible if c.meets(window, SLACK[tier]) and _is_in_time(report, c)]
        if meant:
            return _nearest_cluster(report, meant)
    return None


def _nearest_cluster(report: Report, clusters: Sequence[_Cluster]) -> _Cluster | None:
    return min(clusters, key=lambda c: (c.distance(report.told_on), c.first), default=None)


def _is_in_time(report: Report, cluster: _Cluster) -> bool:
    """Whether a trip lies on the side of the telling that the report's status says."""
    if report.visit.status in (Status.PLANNED, Status.POSSIBLE):
        return cluster.last >= report.told_on - NEAR * _DAY
    return report.visit.status not in _BEGUN or cluster.first <= report.told_on + NEAR * _DAY


def _is_told_apart(report: Report, cluster: _Cluster) -> bool:
    """Whether the report's own article tells of both: a visit that is over beside one that is not."""
    return _is_over_aside(report) and any(
        other.article_id == report.article_id and other.visit.status is not Status.COMPLETED
        for other in cluster.reports
    )


def _is_recalled(report: Report) -> bool:
    """Whether it mentions, besides its news, a visit over long since, without saying when."""
    return _is_over_aside(report) and _tier(report.visit) is _Tier.UNDATED


def _is_over_aside(report: Report) -> bool:
    return report.visit.salience is Salience.BACKGROUND and report.visit.status is Status.COMPLETED


def _moved_together(clusters: Sequence[_Cluster]) -> list[_Cluster]:
    """Join a trip that was put off with the one at its new date: it is the same trip, moved."""
    kept: list[_Cluster] = []
    for cluster in sorted(clusters, key=lambda c: (c.first, c.last)):
        moves = [r.told_on for r in cluster.reports if r.visit.status is Status.POSTPONED and r.visit.start]
        behind = REACH[Status.POSTPONED][0] * _DAY
        old = next((c for c in reversed(kept) if c.last < cluster.first), None)
        if old and not old.has_begun and any(told_on <= old.last + behind for told_on in moves):
            old.reports += cluster.reports
            old.last = max(old.last, cluster.last)
        else:
            kept.append(cluster)
    return kept


def _tier(visit: Visit) -> _Tier:
    """How sharply a visit is dated."""
    value = visit.start or visit.end
    if value is None:
        return _Tier.UNDATED
    if value.is_day:
        return _Tier.DISPUTED if visit.start_alternatives else _Tier.DAY
    return _Tier.MONTH if value.month else _Tier.YEAR


def _run_together(reports: Iterable[Report], slack: int) -> list[_Cluster]:
    """Clusters of the reports whose days overlap or lie within `slack` days of one another."""
    clusters: list[_Cluster] = []
    dated = [(report.windows[0], report.id, report) for report in reports]
    for (first, last), _, report in sorted(dated, key=lambda item: item[:2]):
        if clusters and first <= clusters[-1].last + slack * _DAY:
            clusters[-1].last = max(clusters[-1].last, last)
            clusters[-1].reports.append(report)
        else:
            clusters.append(_Cluster(first, last, [report]))
    return clusters
