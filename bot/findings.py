"""What the store holds for a briefing: which trips and headlines can be of its topics.

It only narrows down, so that a store of a million articles answers at once; `briefing.compose` decides.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.ports import TripStore
from bot.records import StoredHeadline
from bot.topics import Mention, Topic
from digest.trips import Trip, trip_of

__all__ = ["Findings", "as_of", "find"]

#: Trips to come are told however far ahead they are.
FAR_AHEAD = dt.timedelta(days=1000)


@dataclass(frozen=True, slots=True)
class Findings:
    """Candidates for a briefing."""

    trips: Sequence[Trip]
    headlines: Sequence[StoredHeadline]


def find(
    store: TripStore,
    topics: Sequence[Topic],
    *,
    now: dt.datetime,
    lookback: dt.timedelta,
    headlines_since: dt.datetime | None = None,
    headline_words: Collection[str] = (),
) -> Findings:
    """Candidates for a briefing on any of these topics; none: on everything.

    Args:
        store: Where to look.
        topics: What they name also widens the time: "last year" reaches further than `lookback`.
        now: What was told later is not known yet, for those who look back.
        lookback: How far to look back.
        headlines_since: Leave out older headlines, for a reader who had those already.
        headline_words: Only headlines with one of these words in them will do.
    """
    # A day more on either side: the reader's calendar is not the store's.
    day = dt.timedelta(days=1)
    windows = [topic.window for topic in topics if topic.window]
    since = min([(now - lookback).date(), *(first for first, _ in windows)]) - day
    until = max([(now + FAR_AHEAD).date(), *(last for _, last in windows)]) + day
    midnight = dt.datetime.combine(since, dt.time.min, dt.UTC)
    names = _any_words(topics)
    words, labels = (headline_words, frozenset[str]()) if headline_words else (names, names)
    trips = store.trips(since, until, countries=_any_countries(topics))
    return Findings(
        trips=[known for trip in trips if (known := as_of(now, trip)) is not None],
        headlines=store.headlines(
            headlines_since or midnight, now + dt.timedelta(microseconds=1), words=words, labels=labels
        ),
    )


def as_of(now: dt.datetime, trip: Trip) -> Trip | None:
    """A trip as it was known at a time, None where nobody had told of it."""
    told = [report for report in trip.reports if report.told_at <= now]
    if len(told) == len(trip.reports):
        return trip
    return trip_of(told) if told else None


def _any_countries(topics: Sequence[Topic]) -> frozenset[str] | None:
    """Countries one of which every trip of the topics involves, None where there is no such bound."""
    bounds = [next((m.countries for m in topic.mentions if _is_country(m)), None) for topic in topics]
    known = [bound for bound in bounds if bound is not None]
    return frozenset().union(*known) if topics and len(known) == len(topics) else None


def _is_country(mention: Mention) -> bool:
    return bool(mention.countries) and not (mention.names or mention.places or mention.roles)


def _any_words(topics: Sequence[Topic]) -> frozenset[str]:
    """Words one of which every headline of the topics has in its title or on its feed, if there are any."""
    words: set[str] = set()
    for topic in topics:
        # All parts of a topic must hold, so one of them is enough to look up; long words are the rarest.
        if topic.words:
            words.add(max(topic.words, key=len))
        elif topic.mentions:
            words |= {topic.mentions[0].label, *topic.mentions[0].terms}
        else:
            return frozenset()
    return frozenset(words)
