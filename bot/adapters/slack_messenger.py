"""Sends finished messages to Slack, and turns what it answers into errors of ours.

The library may not send anything twice on its own (its default), and says nothing but errors, in one line
each: at its lower levels it writes out whole messages and addresses that work like passwords.
"""

import html
import logging
import re
from collections.abc import Iterator
from functools import partial
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import (
    DeliveryError,
    DeliveryRefusedError,
    DeliveryUncertainError,
    RateLimitedError,
    TokenRefusedError,
)
from bot.model import Part

__all__ = [
    "PUBLIC_URL",
    "SlackMessenger",
    "advice",
    "library_logger",
    "proxy_for",
    "web_client",
]

logger = logging.getLogger(__name__)

PUBLIC_URL = "https://slack.com/api/"

#: Slack names no wait where it refuses a burst without HTTP 429.
DEFAULT_WAIT = 30.0

#: What to do about a refusal, by Slack's code for it.
_ADVICE = {
    "not_in_channel": "the bot is not in this channel; type there: /invite @attache",
    "channel_not_found": "no such channel, or a private one without the bot; check the id (C...), "
    "or type there: /invite @attache",
    "is_archived": "the channel is archived; unarchive it, or take it out of the config",
    "messages_tab_disabled": "the app takes no direct messages; install it from slack-manifest.yaml",
    "invalid_auth": "Slack does not know this token; copy it again from the app's pages",
    "not_authed": "there is no token",
    "not_allowed_token_type": "this is the other kind of token; bot_token is xoxb-..., app_token is xapp-...",
    "account_inactive": "the app was removed from the workspace; install it again and copy the new token",
    "token_revoked": "the token was revoked; install the app again and copy the new token",
    "token_expired": "the token has expired; install the app again and copy the new token",
    "missing_scope": "the app lacks a permission; install it again from slack-manifest.yaml",
    "restricted_action": "a rule of the workspace forbids the bot to write here; ask its owner",
}

#: The message is at fault, not the chat: it is told without its blocks.
_BAD_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})
_RATE_LIMITS = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
#: Slack says of these that the call may have worked in part.
_UNCERTAIN = frozenset({"internal_error", "fatal_error"})
#: The token is at fault, not the chat.
_TOKEN_REFUSED = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "not_allowed_token_type",
        "account_inactive",
        "token_revoked",
        "token_expired",
    }
)
#: Slack could not take it now.
_LATER = frozenset({"service_unavailable", "request_timeout", "team_added_to_org", "accesslimited"})

#: What broke before a message could reach Slack, so that sending again cannot tell a thing twice.
_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)

#: Tokens, and the tickets in Socket Mode's addresses.
_SECRETS = re.compile(r"x(?:ox[a-z]|app)-[\w-]+|(?<=ticket=)[^&\s'\"]+")


class SlackMessenger:
    """Sends parts to channels and people, by Slack's own ids ("C0123456789")."""

    platform = "slack"

    def __init__(self, bot_token: str, *, base_url: str | None = None, timeout: float = 30.0) -> None:
        """Take what is needed to send; nothing is connected before the first message.

        Args:
            bot_token: "xoxb-...".
            base_url: Of another Web API than the public one.
            timeout: Seconds to wait for an answer; a message without one is uncertain for good.
        """
        self._client = web_client(bot_token, base_url)
        self._timeout = aiohttp.ClientTimeout(total=timeout, connect=min(10.0, timeout))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        if self._client.session is not None:
            await self._client.session.close()

    async def send(self, chat: str, part: Part, *, reply_to: str | None = None) -> str:
        """Send one part; see `Messenger.send`.

        The id is the message's `ts`, behind that of its thread where it is in one ("17.5/18.2"), since
        Slack wants replies to a reply to name the thread. A change is shown in the channel too.
        """
        post = partial(self._post, chat, reply_to=reply_to, everywhere=part.answers is not None)
        try:
            return await post(part.text, part.blocks)
        except SlackApiError as error:
            if _error_code(error) not in _BAD_BLOCKS or not part.blocks:
                raise _refusal(chat, error) from error
            # One message that we drew badly must not silence the channel: it is told without its blocks.
            logger.warning("slack refused the blocks chat=%s reason=%s", chat, _details(error))
        try:
            return await post("\n".join(_texts(part.blocks)) or part.text, ())
        except SlackApiError as error:
            raise _refusal(chat, error) from error

    async def _post(
        self,
        chat: str,
        text: str,
        blocks: tuple[dict[str, object], ...],
        *,
        reply_to: str | None,
        everywhere: bool,
    ) -> str:
        thread = reply_to.partition("/")[0] if reply_to else None
        if self._client.session is None or self._client.session.closed:
            # A kept connection that Slack closes just then would leave the next message uncertain.
            connector = aiohttp.TCPConnector(force_close=True)
            self._client.session = aiohttp.ClientSession(timeout=self._timeout, connector=connector)
        try:
            answer = await self._client.chat_postMessage(
                channel=chat,
                text=text,
                blocks=list(blocks) or None,
                thread_ts=thread,
                reply_broadcast=(everywhere and thread is not None) or None,
                unfurl_links=False,
                unfurl_media=False,
            )
        except _NEVER_SENT as error:
            raise DeliveryError(chat, f"Slack cannot be reached: {_one_line(error)}") from error
        except (TimeoutError, aiohttp.ClientError) as error:
            raise DeliveryUncertainError(chat, f"no answer from Slack: {_one_line(error)}") from error
        return f"{thread}/{answer['ts']}" if thread else str(answer["ts"])


