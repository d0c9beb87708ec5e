"""The whole way over real HTTP and WebSockets: from a feed to the chats, from a question to its answer."""

import asyncio
import datetime as dt
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.newsroom import CHANNEL, GROUP, MORNING, add_story, config, serving, settings_in, tokens
from tests.servers.feeds import FeedServer
from tests.servers.slack import SlackServer
from tests.servers.telegram import TelegramServer


@dataclass(frozen=True)
class World:
    """The servers around the bot."""

    feeds: FeedServer
    telegram: TelegramServer
    slack: SlackServer

    async def until_briefed(self, count: int = 1) -> None:
        await self.telegram.until_sent(count)
        await self.slack.until(lambda: len(self.slack.posted) >= count)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with FeedServer() as feeds, TelegramServer() as telegram, SlackServer() as slack:
        add_story(feeds)
        telegram.add_chat(GROUP, title="Asia desk")
        yield World(feeds, telegram, slack)


@asynccontextmanager
async def attache_run(
    folder: Path, world: World, now: dt.datetime, stopped_by: signal.Signals = signal.SIGTERM
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`attache run` as a process of its own, stopped by a signal; its log is kept in run.log."""
    command = ("run", "--config", str(folder / "config.toml"), "--now", now.isoformat())
    program = "from bot.cli import main; main(prog_name='attache')"
    with (folder / "run.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            program,
            *command,
            env=os.environ | tokens(world.telegram, world.slack),
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(stopped_by)
            async with asyncio.timeout(30):
                await process.wait()


async def test_run_briefs_both_platforms_once_and_answers_after_a_restart(
    world: World, tmp_path: Path
) -> None:
    """A morning with a restart: each chat is briefed once, and whoever asks then is answered."""
    (tmp_path / "config.toml").write_text(config(world.feeds, world.telegram, world.slack))
    async with attache_run(tmp_path, world, MORNING) as first:
        await world.until_briefed()
    later = MORNING + dt.timedelta(minutes=20)
    async with attache_run(tmp_path, world, later, stopped_by=signal.SIGINT) as second:
        world.telegram.type(GROUP, "/brief korea")
        await world.telegram.until_sent(2)
        await world.slack.command("/brief", "korea", channel=CHANNEL)
        await world.slack.until(lambda: len(world.slack.posted) >= 2)

    log = (tmp_path / "run.log").read_text()
    assert (first.returncode, second.returncode) == (0, 0), log
    briefing, answer = world.telegram.sent
    assert "Vladimir Putin" in briefing.text
    assert briefing.text.startswith("morning · ")
    assert answer.text.startswith("Briefing: korea · ")
    assert "Vladimir Putin" in answer.text
    assert [button[1] for button in answer.buttons], "korea is both Koreas, with a button for each"
    assert world.slack.acks, "Slack has its receipt within three seconds, or the command would have failed"
    posted, reply = world.slack.posted
    assert (posted.channel, reply.channel) == (CHANNEL, CHANNEL)
    assert "Vladimir Putin" in str(posted.blocks)
    assert "Vladimir Putin" in str(reply.blocks)
    assert "/story.html" in world.feeds.paths(), "the feed has a teaser only, so the page is read"
    for secret in tokens(world.telegram, world.slack).values():
        assert secret not in log


async def test_a_second_run_beside_the_first_is_refused(world: World, tmp_path: Path) -> None:
    """One line says which process is in the way, and the first one goes on."""
    (tmp_path / "config.toml").write_text(config(world.feeds, world.telegram, world.slack))
    async with attache_run(tmp_path, world, MORNING) as first:
        await world.until_briefed()
        async with attache_run(tmp_path, world, MORNING) as second, asyncio.timeout(30):
            await second.wait()
        world.telegram.type(GROUP, "/help")
        await world.telegram.until_sent(2)

    assert second.returncode == 1
    refusal = f"attache: process {first.pid} serves {tmp_path / 'attache.db'} already; stop that one first"
    assert refusal in (tmp_path / "run.log").read_text().splitlines()


async def test_a_restart_sends_nothing_again(world: World, tmp_path: Path) -> None:
    """What was sent stays sent: rounds after the restart find nothing to do."""
    text = config(world.feeds, world.telegram, world.slack)
    settings = settings_in(tmp_path, text, tokens(world.telegram, world.slack))
    async with serving(settings):
        await world.until_briefed()
    async with serving(settings, now=MORNING + dt.timedelta(minutes=20)) as store:
        await store.rounds(2)

    assert len(world.telegram.sent) == 1
    assert len(world.slack.posted) == 1


async def test_the_next_day_tells_only_what_is_new(world: World, tmp_path: Path) -> None:
    """A trip that was told and has not changed is not told again; the chat hears that nothing is new."""
    text = config(world.feeds, world.telegram, world.slack)
    settings = settings_in(tmp_path, text, tokens(world.telegram, world.slack))
    async with serving(settings):
        await world.until_briefed()
    async with serving(settings, now=MORNING + dt.timedelta(days=10)):
        await world.until_briefed(2)

    assert "Vladimir Putin" not in world.telegram.sent[1].text
    assert "Nothing new" in world.telegram.sent[1].text


async def test_a_stranger_gets_one_line_with_the_id_to_tell_the_admin(world: World, tmp_path: Path) -> None:
    """Only chats that the config allows are served, on both platforms."""
    text = config(world.feeds, world.telegram, world.slack)
    settings = settings_in(tmp_path, text, tokens(world.telegram, world.slack))
    async with serving(settings):
        await world.until_briefed()
        world.telegram.type(555, "/brief korea")
        await world.telegram.until_sent(2)
        await world.slack.command("/brief", "korea", channel="C0000000666")
        await world.slack.until(lambda: len(world.slack.posted) >= 2)

    refused = world.telegram.sent[1]
    assert refused.chat_id == 555
    assert "telegram:555" in refused.text
    assert "Putin" not in refused.text
    assert "\n" not in refused.text
    assert "slack:C0000000666" in world.slack.posted[1].text


async def test_stopping_leaves_no_task_behind(world: World, tmp_path: Path) -> None:
    """A stopped service is gone: no poller, no socket, no job goes on in its event loop."""
    text = config(world.feeds, world.telegram, world.slack)
    settings = settings_in(tmp_path, text, tokens(world.telegram, world.slack))
    async with serving(settings):
        await world.until_briefed()
        await world.slack.until(lambda: world.slack.sockets_opened == 1)

    left = {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}
    assert {str(task) for task in left if "RequestHandler" not in str(task)} == set(), "but for the servers'"
