"""From the outbox to the chats: nothing is lost, and nothing is told twice."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.sqlite_store import SqliteStore
from bot.delivery import GIVE_UP_AFTER, Delivered, deliver
from bot.errors import (
    DeliveryError,
    DeliveryRefusedError,
    DeliveryUncertainError,
    RateLimitedError,
    StoreError,
    TokenRefusedError,
)
from bot.pacing import Pacer
from bot.records import DeliveryState
from tests.fakes import FakeClock, FakeMessenger
from tests.store_records import NOW, outgoing

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "attache.db") as opened:
        yield opened


class Post:
    """A store, a clock and both platforms."""

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.clock = FakeClock(NOW)
        self.telegram = FakeMessenger("telegram", self.clock)
        self.slack = FakeMessenger("slack", self.clock)
        self.pacer = Pacer()

    async def round(self, *platforms: FakeMessenger) -> Delivered:
        chosen = platforms or (self.telegram, self.slack)
        return await deliver(
            self.store,
            {each.platform: each for each in chosen},
            self.clock,
            pacer=self.pacer,
            sleep=self.clock.sleep,
        )

    async def rounds(self, span: dt.timedelta) -> None:
        """A round each minute, as the scheduler calls them."""
        end = self.clock.now() + span
        while self.clock.now() < end:
            before = self.clock.now()
            await self.round()
            self.clock.advance(max(before + MINUTE - self.clock.now(), dt.timedelta(0)))

    def states(self, briefing: str = "b1") -> list[DeliveryState]:
        return [each.state for each in self.store.deliveries(briefing)]


@pytest.fixture
def post(store: SqliteStore) -> Post:
    return Post(store)


async def test_each_chat_gets_its_parts_in_order_once(post: Post) -> None:
    """A second round finds nothing to do."""
    post.store.put_in_outbox(outgoing("telegram:1", "one", "two", "three"))
    post.store.put_in_outbox(outgoing("slack:C1", "un", "deux", id="b2"))

    first, second = await post.round(), await post.round()

    assert post.telegram.texts() == {"1": ["one", "two", "three"]}
    assert post.slack.texts() == {"C1": ["un", "deux"]}
    assert (first.sent, second.sent) == (5, 0)


async def test_later_parts_belong_to_the_first_ones_thread(post: Post) -> None:
    """Also where the first part went out in an earlier round; another briefing is another thread."""
    post.store.put_in_outbox(outgoing("slack:C1", "one", "two", "three"))
    post.store.put_in_outbox(outgoing("slack:C1", "next", id="b2", due_at=NOW + HOUR))
    post.slack.faults["C1"] = [None, None, DeliveryError("C1", "busy")]

    await post.rounds(3 * MINUTE)

    assert [(each.text, each.reply_to) for each in post.slack.sent] == [
        ("one", None),
        ("two", "slack-1"),
        ("three", "slack-1"),
        ("next", None),
    ]


async def test_a_rate_limit_holds_its_chat_alone_and_survives_a_restart(post: Post, tmp_path: Path) -> None:
    """Field notes 21-23: hours long if need be, in the middle of a broadcast."""
    post.store.put_in_outbox(outgoing("telegram:1", "one", "two"))
    post.store.put_in_outbox(outgoing("telegram:2", "three", "four", id="b2"))
    post.telegram.faults["1"] = [None, RateLimitedError("1", 43_837)]

    await post.round()
    during = dict(post.telegram.texts())
    with SqliteStore(tmp_path / "attache.db") as restarted:
        later = Post(restarted)
        later.clock.advance(dt.timedelta(seconds=43_000))
        await later.round()
        too_early = dict(later.telegram.texts())
        later.clock.advance(dt.timedelta(seconds=1000))
        await later.round()

        assert during == {"1": ["one"], "2": ["three", "four"]}
        assert too_early == {}
        assert later.telegram.texts() == {"1": ["two"]}


async def test_an_outage_of_hours_ends_with_each_part_delivered_once(post: Post) -> None:
    """Field note 24; the other platform is not held by it."""
    post.store.put_in_outbox(outgoing("telegram:1", "one", "two"))
    post.store.put_in_outbox(outgoing("slack:C1", "three", id="b2"))
    post.telegram.faults["1"] = [DeliveryError("1", "no answer")] * 17

    await post.round()
    others = dict(post.slack.texts())
    await post.rounds(7 * HOUR)

    assert others == {"C1": ["three"]}
    assert post.telegram.texts() == {"1": ["one", "two"]}
    assert post.telegram.sent[0].at - NOW > 5 * HOUR


async def test_retries_wait_longer_each_time(post: Post) -> None:
    """A platform in trouble is not hammered: half a minute, then doubled, half an hour at most."""
    post.store.put_in_outbox(outgoing("telegram:1", "one"))
    post.telegram.faults["1"] = [DeliveryError("1", "no answer")] * 9
    waits = []

    for _ in range(9):
        at = post.clock.now()
        await post.round()
        (waiting,) = post.store.deliveries("b1")
        assert waiting.not_before is not None
        waits.append((waiting.not_before - at).total_seconds())
        post.clock.advance(waiting.not_before - at)

    assert waits == [30, 60, 120, 240, 480, 960, 1800, 1800, 1800]


async def test_what_may_have_arrived_is_not_sent_again(post: Post) -> None:
    """Field note 25: the answer was lost after the platform took it; the rest follows."""
    post.store.put_in_outbox(outgoing("telegram:1", "one", "two", "three"))
    post.telegram.faults["1"] = [None, DeliveryUncertainError("1", "no answer after sending")]

    done = await post.round()
    await post.rounds(HOUR)

    assert post.telegram.texts() == {"1": ["one", "three"]}
    assert [(each.part.text, each.state) for each in done.unknown] == [("two", DeliveryState.UNKNOWN)]


async def test_a_refusal_ends_the_briefing_in_this_chat_with_its_reason(post: Post) -> None:
    """Blocked: the rest is not sent, the next briefing is tried, and other chats are served."""
    post.store.put_in_outbox(outgoing("telegram:1", "one", "two"))
    post.store.put_in_outbox(outgoing("telegram:1", "next", id="b2", due_at=NOW + HOUR))
    post.store.put_in_outbox(outgoing("telegram:2", "three", id="b3"))
    post.telegram.faults["1"] = [DeliveryRefusedError("1", "the reader blocked the bot")]

    done = await post.round()

    assert [each.error for each in done.failed] == ["the reader blocked the bot"]
    assert post.states() == [DeliveryState.FAILED, DeliveryState.FAILED]
    assert post.telegram.texts() == {"1": ["next"], "2": ["three"]}


async def test_a_refused_token_keeps_the_briefing_until_it_is_mended(post: Post) -> None:
    """No chat is at fault when a token was revoked overnight: what waits is sent with the new one."""
    post.store.put_in_outbox(outgoing("telegram:1", "one"))
    post.telegram.faults["1"] = [TokenRefusedError("1", "Telegram refuses the token")]
    done = await post.round()
    assert (done.failed, done.postponed) == ([], 1)
    post.clock.advance(HOUR)
    await post.round()

    assert post.telegram.texts() == {"1": ["one"]}


async def test_a_fault_of_ours_in_one_chat_holds_no_other(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    """Field note 27; what an unknown error says is not logged, as it may hold a token."""
    post.store.put_in_outbox(outgoing("telegram:1", "one"))
    post.store.put_in_outbox(outgoing("telegram:2", "two", id="b2"))
    post.telegram.faults["1"] = [ValueError("https://api.telegram.org/bot123:SECRET/sendMessage")]

    done = await post.round()

    assert post.telegram.texts() == {"2": ["two"]}
    assert [each.error for each in done.unknown] == ["unexpected ValueError"]
    assert "SECRET" not in caplog.text


async def test_a_burst_into_a_group_arrives_whole_at_the_groups_pace(post: Post) -> None:
    """Field note 20: sixty messages, at most twenty a minute, one a second; no round takes minutes."""
    texts = [f"message {number}" for number in range(60)]
    post.store.put_in_outbox(outgoing("telegram:-1", *texts))

    await post.rounds(5 * MINUTE)

    at = [each.at for each in post.telegram.sent]
    assert post.telegram.texts() == {"-1": texts}
    assert all(later - earlier >= MINUTE for earlier, later in zip(at, at[20:], strict=False))
    assert max(post.clock.slept) <= 5


async def test_a_platform_that_is_off_holds_nothing_up(post: Post) -> None:
    """Field note 32: no Telegram, Slack works; what waited too long is given up, and says why."""
    post.store.put_in_outbox(outgoing("telegram:1", "one", "two"))
    post.store.put_in_outbox(outgoing("slack:C1", "three", id="b2"))

    await post.round(post.slack)
    waiting = post.states()
    post.clock.advance(GIVE_UP_AFTER + MINUTE)
    done = await post.round(post.slack)

    assert post.slack.texts() == {"C1": ["three"]}
    assert waiting == [DeliveryState.PENDING] * 2
    assert post.states() == [DeliveryState.FAILED] * 2
    assert [each.error for each in done.failed] == ["given up after a day: the platform is off"]


async def test_yesterdays_briefing_is_given_up_and_todays_sent(post: Post) -> None:
    """A briefing is no news after a day; the reason of the last failure is kept."""
    post.store.put_in_outbox(outgoing("telegram:1", "yesterday"))
    post.telegram.faults["1"] = [DeliveryError("1", "no answer")]
    await post.round()
    post.clock.advance(GIVE_UP_AFTER + MINUTE)
    post.store.put_in_outbox(outgoing("telegram:1", "today", id="b2", due_at=post.clock.now()))

    done = await post.round()

    assert post.telegram.texts() == {"1": ["today"]}
    assert [each.error for each in done.failed] == ["given up after a day: no answer"]


class Crash(BaseException):
    """The machine stops."""


async def test_a_crash_while_sending_is_settled_after_the_restart(post: Post, tmp_path: Path) -> None:
    """The part on its way is reported and not sent again; those that wait are sent."""
    post.store.put_in_outbox(outgoing("telegram:1", "one", "two", "three"))
    post.telegram.faults["1"] = [None, Crash()]
    with pytest.raises(Crash):
        await post.round()

    with SqliteStore(tmp_path / "attache.db") as restarted:
        later = Post(restarted)
        first = await later.round()
        second = await later.round()

        assert post.telegram.texts() == {"1": ["one"]}
        assert [each.part.text for each in first.unknown] == ["two"]
        assert later.telegram.texts() == {"1": ["three"]}
        assert later.telegram.sent[0].reply_to == "telegram-1"
        assert (second.sent, second.unknown) == (0, [])


async def test_two_senders_at_one_outbox_send_each_part_once(post: Post, tmp_path: Path) -> None:
    """Two processes started by mistake; the second one leaves the chat to the first."""

    class Meddling(FakeMessenger):
        """While it sends its first part, another process goes through the outbox."""

        async def send(self, *arguments: object, **options: object) -> str:
            if not self.sent:
                await other.round()
            return await super().send(*arguments, **options)  # type: ignore[arg-type]

    post.store.put_in_outbox(outgoing("telegram:1", "one", "two"))
    meddling = Meddling("telegram", post.clock)
    with SqliteStore(tmp_path / "attache.db") as second:
        other = Post(second)
        await post.round(meddling)
        await post.round(meddling)

    texts = [*meddling.texts().get("1", []), *other.telegram.texts().get("1", [])]
    assert sorted(texts) == ["one", "two"]


async def test_a_store_that_fails_stops_the_round_and_the_next_one_goes_on(post: Post) -> None:
    """What cannot be marked as sent must not go on being sent; once it can, the rest is."""

    class LastWord(FakeMessenger):
        """After its first message nothing can be written any more."""

        async def send(self, *arguments: object, **options: object) -> str:
            message_id = await super().send(*arguments, **options)  # type: ignore[arg-type]
            post.store._connection.db.execute("pragma query_only = on")
            return message_id

    post.store.put_in_outbox(outgoing("telegram:1", "one", "two"))
    last_word = LastWord("telegram", post.clock)
    with pytest.raises(StoreError, match="readonly"):
        await post.round(last_word)
    post.store._connection.db.execute("pragma query_only = off")
    done = await post.round()

    assert last_word.texts() == {"1": ["one"]}
    assert [each.part.text for each in done.unknown] == ["one"]
    assert post.telegram.texts() == {"1": ["two"]}
