"""The store: what goes in comes out, once, in one piece, whoever else writes."""

import dataclasses
import datetime as dt
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.adapters.sqlite_store import SqliteStore
from bot.errors import StoreError
from bot.model import FailedFeed, Feed, FeedForUpdate
from bot.polling import keys_of
from bot.records import DeliveryState, FeedHealth, FeedPoll, Slot
from digest.facts import Status
from tests.store_records import NOW, briefing, entry, feed, outgoing, poll, read, visit

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
FIRST, LAST = dt.date(2024, 6, 1), dt.date(2024, 6, 30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "attache.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(path) as opened:
        yield opened


def due(store: SqliteStore, one: Feed) -> FeedForUpdate:
    """The feed as the store has it now; it is added where it is new."""
    feeds = [each.feed for each in store.feeds()]
    if one not in feeds:
        store.set_feeds([*feeds, one])
    return next(each for each in store.feeds() if each.feed == one)


def title_links(store: SqliteStore, *words: str) -> list[str]:
    found = store.headlines(NOW - 30 * DAY, NOW + DAY, words=words)
    return [headline.source.title for headline in found]


def test_feeds_come_back_as_they_were_set(store: SqliteStore) -> None:
    """All of a feed's settings are kept, in the order of the settings."""
    one = feed(
        "Antara", language="id", every=dt.timedelta(hours=2), topics=("asia", "politik"), full_text=False
    )
    two = feed("Yonhap")

    store.set_feeds([two, one])

    assert store.feeds() == [FeedForUpdate(feed=two), FeedForUpdate(feed=one)]


def test_a_feed_that_leaves_the_settings_keeps_its_past(store: SqliteStore) -> None:
    """Removing a feed ends the polling; adding it again does not make its old articles new."""
    one = feed()
    store.save_poll(poll(due(store, one), read(entry("Old"))))

    store.set_feeds([])
    gone = store.feeds()
    store.set_feeds([one])

    assert gone == []
    assert store.feeds()[0].last_polled_at == NOW
    assert title_links(store) == ["Old"]


def test_a_successful_poll_is_remembered(store: SqliteStore) -> None:
    """The validators of the answer serve the next poll; failures are forgotten."""
    one = feed()
    store.save_poll(FeedPoll(due=due(store, one), polled_at=NOW - HOUR, failure="timeout"))
    store.save_poll(FeedPoll(due=due(store, one), polled_at=NOW, etag='"7"', last_modified="Mon"))

    assert store.feeds() == [
        FeedForUpdate(feed=one, etag='"7"', last_modified="Mon", last_polled_at=NOW, failures=0, polls=2)
    ]
    assert store.feed_health() == FeedHealth(answered=1)


def test_a_failed_poll_keeps_the_validators_and_counts(store: SqliteStore) -> None:
    """An outage costs no full download afterwards, and the admin sees the reason."""
    one = feed()
    store.save_poll(FeedPoll(due=due(store, one), polled_at=NOW - HOUR, etag='"7"'))
    for _ in range(2):
        store.save_poll(FeedPoll(due=due(store, one), polled_at=NOW, failure="HTTP 404"))

    known = store.feeds()[0]

    assert (known.etag, known.failures, known.last_polled_at) == ('"7"', 2, NOW)
    assert store.feed_health() == FeedHealth(
        answered=0, failed=(FailedFeed(name="Antara", reason="HTTP 404"),)
    )


def test_a_poll_that_another_one_overtook_stores_nothing(store: SqliteStore) -> None:
    """Two processes poll one feed at a time: its entries are stored once."""
    before = due(store, feed())

    assert store.save_poll(poll(before, read(entry("Visit", link="https://e.org/1"))))
    assert not store.save_poll(poll(before, read(entry("Visit", link="https://e.org/1"))))
    assert title_links(store) == ["Visit"]


@pytest.mark.parametrize(
    "again",
    [
        entry("Other", link="https://www.e.org/1?utm_source=x", text="Other"),
        entry("Visit", link="https://e.org/other", text="Other"),
        entry("visit ", link=None, text="The text"),
    ],
)
def test_a_known_entry_is_found_by_any_of_its_keys(store: SqliteStore, again: object) -> None:
    """By id or link, by title, by content: the decision itself is made elsewhere."""
    one = feed()
    item = entry("Visit", link="https://e.org/1", text="The text")
    store.save_poll(poll(due(store, one), read(item), read(entry("Flood", link="https://e.org/2"))))

    found = store.known_entries(one, [keys_of(again)])  # type: ignore[arg-type]

    assert [(known.keys, known.same_feed, known.published_at) for known in found] == [
        (keys_of(item), True, NOW)
    ]


def test_an_entry_of_another_feed_is_found_by_its_link_alone(store: SqliteStore) -> None:
    """Ids and titles of one feed say nothing about another's."""
    item = entry("Visit", link="https://e.org/1")
    store.save_poll(poll(due(store, feed("One")), read(item)))

    by_link = store.known_entries(feed("Two"), [keys_of(item)])
    by_title = store.known_entries(feed("Two"), [keys_of(entry("Visit", link="https://two.org/1"))])

    assert [known.same_feed for known in by_link] == [False]
    assert by_title == []


def test_an_article_that_two_feeds_bring_at_a_time_is_one(store: SqliteStore) -> None:
    """Both feeds were fetched before either was stored: one article, one report, known to both."""
    one, two = due(store, feed("World")), due(store, feed("Politics"))
    item = entry("Visit", link="https://e.org/1")

    store.save_poll(poll(one, read(item, visit())))
    store.save_poll(poll(two, read(item, visit())))

    assert [len(trip.reports) for trip in store.trips(FIRST, LAST)] == [1]
    known = store.known_entries(two.feed, [keys_of(item)])
    assert {(each.article_id, each.same_feed) for each in known} == {(1, False), (1, True)}


def test_a_report_comes_back_whole(store: SqliteStore) -> None:
    """Every part of the visit and of its article is kept."""
    item = entry("Putin ke Pyongyang", link="https://e.org/1", at=NOW - HOUR)

    store.save_poll(poll(due(store, feed()), read(item, visit())))

    (trip,) = store.trips(FIRST, LAST)
    (report,) = trip.reports
    assert report.visit == visit()
    assert (report.outlet, report.url, report.language) == ("Antara", "https://e.org/1", "id")
    assert (report.title, report.published_at, report.received_at) == ("Putin ke Pyongyang", NOW - HOUR, NOW)
    assert store.trip(trip.id) == trip


def test_reports_of_several_feeds_join_into_one_trip(store: SqliteStore) -> None:
    """The trips stored are what the merge makes of all reports, across polls."""
    for name in ("Antara", "Yonhap", "TASS"):
        item = entry(f"{name} tells it", link=f"https://{name}.example/1")
        store.save_poll(poll(due(store, feed(name)), read(item, visit())))
    store.save_poll(poll(due(store, feed("KCNA")), read(entry("Else"), visit("Wang Yi", country="CN"))))

    trips = store.trips(FIRST, LAST)

    assert sorted(len(trip.reports) for trip in trips) == [1, 3]
    assert {report.outlet for report in max(trips, key=lambda t: len(t.reports)).reports} == {
        "Antara",
        "Yonhap",
        "TASS",
    }


def test_a_report_that_shows_two_trips_to_be_one_leaves_one(store: SqliteStore) -> None:
    """A trip that the merge dissolves is gone, with its reports in the other."""
    one = feed()
    days = ("2024-06-10", "2024-06-16", "2024-06-13")
    counts = []
    for number, day in enumerate(days):
        item = entry(f"Told {number}", link=f"https://e.org/{number}")
        store.save_poll(poll(due(store, one), read(item, visit(start=day)), at=NOW + number * HOUR))
        counts.append(sorted(len(trip.reports) for trip in store.trips(FIRST, LAST)))

    assert counts == [[1], [1, 1], [3]]


def test_an_edited_article_replaces_what_it_said(store: SqliteStore) -> None:
    """The trip keeps its identity; the old reading is gone."""
    one = feed()
    item = entry("Putin to visit", link="https://e.org/1")
    store.save_poll(poll(due(store, one), read(item, visit())))
    (before,) = store.trips(FIRST, LAST)
    edited = entry("Putin's visit is off", link="https://e.org/1", text="Called off.")

    store.save_poll(
        poll(
            due(store, one),
            read(edited, visit(status=Status.CANCELLED), article_id=int(before.reports[0].article_id)),
            at=NOW + HOUR,
        )
    )

    (after,) = store.trips(FIRST, LAST)
    assert (after.id, after.status, len(after.reports)) == (before.id, Status.CANCELLED, 1)
    assert after.reports[0].title == "Putin's visit is off"


def test_an_edit_that_takes_a_visit_back_takes_the_trip_with_it(store: SqliteStore) -> None:
    """Nothing stands in a briefing that its only source no longer says."""
    one = feed()
    item = entry("Putin to visit", link="https://e.org/1")
    store.save_poll(poll(due(store, one), read(item, visit(), visit(to="VN", start="2024-06-20"))))
    first = store.trips(FIRST, LAST)
    article_id = int(first[0].reports[0].article_id)

    store.save_poll(poll(due(store, one), read(entry("Correction"), article_id=article_id), at=NOW + HOUR))

    assert (len(first), store.trips(FIRST, LAST)) == (2, [])
    assert title_links(store) == ["Correction"]


def test_an_edit_that_takes_anothers_link_leaves_it_there(store: SqliteStore) -> None:
    """A feed that mixes up its links mixes up no articles."""
    one = feed()
    first, second = entry("One", link="https://e.org/1"), entry("Two", link="https://e.org/2")
    store.save_poll(poll(due(store, one), read(first), read(second)))
    mixed_up = read(entry("Two, edited", link="https://e.org/1"), article_id=2)

    assert store.save_poll(poll(due(store, one), mixed_up))
    assert sorted(title_links(store)) == ["One", "Two, edited"]


def test_a_visit_that_cannot_be_joined_costs_the_feed_nothing(store: SqliteStore) -> None:
    """A visit to nowhere is a fault of the reading: its article stays a headline, the others are stored."""
    nowhere = dataclasses.replace(visit(), destinations=())

    saved = store.save_poll(
        poll(due(store, feed()), read(entry("Nowhere"), nowhere), read(entry("Somewhere"), visit()))
    )

    assert saved
    assert [trip.reports[0].title for trip in store.trips(FIRST, LAST)] == ["Somewhere"]
    assert title_links(store) == ["Nowhere"]


def test_trips_are_found_by_their_days_and_undated_ones_by_when_they_were_told(store: SqliteStore) -> None:
    """The window holds what touches it with a day."""
    one = feed()
    read_articles = [
        read(entry("A"), visit("Dated", start="2024-08-02")),
        read(entry("B"), visit("Monthly", start="2024-09")),
        read(entry("C"), visit("Undated", start=None)),
    ]
    store.save_poll(poll(due(store, one), *read_articles))

    def names(since: dt.date, until: dt.date) -> set[str | None]:
        return {trip.visitors[0].name for trip in store.trips(since, until)}

    assert names(dt.date(2024, 8, 2), dt.date(2024, 8, 2)) == {"Dated"}
    assert names(dt.date(2024, 8, 3), dt.date(2024, 9, 1)) == {"Monthly"}
    assert names(dt.date(2024, 9, 30), dt.date(2024, 12, 1)) == {"Monthly"}
    assert names(dt.date(2024, 6, 17), dt.date(2024, 6, 17)) == {"Undated"}


def test_trips_are_found_by_the_countries_that_take_part(store: SqliteStore) -> None:
    """From, to, or received by."""
    store.save_poll(
        poll(
            due(store, feed()),
            read(entry("A"), visit()),
            read(entry("B"), visit("Ishiba", "VN", country="JP")),
        )
    )

    found = {
        code: [trip.visitors[0].name for trip in store.trips(FIRST, LAST, countries=[code])]
        for code in ("RU", "JP", "VN", "FR")
    }

    assert found == {"RU": ["Vladimir Putin"], "JP": ["Ishiba"], "VN": ["Ishiba"], "FR": []}
    assert store.trips(FIRST, LAST, countries=[]) == []


def test_headlines_are_the_articles_without_a_visit_newest_first(store: SqliteStore) -> None:
    """What a trip tells is not told again as a headline; the window and the limit hold."""
    one = feed("Antara", topics=("asia",))
    articles = [
        read(entry("Old", at=NOW - 40 * DAY)),
        read(entry("Early", at=NOW - 2 * HOUR)),
        read(entry("Undated", at=None)),
        read(entry("A visit"), visit()),
    ]
    store.save_poll(poll(due(store, one), *articles))

    assert title_links(store) == ["Undated", "Early"]
    assert [h.source.title for h in store.headlines(NOW - DAY, NOW + DAY, limit=1)] == ["Undated"]
    headline = store.headlines(NOW - DAY, NOW)[0]
    assert (headline.source.name, headline.source.published_at, headline.topics) == (
        "Antara",
        NOW - 2 * HOUR,
        ("asia",),
    )


def test_a_headline_from_the_future_counts_from_its_arrival(store: SqliteStore) -> None:
    """Some feeds claim tomorrow: it must not be new again then, nor missing now."""
    store.save_poll(poll(due(store, feed()), read(entry("Tomorrow's", at=NOW + DAY))))

    assert [each.source.title for each in store.headlines(NOW, NOW + HOUR)] == ["Tomorrow's"]
    assert store.headlines(NOW + HOUR, NOW + 2 * DAY) == []


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (["korea"], "North KOREA fires"),
        (["푸틴"], "푸틴 대통령 방북"),
        (["대통령"], "푸틴 대통령 방북"),
        (["访问"], "金正恩访问"),
        (["viet"], "Thăm Việt Nam"),
        (["VIỆT-NAM"], "Thăm Việt Nam"),
        (["no such", "and not"], "this AND NOT that"),
        (["of it"], "100% of it"),
        (['"quoted"'], 'He "quoted" it'),
    ],
)
def test_headlines_are_found_by_words_in_any_script(store: SqliteStore, words: list[str], title: str) -> None:
    """Words of two letters too, however accented, and what the index takes for an operator is a word."""
    titles = ["North KOREA fires", "푸틴 대통령 방북", "金正恩访问", "Thăm Việt Nam", "100% of it"]
    titles += ['He "quoted" it', "this AND NOT that"]
    store.save_poll(poll(due(store, feed()), *(read(entry(each, text=each)) for each in titles)))

    assert title_links(store, *words) == [title]


