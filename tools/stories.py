"""How well reports are joined into trips: the stories of `tests/corpus/stories/`, all in one pool.

make stories
make stories STORIES_ARGS="--errors 20"

Twice: from the annotated visits, as if every article were read without a fault, and from the articles
as they are read. Then each annotated visit stands for the answer paired with it; one that was not found is
a trip by itself.
"""

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from digest.facts import (
    Article,
    Destination,
    Kind,
    PartialDate,
    Party,
    Salience,
    Scope,
    Span,
    Status,
    Visit,
)
from digest.merge import arrange
from digest.reading import read
from digest.trips import Report
from tools.annotated import ROOT
from tools.clusters import Item, Joining, score_joining
from tools.scoring import Told, pair_up

__all__ = [
    "FLOORS",
    "MOST_WRONG",
    "TARGETS",
    "Pool",
    "load_stories",
    "perfect_pool",
    "raw_pool",
    "visit_from_json",
]

FOLDER = ROOT / "tests" / "corpus" / "stories"
#: B-cubed F1 that is to be reached, and how much of all joined pairs may be wrong.
TARGETS = {"perfect": 0.95, "raw": 0.85}
MOST_WRONG = 0.01
#: What is held; "raw" rises with the reading, since a visit that nobody found is a trip by itself.
FLOORS = {"perfect": 0.97, "raw": 0.73, "raw, found": 0.93}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The reports of all stories, and which trip each of the annotated visits belongs to."""

    #: All that is joined: invented visits among them, for they can do harm.
    reports: tuple[Report, ...]
    #: Annotated visit -> its trip.
    golds: Mapping[str, str]
    #: Annotated visit -> id of the report that tells it; those not found are missing.
    told_by: Mapping[str, str]

    @property
    def items(self) -> list[Item]:
        """Every annotated visit with the trip it was put into."""
        trips = {r.id: trip.id for trip in arrange(self.reports) for r in trip.reports}
        return [
            Item(id=id, gold=gold, found=trips[self.told_by[id]] if id in self.told_by else f"missed {id}")
            for id, gold in self.golds.items()
        ]

    def score(self, *, found_only: bool = False) -> Joining:
        """How well they are joined; without the visits that nobody found, where that is asked."""
        return score_joining(item for item in self.items if not found_only or item.id in self.told_by)


@click.command()
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="Print N faults of each.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=FOLDER,
    help="Other stories.",
)
def main(*, errors: int, folder: Path) -> None:
    """Join the reports of all stories and print how well: python -m tools.stories --errors 20."""
    articles = load_stories(folder)
    pools = {"perfect": perfect_pool(articles), "raw": raw_pool(articles)}
    print(f"{len(articles)} reports, {len(set(pools['perfect'].golds.values()))} trips")
    print(f"{'':<28}{'precision':>10}{'recall':>10}{'F1':>10}{'wrong pairs':>16}")
    reached = True
    for name, pool in pools.items():
        score = pool.score()
        _print_row(name, score)
        if name == "raw":
            _print_row("  of the visits found", pool.score(found_only=True))
        reached &= score.f1 >= TARGETS[name] and score.wrong_share <= MOST_WRONG
        _print_faults(pool, errors)
    sys.exit(0 if reached else 1)


def load_stories(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Every article of every story, in the order of the files."""
    return [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def perfect_pool(articles: Iterable[Mapping[str, Any]]) -> Pool:
    """The annotated visits as reports."""
    reports = [
        _report(article, number, visit_from_json(visit))
        for article in articles
        for number, visit in enumerate(article["visits"])
    ]
    return Pool(
        reports=tuple(reports), golds=_golds(articles), told_by={report.id: report.id for report in reports}
    )


def raw_pool(articles: Iterable[Mapping[str, Any]]) -> Pool:
    """What the reader makes of the articles, paired with the annotated visits as the evaluation does."""
    reports: list[Report] = []
    told_by: dict[str, str] = {}
    for article in articles:
        found = read(
            Article(
                title=article["title"],
                text=article["text"],
                published_at=_published_at(article),
                url=article["url"],
            )
        ).visits
        golds = [Told.from_json(visit) for visit in article["visits"]]
        answers = [Told.from_json(visit.to_json()) for visit in found]
        source = f"{article['title'] or ''}\n{article['text']}"
        told = [_report(article, number, visit, "read") for number, visit in enumerate(found)]
        pairs = pair_up(golds, answers, source)
        told_by |= {_id(article, gold): told[answer].id for gold, answer in pairs.items()}
        reports += told
    return Pool(reports=tuple(reports), golds=_golds(articles), told_by=told_by)


def visit_from_json(visit: Mapping[str, Any]) -> Visit:
    """An annotated visit as the reader would give it."""
    words = visit["evidence"]
    return Visit(
        visitors=_parties(visit["visitors"]),
        destinations=tuple(
            Destination(country=place["country"], place=place.get("place")) for place in visit["destinations"]
        ),
        hosts=_parties(visit.get("hosts") or ()),
        start=_date(visit["start"]),
        end=_date(visit["end"]),
        date_text=visit.get("date_text"),
        date_conflict=bool(visit.get("date_conflict")),
        status=Status(visit["status"]),
        kind=Kind(visit.get("kind") or Kind.UNKNOWN),
        purpose=visit.get("purpose_text"),
        salience=Salience(visit["salience"]),
        scope=Scope(visit.get("scope") or Scope.INTERNATIONAL),
        evidence=Span(0, len(words), words),
        rule="annotated",
        confidence=1.0,
    )


def _golds(articles: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {
        _id(article, number): visit["trip"]
        for article in articles
        for number, visit in enumerate(article["visits"])
    }


def _id(article: Mapping[str, Any], number: int) -> str:
    return f"{article['id']}.{number}"


def _report(article: Mapping[str, Any], number: int, visit: Visit, sort: str = "") -> Report:
    published_at = _published_at(article)
    return Report(
        id=_id(article, number) + sort,
        visit=visit,
        outlet=article["outlet"],
        url=article["url"],
        language=article["lang"],
        title=article["title"] or "",
        published_at=published_at,
        received_at=published_at,
        article_id=article["id"],
    )


def _published_at(article: Mapping[str, Any]) -> dt.datetime:
    """When an article was published; a time without an offset, or a day alone, is taken as UTC."""
    at = dt.datetime.fromisoformat(article["published"])
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


def _parties(parties: Iterable[Mapping[str, Any]]) -> tuple[Party, ...]:
    return tuple(
        Party(name=one.get("name"), country=one.get("country"), role=one.get("role")) for one in parties
    )


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _print_row(name: str, score: Joining) -> None:
    wrong = f"{score.wrong_pairs}/{score.joined_pairs} {score.wrong_share:.2%}"
    print(f"{name:<28}{score.precision:>10.3f}{score.recall:>10.3f}{score.f1:>10.3f}{wrong:>16}")


def _print_faults(pool: Pool, most: int) -> None:
    """The trips that hold reports of others, and those told apart, the worst first."""
    if not most:
        return
    items = pool.items
    reports = {report.id: report for report in pool.reports}
    faults: list[tuple[int, str]] = []
    for one, other, what in (("found", "gold", "JOINED"), ("gold", "found", "APART")):
        groups: dict[str, list[Item]] = {}
        for item in items:
            groups.setdefault(getattr(item, one), []).append(item)
        for name, group in groups.items():
            parts = Counter(getattr(item, other) for item in group)
            strays = len(group) - parts.most_common(1)[0][1]
            if strays:
                lines = [f"{strays:>3} {what} {name}"]
                order = sorted(group, key=lambda item: (-parts[getattr(item, other)], getattr(item, other)))
                lines += [f"      {getattr(i, other):<40} {_line(i, pool, reports)}" for i in order]
                faults.append((strays, "\n".join(lines)))
    for _, text in sorted(faults, key=lambda fault: -fault[0])[:most]:
        print(text)


def _line(item: Item, pool: Pool, reports: Mapping[str, Report]) -> str:
    report = reports.get(pool.told_by.get(item.id, ""))
    if report is None:
        return f"{item.id}: not found"
    visit = report.visit
    who = ", ".join(f"{v.name}/{v.country}/{v.role}" for v in visit.visitors)
    days = f"{visit.start or '?'}..{visit.end or '?'}"
    told = f"{report.told_on} {visit.status} {visit.salience}"
    return f"{item.id}: {who} -> {visit.country} {days} ({told})"


if __name__ == "__main__":
    main()
