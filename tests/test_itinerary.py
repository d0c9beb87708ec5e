"""The dates of a visit that several claims tell, and of the stops of a tour."""

import datetime as dt

import pytest

from digest.gather import gather
from digest.packs import Pack
from tests.packs import Tongue, spaced_pack

MONDAY = dt.date(2024, 6, 17)


def _days(*lines: str, pack: Pack | None = None) -> list[tuple[str, str | None, str | None]]:
    """Country, first and last day of each visit that the sentences tell."""
    tongue = Tongue.of(pack or spaced_pack(), "", *lines, on=MONDAY)
    visits = [one.visit for one in gather(tongue.text, tongue.claims(), MONDAY, "xx")]
    return [(v.country, str(v.start) if v.start else None, str(v.end) if v.end else None) for v in visits]


def test_the_first_stop_begins_and_the_last_ends_with_the_tour() -> None:
    """Told once for three countries, the days are those of the tour; in between there is its month."""
    assert _days("Putin will fly to Japan, Germany and North Korea on 18 June for a 5 day stay") == [
        ("JP", "2024-06-18", None),
        ("DE", "2024-06", None),
        ("KP", "2024-06", "2024-06-22"),
    ]


def test_stops_between_two_months_have_none() -> None:
    """A tour from the end of June into July says nothing of the month of the stops in between."""
    assert _days("Putin will fly to Japan, Germany and North Korea on 28 June for a 9 day stay") == [
        ("JP", "2024-06-28", None),
        ("DE", None, None),
        ("KP", None, "2024-07-06"),
    ]


def test_one_day_of_a_tour_is_that_of_its_first_stop() -> None:
    """Who sets out on the 18th for two countries is not in both that day, but in both that month."""
    assert _days("Putin will fly to Japan and Germany on 18 June") == [
        ("JP", "2024-06-18", None),
        ("DE", "2024-06", None),
    ]
    assert _days("Putin will fly to Japan and Germany on 28 June") == [
        ("JP", "2024-06-28", None),
        ("DE", None, None),
    ]


def test_a_month_is_that_of_every_stop() -> None:
    """What is not told to the day holds for all that are told with it."""
    pack = spaced_pack(dates={"patterns": ["in {month}"]})

    assert _days("Putin visited Japan and Germany in June", pack=pack) == [
        ("JP", "2024-06", None),
        ("DE", "2024-06", None),
    ]


def test_a_day_of_its_own_goes_before_that_of_the_tour() -> None:
    """The tour's first day gives way to the day that a stop is told with by itself."""
    told = _days("Putin will fly to Japan and Germany on 18 June", "Putin will visit Japan on 19 June")

    assert ("JP", "2024-06-19", None) in told


@pytest.mark.parametrize(
    ("came", "first"),
    [("14 June", "2024-06-14"), ("4 June", "2024-06-16"), ("17 June", "2024-06-16")],
    ids=["shortly before", "long before", "later"],
)
def test_a_guest_came_before_the_meeting(came: str, first: str) -> None:
    """The day of a meeting is no first day where a coming is told for shortly before."""
    lines = ("Putin met Kim Jong Un in North Korea on 16 June", f"Putin visited North Korea on {came}")

    assert _days(*lines)[0] == ("KP", first, None)


def test_the_first_of_two_comings_told_counts() -> None:
    """Two days for the coming itself contradict each other: the text's first one counts, as it did."""
    lines = ("Putin visited North Korea on 16 June", "Putin visited North Korea on 14 June")

    assert _days(*lines) == [("KP", "2024-06-16", None)]


def test_the_last_day_of_a_tour_ends_its_last_stop_whatever_tells_its_first() -> None:
    """The stop's own first day and the tour's last one are told by different sentences."""
    told = _days(
        "Putin will fly to Japan and Germany on 18 June for a 5 day stay",
        "Putin will visit Germany on 20 June",
    )

    assert ("DE", "2024-06-20", "2024-06-22") in told
