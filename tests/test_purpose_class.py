"""What a visit is for, in a word that can be told in any language."""

import datetime as dt

import pytest

from digest import Article, read
from digest.facts import PurposeClass
from digest.packs import available_languages, load_pack
from digest.purpose_class import classify

WORDS = {PurposeClass.TALKS: ("talk",), PurposeClass.TRADE: ("trade",), PurposeClass.OCCASION: ("funeral",)}


@pytest.mark.parametrize(
    ("purpose", "label"),
    [
        ("talks on trade", PurposeClass.TRADE),
        ("to talk at the funeral", PurposeClass.OCCASION),
        ("small talk", PurposeClass.TALKS),
        ("stalking", None),
        ("stalking and talks", PurposeClass.TALKS),
    ],
)
def test_the_most_telling_word_counts(purpose: str, label: PurposeClass | None) -> None:
    """Talks are part of nearly every visit; a word begins where another ends."""
    assert classify(purpose, WORDS, spaced=True) is label


def test_where_nothing_stands_between_words_one_begins_anywhere() -> None:
    """贸易 in 经济贸易."""
    assert classify("经济贸易", {PurposeClass.TRADE: ("贸易",)}, spaced=False) is PurposeClass.TRADE


@pytest.mark.parametrize("language", available_languages())
def test_every_pack_tells_every_class(language: str) -> None:
    """A class that a language cannot tell would be missing from briefings in all others."""
    assert set(load_pack(language).purpose_classes) == set(PurposeClass)


def test_a_visit_tells_its_class() -> None:
    """From the words of the article to the record."""
    text = "President Vladimir Putin will visit North Korea next week to attend a funeral, the Kremlin said."
    [visit] = read(Article(text=text, published_at=dt.date(2024, 6, 17))).visits
    assert visit.purpose == "to attend a funeral"
    assert visit.purpose_class is PurposeClass.OCCASION
    assert visit.to_json()["purpose_class"] == "occasion"
