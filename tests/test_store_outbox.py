"""Briefings, what chats know, and the outbox in the store."""

from dataclasses import replace
from pathlib import Path

from bot.adapters.sqlite_store import SqliteStore
from bot.model import Part
from bot.records import DeliveryState, Outgoing, Slot
from tests.store_records import (
    DAY,
    HOUR,
    NOW,
    briefing,
    outgoing,
)


def test_a_briefing_is_kept_as_it_was_sent(store: SqliteStore) -> None:
    """Both platforms and a later look at it draw from one frozen record."""
    store.put_in_outbox(outgoing())

    assert store.briefing("b1") == briefing()
    assert store.briefing("b2") is None


def test_a_slot_is_briefed_once(store: SqliteStore) -> None:
    """The second attempt stores nothing, though its briefing is another one."""
    first = store.put_in_outbox(outgoing("telegram:1", "one"))
    second = store.put_in_outbox(outgoing("telegram:1", "two", id="b2"))
    other = store.put_in_outbox(outgoing("slack:C1", "three", id="b3"))

    assert (first, second, other) == (True, False, True)
    assert [each.part.text for each in store.open_deliveries(NOW)] == ["three", "one"]
    assert store.was_briefed(Slot(name="morning", due_at=NOW), "telegram:1")
    assert not store.was_briefed(Slot(name="morning", due_at=NOW + DAY), "telegram:1")


def test_the_slot_before_is_known(store: SqliteStore) -> None:
    """A briefing tells what is new since the one before, not since itself."""
    store.put_in_outbox(outgoing(due_at=NOW))
    store.put_in_outbox(outgoing(id="b2", due_at=NOW + DAY))

    assert store.last_briefed_at("morning", "telegram:1", NOW + DAY) == NOW
    assert store.last_briefed_at("morning", "telegram:1", NOW) is None
    assert store.last_briefed_at("evening", "telegram:1", NOW + DAY) is None


def test_a_chat_knows_what_its_latest_briefing_told(store: SqliteStore) -> None:
    """By trip; other chats know nothing of it."""
    store.put_in_outbox(outgoing(told={"t1": "planned", "t2": "planned"}, id="z", due_at=NOW))
    store.put_in_outbox(outgoing(told={"t1": "underway"}, id="a", due_at=NOW + DAY))

    assert store.told("telegram:1") == {"t1": "underway", "t2": "planned"}
    assert store.told("telegram:2") == {}


def test_a_briefing_that_failed_told_nothing(store: SqliteStore) -> None:
    """The chat that did not get it is told the next time; the earlier knowledge stands."""
    store.put_in_outbox(outgoing(told={"t1": "planned"}, id="a", due_at=NOW))
    store.put_in_outbox(outgoing(told={"t1": "underway"}, id="b", due_at=NOW + DAY))
    failed = next(each for each in store.open_deliveries(NOW) if each.briefing_id == "b")
    store.mark_failed(failed, "blocked")

    assert store.told("telegram:1") == {"t1": "planned"}


def test_parts_come_in_order_and_are_whole(store: SqliteStore) -> None:
    """Order within a chat is the order of the parts, older briefings first."""
    new = outgoing("telegram:1", "3", "4", id="a", due_at=NOW + HOUR)
    old = outgoing("telegram:1", "1", "2", id="b", due_at=NOW)
    store.put_in_outbox(new)
    store.put_in_outbox(old)

    found = store.open_deliveries(NOW)

    assert [each.part for each in found] == [*old.parts, *new.parts]
    assert {(each.state, each.attempts, each.error) for each in found} == {(DeliveryState.PENDING, 0, None)}
    assert [each.created_at for each in found] == [NOW, NOW, NOW + HOUR, NOW + HOUR]


def test_a_part_is_claimed_once(store: SqliteStore) -> None:
    """Two senders never send one part."""
    store.put_in_outbox(outgoing())
    (part,) = store.open_deliveries(NOW)

    assert (store.claim(part), store.claim(part)) == (True, False)
    assert store.open_deliveries(NOW) == []


def _with(outgoing: Outgoing, *parts: Part) -> Outgoing:
    return replace(outgoing, parts=parts)


def test_a_change_names_the_first_message_that_told_the_chat_of_its_trip(store: SqliteStore) -> None:
    """Not one that told another trip, nor a later one, nor another chat's."""
    for chat in ("telegram:1", "telegram:2"):
        for day, trips in enumerate((("x", "t"), ("t", "x"))):
            told = {"t": "planned", "x": "planned"}
            said = outgoing(chat, id=f"{chat}{day}", told=told, due_at=NOW + day * DAY)
            store.put_in_outbox(_with(said, *(Part(text="told", tells=(trip,)) for trip in trips)))
    for number, part in enumerate(store.open_deliveries(NOW + 2 * DAY)):
        store.claim(part)
        store.mark_sent(part, str(number))
    changes = [Part(text="changed", answers=trip) for trip in ("t", "x", "never told")]
    store.put_in_outbox(_with(outgoing("telegram:1", id="last", due_at=NOW + 3 * DAY), *changes))

    found = store.open_deliveries(NOW + 3 * DAY)

    assert [each.first_told_in for each in found] == ["1", "0", None]


