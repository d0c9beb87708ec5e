"""A local Telegram: the Bot API over HTTP, as strict as the real one, with people who type and press.

async with TelegramServer() as telegram:
    telegram.add_chat(-1001234567890, title="Asia desk")
    ...                                     # a bot with telegram.token and telegram.base_url
    telegram.type(-1001234567890, "/brief korea")
    await telegram.until_sent(1)
    telegram.sent[0].text
"""

import asyncio
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.servers.telegram_html import BadMarkupError, parse_html, utf16_units
from tests.servers.telegram_methods import METHODS, BadParameterError, read_parameters

__all__ = ["Fault", "Sent", "TelegramServer"]

#: 2024-06-17 00:00 UTC: when everything here is said.
_SAID_AT = 1_718_582_400

_BOT: dict[str, Any] = {
    "id": 7_000_000_001,
    "is_bot": True,
    "first_name": "Attaché",
    "username": "attache_bot",
}

_CONFLICT = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A message that the bot sent and Telegram took."""

    chat_id: int
    message_id: int
    #: What a reader sees.
    text: str
    #: What was sent, with its markup.
    markup: str
    parse_mode: str | None
    entities: tuple[dict[str, Any], ...]
    #: (label, data) of each button.
    buttons: tuple[tuple[str, str], ...]
    thread_id: int | None
    reply_to: int | None
    silent: bool
    link_preview: bool


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What the next call of a method meets: a refusal, or (`lose_answer`) silence after it was obeyed."""

    method: str = "sendMessage"
    code: int = 400
    description: str = "Bad Request"
    retry_after: int | None = None
    #: Take the message, then break the connection before the answer.
    lose_answer: bool = False


