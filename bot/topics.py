"""What a question asks for: the words after `/brief`, or a subscription's topic, in any language.

Pure. Names come from the world data, all other words from `bot.topic_words`.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.model import Narrowing
from bot.sections import FRESH
from bot.topic_names import Named, country_named, names_in
from bot.topic_times import window_named
from bot.topic_words import TopicWords, load_topic_words
from digest.facts import Party, Status
from digest.folding import folded
from digest.trips import Trip, Window
from digest.world import World

__all__ = ["Mention", "Topic", "matches", "matches_headline", "understand"]

#: A topic that means more things than these is broad, not ambiguous: no choices are offered.
MOST_NARROWINGS = 4
#: Words of the longest name or phrase that is looked for.
LONGEST = 6

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
    "monarch": frozenset(
        {"king", "queen", "emperor", "emir", "sultan", "grand duke", "prince", "crown prince"}
    ),
    "vice_president": frozenset({"vice president"}),
    "security_adviser": frozenset({"national security adviser"}),
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
    #: ISO 3166-1 alpha-2.
    countries: frozenset[str] = frozenset()
    #: Canonical English names of people and bodies.
    names: frozenset[str] = frozenset()
    #: English names of cities and regions.
    places: frozenset[str] = frozenset()
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


def understand(query: str, world: World, now: dt.datetime, language: str) -> Topic:
    """What a question means; an empty one means everything.

    Args:
        query: The reader's words.
        world: Whose names are known.
        now: On the reader's own clock: "today" is its day.
        language: For the labels of choices.
    """
    return _Reader(query, world, now.date(), language).read()


def matches(topic: Topic, trip: Trip) -> bool:
    """Whether a trip is of the topic, its time included."""
    if topic.window and not _is_within(trip, topic.window):
        return False
    if topic.words:
        text = f" {_text_of(trip)} "
        if not all(_occurs(word, text) for word in topic.words):
            return False
    return all(_concerns(trip, mention) for mention in topic.mentions)


def matches_headline(topic: Topic, title: str, feed_topics: Iterable[str] = ()) -> bool:
    """Whether an article without a visit is of the topic, by its title or its feed's labels.

    The time is the caller's to check: a headline has none, only its publication does.
    """
    text = f" {folded(title)} "
    labels = {folded(label) for label in feed_topics}
    return all(_occurs(word, text) or word in labels for word in topic.words) and all(
        folded(mention.label) in labels
        or not labels.isdisjoint(mention.terms)
        or _any_occurs(mention.terms, text)
        for mention in topic.mentions
    )


@dataclass(slots=True)
class _Reader:
    """Reads a question from left to right, the longest known phrase first."""

    query: str
    world: World
    today: dt.date
    language: str
    words: TopicWords = field(default_factory=load_topic_words)
    tokens: list[str] = field(init=False)
    names: dict[str, tuple[Named, ...]] = field(init=False)

    def read(self) -> Topic:
        """The whole question."""
        self.tokens = folded(self.query).split()
        self.names = names_in(self.query, self._phrases(), self.world)
        mentions: list[Mention] = []
        spans: list[tuple[int, int]] = []
        left: list[str] = []
        window: Window | None = None
        direction: str | None = None
        at = 0
        while at < len(self.tokens):
            size, time, mention = self._longest(at)
            if mention:
                mentions.append(dataclasses.replace(mention, direction=mention.direction or direction))
                spans.append((at, at + size))
            elif time:
                window = time
            elif self.tokens[at] in self.words.before:
                direction = self.words.before[self.tokens[at]]
            elif self.tokens[at] not in self.words.noise:
                left.append(self.tokens[at])
            if mention or time:
                direction = None
            at += size
        return Topic(
            query=self.query,
            mentions=tuple(mentions),
            window=window,
            words=tuple(left),
            narrowings=self._narrowings(mentions, spans),
        )

    def _longest(self, at: int) -> tuple[int, Window | None, Mention | None]:
        """The longest phrase known at a token: its size, and the time or thing it means."""
        for size in range(min(LONGEST, len(self.tokens) - at), 0, -1):
            phrase = " ".join(self.tokens[at : at + size])
            for stem, direction in self._stems(phrase):
                if time := window_named(stem.split(), self.words, self.today):
                    return size, time, None
                if stem in self.words.offices:
                    return size, None, self._office(stem, direction)
                if stem in self.words.visits_to:
                    country = country_named(self.words.visits_to[stem], self.world)
                    return size, None, _mention([country], "to")
                if stem in self.names:
                    return size, None, _mention(self.names[stem], direction)
        return 1, None, None

    def _office(self, phrase: str, direction: str | None) -> Mention:
        office = self.words.offices[phrase]
        return Mention(
            label=phrase,
            direction=direction,
            roles=OFFICES[office],
            terms=self.words.office_phrases(office),
        )

    def _stems(self, phrase: str) -> list[tuple[str, str | None]]:
        """A phrase as it is and without an ending, with the direction that the ending gives it."""
        stems: list[tuple[str, str | None]] = [(phrase, None)]
        for ending, meaning in self.words.endings.items():
            if phrase.endswith(ending) and len(phrase) > len(ending) + 1:
                stems.append((phrase.removesuffix(ending), None if meaning == "either" else meaning))
        return stems

    def _phrases(self) -> set[str]:
        """Every phrase of the question that may be a name, which "of" is not though a town is called so."""
        starts = range(len(self.tokens))
        phrases = {" ".join(self.tokens[i : i + n]) for i in starts for n in range(1, LONGEST + 1)}
        stems = {stem for phrase in phrases for stem, _ in self._stems(phrase)}
        return stems - self.words.noise - self.words.before.keys()

    def _narrowings(
        self, mentions: Sequence[Mention], spans: Sequence[tuple[int, int]]
    ) -> tuple[Narrowing, ...]:
        """The choices for the names that mean several things: the same question with one of them."""
        choices = []
        for mention, (start, end) in zip(mentions, spans, strict=True):
            for label in self._meanings(mention):
                words = [*self.tokens[:start], label, *self.tokens[end:]]
                choices.append(Narrowing(label=label, query=" ".join(words)))
        return tuple(choices)

    def _meanings(self, mention: Mention) -> list[str]:
        """What a mention can mean, each by its own name, empty where it means one thing."""
        if 1 < len(mention.countries) <= MOST_NARROWINGS and not mention.names:
            countries = (self.world.country(code) for code in sorted(mention.countries))
            return [country.name(self.language) for country in countries if country]
        if 1 < len(mention.names) <= MOST_NARROWINGS and not mention.countries:
            people = (self.world.person(name) for name in sorted(mention.names))
            return [person.name_in(self.language) for person in people if person]
        return []


def _mention(named: Sequence[Named], direction: str | None) -> Mention:
    """All that a name means, as one."""
    return Mention(
        label=named[0].label,
        direction=direction,
        countries=frozenset().union(*(one.countries for one in named)),
        names=frozenset(one.name for one in named if one.name),
        places=frozenset(one.place for one in named if one.place),
        terms=frozenset().union(*(one.terms for one in named)),
    )


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


def _text_of(trip: Trip) -> str:
    """All words that a trip is told with, folded."""
    parties = (*trip.visitors, *trip.hosts)
    parts = [party.name for party in parties if party.name]
    parts += [destination.place for destination in trip.destinations if destination.place]
    for report in trip.reports:
        parts += [report.title, report.visit.evidence.text, report.visit.purpose or ""]
    return folded(" ".join(parts))


def _any_occurs(terms: Iterable[str], text: str) -> bool:
    return any(_occurs(term, text) for term in terms)


def _occurs(term: str, text: str) -> bool:
    """Whether a folded term stands in a folded text that has a space at both ends.

    Words of alphabets must be whole. East Asian scripts glue endings on, or write no spaces at all.
    """
    return term in text if term[0] >= "\u0e00" else f" {term} " in text
