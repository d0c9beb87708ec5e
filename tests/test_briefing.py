"""What one briefing says."""

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing import Occasion, compose, differences, state_of, states_told
from bot.model import Briefing, FailedFeed, Section, Source
from bot.records import StoredHeadline
from bot.topic_reading import understand
from digest.facts import Destination, PurposeClass, Status
from digest.merge import arrange
from digest.trips import Report, Trip, trip_of
from tests.reports import KIM, LAM, PUTIN, party, report, visit
from tests.test_trips import any_report
from tests.worlds import WORLD

NOW = dt.datetime(2024, 6, 18, 7, 30, tzinfo=dt.UTC)


def _compose(
    trips: Sequence[Trip],
    query: str = "",
    *,
    told: Mapping[str, str] | None = None,
    headlines: Sequence[StoredHeadline] = (),
    now: dt.datetime = NOW,
    timezone: str = "UTC",
    language: str = "en",
    name: str | None = None,
) -> Briefing:
    topics = [understand(query, WORLD, now, language)] if query else []
    occasion = Occasion(id="b1", now=now, timezone=timezone, language=language, told=told, name=name)
    return compose(occasion, topics, trips, headlines, say_unknown=lambda words: f"unknown: {words}")


def _headline(title: str, published_at: dt.datetime = NOW, topics: tuple[str, ...] = ()) -> StoredHeadline:
    source = Source(
        name="Kantor",
        url="https://k.example",
        language="en",
        published_at=published_at,
        evidence="",
        title=title,
    )
    return StoredHeadline(source=source, topics=topics)


def _sections(briefing: Briefing) -> list[tuple[Section, str]]:
    return [(item.section, item.id) for item in briefing.items]


def test_an_answer_tells_what_is_now_to_come_uncertain_and_just_over_in_this_order() -> None:
    trips = arrange(
        [
            report("2024-06-10", visit("2024-06-12", status=Status.CANCELLED, to="CN"), id="off"),
            report("2024-06-16", visit("2024-06-10", status=Status.COMPLETED, to="JP"), id="past"),
            report("2024-06-16", visit("2024-06-25", to="VN"), id="coming"),
            report("2024-06-17", visit("2024-06-18", "2024-06-19"), id="now"),
            report("2024-06-17", visit("2023-09", who=KIM, to="RU", status=Status.COMPLETED), id="long ago"),
        ]
    )

    assert _sections(_compose(trips)) == [
        (Section.NOW, "now"),
        (Section.COMING, "coming"),
        (Section.UNCERTAIN, "off"),
        (Section.PAST, "past"),
    ]


def test_the_dated_stops_of_a_tour_stand_before_those_of_which_only_the_month_is_told() -> None:
    trips = arrange(
        [
            report("2024-06-16", visit("2024-07", to="SG"), id="month"),
            report("2024-06-16", visit("2024-07-03", "2024-07-06", to="ID"), id="day"),
            report("2024-06-16", visit("2024-08-01", to="JP"), id="later"),
        ]
    )

    assert [item.id for item in _compose(trips).items] == ["day", "month", "later"]


def test_nothing_known_is_an_empty_briefing() -> None:
    briefing = _compose([], "korea")

    assert (briefing.items, briefing.headlines, briefing.note) == ((), (), None)
    assert (briefing.query, briefing.language, briefing.generated_at) == ("korea", "en", NOW)


def test_only_the_topic_is_told_and_korea_can_be_narrowed() -> None:
    trips = arrange(
        [
            report("2024-06-17", visit("2024-06-18"), id="pyongyang"),
            report("2024-06-17", visit("2024-06-20", to="VN"), id="hanoi"),
        ]
    )

    briefing = _compose(trips, "korea")

    assert [item.id for item in briefing.items] == ["pyongyang"]
    assert [choice.label for choice in briefing.narrowings] == ["North Korea", "South Korea"]


def test_a_scheduled_briefing_offers_no_choices_and_tells_of_any_of_its_topics() -> None:
    trips = arrange(
        [
            report("2024-06-17", visit("2024-06-18"), id="pyongyang"),
            report("2024-06-17", visit("2024-06-20", to="VN"), id="hanoi"),
            report("2024-06-17", visit("2024-06-20", to="DE"), id="berlin"),
        ]
    )
    topics = [understand(query, WORLD, NOW, "en") for query in ("korea", "vietnam")]
    occasion = Occasion(id="b1", now=NOW, name="asia", told={})

    briefing = compose(occasion, topics, trips, (), say_unknown=str)

    assert {item.id for item in briefing.items} == {"pyongyang", "hanoi"}
    assert (briefing.query, briefing.name, briefing.narrowings) == ("korea, vietnam", "asia", ())


