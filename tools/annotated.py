"""Sets of annotated articles, and what `attache digest --jsonl` answers to them."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.scoring import Gold, Told

__all__ = ["ATTACHE", "ROOT", "AnnotatedSet", "CommandError", "ask", "load_sets", "question", "questions"]

ROOT = Path(__file__).parents[1]
#: The installed command beside the interpreter that runs this.
ATTACHE = Path(sys.executable).parent / "attache"
#: The project's own articles, and the shared ones, which stand beside the checkout on some machines only.
FOLDERS = {
    "corpus": ROOT / "tests" / "corpus",
    "dev": ROOT.parent / "shared" / "evaluation" / "dev",
}
#: All that a reader may look at; the rest of a line is the solution.
ASKED = ("id", "title", "text", "published")


class CommandError(Exception):
    """The command did not answer every article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedSet:
    """The articles of one folder."""

    name: str
    #: As the files hold them, in the order of the files.
    articles: tuple[Mapping[str, Any], ...]

    @property
    def golds(self) -> list[Gold]:
        """The annotations, ready to be compared."""
        return [Gold.from_json(article) for article in self.articles]


def load_sets() -> list[AnnotatedSet]:
    """Every set that is there."""
    return [
        AnnotatedSet(name=name, articles=tuple(_rows(folder)))
        for name, folder in FOLDERS.items()
        if folder.is_dir()
    ]


def question(article: Mapping[str, Any]) -> str:
    """One line for `attache digest --jsonl`: the article without its solution."""
    return json.dumps({key: article.get(key) for key in ASKED}, ensure_ascii=False)


def questions(sets: Iterable[AnnotatedSet]) -> str:
    """All articles as one input."""
    return "".join(f"{question(article)}\n" for one in sets for article in one.articles)


def ask(one: AnnotatedSet, command: Path = ATTACHE) -> dict[str, list[Told]]:
    """What the command answers to each article of a set, by the article's id.

    Raises:
        CommandError: It failed, or left an article without its line.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            [command, "digest", "--jsonl"],
            input=questions([one]),
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    except FileNotFoundError as error:
        raise CommandError(f"{command} is not there: `make setup` first") from error
    except subprocess.CalledProcessError as error:
        last = error.stderr.strip().splitlines()[-1:] or ["no message"]
        raise CommandError(f"{command} digest --jsonl: exit {error.returncode}: {last[0]}") from error
    rows = map(json.loads, done.stdout.splitlines())
    answers = {row["id"]: [Told.from_json(visit) for visit in row["visits"]] for row in rows}
    silent = [article["id"] for article in one.articles if article["id"] not in answers]
    if silent:
        raise CommandError(f"{command} digest --jsonl: no answer for {len(silent)} articles: {silent[0]} ...")
    return answers


def _rows(folder: Path) -> Iterable[Mapping[str, Any]]:
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line)
