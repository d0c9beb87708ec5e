"""One trip: what many reports of it say together, where they differ, and how it came about.

Pure: a `Trip` is a function of the set of its reports, so the order in which they arrived cannot show.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from digest.company import hosts_of, visitors_of
from digest.facts import (
    Destination,
    Kind,
    PartialDate,
    PurposeClass,
    Salience,
    Status,
)
from digest.folding import folded
from digest.origins import Told, origins_of
from digest.trip_records import Report, Stop, Summary, Trip, TripChange, TripConflict, Window
from digest.votes import DateVotes, fits

__all__ = [
    "Report",
    "Stop",
    "Summary",
    "Trip",
    "TripChange",
    "TripConflict",
    "Window",
    "in_order_told",
    "summary_of",
    "trip_of",
]

#: How long after a cancellation an announcement counts as a new plan: before that it is an old text.
REOPENS_AFTER = dt.timedelta(days=1)
#: How much earlier than its first day a visit can be told as begun: time zones and departures.
HEAD_START = dt.timedelta(days=1)

_OFF = frozenset({Status.POSTPONED, Status.CANCELLED, Status.DENIED})
_BEGUN = frozenset({Status.UNDERWAY, Status.COMPLETED})


def trip_of(reports: Iterable[Report]) -> Trip:
    """The trip that these reports tell.

    Args:
        reports: At least one; a later reading of a report replaces the earlier one (same id).

    Raises:
        ValueError: There are no reports.
    """
    ordered = in_order_told(reports)
    if not ordered:
        raise ValueError("a trip needs a report")
    visits = [report.visit for report in ordered]
    origins = _origins(ordered)
    votes, status, history = _told(ordered, origins)
    start = votes.start()
    end = votes.end(start)
    return Trip(
        id=_name_of(ordered),
        reports=ordered,
        visitors=visitors_of(visits),
        destinations=_destinations(ordered),
        hosts=hosts_of(visits),
        start=start,
        end=end,
        date_conflict=votes.is_in_conflict(start),
        status=status,
        kind=_kind(ordered),
        purpose=_purpose(ordered),
        purpose_class=_purpose_class(ordered),
        scope=Counter(report.visit.scope for report in ordered).most_common(1)[0][0],
        conflicts=(*_date_conflicts(votes, start, end), *_status_conflicts(ordered, status, history)),
        history=history,
        voices=min(len({report.outlet for report in ordered}), len(set(origins))),
    )


def summary_of(reports: Iterable[Report]) -> Summary:
    """What to file the trip of these reports under, as `trip_of` has it, at a part of its cost."""
    ordered = in_order_told(reports)
    votes = DateVotes()
    for report, origin in zip(ordered, _origins(ordered), strict=True):
        votes.hear(report.outlet, report.visit, report.told_at, origin)
    start = votes.start()
    lead = next(iter(visitors_of([report.visit for report in ordered])), None)
    return Summary(
        id=_name_of(ordered),
        reports=ordered,
        lead=lead,
        country=ordered[0].visit.country,
        start=start,
        end=votes.end(start),
    )


def _name_of(reports: Sequence[Report]) -> str:
    """A trip is named after the report of it that reached us first."""
    return min(reports, key=lambda report: (report.received_at, report.id)).id


def in_order_told(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Each report once, in the order in which they were said."""
    unique = {report.id: report for report in reports}
    return tuple(sorted(unique.values(), key=lambda r: (r.told_at, r.received_at, r.id)))


def _origins(reports: Iterable[Report]) -> list[int]:
    """Where the words of each report come from."""
    return origins_of(
        [
            Told(
                article=report.copy_of or report.article_id,
                agency=report.agency,
                language=report.language,
                words=folded(report.visit.evidence.text),
            )
            for report in reports
        ]
    )


def _told(
    ordered: Sequence[Report], origins: Sequence[int]
) -> tuple[DateVotes, Status, tuple[TripChange, ...]]:
    """Hear the reports one by one: the votes on dates, the last status, and every change on the way."""
    votes = DateVotes()
    history: list[TripChange] = []
    shown: dict[str, str | None] = {}
    off_since = ordered[0].told_at
    status: Status | None = None
    start = end = None
    for report, origin in zip(ordered, origins, strict=True):
        before = status
        status = _next_status(status, report, start, off_since)
        if status is not before and status in _OFF:
            off_since = report.told_at
        if votes.hear(report.outlet, report.visit, report.told_at, origin):
            start = votes.start()
            end = votes.end(start)
        now = {"status": str(status), "start": _text(start), "end": _text(end)}
        history.extend(_steps(shown, now, report))
        shown = now
    return votes, status or ordered[-1].visit.status, tuple(history)


