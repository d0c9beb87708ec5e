"""The Slack bot over real HTTP and WebSockets: heard, acknowledged at once, answered where it was asked."""

import asyncio
import contextlib
import logging
import re
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import aiohttp
import pytest
import stamina

from bot.adapters.slack import SlackBot, SlackMessenger, understand
from bot.adapters.slack_connection import HttpMode, SocketMode, check_slack, when_reachable
from bot.errors import PlatformError, StoreError
from bot.model import Change, Part
from bot.render.slack import HISTORY_ACTION, NARROW_ACTION, render_slack
from bot.render.wording import load_wording
from tests.briefings import NOW, item, korea
from tests.servers.slack import Fault, SlackServer

MANIFEST = Path(__file__).parents[1] / "slack-manifest.yaml"
CHANNEL = "C0000000001"
TROUBLE = (Part(text="Sorry."),)
STEP = Change(at=NOW, change="planned", source="Kantor")
KOREA = render_slack(korea(), load_wording("en"))


class Answers:
    """Answers with what it was given, and remembers what it was asked."""

    def __init__(self, *parts: Part, error: Exception | None = None) -> None:
        self.parts = parts or (Part(text="hello"),)
        self.error = error
        self.asked: list[tuple[str, str, str, str, str]] = []
        #: Nothing is answered before it is set.
        self.allowed = asyncio.Event()
        self.allowed.set()

    async def __call__(
        self, command: str, argument: str, chat_id: str, workspace_id: str, user: str
    ) -> Sequence[Part]:
        self.asked.append((command, argument, chat_id, workspace_id, user))
        await self.allowed.wait()
        if self.error is not None:
            raise self.error
        return self.parts


@contextlib.asynccontextmanager
async def running(
    slack: SlackServer,
    answers: Answers,
    mode: SocketMode | HttpMode | None = None,
    waits: list[float] | None = None,
) -> AsyncIterator[SlackBot]:
    """A bot that listens, stopped at the end; `waits` is what it would have slept."""
    waits = [] if waits is None else waits

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async with SlackMessenger(slack.bot_token, base_url=slack.base_url) as messenger:
        bot = SlackBot(
            slack.bot_token,
            mode or SocketMode(app_token=slack.app_token),
            answers,
            messenger,
            trouble=TROUBLE,
            base_url=slack.base_url,
            sleep=sleep,
        )
        task = asyncio.create_task(bot.run())
        ready = asyncio.create_task(bot.listening.wait())
        await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED, timeout=10)
        ready.cancel()
        try:
            if not bot.listening.is_set():
                task.result()
            yield bot
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            assert not [left for left in asyncio.all_tasks() if "slack_sdk" in repr(left)]


def posts(slack: SlackServer, count: int) -> Callable[[], bool]:
    return lambda: len(slack.posted) >= count


async def test_a_command_is_acknowledged_before_it_is_answered() -> None:
    """Slack shows `operation_timeout` after three seconds; reading the store may take longer."""
    answers = Answers(*KOREA)
    answers.allowed.clear()
    async with SlackServer() as slack, running(slack, answers):
        await slack.command("/brief", "korea")  # comes back only once acknowledged

        assert slack.posted == []
        answers.allowed.set()
        await slack.until(posts(slack, 1))
        assert slack.posted[0].blocks == list(KOREA[0].blocks)


async def test_a_command_hands_on_what_was_asked_where_and_by_whom() -> None:
    answers = Answers()
    async with SlackServer() as slack, running(slack, answers):
        await slack.command("/brief", " Kim Jong Un &amp; Putin ", channel=CHANNEL, user="U7")
        await slack.until(posts(slack, 1))

    assert answers.asked == [("brief", "Kim Jong Un & Putin", CHANNEL, "T0000000001", "U7")]


@pytest.mark.parametrize(
    ("command", "text", "expected"),
    [
        ("/start", "", ("start", "")),
        ("/help", "", ("help", "")),
        ("/brief", "", ("brief", "")),
        ("/brief", "help", ("help", "")),
        ("/attache-brief", "korea", ("brief", "korea")),
    ],
)
async def test_every_command_is_heard(command: str, text: str, expected: tuple[str, str]) -> None:
    """Also under the longer names that a workspace with another /brief needs."""
    answers = Answers()
    async with SlackServer() as slack, running(slack, answers):
        await slack.command(command, text)
        await slack.until(posts(slack, 1))

    assert answers.asked[0][:2] == expected


