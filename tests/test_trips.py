"""One trip from many reports: the shown values, the conflicts and the history."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.facts import Destination, Kind, PartialDate, Party, Status
from digest.trips import Report, Trip, summary_of, trip_of
from tests.reports import KIM, PUTIN, party, report, visit


def _start(*reports: Report) -> str:
    return str(trip_of(reports).start)


def _steps(trip: Trip) -> list[tuple[str, str]]:
    return [(str(step), step.outlet) for step in trip.history]


def test_a_trip_needs_a_report() -> None:
    with pytest.raises(ValueError, match="needs a report"):
        trip_of([])


def test_a_trip_is_named_after_its_first_report() -> None:
    """The name stays when more arrives, whatever order it is put together in."""
    first, second = report("2024-06-10", id="b"), report("2024-06-11", id="a")

    assert trip_of([second, first]).id == "b"


def test_a_later_reading_of_a_report_replaces_the_earlier_one() -> None:
    old = report("2024-06-10", visit("2024-06-16"), id="r")
    new = dataclasses.replace(old, visit=visit("2024-06-18"))

    assert trip_of([old, new]).reports == (new,)


def test_a_publication_in_the_future_counts_from_its_arrival() -> None:
    """Some feeds date their items ahead; a word cannot be heard before it is said."""
    early = report("2024-06-10")
    odd = dataclasses.replace(early, published_at=early.received_at.replace(year=2031))

    assert odd.told_at == early.received_at


def test_the_date_most_outlets_give_is_shown_and_the_other_kept() -> None:
    told = [
        report("2024-06-10T01:00", visit("2024-06-18"), outlet="A"),
        report("2024-06-10T02:00", visit("2024-06-18"), outlet="B"),
        report("2024-06-10T03:00", visit("2024-06-19"), outlet="C"),
    ]

    trip = trip_of(told)

    assert str(trip.start) == "2024-06-18"
    assert [(c.slot, c.value, c.outlets) for c in trip.conflicts] == [("start", "2024-06-19", ("C",))]


def test_copies_of_one_wire_count_once() -> None:
    wire = "The Kremlin said on Monday that he will go."
    copies = [report("2024-06-10", visit("2024-06-19", evidence=wire), outlet=o) for o in ("A", "B", "C")]
    own = [report("2024-06-10", visit("2024-06-18"), outlet=o) for o in ("D", "E")]

    trip = trip_of([*copies, *own])

    assert str(trip.start) == "2024-06-18"
    assert trip.voices == 3


def test_a_wire_in_three_languages_does_not_outvote_two_newsrooms() -> None:
    copies = [
        dataclasses.replace(
            report("2024-06-10", visit("2024-06-19"), outlet=outlet, language=language), agency="tass"
        )
        for outlet, language in (("A", "ru"), ("B", "en"), ("C", "vi"))
    ]
    own = [report("2024-06-10", visit("2024-06-18"), outlet=o) for o in ("D", "E")]

    trip = trip_of([*copies, *own])

    assert str(trip.start) == "2024-06-18"
    assert trip.voices == 3
    assert [(c.value, c.outlets) for c in trip.conflicts] == [("2024-06-19", ("A", "B", "C"))]


def test_an_outlet_has_one_vote_its_last() -> None:
    told = [
        report("2024-06-10", visit("2024-06-16"), outlet="A"),
        report("2024-06-11", visit("2024-06-16"), outlet="A"),
        report("2024-06-12", visit("2024-06-18"), outlet="A"),
        report("2024-06-12", visit("2024-06-18"), outlet="B"),
    ]

    trip = trip_of(told)

    assert str(trip.start) == "2024-06-18"
    assert trip.conflicts == ()


def test_a_report_that_contradicts_itself_loses_against_one_that_does_not() -> None:
    torn = report("2024-06-17T09:00", visit("2024-06-16", alternatives=("2024-06-18",)), outlet="A")
    sure = report("2024-06-17T01:00", visit("2024-06-18"), outlet="B")

    trip = trip_of([torn, sure])

    assert str(trip.start) == "2024-06-18"
    assert not trip.date_conflict
    assert [(c.value, c.outlets) for c in trip.conflicts] == [("2024-06-16", ("A",))]


def test_a_contradiction_nobody_resolves_is_shown_with_both_values() -> None:
    """The seed article: "Selasa (16/6/2024)", where the Tuesday is the 18th."""
    torn = report("2024-06-17", visit("2024-06-18", alternatives=("2024-06-16",)), outlet="A")

    trip = trip_of([torn])

    assert str(trip.start) == "2024-06-18"
    assert trip.date_conflict
    assert [(c.slot, c.value) for c in trip.conflicts] == [("start", "2024-06-16")]


def test_a_day_is_shown_rather_than_its_month_and_is_no_conflict_with_it() -> None:
    told = [report("2024-06-10", visit("2024-06"), outlet=o) for o in ("A", "B", "C")]
    told.append(report("2024-06-10", visit("2024-06-18"), outlet="D"))

    trip = trip_of(told)

    assert str(trip.start) == "2024-06-18"
    assert trip.conflicts == ()


def test_a_vaguer_word_later_takes_nothing_back() -> None:
    told = [report("2024-06-10", visit("2024-06-18")), report("2024-06-20", visit("2024-06"))]

    assert _start(*told) == "2024-06-18"


def test_first_and_last_day_told_apart_by_one_outlet_are_both_kept() -> None:
    first, last = report("2024-06-10", visit("2024-06-18")), report("2024-06-11", visit(None, "2024-06-19"))

    for told in ([first, last], [last, report("2024-06-12", visit("2024-06-18"))]):
        trip = trip_of(told)
        assert (str(trip.start), str(trip.end)) == ("2024-06-18", "2024-06-19")


def test_an_outlet_that_moves_the_first_day_takes_its_last_day_back() -> None:
    told = [
        report("2024-06-10", visit("2024-06-16", "2024-06-19")),
        report("2024-06-11", visit("2024-06-18")),
    ]

    trip = trip_of(told)

    assert (str(trip.start), trip.end) == ("2024-06-18", None)


def test_a_last_day_no_sharper_than_the_month_of_the_first_says_nothing() -> None:
    assert trip_of([report("2024-06-28", visit("2024-06-18", "2024-06"))]).end is None
    assert str(trip_of([report("2024-06-28", visit("2024-06-18", "2024-07"))]).end) == "2024-07"


def test_who_saw_it_begin_knows_the_day_better_than_the_announcement() -> None:
    told = [
        report("2024-06-19T08:00", visit("2024-06-19", status=Status.UNDERWAY), outlet="A"),
        report("2024-06-19T20:00", visit("2024-06-18"), outlet="B"),
    ]

    assert _start(*told) == "2024-06-19"


def test_a_day_inside_the_trip_is_no_other_date() -> None:
    """ "He meets Kim on the 19th" does not contradict "he is there on the 18th and 19th"."""
    told = [
        report("2024-06-10", visit("2024-06-18", "2024-06-19"), outlet="A"),
        report("2024-06-10", visit("2024-06-18", "2024-06-19"), outlet="B"),
        report("2024-06-10", visit("2024-06-19"), outlet="C"),
    ]

    assert trip_of(told).conflicts == ()


def test_the_last_day_comes_from_those_who_agree_on_the_first() -> None:
    told = [
        report("2024-06-10", visit("2024-06-18", "2024-06-19"), outlet="A"),
        report("2024-06-10", visit("2024-06-18"), outlet="B"),
        report("2024-06-10", visit("2024-06-20", "2024-06-21"), outlet="C"),
    ]

    trip = trip_of(told)

    assert str(trip.end) == "2024-06-19"
    assert [(c.slot, c.value) for c in trip.conflicts] == [("start", "2024-06-20"), ("end", "2024-06-21")]


def test_the_history_runs_from_rumour_to_return_with_the_report_of_each_step() -> None:
    told = [
        report("2024-05-01", visit(status=Status.POSSIBLE), outlet="A"),
        report("2024-06-10", visit("2024-06-18"), outlet="B"),
        report("2024-06-18", visit("2024-06-18", status=Status.UNDERWAY), outlet="C"),
        report("2024-06-20", visit("2024-06-18", "2024-06-19", status=Status.COMPLETED), outlet="D"),
    ]

    assert _steps(trip_of(told)) == [
        ("possible", "A"),
        ("possible -> planned", "B"),
        ("start unknown -> 2024-06-18", "B"),
        ("planned -> underway", "C"),
        ("underway -> completed", "D"),
        ("end unknown -> 2024-06-19", "D"),
    ]


def test_a_moved_date_is_a_step() -> None:
    told = [
        report("2024-06-10", visit("2024-06-16"), outlet="A"),
        report("2024-06-12", visit("2024-06-18"), outlet="B"),
        report("2024-06-13", visit("2024-06-18"), outlet="C"),
    ]

    assert _steps(trip_of(told)) == [("planned", "A"), ("start 2024-06-16 -> 2024-06-18", "B")]


def test_a_postponement_to_a_new_date_makes_the_old_words_old() -> None:
    """Five outlets gave the old date before it was put off: they do not outvote the one that says so."""
    told = [report("2024-06-10", visit("2024-06-16"), outlet=o) for o in "ABCDE"]
    told.append(report("2024-06-14", visit("2024-06-20", status=Status.POSTPONED), outlet="F"))

    trip = trip_of(told)

    assert (str(trip.start), trip.status) == ("2024-06-20", Status.POSTPONED)
    assert trip.conflicts == ()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ((Status.PLANNED, Status.POSSIBLE), Status.PLANNED),
        ((Status.UNDERWAY, Status.PLANNED), Status.UNDERWAY),
        ((Status.COMPLETED, Status.UNDERWAY), Status.COMPLETED),
        ((Status.COMPLETED, Status.CANCELLED), Status.COMPLETED),
        ((Status.PLANNED, Status.CANCELLED), Status.CANCELLED),
        ((Status.PLANNED, Status.DENIED), Status.DENIED),
        ((Status.CANCELLED, Status.UNDERWAY), Status.UNDERWAY),
        ((Status.DENIED, Status.POSSIBLE), Status.DENIED),
        ((Status.POSTPONED, Status.PLANNED), Status.PLANNED),
        ((Status.CANCELLED, Status.PLANNED), Status.PLANNED),
        ((Status.CANCELLED, Status.POSSIBLE), Status.CANCELLED),
    ],
)
def test_the_later_word_wins_unless_it_cannot_know_better(said: tuple[Status, Status], shown: Status) -> None:
    told = [report(f"2024-06-1{day}", visit(status=status)) for day, status in zip((0, 5), said, strict=True)]

    assert trip_of(told).status is shown


def test_an_old_text_within_a_day_of_the_cancellation_is_no_new_plan() -> None:
    told = [
        report("2024-06-10T08:00", visit("2024-06-18"), outlet="A"),
        report("2024-06-11T08:00", visit("2024-06-18", status=Status.CANCELLED), outlet="B"),
        report("2024-06-11T15:00", visit("2024-06-18"), outlet="C"),
    ]

    trip = trip_of(told)

    assert trip.status is Status.CANCELLED
    assert [(c.slot, c.value, c.outlets) for c in trip.conflicts] == [("status", "planned", ("C",))]


def test_a_visit_told_as_over_before_it_begins_is_still_planned() -> None:
    """A past tense misread: nobody can have been there yet."""
    told = [
        report("2024-06-10", visit("2024-06-18"), outlet="A"),
        report("2024-06-11", visit("2024-06-18", status=Status.COMPLETED), outlet="B"),
    ]

    assert trip_of(told).status is Status.PLANNED


def test_whoever_sees_it_begin_goes_by_their_own_date_for_it() -> None:
    """Another outlet's later date does not make an eyewitness wrong."""
    told = [
        report("2024-06-10", visit("2024-06-20"), outlet="A"),
        report("2024-06-18", visit("2024-06-18", status=Status.UNDERWAY), outlet="B"),
    ]

    assert trip_of(told).status is Status.UNDERWAY


