"""Who is meant: people listed and unlisted, surnames, offices and titles alone."""

import dataclasses
import datetime as dt

import pytest

from digest.facts import PartialDate
from digest.offices import rank_of
from digest.packs import Pack
from digest.people import Actor
from digest.world import Person, Rank, Term, World
from tests.packs import SPACED, Tongue, joined_pack, spaced_pack
from tests.worlds import WORLD


def _person(name: str, *terms: Term, short: str | None = None) -> Person:
    return Person(name=name, names={"en": (name,)}, short={"en": (short,)} if short else {}, terms=terms)


def _term(country: str, role: str, since: str, until: str | None = None) -> Term:
    return Term(
        country=country,
        role=role,
        since=PartialDate.parse(since),
        until=PartialDate.parse(until) if until else None,
    )


def _world(*people: Person) -> World:
    return dataclasses.replace(WORLD, people=people)


def _actors(
    *lines: str, pack: Pack | None = None, world: World = WORLD, on: dt.date | None = dt.date(2024, 6, 17)
) -> list[Actor]:
    """The actors of the last of the lines."""
    tongue = Tongue.of(pack or spaced_pack(), "", *lines, world=world, on=on)
    return list(tongue.scenes()[-1].actors)


def _told(*lines: str, pack: Pack | None = None, world: World = WORLD) -> list[tuple[str | None, ...]]:
    return [(a.party.name, a.party.country, a.party.role) for a in _actors(*lines, pack=pack, world=world)]


CAMERON = _person(
    "David Cameron",
    _term("GB", "prime minister", "2010-05-11", "2016-07-13"),
    _term("GB", "foreign secretary", "2023-11-13", "2024-07-05"),
    short="Cameron",
)


@pytest.mark.parametrize(
    ("role", "rank"),
    [
        ("president", Rank.HEAD),
        ("minister of fisheries", Rank.MINISTER),
        ("gardener", Rank.OTHER),
        (None, Rank.OTHER),
    ],
)
def test_an_unlisted_office_ranks_by_its_words(role: str | None, rank: Rank) -> None:
    """A minister of whatever is a minister; nobody without an office leads a visit."""
    assert rank_of(role) is rank


@pytest.mark.parametrize(
    ("day", "role"),
    [(dt.date(2012, 1, 1), "prime minister"), (dt.date(2024, 1, 1), "foreign secretary")],
)
def test_the_office_is_the_one_held_on_the_articles_day(day: dt.date, role: str) -> None:
    """An article of 2012 speaks of a prime minister, one of 2024 of a foreign secretary."""
    [actor] = _actors("David Cameron spoke", world=_world(CAMERON), on=day)

    assert actor.party.role == role


def test_a_bare_surname_is_news_only_around_a_term() -> None:
    """A Cameron of 2019 may be anybody; shortly before a term and after it is the one known."""
    world = _world(CAMERON)

    assert _actors("Cameron spoke", world=world, on=dt.date(2019, 1, 1)) == []
    assert [a.key for a in _actors("Cameron spoke", world=world, on=dt.date(2016, 12, 1))] == [
        "David Cameron"
    ]
    assert [a.key for a in _actors("Cameron spoke", world=world, on=dt.date(2010, 2, 1))] == ["David Cameron"]


def test_a_surname_of_several_means_the_one_told_before() -> None:
    """After Kim Yo Jong, "Kim" is she, whoever ranks higher."""
    assert _told("Kim Yo Jong spoke", "Kim left")[0][0] == "Kim Yo Jong"


def test_a_surname_of_several_means_the_highest_in_office() -> None:
    """Without more, "Kim" is the leader; of an undated article nobody can tell."""
    assert _told("Kim spoke")[0][0] == "Kim Jong Un"
    assert _actors("Kim spoke", on=None) == []


def test_the_country_beside_a_surname_picks_the_person() -> None:
    """Two people of one name are told apart by the country told with it, or by the office."""
    world = _world(
        _person("Ann Lee", _term("KR", "president", "2020"), short="Lee"),
        _person("Bob Lee", _term("JP", "president", "2020"), short="Lee"),
        _person("Cy Lee", _term("JP", "foreign minister", "2020"), short="Lee"),
    )

    assert _told("South Korean President Lee spoke", world=world)[0][0] == "Ann Lee"
    assert _told("Japanese Foreign Minister Lee spoke", world=world)[0][0] == "Cy Lee"


