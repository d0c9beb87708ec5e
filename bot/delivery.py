"""From the outbox to the chats: each part once, in order, no chat waiting for another one.

~ store.open_deliveries(now)          parts to send, chat by chat
= pacer.wait(chat, now)               not faster than the platform allows
~ store.claim(part)                   pending -> sending: a crash from here on leaves it uncertain
~ messenger.send(chat, part)
~ store.mark_sent(part, message id)   or unknown, failed, or postponed
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import groupby

from bot.errors import (
    DeliveryError,
    DeliveryRefusedError,
    DeliveryUncertainError,
    RateLimitedError,
    TokenRefusedError,
)
from bot.pacing import Pacer
from bot.ports import Clock, Messenger, Outbox
from bot.records import Delivery, DeliveryState

__all__ = ["Delivered", "deliver"]

logger = logging.getLogger(__name__)

#: A part that was not delivered by then is given up: yesterday's briefing is no briefing.
GIVE_UP_AFTER = dt.timedelta(hours=24)
#: The first wait after a failure; each further one doubles it ...
RETRY_AFTER = dt.timedelta(seconds=30)
#: ... up to this.
LONGEST_RETRY = dt.timedelta(minutes=30)
#: A pause longer than this is left to a later round, so that a round never lasts for minutes.
LONGEST_PAUSE = dt.timedelta(seconds=5)

Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True, kw_only=True)
class Delivered:
    """What a round of deliveries came to, for logs and tests."""

    sent: int = 0
    postponed: int = 0
    unknown: list[Delivery] = field(default_factory=list)
    failed: list[Delivery] = field(default_factory=list)


async def deliver(
    store: Outbox,
    messengers: Mapping[str, Messenger],
    clock: Clock,
    *,
    pacer: Pacer,
    sleep: Sleep = asyncio.sleep,
) -> Delivered:
    """Send what is due in the outbox.

    Rounds must not overlap: what is still being sent when a round begins is taken for a crash's.

    Args:
        store: Keeps the outbox.
        messengers: By platform; a part for a platform that is off waits.
        clock: Tells the time.
        pacer: The same one in each round, as it remembers the last messages.
        sleep: Pauses; it is an argument so that tests need not wait.
    """
    done = Delivered(unknown=await asyncio.to_thread(store.recover))
    for part in done.unknown:
        _warn(part)
    due = await asyncio.to_thread(store.open_deliveries, clock.now())
    this = _Round(store, messengers, clock, pacer, sleep, done)
    chats = [list(parts) for _, parts in groupby(due, key=lambda part: part.chat)]
    # Not a task group: where the store fails for one chat, what others have in flight is still marked.
    outcomes = await asyncio.gather(*(this.serve(parts) for parts in chats), return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return done


class _Then(Enum):
    """How a chat goes on after a part."""

    NEXT_PART = auto()
    NEXT_BRIEFING = auto()
    LATER = auto()


@dataclass(frozen=True, slots=True)
class _Round:
    """One round: what all its chats share."""

    store: Outbox
    messengers: Mapping[str, Messenger]
    clock: Clock
    pacer: Pacer
    sleep: Sleep
    done: Delivered

    async def serve(self, parts: Sequence[Delivery]) -> None:
        """Send one chat its parts, as far as they go now."""
        threads: dict[str, str] = {}
        ended: set[str] = set()
        for part in parts:
            if part.briefing_id in ended:
                continue
            then = await self._serve_part(part, threads)
            if then is _Then.LATER:
                return
            if then is _Then.NEXT_BRIEFING:
                ended.add(part.briefing_id)

    async def _serve_part(self, part: Delivery, threads: dict[str, str]) -> _Then:
        messenger = self.messengers.get(part.chat.partition(":")[0])
        if self.clock.now() - part.created_at > GIVE_UP_AFTER:
            why = part.error or ("no answer" if messenger else "the platform is off")
            return await self._fail(part, f"given up after a day: {why}")
        if messenger is None or not await self._has_paused(part):
            return _Then.LATER
        if not await asyncio.to_thread(self.store.claim, part):
            # Another process sends this chat its parts.
            return _Then.LATER
        self.pacer.note(part.chat, self.clock.now())
        return await self._send(messenger, part, threads)

    async def _has_paused(self, part: Delivery) -> bool:
        """Wait for the chat's pace; False where that takes too long for this round."""
        pause = self.pacer.wait(part.chat, self.clock.now())
        if pause > LONGEST_PAUSE:
            await self._postpone(part, self.clock.now() + pause, error=part.error)
            return False
        if pause > dt.timedelta(0):
            await self.sleep(pause.total_seconds())
        return True

    async def _send(self, messenger: Messenger, part: Delivery, threads: dict[str, str]) -> _Then:
        chat = part.chat.partition(":")[2]
        thread = part.first_told_in or threads.get(part.briefing_id) or part.first_message_id
        try:
            message_id = await messenger.send(chat, part.part, reply_to=thread)
        except RateLimitedError as error:
            wait = dt.timedelta(seconds=error.retry_after)
            return await self._postpone(part, self.clock.now() + wait, error=error.problem)
        except TokenRefusedError as error:
            return await self._retry(part, error)
        except DeliveryRefusedError as error:
            return await self._fail(part, error.problem)
        except DeliveryUncertainError as error:
            return await self._lose_sight(part, error.problem)
        except DeliveryError as error:
            return await self._retry(part, error)
        except Exception as error:
            # A fault of ours: nobody knows how far it came. Its text is not logged, as a library's
            # may hold a token.
            return await self._lose_sight(part, f"unexpected {type(error).__name__}")
        await asyncio.to_thread(self.store.mark_sent, part, message_id)
        if part.index == 0:
            threads[part.briefing_id] = message_id
        self.done.sent += 1
        return _Then.NEXT_PART

    async def _retry(self, part: Delivery, error: DeliveryError) -> _Then:
        wait = min(RETRY_AFTER * (1 << min(part.attempts, 16)), LONGEST_RETRY)
        return await self._postpone(part, self.clock.now() + wait, error=error.problem, failed=True)

    async def _postpone(
        self, part: Delivery, not_before: dt.datetime, *, error: str | None, failed: bool = False
    ) -> _Then:
        attempts = part.attempts + failed
        await asyncio.to_thread(self.store.postpone, part, not_before, attempts=attempts, error=error)
        self.done.postponed += 1
        logger.info("delivery postponed chat=%s until=%s reason=%s", part.chat, not_before, error or "pace")
        return _Then.LATER

    async def _fail(self, part: Delivery, error: str) -> _Then:
        await asyncio.to_thread(self.store.mark_failed, part, error)
        self.done.failed.append(replace(part, state=DeliveryState.FAILED, error=error))
        _warn(self.done.failed[-1])
        return _Then.NEXT_BRIEFING

    async def _lose_sight(self, part: Delivery, error: str) -> _Then:
        await asyncio.to_thread(self.store.mark_unknown, part, error)
        self.done.unknown.append(replace(part, state=DeliveryState.UNKNOWN, error=error))
        _warn(self.done.unknown[-1])
        return _Then.NEXT_PART


def _warn(part: Delivery) -> None:
    logger.warning(
        "delivery ended state=%s chat=%s briefing=%s part=%d reason=%s",
        part.state,
        part.chat,
        part.briefing_id,
        part.index,
        part.error,
    )
