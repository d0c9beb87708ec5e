"""A briefing on the terminal: everything told, nothing wider than the screen, nothing that steers it."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from rich.cells import cell_len
from rich.console import Console

from bot.model import Briefing, Importance
from bot.render.terminal import render_terminal, render_text
from bot.render.wording import load_wording
from tests.briefings import any_briefing, item, korea, source

ENGLISH = load_wording("en")

EVERYTHING = (
    "Briefing: korea",
    "/brief south korea",
    "Vladimir Putin (Russia, president)",
    "Pyongyang, North Korea",
    "Kim Jong Un",
    "18",
    "Kantor",
    "persahabatan",
    "planned",
    "postponed",
    "푸틴 대통령이 18일 방북한다.",
    "https://news.example/Kantor?a=1&b=2",
    "Seoul markets close higher",
    "Slow Post",
)


def screen(briefing: Briefing, width: int = 80, *, terminal: bool = False) -> str:
    console = Console(width=width, force_terminal=terminal, color_system="standard" if terminal else None)
    with console.capture() as captured:
        console.print(render_terminal(briefing, load_wording(briefing.language)))
    return captured.get()


@pytest.mark.parametrize("words", EVERYTHING)
def test_the_screen_tells_everything(words: str) -> None:
    assert words in screen(korea(), width=200)


@pytest.mark.parametrize("words", EVERYTHING)
def test_plain_text_tells_everything(words: str) -> None:
    assert words in render_text(korea(), ENGLISH)


def test_the_order_is_explained_where_that_is_asked_for() -> None:
    parts = Importance(rank=0.35, sources=0.1, nearness=0.2, topics=0)
    briefing = korea(items=(item(importance=parts),))
    words = "Order: 0.65 = office 0.35 + sources 0.10 + nearness 0.20 + topics 0.00"

    assert words in render_text(briefing, ENGLISH, explain=True)
    assert words not in render_text(briefing, ENGLISH)


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("language", ["en", "id", "ko"])
def test_no_line_is_wider_than_the_screen(width: int, language: str) -> None:
    """Korean characters take two cells each."""
    drawn = screen(korea(language=language), width)

    assert max(map(cell_len, drawn.splitlines())) <= width


def test_a_narrow_screen_wraps_and_cuts_nothing_off() -> None:
    told = "".join(screen(korea(), 40).split())

    for words in EVERYTHING:
        assert "".join(words.split()) in told


def test_a_link_is_one_where_a_browser_can_open_it() -> None:
    drawn = screen(korea(), terminal=True)

    assert "\x1b]8;" in drawn
    odd = screen(
        korea(items=(item(sources=(source(url="javascript:alert(1)"),)),), headlines=()), terminal=True
    )
    assert "\x1b]8;" not in odd


def test_plain_text_keeps_a_long_link_whole() -> None:
    url = "https://news.example/" + "a" * 300

    assert (
        url
        in render_text(korea(items=(item(sources=(source(url=url),)),)), ENGLISH).replace(" ", "\n").split()
    )


def test_the_news_cannot_steer_the_terminal() -> None:
    """Escape sequences in a feed would recolour, retitle or overwrite what is on the screen."""
    odd = item(
        purpose="\x1b[31mred\x1b]0;title\x07 \x9b2J", sources=(source("\x1b[2J", evidence="\x1b[1A up"),)
    )
    briefing = korea(items=(odd,), query="\x1b[5m", note="\x1b[5m")

    drawn = screen(briefing) + render_text(briefing, ENGLISH)

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", drawn)
    assert "red" in drawn


def test_square_brackets_of_the_news_are_text() -> None:
    assert "[bold]x[/bold]" in screen(korea(note="[bold]x[/bold]"))


def test_a_briefing_without_trips_says_so() -> None:
    empty = korea(items=(), headlines=())

    assert ENGLISH.nothing(empty) in screen(empty)
    assert ENGLISH.nothing(empty) in render_text(empty, ENGLISH)


def test_one_trip_has_its_facts_as_lines_of_their_own_in_plain_text() -> None:
    lines = render_text(korea(), ENGLISH).splitlines()

    assert "  Certainty: planned" in lines
    assert "  When: July 2024" in lines


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_briefing())
def test_any_briefing_can_be_drawn(briefing: Briefing) -> None:
    wording = load_wording(briefing.language)

    assert screen(briefing).strip()
    assert render_text(briefing, wording).endswith("\n")
