"""The Telegram adapter against a real local server."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import stamina
from telegram.error import NetworkError

from bot.adapters.telegram import TelegramBot
from bot.adapters.telegram_messenger import TelegramMessenger, bot_url, check_telegram
from bot.errors import (
    DeliveryError,
    DeliveryRefusedError,
    DeliveryUncertainError,
    PlatformError,
    RateLimitedError,
    StoreError,
)
from bot.model import Part
from tests.servers.telegram import Fault, TelegramServer
from tests.servers.telegram_spec import SPEC, described, misfits

GROUP = -1001234567890
COMMANDS = {"brief": "Visits", "help": "Help", "start": "Start"}


@dataclass
class Desk:
    """The use case behind the bot, and what it was asked."""

    parts: Sequence[Part] = (Part(text="<b>answer</b>"),)
    error: Exception | None = None
    asked: list[tuple[str, str, str, str]] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    async def answer(self, command: str, argument: str, chat_id: str, user_name: str) -> Sequence[Part]:
        self.asked.append((command, argument, chat_id, user_name))
        if self.error is not None:
            raise self.error
        return self.parts

    async def move(self, old: str, new: str) -> None:
        self.moved.append((old, new))

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        running.add_chat(GROUP)
        yield running


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def messenger(server: TelegramServer, desk: Desk) -> AsyncIterator[TelegramMessenger]:
    async with TelegramMessenger(server.token, desk.move, base_url=server.base_url) as made:
        yield made


def bot_for(server: TelegramServer, messenger: TelegramMessenger, desk: Desk) -> TelegramBot:
    return TelegramBot(
        server.token,
        desk.answer,
        messenger,
        desk.move,
        commands=COMMANDS,
        trouble=(Part(text="sorry"),),
        base_url=server.base_url,
        sleep=desk.sleep,
    )


@asynccontextmanager
async def polling(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> AsyncIterator["asyncio.Task[None]"]:
    """The bot, listening."""
    task = asyncio.create_task(bot_for(server, messenger, desk).run())
    await server.until_called("getUpdates")
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


# Sending.


async def test_a_part_arrives_with_its_markup_and_buttons(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    part = Part(text="<b>Briefing</b> &amp; more", buttons=((("North Korea", "brief north korea"),),))

    message_id = await messenger.send(str(GROUP), part)

    (sent,) = server.sent
    assert message_id == str(sent.message_id)
    assert sent.text == "Briefing & more"
    assert sent.buttons == (("North Korea", "brief north korea"),)
    assert not sent.link_preview


async def test_a_part_goes_to_its_topic_and_into_its_thread(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    await messenger.send(f"{GROUP}/42", Part(text="x"), reply_to="101")

    assert (server.sent[0].thread_id, server.sent[0].reply_to) == (42, 101)


async def test_a_rate_limit_says_how_long_to_wait(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    """Hours are possible (43,837 s have been seen), so waiting is the outbox's business."""
    server.faults.append(Fault(code=429, description="Too Many Requests", retry_after=43_837))

    with pytest.raises(RateLimitedError) as caught:
        await messenger.send(str(GROUP), Part(text="x"))
    assert caught.value.retry_after == 43_837
    assert server.sent == []


