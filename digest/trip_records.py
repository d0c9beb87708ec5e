"""What is known of a trip: its reports, and what they say together.

Pure: frozen data.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from digest.facts import Destination, Kind, PartialDate, Party, PurposeClass, Salience, Scope, Status, Visit

__all__ = ["Report", "Stop", "Summary", "Trip", "TripChange", "TripConflict", "Window"]

#: First and last day.
Window: TypeAlias = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One visit as one article of one outlet tells it."""

    #: Unique for good: a trip is named after its first report.
    id: str
    visit: Visit
    #: The feed's name.
    outlet: str
    url: str | None
    #: Of the article, ISO 639-1.
    language: str | None
    title: str
    #: Aware; None where the article gives no date.
    published_at: dt.datetime | None
    #: When it reached us, aware.
    received_at: dt.datetime
    article_id: str
    #: The article of another outlet that this one's text is a copy of (one wire), None where it has its own.
    copy_of: str | None = None
    #: The report of the same article that tells the stop before this one, on the same tour.
    follows: str | None = None
    #: The agency whose wire the article is (`digest.agencies`), None where it is the outlet's own.
    agency: str | None = None

    @property
    def told_at(self) -> dt.datetime:
        """When it was said: at publication, which cannot lie after its arrival (some feeds claim so)."""
        return min(self.published_at or self.received_at, self.received_at)

    @property
    def told_on(self) -> dt.date:
        """The day it was said."""
        return self.told_at.date()

    @property
    def windows(self) -> list[Window]:
        """The days it speaks of, by each first day that it gives, the one it prefers first.

        Those of its telling where it is undated.
        """
        visit = self.visit
        firsts = [value for value in (visit.dated, *visit.start_alternatives) if value]
        if not firsts:
            return [(self.told_on, self.told_on)]
        last = visit.end.latest if visit.end else dt.date.min
        return [(first.earliest, max(first.latest, last)) for first in firsts]

    @property
    def day(self) -> dt.date:
        """One day to measure from."""
        return self.windows[0][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class TripChange:
    """A step in a trip's history, with the report that made it."""

    at: dt.datetime
    #: "status", "start" or "end".
    slot: str
    #: None: not known before (the first status, a date first told).
    before: str | None
    after: str | None
    outlet: str
    report_id: str

    def __str__(self) -> str:
        if self.slot == "status":
            return f"{self.before} -> {self.after}" if self.before else str(self.after)
        return f"{self.slot} {self.before or 'unknown'} -> {self.after or 'unknown'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TripConflict:
    """A value that some outlets give beside the one shown."""

    #: "start", "end" or "status".
    slot: str
    value: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A trip as the other stops of its tour know it."""

    trip_id: str
    #: Who leads it, folded.
    visitor: str
    #: ISO 3166-1 alpha-2.
    country: str
    #: First day.
    start: PartialDate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One party's visit to one country, as all reports of it tell it together."""

    #: The id of its first report.
    id: str
    #: In the order in which they were said.
    reports: tuple[Report, ...]
    #: The lead visitor first.
    visitors: tuple[Party, ...]
    #: The country with the places named in it, the most often named first.
    destinations: tuple[Destination, ...]
    hosts: tuple[Party, ...]
    start: PartialDate | None
    end: PartialDate | None
    #: Whoever gives the shown date contradicts themselves about it.
    date_conflict: bool
    status: Status
    kind: Kind
    #: In the words of the article that tells it best.
    purpose: str | None
    #: What it comes to, as most outlets have it.
    purpose_class: PurposeClass | None
    scope: Scope
    conflicts: tuple[TripConflict, ...]
    history: tuple[TripChange, ...]
    #: How many outlets tell it in words of their own: copies of one wire count once (`digest.origins`).
    voices: int
    #: All stops of the tour that it is one of, in their order; empty where it is none, or not looked for
    #: (`digest.tours.with_tours`, which needs the other trips).
    tour: tuple[Stop, ...] = ()

    @property
    def country(self) -> str:
        """The country visited."""
        return self.destinations[0].country

    @property
    def is_background(self) -> bool:
        """Whether it was only ever mentioned besides, never the news itself."""
        return all(report.visit.salience is Salience.BACKGROUND for report in self.reports)

    @property
    def last_told_at(self) -> dt.datetime:
        """When it was last spoken of."""
        return self.reports[-1].told_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The little of a trip that it is filed under."""

    id: str
    reports: tuple[Report, ...]
    #: The lead visitor, None where nobody is told.
    lead: Party | None
    #: The country visited.
    country: str
    start: PartialDate | None
    end: PartialDate | None
