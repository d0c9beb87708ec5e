"""Dates: found in a language's words, resolved against the article's day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.dates import DateFinder, DateWords
from digest.days import resolve
from digest.packs import load_pack
from digest.text import fold

MONDAY = dt.date(2024, 6, 17)


def _found(language: str, text: str) -> list[DateWords]:
    return DateFinder(load_pack(language).dates).find(fold(text), 0, len(text))


def _resolved(language: str, text: str, direction: int = 0) -> tuple[str, str | None] | None:
    words = _found(language, text)
    assert len(words) == 1, words
    found = resolve(words[0], MONDAY, direction)
    return None if found is None else (str(found.start), str(found.end) if found.end else None)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("id", "18 Juni 2024", ("2024-06-18", None)),
        ("id", "Selasa (18/6/2024)", ("2024-06-18", None)),
        ("id", "Rabu (5/6)", ("2024-06-05", None)),
        ("id", "18-19 Juni", ("2024-06-18", "2024-06-19")),
        ("id", "30 Juni hingga 2 Juli 2024", ("2024-06-30", "2024-07-02")),
        ("id", "hari ini", ("2024-06-17", None)),
        ("id", "besok", ("2024-06-18", None)),
        ("id", "bulan depan", ("2024-07", None)),
        ("id", "tahun lalu", ("2023", None)),
        ("id", "Mei 2023", ("2023-05", None)),
        ("id", "dua bulan lalu", ("2024-04", None)),
        ("id", "Senin lalu", ("2024-06-10", None)),
        ("id", "Selasa\npekan depan", ("2024-06-25", None)),
        ("id", "Februari\nlalu", ("2024-02", None)),
        ("en", "June 18, 2024", ("2024-06-18", None)),
        ("en", "18 June", ("2024-06-18", None)),
        ("en", "June 18-19", ("2024-06-18", "2024-06-19")),
        ("en", "tomorrow", ("2024-06-18", None)),
        ("en", "last September", ("2023-09", None)),
        ("en", "next month", ("2024-07", None)),
        ("en", "three days ago", ("2024-06-14", None)),
        ("ko", "2024년 6월 18일", ("2024-06-18", None)),
        ("ko", "6월 18~19일", ("2024-06-18", "2024-06-19")),
        ("ko", "12~15일", ("2024-06-12", "2024-06-15")),
        ("ko", "오는 12~15일", ("2024-07-12", "2024-07-15")),
        ("ko", "지난 23일", ("2024-05-23", None)),
        ("ko", "지난달", ("2024-05", None)),
        ("ko", "지난해 9월", ("2023-09", None)),
        ("ko", "내일", ("2024-06-18", None)),
        ("hi", "१८ जून", ("2024-06-18", None)),
        ("hi", "आठ से दस जुलाई", ("2024-07-08", "2024-07-10")),
        ("hi", "पिछले साल सितंबर", ("2023-09", None)),
    ],
)
def test_dates_of_each_language(language: str, text: str, expected: tuple[str, str | None]) -> None:
    """Orders, ranges and relative words of news in each language."""
    assert _resolved(language, text) == expected


def test_a_word_that_only_begins_or_ends_like_a_date_is_none() -> None:
    """ "आजादी" is not "आज": where words stand alone, so do dates."""
    tables = load_pack("hi").dates

    def found(text: str) -> list[DateWords]:
        return DateFinder(tables, whole=True).find(text, 0, len(text))

    assert found("आज")
    assert not found("आजादी")
    assert not found("रिआज")


def test_a_comma_joins_no_phrase() -> None:
    """ "24 tahun, ini ..." is not "tahun ini": the words on the two sides of a comma are strangers."""
    assert not _found("id", "kunjungan pertama setelah 24 tahun, ini reaksi Washington")


def test_weekday_follows_the_tense() -> None:
    """A bare weekday lies ahead for an announcement, back for a report."""
    assert _resolved("en", "Thursday", 1) == ("2024-06-20", None)
    assert _resolved("en", "Thursday", -1) == ("2024-06-13", None)
    assert _resolved("en", "Monday", 1) == ("2024-06-17", None)


def test_weekday_against_date_keeps_both() -> None:
    """The seed's "Selasa (16/6/2024)" is a Sunday: for an announcement of the 17th the Tuesday is meant."""
    words = _found("id", "pada Selasa (16/6/2024).")

    found = resolve(words[0], MONDAY, 1)

    assert found is not None
    assert (str(found.start), str(found.conflict)) == ("2024-06-18", "2024-06-16")


