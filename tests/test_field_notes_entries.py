"""What users of other feed bots complain of: duplicates, floods, and items that never came.

Each test names its case in the field notes. All go the whole way: a web server, the download, the
parser, `poll_feeds`, SQLite, and the briefing that a reader gets.
"""

import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.article_text import read_page
from bot.adapters.feed_download import Downloader, DownloadLimits
from bot.adapters.feed_source import HttpFeedSource
from bot.adapters.sqlite_store import SqliteStore
from tests.fakes import FakeClock
from tests.feed_desk import DAY, HOUR, MORNING, WORDS, Desk, Item, stories, title
from tests.servers.feeds import FeedServer

VISIT = "Russian President Vladimir Putin will visit North Korea on June 18 and 19, the Kremlin said."
#: Long enough to be a wire and not a teaser.
WIRE = (
    f"{VISIT} He travels at the invitation of Kim Jong Un, who went to the Russian far east last September. "
    "It is his first journey to the country in twenty-four years. Several documents are ready to be signed, "
    "an aide told reporters, and a concert is to close the first evening. From there he flies on to Hanoi."
)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    clock = FakeClock(MORNING - 2 * HOUR)
    async with FeedServer() as server, Downloader(limits=DownloadLimits(total=5, attempts=1)) as downloader:
        with SqliteStore(tmp_path / "attache.db") as store:
            yield Desk(server, HttpFeedSource(downloader, clock, read_page), store, clock)


async def test_case_1_an_edited_headline_is_told_once_and_then_as_a_change(desk: Desk) -> None:
    """The headline is part of the guid: a new wording is the same article, a new date is an update."""
    desk.subscribe("gazette")
    link = "https://e.example/7"
    first = Item(title="Putin to visit North Korea", link=link, guid="putin-to-visit", text=VISIT)
    desk.publish("gazette", [first])
    await desk.poll()
    told = [await desk.morning()]
    reworded = replace(first, title="Kremlin confirms North Korea trip", guid="kremlin-confirms")
    desk.publish("gazette", [reworded])
    polled = await desk.poll()
    told.append(await desk.morning())
    later = VISIT.replace("18 and 19", "20 and 21")
    moved = replace(reworded, title="Kremlin: trip two days later", guid="two-days-later", text=later)
    desk.publish("gazette", [moved])
    await desk.poll()
    told.append(await desk.morning())

    assert (polled["gazette"].new, polled["gazette"].edited, desk.articles()) == (0, 1, 1)
    assert ["Putin" in message for message in told] == [True, False, True]
    assert "20 June" in told[2], told[2]


async def test_case_1_an_article_published_anew_is_known_by_its_text(desk: Desk) -> None:
    """Headline, guid and link change together, the text hardly; what the feed lists beside it is another."""
    desk.subscribe("gazette")
    first = Item(title="Putin to visit North Korea", link="https://e.example/7", guid="7", text=WIRE)
    desk.publish("gazette", [first, *stories(3)])
    await desk.poll()
    corrected = WIRE.replace("Several documents", "Some twenty documents")
    again = Item(
        title="Putin to visit North Korea on Tuesday", link="https://e.example/8", guid="8", text=corrected
    )
    desk.publish("gazette", [again, *stories(3)])
    polled = (await desk.poll())["gazette"]
    second = replace(
        again, title="Putin to visit North Korea, aide says", link="https://e.example/9", guid="9"
    )
    desk.publish("gazette", [second, again, *stories(3)])
    beside = (await desk.poll())["gazette"]

    assert (polled.new, polled.edited, beside.new, beside.edited) == (0, 1, 1, 0)
    assert desk.articles() == 5


