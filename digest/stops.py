"""Stops of one tour: where somebody is no longer, once they are elsewhere.

Pure.
"""

from collections.abc import Sequence
from dataclasses import replace

from digest.facts import Status, Visit

__all__ = ["left"]


def left(visit: Visit, visits: Sequence[Visit]) -> Visit:
    """A stop is over once a later one begins: who is in Seoul has left Singapore.

    A last day beyond that was the whole tour's.
    """
    first = visit.start
    if first is None:
        return visit
    later = [
        (other.start.earliest, other.status)
        for other in visits
        if other.visitors[0] == visit.visitors[0]
        and other.country != visit.country
        and other.status in (Status.PLANNED, Status.UNDERWAY, Status.COMPLETED)
        and other.start is not None
        and other.start.earliest > first.latest
    ]
    if visit.end is not None and any(day < visit.end.earliest for day, _ in later):
        visit = replace(visit, end=None)
    if visit.status is Status.UNDERWAY and any(status is not Status.PLANNED for _, status in later):
        visit = replace(visit, status=Status.COMPLETED)
    return visit
