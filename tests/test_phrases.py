"""Titles, countries and names that stand together: where one phrase ends and the next begins."""

import pytest

from digest.packs import Pack
from tests.packs import SPACED, Tongue, joined_pack, spaced_pack


def _actors(text: str, pack: Pack | None = None) -> list[tuple[str, str | None, str | None, str | None]]:
    """The phrases for people of a sentence: words, name, country, office."""
    tongue = Tongue.of(pack or spaced_pack(), "", text)
    actors = tongue.scenes()[1].actors
    return [(tongue.text[a.start : a.end], a.party.name, a.party.country, a.party.role) for a in actors]


PUTIN = ("Vladimir Putin", "RU", "president")


@pytest.mark.parametrize(
    "phrase",
    [
        "Russian President Vladimir Putin",
        "Russia's President Vladimir Putin",
        "President of Russia Vladimir Putin",
        "Vladimir Putin, the president of Russia",
        "President Vladimir Putin of Russia",
        "Vladimir Putin, the Russian president",
        "President Russia (Russian) Vladimir Putin",
    ],
)
def test_title_country_and_name_are_one_phrase(phrase: str) -> None:
    """In whatever order they stand, they name one person."""
    assert _actors(f"{phrase} said so") == [(phrase, *PUTIN)]


def test_two_names_are_two_people() -> None:
    """A second name always begins a phrase of its own."""
    assert [a[1] for a in _actors("Vladimir Putin, Kim Jong Un")] == ["Vladimir Putin", "Kim Jong Un"]


def test_a_title_behind_a_comma_belongs_to_the_name_behind_it() -> None:
    """ "Kim Jong Un, President Vladimir Putin" are two people with one title."""
    assert [a[:3] for a in _actors("Kim Jong Un, President Vladimir Putin")] == [
        ("Kim Jong Un", "Kim Jong Un", "KP"),
        ("President Vladimir Putin", "Vladimir Putin", "RU"),
    ]


def test_a_title_behind_a_comma_with_another_comma_behind_is_an_apposition() -> None:
    """ "Vladimir Putin, president of Russia, Kim Jong Un": the title stays with the first."""
    assert [a[0] for a in _actors("Vladimir Putin, president of Russia, Kim Jong Un")] == [
        "Vladimir Putin, president of Russia",
        "Kim Jong Un",
    ]


def test_a_title_behind_a_country_and_a_linking_word_is_the_next_persons() -> None:
    """ "the pope of Russia and President Jane Doe" are two."""
    joiners = [*SPACED["markers"]["joiners"], " and "]
    pack = spaced_pack(markers={"joiners": joiners})
    told = _actors("Vladimir Putin of Russia and President Jane Doe left", pack=pack)

    assert [a[1] for a in told] == ["Vladimir Putin", "Jane Doe"]


def test_a_title_right_behind_a_name_begins_the_next_person() -> None:
    """Where titles stand before names, "Vladimir Putin President Kim Jong Un" is two."""
    assert [a[0] for a in _actors("Vladimir Putin President Kim Jong Un")] == [
        "Vladimir Putin",
        "President Kim Jong Un",
    ]


def test_a_country_owned_by_a_person_is_where_they_go() -> None:
    """ "Putin's Japan trip": Japan is no part of who he is."""
    tongue = Tongue.of(spaced_pack(), "", "Vladimir Putin's Japan trip")
    [scene] = tongue.scenes()[1:]

    assert [tongue.text[a.start : a.end] for a in scene.actors] == ["Vladimir Putin"]
    assert [g.country for g in scene.goals] == ["JP"]


def test_where_the_verb_is_last_a_country_behind_an_office_is_a_place() -> None:
    """ "विदेश मंत्री चीन पहुंचे": whose minister it is would stand before the office."""
    tongue = Tongue.of(spaced_pack(pack={"verb_final": True}), "", "President Vladimir Putin Japan visits")
    [scene] = tongue.scenes()[1:]

    assert [goal.country for goal in scene.goals] == ["JP"]


def test_a_country_before_a_mere_honorific_is_a_place() -> None:
    """ "From Japan Mr Putin went on": he is not Japanese."""
    tongue = Tongue.of(spaced_pack(), "", "From Japan Mr Vladimir Putin went on")
    [scene] = tongue.scenes()[1:]

    assert [g.country for g in scene.goals] == ["JP"]
    assert scene.actors[0].party.country == "RU"


def test_a_country_right_before_a_strangers_name_is_a_place() -> None:
    """In "met in Japan Kim Jong Un" the country says where, since nobody of that name ever served it."""
    scene = Tongue.of(spaced_pack(), "", "Putin met in Japan Kim Jong Un").scenes()[1]

    assert [goal.country for goal in scene.goals] == ["JP"]
    assert _actors("Putin met in Japan Kim Jong Un")[1][0] == "Kim Jong Un"


def test_a_country_right_behind_an_office_that_has_one_is_a_place() -> None:
    """In "has Russia's President Japan left" he leaves the second country."""
    scene = Tongue.of(spaced_pack(), "", "has Russia's President Japan visited").scenes()[1]

    assert [actor.party.country for actor in scene.actors] == ["RU"]
    assert [goal.country for goal in scene.goals] == ["JP"]


def test_a_country_stands_before_a_name_only_where_the_pack_says_so() -> None:
    """A language that writes no country right before a title keeps it apart."""
    names = {
        "shape": "capitals",
        "after_title": True,
        "short": "last",
        "country_before": ["adjective"],
    }
    pack = spaced_pack(titles={"names": names})

    assert _actors("Japan President Vladimir Putin", pack)[0][0] == "President Vladimir Putin"
    assert _actors("Russian President Vladimir Putin", pack)[0][0] == "Russian President Vladimir Putin"


def test_a_title_may_say_its_country() -> None:
    """ "Pentagon chief" is American without a word for it."""
    assert _actors("Pentagon chief Jane Doe spoke") == [("Pentagon chief Jane Doe", "Jane Doe", "US", None)]


def test_a_body_stands_where_a_country_would() -> None:
    """Whoever leads a body stands for it, and for no country."""
    assert _actors("the United Nations president spoke") == [
        ("United Nations president", "United Nations", None, "president")
    ]


def test_where_titles_come_last_a_country_behind_them_is_a_place() -> None:
    """푸틴 대통령 북한 방문: North Korea is where he goes."""
    tongue = Tongue.of(joined_pack(), "", "푸틴 대통령 북한 방문")
    [scene] = tongue.scenes()[1:]

    assert [tongue.text[a.start : a.end] for a in scene.actors] == ["푸틴 대통령"]
    assert [g.country for g in scene.goals] == ["KP"]


def test_an_aside_between_name_and_title_is_read_over() -> None:
    """김정은(金正恩) 위원장 is one phrase."""
    assert _actors("김정은(金正恩) 위원장은", joined_pack())[0][:2] == (
        "김정은(金正恩) 위원장",
        "Kim Jong Un",
    )


def test_a_former_office_is_told_with_the_person() -> None:
    """ "former" beside an office holds for whoever has it no more."""
    tongue = Tongue.of(spaced_pack(), "", "the former Japanese president Jane Doe spoke")

    assert [(a.party.name, a.former) for a in tongue.scenes()[1].actors] == [("Jane Doe", True)]
