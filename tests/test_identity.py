"""Whom a report means by its lead visitor."""

import datetime as dt

import pytest

from digest.facts import Party
from digest.identity import Traveller, may_be_one, traveller_of
from digest.world import load_world
from tests.reports import PUTIN, party, visit

JUNE = dt.date(2024, 6, 18)


def _traveller(who: Party | None, day: dt.date = JUNE, *with_them: Party) -> Traveller | None:
    return traveller_of(visit(who=who, with_them=with_them), day, load_world())


def _told(who: Party, day: dt.date = JUNE) -> Traveller:
    found = _traveller(who, day)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "who",
    [
        party("Vladimir Putin"),
        party(country="RU", role="president"),
        party(country="RU", role="President"),
        party("Putin Vladimir", "RU", "leader"),
    ],
)
def test_a_name_and_an_office_are_the_person(who: Party) -> None:
    assert _told(who).key == _told(PUTIN).key


def test_an_office_is_whoever_held_it_on_the_day() -> None:
    office = party(country="RU", role="president")

    assert _told(office, dt.date(2009, 7, 6)).key == _told(party("Dmitry Medvedev")).key
    assert _told(office, dt.date(2019, 7, 6)).key == _told(PUTIN).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("minister of foreign affairs", "foreign minister"),
        ("secretary of state", "foreign minister"),
        ("defense minister", "minister of defence"),
        ("external affairs minister", "foreign minister"),
    ],
)
def test_an_office_has_several_names(one: str, other: str) -> None:
    keys = {_told(party(country="XX", role=role)).key for role in (one, other)}

    assert len(keys) == 1


def test_an_office_of_a_country_nobody_lists_is_its_own_key() -> None:
    assert _told(party(country="XX", role="president")).key == "office:XX/president"


def test_a_leader_is_whoever_leads_where_one_seat_is_the_first() -> None:
    """China has a premier too; in Russia either may be meant, so nobody is."""
    assert _told(party(country="CN", role="leader")).key == _told(party("Xi Jinping")).key
    assert _told(party(country="RU", role="leader")).key.startswith("office:")


def test_a_delegation_says_nobody() -> None:
    """Nor does an official: both are somebody of the country."""
    keys = {_told(party(country="RU", role=role)).key for role in ("delegation", "official", None)}

    assert keys == {"office:RU/"}


def test_nobody_told_is_nobody() -> None:
    assert _traveller(None) is None
    assert _traveller(party()) is None


def test_a_first_lady_told_first_does_not_lead() -> None:
    wife = party("Peng Liyuan", "CN", "first lady")
    president = party("Xi Jinping", "CN", "president")

    together, alone = _traveller(wife, JUNE, president), _traveller(wife)

    assert together == _told(president)
    assert alone is not None
    assert alone.key != _told(president).key


MINISTER = "fisheries minister"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(party("Ivan Petrov", "XX"), party("Ivan Petrow", "XX"), id="another spelling"),
        pytest.param(party("Dmytro Kulebba", "XX"), party("Dmitro Kuleba", "XX"), id="two of them"),
        pytest.param(party("Ivan Petrov", "XX"), party("Petrov", "XX"), id="a surname"),
        pytest.param(
            party("Ivan Petrov", "XX", MINISTER), party("Иван Петров", "XX", MINISTER), id="another script"
        ),
        pytest.param(party("岩屋毅", "JP"), party("岩屋", "JP"), id="a family name without spaces"),
        pytest.param(
            party("Ivan Petrov", "XX", MINISTER), party(country="XX", role="minister"), id="a bare title"
        ),
    ],
)
def test_these_may_be_one_person(one: Party, other: Party) -> None:
    assert may_be_one(_told(one), _told(other))
    assert may_be_one(_told(other), _told(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            party("Ivan Petrov", "XX", MINISTER), party("Anna Sidorova", "XX", MINISTER), id="two names"
        ),
        pytest.param(
            party("Ivan Petrov", "XX", "deputy foreign minister"),
            party("Иван Петров", "XX", "deputy foreign minister"),
            id="an office of several, in two scripts",
        ),
        pytest.param(party("Ri Yong Ho", "XX"), party("Ri Yong Gil", "XX"), id="one syllable"),
        pytest.param(party("Ivan Petrov", "XX"), party("Иван Петров", "XX"), id="two scripts, no office"),
        pytest.param(party("Ivan Petrov", "XX"), party("Ivan Petrov", "YY"), id="two countries"),
        pytest.param(party("Ivan Petrov", "XX"), party(country="XX", role="delegation"), id="a delegation"),
        pytest.param(PUTIN, party("Sergey Lavrov", "RU", "president"), id="two people of the list"),
    ],
)
def test_these_are_not_taken_for_one_person(one: Party, other: Party) -> None:
    """Joining two people's visits is worse than telling one visit twice."""
    assert not may_be_one(_told(one), _told(other))
    assert not may_be_one(_told(other), _told(one))
