"""Scores `attache digest --jsonl` on annotated articles and holds the figures against their floors.

make evaluate
make evaluate EVALUATE_ARGS="--errors 20"
make evaluate EVALUATE_ARGS=--record      # after an improvement: the floors follow it up
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tools.annotated import ATTACHE, ROOT, AnnotatedSet, CommandError, ask, load_sets
from tools.floors import BOUNDS, EACH, FIRST, TARGETS, Key, falls, lowered, missed_targets, nested, raised
from tools.scoring import Gold, Miss, Score, Told, figures, score_articles

__all__ = ["main"]

FLOOR_FILE = ROOT / "tests" / "corpus" / "floor.json"
#: All columns fit; a narrower terminal wraps them, which is better than leaving figures out.
WIDTH = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One set, its answers and its scores by language."""

    name: str
    golds: tuple[Gold, ...]
    answers: Mapping[str, Sequence[Told]]

    def score(self, languages: Sequence[str] | None = None) -> Score:
        """The score of some languages, or of all."""
        chosen = (gold for gold in self.golds if languages is None or gold.language in languages)
        return score_articles(chosen, self.answers)

    @property
    def languages(self) -> list[str]:
        """The languages of the set, in order of their codes."""
        return sorted({gold.language for gold in self.golds})


@click.command()
@click.option("--record", is_flag=True, help="Raise the floors to what is reached now; lowers none.")
@click.option("--lower", is_flag=True, help="Lower the floors that are not reached.")
@click.option("--enforce-targets", is_flag=True, help="Fail where a target is missed.")
@click.option(
    "--enforce-bounds", is_flag=True, help="Fail where id, en and ko together fall below their bounds."
)
@click.option(
    "--errors", type=click.IntRange(min=0), default=0, metavar="N", help="Print N errors of each set."
)
@click.option(
    "--attache",
    type=click.Path(path_type=Path),
    default=ATTACHE,
    help="The command to score; the installed one otherwise.",
)
def main(
    *, record: bool, lower: bool, enforce_targets: bool, enforce_bounds: bool, errors: int, attache: Path
) -> None:
    """Score the reading of annotated articles, for instance: python -m tools.evaluate --errors 20."""
    console = Console(width=max(WIDTH, Console().width))
    try:
        with console.status("reading the annotated articles"):
            scored = [_scored(one, attache) for one in load_sets()]
    except CommandError as error:
        click.echo(f"evaluate: {error}", err=True)
        sys.exit(1)
    for one in scored:
        console.print(_table(one))
        _print_misses(console, one.score().misses[:errors])
    reached = _print_together(console, scored)
    bounded = _print_bounds(console, scored)
    kept = _keep_floors(console, scored, record=record, lower=lower)
    failed = (enforce_targets and not reached) or (enforce_bounds and not bounded)
    sys.exit(0 if kept and not failed else 1)


def _scored(one: AnnotatedSet, attache: Path) -> Scored:
    return Scored(name=one.name, golds=tuple(one.golds), answers=ask(one, attache))


def _table(one: Scored) -> Table:
    """The figures of one set, a row for each language."""
    table = _empty_table(one.name)
    for language in one.languages:
        _add_row(table, language, one.score([language]))
    table.add_section()
    _add_row(table, "all", one.score())
    return table


def _print_together(console: Console, scored: Sequence[Scored]) -> bool:
    """Print every language with its sets together, and all of them; whether the targets are reached."""
    table = _empty_table("all sets together")
    golds = [gold for one in scored for gold in one.golds]
    answers = {key: visits for one in scored for key, visits in one.answers.items()}
    missed = []
    for language in sorted({gold.language for gold in golds}):
        score = score_articles([gold for gold in golds if gold.language == language], answers)
        _add_row(table, language, score)
        missed += [f"{language} {text}" for text in missed_targets(figures(score.counts), EACH)]
    whole = score_articles(golds, answers)
    table.add_section()
    _add_row(table, "all", whole)
    console.print(table)
    missed = [*missed_targets(figures(whole.counts)), *missed]
    wanted = ", ".join(f"{name} >= {target:.2f}" for name, target in TARGETS.items())
    console.print(f"targets ({wanted}): {'; '.join(missed) or 'reached'}", style="red" if missed else "green")
    return not missed


def _print_bounds(console: Console, scored: Sequence[Scored]) -> bool:
    """Print whether the first languages together keep their bounds; whether they do."""
    golds = [gold for one in scored for gold in one.golds if gold.language in FIRST]
    answers = {key: visits for one in scored for key, visits in one.answers.items()}
    missed = missed_targets(figures(score_articles(golds, answers).counts), BOUNDS)
    text = f"bounds of {', '.join(FIRST)} together: {'; '.join(missed) or 'kept'}"
    console.print(text, style="red" if missed else "green")
    return not missed


def _keep_floors(console: Console, scored: Sequence[Scored], *, record: bool, lower: bool) -> bool:
    """Compare with the floors, move them where that is asked for; whether all are reached."""
    floors = _load_floors()
    names = [one.name for one in scored]
    measured = {
        Key(one.name, language, figure): value
        for one in scored
        for language in one.languages
        for figure, value in figures(one.score([language]).counts).items()
    }
    moved = lowered(floors, measured, names) if lower else floors
    moved = raised(moved, measured) if record else moved
    if moved != floors:
        FLOOR_FILE.write_text(json.dumps(nested(moved), indent=1) + "\n", encoding="utf-8")
        console.print(f"floors: {len(moved)} recorded in {FLOOR_FILE.relative_to(ROOT)}")
    fallen = falls(moved, measured, names)
    for fall in fallen:
        console.print(f"floor: {fall}", style="red")
    if not fallen:
        held = sum(key.set_name in names for key in moved)
        console.print(f"floors: all {held} reached", style="green")
    return not fallen


def _load_floors() -> dict[Key, float]:
    tree = json.loads(FLOOR_FILE.read_text(encoding="utf-8"))
    return {
        Key(set_name, language, figure): floor
        for set_name, languages in tree.items()
        for language, row in languages.items()
        for figure, floor in row.items()
    }


def _empty_table(title: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column("", no_wrap=True)
    headings = ["articles", "visits", *(name.removeprefix("core_") for name in figures(Counter()))]
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _add_row(table: Table, name: str, score: Score) -> None:
    values = (f"{value:.3f}".replace("nan", "-") for value in figures(score.counts).values())
    table.add_row(name, str(score.counts["articles"]), str(score.counts["visits"]), *values)


def _print_misses(console: Console, misses: Sequence[Miss]) -> None:
    for miss in misses:
        line = f"{miss.sort:<9}{miss.article}: annotated {_short(miss.gold)} | answered {_short(miss.answer)}"
        console.print(escape(line), soft_wrap=True, highlight=False)


def _short(visit: Told | None) -> str:
    if visit is None:
        return "-"
    who = ", ".join(f"{person.name}/{person.country}" for person in visit.visitors)
    where = "+".join(sorted(visit.countries))
    return f"{who} -> {where} {visit.start}..{visit.end} {visit.status}"


if __name__ == "__main__":
    main()
