"""A tiny world for the tests that need names."""

from collections.abc import Iterable

from digest.world import Body, Country, Names, Person, Place, PlaceKind, Region, Term, World

__all__ = ["WORLD"]


def _country(
    code: str, capital: str | None, adjectives: Iterable[str] = (), /, **names: tuple[str, ...]
) -> Country:
    return Country(code=code, names=names, adjectives={"en": tuple(adjectives)}, capital=capital)


def _place(name: str, country: str, kind: PlaceKind, ko: str) -> Place:
    return Place(name=name, country=country, kind=kind, names={"en": (name,), "ko": (ko,)})


def _person(name: str, country: str, role: str, *, short: Names, **names: tuple[str, ...]) -> Person:
    forms = {"en": (name,), **names}
    return Person(name=name, names=forms, short=short, terms=(Term(country=country, role=role),))


WORLD = World(
    countries={
        country.code: country
        for country in (
            _country(
                "KP",
                "Pyongyang",
                ("North Korean",),
                en=("North Korea", "DPRK"),
                id=("Korea Utara", "Korut"),
                ko=("북한",),
            ),
            _country(
                "KR",
                "Seoul",
                ("South Korean",),
                en=("South Korea",),
                id=("Korea Selatan",),
                ko=("한국", "남한"),
            ),
            _country("JP", "Tokyo", ("Japanese",), en=("Japan",), id=("Jepang",), ko=("일본",)),
            _country("DE", "Berlin", ("German",), en=("Germany",), id=("Jerman",), ko=("독일",)),
            _country("RU", "Moscow", ("Russian",), en=("Russia",), id=("Rusia",), ko=("러시아",)),
            _country("VN", "Hanoi", ("Vietnamese",), en=("Vietnam",), ko=("베트남",)),
            _country("CI", None, (), en=("Côte d’Ivoire",)),
            _country("CD", None, ("Congolese",), en=("DR Congo", "Congo")),
            _country("CG", None, ("Congolese",), en=("Republic of the Congo", "Congo")),
            Country(
                code="US",
                names={"en": ("United States",), "ko": ("미국",)},
                abbreviations={"en": ("US", "U.S."), "ko": ("미",)},
            ),
        )
    },
    people=(
        _person("Kim Jong Un", "KP", "supreme leader", short={"en": ("Kim",)}, ko=("김정은",)),
        _person("Kim Yo Jong", "KP", "department director", short={"en": ("Kim",)}, ko=("김여정",)),
        _person("Vladimir Putin", "RU", "president", short={"en": ("Putin",), "ko": ("푸틴",)}),
        _person("Vietnam Somebody", "VN", "president", short={"en": ("Vietnam",)}),
    ),
    places=(
        _place("Pyongyang", "KP", PlaceKind.CAPITAL, "평양"),
        _place("Seoul", "KR", PlaceKind.CAPITAL, "서울"),
        _place("Tokyo", "JP", PlaceKind.CAPITAL, "도쿄"),
        _place("Kremlin", "RU", PlaceKind.SEAT, "크렘린"),
        _place("Of", "TR", PlaceKind.CITY, "오프"),
        _place("Vladivostok", "RU", PlaceKind.CITY, "블라디보스토크"),
    ),
    regions=(
        Region(
            id="korea",
            names={
                "en": ("Korea", "Korean Peninsula"),
                "id": ("Korea", "Semenanjung Korea"),
                "ko": ("한반도",),
            },
            countries=("KP", "KR"),
        ),
        Region(id="asia", names={"en": ("Asia",)}, countries=("KP", "KR", "JP", "VN", "RU")),
    ),
    bodies=(
        Body(
            id="un",
            name="United Nations",
            names={"en": ("United Nations",), "id": ("PBB",), "ko": ("유엔",)},
            abbreviations={"en": ("UN",)},
        ),
    ),
)