async def test_a_long_answer_is_one_message_with_replies() -> None:
    async with (
        SlackServer() as slack,
        running(slack, Answers(Part(text="1"), Part(text="2"), Part(text="3"))),
    ):
        await slack.command("/brief")
        await slack.until(posts(slack, 3))

        parent = slack.posted[0].ts
        told = [(message.text, message.thread_ts) for message in slack.posted]
    assert told == [("1", None), ("2", parent), ("3", parent)]


async def test_a_mention_is_answered_in_its_thread() -> None:
    answers = Answers()
    async with SlackServer() as slack, running(slack, answers):
        await slack.say("<@U0000000BOT> brief Korea Utara", channel=CHANNEL)
        await slack.say("<@U0000000BOT> korea", channel=CHANNEL, thread_ts="1700000000.000001")
        await slack.until(posts(slack, 2))

        threads = {message.thread_ts for message in slack.posted}
    assert [asked[:3] for asked in answers.asked] == [
        ("brief", "Korea Utara", CHANNEL),
        ("brief", "korea", CHANNEL),
    ]
    assert "1700000000.000001" in threads
    assert None not in threads


async def test_a_direct_message_is_answered_without_a_thread() -> None:
    answers = Answers()
    async with SlackServer() as slack, running(slack, answers):
        await slack.say("brief korea", channel="D0000000001")
        await slack.until(posts(slack, 1))

        assert slack.posted[0].thread_ts is None
    assert answers.asked[0][:3] == ("brief", "korea", "D0000000001")


async def test_what_bots_write_and_what_is_edited_is_not_answered() -> None:
    """Two bots in one conversation would talk for ever."""
    answers = Answers()
    async with SlackServer() as slack, running(slack, answers):
        await slack.say("brief korea", bot_id="B0000000099")
        await slack.say("brief korea", subtype="message_changed")
        await slack.say("brief korea", user=slack.bot_user_id)
        await slack.say("help")
        await slack.until(posts(slack, 1))

    assert [asked[0] for asked in answers.asked] == ["help"]


async def test_an_event_that_slack_delivers_again_is_answered_once() -> None:
    answers = Answers()
    async with SlackServer() as slack, running(slack, answers):
        await slack.say("brief korea", event_id="Ev1")
        await slack.say("brief korea", event_id="Ev1")
        await slack.say("help", event_id="Ev2")
        await slack.until(posts(slack, 2))

    assert sorted(asked[0] for asked in answers.asked) == ["brief", "help"]


async def test_a_button_narrows_in_the_thread_of_its_briefing() -> None:
    answers = Answers(*KOREA)
    async with SlackServer() as slack, running(slack, answers):
        await slack.command("/brief", "korea")
        await slack.until(posts(slack, 1))
        await slack.press(slack.posted[0], f"{NARROW_ACTION}1", user="U7")
        await slack.until(posts(slack, 2))

        assert slack.posted[1].thread_ts == slack.posted[0].ts
    assert answers.asked[1] == ("brief", "north korea", CHANNEL, "T0000000001", "U7")


async def test_a_button_tells_the_history_of_its_trip() -> None:
    briefing = korea(items=(item(id="12.0", history=(STEP, STEP)),))
    answers = Answers(*render_slack(briefing, load_wording("en")))
    async with SlackServer() as slack, running(slack, answers):
        await slack.command("/brief", "korea")
        await slack.until(posts(slack, 1))
        await slack.press(slack.posted[0], f"{HISTORY_ACTION}12.0", user="U7")
        await slack.until(posts(slack, 2))

        assert slack.posted[1].thread_ts == slack.posted[0].ts
    assert answers.asked[1] == ("history", "12.0", CHANNEL, "T0000000001", "U7")


async def test_where_the_bot_is_no_member_only_the_asker_is_answered() -> None:
    """A command works in every channel; so do the buttons of what it brought."""
    answers = Answers(*KOREA)
    async with SlackServer(refusals={CHANNEL: "not_in_channel"}) as slack, running(slack, answers):
        await slack.command("/brief", "korea")
        await slack.until(lambda: len(slack.responses) == 1)
        await slack.press(slack.responses[0], f"{NARROW_ACTION}0")
        await slack.until(lambda: len(slack.responses) == 2)

        assert slack.posted == []
        first = slack.responses[0].body
    assert first["response_type"] == "ephemeral"
    assert first["blocks"] == list(KOREA[0].blocks)
    assert answers.asked[1][1] == "south korea"