def test_headlines_are_found_by_the_labels_of_their_feeds(store: SqliteStore) -> None:
    """A label counts however written, beside words and without."""
    labelled, other = feed("Antara", topics=("Asia Tenggara",)), feed("Yonhap")
    store.save_poll(poll(due(store, labelled), read(entry("Labelled"))))
    store.save_poll(poll(due(store, other), read(entry("Korea")), read(entry("Else"))))

    def found(*words: str) -> list[str]:
        headlines = store.headlines(NOW - DAY, NOW + DAY, words=words, labels=["asia tenggara"])
        return sorted(headline.source.title for headline in headlines)

    assert (found(), found("korea")) == (["Labelled"], ["Korea", "Labelled"])


def test_words_without_a_letter_find_nothing(store: SqliteStore) -> None:
    """A question of signs is not a question for everything."""
    store.save_poll(poll(due(store, feed()), read(entry("100% of it"))))

    assert title_links(store, "%", "_") == []


def test_words_long_and_short_are_looked_up_together(store: SqliteStore) -> None:
    """A topic has names in several scripts: any of them counts, and none counts twice."""
    titles = ["북한 missile", "북한 소식", "Missile test", "Else"]
    store.save_poll(poll(due(store, feed()), *(read(entry(each, text=each)) for each in titles)))

    assert sorted(title_links(store, "missile", "북한")) == ["Missile test", "북한 missile", "북한 소식"]


