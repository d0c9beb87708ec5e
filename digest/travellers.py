"""Who travels where: which reports can be of the same party.

Pure: visits in, keys out.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TypeAlias

from digest.facts import Party, Scope, Visit
from digest.folding import folded
from digest.trips import Report

__all__ = ["TravellerKey", "traveller_keys", "trip_keys"]

#: An office and the person holding it are joined when told at most so many days apart: later it may
#: be somebody else's.
TENURE = 400
#: A domestic visit without a place is taken for the one told at most so many days apart.
NEAR = 3

#: Lead visitor, country visited, scope, place (of domestic visits).
TravellerKey: TypeAlias = tuple[str, str, Scope, str]
#: Something told, with the day it is about.
_Told: TypeAlias = tuple[dt.date, str]


def trip_keys(visit: Visit) -> frozenset[str]:
    """The look-up keys of a visit: whichever trips share one with it are the candidates to join.

    One for the lead visitor's name and one for their country and office, each with the destination.
    """
    if not visit.visitors:
        return frozenset({f"nobody>{visit.country}"})
    lead = visit.visitors[0]
    keys = [f"person:{folded(lead.name)}"] if lead.name else []
    office = _office(lead)
    if office and (lead.role or not lead.name):
        keys.append(f"office:{office}")
    return frozenset(f"{key}>{visit.country}" for key in keys or ["nobody"])


def _office(party: Party) -> str | None:
    """Country and office as a key, None where neither is told: a delegation's office is empty."""
    if party.country is None and party.role is None:
        return None
    return f"{party.country or ''}/{folded(party.role or '')}"


def traveller_keys(ordered: Sequence[Report]) -> list[TravellerKey]:
    """For each report a key of who travels where; equal keys are the same party.

    An office goes to the person told to hold it at the time. Inside their own country leaders travel
    all the time, so there the place is part of the key, and a report that names none goes to the
    nearest one that does.
    """
    holders: dict[tuple[str, str], list[_Told]] = {}
    for report in ordered:
        lead = _lead(report)
        office = _office(lead) if lead else None
        if lead and lead.name and lead.role and office:
            holders.setdefault((office, report.visit.country), []).append((report.day, folded(lead.name)))
    whos = [_who(report, holders) for report in ordered]
    places: dict[tuple[str, str, Scope], list[_Told]] = {}
    for report, who in zip(ordered, whos, strict=True):
        if place := _home_place(report):
            places.setdefault(who, []).append((report.day, place))
    return [(*who, _settled(report, places.get(who, ()))) for report, who in zip(ordered, whos, strict=True)]


def _lead(report: Report) -> Party | None:
    return report.visit.visitors[0] if report.visit.visitors else None


def _who(report: Report, holders: dict[tuple[str, str], list[_Told]]) -> tuple[str, str, Scope]:
    """The lead visitor, the country visited, and whether it is their own."""
    visit = report.visit
    lead = _lead(report)
    office = _office(lead) if lead else None
    if lead and lead.name:
        who = f"person:{folded(lead.name)}"
    elif office:
        holder = _nearest(report.day, holders.get((office, visit.country), ()), TENURE)
        who = f"person:{holder}" if holder else f"office:{office}"
    else:
        who = f"article:{report.article_id}"  # nobody is told: nothing says that two are the same
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


def _nearest(day: dt.date, told: Sequence[_Told], within: int) -> str | None:
    """What was told nearest to `day`, None where nothing lies within so many days."""
    gap, value = min(((abs((other - day).days), value) for other, value in told), default=(within + 1, ""))
    return value if gap <= within else None
