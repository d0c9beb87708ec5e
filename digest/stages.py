"""Stages of one visit: what says that it has begun, and which claims tell a later stop of it.

Pure.
"""

from digest.facts import PartialDate, Status
from digest.visits import Claim

__all__ = ["CALLED_OFF", "has_begun", "is_next_stop"]

#: A visit that does not take place, or not now.
CALLED_OFF = frozenset({Status.CANCELLED, Status.POSTPONED, Status.DENIED})
#: A claim that scores less is not sure enough to overrule others.
SURE = 0.7


def has_begun(claim: Claim, status: Status, start: PartialDate | None) -> bool:
    """Whether a claim says in words of its own that the visit is underway, and since when."""
    worded = Status.UNDERWAY in (claim.rule.status, *claim.statuses)
    surely = worded and claim.country is not None and claim.score >= SURE
    return surely and status is Status.UNDERWAY and start is not None


def is_next_stop(claim: Claim, start: PartialDate | None, begun: Claim, first: PartialDate | None) -> bool:
    """Whether a claim goes on to another place of the country, on a day after the visit has begun:
    "he arrived on Sunday; on Monday he travels on to Dresden" is underway, not planned. So does one behind it
    without a day: "he will stay for talks".
    """
    if start is None and claim.trigger.start > begun.trigger.start:
        return True
    later = start is not None and first is not None and start.earliest > first.latest
    return later and bool(claim.places) and set(claim.places).isdisjoint(begun.places)
