"""How a phrase is marked, and how well it fills a slot."""

import pytest

from digest.facts import Party
from digest.lexicon import Mention, MentionKind
from digest.packs import Pack
from digest.packs.schema import SlotSpec
from digest.people import Actor
from digest.scene import Markers, Scene, fit, markers_of
from digest.text import fold
from tests.packs import Tongue, joined_pack, spaced_pack


def _marked(text: str, phrase: str, *, pack: Pack | None = None, where: bool = True) -> set[str]:
    start = text.index(phrase)
    markers = Markers(pack or spaced_pack(), ("southern", "japanese"))
    return set(markers.of(fold(text), start, start + len(phrase), where=where))


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("went to Tokyo", {"to"}),
        ("went to the Tokyo", {"to"}),
        ("went to the city of Tokyo", {"to"}),
        ('went to "Tokyo"', {"to"}),
        ("went to the southern Japanese city of Tokyo", {"to"}),
        ("went in airport Haneda, Tokyo", {"in"}),
        ("went onto Tokyo", set()),
        ("saw Tokyo", set()),
        ("Tokyo's", {"poss"}),
    ],
)
def test_the_marker_of_a_place_is_found(text: str, groups: set[str]) -> None:
    """Fillers, adjectives, quotes and the name of a building may stand between a marker and its place; a
    marker is a word of its own.
    """
    assert _marked(text, "Tokyo") == groups


def test_the_name_of_a_building_marks_no_person() -> None:
    """Only a place stands where a building does."""
    assert _marked("in airport Haneda, Putin", "Putin", where=False) == set()


def test_a_pack_without_venues_reads_over_none() -> None:
    """Nothing is read over where the pack lists no buildings."""
    assert _marked("in airport Haneda, Tokyo", "Tokyo", pack=spaced_pack(markers={"venues": []})) == set()


def test_more_fillers_than_a_phrase_has_end_the_search() -> None:
    """After five words between, the marker belongs to something else."""
    assert _marked("to the the the the the the Tokyo", "Tokyo") == set()


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("김정은은 말했다", {"subject"}),
        ("김정은(왼쪽)은 말했다", {"subject"}),
        ("김정은 은 말했다", set()),
        ("김정은에서", {"at"}),
        ("김정은이다", set()),
    ],
)
def test_the_particle_of_a_joined_name_is_found(text: str, groups: set[str]) -> None:
    """The longest particle counts, behind an aside too; a syllable after a space, or one that the word
    goes on behind, is none.
    """
    assert _marked(text, "김정은", pack=joined_pack()) == groups


def test_a_filler_may_stand_before_a_particle() -> None:
    """Words between a phrase and its particle are read over."""
    pack = joined_pack(
        markers={"fillers": ["측"], "after": {"subject": ["은"], "object": ["이후"], "at": ["에"]}}
    )

    assert _marked("김정은 측은 말했다", "김정은", pack=pack) == {"subject"}
    assert _marked("김정은 이후 말했다", "김정은", pack=pack) == {"object"}


def test_a_stem_is_the_word_without_its_particle() -> None:
    """그는 is 그 with a particle; where words stand between spaces nothing is cut off."""
    assert Markers(joined_pack()).stem("그는", 0, 2) == 1
    assert Markers(joined_pack()).stem("는", 0, 1) == 1
    assert Markers(spaced_pack()).stem("he's", 0, 4) == 4


def _scene(text: str) -> Scene:
    return Tongue.of(spaced_pack(), "", text).scenes()[1]


def _fit(text: str, side: str, marker: str, reach: int = 100) -> float | None:
    """How well the first goal of a sentence fills a slot of its first trigger."""
    scene = _scene(text)
    return fit(
        scene, scene.of_kind(MentionKind.TRIGGER)[0], scene.goals[0], SlotSpec(side, marker, reach, 1.0)
    )


def test_a_slot_is_filled_from_its_side_with_its_marker() -> None:
    """Side and marker must both be those of the slot; "-" takes only a bare phrase."""
    assert _fit("Putin visited Tokyo", "after", "-") is not None
    assert _fit("Putin visited Tokyo", "before", "-") is None
    assert _fit("In Tokyo Putin visited", "after", "in") is None
    assert _fit("In Tokyo Putin visited", "any", "in") is not None
    assert _fit("Putin visited in Tokyo", "after", "-") is None
    assert _fit("Putin visited Tokyo", "after", "to") is None


def test_a_phrase_opens_the_sentence_only_where_nothing_but_its_marker_stands_before_it() -> None:
    """ "In Tokyo he said": the speaker is there; "the attack in Tokyo" is somebody else's."""
    assert _fit("In Tokyo Putin visited", "opens", "in") is not None
    assert _fit("One more in Tokyo Putin visited", "opens", "in") is None
    assert _fit("Putin visited in Tokyo", "opens", "in") is None
    assert _fit("Tokyo Putin visited", "opens", "in") is None