def test_headlines_and_trips_are_served_from_indexes(store: SqliteStore, path: Path) -> None:
    """A million articles: no look-up reads a whole table."""
    one = feed(topics=("asia",))
    store.save_poll(poll(due(store, one), read(entry("Putin", link="https://e.org/1"), visit())))
    statements: list[str] = []
    store._connection.db.conn.set_trace_callback(statements.append)
    store.headlines(NOW - DAY, NOW + DAY, words=["korea", "북한"], labels=["asia"])
    store.headlines(NOW - DAY, NOW + DAY)
    store.trips(FIRST, LAST)
    store.trips(FIRST, LAST, countries=["KP"])
    store.known_entries(feed(), [keys_of(entry("Putin", link="https://e.org/1"))])
    store._connection.db.conn.set_trace_callback(None)

    queries = [each for each in statements if each.lstrip().lower().startswith("select")]
    plan = [
        str(row[3])
        for query in queries
        for row in sqlite3.connect(path).execute(f"explain query plan {query}")
    ]
    scans = {step for step in plan if step.startswith("SCAN")}
    assert len(queries) >= 6
    assert not {
        step for step in scans if step.split()[1] in {"a", "articles", "t", "trips", "r", "entries", "k"}
    }


def test_a_briefing_is_kept_as_it_was_sent(store: SqliteStore) -> None:
    """Both platforms and a later look at it draw from one frozen record."""
    store.put_in_outbox(outgoing())

    assert store.briefing("b1") == briefing()
    assert store.briefing("b2") is None


