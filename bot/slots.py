"""When subscriptions are due: local wall-clock times as moments.

Pure: `now` is an argument.
"""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.model import Subscription
from bot.records import Slot

__all__ = ["GRACE", "due_slot", "next_slot"]

#: A briefing this late is still worth having: a machine that slept at seven catches up, once. Longer
#: than this, and "this morning's" would be the wrong word.
GRACE = dt.timedelta(hours=4)


def due_slot(subscription: Subscription, now: dt.datetime, grace: dt.timedelta = GRACE) -> Slot | None:
    """The subscription's latest turn, if it came within `grace`; whether it was briefed is not known here."""
    passed = (at for at in _moments(subscription, now, range(1, -3, -1)) if at <= now)
    latest = next(passed, None)
    if latest is None or now - latest > grace:
        return None
    return Slot(name=subscription.name, due_at=latest)


def next_slot(subscription: Subscription, now: dt.datetime) -> dt.datetime | None:
    """When the subscription is due next, in its own time zone; None where it has no days."""
    coming = (at for at in _moments(subscription, now, range(-1, 9)) if at > now)
    found = next(coming, None)
    return found.astimezone(ZoneInfo(subscription.timezone)) if found else None


def _moments(subscription: Subscription, now: dt.datetime, days: range) -> Iterator[dt.datetime]:
    """The subscription's turns on days counted from today, in UTC.

    A time that the clocks jump over comes as much later; one that they show twice counts the first time.
    """
    zone = ZoneInfo(subscription.timezone)
    today = now.astimezone(zone).date()
    for offset in days:
        day = today + dt.timedelta(days=offset)
        if day.isoweekday() in subscription.days:
            yield dt.datetime.combine(day, subscription.at, zone).astimezone(dt.UTC)
