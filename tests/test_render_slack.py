"""Slack messages of a briefing: everything told, and nothing that Slack would refuse."""

import dataclasses
import json
import re
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import Briefing, Headline, Narrowing, Part
from bot.render.slack import NARROW_ACTION, render_slack, slack_text
from bot.render.wording import load_wording
from digest.facts import Party
from tests.briefings import AWKWARD, any_briefing, item, korea, source
from tests.servers.slack_blocks import MAX_CHARACTERS, block_problems, texts_of

ENGLISH = load_wording("en")


def draw(briefing: Briefing) -> tuple[Part, ...]:
    return render_slack(briefing, load_wording(briefing.language))


def told(parts: tuple[Part, ...]) -> str:
    """All texts that a reader sees, in order."""
    return "\n".join(text["text"] for part in parts for text in texts_of(part.blocks))


def problems(part: Part) -> list[str]:
    """What Slack would refuse about a message."""
    size = len(json.dumps(part.blocks, ensure_ascii=False)) + len(part.text)
    too_long = [f"{size} characters"] if size > MAX_CHARACTERS else []
    no_text = [] if part.text else ["no_text"]
    return [*block_problems(part.blocks), *too_long, *no_text]


def test_the_sample_briefing_is_one_message_that_slack_takes() -> None:
    parts = draw(korea())

    assert len(parts) == 1
    assert problems(parts[0]) == []


def test_a_trip_is_told_with_who_where_when_why_certainty_and_its_sentence() -> None:
    text = told(draw(korea()))

    for words in (
        "Putin",
        "Pyongyang",
        "Kim Jong Un",
        "18",
        "June 2024",
        "persahabatan",
        "planned",
        "Selasa",
    ):
        assert words in text


def test_the_message_opens_with_a_header_and_ends_with_the_feeds() -> None:
    blocks = draw(korea())[0].blocks

    assert blocks[0]["type"] == "header"
    assert blocks[-1]["type"] == "context"
    assert "Slow Post" in json.dumps(blocks[-1])


def test_sections_are_divided() -> None:
    """Three sections and the headlines: each opens with a divider."""
    kinds = [block["type"] for block in draw(korea())[0].blocks]

    assert kinds.count("divider") == 4


def test_an_ambiguous_topic_offers_a_button_a_choice() -> None:
    actions = [block for block in draw(korea())[0].blocks if block["type"] == "actions"]

    buttons = json.loads(json.dumps(actions[0]["elements"]))
    assert [button["action_id"] for button in buttons] == [f"{NARROW_ACTION}0", f"{NARROW_ACTION}1"]
    assert [button["value"] for button in buttons] == ["south korea", "north korea"]
    assert [button["text"]["text"] for button in buttons] == ["South Korea", "North Korea"]


def test_a_source_is_a_link_whose_url_is_escaped_as_slack_wants() -> None:
    text = told(draw(korea()))

    assert "<https://news.example/Kantor?a=1&amp;b=2|Kantor" in text


def test_a_bar_in_a_url_does_not_end_it() -> None:
    odd = item(sources=(source(url="https://news.example/a|b<c>d"),))

    assert "<https://news.example/a%7Cb&lt;c&gt;d|" in told(draw(korea(items=(odd,))))


@pytest.mark.parametrize("url", ["file:///home/seeds/a.xml", "javascript:alert(1)", "https://", None])
def test_what_a_browser_cannot_open_is_no_link(url: str | None) -> None:
    text = told(draw(korea(items=(item(sources=(source("Kantor", url=url),)),), headlines=())))

    assert "Kantor" in text
    assert not re.search(r"<[^>]*\|", text)


def test_text_of_the_news_is_never_markup() -> None:
    """No mention, no link, no entity of theirs; quotation marks stay as they are."""
    odd = item(
        visitors=(Party(name=AWKWARD, country=None),),
        purpose=AWKWARD,
        sources=(source(AWKWARD, evidence=AWKWARD),),
    )
    text = told(draw(korea(items=(odd,), note=AWKWARD, headlines=())))

    assert "<!channel>" not in text
    assert "<@U1>" not in text
    assert "&lt;!channel&gt;" in text
    assert '"q"' in text
    assert re.sub(r"<https://[^<>|]*\|[^<>]*>", "", text).count("<") == 0


def test_direction_marks_of_the_news_do_not_turn_the_text_around_them() -> None:
    assert "\u202e" not in told(draw(korea(note=AWKWARD)))


def test_the_fallback_text_names_the_briefing_and_its_trips() -> None:
    """It is all that a notification and a screen reader have."""
    text = draw(korea())[0].text

    assert text.splitlines()[0] == ENGLISH.heading(korea())
    assert "Putin" in text