def test_a_slot_is_briefed_once(store: SqliteStore) -> None:
    """The second attempt stores nothing, though its briefing is another one."""
    first = store.put_in_outbox(outgoing("telegram:1", "one"))
    second = store.put_in_outbox(outgoing("telegram:1", "two", id="b2"))
    other = store.put_in_outbox(outgoing("slack:C1", "three", id="b3"))

    assert (first, second, other) == (True, False, True)
    assert [each.part.text for each in store.open_deliveries(NOW)] == ["three", "one"]
    assert store.was_briefed(Slot(name="morning", due_at=NOW), "telegram:1")
    assert not store.was_briefed(Slot(name="morning", due_at=NOW + DAY), "telegram:1")


def test_the_slot_before_is_known(store: SqliteStore) -> None:
    """A briefing tells what is new since the one before, not since itself."""
    store.put_in_outbox(outgoing(due_at=NOW))
    store.put_in_outbox(outgoing(id="b2", due_at=NOW + DAY))

    assert store.last_briefed_at("morning", "telegram:1", NOW + DAY) == NOW
    assert store.last_briefed_at("morning", "telegram:1", NOW) is None
    assert store.last_briefed_at("evening", "telegram:1", NOW + DAY) is None


def test_a_chat_knows_what_its_latest_briefing_told(store: SqliteStore) -> None:
    """By trip; other chats know nothing of it."""
    store.put_in_outbox(outgoing(told={"t1": "planned", "t2": "planned"}, id="z", due_at=NOW))
    store.put_in_outbox(outgoing(told={"t1": "underway"}, id="a", due_at=NOW + DAY))

    assert store.told("telegram:1") == {"t1": "underway", "t2": "planned"}
    assert store.told("telegram:2") == {}


