"""A date that the Unicode CLDR writes in a language, read back, is the same date."""

import datetime as dt
import functools

import pytest
from babel.dates import format_date, format_interval, format_skeleton
from hypothesis import given
from hypothesis import strategies as st

from digest.dates import DateFinder
from digest.days import resolve
from digest.facts import PartialDate
from digest.packs import available_languages, load_pack
from digest.text import fold

#: What the CLDR calls the languages' locales; Chinese is written in both scripts.
LOCALES = [
    (language, locale)
    for language in available_languages()
    for locale in (("zh_Hans", "zh_Hant") if language == "zh" else (language,))
]
#: An announcement of the summer of 2024 tells days from a year before to a year after.
DAYS = st.dates(dt.date(2023, 7, 1), dt.date(2025, 6, 1))
TODAY = dt.date(2024, 6, 17)


@functools.cache
def _finder(language: str) -> DateFinder:
    pack = load_pack(language)
    return DateFinder(pack.dates, whole=pack.spaced)


def _read(language: str, text: str) -> list[tuple[PartialDate, PartialDate | None]]:
    text = text.replace("\u200f", "")  # which way to write is for the screen; newsrooms leave it out
    found = [resolve(words, TODAY, 0) for words in _finder(language).find(fold(text), 0, len(text))]
    return [(one.start, one.end) for one in found if one]


@pytest.mark.parametrize("form", ["full", "long", "medium"])
@pytest.mark.parametrize(("language", "locale"), LOCALES)
@given(day=DAYS)
def test_a_day_is_the_same_day(language: str, locale: str, form: str, day: dt.date) -> None:
    """With its weekday, without, and with the month's short name or number."""
    text = format_date(day, form, locale)
    assert _read(language, text) == [(PartialDate.of(day), None)], text


@pytest.mark.parametrize("skeleton", ["yMMMM", "MMMMd", "MMMMEEEEd"])
@pytest.mark.parametrize(("language", "locale"), LOCALES)
@given(day=st.dates(dt.date(2024, 1, 20), dt.date(2024, 11, 15)))
def test_a_month_or_a_day_without_its_year(language: str, locale: str, skeleton: str, day: dt.date) -> None:
    """The year of a day that tells none is the nearest; a month is a month."""
    text = format_skeleton(skeleton, day, locale=locale)
    expected = PartialDate(day.year, day.month) if skeleton == "yMMMM" else PartialDate.of(day)
    assert _read(language, text) == [(expected, None)], text


@pytest.mark.parametrize(("language", "locale"), LOCALES)
@given(day=DAYS, length=st.integers(1, 12))
def test_a_span_of_days_is_the_same_span(language: str, locale: str, day: dt.date, length: int) -> None:
    """Within a month and across two."""
    last = day + dt.timedelta(days=length)
    if last.year != day.year:
        last = day.replace(month=12, day=31)
    text = format_interval(day, last, "yMMMMd", locale=locale)
    if last == day:
        return
    assert _read(language, text) == [(PartialDate.of(day), PartialDate.of(last))], text
