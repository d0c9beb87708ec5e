"""What a subscription's own filters let through: words that must stand there, words and topics that must not.

Pure.
"""

import datetime as dt
from dataclasses import dataclass

from bot.findings import Findings
from bot.model import Subscription
from bot.records import StoredHeadline
from bot.topic_reading import understand
from bot.topics import Topic, matches, matches_article, occurs, text_of
from digest.folding import folded
from digest.trips import Trip
from digest.world import World

__all__ = ["Filters", "admitted", "filters_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The filters of one subscription."""

    #: Folded: one of these must stand there; none: everything may pass.
    include: tuple[str, ...] = ()
    #: Folded: none of these may.
    exclude: tuple[str, ...] = ()
    #: What is of one of these does not pass.
    topics: tuple[Topic, ...] = ()
    #: The reader's, for topics with a time: an IANA name.
    timezone: str = "UTC"


def filters_of(subscription: Subscription, world: World, now: dt.datetime) -> Filters:
    """The filters of a subscription.

    Args:
        subscription: What the settings say.
        world: Whose names topics may use.
        now: On the reader's own clock.
    """
    topics = [understand(query, world, now, subscription.language) for query in subscription.exclude_topics]
    return Filters(
        include=tuple(map(folded, subscription.include)),
        exclude=tuple(map(folded, subscription.exclude)),
        # One that names nothing would be of everything.
        topics=tuple(topic for topic in topics if topic.mentions or topic.words or topic.window),
        timezone=subscription.timezone,
    )


def admitted(found: Findings, filters: Filters) -> Findings:
    """What the filters let through."""
    return Findings(
        trips=[trip for trip in found.trips if _admits_trip(filters, trip)],
        headlines=[headline for headline in found.headlines if _admits_headline(filters, headline)],
    )


def _admits_trip(filters: Filters, trip: Trip) -> bool:
    if any(matches(topic, trip) for topic in filters.topics):
        return False
    return not (filters.include or filters.exclude) or _admits_text(filters, text_of(trip))


def _admits_headline(filters: Filters, headline: StoredHeadline) -> bool:
    if any(matches_article(topic, headline, filters.timezone) for topic in filters.topics):
        return False
    return _admits_text(filters, f" {folded(headline.source.title)} ")


def _admits_text(filters: Filters, text: str) -> bool:
    """Whether the words allow a folded text that has a space at both ends."""
    if any(occurs(word, text) for word in filters.exclude):
        return False
    return not filters.include or any(occurs(word, text) for word in filters.include)
