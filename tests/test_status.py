"""The decision table for the status of a visit."""

import datetime as dt

import pytest

from digest.facts import PartialDate, Status
from digest.packs.schema import Tense
from digest.status import decide, direction_of

TODAY = dt.date(2024, 6, 17)


def _decide(
    *cues: Status,
    default: Status | None = None,
    tense: Tense = Tense.NONE,
    start: str | None = None,
    end: str | None = None,
    history: bool = False,
) -> Status:
    first, last = (PartialDate.parse(day) if day else None for day in (start, end))
    return decide(cues, default, tense, first, last, TODAY, history=history)


@pytest.mark.parametrize("over", [Status.DENIED, Status.CANCELLED, Status.POSTPONED, Status.POSSIBLE])
def test_what_calls_a_plan_off_outweighs_the_plan(over: Status) -> None:
    """ "The planned visit was cancelled" is cancelled, in whatever order the words come."""
    assert _decide(Status.PLANNED, over) is over
    assert _decide(over, Status.PLANNED) is over


def test_denied_outweighs_cancelled() -> None:
    """A denial of a cancellation is the strongest word."""
    assert _decide(Status.CANCELLED, Status.DENIED) is Status.DENIED


def test_future_is_planned_and_past_is_completed() -> None:
    """Tense alone decides where nothing else speaks."""
    assert _decide(tense=Tense.FUTURE) is Status.PLANNED
    assert _decide(tense=Tense.PAST) is Status.COMPLETED
    assert _decide(tense=Tense.ONGOING) is Status.UNDERWAY


def test_an_arrival_is_a_stay_for_some_days() -> None:
    """ "Arrived on Tuesday" is under way on Wednesday, over after weeks, planned where it lies ahead."""
    assert _decide(default=Status.UNDERWAY, tense=Tense.PAST, start="2024-06-16") is Status.UNDERWAY
    assert _decide(default=Status.UNDERWAY, tense=Tense.PAST, start="2024-06-01") is Status.COMPLETED
    assert _decide(default=Status.UNDERWAY, start="2024-06-19") is Status.PLANNED


def test_an_invitation_is_only_possible_until_it_is_more() -> None:
    """The trigger's own word holds where no cue says more."""
    assert _decide(default=Status.POSSIBLE) is Status.POSSIBLE
    assert _decide(Status.PLANNED, default=Status.POSSIBLE) is Status.PLANNED


def test_a_language_without_tense_asks_the_calendar() -> None:
    """A date ahead is a plan, one behind is over."""
    assert _decide(start="2024-06-20") is Status.PLANNED
    assert _decide(start="2024-06-16", end="2024-06-18") is Status.UNDERWAY
    assert _decide(start="2024-05-01") is Status.COMPLETED


def test_a_visit_that_is_looked_back_on_is_completed() -> None:
    """ "Last year, when Putin welcomed Kim ..." """
    assert _decide(tense=Tense.PRESENT, history=True) is Status.COMPLETED


def test_time_does_not_claim_that_a_plan_came_true() -> None:
    """A planned visit whose day has passed is still only planned."""
    assert _decide(Status.PLANNED, start="2024-06-10") is Status.PLANNED


@pytest.mark.parametrize(
    ("statuses", "tense", "direction"),
    [
        ((Status.PLANNED,), Tense.NONE, 1),
        ((), Tense.FUTURE, 1),
        ((Status.COMPLETED,), Tense.NONE, -1),
        ((), Tense.PAST, -1),
        ((), Tense.NONE, 0),
        ((Status.POSTPONED, Status.PLANNED), Tense.NONE, 0),
    ],
)
def test_dates_point_where_the_sentence_looks(
    statuses: tuple[Status, ...], tense: Tense, direction: int
) -> None:
    """ "Tuesday" is the coming one for a plan, the last one for a report."""
    assert direction_of(statuses, tense) == direction


def test_a_verb_that_calls_a_visit_off_outweighs_its_tense() -> None:
    """ "Will skip the summit" is no plan to go; "may skip it" leaves it open."""
    assert _decide(Status.PLANNED, default=Status.CANCELLED) is Status.CANCELLED
    assert _decide(Status.COMPLETED, default=Status.CANCELLED) is Status.CANCELLED
    assert _decide(Status.POSSIBLE, default=Status.CANCELLED) is Status.POSSIBLE
