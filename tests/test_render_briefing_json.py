"""A briefing as JSON: the contract that scripts rely on, and nothing lost on the way back."""

import json

import pytest
from hypothesis import given

from bot.model import Briefing
from bot.render.briefing_json import from_json, to_json
from tests.briefings import any_briefing, korea


@given(any_briefing())
def test_reading_back_gives_the_same_briefing(briefing: Briefing) -> None:
    """The store keeps briefings as JSON text and sends from them."""
    text = json.dumps(to_json(briefing))

    assert from_json(json.loads(text)) == briefing


def test_the_top_level_holds_what_the_contract_names() -> None:
    printed = to_json(korea())

    assert printed["query"] == "korea"
    assert printed["generated_at"] == "2024-06-18T22:30:00+00:00"
    assert printed["language"] == "en"
    assert printed["feeds"] == {"answered": 27, "failed": [{"name": "Slow Post", "reason": "timeout"}]}
    assert printed["headlines"][0]["title"] == "Seoul markets close higher"


def test_an_item_holds_what_the_contract_names() -> None:
    first = to_json(korea())["items"][0]

    assert first["section"] == "coming"
    assert first["visitors"] == [{"name": "Vladimir Putin", "country": "RU", "role": "president"}]
    assert first["destinations"] == [{"country": "KP", "place": "Pyongyang"}]
    assert (first["hosts"][0]["name"], first["hosts"][0]["country"]) == ("Kim Jong Un", "KP")
    assert (first["start"], first["end"], first["status"]) == ("2024-06-18", "2024-06-19", "planned")
    assert first["conflicts"] == [{"slot": "start", "value": "2024-06-16", "sources": ["Kantor"]}]
    assert first["history"] == [
        {"at": "2024-06-17T04:00:00+00:00", "change": "possible -> planned", "source": "Kantor"}
    ]
    assert first["tour"] == [
        {"id": "t1", "country": "KP", "start": "2024-06-18"},
        {"id": "t9", "country": "VN", "start": None},
    ]
    told = first["sources"][0]
    assert (told["name"], told["lang"], told["published"]) == ("Kantor", "id", "2024-06-17T03:00:00+00:00")
    assert told["url"].startswith("https://")
    assert "Korea Utara" in told["evidence"]


def test_a_date_known_to_the_month_stays_a_month() -> None:
    assert to_json(korea())["items"][1]["start"] == "2024-07"


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {**to_json(korea()), "generated_at": "yesterday"},
        {**to_json(korea()), "items": [{"id": "t1"}]},
        {**to_json(korea()), "feeds": None},
    ],
)
def test_what_is_no_briefing_is_refused_in_one_line(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^not a briefing: [^\n]*$"):
        from_json(broken)
