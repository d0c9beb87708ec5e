"""The small pattern language."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.patterns import (
    MAX_EXPANSIONS,
    PatternError,
    compile_pattern,
    expand,
    needed_slots,
    openings,
)


def test_expand_gives_every_form_in_reading_order() -> None:
    """Alternatives and optional parts multiply."""
    assert expand("visit(s|ed)[ to]") == ["visits", "visits to", "visited", "visited to"]


def test_expand_nests() -> None:
    """Brackets may stand in brackets."""
    assert expand("a[b(c|d)]") == ["a", "abc", "abd"]


def test_expand_leaves_single_spaces() -> None:
    """An optional word leaves no double space behind."""
    assert expand("state [official] visit") == ["state visit", "state official visit"]


@pytest.mark.parametrize("pattern", ["(a", "a)", "[a", "a]", "(a]", "a{b}", "a{", "}a"])
def test_expand_refuses_what_is_not_well_formed(pattern: str) -> None:
    """A mistake is told, never guessed around."""
    with pytest.raises(PatternError):
        expand(pattern)


def test_expand_refuses_an_explosion() -> None:
    """A pattern that stands for too many forms is a mistake."""
    with pytest.raises(PatternError, match=str(MAX_EXPANSIONS)):
        expand("(a|b|c|d|e|f|g|h)" * 5)


def test_compiled_pattern_names_its_slots() -> None:
    """Each slot becomes a group, and spaces match any white space."""
    pattern = re.compile(compile_pattern("{d} {month}[ {y}]", {"d": r"\d+", "month": "juni", "y": r"\d{4}"}))

    matches = [pattern.match(text) for text in ("18  juni 2024", "18 juni")]

    assert [match and match.groupdict() for match in matches] == [
        {"d": "18", "month": "juni", "y": "2024"},
        {"d": "18", "month": "juni", "y": None},
    ]


def test_compiled_pattern_may_repeat_unnamed_slots() -> None:
    """Without names a slot may stand twice."""
    assert re.fullmatch(compile_pattern("{x}-{x}", {"x": "a+"}, named=False), "aa-a")


@pytest.mark.parametrize("pattern", ["{nope}", "(a", "a)", "[a)"])
def test_compile_refuses_unknown_slots_and_unbalanced_brackets(pattern: str) -> None:
    """A misspelt slot is found when the pack loads."""
    with pytest.raises(PatternError):
        compile_pattern(pattern, {"d": r"\d+"})


@given(
    st.text(st.characters(exclude_characters="()[]{}|", exclude_categories=["Cs"]), min_size=1, max_size=20)
)
def test_words_are_literal(word: str) -> None:
    """Nothing but the brackets has a meaning of its own: no raw regular expressions."""
    assert re.fullmatch(compile_pattern(word, {}), re.sub(r"\s+", " ", word))


def test_needed_slots_are_those_outside_of_brackets() -> None:
    """What stands in an option or a choice may stay empty."""
    assert needed_slots("[{weekday} ]{d} ({month}|{m})[ {y}]") == {"d"}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{d}. {month}", {"{d}"}),
        ("[(am|vom den) ][{weekday} ]{d}. {month}", {"am", "vom", "{weekday}", "{d}"}),
        ("(in|{relative}|[the ]{day}) {month}", {"in", "{relative}", "the", "{day}"}),
        ("guerra de {y}", {"guerra"}),
        ("([so ]|now ){n}", {"so", "now", "{n}"}),
    ],
)
def test_openings_are_all_that_a_match_may_begin_with(pattern: str, expected: set[str]) -> None:
    """An option may be left out, and so may all of a choice that holds one."""
    assert openings(pattern) == expected