def test_the_same_sentence_of_two_sources_is_quoted_once() -> None:
    twice = item(sources=(source("A", evidence="Same words."), source("B", evidence="Same words.")))

    assert told(draw(korea(items=(twice,), headlines=()))).count("Same words.") == 1


def test_two_hundred_trips_are_a_parent_and_replies_that_lose_none() -> None:
    trips = tuple(item(id=f"t{n}", visitors=(Party(name=f"Visitor-{n}.", country="RU"),)) for n in range(200))

    parts = draw(korea(items=trips))

    assert len(parts) > 1
    assert [problem for part in parts for problem in problems(part)] == []
    text, fallbacks = told(parts), "\n".join(part.text for part in parts)
    for number in range(200):
        assert text.count(f"Visitor-{number}.") == 1
        assert f"Visitor-{number}." in fallbacks


def test_a_choice_that_would_ask_nothing_has_no_button() -> None:
    """Slack drops an empty value, and then the button would not say what it means."""
    empty = Narrowing(label="0", query="\x1b")
    parts = draw(korea(narrowings=(empty, Narrowing(label="x", query="x"))))
    (actions,) = (block for part in parts for block in part.blocks if block["type"] == "actions")
    (button,) = cast(list[dict[str, object]], actions["elements"])

    assert button["value"] == "x"


@pytest.mark.parametrize("narrowings", [(), (Narrowing(label="x", query="x"),)])
def test_many_small_trips_keep_to_fifty_blocks_a_message(narrowings: tuple[Narrowing, ...]) -> None:
    """Where blocks are short their number is the limit, not their length."""
    small = tuple(
        item(
            id=f"t{number}",
            visitors=(Party(name="A", country=None),),
            hosts=(),
            start=None,
            end=None,
            date_conflict=False,
            purpose=None,
            conflicts=(),
            sources=(source("B", url=None, evidence="", language=None, published_at=None),),
        )
        for number in range(60)
    )

    parts = draw(korea(items=small, narrowings=narrowings))

    assert [problem for part in parts for problem in problems(part)] == []
    assert max(len(part.blocks) for part in parts) in (49, 50)


@pytest.mark.parametrize("length", range(90, 110))
def test_headlines_fill_their_sections_up_to_slacks_limit(length: int) -> None:
    news = tuple(
        Headline(title="x" * length, sources=(source("Post", url=None, language=None),)) for _ in range(200)
    )

    parts = draw(korea(items=(), headlines=news))

    sections = [text["text"] for part in parts for text in texts_of(part.blocks) if text["text"][0] == "•"]
    assert 2_850 < max(map(len, sections)) <= 3_000
    assert told(parts).count("•") == 200


@pytest.mark.parametrize("length", [2_999, 3_000, 3_001, 12_999, 13_001])
@pytest.mark.parametrize("character", ["x", "&", "한", "🇰"])
def test_texts_around_slacks_limits_are_cut_not_refused(length: int, character: str) -> None:
    long = (character * length)[:length]
    briefing = korea(
        query=long,
        note=long,
        items=(item(purpose=long, sources=(source(long, evidence=long, url=f"https://e.example/{long}"),)),),
        headlines=(Headline(title=long, sources=(source(long),)),),
        narrowings=(Narrowing(label=long, query="korea"), Narrowing(label="x", query=long)),
    )

    assert [problem for part in draw(briefing) for problem in problems(part)] == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_briefing())
def test_slack_takes_any_briefing(briefing: Briefing) -> None:
    parts = draw(briefing)

    assert parts
    assert [problem for part in parts for problem in problems(part)] == []


@given(st.text(max_size=200))
def test_no_entity_is_cut(text: str) -> None:
    """Every `&` that is drawn begins one of Slack's three entities."""
    note = (text + "&<>") * 40

    drawn = told(draw(korea(note=note, items=(), headlines=())))

    assert re.search(r"&(?!amp;|lt;|gt;)", drawn) is None


def test_drawing_twice_gives_the_same_messages() -> None:
    assert draw(korea()) == draw(dataclasses.replace(korea()))


def test_a_briefing_without_trips_says_so() -> None:
    empty = korea(items=(), headlines=(), narrowings=())

    assert ENGLISH.nothing(empty) in told(draw(empty))


def test_an_answer_that_is_no_briefing_is_escaped_and_keeps_its_lines() -> None:
    parts = slack_text("/brief <topic>\n\nA & B")

    assert [part.text for part in parts] == ["/brief &lt;topic&gt;\n\nA &amp; B"]


def test_a_long_answer_is_several_messages() -> None:
    parts = slack_text("\n".join(f"line {number} " + "x" * 90 for number in range(100)))

    assert len(parts) > 1
    assert all(len(part.text) <= 3_000 for part in parts)
    assert "line 99" in parts[-1].text
