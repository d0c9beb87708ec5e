"""Which group of a briefing a trip is told in."""

import datetime as dt

import pytest

from bot.model import Section
from bot.sections import section_of
from digest.facts import Status
from digest.trips import trip_of
from tests.reports import report, visit

TODAY = dt.date(2024, 6, 18)
SINCE = dt.date(2024, 5, 19)


def _section(
    start: str | None,
    end: str | None = None,
    status: Status = Status.PLANNED,
    told: str = "2024-06-16",
    *,
    background: bool = False,
    since: dt.date = SINCE,
) -> Section | None:
    trip = trip_of([report(told, visit(start, end, status=status, background=background))])
    return section_of(trip, TODAY, since)


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [
        ("2024-06-18", None, Status.PLANNED),
        ("2024-06-17", "2024-06-19", Status.PLANNED),
        ("2024-06-17", "2024-06-19", Status.UNDERWAY),
        ("2024-06-17", "2024-06-18", Status.COMPLETED),
        ("2024-06-17", None, Status.UNDERWAY),
        ("2024-06", None, Status.UNDERWAY),
        (None, None, Status.UNDERWAY),
    ],
)
def test_what_is_under_way_or_of_today_is_told_first(
    start: str | None, end: str | None, status: Status
) -> None:
    assert _section(start, end, status) is Section.NOW


@pytest.mark.parametrize(
    ("start", "end"), [("2024-06-19", None), ("2024-06", None), ("2024-08", None), ("2024", None)]
)
def test_a_plan_is_coming_until_its_dates_are_over(start: str, end: str | None) -> None:
    assert _section(start, end) is Section.COMING


def test_a_plan_for_this_month_is_not_said_to_be_under_way() -> None:
    assert _section("2024-06", "2024-07") is Section.COMING


def test_a_plan_whose_dates_are_over_is_looked_back_at() -> None:
    assert _section("2024-06-16", "2024-06-17") is Section.PAST


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.CANCELLED, Status.DENIED, Status.POSSIBLE])
def test_what_may_not_take_place_is_told_apart(status: Status) -> None:
    assert _section("2024-06-20", status=status) is Section.UNCERTAIN
    assert _section(None, status=status) is Section.UNCERTAIN
    assert _section("2024-06-18", status=status) is Section.UNCERTAIN


def test_a_cancellation_is_still_told_when_the_days_have_passed() -> None:
    assert _section("2024-06-10", status=Status.CANCELLED) is Section.UNCERTAIN
    assert _section("2024-05-10", status=Status.CANCELLED) is None


def test_a_possibility_whose_days_have_passed_is_looked_back_at() -> None:
    assert _section("2024-06-10", status=Status.POSSIBLE) is Section.PAST


def test_a_visit_told_as_under_way_goes_on_for_two_days_without_a_last_day() -> None:
    assert _section("2024-06-10", status=Status.UNDERWAY, told="2024-06-15") is Section.PAST
    assert _section(None, status=Status.UNDERWAY, told="2024-06-15") is Section.PAST


def test_a_visit_told_as_under_way_is_over_after_its_last_day() -> None:
    assert _section("2024-06-15", "2024-06-17", Status.UNDERWAY, told="2024-06-17") is Section.PAST


@pytest.mark.parametrize("start", ["2024-06-10", "2024-06", "2024-05-19"])
def test_a_completed_visit_of_the_last_days_is_looked_back_at(start: str) -> None:
    assert _section(start, status=Status.COMPLETED) is Section.PAST


@pytest.mark.parametrize("start", ["2024-05-18", "2023-09", "2023"])
def test_a_completed_visit_of_long_ago_is_not_told(start: str) -> None:
    assert _section(start, status=Status.COMPLETED) is None


def test_asking_further_back_tells_it() -> None:
    assert _section("2023-09", status=Status.COMPLETED, since=dt.date(2023, 9, 1)) is Section.PAST


@pytest.mark.parametrize("start", [None, "2024", "2023-09"])
def test_a_visit_only_recalled_makes_no_news(start: str | None) -> None:
    """ "Earlier this year" in an article of today is not something that just happened."""
    assert _section(start, status=Status.COMPLETED, background=True) is None


def test_a_visit_recalled_to_the_day_within_the_last_days_is_told() -> None:
    assert _section("2024-06-10", status=Status.COMPLETED, background=True) is Section.PAST


@pytest.mark.parametrize("status", [Status.PLANNED, Status.POSSIBLE, Status.COMPLETED, Status.CANCELLED])
def test_an_undated_trip_of_which_nobody_speaks_any_more_is_not_told(status: Status) -> None:
    assert _section(None, status=status, told="2024-05-01") is None


def test_an_undated_plan_is_coming_and_an_undated_return_is_past() -> None:
    assert _section(None) is Section.COMING
    assert _section(None, status=Status.COMPLETED) is Section.PAST
