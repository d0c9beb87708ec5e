"""The figures of a joining."""

import math

import pytest

from tools.clusters import Item, score_joining


def _items(*pairs: str) -> list[Item]:
    """Items told as gold and found: "ax" belongs to a and was put into x."""
    return [Item(id=str(i), gold=pair[0], found=pair[1]) for i, pair in enumerate(pairs)]


def test_a_perfect_joining_reaches_one_and_joins_no_wrong_pair() -> None:
    score = score_joining(_items("ax", "ax", "by"))

    assert (score.precision, score.recall, score.f1) == (1, 1, 1)
    assert (score.joined_pairs, score.wrong_pairs, score.wrong_share) == (1, 0, 0)


def test_each_item_counts_by_its_own_group() -> None:
    """Worked by hand: the first three share a group of four with a stranger, the fifth is left alone."""
    score = score_joining(_items("ax", "ax", "ax", "bx", "by"))

    assert score.precision == pytest.approx((3 * 3 / 4 + 1 / 4 + 1) / 5)
    assert score.recall == pytest.approx((3 * 1 + 2 * 1 / 2) / 5)
    assert (score.joined_pairs, score.wrong_pairs) == (6, 3)


def test_everything_apart_is_precise_and_recalls_little() -> None:
    score = score_joining(_items("ax", "ay", "az"))

    assert score.precision == 1
    assert score.recall == pytest.approx(1 / 3)
    assert score.wrong_share == 0


def test_nothing_to_measure_is_told_as_such() -> None:
    assert math.isnan(score_joining([]).precision)