async def test_a_rate_limit_delays_an_answer_and_loses_none() -> None:
    waits: list[float] = []
    async with SlackServer() as slack, running(slack, Answers(Part(text="1"), Part(text="2")), waits=waits):
        slack.faults.extend([Fault(retry_after=3), Fault(), Fault(retry_after=5)])
        await slack.command("/brief")
        await slack.until(posts(slack, 2))

        assert [message.text for message in slack.posted] == ["1", "2"]
    assert waits == [3, 5]


async def test_a_rate_limit_longer_than_anybody_waits_gives_the_answer_up() -> None:
    waits: list[float] = []
    async with SlackServer() as slack, running(slack, Answers(), waits=waits):
        slack.faults.append(Fault(retry_after=43_837))
        await slack.command("/brief")
        await slack.command("/help")
        await slack.until(posts(slack, 1))

        assert slack.calls.count("chat.postMessage") == 2
    assert waits == []


async def test_only_as_much_goes_to_the_asker_alone_as_slack_allows(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A response_url is good for five messages; what is left out is in the log."""
    parts = [Part(text=str(number)) for number in range(7)]
    async with SlackServer(refusals={CHANNEL: "channel_not_found"}) as slack, running(slack, Answers(*parts)):
        await slack.command("/brief")
        await slack.until(lambda: len(slack.responses) == 5)

    assert [hit.body["text"] for hit in slack.responses] == ["0", "1", "2", "3", "4"]
    assert "parts=7 kept=5" in caplog.text


@pytest.mark.parametrize("error", [StoreError("the database is locked"), ZeroDivisionError("a bug")])
async def test_who_asks_is_told_when_answering_fails(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """Silence after an acknowledged command looks like a dead bot."""
    async with SlackServer() as slack, running(slack, Answers(error=error)):
        await slack.command("/brief")
        await slack.until(posts(slack, 1))

        assert slack.posted[0].text == TROUBLE[0].text
    assert "slack answer failed" in caplog.text


async def test_a_message_without_an_answer_is_not_repeated() -> None:
    async with SlackServer() as slack, running(slack, Answers(Part(text="1"))):
        slack.faults.append(Fault(drop=True))
        await slack.command("/brief")
        await slack.command("/help")
        await slack.until(posts(slack, 2))

        assert slack.calls.count("chat.postMessage") == 2


async def test_a_reply_that_may_be_lost_does_not_take_the_others_with_it() -> None:
    async with SlackServer() as slack, running(slack, Answers(*(Part(text=str(n)) for n in range(3)))):
        slack.faults.extend([Fault(), Fault(drop=True)])
        await slack.command("/brief")
        await slack.until(posts(slack, 3))

        assert [message.text for message in slack.posted] == ["0", "1", "2"]


async def test_a_new_socket_takes_over_when_slack_asks_for_it() -> None:
    """Slack closes each connection after some hours."""
    answers = Answers()
    async with SlackServer() as slack, running(slack, answers):
        await slack.refresh()
        await slack.command("/brief", "korea")
        await slack.until(posts(slack, 1))

        assert slack.sockets_opened == 2


async def test_stopping_leaves_no_task_and_lets_an_answer_finish() -> None:
    """The event loop is shared with Telegram and the schedule."""
    before = asyncio.all_tasks()
    async with SlackServer() as slack:
        answers = Answers()
        answers.allowed.clear()
        async with running(slack, answers):
            await slack.command("/brief")
            asyncio.get_running_loop().call_later(0.05, answers.allowed.set)

        assert len(slack.posted) == 1
    assert asyncio.all_tasks() == before


async def test_http_mode_answers_signed_requests_only() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    answers = Answers(*KOREA)
    url = f"http://127.0.0.1:{port}/slack/events"
    async with SlackServer(request_url=url) as slack:
        mode = HttpMode(signing_secret=slack.signing_secret, port=port, host="127.0.0.1")
        async with running(slack, answers, mode):
            await slack.command("/brief", "korea")
            await slack.until(posts(slack, 1))
            await slack.say("help")
            await slack.until(posts(slack, 2))
            await slack.press(slack.posted[0], f"{NARROW_ACTION}0")
            await slack.until(posts(slack, 3))
            forged = {"command": "/brief", "text": "forged"}
            async with aiohttp.ClientSession() as session, session.post(url, data=forged) as answer:
                assert answer.status == 401

        assert [ack["status"] for ack in slack.acks] == [200, 200, 200]
    assert [asked[:2] for asked in answers.asked] == [
        ("brief", "korea"),
        ("help", ""),
        ("brief", "south korea"),
    ]


async def test_a_port_in_use_ends_the_bot_with_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        mode = HttpMode(signing_secret="x", port=taken.getsockname()[1], host="127.0.0.1")  # noqa: S106
        async with SlackServer() as slack:
            with pytest.raises(PlatformError, match="port"):
                async with running(slack, Answers(), mode):
                    pass


@pytest.mark.parametrize("wrong", ["bot_token", "app_token"])
async def test_a_refused_token_ends_the_bot_with_one_line(wrong: str) -> None:
    async with SlackServer() as slack:
        mode = SocketMode(app_token="xapp-wrong" if wrong == "app_token" else slack.app_token)
        bot_token = "xoxb-wrong" if wrong == "bot_token" else slack.bot_token
        async with SlackMessenger(bot_token, base_url=slack.base_url) as messenger:
            bot = SlackBot(bot_token, mode, Answers(), messenger, trouble=TROUBLE, base_url=slack.base_url)

            with pytest.raises(PlatformError, match=rf"^slack: {wrong}: [^\n]*$"):
                await bot.run()


async def test_an_outage_at_the_start_is_only_a_delay() -> None:
    failures: list[Exception] = [TimeoutError(), aiohttp.ServerDisconnectedError()]

    async def call() -> str:
        if failures:
            raise failures.pop()
        return "reached"

    with stamina.set_testing(True, attempts=5):
        assert await when_reachable(call) == "reached"


async def test_a_refusal_at_the_start_is_not_tried_again() -> None:
    calls: list[int] = []

    async def call() -> str:
        calls.append(1)
        raise PlatformError("slack", "refused")

    with stamina.set_testing(True, attempts=5), pytest.raises(PlatformError):
        await when_reachable(call)
    assert len(calls) == 1


async def test_the_tokens_can_be_tried() -> None:
    async with SlackServer() as slack:
        mode = SocketMode(app_token=slack.app_token)

        assert await check_slack(slack.bot_token, mode, slack.base_url) == "attache in Local"
        with pytest.raises(PlatformError, match="app_token: not_allowed_token_type"):
            await check_slack(slack.bot_token, SocketMode(app_token=slack.bot_token), slack.base_url)
        address = slack.base_url
    with pytest.raises(PlatformError, match="cannot be reached"):
        await check_slack("xoxb-1", mode, address)


async def test_no_token_reaches_a_log(caplog: pytest.LogCaptureFixture) -> None:
    """At any level, of any library."""
    caplog.set_level(logging.DEBUG)
    async with SlackServer() as slack, running(slack, Answers()):
        slack.faults.append(Fault(error="token_revoked"))
        await slack.command("/brief")
        await slack.until(lambda: len(slack.responses) == 1)
        await slack.refresh()

        for secret in (slack.bot_token, slack.app_token, "ticket-"):
            assert secret not in caplog.text
        assert repr(SocketMode(app_token=slack.app_token)).count("xapp") == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<@UBOT> brief korea", ("brief", "korea")),
        ("<@UBOT> /brief korea", ("brief", "korea")),
        ("<@UBOT>", ("help", "")),
        ("", ("help", "")),
        ("HELP", ("help", "")),
        ("Kim Jong Un", ("brief", "Kim Jong Un")),
        ("korea <@UBOT>", ("brief", "korea")),
        ("brief a &amp; b", ("brief", "a & b")),
        ("북한", ("brief", "북한")),
    ],
)
def test_what_people_write_is_understood(text: str, expected: tuple[str, str]) -> None:
    assert understand(text, "UBOT") == expected


def manifest_list(key: str) -> set[str]:
    """The plain items of one list of the manifest."""
    lines = iter(MANIFEST.read_text(encoding="utf-8").splitlines())
    next(line for line in lines if line.strip() == f"{key}:")
    items: set[str] = set()
    for line in lines:
        item = re.match(r"\s+- ([^\s#]+)", line)
        if item is None:
            break
        items.add(item[1])
    return items


def test_the_manifest_asks_for_what_the_bot_uses_and_for_nothing_else() -> None:
    """chat.postMessage; slash commands; app_mention; message.im. Nothing reads channels, people or files."""
    assert manifest_list("bot") == {"app_mentions:read", "chat:write", "commands", "im:history"}
    assert manifest_list("bot_events") == {"app_mention", "message.im"}


def test_the_manifest_declares_every_command_and_turns_on_what_is_needed() -> None:
    text = MANIFEST.read_text(encoding="utf-8")

    assert set(re.findall(r"- command: (\S+)", text)) == {"/brief", "/history", "/start", "/help"}
    assert re.search(r"interactivity:\s+is_enabled: true", text)
    assert "socket_mode_enabled: true" in text
    assert "messages_tab_read_only_enabled: false" in text
    assert "\t" not in text
