"""Briefings, what chats were told, and the outbox in the database."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.adapters.store_codec import from_text, moment, to_moment, to_text
from bot.adapters.store_schema import Tables
from bot.model import Briefing, Part
from bot.records import Delivery, DeliveryState, Outgoing, Slot
from bot.render import briefing_json

__all__ = ["BriefingTables", "OutboxTables"]

_DELIVERIES = """
    select d.*, first.message_id as first_message_id
    from deliveries d left join deliveries first
        on first.briefing_id = d.briefing_id and first.chat = d.chat
        and first.part_index = 0 and d.part_index > 0
    """


class BriefingTables(Tables):
    """Briefings and what chats know: implements `ports.BriefingStore`."""

    def briefing(self, briefing_id: str) -> Briefing | None:
        """A briefing as it was sent."""
        rows = self._connection.rows("select briefing from briefings where id = ?", [briefing_id])
        return briefing_json.from_json(json.loads(rows[0]["briefing"])) if rows else None

    def was_briefed(self, slot: Slot, chat: str) -> bool:
        """Whether the chat's briefing of this slot is in the outbox already."""
        found = "select 1 from slots where name = ? and chat = ? and due_at = ?"
        return bool(self._connection.rows(found, [slot.name, chat, to_moment(slot.due_at)]))

    def last_briefed_at(self, name: str, chat: str, before: dt.datetime) -> dt.datetime | None:
        """The chat's slot of this subscription before the one at `before`."""
        found = "select max(due_at) as at from slots where name = ? and chat = ? and due_at < ?"
        at = self._connection.rows(found, [name, chat, to_moment(before)])[0]["at"]
        return moment(at) if at else None

    def told(self, chat: str) -> Mapping[str, str]:
        """What the chat knows of each trip, by trip id; a briefing that failed to arrive told it nothing."""
        rows = self._connection.rows(
            """
            select told.trip_id, told.state from told
            join briefings on briefings.id = told.briefing_id
            where told.chat = :chat and not exists (
                select 1 from deliveries d
                where d.chat = :chat and d.briefing_id = told.briefing_id and d.state = 'failed'
            )
            order by briefings.generated_at
            """,
            {"chat": chat},
        )
        return {row["trip_id"]: row["state"] for row in rows}

    def current_chat(self, chat: str) -> str:
        """The id that a chat has now, where its platform gave it another one."""
        group, topic = _group_and_topic(chat)
        rows = self._connection.rows(
            """
            with recursive way(id, steps) as (
                select :chat, 0
                union all
                select chats.moved_to, steps + 1 from way join chats on chats.id = way.id where steps < 20
            )
            select id from way order by steps desc limit 1
            """,
            {"chat": group},
        )
        return f"{rows[0]['id']}{topic}"

    def migrate_chat(self, old: str, new: str) -> None:
        """Give all that belongs to a chat and its topics to its new id, and remember where it went."""
        names = {"old": old, "new": new}
        mine = "(chat = :old or substr(chat, 1, length(:old) + 1) = :old || '/')"
        with self._connection.immediate() as db:
            db.execute("delete from chats where id = ?", [new])
            db.table("chats").upsert({"id": old, "moved_to": new}, pk="id")
            for table in ("told", "slots", "deliveries"):
                # Where both ids have the row, the new id's is the later one.
                moved = f"set chat = :new || substr(chat, length(:old) + 1) where {mine}"
                db.execute(f"update or ignore {table} {moved}", names)
                db.execute(f"delete from {table} where {mine}", names)  # noqa: S608 - names of tables


