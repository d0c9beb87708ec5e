"""Reports of one party to one country -> one cluster a trip, by their dates.

Pure. A report dated to the day says which trip it means; a vaguer one goes, after those, to the nearest
trip it can mean. So the sharp dates decide how many trips there are, and a vague report can never bridge
two of them.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from digest.facts import Salience, Status, Visit
from digest.trips import Report, Window

__all__ = ["FARTHEST", "NEAR", "Cluster", "clusters_of", "is_sharp"]

#: Dates of one trip as outlets give them lie at most so many days apart.
NEAR = 4
#: A body of undated reports is one story while the next one comes within so many days.
STORY = 30
#: What a report without a date can mean: a trip that ended at most so many days before its publication
#: and begins at most so many days after it.
REACH: dict[Status, tuple[int, int]] = {
    Status.POSSIBLE: (NEAR, 180),
    Status.PLANNED: (NEAR, 120),
    Status.UNDERWAY: (7, NEAR),
    Status.COMPLETED: (21, 14),  # ahead, where none lies behind: a past tense misread
    Status.POSTPONED: (14, 120),
    Status.CANCELLED: (14, 120),
    Status.DENIED: (14, 120),
}
#: The same for a completed visit that an article recalls besides its news.
REACH_BACK = (180, 0)
#: A trip put off by more days than this is another one: what was planned for then did not take place.
MOVED = 30
#: No two reports farther apart than this can be of one trip, unless their dates overlap.
FARTHEST = dt.timedelta(days=180)

_DAY = dt.timedelta(days=1)
_BEGUN = frozenset({Status.UNDERWAY, Status.COMPLETED})


class Tier(IntEnum):
    """How sharply a report is dated: each tier is settled after the ones before it."""

    DAY = 0
    #: To the day, but the article contradicts itself about it.
    DISPUTED = 1
    MONTH = 2
    YEAR = 3
    UNDATED = 4


#: How many days apart the windows of one trip may lie, by the vaguer report's tier.
SLACK: dict[Tier, int] = {
    Tier.DAY: NEAR,
    Tier.DISPUTED: NEAR,
    Tier.MONTH: 0,
    Tier.YEAR: 0,
    Tier.UNDATED: STORY,
}


@dataclass(slots=True)
class Cluster:
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

    @property
    def is_dated(self) -> bool:
        """Whether its days are known, or it goes on while it is told."""
        return any(
            _tier(r.visit) <= Tier.DISPUTED
            or (r.visit.status is Status.UNDERWAY and _tier(r.visit) is Tier.UNDATED)
            for r in self.reports
        )

    def meets(self, window: Window, slack: int = 0) -> bool:
        """Whether the trip overlaps `window` or lies within `slack` days of it."""
        margin = slack * _DAY
        return self.first <= window[1] + margin and window[0] <= self.last + margin


def clusters_of(group: Sequence[Report]) -> list[Cluster]:
    """The trips of one party to one country.

    Sharply dated reports found the trips; then those in two minds about the day, those dated to a
    month, to a year, and not at all each go to a trip of the tiers before or found their own.
    """
    tiers: dict[Tier, list[Report]] = {}
    for report in group:
        tiers.setdefault(_tier(report.visit), []).append(report)
    found: list[Cluster] = []
    for tier in sorted(tiers):
        choices = [(report, _choice(tier, report, found)) for report in tiers[tier]]
        for report, cluster in choices:
            if cluster is not None:
                cluster.reports.append(report)
        left = [report for report, cluster in choices if cluster is None]
        found += _run_together([r for r in left if not _is_recalled(r)], SLACK[tier])
        found += _run_together(_not_of(found, [r for r in left if _is_recalled(r)]), SLACK[tier])
    return _moved_together(found)


def is_sharp(visit: Visit) -> bool:
    """Whether a visit is dated to the day, and to one day only."""
    return _tier(visit) is Tier.DAY


def _not_of(found: Sequence[Cluster], recalled: Sequence[Report]) -> list[Report]:
    """Put recalled visits to those that other undated reports tell to have begun; gives what is left."""
    left = []
    for report in recalled:
        begun = [c for c in found if c.has_begun and c.first <= report.told_on]
        cluster = _choice(Tier.UNDATED, report, begun)
        if cluster is None:
            left.append(report)
        else:
            cluster.reports.append(report)
    return left


def _choice(tier: Tier, report: Report, found: Sequence[Cluster]) -> Cluster | None:
    """The trip of the tiers before that a report means: of those it can mean, the nearest to its telling."""
    possible = [cluster for cluster in found if not _is_told_apart(report, cluster)]
    if tier is Tier.UNDATED:
        behind, ahead = REACH_BACK if _is_recalled(report) else REACH[report.visit.status]
        reach = (report.told_on - behind * _DAY, report.told_on + ahead * _DAY)
        meant = [c for c in possible if c.meets(reach)]
        over = [c for c in meant if c.first <= report.told_on] if report.visit.status in _BEGUN else []
        return _nearest_cluster(report, over or meant)
    for window in report.windows:
        meant = [c for c in possible if c.meets(window, SLACK[tier]) and _is_in_time(report, c)]
        if meant:
            return _nearest_cluster(report, meant)
    return None


def _nearest_cluster(report: Report, clusters: Sequence[Cluster]) -> Cluster | None:
    return min(clusters, key=lambda c: (c.distance(report.told_on), c.first), default=None)


def _is_in_time(report: Report, cluster: Cluster) -> bool:
    """Whether a trip lies on the side of the telling that the report's status says."""
    if report.visit.status in (Status.PLANNED, Status.POSSIBLE):
        return cluster.last >= report.told_on - NEAR * _DAY
    return report.visit.status not in _BEGUN or cluster.first <= report.told_on + NEAR * _DAY


