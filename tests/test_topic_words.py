"""The words that questions are asked with."""

import tomllib
from importlib import resources
from importlib.resources.abc import Traversable

import pytest

from bot.topic_times import TIMES
from bot.topic_words import GROUPS, load_topic_words, office_phrases, plain
from bot.topics import OFFICES
from digest.folding import folded
from digest.packs import available_languages
from digest.world import load_world

FILES = [file for file in resources.files("bot.topic_words").iterdir() if file.name.endswith(".toml")]
#: Which words of a language may mean which things, by table.
MEANINGS = {
    "before": {"to", "from", "to_place", "from_place", "of"},
    "after": {"to_place", "from_place"},
    "endings": {"to", "from", "either"},
    "openings": {"to_place", "either"},
    "times": TIMES.keys(),
    "weekdays": {*"0123456"},
    "turns": {"last", "this", "next"},
    "months": {str(number) for number in range(1, 13)},
    "offices": OFFICES.keys(),
}


def test_questions_may_be_asked_in_every_language_that_is_read() -> None:
    assert {file.name.removesuffix(".toml") for file in FILES} == set(available_languages())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_language_says_every_time_and_office_and_nothing_else(file: Traversable) -> None:
    table = tomllib.loads(file.read_text(encoding="utf-8"))

    assert table.keys() == {"noise", "counters", "endings", "openings", "elisions", *GROUPS}
    for name, keys in MEANINGS.items():
        assert table[name].keys() == keys, name
    for name in ("times", "weekdays", "months", "offices"):
        assert all(table[name].values()), name


@pytest.mark.parametrize("words", load_topic_words(), ids=lambda words: words.language)
def test_no_phrase_of_a_language_is_two_times_or_two_offices(words: object) -> None:
    for phrase, meanings in words.phrases.items():  # type: ignore[attr-defined]
        for group in GROUPS:
            told = {word.meaning for word in meanings if word.group == group}
            assert len(told) <= 1 or group == "before", (phrase, group)


def test_codes_are_those_of_countries() -> None:
    world = load_world()
    words = [word for each in load_topic_words() for some in each.phrases.values() for word in some]
    codes = {code for w in words if w.group in ("visits_to", "shared") for code in w.meaning.split("-")}

    assert codes
    assert all(world.country(code) for code in codes)


def test_no_country_is_called_like_a_word_that_says_nothing() -> None:
    """It could never be asked for."""
    names = {
        folded(name): name for c in load_world().countries.values() for f in c.names.values() for name in f
    }
    noise = {
        (words.language, phrase)
        for words in load_topic_words()
        for phrase in words.phrases.keys() & names.keys()
        if any(w.group == "noise" for w in words.meanings(phrase, plain(names[phrase])))
    }

    assert not noise


def test_an_office_has_the_phrases_of_all_languages() -> None:
    assert {"foreign minister", "menlu", "외교장관", "外相", "министру иностранных дел"} <= office_phrases(
        "foreign_minister"
    )


def test_a_typed_accent_has_to_be_right_and_a_missing_one_is_forgiven() -> None:
    spanish = next(words for words in load_topic_words() if words.language == "es")

    assert spanish.meanings("manana", "mañana")
    assert spanish.meanings("manana", "manana")
    assert spanish.meanings("y", "y")
    assert not spanish.meanings("y", "ý")