def test_weekday_against_date_of_a_past_report_keeps_the_fitting_one() -> None:
    """What already happened did not happen tomorrow: there the date is right."""
    words = _found("id", "Selasa (16/6/2024)")

    found = resolve(words[0], MONDAY, -1)

    assert found is not None
    assert (str(found.start), str(found.conflict)) == ("2024-06-16", "2024-06-18")


def test_months_after_an_event_are_not_from_today() -> None:
    """ "Nine months after" counts from what the article is about, and says so."""
    [words] = _found("id", "sembilan bulan setelah Putin menyambut Kim")

    assert words.from_event
    resolved = resolve(words, MONDAY, 0)
    assert resolved is not None
    assert str(resolved.start) == "2023-09"


@pytest.mark.parametrize(
    ("language", "text"), [("en", "a three-day visit"), ("id", "selama tiga hari"), ("ko", "3일간")]
)
def test_durations(language: str, text: str) -> None:
    """How long a visit lasts is no date, but gives its end."""
    assert [words.duration for words in _found(language, text)] == [3]


@pytest.mark.parametrize("text", ["32 Juni 2024", "18/13/2024", "31 Februari 2024"])
def test_days_that_no_calendar_has_are_not_dates(text: str) -> None:
    """Nonsense is left out, not bent into a date."""
    resolved = [resolve(words, MONDAY, 0) for words in _found("id", text)]

    assert all(found is None or not found.start.is_day for found in resolved)


def test_without_the_articles_day_only_full_dates_are_told() -> None:
    """An undated article cannot say what "Tuesday" is."""
    assert resolve(_found("en", "on Tuesday")[0], None, 0) is None
    full = resolve(_found("en", "June 18, 2024")[0], None, 0)
    assert full is not None
    assert str(full.start) == "2024-06-18"


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)))
def test_indonesian_date_reads_back(day: dt.date) -> None:
    """A date written in full is the same date when read."""
    months: dict[int, str] = {}
    for name, number in load_pack("id").dates.months.items():
        months[number] = max(name, months.get(number, ""), key=len)
    text = f"{day.day} {months[day.month]} {day.year}"

    assert _resolved("id", text) == (str(day), None)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)))
def test_korean_date_reads_back(day: dt.date) -> None:
    """The same in Korean."""
    assert _resolved("ko", f"{day.year}년 {day.month}월 {day.day}일") == (str(day), None)


@pytest.mark.parametrize("text", ["4년 4개월 만에", "수교 30주년", "1992년 수교", "6일째"])
def test_counts_of_years_are_no_dates(text: str) -> None:
    """An anniversary or a count looks like a date, and tells no day of a visit."""
    assert _found("ko", text) == []


def test_a_last_day_told_alone_is_told_as_the_last() -> None:
    """ "Until the 12th" says when a visit ends, not when it begins."""
    words = _found("ko", "12일까지")

    assert [(w.day, w.until) for w in words] == [(12, True)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "this Tuesday, 18 June"),
        ("es", "el próximo martes 18 de junio"),
    ],
)
def test_a_weekday_gives_way_to_the_date_that_it_opens(language: str, text: str) -> None:
    """The weekday with its word is a date by itself; the fuller one is meant."""
    assert _resolved(language, text) == ("2024-06-18", None)


def test_since_yesterday_tells_a_beginning() -> None:
    """Who has been there since yesterday came yesterday; since 2012 something older has been so."""
    assert _resolved("es", "desde ayer") == ("2024-06-16", None)
    assert _found("es", "desde 2012") == []


def test_a_date_in_what_is_so_since_is_none() -> None:
    """ "Since his inauguration on 20 January" tells no visit; a date behind a longer phrase is its own."""
    assert _found("de", "seit trumps vereidigung am 20. januar") == []
    assert len(_found("de", "seit langem ist der besuch beim nachbarn für den 20. januar geplant")) == 1