@pytest.mark.parametrize(
    ("code", "description", "advice"),
    [
        (403, "Forbidden: bot was blocked by the user", "can unblock it"),
        (403, "Forbidden: bot was kicked from the supergroup chat", "add it again"),
        (403, "Forbidden: bot can't initiate conversation with a user", "send /start"),
        (403, "Forbidden: user is deactivated", "take this chat out"),
        (403, "Forbidden: bot is not a member of the channel chat", "add it"),
        (400, "Bad Request: chat not found", "check the id"),
        (400, "Bad Request: need administrator rights in the channel chat", "an administrator"),
        (400, "Bad Request: not enough rights to send text messages to the chat", "the right to send"),
        (400, "Bad Request: TOPIC_CLOSED", "the topic is closed"),
        (400, "Bad Request: message thread not found", "no such topic"),
        (400, "Bad Request: something new", "Something new"),
        (401, "Unauthorized", "check [telegram] token"),
    ],
)
async def test_a_refusal_says_what_to_do(
    server: TelegramServer, messenger: TelegramMessenger, code: int, description: str, advice: str
) -> None:
    server.faults.append(Fault(code=code, description=description))

    with pytest.raises(DeliveryRefusedError) as caught:
        await messenger.send(str(GROUP), Part(text="x"))
    assert advice in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("chat", ["C0123456789", "", f"{GROUP}/topic"])
async def test_what_is_no_chat_of_telegrams_is_refused(messenger: TelegramMessenger, chat: str) -> None:
    with pytest.raises(DeliveryRefusedError, match="not an id"):
        await messenger.send(chat, Part(text="x"))


