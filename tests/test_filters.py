"""What a subscription's filters let through."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.sqlite_store import SqliteStore
from bot.filters import admitted, filters_of
from bot.findings import Findings
from bot.jobs import BriefingPlan, put_due_briefings
from bot.model import Briefing, Part, Source, Subscription
from bot.records import StoredHeadline
from digest.facts import Party
from digest.trips import trip_of
from tests.reports import PUTIN, party, report, visit
from tests.store_records import DAY, HOUR, entry, feed, poll, read
from tests.store_records import visit as stored_visit
from tests.worlds import WORLD

NOW = dt.datetime(2024, 6, 18, 7, 30, tzinfo=dt.UTC)
MORNING = dt.datetime(2024, 6, 17, 22, 0, tzinfo=dt.UTC)  # 07:00 on the 18th in Seoul
SCHOLZ = party("Olaf Scholz", "DE", "chancellor")


def subscription(
    include: tuple[str, ...] = (), exclude: tuple[str, ...] = (), exclude_topics: tuple[str, ...] = ()
) -> Subscription:
    return Subscription(
        name="morning",
        at=dt.time(7),
        timezone="Asia/Seoul",
        include=include,
        exclude=exclude,
        exclude_topics=exclude_topics,
        to=("telegram:1",),
    )


def passes_trip(
    filtered: Subscription, *titles: str, who: Party = PUTIN, to: str = "KP", why: str = ""
) -> bool:
    """Whether a trip that is told under these headlines passes."""
    told = [
        report("2024-06-17", visit("2024-06-18", who=who, to=to, purpose=why or None), title=title, id=title)
        for title in titles
    ]
    found = Findings(trips=[trip_of(told)], headlines=[])
    return bool(admitted(found, filters_of(filtered, WORLD, NOW)).trips)


def passes_headline(filtered: Subscription, title: str, *labels: str, at: dt.datetime = NOW) -> bool:
    source = Source(name="Kantor", url=None, language=None, published_at=at, evidence="", title=title)
    found = Findings(trips=[], headlines=[StoredHeadline(source=source, topics=labels)])
    return bool(admitted(found, filters_of(filtered, WORLD, NOW)).headlines)


def test_without_filters_everything_passes() -> None:
    assert passes_trip(subscription(), "Putin to Pyongyang")
    assert passes_headline(subscription(), "Markets close higher")


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("summit", "Putin and Kim hold SUMMIT"),
        ("정상회담", "푸틴, 북한서 정상회담을 한다"),
        ("会談", "プーチン氏が会談"),
        ("переговоры", "Начались Переговоры в Пхеньяне"),
        ("coté", "Le côté obscur"),
        ("الأمن", "مجلس الامن يجتمع"),
        ("arms deal", "An arms-deal is near"),
        ("ｓｕｍｍｉｔ", "The summit"),
    ],
)
def test_a_word_is_found_whatever_its_case_accents_and_width(word: str, title: str) -> None:
    """To include and to exclude, in trips and in headlines."""
    including, excluding = subscription(include=(word,)), subscription(exclude=(word,))

    assert passes_trip(including, title)
    assert passes_headline(including, title)
    assert not passes_trip(excluding, title)
    assert not passes_headline(excluding, title)


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("arm", "An arms deal"),
        ("arms deal", "A deal on arms"),
        ("a.c", "abc"),
        ("golf", "Putin to Pyongyang"),
    ],
)
def test_only_whole_words_as_they_stand_count(word: str, title: str) -> None:
    """Nothing is a pattern."""
    including, excluding = subscription(include=(word,)), subscription(exclude=(word,))

    assert not passes_trip(including, title)
    assert not passes_headline(including, title)
    assert passes_trip(excluding, title)
    assert passes_headline(excluding, title)


def test_one_word_of_several_and_one_report_of_a_trip_are_enough() -> None:
    """To let it in, and to leave it out."""
    assert passes_trip(subscription(include=("golf", "kim")), "Putin arrives", "Putin meets Kim")
    assert not passes_trip(subscription(exclude=("golf", "kim")), "Putin arrives", "Putin meets Kim")


def test_excluding_goes_before_including() -> None:
    both = subscription(include=("putin",), exclude=("golf",))

    assert passes_headline(both, "Putin speaks")
    assert not passes_headline(both, "Putin plays golf")


def test_the_words_of_a_trip_are_those_of_headlines_sentences_purposes_and_names() -> None:
    assert passes_trip(subscription(include=("vladimir putin",)), "Kremlin chief leaves")
    assert passes_trip(
        subscription(include=("ammunition",)), "Kremlin chief leaves", why="an ammunition deal"
    )
    assert not passes_trip(subscription(exclude=("scholz",)), "Kanzler reist", who=SCHOLZ)


def test_excluded_topics_are_understood_as_topics_are() -> None:
    """By country, direction and label, in any language."""
    assert not passes_trip(subscription(exclude_topics=("korea",)), "Putin")
    assert not passes_trip(subscription(exclude_topics=("북한에",)), "Putin")
    assert passes_trip(subscription(exclude_topics=("from north korea",)), "Putin")
    assert not passes_headline(subscription(exclude_topics=("korea",)), "북한이 미사일을 발사했다")
    assert not passes_headline(subscription(exclude_topics=("sport",)), "Germany thrash Scotland", "sport")
    assert passes_headline(subscription(exclude_topics=("sport",)), "Germany thrash Scotland")


def test_a_time_in_an_excluded_topic_is_kept_to() -> None:
    filtered = subscription(exclude_topics=("korea today",))

    assert not passes_headline(filtered, "North Korea says")
    assert passes_headline(filtered, "North Korea says", at=NOW - 3 * DAY)
    assert not passes_trip(filtered, "Putin")
    assert passes_trip(subscription(exclude_topics=("korea next month",)), "Putin")


def test_a_topic_that_names_nothing_excludes_nothing() -> None:
    assert passes_trip(subscription(exclude_topics=("visits",)), "Putin")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "attache.db") as opened:
        yield opened


def test_field_note_53_a_briefing_has_filters_of_its_own(store: SqliteStore) -> None:
    """The wish that feed readers hear most: words to include and exclude, without regular expressions."""
    told: list[Briefing] = []

    def render(briefing: Briefing) -> tuple[Part, ...]:
        told.append(briefing)
        return (Part(text="drawn"),)

    store.set_feeds([feed("Antara")])
    (due,) = store.feeds()
    items = [
        read(
            entry("Putin goes for a summit", link="https://e.org/1", at=MORNING - HOUR),
            stored_visit(),
        ),
        read(entry("A summit on water", link="https://e.org/2", at=MORNING - HOUR)),
        read(entry("A football summit", link="https://e.org/3", at=MORNING - HOUR)),
        read(entry("Summit on Vietnam's rice", link="https://e.org/4", at=MORNING - HOUR)),
        read(entry("Rain in Jakarta", link="https://e.org/5", at=MORNING - HOUR)),
    ]
    store.save_poll(poll(due, *items, at=MORNING - HOUR))
    filtered = subscription(include=("Summit",), exclude=("football",), exclude_topics=("vietnam",))
    plan = BriefingPlan(
        subscriptions=(filtered,), render={"telegram": render}, world=WORLD, lookback=30 * DAY
    )

    assert put_due_briefings(store, MORNING, plan) == 1
    assert [item.visitors[0].name for item in told[0].items] == ["Vladimir Putin"]
    assert [headline.title for headline in told[0].headlines] == ["A summit on water"]
