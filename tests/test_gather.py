"""Many sentences, one visit: what the claims of an article come to."""

import datetime as dt

import pytest

from digest.facts import Article, Salience, Scope, Status, Visit
from digest.gather import Gathered, gather
from digest.reading import read
from tests.packs import Tongue, spaced_pack

MONDAY = dt.date(2024, 6, 17)


def _gathered(*lines: str, title: str = "", on: dt.date | None = MONDAY) -> tuple[Gathered, ...]:
    tongue = Tongue.of(spaced_pack(), title, *lines, on=on)
    return gather(tongue.text, tongue.claims(), on, "xx")


def _visits(*lines: str, title: str = "", on: dt.date | None = MONDAY) -> list[Visit]:
    return [one.visit for one in _gathered(*lines, title=title, on=on)]


def _read(language: str, text: str, title: str | None = None, *, on: dt.date = MONDAY) -> list[Visit]:
    """What a shipped pack reads."""
    reading = read(Article(text=text, title=title, published_at=on))
    assert reading.language == language
    return list(reading.visits)


def _told(visits: list[Visit]) -> list[tuple[str | None, str, str, str]]:
    return [(v.visitors[0].name, v.country, str(v.start), str(v.status)) for v in visits]


def test_sentences_about_one_visit_are_one_visit() -> None:
    """Places, hosts and dates of all of them are together; the surest sentence is the evidence."""
    [visit] = _visits(
        "Putin will visit North Korea",
        "Putin will visit Pyongyang on 18 June with Kim Jong Un",
    )

    assert (visit.country, [d.place for d in visit.destinations]) == ("KP", ["Pyongyang"])
    assert [h.name for h in visit.hosts] == ["Kim Jong Un"]
    assert str(visit.start) == "2024-06-18"
    assert visit.rule == "xx/visit/visit"
    assert visit.scope is Scope.INTERNATIONAL


def test_another_visitor_country_or_time_is_another_visit() -> None:
    """Nothing is joined that differs in who, where or when."""
    visits = _visits(
        "Putin will visit Tokyo on 20 June 2024",
        "Kim Jong Un will visit Tokyo on 20 June 2024",
        "Putin will visit Germany",
        "Putin will visit Tokyo on 20 June 2025",
    )

    assert {(v.visitors[0].name, v.country, str(v.start)) for v in visits} == {
        ("Vladimir Putin", "JP", "2024-06-20"),
        ("Kim Jong Un", "JP", "2024-06-20"),
        ("Vladimir Putin", "DE", "None"),
        ("Vladimir Putin", "JP", "2025-06-20"),
    }


def test_days_apart_by_less_than_a_trip_are_one_visit() -> None:
    """One report gives the day of leaving, another that of arriving."""
    assert len(_visits("Putin visited Tokyo on 10 June", "Putin visited Tokyo on 14 June")) == 1


def test_a_claim_below_the_threshold_makes_no_visit() -> None:
    """A phrase far away in another clause is too unsure to be told."""
    far = "while " * 3

    assert _visits(f"Putin, {far} as it was and is and may be, visited, {far} as it is, to Tokyo") == []


def test_whoever_stands_for_no_country_makes_no_visit() -> None:
    """A president of nobody knows what is no official visitor."""
    assert _visits("President Jane Doe visited Tokyo") == []


def test_whoever_leads_an_alliance_is_at_the_desk_where_it_sits() -> None:
    """What is said in Brussels is no visit to Belgium; an arrival would be told as one."""
    spoke = "NATO-Generalsekretär Jens Stoltenberg hielt am Montag in {} eine Rede über die Ukraine."

    assert _read("de", spoke.format("Brüssel")) == []
    assert [visit.country for visit in _read("de", spoke.format("Madrid"))] == ["ES"]
    arrived = _read("de", "NATO-Generalsekretär Jens Stoltenberg ist am Montag in Wien eingetroffen.")
    assert [visit.country for visit in arrived] == ["AT"]


