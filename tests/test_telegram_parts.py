"""Cutting Telegram HTML into messages."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.telegram_parts import (
    MOST_ENTITIES,
    MOST_UNITS,
    plain_text,
    split_html,
    utf16_units,
)
from tests.servers import telegram_html

#: The characters that have broken messages of other bots, and those that fill two units.
ODD = st.text(alphabet=st.sampled_from("_*<&>`[]~ \n😀👨‍👩‍👧한글é\u0301a."), max_size=60)

#: Pieces of what the renderer writes.
PIECE = st.one_of(
    ODD.map(html.escape),
    ODD.filter(str.strip).map(lambda text: f"<b>{html.escape(text)}</b>"),
    ODD.map(lambda text: f'<a href="https://a.example/?q=1&amp;r=2">{html.escape(text)}</a>'),
    ODD.map(lambda text: f"<blockquote expandable>{html.escape(text)}</blockquote>"),
    st.integers(1, 900).map(lambda count: "한" * count),
    st.integers(1, 900).map(lambda count: "word " * count),
    st.just("\n\n"),
)


def visible(parts: tuple[str, ...]) -> str:
    return "".join(plain_text(part) for part in parts)


@given(st.lists(PIECE, min_size=1, max_size=40))
def test_parts_are_whole_messages_that_rejoin_to_the_text(pieces: list[str]) -> None:
    """Nothing is lost, cut through or too long, whatever the text."""
    markup = f"<b>x</b>{''.join(pieces)}."

    parts = split_html(markup)

    assert visible(parts) == plain_text(markup)
    for part in parts:
        text, entities = telegram_html.parse_html(part)
        assert text.strip()
        assert utf16_units(part) <= MOST_UNITS
        assert len(entities) <= MOST_ENTITIES
        assert len(part.encode()) <= 32 * 1024


@pytest.mark.parametrize("units", [4095, 4096, 4097])
@pytest.mark.parametrize("text", ["한글😀", "_*<&>", "a"])
def test_the_limit_is_kept_to_the_unit(units: int, text: str) -> None:
    markup = ""
    for char in text * units:
        if utf16_units(markup) + utf16_units(html.escape(char)) > units:
            break
        markup += html.escape(char)
    markup += "a" * (units - utf16_units(markup))

    parts = split_html(markup)

    assert len(parts) == (1 if units <= MOST_UNITS else 2)
    assert visible(parts) == plain_text(markup)


def test_a_pair_of_surrogates_at_the_limit_goes_to_the_next_message() -> None:
    markup = "a" * (MOST_UNITS - 1) + "😀"

    assert split_html(markup) == ("a" * (MOST_UNITS - 1), "😀")


def test_no_message_is_made_of_nothing_but_the_space_between_two() -> None:
    """Telegram refuses a message without a visible character."""
    markup = "a" * MOST_UNITS + "\n\n" + "b" * MOST_UNITS

    parts = split_html(markup)

    assert all(part.strip() for part in parts)
    assert visible(parts) == markup


def test_paragraphs_stay_whole_where_they_can() -> None:
    paragraphs = [f"{number} " + "word " * 300 + "end" for number in range(5)]

    parts = split_html("\n\n".join(paragraphs))

    assert [part.strip() for part in parts] == [
        "\n\n".join(paragraphs[:2]),
        "\n\n".join(paragraphs[2:4]),
        paragraphs[4],
    ]


def test_a_long_paragraph_is_cut_between_lines() -> None:
    lines = [f"line {number} " + "x" * 90 for number in range(100)]

    parts = split_html("\n".join(lines))

    assert "\n".join(part.strip() for part in parts) == "\n".join(lines)
    assert all(re.match(r"line \d", part) for part in parts)


def test_a_quotation_of_1250_lines_is_a_quotation_in_every_message() -> None:
    lines = "&lt;한글&gt; &amp; 😀\n" * 1250
    markup = f"<blockquote expandable>{lines}</blockquote>."

    parts = split_html(markup)

    assert visible(parts) == plain_text(markup)
    assert all(part.startswith("<blockquote expandable>") for part in parts)
    assert all(telegram_html.parse_html(part) for part in parts)


def test_links_beyond_a_hundred_go_to_the_next_message() -> None:
    """Telegram forgets the formatting after the hundredth entity, so that links would be lost."""
    markup = "\n".join(f'<a href="https://a.example/">{number}</a>' for number in range(150))

    entities = [telegram_html.parse_html(part)[1] for part in split_html(markup)]

    assert [len(found) for found in entities] == [100, 50]
