"""Inflected names: what the rules bend, what they leave alone."""

import pytest

from tools.world_forms import ADJECTIVES, german_genitive, russian_cases, russian_cases_of_person


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Россия", ["России", "Россию", "Россией"]),
        ("Польша", ["Польши", "Польше", "Польшу", "Польшей"]),
        ("Ницца", ["Ниццы", "Ницце", "Ниццу", "Ниццей"]),
        ("Китай", ["Китая", "Китаю", "Китаем", "Китае"]),
        ("Маврикий", ["Маврикия", "Маврикию", "Маврикием", "Маврикии"]),
        ("Египет", ["Египта", "Египту", "Египтом", "Египте"]),
        ("Казань", ["Казани", "Казанью"]),
        ("Брюссель", ["Брюсселя", "Брюсселю", "Брюсселем", "Брюсселе"]),
        ("Филиппины", ["Филиппин", "Филиппинам", "Филиппинами", "Филиппинах"]),
        ("Нидерланды", ["Нидерландов", "Нидерландам", "Нидерландами", "Нидерландах"]),
        ("Северная Корея", ["Северной Кореи", "Северной Корее", "Северную Корею", "Северной Кореей"]),
        ("Белый дом", ["Белого дома", "Белому дому", "Белым домом", "Белом доме"]),
        (
            "Ростов-на-Дону",
            ["Ростова-на-Дону", "Ростову-на-Дону", "Ростовом-на-Дону", "Ростове-на-Дону"],
        ),
        (
            "Республика Корея",
            ["Республики Корея", "Республике Корея", "Республику Корея", "Республикой Корея"],
        ),
        (
            "Фарерские острова",
            ["Фарерских островов", "Фарерским островам", "Фарерскими островами", "Фарерских островах"],
        ),
    ],
)
def test_russian_places_in_all_cases(name: str, forms: list[str]) -> None:
    """News says "в Россию" and "из Ростова-на-Дону", hardly ever the nominative."""
    assert russian_cases(name) == forms


@pytest.mark.parametrize(
    "name", ["США", "КНДР", "Токио", "Перу", "Самоа", "Сан-Томе и Принсипи", "Кот-д'Ивуар"]
)
def test_russian_names_that_are_never_bent(name: str) -> None:
    assert russian_cases(name) == []


@pytest.mark.parametrize(
    ("name", "kind", "forms"),
    [
        ("Путин", {"slavic": True}, ["Путина", "Путину", "Путиным", "Путине"]),
        ("Зеленский", {"slavic": True}, ["Зеленского", "Зеленскому", "Зеленским", "Зеленском"]),
        ("Юрий Ушаков", {"slavic": True}, ["Юрия Ушакова", "Юрию Ушакову", "Юрием Ушаковым", "Юрии Ушакове"]),
        (
            "Мария Захарова",
            {"slavic": True, "woman": True},
            ["Марии Захаровой", "Марию Захарову", "Марией Захаровой"],
        ),
        (
            "Ангела Меркель",
            {"woman": True},
            ["Ангелы Меркель", "Ангеле Меркель", "Ангелу Меркель", "Ангелой Меркель"],
        ),
        (
            "Шарль Мишель",
            {},
            ["Шарля Мишеля", "Шарлю Мишелю", "Шарлем Мишелем", "Шарле Мишеле"],
        ),
        (
            "Си Цзиньпин",
            {"last_only": True},
            ["Си Цзиньпина", "Си Цзиньпину", "Си Цзиньпином", "Си Цзиньпине"],
        ),
        ("Нарендра Моди", {}, ["Нарендры Моди", "Нарендре Моди", "Нарендру Моди", "Нарендрой Моди"]),
        (
            "Урсула фон дер Ляйен",
            {"woman": True},
            ["Урсулы фон дер Ляйен", "Урсуле фон дер Ляйен", "Урсулу фон дер Ляйен", "Урсулой фон дер Ляйен"],
        ),
        ("Кэтрин Тай", {"woman": True}, []),
        (
            "Хамад Аль Тани",
            {},
            ["Хамада Аль Тани", "Хамаду Аль Тани", "Хамадом Аль Тани", "Хамаде Аль Тани"],
        ),
    ],
)
def test_russian_people_in_all_cases(name: str, kind: dict[str, bool], forms: list[str]) -> None:
    """Women's names in a consonant stay, and "Аль"; Chinese names bend at their end, -ов and -ин have -ым."""
    flags = {"slavic": False, "woman": False, "last_only": False} | kind

    assert list(dict.fromkeys(russian_cases_of_person(name, **flags).values())) == forms


def test_the_cases_of_people_are_told_apart() -> None:
    """What marks the one who is received, and the one who receives."""
    assert russian_cases_of_person("Путин", slavic=True, woman=False, last_only=False) == {
        "gen": "Путина",
        "dat": "Путину",
        "acc": "Путина",
        "ins": "Путиным",
        "loc": "Путине",
    }
    assert russian_cases_of_person("Обама", slavic=False, woman=False, last_only=False)["acc"] == "Обаму"


@pytest.mark.parametrize(
    ("language", "word", "forms"),
    [
        ("es", "ruso", ["ruso", "rusa", "rusos", "rusas"]),
        ("es", "alemán", ["alemán", "alemana", "alemanes", "alemanas"]),
        ("fr", "chinois", ["chinois", "chinoise", "chinoises"]),
        ("fr", "turc", ["turc", "turcs", "turque", "turques"]),
        ("fr", "allemand", ["allemand", "allemands", "allemande", "allemandes"]),
        ("pt", "chinês", ["chinês", "chinesa", "chineses", "chinesas"]),
        ("de", "russisch", ["russisch", "russische", "russischer", "russischen", "russisches", "russischem"]),
        ("ar", "روسي", ["روسي", "روسية", "الروسي", "الروسية"]),
    ],
)
def test_adjectives_from_their_first_form(language: str, word: str, forms: list[str]) -> None:
    assert ADJECTIVES[language](word) == forms


def test_russian_adjectives_have_every_ending() -> None:
    forms = ADJECTIVES["ru"]("российский")

    assert {"российского", "российскому", "российскую", "российской", "российскими"} <= set(forms)


def test_german_genitives() -> None:
    """ "Russlands"; countries with an article or a hiss at the end have none."""
    assert german_genitive("Russland") == ["Russlands"]
    assert [german_genitive(name) for name in ("Türkei", "USA", "Laos", "Ukraine", "Philippinen")] == [[]] * 5
