"""Labels of an encyclopedia become names as newspapers write them."""

import pytest

from bot.people_names import Naming, asked_languages, further_forms, names_of
from digest.world import load_world

WORLD = load_world()


@pytest.mark.parametrize(
    ("labels", "language", "name"),
    [
        ({"ru": "Примеров, Антон Ильич"}, "ru", "Антон Примеров"),
        ({"ru": "Антон Ильич Примеров"}, "ru", "Антон Примеров"),
        ({"en": "Ana Example (politician)"}, "en", "Ana Example"),
        ({"mul": "Ana Example"}, "en", "Ana Example"),
        ({"mul": "Ana María Example", "en": "Ana Example"}, "en", "Ana Example"),
        ({"zh": "範例安", "zh-hans": "范例安"}, "zh", "范例安"),
        ({"ko": "아나 이그젬플"}, "ko", "아나 이그젬플"),
        ({"ja": "アナ・エグザンプル"}, "ja", "アナ・エグザンプル"),
        ({"ja": "Ana Example"}, "ja", None),
        ({"ru": "Анна"}, "ru", None),
        ({"en": "Ana Example, 3rd Duchess of Somewhere"}, "en", None),
        ({"en": "Ана Пример"}, "en", None),
    ],
)
def test_a_label_is_a_name_in_the_letters_of_its_language(
    labels: dict[str, str], language: str, name: str | None
) -> None:
    """Titles, patronymics and names in other letters are no names of the news."""
    assert names_of(Naming(labels=labels), WORLD).get(language) == name


def test_all_languages_of_the_world_are_asked_for() -> None:
    """Fifteen, with the variants of Chinese and what all languages share."""
    asked = asked_languages(WORLD)

    assert len(asked) == len(set(asked)) == 18
    assert {"en", "mul", "ko", "zh-hans", "hi"} <= set(asked)


def test_nicknames_and_initials_are_no_further_forms() -> None:
    """They are ordinary words in a text; another spelling of the name counts."""
    naming = Naming(
        labels={}, aliases=("The Example", "AE", "Anna Example", "Ana-María Example", "ana example")
    )

    assert further_forms(naming, "Ana Example", WORLD) == ("Anna Example", "Ana-María Example")
