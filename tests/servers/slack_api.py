"""The Web API and the response URLs of the local Slack, as strict as the real ones.

What it accepts is held against `slack_sdk` (parameters, block limits), and against Slack's own schema where
that is present.
"""

import asyncio
import inspect
import itertools
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack_blocks import MAX_CHARACTERS, block_problems

__all__ = ["Fault", "PostedMessage", "ResponseHit", "SlackWebApi"]

#: A response_url can be used this often.
RESPONSE_URL_USES = 5
_RESPONSE_KEYS = {"text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong with the next chat.postMessage."""

    #: `{"ok": false, "error": ...}`, on HTTP 200 as Slack does it.
    error: str | None = None
    status: int = 200
    #: HTTP 429 with this Retry-After.
    retry_after: int | None = None
    #: Take the message, then break the connection instead of answering.
    drop: bool = False
    #: Take the message and never answer.
    stall: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedMessage:
    """A message that the server took."""

    channel: str
    text: str
    blocks: list[dict[str, Any]]
    thread_ts: str | None
    ts: str
    #: Every parameter as it was sent.
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseHit:
    """A message sent to a response_url."""

    channel: str
    body: dict[str, Any]


class RefusedCall(Exception):
    """`{"ok": false}`."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.answer = {"ok": False, "error": error, **more}


@dataclass
class SlackWebApi:
    """The half of the local Slack that an app calls."""

    team_id: str = "T0000000001"
    bot_token: str = "xoxb-111111111111-local"  # noqa: S105 - nobody's
    app_token: str = "xapp-1-A111-222-local"  # noqa: S105
    signing_secret: str = "8f742231b10e8888abcd99yyyzzz85a5"  # noqa: S105
    bot_user_id: str = "U0000000BOT"
    #: Channel id -> the error that posting there gives.
    refusals: dict[str, str] = field(default_factory=dict)
    #: Used up one by one by chat.postMessage.
    faults: deque[Fault] = field(default_factory=deque)
    posted: list[PostedMessage] = field(default_factory=list)
    responses: list[ResponseHit] = field(default_factory=list)
    #: Every API method that was called, refused calls too.
    calls: list[str] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        self._ids = itertools.count(1)
        self._changed = asyncio.Condition()
        self._response_urls: dict[str, tuple[str, int]] = {}
        #: One connection each, for Socket Mode.
        self._tickets: set[str] = set()
        self._leaving = asyncio.Event()
        self._runner = web.AppRunner(self._web_app(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._origin = f"127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.set()
        await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        """What `[slack] base_url` has to be."""
        return f"http://{self._origin}/api/"

    async def until(self, condition: Callable[[], bool], seconds: float = 10) -> None:
        """Wait until something is so, at most a while."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(condition)

    def _web_app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_post("/response/{id}", self._respond)
        return app

    async def _note(self, change: Callable[[], object]) -> None:
        async with self._changed:
            change()
            self._changed.notify_all()

    def _new_ts(self) -> str:
        return f"1750000000.{next(self._ids):06d}"

    def _new_response_url(self, channel: str) -> str:
        key = f"r{next(self._ids)}"
        self._response_urls[key] = (channel, 0)
        return f"http://{self._origin}/response/{key}"

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        await self._note(lambda: self.calls.append(method))
        try:
            return web.json_response({"ok": True, **await self._answer(request, method)})
        except RefusedCall as refused:
            return web.json_response(refused.answer)
        except _Answered as answered:
            return answered.response

    async def _answer(self, request: web.Request, method: str) -> dict[str, Any]:
        handler = self._handlers().get(method)
        if handler is None:
            raise RefusedCall("unknown_method", req_method=method)
        self._check_token(request, method)
        parameters = await self._parameters(request)
        unknown = parameters.keys() - _accepted(method)
        if unknown:
            raise RefusedCall("invalid_arguments", response_metadata={"messages": sorted(unknown)})
        return await handler(request, parameters)

    def _handlers(self) -> dict[str, Callable[[web.Request, dict[str, Any]], Awaitable[dict[str, Any]]]]:
        return {
            "apps.connections.open": self._open_connection,
            "auth.test": self._auth_test,
            "chat.postMessage": self._post_message,
        }

    @staticmethod
    async def _parameters(request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/json":
            parameters = await request.json()
        else:
            parameters = dict(await request.post())
        return {**request.query, **parameters}

    def _check_token(self, request: web.Request, method: str) -> None:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer":
            raise RefusedCall("not_authed")
        if method == "apps.connections.open" and token == self.bot_token:
            raise RefusedCall("not_allowed_token_type")
        if token != (self.app_token if method == "apps.connections.open" else self.bot_token):
            raise RefusedCall("invalid_auth")

    async def _auth_test(self, request: web.Request, parameters: dict[str, Any]) -> dict[str, Any]:
        return {
            "url": "https://local.slack.com/",
            "team": "Local",
            "user": "attache",
            "team_id": self.team_id,
            "user_id": self.bot_user_id,
            "bot_id": "B0000000BOT",
            "is_enterprise_install": False,
        }

    async def _open_connection(self, request: web.Request, parameters: dict[str, Any]) -> dict[str, Any]:
        ticket = f"ticket-{next(self._ids)}"
        self._tickets.add(ticket)
        return {"url": f"ws://{self._origin}/socket?ticket={ticket}&app_id=A111"}

    async def _post_message(self, request: web.Request, parameters: dict[str, Any]) -> dict[str, Any]:
        fault = self.faults.popleft() if self.faults else Fault()
        self._refuse_with(fault)
        channel = str(parameters.get("channel", ""))
        if channel in self.refusals:
            raise RefusedCall(self.refusals[channel])
        if channel[:1] not in ("C", "D", "G", "U", "W"):
            raise RefusedCall("channel_not_found")
        message = self._accept(channel, parameters)
        await self._note(lambda: self.posted.append(message))
        if fault.stall:
            await self._leaving.wait()
        if fault.drop or fault.stall:
            assert request.transport is not None
            request.transport.abort()
        return {
            "channel": channel,
            "ts": message.ts,
            "message": {
                "type": "message",
                "user": self.bot_user_id,
                "bot_id": "B0000000BOT",
                "text": message.text,
                "ts": message.ts,
                "blocks": message.blocks,
            },
        }

    @staticmethod
    def _refuse_with(fault: Fault) -> None:
        if fault.retry_after is not None:
            headers = {"Retry-After": str(fault.retry_after)}
            raise _Answered(
                web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
            )
        if fault.status != 200:
            raise _Answered(
                web.Response(status=fault.status, text="<html>no</html>", content_type="text/html")
            )
        if fault.error is not None:
            raise RefusedCall(fault.error)

    def _accept(self, channel: str, parameters: dict[str, Any]) -> PostedMessage:
        blocks = parameters.get("blocks") or []
        text = parameters.get("text") or ""
        if isinstance(blocks, str):
            blocks = json.loads(blocks)
        if not text and not blocks:
            raise RefusedCall("no_text")
        _check_message(text, blocks)
        thread_ts = parameters.get("thread_ts")
        return PostedMessage(
            channel=channel,
            text=text,
            blocks=blocks,
            thread_ts=thread_ts,
            ts=self._new_ts(),
            parameters=parameters,
        )

    async def _respond(self, request: web.Request) -> web.Response:
        key = request.match_info["id"]
        channel, uses = self._response_urls.get(key, ("", RESPONSE_URL_USES))
        if uses >= RESPONSE_URL_USES:
            return web.Response(status=404, text="used_url")
        body = await request.json()
        if body.keys() - _RESPONSE_KEYS:
            return web.json_response({"ok": False, "error": "invalid_arguments"}, status=400)
        try:
            _check_message(body.get("text") or "", body.get("blocks") or [])
        except RefusedCall as refused:
            return web.json_response(refused.answer, status=400)
        self._response_urls[key] = (channel, uses + 1)
        await self._note(lambda: self.responses.append(ResponseHit(channel=channel, body=body)))
        return web.Response(text="ok")


class _Answered(Exception):
    """An HTTP answer that is no JSON of Slack's usual shape."""

    def __init__(self, response: web.Response) -> None:
        super().__init__()
        self.response = response


def _accepted(method: str) -> set[str]:
    """The parameters that `slack_sdk` knows for a method."""
    signature = inspect.signature(getattr(AsyncWebClient, method.replace(".", "_")))
    return {name for name in signature.parameters if name not in ("self", "kwargs")}


def _check_message(text: str, blocks: list[dict[str, Any]]) -> None:
    problems = block_problems(blocks)
    if problems:
        raise RefusedCall("invalid_blocks", response_metadata={"messages": problems})
    if blocks and len(json.dumps(blocks, ensure_ascii=False)) > MAX_CHARACTERS:
        raise RefusedCall("msg_blocks_too_long")
    if len(text) > 40_000:
        raise RefusedCall("msg_too_long")
