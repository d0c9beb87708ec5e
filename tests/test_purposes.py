"""Why: the article's own words for the purpose of a visit."""

import pytest

from digest.lexicon import MentionKind
from digest.packs import Pack
from digest.purposes import BEHIND, LONGEST, purpose_behind, purpose_of
from tests.packs import Tongue, joined_pack, spaced_pack


def _purpose(text: str, *, pack: Pack | None = None) -> str | None:
    """The purpose of the first trigger of a sentence."""
    tongue = Tongue.of(pack or spaced_pack(), "", text)
    scene = tongue.scenes()[1]
    ends = [actor.end for actor in scene.actors]
    found = purpose_of(scene, scene.of_kind(MentionKind.TRIGGER)[0], ends, tongue.lexicon.pack.purpose_ends)
    return tongue.text[found.start : found.end] if found else None


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("Putin visited Tokyo in order to seek ammunition.", "seek ammunition"),
        ("Putin visited Tokyo in order to seek ammunition where it is made.", "seek ammunition"),
        ("Putin visited Tokyo in order to seek ammunition on 12 June.", "seek ammunition on"),
        ("Putin visited Tokyo for talks on trade.", "for talks on trade"),
        ('Putin visited Tokyo in order to "seek ammunition".', "seek ammunition"),
        ('Putin visited Tokyo in order to seek "ammunition".', 'seek "ammunition"'),
        ("Putin visited Tokyo in order to seek “ammunition”.", "seek “ammunition”"),
        ('Putin visited Tokyo in order to "seek" ammunition.', '"seek" ammunition'),
        ("Putin visited Tokyo in order to Tuesday seek ammunition.", "seek ammunition"),
    ],
)
def test_the_purpose_follows_its_marker(text: str, purpose: str) -> None:
    """From behind the marker (or with it, where the pack keeps it) to the end, the next date, or a word
    that ends purposes; without the punctuation around it.
    """
    assert _purpose(text) == purpose


def test_a_purpose_of_a_word_says_nothing() -> None:
    """ "In order to see." is left out."""
    assert _purpose("Putin visited Tokyo in order to see.") is None


def test_without_a_marker_there_is_no_purpose() -> None:
    """None is guessed."""
    assert _purpose("Putin visited Tokyo and ate sushi.") is None


def test_the_surer_marker_goes_first_and_the_nearer_among_equals() -> None:
    """The pack lists its markers from the surest on."""
    assert _purpose("Putin visited Tokyo for a long dinner in order to seek arms.") == "seek arms"
    assert (
        _purpose("Putin visited Tokyo in order to buy rice in order to seek arms.")
        == "buy rice in order to seek arms"
    )


def test_a_purpose_around_the_trigger_is_not_its_own() -> None:
    """What reaches over the trigger is the purpose of something else."""
    assert _purpose("In order to sign the deal Putin visited Tokyo.") is None


def test_a_long_purpose_is_cut_at_a_word() -> None:
    """A reader wants the point; no word is cut in two."""
    words = "visits " * 40
    purpose = _purpose(f"Putin visited Tokyo in order to see {words}") or ""

    assert LONGEST - 8 < len(purpose) <= LONGEST
    assert purpose.split()[-1] == "visits"


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("푸틴 대통령은 탄약 확보를 위해 북한을 방문했다", "탄약 확보를"),
        ("그날, 탄약 확보를 위해 북한을 방문했다", "탄약 확보를"),
    ],
)
def test_a_purpose_may_stand_before_its_marker(text: str, purpose: str) -> None:
    """It begins behind the visitor and their particle, or behind a comma."""
    assert _purpose(text, pack=joined_pack()) == purpose


def _behind(text: str, *, party: tuple[str, ...] = ("Vladimir Putin",), near: bool = True) -> str | None:
    """The purpose that a sentence tells of Vladimir Putin's visit to Japan, which was told before it."""
    markers = [{"words": ["in order to"]}, {"words": ["on the agenda are"], "topic": True}]
    tongue = Tongue.of(spaced_pack(purposes={"marker": markers}), "Putin visited Tokyo.", text)
    scene = tongue.scenes()[1]
    ends = tongue.lexicon.pack.purpose_ends
    found = purpose_behind(scene, party, ("Vladimir Putin",), "JP", ends, near=near)
    assert found is None or found.rank >= BEHIND  # what is told beside the visit itself goes first
    return tongue.text[found.start : found.end] if found else None


def test_the_next_sentence_may_tell_the_purpose() -> None:
    """Where the visitor is its subject, or its words say that topics follow."""
    assert _behind("Putin stays a day in order to seek arms.") == "seek arms"
    assert _behind("For both sides on the agenda are trade and fishing.") == "trade and fishing"


@pytest.mark.parametrize(
    "text",
    [
        "The police worked in order to keep order.",
        "Kim Jong Un stays a day in order to seek arms.",
        "Putin and Kim Jong Un worked in order to seek arms.",
        "Putin stays in Seoul in order to seek arms.",
    ],
)
def test_what_others_do_or_elsewhere_is_no_purpose_of_the_visit(text: str) -> None:
    """Another subject, somebody who takes no part, or a town of another country: another matter."""
    assert _behind(text) is None


def test_a_sentence_farther_behind_tells_it_with_no_other_country_and_nothing_past() -> None:
    """It may tell of another trip; the next sentence hardly does."""
    elsewhere = "Putin stays calm in order to buy arms of Germany."
    past = "Last year Putin came in order to buy arms."

    assert _behind("Putin stays a day in order to seek arms.", near=False) == "seek arms"
    assert [_behind(text, near=True) for text in (elsewhere, past)] == ["buy arms of Germany", "buy arms"]
    assert [_behind(text, near=False) for text in (elsewhere, past)] == [None, None]


def test_a_meeting_whose_verb_comes_last_may_close_its_purpose() -> None:
    """ "In order to with Xi about trade spoke" holds its own trigger, as German and its like have it."""
    text = "Putin came in order to in Tokyo Kim Jong Un met."
    assert _purpose(text) == "in Tokyo Kim Jong Un met"


@pytest.mark.parametrize(("text", "purpose"), [("签署协议。", "签署协议"), ("签署。", None)])
def test_where_words_run_together_two_characters_are_a_word(text: str, purpose: str | None) -> None:
    """ "To sign agreements" is four characters of Chinese; a marker alone still says nothing."""
    markers = [{"words": ["签署"], "keep": True}]
    pack = joined_pack(pack={"spacing": "none"}, purposes={"marker": markers, "ends": ["。"]})
    assert _purpose(f"푸틴 대통령은 북한을 방문하고 {text}", pack=pack) == purpose
