"""What a query service states becomes roles and terms, or is left out and counted."""

import pytest

from bot.officeholders import Holding, Office, tenures_of, usual_roles
from digest.facts import PartialDate
from digest.world import Term, load_world


def _holding(
    person: str, since: str, until: str | None = None, *, office: Office = Office.STATE, **more: object
) -> Holding:
    values: dict[str, object] = {
        "person": person,
        "office": office,
        "country": "FR",
        "title": "President of France",
        "since": PartialDate.parse(since),
        "until": PartialDate.parse(until) if until else None,
        "is_open": until is None,
    }
    return Holding(**(values | more))  # type: ignore[arg-type]


def _spans(terms: tuple[Term, ...]) -> list[str]:
    return [f"{term.role} {term.since}..{term.until or ''}" for term in terms]


@pytest.mark.parametrize(
    ("office", "country", "title", "role"),
    [
        (Office.STATE, "FR", "President of the French Republic", "president"),
        (Office.STATE, "DK", "Monarch of Denmark", "king"),
        (Office.STATE, "QA", "Emir of Qatar", "emir"),
        (Office.STATE, "SM", "Captain Regent of San Marino", None),
        (Office.STATE, "US", "Vice President of the United States", None),
        (Office.GOVERNMENT, "DE", "Federal Chancellor of Germany", "chancellor"),
        (Office.GOVERNMENT, "ES", "President of the Government of Spain", "prime minister"),
        (Office.GOVERNMENT, "US", "President of the United States", "president"),
        (Office.FOREIGN, "US", "United States Secretary of State", "secretary of state"),
        (Office.FOREIGN, "GB", "Secretary of State for Foreign Affairs", "foreign secretary"),
        (Office.FOREIGN, "FR", "Minister for Europe and Foreign Affairs", "foreign minister"),
        (Office.FOREIGN, "GB", "Shadow Foreign Secretary", None),
        (Office.DEFENCE, "FR", "Minister of the Armed Forces", "defence minister"),
        (Office.DEFENCE, "FR", "Minister of Agriculture", None),
    ],
)
def test_a_title_becomes_the_role_that_the_world_data_knows(
    office: Office, country: str, title: str, role: str | None
) -> None:
    """The offices are a closed list, and countries keep the name that they have there."""
    holding = _holding("Q1", "2031-05", office=office, country=country, title=title)
    found = tenures_of([holding], usual_roles(load_world()))

    assert [term.role for term in found.terms.get("Q1", ())] == ([role] if role else [])
    assert sum(found.left_out.values()) == (0 if role else 1)


@pytest.mark.parametrize(
    ("title", "woman", "role"),
    [
        ("Secretary General of NATO", False, "secretary-general"),
        ("Managing Director of the International Monetary Fund", True, "managing director"),
        ("Chairperson of the African Union Commission", True, "chairwoman"),
    ],
)
def test_bodies_have_heads_of_many_names(title: str, woman: bool, role: str) -> None:
    """What the title says decides, and who holds it."""
    holding = _holding(
        "Q1", "2031", office=Office.BODY, country=None, body="nato", title=title, is_woman=woman
    )

    assert [term.role for term in tenures_of([holding], {}).terms["Q1"]] == [role]


def test_mandates_that_follow_one_another_are_one_term() -> None:
    """A chancellor of four cabinets held one office; a president who comes back after years holds two."""
    found = tenures_of(
        [
            _holding("Q1", "2013-12-17", "2018-03-14"),
            _holding("Q1", "2005-11-22", "2013-12-17"),
            _holding("Q1", "2025-01-20"),
        ],
        {},
    )

    assert _spans(found.terms["Q1"]) == ["president 2005-11-22..2018-03-14", "president 2025-01-20.."]


def test_a_president_is_told_once_where_the_office_is_both() -> None:
    """In many countries the head of state is the head of government."""
    both = [
        _holding("Q1", "2031-05-14", office=office, country="US", title="President of the United States")
        for office in (Office.STATE, Office.GOVERNMENT)
    ]

    assert _spans(tenures_of(both, {}).terms["Q1"]) == ["president 2031-05-14.."]


def test_an_office_without_an_end_ends_with_a_successor() -> None:
    """Nobody knows when, so it is left out; somebody who stood in for a week is no successor."""
    holdings = [
        _holding("Q1", "2031"),
        _holding("Q2", "2033-02-01", "2033-02-08"),
        _holding("Q3", "2034"),
        _holding("Q4", "2033", country="DE"),
        _holding("Q5", "2034-03-01", "2034-03-08", country="DE"),
    ]
    found = tenures_of(holdings, {})

    assert sorted(found.terms) == ["Q2", "Q3", "Q4", "Q5"]
    assert found.left_out == {"no end, though somebody succeeded": 1}


def test_who_was_succeeded_is_known() -> None:
    """An end that nobody's beginning confirms is more often a mandate that was renewed."""
    holdings = [
        _holding("Q1", "2027-05-14", "2031-05-14"),
        _holding("Q2", "2031-05-14", "2035-05-14"),
        _holding("Q3", "2035-06-01", country="DE"),
    ]
    found = tenures_of(holdings, {})

    assert found.succeeded == {"Q1": frozenset(found.terms["Q1"]), "Q2": frozenset(), "Q3": frozenset()}


@pytest.mark.parametrize(
    ("holding", "reason"),
    [
        (_holding("Q1", "2031", is_open=False), "an end without a date"),
        (_holding("Q1", "2031", "2029"), "an end before the start"),
        (_holding("Q1", "2031", has_died=True), "no end, though the person died"),
    ],
)
def test_dates_that_cannot_be_are_left_out(holding: Holding, reason: str) -> None:
    """They are counted with their reason."""
    found = tenures_of([holding], {})

    assert (found.terms, found.left_out) == ({}, {reason: 1})
