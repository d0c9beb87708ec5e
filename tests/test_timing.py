"""Which date of a sentence belongs to its trigger."""

import datetime as dt
from dataclasses import replace

import pytest

from digest.lexicon import MentionKind
from digest.packs import Pack
from digest.timing import Timing, listed_years, timing_of
from tests.packs import Tongue, joined_pack, spaced_pack

MONDAY = dt.date(2024, 6, 17)


def _timing(
    text: str,
    direction: int = 0,
    *,
    today: dt.date | None = MONDAY,
    closing: bool = False,
    pack: Pack | None = None,
) -> Timing:
    """The dates of the first trigger of a sentence."""
    scene = Tongue.of(pack or spaced_pack(), "", text).scenes()[1]
    return timing_of(scene, scene.of_kind(MentionKind.TRIGGER)[0], today, direction, closing=closing)


def _days(timing: Timing) -> tuple[str | None, str | None]:
    start, end = (str(day) if day else None for day in (timing.start, timing.end))
    return start, end


def test_the_nearest_date_counts() -> None:
    """Two dates of one clause: the one beside the verb."""
    assert _days(_timing("Putin visited Tokyo on 12 June before the talks of 14 June")) == (
        "2024-06-12",
        None,
    )


def test_a_date_beyond_a_clause_break_is_of_something_else() -> None:
    """The farther date of the same clause goes before the nearer one of another."""
    text = "On 12 June, in the morning, Putin visited Tokyo while 14 June passed"

    assert _days(_timing(text)) == ("2024-06-12", None)


def test_a_date_too_far_away_is_none() -> None:
    """What stands a whole paragraph off belongs to nothing here."""
    assert _timing("Putin visited Tokyo " + "and more of it " * 12 + "12 June").start is None


def test_a_length_of_time_gives_the_end() -> None:
    """A three day stay from the 18th ends on the 20th; without a first day it is only a length."""
    assert _days(_timing("Putin will visit Tokyo on 18 June for a 3 day stay")) == (
        "2024-06-18",
        "2024-06-20",
    )
    assert _timing("Putin will visit Tokyo for a 3 day stay") == Timing(duration=3)


def test_a_length_of_time_behind_another_trigger_is_of_that() -> None:
    """ "Kim visited Tokyo, Putin came for a 3 day stay": Putin stays."""
    assert _timing("Kim visited Tokyo, Putin came for a 3 day stay").duration is None


@pytest.mark.parametrize(("text", "closing"), [("until Tuesday", False), ("on Tuesday", True)])
def test_a_last_day_is_the_end(text: str, closing: bool) -> None:
    """ "Until Tuesday", or any day of a sentence that tells the end; with a length it gives the first."""
    assert _days(_timing(f"Putin visited Tokyo {text}", 1, closing=closing)) == (None, "2024-06-18")
    assert _days(_timing(f"Putin visited Tokyo {text} of a 3 day stay", 1, closing=closing)) == (
        "2024-06-16",
        "2024-06-18",
    )


def test_a_date_that_contradicts_the_tense_is_of_something_else() -> None:
    """A plan is not for last month, nor a report of next month; without a direction anything goes."""
    assert _timing("Putin will visit Tokyo on 1 June 2024", 1).start is None
    assert _timing("Putin visited Tokyo on 30 June 2024", -1).start is None
    assert _days(_timing("Putin visited Tokyo on 1 June 2024", 0)) == ("2024-06-01", None)
    assert _days(_timing("Putin will visit Tokyo on 1 June 2024", 1, today=None)) == ("2024-06-01", None)


def test_days_after_an_event_date_the_event_behind_them() -> None:
    """ "9 days after he visited" says when he visited; "visited 9 days after the vote" does not."""
    assert _days(_timing("9 days after he visited Tokyo Putin spoke")) == ("2024-06-08", None)
    assert _timing("Putin visited Tokyo 9 days after the vote").start is None


def test_the_day_of_a_statement_is_not_the_day_of_the_visit() -> None:
    """ "The Kremlin said on Tuesday that Putin will visit Tokyo" tells no day of the visit."""
    assert _timing("The Kremlin said on Tuesday Putin will visit Tokyo").start is None
    assert _timing("Putin will visit Tokyo, it was said on Tuesday").start is None