def test_sent_parts_are_done_and_name_the_thread(store: SqliteStore) -> None:
    """Later parts know the message of the first one."""
    store.put_in_outbox(outgoing("slack:C1", "one", "two"))
    first, _ = store.open_deliveries(NOW)
    store.claim(first)
    store.mark_sent(first, "17.5")

    (second,) = store.open_deliveries(NOW)

    assert (second.part.text, second.first_message_id) == ("two", "17.5")
    assert [each.state for each in store.deliveries("b1")] == [DeliveryState.SENT, DeliveryState.PENDING]


def test_a_postponed_part_holds_its_chat_and_no_other(store: SqliteStore) -> None:
    """Parts do not overtake one another; other chats go on."""
    store.put_in_outbox(outgoing("telegram:1", "one", "two"))
    store.put_in_outbox(outgoing("telegram:2", "three", id="b2"))
    first = store.open_deliveries(NOW)[0]
    store.claim(first)
    store.postpone(first, NOW + HOUR, attempts=1, error="timeout")

    later = store.open_deliveries(NOW + HOUR)

    assert [each.part.text for each in store.open_deliveries(NOW)] == ["three"]
    assert [each.part.text for each in later] == ["one", "two", "three"]
    assert (later[0].attempts, later[0].error, later[0].not_before) == (1, "timeout", NOW + HOUR)


def test_a_failed_part_fails_the_rest_of_its_briefing_in_this_chat(store: SqliteStore) -> None:
    """Half a briefing would be read as a whole one; what was sent before stays sent."""
    store.put_in_outbox(outgoing("telegram:1", "one", "two", "three"))
    store.put_in_outbox(outgoing("telegram:1", "next day", id="b2", due_at=NOW + DAY))
    first, second, *_ = store.open_deliveries(NOW)
    store.mark_sent(first, "1")
    store.claim(second)
    store.mark_failed(second, "blocked by the user")

    states = [(each.state, each.error) for each in store.deliveries("b1")]

    failed = (DeliveryState.FAILED, "blocked by the user")
    assert states == [(DeliveryState.SENT, None), failed, failed]
    assert [each.part.text for each in store.open_deliveries(NOW)] == ["next day"]


def test_what_a_crash_left_in_sending_becomes_unknown(store: SqliteStore, path: Path) -> None:
    """After a restart nothing that may have arrived is sent again; what waits is sent."""
    store.put_in_outbox(outgoing("telegram:1", "one", "two"))
    store.claim(store.open_deliveries(NOW)[0])

    with SqliteStore(path) as restarted:
        recovered = restarted.recover()

        assert [(each.part.text, each.state) for each in recovered] == [("one", DeliveryState.UNKNOWN)]
        assert [each.part.text for each in restarted.open_deliveries(NOW)] == ["two"]
        assert restarted.recover() == []


def test_a_chat_with_a_new_id_keeps_everything(store: SqliteStore) -> None:
    """What it knows, its outbox and its slots move; the settings' old id leads to the new one."""
    store.put_in_outbox(outgoing("telegram:-1", "one", told={"t": "planned"}))
    store.put_in_outbox(outgoing("telegram:-2", "two", id="b2", told={"t": "underway"}))

    store.migrate_chat("telegram:-1", "telegram:-1001")
    store.migrate_chat("telegram:-1001", "telegram:-1002")

    assert store.current_chat("telegram:-1") == "telegram:-1002"
    assert store.current_chat("telegram:-2") == "telegram:-2"
    assert store.told("telegram:-1002") == {"t": "planned"}
    assert (store.told("telegram:-1"), store.told("telegram:-1001")) == ({}, {})
    assert {each.chat for each in store.open_deliveries(NOW)} == {"telegram:-1002", "telegram:-2"}
    assert not store.put_in_outbox(outgoing("telegram:-1002", "again", id="b3"))


def test_the_topics_of_a_chat_move_with_it(store: SqliteStore) -> None:
    """A forum's topic keeps its number; a chat whose id begins alike is another chat."""
    store.put_in_outbox(outgoing("telegram:-1/42", told={"t": "planned"}))
    store.put_in_outbox(outgoing("telegram:-12", id="b2", told={"t": "underway"}))

    store.migrate_chat("telegram:-1", "telegram:-1001")

    assert store.current_chat("telegram:-1/42") == "telegram:-1001/42"
    assert store.told("telegram:-1001/42") == {"t": "planned"}
    assert store.told("telegram:-12") == {"t": "underway"}


def test_a_chat_that_moves_back_has_one_id(store: SqliteStore) -> None:
    """Ids that point at each other would never end."""
    store.migrate_chat("telegram:1", "telegram:2")
    store.migrate_chat("telegram:2", "telegram:1")

    assert {store.current_chat(each) for each in ("telegram:1", "telegram:2")} == {"telegram:1"}