def _is_told_apart(report: Report, cluster: Cluster) -> bool:
    """Whether the report's own article tells of both: it would not tell one visit twice."""
    return any(other.article_id == report.article_id for other in cluster.reports)


def _is_recalled(report: Report) -> bool:
    """Whether it mentions, besides its news, a visit over long since, without saying when."""
    return _is_over_aside(report) and _tier(report.visit) is Tier.UNDATED


def _is_over_aside(report: Report) -> bool:
    return report.visit.salience is Salience.BACKGROUND and report.visit.status is Status.COMPLETED


def _moved_together(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Join a trip that was put off with the one at its new date: it is the same trip, moved."""
    kept: list[Cluster] = []
    for cluster in sorted(clusters, key=lambda c: (c.first, c.last)):
        old = next((c for c in reversed(kept) if c.last < cluster.first), None)
        if old and not old.has_begun and _is_put_off(old, cluster):
            old.reports += cluster.reports
            old.last = max(old.last, cluster.last)
        else:
            kept.append(cluster)
    return kept


def _is_put_off(old: Cluster, new: Cluster) -> bool:
    """Whether somebody tells that a trip was put off to the days of another one."""
    latest = old.last + REACH[Status.POSTPONED][0] * _DAY
    moves = [r.told_on for r in new.reports if r.visit.status is Status.POSTPONED and r.visit.start]
    return (new.first - old.last).days <= MOVED and any(told_on <= latest for told_on in moves)


def _tier(visit: Visit) -> Tier:
    """How sharply a visit is dated."""
    value = visit.dated
    if value is None:
        return Tier.UNDATED
    if value.is_day:
        return Tier.DISPUTED if visit.start_alternatives else Tier.DAY
    return Tier.MONTH if value.month else Tier.YEAR


def _run_together(reports: Iterable[Report], slack: int) -> list[Cluster]:
    """Clusters of the reports whose days overlap or lie within `slack` days of one another."""
    clusters: list[Cluster] = []
    dated = [(report.windows[0], report.id, report) for report in reports]
    for (first, last), _, report in sorted(dated, key=lambda item: item[:2]):
        if clusters and first <= clusters[-1].last + slack * _DAY:
            clusters[-1].last = max(clusters[-1].last, last)
            clusters[-1].reports.append(report)
        else:
            clusters.append(Cluster(first, last, [report]))
    return clusters
