"""The day of a visit that only another sentence tells."""

import datetime as dt

from digest.facts import Visit
from digest.gather import gather
from tests.packs import Tongue, spaced_pack

MONDAY = dt.date(2024, 6, 17)
FLIES = "Putin will fly to Japan"


def _visits(*lines: str) -> list[Visit]:
    tongue = Tongue.of(spaced_pack(), "", *lines, on=MONDAY)
    scenes = tongue.scenes()
    return [one.visit for one in gather(tongue.text, tongue.claims(), MONDAY, "xx", scenes=scenes)]


def _first_days(*lines: str) -> list[tuple[str, str | None]]:
    """Country and first day of each visit."""
    return [(v.country, str(v.start) if v.start else None) for v in _visits(*lines)]


def _last_days(*lines: str) -> list[tuple[str, str | None]]:
    """Country and last day of each visit."""
    return [(v.country, str(v.end) if v.end else None) for v in _visits(*lines)]


def test_a_day_beside_the_place_is_that_of_the_visit() -> None:
    """A sentence with the visitor, the place and a day tells the day, although no word of travel does."""
    assert _first_days(FLIES, "In Tokyo on 20 June Putin speaks") == [("JP", "2024-06-20")]


def test_the_visit_s_own_day_goes_first() -> None:
    """What stands beside the place elsewhere is some day of the stay, not its first."""
    assert _first_days(f"{FLIES} on 19 June", "In Tokyo on 20 June Putin speaks") == [("JP", "2024-06-19")]


def test_a_plan_takes_the_day_of_what_it_is_for() -> None:
    """With nobody from elsewhere in it, the sentence may tell what the visit is planned for."""
    assert _first_days(FLIES, "The fair opens in Tokyo on 20 June") == [("JP", "2024-06-20")]
    assert _first_days("Putin visited Japan", "The fair opened in Tokyo on 14 June") == [("JP", None)]


def test_a_day_of_others_is_not_theirs() -> None:
    """Somebody else's day at the same place says nothing."""
    assert _first_days(FLIES, "Kim Jong Un speaks in Tokyo on 20 June") == [("JP", None)]


def test_a_day_that_does_not_suit_the_status_is_none() -> None:
    """A plan is not for a past day, what was done not for one to come or for long ago."""
    assert _first_days(FLIES, "In Tokyo on 10 June Putin spoke") == [("JP", None)]
    assert _first_days("Putin visited Japan", "In Tokyo on 20 June Putin speaks") == [("JP", None)]
    assert _first_days("Putin visited Japan", "In Tokyo on 1 June 2024 Putin spoke") == [("JP", None)]
    assert _first_days("Putin visited Japan", "In Tokyo on 14 June Putin spoke") == [("JP", "2024-06-14")]


def test_a_day_that_tells_another_visit_is_taken() -> None:
    """The day on which they leave for the next country is not the first in this one."""
    told = _first_days(FLIES, "In Tokyo on 20 June Putin will fly to Germany")

    assert told == [("JP", None), ("DE", "2024-06-20")]


def test_a_day_of_saying_or_far_from_the_place_is_none() -> None:
    """ "Said on 14 June" is of the saying; what stands a clause away is of something else."""
    assert _first_days("Putin visited Japan", "In Tokyo Putin said on 14 June that all was well") == [
        ("JP", None)
    ]
    far = "In Tokyo Putin spoke " + "and spoke " * 8 + "on 14 June"
    assert _first_days("Putin visited Japan", far) == [("JP", None)]


def test_a_length_beside_the_place_gives_the_end() -> None:
    """A sentence that names the visitor and no other country may tell how long it takes."""
    assert _last_days(f"{FLIES} on 20 June", "In Tokyo Putin plans a 3 day stay") == [("JP", "2024-06-22")]
    assert _last_days(f"{FLIES} on 20 June", "Kim Jong Un plans a 3 day stay in Tokyo") == [("JP", None)]
    assert _last_days(f"{FLIES} on 20 June", "Putin plans a 3 day stay in Tokyo and Germany") == [
        ("JP", None)
    ]


def test_two_lengths_that_differ_give_none() -> None:
    """Whichever is right is not told."""
    lines = ("In Tokyo Putin plans a 3 day stay", "Putin plans a 4 day stay in Tokyo")

    assert _last_days(f"{FLIES} on 20 June", *lines) == [("JP", None)]
