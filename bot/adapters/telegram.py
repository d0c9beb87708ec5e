"""Answers what people type and press in Telegram, by long polling.

What to answer is the caller's business: the bot hands on what was typed and sends what it gets. The
sending, and the errors of Telegram, are in `telegram_messenger`.
"""

import asyncio
import contextlib
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

import stamina
from telegram import BotCommand, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.adapters.telegram_messenger import (
    TOKEN_REFUSED,
    Migrated,
    TelegramMessenger,
    bot_url,
    one_line,
    quiet_libraries,
    retry_seconds,
)
from bot.errors import BotError, DeliveryError, PlatformError, RateLimitedError
from bot.model import Part

__all__ = ["Answer", "TelegramBot", "TelegramMessenger"]

logger = logging.getLogger(__name__)

#: How long one request for news stays open.
LONG_POLL = dt.timedelta(seconds=30)

#: An answer waits as long for Telegram's rate limit, then it is given up: its reader has moved on.
LONGEST_WAIT = dt.timedelta(minutes=2)

#: Answers on their way get so long to finish when the bot stops.
STOP_SECONDS = 10

_HEARD = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST

_Application: TypeAlias = Application[Any, Any, Any, Any, Any, Any]


class Answer(Protocol):
    """The use case behind the commands."""

    async def __call__(self, command: str, argument: str, chat_id: str, user_name: str) -> Sequence[Part]:
        """What to answer to `/command argument`, as parts drawn for Telegram.

        Args:
            command: "start", "help", "brief" or "history".
            argument: The words after it, "" where there are none.
            chat_id: The chat's id, without a topic.
            user_name: Who asks; the chat's title in channels.

        Raises:
            BotError: It cannot be answered now.
        """
        ...


