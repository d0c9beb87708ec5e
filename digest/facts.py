"""The facts an article states: visits, and the values they are made of.

Pure: frozen data and calendar arithmetic.
"""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = [
    "Article",
    "Destination",
    "Kind",
    "PartialDate",
    "Party",
    "PurposeClass",
    "Reading",
    "Salience",
    "Scope",
    "Span",
    "Status",
    "Visit",
]


class Status(StrEnum):
    """How sure a visit is, as of the article's publication."""

    PLANNED = "planned"
    UNDERWAY = "underway"
    COMPLETED = "completed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    DENIED = "denied"
    POSSIBLE = "possible"


class Kind(StrEnum):
    """The diplomatic form of a visit, where the article says it."""

    STATE = "state"
    OFFICIAL = "official"
    WORKING = "working"
    SUMMIT = "summit"
    TRANSIT = "transit"
    PRIVATE = "private"
    DELEGATION = "delegation"
    UNKNOWN = "unknown"


class PurposeClass(StrEnum):
    """What a visit is for, from the most telling to the least: talks are part of nearly every one."""

    #: A funeral, an inauguration, a coronation.
    OCCASION = "occasion"
    MEDIATION = "mediation"
    HUMANITARIAN = "humanitarian"
    #: A treaty or another deal to be signed.
    TREATY = "treaty"
    #: Sport or culture.
    CULTURE = "culture"
    INSPECTION = "inspection"
    #: Security and defence.
    SECURITY = "security"
    #: Trade and investment.
    TRADE = "trade"
    SUMMIT = "summit"
    #: A parade, an anniversary, an opening.
    CEREMONY = "ceremony"
    #: Courtesy or friendship: to strengthen ties.
    COURTESY = "courtesy"
    TALKS = "talks"


class Salience(StrEnum):
    """Whether the article is about the visit, or mentions it besides."""

    HEADLINE = "headline"
    BACKGROUND = "background"


class Scope(StrEnum):
    """Whether the visitor leaves their own country."""

    INTERNATIONAL = "international"
    DOMESTIC = "domestic"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the day, to the month or to the year.

    `str()` gives ISO 8601 at that precision: "2024-06-18", "2024-06", "2024".
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse a date that no calendar has.

        Raises:
            ValueError: The month or the day does not exist.
        """
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        dt.date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        parts = (f"{self.year:04d}", *(f"{p:02d}" for p in (self.month, self.day) if p is not None))
        return "-".join(parts)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read what `str()` wrote.

        Raises:
            ValueError: `text` is not an ISO date at day, month or year precision.
        """
        parts = [int(part) for part in text.split("-")]
        if not 1 <= len(parts) <= 3:
            raise ValueError(f"not a date: {text!r}")
        return cls(*parts)

    @classmethod
    def of(cls, day: dt.date) -> "PartialDate":
        """The day, to the day."""
        return cls(day.year, day.month, day.day)

    @property
    def earliest(self) -> dt.date:
        """The first day it can be."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day it can be."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def is_day(self) -> bool:
        """Whether it is known to the day."""
        return self.day is not None


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the article's own text: `text == source[start:end]`.

    `source` is the article's title and text joined by one line feed (the text alone where there
    is no title). Offsets count code points.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who travels or receives: a person, an office, a delegation or a body."""

    #: Canonical English name where the world data knows it, else as written; None: only the office is told.
    name: str | None
    #: Whom they represent, ISO 3166-1 alpha-2.
    country: str | None
    #: The office in English ("president", "foreign minister"), or None.
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a visit goes."""

    #: ISO 3166-1 alpha-2.
    country: str
    #: City or region in English, or None.
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit (one country of one trip), as one article reports it.

    A part the article does not state is None or empty, never guessed.
    """

    #: Who travels, the lead visitor first.
    visitors: tuple[Party, ...]
    #: The country (once) with the places in it that the article names, in text order.
    destinations: tuple[Destination, ...]
    #: Who receives them.
    hosts: tuple[Party, ...] = ()
    #: First and last day.
    start: PartialDate | None = None
    end: PartialDate | None = None
    #: The words that gave the dates.
    date_text: str | None = None
    #: The article contradicts itself about the date ...
    date_conflict: bool = False
    #: ... and these are the other first days that it gives.
    start_alternatives: tuple[PartialDate, ...] = ()
    status: Status
    kind: Kind = Kind.UNKNOWN
    #: Why, in the article's own words.
    purpose: str | None = None
    #: What the purpose comes to; None where it is not told or fits no class.
    purpose_class: PurposeClass | None = None
    salience: Salience
    scope: Scope = Scope.INTERNATIONAL
    #: The sentence that says so, so that every fact can be shown to its reader.
    evidence: Span
    #: The pack rule that made it, for `explain`: "id/visit/kunjungan".
    rule: str
    #: 0.0-1.0, from the binding's score; a report below the engine's threshold is not made.
    confidence: float
    #: Index in `Reading.visits` of the stop this one comes after, on the same tour.
    follows: int | None = None

    @property
    def country(self) -> str:
        """The country visited."""
        return self.destinations[0].country

    @property
    def dated(self) -> PartialDate | None:
        """The date to know it by: the first day, or the last one where that is told more sharply."""
        if self.start is None or (self.end is not None and self.end.is_day and not self.start.is_day):
            return self.end
        return self.start

    def to_json(self) -> dict[str, Any]:
        """The visit as `attache digest --jsonl` prints it."""
        return {
            "salience": str(self.salience),
            "scope": str(self.scope),
            "visitors": [{"name": v.name, "country": v.country, "role": v.role} for v in self.visitors],
            "destinations": [{"country": d.country, "place": d.place} for d in self.destinations],
            "hosts": [{"name": h.name, "country": h.country} for h in self.hosts],
            "start": str(self.start) if self.start else None,
            "end": str(self.end) if self.end else None,
            "date_text": self.date_text,
            "date_conflict": self.date_conflict,
            "start_alternatives": [str(value) for value in self.start_alternatives],
            "status": str(self.status),
            "kind": str(self.kind),
            "purpose": self.purpose,
            "purpose_class": str(self.purpose_class) if self.purpose_class else None,
            "evidence": self.evidence.text,
            "rule": self.rule,
            "confidence": round(self.confidence, 3),
            "follows": self.follows,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What `read` takes."""

    text: str
    title: str | None = None
    #: When it was published, in the outlet's own time; dates like "Tuesday" are read against it.
    #: A month or a year alone still tells the year of "18 June"; "Tuesday" is then some day of that month.
    published_at: "dt.datetime | dt.date | PartialDate | None" = None
    url: str | None = None
    #: The feed's word for the language (a hint: the text decides).
    language_hint: str | None = None

    @property
    def source(self) -> str:
        """Title and text as one string; every Span points into it."""
        return f"{self.title}\n{self.text}" if self.title else self.text

    @property
    def published_on(self) -> dt.date | None:
        """The day of publication, or the middle of the month or year where only that is known."""
        if isinstance(self.published_at, PartialDate):
            first, last = self.published_at.earliest, self.published_at.latest
            return first + (last - first) / 2
        if isinstance(self.published_at, dt.datetime):
            return self.published_at.date()
        return self.published_at

    @property
    def published_exactly(self) -> bool:
        """Whether `published_on` is the day itself."""
        return not isinstance(self.published_at, PartialDate) or self.published_at.is_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What `read` gives."""

    #: ISO 639-1 code of the language found, None where none could be told.
    language: str | None
    visits: tuple[Visit, ...] = ()
    #: Why there is nothing to report, in plain words ("empty", "no pack for language nl", ...).
    note: str | None = None
