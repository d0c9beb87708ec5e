"""Who travels where: which reports can be of the same party, and the keys by which they find one another.

Pure: reports in, keys out.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from digest.clusters import FARTHEST, NEAR, is_sharp
from digest.facts import Scope, Status
from digest.folding import folded
from digest.identity import Traveller, traveller_of
from digest.trips import Report, Window
from digest.world import World

__all__ = ["Going", "LookUp", "days_of", "going", "is_loose", "keys_of", "look_ups"]

#: An office and the person holding it are joined when told at most so many days apart: later it may
#: be somebody else's.
TENURE = 400
#: Trips of others are of interest where they can lie in the same days.
BESIDE = dt.timedelta(days=30)

_DAY = dt.timedelta(days=1)

#: Something told, with the day it is about.
_Told: TypeAlias = tuple[dt.date, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Who goes where, as one report tells it; reports with the same `party` are of one party."""

    traveller: Traveller | None
    #: Lead visitor, country visited, scope, place (of domestic visits).
    party: tuple[str, str, Scope, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """Where a report finds the trips that it may have to do with: under a key, in these days."""

    key: str
    since: dt.date
    until: dt.date


def going(ordered: Sequence[Report], world: World) -> list[Going]:
    """For each report who travels where.

    An office that the world data cannot name goes to the person told to hold it at the time. Inside
    their own country leaders travel all the time, so there the place is part of the party, and a report
    that names none goes to the nearest one that does.
    """
    leads = [_lead(report, world) for report in ordered]
    holders: dict[tuple[str, str], list[_Told]] = {}
    for report, lead in zip(ordered, leads, strict=True):
        if lead and lead.name and (seat := _seat(lead)):
            holders.setdefault((seat, report.visit.country), []).append((report.day, lead.key))
    whos = [_who(report, lead, holders) for report, lead in zip(ordered, leads, strict=True)]
    places: dict[tuple[str, str, Scope], list[_Told]] = {}
    for report, who in zip(ordered, whos, strict=True):
        if place := _home_place(report):
            places.setdefault(who, []).append((report.day, place))
    return [
        Going(traveller=lead, party=(*who, _settled(report, places.get(who, ()))))
        for report, lead, who in zip(ordered, leads, whos, strict=True)
    ]


def keys_of(report: Report, world: World) -> frozenset[str]:
    """What a trip with this report is found by: see `look_ups`."""
    return frozenset(_keys(report, _lead(report, world)))


def look_ups(report: Report, world: World) -> list[LookUp]:
    """Where to find the trips that may change with a report.

    Those of the same traveller, at any distance that one trip can bridge; those of the holder of an office
    and of the office without a name; and in the same days whoever else of the country may be the same,
    where either of the two is not known for sure.
    """
    lead = _lead(report, world)
    to = report.visit.country
    if lead is None:
        return []
    far = _around(report, FARTHEST)
    found = [(f"{lead.key}>{to}", far)]
    if seat := _seat(lead):
        found.append(
            (f"{'holder' if _is_vacant(lead) else 'vacant'}:{seat}>{to}", _around(report, TENURE * _DAY))
        )
    if lead.country:
        beside = _around(report, BESIDE)
        found.append((f"unsure:{lead.country}>{to}", beside))
        if not lead.is_sure or len(report.visit.visitors) > 1:
            found.append((f"sure:{lead.country}>{to}", beside))
    return [LookUp(key=key, since=since, until=until) for key, (since, until) in found]


def is_loose(report: Report, world: World) -> bool:
    """Whether others can tell better which trip a report means: its days are vague, or who travels is."""
    lead = _lead(report, world)
    return not (is_sharp(report.visit) and lead is not None and lead.is_sure)


def days_of(report: Report) -> Window:
    """All the days that a report speaks of; a postponement also speaks of those when it is told."""
    windows = report.windows
    if report.visit.status is Status.POSTPONED:
        windows = [*windows, (report.told_on, report.told_on)]
    return min(first for first, _ in windows), max(last for _, last in windows)


def _keys(report: Report, lead: Traveller | None) -> Iterator[str]:
    to = report.visit.country
    if lead is None:
        return
    yield f"{lead.key}>{to}"
    if seat := _seat(lead):
        yield f"{'vacant' if _is_vacant(lead) else 'holder'}:{seat}>{to}"
    if lead.country:
        yield f"{'sure' if lead.is_sure else 'unsure'}:{lead.country}>{to}"


def _lead(report: Report, world: World) -> Traveller | None:
    return traveller_of(report.visit, min(report.day, report.told_on), world)


def _is_vacant(lead: Traveller) -> bool:
    """Whether an office is told whose holder the world data does not know."""
    return lead.role is not None and lead.key.startswith("office:")


def _seat(lead: Traveller) -> str | None:
    """Country and office as a key, None where neither is told."""
    return f"{lead.country or ''}/{lead.role}" if lead.role else None


def _who(
    report: Report, lead: Traveller | None, holders: dict[tuple[str, str], list[_Told]]
) -> tuple[str, str, Scope]:
    """The lead visitor, the country visited, and whether it is their own."""
    visit = report.visit
    if lead is None:
        who = f"article:{report.article_id}"  # nobody is told: nothing says that two are the same
    else:
        seat = _seat(lead) if _is_vacant(lead) else None
        who = _nearest(report.day, holders.get((seat or "", visit.country), ()), TENURE) or lead.key
    return who, visit.country, visit.scope


def _home_place(report: Report) -> str:
    """The place of a visit inside the visitor's own country, folded; empty where none is told."""
    if report.visit.scope is Scope.INTERNATIONAL:
        return ""
    return folded(next((d.place for d in report.visit.destinations if d.place), ""))


def _settled(report: Report, told: Sequence[_Told]) -> str:
    """The place of a domestic visit, or else the nearest in time that others tell."""
    if report.visit.scope is Scope.INTERNATIONAL:
        return ""
    return _home_place(report) or _nearest(report.day, told, NEAR) or ""


def _nearest(day: dt.date, told: Iterable[_Told], within: int) -> str | None:
    """What was told nearest to `day`, None where nothing lies within so many days."""
    gap, value = min(((abs((other - day).days), value) for other, value in told), default=(within + 1, ""))
    return value if gap <= within else None


def _around(report: Report, reach: dt.timedelta) -> Window:
    """The days of a report and so many on both sides, within the calendar."""
    first, last = days_of(report)
    return _shifted(first, -reach), _shifted(last, reach)


def _shifted(day: dt.date, by: dt.timedelta) -> dt.date:
    reach = min(max(day.toordinal() + by.days, dt.date.min.toordinal()), dt.date.max.toordinal())
    return dt.date.fromordinal(reach)