async def test_case_2_a_story_of_three_outlets_is_one_item_with_three_sources(desk: Desk) -> None:
    """One wire under three headlines, one of them shortened, and an aggregator that links to the first."""
    desk.subscribe("gazette", "herald", "post", "aggregator")
    copies = {
        "gazette": Item(title="Putin heads for Pyongyang", link="https://gazette.example/1", text=WIRE),
        "herald": Item(title="Kremlin announces a journey", link="https://herald.example/a", text=WIRE),
        "post": Item(title="What Kim expects", link="https://post.example/x", text=WIRE[:300]),
    }
    for name, item in copies.items():
        desk.publish(name, [item])
    await desk.poll()
    desk.publish(
        "aggregator", [replace(copies["gazette"], link="https://www.gazette.example/1?utm_source=x")]
    )
    polled = (await desk.poll())["aggregator"]

    assert (polled.new, desk.articles()) == (0, 3)
    (told,) = desk.briefing().items
    assert {source.name for source in told.sources} == {"gazette", "herald", "post"}
    (trip,) = desk.store.trips(MORNING.date() - DAY, MORNING.date() + 3 * DAY)
    assert trip.voices == 1, "one wire is one voice, whoever prints it"


async def test_case_2_a_story_without_a_visit_is_one_headline(desk: Desk) -> None:
    """By its title, or by its text where each outlet has a title of its own."""
    desk.subscribe("gazette", "herald", "post")
    text = (
        "Rice rose again at the markets of the city this week, as less of it came in from the provinces. "
        "Traders speak of small steps, and of buyers who take less home; the mayor promises cheap sales and "
        "more stock. Farmers hope that the price of paddy holds until the harvest next month."
    )
    titles = {"gazette": "Rice prices rise", "herald": "Rice prices rise", "post": "Shoppers hold back"}
    for name, headline in titles.items():
        desk.publish(name, [Item(title=headline, link=f"https://{name}.example/1", text=text)])

    await desk.poll()

    (told,) = desk.briefing().headlines
    assert {source.name for source in told.sources} == {"gazette", "herald", "post"}


async def test_case_3_one_guid_on_ten_items_is_ten_items(desk: Desk) -> None:
    """The feed gives every item the same guid."""
    desk.subscribe("gazette")
    desk.publish("gazette", [replace(item, guid="same") for item in stories(10)])

    counts = [(await desk.poll())["gazette"].new for _ in range(2)]

    assert (counts, len(desk.headlines())) == ([10, 0], 10)


async def test_case_4_a_host_that_flaps_brings_nothing_new(desk: Desk) -> None:
    """For ninety minutes all links and guids name another machine, then the old one again."""
    desk.subscribe("gazette")
    items = stories(4, host="https://www.e.example")
    flapped = stories(4, host="https://edge7.e.example")
    desk.publish("gazette", items)
    await desk.poll()
    news = []
    for now_listed in [flapped] * 6 + [items] * 2:
        desk.publish("gazette", now_listed)
        news.append((await desk.poll())["gazette"].new)

    assert (news, desk.articles()) == ([0] * 8, 4)


async def test_case_5_guids_that_turn_to_https_bring_nothing_new(desk: Desk) -> None:
    """The outlet moves to https, with all its links and guids."""
    desk.subscribe("gazette")
    desk.publish("gazette", stories(8, host="http://e.example"))
    await desk.poll()
    desk.publish("gazette", stories(8, host="https://e.example"))

    polled = await desk.poll()

    assert (polled["gazette"].new, desk.articles()) == (0, 8)
    assert polled["gazette"].warning is None, "nothing happened that an admin could mend"


def rebuilt(items: Sequence[Item], build: int) -> list[Item]:
    """The items as a content system numbers and dates them when it builds the site anew."""
    at = MORNING + build * DAY
    return [
        replace(item, guid=f"build-{build}-{n}", link=f"https://e.example/{build}/{n}", at=at)
        for n, item in enumerate(items)
    ]


async def test_case_6_a_feed_that_numbers_its_articles_again_is_held_back(desk: Desk) -> None:
    """Every night: new guids, links and dates. What is new is told, and the admin hears why."""
    desk.subscribe("gazette")
    items = stories(30)
    desk.publish("gazette", rebuilt(items, 1))
    await desk.poll()
    fresh = Item(title="Nobody knew this", link="https://e.example/fresh", at=MORNING + 2 * DAY)
    desk.publish("gazette", [fresh, *rebuilt(items, 2)])

    polled = (await desk.poll(later=DAY))["gazette"]

    assert (polled.new, polled.warning, desk.articles()) == (1, "renumbered", 31)
    assert "calls 30 known articles new" in (polled.note or "")


