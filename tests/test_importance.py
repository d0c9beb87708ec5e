"""How much a trip matters to a reader."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importance import NEARNESS, RANK, SOURCES, TOPICS, importance_of
from bot.model import Importance
from bot.topic_reading import understand
from digest.facts import Party
from digest.trips import Report, Trip, trip_of
from tests.reports import KIM, PUTIN, party, report, visit
from tests.test_trips import any_report
from tests.worlds import WORLD

TODAY = dt.date(2024, 6, 18)
LAVROV = party("Sergey Lavrov", "RU", "foreign minister")
ENVOY = party("Somebody", "RU", "envoy")


def _of(trip: Trip, *queries: str) -> Importance:
    now = dt.datetime.combine(TODAY, dt.time(), dt.UTC)
    return importance_of(trip, [understand(query, WORLD, now, "en") for query in queries], TODAY)


def _trip(start: str | None = None, who: Party = PUTIN, **values: object) -> Trip:
    return trip_of([report("2024-06-17", visit(start, who=who, **values))])  # type: ignore[arg-type]


def test_the_higher_office_counts_more_whoever_of_visitor_and_host_holds_it() -> None:
    ranks = [_of(_trip(who=who)).rank for who in (ENVOY, LAVROV, PUTIN)]

    assert ranks == sorted(set(ranks))
    assert _of(_trip(who=LAVROV, hosts=(KIM,))).rank == ranks[2]


def test_each_further_outlet_counts_less_and_a_copy_nothing() -> None:
    told = [report("2024-06-17", visit(evidence=f"In words of {name}."), outlet=name) for name in "ABC"]
    copy = report("2024-06-17", visit(evidence="In words of A."), outlet="D")
    one, two, three = (_of(trip_of(told[:count])).sources for count in (1, 2, 3))

    assert 0 < three - two < two - one
    assert _of(trip_of([told[0], copy])).sources == one


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("2024-06-18", "2024-06-19"),
        ("2024-06-20", "2024-06-25"),
        ("2024-06-16", "2024-06-10"),
        ("2024-07-03", "2024-07"),
        ("2024-06-25", None),
    ],
)
def test_what_is_nearer_in_time_counts_more_and_what_has_no_date_least(
    nearer: str, farther: str | None
) -> None:
    assert _of(_trip(nearer)).nearness > _of(_trip(farther)).nearness


def test_the_country_visited_is_closer_than_the_visitor_s_own_and_this_than_that_of_company() -> None:
    to, of = _trip(), _trip(who=KIM, to="RU")
    along = _trip(with_them=(party("Somebody", "VN", "minister"),))

    assert _of(to, "north korea").topics > _of(of, "north korea").topics > _of(along, "vietnam").topics > 0
    assert _of(to, "putin").topics == _of(to, "north korea").topics


def test_without_a_topic_none_is_close() -> None:
    assert _of(_trip()).topics == _of(_trip(), "this month").topics == 0


@given(st.lists(any_report(), min_size=1, max_size=4))
def test_the_parts_are_shares_of_one(reports: list[Report]) -> None:
    parts = _of(trip_of(reports), "korea")

    assert 0 < parts.rank <= RANK
    assert 0 < parts.sources < SOURCES
    assert 0 < parts.nearness <= NEARNESS
    assert 0 <= parts.topics <= TOPICS
    assert 0 < parts.total <= 1
