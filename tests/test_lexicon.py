"""One pass over the text: which words are found, and which only look like known ones."""

import dataclasses

import pytest

from digest.lexicon import Lexicon, MentionKind, lexicon_for
from digest.packs import Pack
from digest.text import fold
from tests.packs import joined_pack, spaced_pack
from tests.worlds import WORLD


def _found(pack: Pack, text: str) -> list[tuple[str, str]]:
    mentions = Lexicon(pack, WORLD).mentions(text, fold(text))
    return [(text[m.start : m.end], m.kind.name) for m in mentions]


def _words(pack: Pack, text: str, kind: MentionKind) -> list[str]:
    return [word for word, name in _found(pack, text) if name == kind.name]


def test_a_word_counts_only_as_a_whole() -> None:
    """Where words stand between spaces, "revisited" and "Japaneseness" hold nothing that is known."""
    assert _found(spaced_pack(), "He's a revisited and Tokyoite Japaneseness.") == [("He", "PRONOUN")]


def test_case_and_typographic_quotes_do_not_hide_a_word() -> None:
    """Known words are compared folded; the text stays as it was written."""
    assert _words(spaced_pack(), "VISITED the Republic of the Congo", MentionKind.TRIGGER) == ["VISITED"]
    assert _words(spaced_pack(), "in Côte d'Ivoire", MentionKind.COUNTRY) == ["Côte d'Ivoire"]


def test_a_long_full_name_is_found_where_spaces_were_lost() -> None:
    """Pages lose the spaces around bold type: "ComradeKim Jong Unsaid"."""
    assert _words(spaced_pack(), "ComradeKim Jong Unsaid", MentionKind.PERSON) == ["Kim Jong Un"]


def test_no_other_name_is_found_inside_letters() -> None:
    """A country or a surname inside a longer word is chance."""
    assert _found(spaced_pack(), "theNorth Koreaish Putinism") == []


def test_a_name_begins_with_a_capital() -> None:
    """The town of Of is not the word "of", nor 'japan' (lacquer) the country."""
    assert _words(spaced_pack(), "Of all the towns of japan", MentionKind.PLACE) == ["Of"]
    assert _words(spaced_pack(), "painted in japan", MentionKind.COUNTRY) == []


def test_abbreviations_are_written_exactly() -> None:
    """ "us" is a pronoun, "US" a country."""
    assert _words(spaced_pack(), "US and us and U.S.", MentionKind.ABBREVIATION) == ["US", "U.S."]
    assert _words(spaced_pack(), "UN and un", MentionKind.BODY) == ["UN"]


@pytest.mark.parametrize("text", ["anti-Putin", "Putin-led talks", "pre-Putin"])
def test_a_hyphen_to_a_plain_word_makes_another_word_of_a_name(text: str) -> None:
    """ "anti-Putin protests" name nobody who travels."""
    assert _words(spaced_pack(), text, MentionKind.SHORT) == []


def test_a_hyphen_between_names_joins_two() -> None:
    """ "the Putin-Kim summit" names both."""
    assert _words(spaced_pack(), "the Putin-Kim summit", MentionKind.SHORT) == ["Putin", "Kim"]


def test_the_longer_name_counts() -> None:
    """ "Vladimir Putin" is not "Putin" too, and "South Korean" no country."""
    assert _found(spaced_pack(), "South Korean Vladimir Putin") == [
        ("South Korean", "ADJECTIVE"),
        ("Vladimir Putin", "PERSON"),
    ]


def test_a_name_of_several_people_is_one_mention() -> None:
    """Who is meant is decided later; the lexicon offers them all."""
    [mention] = Lexicon(spaced_pack(), WORLD).mentions("Kim", fold("Kim"))

    assert [person.name for person in mention.values] == ["Kim Jong Un", "Kim Yo Jong"]


def test_an_ignored_lexeme_swallows_what_is_in_it() -> None:
    """A "visit card" is no visit, and nothing says that it was there."""
    pack = spaced_pack(pack={"ignore": ["putin visited cafe"]})

    assert _found(pack, "the Putin visited cafe") == []
    assert _words(pack, "Putin visited Tokyo", MentionKind.TRIGGER) == ["visited"]


def test_a_name_with_a_particle_is_that_name() -> None:
    """Where particles are joined to words, 북한을 is 북한 as an object."""
    assert _words(joined_pack(), "북한을", MentionKind.COUNTRY) == ["북한"]


@pytest.mark.parametrize("text", ["북한산 등산", "북한말", "탈북한"])
def test_a_name_inside_another_word_is_none(text: str) -> None:
    """A mountain, and syllables that go on otherwise, name no country."""
    assert _words(joined_pack(), text, MentionKind.COUNTRY) == []


def test_names_run_together_are_all_found() -> None:
    """한국러시아: each begins where the other ends."""
    assert _words(joined_pack(), "한국러시아", MentionKind.COUNTRY) == ["한국", "러시아"]


def test_a_verb_goes_on_behind_its_stem() -> None:
    """방문 is found in 방문했다."""
    assert _words(joined_pack(), "방문했다", MentionKind.TRIGGER) == ["방문"]


def test_a_whole_trigger_ends_its_word() -> None:
    """간 (gone) is not the beginning of 간담회 (a talk)."""
    assert _words(joined_pack(), "간 대통령", MentionKind.TRIGGER) == ["간"]
    assert _words(joined_pack(), "간담회", MentionKind.TRIGGER) == []