async def test_markup_that_telegram_cannot_read_is_sent_as_plain_text(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    """One badly drawn item must not keep a briefing from its readers."""
    buttons = ((("x", "brief x"),),)

    await messenger.send(str(GROUP), Part(text="<b>3 &lt; 4</b> <p>", buttons=buttons))

    (sent,) = server.sent
    assert (sent.text, sent.parse_mode) == ("3 < 4 ", None)
    assert sent.buttons == (("x", "brief x"),)


async def test_plain_text_is_tried_once(server: TelegramServer, messenger: TelegramMessenger) -> None:
    bad = Fault(description="Bad Request: can't parse entities: x")
    server.faults += [bad, bad, bad]

    with pytest.raises(DeliveryRefusedError):
        await messenger.send(str(GROUP), Part(text="x"))
    assert len(server.faults) == 1


async def test_a_group_that_became_a_supergroup_is_reported_and_gets_its_message(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    server.add_chat(-77)
    server.migrate(-77, -10077)

    await messenger.send("-77", Part(text="x"))

    assert desk.moved == [("-77", "-10077")]
    assert [sent.chat_id for sent in server.sent] == [-10077]


async def test_a_refusal_after_the_move_is_an_error_of_ours(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    server.add_chat(-77)
    server.migrate(-77, -10077)
    server.migrate(-10077, -10078)

    with pytest.raises(DeliveryError):
        await messenger.send("-77", Part(text="x"))


async def test_an_answer_that_was_lost_leaves_the_message_uncertain(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    """It was taken, so that sending it again would tell its readers twice."""
    server.faults.append(Fault(lose_answer=True))

    with pytest.raises(DeliveryUncertainError):
        await messenger.send(str(GROUP), Part(text="x"))
    assert len(server.sent) == 1


@pytest.mark.parametrize("code", [500, 504])
async def test_a_server_that_broke_over_it_leaves_the_message_uncertain(
    server: TelegramServer, messenger: TelegramMessenger, code: int
) -> None:
    server.faults.append(Fault(code=code, description="Internal Server Error"))

    with pytest.raises(DeliveryUncertainError):
        await messenger.send(str(GROUP), Part(text="x"))


async def test_a_gateway_that_reaches_nobody_is_worth_another_try(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    server.faults.append(Fault(code=502, description="Bad Gateway"))

    with pytest.raises(DeliveryError) as caught:
        await messenger.send(str(GROUP), Part(text="x"))
    assert type(caught.value) is DeliveryError


async def test_a_server_that_is_not_there_is_worth_another_try(
    unused_tcp_port: int, server: TelegramServer, desk: Desk
) -> None:
    base_url = f"http://127.0.0.1:{unused_tcp_port}"

    async with TelegramMessenger(server.token, desk.move, base_url=base_url) as messenger:
        with pytest.raises(DeliveryError) as caught:
            await messenger.send(str(GROUP), Part(text="x"))
    assert type(caught.value) is DeliveryError
    assert server.token not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        (None, "https://api.telegram.org/bot"),
        ("http://localhost:8081", "http://localhost:8081/bot"),
        ("http://localhost:8081/", "http://localhost:8081/bot"),
        ("http://localhost:8081/bot", "http://localhost:8081/bot"),
    ],
)
def test_a_base_url_may_be_given_with_or_without_its_last_part(given: str | None, used: str) -> None:
    assert bot_url(given) == used


async def test_the_check_tells_the_bots_name(server: TelegramServer) -> None:
    assert await check_telegram(server.token, base_url=server.base_url) == "@attache_bot"


async def test_the_check_says_what_is_wrong_without_the_token(
    server: TelegramServer, unused_tcp_port: int
) -> None:
    with pytest.raises(
        PlatformError, match=r"telegram: Telegram refuses the token; check \[telegram\] token"
    ):
        await check_telegram("7000000001:wrong", base_url=server.base_url)
    with pytest.raises(PlatformError, match="telegram: cannot be reached: ") as caught:
        await check_telegram(server.token, base_url=f"http://127.0.0.1:{unused_tcp_port}")
    assert server.token not in str(caught.value)


# Answering.


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("/start", ("start", "")),
        ("/help", ("help", "")),
        ("/brief", ("brief", "")),
        ("/brief korea", ("brief", "korea")),
        ("/Brief@attache_bot  Kim   Jong Un", ("brief", "Kim Jong Un")),
        ("/brief 북한", ("brief", "북한")),
    ],
)
async def test_a_command_is_answered_where_it_was_typed(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk, typed: str, asked: tuple[str, str]
) -> None:
    async with polling(server, messenger, desk):
        message_id = server.type(GROUP, typed)
        await server.until_sent(1)

    assert desk.asked == [(*asked, str(GROUP), "Rina")]
    assert (server.sent[0].chat_id, server.sent[0].text) == (GROUP, "answer")
    assert server.sent[0].reply_to == message_id


async def test_an_answer_in_private_is_no_reply(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    async with polling(server, messenger, desk):
        server.type(42, "/brief")
        await server.until_sent(1)

    assert server.sent[0].reply_to is None


async def test_commands_for_other_bots_and_other_texts_are_left_alone(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    async with polling(server, messenger, desk):
        server.type(GROUP, "/brief@other_bot korea")
        server.type(GROUP, "please /brief korea")
        server.type(GROUP, "/settings")
        server.type(GROUP, "/help")
        await server.until_sent(1)

    assert [command for command, *_ in desk.asked] == ["help"]


async def test_commands_in_channels_are_answered(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    server.add_chat(-1009, kind="channel", title="Asia desk")

    async with polling(server, messenger, desk):
        server.type(-1009, "/brief korea")
        await server.until_sent(1)

    assert desk.asked == [("brief", "korea", "-1009", "Asia desk")]


async def test_an_answer_stays_in_its_topic(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    async with polling(server, messenger, desk):
        server.type(GROUP, "/brief", thread_id=42)
        await server.until_sent(1)

    assert server.sent[0].thread_id == 42
    assert desk.asked[0][2] == str(GROUP)


async def test_a_pressed_button_is_released_and_answered(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    desk.parts = (Part(text="both Koreas", buttons=((("North Korea", "brief north korea"),),)),)

    async with polling(server, messenger, desk):
        server.type(GROUP, "/brief korea", thread_id=42)
        await server.until_sent(1)
        query = server.press(GROUP, "brief north korea")
        await server.until_sent(2)

    assert server.answered == [query]
    assert desk.asked[1] == ("brief", "north korea", str(GROUP), "Rina")
    assert server.sent[1].thread_id == 42


async def test_a_button_that_telegram_does_not_release_any_more_is_still_answered(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    desk.parts = (Part(text="x", buttons=((("x", "brief x"),),)),)
    server.faults.append(Fault(method="answerCallbackQuery", description="Bad Request: query is too old"))

    async with polling(server, messenger, desk):
        server.type(GROUP, "/brief")
        await server.until_sent(1)
        server.press(GROUP, "brief x")
        await server.until_sent(2)

    assert [argument for _, argument, *_ in desk.asked] == ["", "x"]


async def test_all_parts_arrive_in_order_through_a_rate_limit(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    desk.parts = tuple(Part(text=str(number)) for number in range(5))
    server.faults.append(Fault(code=429, description="Too Many Requests", retry_after=9))

    async with polling(server, messenger, desk):
        server.type(GROUP, "/brief")
        await server.until_sent(5)

    assert [sent.text for sent in server.sent] == ["0", "1", "2", "3", "4"]
    assert desk.slept == [9]


async def test_an_answer_is_given_up_when_telegram_asks_to_wait_for_hours(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults.append(Fault(code=429, description="Too Many Requests", retry_after=43_837))

    async with polling(server, messenger, desk):
        server.type(GROUP, "/brief")
        server.type(42, "/help")
        await server.until_sent(1)

    assert "telegram answer not delivered" in caplog.text
    assert desk.slept == []


@pytest.mark.parametrize("error", [StoreError("database is locked"), RuntimeError("a bug")])
async def test_an_answer_that_fails_says_so_and_the_bot_goes_on(
    server: TelegramServer,
    messenger: TelegramMessenger,
    desk: Desk,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    desk.error = error

    async with polling(server, messenger, desk):
        server.type(GROUP, "/brief")
        await server.until_sent(1)
        desk.error = None
        server.type(GROUP, "/brief")
        await server.until_sent(2)

    assert [sent.text for sent in server.sent] == ["sorry", "answer"]
    assert str(error) in caplog.text


async def test_the_service_message_of_a_move_is_reported(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    server.add_chat(-77)

    async with polling(server, messenger, desk):
        server.migrate(-77, -10077)
        server.type(GROUP, "/help")
        await server.until_sent(1)

    assert desk.moved == [("-77", "-10077")]


async def test_the_menu_names_the_commands(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    async with polling(server, messenger, desk):
        pass

    (menu,) = [parameters for method, parameters in server.calls if method == "setMyCommands"]
    assert {entry["command"]: entry["description"] for entry in menu["commands"]} == COMMANDS


async def test_what_was_typed_is_confirmed_when_the_bot_stops(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    """After a restart nobody is answered twice."""
    async with polling(server, messenger, desk):
        server.type(GROUP, "/brief")
        await server.until_sent(1)
    async with polling(server, messenger, desk):
        server.type(GROUP, "/help")
        await server.until_sent(2)

    assert [command for command, *_ in desk.asked] == ["brief", "help"]


# When it cannot go on.


async def test_a_second_program_with_the_token_ends_the_first_one_only(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    other = Desk()

    async with (
        asyncio.timeout(10),
        polling(server, messenger, desk) as first,
        polling(server, messenger, other) as second,
    ):
        with pytest.raises(PlatformError, match="another program polls with this token"):
            await first
        server.type(GROUP, "/brief")
        await server.until_sent(1)
        assert not second.done()

    assert (len(desk.asked), len(other.asked)) == (0, 1)


async def test_a_refused_token_ends_the_bot_with_one_clear_line(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    bot = bot_for(server, messenger, desk)
    server.token = "7000000001:another"  # noqa: S105

    with pytest.raises(PlatformError, match="telegram: Telegram refuses the token; check"):
        await bot.run()


async def test_a_token_revoked_while_polling_ends_the_bot(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    """The library would stop polling without a word, and the bot would be deaf."""
    server.faults.append(Fault(method="getUpdates", code=401, description="Unauthorized"))

    with pytest.raises(PlatformError, match="refuses the token"):
        async with asyncio.timeout(10):
            await bot_for(server, messenger, desk).run()


async def test_an_outage_at_the_start_is_waited_out(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    server.faults.append(Fault(method="getMe", code=502, description="Bad Gateway"))
    server.faults.append(Fault(method="getMe", code=429, description="Too Many Requests", retry_after=60))

    with stamina.set_testing(True, attempts=5):
        async with polling(server, messenger, desk):
            server.type(GROUP, "/brief")
            await server.until_sent(1)

    assert [sent.text for sent in server.sent] == ["answer"]


async def test_an_outage_while_polling_is_one_line_in_the_log(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    bot = bot_for(server, messenger, desk)

    with caplog.at_level(logging.INFO, logger="bot"):
        for _ in range(3):
            bot._polling_failed(
                NetworkError("Bad Gateway (502). Parsing the server response b'<html>' failed")
            )
        bot._polled(200)
        bot._polled(200)

    assert [record.getMessage() for record in caplog.records] == [
        "telegram not reachable reason=Bad Gateway (502)",
        "telegram reachable again",
    ]


async def test_the_token_is_in_no_log_whatever_happens(
    server: TelegramServer,
    messenger: TelegramMessenger,
    desk: Desk,
    caplog: pytest.LogCaptureFixture,
    unused_tcp_port: int,
) -> None:
    """httpx writes every address to its log at INFO, and the token is part of it."""
    nowhere = TelegramMessenger(server.token, desk.move, base_url=f"http://127.0.0.1:{unused_tcp_port}")

    with caplog.at_level(logging.DEBUG):
        desk.error = RuntimeError("a bug")
        async with polling(server, messenger, desk):
            server.type(GROUP, "/brief")
            await server.until_sent(1)
        for fault in (Fault(code=401, description="Unauthorized"), Fault(code=500), Fault(lose_answer=True)):
            server.faults.append(fault)
            try:
                await messenger.send(str(GROUP), Part(text="x"))
            except DeliveryError:
                logging.getLogger("test").exception("sending failed")
        async with nowhere:
            try:
                await nowhere.send(str(GROUP), Part(text="x"))
            except DeliveryError:
                logging.getLogger("test").exception("sending failed")
        bot, token = bot_for(server, messenger, desk), server.token
        server.token = "7000000001:another"  # noqa: S105
        try:
            await bot.run()
        except PlatformError:
            logging.getLogger("test").exception("polling failed")

    assert caplog.text.count("sending failed") == 4
    assert "polling failed" in caplog.text
    assert "a bug" in caplog.text
    assert token not in caplog.text


async def test_nothing_is_left_running_after_a_stop(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    before = asyncio.all_tasks()

    async with polling(server, messenger, desk):
        server.type(GROUP, "/brief")
        await server.until_sent(1)

    names = {task.get_name() for task in asyncio.all_tasks() - before}
    assert not {name for name in names if "Application" in name or "Updater" in name}


@pytest.mark.skipif(not SPEC.exists(), reason="Telegram's description is not on this machine")
async def test_all_that_the_bot_sends_is_what_telegram_describes(
    server: TelegramServer, messenger: TelegramMessenger, desk: Desk
) -> None:
    description = described()
    desk.parts = (Part(text="x", buttons=((("x", "brief x"),),)),)

    async with polling(server, messenger, desk):
        server.type(GROUP, "/brief", thread_id=42)
        await server.until_sent(1)
        server.press(GROUP, "brief x")
        await server.until_sent(2)

    wanted = {"getMe", "setMyCommands", "deleteWebhook", "getUpdates", "sendMessage", "answerCallbackQuery"}
    assert {method for method, _ in server.calls} == wanted
    for method, parameters in server.calls:
        fields = {f["name"]: f["types"] for f in description["methods"][method].get("fields", [])}
        for name, value in parameters.items():
            readings = [misfits(description["types"], kind, value) for kind in fields[name]]
            assert [] in readings, (method, name, readings)
