"""Reports for the tests of everything that joins or shows trips."""

import datetime as dt
import itertools

from digest.facts import (
    Destination,
    Kind,
    PartialDate,
    Party,
    PurposeClass,
    Salience,
    Scope,
    Span,
    Status,
    Visit,
)
from digest.trips import Report

__all__ = ["KIM", "LAM", "PUTIN", "party", "report", "visit"]

PUTIN = Party(name="Vladimir Putin", country="RU", role="president")
KIM = Party(name="Kim Jong Un", country="KP", role="supreme leader")
LAM = Party(name="Tô Lâm", country="VN", role="president")

_numbers = itertools.count(1)


def party(name: str | None = None, country: str | None = None, role: str | None = None) -> Party:
    """A party."""
    return Party(name=name, country=country, role=role)


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def visit(
    start: str | None = None,
    end: str | None = None,
    *,
    who: Party | None = PUTIN,
    to: str = "KP",
    place: str | None = None,
    status: Status = Status.PLANNED,
    background: bool = False,
    alternatives: tuple[str, ...] = (),
    evidence: str = "",
    purpose: str | None = None,
    purpose_class: PurposeClass | None = None,
    hosts: tuple[Party, ...] = (),
    with_them: tuple[Party, ...] = (),
    kind: Kind = Kind.UNKNOWN,
    confidence: float = 0.8,
) -> Visit:
    """Putin's visit to North Korea, planned and undated where nothing else is asked for."""
    words = evidence or f"Sentence {next(_numbers)}."
    return Visit(
        visitors=(who, *with_them) if who else (),
        destinations=(Destination(country=to, place=place),),
        hosts=hosts,
        start=_date(start),
        end=_date(end),
        date_conflict=bool(alternatives),
        start_alternatives=tuple(PartialDate.parse(value) for value in alternatives),
        status=status,
        kind=kind,
        purpose=purpose,
        purpose_class=purpose_class,
        salience=Salience.BACKGROUND if background else Salience.HEADLINE,
        scope=Scope.DOMESTIC if who and who.country == to else Scope.INTERNATIONAL,
        evidence=Span(0, len(words), words),
        rule="test",
        confidence=confidence,
    )


def report(
    told: str,
    told_visit: Visit | None = None,
    *,
    outlet: str = "Kantor",
    id: str | None = None,
    title: str = "",
    language: str = "en",
) -> Report:
    """What an outlet said on the day (or at the minute) `told`, received a minute later."""
    at = dt.datetime.fromisoformat(told).replace(tzinfo=dt.UTC)
    name = id or f"r{next(_numbers):06d}"
    return Report(
        id=name,
        visit=told_visit or visit(),
        outlet=outlet,
        url=f"https://news.example/{name}",
        language=language,
        title=title or f"Title {name}",
        published_at=at,
        received_at=at + dt.timedelta(minutes=1),
        article_id=f"article-{name}",
    )
