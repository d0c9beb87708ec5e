"""Which reports come from one source."""

from hypothesis import given
from hypothesis import strategies as st

from digest.origins import Told, origins_of

SENTENCE = "the president will travel to the north on tuesday the kremlin said"


def _told(
    article: str, words: str = "", *, agency: str | None = None, language: str = "en", copy_of: str = ""
) -> Told:
    return Told(
        article=copy_of or article, agency=agency, language=language, words=words or f"words of {article}"
    )


def test_reports_of_their_own_have_origins_of_their_own() -> None:
    assert origins_of([_told("a"), _told("b"), _told("c")]) == [0, 1, 2]


def test_copies_of_an_article_come_from_it() -> None:
    assert origins_of([_told("a"), _told("b", copy_of="a"), _told("c", copy_of="a")]) == [0, 0, 0]


def test_one_agency_is_one_source_in_every_language() -> None:
    told = [
        _told("a", agency="reuters"),
        _told("b", agency="tass"),
        _told("c", agency="reuters", language="es"),
    ]

    assert origins_of(told) == [0, 1, 0]


def test_a_sentence_that_a_desk_has_touched_up_is_still_the_wires() -> None:
    told = [_told("a", SENTENCE), _told("b", SENTENCE.replace("tuesday", "tuesday june 18"))]

    assert origins_of(told) == [0, 0]


def test_another_sentence_about_the_same_is_another_source() -> None:
    other = "vladimir putin is expected in pyongyang for two days of talks with the leader of north korea"

    assert origins_of([_told("a", SENTENCE), _told("b", other)]) == [0, 1]


def test_short_sentences_must_be_the_same() -> None:
    """ "Putin in Pyongyang" and "Putin in Pyongyang?" are what any desk would write."""
    assert origins_of([_told("a", "putin in pyongyang"), _told("b", "putin in pyong yang")]) == [0, 1]
    assert origins_of([_told("a", "putin in pyongyang"), _told("b", "putin in pyongyang")]) == [0, 0]


def test_what_links_two_sources_makes_them_one() -> None:
    """A credited copy shows that the uncredited ones are the agency's too."""
    told = [
        _told("a", SENTENCE),
        _told("b", agency="tass"),
        _told("c", SENTENCE, agency="tass"),
        _told("d", "something else"),
    ]

    assert origins_of(told) == [0, 0, 0, 3]


_ANY = st.builds(
    _told,
    st.sampled_from("abc"),
    st.sampled_from(["", SENTENCE, SENTENCE + " again", "short"]),
    agency=st.none() | st.sampled_from(["tass", "reuters"]),
)


@given(st.lists(_ANY, max_size=8))
def test_an_origin_is_the_first_of_its_reports(told: list[Told]) -> None:
    origins = origins_of(told)

    assert len(origins) == len(told)
    assert all(origin <= at and origins[origin] == origin for at, origin in enumerate(origins))


@given(st.lists(_ANY, max_size=8))
def test_the_same_article_or_agency_is_never_two_sources(told: list[Told]) -> None:
    origins = origins_of(told)

    for mark in ("article", "agency", "words"):
        seen: dict[str, int] = {}
        for one, origin in zip(told, origins, strict=True):
            if value := getattr(one, mark):
                assert seen.setdefault(value, origin) == origin
