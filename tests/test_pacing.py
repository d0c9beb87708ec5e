"""How fast a chat may be written to."""

import datetime as dt

import pytest

from bot.pacing import Pacer

NOW = dt.datetime(2024, 6, 18, 7, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def times(chat: str, count: int) -> list[float]:
    """When each of so many messages goes out, in seconds from the start."""
    pacer, now = Pacer(), NOW
    gone = []
    for _ in range(count):
        now += pacer.wait(chat, now)
        pacer.note(chat, now)
        gone.append((now - NOW).total_seconds())
    return gone


@pytest.mark.parametrize("chat", ["telegram:1", "telegram:-1", "slack:C1"])
def test_a_chat_gets_one_message_a_second(chat: str) -> None:
    """The first one goes at once."""
    assert times(chat, 4) == [0, 1, 2, 3]


@pytest.mark.parametrize("chat", ["telegram:-1", "telegram:@channel", "telegram:-1/42"])
def test_a_group_gets_twenty_messages_a_minute(chat: str) -> None:
    """No minute has more, wherever it begins; sixty messages all go."""
    gone = times(chat, 60)

    assert gone[19:21] == [19, 60]
    assert all(later - earlier >= 60 for earlier, later in zip(gone, gone[20:], strict=False))


def test_a_private_chat_is_not_held_to_the_limit_of_groups() -> None:
    """Thirty parts take half a minute."""
    assert times("telegram:1", 30)[-1] == 29


def test_chats_do_not_wait_for_one_another() -> None:
    """Nor does a chat wait that has been quiet."""
    pacer = Pacer()
    pacer.note("telegram:1", NOW)

    assert pacer.wait("telegram:2", NOW) == dt.timedelta(0)
    assert pacer.wait("telegram:1", NOW + 9 * SECOND) == dt.timedelta(0)


def test_the_topics_of_a_group_share_its_limits() -> None:
    """Telegram counts the group."""
    pacer = Pacer()
    pacer.note("telegram:-1/42", NOW)

    assert pacer.wait("telegram:-1/43", NOW) == SECOND