def test_a_briefing_that_failed_told_nothing(store: SqliteStore) -> None:
    """The chat that did not get it is told the next time; the earlier knowledge stands."""
    store.put_in_outbox(outgoing(told={"t1": "planned"}, id="a", due_at=NOW))
    store.put_in_outbox(outgoing(told={"t1": "underway"}, id="b", due_at=NOW + DAY))
    failed = next(each for each in store.open_deliveries(NOW) if each.briefing_id == "b")
    store.mark_failed(failed, "blocked")

    assert store.told("telegram:1") == {"t1": "planned"}


def test_parts_come_in_order_and_are_whole(store: SqliteStore) -> None:
    """Order within a chat is the order of the parts, older briefings first."""
    new = outgoing("telegram:1", "3", "4", id="a", due_at=NOW + HOUR)
    old = outgoing("telegram:1", "1", "2", id="b", due_at=NOW)
    store.put_in_outbox(new)
    store.put_in_outbox(old)

    found = store.open_deliveries(NOW)

    assert [each.part for each in found] == [*old.parts, *new.parts]
    assert {(each.state, each.attempts, each.error) for each in found} == {(DeliveryState.PENDING, 0, None)}
    assert [each.created_at for each in found] == [NOW, NOW, NOW + HOUR, NOW + HOUR]


