"""Names that nobody listed, found beside their titles."""

import pytest

from digest.packs import Pack
from tests.packs import Tongue, joined_pack, spaced_pack


def _names(text: str, *, title: str = "", pack: Pack | None = None) -> list[str | None]:
    """The names of the actors of a sentence; None for an office without one."""
    return [a.party.name for a in Tongue.of(pack or spaced_pack(), title, text).scenes()[1].actors]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Japanese President Jane Doe spoke", "Jane Doe"),
        ("Japanese President Jane M. Doe spoke", "Jane M. Doe"),
        ("Japanese President Ali bin Omar spoke", "Ali bin Omar"),
        ("Japanese President Jean-Luc O'Doe spoke", "Jean-Luc O'Doe"),
        ("Japanese President Élodie Doe spoke", "Élodie Doe"),
        ("Japanese President Jane Doe Tokyo Hall spoke", "Jane Doe Tokyo"),
        ("Jane Doe, the Japanese president, spoke", "Jane Doe"),
        ("Jane Doe, who is Japanese president, spoke", None),
        ("the Japanese president, Jane Doe, spoke", "Jane Doe"),
        ("the Japanese president (Jane Doe) spoke", "Jane Doe"),
    ],
)
def test_a_name_stands_beside_its_title(text: str, name: str | None) -> None:
    """Behind the title, or before it as an apposition, of no more words than a name has."""
    assert _names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "the Japanese president, Reuters reported, spoke",
        "the Japanese president, Jane Doe reported that",
        "the Japanese president Monday spoke",
        "the Japanese president Incumbent spoke",
        "the Japanese president Al spoke",
        "the Japanese president spoke",
        "Doe, the Japanese president, spoke",
    ],
)
def test_other_capitals_are_no_name(text: str) -> None:
    """Whoever reports it, a day, a word that is no name, one word as an apposition: nobody is named."""
    assert _names(text) == [None]


def test_a_name_ends_before_a_day_and_before_a_known_word() -> None:
    """ "Jane Doe Monday" is Jane Doe; a title, a country or a verb is no part of a name either."""
    assert _names("Japanese President Jane Doe Monday spoke") == ["Jane Doe"]
    assert _names("Japanese President Jane Doe Visited Tokyo") == ["Jane Doe"]


def test_the_place_of_an_office_is_no_part_of_the_name() -> None:
    """ "President Tokyo Jane Doe": the place goes with the office."""
    assert _names("Japanese President Tokyo Jane Doe spoke") == ["Jane Doe"]


def test_in_a_title_case_headline_capitals_mean_nothing() -> None:
    """Such a headline names only whom the text names too."""
    headline = "Japanese President Opens Brand Season"
    named = "Japanese President Jane Doe Opens Season"

    title = Tongue.of(spaced_pack(), headline, "The fair is open.").scenes()[0]
    known = Tongue.of(spaced_pack(), named, "President Jane Doe Opens Season").scenes()[0]

    assert [a.party.name for a in title.actors] == [None]
    assert [a.party.name for a in known.actors] != [None]


def test_a_known_surname_in_a_full_name_is_somebody_else() -> None:
    """ "Howard Putin" and "Putin Tower" are not the president; "Vladimir" is his own name."""
    assert _names("Howard Putin sang") == []
    assert _names("Putin Tower burnt") == []
    assert _names("the Vladimir Putin") == ["Vladimir Putin"]


def test_a_capital_that_opens_the_sentence_makes_no_name() -> None:
    """ "While Putin spoke": the word is plain, as the pack or the rest of the text shows."""
    assert _names("While Putin spoke") == ["Vladimir Putin"]
    assert _names("Yesterday Putin spoke, as yesterday") == ["Vladimir Putin"]


def test_a_day_or_month_beside_a_surname_makes_no_name() -> None:
    """ "Putin Tuesday" and "the June Putin" are about Putin."""
    assert _names("then Putin Tuesday spoke") == ["Vladimir Putin"]
    assert _names("in June Putin spoke") == ["Vladimir Putin"]


def test_a_known_word_beside_a_surname_makes_no_name() -> None:
    """ "Russian Putin" and "Putin Japan": the other word is known for something else."""
    assert _names("in Tokyo Putin spoke") == ["Vladimir Putin"]


def test_a_writing_without_capitals_finds_no_names() -> None:
    """Where the pack has no shape for names, an office stays an office."""
    names = {"shape": "none", "short": "last", "country_before": ["adjective"]}
    pack = spaced_pack(titles={"names": names})

    assert _names("the Japanese president Jane Doe", pack=pack) == [None]
    assert _names("Howard Putin sang", pack=pack) == ["Vladimir Putin"]


def test_a_language_may_put_names_on_one_side_only() -> None:
    """Before the title or after it, as the pack says."""
    names = {"shape": "capitals", "after_title": True, "short": "last", "country_before": ["adjective"]}
    pack = spaced_pack(titles={"names": names})

    assert _names("Jane Doe, the Japanese president, spoke", pack=pack) == [None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("홍길동 부장은", "홍길동"),
        ("존 스미스 부장은", "스미스"),
        ("존슨 스미스 부장은", "존슨 스미스"),
        ("어제는 홍길동 부장은", "홍길동"),
        ("현직 홍길동 부장은", "홍길동"),
        ("홍길동 국방위원회 부장은", "홍길동"),
        ("북한을 홍길동 부장은", "홍길동"),
    ],
)
def test_joined_names_are_syllable_blocks_before_the_title(text: str, name: str) -> None:
    """One or two words; none with a particle, none that is known, none that is never a name."""
    assert _names(text, pack=joined_pack()) == [name]
