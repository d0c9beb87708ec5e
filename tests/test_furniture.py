"""What belongs to the page and not to the story."""

import pytest

from digest.furniture import Furniture
from digest.text import Sentence, fold
from tests.packs import spaced_pack


@pytest.mark.parametrize(
    "line", ["read more: putin", "• read more", "[read more]", "(c) 2024, all rights reserved"]
)
def test_a_line_of_the_page_is_known_by_its_words(line: str) -> None:
    """By how it begins, whatever bullet stands before, or by what is in it."""
    assert Furniture(spaced_pack()).is_line(line)


def test_a_line_of_the_story_is_kept() -> None:
    """The words of the page count at the beginning of a line only."""
    assert not Furniture(spaced_pack()).is_line("you can read more of it in tokyo")


def _opening(text: str, *, index: int = 1, datelines: list[str] | None = None) -> str:
    pack = spaced_pack() if datelines is None else spaced_pack(furniture={"datelines": datelines})
    sentence = Furniture(pack).without_dateline(text, fold(text), Sentence(0, len(text), index))
    return text[sentence.start : sentence.end]


def test_a_sentence_begins_behind_its_dateline() -> None:
    """ "TOKYO -- Putin left": the town is where it was written, not where he is."""
    assert _opening("TOKYO --  Putin left") == "Putin left"
    assert _opening("TOKYO — Putin left") == "Putin left"


def test_a_sentence_without_a_dateline_is_whole() -> None:
    """Words in small letters before a dash are part of the story."""
    assert _opening("Tokyo waits -- Putin left") == "Tokyo waits -- Putin left"
    assert _opening("TOKYO -- Putin left", datelines=[]) == "TOKYO -- Putin left"


def test_a_title_has_no_dateline() -> None:
    """Headlines set words in capitals for other reasons."""
    assert _opening("TOKYO -- Putin left", index=0) == "TOKYO -- Putin left"


def test_a_sentence_that_is_only_a_dateline_is_left_empty() -> None:
    """Where a full stop ends datelines it is still known where the article was written."""
    assert _opening("TOKYO --") == ""


def test_a_dateline_stands_at_the_beginning_only() -> None:
    """A dash far behind is punctuation."""
    text = "T" + "OKYO " * 30 + "-- Putin left"

    assert _opening(text) == text
