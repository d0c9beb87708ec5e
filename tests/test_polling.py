"""Which feeds are due, and how entries are recognised."""

import datetime as dt
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Entry, Feed, FeedForUpdate
from bot.polling import MAX_BACKOFF, NewEntry, Sifted, due_feeds, keys_of, new_entries
from bot.records import KnownEntry

NOW = dt.datetime(2024, 6, 18, 7, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def feed(name: str, *, polled: dt.datetime | None, failures: int = 0, every: int = 15) -> FeedForUpdate:
    return FeedForUpdate(
        feed=Feed(url=f"https://{name}.example/rss", name=name, every=every * MINUTE),
        last_polled_at=polled,
        failures=failures,
    )


def entry(
    title: str,
    *,
    id: str | None = None,
    link: str | None = None,
    text: str = "The story.",
    published_at: dt.datetime | None = None,
) -> Entry:
    return Entry(id=id, link=link, title=title, text=text, published_at=published_at)


def after(entries: Sequence[Entry], *, same_feed: bool = True) -> list[KnownEntry]:
    """What the store knows once a feed with these entries was polled for the first time."""
    return [
        KnownEntry(
            article_id=number,
            keys=item.keys,
            same_feed=same_feed,
            published_at=item.entry.published_at,
        )
        for number, item in enumerate(new_entries(entries, []).new, start=1)
    ]


def titles(items: Sequence[NewEntry]) -> list[str]:
    return [item.entry.title for item in items]


def test_due_feeds_takes_the_never_polled_first_and_then_the_longest_overdue() -> None:
    """A new feed answers at once; a busy machine catches up where it is most behind."""
    fresh = feed("fresh", polled=NOW - 5 * MINUTE)
    late = feed("late", polled=NOW - 20 * MINUTE)
    later = feed("later", polled=NOW - 90 * MINUTE)
    never = feed("never", polled=None)

    assert due_feeds([fresh, late, later, never], NOW) == [never, later, late]


@pytest.mark.parametrize(
    ("failures", "waited", "due"),
    [(1, 29, False), (1, 30, True), (3, 119, False), (3, 120, True), (99, 359, False), (99, 360, True)],
)
def test_due_feeds_backs_off_from_a_failing_feed_but_never_longer_than_the_cap(
    failures: int, waited: int, due: bool
) -> None:
    """Each failure doubles the wait, up to six hours, however often it failed."""
    failing = feed("failing", polled=NOW - waited * MINUTE, failures=failures)

    assert bool(due_feeds([failing], NOW)) == due
    assert dt.timedelta(hours=6) == MAX_BACKOFF


def test_due_feeds_never_polls_a_failing_feed_more_often_than_the_admin_asked() -> None:
    """`every = "1d"` stays a day although the cap of the back-off is shorter."""
    daily = feed("daily", polled=NOW - 7 * 60 * MINUTE, failures=4, every=24 * 60)

    assert due_feeds([daily], NOW) == []


def test_due_feeds_does_not_wait_for_a_poll_that_was_stamped_in_the_future() -> None:
    """A clock that was ahead once must not silence a feed for years."""
    ahead = feed("ahead", polled=NOW + dt.timedelta(days=4000))

    assert due_feeds([ahead], NOW) == [ahead]


def test_new_entries_are_all_of_a_first_poll() -> None:
    """The first poll of a feed stores everything it lists."""
    entries = [entry("One", id="1", link="https://e.org/1"), entry("Two", text="")]

    assert titles(new_entries(entries, []).new) == ["One", "Two"]


def test_the_first_item_of_a_formerly_empty_feed_is_new() -> None:
    """Field note 11: nothing is swallowed as a baseline."""
    assert titles(new_entries([entry("First")], after([])).new) == ["First"]


def test_an_edited_headline_under_the_same_link_is_an_edit() -> None:
    """Field note 1: the id has the headline in it, so id and title change together."""
    before = entry("Putin to visit", id="tag:e.org/putin-to-visit", link="https://e.org/n/7")
    edited = entry("Kremlin confirms trip", id="tag:e.org/kremlin-confirms", link="http://www.e.org/n/7/")

    sifted = new_entries([edited], after([before]))

    assert (sifted.new, [item.article_id for item in sifted.edited]) == ((), [1])


def test_one_id_on_ten_items_is_ten_items_once() -> None:
    """Field note 3: an id that all items share identifies none, in this poll and the next ones."""
    entries = [entry(f"Story {n}", id="same", link=f"https://e.org/{n}", text=f"Text {n}") for n in range(10)]
    eleventh = entry("Quite another matter", id="same", link="https://e.org/11", text="Else")

    assert len(new_entries(entries, []).new) == 10
    assert new_entries(entries, after(entries)) == Sifted(known=10)
    assert titles(new_entries([eleventh], after(entries)).new) == ["Quite another matter"]


def test_an_id_that_a_feed_uses_again_for_another_story_loses_nothing() -> None:
    """A feed of one item with a constant id: other link and other title are another article."""
    before = entry("Putin lands in Pyongyang", id="top", link="https://e.org/1")
    now = entry("Harvest festival opens", id="top", link="https://e.org/2", text="Other.")

    assert titles(new_entries([now], after([before])).new) == ["Harvest festival opens"]


def test_a_headline_and_its_address_may_change_together() -> None:
    """The id stays, and the titles are alike: an edit, and no second article."""
    before = entry("Putin to visit North Korea", id="7", link="https://e.org/putin-to-visit")
    edited = entry("Putin to visit North Korea on Tuesday", id="7", link="https://e.org/on-tuesday")

    sifted = new_entries([edited], after([before]))

    assert (sifted.new, [item.article_id for item in sifted.edited]) == ((), [1])


def test_an_entry_without_link_and_title_is_known_by_its_id() -> None:
    """Feeds of short notes; an edited note is an edit."""
    known = after([entry("", id="7", text="Words")])

    for title in ("", "Now with a title"):
        sifted = new_entries([entry(title, id="7", text="New words")], known)
        assert (sifted.new, [item.article_id for item in sifted.edited]) == ((), [1])


def test_an_undated_entry_with_a_known_title_and_another_link_is_another_article() -> None:
    """Unless it says the same, or one of the two has no link to tell by."""
    known = after([entry("Daily briefing", link="https://e.org/1", text="Monday")])
    other = entry("Daily briefing", link="https://e.org/2", text="Tuesday")
    same = entry("Daily briefing", link="https://e.org/2", text="Monday")
    unlinked = entry("Daily briefing", text="Tuesday")

    assert [len(new_entries([item], known).new) for item in (other, same, unlinked)] == [1, 0, 0]


def test_a_flapping_host_brings_nothing_new() -> None:
    """Field note 4: for ninety minutes the links and ids say another subdomain."""
    before = entry("Visit", id="https://www.e.org/?p=7", link="https://www.e.org/a", published_at=NOW)
    flapped = entry("Visit", id="https://edge7.e.org/?p=7", link="https://edge7.e.org/a", published_at=NOW)

    sifted = new_entries([flapped], after([before]))

    assert (sifted.new, [item.article_id for item in sifted.renumbered]) == ((), [1])


def test_ids_that_turn_to_https_bring_nothing_new() -> None:
    """Field note 5: an id that is a link is compared as links are."""
    before = [entry(f"T{n}", id=f"http://e.org/{n}", text=f"Text {n}") for n in range(3)]
    now = [entry(f"T{n}", id=f"https://e.org/{n}", text=f"Text {n}") for n in range(3)]

    assert new_entries(now, after(before)) == Sifted(known=3)


def test_a_feed_that_calls_everything_new_is_guarded() -> None:
    """Field note 6: new ids, new links, new dates, but the titles are known; a true new one passes."""
    before = [
        entry(f"T{n}", id=f"a{n}", link=f"https://e.org/a/{n}", text=f"Old {n}", published_at=NOW)
        for n in range(20)
    ]
    rebuilt_at = NOW + dt.timedelta(days=9)
    rebuilt = [
        entry(f"T{n}", id=f"b{n}", link=f"https://e.org/b/{n}", text=f"New {n}", published_at=rebuilt_at)
        for n in range(20)
    ]
    true_one = entry("News", id="n", link="https://e.org/b/n", text="News", published_at=rebuilt_at)

    sifted = new_entries([*rebuilt, true_one], after(before))

    assert (titles(sifted.new), len(sifted.renumbered)) == (["News"], 20)


@given(st.integers(0, 12), st.integers(0, 12), st.randoms())
def test_a_renumbered_feed_hides_nothing_that_is_new(old: int, fresh: int, random: Random) -> None:
    """However many of its articles come back under new names, and wherever the new ones stand among them."""
    before = [entry(f"T{n}", id=f"a{n}", link=f"https://e.org/a/{n}", text=f"Text {n}") for n in range(old)]
    again = [entry(f"T{n}", id=f"b{n}", link=f"https://e.org/b/{n}", text=f"Text {n}") for n in range(old)]
    unknown = [entry(f"N{n}", id=f"n{n}", link=f"https://e.org/n/{n}", text=f"New {n}") for n in range(fresh)]
    entries = [*again, *unknown]
    random.shuffle(entries)

    sifted = new_entries(entries, after(before))

    assert sorted(titles(sifted.new)) == sorted(item.title for item in unknown)
    assert sorted(item.article_id for item in sifted.renumbered) == list(range(1, old + 1))


def test_another_date_is_nothing_new() -> None:
    """Field note 7: "hottest" feeds lift old items with a fresh date."""
    before = entry("Visit", id="1", link="https://e.org/1", published_at=NOW)
    lifted = entry("Visit", id="1", link="https://e.org/1", published_at=NOW + dt.timedelta(days=400))

    assert new_entries([lifted], after([before])) == Sifted(known=1)


def test_an_undated_feed_polled_five_times_is_new_once() -> None:
    """Field note 9: neither date nor id, and a link to the front page."""
    entries = [entry(f"T{n}", link="https://e.org/", text=f"Text {n}") for n in range(3)]
    known = after(entries)

    assert [new_entries(entries, known) for _ in range(5)] == [Sifted(known=3)] * 5


def test_reordered_shrunken_and_extended_feeds_bring_only_what_was_added() -> None:
    """Field note 10: there is no "last seen link" that could vanish."""
    entries = [entry(f"T{n}", id=str(n), link=f"https://e.org/{n}", text=f"Text {n}") for n in range(6)]
    known = after(entries[:4])

    sifted = new_entries([entries[5], entries[2], entries[0], entries[4]], known)

    assert (titles(sifted.new), sifted.known) == (["T5", "T4"], 2)


def test_the_same_title_a_day_later_is_another_article() -> None:
    """Daily columns repeat their title; each is kept."""
    before = entry("Daily briefing", id="1", link="https://e.org/1", text="", published_at=NOW)
    tomorrow = NOW + dt.timedelta(days=1)
    now = entry("Daily briefing", id="2", link="https://e.org/2", text="", published_at=tomorrow)

    assert titles(new_entries([now], after([before])).new) == ["Daily briefing"]


def test_an_article_that_another_feed_lists_too_is_known() -> None:
    """The "world" and "politics" feeds of an outlet carry one and the same article."""
    article = entry("Visit", id="w1", link="https://e.org/7")
    listed = entry("Visit", id="p1", link="https://e.org/7?utm_source=politics")

    sifted = new_entries([listed], after([article], same_feed=False))

    assert (sifted.new, [item.article_id for item in sifted.listed_elsewhere]) == ((), [1])


def test_an_id_of_another_feed_means_nothing() -> None:
    """Ids are unique within one feed at best."""
    other = entry("Visit", id="1", link="https://one.org/7")
    mine = entry("Flood", id="1", link="https://two.org/9")

    assert titles(new_entries([mine], after([other], same_feed=False)).new) == ["Flood"]


def test_an_entry_listed_twice_in_one_document_is_one() -> None:
    """Aggregators repeat an entry within one document."""
    twice = [
        entry("Visit", id="1", link="https://e.org/7"),
        entry("Visit", id="2", link="https://e.org/7#top"),
    ]

    assert titles(new_entries(twice, []).new) == ["Visit"]


ENTRIES = st.lists(
    st.builds(
        entry,
        st.sampled_from(["", "Visit", "Putin in Hanoi", "Flood"]),
        id=st.sampled_from([None, "1", "2", "https://e.org/1"]),
        link=st.sampled_from([None, "https://e.org/", "https://e.org/1", "http://e.org/2?utm_id=3"]),
        text=st.sampled_from(["", "A", "B"]),
        published_at=st.sampled_from([None, NOW, NOW - dt.timedelta(days=9)]),
    ),
    max_size=8,
)


@given(ENTRIES)
def test_polling_an_unchanged_feed_again_brings_nothing_new(entries: list[Entry]) -> None:
    """Whatever the feed lists, the second poll of the same document tells nobody anything new."""
    assert new_entries(entries, after(entries)).new == ()


@given(ENTRIES)
def test_each_different_story_of_a_first_poll_is_kept(entries: list[Entry]) -> None:
    """Nothing is lost: each entry is there as itself, or as a twin under the same title."""
    kept = [item.keys for item in new_entries(entries, []).new]

    for keys in map(keys_of, entries):
        assert any(keys.content == twin.content or keys.title == twin.title for twin in kept)
