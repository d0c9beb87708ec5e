"""Names in Chinese characters or katakana of people whom nobody listed."""

import pytest

from digest.lexicon import Mention, MentionKind
from digest.packs.schema import NameStyle
from digest.unlisted_han import han_name_after, han_name_before

STYLE = NameStyle(
    shape="han", after_title=True, before_title=True, appositions=(), particles=(), longest=5,
    never=("在", "前职"), surnames=("王", "欧阳", "卢"), letters="马克龙卢卡申科埃纽尔", short="any",
    country_before=("country",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王文涛说", "王文涛"),
        ("王毅在河内", "王毅"),
        ("欧阳靖,", "欧阳靖"),
        ("马克龙抵达", "马克龙"),
        ("卢卡申科抵达", "卢卡申科"),
        ("埃马纽埃尔·马克龙说", "埃马纽埃尔·马克龙"),
        ("王在河内", None),
        ("说他", None),
    ],
)
def test_a_name_behind_a_title_ends_where_it_can_go_on_no_longer(text: str, name: str | None) -> None:
    """A family name takes two characters at most; a foreign one what spells foreign names."""
    found = han_name_after(STYLE, text, 0, len(text), ())
    assert (text[slice(*found)] if found else None) == name


def test_a_name_ends_before_a_known_word() -> None:
    """ "王会见": the verb is no given name, and a family name alone is none either."""
    verb = Mention(2, 4, MentionKind.TRIGGER, ())
    assert han_name_after(STYLE, "王毅会见", 0, 4, [verb]) == (0, 2)
    assert han_name_after(STYLE, "王会见", 0, 3, [verb._replace(start=1, end=3)]) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("同国の王毅", "王毅"),
        ("インドネシアのジョコ・ウィドド", "ジョコ・ウィドド"),
        ("これは前职", None),
        ("岸田文雄", None),
        ("の王", None),
        ("王毅王毅王毅王毅", None),
    ],
)
def test_a_name_before_a_title_is_a_run_of_its_characters(text: str, name: str | None) -> None:
    """Where family names are listed it opens with one; too long a run is something else."""
    found = han_name_before(STYLE, text, 0, len(text), ())
    assert (text[slice(*found)] if found else None) == name
