"""When subscriptions are due."""

import datetime as dt

import pytest

from bot.model import Subscription
from bot.records import Slot
from bot.slots import due_slot, next_slot


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def subscription(at: str, timezone: str = "Asia/Seoul", days: str = "1234567") -> Subscription:
    return Subscription(
        name="morning",
        at=dt.time.fromisoformat(at),
        timezone=timezone,
        days=frozenset(int(day) for day in days),
    )


def due(sub: Subscription, now: str) -> dt.datetime | None:
    slot = due_slot(sub, utc(now))
    return slot.due_at if slot else None


def test_a_slot_is_at_the_readers_own_hour() -> None:
    """07:00 in Seoul is 22:00 the day before in UTC."""
    sub = subscription("07:00")

    assert due_slot(sub, utc("2024-06-17T22:00:30")) == Slot(name="morning", due_at=utc("2024-06-17T22:00"))
    assert due(sub, "2024-06-17T21:59:59") is None


def test_a_late_start_catches_up_within_the_grace() -> None:
    """A machine that slept at seven still briefs in the morning, but no more in the afternoon."""
    sub = subscription("07:00")

    assert due(sub, "2024-06-18T02:00") == utc("2024-06-17T22:00")
    assert due(sub, "2024-06-18T02:01") is None


def test_a_late_tick_is_of_the_same_slot() -> None:
    """However often it is asked, a morning has one slot."""
    sub = subscription("07:00")

    assert len({due(sub, f"2024-06-17T22:{minute:02}") for minute in range(60)}) == 1


def test_the_grace_reaches_over_midnight() -> None:
    """A slot before midnight is caught up after it, on a day that has none of its own."""
    sub = subscription("23:30", "UTC", days="1")

    assert due(sub, "2024-06-18T01:00") == utc("2024-06-17T23:30")


def test_days_are_the_readers_own() -> None:
    """Monday in Seoul begins on Sunday in UTC."""
    mondays = subscription("07:00", days="1")

    assert due(mondays, "2024-06-16T22:05") == utc("2024-06-16T22:00")
    assert due(mondays, "2024-06-17T22:05") is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-03-09", "2024-03-09T07:30"),  # winter: UTC-5
        ("2024-03-10", "2024-03-10T07:30"),  # 02:30 does not exist: 03:30 summer time
        ("2024-03-11", "2024-03-11T06:30"),  # summer: UTC-4
    ],
)
def test_a_time_that_the_clocks_jump_over_comes_once_and_later(day: str, expected: str) -> None:
    """New York, spring 2024: no day without its briefing."""
    sub = subscription("02:30", "America/New_York")

    assert due(sub, f"{day}T08:00") == utc(expected)


def test_a_time_that_the_clocks_show_twice_counts_once() -> None:
    """New York, autumn 2024: 01:30 comes at 05:30 and at 06:30 UTC."""
    sub = subscription("01:30", "America/New_York")

    assert due(sub, "2024-11-03T05:30") == utc("2024-11-03T05:30")
    assert due(sub, "2024-11-03T06:30") == utc("2024-11-03T05:30")


def test_the_next_slot_is_told_on_the_readers_clock() -> None:
    """The admin reads when the first briefing comes, in its own time zone."""
    fridays = subscription("07:00", days="5")

    found = next_slot(fridays, utc("2024-06-21T00:00"))

    assert found == utc("2024-06-27T22:00")
    assert (found and found.isoformat()) == "2024-06-28T07:00:00+09:00"
    assert next_slot(subscription("07:00", days=""), utc("2024-06-21T00:00")) is None
