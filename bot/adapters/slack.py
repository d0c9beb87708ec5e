"""Answers what people type, say and press in Slack.

What to answer is the caller's business: the bot hands on what was asked and sends what it gets. Slack
wants a receipt within three seconds, so everything is acknowledged first and answered after. The sending
is in `slack_messenger`, the ways to listen are in `slack_connection`.
"""

import asyncio
import html
import logging
import re
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.adapters.slack_connection import HttpMode, SocketMode, identify, listen, when_reachable
from bot.adapters.slack_messenger import SlackMessenger, library_logger, proxy_for, web_client
from bot.errors import (
    BotError,
    DeliveryError,
    DeliveryRefusedError,
    DeliveryUncertainError,
    RateLimitedError,
)
from bot.model import Part
from bot.render.slack import HISTORY_ACTION, NARROW_ACTION

__all__ = ["Answer", "HttpMode", "SlackBot", "SlackMessenger", "SocketMode", "understand"]

logger = logging.getLogger(__name__)

#: A workspace may hold several apps with a /brief: "/attache-brief" is heard as well.
_COMMANDS = ("brief", "history", "start", "help")
_COMMAND = re.compile(rf"^/(?:[\w-]+-)?(?:{'|'.join(_COMMANDS)})$")

_BUTTON = re.compile(rf"^(?:{re.escape(NARROW_ACTION)}\d+|{re.escape(HISTORY_ACTION)}.+)$")

#: Slack delivers an event again where a receipt got lost; so many are remembered.
EVENTS_REMEMBERED = 1_000

#: Messages that one press or command may get where the bot is no member of the channel.
RESPONSES = 5

#: An answer waits as long for Slack's rate limit, then it is given up: its reader has moved on.
LONGEST_WAIT = 120.0

#: Answers on their way get so long to finish when the bot stops.
STOP_SECONDS = 10.0


class Answer(Protocol):
    """The use case behind the commands."""

    async def __call__(
        self, command: str, argument: str, chat_id: str, workspace_id: str, user: str
    ) -> Sequence[Part]:
        """What to answer to `/command argument`, as parts drawn for Slack.

        Args:
            command: "start", "help", "brief" or "history".
            argument: The words after it, "" where there are none.
            chat_id: The channel's id.
            workspace_id: The workspace's id ("T0123456789").
            user: The id of who asks.

        Raises:
            BotError: It cannot be answered now.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What somebody asked, and where the answer goes."""

    command: str
    argument: str
    chat: str
    workspace: str
    user: str
    #: The message in whose thread the answer belongs.
    thread: str | None = None
    #: Where answers only for who asked go, for a while.
    response_url: str | None = None
    #: Whether there is no other way to answer.
    only_to_asker: bool = False


