"""What the service does when briefings are due. (How it polls is told in `poll_round`.)

    send_briefings      = slots.due_slot(subscription, now)
                        = briefing.compose(...)             from ~ findings.find(store, topics)
                                                            through = filters.admitted(...)
                        ~ store.put_in_outbox(...)          before anything is sent
                        ~ delivery.deliver(...)

`=` is pure, `~` touches the world.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.briefing import Occasion, compose, states_told
from bot.delivery import Delivered, deliver
from bot.errors import StoreError
from bot.filters import admitted, filters_of
from bot.findings import find
from bot.model import Briefing, Part, Subscription
from bot.pacing import Pacer
from bot.ports import Clock, Messenger, Store
from bot.records import Outgoing, Slot
from bot.render.wording import load_wording
from bot.slots import due_slot
from bot.topic_reading import understand
from digest.world import World

__all__ = ["BriefingPlan", "put_due_briefings", "send_briefings"]

logger = logging.getLogger(__name__)

#: The first briefing of a chat tells the headlines of so long.
FIRST_HEADLINES = dt.timedelta(days=1)

Render = Callable[[Briefing], tuple[Part, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingPlan:
    """What the settings say about briefings."""

    subscriptions: Sequence[Subscription]
    #: By platform, for those that are on.
    render: Mapping[str, Render]
    #: Whose names topics may use.
    world: World
    lookback: dt.timedelta


async def send_briefings(
    store: Store,
    messengers: Mapping[str, Messenger],
    clock: Clock,
    plan: BriefingPlan,
    *,
    pacer: Pacer,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Delivered:
    """Put the briefings that are due into the outbox, then send what is in it.

    Calls must not overlap. The arguments are those of `deliver`.

    Raises:
        StoreError: Nothing can be kept, so nothing may be sent.
    """
    await asyncio.to_thread(put_due_briefings, store, clock.now(), plan)
    return await deliver(store, messengers, clock, pacer=pacer, sleep=sleep)


def put_due_briefings(store: Store, now: dt.datetime, plan: BriefingPlan) -> int:
    """Put the briefings that are due into the outbox, each chat's once; gives how many there were."""
    count = 0
    for subscription in plan.subscriptions:
        slot = due_slot(subscription, now)
        if slot is None:
            continue
        try:
            count += _put(store, now, plan, subscription, slot)
        except StoreError:
            raise
        except Exception:
            # One subscription that we cannot compose must not cost the others theirs.
            logger.exception("briefing broke name=%s", subscription.name)
    return count


def _put(store: Store, now: dt.datetime, plan: BriefingPlan, subscription: Subscription, slot: Slot) -> int:
    """One subscription's briefings. Chats that know the same get the very same one."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for name in subscription.to:
        chat = store.current_chat(name)
        if chat.partition(":")[0] in plan.render and not store.was_briefed(slot, chat):
            known = store.last_briefed_at(slot.name, chat, slot.due_at), *sorted(store.told(chat).items())
            groups.setdefault(known, []).append(chat)
    count = 0
    for chats in groups.values():
        briefing = _composed(store, now, plan, subscription, slot, chats[0])
        for chat in dict.fromkeys(chats):
            parts = plan.render[chat.partition(":")[0]](briefing)
            told = states_told(briefing)
            outgoing = Outgoing(briefing=briefing, chat=chat, parts=parts, slot=slot, told=told)
            count += store.put_in_outbox(outgoing)
        late = (now - slot.due_at).total_seconds()
        logger.info(
            "briefing ready name=%s chats=%d items=%d late=%ds",
            slot.name,
            len(chats),
            len(briefing.items),
            late,
        )
    return count


def _composed(
    store: Store,
    now: dt.datetime,
    plan: BriefingPlan,
    subscription: Subscription,
    slot: Slot,
    chat: str,
) -> Briefing:
    """The briefing of a slot for a chat, and for those that know the same."""
    local_now = now.astimezone(ZoneInfo(subscription.timezone))
    topics = [
        understand(query, plan.world, local_now, subscription.language) for query in subscription.topics
    ]
    since = store.last_briefed_at(slot.name, chat, slot.due_at) or slot.due_at - FIRST_HEADLINES
    filters = filters_of(subscription, plan.world, local_now)
    candidates = find(
        store,
        topics,
        now=now,
        lookback=plan.lookback,
        headlines_since=since,
        headline_words=filters.include,
    )
    found = admitted(candidates, filters)
    health = store.feed_health(now)
    occasion = Occasion(
        id=f"{slot.name}/{slot.due_at.isoformat(timespec='minutes')}/{chat}",
        now=now,
        timezone=subscription.timezone,
        language=subscription.language,
        lookback=plan.lookback,
        name=subscription.name,
        told=store.told(chat),
        feeds_answered=health.answered,
        feeds_failed=health.failed,
    )
    wording = load_wording(subscription.language)
    return compose(occasion, topics, found.trips, found.headlines, say_unknown=wording.unknown_topic)
