"""What kind of purpose a visit has, so that it can be told in a language the article is not in.

Pure: a table of words per class in the pack; no class is better than a wrong one.
"""

from collections.abc import Mapping

from digest.facts import PurposeClass
from digest.text import in_word

__all__ = ["classify"]


def classify(
    purpose: str, words: Mapping[PurposeClass, tuple[str, ...]], *, spaced: bool
) -> PurposeClass | None:
    """The class whose words a purpose holds; the most telling one where it holds those of several.

    Args:
        purpose: The folded text of the purpose.
        words: Words by class, or the beginnings of words.
        spaced: Whether a word begins only where another ends.
    """
    for label in PurposeClass:  # listed from the most telling to the least
        if any(_holds(purpose, word, spaced=spaced) for word in words.get(label, ())):
            return label
    return None


def _holds(text: str, word: str, *, spaced: bool) -> bool:
    at = text.find(word)
    while at >= 0:
        if not (spaced and at and in_word(text[at - 1])):
            return True
        at = text.find(word, at + 1)
    return False
