"""Near-identical headlines are told once."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.headlines import group_headlines, is_near_identical
from bot.model import Source
from digest.folding import folded


def _article(title: str, name: str = "Kantor", hour: int = 8) -> Source:
    published_at = dt.datetime(2024, 6, 18, hour, tzinfo=dt.UTC)
    url = f"https://{name}.example/{hour}"
    return Source(name=name, url=url, language="en", published_at=published_at, evidence="", title=title)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Seoul markets close higher on chip rally", "Seoul markets close higher on chip rally - Yonhap"),
        ("Seoul markets close higher on chip rally", "SEOUL MARKETS CLOSE HIGHER ON CHIP RALLY"),
        ("Seoul markets close higher on chip rally", "Seoul markets closed higher on chip rally"),
        ("Harga beras naik tajam di Jakarta", "Harga beras naik tajam di Jakarta, warga mengeluh"),
        (
            "Harga beras naik tajam di Jakarta",
            "Harga beras naik tajam di Jakarta, warga mengeluh dan pemerintah menjanjikan operasi pasar",
        ),
        ("코스피 반도체 강세에 상승 마감", "[속보] 코스피 반도체 강세에 상승 마감"),
        ("東京株式市場は続伸", "東京株式市場は続伸して終了"),
    ],
)
def test_an_edited_title_or_one_with_its_outlet_is_the_same(one: str, other: str) -> None:
    assert is_near_identical(one, other)
    assert is_near_identical(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Seoul markets close higher on chip rally", "Tokyo markets slip as yen gains"),
        ("Russia hits Ukrainian capital", "Nine killed in strikes on Kyiv"),
        ("Kim inspects a shipyard", "Kim inspects a fertiliser plant in Sunchon"),
        ("북한, 미사일 발사", "북한, 오물 풍선 살포"),
        ("Korea", "Korea opens talks on the climate"),
        ("", ""),
    ],
)
def test_another_story_is_not_the_same(one: str, other: str) -> None:
    assert not is_near_identical(one, other)


def test_the_same_headline_of_several_outlets_is_told_once_with_all_of_them() -> None:
    told = group_headlines(
        [
            _article("Seoul markets close higher on chip rally", "A", 7),
            _article("Harga beras naik", "B", 8),
            _article("Seoul markets close higher on chip rally - C", "C", 9),
        ],
        most=10,
    )

    assert [(h.title, [s.name for s in h.sources]) for h in told] == [
        ("Seoul markets close higher on chip rally - C", ["C", "A"]),
        ("Harga beras naik", ["B"]),
    ]


def test_headlines_over_one_text_are_told_once() -> None:
    """A wire has another headline in every outlet."""
    told = group_headlines(
        [
            dataclasses.replace(_article("Harga beras naik", "A", 7), text_id="1"),
            dataclasses.replace(_article("Warga mulai berhemat", "B", 8), text_id="1"),
            dataclasses.replace(_article("Jembatan baru dibuka", "C", 9), text_id="3"),
        ],
        most=10,
    )

    assert [[s.name for s in h.sources] for h in told] == [["C"], ["B", "A"]]


def test_the_newest_are_told_when_there_are_more_than_fit_and_older_copies_still_join() -> None:
    told = group_headlines(
        [
            _article("Alpha does something today", "A", 1),
            _article("Bravo opens a bridge", "B", 2),
            _article("Charlie closes a road", "C", 3),
            _article("Charlie closes a road", "D", 1),
        ],
        most=2,
    )

    assert [h.title for h in told] == ["Charlie closes a road", "Bravo opens a bridge"]
    assert [s.name for s in told[0].sources] == ["C", "D"]


def test_an_article_without_title_is_no_headline() -> None:
    assert group_headlines([_article(""), _article("?!")], most=10) == ()


def test_an_undated_headline_comes_last() -> None:
    undated = dataclasses.replace(_article("Alpha does something today"), published_at=None)

    told = group_headlines([undated, _article("Bravo opens a bridge")], most=10)

    assert [h.title for h in told] == ["Bravo opens a bridge", "Alpha does something today"]


@given(st.lists(st.tuples(st.text(max_size=30), st.integers(0, 23)), max_size=8), st.randoms())
def test_no_article_is_lost_and_their_order_does_not_matter(
    pairs: list[tuple[str, int]], random: object
) -> None:
    articles = [_article(title, f"o{n}", hour) for n, (title, hour) in enumerate(pairs)]
    shuffled = list(articles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    told = group_headlines(articles, most=100)

    assert told == group_headlines(shuffled, most=100)
    assert sum(len(h.sources) for h in told) == sum(bool(folded(a.title)) for a in articles)
