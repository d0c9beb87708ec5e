"""Sending to Slack, over real HTTP: one call a message, and every answer told apart."""

import dataclasses
import logging
import traceback

import pytest

from bot.adapters.slack_messenger import SlackMessenger, library_logger, proxy_for
from bot.errors import DeliveryError, DeliveryRefusedError, DeliveryUncertainError, RateLimitedError
from bot.model import Part
from bot.render.slack import render_slack
from bot.render.wording import load_wording
from tests.briefings import korea
from tests.servers.slack import Fault, SlackServer

CHANNEL = "C0000000001"
HELLO = Part(text="hello")


def messenger_for(slack: SlackServer, **values: float) -> SlackMessenger:
    return SlackMessenger(slack.bot_token, base_url=slack.base_url, **values)


async def error_of(messenger: SlackMessenger, part: Part = HELLO, chat: str = CHANNEL) -> DeliveryError:
    with pytest.raises(DeliveryError) as raised:
        await messenger.send(chat, part)
    return raised.value


async def test_a_briefing_arrives_with_its_blocks_and_unfurls_nothing() -> None:
    (part,) = render_slack(korea(), load_wording("en"))
    async with SlackServer() as slack, messenger_for(slack) as messenger:
        ts = await messenger.send(CHANNEL, part)

        (posted,) = slack.posted
    assert (posted.channel, posted.text, posted.ts) == (CHANNEL, part.text, ts)
    assert posted.blocks == list(part.blocks)
    assert posted.parameters["unfurl_links"] is False
    assert posted.parameters["unfurl_media"] is False


async def test_a_reply_goes_into_the_thread_of_its_message() -> None:
    async with SlackServer() as slack, messenger_for(slack) as messenger:
        parent = await messenger.send(CHANNEL, HELLO)
        await messenger.send(CHANNEL, HELLO, reply_to=parent)

        assert [message.thread_ts for message in slack.posted] == [None, parent]


async def test_a_rate_limit_says_how_long_to_wait_and_is_not_tried_again() -> None:
    """The caller waits: the wait may be hours, and other chats must not wait with it."""
    async with SlackServer() as slack, messenger_for(slack) as messenger:
        slack.faults.append(Fault(retry_after=17))

        error = await error_of(messenger)

        assert isinstance(error, RateLimitedError)
        assert error.retry_after == 17
        assert slack.calls.count("chat.postMessage") == 1


async def test_a_reply_to_a_reply_goes_into_the_thread_too_and_a_change_into_the_channel_as_well() -> None:
    """Slack knows threads by their first message alone."""
    async with SlackServer() as slack, messenger_for(slack) as messenger:
        parent = await messenger.send(CHANNEL, Part(text="briefing"))
        reply = await messenger.send(CHANNEL, Part(text="more"), reply_to=parent)
        await messenger.send(CHANNEL, Part(text="changed", answers="1.0"), reply_to=reply)

        assert [message.thread_ts for message in slack.posted] == [None, parent, parent]
        shown = [message.parameters.get("reply_broadcast") for message in slack.posted]
        assert [str(each).lower() if each else None for each in shown] == [None, None, "true"]


async def test_a_rate_limit_without_a_wait_is_one_too() -> None:
    async with SlackServer() as slack, messenger_for(slack) as messenger:
        slack.faults.append(Fault(error="rate_limited"))

        error = await error_of(messenger)

    assert isinstance(error, RateLimitedError)
    assert error.retry_after > 0


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("not_in_channel", "/invite @attache"),
        ("channel_not_found", "/invite @attache"),
        ("is_archived", "unarchive"),
        ("token_revoked", "install the app again"),
        ("missing_scope", "slack-manifest.yaml"),
        ("some_new_error", "some_new_error"),
    ],
)
async def test_a_refusal_says_what_to_do(code: str, advice: str) -> None:
    """`ok: false` comes on HTTP 200."""
    async with SlackServer(refusals={CHANNEL: code}) as slack, messenger_for(slack) as messenger:
        error = await error_of(messenger)

    assert isinstance(error, DeliveryRefusedError)
    assert advice in error.problem
    assert "\n" not in str(error)


async def test_a_wrong_token_is_a_refusal() -> None:
    async with SlackServer() as slack, SlackMessenger("xoxb-wrong", base_url=slack.base_url) as messenger:
        error = await error_of(messenger)

    assert isinstance(error, DeliveryRefusedError)
    assert "token" in error.problem


@pytest.mark.parametrize("fault", [Fault(drop=True), Fault(stall=True)])
async def test_a_message_without_an_answer_is_uncertain_and_sent_once(fault: Fault) -> None:
    """The library would send it again by itself: the reader would be told twice."""
    async with SlackServer() as slack, messenger_for(slack, timeout=0.5) as messenger:
        slack.faults.append(fault)

        error = await error_of(messenger)

        assert isinstance(error, DeliveryUncertainError)
        assert len(slack.posted) == 1


