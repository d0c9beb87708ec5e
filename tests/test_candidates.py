"""Why a phrase was chosen, and why the others were not."""

import pytest

from digest.candidates import Candidate, candidates
from digest.lexicon import MentionKind
from tests.packs import Tongue, spaced_pack


def _candidates(text: str, *, part: str, chosen: list[str]) -> list[Candidate]:
    scene = Tongue.of(spaced_pack(), "", text).scenes()[1]
    [trigger] = scene.of_kind(MentionKind.TRIGGER)
    rule, _ = trigger.values[0]
    phrases = scene.goals if part == "goal" else scene.actors
    return list(candidates(scene, trigger, getattr(rule, part), phrases, chosen))


def test_the_chosen_one_comes_first_with_its_score() -> None:
    """Who fits stands before who does not, whatever their order in the text."""
    found = _candidates(
        "by Kim Jong Un, Vladimir Putin visited Tokyo", part="visitor", chosen=["Vladimir Putin"]
    )
    assert [(c.label, c.chosen) for c in found] == [("Vladimir Putin", True), ("Kim Jong Un", False)]
    assert found[0].score is not None
    assert found[1].score is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("by Kim Jong Un Tokyo was visited", "marked by by, not by nothing"),
        ("Kim Jong Un " + "and so on " * 30 + "visited Tokyo", "characters away, at most"),
        ("Kim Jong Un while it rained visited Tokyo", "1 clause break between"),
    ],
)
def test_what_spoke_against_a_candidate_is_said(text: str, reason: str) -> None:
    """Side, marker, distance, another clause."""
    [kim] = [c for c in _candidates(text, part="visitor", chosen=[]) if c.label == "Kim Jong Un"]
    assert reason in kim.reason


def test_places_are_candidates_too() -> None:
    """By the name of the place, or of the country."""
    found = _candidates("Vladimir Putin visited Tokyo", part="goal", chosen=["Tokyo"])
    assert [(c.label, c.chosen) for c in found] == [("Tokyo", True)]


def test_a_phrase_on_the_wrong_side_is_told_as_such() -> None:
    """The goal of this verb stands behind it."""
    [tokyo] = _candidates("Tokyo Vladimir Putin visited", part="goal", chosen=[])
    assert (tokyo.score, tokyo.reason) == (None, "stands before the trigger")