def test_a_sentence_without_a_place_adds_to_the_visit_just_told() -> None:
    """ "Putin met Kim" some sentences on gives the host, but no days; far behind, it speaks of something
    else.
    """
    near = _visits("Putin visited Pyongyang", "Putin met Kim Yo Jong")
    later = _visits("Putin visited Pyongyang", *["So."] * 3, "Putin met Kim Yo Jong on 12 June 2024")
    far = _visits("Putin visited Pyongyang", *["So."] * 12, "Putin met Kim Yo Jong")

    assert [h.name for h in near[0].hosts] == ["Kim Yo Jong"]
    assert [([h.name for h in v.hosts], v.start) for v in later] == [(["Kim Yo Jong"], None)]
    assert [list(v.hosts) for v in far] == [[]]


def test_the_company_of_a_leader_makes_no_visit_of_its_own() -> None:
    """Who goes the same way at the same time in a lower office is told among the visitors."""
    [visit] = _visits("Kim Jong Un visited Tokyo", "Kim Yo Jong visited Tokyo")

    assert [v.name for v in visit.visitors] == ["Kim Jong Un", "Kim Yo Jong"]


def test_company_at_another_time_is_a_visit_of_its_own() -> None:
    """An envoy months before prepared the way; she was not along."""
    visits = _visits("Kim Jong Un visited Tokyo on 12 June 2024", "Kim Yo Jong visited Tokyo on 12 June 2023")

    assert len(visits) == 2


def test_the_lead_is_the_headline_and_the_rest_background() -> None:
    """Told in the title or the first sentences: headline; later: background, and behind the headlines."""
    visits = _visits("So.", "So.", "So.", "Kim Jong Un visited Tokyo", title="Putin visited Germany")

    assert [(v.visitors[0].name, v.salience) for v in visits] == [
        ("Vladimir Putin", Salience.HEADLINE),
        ("Kim Jong Un", Salience.BACKGROUND),
    ]


def test_what_lies_far_back_is_background_wherever_it_stands() -> None:
    """A visit of last year, by its date or its words, is no news."""
    [dated] = _visits("Putin visited Tokyo on 12 June 2023")
    [worded] = _visits("Putin visited Tokyo last year")

    assert (dated.salience, worded.salience) == (Salience.BACKGROUND, Salience.BACKGROUND)
    assert worded.status is Status.COMPLETED


def test_a_visit_of_the_past_and_the_one_to_come_are_two() -> None:
    """The plan takes no date and no status of the visit that it recalls."""
    visits = _visits("Putin will visit Tokyo", "Putin visited Tokyo on 12 June 2023")

    assert [(str(v.start), v.status) for v in visits] == [
        ("None", Status.PLANNED),
        ("2023-06-12", Status.COMPLETED),
    ]


def test_a_visit_at_home_is_domestic() -> None:
    """Whoever stays in their own country crosses no border."""
    [visit] = _visits("Kim Jong Un visited Pyongyang")

    assert visit.scope is Scope.DOMESTIC


def test_stops_of_one_tour_know_the_one_before() -> None:
    """Japan, then Germany: the second follows the first, which follows none."""
    visits = _visits("Putin will fly to Japan and Germany")

    assert [(v.country, v.follows) for v in visits] == [("JP", None), ("DE", 0)]


def test_a_stop_is_over_once_a_later_one_has_begun() -> None:
    """Who arrived in Seoul on Sunday has left Singapore, where they arrived on Friday."""
    visits = _read(
        "en",
        "Russian President Vladimir Putin arrived in Singapore on Friday for a state visit.\n"
        "On Sunday Putin arrived in Seoul for talks with the South Korean president.",
    )

    assert [(v.country, v.status) for v in visits] == [("SG", Status.COMPLETED), ("KR", Status.UNDERWAY)]


def test_a_visit_called_off_is_off_whatever_was_planned() -> None:
    """One sentence that cancels outweighs those that tell the plan."""
    [visit] = _visits(
        "Putin will visit Tokyo, Putin will visit Tokyo", "Putin cancelled and visited Tokyo not"
    )

    assert visit.status is Status.CANCELLED


def test_the_precise_date_counts_and_a_length_gives_the_end() -> None:
    """Whichever sentence tells them, first day and length make the last day."""
    [visit] = _visits("Putin will visit Tokyo for a 3 day stay", "Putin will visit Tokyo on 18 June")

    assert (str(visit.start), str(visit.end), visit.date_text) == ("2024-06-18", "2024-06-20", "18 June")


