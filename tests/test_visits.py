"""Triggers and their arguments: who goes where, by what one sentence says."""

import pytest

from digest.facts import Kind, Party, Status
from digest.packs import Pack
from digest.packs.schema import Tense
from digest.people import Actor
from digest.visits import Claim
from tests.packs import Tongue, joined_pack, spaced_pack


def _claims(*lines: str, pack: Pack | None = None) -> list[Claim]:
    """The claims of an article without a title."""
    return Tongue.of(pack or spaced_pack(), "", *lines).claims()


def _told(
    *lines: str, pack: Pack | None = None
) -> list[tuple[list[str | None], str | None, list[str | None]]]:
    """Visitors, country and hosts of each claim."""
    return [
        ([v.party.name or v.key for v in c.visitors], c.country, [h.party.name or h.key for h in c.hosts])
        for c in _claims(*lines, pack=pack)
    ]


PUTIN, KIM = "Vladimir Putin", "Kim Jong Un"


def _actor(name: str, country: str) -> Actor:
    return Actor(start=0, end=0, party=Party(name=name, country=country), key=name, form="named")


@pytest.mark.parametrize(
    ("text", "tense"), [("Putin visited Tokyo", Tense.PAST), ("Putin will visit Tokyo", Tense.FUTURE)]
)
def test_a_visitor_goes_to_a_goal(text: str, tense: Tense) -> None:
    """Who stands where the pack puts visitors goes to what stands where it puts goals."""
    [claim] = _claims(text)

    assert (claim.visitors[0].key, claim.country, claim.places, claim.tense) == (
        PUTIN,
        "JP",
        ("Tokyo",),
        tense,
    )
    assert claim.rule.rule == "visit"
    assert 0.5 < claim.score <= 1.0


def test_without_a_visitor_or_a_goal_there_is_no_visit() -> None:
    """Neither is guessed."""
    assert _claims("Somebody visited Tokyo") == []
    assert _claims("Putin visited his mother") == []


def test_the_host_is_who_stands_with_the_visitor_or_is_at_home() -> None:
    """ "With Kim" names him; an official of the visited country in the sentence is one too."""
    assert _told("Putin visited North Korea with Kim Jong Un") == [([PUTIN], "KP", [KIM])]
    assert _told("Kim Jong Un waved, Putin visited Pyongyang") == [([PUTIN], "KP", [KIM])]


def test_somebody_quoted_behind_the_visit_does_not_travel() -> None:
    """In "..., said Putin" Putin speaks; "by Putin" behind the verb travels."""
    assert _claims("visited Tokyo, said Vladimir Putin") == []
    assert _told("Tokyo was visited by Vladimir Putin in Tokyo") == [([PUTIN], "JP", [])]


def test_a_list_of_goals_is_a_claim_a_country() -> None:
    """ "Japan, Germany and Pyongyang" are three visits of one tour; their days are those of the tour."""
    claims = _claims("Putin will fly to Japan, Germany and Pyongyang")

    assert [(c.country, c.places, c.shared) for c in claims] == [
        ("JP", (), True),
        ("DE", (), True),
        ("KP", ("Pyongyang",), True),
    ]


def test_places_of_one_country_are_one_claim() -> None:
    """Two cities of a country make one visit."""
    [claim] = _claims("Kim Jong Un will fly to Vladivostok and Kremlin")

    assert (claim.country, claim.places, claim.shared) == ("RU", ("Vladivostok", "Kremlin"), False)


def test_the_word_itself_may_name_the_country() -> None:
    """Whoever "went north" went to North Korea; who lives there did not."""
    assert _told("Putin went north") == [([PUTIN], "KP", [])]
    assert _claims("Kim Jong Un went north") == []


def test_there_is_the_place_told_before() -> None:
    """In the sentence before, or earlier in the same one; of nothing told it means nothing."""
    assert _told("Tokyo is calm, Putin visited there")[0][1] == "JP"
    assert _told("Putin visited Tokyo", "Kim Jong Un visited there")[-1] == ([KIM], "JP", [])
    assert _claims("Putin visited there") == []


def test_there_is_one_stop_of_a_tour() -> None:
    """Behind a list of countries "there" is the one told last, not all of them."""
    tour = "Putin will visit Japan and Germany"

    assert _told(tour, "Japan is calm", "Kim Jong Un visited there")[-1] == ([KIM], "JP", [])
    assert [country for _, country, _ in _told(tour, "Kim Jong Un visited there")[2:]] == ["DE"]


def test_these_countries_are_all_stops_of_a_tour() -> None:
    """Behind a list of countries "these countries" is all of them, not the one told last."""
    tour = "Putin visited Germany and Japan"
    later = _told(tour, "Japan is calm", "Kim Jong Un visited these countries")[2:]
    assert [(who, country) for who, country, _ in later] == [([KIM], "DE"), ([KIM], "JP")]


