"""The composition root: what runs beside what, who is served, and what happens when a part fails."""

import asyncio
import datetime as dt
import io
import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import stamina

from bot.adapters.clocks import FixedClock, SetClock, SystemClock
from bot.adapters.instance_lock import only_instance
from bot.adapters.slack import HttpMode, SocketMode
from bot.adapters.sqlite_store import SqliteStore
from bot.app.checking import check
from bot.app.logs import log_to, secrets_of
from bot.app.platforms import Reception, access_of, slack_mode
from bot.app.polling_once import poll_once
from bot.app.service import every_minute, serve
from bot.commands import Asker
from bot.errors import AlreadyRunningError, PlatformError, StoreError
from bot.settings import parse_settings
from digest.world import load_world
from tests.newsroom import (
    CHANNEL,
    GROUP,
    MORNING,
    add_story,
    config,
    every_second,
    serving,
    settings_in,
    tokens,
)
from tests.servers.feeds import FeedServer
from tests.servers.slack import SlackServer
from tests.servers.telegram import TelegramServer


@pytest.fixture
async def feeds() -> AsyncIterator[FeedServer]:
    async with FeedServer() as server:
        add_story(server)
        yield server


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        server.add_chat(GROUP, title="Asia desk")
        server.add_chat(12345678)
        yield server


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        yield server


# --- a part that fails


async def test_a_refused_telegram_token_does_not_stop_slack(
    feeds: FeedServer, telegram: TelegramServer, slack: SlackServer, tmp_path: Path
) -> None:
    """Slack is briefed, and the admin there is told once what is wrong with Telegram, without the token."""
    env = tokens(telegram, slack) | {"TELEGRAM_TOKEN": "123:wrong"}
    text = config(feeds, telegram, slack, bot=['admins = ["slack:D0000000009"]'])
    async with serving(settings_in(tmp_path, text, env)):
        await slack.until(lambda: {post.channel for post in slack.posted} == {CHANNEL, "D0000000009"})

    told = [post.text for post in slack.posted if post.channel == "D0000000009"]
    assert len(told) == 1
    assert "Telegram refuses the token" in told[0]
    assert "123:wrong" not in told[0]
    assert telegram.sent == []


async def test_the_service_ends_when_no_platform_is_left(
    feeds: FeedServer, telegram: TelegramServer, slack: SlackServer, tmp_path: Path
) -> None:
    """A service that nobody can reach does not look alive: it ends with the platform's own reason."""
    env = {"TELEGRAM_TOKEN": "123:wrong"}
    settings = settings_in(tmp_path, config(feeds, telegram, slack), env)
    with SqliteStore(settings.bot.database) as store, pytest.raises(PlatformError, match="refuses the token"):
        async with asyncio.timeout(20):
            await serve(settings, store, SetClock(MORNING), asyncio.Event(), ticks=every_second)

    assert settings.off["slack"]


async def test_a_missing_token_turns_one_platform_off(
    feeds: FeedServer, telegram: TelegramServer, slack: SlackServer, tmp_path: Path
) -> None:
    """With Slack's tokens alone the bot serves Slack."""
    env = {name: value for name, value in tokens(telegram, slack).items() if name != "TELEGRAM_TOKEN"}
    async with serving(settings_in(tmp_path, config(feeds, telegram, slack), env)):
        await slack.until(lambda: len(slack.posted) == 1)

    assert telegram.calls == []


async def test_admins_hear_what_to_do_about_a_chat_that_cannot_be_briefed(
    feeds: FeedServer, telegram: TelegramServer, slack: SlackServer, tmp_path: Path
) -> None:
    """A bot that is no member of its channel says so to the admin, with the words to type."""
    slack.refusals[CHANNEL] = "not_in_channel"
    text = config(feeds, telegram, slack, bot=['admins = ["telegram:12345678"]'])
    async with serving(settings_in(tmp_path, text, tokens(telegram, slack))):
        await telegram.until_sent(2)

    told = [sent.text for sent in telegram.sent if sent.chat_id == 12345678]
    assert len(told) == 1
    assert f"slack:{CHANNEL}" in told[0]
    assert "/invite @attache" in told[0]


async def test_a_feed_that_fails_leaves_the_briefing_to_the_others(
    feeds: FeedServer, telegram: TelegramServer, slack: SlackServer, tmp_path: Path
) -> None:
    """The briefing comes, and its foot says which feed did not answer and why."""
    text = config(feeds, telegram, slack) + f'[[feeds]]\nurl = "{feeds.url}/gone.xml"\nname = "Gone"\n'
    async with serving(settings_in(tmp_path, text, tokens(telegram, slack))):
        await telegram.until_sent(1)

    assert "Vladimir Putin" in telegram.sent[0].text
    assert "Gone (HTTP 404" in telegram.sent[0].text


