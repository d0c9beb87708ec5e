"""Where a visit may go: countries, places in them, lists of them."""

import dataclasses

import pytest

from digest.packs import Pack
from digest.places import Goal
from digest.world import Country, Place, PlaceKind, World
from tests.packs import Tongue, joined_pack, spaced_pack
from tests.worlds import WORLD


def _goals(text: str, pack: Pack | None = None, world: World = WORLD) -> list[Goal]:
    return list(Tongue.of(pack or spaced_pack(), "", text, world=world).scenes()[1].goals)


def _where(text: str, pack: Pack | None = None, world: World = WORLD) -> list[tuple[str, str | None]]:
    return [(goal.country, goal.place) for goal in _goals(text, pack, world)]


@pytest.mark.parametrize("text", ["in Tokyo, Japan", "in Tokyo (Japan)", "in Japan Tokyo"])
def test_a_place_beside_its_country_is_one_goal(text: str) -> None:
    """A city and its country go to one place."""
    assert _where(text) == [("JP", "Tokyo")]


def test_a_place_beside_another_country_is_two_goals() -> None:
    """ "Tokyo, Germany" lists; the city is not moved."""
    assert _where("in Tokyo, Germany") == [("JP", "Tokyo"), ("DE", None)]


def test_joined_names_put_the_country_first() -> None:
    """러시아 블라디보스토크 is one goal; 블라디보스토크 러시아 is none of that kind."""
    assert _where("러시아 블라디보스토크에서", joined_pack()) == [("RU", "Vladivostok")]
    assert _where("블라디보스토크 러시아에", joined_pack()) == [("RU", "Vladivostok"), ("RU", None)]


def test_a_country_with_its_initials_in_brackets_is_one_goal() -> None:
    """ "United States (US)" is named twice and visited once."""
    assert _where("to the United States (US) today") == [("US", None)]
    assert [(g.start, g.end) for g in _goals("to the United States (US) today")] == [(8, 26)]


@pytest.mark.parametrize(
    "text", ["in the Japanese capital", "in the Japanese capital, Tokyo", "in capital of Japan"]
)
def test_a_capital_may_be_told_by_its_country(text: str) -> None:
    """ "The Japanese capital" is Tokyo, with its name behind it or without."""
    assert _where(text) == [("JP", "Tokyo")]


def test_a_country_whose_capital_is_unknown_has_none() -> None:
    """A country without a capital in the world data makes no goal of "capital"."""
    assert _where("in the Congolese capital") == []


def test_goals_in_a_list_share_its_ends() -> None:
    """ "To Japan, Germany and Russia": the marker before the first holds for all."""
    goals = _goals("to Japan, Germany and Russia today")

    assert [g.country for g in goals] == ["JP", "DE", "RU"]
    assert {(g.lead, g.tail) for g in goals} == {(4, 29)}


def test_a_list_ends_behind_its_and() -> None:
    """In "Japan and Germany, Russia" the comma joins nothing: Russia speaks."""
    leads = [g.lead for g in _goals("to Japan and Germany, Russia agreed")]

    assert leads[0] == leads[1] != leads[2]


def test_who_says_so_is_no_part_of_the_list() -> None:
    """ "Will visit Japan, Germany said": Germany is where it was said."""
    leads = [g.lead for g in _goals("to Japan, Germany said")]

    assert len(set(leads)) == 2


def test_what_belongs_to_a_person_is_no_place() -> None:
    """ "The Russian president" goes to no Russia."""
    assert _where("Russian President Vladimir Putin in Tokyo") == [("JP", "Tokyo")]


def test_initials_with_a_noun_behind_them_are_no_place() -> None:
    """ "US politics" is about America; "the US" is there."""
    assert _where("in US politics") == []
    assert _where("in the US today") == [("US", None)]
    assert _where("to US, then") == [("US", None)]


def test_initials_before_the_trigger_are_the_goal() -> None:
    """ "His US trip" goes to America."""
    assert _where("his US trip") == [("US", None)]


def test_joined_initials_are_no_place() -> None:
    """A syllable that may be a country is too little to go to."""
    assert _where("미 방문", joined_pack()) == []


def test_a_seat_speaks_for_its_state() -> None:
    """The Kremlin is kept apart from places: it acts unless a marker makes it a place."""
    assert [g.seat for g in _goals("in the Kremlin and in Tokyo")] == [True, False]


def test_a_territory_belongs_to_its_state() -> None:
    """A visit to Guam is one to the United States; Hong Kong receives for itself."""
    countries = {
        **WORLD.countries,
        "GU": Country(code="GU", names={"en": ("Guam",)}, part_of="US"),
        "HK": Country(code="HK", names={"en": ("Hong Kong",)}, part_of="CN"),
    }
    world = dataclasses.replace(WORLD, countries=countries)

    assert _where("to Guam or to Hong Kong", world=world) == [("US", "Guam"), ("HK", None)]


def _nara(country: str, **more: object) -> Place:
    place = Place(name="Nara", country=country, kind=PlaceKind.CITY, names={"en": ("Nara",)})
    return dataclasses.replace(place, **more)  # type: ignore[arg-type]  # the fields differ in type


def test_a_name_of_several_places_is_the_larger_one_unless_its_country_is_told() -> None:
    """Nara in Japan has more people than Nara in Germany; beside "Germany" it is the latter."""
    world = dataclasses.replace(WORLD, places=(_nara("DE", population=10), _nara("JP", population=99)))

    assert _where("in Nara", world=world) == [("JP", "Nara")]
    assert _where("in Nara, Germany", world=world) == [("DE", "Nara")]


def test_an_ambiguous_place_needs_its_country() -> None:
    """A name that is a plain word too is a place only where its country stands beside it."""
    world = dataclasses.replace(WORLD, places=(_nara("JP", ambiguous=True),))

    assert _where("in Nara", world=world) == []
    assert _where("in Nara, Japan", world=world) == [("JP", "Nara")]


def test_an_ambiguous_place_is_clear_in_the_languages_that_say_so() -> None:
    """ "Lima" is a number in Indonesian and a city in Spanish."""
    language = spaced_pack().language
    here = dataclasses.replace(WORLD, places=(_nara("JP", ambiguous=True, clear_in=(language,)),))
    elsewhere = dataclasses.replace(WORLD, places=(_nara("JP", ambiguous=True, clear_in=("zz",)),))

    assert _where("in Nara", world=here) == [("JP", "Nara")]
    assert _where("in Nara", world=elsewhere) == []


def test_a_name_of_a_country_and_a_city_is_the_country() -> None:
    """Where both are spelt alike, the visit goes to the country."""
    place = Place(name="Japan", country="DE", kind=PlaceKind.CITY, names={"en": ("Japan",)})
    world = dataclasses.replace(WORLD, places=(place,))

    assert _where("in Japan", world=world) == [("JP", None)]
