"""Questions in every language, over the world that ships: `topic_questions.toml` has them."""

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topic_reading import understand
from bot.topics import OFFICES, Topic
from digest.packs import available_languages
from digest.world import load_world

NOW = dt.datetime(2024, 6, 18, 7, 30, tzinfo=dt.UTC)  # a Tuesday
QUESTIONS: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("topic_questions.toml").read_text(encoding="utf-8")
)
ALL = [(query, wanted) for questions in QUESTIONS.values() for query, wanted in questions.items()]


def ask(query: str, language: str = "en") -> Topic:
    return understand(query, load_world(), NOW, language)


def understood(topic: Topic, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What the topic has of the kinds of things that are wanted."""
    by_direction = {
        direction: frozenset().union(*(m.countries for m in topic.mentions if m.direction == direction))
        for direction in ("to", "from")
    }
    roles = [mention.roles for mention in topic.mentions if mention.roles]
    found: dict[str, Any] = {
        "countries": sorted(topic.countries.intersection(wanted.get("countries", ()))),
        "people": sorted(topic.people),
        "bodies": sorted(topic.people),
        "office": next((office for office, meant in OFFICES.items() if [meant] == roles), None),
        "to": next(iter(by_direction["to"]), None),
        "from": next(iter(by_direction["from"]), None),
        "start": topic.window and topic.window[0],
        "end": topic.window and topic.window[1],
    }
    return {key: found[key] for key in wanted} | {"words": topic.words}


@pytest.mark.parametrize(("query", "wanted"), ALL, ids=[query for query, _ in ALL])
def test_every_language_is_understood(query: str, wanted: dict[str, Any]) -> None:
    """All that is wanted, nothing left over as a word to search for, and no time or direction besides."""
    topic = ask(query)

    assert understood(topic, wanted) == wanted | {"words": ()}
    assert (topic.window is None) == ("start" not in wanted)
    assert {m.direction for m in topic.mentions if m.direction} == wanted.keys() & {"to", "from"}


def test_every_language_that_is_read_can_be_asked_in() -> None:
    assert QUESTIONS.keys() == set(available_languages())
    assert min(map(len, QUESTIONS.values())) >= 6


@given(st.sampled_from(ALL), st.sampled_from(["id", "ko", "de"]))
def test_what_a_question_means_does_not_depend_on_who_asks(
    question: tuple[str, dict[str, Any]], language: str
) -> None:
    query, wanted = question

    assert understood(ask(query, language), wanted) == wanted | {"words": ()}


@given(st.sampled_from([one for one in ALL if "bodies" not in one[1]]), st.data())
def test_case_and_width_do_not_matter(question: tuple[str, dict[str, Any]], data: st.DataObject) -> None:
    """But for abbreviations of two letters, which are other languages' words in small letters."""
    query, wanted = question
    wide = {ord(char): chr(ord(char) + 0xFEE0) for char in map(chr, range(0x21, 0x7F))} | {0x20: "\u3000"}
    changes: list[Callable[[str], str]] = [str.upper, str.lower, str.title, lambda text: text.translate(wide)]

    for change in data.draw(st.permutations(changes))[:2]:
        query = change(query)

    assert understood(ask(query), wanted) == wanted | {"words": ()}


COUNTRIES = [
    (name, country.code)
    for country in load_world().countries.values()
    for names in country.names.values()
    for name in names
]
PEOPLE = [
    (name, person.name) for person in load_world().people for names in person.names.values() for name in names
]


@given(st.sampled_from(COUNTRIES))
def test_every_country_is_understood_by_every_name(named: tuple[str, str]) -> None:
    """None of its words is taken for a direction, a time, or one that says nothing."""
    name, code = named
    topic = ask(name)

    assert code in topic.countries
    assert [mention.direction for mention in topic.mentions] == [None]
    assert (topic.words, topic.window) == ((), None)


@given(st.sampled_from(PEOPLE))
def test_everybody_is_understood_by_every_full_name(named: tuple[str, str]) -> None:
    name, person = named
    topic = ask(name)

    assert person in topic.people
    assert len(topic.mentions) == 1
    assert topic.words == ()


TIMES = [
    "next week", "this month", "June 2024", "yesterday", "18 June 2024", "pekan depan", "다음 주", "来週",
    "下周", "tuần tới", "на следующей неделе", "الأسبوع المقبل", "अगले हफ्ते", "gelecek hafta",
    "la próxima semana",
    "la semaine prochaine", "nächste Woche", "na próxima semana", "minggu depan",
]  # fmt: skip
NAMES = [
    "japan",
    "Rusia",
    "북한",
    "ベトナム",
    "中国",
    "Hàn Quốc",
    "Германия",
    "اليابان",
    "रूस",
    "Almanya",
    "Putin",
]


@given(st.sampled_from(TIMES), st.sampled_from(NAMES))
def test_a_time_may_stand_before_a_name_or_behind_it(time: str, name: str) -> None:
    """In whatever languages the two are."""
    before, behind = ask(f"{time} {name}"), ask(f"{name} {time}")

    assert before.window == behind.window == ask(time).window
    assert before.window
    assert (before.countries, before.people) == (behind.countries, behind.people)
    assert before.countries or before.people
    assert not before.words
    assert not behind.words


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("korea", ["North Korea", "South Korea"]),
        ("Corée", ["North Korea", "South Korea"]),
        ("콩고", ["Democratic Republic of the Congo", "Republic of the Congo"]),
        ("guinea", ["Guinea", "Equatorial Guinea", "Guinea-Bissau", "Papua New Guinea"]),
        ("georgia", ["Georgia", "Georgia (United States)"]),
    ],
)
def test_a_name_that_places_share_offers_each_of_them(query: str, labels: list[str]) -> None:
    topic = ask(query)

    assert [choice.label for choice in topic.narrowings] == labels
    for choice in topic.narrowings:
        one = ask(choice.query)
        assert not one.narrowings
        assert not one.words
        assert {(*m.countries, *m.places) for m in one.mentions} < {
            *((code,) for code in topic.countries),
            ("Georgia",),
            ("US",),
        }


@pytest.mark.parametrize(
    "query", ["人权", "和平", "中心", "中心区", "美食", "日美食品", "会談", "北朝鮮", "印尼"]
)
def test_a_letter_inside_a_longer_word_is_no_country(query: str) -> None:
    topic = ask(query)

    assert len(topic.countries) + len(topic.words) == 1
    assert topic.words in ((), (query,))


@pytest.mark.parametrize("query", ["washington", "mexico", "moscow", "south korea"])
def test_a_region_called_like_its_own_capital_or_country_is_no_other_meaning(query: str) -> None:
    assert ask(query).countries
    assert not ask(query).narrowings


def test_a_surname_offers_those_who_bear_it_the_ones_in_office_first() -> None:
    """Of many the best known; a choice means that one alone."""
    choices = ask("kim").narrowings

    assert choices[0].label == "Kim Jong Un"
    assert 2 < len(choices) <= 6
    assert ask(choices[0].query).people == {"Kim Jong Un"}
    assert {"Lee Hsien Loong", "Lee Myung-bak"} <= ask("lee").people
    assert [choice.label for choice in ask("bush").narrowings] == []
