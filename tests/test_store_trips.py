"""Reports, trips and headlines in the store."""

import contextlib
import dataclasses
import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from bot.adapters.sqlite_store import SqliteStore
from bot.polling import keys_of
from digest.facts import PartialDate, Status
from tests.store_records import (
    DAY,
    FIRST,
    HOUR,
    LAST,
    NOW,
    due,
    entry,
    feed,
    poll,
    read,
    title_links,
    visit,
)


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
        (["恩"], "金正恩访问"),
        (["问"], "金正恩访问"),
        (["OF"], "100% of it"),
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


def test_a_word_of_two_letters_of_an_alphabet_is_a_whole_word(store: SqliteStore) -> None:
    """ "it" is everywhere else, and who asks for it means the word."""
    store.save_poll(poll(due(store, feed()), read(entry("With titles")), read(entry("It is"))))

    assert title_links(store, "it") == ["It is"]


def test_an_edited_title_is_found_by_its_new_words_alone(store: SqliteStore) -> None:
    one = due(store, feed())
    store.save_poll(poll(one, read(entry("북한 소식", link="https://e.org/1"))))
    (known,) = store.known_entries(feed(), [keys_of(entry("북한 소식", link="https://e.org/1"))])
    edited = read(entry("일본 소식", link="https://e.org/1"), article_id=known.article_id)
    store.save_poll(poll(due(store, feed()), edited))

    assert title_links(store, "북한") == []
    assert title_links(store, "일본") == ["일본 소식"]


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
    with contextlib.closing(sqlite3.connect(path)) as connection:
        plan = [str(row[3]) for query in queries for row in connection.execute(f"explain query plan {query}")]
    scans = {step for step in plan if step.startswith("SCAN")}
    assert len(queries) >= 6
    assert not {
        step for step in scans if step.split()[1] in {"a", "articles", "t", "trips", "r", "entries", "k"}
    }


def test_stops_of_a_tour_know_each_other(store: SqliteStore) -> None:
    """Told in one article, as one journey; each stop is a trip of its own, whichever window asks."""
    korea, vietnam = visit(), dataclasses.replace(visit(to="VN", start="2024-06-19"), follows=0)
    korea = dataclasses.replace(korea, follows=None)

    store.save_poll(poll(due(store, feed()), read(entry("A tour", link="https://e.org/1"), korea, vietnam)))

    for trip in store.trips(FIRST, LAST):
        assert [stop.country for stop in trip.tour] == ["KP", "VN"]
    (trip,) = store.trips(FIRST, LAST, countries=["VN"])
    assert [str(stop.start) for stop in trip.tour] == ["2024-06-18", "2024-06-19"]


def test_a_stop_that_is_moved_or_taken_back_is_so_for_the_others_too(store: SqliteStore) -> None:
    one = feed()
    korea = dataclasses.replace(visit(), follows=None)
    vietnam = dataclasses.replace(visit(to="VN", start="2024-06-20"), follows=0)
    laos = dataclasses.replace(visit(to="LA", start="2024-06-22"), follows=1)
    item = entry("A tour", link="https://e.org/1")
    store.save_poll(poll(due(store, one), read(item, korea, vietnam, laos)))
    article = int(store.trips(FIRST, LAST)[0].reports[0].article_id)

    moved = dataclasses.replace(vietnam, start=PartialDate.parse("2024-06-21"), end=None)
    store.save_poll(poll(due(store, one), read(item, korea, moved, article_id=article), at=NOW + HOUR))

    trips = store.trips(FIRST, LAST)
    assert [[(s.country, str(s.start)) for s in trip.tour] for trip in trips] == [
        [("KP", "2024-06-18"), ("VN", "2024-06-21")]
    ] * 2

    store.save_poll(poll(due(store, one), read(item, korea, article_id=article), at=NOW + 2 * HOUR))

    (left,) = store.trips(FIRST, LAST)
    assert left.tour == ()
