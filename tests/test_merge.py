"""Which reports tell of the same trip, and what one more of them changes."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.facts import Article, Party, Scope, Status
from digest.merge import Joined, Outcome, arrange, join, same_trip
from digest.reading import read
from digest.travellers import keys_of, look_ups
from digest.trips import Report, Trip
from digest.world import load_world
from tests.reports import KIM, PUTIN, party, report, visit
from tests.test_trips import any_report

PRESIDENT = party(country="RU", role="president")


def _parts(trips: Iterable[Trip]) -> set[frozenset[str]]:
    """Which reports are together."""
    return {frozenset(r.id for r in trip.reports) for trip in trips}


def _join_all(reports: Sequence[Report]) -> tuple[list[Trip], list[Joined]]:
    """The trips after joining reports one by one, as a store would keep them."""
    trips: dict[str, Trip] = {}
    results = []
    for one in reports:
        joined = join(list(trips.values()), one)
        for trip in (joined.trip, *joined.others):
            trips[trip.id] = trip
        for id in joined.gone:
            del trips[id]
        results.append(joined)
    return sorted(trips.values(), key=lambda trip: trip.id), results


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(visit("2024-06-18"), visit("2024-06-18", "2024-06-19"), id="overlapping days"),
        pytest.param(visit("2024-06-16"), visit("2024-06-20"), id="within four days"),
        pytest.param(visit("2024-06"), visit("2024-06-18"), id="the month of the day"),
        pytest.param(visit("2024-06"), visit("2024-06"), id="the same month"),
        pytest.param(visit("2024"), visit("2024-06-18"), id="the year of the day"),
        pytest.param(visit(), visit("2024-06-18"), id="a plan without a date"),
        pytest.param(visit(), visit(), id="two plans without a date"),
        pytest.param(visit("2024-06-18", who=PRESIDENT), visit("2024-06-18"), id="the office of the person"),
        pytest.param(visit(who=PRESIDENT), visit(who=PRESIDENT), id="the same office"),
        pytest.param(
            visit("2024-06-18", place="Wonsan"),
            visit("2024-06-18", place="Pyongyang"),
            id="two cities, one visit",
        ),
        pytest.param(
            visit("2024-06-16", alternatives=("2024-06-21",)), visit("2024-06-22"), id="a day given besides"
        ),
        pytest.param(
            visit(who=party("Nguyễn Phú Trọng")),
            visit(who=party("Nguyen Phu Trong")),
            id="a name without accents",
        ),
    ],
)
def test_these_are_one_trip(one: object, other: object) -> None:
    a, b = report("2024-06-10", one), report("2024-06-11", other)  # type: ignore[arg-type]

    assert same_trip(a, b)
    assert same_trip(b, a)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(visit("2024-06-18"), visit("2024-06-18", who=KIM, to="RU"), id="the other way round"),
        pytest.param(visit("2024-06-18"), visit("2024-06-18", to="VN"), id="another country"),
        pytest.param(visit("2024-06-18"), visit("2024-06-23"), id="five days later"),
        pytest.param(visit("2024-06"), visit("2024-07-01"), id="another month"),
        pytest.param(visit("2024-06-18"), visit("2025"), id="another year"),
        pytest.param(
            visit("2024-06-18", who=PRESIDENT),
            visit("2024-06-18", who=party("Sergey Lavrov", "RU", "foreign minister")),
            id="another office",
        ),
        pytest.param(
            visit("2024-06-18", who=party(country="RU")),
            visit("2024-06-18", who=party("Sergey Naryshkin", "RU")),
            id="a delegation and a person whose office nobody tells",
        ),
        pytest.param(visit(who=party()), visit(who=party()), id="nobody is told"),
        pytest.param(visit(who=None), visit(who=None), id="nobody at all"),
    ],
)
def test_these_are_two_trips(one: object, other: object) -> None:
    a, b = report("2024-06-10", one), report("2024-06-11", other)  # type: ignore[arg-type]

    assert not same_trip(a, b)


def test_two_trips_of_one_leader_to_one_country_in_a_year_stay_two() -> None:
    spring = [report("2024-03-01", visit("2024-03-10")), report("2024-03-02", visit("2024-03"))]
    autumn = [report("2024-09-01", visit("2024-09-10")), report("2024-09-02", visit("2024-09-12"))]

    assert _parts(arrange([*spring, *autumn])) == {frozenset(r.id for r in part) for part in (spring, autumn)}


def test_a_vague_report_goes_to_the_nearer_of_two_trips_and_bridges_none() -> None:
    """ "This year" fits both: it must not make one trip of them."""
    spring = report("2024-03-01", visit("2024-03-10"))
    autumn = report("2024-09-01", visit("2024-09-10"))
    vague = report("2024-08-30", visit("2024"))

    assert _parts(arrange([spring, autumn, vague])) == {
        frozenset({spring.id}),
        frozenset({autumn.id, vague.id}),
    }


def test_a_plan_without_a_date_joins_the_coming_trip_not_the_one_that_is_over() -> None:
    over = report("2024-06-01", visit("2024-06-01"))
    coming = report("2024-06-10", visit("2024-08-20"))
    plan = report("2024-06-09", visit())

    assert _parts(arrange([over, coming, plan])) == {frozenset({over.id}), frozenset({coming.id, plan.id})}


def test_a_visit_recalled_without_a_date_does_not_swallow_next_years_trip() -> None:
    recalled = report("2024-06-10", visit(status=Status.COMPLETED, background=True))
    coming = report("2024-06-10", visit("2024-06-18"))
    next_year = report("2025-06-10", visit("2025-06-18"))

    assert len(arrange([recalled, coming, next_year])) == 3


@pytest.mark.parametrize("start", ["2024-01-10", "2024-09-10"])
def test_a_return_told_without_a_date_is_of_a_trip_just_over(start: str) -> None:
    """Neither the one of half a year ago nor the one to come is what was told as news today."""
    back = report("2024-06-20", visit(status=Status.COMPLETED))

    assert len(arrange([back, report("2024-01-05", visit(start))])) == 2
    assert len(arrange([back, report("2024-06-10", visit("2024-06-18"))])) == 1


def test_undated_plans_are_one_story_while_it_goes_on() -> None:
    first, second, later = (report(day) for day in ("2024-03-01", "2024-03-21", "2024-06-01"))

    assert _parts(arrange([later, second, first])) == {
        frozenset({first.id, second.id}),
        frozenset({later.id}),
    }


def test_a_visit_recalled_without_a_date_joins_the_one_just_over() -> None:
    over = report("2024-06-19", visit("2024-06-18", status=Status.UNDERWAY))
    recalled = report("2024-07-10", visit(status=Status.COMPLETED, background=True))

    assert len(arrange([recalled, over])) == 1


def test_a_visit_recalled_without_a_date_joins_one_just_told_without_a_date() -> None:
    begun = report("2024-07-26", visit(status=Status.UNDERWAY))
    recalled = report("2024-07-28", visit(status=Status.COMPLETED, background=True))
    next_planned = report("2024-07-28", visit(to="VN"))
    earlier_recalled = report("2024-07-28", visit(to="VN", status=Status.COMPLETED, background=True))

    assert len(arrange([begun, recalled])) == 1
    assert len(arrange([next_planned, earlier_recalled])) == 2


def test_a_visit_recalled_beside_the_one_under_way_is_another() -> None:
    """One article tells of both, so they cannot be one trip."""
    now = report("2024-06-19", visit("2024-06-18", status=Status.UNDERWAY))
    recalled = dataclasses.replace(
        report("2024-06-19", visit(status=Status.COMPLETED, background=True)), article_id=now.article_id
    )

    assert len(arrange([now, recalled])) == 2


def test_a_month_told_as_a_plan_means_the_trip_still_to_come_in_it() -> None:
    over = report("2024-06-05", visit("2024-06-05"))
    coming = report("2024-06-12", visit("2024-06-28"))
    plan = report("2024-06-12", visit("2024-06"))

    assert _parts(arrange([over, coming, plan])) == {frozenset({over.id}), frozenset({coming.id, plan.id})}


def test_an_office_joins_the_person_who_holds_it_then() -> None:
    """Two ministers whom no list has went to one country: the unnamed one is the nearer in time."""
    role = "fisheries minister"
    before = report("2023-06-01", visit("2023-06-05", who=party("Old Minister", "KR", role), to="US"))
    after = report("2025-08-01", visit("2025-08-25", who=party("New Minister", "KR", role), to="US"))
    unnamed = report("2025-08-02", visit("2025-08", who=party(country="KR", role=role), to="US"))

    assert _parts(arrange([before, after, unnamed])) == {
        frozenset({before.id}),
        frozenset({after.id, unnamed.id}),
    }


def test_domestic_trips_to_two_places_in_the_same_days_stay_two() -> None:
    told = [
        report("2024-08-08", visit("2024-08-08", who=KIM, to="KP", place=place))
        for place in ("Sinuiju", "Uiju")
    ]
    placeless = report("2024-08-09", visit("2024-08-09", who=KIM, to="KP"))

    assert told[0].visit.scope is Scope.DOMESTIC
    assert len(arrange(told)) == 2
    assert len(arrange([*told, placeless])) == 2


def test_a_trip_put_off_to_a_new_date_is_the_same_trip_moved() -> None:
    planned = report("2024-06-10", visit("2024-06-18"))
    moved = report("2024-06-14", visit("2024-07-16", status=Status.POSTPONED))
    confirmed = report("2024-07-06", visit("2024-07-16"))

    (trip,) = arrange([confirmed, moved, planned])

    assert [str(step) for step in trip.history] == [
        "planned",
        "planned -> postponed",
        "start 2024-06-18 -> 2024-07-16",
        "postponed -> planned",
    ]


def test_a_trip_put_off_by_months_is_another_one() -> None:
    """What was planned for June did not take place, whatever comes in September."""
    planned = report("2024-06-10", visit("2024-06-18"))
    moved = report("2024-06-14", visit("2024-09-20", status=Status.POSTPONED))

    assert len(arrange([planned, moved])) == 2


def test_a_trip_that_took_place_is_not_moved_by_the_postponement_of_the_next() -> None:
    done = report("2024-06-19", visit("2024-06-18", status=Status.UNDERWAY))
    moved = report("2024-06-25", visit("2024-09-20", status=Status.POSTPONED))

    assert len(arrange([done, moved])) == 2


def _read(outlet: str, title: str, text: str) -> list[Report]:
    """The reports of an article of 17 June 2024 as it is read."""
    found = read(Article(title=title, text=text, published_at=dt.date(2024, 6, 17))).visits
    return [report("2024-06-17", one, outlet=outlet) for one in found]


def test_stories_that_share_no_words_join_by_their_facts() -> None:
    """Case 13 of the field notes: one event, told so differently that no likeness of words finds it, beside
    another event told in nearly the same words.
    """
    told = [
        _read(
            "A",
            "Kremlin confirms trip",
            "Vladimir Putin will travel to North Korea on Tuesday, officials said.",
        ),
        _read(
            "B",
            "Putin ke Pyongyang",
            "Presiden Rusia Vladimir Putin akan berkunjung ke Korea Utara pada 18 Juni.",
        ),
        _read("C", "푸틴 18일 방북", "푸틴 러시아 대통령이 18일 북한을 방문한다고 크렘린궁이 밝혔다."),
    ]
    other = _read(
        "A", "Kremlin confirms trip", "Sergey Lavrov will travel to North Korea on Tuesday, officials said."
    )

    trips = arrange([*(one for reports in told for one in reports), *other])

    assert sorted(sorted(r.outlet for r in trip.reports) for trip in trips) == [["A"], ["A", "B", "C"]]


def test_the_first_report_makes_a_new_trip() -> None:
    joined = join([], report("2024-06-10"))

    assert (joined.outcome, joined.changes, joined.others, joined.gone) == (Outcome.NEW, (), (), ())


def test_a_report_that_says_the_same_corroborates() -> None:
    trips, _ = _join_all([report("2024-06-10", visit("2024-06-18"))])

    joined = join(trips, report("2024-06-11", visit("2024-06-18"), outlet="B"))

    assert joined.outcome is Outcome.CORROBORATED
    assert joined.trip.id == trips[0].id
    assert joined.trip.voices == 2


def test_a_report_that_changes_the_trip_says_what_and_who() -> None:
    trips, _ = _join_all([report("2024-06-10", visit("2024-06-18"))])

    joined = join(trips, report("2024-06-12", visit("2024-06-20", status=Status.POSTPONED), outlet="B"))

    assert joined.outcome is Outcome.CHANGED
    assert [str(change) for change in joined.changes] == [
        "planned -> postponed",
        "start 2024-06-18 -> 2024-06-20",
    ]
    assert {change.outlet for change in joined.changes} == {"B"}


def test_a_report_that_bridges_two_trips_makes_one_and_names_the_one_gone() -> None:
    early, late = report("2024-06-10", visit("2024-06-14")), report("2024-06-11", visit("2024-06-20"))
    trips, _ = _join_all([early, late])

    joined = join(trips, report("2024-06-12", visit("2024-06-16", "2024-06-18")))

    assert joined.trip.id == early.id
    assert joined.gone == (late.id,)


def test_a_report_that_shows_another_to_belong_elsewhere_gives_back_both_trips() -> None:
    """What was joined is taken apart when a nearer trip becomes known."""
    autumn, plan = report("2024-06-01", visit("2024-09-10")), report("2024-06-10", visit())
    trips, _ = _join_all([autumn, plan])
    assert len(trips) == 1

    joined = join(trips, report("2024-06-12", visit("2024-06-18")))

    assert {r.id for r in joined.trip.reports} >= {plan.id}
    assert [[r.id for r in trip.reports] for trip in joined.others] == [[autumn.id]]


def test_a_corrected_report_leaves_the_trip_it_was_in() -> None:
    first, second = report("2024-06-10", visit("2024-06-18")), report("2024-06-11", visit("2024-06-18"))
    trips, _ = _join_all([first, second])

    joined = join(trips, dataclasses.replace(second, visit=visit("2024-06-18", to="VN")))

    assert joined.outcome is Outcome.NEW
    assert joined.trip.country == "VN"
    assert [[r.id for r in trip.reports] for trip in joined.others] == [[first.id]]


def test_trips_of_others_are_left_alone() -> None:
    trips, _ = _join_all([report("2024-06-10", visit("2024-06-18", to="VN"))])

    joined = join(trips, report("2024-06-10", visit("2024-06-18")))

    assert (joined.others, joined.gone) == ((), ())


def _finds(one: object, other: object) -> bool:
    """Whether a store that looks one up finds a trip with the other."""
    wanted = {look_up.key for look_up in look_ups(report("2024-06-10", one), load_world())}  # type: ignore[arg-type]
    return not wanted.isdisjoint(keys_of(report("2024-06-10", other), load_world()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(visit(who=PUTIN), visit(who=PRESIDENT), id="person and office"),
        pytest.param(visit(who=PUTIN), visit(who=party("Vladimir Putin")), id="person without an office"),
        pytest.param(visit(who=party("A", "RU")), visit(who=party("Б", "RU")), id="two unknown names"),
        pytest.param(
            visit(who=party("A B", "RU", "fisheries minister")),
            visit(who=party(country="RU", role="fisheries minister")),
            id="unknown holder",
        ),
    ],
)
def test_reports_that_may_join_find_each_other(one: object, other: object) -> None:
    """Whichever way a report names its visitor, and whichever of the two comes first."""
    assert _finds(one, other)
    assert _finds(other, one)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(visit(to="VN"), id="another country"),
        pytest.param(visit(who=party("Sergey Lavrov", "RU", "foreign minister")), id="somebody else known"),
        pytest.param(visit(who=None), id="nobody"),
    ],
)
def test_reports_that_cannot_join_do_not_look_for_each_other(other: object) -> None:
    """The fewer trips a store has to load, the better."""
    assert not _finds(visit(who=PUTIN), other)
    assert not _finds(other, visit(who=PUTIN))


@given(
    st.lists(any_report(), max_size=8, unique_by=lambda r: r.id).flatmap(
        lambda r: st.tuples(st.just(r), st.permutations(r))
    )
)
def test_any_reports_give_the_same_trips_in_any_order(both: tuple[list[Report], list[Report]]) -> None:
    """Joining one by one gives what arranging all at once gives, names of the trips included."""
    one, other = both

    trips, _ = _join_all(one)

    assert trips == list(arrange(other))


@given(st.lists(any_report(), min_size=1, max_size=8), st.data())
def test_joining_twice_changes_nothing(reports: list[Report], data: st.DataObject) -> None:
    trips, _ = _join_all(reports)
    again = data.draw(st.sampled_from(reports))

    joined = join(trips, again)

    assert joined.outcome is Outcome.CORROBORATED
    assert joined.trip in trips
    assert (joined.changes, joined.others, joined.gone) == ((), (), ())


_PEOPLE = (
    PUTIN,
    party("Sergey Lavrov", "RU", "foreign minister"),
    party("Phạm Minh Chính", "VN", "prime minister"),
)


@st.composite
def _story(draw: st.DrawFn, who: Party, to: str, month: int) -> list[Report]:
    """Reports of one trip in the middle of a month, told from three weeks before to three days after."""
    first = dt.date(2024, month, draw(st.integers(12, 16)))
    told = [report(f"2024-{month:02d}-01", visit(str(first), who=who, to=to), outlet="A")]
    office = party(country=who.country, role=who.role)
    for _ in range(draw(st.integers(0, 4))):
        by = draw(st.sampled_from((who, office)))
        start, status, after = draw(
            st.sampled_from(
                (
                    (str(first), Status.PLANNED, -5),
                    (str(first + dt.timedelta(days=2)), Status.PLANNED, -2),
                    (str(first), Status.UNDERWAY, 0),
                    (f"2024-{month:02d}", Status.PLANNED, -8),
                    (None, Status.PLANNED, -7),
                    (None, Status.UNDERWAY, 1),
                    (None, Status.COMPLETED, 3),
                    (None, Status.CANCELLED, -1),
                )
            )
        )
        day = str(first + dt.timedelta(days=after))
        told.append(
            report(day, visit(start, who=by, to=to, status=status), outlet=draw(st.sampled_from("ABCD")))
        )
    return told


@st.composite
def _stories(draw: st.DrawFn) -> list[list[Report]]:
    """Several trips, clearly apart: another visitor, another country, or two months later."""
    trips = draw(
        st.lists(
            st.tuples(
                st.sampled_from(_PEOPLE), st.sampled_from(("KP", "CN")), st.sampled_from((2, 5, 8, 11))
            ),
            min_size=1,
            max_size=5,
            unique=True,
        )
    )
    return [draw(_story(who, to, month)) for who, to, month in trips]


@given(
    _stories().flatmap(lambda s: st.tuples(st.just(s), st.permutations([r for story in s for r in story])))
)
def test_stories_clearly_apart_are_told_apart_in_any_order(
    both: tuple[list[list[Report]], list[Report]],
) -> None:
    stories, shuffled = both

    trips, _ = _join_all(shuffled)

    assert _parts(trips) == {frozenset(r.id for r in story) for story in stories}
    assert trips == list(arrange(r for story in stories for r in story))
