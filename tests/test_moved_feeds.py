"""When a permanent redirect of a feed is believed."""

import datetime as dt

import pytest

from bot.model import Feed, FeedFetched, FeedForUpdate, FeedUnchanged, Moved
from bot.moved_feeds import addresses, has_moved, moved_after

NOW = dt.datetime(2024, 6, 18, 7, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
OLD, NEW = "https://old.example/rss", "https://new.example/rss"
FEED = Feed(url=OLD, name="Old")


def moved(*, since: int, checked: int = 0) -> Moved:
    return Moved(to=NEW, since=NOW - since * DAY, checked_at=NOW - checked * DAY)


def due(known: Moved | None) -> FeedForUpdate:
    return FeedForUpdate(feed=FEED, moved=known)


def answer(*, moved_to: str | None = None, asked: str | None = None) -> FeedFetched:
    return FeedFetched(feed=FEED, entries=(), moved_to=moved_to, asked=asked)


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        (None, (OLD,)),
        (moved(since=6), (OLD,)),
        (moved(since=7), (NEW, OLD)),
        (moved(since=30, checked=6), (NEW, OLD)),
        (moved(since=30, checked=7), (OLD, NEW)),
    ],
)
def test_a_move_is_believed_after_a_week_and_checked_every_week(
    known: Moved | None, asked: tuple[str, ...]
) -> None:
    """A server in maintenance sends everybody to its home page for good, for an hour."""
    assert addresses(due(known), NOW) == asked
    assert has_moved(known, NOW) == (len(asked) == 2)


def test_a_redirect_is_noted_and_its_age_kept() -> None:
    """The week begins with the first answer that came by it."""
    first = moved_after(due(None), answer(moved_to=NEW), NOW)
    later = moved_after(due(moved(since=3, checked=1)), answer(moved_to=NEW), NOW)

    assert (first, later) == (moved(since=0), moved(since=3))


def test_a_redirect_is_noted_where_nothing_changed() -> None:
    """304 at the end of a redirect is an answer of the feed as well."""
    assert moved_after(due(moved(since=3)), FeedUnchanged(feed=FEED, moved_to=NEW), NOW) == moved(since=3)


def test_another_target_begins_anew() -> None:
    """Only what lasts is believed."""
    third = "https://third.example/rss"

    assert moved_after(due(moved(since=30)), answer(moved_to=third), NOW) == Moved(
        to=third, since=NOW, checked_at=NOW
    )


def test_an_answer_at_the_configured_address_takes_a_move_back() -> None:
    """The operator undid it."""
    assert moved_after(due(moved(since=30, checked=7)), answer(), NOW) is None


def test_the_new_address_stays_while_the_old_one_is_dead() -> None:
    """It was asked in vain: the next time is in a week."""
    fresh, overdue = moved(since=30, checked=2), moved(since=30, checked=8)

    assert moved_after(due(fresh), answer(asked=NEW), NOW) == fresh
    assert moved_after(due(overdue), answer(asked=NEW), NOW) == moved(since=30)