def test_an_office_goes_into_the_person_who_holds_it() -> None:
    office = party(country="RU", role="president")
    told = [
        report("2024-06-10", visit(who=office)),
        report("2024-06-10", visit(who=office)),
        report("2024-06-11", visit(who=PUTIN)),
    ]

    assert trip_of(told).visitors == (PUTIN,)


def test_a_stranger_in_one_report_of_many_does_not_travel_along() -> None:
    lavrov, stranger = party("Sergey Lavrov", "RU", "foreign minister"), party("Someone Else", "US")
    told = [report("2024-06-10", visit(with_them=(lavrov,))) for _ in range(5)]
    told.append(report("2024-06-10", visit(with_them=(stranger,))))

    assert trip_of(told).visitors == (PUTIN, lavrov)


def test_a_host_named_once_is_shown_however_many_name_none() -> None:
    told = [report("2024-06-10") for _ in range(9)]
    told.append(report("2024-06-10", visit(hosts=(KIM,))))

    assert trip_of(told).hosts == (KIM,)


def test_missing_parts_of_a_person_come_from_those_who_tell_them() -> None:
    told = [
        report("2024-06-10", visit(who=party("Vladimir Putin"))),
        report("2024-06-11", visit(who=PUTIN)),
    ]

    assert trip_of(told).visitors == (PUTIN,)