def test_a_head_of_states_title_beside_somebody_else_is_not_theirs() -> None:
    """Nobody becomes president by standing beside the word."""
    assert _told("President Kim Yo Jong spoke") == [("Kim Yo Jong", "KP", "department director")]


def test_an_unlisted_person_is_found_by_title_and_capitals() -> None:
    """A title, a country and a name make a party; the surname alone is they again."""
    assert _told("Japanese Foreign Minister Jane Doe spoke") == [("Jane Doe", "JP", "foreign minister")]
    assert _told("Japanese Foreign Minister Jane Doe spoke", "Doe left") == [
        ("Jane Doe", "JP", "foreign minister")
    ]


def test_an_unlisted_name_told_again_in_full_is_one_phrase() -> None:
    """What stands beside it counts from its first word: "A and Jane Doe"."""
    [actor] = _actors("Japanese Foreign Minister Jane Doe spoke", "later Jane Doe left")

    assert (actor.key, actor.end - actor.start) == ("Jane Doe", len("Jane Doe"))


def test_the_country_behind_an_unlisted_name_is_theirs() -> None:
    """ "President Jane Doe of Japan"; one that no word of possession links is where they go."""
    groups = {**SPACED["markers"]["before"], "of": ["of"]}
    pack = spaced_pack(markers={"before": groups})

    assert _told("President Jane Doe of Japan spoke", pack=pack) == [("Jane Doe", "JP", "president")]
    assert _told("President Jane Doe in Japan spoke", pack=pack) == [("Jane Doe", None, "president")]


def test_a_monarch_is_the_one_whose_first_name_the_article_tells() -> None:
    """Kings are called by their first names, often only after "the King"."""
    pack = spaced_pack(titles={"titles": {"king": ["king"]}})
    world = _world(
        _person("Carl I of Germany", _term("DE", "king", "2000")),
        _person("Olaf II of Japan", _term("JP", "king", "2000")),
    )

    told = _actors("the king left. Carl waved", pack=pack, world=world)
    assert [a.key for a in told] == ["Carl I of Germany"]
    told = _actors("Carl, king of Germany, left", pack=pack, world=world)
    assert [a.key for a in told] == ["Carl I of Germany"]
    assert _actors("the king left. Carl waved at Olaf", pack=pack, world=world) == []
    assert _actors("Mr King left. Carl waved", pack=pack, world=world) == []
    nameless = _actors("the king of Germany left", pack=pack, world=world)
    assert [a.key for a in nameless] == ["DE/king"]


def test_the_office_told_later_with_the_surname_is_the_same_person() -> None:
    """ "Foreign Minister Doe" after "Jane Doe" is she, with what was known of her."""
    told = _told("Japanese Foreign Minister Jane Doe spoke", "Foreign Minister Doe left")

    assert told == [("Jane Doe", "JP", "foreign minister")]


def test_an_office_alone_is_whoever_of_the_cast_holds_it() -> None:
    """ "The Russian president" after "Vladimir Putin" is he; of a country without one told, an office."""
    assert _told("Vladimir Putin spoke", "the Russian president left")[0][0] == "Vladimir Putin"
    assert _told("Vladimir Putin spoke", "the Japanese president left") == [(None, "JP", "president")]


def test_an_office_of_no_country_and_nobody_is_no_actor() -> None:
    """ "The president" of an article that told none could be a club's."""
    assert _told("the president left") == []


def test_the_popes_state_needs_no_word() -> None:
    """Only one state has a pope."""
    assert _told("the pope left") == [(None, "VA", "pope")]


def test_a_delegation_has_no_name() -> None:
    """The capitals behind "delegation" name no member of it."""
    assert _told("the Japanese delegation Meiji Hall") == [(None, "JP", "delegation")]


def test_pronouns_of_the_pack_do_not_name_people_by_themselves() -> None:
    """A word of the lexicon that is no part of a phrase makes no actor."""
    assert _told("he visited there") == []


def test_a_surname_in_somebody_elses_full_name_is_that_persons() -> None:
    """After "Howard Putin", "Putin" is Howard, not the president; once told in full, it is he again."""
    assert _told("Howard Putin sang", "Putin left") == []
    assert _told("Howard Putin sang", "Vladimir Putin spoke", "Putin left")[0][0] == "Vladimir Putin"


