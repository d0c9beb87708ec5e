"""What a language pack holds, once it has passed the door.

Pure: frozen data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from digest.facts import Kind, PurposeClass, Status

__all__ = [
    "Cue",
    "DateTables",
    "Example",
    "Frame",
    "NameStyle",
    "Pack",
    "PurposeMarker",
    "SlotSpec",
    "Spacing",
    "Tense",
    "Title",
    "Trigger",
]


class Frame(StrEnum):
    """What a trigger is about, which says who in its arguments travels."""

    #: The visitor goes to a goal: visit, travel to, arrive in; `kunjungan`; 방문.
    VISIT = "visit"
    #: The host takes the visitor in: receive, welcome; `menyambut`; 접견.
    RECEIVE = "receive"
    #: Parties meet at a place; those who are not at home there travelled.
    MEET = "meet"
    #: The host asks the visitor to come.
    INVITE = "invite"
    #: A list of places that a tour told before goes to.
    STOPS = "stops"


class Tense(StrEnum):
    """What the trigger's own form says of time."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    ONGOING = "ongoing"
    #: Says nothing: a noun, an infinitive, a verb of a language without tense.
    NONE = "none"


class Spacing(StrEnum):
    """What stands between the words of a language."""

    #: Words stand between spaces.
    WORDS = "words"
    #: Spaces stand between groups: particles and verbs are joined to what they follow (Korean).
    PARTICLES = "particles"
    #: Nothing does (Chinese, Japanese).
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SlotSpec:
    """One way in which a language marks an argument."""

    #: "before" or "after" the trigger; "any"; "opens": before it, at the beginning of the sentence; "closes":
    #: behind it, at the end of the clause; or "in": a word for a traveller that is the trigger itself
    #: ("menyambutnya", whose end is "him").
    side: str
    #: A marker group of the pack, or "-" for a bare phrase.
    marker: str
    #: How far from the trigger's edge, in characters.
    reach: int
    #: 1.0 for the surest way, less for others.
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word or phrase that tells travel or reception, with the frame of its arguments."""

    rule: str
    frame: Frame
    #: Every form, by what it says of time.
    forms: Mapping[Tense, tuple[str, ...]]
    visitor: tuple[SlotSpec, ...] = ()
    host: tuple[SlotSpec, ...] = ()
    goal: tuple[SlotSpec, ...] = ()
    #: Destination that the word itself names (방북, 访华).
    country: str | None = None
    #: What the word itself says of how sure the visit is.
    status: Status | None = None
    kind: Kind | None = None
    #: Whether a salient person may stand in for a visitor that the clause leaves out.
    dropped_visitor: bool = False
    #: Whether the last destination told may stand in for one that the clause leaves out ("she came in 1995").
    dropped_goal: bool = False
    #: Tells the end of a visit (leaving, coming home): a day told with it is the last.
    closing: bool = False
    #: Says nothing without a destination.
    needs_goal: bool = False
    #: Counts in the headline only: a bare "in" between a name and a place ("Sunak in Kyiv").
    title_only: bool = False
    #: Where words run together: only where the form ends its word ("간", not "간담회").
    whole: bool = False
    #: Means travel only when the destination is abroad and the visitor holds an office.
    weak: bool = False
    #: The other part of a separable verb, one of which must end the clause: "traf ... ein".
    particle: tuple[str, ...] = ()
    #: Of a meeting: told without a place, it is where the one named first is at home ("习近平会见普京").
    at_home: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words around a trigger that change how sure the visit is, or when it was."""

    status: Status | None
    words: tuple[str, ...]
    #: "before", "after" or "any" side of the trigger.
    side: str
    #: How far, in characters, inside the sentence.
    reach: int
    #: May stand beyond a clause break.
    far: bool
    #: The visit lies further back than the story ("last year", "dulu"): background.
    history: bool = False
    #: The visit comes to its end: one day told with it is its last ("wrapped up his visit on Friday").
    closing: bool = False
    #: Nobody travels ("by video link", "secara virtual").
    void: bool = False
    #: The other part of a separable verb, one of which must end the clause: "sagte ... ab".
    particle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """An office or honorific before or after names."""

    #: English name of the office; "" for an honorific that says none.
    role: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PurposeMarker:
    """Words that open (or close, in verb-final languages) a clause of purpose."""

    words: tuple[str, ...]
    #: "after": the purpose follows the words; "before": it stands before them.
    side: str
    #: Keep the marker itself in the purpose.
    keep: bool
    #: It tells what a visit is for in the next sentence too, whoever is its subject: "on the agenda are".
    topic: bool = False
    #: 0 for the surest marker; a surer one is preferred wherever it stands.
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NameStyle:
    """How names of people whom nobody listed are found beside a title."""

    #: "capitals" (runs of capitalised words), "hangul" (syllable blocks), "han" (Chinese characters and
    #: katakana) or "none".
    shape: str
    #: Where the name stands: "after" the title, "before" it.
    after_title: bool
    before_title: bool
    #: What may stand between a name and the title behind it: ", the ", " selaku ".
    appositions: tuple[str, ...]
    #: Lower-case words inside names: bin, van, al.
    particles: tuple[str, ...]
    #: Longest name in words.
    longest: int
    #: Words beside a title that are no part of a name: "incumbent", "both", "joint".
    never: tuple[str, ...]
    #: In the shape "han": family names, and the characters that spell out foreign names.
    surnames: tuple[str, ...]
    letters: str
    #: Which words of a full name stand alone later: "last", "first", "any".
    short: str
    #: Which words for a country may stand right before a title or name: "country", "adjective",
    #: "abbreviation".
    country_before: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTables:
    """The language's words and orders for dates."""

    months: Mapping[str, int]
    #: 0 = Monday.
    weekdays: Mapping[str, int]
    #: One-letter forms, which count only beside a date: "23일(목)".
    short_weekdays: Mapping[str, int]
    #: What to add to the years of a reckoning: 令和 2018, พ.ศ. -543.
    eras: Mapping[str, int]
    #: Days from today: yesterday -1.
    days: Mapping[str, int]
    #: Numbers in words.
    numbers: Mapping[str, int]
    #: "day", "week", "month", "year" words.
    units: Mapping[str, str]
    #: Words after "{n} {unit}" (or "{unit}" alone) that point back (-1), here (0) or ahead (1).
    directions: Mapping[str, int]
    #: Days from the day that the text told last: "the next day" 1, "that evening" 0.
    told_days: Mapping[str, int]
    #: Words after "{n} {unit}" that point back or ahead from that day: "two days later" 1.
    told_directions: Mapping[str, int]
    #: Fixed phrases: "this week" -> ("week", 0).
    relatives: Mapping[str, tuple[str, int]]
    #: Words that join "{n} {unit}" to an event: "nine months after".
    after_event: tuple[str, ...]
    before_event: tuple[str, ...]
    #: Words before a date that make it the beginning of something else ("since February 2022").
    since: tuple[str, ...]
    #: Words behind a day that make it the last one: {until}.
    until: tuple[str, ...]
    patterns: tuple[str, ...]
    durations: tuple[str, ...]
    #: What looks like a date and is none: counts of years, anniversaries, treaties named by their day.
    not_dates: tuple[str, ...]
    #: Whether numeric dates put the month first.
    month_first: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the visits it must give (none for a negative one)."""

    text: str
    title: str | None
    visits: tuple[Mapping[str, Any], ...]
    known_failure: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One language, as data."""

    language: str
    name: str
    #: Whose names of the world's people and places hold here, the first one preferred.
    world_languages: tuple[str, ...]
    #: Whose officials an article means when it names an office and no country.
    home_country: str | None
    spacing: Spacing
    #: Words joined to the front of the next one (و, ب, ل).
    prefixes: tuple[str, ...]
    #: How a word is written behind a prefix: its own opening -> the one it has then (ال -> ل).
    elisions: Mapping[str, str]
    #: The verb ends its clause: the date that belongs to it stands before it.
    verb_final: bool
    #: Name of a marker group -> words right before a phrase.
    markers_before: Mapping[str, tuple[str, ...]]
    #: Name of a marker group -> particles joined to the phrase's end, or words right after it.
    markers_after: Mapping[str, tuple[str, ...]]
    #: Name of a case -> words for offices in it; the world knows the cases of names itself.
    cases: Mapping[str, tuple[str, ...]]
    #: What stands before a country, or behind it, where its capital is meant ("ibu kota ", " capital").
    capital_before: tuple[str, ...]
    capital_after: tuple[str, ...]
    #: Articles ("the "): a country's initials with none and with a noun behind them are no place.
    articles: tuple[str, ...]
    #: Words that may stand between a marker and its phrase ("the", "negara").
    fillers: tuple[str, ...]
    #: Words that open the name of a building: "di Bandara Orly, Paris" is marked as "di Paris" is.
    venues: tuple[str, ...]
    #: Words that end the name of a building behind its town: "부산 김해공항에서".
    venue_ends: tuple[str, ...]
    #: Words that open a relative clause about the person right before them: who, yang.
    relatives: tuple[str, ...]
    #: What may link the parts of one phrase (title, country, name).
    joiners: tuple[str, ...]
    #: What links phrases of equal standing.
    conjunctions: tuple[str, ...]
    #: Those of them that people share one marker across: 应A、B邀请.
    lists: tuple[str, ...]
    #: Words that open another clause.
    breaks: tuple[str, ...]
    #: Verbs of saying: a date beside one is the day of the statement, not of the visit.
    speech: tuple[str, ...]
    #: Pronouns for a person told before; for a place told before.
    pronouns: tuple[str, ...]
    place_pronouns: tuple[str, ...]
    #: Words for all the places told before: "these three countries".
    tours: tuple[str, ...]
    #: Pronouns that say whose something is ("his"), where they are words of their own: marked "poss".
    possessives: tuple[str, ...]
    #: Words for the place where the article was written ("here").
    here: tuple[str, ...]
    #: Words for whoever travels in this story: "the delegation", "rombongan", "mereka".
    travellers: tuple[str, ...]
    #: Lexemes that swallow a trigger or name inside them (북방한계선).
    ignore: tuple[str, ...]
    #: "former", "candidate": words beside an office that is not held now.
    former: tuple[str, ...]
    titles: tuple[Title, ...]
    #: Titles, folded, that only one country has: "pentagon chief" -> "US".
    title_countries: Mapping[str, str]
    names: NameStyle
    triggers: tuple[Trigger, ...]
    cues: tuple[Cue, ...]
    kinds: Mapping[Kind, tuple[str, ...]]
    purposes: tuple[PurposeMarker, ...]
    #: Words that end a purpose clause.
    purpose_ends: tuple[str, ...]
    #: Words, or beginnings of words, by the class of purpose they tell.
    purpose_classes: Mapping[PurposeClass, tuple[str, ...]]
    dates: DateTables
    furniture_starts: tuple[str, ...]
    furniture_contains: tuple[str, ...]
    datelines: tuple[str, ...]
    examples: tuple[Example, ...]

    @property
    def spaced(self) -> bool:
        """Whether every word stands between spaces."""
        return self.spacing is Spacing.WORDS
