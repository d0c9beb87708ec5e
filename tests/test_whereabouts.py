"""Where in a country a visit goes, when its own sentence names the country alone."""

import datetime as dt

from digest.gather import gather
from digest.whereabouts import glimpse_of
from tests.packs import Tongue, spaced_pack

MONDAY = dt.date(2024, 6, 17)


def _places(*lines: str) -> dict[str | None, list[str | None]]:
    """Lead visitor -> the places of the visit, as the article tells it."""
    tongue = Tongue.of(spaced_pack(), "", *lines, on=MONDAY)
    scenes = tongue.scenes()
    gathered = gather(tongue.text, tongue.claims(), MONDAY, "xx", scenes=scenes)
    news = [one.visit for one in reversed(gathered)]  # what is told first comes last, and so is kept
    return {visit.visitors[0].name: [d.place for d in visit.destinations] for visit in news}


def test_a_town_told_with_the_visitor_is_where_the_visit_goes() -> None:
    """Readers want the town, and reports often name it in another sentence than the country."""
    told = _places("Putin will visit North Korea on Tuesday", "In Pyongyang Putin is to sign a treaty")

    assert told == {"Vladimir Putin": ["Pyongyang"]}


def test_a_town_beside_the_visit_is_worth_more_than_one_told_elsewhere() -> None:
    """The surest kind of places counts alone."""
    told = _places("Putin will visit Pyongyang on Tuesday", "Putin once sang in Tokyo and in Hanoi")

    assert told == {"Vladimir Putin": ["Pyongyang"]}


def test_the_only_town_told_with_nobody_from_elsewhere_counts() -> None:
    """Who is at home there waits for the guest, or nobody is named at all."""
    told = _places("Putin will visit North Korea on Tuesday", "In Pyongyang Kim Jong Un has tidied up")

    assert told == {"Vladimir Putin": ["Pyongyang"]}


def test_two_towns_without_the_visitor_leave_the_place_open() -> None:
    """Which of them it is nobody says."""
    told = _places("Kim Jong Un will visit Russia", "In Vladivostok it rains", "In the Kremlin light burns")

    assert told == {"Kim Jong Un": [None]}


def test_a_town_told_with_somebody_else_from_abroad_is_theirs() -> None:
    """Another guest may be in another town."""
    told = _places("Kim Jong Un will visit Russia", "In Vladivostok President Vietnam Somebody is known")

    assert told == {"Kim Jong Un": [None]}


def test_the_town_of_an_earlier_visit_is_not_that_of_this_one() -> None:
    """A sentence that looks back on a visit says nothing of the one that is news."""
    told = _places(
        "Kim Jong Un will visit Russia", "Putin received Kim Jong Un in Vladivostok on 4 June 2020"
    )
    news = _places("Kim Jong Un will visit Russia", "In Vladivostok Kim Jong Un had a swim")

    assert told == {"Kim Jong Un": [None]}
    assert news == {"Kim Jong Un": ["Vladivostok"]}


def test_a_town_that_something_only_goes_to_is_no_stay() -> None:
    """Arms delivered to Pyongyang take nobody there; beside a word of travel the town counts."""
    goods = Tongue.of(spaced_pack(), "Putin said rice goes to Pyongyang").scenes()
    travel = Tongue.of(spaced_pack(), "Putin will fly to Pyongyang").scenes()

    assert [glimpse_of(scene).towns for scene in goods] == [()]
    assert [glimpse_of(scene).towns for scene in travel] == [(("KP", "Pyongyang"),)]


def _hosts(*lines: str) -> list[list[str | None]]:
    """The hosts of each visit that an article tells."""
    tongue = Tongue.of(spaced_pack(), "", *lines, on=MONDAY)
    gathered = gather(tongue.text, tongue.claims(), MONDAY, "xx", scenes=tongue.scenes())
    return [[host.name for host in one.visit.hosts] for one in gathered]


def test_whoever_a_sentence_tells_to_meet_the_visitor_is_the_host() -> None:
    """Reports name the host in the sentence on the talks, not in that on the journey."""
    visit = "Kim Jong Un will visit Russia on Tuesday"

    assert _hosts(visit, "before he met reporters Kim Jong Un waved at Vladimir Putin") == [
        ["Vladimir Putin"]
    ]
    assert _hosts(visit, "Kim Jong Un likes Vladimir Putin") == [[]]


def test_hosts_are_looked_for_where_the_visit_is_the_news() -> None:
    """Of one in passing, a meeting elsewhere in the article says nothing, unless it names a town there."""
    lines = ["Rain fell"] * 4
    visit = "Kim Jong Un will visit Russia on Tuesday"
    met = "before he met reporters Kim Jong Un waved at Vladimir Putin"

    assert _hosts(*lines, visit, met) == [[]]
    assert _hosts(*lines, visit, f"in Vladivostok {met}") == [["Vladimir Putin"]]
