"""The local Telegram: as strict as the real one, and speaking its language."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import telegram

from tests.servers.telegram import Fault, TelegramServer
from tests.servers.telegram_html import BadMarkupError, parse_html
from tests.servers.telegram_methods import METHODS
from tests.servers.telegram_spec import SPEC, described, misfits

CHAT = -1001234567890


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        running.add_chat(CHAT)
        yield running


async def call(server: TelegramServer, method: str, **parameters: Any) -> dict[str, Any]:
    """What the server answers to a raw request."""
    form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in parameters.items()}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.base_url}/bot{server.token}/{method}", data=form) as response,
    ):
        answer: dict[str, Any] = await response.json()
        assert response.status == (200 if answer["ok"] else answer["error_code"])
        return answer


async def every_answer(server: TelegramServer) -> list[tuple[str, Any]]:
    """(type of Telegram's, value) for everything the server says."""
    server.add_chat(-5, kind="channel")
    button = {"inline_keyboard": [[{"text": "North Korea", "callback_data": "brief north korea"}]]}
    sent = await call(
        server,
        "sendMessage",
        chat_id=CHAT,
        text='<b>x</b> <a href="https://a.example">y</a>',
        parse_mode="HTML",
        message_thread_id=7,
        reply_markup=button,
    )
    message_id = sent["result"]["message_id"]
    server.press(CHAT, "brief north korea")
    edited = await call(server, "editMessageText", chat_id=CHAT, message_id=message_id, text="z")
    server.type(CHAT, "/brief korea", thread_id=7)
    server.type(42, "hello")
    server.type(-5, "/brief@attache_bot")
    server.migrate(CHAT, CHAT - 1)
    updates = await call(server, "getUpdates")
    return [
        ("Message", sent["result"]),
        ("Message", edited["result"]),
        ("User", (await call(server, "getMe"))["result"]),
        ("ChatFullInfo", (await call(server, "getChat", chat_id=42))["result"]),
        *(("Update", update) for update in updates["result"]),
    ]


async def test_what_it_answers_is_what_the_library_reads(server: TelegramServer) -> None:
    """A field missing or made up would let the bot work here and fail in life."""
    answers = await every_answer(server)

    assert len(answers) == 9
    for kind, value in answers:
        read = getattr(telegram, kind).de_json(value, None)
        assert not read.api_kwargs
        if kind == "Update":
            assert read.effective_chat is not None


@pytest.mark.skipif(not SPEC.exists(), reason="Telegram's description is not on this machine")
async def test_what_it_answers_is_what_telegram_describes(server: TelegramServer) -> None:
    types = described()["types"]

    for kind, value in await every_answer(server):
        assert misfits(types, kind, value) == []


@pytest.mark.skipif(not SPEC.exists(), reason="Telegram's description is not on this machine")
def test_what_it_takes_is_what_telegram_describes() -> None:
    methods = described()["methods"]

    for method, parameters in METHODS.items():
        told = {field["name"]: field for field in methods[method].get("fields", [])}
        assert set(parameters) <= set(told)
        for name, parameter in parameters.items():
            assert parameter.required == told[name]["required"], (method, name)
            assert list(parameter.types) == told[name]["types"], (method, name)
        for name, field in told.items():
            assert not field["required"] or name in parameters, (method, name)


@pytest.mark.parametrize(
    ("method", "parameters", "reason"),
    [
        ("sendDice", {"chat_id": CHAT}, "Not Found: method not found"),
        ("sendMessage", {"chat_id": CHAT, "text": "x", "colour": "red"}, "no parameter colour"),
        ("sendMessage", {"chat_id": CHAT}, "parameter text is required"),
        ("sendMessage", {"chat_id": CHAT, "text": " "}, "message text is empty"),
        ("sendMessage", {"chat_id": CHAT, "text": "한" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": CHAT, "text": "😀" * 2049}, "message is too long"),
        ("sendMessage", {"chat_id": CHAT, "text": "<p>", "parse_mode": "HTML"}, "can't parse entities"),
        ("sendMessage", {"chat_id": 99, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": CHAT, "text": "x", "reply_parameters": "{"}, "can't parse parameter"),
        (
            "sendMessage",
            {
                "chat_id": CHAT,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "한" * 22}]]},
            },
            "BUTTON_DATA_INVALID",
        ),
        ("setMyCommands", {"commands": [{"command": "Brief", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("editMessageText", {"chat_id": CHAT, "message_id": 1, "text": "x"}, "message to edit not found"),
    ],
)
async def test_what_telegram_refuses_is_refused_in_its_words(
    server: TelegramServer, method: str, parameters: dict[str, Any], reason: str
) -> None:
    answer = await call(server, method, **parameters)

    assert not answer["ok"]
    assert reason in answer["description"]
    assert server.sent == []


@pytest.mark.parametrize("text", ["한" * 4096, "😀" * 2048])
async def test_a_text_of_exactly_the_limit_is_taken(server: TelegramServer, text: str) -> None:
    assert (await call(server, "sendMessage", chat_id=CHAT, text=text))["ok"]


async def test_another_token_is_refused(server: TelegramServer) -> None:
    server.token = "7000000001:another"  # noqa: S105
    good = await call(server, "getMe")
    url = f"{server.base_url}/bot7000000001:wrong/getMe"

    async with aiohttp.ClientSession() as session, session.post(url) as response:
        assert response.status == 401
    assert good["ok"]


async def test_faults_meet_one_call_each(server: TelegramServer) -> None:
    server.faults.append(Fault(code=429, description="Too Many Requests: retry after 7", retry_after=7))

    first = await call(server, "sendMessage", chat_id=CHAT, text="x")
    second = await call(server, "sendMessage", chat_id=CHAT, text="x")

    assert first["parameters"] == {"retry_after": 7}
    assert second["ok"]


async def test_a_lost_answer_is_a_message_taken(server: TelegramServer) -> None:
    server.faults.append(Fault(lose_answer=True))

    with pytest.raises(aiohttp.ClientError):
        await call(server, "sendMessage", chat_id=CHAT, text="x")
    assert [sent.text for sent in server.sent] == ["x"]


async def test_a_moved_chat_tells_its_new_id(server: TelegramServer) -> None:
    server.migrate(CHAT, CHAT - 1)

    answer = await call(server, "sendMessage", chat_id=CHAT, text="x")

    assert answer["parameters"] == {"migrate_to_chat_id": CHAT - 1}


async def test_updates_wait_for_somebody_to_type_and_are_forgotten_once_confirmed(
    server: TelegramServer,
) -> None:
    polling = asyncio.ensure_future(call(server, "getUpdates", timeout=10))
    await server.until_called("getUpdates")
    server.type(CHAT, "hello")
    (update,) = (await polling)["result"]

    again = await call(server, "getUpdates", offset=update["update_id"] + 1)

    assert update["message"]["text"] == "hello"
    assert again["result"] == []


async def test_updates_not_asked_for_are_held_back(server: TelegramServer) -> None:
    server.type(CHAT, "hello")

    assert (await call(server, "getUpdates", allowed_updates=["callback_query"]))["result"] == []


async def test_a_second_poller_throws_the_first_one_out(server: TelegramServer) -> None:
    first = asyncio.ensure_future(call(server, "getUpdates", timeout=10))
    await server.until_called("getUpdates")

    await call(server, "getUpdates", timeout=0)

    assert (await first)["error_code"] == 409


@pytest.mark.parametrize(
    "markup", ["<b>x", "x</b>", "<b><i>x</b></i>", "<p>x</p>", "a & b", "&nbsp;", "a < b", "<a>x</a>"]
)
def test_sloppy_markup_is_refused(markup: str) -> None:
    with pytest.raises(BadMarkupError):
        parse_html(markup)


def test_entities_count_utf16_units() -> None:
    text, entities = parse_html("😀<b>한&lt;</b>")

    assert text == "😀한<"
    assert entities == [{"type": "bold", "offset": 2, "length": 2}]
