"""Who travels together."""

from digest.facts import Party
from digest.parties import group_of, parties_of
from digest.people import Actor
from tests.packs import Tongue, spaced_pack


def _parties(text: str, at: int = 0) -> list[list[str]]:
    scene = Tongue.of(spaced_pack(), "", text).scenes()[1]
    return [[actor.key for actor in party] for party in parties_of(scene, scene.actors[at])]


def test_compatriots_beside_one_another_are_one_party() -> None:
    """A comma or an "and" between them makes them equals, whichever of them is asked for."""
    for at in (0, 1):
        assert _parties("Kim Jong Un and Kim Yo Jong came", at) == [["Kim Jong Un", "Kim Yo Jong"]]


def test_foreigners_joined_by_a_word_are_a_party_of_their_own() -> None:
    """ "Kim Jong Un and Vladimir Putin" are two parties; a comma alone joins no foreigners."""
    assert _parties("Kim Jong Un and Vladimir Putin came") == [["Kim Jong Un"], ["Vladimir Putin"]]
    assert _parties("Kim Jong Un, Vladimir Putin came") == [["Kim Jong Un"]]


def test_a_word_that_closes_a_list_joins_all_of_it() -> None:
    """ "A, B and C" are on one trip each; whoever is marked before them is of another phrase."""
    listed = "Kim Jong Un, Vladimir Putin and President Vietnam Somebody came"
    other = "with Kim Jong Un, Vladimir Putin and President Vietnam Somebody came"

    assert _parties(listed, 2) == [["Vietnam Somebody"], ["Vladimir Putin"], ["Kim Jong Un"]]
    assert _parties(other, 2) == [["Vietnam Somebody"], ["Vladimir Putin"]]


def test_other_words_between_part_them() -> None:
    """ "Kim Jong Un told Kim Yo Jong" are not on one trip."""
    assert _parties("Kim Jong Un told Kim Yo Jong") == [["Kim Jong Un"]]


def test_a_pronoun_that_means_the_traveller_brings_nobody_along() -> None:
    """Whom the pronoun stood for at first stands in the same place, and is no second party."""
    scene = Tongue.of(spaced_pack(), "", "Kim Jong Un and Vladimir Putin came").scenes()[1]
    stranger = Party(name="Vietnam Somebody", country="VN", role="president")
    meant = scene.actors[0]._replace(party=stranger, key="Vietnam Somebody")

    found = [[actor.key for actor in party] for party in parties_of(scene, meant)]

    assert found == [["Vietnam Somebody"], ["Vladimir Putin"]]


def test_somebody_from_another_sentence_is_alone() -> None:
    """A visitor recalled from before has no equals in this sentence."""
    scene = Tongue.of(spaced_pack(), "", "Kim Jong Un came").scenes()[1]
    party = Party(name="Ann", country="KP")
    other = Actor(start=0, end=0, party=party, key="Ann", form="named")

    assert group_of(scene, other) == (other,)
