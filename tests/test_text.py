"""Folding, sentences, furniture and datelines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.furniture import Furniture
from digest.packs import load_pack
from digest.text import Sentence, fold, in_word, looks_binary, sentences


@given(st.text(max_size=200))
def test_folding_keeps_the_length(text: str) -> None:
    """Offsets into the folded text are offsets into the original."""
    assert len(fold(text)) == len(text)


def test_folding_makes_quotes_dashes_and_case_alike() -> None:
    """Typography is no meaning, and a capital that would grow in lower case does not."""
    assert fold("“Putin’s” – VISIT\u00a0İ，Ｇ７：１８") == '"putin\'s" - visit i,g7:18'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Королёв", "королев"),
        ("ISPARTA İZMİR", "ısparta izmir"),
        ("أحمد الإمارات إلى زيارة", "احمد الامارات الي زياره"),
        ("١٨ ۱۸ १८", "18 18 18"),
        ("訪問臺灣總統會見", "访问台湾总统会见"),
        ("पहुँचे", "पहुंचे"),
        ("\u095bरा", "जरा"),
    ],
)
def test_folding_makes_letters_alike_that_newsrooms_mix(one: str, other: str) -> None:
    """ё and е, the Turkish i's, Arabic alifs, digits of all scripts, both scripts of Chinese."""
    assert fold(one) == fold(other)


def test_vowel_signs_and_accents_belong_to_their_word() -> None:
    """The sign behind a letter is no end of the word; a quote or hyphen is."""
    assert all(map(in_word, "aж9\u0902\u093e\u0301"))
    assert not any(map(in_word, " -'.,।"))


def _texts(source: str, language: str, title_length: int = 0) -> list[str]:
    furniture = Furniture(load_pack(language))
    return [
        source[s.start : s.end]
        for s in sentences(source, fold(source), title_length, language, furniture.is_line)
    ]


@given(st.text(st.sampled_from('Ab. ?!\n"한국어다.Putin '), max_size=200))
def test_sentences_lie_in_the_article_and_do_not_overlap(source: str) -> None:
    """Every span is inside the source, in order, without white space around it."""
    last = 0
    for sentence in sentences(source, fold(source), 0, "en", lambda line: False):
        assert last <= sentence.start < sentence.end <= len(source)
        assert source[sentence.start : sentence.end].strip() == source[sentence.start : sentence.end]
        last = sentence.end


def test_sentences_know_the_languages_abbreviations() -> None:
    """ "Mr." and "Nov." end no sentence; the title is one of its own."""
    source = "Putin in Hanoi\nMr. Putin came on Nov. 4 to the U.S. embassy. He left."

    assert _texts(source, "en", len("Putin in Hanoi")) == [
        "Putin in Hanoi",
        "Mr. Putin came on Nov. 4 to the U.S. embassy.",
        "He left.",
    ]


def test_sentences_are_counted_from_the_title() -> None:
    """The title is 0; without one the text begins at 1."""
    with_title = sentences("T t\nOne. Two.", "t t\none. two.", 3, "en", lambda line: False)
    without = sentences("One. Two.", "one. two.", 0, "en", lambda line: False)

    assert [s.index for s in with_title] == [0, 1, 2]
    assert [s.index for s in without] == [1, 2]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("id", "Baca juga: Putin Tiba di Pyongyang"),
        ("id", "SCROLL TO CONTINUE WITH CONTENT"),
        ("en", "Related topics: Russia | North Korea"),
        ("ko", "입력 2024.06.18 (10:00) 수정 2024.06.18 (10:05)"),
    ],
)
def test_furniture_is_left_out(language: str, line: str) -> None:
    """Teasers and editing lines tell no visit of this article."""
    assert line not in _texts(f"Putin tiba.\n{line}\nSelesai.", language)


@pytest.mark.parametrize(
    ("language", "text", "rest"),
    [
        ("en", "SEOUL, June 17 (Yonhap) -- Putin will come.", "Putin will come."),
        ("en", "TOKYO (Reuters) - Trump said so.", "Trump said so."),
        ("id", "Jakarta, CNN Indonesia -- Putin akan datang.", "Putin akan datang."),
        ("id", "Jakarta - Presiden bertolak.", "Presiden bertolak."),
        ("id", "HONIARA - Delegasi itu mendarat.", "Delegasi itu mendarat."),
        ("ko", "(서울=연합뉴스) 푸틴 대통령이 온다.", "푸틴 대통령이 온다."),
        ("hi", "नई दिल्ली, 20 जून (भाषा)। मैक्रों आए।", "मैक्रों आए।"),
        ("zh", "新華社北京5月16日電 普京抵達。", "普京抵達。"),
        ("zh", "新华社北京5月16日电(记者某某)普京抵达。", "普京抵达。"),
        ("en", "Putin - a man of few words - came.", "Putin - a man of few words - came."),
    ],
)
def test_datelines_are_taken_off(language: str, text: str, rest: str) -> None:
    """A dateline says where and when was written, not who visits."""
    furniture = Furniture(load_pack(language))

    cut = furniture.without_dateline(text, fold(text), Sentence(0, len(text), 1))

    assert text[cut.start : cut.end] == rest


def test_a_hyphen_in_a_name_is_no_dateline() -> None:
    """ "Tsai Ing-wen" must not lose her name."""
    text = "Kepada Presiden Tsai Ing-wen ia berjanji."

    assert Furniture(load_pack("id")).without_dateline(text, fold(text), Sentence(0, len(text), 1)).start == 0


def test_binary_is_told_from_writing() -> None:
    """Bytes that somebody decoded are not read."""
    assert looks_binary("\x00\x01\x02PNG\x03" * 50)
    assert looks_binary("\ufffd" * 30)
    assert not looks_binary("Putin tiba di Pyongyang. 푸틴 대통령이 도착했다. \U0001f600")
    assert not looks_binary("")


def test_day_and_its_month_stay_in_one_sentence() -> None:
    """Where a day has a full stop, it ends no sentence before a month, whatever follows the month."""
    source = "Der Termin ist am 14. März, hieß es. Er bleibt bis 16. Dann reist er ab."

    found = sentences(source, fold(source), 0, "de", lambda line: False, ("märz",))

    assert next(source[s.start : s.end] for s in found) == "Der Termin ist am 14. März, hieß es."
    assert len(found) > 1


def test_title_with_a_full_stop_ends_no_sentence() -> None:
    """French "M." and "S.E.M." stand before names."""
    source = "Il a reçu M. Fabius lundi. S.E.M. Ouattara est parti. MM. Xi et Li restent."
    found = sentences(source, fold(source), 0, "fr", lambda line: False, (), ("m.", "s.e.m."))
    assert [source[s.start : s.end] for s in found] == [
        "Il a reçu M. Fabius lundi.",
        "S.E.M. Ouattara est parti.",
        "MM. Xi et Li restent.",
    ]
