"""Builds the chat platforms that are on: what sends, what listens, and how answers are drawn."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.adapters.slack import HttpMode, SlackBot, SlackMessenger, SocketMode
from bot.adapters.telegram import TelegramBot, TelegramMessenger
from bot.commands import Access, Asker, House, answer
from bot.model import Briefing, Part
from bot.ports import Clock, Store
from bot.render.slack import render_slack, slack_text
from bot.render.telegram import render_telegram, render_telegram_text
from bot.render.wording import load_wording
from bot.settings import Settings, SlackSettings, TelegramSettings
from digest.world import World

__all__ = ["Platform", "Reception", "access_of", "platforms_of", "slack_mode"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A chat platform that is on."""

    name: str
    #: Entered and left by whoever serves.
    messenger: TelegramMessenger | SlackMessenger
    #: Listens until cancelled; raises PlatformError where that cannot be.
    listen: Callable[[], Awaitable[None]]
    draw: Callable[[Briefing], tuple[Part, ...]]
    #: Draws plain words.
    say: Callable[[str], tuple[Part, ...]]


class Reception:
    """Answers who asks, in the language and time zone of the briefings that their chat gets."""

    def __init__(self, settings: Settings, store: Store, clock: Clock, world: World) -> None:
        #: Whose names questions and answers use.
        self.world = world
        self._store = store
        self._clock = clock
        self._access = access_of(settings)
        self._readers = {
            chat.partition("/")[0]: (briefing.language, briefing.timezone)
            for briefing in reversed(settings.briefings)
            for chat in briefing.to
        }
        self._default = (settings.bot.language, settings.bot.timezone)
        self._lookback = settings.bot.lookback

    def draw_telegram(self, briefing: Briefing) -> tuple[Part, ...]:
        """The briefing as Telegram's messages, in its own language."""
        return render_telegram(briefing, load_wording(briefing.language, self.world))

    def draw_slack(self, briefing: Briefing) -> tuple[Part, ...]:
        """The briefing as Slack's messages, in its own language."""
        return render_slack(briefing, load_wording(briefing.language, self.world))

    async def answer(self, command: str, argument: str, asker: Asker) -> Briefing | str:
        """What to answer to a command; a thread asks the store, so that the other chats need not wait.

        Raises:
            StoreError: The store cannot answer.
        """
        language, timezone = self._readers.get(asker.chat.partition("/")[0], self._default)
        house = House(
            access=self._access,
            world=self.world,
            language=language,
            timezone=timezone,
            lookback=self._lookback,
        )
        return await asyncio.to_thread(answer, command, argument, asker, self._store, self._clock, house)


def access_of(settings: Settings) -> Access:
    """Who is served: the chats of the briefings, the admins, and whom the platforms' tables allow."""
    chats = [chat for briefing in settings.briefings for chat in briefing.to]
    telegram = settings.telegram.allowed_chats if settings.telegram else ()
    slack = (*settings.slack.allowed_workspaces, *settings.slack.allowed_channels) if settings.slack else ()
    return Access(
        frozenset(
            (
                *(chat.partition("/")[0] for chat in chats),
                *settings.bot.admins,
                *(f"telegram:{chat}" for chat in telegram),
                *(f"slack:{each}" for each in slack),
            )
        )
    )


def platforms_of(settings: Settings, store: Store, clock: Clock, world: World) -> tuple[Platform, ...]:
    """The platforms that are on; nothing is connected yet."""
    reception = Reception(settings, store, clock, world)
    wording = load_wording(settings.bot.language, world)
    platforms: list[Platform] = []
    if settings.telegram:
        platforms.append(_telegram(settings.telegram, reception, store, wording.commands, wording.trouble))
    if settings.slack:
        platforms.append(_slack(settings.slack, reception, wording.trouble))
    return tuple(platforms)


def _telegram(
    settings: TelegramSettings, reception: Reception, store: Store, commands: Mapping[str, str], trouble: str
) -> Platform:
    token = settings.token.get_secret_value()

    async def on_migrated(old: str, new: str) -> None:
        await asyncio.to_thread(store.migrate_chat, f"telegram:{old}", f"telegram:{new}")

    async def on_question(command: str, argument: str, chat_id: str, user_name: str) -> Sequence[Part]:
        said = await reception.answer(command, argument, Asker(chat=f"telegram:{chat_id}"))
        return render_telegram_text(said) if isinstance(said, str) else reception.draw_telegram(said)

    messenger = TelegramMessenger(token, on_migrated, base_url=settings.base_url)
    bot = TelegramBot(
        token,
        on_question,
        messenger,
        on_migrated,
        commands=commands,
        trouble=render_telegram_text(trouble),
        base_url=settings.base_url,
    )
    return Platform(
        name="telegram",
        messenger=messenger,
        listen=bot.run,
        draw=reception.draw_telegram,
        say=render_telegram_text,
    )


def _slack(settings: SlackSettings, reception: Reception, trouble: str) -> Platform:
    token = settings.bot_token.get_secret_value()

    async def on_question(
        command: str, argument: str, chat_id: str, workspace_id: str, user: str
    ) -> Sequence[Part]:
        asker = Asker(chat=f"slack:{chat_id}", user=f"slack:{user}", workspace=f"slack:{workspace_id}")
        said = await reception.answer(command, argument, asker)
        return slack_text(said) if isinstance(said, str) else reception.draw_slack(said)

    messenger = SlackMessenger(token, base_url=settings.base_url)
    bot = SlackBot(
        token,
        slack_mode(settings),
        on_question,
        messenger,
        trouble=slack_text(trouble),
        base_url=settings.base_url,
    )
    return Platform(
        name="slack", messenger=messenger, listen=bot.run, draw=reception.draw_slack, say=slack_text
    )


def slack_mode(settings: SlackSettings) -> SocketMode | HttpMode:
    """How Slack and the bot find each other."""
    if settings.mode == "http":
        return HttpMode(signing_secret=settings.signing_secret.get_secret_value(), port=settings.port)
    return SocketMode(app_token=settings.app_token.get_secret_value())