def test_the_ending_of_a_verb_opens_a_clause() -> None:
    """며 counts where it ends a word, whatever word it is, and not within one."""
    assert _words(joined_pack(), "머무르며", MentionKind.BREAK) == ["며"]
    assert _words(joined_pack(), "머무르며칠", MentionKind.BREAK) == []
    assert _words(joined_pack(), "귀국방문", MentionKind.TRIGGER) == []


def test_a_syllable_of_a_verb_is_no_country() -> None:
    """미 in 방미한 is no abbreviation for America."""
    pack = joined_pack(
        triggers={
            "trigger": [
                {"rule": "us", "frame": "visit", "visitor": ["before:-"], "forms": {"none": ["방미한"]}}
            ]
        }
    )

    assert _found(pack, "방미한") == [("방미한", "TRIGGER")]
    assert _words(pack, "미 대통령", MentionKind.ABBREVIATION) == ["미"]


def test_a_word_may_say_the_same_only_once() -> None:
    """A form listed twice in a pack has one value."""
    pack = spaced_pack(pack={"former": ["former", "(former|ex)"]})
    [mention] = Lexicon(pack, WORLD).mentions("former", "former")

    assert mention.values == (True,)


def test_the_lexicon_of_a_language_is_made_once() -> None:
    """Every article of a language shares one automaton."""
    assert lexicon_for("en") is lexicon_for("en")
    assert lexicon_for("en").pack.language == "en"


def test_a_sign_of_a_vowel_does_not_end_a_word() -> None:
    """दौरान, "during", holds no दौरा, "visit", though it goes on behind a sign that is no letter."""
    trigger = {"rule": "visit", "frame": "visit", "visitor": ["before:-"], "forms": {"none": ["दौरा"]}}
    pack = spaced_pack(triggers={"trigger": [trigger]})
    assert _words(pack, "इस दौरान वह दौरा", MentionKind.TRIGGER) == ["दौरा"]


def test_a_name_listed_in_small_letters_is_found_in_them() -> None:
    """Adjectives of many languages, and "the pope" in some, begin with none: "российский"."""
    country = dataclasses.replace(WORLD.countries["JP"], adjectives={"en": ("japonais", "Nippon")})
    world = dataclasses.replace(WORLD, countries={"JP": country})
    lexicon = Lexicon(spaced_pack(), world)
    text = "le japonais, Japonais, nippon"
    assert [text[m.start : m.end] for m in lexicon.mentions(text, fold(text))] == ["japonais", "Japonais"]


def test_without_spaces_katakana_is_one_word_and_a_single_character_needs_another_word() -> None:
    """No "Mali" in "Somalia"; 前 is "former" before an office only."""
    title = {"president": ["大統領"], "premier": ["マリ"]}
    names = {"shape": "han", "before_title": True, "short": "any", "country_before": []}
    pack = joined_pack(
        pack={"spacing": "none", "former": ["前"]},
        titles={"titles": title, "names": names},
        triggers={},
    )
    assert _words(pack, "ソマリア、マリの前大統領は以前、", MentionKind.TITLE) == ["マリ", "大統領"]
    assert _words(pack, "ソマリア、マリの前大統領は以前、", MentionKind.FORMER) == ["前"]


def test_the_lexicon_knows_the_cases_of_names_where_the_pack_has_cases() -> None:
    """Full names and surnames alike; a language without cases need not carry them."""
    [lead, *rest] = WORLD.people
    bent = dataclasses.replace(lead, cases={"en": {"gen": ("Putina",), "acc": ("Putina",)}})
    world = dataclasses.replace(WORLD, people=(bent, *rest))
    pack = spaced_pack(markers={"case": {"gen": ["presidenta"]}})
    assert Lexicon(pack, world).cases == {"putina": {"gen", "acc"}}
    assert Lexicon(spaced_pack(), world).cases == {}


def test_a_marker_of_letters_is_joined_to_names_of_people_alone() -> None:
    """ "Putins" is whose visit it is; "Tokyos" is another word, and so is "Putinst"."""
    pack = spaced_pack(markers={"after": {"poss": ["s"]}})
    text = "Putins trip, Tokyos towers, Putinst"
    assert _words(pack, text, MentionKind.SHORT) == ["Putin"]
    assert _words(pack, text, MentionKind.PLACE) == []
    assert _words(spaced_pack(), text, MentionKind.SHORT) == []


def test_a_word_behind_a_prefix_is_a_word() -> None:
    """ "wa-" and "li-" are joined to what follows, whose article they may swallow; short words are no
    words behind them, and a prefix inside a word is none.
    """
    titles = {"president": ["alrais", "li"]}
    names = {"shape": "none", "short": "last", "country_before": []}
    pack = spaced_pack(
        pack={"prefixes": ["w", "l", "wl"], "elisions": {"al": "l"}},
        titles={"titles": titles, "names": names},
    )
    text = "walrais llrais wllrais wli xwalrais alrais"
    found = _words(pack, text, MentionKind.TITLE)
    assert found == ["alrais", "lrais", "lrais", "alrais"]
    assert _words(spaced_pack(), "wTokyo", MentionKind.PLACE) == []