def web_client(token: str | None, base_url: str | None) -> AsyncWebClient:
    """The library's client, which sends each call once."""
    url = base_url or PUBLIC_URL
    client = AsyncWebClient(token, url, logger=library_logger(), retry_handlers=[])
    client.proxy = proxy_for(url)
    return client


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for an address; the library forgets NO_PROXY and local servers."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in ("localhost", "127.0.0.1", "::1") or proxy_bypass(host):
        return None
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    return getproxies().get(scheme)


def library_logger() -> logging.Logger:
    """The logger for all parts of the library."""
    library = logging.getLogger("slack_bolt")
    if not any(isinstance(known, _Terse) for known in library.filters):
        library.setLevel(logging.ERROR)
        library.addFilter(_Terse())
    return library


class _Terse(logging.Filter):
    """Makes one line of each of the library's errors, and one of an error that repeats.

    While Slack cannot be reached the library tries every few seconds, each time with a traceback.
    """

    _last = ""

    def filter(self, record: logging.LogRecord) -> bool:
        message = _SECRETS.sub("***", " ".join(record.getMessage().split()))
        record.msg, record.args, record.exc_info, record.exc_text = message, None, None, None
        repeated, self._last = message == self._last, message
        return not repeated


def advice(error: SlackApiError) -> str:
    """What is wrong and what to do about it, in one line."""
    code = _error_code(error)
    told = _ADVICE.get(code)
    if code == "missing_scope" and (needed := error.response.get("needed")):
        return f"{code}: {told} ({needed})"
    return f"{code}: {told}" if told else code or "no usable answer"


def is_passing(error: SlackApiError) -> bool:
    """Whether Slack only cannot answer now."""
    code = _error_code(error)
    return not code or _status(error) == 429 or code in _RATE_LIMITS | _UNCERTAIN | _LATER


def _refusal(chat: str, error: SlackApiError) -> DeliveryError:
    """What a refused call means for the message."""
    code = _error_code(error)
    status = _status(error)
    if status == 429 or code in _RATE_LIMITS:
        return RateLimitedError(chat, _retry_after(error))
    if code in _LATER or status == 503:
        return DeliveryError(chat, f"Slack cannot take it now: {code or 'HTTP 503'}")
    if code in _UNCERTAIN or not code:
        return DeliveryUncertainError(chat, f"Slack failed on the way: {code or f'HTTP {status}'}")
    if code in _TOKEN_REFUSED:
        return TokenRefusedError(chat, advice(error))
    return DeliveryRefusedError(chat, advice(error))


def _error_code(error: SlackApiError) -> str:
    """Slack's code for what is wrong ("channel_not_found"), "" where it gave none."""
    data = getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def _status(error: SlackApiError) -> int:
    """The HTTP status; the library hands on its HTTP client's own answer where that was no JSON."""
    response = error.response
    return int(getattr(response, "status_code", 0) or getattr(response, "status", 0))


def _retry_after(error: SlackApiError) -> float:
    try:
        return float(error.response.headers["Retry-After"])
    except (KeyError, ValueError):
        return DEFAULT_WAIT


def _details(error: SlackApiError) -> str:
    """Slack's code, with what it found wrong where it says so."""
    found = (error.response.get("response_metadata") or {}).get("messages") or []
    return "; ".join([_error_code(error), *map(str, found)])[:500]


def _texts(value: object) -> Iterator[str]:
    """The texts inside blocks, in order: what is left of a message without them."""
    if isinstance(value, dict):
        text = value.get("text")
        if isinstance(text, str):
            yield html.escape(text, quote=False) if value.get("type") == "plain_text" else text
            return
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
