"""The words a briefing is written with: one TOML file a language, read into frozen records.

Pure but for reading the package's own files. A language is data: every file in `words/` has the same
keys and the same {placeholders} as `en.toml` (a test holds them together), so that adding one needs no
code. A missing or misspelt key fails when the file is read.
"""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from bot.model import Section
from digest.facts import Kind, PurposeClass, Status

__all__ = ["DateWords", "Labels", "Phrases", "Words", "known_languages", "load_words"]

FALLBACK = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """How dates look: templates over {weekday} {day} {month} {year}, for the last day {last_...}."""

    #: January first.
    months: tuple[str, ...]
    #: Monday first.
    weekdays: tuple[str, ...]
    #: One value, by its precision.
    day: str
    month: str
    year: str
    #: Two days, by what they have in common.
    days_in_month: str
    days_in_year: str
    #: Two months of one year.
    months_in_year: str
    #: Any other two values: {first} and {last}, each already written.
    span: str
    #: Only the last day is known: {date}.
    until: str
    #: The moment a briefing was made: {date} and {time}.
    moment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Words that stand before a value or over a group."""

    when: str
    #: Before the countries of a tour.
    tour: str
    why: str
    certainty: str
    changed: str
    #: Before what a trip's place in its section is made up of.
    order: str
    #: On the button that tells how a trip came about.
    history: str
    host: str
    sources: str
    headlines: str
    #: Before the choices of an ambiguous topic.
    narrow: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Sentences and pieces of sentences, with {placeholders}.

    Each is a whole, and values stand where no particle or ending has to fit them.
    """

    heading: str
    heading_named: str
    heading_query: str
    heading_history: str
    heading_history_of: str
    #: A party, by what is known of it.
    person: str
    person_of_country: str
    person_with_role: str
    office: str
    #: Nobody is named at all.
    somebody: str
    #: Places of one country.
    places_in_country: str
    #: The trip in one line.
    trip: str
    trip_hosted: str
    #: A list of two, and what stands between the others of a longer one.
    pair: str
    comma: str
    #: Between remarks on one line.
    remark: str
    #: A list cut short: {list} and {count} that are not told.
    more: str
    no_date: str
    date_conflict: str
    other_start: str
    other_end: str
    other_value: str
    quoted: str
    kind_and_purpose: str
    #: What its parts add up to: {total} {rank} {sources} {nearness} {topics}.
    order: str
    #: A plan whose days have come, and one whose days are over.
    now_planned: str
    past_planned: str
    past_planned_undated: str
    past_possible: str
    past_underway: str
    #: A step of a trip's history: {change} by {source}; the first one says what was told first.
    step: str
    #: A briefing's word for changes that follow as replies: {count}.
    changes_follow: str
    first_step: str
    changed_value: str
    changed_status: str
    no_value: str
    source: str
    source_dated: str
    feeds_answered: str
    feeds_failed: str
    failed_feed: str
    nothing: str
    nothing_new: str
    nothing_on: str
    unknown_topic: str
    help: str
    start: str
    stranger: str
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything one language's file holds."""

    language: str
    dates: DateWords
    labels: Labels
    phrases: Phrases
    sections: Mapping[Section, str]
    statuses: Mapping[Status, str]
    #: Without `Kind.UNKNOWN`, which is not told.
    kinds: Mapping[Kind, str]
    #: What a visit is for.
    purposes: Mapping[PurposeClass, str]
    #: What a conflict or a change is about: "start", "end", "place", ...
    slots: Mapping[str, str]
    #: Names of the languages of articles, by ISO 639-1 code.
    languages: Mapping[str, str]
    #: Offices, by the English of the world data.
    roles: Mapping[str, str]
    #: What each chat command does, for the platform's menu.
    commands: Mapping[str, str]


def known_languages() -> tuple[str, ...]:
    """The languages that have a file, sorted."""
    files = (resources.files("bot.render") / "words").iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


@functools.cache
def load_words(language: str) -> Words:
    """The words of a language ("pt-BR" reads "pt"), English where there is no file for it."""
    code = language.lower().partition("-")[0]
    if code not in known_languages():
        code = FALLBACK
    file = resources.files("bot.render") / "words" / f"{code}.toml"
    return _build(tomllib.loads(file.read_text(encoding="utf-8")))


def _build(table: Mapping[str, Any]) -> Words:
    """The record of a parsed file."""
    dates = dict(table["dates"])
    dates["months"] = tuple(dates["months"])
    dates["weekdays"] = tuple(dates["weekdays"])
    return Words(
        language=table["language"],
        dates=DateWords(**dates),
        labels=Labels(**table["labels"]),
        phrases=Phrases(**table["phrases"]),
        sections={Section(key): value for key, value in table["sections"].items()},
        statuses={Status(key): value for key, value in table["statuses"].items()},
        kinds={Kind(key): value for key, value in table["kinds"].items()},
        purposes={PurposeClass(key): value for key, value in table["purposes"].items()},
        slots=table["slots"],
        languages=table["languages"],
        roles=table["roles"],
        commands=table["commands"],
    )
