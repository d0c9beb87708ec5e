"""What is looked up for a briefing: never too little, and not all there is."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.findings import find
from bot.records import StoredHeadline
from bot.topic_reading import understand
from digest.trips import Trip
from tests.store_records import NOW
from tests.worlds import WORLD

DAY = dt.timedelta(days=1)


@dataclass
class Asked:
    """A store that only notes what it is asked for."""

    days: tuple[dt.date, dt.date] | None = None
    countries: frozenset[str] | None = None
    moments: tuple[dt.datetime, dt.datetime] | None = None
    words: frozenset[str] = field(default_factory=frozenset)
    labels: frozenset[str] = field(default_factory=frozenset)

    def trips(
        self, since: dt.date, until: dt.date, *, countries: Collection[str] | None = None
    ) -> list[Trip]:
        self.days = since, until
        self.countries = None if countries is None else frozenset(countries)
        return []

    def trip(self, trip_id: str) -> Trip | None:
        raise AssertionError(trip_id)

    def headlines(
        self,
        since: dt.datetime,
        until: dt.datetime,
        *,
        words: Collection[str] = (),
        labels: Collection[str] = (),
        limit: int = 500,
    ) -> list[StoredHeadline]:
        self.moments = since, until
        self.words, self.labels = frozenset(words), frozenset(labels)
        return []


def asked(*queries: str, headlines_since: dt.datetime | None = None) -> Asked:
    store = Asked()
    topics = [understand(query, WORLD, NOW, "en") for query in queries]
    find(store, topics, now=NOW, lookback=30 * DAY, headlines_since=headlines_since)
    return store


def test_countries_bound_the_trips() -> None:
    """All that any of the topics names."""
    assert asked("korea").countries == frozenset({"KP", "KR"})
    assert asked("korea", "from japan").countries == frozenset({"KP", "KR", "JP"})


def test_what_names_no_country_is_no_bound() -> None:
    """People travel anywhere, words stand anywhere, and one such topic is enough."""
    assert asked().countries is None
    assert asked("putin").countries is None
    assert asked("zeppelin").countries is None
    assert asked("korea", "putin").countries is None


def test_one_country_of_a_topic_with_more_parts_is_bound_enough() -> None:
    """All parts of a topic must hold."""
    assert asked("putin korea").countries == frozenset({"KP", "KR"})


def test_headlines_are_looked_up_by_the_names_of_what_is_asked_for() -> None:
    """In every language; the same words are looked for on feeds."""
    words = asked("north korea").words

    assert {"north korea", "북한", "korea utara"} <= words
    assert asked("north korea").labels == words
    assert "zeppelin" in asked("korea", "zeppelin").words


def test_a_topic_of_everything_looks_up_all_headlines() -> None:
    """Also beside others."""
    assert asked().words == asked("").words == asked("korea", "").words == frozenset()


def test_the_days_are_those_to_look_back_and_all_to_come() -> None:
    """With a day to spare, for readers on the other side of the date line."""
    store = asked("korea")

    assert store.days is not None
    assert store.days[0] == (NOW - 31 * DAY).date()
    assert store.days[1] > (NOW + 900 * DAY).date()
    assert store.moments is not None
    assert store.moments[0].date() == store.days[0]
    assert NOW < store.moments[1] < NOW + DAY


def test_time_words_reach_further() -> None:
    """ "last year" begins a year before."""
    store = asked("korea last year")

    assert store.days is not None
    assert store.days[0] == dt.date(2022, 12, 31)


def test_headlines_can_be_had_since_the_last_briefing() -> None:
    """Trips are looked up as ever: they may have changed."""
    store = asked("korea", headlines_since=NOW - DAY)

    assert store.moments is not None
    assert store.days is not None
    assert (store.moments[0], store.days[0]) == (NOW - DAY, (NOW - 31 * DAY).date())


def test_words_that_every_headline_must_have_are_looked_up_instead() -> None:
    """The fewer come back, the more of them are of use; a feed's label does not make up for the word."""
    store = Asked()
    find(store, [], now=NOW, lookback=30 * DAY, headline_words=("summit",))

    assert store.words == {"summit"}
    assert not store.labels


def test_the_longest_word_is_looked_up() -> None:
    """It is the rarest; the others are compared with what comes back."""
    assert asked("an ammunition deal").words == {"ammunition"}
