"""What a briefing says in plain words, in each language that has them."""

import datetime as dt
import string
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from bot.model import Briefing, BriefingItem, Conflict, FailedFeed, Section, Source, TourStop
from bot.render.wording import Wording, build_wording, load_wording
from bot.render.words import Words, known_languages, load_words
from digest.facts import Destination, Kind, PartialDate, Party, PurposeClass, Status
from digest.packs import load_pack
from digest.world import ROLES, Body, Country, Person, Place, PlaceKind, Term, World

NOW = dt.datetime(2024, 6, 17, 22, 30, tzinfo=dt.UTC)

WORLD = World(
    countries={
        "RU": Country(code="RU", names={"en": ("Russia",), "id": ("Rusia",), "ko": ("러시아",)}),
        "KP": Country(code="KP", names={"en": ("North Korea",), "id": ("Korea Utara",), "ko": ("북한",)}),
        "VN": Country(code="VN", names={"en": ("Vietnam",), "ko": ("베트남",)}),
    },
    people=(
        Person(
            name="Vladimir Putin",
            names={"en": ("Vladimir Putin",), "ko": ("블라디미르 푸틴",)},
            terms=(Term(country="RU", role="president"),),
        ),
        Person(
            name="Kim Jong Un",
            names={"en": ("Kim Jong Un",), "ko": ("김정은",)},
            terms=(Term(country="KP", role="supreme leader"),),
        ),
    ),
    places=(
        Place(
            name="Pyongyang",
            country="KP",
            kind=PlaceKind.CAPITAL,
            names={"en": ("Pyongyang",), "ko": ("평양",)},
        ),
    ),
    regions=(),
    bodies=(Body(id="un", name="United Nations", names={"en": ("United Nations",), "ko": ("유엔",)}),),
)

SOURCE = Source(name="detikNews", url=None, language="id", published_at=NOW, evidence="Putin akan tiba.")


def wording(language: str = "en") -> Wording:
    return build_wording(load_words(language), WORLD)


def item(**changes: Any) -> BriefingItem:
    values: dict[str, Any] = {
        "id": "t1",
        "section": Section.COMING,
        "visitors": (Party(name="Vladimir Putin", country="RU", role="president"),),
        "destinations": (Destination(country="KP", place="Pyongyang"),),
        "hosts": (Party(name="Kim Jong Un", country="KP"),),
        "start": PartialDate(2024, 6, 18),
        "end": PartialDate(2024, 6, 19),
        "status": Status.PLANNED,
        "sources": (SOURCE,),
    }
    return BriefingItem(**values | changes)