def test_a_part_is_claimed_once(store: SqliteStore) -> None:
    """Two senders never send one part."""
    store.put_in_outbox(outgoing())
    (part,) = store.open_deliveries(NOW)

    assert (store.claim(part), store.claim(part)) == (True, False)
    assert store.open_deliveries(NOW) == []


def test_sent_parts_are_done_and_name_the_thread(store: SqliteStore) -> None:
    """Later parts know the message of the first one."""
    store.put_in_outbox(outgoing("slack:C1", "one", "two"))
    first, _ = store.open_deliveries(NOW)
    store.claim(first)
    store.mark_sent(first, "17.5")

    (second,) = store.open_deliveries(NOW)

    assert (second.part.text, second.first_message_id) == ("two", "17.5")
    assert [each.state for each in store.deliveries("b1")] == [DeliveryState.SENT, DeliveryState.PENDING]


def test_a_postponed_part_holds_its_chat_and_no_other(store: SqliteStore) -> None:
    """Parts do not overtake one another; other chats go on."""
    store.put_in_outbox(outgoing("telegram:1", "one", "two"))
    store.put_in_outbox(outgoing("telegram:2", "three", id="b2"))
    first = store.open_deliveries(NOW)[0]
    store.claim(first)
    store.postpone(first, NOW + HOUR, attempts=1, error="timeout")

    later = store.open_deliveries(NOW + HOUR)

    assert [each.part.text for each in store.open_deliveries(NOW)] == ["three"]
    assert [each.part.text for each in later] == ["one", "two", "three"]
    assert (later[0].attempts, later[0].error, later[0].not_before) == (1, "timeout", NOW + HOUR)


def test_a_failed_part_fails_the_rest_of_its_briefing_in_this_chat(store: SqliteStore) -> None:
    """Half a briefing would be read as a whole one; what was sent before stays sent."""
    store.put_in_outbox(outgoing("telegram:1", "one", "two", "three"))
    store.put_in_outbox(outgoing("telegram:1", "next day", id="b2", due_at=NOW + DAY))
    first, second, *_ = store.open_deliveries(NOW)
    store.mark_sent(first, "1")
    store.claim(second)
    store.mark_failed(second, "blocked by the user")

    states = [(each.state, each.error) for each in store.deliveries("b1")]

    failed = (DeliveryState.FAILED, "blocked by the user")
    assert states == [(DeliveryState.SENT, None), failed, failed]
    assert [each.part.text for each in store.open_deliveries(NOW)] == ["next day"]


def test_what_a_crash_left_in_sending_becomes_unknown(store: SqliteStore, path: Path) -> None:
    """After a restart nothing that may have arrived is sent again; what waits is sent."""
    store.put_in_outbox(outgoing("telegram:1", "one", "two"))
    store.claim(store.open_deliveries(NOW)[0])

    with SqliteStore(path) as restarted:
        recovered = restarted.recover()

        assert [(each.part.text, each.state) for each in recovered] == [("one", DeliveryState.UNKNOWN)]
        assert [each.part.text for each in restarted.open_deliveries(NOW)] == ["two"]
        assert restarted.recover() == []


