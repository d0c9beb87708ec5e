"""How a reading came about, for whoever doubts it."""

import datetime as dt
import re

from digest.explain import explain
from digest.facts import Article

MONDAY = dt.date(2024, 6, 17)


def _lines(text: str, title: str | None = None) -> list[str]:
    return [line.strip() for line in explain(Article(text=text, title=title, published_at=MONDAY))]


def test_what_cannot_be_read_is_said_in_one_line() -> None:
    """No derivation of nothing: the language and the reason."""
    assert _lines("") == ["language: unknown (empty)"]
    assert _lines("Minister-president Rutte bezoekt volgende week Indonesië voor overleg over handel.") == [
        "language: nl (no pack for language nl)"
    ]


def test_an_article_without_a_visit_tells_its_language() -> None:
    """Nothing found is a result too."""
    assert _lines("The weather stays fine in the whole country until the end of the week.") == [
        "language: en"
    ]


def test_a_visit_is_told_with_everything_that_made_it() -> None:
    """Headline, salience, rule, sentence, trigger, cues, candidates with scores, purpose and dates."""
    lines = _lines(
        "Russian President Vladimir Putin will visit Pyongyang on 18 June for talks on trade, officials said."
    )

    assert lines[0] == "language: en"
    assert lines[2] == "1. Vladimir Putin -> Pyongyang (KP), 2024-06-18..?, planned"
    assert lines[3].startswith("headline, rule en/visit/")
    assert lines[4].startswith("- Russian President Vladimir Putin will visit")
    assert lines[5].startswith("trigger 'visit' (visit/")
    assert lines[6].startswith("cues: ")
    assert any(re.match(r"visitor Vladimir Putin: 0\.\d\d, taken: marked by nothing", line) for line in lines)
    assert any(re.match(r"goal Pyongyang: 0\.\d\d, taken: marked by nothing, 1 char", line) for line in lines)
    assert any(line.startswith("purpose: ") and "trade" in line for line in lines)
    assert lines[-1] == "dates: 2024-06-18..? from '18 June'; status: planned"


def test_a_visitor_without_a_name_is_told_by_office() -> None:
    """ "president of JP" where nobody is named."""
    lines = _lines("The Brazilian defence minister will visit Germany next week, officials said on Monday.")

    assert any(line.startswith("1. defence minister of BR -> DE (DE)") for line in lines)


def test_a_length_without_a_day_is_told() -> None:
    """How long a visit lasts is worth a word, though no day is known."""
    lines = _lines(
        "Russian President Vladimir Putin will pay a three-day visit to North Korea, officials said."
    )

    assert any(line.startswith("dates: none, 3 days long; status: ") for line in lines)


def test_claims_that_made_no_visit_are_listed() -> None:
    """What the engine saw and did not believe is shown as well."""
    lines = _lines("The company's president John Roe visited Germany on Monday, officials said.")

    assert "claims that made no visit:" in lines
    assert any("John Roe -> DE" in line for line in lines)


def test_a_long_sentence_is_cut() -> None:
    """The derivation stays readable; the reading keeps the whole sentence."""
    tail = "and spoke of the harvest and the weather " * 6
    lines = _lines(f"Russian President Vladimir Putin will visit North Korea on 18 June {tail}.")

    assert any(line.startswith("- Russian President") and line.endswith("...") for line in lines)


def test_who_was_not_taken_is_told_with_the_reason() -> None:
    """Whoever reads a wrong fact wants to know what the right one lacked."""
    lines = _lines(
        "Russian President Vladimir Putin will visit Pyongyang on 18 June, where Kim Jong Un will greet him."
    )
    assert any(re.match(r"visitor Kim Jong Un: fits no slot, not taken: \w", line) for line in lines)