async def test_admins_hear_of_a_feed_that_calls_everything_new(
    feeds: FeedServer, telegram: TelegramServer, slack: SlackServer, tmp_path: Path
) -> None:
    """Once, in chat, with what became of it; the readers are told nothing again."""
    words = ("harbour", "market", "council", "tram", "weather")

    def build(number: int) -> str:
        items = (
            f"<item><title>What the {word} brought</title><link>https://e.example/{number}/{word}</link></item>"
            for word in words
        )
        return f'<rss version="2.0"><channel>{"".join(items)}</channel></rss>'

    text = config(feeds, telegram, slack, bot=['admins = ["telegram:12345678"]'])
    settings = settings_in(tmp_path, text, tokens(telegram, slack))
    feeds.add("/feed.xml", build(1))
    await poll_once(settings, FixedClock(MORNING - dt.timedelta(hours=2)))
    feeds.add("/feed.xml", build(2))
    async with serving(settings) as store:
        await telegram.until_sent(2)
        await store.rounds(2)

    (told,) = (sent.text for sent in telegram.sent if sent.chat_id == 12345678)
    (briefing,) = (sent.text for sent in telegram.sent if sent.chat_id == GROUP)
    assert told == (
        "Attaché: feed Harbour Gazette: calls 5 known articles new: not told again, it has renumbered them"
    )
    assert briefing.count("What the harbour brought") == 1


# --- who is served


def _settings(more: str = "") -> str:
    return f"""
[bot]
admins = ["telegram:77"]
[telegram]
token = "t"
allowed_chats = [-100]
[slack]
bot_token = "b"
app_token = "a"
allowed_workspaces = ["T0123456789"]
allowed_channels = ["C0123456789"]
[[briefings]]
name = "pagi"
at = "07:00"
language = "ko"
timezone = "Asia/Seoul"
to = ["telegram:-200/42"]
{more}
"""


def test_access_is_what_the_settings_name(tmp_path: Path) -> None:
    """Chats of briefings (their topics stand for the whole group), admins, and the platforms' own lists."""
    access = access_of(settings_in(tmp_path, _settings(), {}))

    assert access.ids == {
        "telegram:-200",
        "telegram:77",
        "telegram:-100",
        "slack:T0123456789",
        "slack:C0123456789",
    }


async def test_a_chat_is_answered_in_the_language_of_its_briefings(tmp_path: Path) -> None:
    """Who is briefed in Korean asks and is answered in Korean; others in the bot's own language."""
    settings = settings_in(tmp_path, _settings(), {})
    with SqliteStore(tmp_path / "attache.db") as store:
        reception = Reception(settings, store, FixedClock(MORNING), load_world())
        korean = await reception.answer("help", "", Asker(chat="telegram:-200"))
        english = await reception.answer("help", "", Asker(chat="telegram:-100"))

    assert isinstance(korean, str)
    assert isinstance(english, str)
    assert "주제" in korean
    assert "topic" in english


# --- one at a time


def test_a_second_bot_on_one_database_is_refused_with_the_process_of_the_first(tmp_path: Path) -> None:
    """Two bots would poll twice, and Telegram throws one of them out."""
    database = tmp_path / "attache.db"
    with (
        only_instance(database),
        pytest.raises(AlreadyRunningError, match=f"process {os.getpid()} serves"),
        only_instance(database),
    ):
        pytest.fail("both got in")
    with only_instance(database):
        pass


def test_the_lock_goes_with_a_killed_process(tmp_path: Path) -> None:
    """After a crash nothing has to be cleaned up by hand."""
    database = tmp_path / "attache.db"
    program = (
        "import os, pathlib, sys; from bot.adapters.instance_lock import only_instance\n"
        "with only_instance(pathlib.Path(sys.argv[1])): os._exit(3)"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(database)], check=False)  # noqa: S603

    assert killed.returncode == 3
    with only_instance(database):
        pass


def test_a_lock_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    """A folder where a file should be: one line, no traceback."""
    (tmp_path / "attache.db.lock").mkdir()
    with pytest.raises(StoreError, match=r"attache\.db\.lock"), only_instance(tmp_path / "attache.db"):
        pytest.fail("got in")


# --- the log


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """A log that masks the secrets of `_settings` and one more."""
    stream = io.StringIO()
    root, bot = logging.getLogger(), logging.getLogger("bot")
    levels = root.level, bot.level
    handler = log_to({"7000:AAtoken", "xoxb-1"}, stream)
    yield stream
    stamina.instrumentation.set_on_retry_hooks(None)
    root.removeHandler(handler)
    root.setLevel(levels[0])
    bot.setLevel(levels[1])


def test_the_log_never_holds_a_secret(log: io.StringIO) -> None:
    """Not in a message, not in its values, not in an exception's text."""
    try:
        raise ValueError("no answer from https://api.telegram.org/bot7000:AAtoken/getMe")  # noqa: TRY301
    except ValueError:
        logging.getLogger("bot.x").exception("broke with xoxb-1 url=%s", "/bot7000:AAtoken/getMe")

    written = log.getvalue()
    assert "7000:AAtoken" not in written
    assert "xoxb-1" not in written
    assert written.count("***") >= 3