def _steps(before: dict[str, str | None], after: dict[str, str | None], report: Report) -> list[TripChange]:
    """What a report changed; the first one makes the trip known, which is one step and not three."""
    slots = [slot for slot in after if before.get(slot) != after[slot]] if before else ["status"]
    return [
        TripChange(
            at=report.told_at,
            slot=slot,
            before=before.get(slot),
            after=after[slot],
            outlet=report.outlet,
            report_id=report.id,
        )
        for slot in slots
    ]


def _next_status(
    current: Status | None, report: Report, start: PartialDate | None, off_since: dt.datetime
) -> Status:
    """The status once this report is heard: the later word wins, unless it cannot know better.

    What has begun is not planned again by a late text, what has ended is not called off, and what lies
    ahead has not begun.
    """
    said = report.visit.status
    if current is None:
        return said
    if said in _BEGUN:
        first = report.visit.start or start
        too_early = first is not None and first.is_day and report.told_on < first.earliest - HEAD_START
        return current if too_early or current is Status.COMPLETED else said
    if said in _OFF:
        return current if current in _BEGUN else said
    if said is Status.PLANNED and current in _OFF:
        return said if report.told_at >= off_since + REOPENS_AFTER else current
    if said is Status.PLANNED and current is Status.POSSIBLE:
        return said
    return current


def _text(value: PartialDate | None) -> str | None:
    return str(value) if value else None


def _date_conflicts(
    votes: DateVotes, start: PartialDate | None, end: PartialDate | None
) -> list[TripConflict]:
    """The first and last days that cannot be told as parts of the shown ones, with who gives them."""
    outlets: dict[tuple[str, PartialDate], set[str]] = {}
    for outlet, slot, value in votes.values():
        shown = start if slot == "start" else end
        if shown is not None and not fits(value, shown, start, end):
            outlets.setdefault((slot, value), set()).add(outlet)
    order = {"start": 0, "end": 1}
    found = sorted(outlets.items(), key=lambda item: (order[item[0][0]], str(item[0][1])))
    return [TripConflict(slot=s, value=str(v), outlets=tuple(sorted(who))) for (s, v), who in found]


def _status_conflicts(
    ordered: Sequence[Report], status: Status, history: Sequence[TripChange]
) -> list[TripConflict]:
    """Who says that it is off while it is shown as on, or the other way round, since the status came."""
    since = max(change.at for change in history if change.slot == "status")
    latest = {report.outlet: report for report in ordered if report.told_at >= since}
    outlets: dict[Status, set[str]] = {}
    for outlet, report in latest.items():
        if (report.visit.status in _OFF) != (status in _OFF):
            outlets.setdefault(report.visit.status, set()).add(outlet)
    return [
        TripConflict(slot="status", value=str(value), outlets=tuple(sorted(who)))
        for value, who in sorted(outlets.items())
    ]


def _destinations(ordered: Sequence[Report]) -> tuple[Destination, ...]:
    """The country with its places, the most often told first; without a place only where none is told."""
    told = Counter(d for r in ordered for d in dict.fromkeys(r.visit.destinations))
    placed = [destination for destination, _ in told.most_common() if destination.place]
    return tuple(placed or (destination for destination, _ in told.most_common(1)))


def _kind(ordered: Sequence[Report]) -> Kind:
    """The form that most outlets give."""
    kinds = {(report.outlet, report.visit.kind): report.visit.kind for report in ordered}
    told = Counter(kind for kind in kinds.values() if kind is not Kind.UNKNOWN)
    return told.most_common(1)[0][0] if told else Kind.UNKNOWN


def _purpose(ordered: Sequence[Report]) -> str | None:
    """Why, from the report most about the visit; among equals the one most sure of its reading."""
    told = [report for report in ordered if report.visit.purpose]
    best = min(
        told,
        key=lambda r: (r.visit.salience is Salience.BACKGROUND, -r.visit.confidence),
        default=None,
    )
    return best.visit.purpose if best else None


def _purpose_class(ordered: Sequence[Report]) -> PurposeClass | None:
    """The class of purpose that most outlets give."""
    told = {(report.outlet, report.visit.purpose_class): report.visit.purpose_class for report in ordered}
    counts = Counter(label for label in told.values() if label is not None)
    return counts.most_common(1)[0][0] if counts else None
