"""A local Slack: the Web API over HTTP and Socket Mode over a WebSocket, as strict as the real one."""

import functools
import json
import time
import urllib.parse
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from tests.servers.slack_api import Fault, PostedMessage, ResponseHit, SlackWebApi
from tests.servers.slack_events import event_payload, press_payload, slash_payload

__all__ = ["Fault", "PostedMessage", "ResponseHit", "SlackServer"]

#: Slack shows the user `operation_timeout` when nothing is acknowledged within this.
ACK_SECONDS = 3.0


@dataclass
class SlackServer(SlackWebApi):
    """`async with SlackServer() as slack:` - then point `base_url` at it and type, mention, press."""

    #: Where events go in HTTP mode; None: Socket Mode.
    request_url: str | None = None
    #: Bodies of the envelopes' acknowledgements, in order.
    acks: list[dict[str, Any]] = field(default_factory=list)
    sockets_opened: int = 0

    async def __aenter__(self) -> Self:
        self._socket: web.WebSocketResponse | None = None
        return await super().__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._socket is not None and not self._socket.closed:
            await self._socket.close()
        await super().__aexit__(kind, error, trace)

    # What people do.

    async def command(
        self, command: str, text: str = "", *, channel: str = "C0000000001", user: str = "U0000000001"
    ) -> None:
        """Somebody types a slash command; returns once the app has acknowledged it."""
        payload = slash_payload(
            team=self.team_id,
            channel=channel,
            user=user,
            command=command,
            text=text,
            response_url=self._new_response_url(channel),
        )
        await self._deliver("slash_commands", payload, form=urllib.parse.urlencode(payload))

    async def say(
        self,
        text: str,
        *,
        channel: str = "D0000000001",
        user: str = "U0000000001",
        thread_ts: str | None = None,
        event_id: str | None = None,
        **more: str,
    ) -> None:
        """Somebody writes to the app: in a D channel alone with it, in a C channel by mentioning it."""
        ts = self._new_ts()
        event: dict[str, Any] = {
            "type": "message" if channel.startswith("D") else "app_mention",
            "user": user,
            "text": text,
            "ts": ts,
            "team": self.team_id,
            "channel": channel,
            "event_ts": ts,
            **({"channel_type": "im"} if channel.startswith("D") else {}),
            **({"thread_ts": thread_ts} if thread_ts else {}),
            **more,
        }
        await self._deliver_event(event, event_id)

    async def press(
        self, message: PostedMessage | ResponseHit, action_id: str, *, user: str = "U0000000001"
    ) -> None:
        """Somebody presses a button of a message."""
        blocks = message.blocks if isinstance(message, PostedMessage) else message.body.get("blocks", [])
        elements = [element for block in blocks for element in block.get("elements", [])]
        elements += [block["accessory"] for block in blocks if "accessory" in block]
        payload = press_payload(
            team=self.team_id,
            channel=message.channel,
            user=user,
            ts=message.ts if isinstance(message, PostedMessage) else self._new_ts(),
            thread_ts=message.thread_ts if isinstance(message, PostedMessage) else None,
            ephemeral=isinstance(message, ResponseHit),
            button=next(element for element in elements if element.get("action_id") == action_id),
            response_url=self._new_response_url(message.channel),
        )
        await self._deliver(
            "interactive", payload, form=urllib.parse.urlencode({"payload": json.dumps(payload)})
        )

    async def refresh(self) -> None:
        """Tell the app to move to a new WebSocket, as Slack does every few hours."""
        socket = await self._connected()
        opened = self.sockets_opened
        await socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})
        await self.until(lambda: self.sockets_opened > opened)

    # Events to the app.

    async def _deliver_event(self, event: dict[str, Any], event_id: str | None) -> None:
        payload = event_payload(
            team=self.team_id,
            bot_user=self.bot_user_id,
            event_id=event_id or f"Ev{next(self._ids)}",
            event=event,
        )
        await self._deliver("events_api", payload, form=None)

    async def _deliver(self, kind: str, payload: dict[str, Any], *, form: str | None) -> None:
        if self.request_url is not None:
            await self._deliver_over_http(payload, form)
            return
        envelope_id = f"envelope-{next(self._ids)}"
        socket = await self._connected()
        await socket.send_json(
            {
                "envelope_id": envelope_id,
                "type": kind,
                "payload": payload,
                "accepts_response_payload": kind != "events_api",
            }
        )
        await self.until(lambda: any(ack["envelope_id"] == envelope_id for ack in self.acks), ACK_SECONDS)

    async def _deliver_over_http(self, payload: dict[str, Any], form: str | None) -> None:
        body = json.dumps(payload) if form is None else form
        kind = "application/json" if form is None else "application/x-www-form-urlencoded"
        now = str(int(time.time()))
        signature = SignatureVerifier(self.signing_secret).generate_signature(timestamp=now, body=body)
        headers = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": signature or "",
        }
        timeout = aiohttp.ClientTimeout(total=ACK_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            assert self.request_url is not None
            async with session.post(self.request_url, data=body.encode(), headers=headers) as answer:
                await self._note(lambda: self.acks.append({"status": answer.status}))

    async def _connected(self) -> web.WebSocketResponse:
        await self.until(lambda: self._socket is not None and not self._socket.closed)
        assert self._socket is not None
        return self._socket

    def _web_app(self) -> web.Application:
        app = super()._web_app()
        app.router.add_get("/socket", self._socket_mode)
        return app

    async def _socket_mode(self, request: web.Request) -> web.WebSocketResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="tickets open one connection each")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        hello = {
            "type": "hello",
            "num_connections": 1,
            "connection_info": {"app_id": "A111"},
            "debug_info": {},
        }
        await socket.send_json(hello)

        def opened() -> None:
            self._socket = socket
            self.sockets_opened += 1

        await self._note(opened)
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                ack = json.loads(message.data)
                await self._note(functools.partial(self.acks.append, ack))
        return socket