def test_a_chat_with_a_new_id_keeps_everything(store: SqliteStore) -> None:
    """What it knows, its outbox and its slots move; the settings' old id leads to the new one."""
    store.put_in_outbox(outgoing("telegram:-1", "one", told={"t": "planned"}))
    store.put_in_outbox(outgoing("telegram:-2", "two", id="b2", told={"t": "underway"}))

    store.migrate_chat("telegram:-1", "telegram:-1001")
    store.migrate_chat("telegram:-1001", "telegram:-1002")

    assert store.current_chat("telegram:-1") == "telegram:-1002"
    assert store.current_chat("telegram:-2") == "telegram:-2"
    assert store.told("telegram:-1002") == {"t": "planned"}
    assert (store.told("telegram:-1"), store.told("telegram:-1001")) == ({}, {})
    assert {each.chat for each in store.open_deliveries(NOW)} == {"telegram:-1002", "telegram:-2"}
    assert not store.put_in_outbox(outgoing("telegram:-1002", "again", id="b3"))


def test_the_topics_of_a_chat_move_with_it(store: SqliteStore) -> None:
    """A forum's topic keeps its number; a chat whose id begins alike is another chat."""
    store.put_in_outbox(outgoing("telegram:-1/42", told={"t": "planned"}))
    store.put_in_outbox(outgoing("telegram:-12", id="b2", told={"t": "underway"}))

    store.migrate_chat("telegram:-1", "telegram:-1001")

    assert store.current_chat("telegram:-1/42") == "telegram:-1001/42"
    assert store.told("telegram:-1001/42") == {"t": "planned"}
    assert store.told("telegram:-12") == {"t": "underway"}


def test_a_chat_that_moves_back_has_one_id(store: SqliteStore) -> None:
    """Ids that point at each other would never end."""
    store.migrate_chat("telegram:1", "telegram:2")
    store.migrate_chat("telegram:2", "telegram:1")

    assert {store.current_chat(each) for each in ("telegram:1", "telegram:2")} == {"telegram:1"}


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    """`database = "var/attache.db"` works on a fresh machine."""
    with SqliteStore(tmp_path / "var" / "lib" / "attache.db") as store:
        assert store.feeds() == []


def test_a_database_is_opened_again_as_it_was_left(path: Path) -> None:
    """Opening does not migrate twice, and nothing is lost in between."""
    with SqliteStore(path) as store:
        store.save_poll(poll(due(store, feed()), read(entry("Visit"), visit())))
        before = store.trips(FIRST, LAST)

    with SqliteStore(path) as again:
        assert again.trips(FIRST, LAST) == before != []


def test_a_file_that_is_no_database_is_one_clear_line(path: Path) -> None:
    """The admin reads which file, and what is wrong."""
    path.write_bytes(b"this is a letter, and no database at all " * 100)

    with pytest.raises(StoreError) as caught:
        SqliteStore(path)

    assert str(caught.value) == f"database {path}: file is not a database"


def test_a_path_that_cannot_be_a_database_is_one_clear_line(tmp_path: Path) -> None:
    """A folder where the file should be, and a file where the folder should be."""
    (tmp_path / "file").write_text("")

    for wrong in (tmp_path, tmp_path / "file" / "attache.db"):
        with pytest.raises(StoreError, match=f"^database {wrong}: [^\n]+$"):
            SqliteStore(wrong)


def test_a_database_that_cannot_be_written_is_one_clear_line(store: SqliteStore) -> None:
    """A read-only database can be read; writing says so."""
    store.set_feeds([feed()])
    store._connection.db.execute("pragma query_only = on")

    with pytest.raises(StoreError, match="readonly"):
        store.set_feeds([])
    assert len(store.feeds()) == 1


CALLS: dict[str, Callable[[SqliteStore], object]] = {
    "set_feeds": lambda store: store.set_feeds([feed()]),
    "feeds": lambda store: store.feeds(),
    "feed_health": lambda store: store.feed_health(),
    "known_entries": lambda store: store.known_entries(feed(), []),
    "save_poll": lambda store: store.save_poll(
        poll(FeedForUpdate(feed=feed()), read(entry("Visit"), visit()))
    ),
    "trips": lambda store: store.trips(FIRST, LAST),
    "trip": lambda store: store.trip("1.0"),
    "headlines": lambda store: store.headlines(NOW, NOW, words=["korea"]),
    "briefing": lambda store: store.briefing("b1"),
    "was_briefed": lambda store: store.was_briefed(Slot(name="morning", due_at=NOW), "telegram:1"),
    "last_briefed_at": lambda store: store.last_briefed_at("morning", "telegram:1", NOW),
    "told": lambda store: store.told("telegram:1"),
    "current_chat": lambda store: store.current_chat("telegram:1"),
    "migrate_chat": lambda store: store.migrate_chat("telegram:1", "telegram:2"),
    "put_in_outbox": lambda store: store.put_in_outbox(outgoing()),
    "open_deliveries": lambda store: store.open_deliveries(NOW),
    "deliveries": lambda store: store.deliveries("b1"),
    "recover": lambda store: store.recover(),
}


