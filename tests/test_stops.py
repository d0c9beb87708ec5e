"""Stops that are told with a day each."""

import datetime as dt

import pytest

from digest.facts import Article
from digest.reading import read

PUBLISHED = dt.date(2024, 6, 17)


def _visits(text: str) -> list[tuple[str, str | None]]:
    reading = read(Article(text=text, title=None, published_at=PUBLISHED, language_hint="en"))
    return [(visit.country, str(visit.start) if visit.start else None) for visit in reading.visits]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (
            "travels to Bolivia on Tuesday and to Peru on Thursday",
            [("BO", "2024-06-18"), ("PE", "2024-06-20")],
        ),
        (
            "travels on Tuesday to Bolivia and on Thursday to Peru",
            [("BO", "2024-06-18"), ("PE", "2024-06-20")],
        ),
        ("travels to Bolivia on Tuesday and to Peru after that", [("BO", "2024-06-18"), ("PE", None)]),
    ],
)
def test_each_stop_of_a_list_has_the_day_told_with_it(told: str, found: list[tuple[str, str | None]]) -> None:
    """A day between two stops does not end their list, and belongs to one of them."""
    text = f"Spanish Prime Minister Pedro Sanchez {told}, his office in the old palace said on Monday."

    assert _visits(text) == found


def test_a_place_with_a_verb_of_its_own_is_no_further_stop() -> None:
    """What somebody else does there is another clause."""
    text = (
        "Spanish Premier Pedro Sanchez travels to Bolivia on Tuesday and votes in Peru are counted on Sunday."
    )

    assert _visits(text) == [("BO", "2024-06-18")]


def test_who_tells_it_is_no_stop() -> None:
    """Behind a mere comma stands only a stop that has its own day."""
    assert _visits("Vladimir Putin will visit North Korea on Tuesday, Moscow has confirmed.") == [
        ("KP", "2024-06-18")
    ]
