"""The time that a question names: "next week", "May 2024", "18 June", "monday", "2024년 5월".

Pure. The parts of a time are gathered from wherever they stand in a question, so that their order does
not matter, and then put together.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from digest.trips import Window

__all__ = ["TIMES", "Number", "Times", "number_of", "window_of"]

#: Time words as (unit, how many units from now).
TIMES: dict[str, tuple[str, int]] = {
    "day_before_yesterday": ("day", -2),
    "yesterday": ("day", -1),
    "today": ("day", 0),
    "tomorrow": ("day", 1),
    "day_after_tomorrow": ("day", 2),
    "last_week": ("week", -1),
    "this_week": ("week", 0),
    "next_week": ("week", 1),
    "last_month": ("month", -1),
    "this_month": ("month", 0),
    "next_month": ("month", 1),
    "last_year": ("year", -1),
    "this_year": ("year", 0),
    "next_year": ("year", 1),
}

#: Numbers that are taken for a year.
YEARS = range(1900, 2101)
WEEK = 7


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a question."""

    #: Where it stands among the question's pieces.
    at: int
    value: int
    digits: int
    #: It is written with the word for a day or a year glued to it: 18일.
    is_counted: bool = False


@dataclass(slots=True)
class Times:
    """The parts of the time that a question names."""

    #: Keys of `TIMES`.
    named: list[str] = field(default_factory=list)
    #: 1 is January.
    months: list[int] = field(default_factory=list)
    #: Days of the week with "last", "this", "next" or None.
    weekdays: list[tuple[int, str | None]] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)

    def window(self, today: dt.date) -> tuple[Window | None, frozenset[int]]:
        """First and last day of all of it, None where there is no time, and which numbers belong to it.

        Args:
            today: On the reader's calendar. What is named without a year is what is nearest to it.
        """
        named = [window_of(key, today) for key in self.named]
        dates, used = self._dates(today, named)
        if not dates:
            dates = [self._weekday(day, turn, today, named) for day, turn in self.weekdays]
        windows = sorted(dates + named)
        return (_together(windows) if windows else None), used

    def _dates(self, today: dt.date, named: Sequence[Window]) -> tuple[list[Window], frozenset[int]]:
        """The windows of months, years and days, and the numbers they are made of."""
        if numeric := self._numeric():
            return numeric
        years = [n for n in self.numbers if n.digits == 4 and n.value in YEARS]
        days = [n for n in self.numbers if n.digits <= 2]
        months = self.months
        if not months and any(n.is_counted for n in days):
            months = [today.month]
            days = [n for n in days if n.is_counted]
        if not months:
            found = [(dt.date(n.value, 1, 1), dt.date(n.value, 12, 31)) for n in years]
            return found, frozenset(n.at for n in years)
        year = years[0].value if years else None
        firsts = [dt.date(year or _year_of(month, today, named), month, 1) for month in months]
        used = frozenset(n.at for n in years[:1])
        if days and (window := _of_days(firsts, [n.value for n in days])):
            return [window], used | {n.at for n in days}
        return [(first, _last_of(first)) for first in firsts], used

    def _numeric(self) -> tuple[list[Window], frozenset[int]] | None:
        """2024-06-18, 2024-06 or 18.6.2024, whose signs folding has made spaces."""
        if self.months:
            return None
        for size in (3, 2):
            for at in range(len(self.numbers) - size + 1):
                run = self.numbers[at : at + size]
                adjoin = all(b.at == a.at + 1 for a, b in pairwise(run))
                if adjoin and not any(n.is_counted for n in run) and (window := _of_numbers(run)):
                    return [window], frozenset(n.at for n in run)
        return None

    def _weekday(self, day: int, turn: str | None, today: dt.date, named: Iterable[Window]) -> Window:
        """A day by its name: of the week that is named, next or last as said, else the nearest."""
        week = next((w for w in named if (w[1] - w[0]).days == WEEK - 1), None)
        monday = today - dt.timedelta(days=today.weekday())
        if week or turn == "this":
            on = (week[0] if week else monday) + dt.timedelta(days=day)
        else:
            ahead = (day - today.weekday()) % WEEK
            if turn == "next":
                ahead = ahead or WEEK
            elif turn == "last" or ahead > WEEK // 2:
                ahead -= WEEK
            on = today + dt.timedelta(days=ahead)
        return on, on


def window_of(time: str, today: dt.date) -> Window:
    """First and last day of a time word's key ("next_week"); weeks begin on Monday."""
    unit, offset = TIMES[time]
    if unit == "day":
        day = today + dt.timedelta(days=offset)
        return day, day
    if unit == "week":
        monday = today + dt.timedelta(days=WEEK * offset - today.weekday())
        return monday, monday + dt.timedelta(days=WEEK - 1)
    if unit == "year":
        return dt.date(today.year + offset, 1, 1), dt.date(today.year + offset, 12, 31)
    month = today.year * 12 + today.month - 1 + offset
    first = dt.date(month // 12, month % 12 + 1, 1)
    return first, _last_of(first)


def _together(windows: Sequence[Window]) -> Window:
    """What several times have in common, or where that is nothing, from the first to the last."""
    first, last = max(w[0] for w in windows), min(w[1] for w in windows)
    if first <= last:
        return first, last
    return min(w[0] for w in windows), max(w[1] for w in windows)


def _of_numbers(run: Sequence[Number]) -> Window | None:
    """The day or month that numbers alone write."""
    values = [n.value for n in run]
    lengths = [n.digits for n in run]
    whole = len(run) == 3 or lengths[1] == 2
    if lengths[0] == 4 and values[0] in YEARS and max(lengths[1:]) <= 2 and whole:
        year, month, *days = values
    elif len(run) == 3 and lengths[2] == 4 and values[2] in YEARS and max(lengths[:2]) <= 2:
        day, month, year = values
        days = [day]
        if month > 12:
            month, days = day, [month]
    else:
        return None
    if not 1 <= month <= 12:
        return None
    first = dt.date(year, month, 1)
    return _of_days([first], days) if days else (first, _last_of(first))


def _of_days(months: Sequence[dt.date], days: Sequence[int]) -> Window | None:
    """From the first to the last day named, None where there is no such day."""
    if len(days) > 2 or len(months) > 2:
        return None
    first, last = months[0], months[-1]
    if not (1 <= days[0] <= _last_of(first).day and 1 <= days[-1] <= _last_of(last).day):
        return None
    window = first.replace(day=days[0]), last.replace(day=days[-1])
    return window if window[0] <= window[1] else None


def _last_of(first: dt.date) -> dt.date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _year_of(month: int, today: dt.date, named: Sequence[Window]) -> int:
    """The year of a month without one: that of a time beside it, else the one that makes it nearest."""
    months_off = (month - today.month + 5) % 12 - 5
    nearest = (today.year * 12 + today.month - 1 + months_off) // 12
    years = [nearest, *(day.year for window in named for day in window)]
    for year in years:
        first = dt.date(year, month, 1)
        if all(window[0] <= _last_of(first) and first <= window[1] for window in named):
            return year
    return nearest


def number_of(key: str, counters: Iterable[str]) -> tuple[int, int, bool] | None:
    """A number's value, its digits, and whether a counter is glued to it; None where it is none."""
    bare = next((key.removesuffix(counter) for counter in counters if key.endswith(counter)), key)
    if not bare.isdecimal() or len(bare) > 4:
        return None
    return int(bare), len(bare), bare != key
