"""Stages of a trip: which stop of a tour is over once a later one is told."""

from dataclasses import replace

import pytest

from digest.facts import PartialDate, Status, Visit
from digest.stages import left
from tests.reports import KIM, PUTIN, visit

SEOUL = visit("2024-06-18", to="KR", status=Status.UNDERWAY)


@pytest.mark.parametrize(
    ("later", "status"),
    [
        (visit("2024-06-20", to="VN", status=Status.UNDERWAY), Status.COMPLETED),
        (visit("2024-06-20", to="VN", status=Status.COMPLETED), Status.COMPLETED),
        (visit("2024-06-20", to="VN", status=Status.PLANNED), Status.UNDERWAY),
        (visit("2024-06-20", to="VN", status=Status.CANCELLED), Status.UNDERWAY),
        (visit("2024-06-16", to="VN", status=Status.COMPLETED), Status.UNDERWAY),
        (visit(to="VN", status=Status.UNDERWAY), Status.UNDERWAY),
        (visit("2024-06-20", to="VN", who=KIM, status=Status.UNDERWAY), Status.UNDERWAY),
        (visit("2024-06-20", to="KR", status=Status.UNDERWAY), Status.UNDERWAY),
    ],
)
def test_who_is_somewhere_else_by_now_has_left(later: Visit, status: Status) -> None:
    """Not for a plan, nor for what was called off, was before, has no day, or is another person's."""
    assert left(SEOUL, [SEOUL, later]).status is status


def test_a_last_day_beyond_the_next_stop_was_that_of_the_whole_tour() -> None:
    told = replace(SEOUL, end=PartialDate(2024, 6, 24))
    later = visit("2024-06-20", to="VN", who=PUTIN, status=Status.PLANNED)

    assert left(told, [told, later]).end is None
    assert left(told, [told]).end == PartialDate(2024, 6, 24)


def test_a_visit_without_a_day_stays_as_it_is() -> None:
    undated = visit(to="KR", status=Status.UNDERWAY)

    assert left(undated, [undated, visit("2024-06-20", to="VN", status=Status.UNDERWAY)]) is undated