def test_a_day_in_the_clause_that_is_reported_is_the_visits() -> None:
    """ "It was said that on 18 June Putin will visit": a clause opens between the speech and the day."""
    text = "It was said while on 18 June and the whole day behind it Putin will visit Tokyo"

    assert _days(_timing(text, 1)) == ("2024-06-18", None)


def test_the_day_of_a_trigger_in_the_clause_before_is_borrowed() -> None:
    """ "Visited Tokyo on Monday, while he will visit Seoul": worse than a day of its own."""
    scene = Tongue.of(spaced_pack(), "", "Putin visited Tokyo 12 June while he will visit Seoul").scenes()[1]
    first, second = scene.of_kind(MentionKind.TRIGGER)

    assert not timing_of(scene, first, MONDAY, -1).borrowed
    assert timing_of(scene, second, MONDAY, 0).borrowed


def test_a_day_beside_the_trigger_is_its_own_whoever_speaks_behind_it() -> None:
    """ "Will visit on Tuesday, the Kremlin said": the comma parts day and speech."""
    assert _days(_timing("Putin will visit Tokyo on Tuesday, said a man", 1)) == ("2024-06-18", None)


def test_the_day_that_closes_the_source_is_the_statements() -> None:
    """ "As was said at the long meeting there Monday, Putin will visit": the day ends the source's phrase."""
    text = "It was said by a man at his desk in the hall, Tuesday, Putin will visit Tokyo"

    assert _timing(text).start is None


def test_a_source_before_another_trigger_does_not_take_the_day() -> None:
    """Where a visit stands between the speech and the day, the day is the visit's."""
    assert _days(_timing("He said Putin visited Tokyo Tuesday", -1)) == ("2024-06-11", None)


def test_where_verbs_come_last_the_date_before_it_is_its_own() -> None:
    """In a verb-final language what follows the verb opens another clause."""
    assert _days(_timing("푸틴은 12일 오랫동안 북한을 방문 14일", pack=joined_pack())) == ("2024-06-12", None)


def test_what_lies_ahead_is_no_day_of_a_statement() -> None:
    """ "Said on 12 June" is when it was said; several days, and days to come, are those of the visit."""
    assert _timing("It was said on 12 June that Putin visited Tokyo").start is None
    assert _days(_timing("It was said that from 18 June Putin will visit Tokyo", 1)) == ("2024-06-18", None)


def test_the_day_of_a_visit_called_off_is_not_that_of_calling_it_off() -> None:
    """The last days before the article are when it was decided, unless they stand behind the visit alone."""

    def first(text: str) -> str | None:
        scene = Tongue.of(spaced_pack(), "", text).scenes()[1]
        trigger = scene.of_kind(MentionKind.TRIGGER)[0]
        return _days(timing_of(scene, trigger, MONDAY, 0, called_off=True))[0]

    assert first("On Monday Putin cancelled a trip to Tokyo") is None
    assert first("On Monday Putin cancelled a trip to Tokyo due on 20 June") == "2024-06-20"
    assert first("A trip to Tokyo on Monday was cancelled") is None
    assert first("Putin cancelled a trip to Tokyo due on 16 June") == "2024-06-16"


def test_the_last_day_may_be_told_by_itself() -> None:
    """ "On Tuesday until Friday" is both; a last day before the first one is of something else."""
    assert _days(_timing("Putin will visit Tokyo on 18 June until Friday", 1)) == ("2024-06-18", "2024-06-21")
    assert _days(_timing("Putin will visit Tokyo on 18 June", 1)) == ("2024-06-18", None)


def test_a_relative_clause_behind_a_visit_tells_its_day() -> None:
    """ "A trip to Tokyo who he would begin while ..." stays about the trip, however many clauses open."""
    pack = spaced_pack(markers={"relatives": ["that"], "breaks": ["that", "while", "which"]})

    text = "Putin cancelled his trip that he was, while and which everybody watched, to begin on 20 June"

    assert _days(_timing(text, pack=pack)) == ("2024-06-20", None)


def test_a_word_that_counts_in_titles_only_parts_no_dates_in_the_text() -> None:
    """ "Bound for" is a trigger in a headline; elsewhere a length behind it is still that of the visit."""
    assert _timing("Putin will visit Tokyo, bound for a 3 day stay").duration == 3