def briefing(**changes: Any) -> Briefing:
    values: dict[str, Any] = {"id": "b1", "query": "", "generated_at": NOW, "language": "en"}
    return Briefing(**values | changes)


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a language with its key."""
    if isinstance(value, str):
        yield path, value
    elif is_dataclass(value):
        for part in fields(value):
            yield from texts(getattr(value, part.name), f"{path}.{part.name}")
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from texts(part, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts(part, f"{path}[{key}]")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def date_free(found: set[str], key: str) -> set[str]:
    """Dates may leave out what a language does not say twice; all else says the same."""
    return set() if key.startswith(".dates") else found


@pytest.mark.parametrize("language", known_languages())
def test_every_language_says_everything_that_english_says(language: str) -> None:
    """A missing text or placeholder would lose a fact for the readers of one language only."""
    reference = {key: date_free(placeholders(text), key) for key, text in texts(load_words("en"))}

    words: Words = load_words(language)
    found = {key: date_free(placeholders(text), key) for key, text in texts(words)}

    assert words.language == language
    assert found == reference
    assert all(text.strip() for _, text in texts(words))


@pytest.mark.parametrize("language", known_languages())
def test_every_language_names_all_months_weekdays_sections_statuses_and_kinds(language: str) -> None:
    words = load_words(language)

    assert len(words.dates.months) == 12
    assert len(words.dates.weekdays) == 7
    assert set(words.sections) == set(Section)
    assert set(words.statuses) == set(Status)
    assert set(words.kinds) == set(Kind) - {Kind.UNKNOWN}


@pytest.mark.parametrize("language", known_languages())
def test_every_office_that_is_read_has_a_word(language: str) -> None:
    """Offices of the world data, and those that only the packs know."""
    read = {title.role for code in known_languages() for title in load_pack(code).titles if title.role}
    missing = (set(ROLES) | read) - set(load_words(language).roles)

    assert missing == set()


def test_a_language_without_words_is_told_in_english() -> None:
    assert load_wording("sw").language == "en"


def test_a_language_tag_with_a_region_finds_its_language() -> None:
    assert load_wording("ko-KR").language == "ko"


@pytest.mark.parametrize(
    ("language", "tour"),
    [("en", "North Korea → Vietnam"), ("id", "Korea Utara → Vietnam"), ("ko", "북한 → 베트남")],
)
def test_a_stop_of_a_tour_tells_all_of_them_in_their_order(language: str, tour: str) -> None:
    stops = (
        TourStop(id="t1", country="KP", start=PartialDate(2024, 6, 18)),
        TourStop(id="t2", country="VN", start=None),
    )

    assert wording(language).tour(item(tour=stops)) == tour
    assert wording(language).tour(item()) == ""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Vladimir Putin (Russia, president) → Pyongyang, North Korea; host: Kim Jong Un"),
        ("id", "Vladimir Putin (presiden Rusia) → Pyongyang, Korea Utara; tuan rumah: Kim Jong Un"),
        ("ko", "블라디미르 푸틴(러시아 대통령) → 북한 평양; 맞이하는 사람: 김정은"),
    ],
)
def test_a_trip_is_told_in_the_names_of_the_readers_language(language: str, told: str) -> None:
    assert wording(language).trip(item()) == told


def test_a_trip_without_a_host_says_nothing_of_one() -> None:
    told = wording().trip(item(hosts=()))

    assert told == "Vladimir Putin (Russia, president) → Pyongyang, North Korea"


def test_a_host_of_another_country_is_told_with_it() -> None:
    hosts = (Party(name="Vladimir Putin", country="RU", role="president"),)

    assert wording().hosts(item(hosts=hosts)) == "Vladimir Putin (Russia, president)"


@pytest.mark.parametrize(
    ("party", "told"),
    [
        (Party(name=None, country="RU", role="foreign minister"), "foreign minister (Russia)"),
        (Party(name=None, country="RU"), "Russia"),
        (Party(name=None, country=None, role="special envoy"), "special envoy"),
        (Party(name=None, country=None), "Visitor not named"),
        (Party(name="Somebody New", country=None), "Somebody New"),
        (
            Party(name="Somebody New", country="XX", role="Keeper of Seals"),
            "Somebody New (XX, Keeper of Seals)",
        ),
        (Party(name="United Nations", country=None), "United Nations"),
    ],
)
def test_a_party_is_told_by_what_is_known_of_it(party: Party, told: str) -> None:
    assert wording().party(party) == told


def test_a_body_has_its_name_in_the_readers_language() -> None:
    assert wording("ko").party(Party(name="United Nations", country=None)) == "유엔"


def test_a_title_that_the_name_has_already_is_not_told_again() -> None:
    sultan = Party(name="Sultan Aman", country="RU", role="sultan")

    assert wording().party(sultan) == "Sultan Aman (Russia)"
    assert wording().party(sultan, but_not={"RU"}) == "Sultan Aman"


def test_parties_beyond_five_are_counted() -> None:
    visitors = tuple(Party(name=f"V{number}", country=None) for number in range(8))

    assert wording().who(item(visitors=visitors)) == "V0, V1, V2, V3, V4 (+3)"


def test_a_trip_of_nobody_named_says_so() -> None:
    assert wording().who(item(visitors=())) == "Visitor not named"


def test_places_stand_with_their_country_and_countries_in_order() -> None:
    destinations = (
        Destination(country="KP", place="Pyongyang"),
        Destination(country="KP", place="Wonsan"),
        Destination(country="VN"),
        Destination(country="KP", place="Pyongyang"),
    )

    told = wording().where(item(destinations=destinations))

    assert told == "Pyongyang and Wonsan, North Korea and Vietnam"


@pytest.mark.parametrize(
    ("start", "end", "en", "id_", "ko"),
    [
        ("2024-06-18", None, "Tue 18 June 2024", "Selasa, 18 Juni 2024", "2024년 6월 18일(화)"),
        ("2024-06-18", "2024-06-18", "Tue 18 June 2024", "Selasa, 18 Juni 2024", "2024년 6월 18일(화)"),
        (
            "2024-06-18",
            "2024-06-19",
            "Tue 18 – Wed 19 June 2024",
            "Selasa, 18 – Rabu, 19 Juni 2024",
            "2024년 6월 18일(화)~19일(수)",
        ),
        (
            "2024-06-30",
            "2024-07-02",
            "Sun 30 June – Tue 2 July 2024",
            "Minggu, 30 Juni – Selasa, 2 Juli 2024",
            "2024년 6월 30일(일)~7월 2일(화)",
        ),
        (
            "2024-12-31",
            "2025-01-01",
            "Tue 31 December 2024 – Wed 1 January 2025",
            "Selasa, 31 Desember 2024 – Rabu, 1 Januari 2025",
            "2024년 12월 31일(화)~2025년 1월 1일(수)",
        ),
        ("2024-06", None, "June 2024", "Juni 2024", "2024년 6월"),
        ("2024-06", "2024-07", "June – July 2024", "Juni – Juli 2024", "2024년 6월~7월"),
        ("2024-12", "2025-01", "December 2024 – January 2025", "Desember 2024 – Januari 2025", None),
        ("2024", None, "2024", "2024", "2024년"),
        ("2024-06-30", "2024-07", "Sun 30 June 2024 – July 2024", None, None),
        (
            None,
            "2024-06-19",
            "until Wed 19 June 2024",
            "sampai Rabu, 19 Juni 2024",
            "2024년 6월 19일(수)까지",
        ),
        (None, None, "date not stated", "tanggal tidak disebut", "날짜 언급 없음"),
    ],
)
def test_dates_are_told_as_precisely_as_they_are_known(
    start: str | None, end: str | None, en: str, id_: str | None, ko: str | None
) -> None:
    trip = item(start=start and PartialDate.parse(start), end=end and PartialDate.parse(end))

    told = [wording(language).when(trip) for language in ("en", "id", "ko")]

    assert told == [en, id_ or told[1], ko or told[2]]


def test_another_date_is_told_with_who_gives_it() -> None:
    conflict = Conflict(slot="start", value="2024-06-16", sources=("CNN Indonesia", "detikNews"))

    told = wording().when(item(end=None, date_conflict=True, conflicts=(conflict,)))

    assert told == (
        "Tue 18 June 2024; a report's own weekday and date disagree; "
        "date given as Sun 16 June 2024 by CNN Indonesia and detikNews"
    )


def test_a_conflict_about_anything_else_is_told_apart_from_the_dates() -> None:
    conflicts = (
        Conflict(slot="end", value="2024-06-20", sources=("A",)),
        Conflict(slot="status", value="cancelled", sources=("B",)),
    )
    trip = item(conflicts=conflicts)

    assert wording().conflicts(trip) == ("certainty given as cancelled by B",)
    assert wording().when(trip).endswith("; last day given as Thu 20 June 2024 by A")


@pytest.mark.parametrize(
    ("kind", "purpose", "told"),
    [
        (Kind.UNKNOWN, None, ""),
        (Kind.STATE, None, "state visit"),
        (Kind.UNKNOWN, "kerja sama", "“kerja sama”"),
        (Kind.STATE, "kerja sama", "state visit: “kerja sama”"),
    ],
)
def test_the_purpose_is_quoted_as_the_article_words_it(kind: Kind, purpose: str | None, told: str) -> None:
    assert wording().why(item(kind=kind, purpose=purpose)) == told


@pytest.mark.parametrize(
    ("kind", "purpose", "told"),
    [
        (Kind.STATE, "a treaty", "state visit, signing of an agreement: “a treaty”"),
        (Kind.UNKNOWN, "a treaty", "signing of an agreement: “a treaty”"),
        (Kind.UNKNOWN, None, "signing of an agreement"),
    ],
)
def test_a_purpose_in_another_language_is_told_by_its_class_too(
    kind: Kind, purpose: str | None, told: str
) -> None:
    """The quotation may be in a script that the reader cannot read."""
    shown = item(kind=kind, purpose=purpose, purpose_class=PurposeClass.TREATY)
    assert wording().why(shown) == told


def test_a_summit_for_a_summit_is_told_once() -> None:
    """The form and the class say the same there."""
    assert wording().why(item(kind=Kind.SUMMIT, purpose_class=PurposeClass.SUMMIT)) == "summit"


@pytest.mark.parametrize(
    ("section", "changes", "told"),
    [
        (Section.COMING, {}, "planned"),
        (Section.NOW, {"status": Status.UNDERWAY}, "under way"),
        (Section.NOW, {}, "planned; should be under way by its dates, no report yet that it is"),
        (
            Section.PAST,
            {},
            "was planned for Tue 18 – Wed 19 June 2024, no report yet that it took place",
        ),
        (Section.PAST, {"start": None, "end": None}, "was planned, no report yet that it took place"),
        (
            Section.PAST,
            {"status": Status.POSSIBLE},
            "was thought possible, no report yet that it took place",
        ),
        (Section.PAST, {"status": Status.UNDERWAY}, "was under way at the last report"),
        (Section.PAST, {"status": Status.COMPLETED}, "took place"),
    ],
)
def test_no_trip_is_said_to_take_place_or_to_have_done_so_without_a_report(
    section: Section, changes: dict[str, Any], told: str
) -> None:
    assert wording().certainty(item(section=section, **changes)) == told


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (None, ""),
        ("planned -> underway", "planned → under way"),
        ("status planned -> postponed", "planned → postponed"),
        ("start 2024-06-16 -> 2024-06-18", "first day: Sun 16 June 2024 → Tue 18 June 2024"),
        (
            "planned -> postponed; start 2024-06-18 -> none",
            "planned → postponed; first day: Tue 18 June 2024 → not stated",
        ),
        ("planned", "planned"),
        ("end unknown -> 2024-06", "last day: not stated → June 2024"),
        ("place Pyongyang -> Wonsan", "place: Pyongyang → Wonsan"),
        ("two reports joined", "two reports joined"),
    ],
)
def test_a_change_of_the_record_is_told_in_words(changed: str | None, told: str) -> None:
    assert wording().changed(item(changed=changed)) == told


def test_a_change_is_told_with_those_who_say_so() -> None:
    changed = item(changed="start 2024-06-16 -> 2024-06-18", changed_by=("Yonhap", "TASS"))

    told = "first day: Sun 16 June 2024 → Tue 18 June 2024 (Yonhap and TASS)"
    assert wording().changed(changed) == told


def test_the_heading_tells_the_time_on_the_readers_clock() -> None:
    made = briefing(timezone="Asia/Seoul", name="Asia desk")

    assert wording().heading(made) == "Asia desk · Tue 18 June 2024, 07:30"
    assert wording("ko").heading(made) == "Asia desk · 2024년 6월 18일(화) 07:30"


def test_the_heading_of_an_answer_repeats_the_question() -> None:
    assert wording().heading(briefing(query="korea")) == "Briefing: korea · Mon 17 June 2024, 22:30"
    assert wording().heading(briefing()) == "Briefing · Mon 17 June 2024, 22:30"


def test_braces_in_what_people_type_are_no_placeholders() -> None:
    assert "{who}" in wording().heading(briefing(query="{who}"))
    assert "{0}" in wording().unknown_topic("{0}")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "No visits to tell of."),
        ({"name": "Asia desk"}, "Nothing new since the last briefing."),
        ({"query": "mars"}, "No visits known on “mars”."),
    ],
)
def test_an_empty_briefing_says_so(changes: dict[str, Any], told: str) -> None:
    assert wording().nothing(briefing(**changes)) == told


def test_the_foot_names_the_feeds_that_failed() -> None:
    failed = (FailedFeed(name="X", reason="timeout"), FailedFeed(name="Y", reason="HTTP 404"))

    assert wording().feeds_foot(briefing(feeds_answered=1)) == "Feeds that answered: 1"
    assert wording().feeds_foot(briefing(feeds_answered=27, feeds_failed=failed)) == (
        "Feeds that answered: 27; failed: X (timeout), Y (HTTP 404)"
    )


def test_a_source_tells_its_language_and_its_day_on_the_readers_clock() -> None:
    undated = Source(name="Y", url=None, language=None, published_at=None, evidence="")

    assert wording().source(SOURCE, "Asia/Seoul") == "detikNews (Indonesian, Tue 18 June 2024)"
    assert wording("ko").source(SOURCE, "UTC") == "detikNews (인도네시아어, 2024년 6월 17일(월))"
    assert wording().source(undated, "UTC") == "Y"


@pytest.mark.parametrize("language", known_languages())
def test_a_stranger_gets_one_line_with_the_id_for_the_admin(language: str) -> None:
    told = wording(language).stranger("-1001234567890")

    assert "-1001234567890" in told
    assert "\n" not in told


@pytest.mark.parametrize("language", known_languages())
def test_help_and_start_name_the_commands(language: str) -> None:
    assert {"/brief", "/history", "/help"} <= set(wording(language).help_text.split())
    assert "/brief" in wording(language).start_text
    assert set(wording(language).commands) == {"brief", "help", "history", "start"}