def test_the_log_says_why_something_is_tried_again(log: io.StringIO) -> None:
    """While a platform cannot be reached at the start, these lines are all there is to see."""
    for attempt in stamina.retry_context(on=ConnectionError, attempts=2, wait_initial=0, wait_jitter=0):
        with attempt:
            if attempt.num == 1:
                raise ConnectionError("no answer from https://api.telegram.org/bot7000:AAtoken/getMe")

    reason = "no answer from https://api.telegram.org/bot***/getMe"
    assert f"trying again seconds=0.0 reason={reason}" in log.getvalue()


def test_secrets_are_all_tokens_of_the_settings(tmp_path: Path) -> None:
    """A new secret key must be masked as well: every SecretStr of the settings is among them."""
    text = _settings().replace('app_token = "a"', 'app_token = "a"\nsigning_secret = "s"')

    assert secrets_of(settings_in(tmp_path, text, {})) == {"t", "b", "a", "s"}


def test_the_password_of_a_feed_is_a_secret(tmp_path: Path) -> None:
    """Feeds are logged by their address, which may hold one."""
    text = _settings('[[feeds]]\nurl = "https://reader:news@feeds.example/rss"')

    assert ":news@" in secrets_of(settings_in(tmp_path, text, {}))


# --- clocks


def test_clocks_tell_aware_times_in_utc() -> None:
    """One stands still, one goes on from where it was set, one is real."""
    fixed, was_set = FixedClock(MORNING), SetClock(MORNING)

    assert fixed.now() == MORNING == fixed.now()
    assert dt.timedelta(0) <= was_set.now() - MORNING < dt.timedelta(minutes=1)
    assert was_set.now() <= was_set.now()
    assert {clock.now().tzinfo for clock in (fixed, was_set, SystemClock())} == {dt.UTC}


def test_ticks_come_on_the_full_minute() -> None:
    """A briefing at 07:00 is looked for at 07:00:00."""
    at = dt.datetime(2024, 6, 18, 6, 59, 10, tzinfo=dt.UTC)

    assert every_minute().get_next_fire_time(None, at) == dt.datetime(2024, 6, 18, 7, 0, tzinfo=dt.UTC)


# --- check


async def test_check_names_key_and_line_of_what_fails(
    feeds: FeedServer, telegram: TelegramServer, slack: SlackServer, tmp_path: Path
) -> None:
    """A working token says whom it belongs to; a wrong one and a dead feed say where they are configured."""
    text = config(feeds, telegram, slack) + f'[[feeds]]\nurl = "{feeds.url}/gone.xml"\nname = "Gone"\n'
    path = tmp_path / "config.toml"
    path.write_text(text)
    env = tokens(telegram, slack) | {"SLACK_APP_TOKEN": "xapp-wrong"}
    settings = parse_settings(text, path=path, env=env)
    found = {each.key: each async for each in check(settings, SystemClock())}

    assert found["[bot] database"].said == str(tmp_path / "attache.db")
    assert found["[telegram] token"].said == "@attache_bot"
    assert found['feed "Harbour Gazette": url'].said == "1 entry"
    assert {key for key, each in found.items() if not each.is_good} == {
        "[slack] app_token",
        'feed "Gone": url',
    }
    lines = text.splitlines()
    assert lines[(found["[slack] app_token"].line or 0) - 1].startswith("app_token")
    assert lines[(found['feed "Gone": url'].line or 0) - 1].endswith('gone.xml"')
    assert telegram.sent == []
    assert slack.posted == []


async def test_check_calls_a_platform_without_token_off(
    feeds: FeedServer, telegram: TelegramServer, slack: SlackServer, tmp_path: Path
) -> None:
    """No token is no error: the reason says which variable is not set."""
    text = config(feeds, telegram, slack)
    (tmp_path / "config.toml").write_text(text)
    settings = settings_in(tmp_path, text, {})
    found = {each.key: each async for each in check(settings, SystemClock())}

    assert found["[telegram]"].is_good is None
    assert "TELEGRAM_TOKEN is not set" in found["[telegram]"].said
    assert "SLACK_BOT_TOKEN is not set" in found["[slack]"].said


def test_slack_is_listened_to_as_the_settings_say(tmp_path: Path) -> None:
    """By socket with the app's token, or by HTTP with the secret that proves who calls."""
    by_socket = settings_in(tmp_path, _settings(), {}).slack
    text = _settings().replace('app_token = "a"', 'mode = "http"\nsigning_secret = "s"\nport = 8080')
    by_http = settings_in(tmp_path, text, {}).slack
    assert by_socket is not None
    assert by_http is not None

    assert slack_mode(by_socket) == SocketMode(app_token="a")  # noqa: S106
    assert slack_mode(by_http) == HttpMode(signing_secret="s", port=8080)  # noqa: S106
