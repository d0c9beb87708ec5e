"""The times that questions name."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topic_reading import understand
from bot.topic_times import TIMES, window_of
from digest.trips import Window
from tests.worlds import WORLD

TODAY = dt.date(2024, 6, 18)


def window(query: str, today: dt.date = TODAY) -> Window | None:
    return understand(query, WORLD, dt.datetime.combine(today, dt.time(7, 30), dt.UTC), "en").window


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("May 2024", "2024-05-01", "2024-05-31"),
        ("2024 mei", "2024-05-01", "2024-05-31"),
        ("2024년 5월", "2024-05-01", "2024-05-31"),
        ("Feb 2023", "2023-02-01", "2023-02-28"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023년", "2023-01-01", "2023-12-31"),
        ("18 June", "2024-06-18", "2024-06-18"),
        ("June 18, 2023", "2023-06-18", "2023-06-18"),
        ("18-19 Juni", "2024-06-18", "2024-06-19"),
        ("6월 18~19일", "2024-06-18", "2024-06-19"),
        ("2024-06-18", "2024-06-18", "2024-06-18"),
        ("2024-06", "2024-06-01", "2024-06-30"),
        ("18.06.2024", "2024-06-18", "2024-06-18"),
        ("6/18/2024", "2024-06-18", "2024-06-18"),
        ("18日", "2024-06-18", "2024-06-18"),
        ("30 June - 2 July", "2024-06-30", "2024-07-02"),
        ("june july", "2024-06-01", "2024-07-31"),
        ("2024 2025", "2024-01-01", "2025-12-31"),
        ("january next year", "2025-01-01", "2025-01-31"),
        ("next week july", "2024-06-24", "2024-07-31"),
        ("Monday 18 June", "2024-06-18", "2024-06-18"),
    ],
)
def test_dates_months_and_years_of_every_language(query: str, first: str, last: str) -> None:
    assert window(query) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("today", "query", "year"),
    [
        ("2024-06-18", "may", 2024),
        ("2024-06-18", "december", 2024),
        ("2024-06-18", "january", 2024),
        ("2024-12-05", "january", 2025),
        ("2024-01-05", "december", 2023),
    ],
)
def test_a_month_without_a_year_is_the_nearest_one(today: str, query: str, year: int) -> None:
    named = window(query, dt.date.fromisoformat(today))

    assert named is not None
    assert named[0].year == year


@pytest.mark.parametrize(
    ("query", "day"),
    [
        ("monday", "2024-06-17"),
        ("tuesday", "2024-06-18"),
        ("friday", "2024-06-21"),
        ("saturday", "2024-06-15"),
        ("next tuesday", "2024-06-25"),
        ("last tuesday", "2024-06-11"),
        ("next friday", "2024-06-21"),
        ("this sunday", "2024-06-23"),
        ("sunday next week", "2024-06-30"),
        ("lundi prochain", "2024-06-24"),
        ("上周五", "2024-06-14"),
    ],
)
def test_a_weekday_is_the_nearest_one_unless_it_is_said_which(query: str, day: str) -> None:
    assert window(query) == (dt.date.fromisoformat(day),) * 2


@pytest.mark.parametrize("query", ["", "18", "24-06-18", "7000", "next"])
def test_what_is_no_time_has_no_window(query: str) -> None:
    assert window(query) is None


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("18", ("18",)),
        ("31 June", ("31",)),
        ("0 May", ("0",)),
        ("2024-13", ("13",)),
        ("19-18 June", ("19", "18")),
        ("7000", ("7000",)),
    ],
)
def test_a_number_that_is_no_day_is_looked_for_as_a_word(query: str, words: tuple[str, ...]) -> None:
    now = dt.datetime.combine(TODAY, dt.time(7, 30), dt.UTC)

    assert understand(query, WORLD, now, "en").words == words


def test_months_turn_with_the_year() -> None:
    assert window_of("last_month", dt.date(2024, 1, 31)) == (dt.date(2023, 12, 1), dt.date(2023, 12, 31))
    assert window_of("next_month", dt.date(2024, 12, 31)) == (dt.date(2025, 1, 1), dt.date(2025, 1, 31))


@given(st.dates(dt.date(1971, 1, 1), dt.date(2100, 1, 1)), st.sampled_from(["day", "week", "month", "year"]))
def test_the_windows_of_a_unit_follow_each_other_without_a_gap(today: dt.date, unit: str) -> None:
    keys = sorted((offset, key) for key, (of, offset) in TIMES.items() if of == unit)
    windows = [window_of(key, today) for _, key in keys]
    before, now, after = windows[len(windows) // 2 - 1 : len(windows) // 2 + 2]

    assert now[0] <= today <= now[1]
    assert before[1] + dt.timedelta(days=1) == now[0]
    assert now[1] + dt.timedelta(days=1) == after[0]