def test_a_phrase_closes_the_clause_only_where_nothing_of_it_is_left() -> None:
    """ "Visited while in Tokyo, and" ends there; more words belong to the same clause."""
    assert _fit("Putin visited in Tokyo", "closes", "in") is not None
    assert _fit("Putin visited in Tokyo, one more", "closes", "in") is not None
    assert _fit("Putin visited in Tokyo one more", "closes", "in") is None
    assert _fit("In Tokyo Putin visited", "closes", "in") is None


def test_a_phrase_beyond_the_reach_fills_nothing() -> None:
    """What stands too far away belongs to something else."""
    assert _fit("Putin visited the shops and more of Tokyo", "after", "-", 10) is None


def test_distance_commas_and_clauses_cost() -> None:
    """The nearer phrase of the same clause is the better one."""
    near = _fit("Putin visited Tokyo", "after", "-") or 0.0
    far = _fit("Putin visited one more Tokyo", "after", "-") or 0.0
    comma = _fit("Putin visited, see, Tokyo", "after", "-") or 0.0
    clause = _fit("Putin visited while Tokyo", "after", "-") or 0.0

    assert near > far > comma > clause > 0.0


def test_a_phrase_that_is_the_trigger_fills_the_slot_inside_it() -> None:
    """A verb whose ending names its object is both."""
    scene = _scene("Putin visited Tokyo")
    trigger = scene.of_kind(MentionKind.TRIGGER)[0]
    spec = SlotSpec("in", "-", 100, 0.7)
    party = Party(name="Kim", country="KP")
    inside = Actor(start=trigger.start, end=trigger.end, party=party, key="Kim", form="pronoun")

    assert fit(scene, trigger, inside, spec) == 0.7
    assert fit(scene, trigger, scene.actors[0], spec) is None


def test_a_phrase_that_overlaps_the_trigger_fills_no_other_slot() -> None:
    """Nothing is its own object."""
    scene = _scene("Putin visited Tokyo")
    goal = scene.goals[0]
    trigger = Mention(goal.start - 2, goal.start + 2, MentionKind.TRIGGER, ())

    assert fit(scene, trigger, goal, SlotSpec("any", "-", 100, 1.0)) is None


def test_whom_a_relative_clause_is_about_is_its_subject() -> None:
    """In "by Putin, who visited", the marker "by" belongs to the clause before."""
    scene = _scene("a talk by Vladimir Putin, who visited Tokyo")
    trigger = scene.of_kind(MentionKind.TRIGGER)[0]

    assert fit(scene, trigger, scene.actors[0], SlotSpec("before", "-", 100, 1.0)) is not None
    assert fit(scene, trigger, scene.actors[0], SlotSpec("before", "by", 100, 1.0)) is None


def test_a_possessive_pronoun_marks_itself() -> None:
    """ "His" needs no particle behind it."""
    scene = _scene("his trip")
    his = Actor(start=1, end=4, party=Party(name="Kim", country="KP"), key="Kim", form="owner")

    assert markers_of(scene, his) == {"poss"}


@pytest.mark.parametrize("mark", ["; ", ": ", " - ", "... ", " while "])
def test_hard_punctuation_and_break_words_open_a_clause(mark: str) -> None:
    """Between the two halves stands one break."""
    scene = _scene(f"Putin visited Tokyo{mark}Kim stayed")

    assert len(scene.breaks) == 1
    assert scene.breaks_between(scene.sentence.start, scene.sentence.end) == 1


def test_a_phrase_without_a_preposition_is_marked_by_its_case() -> None:
    """The office tells it, else the name; behind a preposition the case says no more."""
    pack = spaced_pack(
        markers={"case": {"nom": ["pomoshnik"], "gen": ["presidenta"], "ins": ["presidentom"]}}
    )
    markers = Markers(pack, (), {"putina": frozenset({"gen"}), "vladimira putina": frozenset({"gen"})})

    def marked(text: str, phrase: str) -> set[str]:
        start = text.index(phrase)
        return set(markers.of(text, start, start + len(phrase)))

    assert marked("vizit presidenta putina", "presidenta putina") == {"gen"}
    assert marked("prinyal presidentom putina", "presidentom putina") == {"ins"}
    assert marked("vizit vladimira putina", "vladimira putina") == {"gen"}
    assert marked("vizit ru putina", "ru putina") == {"gen"}
    assert marked("with putina", "putina") == {"with"}
    assert marked("president putin", "president putin") == set()
    assert marked("pomoshnik presidenta", "pomoshnik presidenta") == set()


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("Putin visited Tokyo off.", True),
        ("Putin visited Tokyo off and Kim left.", True),
        ("Putin visited Tokyo off, he said", True),
        ("Putin visited off Tokyo", False),
        ("Putin visited offTokyo", False),
        ("off Putin visited", False),
    ],
)
def test_the_cut_off_part_of_a_verb_ends_its_clause(text: str, *, closes: bool) -> None:
    """ "traf am Montag in Moskau ein": elsewhere the word is only a preposition or an article."""
    scene = Tongue.of(spaced_pack(), "", text).scenes()[1]
    assert scene.closes(scene.folded.index("visited") + 7, ("off",)) is closes
    assert scene.closes(0, ())