def test_the_office_at_home_is_of_the_papers_country() -> None:
    """In a paper with a country of its own, an unlisted official without a country is one of it; a head
    of state is told with a country or is unknown.
    """
    home = spaced_pack(pack={"home_country": "JP"})

    assert _told("Foreign Minister Jane Doe left", pack=home) == [("Jane Doe", "JP", "foreign minister")]
    assert _told("President Jane Doe left", pack=home) == [("Jane Doe", None, "president")]


def test_the_president_with_a_capital_is_the_papers_own() -> None:
    """In a paper of Japan "President" is Japan's, "president" whoever was told last."""
    home = spaced_pack(pack={"home_country": "JP"})
    told = ("Japanese President Jane Doe spoke", "Vladimir Putin spoke")

    assert _told(*told, "President left", pack=home)[0][0] == "Jane Doe"
    assert _told(*told, "the president left", pack=home)[0][0] == "Vladimir Putin"


def test_without_a_country_of_its_own_a_dateline_says_whose_minister_it_is() -> None:
    """A report from Tokyo on "Foreign Minister Doe" means Japan's; companies have presidents too."""
    tongue = Tongue.of(spaced_pack(), "", "Foreign Minister Jane Doe met President John Roe")
    tongue.cast.dateline = "JP"
    countries = {a.party.name: a.party.country for a in tongue.scenes()[1].actors}

    assert countries == {"Jane Doe": "JP", "John Roe": None}


def test_an_office_told_before_the_name_is_the_named_one() -> None:
    """ "The Russian president" of the lead is the Putin whom the text names later; "leader" is any head."""
    tongue = Tongue.of(spaced_pack(), "", "the Russian president left", "Vladimir Putin spoke")
    first, second = tongue.scenes()[1:]

    assert first.actors[0].party.name is None
    assert tongue.cast.named_holder(first.actors[0]).key == second.actors[0].key == "Vladimir Putin"


def test_an_office_with_two_holders_is_the_one_who_holds_it_now() -> None:
    """A predecessor told in the same article does not take the office over."""
    old = _person("Ann Old", _term("JP", "president", "2010", "2015"))
    new = _person("Ben New", _term("JP", "president", "2016"))
    tongue = Tongue.of(
        spaced_pack(), "", "the Japanese president left", "Ann Old and Ben New spoke", world=_world(old, new)
    )
    [office] = tongue.scenes()[1].actors

    assert office.party.name is None
    assert tongue.cast.named_holder(office).party.name == "Ben New"


def test_an_office_of_nobody_named_stays_an_office() -> None:
    """No name is guessed for an office."""
    tongue = Tongue.of(spaced_pack(), "", "the Japanese president left", "Vladimir Putin spoke")
    [office] = tongue.scenes()[1].actors

    assert tongue.cast.named_holder(office) is office


def test_a_surname_told_first_is_completed_by_the_full_name() -> None:
    """The headline's "Foreign Minister Doe" is the text's only Jane Doe of that country."""
    tongue = Tongue.of(
        spaced_pack(), "Japanese Foreign Minister Doe left", "Japanese Foreign Minister Jane Doe left"
    )
    short, full = (scene.actors[0] for scene in tongue.scenes())

    assert short.party.name == "Doe"
    assert tongue.cast.named_holder(short).party.name == full.party.name == "Jane Doe"


KOREAN = joined_pack()


def test_joined_names_stand_before_their_titles() -> None:
    """홍길동 부장 is an unlisted person; of the paper's own country where none is told."""
    assert _told("홍길동 부장은", pack=KOREAN) == [("홍길동", "KR", "director")]
    assert _told("홍길동(洪吉童) 부장은", pack=KOREAN) == [("홍길동", "KR", "director")]


def test_a_surname_before_a_title_is_whoever_has_it() -> None:
    """김 위원장 after 김정은 is he; 박 부장 after him is not."""
    assert _told("김정은은 말했다", "김 위원장은", pack=KOREAN)[0][0] == "Kim Jong Un"
    assert _told("김정은은 말했다", "박 부장은", pack=KOREAN) == []


def test_a_title_alone_in_a_paper_of_one_country() -> None:
    """위원장 of an article is the last one told; of a country told, that country's."""
    assert _told("김정은은 말했다", "위원장은", pack=KOREAN)[0][0] == "Kim Jong Un"
    assert _told("러시아 대통령은", pack=KOREAN) == [(None, "RU", "president")]
