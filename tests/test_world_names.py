"""Names by language: an overlay adds to the records, and what it says wrongly is refused by file and key."""

from pathlib import Path
from typing import Any

import pytest

from digest.world import build_world
from tools.world_checks import check
from tools.world_names import SourceError, lay_names_over

LANGUAGES = frozenset({"en", "de", "es", "hi", "ru", "zh"})


def records() -> dict[str, list[dict[str, Any]]]:
    return {
        "countries": [
            {"code": "RU", "names": {"en": ["Russia"], "ru": ["Россия"], "de": ["Russland"]}},
            {"code": "KP", "names": {"en": ["North Korea"], "zh": ["朝鲜"]}},
            {"code": "CN", "names": {"en": ["China"], "de": ["China"]}},
        ],
        "people": [
            {
                "name": "Vladimir Putin",
                "names": {"en": ["Vladimir Putin"]},
                "short": {"en": ["Putin"]},
                "terms": [{"country": "RU", "role": "president"}],
            },
            {
                "name": "Kim Jong Un",
                "names": {"en": ["Kim Jong Un"]},
                "short": {"en": ["Kim"]},
                "terms": [{"country": "KP", "role": "supreme leader"}],
            },
        ],
        "places": [
            {"name": "Springfield", "country": "CN", "kind": "city", "names": {"en": ["Springfield"]}},
            {"name": "Springfield", "country": "RU", "kind": "capital", "names": {"en": ["Springfield"]}},
        ],
        "regions": [],
        "bodies": [{"id": "un", "name": "United Nations", "names": {"en": ["United Nations"]}}],
    }


def laid_over(folder: Path, sources: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    for name, text in sources.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    made = records()
    lay_names_over(made, folder, LANGUAGES)
    return made


def test_a_country_has_names_adjectives_and_abbreviations(tmp_path: Path) -> None:
    source = 'RU = { show = "俄国", names = "俄方 | 俄國", abbr = "俄" }\nCN = { adj = "中国的" }'

    russia = laid_over(tmp_path, {"zh/countries.toml": source})["countries"][0]

    assert russia["names"]["zh"] == ["俄国", "俄方", "俄國"]
    assert russia["abbreviations"]["zh"] == ["俄"]


def test_a_name_that_would_mislead_is_dropped(tmp_path: Path) -> None:
    """ "Того" opens Russian sentences as a pronoun."""
    made = laid_over(tmp_path, {"ru/countries.toml": 'RU = { show = "Русь", drop = "Россия", fixed = true }'})

    assert made["countries"][0]["names"]["ru"] == ["Русь"]


def test_the_last_word_of_a_full_name_is_used_alone(tmp_path: Path) -> None:
    """Not where the family name stands first, nor where the source says otherwise."""
    source = '"Vladimir Putin" = "弗拉基米尔·普京"\n"Kim Jong Un" = "金·正恩"'

    putin, kim = laid_over(tmp_path, {"zh/people.toml": source})["people"]

    assert putin["short"]["zh"] == ["普京"]
    assert "zh" not in kim["short"]


def test_russian_names_come_in_all_cases(tmp_path: Path) -> None:
    putin = laid_over(tmp_path, {"ru/people.toml": '"Vladimir Putin" = "Владимир Путин"'})["people"][0]

    assert putin["names"]["ru"][:2] == ["Владимир Путин", "Владимира Путина"]
    assert "Путиным" in putin["short"]["ru"]


def test_of_who_has_the_family_name_first_the_last_word_alone_is_bent(tmp_path: Path) -> None:
    """Where the country does not tell: a Chinese head of a body, a Mongol with his father's name."""
    source = '"Vladimir Putin" = { names = "Намбарын Энхбаяр", last = true }'

    person = laid_over(tmp_path, {"ru/people.toml": source})["people"][0]

    assert person["names"]["ru"][:2] == ["Намбарын Энхбаяр", "Намбарын Энхбаяра"]


def test_marks_that_newsrooms_leave_out(tmp_path: Path) -> None:
    """Both "Кёнджу" and "Кенджу", with and without the dot below."""
    sources = {
        "hi/people.toml": '"Vladimir Putin" = { names = "ज़ेलेंस्की", short = "" }',
        "ru/places.toml": '"Springfield" = "Кёнджу"',
    }

    made = laid_over(tmp_path, sources)

    assert made["people"][0]["names"]["hi"] == ["ज़ेलेंस्की", "जेलेंस्की"]
    assert made["places"][1]["names"]["ru"] == ["Кёнджу", "Кенджу"]


def test_of_places_with_one_name_the_capital_has_it(tmp_path: Path) -> None:
    source = '"Springfield" = "Спрингфилд"\n"Springfield, CN" = "Чуньтянь"'

    city, capital = laid_over(tmp_path, {"ru/places.toml": source})["places"]

    assert capital["names"]["ru"][0] == "Спрингфилд"
    assert city["names"]["ru"][0] == "Чуньтянь"


def test_what_is_the_same_as_in_english_is_left_out(tmp_path: Path) -> None:
    """A German text finds "China" under English, as every Latin script does."""
    made = laid_over(tmp_path, {"de/bodies.toml": 'un = { abbr = "UN" }'})

    assert made["bodies"][0]["abbreviations"] == {"de": ["UN"]}
    assert made["countries"][2]["names"]["de"] == ["China", "Chinas"]
    assert made["countries"][0]["names"]["de"] == ["Russland", "Russlands"]
    assert "de" not in made["people"][0]["names"]


@pytest.mark.parametrize(
    ("file", "source", "problem"),
    [
        ("zh/people.toml", '"Vladimir Putn" = "普京"', "names/zh/people.toml: unknown: 'Vladimir Putn'"),
        ("zh/countries.toml", 'SU = "苏联"', "names/zh/countries.toml: unknown: 'SU'"),
        ("zh/countries.toml", 'RU = { nmaes = "俄国" }', "zh/countries.toml: RU: unknown key 'nmaes'"),
        ("xx/countries.toml", 'RU = "Russia"', "names/xx/countries.toml: no language of the build"),
        ("zh/cities.toml", '"Moscow" = "莫斯科"', "names/zh/cities.toml: no language of the build"),
    ],
)
def test_a_mistake_names_its_file_and_key(tmp_path: Path, file: str, source: str, problem: str) -> None:
    with pytest.raises(SourceError) as caught:
        laid_over(tmp_path, {file: source})

    assert str(caught.value).startswith(problem)


@pytest.mark.parametrize(
    ("file", "source", "problem"),
    [
        ("zh/people.toml", '"Vladimir Putin" = "Wladimir Putin"', "not written as zh is: 'Wladimir Putin'"),
        ("zh/people.toml", '"Vladimir Putin" = "普京プーチン"', "letters that zh has not"),
        ("es/people.toml", '"Vladimir Putin" = "Vladímir Путин"', "letters that es has not"),
        ("zh/countries.toml", 'RU = "朝鲜"', "'朝鲜' (zh) is RU and KP"),
    ],
)
def test_names_in_the_wrong_letters_or_of_two_countries(
    tmp_path: Path, file: str, source: str, problem: str
) -> None:
    world = build_world(laid_over(tmp_path, {file: source}))

    assert any(problem in line for line in check(world))