def test_places_are_kept_the_most_often_told_first_and_no_bare_country_beside_them() -> None:
    told = [
        report("2024-06-10", visit()),
        report("2024-06-10", visit(place="Wonsan")),
        report("2024-06-10", visit(place="Pyongyang")),
        report("2024-06-10", visit(place="Pyongyang")),
    ]

    places = (Destination(country="KP", place="Pyongyang"), Destination(country="KP", place="Wonsan"))
    assert trip_of(told).destinations == places


def test_kind_and_purpose_are_those_best_told() -> None:
    told = [
        report(
            "2024-06-10", visit(kind=Kind.STATE, purpose="aside", background=True, confidence=0.9), outlet="A"
        ),
        report("2024-06-10", visit(kind=Kind.STATE, purpose="a treaty"), outlet="B"),
        report("2024-06-10", visit(kind=Kind.WORKING), outlet="C"),
    ]

    trip = trip_of(told)

    assert (trip.kind, trip.purpose) == (Kind.STATE, "a treaty")


def test_a_trip_only_ever_mentioned_besides_is_background() -> None:
    aside = report("2024-06-10", visit(background=True))

    assert trip_of([aside]).is_background
    assert not trip_of([aside, report("2024-06-10")]).is_background


_DAYS = ("2024-06-16", "2024-06-18", "2024-06-19", "2024-06", "2024")


