"""Reading whole articles: bad input, and the laws that hold for any text."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.facts import Article, PartialDate, Scope, Status
from digest.reading import LONGEST, read

MONDAY = dt.date(2024, 6, 17)


def _read(text: str, title: str | None = None) -> list[tuple[str | None, str, str]]:
    reading = read(Article(text=text, title=title, published_at=MONDAY))
    return [(v.visitors[0].name, v.country, str(v.status)) for v in reading.visits]


@pytest.mark.parametrize(
    ("text", "language", "note"),
    [
        ("", None, "empty"),
        ("  \n\t ", None, "empty"),
        ("\x00\x01\x02\x03" * 200, None, "binary, not text"),
        ("12345", None, "too little text to tell the language"),
        (
            "Minister-president Rutte bezoekt volgende week Indonesië voor overleg over handel en klimaat.",
            "nl",
            "no pack for language nl",
        ),
    ],
)
def test_what_cannot_be_read_is_a_reading_that_says_so(text: str, language: str | None, note: str) -> None:
    """No exception, no guess: a value that names the reason."""
    reading = read(Article(text=text, published_at=MONDAY))

    assert (reading.language, reading.note, reading.visits) == (language, note, ())


def test_a_huge_article_is_read_from_its_beginning() -> None:
    """Five megabytes do not hang the poll, and the reading says what was left out."""
    lead = "Russian President Vladimir Putin will visit North Korea on Tuesday, the Kremlin said.\n"
    article = Article(
        text=lead + "The weather stays fine in the whole country. " * 120_000, published_at=MONDAY
    )

    reading = read(article)

    assert [v.country for v in reading.visits] == ["KP"]
    assert reading.note == f"only the first {LONGEST} characters were read"


PIECES = [
    *(
        "Putin",
        "President",
        "Vladimir Putin",
        "will visit",
        "North Korea",
        "on Tuesday",
        ",",
        ".",
        "met",
        "and",
    ),
    *("Kim Jong Un", "in Moscow", "Presiden", "berkunjung ke", "Selasa (16/6/2024)", "the Kremlin said"),
    *("푸틴 대통령이", "평양을 방문", "18~19일", "(", ")", "\n", '"', "🙂", "\u0301", "İ", "…", "-", "--"),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from([None, MONDAY]))
def test_any_text_gives_visits_that_lie_in_it(words: list[str], day: dt.date | None) -> None:
    """No text makes the reading fail; every fact stands in the article, and its parts are consistent."""
    article = Article(text=" ".join(words), title="Putin in Pyongyang", published_at=day)

    reading = read(article)

    assert reading == read(article)
    for number, visit in enumerate(reading.visits):
        assert article.source[visit.evidence.start : visit.evidence.end] == visit.evidence.text
        assert visit.date_text is None or visit.date_text in article.source
        assert visit.purpose is None or visit.purpose in article.source
        assert visit.visitors
        assert len({d.country for d in visit.destinations}) == 1
        assert visit.start is None or visit.end is None or visit.start.earliest <= visit.end.latest
        assert 0.0 <= visit.confidence <= 1.0
        assert visit.follows is None or visit.follows != number
        domestic = visit.visitors[0].country == visit.country
        assert (visit.scope is Scope.DOMESTIC) == domestic


def test_without_a_date_of_its_own_the_article_gives_no_relative_dates() -> None:
    """ "On Tuesday" of an undated article is not known."""
    reading = read(Article(text="Russian President Vladimir Putin will visit North Korea on Tuesday."))

    assert [(v.start, v.status) for v in reading.visits] == [(None, Status.PLANNED)]


def test_a_phone_call_is_no_visit() -> None:
    """Nor is a video summit, nor a government that speaks."""
    assert _read("Putin and Kim Jong Un spoke by phone on Monday, the Kremlin said in Moscow.") == []
    assert _read("Xi Jinping and Joe Biden held a video summit on Monday.") == []


def test_tourists_and_websites_are_no_visitors() -> None:
    """Only who holds an office travels officially."""
    assert (
        _read("More than two million tourists visited Bali last year, and visits to its website doubled.")
        == []
    )


def test_a_visit_received_at_home_is_the_guests_visit() -> None:
    """ "Macron received Prabowo" sends Prabowo to France."""
    assert _read(
        "French President Emmanuel Macron received Indonesian President Prabowo Subianto on Monday."
    ) == [("Prabowo Subianto", "FR", "completed")]


def test_a_capital_told_short_and_long_is_one_place() -> None:
    """ "Delhi" in the headline is the New Delhi of the text."""
    reading = read(
        Article(
            title="Sullivan in Delhi for talks with Modi",
            text="US envoy Jake Sullivan met Prime Minister Narendra Modi in New Delhi on Monday.",
            published_at=MONDAY,
        )
    )

    assert [[place.place for place in visit.destinations] for visit in reading.visits] == [["New Delhi"]]


def test_a_day_that_something_lasts_until_is_its_last() -> None:
    """ "Sampai 20 Juni" begins nothing."""
    text = "Perdana Menteri China Li Qiang terbang ke Malaysia dan akan berada di Malaysia sampai 20 Juni."
    reading = read(Article(text=text, published_at=MONDAY))

    assert [(visit.start, str(visit.end)) for visit in reading.visits] == [(None, "2024-06-20")]


@pytest.mark.parametrize(
    ("when", "told"),
    [("on Tuesday", "2024-06"), ("on 18 June", "2024-06-18"), ("next month", "2024-07")],
)
def test_of_an_article_of_which_only_the_month_is_known_no_day_is_guessed(when: str, told: str) -> None:
    """The month tells the year of a date, but not which Tuesday."""
    text = f"Russian President Vladimir Putin will visit North Korea {when}, the Kremlin said."
    [visit] = read(Article(text=text, published_at=PartialDate(2024, 6))).visits
    assert str(visit.start) == told


def test_a_dateline_that_is_a_sentence_says_where_here_is() -> None:
    """Indian agencies end theirs with the mark that ends sentences."""
    text = "मास्को, 17 जून (भाषा)। भारत के प्रधानमंत्री नरेंद्र मोदी सोमवार को यहां पहुंचे।"
    [visit] = read(Article(text=text, published_at=dt.date(2024, 6, 17))).visits
    assert visit.country == "RU"


def test_to_be_received_by_ones_own_president_at_home_is_no_visit() -> None:
    """A minister goes there every week."""
    text = (
        "Russian Foreign Minister Sergei Lavrov was received by President Vladimir Putin in Moscow on Monday."
    )
    assert _read(text) == []
    assert (
        _read(text.replace("Russian Foreign Minister Sergei Lavrov", "Chinese Foreign Minister Wang Yi"))
        != []
    )
