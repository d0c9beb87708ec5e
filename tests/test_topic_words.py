"""The words that questions are asked with."""

import tomllib
from importlib import resources

import pytest

from bot.topic_times import TIMES
from bot.topic_words import load_topic_words
from bot.topics import OFFICES

FILES = [file for file in resources.files("bot.topic_words").iterdir() if file.name.endswith(".toml")]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_language_says_every_time_and_office_and_nothing_else(file: object) -> None:
    table = tomllib.loads(file.read_text(encoding="utf-8"))  # type: ignore[attr-defined]

    assert table.keys() == {
        *("noise", "counters", "before", "endings", "visits_to", "times", "months", "offices"),
    }
    assert table["times"].keys() == TIMES.keys()
    assert table["months"].keys() == {str(number) for number in range(1, 13)}
    assert table["offices"].keys() == OFFICES.keys()
    assert table["before"].keys() == {"to", "from"}
    assert table["endings"].keys() == {"to", "from", "either"}
    assert all(table["times"].values())
    assert all(table["months"].values())
    assert all(table["offices"].values())


def test_no_word_means_two_things() -> None:
    """All languages hold at once, so that one must not take another's word for something else."""
    words = load_topic_words()
    meanings = [
        words.noise,
        words.before.keys(),
        words.visits_to.keys(),
        words.times.keys(),
        words.months.keys(),
        words.offices.keys(),
    ]

    assert sum(map(len, meanings)) == len(frozenset().union(*meanings))
    for kind in ("before", "visits_to", "times", "months", "offices"):
        seen: dict[str, str] = {}
        for file in FILES:
            for meaning, phrases in tomllib.loads(file.read_text(encoding="utf-8"))[kind].items():
                for phrase in phrases:
                    assert seen.setdefault(phrase, meaning) == meaning
