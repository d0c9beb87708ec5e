"""Sends finished messages to Telegram, and turns what it answers into errors of ours.

The token is part of every address that the libraries below write to their logs, so they are kept quiet.
"""

import datetime as dt
import logging
import os
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.errors import (
    DeliveryError,
    DeliveryRefusedError,
    DeliveryUncertainError,
    PlatformError,
    RateLimitedError,
    TokenRefusedError,
)
from bot.model import Part
from bot.render.telegram_parts import plain_text

__all__ = [
    "TOKEN_REFUSED",
    "Migrated",
    "TelegramMessenger",
    "bot_url",
    "check_telegram",
    "one_line",
    "quiet_libraries",
    "retry_seconds",
]

logger = logging.getLogger(__name__)

#: Called with the old and the new id of a group that became a supergroup.
Migrated = Callable[[str, str], Awaitable[None]]

PUBLIC_URL = "https://api.telegram.org"

TOKEN_REFUSED = "Telegram refuses the token; check [telegram] token and base_url"  # noqa: S105  (a message)

#: Without this choice the library warns each time somebody asks how long to wait.
os.environ.setdefault("PTB_TIMEDELTA", "true")

#: What broke before a request could reach Telegram, so that sending again cannot tell a thing twice.
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)

#: How Telegram's front says that nobody behind it took the request.
_NEVER_TAKEN = ("bad gateway", "service unavailable")

#: What to do about a refusal, by words of Telegram's reason.
_ADVICE = (
    ("blocked by the user", "the reader blocked the bot; they can unblock it and send /start"),
    ("can't initiate conversation", "the reader must first open the bot and send /start"),
    ("user is deactivated", "the account is gone; take this chat out of the config"),
    ("was kicked", "the bot was removed from the chat; add it again"),
    ("is not a member", "the bot is not in the chat; add it (to a channel as an administrator)"),
    ("administrator rights", "make the bot an administrator of the channel that may post messages"),
    ("not enough rights", "the bot may not write in this chat; give it the right to send messages"),
    ("no rights to send", "the bot may not write in this chat; give it the right to send messages"),
    ("write_forbidden", "the bot may not write in this chat; give it the right to send messages"),
    ("chat not found", "no such chat, or the bot is not in it; check the id and add the bot to the chat"),
    ("topic_closed", "the topic is closed; open it or choose another one"),
    ("thread not found", "there is no such topic in the chat; choose another one"),
)


def bot_url(base_url: str | None) -> str:
    """What the library puts before the token, from the address of a Bot API server."""
    url = (base_url or PUBLIC_URL).rstrip("/")
    return url if url.endswith("/bot") else f"{url}/bot"


def quiet_libraries() -> None:
    """Keep the token out of the logs: httpx and the library log addresses, which it is part of.

    The library's errors reach us as exceptions, so that it has nothing to say of its own either but
    tracebacks of what we tell in one line.
    """
    for name, level in (
        ("httpx", logging.WARNING),
        ("httpcore", logging.WARNING),
        ("telegram", logging.CRITICAL),
    ):
        logging.getLogger(name).setLevel(level)


async def check_telegram(token: str, *, base_url: str | None = None) -> str:
    """The bot's own name, asked of Telegram.

    Raises:
        PlatformError: The token is refused, or Telegram cannot be reached.
    """
    quiet_libraries()
    request = HTTPXRequest()
    try:
        me = await Bot(token, base_url=bot_url(base_url), request=request).get_me()
    except InvalidToken:
        raise PlatformError("telegram", TOKEN_REFUSED) from None
    except TelegramError as error:
        raise PlatformError("telegram", f"cannot be reached: {one_line(error)}") from error
    finally:
        await request.shutdown()
    return f"@{me.username}"