async def test_case_6_nothing_is_lost_once_the_feed_calms_down(desk: Desk) -> None:
    """Its articles are known under their new guids: edits are edits, new ones are new, and nothing warns."""
    desk.subscribe("gazette")
    items = rebuilt(stories(30), 1)
    desk.publish("gazette", items)
    await desk.poll()
    again = rebuilt(stories(30), 2)
    desk.publish("gazette", again)
    await desk.poll(later=DAY)
    edited = replace(again[0], title="A story with another name", text="Corrected.")
    desk.publish("gazette", [*stories(1, first=99), edited, *again[1:]])

    polled = (await desk.poll())["gazette"]

    assert (polled.new, polled.edited, polled.warning, desk.articles()) == (1, 1, None, 31)


async def test_case_6_daily_columns_are_no_renumbered_feed(desk: Desk) -> None:
    """A dozen columns under their titles of yesterday, each with a text of its own."""
    desk.subscribe("gazette")

    def columns(day: int) -> list[Item]:
        return [
            Item(
                title=f"The {word} today",
                link=f"https://e.example/{day}/{word}",
                text=" ".join(random.Random(f"{word}{day}").choices(WORDS, k=60)),  # noqa: S311 - no secret
                at=MORNING + day * DAY,
            )
            for word in WORDS
        ]

    desk.publish("gazette", columns(1))
    await desk.poll()
    desk.publish("gazette", columns(2))

    polled = (await desk.poll(later=DAY))["gazette"]

    assert (polled.new, desk.articles()) == (12, 24)


async def test_case_7_another_date_or_order_is_nothing_new(desk: Desk) -> None:
    """ "Hottest" feeds lift old items with a fresh date."""
    desk.subscribe("gazette")
    items = stories(5)
    desk.publish("gazette", items)
    await desk.poll()
    desk.publish("gazette", [replace(item, at=MORNING + 40 * DAY) for item in reversed(items)])

    polled = await desk.poll()

    assert (polled["gazette"].new, polled["gazette"].edited, desk.articles()) == (0, 0, 5)


async def test_case_8_two_domains_with_the_same_items_are_one(desk: Desk) -> None:
    """The admin says which beginning of a link stands for which."""
    desk.subscribe("gazette", "mirror", mirror='rewrite = { "mirror.example/g" = "gazette.example" }')
    desk.publish("gazette", stories(3, host="https://gazette.example"))
    desk.publish("mirror", [replace(item, guid=None) for item in stories(3, host="http://mirror.example/g")])

    await desk.poll()

    assert desk.articles() == 3


async def test_case_9_an_undated_feed_polled_five_times_is_delivered_once(desk: Desk) -> None:
    """Neither dates nor guids, and the front page for a link."""
    desk.subscribe("gazette")
    desk.publish(
        "gazette",
        [replace(item, link="https://e.example/", guid=None, at=None) for item in stories(3)],
    )

    news = [(await desk.poll())["gazette"].new for _ in range(5)]

    assert (news, len(desk.headlines())) == ([3, 0, 0, 0, 0], 3)


async def test_case_10_reordered_deleted_and_inserted_items_are_told_apart(desk: Desk) -> None:
    """There is no "last link" that could vanish and bring everything back."""
    desk.subscribe("gazette")
    one, two, three, four, five, six = stories(6)
    desk.publish("gazette", [four, three, two, one])
    await desk.poll()
    desk.publish("gazette", [six, two, five, one])

    polled = await desk.poll()

    assert (polled["gazette"].new, desk.articles()) == (2, 6)
    desk.publish("gazette", [four, three, two, one])
    assert (await desk.poll())["gazette"].new == 0