def test_words_that_name_nothing_known_are_said_to_be() -> None:
    briefing = _compose([], "Dupont", headlines=[_headline("Dupont speaks"), _headline("Markets rise")])

    assert briefing.note == "unknown: dupont"
    assert [h.title for h in briefing.headlines] == ["Dupont speaks"]


def test_a_trip_told_and_unchanged_is_not_told_again() -> None:
    trip = trip_of([report("2024-06-10", visit("2024-06-20"), id="t")])
    told = states_told(_compose([trip], told={}))

    assert _compose([trip], told=told).items == ()
    again = trip_of([*trip.reports, report("2024-06-17", visit("2024-06-20"), outlet="B")])
    assert _compose([again], told=told).items == ()


def test_a_changed_trip_is_told_as_a_change_and_says_which() -> None:
    first = report("2024-06-10", visit("2024-06-16"), id="t")
    told = states_told(_compose([trip_of([first])], told={}, now=NOW - dt.timedelta(days=7)))
    moved = [report("2024-06-12", visit("2024-06-18", status=Status.UNDERWAY), outlet=o) for o in ("B", "C")]

    briefing = _compose([trip_of([first, *moved])], told=told)

    assert [(item.section, item.changed) for item in briefing.items] == [
        (Section.CHANGED, "start 2024-06-16 -> 2024-06-18")
    ]


def test_a_change_says_who_says_so_and_as_what_the_reader_knows_the_trip() -> None:
    first = report("2024-06-10", visit("2024-06-16"), id="t", outlet="A")
    told = {"t": state_of(trip_of([first]))}
    moved = [
        report("2024-06-12", visit("2024-06-18"), outlet="Yonhap"),
        report("2024-06-12T02:00", visit("2024-06-18"), outlet="TASS"),
        report("2024-06-12T03:00", visit(), outlet="Undated"),
    ]

    (item,) = _compose([trip_of([first, *moved])], told=told).items

    assert (item.changed, item.changed_by) == ("start 2024-06-16 -> 2024-06-18", ("Yonhap", "TASS"))
    assert item.told_as == "t"


def test_a_cancellation_of_a_trip_told_before_is_a_change() -> None:
    first = report("2024-06-10", visit("2024-06-20"), id="t")
    off = report("2024-06-17", visit("2024-06-20", status=Status.CANCELLED), outlet="B")

    briefing = _compose([trip_of([first, off])], told={"t": state_of(trip_of([first]))})

    assert [(item.section, item.changed) for item in briefing.items] == [
        (Section.CHANGED, "planned -> cancelled")
    ]


def test_time_alone_changes_nothing() -> None:
    """The days of a plan pass without news: its reader is not told again, and not that it took place."""
    trip = trip_of([report("2024-06-10", visit("2024-06-16"), id="t")])

    assert _compose([trip], told={"t": state_of(trip)}).items == ()
    assert [(i.section, i.status) for i in _compose([trip]).items] == [(Section.PAST, Status.PLANNED)]


def test_a_trip_that_was_joined_into_another_is_not_told_anew() -> None:
    """The reader was told of "late" before a report showed that it is the trip named "early"."""
    early = report("2024-06-10", visit("2024-06-20"), id="early")
    late = report("2024-06-11", visit("2024-06-20"), id="late")

    assert _compose([trip_of([early, late])], told={"late": state_of(trip_of([late]))}).items == ()


def test_an_answer_repeats_what_was_told() -> None:
    trip = trip_of([report("2024-06-10", visit("2024-06-20"))])

    assert [item.changed for item in _compose([trip]).items] == [None]


def test_the_more_important_comes_first_and_says_of_what_that_is_made_up() -> None:
    """Here the office outweighs a second outlet, and that outweighs five days."""
    minister = party("Sergey Lavrov", "RU", "foreign minister")
    trips = arrange(
        [
            report("2024-06-17", visit("2024-06-25", who=minister, to="VN"), id="far"),
            report("2024-06-17", visit("2024-06-20", who=minister, to="DE"), id="a minister"),
            report("2024-06-17", visit("2024-06-20", who=LAM, to="CN"), id="the president"),
            report("2024-06-17", visit("2024-06-20", who=minister, to="JP"), id="two voices"),
            report("2024-06-17T01:00", visit("2024-06-20", who=minister, to="JP"), outlet="B"),
            report("2024-06-17", visit(who=minister, to="SG"), id="undated"),
        ]
    )

    items = _compose(trips).items

    assert [i.id for i in items] == ["the president", "two voices", "a minister", "far", "undated"]
    totals = [i.importance.total for i in items if i.importance]
    assert len(totals) == len(items)
    assert totals == sorted(totals, reverse=True)


