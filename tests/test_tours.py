"""Stops of one tour know each other."""

import dataclasses
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from digest.facts import Party
from digest.merge import arrange
from digest.tours import with_tours
from digest.trips import Report
from tests.reports import PUTIN, party, report, visit


def _article(day: str, *stops: tuple[str, str | None], who: Party = PUTIN) -> list[Report]:
    """One article that tells a tour: the countries with the first day in each."""
    told: list[Report] = []
    for country, start in stops:
        one = report(day, visit(start, who=who, to=country))
        follows = told[-1].id if told else None
        article = told[0].article_id if told else one.article_id
        told.append(dataclasses.replace(one, follows=follows, article_id=article))
    return told


def _tours(reports: Sequence[Report]) -> dict[str, list[str]]:
    """The countries of each trip's tour, by its own country."""
    return {trip.country: [stop.country for stop in trip.tour] for trip in with_tours(arrange(reports))}


def test_stops_that_one_article_tells_as_a_journey_are_a_tour() -> None:
    told = _article("2024-06-12", ("KP", "2024-06-18"), ("VN", "2024-06-19"))

    assert _tours(told) == {"KP": ["KP", "VN"], "VN": ["KP", "VN"]}


def test_articles_that_tell_parts_of_a_tour_make_one() -> None:
    """The first names two stops, the second the last two, a third tells one alone."""
    told = [
        *_article("2024-06-12", ("KP", "2024-06-18"), ("VN", "2024-06-19")),
        *_article("2024-06-13", ("VN", "2024-06-19"), ("LA", "2024-06-21")),
        report("2024-06-14", visit("2024-06-18")),
    ]

    assert set(map(tuple, _tours(told).values())) == {("KP", "VN", "LA")}


def test_days_order_the_stops_whatever_the_article_tells_first() -> None:
    told = _article("2024-06-12", ("VN", "2024-06-19"), ("KP", "2024-06-18"))

    assert _tours(told)["KP"] == ["KP", "VN"]


def test_a_stop_without_a_day_stands_behind_the_one_told_before_it() -> None:
    told = _article("2024-06-12", ("KP", "2024-06-18"), ("LA", None), ("VN", "2024-06-20"))

    assert _tours(told)["VN"] == ["KP", "LA", "VN"]


def test_two_countries_in_one_week_are_no_tour_unless_told_as_one() -> None:
    told = [report("2024-06-12", visit("2024-06-18")), report("2024-06-12", visit("2024-06-19", to="VN"))]

    assert _tours(told) == {"KP": [], "VN": []}


def test_a_stop_that_others_date_to_another_season_is_none_of_the_tour() -> None:
    """The article gave it no day, so that it went to a trip which cannot be on this journey."""
    told = [
        *_article("2024-06-12", ("KP", "2024-06-18"), ("VN", None)),
        report("2024-06-12", visit("2024-08-19", to="VN")),
    ]

    assert _tours(told) == {"KP": [], "VN": []}


def test_whoever_travels_along_on_one_stop_makes_no_tour_of_the_leads() -> None:
    told = _article("2024-06-12", ("KP", "2024-06-18"), ("VN", "2024-06-19"))
    told[1] = dataclasses.replace(
        told[1], visit=visit("2024-06-19", to="VN", who=party("Sergey Lavrov", "RU", "foreign minister"))
    )

    assert _tours(told) == {"KP": [], "VN": []}


_COUNTRIES = ("KP", "VN", "LA", "CN", "MN")


@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from(_COUNTRIES), st.none() | st.integers(1, 9).map("2024-06-0{}".format)),
            min_size=1,
            max_size=4,
            unique_by=lambda stop: stop[0],
        ),
        max_size=4,
    ),
    st.randoms(),
)
def test_every_stop_tells_the_same_tour_and_the_order_of_arrival_cannot_show(
    articles: list[list[tuple[str, str | None]]], random: object
) -> None:
    reports = [one for stops in articles for one in _article("2024-05-30", *stops)]
    trips = with_tours(arrange(reports))
    shuffled = list(trips)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert sorted(with_tours(shuffled), key=lambda trip: trip.id) == list(trips)
    tours = {trip.id: trip.tour for trip in trips}
    for id, tour in tours.items():
        assert all(tours[stop.trip_id] == tour for stop in tour)
        assert not tour or id in {stop.trip_id for stop in tour}