class TelegramMessenger:
    """Sends parts to chats: "-1001234567890", or "-1001234567890/42" for a topic of a forum."""

    platform = "telegram"

    def __init__(self, token: str, on_migrated: Migrated, *, base_url: str | None = None) -> None:
        quiet_libraries()
        # A slow answer is not yet a lost one: a time-out here leaves a message uncertain for good.
        self._request = HTTPXRequest(
            connection_pool_size=8, connect_timeout=10, read_timeout=30, write_timeout=30, pool_timeout=30
        )
        self._bot = Bot(token, base_url=bot_url(base_url), request=self._request)
        self._on_migrated = on_migrated

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()

    async def send(self, chat: str, part: Part, *, reply_to: str | None = None) -> str:
        """Send one part; see `Messenger.send`.

        A group that has become a supergroup is reported first, then the part goes to its new id.
        """
        try:
            return await self._send_once(chat, part, reply_to)
        except ChatMigrated as error:
            old, _, thread = chat.partition("/")
            moved = str(error.new_chat_id)
            logger.info("telegram chat moved old=%s new=%s", old, moved)
            await self._on_migrated(old, moved)
            chat = f"{moved}/{thread}" if thread else moved
        except TelegramError as error:
            if "can't parse entities" not in error.message.lower():
                raise _delivery_error(chat, error) from _harmless(error)
            # One message that we drew badly must not be lost: it is told without its markup.
            logger.warning("telegram refused the markup chat=%s reason=%s", chat, one_line(error))
            part = Part(text=plain_text(part.text), buttons=part.buttons)
            return await self._send_again(chat, part, reply_to, markup=False)
        return await self._send_again(chat, part, reply_to)

    async def _send_again(self, chat: str, part: Part, reply_to: str | None, *, markup: bool = True) -> str:
        """The second try, whose failure is final."""
        try:
            return await self._send_once(chat, part, reply_to, markup=markup)
        except TelegramError as error:
            raise _delivery_error(chat, error) from _harmless(error)

    async def _send_once(self, chat: str, part: Part, reply_to: str | None, *, markup: bool = True) -> str:
        """One request.

        Raises:
            TelegramError: Whatever came of it.
        """
        chat_id, thread = _target(chat)
        message = await self._bot.send_message(
            chat_id,
            part.text,
            parse_mode=ParseMode.HTML if markup else None,
            message_thread_id=thread,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_parameters=_reply(reply_to),
            reply_markup=_keyboard(part),
        )
        return str(message.message_id)


def one_line(error: TelegramError) -> str:
    """What the library says of an error, without the page of HTML that a proxy may have answered."""
    return error.message.partition(". Parsing the server response")[0].splitlines()[0][:200]


def retry_seconds(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else wait


def _target(chat: str) -> tuple[int | str, int | None]:
    """The chat's id and topic.

    Raises:
        DeliveryRefusedError: It is no id of Telegram's.
    """
    name, _, thread = chat.partition("/")
    try:
        return name if name.startswith("@") else int(name), int(thread) if thread else None
    except ValueError:
        raise DeliveryRefusedError(chat, "not an id of a Telegram chat") from None


def _reply(reply_to: str | None) -> ReplyParameters | None:
    """A reply, which is told even when the message it answers is gone."""
    if reply_to is None:
        return None
    return ReplyParameters(message_id=int(reply_to), allow_sending_without_reply=True)


def _keyboard(part: Part) -> InlineKeyboardMarkup | None:
    """The part's buttons."""
    if not part.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in part.buttons]
    )


def _delivery_error(chat: str, error: TelegramError) -> DeliveryError:
    """Ours for what the library raised."""
    if isinstance(error, RetryAfter):
        return RateLimitedError(chat, retry_seconds(error))
    if isinstance(error, InvalidToken):
        return TokenRefusedError(chat, TOKEN_REFUSED)
    if isinstance(error, (Forbidden, BadRequest)):
        return DeliveryRefusedError(chat, _advice(one_line(error)))
    if isinstance(error, NetworkError) and _was_never_taken(error):
        return DeliveryError(chat, f"Telegram cannot be reached: {one_line(error)}")
    return DeliveryUncertainError(chat, f"sent, but no answer came: {one_line(error)}")


def _advice(reason: str) -> str:
    """What to do about a refusal; the reason itself where we know no better."""
    lowered = reason.lower()
    return next((advice for words, advice in _ADVICE if words in lowered), reason)


def _was_never_taken(error: NetworkError) -> bool:
    """Whether it is sure that Telegram did not take the message."""
    return isinstance(error.__cause__, _NEVER_SENT) or one_line(error).lower().startswith(_NEVER_TAKEN)


def _harmless(error: TelegramError) -> TelegramError | None:
    """The cause to keep: a refusal of the token may spell it out."""
    return None if isinstance(error, InvalidToken) else error