def test_an_item_carries_all_that_is_known_of_the_trip() -> None:
    told = [
        report(
            "2024-06-10",
            visit("2024-06-18", "2024-06-19", place="Pyongyang", hosts=(KIM,), purpose="a treaty"),
            id="t",
            outlet="A",
        ),
        report("2024-06-11", visit("2024-06-20"), outlet="B"),
        report("2024-06-17", visit("2024-06-18", "2024-06-19", status=Status.UNDERWAY), outlet="C"),
    ]

    (item,) = _compose([trip_of(told)]).items

    assert (item.visitors, item.hosts) == ((PUTIN,), (KIM,))
    assert item.destinations == (Destination(country="KP", place="Pyongyang"),)
    assert (str(item.start), str(item.end), item.status) == ("2024-06-18", "2024-06-19", Status.UNDERWAY)
    assert item.purpose == "a treaty"
    assert [(c.slot, c.value, c.sources) for c in item.conflicts] == [("start", "2024-06-20", ("B",))]
    assert ("planned -> underway", "C") in [(step.change, step.source) for step in item.history]
    assert [source.name for source in item.sources] == ["C", "B", "A"]
    assert item.sources[0].evidence == told[2].visit.evidence.text


def test_an_article_is_one_source_and_its_headline_speaks_for_it() -> None:
    headline = report("2024-06-17", visit("2024-06-20", evidence="He will go."))
    aside = Report(
        **{
            **{name: getattr(headline, name) for name in Report.__dataclass_fields__},
            "id": "aside",
            "visit": visit("2024-06-20", background=True, evidence="He has been before."),
        }
    )

    (item,) = _compose([trip_of([aside, headline])]).items

    assert [source.evidence for source in item.sources] == ["He will go."]


def test_the_purpose_is_told_in_the_readers_language_where_a_source_has_it() -> None:
    told = [
        report(
            "2024-06-16",
            visit("2024-06-20", purpose="a treaty", purpose_class=PurposeClass.TREATY, confidence=0.9),
        ),
        report("2024-06-17", visit("2024-06-20", purpose="perjanjian"), language="id"),
    ]

    own, foreign = (_compose([trip_of(told)], language=code).items[0] for code in ("id", "ko"))
    assert (own.purpose, own.purpose_class) == ("perjanjian", None)
    assert (foreign.purpose, foreign.purpose_class) == ("a treaty", PurposeClass.TREATY)


def test_today_is_the_readers_day() -> None:
    """In Seoul it is the 19th already."""
    trip = trip_of([report("2024-06-17", visit("2024-06-19"))])
    late = dt.datetime(2024, 6, 18, 22, tzinfo=dt.UTC)

    assert [i.section for i in _compose([trip], now=late, timezone="Asia/Seoul").items] == [Section.NOW]
    assert [i.section for i in _compose([trip], now=late).items] == [Section.COMING]


def test_time_words_reach_further_back_than_the_usual_days() -> None:
    trip = trip_of([report("2024-01-05", visit("2024-01-10", status=Status.COMPLETED))])

    assert _compose([trip], "korea").items == ()
    assert [i.section for i in _compose([trip], "korea this year").items] == [Section.PAST]


@pytest.mark.parametrize(("days", "told"), [(0, True), (1, False)])
def test_headlines_of_a_time_are_those_published_then(days: int, told: bool) -> None:
    article = _headline("Seoul markets rise", NOW - dt.timedelta(days=days))

    assert bool(_compose([], "korea today", headlines=[article]).headlines) is told


def test_headlines_are_of_the_topic_and_each_told_once() -> None:
    articles = [
        _headline("Seoul markets close higher on chip rally"),
        _headline("Seoul markets close higher on chip rally!", NOW - dt.timedelta(hours=1)),
        _headline("Rice harvest in Italy"),
        _headline("Trade talks resume", topics=("korea",)),
    ]

    titles = [headline.title for headline in _compose([], "korea", headlines=articles).headlines]

    assert titles == ["Seoul markets close higher on chip rally", "Trade talks resume"]


def test_the_foot_says_how_the_feeds_answered() -> None:
    failed = (FailedFeed(name="Slow", reason="timeout"),)
    occasion = Occasion(id="b", now=NOW, feeds_answered=27, feeds_failed=failed)

    briefing = compose(occasion, (), (), (), say_unknown=str)

    assert (briefing.feeds_answered, briefing.feeds_failed) == (27, failed)


@given(st.lists(any_report(), min_size=1, max_size=6))
def test_whoever_was_just_told_has_nothing_to_be_told(reports: list[Report]) -> None:
    trips = arrange(reports)
    briefing = _compose(trips, told={}, name="daily")

    assert _compose(trips, told=states_told(briefing), name="daily").items == ()


@given(st.lists(any_report(), min_size=1, max_size=4), any_report())
def test_a_difference_is_told_exactly_where_the_state_differs(reports: list[Report], more: Report) -> None:
    before, after = trip_of(reports), trip_of([*reports, more])

    assert bool(differences(state_of(before), after)) is (state_of(before) != state_of(after))
