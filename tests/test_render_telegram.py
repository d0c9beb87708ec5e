"""A briefing as Telegram messages."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import (
    Briefing,
    BriefingItem,
    Change,
    Conflict,
    FailedFeed,
    Headline,
    Narrowing,
    Section,
    Source,
)
from bot.render.telegram import render_telegram, render_telegram_text
from bot.render.telegram_parts import MOST_UNITS, utf16_units
from bot.render.wording import build_wording
from bot.render.words import known_languages, load_words
from digest.facts import Destination, PartialDate, Party, Status
from digest.world import World
from tests.servers.telegram_html import parse_html

NOW = dt.datetime(2024, 6, 17, 22, 30, tzinfo=dt.UTC)
WORLD = World(countries={}, people=(), places=(), regions=(), bodies=())
WORDING = build_wording(load_words("en"), WORLD)

ANY_TEXT = st.text(max_size=200) | st.text(alphabet=st.sampled_from("_*<&>😀한글 \n"), max_size=5000)


def source(name: str = "detikNews", **changes: Any) -> Source:
    values: dict[str, Any] = {
        "name": name,
        "url": "https://news.example/1?a=1&b=2",
        "language": "id",
        "published_at": NOW,
        "evidence": "Putin akan tiba di Pyongyang.",
    }
    return Source(**values | changes)


def item(**changes: Any) -> BriefingItem:
    values: dict[str, Any] = {
        "id": "t1",
        "section": Section.COMING,
        "visitors": (Party(name="Vladimir Putin", country=None, role="president"),),
        "destinations": (Destination(country="KP", place="Pyongyang"),),
        "start": PartialDate(2024, 6, 18),
        "status": Status.PLANNED,
        "sources": (source(),),
    }
    return BriefingItem(**values | changes)


def briefing(**changes: Any) -> Briefing:
    values: dict[str, Any] = {"id": "b1", "query": "", "generated_at": NOW, "language": "en"}
    return Briefing(**values | changes)


def seen(made: Briefing) -> str:
    """What a reader sees of all parts."""
    return "".join(parse_html(part.text)[0] for part in render_telegram(made, WORDING))


def test_a_trip_tells_who_where_when_why_how_sure_its_sentence_and_its_sources() -> None:
    conflicts = (Conflict(slot="status", value="cancelled", sources=("X",)),)
    trip = item(purpose="kerja sama", changed="possible -> planned", conflicts=conflicts)

    told = seen(briefing(items=(trip,), feeds_answered=2)).splitlines()

    assert told == [
        "Briefing · Mon 17 June 2024, 22:30",
        "",
        "Coming",
        "Vladimir Putin (president) → Pyongyang, KP",
        "Changed: possible → planned",
        "When: Tue 18 June 2024",
        "Why: “kerja sama”",
        "Certainty: planned",
        "certainty given as cancelled by X",
        "“Putin akan tiba di Pyongyang.”",
        "Sources: detikNews (Indonesian, Mon 17 June 2024)",
        "",
        "Feeds that answered: 2",
    ]


def test_every_source_is_a_link_and_every_sentence_a_quotation() -> None:
    (part,) = render_telegram(briefing(items=(item(),)), WORDING)

    entities = parse_html(part.text)[1]

    assert [e["url"] for e in entities if e["type"] == "text_link"] == ["https://news.example/1?a=1&b=2"]
    assert [e["type"] for e in entities].count("expandable_blockquote") == 1


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "/relative",
        "https://",
        "https://[broken",
        "https://a.example/" + "x" * 2000,
    ],
)
def test_what_is_no_web_address_is_no_link(url: str | None) -> None:
    (part,) = render_telegram(briefing(items=(item(sources=(source(url=url),)),)), WORDING)

    assert "<a " not in part.text
    assert "detikNews (Indonesian" in part.text


def test_markup_in_an_address_stays_inside_it() -> None:
    url = 'https://a.example/?q="><b>x</b>'

    (part,) = render_telegram(briefing(items=(item(sources=(source(url=url),)),)), WORDING)

    assert [e.get("url") for e in parse_html(part.text)[1] if "url" in e] == [url]


def test_a_section_is_titled_once_and_in_the_order_given() -> None:
    items = (
        item(section=Section.NOW),
        item(id="t2", section=Section.NOW),
        item(id="t3", section=Section.PAST),
    )

    told = seen(briefing(items=items))

    assert told.count("Under way and today") == 1
    assert told.index("Under way and today") < told.index("Looking back")


def test_a_sentence_that_several_outlets_print_is_quoted_once() -> None:
    told = seen(briefing(items=(item(sources=(source("A"), source("B"))),)))

    assert told.count("Putin akan tiba") == 1
    assert "Sources: A (Indonesian, Mon 17 June 2024) and B (Indonesian" in told


def test_a_long_sentence_is_cut_after_a_word() -> None:
    told = seen(briefing(items=(item(sources=(source(evidence="kata " * 400),)),)))

    assert "kata…”" in told
    assert len(told) < 1000


def test_a_long_sentence_of_a_script_without_spaces_is_cut_too() -> None:
    told = seen(briefing(items=(item(sources=(source(evidence="访" * 3000),)),)))

    assert told.count("访") == 397


def test_several_sentences_are_quoted_with_their_outlets() -> None:
    sources = tuple(source(name, evidence=f"Kalimat {name}.") for name in "ABCD")

    told = seen(briefing(items=(item(sources=sources),)))

    assert "“Kalimat A.” A (Indonesian, Mon 17 June 2024)\n“Kalimat B.” B (" in told
    assert "Kalimat D" not in told
    assert " and D (" in told


def test_headlines_link_to_their_first_article_and_name_their_outlets() -> None:
    headline = Headline(title="A & B", sources=(source("A"), source("B", url="https://b.example/")))

    (part,) = render_telegram(briefing(headlines=(headline,)), WORDING)

    assert "• A & B (A, B)" in parse_html(part.text)[0]
    assert [e["url"] for e in parse_html(part.text)[1] if "url" in e] == ["https://news.example/1?a=1&b=2"]


def test_choices_are_buttons_on_the_last_part() -> None:
    choices = (
        Narrowing(label="North Korea", query="north korea"),
        Narrowing(label="South Korea", query="south korea"),
    )
    headlines = tuple(Headline(title="x" * 300, sources=(source(),)) for _ in range(30))

    parts = render_telegram(briefing(narrowings=choices, headlines=headlines), WORDING)

    assert len(parts) > 1
    assert all(part.buttons == () for part in parts[:-1])
    assert parts[-1].buttons == (
        (("North Korea", "brief north korea"),),
        (("South Korea", "brief south korea"),),
    )


def test_a_trip_with_a_history_has_a_button_on_the_message_that_tells_it() -> None:
    steps = tuple(Change(at=NOW, change=change, source="A") for change in ("planned", "planned -> underway"))
    filler = tuple(item(id=f"f{n}", history=steps[:1], purpose="x" * 900) for n in range(5))
    late = item(id="12.0", history=steps, visitors=(Party(name="Tô Lâm", country="VN"),))

    parts = render_telegram(briefing(items=(*filler, late)), WORDING)

    (telling,) = (part for part in parts if "Tô Lâm" in part.text)
    ((label, data),) = telling.buttons[0]
    assert (label.startswith("History: Tô Lâm"), len(label) <= 60, data) == (True, True, "history 12.0")
    assert all(part.buttons == () for part in parts if part is not telling)


def test_an_answer_with_histories_tells_every_step_and_has_no_button_for_them() -> None:
    steps = (
        Change(at=NOW, change="planned", source="A"),
        Change(at=NOW, change="start 2024-06-16 -> 2024-06-18", source="B"),
    )

    (part,) = render_telegram(briefing(items=(item(history=steps),), tells_history=True), WORDING)

    text = parse_html(part.text)[0]
    assert "Mon 17 June 2024: first told as planned (A)" in text
    assert "first day: Sun 16 June 2024 → Tue 18 June 2024 (B)" in text
    assert part.buttons == ()


def test_a_choice_too_long_for_a_button_is_told_as_a_command_to_type() -> None:
    """A button sends back 64 bytes at most; cut short, it would ask for something else."""
    fits = Narrowing(label="fits", query="한" * 19 + "x")
    longer = Narrowing(label="longer", query="한" * 20)

    (part,) = render_telegram(briefing(narrowings=(fits, longer)), WORDING)

    assert part.buttons == ((("fits", f"brief {fits.query}"),),)
    assert f"/brief {longer.query}" in part.text


def test_an_empty_briefing_says_so_with_its_note_and_its_failed_feeds() -> None:
    failed = (FailedFeed(name="X", reason="HTTP 403: <html>"),)

    told = seen(briefing(query="mars", note="searched the headlines", feeds_failed=failed))

    assert "No visits known on “mars”." in told
    assert "searched the headlines" in told
    assert "failed: X (HTTP 403: <html>)" in told


@given(ANY_TEXT, ANY_TEXT, st.integers(1, 4))
def test_any_text_makes_messages_that_telegram_takes(text: str, other: str, count: int) -> None:
    trip = item(
        visitors=(Party(name=text, country=other[:2] or None, role=other),),
        hosts=(Party(name=other, country="KP"),),
        purpose=text,
        sources=tuple(source(text, evidence=other, url=text) for _ in range(count)),
    )
    made = briefing(
        query=text,
        note=other,
        items=(trip,) * count,
        headlines=(Headline(title=other, sources=(source(text),)),),
        feeds_failed=(FailedFeed(name=text, reason=other),),
    )

    for part in render_telegram(made, WORDING):
        assert parse_html(part.text)[0].strip()
        assert utf16_units(part.text) <= MOST_UNITS
        assert part.text.encode()


@pytest.mark.parametrize("name", ["x" * 4090, "한" * 4096, "😀" * 2048, "&" * 820])
def test_a_name_as_long_as_a_message_is_told_whole(name: str) -> None:
    assert seen(briefing(items=(item(visitors=(Party(name=name, country=None),)),))).count(name) == 1


def test_1250_headlines_all_arrive() -> None:
    headlines = tuple(Headline(title=f"<{n}> 한글 & 😀", sources=(source(),)) for n in range(1250))

    told = seen(briefing(headlines=headlines))

    assert all(f"<{n}> 한글 & 😀 (detikNews)" in told for n in range(1250))


@pytest.mark.parametrize("language", known_languages())
def test_help_and_refusals_are_messages_too(language: str) -> None:
    wording = build_wording(load_words(language), WORLD)

    for text in (wording.help_text, wording.start_text, wording.stranger("-100"), wording.trouble):
        (part,) = render_telegram_text(text)

        assert parse_html(part.text)[0] == text