@pytest.mark.parametrize(
    "fault", [Fault(error="internal_error"), Fault(error="fatal_error"), Fault(status=500)]
)
async def test_a_failure_inside_slack_is_uncertain(fault: Fault) -> None:
    """Slack says itself that the call may have worked."""
    async with SlackServer() as slack, messenger_for(slack) as messenger:
        slack.faults.append(fault)

        assert isinstance(await error_of(messenger), DeliveryUncertainError)


@pytest.mark.parametrize("fault", [Fault(error="service_unavailable"), Fault(status=503)])
async def test_an_outage_of_slack_can_be_tried_later(fault: Fault) -> None:
    async with SlackServer() as slack, messenger_for(slack) as messenger:
        slack.faults.append(fault)

        assert type(await error_of(messenger)) is DeliveryError


async def test_an_address_where_nobody_listens_can_be_tried_later() -> None:
    async with SlackServer() as slack:
        address = slack.base_url
    async with SlackMessenger("xoxb-1", base_url=address) as messenger:
        assert type(await error_of(messenger)) is DeliveryError


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long"])
async def test_a_message_with_refused_blocks_is_told_without_them(code: str) -> None:
    """A channel must not go silent for our mistake in drawing."""
    (part,) = render_slack(korea(query="<!channel>"), load_wording("en"))
    async with SlackServer() as slack, messenger_for(slack) as messenger:
        slack.faults.append(Fault(error=code))
        await messenger.send(CHANNEL, part)

        (posted,) = slack.posted
    assert posted.blocks == []
    for words in ("Putin", "persahabatan", "Selasa", "Seoul markets", "Slow Post", "&lt;!channel&gt;"):
        assert words in posted.text
    assert "<!channel>" not in posted.text


async def test_the_local_server_refuses_what_slack_refuses() -> None:
    """The strictness that the other tests rely on."""
    divider: dict[str, object] = {"type": "divider"}
    section: dict[str, object] = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}
    bad: list[tuple[dict[str, object], ...]] = [
        (section,),
        (divider,) * 51,
        ({"type": "section", "text": {"type": "mrkdwn", "text": ""}},),
        ({"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},),
        ({"type": "section", "text": {"type": "mrkdwn", "text": "x"}, "colour": "red"},),
        ({"type": "marquee", "text": {"type": "mrkdwn", "text": "x"}},),
    ]
    async with SlackServer() as slack, messenger_for(slack) as messenger:
        for blocks in bad:
            # Our messenger sends the text alone after a refusal, so that a post without blocks shows one.
            await messenger.send(CHANNEL, Part(text="x", blocks=blocks))

        assert [message.blocks for message in slack.posted] == [[]] * len(bad)


async def test_the_local_server_refuses_a_message_that_is_too_long_in_all() -> None:
    piece: dict[str, object] = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2_900}}
    async with SlackServer() as slack, messenger_for(slack) as messenger:
        await messenger.send(CHANNEL, Part(text="x", blocks=(piece,) * 4))
        await messenger.send(CHANNEL, Part(text="x", blocks=(piece,) * 5))

        assert [len(message.blocks) for message in slack.posted] == [4, 0]


async def test_no_token_reaches_a_log_or_an_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with SlackServer() as slack, messenger_for(slack, timeout=0.5) as messenger:
        slack.faults.extend([Fault(), Fault(drop=True), Fault(error="not_in_channel"), Fault(status=500)])
        await messenger.send(CHANNEL, HELLO)
        errors = [await error_of(messenger) for _ in range(3)]

        told = caplog.text + "".join("".join(traceback.format_exception(error)) for error in errors)
        assert slack.bot_token not in told
        assert slack.bot_token.removeprefix("xoxb-") not in told


def test_the_librarys_errors_are_one_line_without_secrets(caplog: pytest.LogCaptureFixture) -> None:
    library = library_logger()
    error = ConnectionError("wss://x/?ticket=abc-123&app_id=1 with xapp-1-A-2-secret")
    library.error("failed\nto connect: %s", error, exc_info=error)
    library.error("failed\nto connect: %s", error, exc_info=error)

    assert len(caplog.records) == 1
    assert "abc-123" not in caplog.text
    assert "secret" not in caplog.text
    assert caplog.text.count("\n") == 1


def test_a_proxy_of_the_environment_is_not_used_for_a_local_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library takes no notice of NO_PROXY."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "slack.internal")

    assert proxy_for("https://slack.com/api/") == "http://proxy.example:3128"
    assert proxy_for("wss://wss-primary.slack.com/") == "http://proxy.example:3128"
    assert proxy_for("https://slack.internal/api/") is None
    assert proxy_for("http://127.0.0.1:8000/api/") is None


async def test_the_messenger_can_send_again_after_it_was_closed() -> None:
    async with SlackServer() as slack:
        messenger = messenger_for(slack)
        await messenger.send(CHANNEL, HELLO)
        await messenger.close()
        await messenger.send(CHANNEL, dataclasses.replace(HELLO, text="again"))
        await messenger.close()

        assert [message.text for message in slack.posted] == ["hello", "again"]
