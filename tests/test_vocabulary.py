"""Every form that is looked for, and what it stands for."""

import dataclasses

from digest.vocabulary import MentionKind, vocabulary_of
from tests.packs import spaced_pack
from tests.worlds import WORLD


def test_forms_that_stand_for_the_same_share_one_record() -> None:
    """A person has many forms; they are one fact in memory."""
    vocabulary = vocabulary_of(spaced_pack(pack={"ignore": ["one", "two"]}), WORLD)
    at = vocabulary.forms.index
    assert vocabulary.meanings[at("one")] is vocabulary.meanings[at("two")]
    assert vocabulary.meanings[at("one")] == ((MentionKind.IGNORE, (True,)),)


def test_a_form_may_stand_for_several_things() -> None:
    """By kind, each value once, the world's before the pack's."""
    titles = {
        "names": {"shape": "none", "short": "last", "country_before": []},
        "titles": {"x": ["tokyo", "(tokyo|a)"]},
    }
    vocabulary = vocabulary_of(spaced_pack(titles=titles), WORLD)
    kinds = vocabulary.meanings[vocabulary.forms.index("tokyo")]
    assert [(kind, len(values)) for kind, values in kinds] == [(MentionKind.PLACE, 1), (MentionKind.TITLE, 1)]


def test_what_is_only_written_behind_a_prefix_is_known_as_such() -> None:
    """Unless another word is written so by itself."""
    pack = spaced_pack(
        pack={"prefixes": ["l"], "elisions": {"al": "l"}, "former": ["alpha", "alibi", "libi"]}
    )
    vocabulary = vocabulary_of(pack, WORLD)
    behind = {vocabulary.forms[index] for index in vocabulary.behind_prefix}
    assert "lpha" in behind
    assert "libi" not in behind


def test_names_that_need_their_capitals_are_told_from_those_that_do_not() -> None:
    """ "US" is exact; an adjective listed in small letters may be written so."""
    country = dataclasses.replace(WORLD.countries["JP"], adjectives={"en": ("japonais",)})
    world = dataclasses.replace(WORLD, countries={**WORLD.countries, "JP": country})
    vocabulary = vocabulary_of(spaced_pack(), world)
    at = vocabulary.forms.index
    assert vocabulary.exact[at("us"), MentionKind.ABBREVIATION] == {"US"}
    assert (at("japonais"), MentionKind.ADJECTIVE) in vocabulary.small
