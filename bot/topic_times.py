"""The time that a question names: "next week", "May 2024", "18 June", "2024년 5월".

Pure.
"""

import calendar
import datetime as dt
from collections.abc import Sequence

from bot.topic_words import TopicWords
from digest.trips import Window

__all__ = ["TIMES", "window_named", "window_of"]

#: Time words as (unit, how many units from now).
TIMES: dict[str, tuple[str, int]] = {
    "yesterday": ("day", -1),
    "today": ("day", 0),
    "tomorrow": ("day", 1),
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


def window_named(tokens: Sequence[str], words: TopicWords, today: dt.date) -> Window | None:
    """First and last day of a time, None where the words are none.

    Args:
        tokens: Folded words, all of which have to belong to it.
        words: The words for times.
        today: On the reader's calendar. A month without a year is the one nearest to it.
    """
    meaning = words.times.get(" ".join(tokens))
    if meaning is not None:
        return window_of(meaning, today)
    parts = _numeric(tokens) or _named(tokens, words)
    if parts is None:
        return None
    year, month, days = parts
    if month is None:
        return (dt.date(year, 1, 1), dt.date(year, 12, 31)) if year and not days else None
    year = year or _nearest_year(month, today)
    last = calendar.monthrange(year, month)[1]
    first_day, last_day = (days[0], days[-1]) if days else (1, last)
    if not 1 <= first_day <= last_day <= last:
        return None
    return dt.date(year, month, first_day), dt.date(year, month, last_day)


def window_of(time: str, today: dt.date) -> Window:
    """First and last day of a time word's key ("next_week"); weeks begin on Monday."""
    unit, offset = TIMES[time]
    if unit == "day":
        day = today + dt.timedelta(days=offset)
        return day, day
    if unit == "week":
        monday = today + dt.timedelta(days=7 * offset - today.weekday())
        return monday, monday + dt.timedelta(days=6)
    if unit == "year":
        return dt.date(today.year + offset, 1, 1), dt.date(today.year + offset, 12, 31)
    month = today.year * 12 + today.month - 1 + offset
    first, after = (dt.date(m // 12, m % 12 + 1, 1) for m in (month, month + 1))
    return first, after - dt.timedelta(days=1)


#: Year, month and days, as far as they are named; two days are a first and a last one.
_Parts = tuple[int | None, int | None, list[int]]


def _numeric(tokens: Sequence[str]) -> _Parts | None:
    """The parts of 2024-06-18 or 2024-06, whose hyphens folding has made spaces."""
    if not (2 <= len(tokens) <= 3 and all(token.isdecimal() for token in tokens)):
        return None
    if [len(token) for token in tokens] != [4, 2, 2][: len(tokens)]:
        return None
    year, month, *days = map(int, tokens)
    return (year, month, days) if year in YEARS and 1 <= month <= 12 else None


def _named(tokens: Sequence[str], words: TopicWords) -> _Parts | None:
    """The parts of "18 June 2024" in any order, each but the day once."""
    year: int | None = None
    month: int | None = None
    days: list[int] = []
    for token in tokens:
        bare = _without_counter(token, words)
        if token in words.months and month is None:
            month = int(words.months[token])
        elif bare.isdecimal() and int(bare) in YEARS and year is None:
            year = int(bare)
        elif bare.isdecimal() and len(bare) <= 2 and len(days) < 2:
            days.append(int(bare))
        else:
            return None
    return year, month, days


def _without_counter(token: str, words: TopicWords) -> str:
    """A number without the word that its language glues to years and days."""
    for counter in words.counters:
        if token.endswith(counter):
            return token.removesuffix(counter)
    return token


def _nearest_year(month: int, today: dt.date) -> int:
    """The year whose month of this number is nearest to today; half a year off, the one to come."""
    months_off = (month - today.month + 5) % 12 - 5
    return (today.year * 12 + today.month - 1 + months_off) // 12