class OutboxTables(Tables):
    """The parts on their way to chats: implements `ports.Outbox`."""

    def put_in_outbox(self, outgoing: Outgoing) -> bool:
        """Store a briefing with all its parts, what it tells, and that its slot is done, as a whole.

        Returns:
            False where the slot was briefed already: nothing is stored then.
        """
        briefing, chat = outgoing.briefing, outgoing.chat
        slot = {
            "name": outgoing.slot.name,
            "chat": chat,
            "due_at": to_moment(outgoing.slot.due_at),
            "briefing_id": briefing.id,
        }
        told = [
            {"chat": chat, "trip_id": trip_id, "briefing_id": briefing.id, "state": state}
            for trip_id, state in outgoing.told.items()
        ]
        with self._connection.immediate() as db:
            done = "select 1 from slots where name = :name and chat = :chat and due_at = :due_at"
            if list(db.query(done, slot)):
                return False
            # Other chats may have the very same briefing.
            db.table("briefings").insert(_briefing_row(briefing), pk="id", ignore=True)
            db.table("slots").insert(slot)
            db.table("told").insert_all(told)
            db.table("deliveries").insert_all(_part_rows(outgoing))
        return True

    def open_deliveries(self, now: dt.datetime) -> list[Delivery]:
        """Parts to send now, chat by chat in the order to send them.

        A chat that has to wait with one part waits with all: parts never overtake one another.
        """
        rows = self._connection.rows(
            f"""
            {_DELIVERIES} where d.state = 'pending' and d.chat not in (
                select chat from deliveries where state = 'pending' and not_before > ?
            )
            order by d.chat, d.created_at, d.briefing_id, d.part_index
            """,  # noqa: S608 - the inserted text is a constant
            [to_moment(now)],
        )
        return [self._placed(_delivery(row)) for row in rows]

    def _placed(self, delivery: Delivery) -> Delivery:
        """With the message under which a change belongs, if the chat has it."""
        trip = delivery.part.answers
        if trip is None:
            return delivery
        rows = self._connection.rows(
            """
            select d.message_id, d.part from told
            join deliveries d on d.chat = told.chat and d.briefing_id = told.briefing_id
            where told.chat = ? and told.trip_id = ? and d.message_id is not null
            order by d.created_at, d.part_index
            """,
            [delivery.chat, trip],
        )
        messages = (row["message_id"] for row in rows if trip in from_text(Part, row["part"]).tells)
        return replace(delivery, first_told_in=next(messages, None))

    def deliveries(self, briefing_id: str) -> list[Delivery]:
        """Where the parts of a briefing are."""
        found = f"{_DELIVERIES} where d.briefing_id = ? order by d.chat, d.part_index"
        return [_delivery(row) for row in self._connection.rows(found, [briefing_id])]

    def claim(self, delivery: Delivery) -> bool:
        """Take a pending part for sending; False where somebody else took it."""
        with self._connection.immediate() as db:
            taken = "update deliveries set state = 'sending' where id = ? and state = 'pending'"
            return db.execute(taken, [delivery.id]).rowcount == 1

    def mark_sent(self, delivery: Delivery, message_id: str) -> None:
        """The platform took it."""
        self._set(delivery, state=DeliveryState.SENT, message_id=message_id, error=None, not_before=None)

    def mark_unknown(self, delivery: Delivery, error: str) -> None:
        """The platform may have taken it."""
        self._set(delivery, state=DeliveryState.UNKNOWN, error=error)

    def mark_failed(self, delivery: Delivery, error: str) -> None:
        """It will not be sent, nor will the rest of its briefing: half of one would be read as the whole."""
        with self._connection.immediate() as db:
            db.execute(
                """
                update deliveries set state = 'failed', error = ?
                where id = ? or (briefing_id = ? and chat = ? and state = 'pending')
                """,
                [error, delivery.id, delivery.briefing_id, delivery.chat],
            )

    def postpone(
        self, delivery: Delivery, not_before: dt.datetime, *, attempts: int, error: str | None
    ) -> None:
        """It was not sent and waits."""
        self._set(
            delivery,
            state=DeliveryState.PENDING,
            not_before=to_moment(not_before),
            attempts=attempts,
            error=error,
        )

    def recover(self) -> list[Delivery]:
        """Turn what a crash left in sending into unknown, and say what that was."""
        with self._connection.immediate() as db:
            rows = list(db.query(f"{_DELIVERIES} where d.state = 'sending' order by d.id"))
            error = "the program stopped while sending"
            db.execute("update deliveries set state = 'unknown', error = ? where state = 'sending'", [error])
            return [_delivery(row | {"state": "unknown", "error": error}) for row in rows]

    def _set(self, delivery: Delivery, **values: Any) -> None:
        with self._connection.immediate() as db:
            db.table("deliveries").update(delivery.id, values)


def _group_and_topic(chat: str) -> tuple[str, str]:
    """A chat's own id and its "/42", the topic in it."""
    group, slash, topic = chat.partition("/")
    return group, slash + topic


def _briefing_row(briefing: Briefing) -> dict[str, Any]:
    return {
        "id": briefing.id,
        "name": briefing.name,
        "generated_at": to_moment(briefing.generated_at),
        "briefing": json.dumps(briefing_json.to_json(briefing), ensure_ascii=False),
    }


def _part_rows(outgoing: Outgoing) -> list[dict[str, Any]]:
    return [
        {
            "briefing_id": outgoing.briefing.id,
            "chat": outgoing.chat,
            "part_index": index,
            "part": to_text(part),
            "state": DeliveryState.PENDING,
            "created_at": to_moment(outgoing.briefing.generated_at),
        }
        for index, part in enumerate(outgoing.parts)
    ]


def _delivery(row: dict[str, Any]) -> Delivery:
    return Delivery(
        id=row["id"],
        briefing_id=row["briefing_id"],
        chat=row["chat"],
        index=row["part_index"],
        part=from_text(Part, row["part"]),
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        created_at=moment(row["created_at"]),
        not_before=moment(row["not_before"]) if row["not_before"] else None,
        message_id=row["message_id"],
        error=row["error"],
        first_message_id=row["first_message_id"],
    )