def test_behind_a_comma_a_date_before_the_verb_goes_with_what_it_closes() -> None:
    """ "Sworn in on Friday, flew to Tokyo on Monday": the day behind counts where both are as near."""
    text = "Putin, sworn in on 12 June, visited Tokyo on 14 June"

    assert _days(_timing(text)) == ("2024-06-14", None)


def test_the_next_day_counts_from_the_day_told_last() -> None:
    """ "The next day" is the day behind the one told before, not tomorrow; without one it is no date."""
    pack = spaced_pack(
        dates={
            "patterns": ["{told}", "{n} {unit} {later}", "{d} {month}"],
            "told_days": {"the next day": 1},
            "told_directions": {"later": 1},
        }
    )

    def first(*lines: str) -> str | None:
        scenes = Tongue.of(pack, "", *lines).scenes()
        linked = scenes[0]
        for scene in scenes[1:]:
            linked = replace(scene, before=linked)
        trigger = linked.of_kind(MentionKind.TRIGGER)[0]
        return _days(timing_of(linked, trigger, MONDAY, -1))[0]

    assert first("Putin visited Tokyo on 3 June", "The next day Putin visited Germany") == "2024-06-04"
    assert first("On 3 June, and the next day Putin visited Germany") == "2024-06-04"
    assert first("Putin visited Tokyo on 3 June", "2 days later Putin visited Germany") == "2024-06-05"
    assert first("The next day Putin visited Germany") is None
    assert first("On 3 June", *["Nothing"] * 4, "The next day Putin visited Germany") is None


def test_years_that_a_list_joins_are_told_together() -> None:
    """ "In 2001, 2006 and 2013" are three times; a year by itself, or one of another list, is one."""
    text = "Putin visited Tokyo in 2001, 2006 and 2013, as he did Seoul in 2015"
    scene = Tongue.of(spaced_pack(), "", text).scenes()[1]

    def years(word: str) -> list[int]:
        at = scene.folded.index(word)
        return [year for year, _ in listed_years(scene, (at, at + len(word)))]

    assert years("2001") == years("2013") == [2001, 2006, 2013]
    assert years("2015") == []


def test_two_days_told_together_are_first_and_last() -> None:
    """ "On 18 June and 19 June" is a stay of two days; days apart are two events."""
    assert _days(_timing("Putin will visit Tokyo on 18 June and on 19 June", 1)) == (
        "2024-06-18",
        "2024-06-19",
    )
    assert _days(_timing("Putin will visit Tokyo on 18 June and 25 June", 1)) == ("2024-06-18", None)


def test_a_date_that_opens_the_next_clause_is_of_that() -> None:
    """ "Will visit Tokyo and on 20 June will fly ...": the day goes with the flight."""
    text = "On 18 June, as was told, Putin will visit Tokyo and on 20 June will fly to Germany"

    assert _days(_timing(text, 1)) == ("2024-06-18", None)
    assert _days(_timing("Putin will visit Tokyo on 20 June", 1)) == ("2024-06-20", None)


def test_a_year_gives_way_to_a_day() -> None:
    """ "The first this year, on 20 June": whatever tells the day."""
    pack = spaced_pack(
        dates={
            "patterns": ["{d} {month}", "{relative}"],
            "relative": [{"unit": "year", "offset": 0, "words": ["this year"]}],
        }
    )

    assert _days(_timing("Putin will visit Tokyo this year, on 20 June", pack=pack)) == ("2024-06-20", None)
    assert _days(_timing("Putin will visit Tokyo this year", pack=pack)) == ("2024", None)


def test_on_the_same_day_is_that_of_the_visit_although_it_was_called_off_then() -> None:
    """ "Gave up flying there that day": the words say which visit, not when it was given up."""
    pack = spaced_pack(dates={"patterns": ["{told}", "{weekday}"], "told_days": {"that same day": 0}})
    scene = Tongue.of(pack, "", "On Monday Putin cancelled his trip to Tokyo that same day").scenes()[1]
    trigger = scene.of_kind(MentionKind.TRIGGER)[0]

    assert _days(timing_of(scene, trigger, MONDAY, 0, called_off=True)) == ("2024-06-17", None)
