"""Trips of two travellers that are one."""

import pytest

from digest.facts import Party
from digest.merge import arrange
from digest.trips import Report
from tests.reports import PUTIN, party, report, visit

LAVROV = party("Sergey Lavrov", "RU", "foreign minister")
SHOIGU = party("Sergei Shoigu", "RU", "defence minister")
MINISTER = "fisheries minister"


def _report(who: Party, *with_them: Party, start: str | None = "2024-06-18", to: str = "KP") -> Report:
    return report("2024-06-17", visit(start, who=who, with_them=with_them, to=to))


@pytest.mark.parametrize(
    "reports",
    [
        pytest.param(
            [
                _report(party("Ivan Petrov", "XX", MINISTER)),
                _report(party("Иван Петров", "XX", MINISTER)),
                _report(party("이반 페트로프", "XX", MINISTER)),
            ],
            id="one minister in three scripts",
        ),
        pytest.param(
            [_report(party("New Leader", "RU", "president")), _report(party(country="RU", role="president"))],
            id="a president whom the list does not have yet",
        ),
        pytest.param([_report(LAVROV, SHOIGU), _report(SHOIGU, LAVROV)], id="two equals in either order"),
    ],
)
def test_these_are_one_trip(reports: list[Report]) -> None:
    assert len(arrange(reports)) == 1
    assert len(arrange(reversed(reports))) == 1


@pytest.mark.parametrize(
    "reports",
    [
        pytest.param([_report(PUTIN, LAVROV), _report(LAVROV)], id="a minister alone, and in company"),
        pytest.param(
            [_report(PUTIN, LAVROV), _report(LAVROV, PUTIN)], id="a minister told as the visitor himself"
        ),
        pytest.param([_report(LAVROV, SHOIGU), _report(SHOIGU)], id="one of two"),
        pytest.param(
            [
                _report(party("Ivan Petrov", "XX", MINISTER)),
                _report(party("Иван Петров", "XX", MINISTER), start="2024-06-28"),
            ],
            id="ten days apart",
        ),
        pytest.param(
            [
                _report(party("Ivan Petrov", "XX", MINISTER)),
                _report(party("Иван Петров", "XX", MINISTER), to="VN"),
            ],
            id="two countries",
        ),
    ],
)
def test_these_are_two_trips(reports: list[Report]) -> None:
    assert len(arrange(reports)) == 2


def test_where_two_could_be_meant_nothing_is_joined() -> None:
    """Two ministers, and one told by a name in another script: he may be either."""
    told = [
        _report(party("Ivan Petrov", "XX", MINISTER)),
        _report(party("Anna Sidorova", "XX", MINISTER)),
        _report(party("Иван Петров", "XX", MINISTER)),
    ]

    assert len(arrange(told)) == 3
    assert len(arrange(told[1:])) == 1  # which nothing speaks against while the other is not known
