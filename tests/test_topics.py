"""What a question asks for, and which trips and headlines answer it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topic_reading import understand
from bot.topics import OFFICES, Topic, matches, matches_headline
from digest.facts import Party, Status
from digest.trips import trip_of
from digest.world import ROLES
from tests.reports import KIM, LAM, PUTIN, party, report, visit
from tests.worlds import WORLD

NOW = dt.datetime(2024, 6, 18, 7, 30, tzinfo=dt.UTC)  # a Tuesday
LAVROV = party("Sergey Lavrov", "RU", "foreign minister")
BLINKEN = party("Antony Blinken", "US", "secretary of state")
SCHOLZ = party("Olaf Scholz", "DE", "chancellor")


def ask(query: str, language: str = "en") -> Topic:
    return understand(query, WORLD, NOW, language)


def finds(
    query: str,
    who: Party = PUTIN,
    to: str = "KP",
    start: str | None = "2024-06-18",
    *,
    place: str | None = None,
    hosts: tuple[Party, ...] = (),
) -> bool:
    """Whether the question finds this trip."""
    return matches(
        ask(query), trip_of([report("2024-06-17", visit(start, who=who, to=to, place=place, hosts=hosts))])
    )


@pytest.mark.parametrize(
    "query", ["korea", "Korea", "KOREA", "Semenanjung Korea", "한반도", "한반도의", "news on korea"]
)
def test_korea_is_both_koreas_with_a_choice_of_either(query: str) -> None:
    topic = ask(query)

    assert topic.countries == {"KP", "KR"}
    assert [choice.label for choice in topic.narrowings] == ["North Korea", "South Korea"]
    assert not topic.words


def test_a_choice_is_a_question_that_means_just_that() -> None:
    topic = ask("visits to korea this month", "id")

    assert [choice.label for choice in topic.narrowings] == ["Korea Utara", "Korea Selatan"]
    narrowed = ask(topic.narrowings[0].query)
    assert narrowed.countries == {"KP"}
    assert not narrowed.narrowings
    assert narrowed.window == topic.window
    assert narrowed.mentions[0].direction == "to"


@pytest.mark.parametrize(
    "query",
    [
        "북한",
        "Korea Utara",
        "korut",
        "DPRK",
        "dprk",
        "Pyongyang",
        "평양",
        "north-korea",
        "ＤＰＲＫ",
        "북한의",
    ],
)
def test_the_north_by_any_name(query: str) -> None:
    topic = ask(query)

    assert topic.countries == {"KP"}
    assert not topic.narrowings
    assert not topic.words


@pytest.mark.parametrize("query", ["Kim Jong Un", "kim jong-un", "김정은", "김정은이"])
def test_a_person_in_any_spelling(query: str) -> None:
    assert ask(query).people == {"Kim Jong Un"}


def test_hanguk_is_the_south_alone() -> None:
    """Lists of country names have had 한국 under North Korea."""
    assert ask("한국").countries == {"KR"}


def test_accents_and_curly_apostrophes_do_not_matter() -> None:
    assert ask("cote d'ivoire").countries == {"CI"}


def test_a_name_that_two_people_or_countries_share_offers_the_choice() -> None:
    assert [choice.query for choice in ask("kim").narrowings] == ["Kim Jong Un", "Kim Yo Jong"]
    assert ask("congo").countries == {"CD", "CG"}
    assert len(ask("congo").narrowings) == 2


def test_a_country_is_meant_before_a_person_of_that_name() -> None:
    assert ask("vietnam").people == frozenset()


def test_a_town_called_like_a_small_word_is_not_meant_by_it() -> None:
    assert ask("news of japan").mentions == ask("japan").mentions


def test_a_broad_region_offers_no_choices() -> None:
    assert len(ask("asia").countries) == 5
    assert ask("asia").narrowings == ()


@pytest.mark.parametrize(
    ("query", "known"), [("US", True), ("us", True), ("visits to US", True), ("tell us", False)]
)
def test_an_abbreviation_that_is_a_word_counts_in_upper_case_or_alone(query: str, known: bool) -> None:
    assert (ask(query).countries == {"US"}) is known


@pytest.mark.parametrize(
    "query", ["visits to japan", "kunjungan ke Jepang", "일본에", "in japan", "to the Japanese"]
)
def test_visits_to_a_country_are_not_those_from_it(query: str) -> None:
    kishida = party("Fumio Kishida", "JP", "prime minister")

    assert finds(query, SCHOLZ, "JP")
    assert not finds(query, kishida, "DE")


@pytest.mark.parametrize("query", ["from germany", "dari Jerman", "독일에서", "by Germany"])
def test_visits_from_a_country_are_not_those_to_it(query: str) -> None:
    assert finds(query, SCHOLZ, "JP")
    assert not finds(query, PUTIN, "DE")


def test_one_word_for_a_visit_to_a_country() -> None:
    """방북 is "a visit to the North"."""
    assert finds("푸틴 방북")
    assert finds("방북")
    assert not finds("방북", KIM, "RU")
    assert matches_headline(ask("방북"), "북한이 미사일을 발사했다")


def test_from_here_to_there() -> None:
    assert finds("from germany to japan", SCHOLZ, "JP")
    assert not finds("from japan to germany", SCHOLZ, "JP")


def test_all_that_is_named_must_have_to_do_with_the_trip() -> None:
    assert finds("putin korea")
    assert finds("russia north korea")
    assert not finds("putin japan")


def test_a_person_is_found_as_visitor_and_as_host() -> None:
    assert finds("putin")
    assert finds("kim jong un", hosts=(KIM,))
    assert not finds("kim jong un", LAM, "RU")


def test_a_city_that_is_no_capital_is_that_city_alone() -> None:
    assert finds("vladivostok", KIM, "RU", place="Vladivostok")
    assert not finds("vladivostok", KIM, "RU", place="Moscow")


@pytest.mark.parametrize(
    "query", ["foreign minister", "menteri luar negeri", "menlu", "외교장관", "foreign ministers"]
)
def test_an_office_in_any_language_and_under_any_states_name_for_it(query: str) -> None:
    assert finds(query, LAVROV)
    assert finds(query, BLINKEN, "JP")
    assert not finds(query, PUTIN)


def test_the_foreign_minister_of_one_country() -> None:
    assert finds("russian foreign minister", LAVROV)
    assert not finds("russian foreign minister", BLINKEN, "JP")


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("today", "2024-06-18", "2024-06-18"),
        ("hari ini", "2024-06-18", "2024-06-18"),
        ("오늘", "2024-06-18", "2024-06-18"),
        ("tomorrow", "2024-06-19", "2024-06-19"),
        ("this week", "2024-06-17", "2024-06-23"),
        ("pekan depan", "2024-06-24", "2024-06-30"),
        ("다음 주", "2024-06-24", "2024-06-30"),
        ("다음주", "2024-06-24", "2024-06-30"),
        ("this month", "2024-06-01", "2024-06-30"),
        ("last month", "2024-05-01", "2024-05-31"),
        ("bulan lalu", "2024-05-01", "2024-05-31"),
        ("지난달", "2024-05-01", "2024-05-31"),
        ("next year", "2025-01-01", "2025-12-31"),
    ],
)
def test_time_words_of_every_language(query: str, first: str, last: str) -> None:
    topic = ask(query)

    assert topic.window == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert not topic.words


def test_a_visit_under_way_without_a_last_day_is_one_of_today() -> None:
    """What a briefing tells as under way, a question for today finds."""
    visit_begun = visit("2024-06-17", status=Status.UNDERWAY)
    trip = trip_of([report("2024-06-17", visit_begun)])

    assert matches(ask("today"), trip)
    assert not matches(ask("next week"), trip)


@pytest.mark.parametrize(
    "query",
    ["who visits korea?", "siapa yang akan pergi ke korea utara", "북한 누가 방문하는", "show me korea"],
)
def test_a_question_in_whole_words_is_understood(query: str) -> None:
    topic = ask(query)

    assert "KP" in topic.countries
    assert not topic.words


def test_a_time_finds_the_trips_whose_days_touch_it() -> None:
    assert finds("asia next week", start="2024-06-24")
    assert finds("asia this month", start="2024-06")
    assert not finds("asia next week", start="2024-07-01")


def test_an_undated_trip_counts_by_when_it_was_told() -> None:
    assert finds("this week", start=None)
    assert not finds("last month", start=None)


def test_a_word_that_names_nothing_known_is_searched_for() -> None:
    topic = ask("visits of Dupont")

    assert topic.words
    assert not topic.mentions
    assert topic.words == ("dupont",)
    assert finds("dupont", party("Jean Dupont", "FR", "minister"))
    assert not finds("dupont")


def test_a_word_beside_a_name_narrows_to_the_reports_that_use_it() -> None:
    told = report("2024-06-17", visit(purpose="an ammunition deal"), title="Putin ke Korea Utara")

    assert matches(ask("korea ammunition"), trip_of([told]))
    assert not matches(ask("korea tourism"), trip_of([told]))
    assert ask("korea ammunition").mentions


@pytest.mark.parametrize("query", ["", "  ", "visits", "?!"])
def test_nothing_named_is_everything(query: str) -> None:
    topic = ask(query)

    assert (topic.mentions, topic.words, topic.window) == ((), (), None)
    assert finds(query)
    assert matches_headline(topic, "Markets close higher")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("korea", "Seoul markets close higher"),
        ("korea", "Trump says North Korean troops moved"),
        ("한국", "서울서 열린 회의"),
        ("korea", "북한이 미사일을 발사했다"),
        ("russia", "Rusia dan dunia"),
        ("kremlin", "Russian oil flows on"),
        ("putin", "푸틴의 하루"),
        ("foreign minister", "Menlu bertemu pengusaha"),
        ("UN", "PBB mengecam serangan"),
        ("dupont", "Dupont speaks"),
        ("미사일", "북한이 미사일을 발사했다"),
    ],
)
def test_a_headline_is_of_a_topic_in_whatever_language_it_names_it(query: str, title: str) -> None:
    assert matches_headline(ask(query), title)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("한국", "북한이 미사일을 발사했다"),
        ("japan", "Japanner wins race"),
        ("korea ammunition", "Korea builds ships"),
        ("dupont", "Duponts speak"),
    ],
)
def test_a_headline_that_only_looks_like_it_is_not(query: str, title: str) -> None:
    assert not matches_headline(ask(query), title)


def test_a_feeds_own_labels_count_as_its_headlines_topics() -> None:
    assert matches_headline(ask("korea"), "Nothing of the kind", ["Korea"])
    assert matches_headline(ask("trade"), "Nothing of the kind", ["trade"])
    assert not matches_headline(ask("korea"), "Nothing of the kind", ["trade"])


def test_every_office_stands_for_known_roles_or_for_those_readings_make() -> None:
    """A role misspelt here would find nothing, silently."""
    made_by_readings = {"envoy", "delegation"}

    assert frozenset().union(*OFFICES.values()) <= ROLES.keys() | made_by_readings


def test_a_cancelled_trip_is_of_its_topic_too() -> None:
    told = report("2024-06-17", visit("2024-06-18", status=Status.CANCELLED))

    assert matches(ask("korea"), trip_of([told]))


@given(st.text(max_size=40))
def test_any_question_is_understood_somehow(query: str) -> None:
    topic = ask(query)

    assert topic.query == query
    assert matches_headline(topic, " ".join(topic.words)) or topic.mentions
