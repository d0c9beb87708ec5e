"""Which group of a briefing a trip belongs to, by its dates and by how sure it is.

Pure. Time alone never makes a planned trip one that took place: it moves it among those to look back
at, and its status stays what was last reported.
"""

import datetime as dt

from bot.model import Section
from digest.facts import PartialDate, Status
from digest.trips import Trip

__all__ = ["FRESH", "section_of"]

#: A visit told as under way without its last day is taken to last so long after it was last told.
FRESH = dt.timedelta(days=2)

_OFF = frozenset({Status.POSTPONED, Status.CANCELLED, Status.DENIED})


def section_of(trip: Trip, today: dt.date, since: dt.date) -> Section | None:
    """The group to tell a trip in, None where it is too long ago or too vague to be told.

    Args:
        trip: The trip.
        today: On the reader's calendar.
        since: What was over before this day is not told any more.
    """
    first, last = trip.start or trip.end, trip.end or trip.start
    if first is None or last is None:
        return _undated(trip, today, since)
    if trip.status in _OFF:
        return Section.UNCERTAIN if last.latest >= since else None
    if trip.status is Status.POSSIBLE and last.latest >= today:
        return Section.UNCERTAIN
    if trip.status is Status.UNDERWAY and _still_goes_on(trip, today):
        return Section.NOW
    if first.is_day and first.earliest <= today <= last.latest:
        return Section.NOW
    if trip.status is Status.PLANNED and last.latest >= today:
        return Section.COMING
    return Section.PAST if _over_on(trip, first, last) >= since else None


def _undated(trip: Trip, today: dt.date, since: dt.date) -> Section | None:
    """The group of a trip without dates: all there is to go by is when it was last told."""
    told_on = trip.last_told_at.date()
    if told_on < since or (trip.status is Status.COMPLETED and trip.is_background):
        return None
    if trip.status is Status.PLANNED:
        return Section.COMING
    if trip.status is Status.UNDERWAY and told_on >= today - FRESH:
        return Section.NOW
    if trip.status in _OFF or trip.status is Status.POSSIBLE:
        return Section.UNCERTAIN
    return Section.PAST


def _still_goes_on(trip: Trip, today: dt.date) -> bool:
    """Whether a visit told as under way is so today: to its last day, or for some days without one."""
    if trip.end and trip.end.is_day:
        return trip.end.latest >= today
    return trip.last_told_at.date() >= today - FRESH


def _over_on(trip: Trip, first: PartialDate, last: PartialDate) -> dt.date:
    """The day on which a trip was over at the latest.

    One told as over has been so when it was told, whatever the month it is dated to. What is only
    recalled ("earlier this year") is taken to be as long ago as it can be: no news is made of it.
    """
    if trip.is_background and not last.is_day:
        return first.earliest
    return min(last.latest, trip.last_told_at.date()) if trip.status is Status.COMPLETED else last.latest
