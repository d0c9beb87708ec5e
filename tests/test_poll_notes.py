"""What an admin hears of a feed that did answer."""

import datetime as dt
from dataclasses import replace

from bot.model import Entry, Feed, FeedForUpdate, Moved
from bot.poll_notes import notes_on
from bot.polling import EditedEntry, NewEntry, Sifted, keys_of
from bot.records import FeedPoll

NOW = dt.datetime(2024, 6, 18, 7, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
DUE = FeedForUpdate(
    feed=Feed(url="https://e.org/rss", name="E"), last_success_at=NOW - DAY, has_listed=True, polls=3
)
POLL = FeedPoll(due=DUE, polled_at=NOW)


def new(count: int) -> tuple[NewEntry, ...]:
    entries = [Entry(id=str(n), link=None, title=f"T{n}", text="") for n in range(count)]
    return tuple(NewEntry(entry=entry, keys=keys_of(entry)) for entry in entries)


def renumbered(count: int) -> tuple[EditedEntry, ...]:
    return tuple(EditedEntry(article_id=n, entry=x.entry, keys=x.keys) for n, x in enumerate(new(count)))


def moved(*, days: int) -> Moved:
    return Moved(to="https://new.example/rss", since=NOW - days * DAY, checked_at=NOW)


def test_an_ordinary_poll_needs_no_words() -> None:
    """New entries beside known ones, a few of them under new names."""
    assert notes_on(POLL, Sifted(new=new(20), known=1)) == (None, None)
    assert notes_on(POLL, Sifted(renumbered=renumbered(4))) == (None, None)


def test_a_feed_of_new_entries_alone_may_have_a_gap() -> None:
    """It says since when, as that is how long it was left alone."""
    note, kind = notes_on(POLL, Sifted(new=new(5)))

    assert kind == "gap"
    assert note == (
        "all of its 5 entries are new since 2024-06-17 07:00 UTC: some may have been missed, "
        "so poll it more often (`every`)"
    )


def test_no_gap_is_told_of_few_entries_or_of_the_first_ones() -> None:
    """A feed of one item has always a new one, and a feed that was empty cannot have hidden any."""
    first = replace(POLL, due=replace(DUE, has_listed=False))

    assert notes_on(POLL, Sifted(new=new(4))) == (None, None)
    assert notes_on(first, Sifted(new=new(30))) == (None, None)


def test_all_that_needs_attention_is_told_in_one_line() -> None:
    """A feed that moved to another system is renumbered as a rule."""
    note, kind = notes_on(replace(POLL, moved=moved(days=8)), Sifted(renumbered=renumbered(30)))

    assert kind == "renumbered moved"
    assert note == (
        "calls 30 known articles new: not told again, it has renumbered them; "
        "moved for good to https://new.example/rss, where it is asked now: change its `url`"
    )


def test_a_move_that_may_pass_is_mentioned_only() -> None:
    """Nobody has to do anything about it yet."""
    assert notes_on(replace(POLL, moved=moved(days=2)), Sifted()) == (
        "moved for good to https://new.example/rss",
        None,
    )