class _RefusedError(Exception):
    """The Bot API's answer to a request that it refuses."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class TelegramServer:
    """The server; chats must be added (or typed in) before a bot may write to them, as in life."""

    def __init__(self, *, token: str = "7000000001:AAtest-token_of-no-real-bot-000000000") -> None:  # noqa: S107
        self.token = token
        self.base_url = ""
        self.sent: list[Sent] = []
        #: Ids of the callback queries that the bot answered.
        self.answered: list[str] = []
        #: Every request: method and parameters.
        self.calls: list[tuple[str, dict[str, Any]]] = []
        #: Each meets one call of its method, the first one first.
        self.faults: list[Fault] = []
        self._chats: dict[int, dict[str, Any]] = {}
        self._moved: dict[int, int] = {}
        self._updates: list[dict[str, Any]] = []
        self._last_id = 100
        self._news = asyncio.Condition()
        #: The long poll that is served now: a newer one ends it.
        self._poll = 0
        self._closing = False

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        await self._tell()
        await self._runner.cleanup()

    # What people do.

    def add_chat(self, chat_id: int, *, kind: str | None = None, title: str = "Desk") -> None:
        """A chat that the bot is in; ids below zero are groups, those of -100... supergroups."""
        if kind is None:
            kind = "private" if chat_id > 0 else "supergroup" if str(chat_id).startswith("-100") else "group"
        named = {"first_name": "Rina"} if kind == "private" else {"title": title}
        self._chats[chat_id] = {"id": chat_id, "type": kind} | named

    def type(self, chat_id: int, text: str, *, thread_id: int | None = None) -> int:
        """Somebody types this; returns the message's id."""
        if chat_id not in self._chats:
            self.add_chat(chat_id)
        message = self._message(chat_id) | {"text": text}
        if text.startswith("/"):
            length = utf16_units(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        if thread_id is not None:
            message |= {"message_thread_id": thread_id, "is_topic_message": True}
        kind = "message"
        if self._chats[chat_id]["type"] == "channel":
            kind = "channel_post"
            message["sender_chat"] = message["chat"]
        else:
            message["from"] = _person()
        self._update({kind: message})
        return int(message["message_id"])

    def press(self, chat_id: int, data: str) -> str:
        """Somebody presses the button of this data under a message the bot sent; returns the query's id."""
        sent = next(
            s for s in reversed(self.sent) if s.chat_id == chat_id and data in dict(s.buttons).values()
        )
        message = self._message(chat_id) | {"message_id": sent.message_id, "from": _BOT, "text": sent.text}
        if sent.thread_id is not None:
            message |= {"message_thread_id": sent.thread_id, "is_topic_message": True}
        query_id = str(self._next_id())
        query = {"id": query_id, "from": _person(), "message": message, "chat_instance": "1", "data": data}
        self._update({"callback_query": query})
        return query_id

    def migrate(self, chat_id: int, new_chat_id: int) -> None:
        """The group becomes a supergroup with another id: the old chat says so and takes nothing more."""
        self.add_chat(new_chat_id)
        self._update({"message": self._message(chat_id) | {"migrate_to_chat_id": new_chat_id}})
        self._moved[chat_id] = new_chat_id

    async def until_sent(self, count: int) -> None:
        """Wait until the bot has sent so many messages."""
        await self._until(lambda: len(self.sent) >= count)

    async def until_called(self, method: str, times: int = 1) -> None:
        """Wait until the bot has called a method so often."""
        await self._until(lambda: [name for name, _ in self.calls].count(method) >= times)

    # How it works.

    async def _until(self, reached: Any) -> None:
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(reached)

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _message(self, chat_id: int) -> dict[str, Any]:
        return {"message_id": self._next_id(), "date": _SAID_AT, "chat": self._chats[chat_id]}

    def _update(self, update: dict[str, Any]) -> None:
        self._updates.append({"update_id": self._next_id()} | update)
        self._telling = asyncio.ensure_future(self._tell())

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        """One request, answered in the envelope of the Bot API."""
        token, _, method = request.path.removeprefix("/bot").partition("/")
        form = {key: str(value) for key, value in (await request.post()).items()}
        fault = next((fault for fault in self.faults if fault.method == method), None)
        try:
            body, status = {"ok": True, "result": await self._called(token, method, form, fault)}, 200
        except BadParameterError as error:
            body, status = _refusal(_RefusedError(400, f"Bad Request: {error}"))
        except _RefusedError as error:
            body, status = _refusal(error)
        await self._tell()
        if fault and fault.lose_answer and request.transport is not None:
            request.transport.close()
        return web.json_response(body, status=status)

    async def _called(self, token: str, method: str, form: dict[str, str], fault: Fault | None) -> Any:
        """What a method gives, called with these parameters, or meeting this fault."""
        if token != self.token:
            raise _RefusedError(401, "Unauthorized")
        if method not in METHODS:
            raise _RefusedError(404, "Not Found: method not found")
        parameters = read_parameters(method, form)
        self.calls.append((method, parameters))
        if fault:
            self.faults.remove(fault)
            if not fault.lose_answer:
                wait = {} if fault.retry_after is None else {"retry_after": fault.retry_after}
                raise _RefusedError(fault.code, fault.description, **wait)
        return await getattr(self, f"_{method}")(parameters)

    async def _getMe(self, _: dict[str, Any]) -> dict[str, Any]:
        return _BOT

    async def _deleteWebhook(self, _: dict[str, Any]) -> bool:
        return True

    async def _setMyCommands(self, parameters: dict[str, Any]) -> bool:
        for command in parameters["commands"]:
            if not 1 <= len(command["description"]) <= 256 or not command["command"].islower():
                raise _RefusedError(400, "Bad Request: BOT_COMMAND_INVALID")
        return True

    async def _getChat(self, parameters: dict[str, Any]) -> dict[str, Any]:
        gifts = dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            True,
        )
        full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
        return self._chat(parameters["chat_id"]) | full

    async def _getUpdates(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        self._poll += 1
        mine = self._poll
        offset = parameters.get("offset", 0)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        allowed = parameters.get("allowed_updates")

        def wanted() -> list[dict[str, Any]]:
            return [u for u in self._updates if allowed is None or set(allowed) & set(u)]

        async with self._news:
            self._news.notify_all()
            try:
                async with asyncio.timeout(parameters.get("timeout", 0)):
                    await self._news.wait_for(lambda: wanted() or self._poll != mine or self._closing)
            except TimeoutError:
                return wanted()
        if self._poll != mine:
            raise _RefusedError(409, _CONFLICT)
        return wanted()

    async def _answerCallbackQuery(self, parameters: dict[str, Any]) -> bool:
        self.answered.append(parameters["callback_query_id"])
        return True

    async def _sendMessage(self, parameters: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat(parameters["chat_id"])
        message = self._message(chat["id"]) | {"from": _BOT} | _said(parameters)
        thread = parameters.get("message_thread_id")
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        self.sent.append(_sent(message, parameters))
        return message

    async def _editMessageText(self, parameters: dict[str, Any]) -> dict[str, Any]:
        for index, sent in enumerate(self.sent):
            if (sent.chat_id, sent.message_id) == (parameters["chat_id"], parameters["message_id"]):
                message = self._message(sent.chat_id) | {"message_id": sent.message_id, "from": _BOT}
                message |= _said(parameters) | {"edit_date": _SAID_AT}
                self.sent[index] = _sent(message, parameters)
                return message
        raise _RefusedError(400, "Bad Request: message to edit not found")

    def _chat(self, chat_id: int) -> dict[str, Any]:
        """The chat, as long as it has this id."""
        if chat_id in self._moved:
            moved = {"migrate_to_chat_id": self._moved[chat_id]}
            raise _RefusedError(400, "Bad Request: group chat was upgraded to a supergroup chat", **moved)
        if chat_id not in self._chats:
            raise _RefusedError(400, "Bad Request: chat not found")
        return self._chats[chat_id]


def _refusal(error: _RefusedError) -> tuple[dict[str, Any], int]:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    return (body | {"parameters": error.parameters} if error.parameters else body), error.code


def _person() -> dict[str, Any]:
    return {"id": 42, "is_bot": False, "first_name": "Rina", "username": "rina"}


def _said(parameters: dict[str, Any]) -> dict[str, Any]:
    """Text, entities and buttons of a message, once they have passed Telegram's checks."""
    markup = parameters.get("text", "")
    if len(markup.encode()) > 32 * 1024:
        raise _RefusedError(400, "Bad Request: message is too long")
    text = markup
    entities: list[dict[str, Any]] = []
    if parameters.get("parse_mode") == "HTML":
        try:
            text, entities = parse_html(markup)
        except BadMarkupError as error:
            raise _RefusedError(400, f"Bad Request: can't parse entities: {error}") from None
    if not text.strip():
        raise _RefusedError(400, "Bad Request: message text is empty")
    if utf16_units(text) > 4096:
        raise _RefusedError(400, "Bad Request: message is too long")
    said: dict[str, Any] = {"text": text}
    if entities:
        said["entities"] = entities
    keyboard = parameters.get("reply_markup")
    for label, data in _buttons(parameters):
        if not label or not 1 <= len(data.encode()) <= 64:
            raise _RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")
    return said | {"reply_markup": keyboard} if keyboard else said


def _buttons(parameters: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    rows = (parameters.get("reply_markup") or {}).get("inline_keyboard", [])
    return tuple((button["text"], button["callback_data"]) for row in rows for button in row)


def _sent(message: dict[str, Any], parameters: dict[str, Any]) -> Sent:
    preview = parameters.get("link_preview_options") or {}
    return Sent(
        chat_id=message["chat"]["id"],
        message_id=message["message_id"],
        text=message["text"],
        markup=parameters["text"],
        parse_mode=parameters.get("parse_mode"),
        entities=tuple(message.get("entities", ())),
        buttons=_buttons(parameters),
        thread_id=parameters.get("message_thread_id"),
        reply_to=(parameters.get("reply_parameters") or {}).get("message_id"),
        silent=parameters.get("disable_notification", False),
        link_preview=not preview.get("is_disabled", False),
    )
