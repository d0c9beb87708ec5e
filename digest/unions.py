"""One trip told of two travellers: an office and its holder, two spellings of a name, two who go together.

Pure: clusters of reports in, those that tell of one trip put together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.clusters import NEAR, Cluster
from digest.folding import folded
from digest.identity import Traveller, may_be_one
from digest.offices import rank_of
from digest.trips import Report

__all__ = ["Party", "united"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Whoever the reports of some trips to one country put first, and those trips."""

    #: The country visited.
    to: str
    #: The ways in which the reports tell who it is.
    travellers: tuple[Traveller, ...]
    clusters: Sequence[Cluster]


@dataclass(frozen=True, slots=True)
class _Stay:
    """One trip of one party."""

    party: Party
    cluster: Cluster


def united(parties: Sequence[Party]) -> list[list[Report]]:
    """The reports of each trip, with those of other parties that are the same people told otherwise.

    Where a trip could be one of two that cannot be one with each other, it stays by itself.
    """
    stays = [_Stay(party, cluster) for party in parties for cluster in party.clusters]
    near: dict[int, set[int]] = {}
    for one, other in _pairs_in_time(stays):
        if _are_one(stays[one], stays[other]):
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
    clear = {at for at, others in near.items() if _are_all_near(others, near)}
    group = list(range(len(stays)))
    for one in sorted(clear):
        _put_together(group, one, near[one] & clear)
    together: dict[int, list[Report]] = {}
    for at, stay in enumerate(stays):
        together.setdefault(group[at], []).extend(stay.cluster.reports)
    return list(together.values())


def _are_all_near(places: set[int], near: Mapping[int, set[int]]) -> bool:
    """Whether each of these can be one with every other of them."""
    return all(other in near[one] for one in places for other in places if one != other)


def _pairs_in_time(stays: Sequence[_Stay]) -> list[tuple[int, int]]:
    """Trips of two parties to one country in the same days."""
    by_country: dict[str, list[int]] = {}
    for at, stay in enumerate(stays):
        if stay.cluster.is_dated:
            by_country.setdefault(stay.party.to, []).append(at)
    return [
        (one, other)
        for group in by_country.values()
        for i, one in enumerate(group)
        for other in group[i + 1 :]
        if stays[one].party is not stays[other].party
        and stays[one].cluster.meets((stays[other].cluster.first, stays[other].cluster.last), NEAR)
    ]


def _are_one(one: _Stay, other: _Stay) -> bool:
    """Whether two trips of two parties are one."""
    pairs = [(a, b) for a in one.party.travellers for b in other.party.travellers]
    if any(may_be_one(a, b) for a, b in pairs):
        return not any(a.is_sure and b.is_sure for a, b in pairs)
    groups = {_company(report) for report in one.cluster.reports} - {None}
    return any(_company(report) in groups for report in other.cluster.reports)


def _company(report: Report) -> frozenset[str] | None:
    """The visitors who go together as equals, whoever is told first; None where one leads or goes alone.

    A minister told before the president whom he accompanies is told as a minister on a visit of his own.
    """
    visitors = report.visit.visitors
    if len(visitors) < 2 or rank_of(visitors[0].role) < max(rank_of(v.role) for v in visitors):
        return None
    equals = [v.name or "" for v in visitors if rank_of(v.role) == rank_of(visitors[0].role)]
    return frozenset(map(folded, equals)) if len(equals) > 1 and all(equals) else None


def _put_together(group: list[int], one: int, others: set[int]) -> None:
    """Let these have the lowest of their groups' names."""
    names = {group[at] for at in (one, *others)}
    lowest = min(names)
    for at, name in enumerate(group):
        if name in names:
            group[at] = lowest
