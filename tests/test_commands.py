"""What people ask of the bot, and who is answered."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.sqlite_store import SqliteStore
from bot.commands import MOST_HISTORIES, Access, Asker, House, answer, brief, is_allowed
from bot.model import Briefing, Section
from bot.records import FeedPoll
from bot.render.wording import load_wording
from digest.facts import Status, Visit
from tests.fakes import FakeClock
from tests.store_records import NOW, entry, feed, poll, read, visit
from tests.worlds import WORLD

DAY = dt.timedelta(days=1)
READER = Asker(chat="telegram:1")
HOUSE = House(access=Access(frozenset({"telegram:1"})), world=WORLD)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "attache.db") as opened:
        opened.set_feeds([feed()])
        yield opened


def news(store: SqliteStore, title: str, *visits: Visit, at: dt.datetime = NOW) -> None:
    (due,) = store.feeds()
    item = entry(title, link=f"https://e.org/{title}", at=at)
    assert store.save_poll(poll(due, read(item, *visits), at=at))


def ask(store: SqliteStore, command: str, text: str = "", asker: Asker = READER) -> Briefing | str:
    return answer(command, text, asker, store, FakeClock(NOW + DAY), HOUSE)


def told(store: SqliteStore, query: str) -> list[str | None]:
    """Visitors and headlines of an answer."""
    briefing = ask(store, "brief", query)
    assert isinstance(briefing, Briefing)
    return [item.visitors[0].name for item in briefing.items] + [each.title for each in briefing.headlines]


@pytest.mark.parametrize(
    "asker",
    [
        Asker(chat="telegram:-1"),
        Asker(chat="telegram:-1/42"),
        Asker(chat="telegram:-2/7"),
        Asker(chat="telegram:5", user="telegram:9"),
        Asker(chat="slack:C7", user="slack:U1", workspace="slack:T1"),
    ],
)
def test_chats_users_and_workspaces_of_the_settings_are_served(asker: Asker) -> None:
    """A chat with all its topics, one topic, an admin anywhere, every channel of a workspace."""
    named = Access(frozenset({"telegram:-1", "telegram:-2/7", "telegram:9", "slack:T1"}))

    assert is_allowed(named, asker)


@pytest.mark.parametrize(
    "asker",
    [
        Asker(chat="telegram:-2"),
        Asker(chat="telegram:-2/8"),
        Asker(chat="telegram:-11"),
        Asker(chat="slack:-1"),
        Asker(chat="slack:C7", user="slack:U1", workspace="slack:T2"),
    ],
)
def test_everybody_else_is_a_stranger(asker: Asker) -> None:
    """Another topic, another chat, the same id on another platform, another workspace."""
    named = Access(frozenset({"telegram:-1", "telegram:-2/7", "telegram:9", "slack:T1"}))

    assert not is_allowed(named, asker)
    assert not is_allowed(Access(), asker)


@pytest.mark.parametrize("command", ["start", "help", "brief", "history"])
def test_a_stranger_gets_one_line_with_the_id_for_the_admin(store: SqliteStore, command: str) -> None:
    """And nothing else, whatever they ask."""
    news(store, "Putin to Pyongyang", visit())

    said = ask(store, command, "korea", Asker(chat="telegram:-77/3"))

    assert said == load_wording("en").stranger("telegram:-77")
    assert "telegram:-77" in said
    assert "\n" not in said


def test_a_chat_that_was_given_another_id_is_still_served(store: SqliteStore) -> None:
    """The settings know the old one."""
    store.migrate_chat("telegram:1", "telegram:-1001")

    assert isinstance(ask(store, "brief", asker=Asker(chat="telegram:-1001")), Briefing)


def test_start_and_help_are_answered_in_words(store: SqliteStore) -> None:
    """A command that nobody knows gets the help."""
    wording = load_wording("en")

    assert ask(store, "start") == wording.start_text
    assert ask(store, "help") == ask(store, "HELP", "korea") == ask(store, "what") == wording.help_text


def test_brief_tells_all_of_its_topic_each_time(store: SqliteStore) -> None:
    """Asking twice gives the same, whatever the scheduled briefings told."""
    news(store, "Putin to Pyongyang", visit())
    news(store, "Ishiba in Berlin", visit("Ishiba", "DE", country="JP"))
    news(store, "Flood in Korea")

    answers = [told(store, query) for query in ("korea", "korea", "평양", "germany", "")]

    assert answers[0] == answers[1] == ["Vladimir Putin", "Flood in Korea"]
    assert answers[2] == ["Vladimir Putin"]
    assert answers[3] == ["Ishiba"]
    assert sorted(map(str, answers[4])) == ["Flood in Korea", "Ishiba", "Vladimir Putin"]


def test_brief_offers_the_choices_of_an_ambiguous_topic(store: SqliteStore) -> None:
    """ "korea" is both, with a button each."""
    briefing = ask(store, "brief", "korea")

    assert isinstance(briefing, Briefing)
    assert [each.label for each in briefing.narrowings] == ["North Korea", "South Korea"]


def test_brief_searches_headlines_for_words_that_name_nothing(store: SqliteStore) -> None:
    """And says so."""
    news(store, "A zeppelin over Jakarta")
    news(store, "A flood in Jakarta")

    briefing = ask(store, "brief", "  zeppelin ")

    assert isinstance(briefing, Briefing)
    assert [each.title for each in briefing.headlines] == ["A zeppelin over Jakarta"]
    assert (briefing.query, briefing.note) == ("zeppelin", load_wording("en").unknown_topic("zeppelin"))


def test_brief_looks_back_as_far_as_it_is_told_and_further_with_time_words(store: SqliteStore) -> None:
    """Thirty days by themselves; "last year" is last year."""
    long_ago = NOW - 300 * DAY
    news(store, "Lavrov to Berlin", visit("Sergei Lavrov", "DE", start="2023-08-22"), at=long_ago)
    news(store, "Flood in Germany", at=long_ago)

    assert told(store, "germany") == []
    assert told(store, "germany last year") == ["Sergei Lavrov", "Flood in Germany"]


def test_brief_knows_only_what_was_told_by_then(store: SqliteStore) -> None:
    """Looking back, `--now`: the plan as it was known, and neither its end nor later headlines."""
    long_ago = NOW - 20 * DAY
    news(store, "Putin to go", visit(start="2024-06-10"), at=long_ago)
    news(store, "Putin stays at home", visit(start="2024-06-10", status=Status.CANCELLED), at=NOW - DAY)
    news(store, "Ishiba to Berlin", visit("Ishiba", "DE", country="JP"), at=NOW - DAY)
    news(store, "Flood", at=NOW - DAY)

    then = brief("", store, FakeClock(long_ago + DAY), HOUSE)
    today = brief("", store, FakeClock(NOW), HOUSE)

    assert [(item.visitors[0].name, item.status) for item in then.items] == [
        ("Vladimir Putin", Status.PLANNED)
    ]
    assert then.headlines == ()
    assert {item.status for item in today.items} == {Status.CANCELLED, Status.PLANNED}
    assert [each.title for each in today.headlines] == ["Flood"]


def test_brief_tells_what_comes_however_far_ahead(store: SqliteStore) -> None:
    """A visit announced for next year is coming."""
    news(store, "Putin to Pyongyang", visit(start="2025-05"))

    briefing = ask(store, "brief", "putin")

    assert isinstance(briefing, Briefing)
    assert [item.section for item in briefing.items] == [Section.COMING]


def test_brief_says_how_the_feeds_answered(store: SqliteStore) -> None:
    """A briefing from silent feeds is no proof that nothing happened."""
    (due,) = store.feeds()
    store.save_poll(FeedPoll(due=due, polled_at=NOW, failure="timeout"))

    briefing = brief("", store, FakeClock(NOW), HOUSE)

    assert briefing.feeds_answered == 0
    assert [(each.name, each.reason) for each in briefing.feeds_failed] == [("Antara", "timeout")]
    assert (briefing.generated_at, briefing.name) == (NOW, None)


def test_a_feeds_label_is_a_topic(store: SqliteStore) -> None:
    """`topics = ["football"]` on a feed makes `/brief football` find its headlines."""
    labelled = feed("Bola", topics=("football",))
    store.set_feeds([labelled])
    news(store, "Timnas menang 2-0")

    assert told(store, "football") == ["Timnas menang 2-0"]


def _moved(store: SqliteStore) -> None:
    """A trip announced, then moved, then begun."""
    news(store, "Putin to Pyongyang", visit(), at=NOW - 2 * DAY)
    news(store, "Put off", visit(start="2024-06-19", status=Status.POSTPONED), at=NOW - DAY)
    news(store, "Putin lands", visit(start="2024-06-19", status=Status.UNDERWAY), at=NOW + 2 * DAY)


@pytest.mark.parametrize("query", ["putin", "1.0", " 2.0 "])
def test_history_tells_every_step_by_topic_or_by_the_id_of_any_report_of_the_trip(
    store: SqliteStore, query: str
) -> None:
    _moved(store)

    said = answer("history", query, READER, store, FakeClock(NOW + 3 * DAY), HOUSE)

    assert isinstance(said, Briefing)
    (item,) = said.items
    assert (said.tells_history, said.headlines) == (True, ())
    assert [step.change for step in item.history] == [
        "planned",
        "planned -> postponed",
        "start 2024-06-18 -> 2024-06-19",
        "postponed -> underway",
    ]


def test_history_knows_only_what_was_told_by_then(store: SqliteStore) -> None:
    _moved(store)

    said = answer("history", "1.0", READER, store, FakeClock(NOW), HOUSE)

    assert isinstance(said, Briefing)
    assert said.items[0].history[-1].change == "start 2024-06-18 -> 2024-06-19"


def test_history_of_a_topic_reaches_further_back_than_a_briefing(store: SqliteStore) -> None:
    news(store, "Long ago", visit(start="2019-04-25", status=Status.COMPLETED))

    assert told(store, "putin") == []
    assert isinstance(said := ask(store, "history", "putin"), Briefing)
    assert [str(item.start) for item in said.items] == ["2019-04-25"]


def test_history_of_much_is_that_of_the_most_important(store: SqliteStore) -> None:
    names = [letter * 6 for letter in "ABCDEFGHIJKL"]
    news(store, "Guests", *(visit(name, start=f"2024-06-{18 + n}") for n, name in enumerate(names)))

    assert isinstance(said := ask(store, "history"), Briefing)
    assert len(said.items) == MOST_HISTORIES
    assert [item.visitors[0].name for item in said.items] == names[:10]