def test_a_last_day_told_alone_ends_the_visit() -> None:
    """ "Until Friday" in one sentence ends what another begins; with a length it gives the first day."""
    [both] = _visits("Putin will visit Tokyo on 18 June", "Putin will visit Tokyo until Friday")
    [length] = _visits("Putin will visit Tokyo until Friday of a 3 day stay")
    [alone] = _visits("Putin will visit Tokyo until Friday")

    assert (str(both.start), str(both.end)) == ("2024-06-18", "2024-06-21")
    assert (str(length.start), str(length.end)) == ("2024-06-19", "2024-06-21")
    assert (alone.start, str(alone.end)) == (None, "2024-06-21")


def test_an_undated_article_tells_no_history() -> None:
    """Without a day of its own nothing lies far back."""
    [visit] = _visits("Putin visited Tokyo on 12 June 2003", on=None)

    assert visit.salience is Salience.HEADLINE


def test_places_beside_the_visit_are_its_places_where_none_is_its_goal() -> None:
    """ "In Tokyo" of the sentence that sends Putin to Japan is where he goes; a seat is not."""
    [visit] = _visits("Near Tokyo people waved, Putin visited Japan")

    assert [d.place for d in visit.destinations] == ["Tokyo"]


def test_every_claim_of_a_visit_is_kept_to_explain_it() -> None:
    """None is lost, and none is counted twice."""
    [one] = _gathered("Putin visited Tokyo", "Putin visited Tokyo on 14 June")

    assert len(one.told) == 2


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "en",
            "South Korean President Yoon Suk Yeol invited Japanese Prime Minister Fumio Kishida to Seoul on "
            "3 June.",
            ("Fumio Kishida", "KR", "None", "possible"),
        ),
        (
            "id",
            "Presiden Korea Selatan Yoon Suk Yeol mengundang Perdana Menteri Jepang Fumio Kishida, 3 Juni, "
            "untuk berkunjung ke Seoul.",
            ("Fumio Kishida", "KR", "None", "possible"),
        ),
    ],
)
def test_the_day_of_an_invitation_is_not_that_of_the_visit(
    language: str, text: str, told: tuple[str, str, str, str]
) -> None:
    """Whoever was asked on the 3rd comes later, if at all."""
    assert told in _told(_read(language, text))


def test_a_stay_still_ahead_of_who_has_arrived_is_no_plan() -> None:
    """ "He will be here only 24 hours", behind the arrival and without a day, leaves the visit underway."""
    visits = _read(
        "hi",
        "विदेश मंत्री एस. जयशंकर सोमवार को पाकिस्तान पहुंचे। वह इस्लामाबाद में करीब 24 घंटे रहेंगे।",
    )
    assert [(v.country, v.status) for v in visits] == [("PK", Status.UNDERWAY)]


def test_a_noun_takes_the_day_of_the_verb_that_shares_its_words() -> None:
    """On Monday "arrived on Wednesday for a visit" lies behind; "a visit on Wednesday" alone lies ahead."""
    [came] = _read(
        "en", "President Joe Biden landed in Paris on Wednesday for a visit to France, aides said."
    )
    [ahead] = _read("en", "President Joe Biden's visit to France on Wednesday is long awaited, aides said.")

    assert (str(came.start), came.status) == ("2024-06-12", Status.COMPLETED)
    assert (str(ahead.start), ahead.status) == ("2024-06-19", Status.PLANNED)


def test_whom_they_meet_on_a_later_day_is_met_on_the_visit() -> None:
    """Who arrived on Sunday and will be received on Tuesday is there: underway, not planned."""
    [visit] = _read(
        "en",
        "Russian President Vladimir Putin arrived in Seoul on Sunday.\n"
        "On Tuesday Putin will be received by the South Korean president.",
    )

    assert (visit.status, str(visit.start)) == (Status.UNDERWAY, "2024-06-16")


def test_a_sure_visit_is_no_company_of_a_possible_one() -> None:
    """The minister goes; that his president may go too does not make the minister's visit uncertain."""
    visits = _read(
        "en",
        "Kim Jong Un has invited Russian President Vladimir Putin to North Korea.\n"
        "Russian Foreign Minister Sergey Lavrov will visit North Korea in October.",
    )

    assert ("Sergey Lavrov", "KP", "2024-10", "planned") in _told(visits)
