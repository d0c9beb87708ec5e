"""Writes partial dates in a language: "Tue 18 – Wed 19 June 2024", "2024년 6월". Pure."""

import datetime as dt

from bot.render.words import DateWords
from digest.facts import PartialDate

__all__ = ["date_text", "moment_text", "span_text"]


def date_text(words: DateWords, date: PartialDate) -> str:
    """One date, as precisely as it is known."""
    if date.is_day:
        return words.day.format(**_fields(words, date))
    if date.month is not None:
        return words.month.format(**_fields(words, date))
    return words.year.format(**_fields(words, date))


def span_text(words: DateWords, start: PartialDate | None, end: PartialDate | None) -> str | None:
    """From the first day to the last one, saying once what both share; None where neither is known."""
    if start is None or end is None:
        return _half_open(words, start, end)
    if start == end:
        return date_text(words, start)
    fields = _fields(words, start) | {f"last_{key}": value for key, value in _fields(words, end).items()}
    if start.year == end.year and start.is_day and end.is_day:
        template = words.days_in_month if start.month == end.month else words.days_in_year
        return template.format(**fields)
    if start.year == end.year and not start.is_day and not end.is_day and start.month and end.month:
        return words.months_in_year.format(**fields)
    return words.span.format(first=date_text(words, start), last=date_text(words, end))


def moment_text(words: DateWords, moment: dt.datetime) -> str:
    """A moment on the reader's clock, to the minute."""
    return words.moment.format(
        date=date_text(words, PartialDate.of(moment.date())), time=moment.strftime("%H:%M")
    )


def _half_open(words: DateWords, start: PartialDate | None, end: PartialDate | None) -> str | None:
    """Where at most one of the two is known.

    A first day alone is written bare: an article that gives one day does not say that more follow.
    """
    if start is not None:
        return date_text(words, start)
    return words.until.format(date=date_text(words, end)) if end is not None else None


def _fields(words: DateWords, date: PartialDate) -> dict[str, str]:
    """What the templates may use of a date."""
    fields = {"year": str(date.year)}
    if date.month is not None:
        fields["month"] = words.months[date.month - 1]
    if date.day is not None:
        fields["day"] = str(date.day)
        fields["weekday"] = words.weekdays[date.earliest.weekday()]
    return fields