@st.composite
def any_report(draw: st.DrawFn) -> Report:
    """Any report of Putin's visit to North Korea in the year 2024."""
    start = draw(st.none() | st.sampled_from(_DAYS))
    end = draw(st.none() | st.sampled_from(_DAYS[:3]))
    said = visit(
        start,
        end if start and end and PartialDate.parse(start).earliest <= PartialDate.parse(end).latest else None,
        status=draw(st.sampled_from(Status)),
        background=draw(st.booleans()),
        alternatives=draw(st.sampled_from([(), ("2024-06-20",)])),
        evidence=draw(st.sampled_from(["one wire", "another", ""])),
        hosts=draw(st.sampled_from([(), (KIM,), (Party(name=None, country="KP", role="supreme leader"),)])),
    )
    day = draw(st.integers(1, 30))
    return report(f"2024-06-{day:02d}", said, outlet=draw(st.sampled_from("ABC")))


@given(
    st.lists(any_report(), min_size=1, max_size=8).flatmap(
        lambda r: st.tuples(st.just(r), st.permutations(r))
    )
)
def test_the_order_of_arrival_cannot_show(both: tuple[list[Report], list[Report]]) -> None:
    one, other = both

    assert trip_of(one) == trip_of(other)


@given(st.lists(any_report(), min_size=1, max_size=8))
def test_a_summary_says_what_the_trip_says(told: list[Report]) -> None:
    trip, summary = trip_of(told), summary_of(told)

    assert (summary.id, summary.reports, summary.country) == (trip.id, trip.reports, trip.country)
    assert (summary.start, summary.end) == (trip.start, trip.end)
    assert summary.lead == trip.visitors[0]


@given(st.lists(any_report(), min_size=1, max_size=8))
def test_the_history_ends_in_what_is_shown(told: list[Report]) -> None:
    trip = trip_of(told)

    last = {step.slot: step.after for step in trip.history}
    assert last["status"] == str(trip.status)
    for slot, shown in (("start", trip.start), ("end", trip.end)):
        if slot in last:
            assert last[slot] == (str(shown) if shown else None)


@given(st.lists(any_report(), min_size=1, max_size=8))
def test_the_shown_date_is_one_that_somebody_gives_and_never_its_own_conflict(told: list[Report]) -> None:
    trip = trip_of(told)

    given_starts = {r.visit.start for r in told} | {None}
    assert trip.start in given_starts
    assert all(c.value != str(trip.start) for c in trip.conflicts if c.slot == "start")