def test_a_word_for_a_place_far_off_or_on_the_wrong_side_is_no_goal() -> None:
    """ "There" must stand where the slot wants its phrase."""
    assert _told("Putin visited Tokyo", "There is peace, Kim Jong Un visited")[1:] == []
    assert _told("Putin visited Tokyo", "Kim Jong Un visited " + "x " * 40 + "there")[1:] == []


def test_here_is_where_the_article_was_written() -> None:
    """ "Visited here" of a report from Tokyo goes to Japan; without a dateline nowhere."""
    tongue = Tongue.of(spaced_pack(), "", "Putin visited here", "Tokyo rests")
    scenes = tongue.scenes()
    written = Tongue.of(spaced_pack(), "", "Putin visited here")
    written.memory.here = scenes[2].goals[0]

    assert tongue.claims() == []
    assert [(c.country, c.places) for c in written.claims()] == [("JP", ("Tokyo",))]


def test_a_goal_left_out_is_the_last_one_told() -> None:
    """ "She came in June" goes where the text was, if that is not her home."""
    assert _told("Putin visited Tokyo", "Kim Jong Un came")[-1] == ([KIM], "JP", [])
    assert _told("Putin visited Pyongyang", "Kim Jong Un came")[1:] == []
    assert _claims("Kim Jong Un came") == []


def test_a_visitor_left_out_is_whom_the_text_is_about() -> None:
    """ "The trip to Tokyo" is the last traveller's, unless it goes to their own home."""
    tongue = Tongue.of(spaced_pack(), "", "the trip to Tokyo", "the trip to Pyongyang")
    tongue.memory.person = _actor(KIM, "KP")

    assert [(c.visitors[0].key, c.country) for c in tongue.claims()] == [(KIM, "JP")]


def test_of_several_people_the_traveller_is_meant() -> None:
    """Where the subject has gone nowhere, the trip is that of whom most sentences sent abroad."""
    tongue = Tongue.of(spaced_pack(), "", "Putin visited Tokyo", "the trip to Germany")
    tongue.memory.person = _actor(KIM, "KP")

    assert [c.visitors[0].key for c in tongue.claims()] == [PUTIN, PUTIN]


def test_no_visitor_at_all_is_no_trip() -> None:
    """Of an article that named nobody, "the trip to Tokyo" says nothing."""
    assert _claims("the trip to Tokyo") == []


def test_stops_take_all_goals_of_their_clause() -> None:
    """A list of stops goes on beyond commas and words between; the visitor may be left out."""
    tongue = Tongue.of(spaced_pack(), "", "the stops are Tokyo for rest, later in Seoul")
    tongue.memory.person = _actor(PUTIN, "RU")

    assert [(c.visitors[0].key, c.country) for c in tongue.claims()] == [(PUTIN, "JP"), (PUTIN, "KR")]


def test_who_is_received_has_come() -> None:
    """The host stays at home, or where a place is told; the guest's own country is no destination."""
    assert _told("Kim Jong Un received Vladimir Putin") == [([PUTIN], "KP", [KIM])]
    assert _told("Kim Jong Un received Vladimir Putin in Tokyo") == [([PUTIN], "JP", [KIM])]
    assert _told("Kim Jong Un received Vladimir Putin in Russia") == [([PUTIN], "KP", [KIM])]


def test_a_reception_needs_both() -> None:
    """A host without a guest, and a guest received by nobody, is no visit."""
    assert _claims("Kim Jong Un received a letter") == []
    assert _claims("Somebody received Vladimir Putin") == []


def test_whoever_is_not_at_home_has_travelled_to_a_meeting() -> None:
    """In Pyongyang Putin is the guest; in Tokyo both are."""
    assert _told("Vladimir Putin met Kim Jong Un in Pyongyang") == [([PUTIN], "KP", [KIM])]
    assert _told("Vladimir Putin met Kim Jong Un in Tokyo") == [
        ([PUTIN], "JP", [KIM]),
        ([KIM], "JP", [PUTIN]),
    ]


def test_a_place_behind_another_verb_is_not_where_they_met() -> None:
    """ "Met Kim and visited a school in Tokyo": the place goes with the visit."""
    claims = _claims("Vladimir Putin met Kim Jong Un and visited a school in Tokyo")

    assert {(c.rule.rule, c.country) for c in claims} == {("visit", "JP")}


def test_a_meeting_of_one_or_without_a_place_is_no_visit() -> None:
    """Nobody else, or no place: nothing says that somebody travelled."""
    assert _claims("Vladimir Putin met in Tokyo") == []
    assert _claims("Vladimir Putin met Kim Jong Un") == []


def test_a_meeting_on_a_trip_tells_the_host() -> None:
    """After "Putin visited Pyongyang", "met Kim" adds the host to that visit, whoever is named first."""
    assert _told("Putin visited Pyongyang", "Putin met Kim Jong Un")[-1] == ([PUTIN], None, [KIM])
    assert _told("Putin visited Pyongyang", "Somebody met Kim Jong Un")[-1] == ([PUTIN], None, [KIM])


