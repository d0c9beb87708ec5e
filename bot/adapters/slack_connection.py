"""Gets in touch with Slack and stays there: by Socket Mode, or by HTTP where Slack can reach us."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import aiohttp
import stamina
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.adapters.slack_messenger import advice, is_passing, library_logger, proxy_for, web_client
from bot.errors import PlatformError

__all__ = ["HttpMode", "SocketMode", "check_slack", "identify", "listen", "when_reachable"]

logger = logging.getLogger(__name__)

#: Where Slack sends to in HTTP mode: the request URLs of the app's pages end in this.
HTTP_PATH = "/slack/events"

#: A WebSocket that does not open in this time gets a new address.
CONNECT_SECONDS = 30.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketMode:
    """Slack is called from here; nothing has to be open to the Internet."""

    #: "xapp-...", with the scope connections:write.
    app_token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpMode:
    """Slack calls us, through whatever speaks HTTPS in front of this port."""

    #: Proves that a request is Slack's.
    signing_secret: str = field(repr=False)
    port: int
    host: str = "0.0.0.0"  # noqa: S104 - every request must be signed, and a container needs all addresses


async def check_slack(bot_token: str, mode: SocketMode | HttpMode, base_url: str | None = None) -> str:
    """Try the tokens; says who the bot is, in which workspace.

    Raises:
        PlatformError: A token is refused, or Slack cannot be reached.
    """
    try:
        identity = await identify(bot_token, base_url)
        if isinstance(mode, SocketMode):
            await _socket_address(mode, base_url)
    except (TimeoutError, aiohttp.ClientError, SlackApiError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise PlatformError("slack", f"cannot be reached: {reason}") from error
    return f"{identity.get('user')} in {identity.get('team')}"


async def identify(bot_token: str, base_url: str | None) -> dict[str, Any]:
    """Who the bot token says we are, as `auth.test` answers.

    Raises:
        PlatformError: The token is refused.
    """
    try:
        answer = await web_client(bot_token, base_url).auth_test()
    except SlackApiError as error:
        if is_passing(error):
            raise
        raise PlatformError("slack", f"bot_token: {advice(error)}") from error
    return dict(answer.data) if isinstance(answer.data, dict) else {}


async def listen(
    app: AsyncApp, mode: SocketMode | HttpMode, base_url: str | None, listening: asyncio.Event
) -> None:
    """Hand what Slack sends to the app, until cancelled.

    Args:
        app: The library's application with its handlers.
        mode: How Slack and the bot find each other.
        base_url: Of another Web API than the public one.
        listening: Set once Slack can reach the app.

    Raises:
        PlatformError: The app token is refused, or the port cannot be opened.
    """
    if isinstance(mode, SocketMode):
        await _listen_by_socket(app, mode, base_url, listening)
    else:
        await _listen_by_http(app, mode, listening)


async def when_reachable(call: Callable[[], Awaitable[T]]) -> T:
    """What the call gives, as soon as Slack can be reached; an outage at the start is only a delay."""
    async for attempt in stamina.retry_context(on=_is_outage, attempts=None, timeout=None, wait_max=30):
        with attempt:
            return await call()
    raise AssertionError("it is tried without end")


async def _listen_by_socket(
    app: AsyncApp, mode: SocketMode, base_url: str | None, listening: asyncio.Event
) -> None:
    handler = AsyncSocketModeHandler(
        app, mode.app_token, library_logger(), web_client(mode.app_token, base_url)
    )
    client = handler.client
    try:
        while not listening.is_set():
            address = await when_reachable(lambda: _socket_address(mode, base_url))
            client.wss_uri, client.proxy = address, proxy_for(address)
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    await handler.connect_async()  # type: ignore[no-untyped-call]
            except TimeoutError:
                # The library would go on trying an address that is good for one time only.
                logger.warning("slack socket did not open; asking for another address")
            else:
                listening.set()
        logger.info("slack listening by=socket")
        await asyncio.Event().wait()
    finally:
        await _close(handler)


async def _listen_by_http(app: AsyncApp, mode: HttpMode, listening: asyncio.Event) -> None:
    runner = web.AppRunner(app.web_app(path=HTTP_PATH), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, mode.host, mode.port).start()
        listening.set()
        logger.info("slack listening by=http port=%d path=%s", mode.port, HTTP_PATH)
        await asyncio.Event().wait()
    except OSError as error:
        raise PlatformError("slack", f"port {mode.port} cannot be opened: {error.strerror}") from error
    finally:
        await runner.cleanup()


async def _socket_address(mode: SocketMode, base_url: str | None) -> str:
    """Where a WebSocket may be opened, once."""
    try:
        answer = await web_client(mode.app_token, base_url).apps_connections_open(app_token=mode.app_token)
    except SlackApiError as error:
        if is_passing(error):
            raise
        raise PlatformError("slack", f"app_token: {advice(error)}") from error
    return str(answer["url"])


async def _close(handler: AsyncSocketModeHandler) -> None:
    """Close the connection, and wait for the library's tasks: it cancels them and leaves them."""
    client = handler.client
    await handler.close_async()  # type: ignore[no-untyped-call]
    tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
    await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)


def _is_outage(error: Exception) -> bool:
    """Whether it will pass."""
    if isinstance(error, SlackApiError):
        return is_passing(error)
    return isinstance(error, TimeoutError | aiohttp.ClientError)