class TelegramBot:
    """Polls, and answers in the chat and topic where it was asked."""

    def __init__(
        self,
        token: str,
        answer: Answer,
        messenger: TelegramMessenger,
        on_migrated: Migrated,
        *,
        commands: Mapping[str, str],
        trouble: Sequence[Part],
        base_url: str | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """See `Answer` and `TelegramMessenger`.

        Args:
            token: The bot's token.
            answer: Says what to answer.
            messenger: Sends it.
            on_migrated: Moves what is kept of a chat to its new id; may be called twice for one move.
            commands: What each command does, for the menu of the chats.
            trouble: The answer where `answer` fails.
            base_url: Of another Bot API server than the public one.
            sleep: Waits, for rate limits.
        """
        quiet_libraries()
        self._token = token
        self._answer = answer
        self._messenger = messenger
        self._on_migrated = on_migrated
        self._commands = commands
        self._trouble = trouble
        self._base_url = bot_url(base_url)
        self._sleep = sleep
        self._ended: asyncio.Future[str]
        self._answering: set[asyncio.Task[Any]] = set()
        #: The last problem told, so that an outage is one line in the log and not one every 30 seconds.
        self._problem: str | None = None

    async def run(self) -> None:
        """Poll and answer until cancelled.

        Raises:
            PlatformError: The token is refused, or another program polls with it.
        """
        self._ended = asyncio.get_running_loop().create_future()
        application = self._application()
        try:
            await self._begin(application)
            problem = await self._ended
        except InvalidToken:
            # The library's message spells the token out, so it ends here.
            raise PlatformError("telegram", TOKEN_REFUSED) from None
        except TelegramError as error:
            raise PlatformError("telegram", one_line(error)) from error
        finally:
            await self._end(application)
        raise PlatformError("telegram", problem)

    def _application(self) -> _Application:
        """The library's application with our handlers."""
        polling = _PollingRequest(self._polled, self._ended.done)
        application = (
            ApplicationBuilder()
            .token(self._token)
            .base_url(self._base_url)
            .get_updates_request(polling)
            .concurrent_updates(True)
            .build()
        )
        application.add_handler(CommandHandler(list(self._commands), self._on_command, filters=_HEARD))
        application.add_handler(CallbackQueryHandler(self._on_button))
        application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, self._on_migration))
        application.add_error_handler(_on_error)
        return application

    async def _begin(self, application: _Application) -> None:
        """Start, as soon as Telegram can be reached."""
        attempts = stamina.retry_context(on=_wait_for, attempts=None, timeout=None, wait_max=30)
        async for attempt in attempts:
            with attempt:
                await application.initialize()
        try:
            await application.bot.set_my_commands([BotCommand(*item) for item in self._commands.items()])
        except TelegramError as error:
            # Only the menu is missing; the commands work.
            logger.warning("telegram menu not set reason=%s", one_line(error))
        assert application.updater is not None  # noqa: S101  (the builder makes one unless told not to)
        await application.updater.start_polling(
            timeout=LONG_POLL,
            bootstrap_retries=-1,
            allowed_updates=[Update.MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY],
            error_callback=self._polling_failed,
        )
        await application.start()
        logger.info("telegram polling bot=%s", application.bot.username)

    def _polled(self, status: int) -> None:
        """Hear how a request for news was answered.

        The library stops polling without a word when the token is refused on the way.
        """
        if status in (401, 404):
            self._end_with(TOKEN_REFUSED)
        elif status == 200 and self._problem is not None:
            logger.info("telegram reachable again")
            self._problem = None

    def _polling_failed(self, error: TelegramError) -> None:
        """Hear of a request for news that failed and will be tried again."""
        if isinstance(error, Conflict):
            self._end_with("another program polls with this token; stop it, or use another token here")
            return
        problem = one_line(error)
        if problem != self._problem:
            logger.warning("telegram not reachable reason=%s", problem)
        self._problem = problem

    def _end_with(self, problem: str) -> None:
        if not self._ended.done():
            self._ended.set_result(problem)

    async def _on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        if message is None or message.text is None:
            return
        command = message.text.split()[0].lstrip("/").partition("@")[0].lower()
        in_group = message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
        reply_to = str(message.message_id) if in_group else None
        await self._reply(command, " ".join(context.args or ()), _chat(message), _asker(update), reply_to)

    async def _on_button(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None or query.message is None:
            return
        try:
            await query.answer()
        except TelegramError as error:
            # Pressed long ago: the button stays grey, the answer is still wanted.
            logger.info("telegram button not released reason=%s", one_line(error))
        command, _, argument = (query.data or "").partition(" ")
        if command in self._commands:
            chat = _chat(query.message) if isinstance(query.message, Message) else str(query.message.chat.id)
            await self._reply(command, argument, chat, _asker(update), str(query.message.message_id))

    async def _on_migration(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        if message is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        logger.info("telegram chat moved old=%s new=%s", old, new)
        await self._on_migrated(str(old), str(new))

    async def _reply(self, command: str, argument: str, chat: str, asker: str, reply_to: str | None) -> None:
        """Answer in the chat and topic where it was asked."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  (a coroutine runs in a task)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)
        try:
            parts = await self._answer(command, argument, chat.partition("/")[0], asker)
        except BotError as error:
            logger.error("telegram answer failed chat=%s command=%s reason=%s", chat, command, error)  # noqa: TRY400
            parts = self._trouble
        except Exception:
            logger.exception("telegram answer failed chat=%s command=%s", chat, command)
            parts = self._trouble
        try:
            for part in parts:
                await self._send(chat, part, reply_to)
        except DeliveryError as error:
            logger.warning("telegram answer not delivered reason=%s", error)

    async def _send(self, chat: str, part: Part, reply_to: str | None) -> None:
        """Send one part of an answer, waiting where Telegram asks to."""
        left = LONGEST_WAIT.total_seconds()
        while True:
            try:
                await self._messenger.send(chat, part, reply_to=reply_to)
            except RateLimitedError as error:
                left -= error.retry_after
                if left < 0:
                    raise
                await self._sleep(error.retry_after)
            else:
                return

    async def _end(self, application: _Application) -> None:
        """Stop as far as it was started, giving answers on their way a moment."""
        updater = application.updater
        if updater is not None and updater.running:
            # What ended the polling ends its last request too; `run` has told it.
            with contextlib.suppress(TelegramError):
                await updater.stop()
        if application.running:
            try:
                await asyncio.wait_for(application.stop(), STOP_SECONDS)
            except TimeoutError:
                logger.warning("telegram stopped with answers unsent count=%d", len(self._answering))
        for task in tuple(self._answering):
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)
        await application.shutdown()
        # Where the start failed, the application thinks that there is nothing to shut down.
        await application.bot.shutdown()


class _PollingRequest(HTTPXRequest):
    """The connection for news, which tells the status of each answer and stays silent once it has ended.

    The library asks once more while it stops. After a conflict that would throw the other program out.
    """

    def __init__(self, told: Callable[[int], None], has_ended: Callable[[], bool]) -> None:
        super().__init__(connection_pool_size=1, read_timeout=10)
        self._told = told
        self._has_ended = has_ended

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make the request."""
        if self._has_ended():
            raise NetworkError("polling has ended")
        status, payload = await super().do_request(*args, **kwargs)
        self._told(status)
        return status, payload


def _wait_for(error: Exception) -> bool | float:
    """Whether a failed start will pass, and after how long where Telegram says so.

    The library counts our own mistakes among the network's errors.
    """
    if isinstance(error, RetryAfter):
        return retry_seconds(error)
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


async def _on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Tell the log what broke; what was asked there is not anybody else's business."""
    logger.error("telegram update failed", exc_info=context.error)


def _chat(message: Message) -> str:
    """The chat, with the topic the message belongs to."""
    if message.is_topic_message and message.message_thread_id:
        return f"{message.chat.id}/{message.message_thread_id}"
    return str(message.chat.id)


def _asker(update: Update) -> str:
    """Who asks: a person, or the chat itself in channels and for anonymous admins."""
    if update.effective_user is not None:
        return update.effective_user.full_name
    return (update.effective_chat.effective_name or "") if update.effective_chat is not None else ""