class SlackBot:
    """Listens, and answers where it was asked."""

    def __init__(
        self,
        bot_token: str,
        mode: SocketMode | HttpMode,
        answer: Answer,
        messenger: SlackMessenger,
        *,
        trouble: Sequence[Part],
        base_url: str | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """See `Answer` and `SlackMessenger`.

        Args:
            bot_token: "xoxb-...".
            mode: How Slack and the bot find each other.
            answer: Says what to answer.
            messenger: Sends it.
            trouble: The answer where `answer` fails.
            base_url: Of another Web API than the public one.
            sleep: Waits, for rate limits.
        """
        self._bot_token = bot_token
        self._mode = mode
        self._answer = answer
        self._messenger = messenger
        self._trouble = trouble
        self._base_url = base_url
        self._sleep = sleep
        self._bot_user = ""
        self._answering: set[asyncio.Task[None]] = set()
        self._heard: deque[str] = deque(maxlen=EVENTS_REMEMBERED)
        #: Set while Slack can reach the bot.
        self.listening = asyncio.Event()

    async def run(self) -> None:
        """Listen and answer until cancelled.

        Raises:
            PlatformError: A token is refused.
        """
        identity = await when_reachable(lambda: identify(self._bot_token, self._base_url))
        self._bot_user = str(identity.get("user_id", ""))
        try:
            await listen(self._app(identity), self._mode, self._base_url, self.listening)
        finally:
            self.listening.clear()
            await self._finish_answers()

    def _app(self, identity: dict[str, Any]) -> AsyncApp:
        """The library's application with our handlers."""
        authorized = AuthorizeResult(
            enterprise_id=identity.get("enterprise_id"),
            team_id=identity.get("team_id"),
            bot_user_id=identity.get("user_id"),
            bot_id=identity.get("bot_id"),
            bot_token=self._bot_token,
        )

        async def authorize(**_: object) -> AuthorizeResult:
            return authorized

        secret = self._mode.signing_secret if isinstance(self._mode, HttpMode) else ""
        app = AsyncApp(
            name="attache",
            logger=library_logger(),
            client=web_client(None, self._base_url),
            authorize=authorize,
            signing_secret=secret,
        )
        app.command(_COMMAND)(self._on_command)
        app.event("app_mention")(self._on_mention)
        app.event("message")(self._on_message)
        app.action(_BUTTON)(self._on_button)
        return app

    # What people do.

    async def _on_command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        command = body["command"].lstrip("/").rpartition("-")[2]
        argument = html.unescape(body.get("text") or "").strip()
        if argument.lower() == "help":
            # Slack's readers expect that of every command.
            command, argument = "help", ""
        question = _Question(
            command=command,
            argument=argument,
            chat=body["channel_id"],
            workspace=body["team_id"],
            user=body["user_id"],
            response_url=body.get("response_url"),
        )
        self._start(self._reply(question))

    async def _on_mention(self, body: dict[str, Any]) -> None:
        event = body["event"]
        # In the thread of who asked, so that a channel is not flooded.
        self._on_words(body, thread=event.get("thread_ts") or event["ts"])

    async def _on_message(self, body: dict[str, Any]) -> None:
        event = body["event"]
        if event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id"):
            self._on_words(body, thread=event.get("thread_ts"))

    def _on_words(self, body: dict[str, Any], *, thread: str | None) -> None:
        event = body["event"]
        if body["event_id"] in self._heard:
            return
        self._heard.append(body["event_id"])
        command, argument = understand(event.get("text") or "", self._bot_user)
        question = _Question(
            command=command,
            argument=argument,
            chat=event["channel"],
            workspace=body["team_id"],
            user=event.get("user") or "",
            thread=thread,
        )
        self._start(self._reply(question))

    async def _on_button(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        message = body.get("message") or {}
        action = body["actions"][0]
        question = _Question(
            command="history" if action["action_id"].startswith(HISTORY_ACTION) else "brief",
            argument=action["value"],
            chat=body["container"]["channel_id"],
            workspace=body["team"]["id"],
            user=body["user"]["id"],
            thread=message.get("thread_ts") or message.get("ts"),
            response_url=body.get("response_url"),
            only_to_asker=bool(body["container"].get("is_ephemeral")),
        )
        self._start(self._reply(question))

    # Answers.

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        """Answer beside the listening; the set keeps the task alive and lets `run` wait for it."""
        task = asyncio.create_task(work)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _reply(self, asked: _Question) -> None:
        try:
            parts = await self._answer(asked.command, asked.argument, asked.chat, asked.workspace, asked.user)
        except BotError as error:
            logger.error("slack answer failed chat=%s command=%s reason=%s", asked.chat, asked.command, error)  # noqa: TRY400
            parts = self._trouble
        except Exception:
            logger.exception("slack answer failed chat=%s command=%s", asked.chat, asked.command)
            parts = self._trouble
        try:
            await self._deliver(asked, parts)
        except DeliveryError as error:
            logger.warning("slack answer not delivered reason=%s", error)

    async def _deliver(self, asked: _Question, parts: Sequence[Part]) -> None:
        """Post the parts, the later ones as replies to the first."""
        if asked.only_to_asker and asked.response_url:
            await self._respond(asked.chat, asked.response_url, parts)
            return
        parent = asked.thread
        for number, part in enumerate(parts):
            try:
                sent = await self._send(asked.chat, part, parent)
            except DeliveryRefusedError as refused:
                # A command works where the bot is no member; then who asked is answered alone.
                if number or not asked.response_url:
                    raise
                logger.info("slack answer goes to its asker alone reason=%s", refused)
                await self._respond(asked.chat, asked.response_url, parts)
                return
            except DeliveryUncertainError as uncertain:
                if parent is None:
                    raise
                logger.warning("slack answer may lack a part chat=%s reason=%s", asked.chat, uncertain)
                continue
            parent = parent or sent

    async def _send(self, chat: str, part: Part, parent: str | None) -> str:
        """Send one part, waiting where Slack asks to."""
        left = LONGEST_WAIT
        while True:
            try:
                return await self._messenger.send(chat, part, reply_to=parent)
            except RateLimitedError as error:
                left -= error.retry_after
                if left < 0:
                    raise
                await self._sleep(error.retry_after)

    async def _respond(self, chat: str, url: str, parts: Sequence[Part]) -> None:
        """Answer so that only who asked sees it."""
        client = AsyncWebhookClient(url, logger=library_logger(), retry_handlers=[])
        client.proxy = proxy_for(url)
        if len(parts) > RESPONSES:
            logger.warning("slack answer cut chat=%s parts=%d kept=%d", chat, len(parts), RESPONSES)
        for part in parts[:RESPONSES]:
            try:
                answer = await client.send(
                    text=part.text,
                    blocks=list(part.blocks) or None,
                    response_type="ephemeral",
                    replace_original=False,
                )
            except (TimeoutError, aiohttp.ClientError) as error:
                raise DeliveryError(chat, f"no answer from Slack: {type(error).__name__}") from error
            if answer.status_code != 200:
                raise DeliveryError(chat, f"Slack refused the response: {answer.body[:200]}")

    async def _finish_answers(self) -> None:
        """Let answers on their way finish, for a moment."""
        if not self._answering:
            return
        _, unsent = await asyncio.wait(self._answering, timeout=STOP_SECONDS)
        for task in unsent:
            task.cancel()
        await asyncio.gather(*unsent, return_exceptions=True)
        if unsent:
            logger.warning("slack stopped with answers unsent count=%d", len(unsent))


def understand(text: str, bot_user: str) -> tuple[str, str]:
    """Command and argument of what somebody wrote to the bot: "help", "brief korea", or just "korea"."""
    words = html.unescape(text.replace(f"<@{bot_user}>", " ")).split()
    if not words:
        return "help", ""
    first = words[0].lstrip("/").lower()
    if first in _COMMANDS:
        return first, " ".join(words[1:])
    return "brief", " ".join(words)
