"""Texts that are copies of one another."""

import datetime as dt
import json
import random
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.copies import SHORTEST, as_retold, bands_of, is_another_story, original_of, runs_of
from bot.model import Entry
from bot.polling import NewEntry, keys_of
from bot.records import KnownText

NOW = dt.datetime(2024, 6, 18, 7, 0, tzinfo=dt.UTC)

WIRE = (
    "Presiden Rusia Vladimir Putin tiba di Pyongyang pada Rabu dini hari untuk kunjungan dua hari. "
    "Ia disambut Kim Jong Un di bandara, kata kantor berita setempat. Keduanya akan menandatangani "
    "perjanjian kemitraan dan berbicara empat mata di istana Kumsusan. Menteri luar negeri dan menteri "
    "pertahanan ikut dalam rombongan. Setelah itu Putin bertolak ke Hanoi, tempat ia bertemu presiden "
    "Vietnam. Pengamat di Seoul menilai lawatan itu mengirim pesan kepada Washington."
)
KOREAN = (
    "블라디미르 푸틴 러시아 대통령이 19일 새벽 평양에 도착했다. 김정은 국무위원장이 공항에서 그를 맞았으며 "
    "두 정상은 금수산 영빈관에서 회담하고 협정에 서명할 예정이다. 푸틴 대통령의 방북은 24년 만이다. "
    "외무장관과 국방장관이 동행했고 그는 이후 하노이로 떠나 베트남 국가주석과 만난다. 서울의 전문가들은 "
    "이번 방문이 워싱턴에 보내는 신호라고 분석했다. 환영식에는 시민들이 나와 두 나라의 국기를 흔들었고 "
    "거리에는 푸틴 대통령의 초상이 걸렸다고 통신이 전했다."
)
OTHER = (
    "Harga beras di sejumlah pasar tradisional naik sejak awal pekan karena pasokan dari daerah berkurang. "
    "Pedagang mengatakan kenaikan terjadi bertahap dan pembeli mulai mengurangi belanja. Pemerintah kota "
    "berjanji menggelar operasi pasar dan menambah stok di gudang. Petani berharap harga gabah tetap "
    "menguntungkan menjelang panen raya bulan depan. Cuaca yang tidak menentu menambah kekhawatiran warga."
)


def known(text: str, *, title: str = "Putin tiba", article_id: int = 1) -> KnownText:
    return KnownText(article_id=article_id, title=title, text=text)


def new(title: str, text: str) -> NewEntry:
    entry = Entry(id="b", link="https://e.org/b", title=title, text=text)
    return NewEntry(entry=entry, keys=keys_of(entry))


@pytest.mark.parametrize("text", [WIRE, KOREAN])
def test_a_wire_is_known_with_its_end_cut_off_and_in_other_dress(text: str) -> None:
    """Outlets shorten from the end, and set quotes, spaces and capitals their own way."""
    cut = text[: len(text) * 3 // 4].replace(" ", "  ").upper().replace(".", " -")

    assert set(bands_of(text)) & set(bands_of(cut))
    assert original_of(cut, [known(OTHER), known(text, article_id=2)]) == known(text, article_id=2)


def test_a_long_wire_is_found_by_its_beginning() -> None:
    """An outlet prints the first third of it."""
    words = random.Random(7).choices([*(WIRE + OTHER).split()], k=260)  # noqa: S311 - no secret
    long = " ".join(words)
    third = " ".join(words[:90])

    assert set(bands_of(long)) & set(bands_of(third))
    assert original_of(third, [known(long)])


def test_two_texts_on_one_event_are_no_copies() -> None:
    """Who writes the same news in own words is a source of its own."""
    own_words = (
        "Putin mendarat di ibu kota Korea Utara menjelang subuh, Rabu, dan Kim Jong Un menunggunya di "
        "landasan. Lawatan dua hari itu yang pertama sejak tahun 2000. Sebuah pakta kerja sama disebut-sebut "
        "akan diteken sesudah pembicaraan tertutup. Dalam rombongan terlihat menteri senior dari Moskow. "
        "Dari sana pesawat kepresidenan Rusia terbang menuju Vietnam untuk perhentian berikutnya."
    )

    assert original_of(own_words, [known(WIRE)]) is None


@pytest.mark.parametrize("text", ["", "Kremlin mengumumkan.", "같은 소식"])
def test_a_teaser_is_no_copy(text: str) -> None:
    """A line or two are written in the same words by chance."""
    assert bands_of(text) == ()
    assert original_of(text, [known(text)]) is None


def test_an_article_under_another_id_link_and_headline_is_known_by_its_text() -> None:
    """The desk corrects a headline, and the content system publishes the text anew."""
    retold = as_retold(new("Putin tiba di Pyongyang", WIRE + " Ralat: Rabu."), WIRE, [known(WIRE)])

    assert retold is not None
    assert retold.article_id == 1


def test_pages_behind_a_wall_are_not_one_article() -> None:
    """They all say the same; under headlines that are not alike they are kept apart."""
    assert as_retold(new("Harga beras naik", WIRE), WIRE, [known(WIRE)]) is None


def test_a_column_under_its_usual_title_is_another_story_only_where_both_texts_can_tell() -> None:
    """Teasers cannot."""
    assert is_another_story(OTHER, WIRE)
    assert not is_another_story(WIRE + " Ralat.", WIRE)
    assert not is_another_story("Old 1", "New 1")
    assert not is_another_story(OTHER, "New 1")


def test_bands_stay_what_they_are() -> None:
    """They are stored: another hash would make all that is known unknown."""
    assert bands_of(WIRE)[:2] == (1409987284, 2084279475)


def annotated() -> list[str]:
    """Texts of real length in every language, each written by itself."""
    files = sorted((Path(__file__).parent / "corpus").glob("*.jsonl"))
    texts = [json.loads(line)["text"] for file in files for line in file.read_text("utf-8").splitlines()]
    return [text for text in dict.fromkeys(texts) if len(runs_of(text)) >= 2 * SHORTEST]


def test_no_two_articles_of_the_corpus_are_copies_and_each_is_known_by_its_first_half() -> None:
    """Many of them tell of the same visits, in the same language and on the same day."""
    texts = annotated()
    holders: dict[int, set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        for band in bands_of(text):
            holders[band].add(number)
    copies: list[int] = []
    unknown: list[int] = []
    for number, text in enumerate(texts):
        half = text[: len(text) // 2]
        found = set().union(*(holders[band] for band in bands_of(half)))
        alike = {each for each in found if original_of(half, [known(texts[each])])}
        copies += alike - {number}
        unknown += {number} - alike

    assert len(texts) > 200
    assert copies == []
    assert len(unknown) <= len(texts) // 100


@given(st.text(max_size=3000))
def test_every_text_long_enough_is_its_own_copy(text: str) -> None:
    """Whatever a feed holds."""
    if bands_of(text):
        assert original_of(text, [known(text)]) is not None
