"""Which dates of a trip to show when outlets differ: one outlet, one vote, weighed by what it can know.

Pure: votes in, values out.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digest.facts import PartialDate, Status, Visit

__all__ = ["DateVotes", "fits"]

#: A vote by what the report can know. Whoever saw the visit begin knows its date better than its
#: announcement did; an article whose own weekday and date disagree is worth half.
SEEN = 2.0
ANNOUNCED = 1.0
IN_CONFLICT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vote:
    """What one outlet last said of the dates."""

    start: PartialDate | None
    end: PartialDate | None
    #: Other first days that the same article gives.
    alternatives: tuple[PartialDate, ...]
    in_conflict: bool
    weight: float
    #: Where it comes from: copies of one wire share it, and count once.
    origin: int
    told_at: dt.datetime


class DateVotes:
    """The votes heard so far, in the order in which they were said."""

    def __init__(self) -> None:
        self._votes: dict[str, _Vote] = {}

    def hear(self, outlet: str, visit: Visit, told_at: dt.datetime, origin: int) -> bool:
        """Take an outlet's word for the dates, from the source that it has it from; whether it is one.

        What it says less precisely than before ("in June"), or not at all, takes nothing back. A
        postponement to a new date makes all earlier words old.
        """
        if visit.start is None and visit.end is None:
            return False
        if visit.status is Status.POSTPONED and visit.start is not None:
            self._votes.clear()
        vote = _vote(visit, told_at, origin)
        known = self._votes.get(outlet)
        self._votes[outlet] = _corrected(known, vote) if known else vote
        return True

    def start(self) -> PartialDate | None:
        """The best supported first day: the most precise, then the most votes, then the latest said."""
        return self._best({vote.start for vote in self._votes.values()} - {None}, "start")

    def end(self, start: PartialDate | None) -> PartialDate | None:
        """The best supported last day, from those who agree on the first one wherever there are any."""
        ends = [
            vote
            for vote in self._votes.values()
            if vote.end
            and (start is None or (vote.end.latest >= start.earliest and not _blurs(vote.end, start)))
        ]
        agreed = [v for v in ends if v.start == start]
        return self._best({vote.end for vote in agreed or ends}, "end")

    def is_in_conflict(self, start: PartialDate | None) -> bool:
        """Whether everyone who gives this first day contradicts themselves about it."""
        giving = [vote.in_conflict for vote in self._votes.values() if vote.start == start]
        return bool(giving) and all(giving)

    def values(self) -> Iterator[tuple[str, str, PartialDate]]:
        """Every outlet's values as (outlet, slot, value), alternatives among them."""
        for outlet, vote in self._votes.items():
            for start in (vote.start, *vote.alternatives):
                if start is not None:
                    yield outlet, "start", start
            if vote.end is not None:
                yield outlet, "end", vote.end

    def _best(self, values: "set[PartialDate | None]", slot: str) -> PartialDate | None:
        ranked = [(value, self._support(value, slot)) for value in values if value is not None]
        if not ranked:
            return None
        return max(ranked, key=lambda item: (_precision(item[0]), item[1], str(item[0])))[0]

    def _support(self, value: PartialDate, slot: str) -> tuple[float, dt.datetime]:
        """The votes for a value, copies of one wire once, and when it was last given."""
        weights: dict[int, float] = {}
        last = dt.datetime.min.replace(tzinfo=dt.UTC)
        for vote in self._votes.values():
            if (vote.start if slot == "start" else vote.end) == value:
                weights[vote.origin] = max(vote.weight, weights.get(vote.origin, 0.0))
                last = max(last, vote.told_at)
        return sum(weights.values()), last


def _vote(visit: Visit, told_at: dt.datetime, origin: int) -> _Vote:
    weight = SEEN if visit.status in (Status.UNDERWAY, Status.COMPLETED) else ANNOUNCED
    return _Vote(
        start=visit.start,
        end=visit.end,
        alternatives=visit.start_alternatives,
        in_conflict=visit.date_conflict,
        weight=weight * (IN_CONFLICT if visit.date_conflict else 1.0),
        origin=origin,
        told_at=told_at,
    )


def _corrected(known: _Vote, vote: _Vote) -> _Vote:
    """An outlet's vote after its latest report; a last day told before stays while its first day does."""
    says_first = vote.start is not None and not (known.start and _blurs(vote.start, known.start))
    base = vote if says_first else replace(known, told_at=vote.told_at)
    goes_on = base.start == known.start or known.start is None
    end = known.end if goes_on else None
    if vote.end and not (end and _blurs(vote.end, end)):
        end = vote.end
    return replace(base, end=end)


def _blurs(value: PartialDate, sharp: PartialDate) -> bool:
    """Whether a value is a less precise word for the sharp one."""
    return (
        _precision(value) < _precision(sharp)
        and value.earliest <= sharp.earliest
        and sharp.latest <= value.latest
    )


def _precision(value: PartialDate) -> int:
    return 1 + (value.month is not None) + (value.day is not None)


def fits(value: PartialDate, shown: PartialDate, start: PartialDate | None, end: PartialDate | None) -> bool:
    """Whether a value says the same as the shown one, more or less precisely, or a day within the trip."""
    if value.earliest <= shown.latest and shown.earliest <= value.latest:
        return True
    return bool(start and end and start.earliest <= value.earliest and value.latest <= end.latest)
