"""How much a trip matters to a reader, and of what that is made up.

Pure. The parts are kept with each item of a briefing, so that its order can be explained
(`attache brief --explain`).
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from bot.model import Importance
from bot.topics import Mention, Topic, matches
from digest.facts import Party
from digest.trips import Trip
from digest.world import ROLES, Rank

__all__ = ["importance_of"]

#: What the parts weigh. They are judged, not fitted: a head of state three weeks ahead stands before a
#: minister tomorrow, and a minister of whom five outlets tell before one of whom one does.
RANK, SOURCES, NEARNESS, TOPICS = 0.35, 0.25, 0.25, 0.15
#: So many outlets with words of their own are worth half of what any number could be.
HALF_OF_SOURCES = 2
#: A trip so many days away is worth half of one today ...
HALF_OF_DAYS = 7
#: ... and one without a date so much of a dated one.
UNDATED = 0.5
#: How close a trip is to what a topic names.
VISITED, COMES_FROM, TAKES_PART = 1.0, 0.75, 0.5


def importance_of(trip: Trip, topics: Sequence[Topic], today: dt.date) -> Importance:
    """What a trip is worth to a reader of these topics.

    Args:
        trip: Of one of the topics.
        topics: What the reader asked for or follows; none that names anything: the part is 0 for all.
        today: On the reader's calendar.
    """
    closeness = [_closeness(trip, topic) for topic in topics if matches(topic, trip)]
    return Importance(
        rank=RANK * _rank(trip),
        sources=SOURCES * trip.voices / (trip.voices + HALF_OF_SOURCES),
        nearness=NEARNESS * _nearness(trip, today),
        topics=TOPICS * max(closeness, default=0.0),
    )


def _rank(trip: Trip) -> float:
    """The highest office that takes part, 1 for a head of state or government."""
    parties = (*trip.visitors[:1], *trip.hosts)
    return max((_rank_of(party) for party in parties), default=Rank.OTHER) / Rank.HEAD


def _rank_of(party: Party) -> Rank:
    return ROLES.get(party.role or "", Rank.OTHER)


def _nearness(trip: Trip, today: dt.date) -> float:
    """1 for a trip that is on, half for one a week away on either side.

    A month counts by its far end: a tour's dated stops stand before those of "September".
    """
    first, last = trip.start or trip.end, trip.end or trip.start
    if first is None or last is None:
        return UNDATED * _near(abs((today - trip.last_told_at.date()).days))
    return _near(max((first.latest - today).days, (today - last.earliest).days, 0))


def _near(days: int) -> float:
    return HALF_OF_DAYS / (HALF_OF_DAYS + days)


def _closeness(trip: Trip, topic: Topic) -> float:
    """How much a trip is what the topic names: the country visited more than the visitor's own."""
    return max((_of_mention(trip, mention) for mention in topic.mentions), default=0.0)


def _of_mention(trip: Trip, mention: Mention) -> float:
    visited = any(d.country in mention.countries or d.place in mention.places for d in trip.destinations)
    named = _names(mention, (*trip.visitors[:1], *trip.hosts[:1]))
    if visited or named or _has_office(mention, trip.visitors[:1]):
        return VISITED
    if _comes_from(mention, trip.visitors[:1]):
        return COMES_FROM
    return TAKES_PART


def _names(mention: Mention, parties: Iterable[Party]) -> bool:
    return any(party.name in mention.names for party in parties)


def _has_office(mention: Mention, parties: Iterable[Party]) -> bool:
    return any(party.role in mention.roles for party in parties)


def _comes_from(mention: Mention, parties: Iterable[Party]) -> bool:
    return any(party.country in mention.countries for party in parties)