@pytest.mark.parametrize("name", CALLS)
def test_errors_of_the_database_stop_at_the_store(store: SqliteStore, name: str) -> None:
    """No caller needs to know SQLite's errors."""
    store._connection.db.conn.execute("pragma foreign_keys = off")
    for (table,) in store._connection.db.conn.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
        " and name not like 'articles_fts_%'"
    ).fetchall():
        store._connection.db.conn.execute(f"drop table {table}")

    with pytest.raises(StoreError):
        CALLS[name](store)


def test_a_write_that_fails_half_way_leaves_nothing(store: SqliteStore) -> None:
    """A poll is stored as a whole or not at all, and the store works on afterwards."""
    before = due(store, feed())
    wrong = read(entry("Wrong"), visit(), article_id=999)

    with pytest.raises(StoreError):
        store.save_poll(poll(before, read(entry("Right"), visit()), wrong))

    assert (store.trips(FIRST, LAST), store.feeds()) == ([], [before])
    assert store.save_poll(poll(before, read(entry("Right"), visit())))


OPENER = """
import sys
from pathlib import Path
from bot.adapters.sqlite_store import SqliteStore

SqliteStore(Path(sys.argv[1])).close()
"""

WRITER = """
import sys
from pathlib import Path
from bot.adapters.sqlite_store import SqliteStore
from tests.store_records import entry, feed, outgoing, poll, read, visit

name, path = sys.argv[1], Path(sys.argv[2])
with SqliteStore(path) as store:
    for number in range(20):
        due = next(each for each in store.feeds() if each.feed.name == name)
        item = entry(f"{name} {number}", link=f"https://{name}.example/{number}")
        assert store.save_poll(poll(due, read(item, visit())))
        store.put_in_outbox(outgoing("telegram:1", name, id=f"{name}-{number}"))
"""


def process(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Another process with this program, at the root of the checkout."""
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(command, cwd=Path(__file__).parent.parent)  # noqa: S603 - our own program


def test_processes_that_write_at_a_time_lose_nothing(store: SqliteStore, path: Path) -> None:
    """Three processes report one trip and brief one slot: every report is in, the slot is briefed once."""
    names = ["Antara", "Yonhap", "TASS"]
    store.set_feeds([feed(name) for name in names])

    writers = [process(WRITER, name, str(path)) for name in names]
    codes = [writer.wait(timeout=60) for writer in writers]

    assert codes == [0, 0, 0]
    (trip,) = store.trips(FIRST, LAST)
    assert len(trip.reports) == 60
    assert len(store.open_deliveries(NOW)) == 1


def test_processes_that_open_a_new_database_at_a_time_all_can(path: Path) -> None:
    """The first start of `run` beside a `brief`: the tables are made once."""
    openers = [process(OPENER, str(path)) for _ in range(4)]

    assert [opener.wait(timeout=60) for opener in openers] == [0, 0, 0, 0]


def test_threads_share_one_store(store: SqliteStore) -> None:
    """Chats read while polls write."""
    store.set_feeds([feed(f"Feed{number}") for number in range(4)])
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(10):
                known = next(each for each in store.feeds() if each.feed.name == f"Feed{number}")
                link = f"https://{number}.example/{turn}"
                store.save_poll(poll(known, read(entry(f"{number} {turn}", link=link), visit())))
                store.trips(FIRST, LAST)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (trip,) = store.trips(FIRST, LAST)
    assert (failures, len(trip.reports)) == ([], 40)
