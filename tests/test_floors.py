"""Floors of the reading quality: held, raised by what is reached, lowered only when told."""

import math

from tools.floors import Key, falls, lowered, missed_targets, nested, raised

PRECISION = Key("corpus", "ko", "core_p")
PLACE = Key("corpus", "ko", "place")
ELSEWHERE = Key("dev", "ko", "core_p")


def test_a_figure_below_its_floor_falls() -> None:
    fallen = falls({PRECISION: 0.9, PLACE: 0.7}, {PRECISION: 0.899, PLACE: 0.7}, ["corpus"])

    assert [str(fall) for fall in fallen] == ["corpus ko core_p is 0.899, its floor is 0.900"]


def test_a_floor_whose_figure_can_no_longer_be_measured_falls() -> None:
    """A corpus that loses its articles must not pass for a reader that got better."""
    floors = {PRECISION: 0.9, PLACE: 0.7}

    assert [str(fall) for fall in falls(floors, {PLACE: math.nan}, ["corpus"])] == [
        "corpus ko core_p can no longer be measured, its floor is 0.900",
        "corpus ko place can no longer be measured, its floor is 0.700",
    ]


def test_floors_of_a_set_that_is_not_there_wait() -> None:
    assert falls({ELSEWHERE: 0.9}, {PRECISION: 0.5}, ["corpus"]) == []
    assert lowered({ELSEWHERE: 0.9}, {PRECISION: 0.5}, ["corpus"]) == {ELSEWHERE: 0.9}


def test_recording_raises_and_never_lowers() -> None:
    floors = {PRECISION: 0.9, PLACE: 0.7, ELSEWHERE: 0.8}

    assert raised(floors, {PRECISION: 0.85, PLACE: 0.75}) == {PRECISION: 0.9, PLACE: 0.75, ELSEWHERE: 0.8}


def test_a_recorded_floor_is_reached_by_the_figure_it_came_from() -> None:
    measured = {PRECISION: 2 / 3}
    recorded = raised({}, measured)

    assert recorded == {PRECISION: 0.666}
    assert falls(recorded, measured, ["corpus"]) == []


def test_a_language_without_an_answer_gets_no_floors() -> None:
    """Its empty articles are clean because nobody read them."""
    negatives = PRECISION._replace(figure="negatives")

    assert raised({}, {PRECISION: math.nan, negatives: 1.0}) == {}
    assert raised({}, {PRECISION: 0.5, negatives: 1.0}) == {PRECISION: 0.5, negatives: 1.0}


def test_only_the_floored_figures_are_recorded() -> None:
    kind = PRECISION._replace(figure="kind")

    assert raised({}, {PRECISION: 0.5, kind: 0.9}) == {PRECISION: 0.5}


def test_lowering_touches_only_what_was_not_reached() -> None:
    gone = PRECISION._replace(figure="host")
    floors = {PRECISION: 0.9, PLACE: 0.7, gone: 0.5}

    assert lowered(floors, {PRECISION: 0.8, PLACE: 0.75}, ["corpus"]) == {PRECISION: 0.8, PLACE: 0.7}


def test_missed_targets_are_named() -> None:
    wanted = {"core_p": 0.85, "headline": 0.70, "negatives": 0.90}
    assert missed_targets(wanted, wanted) == []
    assert missed_targets({"core_p": 0.8, "headline": 0.9, "negatives": math.nan}, wanted) == [
        "core_p 0.800 < 0.85",
        "negatives nan < 0.90",
    ]


def test_the_file_is_a_tree_in_a_steady_order() -> None:
    assert nested({ELSEWHERE: 0.8, PLACE: 0.7, PRECISION: 0.9}) == {
        "corpus": {"ko": {"core_p": 0.9, "place": 0.7}},
        "dev": {"ko": {"core_p": 0.8}},
    }