async def test_case_11_the_first_items_of_an_empty_feed_are_delivered(desk: Desk) -> None:
    """They are no baseline to be swallowed; that it was empty is no failure, and what came then no gap."""
    desk.subscribe("gazette")
    desk.publish("gazette", [])
    empty = [(await desk.poll())["gazette"] for _ in range(3)]
    waits = desk.store.feeds()[0].failures
    desk.publish("gazette", stories(6))

    polled = (await desk.poll())["gazette"]

    assert {(each.failure, each.note) for each in empty} == {(None, "no entries yet")}
    assert waits == 0, "a feed that fails is asked more and more rarely"
    assert (polled.new, polled.warning) == (6, None)
    assert len(desk.headlines()) == 6
    assert title(1) in await desk.morning()


async def test_case_11_a_feed_that_becomes_empty_has_failed(desk: Desk) -> None:
    """Something broke there; what it listed before is nothing new when it is back."""
    desk.subscribe("gazette")
    desk.publish("gazette", stories(6))
    await desk.poll()
    desk.publish("gazette", [])
    emptied = (await desk.poll())["gazette"]
    desk.publish("gazette", stories(6))
    back = (await desk.poll())["gazette"]

    assert (emptied.failure, back.new, back.failure) == ("no entries", 0, None)


async def test_case_12_more_items_between_two_polls_than_the_feed_holds_are_reported(desk: Desk) -> None:
    """Whatever is missing, the admin can shorten `every`; a first poll is no gap."""
    desk.subscribe("gazette")
    warnings = []
    for first in (1, 8, 21):
        desk.publish("gazette", stories(10, first=first))
        warnings.append((await desk.poll())["gazette"].warning)
    note = (await desk.poll())["gazette"].note

    assert (warnings, note) == ([None, None, "gap"], None)


def redirect(desk: Desk, path: str, target: str, status: int = 301) -> None:
    desk.server.add(path, status=status, headers={"Location": target})


async def test_case_50_a_permanent_redirect_is_believed_after_a_week(desk: Desk) -> None:
    """Then the feed lives on without its old address; its articles are the same ones."""
    desk.subscribe("gazette")
    desk.publish("moved", stories(3))
    redirect(desk, "/gazette", "/moved")
    notes = []
    for _ in range(9):
        polled = (await desk.poll(later=DAY))["gazette"]
        notes.append(polled.warning)
    desk.server.add("/gazette", status=410)
    desk.publish("moved", stories(4))
    polled = (await desk.poll(later=DAY))["gazette"]

    assert notes == [None] * 7 + ["moved"] * 2
    assert desk.server.paths()[-2:] == ["/moved", "/moved"]
    assert (polled.new, polled.failure, desk.articles()) == (1, None, 4)


async def test_case_50_a_redirect_to_a_page_is_never_believed(desk: Desk) -> None:
    """The domain was sold, or the server is in maintenance: the home page is no feed."""
    desk.subscribe("gazette")
    desk.publish("gazette", stories(3))
    await desk.poll()
    desk.server.add("/home", "<!doctype html><html><body>Welcome</body></html>")
    redirect(desk, "/gazette", "/home", status=308)
    polled = [(await desk.poll(later=5 * DAY))["gazette"] for _ in range(3)]
    desk.publish("gazette", stories(4))
    after = (await desk.poll(later=DAY))["gazette"]

    assert {each.failure for each in polled} == {"not a feed: HTML"}
    assert (after.new, after.failure) == (1, None)


async def test_case_50_a_believed_move_is_taken_back(desk: Desk) -> None:
    """At once where the new address gives no feed, and within a week where the old one is back."""
    desk.subscribe("gazette")
    desk.publish("moved", stories(3))
    redirect(desk, "/gazette", "/moved")
    for _ in range(2):
        await desk.poll(later=8 * DAY)
    desk.publish("gazette", stories(4))
    desk.server.add("/moved", status=404)

    polled = (await desk.poll(later=HOUR))["gazette"]

    assert (polled.new, polled.failure, polled.note) == (1, None, None)
    assert desk.server.paths()[-2:] == ["/moved", "/gazette"]
    await desk.poll()
    assert desk.server.paths()[-1] == "/gazette"
