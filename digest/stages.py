"""Stages of a trip: what says that a visit has begun or was called off, which claims tell a later stop of it,
which stops of a tour are over.

Pure.
"""

from collections.abc import Sequence
from dataclasses import replace

from digest.facts import PartialDate, Status, Visit
from digest.packs.schema import Frame
from digest.visits import Claim

__all__ = ["CALLED_OFF", "MEETINGS", "SURE", "has_begun", "is_next_stop", "left", "tells_calling_off"]

#: What happens in the course of a visit.
MEETINGS = frozenset({Frame.MEET, Frame.RECEIVE})
#: A visit that does not take place, or not now.
CALLED_OFF = frozenset({Status.CANCELLED, Status.POSTPONED, Status.DENIED})
#: A claim that scores so much is as good as any to show, and may overrule others.
SURE = 0.7


def has_begun(claim: Claim, status: Status, start: PartialDate | None) -> bool:
    """Whether a claim says in words of its own that the visit is underway, and since when."""
    worded = Status.UNDERWAY in (claim.rule.status, *claim.statuses)
    surely = worded and claim.country is not None and claim.score >= SURE
    return surely and status is Status.UNDERWAY and start is not None


def is_next_stop(claim: Claim, start: PartialDate | None, begun: Claim, first: PartialDate | None) -> bool:
    """Whether a claim goes on to another place of the country, on a day after the visit has begun:
    "he arrived on Sunday; on Monday he travels on to Dresden" is underway, not planned. So does one behind it
    without a day: "he will stay for talks"; and whom he meets on a later day is met on the visit.
    """
    if start is None and claim.trigger.start > begun.trigger.start:
        return True
    if start is None or first is None or start.earliest <= first.latest:
        return False
    return claim.rule.frame in MEETINGS or (bool(claim.places) and set(claim.places).isdisjoint(begun.places))


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


def tells_calling_off(claim: Claim) -> bool:
    """Whether a claim tells that the visit was called off, not also what it had been planned for."""
    told = {Status.CANCELLED, Status.POSTPONED}
    planned = claim.rule.status in (*told, Status.PLANNED) or Status.PLANNED in claim.statuses
    return not planned and not told.isdisjoint(claim.statuses)
