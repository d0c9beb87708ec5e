"""Asking the command: every article without its solution, and an answer to each or an error."""

import json
import sys
from pathlib import Path

import pytest

from tools.annotated import AnnotatedSet, CommandError, ask, load_sets, question

ARTICLES = AnnotatedSet(
    name="two",
    articles=(
        {"id": "a", "lang": "id", "title": "Judul", "text": "Teks", "published": None, "visits": [{}]},
        {"id": "b", "lang": "ko", "title": None, "text": "글", "published": "2024-06-17", "visits": []},
    ),
)


def command(folder: Path, body: str) -> Path:
    """A command of a few lines of Python that reads standard input as `lines`."""
    path = folder / "attache"
    path.write_text(f"#!{sys.executable}\nimport json, sys\nlines = sys.stdin.readlines()\n{body}\n")
    path.chmod(0o755)
    return path


def test_the_solution_is_not_shown() -> None:
    assert json.loads(question(ARTICLES.articles[0])) == {
        "id": "a",
        "title": "Judul",
        "text": "Teks",
        "published": None,
    }


def test_answers_come_back_by_the_id_of_their_article(tmp_path: Path) -> None:
    echo = command(
        tmp_path,
        "for line in lines:\n"
        "    row = json.loads(line)\n"
        "    print(json.dumps({'id': row['id'], 'visits': [{'purpose': row['text']}]}))",
    )

    answers = ask(ARTICLES, echo)

    assert {key: [visit.purpose for visit in visits] for key, visits in answers.items()} == {
        "a": ["Teks"],
        "b": ["글"],
    }


def test_an_article_left_out_is_an_error(tmp_path: Path) -> None:
    first_only = command(tmp_path, "print(json.dumps({'id': 'a', 'visits': []}))")

    with pytest.raises(CommandError, match=r"no answer for 1 articles: b"):
        ask(ARTICLES, first_only)


def test_a_failing_command_is_told_by_its_last_line(tmp_path: Path) -> None:
    failing = command(tmp_path, "print('first', file=sys.stderr)\nsys.exit('the pack is broken')")

    with pytest.raises(CommandError, match=r"exit 1: the pack is broken$"):
        ask(ARTICLES, failing)


def test_a_missing_command_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="make setup"):
        ask(ARTICLES, tmp_path / "nothing")


def test_the_own_corpus_is_always_a_set_and_no_id_stands_in_it_twice() -> None:
    corpus = next(one for one in load_sets() if one.name == "corpus")
    ids = [gold.id for gold in corpus.golds]

    assert len(ids) > 50
    assert len(set(ids)) == len(ids)
