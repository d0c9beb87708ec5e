"""Times of feeds: right or None, never wrong."""

import datetime as dt

import pytest

from bot.adapters.feed_times import read_feed_time

NOW = dt.datetime(2024, 6, 20, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 18 Jun 2024 02:30:00 +0900", "2024-06-17T17:30:00+00:00"),
        ("Tue, 18 Jun 2024 02:30:00 -0430", "2024-06-18T07:00:00+00:00"),
        ("Tue, 18 June 2024 02:30 GMT", "2024-06-18T02:30:00+00:00"),
        ("18 Jun 24 02:30 UT", "2024-06-18T02:30:00+00:00"),
        ("Tue, 18 Jun 2024 02:30:00 EST", "2024-06-18T07:30:00+00:00"),
        ("Tue, 18 Jun 2024 02:30:00 EDT", "2024-06-18T06:30:00+00:00"),
        ("Tue, 18 Jun 2024 02:30:00 KST", "2024-06-17T17:30:00+00:00"),
        ("Tue, 18 Jun 2024 02:30 WIB", "2024-06-17T19:30:00+00:00"),
        ("18-Jun-2024 02:30:00 GMT+09:00", "2024-06-17T17:30:00+00:00"),
        ("Tue, 18 Jun 2024 23:59:60 GMT", "2024-06-18T23:59:59+00:00"),
        ("2024-06-18T02:30:00Z", "2024-06-18T02:30:00+00:00"),
        ("2024-06-18T02:30:00.123+09:00", "2024-06-17T17:30:00+00:00"),
        ("2024-06-18 02:30:00", "2024-06-18T02:30:00+00:00"),
        ("2024-06-18", "2024-06-18T00:00:00+00:00"),
        (" 2024-06-18T02:30Z\n", "2024-06-18T02:30:00+00:00"),
        ("2024-06-22T11:00:00Z", "2024-06-22T11:00:00+00:00"),
    ],
)
def test_a_time_is_the_right_moment(text: str, expected: str) -> None:
    """RFC 822 and ISO 8601, with every zone that means one thing only."""
    time = read_feed_time(text, NOW)

    assert time is not None
    assert time.astimezone(dt.UTC).isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024년 6월 18일 오전 02:30",
        "Selasa, 18 Juni 2024 02:30 WIB",
        "18 Mei 2024 02:30 WIB",
        "18 Juli 2023 02:30",
        "18 Marz 2024 02:30 GMT",
        "2016/6/29",
        "18/06/2024 10:00",
        "2024.06.18 10:00",
        "20240618",
        "Tue, 31 Jun 2024 10:00:00 GMT",
        "2024-06-18T25:00:00Z",
        "2024-06-18T10:00:00+99:00",
        "2024-06-18T10:00:00 XYZ",
        "2024-06-18T10:00:00 KST+09:00",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "2024-06-22T13:00:00Z",
        "yesterday",
        "",
        None,
        1718677800,
    ],
)
def test_what_is_not_surely_a_time_of_an_article_is_none(text: object) -> None:
    """Local languages, ambiguous orders, impossible and far-off times: None rather than wrong."""
    assert read_feed_time(text, NOW) is None


def test_the_feeds_own_day_is_kept() -> None:
    """Half past two in Seoul is still yesterday in London; "today" in the article is the day in Seoul."""
    time = read_feed_time("Tue, 18 Jun 2024 02:30:00 +0900", NOW)

    assert time is not None
    assert time.date() == dt.date(2024, 6, 18)
    assert time == dt.datetime(2024, 6, 17, 17, 30, tzinfo=dt.UTC)