def test_visitors_of_one_country_are_one_party() -> None:
    """ "Kim Jong Un and Kim Yo Jong" travel together."""
    assert _told("Kim Jong Un and Kim Yo Jong visited Tokyo") == [([KIM, "Kim Yo Jong"], "JP", [])]


def test_visitors_of_two_countries_are_two_claims() -> None:
    """ "Putin and Kim visited Japan": each goes; to the home of one of them only the other."""
    both = _told("Vladimir Putin and Kim Jong Un visited Tokyo")

    assert both == [([KIM], "JP", []), ([PUTIN], "JP", [])], "the one beside the verb first"
    assert _told("Kim Jong Un and Vladimir Putin visited Pyongyang") == [([PUTIN], "KP", [KIM])]


def test_a_meeting_by_video_is_none() -> None:
    """A word that says nobody travels voids the claim, wherever it stands."""
    assert _claims("Putin visited Tokyo while by video") == []


def test_cues_are_the_claims_status_words() -> None:
    """On their side and within their reach only."""
    assert _claims("Putin plans and will visit Tokyo")[0].statuses == (Status.PLANNED,)
    assert _claims("Putin will visit Tokyo, he plans")[0].statuses == ()
    assert _claims("Putin, as he plans and wants, more or less, will visit Tokyo")[0].statuses == ()
    assert _claims("Putin visited Tokyo last year")[0].history
    assert not _claims("Putin visited Tokyo while last year")[0].history


def test_the_form_of_the_visit_is_told_beside_it() -> None:
    """A word for the form counts near the trigger and in its own part of the sentence."""
    assert _claims("Putin on a state journey visited Tokyo")[0].kind is Kind.STATE
    assert _claims("a working or state guest Putin visited Tokyo")[0].kind is Kind.STATE
    assert _claims("by state, Putin visited Tokyo")[0].kind is Kind.UNKNOWN


def test_some_words_mean_a_visit_in_the_headline_only() -> None:
    """ "Putin bound for Tokyo" is a headline's way to say it."""
    trigger = {
        "rule": "bound",
        "frame": "visit",
        "title_only": True,
        "visitor": ["before:-"],
        "goal": ["after:-"],
    }
    pack = spaced_pack(triggers={"trigger": [{**trigger, "forms": {"present": ["bound"]}}]})

    assert [c.country for c in Tongue.of(pack, "Putin bound Tokyo").claims()] == ["JP"]
    assert _claims("Putin bound Tokyo", pack=pack) == []


def test_a_weak_trigger_does_not_reach_into_the_next_clause() -> None:
    """A verb that often means something else takes only the place of its own clause."""
    trigger = {
        "rule": "is",
        "frame": "visit",
        "visitor": ["before:-"],
        "goal": ["after:in"],
        "needs_goal": True,
    }
    weak = spaced_pack(triggers={"trigger": [{**trigger, "weak": True, "forms": {"past": ["was"]}}]})
    strong = spaced_pack(triggers={"trigger": [{**trigger, "forms": {"past": ["was"]}}]})

    assert _claims("Putin was ill while in Tokyo", pack=weak) == []
    assert [c.country for c in _claims("Putin was ill while in Tokyo", pack=strong)] == ["JP"]


def test_a_visit_without_a_place_is_told_where_the_pack_allows_it() -> None:
    """ "Putin's trip will be long": of the trip told before, so its country stays open."""
    assert _told("Putin's trip will be long") == [([PUTIN], None, [])]


def test_joined_arguments_are_marked_by_particles() -> None:
    """푸틴은 북한을 방문했다: who has the subject's particle goes where the object's is."""
    assert _told("푸틴은 북한을 방문했다", pack=joined_pack()) == [([PUTIN], "KP", [])]
    assert _told("푸틴을 북한은 방문했다", pack=joined_pack()) == []


def test_a_separable_verb_counts_with_its_other_part() -> None:
    """ "Putin called Tokyo" is no visit where only "called at ... in" is one."""
    trigger = {
        "rule": "x",
        "frame": "visit",
        "visitor": ["before:-"],
        "goal": ["after:-"],
        "particle": ["in"],
    }
    pack = spaced_pack(triggers={"trigger": [{**trigger, "forms": {"past": ["called"]}}]})
    assert [c.country for c in _claims("Putin called Tokyo in.", pack=pack)] == ["JP"]
    assert _claims("Putin called Tokyo.", pack=pack) == []


def test_not_to_leave_is_no_visit() -> None:
    """ "America will not leave Taiwan": a departure that is denied says nothing of a stay."""
    trigger = {"rule": "x", "frame": "visit", "visitor": ["before:-"], "goal": ["after:-"], "closing": True}
    cue = {"words": ["never"], "status": "denied"}
    pack = spaced_pack(
        triggers={"trigger": [{**trigger, "forms": {"past": ["left"]}}]}, status={"cue": [cue]}
    )
    assert [c.country for c in _claims("Putin left Tokyo.", pack=pack)] == ["JP"]
    assert _claims("Putin never left Tokyo.", pack=pack) == []
