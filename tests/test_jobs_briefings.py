"""Sending the briefings, from end to end but for the network."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.sqlite_store import SqliteStore
from bot.errors import DeliveryRefusedError, StoreError
from bot.jobs import BriefingPlan, put_due_briefings, send_briefings
from bot.model import (
    Briefing,
    Part,
    Section,
    Subscription,
)
from bot.pacing import Pacer
from bot.render.slack import render_slack
from bot.render.telegram import render_telegram
from bot.render.wording import load_wording
from digest.facts import PartialDate, Status, Visit
from tests.fakes import FakeClock, FakeMessenger
from tests.store_records import DAY, HOUR, entry, feed, poll, read, visit
from tests.worlds import WORLD

MINUTE = dt.timedelta(minutes=1)
MORNING = dt.datetime(2024, 6, 17, 22, 0, tzinfo=dt.UTC)  # 07:00 on the 18th in Seoul


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "attache.db") as opened:
        yield opened


def drawn(briefing: Briefing) -> tuple[Part, ...]:
    """A rendering to look at: a part an item or headline, or one that says so."""
    lines = [
        f"{item.section}: {item.visitors[0].name} {item.changed or item.start}" for item in briefing.items
    ]
    lines += [headline.title for headline in briefing.headlines]
    return tuple(Part(text=line) for line in lines or ["nothing new"])


class Newsroom:
    """A store with news in it, two platforms, and a plan."""

    def __init__(self, store: SqliteStore, *subscriptions: Subscription) -> None:
        self.store = store
        self.clock = FakeClock(MORNING)
        self.telegram = FakeMessenger("telegram", self.clock)
        self.slack = FakeMessenger("slack", self.clock)
        self.pacer = Pacer()
        self.plan = BriefingPlan(
            subscriptions=subscriptions,
            render={"telegram": drawn, "slack": drawn},
            world=WORLD,
            lookback=30 * DAY,
        )
        store.set_feeds([feed("Antara")])

    def news(self, title: str, *visits: Visit, at: dt.datetime | None = None) -> None:
        at = at or self.clock.now() - HOUR
        (due,) = self.store.feeds()
        item = entry(title, link=f"https://e.org/{title}", at=at)
        assert self.store.save_poll(poll(due, read(item, *visits), at=at))

    async def tick(self) -> None:
        await send_briefings(
            self.store,
            {"telegram": self.telegram, "slack": self.slack},
            self.clock,
            self.plan,
            pacer=self.pacer,
            sleep=self.clock.sleep,
        )


def subscription(*to: str, name: str = "morning", topics: tuple[str, ...] = ()) -> Subscription:
    return Subscription(name=name, at=dt.time(7), timezone="Asia/Seoul", topics=topics, to=to)


async def test_the_morning_briefing_reaches_both_platforms_once(store: SqliteStore) -> None:
    """However often the scheduler ticks."""
    room = Newsroom(store, subscription("telegram:1", "slack:C1"))
    room.news("Putin to Pyongyang", visit())

    for _ in range(5):
        await room.tick()
        room.clock.advance(MINUTE)

    told = ["now: Vladimir Putin 2024-06-18"]
    assert (room.telegram.texts(), room.slack.texts()) == ({"1": told}, {"C1": told})


async def test_both_platforms_draw_one_frozen_briefing(store: SqliteStore) -> None:
    """Field note 14: what the chats got can be looked up, and it is the same."""
    room = Newsroom(store, subscription("telegram:1", "slack:C1"))
    room.news("Putin to Pyongyang", visit())
    await room.tick()

    (kept,) = store._connection.rows("select id from briefings")
    deliveries = store.deliveries(kept["id"])
    briefing = store.briefing(kept["id"])

    assert [each.chat for each in deliveries] == ["slack:C1", "telegram:1"]
    assert briefing is not None
    assert [item.start for item in briefing.items] == [PartialDate(2024, 6, 18)]
    assert (briefing.name, briefing.timezone, briefing.feeds_answered) == ("morning", "Asia/Seoul", 1)


async def test_a_restart_sends_nothing_again(store: SqliteStore) -> None:
    """Field note 19."""
    before = Newsroom(store, subscription("telegram:1"))
    before.news("Putin to Pyongyang", visit())
    await before.tick()

    after = Newsroom(store, subscription("telegram:1"))
    await after.tick()

    assert after.telegram.sent == []


async def test_a_chat_is_told_a_thing_once_and_then_what_changed(store: SqliteStore) -> None:
    """Field note 15: an unchanged trip is not repeated; a changed one says what changed."""
    room = Newsroom(store, subscription("telegram:1"))
    room.news("Putin to Pyongyang", visit(start="2024-06-25"))
    await room.tick()
    room.clock.advance(DAY)
    await room.tick()
    room.clock.advance(DAY)
    room.news("Putin's visit is off", visit(start="2024-06-25", status=Status.CANCELLED))
    await room.tick()

    assert room.telegram.texts()["1"] == [
        f"{Section.COMING}: Vladimir Putin 2024-06-25",
        "nothing new",
        f"{Section.CHANGED}: Vladimir Putin planned -> cancelled",
    ]


@pytest.mark.parametrize("platform", ["telegram", "slack"])
async def test_a_change_answers_the_message_that_first_told_of_the_trip(
    store: SqliteStore, platform: str
) -> None:
    """Day by day: told, changed, changed again; each change under the first message, as itself."""
    room = Newsroom(store, subscription("telegram:1", "slack:C1"))
    english = load_wording("en", WORLD)
    room.plan = replace(
        room.plan,
        render={
            "telegram": lambda told: render_telegram(told, english),
            "slack": lambda told: render_slack(told, english),
        },
    )
    room.news("Putin to Pyongyang", visit(start="2024-06-25"))
    await room.tick()
    for status, start in ((Status.POSTPONED, "2024-06-27"), (Status.CANCELLED, "2024-06-27")):
        room.clock.advance(DAY)
        room.news(f"Putin {status}", visit(start=start, status=status))
        await room.tick()

    sent = (room.telegram if platform == "telegram" else room.slack).sent
    first, note, moved, other_note, off = sent
    assert [message.reply_to for message in sent] == [None, None, first.message_id, None, first.message_id]
    assert "Putin" not in note.text + other_note.text
    assert "Putin" in moved.text
    if platform == "telegram":  # Slack's text is for its notification alone
        assert "Changes since then: 1" in note.text
        assert "first day: Tue 25 June 2024 → Thu 27 June 2024" in moved.text
        assert "postponed → cancelled (Antara)" in off.text


async def test_headlines_are_told_once(store: SqliteStore) -> None:
    """The next briefing has those that came since, not those before."""
    room = Newsroom(store, subscription("telegram:1"))
    room.news("Flood")
    await room.tick()
    room.clock.advance(DAY)
    room.news("Fire")
    await room.tick()

    assert room.telegram.texts()["1"] == ["Flood", "Fire"]


async def test_a_chat_that_got_nothing_is_told_the_next_time(store: SqliteStore) -> None:
    """A refused briefing told nothing; the chat that did get it has news only."""
    room = Newsroom(store, subscription("telegram:1", "telegram:2"))
    room.news("Putin to Pyongyang", visit(start="2024-06-25"))
    room.telegram.faults["1"] = [DeliveryRefusedError("1", "blocked")]
    await room.tick()
    room.clock.advance(DAY)
    await room.tick()

    told = f"{Section.COMING}: Vladimir Putin 2024-06-25"
    assert room.telegram.texts() == {"1": [told], "2": [told, "nothing new"]}


async def test_a_subscription_tells_its_topics_alone(store: SqliteStore) -> None:
    """Any of them; trips and headlines."""
    room = Newsroom(store, subscription("telegram:1", topics=("vietnam", "dprk")))
    room.news("Putin to Pyongyang", visit())
    room.news("Ishiba in Paris", visit("Ishiba", "FR", country="JP"))
    room.news("Flood in Vietnam")
    room.news("Flood in Peru")

    await room.tick()

    assert room.telegram.texts() == {"1": ["now: Vladimir Putin 2024-06-18", "Flood in Vietnam"]}


async def test_a_late_start_briefs_once_within_the_grace(store: SqliteStore) -> None:
    """Field note 44: the machine slept at seven."""
    room = Newsroom(store, subscription("telegram:1"))
    room.clock.advance(3 * HOUR)
    await room.tick()
    await room.tick()
    room.clock.advance(DAY + 2 * HOUR)
    await room.tick()

    assert room.telegram.texts() == {"1": ["nothing new"]}


async def test_a_platform_that_is_off_costs_the_other_nothing(store: SqliteStore) -> None:
    """Field note 32; once it is on, the same morning, its chats are briefed."""
    room = Newsroom(store, subscription("telegram:1", "slack:C1"))
    both = room.plan
    room.plan = BriefingPlan(
        subscriptions=both.subscriptions, render={"slack": drawn}, world=both.world, lookback=both.lookback
    )
    await room.tick()
    first = dict(room.telegram.texts()), dict(room.slack.texts())
    room.plan = both
    await room.tick()

    assert first == ({}, {"C1": ["nothing new"]})
    assert (room.telegram.texts(), room.slack.texts()) == ({"1": ["nothing new"]}, {"C1": ["nothing new"]})


async def test_a_chat_with_a_new_id_is_briefed_under_it(store: SqliteStore) -> None:
    """Field note 36: the settings still say the old id, and what it was told is known."""
    room = Newsroom(store, subscription("telegram:-1"))
    room.news("Putin to Pyongyang", visit(start="2024-06-25"))
    await room.tick()
    store.migrate_chat("telegram:-1", "telegram:-1001")
    await room.tick()
    room.clock.advance(DAY)
    await room.tick()

    assert {chat: len(texts) for chat, texts in room.telegram.texts().items()} == {"-1": 1, "-1001": 1}
    assert room.telegram.texts()["-1001"] == ["nothing new"]


def test_a_subscription_that_cannot_be_composed_costs_the_others_nothing(store: SqliteStore) -> None:
    """A fault of ours in one is logged; the others are in the outbox."""
    room = Newsroom(store, subscription("telegram:1", name="a"), subscription("slack:C1", name="b"))

    def breaks(briefing: Briefing) -> tuple[Part, ...]:
        raise ZeroDivisionError

    plan = BriefingPlan(
        subscriptions=room.plan.subscriptions,
        render={"telegram": breaks, "slack": drawn},
        world=room.plan.world,
        lookback=room.plan.lookback,
    )

    assert put_due_briefings(store, MORNING, plan) == 1
    assert [each.chat for each in store.open_deliveries(MORNING)] == ["slack:C1"]


def test_a_store_that_fails_ends_the_briefings_in_one_line(store: SqliteStore) -> None:
    """What cannot be kept must not be sent."""
    room = Newsroom(store, subscription("telegram:1"))
    store._connection.db.execute("pragma query_only = on")

    with pytest.raises(StoreError, match="readonly"):
        put_due_briefings(store, MORNING, room.plan)
