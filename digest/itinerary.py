"""WHEN, of a whole visit: what the dates of its claims come to together.

Pure.
"""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from digest.facts import PartialDate, Status
from digest.packs.schema import Frame, Tense
from digest.stages import MEETINGS
from digest.timing import LONGEST_VISIT, Timing
from digest.visits import Claim

__all__ = ["HAPPENED", "Told", "joined", "lasting", "timing_together", "within_tour"]

#: Days that a tour of several stops takes at least, where nothing says how long.
SHORT_TOUR = 7
#: Days that a guest may have been there before a meeting.
LONGEST_WAIT = 2
#: A visit that takes place or has.
HAPPENED = frozenset({Status.UNDERWAY, Status.COMPLETED})


class Told(NamedTuple):
    """A claim with its dates and status."""

    claim: Claim
    timing: Timing
    status: Status
    #: It looks back on a visit that is no news any more.
    history: bool


def in_step(told: Sequence[Told]) -> list[Told]:
    """The claims of one visit, where nouns take the day and status of the verb that shares their date words:
    "arrived on Tuesday for a visit" looks back, though "a visit on Tuesday" might lie ahead.
    """
    verbs: dict[tuple[int, tuple[int, int] | None], Told] = {
        (one.claim.scene.sentence.index, one.timing.span): one
        for one in reversed(told)
        if one.timing.span and one.claim.tense in (Tense.PAST, Tense.FUTURE)
    }
    found = []
    for one in told:
        verb = verbs.get((one.claim.scene.sentence.index, one.timing.span))
        if verb is not None and one.claim.tense is Tense.NONE and one.timing.start != verb.timing.start:
            one = one._replace(timing=verb.timing, status=verb.status)
        found.append(one)
    return found


def within_tour(tour: Timing, claim: Claim) -> Timing:
    """What the days of a whole tour say of one of its stops: the first one begins when it begins, the last
    one ends when it ends; in between there is the month, where they lie in one.

    Days that stand with another trigger are those of a stop before: "arrived on Monday in Cameroon and then
    goes on to Benin and Guinea-Bissau".
    """
    first, last = tour.start, tour.end
    opens, closes = claim.stop == 0, claim.stop == claim.stops - 1
    if first is not None and not first.is_day:
        return tour._replace(duration=None) if last is None else Timing(first, span=tour.span)
    if tour.borrowed:
        return Timing()
    known = first or last
    if known is None:
        return Timing()
    until = last.earliest if last else known.earliest + dt.timedelta(days=SHORT_TOUR)
    same = (known.year, known.month) == (until.year, until.month)
    month = PartialDate(known.year, known.month) if same else None
    return Timing(first if opens and first else month, last if closes else None, span=tour.span)


def timing_together(told: Sequence[Told]) -> Timing:
    """The most precise dates, its own before borrowed ones, the earliest told among equals; a duration from
    anywhere gives the end.
    """
    timings = [one.timing for one in told]
    dated = [one.timing for one in _text_first(told) if one.timing.start]
    days = next((t.duration for t in timings if t.duration), None)
    placed = [one.timing for one in told if one.claim.country is not None]
    # "the visit lasts until Thursday" tells the end alone, and needs no place
    last = next((t.end for t in (*placed, *timings) if t.end and not (t.start and t.start.is_day)), None)
    if not dated:
        return Timing(start=_days_before(last, days), end=last, duration=days)
    best = _first_day(told)
    end = (
        best.end
        or next((t.end for t in dated if t.end and t.start == best.start), None)
        or _after(last, best)
    )
    conflict = next((t.conflict for t in dated if t.conflict), None)
    timing = Timing(best.start, end, conflict, best.span)
    return lasting(timing, days) if days else timing


def joined(beside: Timing, known: Timing) -> Timing:
    """Dates found beside the place of a visit, with what its claims tell: its last day, how long it takes."""
    first = beside.start
    if first is None or (known.end is not None and not 0 <= _days(first, known.end) <= LONGEST_VISIT):
        return known
    found = beside._replace(end=beside.end or known.end)
    return lasting(found, known.duration) if known.duration else found


def lasting(timing: Timing, days: int) -> Timing:
    """The dates of so many days, where their last one is not told."""
    if timing.end is not None or timing.start is None or not timing.start.is_day:
        return timing
    return timing._replace(end=PartialDate.of(timing.start.earliest + dt.timedelta(days=days - 1)))


def _days(first: PartialDate, last: PartialDate) -> int:
    return (last.earliest - first.earliest).days


def _first_day(told: Sequence[Told]) -> Timing:
    """The dates that tell the first day: whoever is received on Tuesday may have come on Monday."""
    dated = [one for one in _text_first(told) if one.timing.start]
    best = min(dated, key=_doubt)
    first = best.timing.start
    met = {one.timing.span for one in dated if one.claim.rule.frame in MEETINGS}
    met -= {one.timing.span for one in dated if _is_arrival(one.claim)}
    if best.timing.span not in met or first is None or not first.is_day or best.timing.end:
        return best.timing
    coming = [one for one in dated if _tells_coming(one, first)]
    return min(coming, key=lambda one: str(one.timing.start)).timing if coming else best.timing


def _doubt(told: Told) -> tuple[bool, bool, bool, bool]:
    """How little a claim's dates say: coarse, borrowed, a whole tour's, or contradicting themselves."""
    timing = told.timing
    coarse = not (timing.start and timing.start.is_day)
    return coarse, timing.borrowed, told.claim.shared, timing.conflict is not None


def _is_arrival(claim: Claim) -> bool:
    """Whether a claim tells the coming itself, not that somebody is there: "landed", not "is visiting"."""
    rule = claim.rule
    return rule.frame is Frame.VISIT and rule.status is Status.UNDERWAY and claim.tense is not Tense.ONGOING


def _tells_coming(told: Told, met: PartialDate) -> bool:
    """Whether a claim tells of a coming shortly before the day of a meeting."""
    first, claim = told.timing.start, told.claim
    return (
        claim.rule.frame is Frame.VISIT
        and told.status in HAPPENED
        and not claim.closing
        and not any(_doubt(told))
        and first is not None
        and 0 < (met.earliest - first.earliest).days <= LONGEST_WAIT
    )


def _text_first(told: Sequence[Told]) -> list[Told]:
    """The claims in order, those of the title last."""
    return sorted(told, key=lambda one: one.claim.scene.sentence.index == 0)


def _days_before(last: PartialDate | None, days: int | None) -> PartialDate | None:
    """The first of so many days."""
    return PartialDate.of(last.earliest - dt.timedelta(days=days - 1)) if last and days else None


def _after(last: PartialDate | None, best: Timing) -> PartialDate | None:
    """A last day told by itself, where it can belong to these dates."""
    if last is None or best.start is None:
        return None
    return last if 0 <= (last.earliest - best.start.earliest).days <= LONGEST_VISIT else None
