"""Topics, and which trips and headlines are of them.

Pure. `bot.topic_reading` makes topics of a reader's words.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.model import Narrowing
from bot.records import StoredHeadline
from bot.sections import FRESH
from digest.facts import Party, Status
from digest.folding import folded
from digest.trips import Trip, Window

__all__ = [
    "OFFICES",
    "Mention",
    "Topic",
    "matches",
    "matches_article",
    "matches_headline",
    "occurs",
    "text_of",
]

#: Scripts from here on glue endings to words or write no spaces, so that a term may stand anywhere.
GLUING = "\u0e00"

#: The roles that the words for an office mean (roles as in `digest.world.ROLES`).
OFFICES: dict[str, frozenset[str]] = {
    "president": frozenset({"president", "acting president"}),
    "prime_minister": frozenset(
        {"prime minister", "acting prime minister", "premier", "chancellor", "taoiseach"}
    ),
    "foreign_minister": frozenset(
        {"foreign minister", "acting foreign minister", "foreign secretary", "secretary of state"}
    ),
    "defence_minister": frozenset({"defence minister", "defence secretary", "secretary of defense"}),
    "finance_minister": frozenset({"finance minister", "treasury secretary", "chancellor of the exchequer"}),
    "monarch": frozenset(
        {"king", "queen", "emperor", "emir", "sultan", "grand duke", "prince", "crown prince"}
    ),
    "vice_president": frozenset({"vice president"}),
    "security_adviser": frozenset({"national security adviser"}),
    "secretary_general": frozenset({"secretary-general"}),
    "pope": frozenset({"pope"}),
    "envoy": frozenset({"envoy", "special envoy"}),
    "delegation": frozenset({"delegation"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One thing that a question names; a trip that has any part of it has to do with it."""

    #: As the reader would write it: "North Korea".
    label: str
    #: "to": a visit there or to them; "from": by them; None: either.
    direction: str | None = None
    #: The name itself, folded.
    phrase: str = ""
    #: ISO 3166-1 alpha-2.
    countries: frozenset[str] = frozenset()
    #: Canonical English names of people and bodies.
    names: frozenset[str] = frozenset()
    #: English names of cities and regions.
    places: frozenset[str] = frozenset()
    #: The countries that these places lie in.
    inside: frozenset[str] = frozenset()
    #: Offices as `Party.role` gives them.
    roles: frozenset[str] = frozenset()
    #: Folded forms, in every language, that a headline about it would use.
    terms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A question as it was understood: all its parts must hold of a trip."""

    query: str
    mentions: tuple[Mention, ...] = ()
    #: First and last day asked for, None where no time is named.
    window: Window | None = None
    #: Folded words that mean nothing known here: looked for in headlines and sentences.
    words: tuple[str, ...] = ()
    #: The same as the reader typed them, to be told.
    typed_words: tuple[str, ...] = ()
    #: The choices where a name means several things.
    narrowings: tuple[Narrowing, ...] = ()

    @property
    def countries(self) -> frozenset[str]:
        """All countries named."""
        return frozenset().union(*(mention.countries for mention in self.mentions))

    @property
    def people(self) -> frozenset[str]:
        """All people and bodies named."""
        return frozenset().union(*(mention.names for mention in self.mentions))


def matches(topic: Topic, trip: Trip) -> bool:
    """Whether a trip is of the topic, its time included."""
    if topic.window and not _is_within(trip, topic.window):
        return False
    if topic.words:
        text = text_of(trip)
        if not all(occurs(word, text) for word in topic.words):
            return False
    return all(_concerns(trip, mention) for mention in topic.mentions)


def matches_headline(topic: Topic, title: str, feed_topics: Iterable[str] = ()) -> bool:
    """Whether an article without a visit is of the topic, by its title or its feed's labels.

    The time is the caller's to check: a headline has none, only its publication does.
    """
    text = f" {folded(title)} "
    labels = {folded(label) for label in feed_topics}
    return all(occurs(word, text) or word in labels for word in topic.words) and all(
        folded(mention.label) in labels
        or not labels.isdisjoint(mention.terms)
        or _any_occurs(mention.terms, text)
        for mention in topic.mentions
    )


def matches_article(topic: Topic, headline: StoredHeadline, timezone: str) -> bool:
    """Whether a headline is of the topic, the day of its publication included.

    Args:
        topic: What is asked for.
        headline: An article without a visit.
        timezone: The reader's: an IANA name.
    """
    published_at = headline.source.published_at
    if topic.window and published_at:
        day = published_at.astimezone(ZoneInfo(timezone)).date()
        if not topic.window[0] <= day <= topic.window[1]:
            return False
    return matches_headline(topic, headline.source.title, headline.topics)


def text_of(trip: Trip) -> str:
    """All words that a trip is told with, folded, with a space at both ends: headlines, sentences, names."""
    parties = (*trip.visitors, *trip.hosts)
    parts = [party.name for party in parties if party.name]
    parts += [destination.place for destination in trip.destinations if destination.place]
    for report in trip.reports:
        parts += [report.title, report.visit.evidence.text, report.visit.purpose or ""]
    return f" {folded(' '.join(parts))} "


def occurs(term: str, text: str) -> bool:
    """Whether a folded term stands in a folded text that has a space at both ends.

    Words of alphabets must be whole. East Asian scripts glue endings on, or write no spaces at all.
    """
    return term in text if term[0] >= GLUING else f" {term} " in text


def _any_occurs(terms: frozenset[str], text: str) -> bool:
    """Whether any of many terms occurs, as `occurs` says, in a folded text with a space at both ends."""
    glued, spaced, longest = _by_script(terms)
    words = text.split()
    phrases = (
        " ".join(words[start : start + size]) for start in range(len(words)) for size in range(1, longest + 1)
    )
    return not spaced.isdisjoint(phrases) or any(map(text.__contains__, glued))


@functools.lru_cache(maxsize=256)
def _by_script(terms: frozenset[str]) -> tuple[tuple[str, ...], frozenset[str], int]:
    """The terms that may stand anywhere, those that must be whole words, and the most words of these."""
    glued = tuple(term for term in terms if term[0] >= GLUING)
    spaced = terms.difference(glued)
    return glued, spaced, max((term.count(" ") + 1 for term in spaced), default=0)


def _concerns(trip: Trip, mention: Mention) -> bool:
    """Whether a trip goes to or comes from what is mentioned, as the direction says."""
    goes_to = (
        any(d.country in mention.countries or d.place in mention.places for d in trip.destinations)
        or any(host.name in mention.names for host in trip.hosts)
        or (mention.direction == "to" and any(host.role in mention.roles for host in trip.hosts))
    )
    comes_from = any(_is_of(visitor, mention) for visitor in trip.visitors)
    if mention.direction == "to":
        return goes_to
    return comes_from or (mention.direction is None and goes_to)


def _is_of(party: Party, mention: Mention) -> bool:
    return party.country in mention.countries or party.name in mention.names or party.role in mention.roles


def _is_within(trip: Trip, window: Window) -> bool:
    """Whether a trip's days touch the days asked for; an undated one counts by when it was last told."""
    first = trip.start or trip.end
    last = trip.end or trip.start
    if first is None or last is None:
        return window[0] <= trip.last_told_at.date() <= window[1]
    over_on = last.latest
    if trip.status is Status.UNDERWAY and trip.end is None:
        # As a briefing's sections take it: it goes on for some days after it was last told.
        over_on = max(over_on, trip.last_told_at.date() + FRESH)
    return first.earliest <= window[1] and window[0] <= over_on
