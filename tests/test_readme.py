"""The documents stay true: examples run, commands and keys are all there, links lead somewhere."""

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import COMMANDS, main
from bot.settings import BotSettings, BriefingTable, FeedTable, SlackSettings, TelegramSettings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = sorted((ROOT / "docs").glob("*.md"))
NOW = ("--now", "2024-06-18T07:00:00+09:00")


def _blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)


def test_the_library_example_runs_and_prints_what_the_readme_says() -> None:
    """Five lines that anybody may copy."""
    [example] = _blocks("python")
    [promised] = re.findall(r"It prints `(.+?)`\.", README)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - the example is ours

    assert printed.getvalue() == f"{promised}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_in_the_readme(name: str) -> None:
    """A command that is not in the README is not found."""
    rows = [line for line in README.splitlines() if line.startswith(f"| `attache {name}` ")]

    assert len(rows) == 1
    assert f"`attache {name}" in rows[0].split("|")[2]


def test_examples_of_commands_are_right_usage() -> None:
    """Every option that the README shows exists."""
    examples = re.findall(r"`attache ([a-z-]+)([^`]*)`", README)
    wrong = []
    for name, rest in examples:
        helped = CliRunner().invoke(main, [name, "--help"]).output
        wrong += [(name, option) for option in re.findall(r"--[a-z-]+", rest) if option not in helped]

    assert len(examples) > 10
    assert wrong == []


def test_the_briefing_in_the_readme_is_real(tmp_path: Path) -> None:
    """What `make brief` prints, from the bundled feeds: every line that is shown comes, in this order."""
    seeds = tmp_path / "seeds"
    shutil.copytree(ROOT / "seeds", seeds, ignore=shutil.ignore_patterns("*.db*"))
    config = ("--config", str(seeds / "config.toml"))
    assert CliRunner().invoke(main, ["poll", *config, *NOW]).exit_code == 0
    printed = iter(CliRunner().invoke(main, ["brief", *config, *NOW]).stdout.splitlines())
    [shown] = _blocks("text")
    lines = [line for line in shown.splitlines() if line.strip() not in ("...", "")]
    missing = [line for line in lines if line not in printed]

    assert missing == []


def test_the_guide_explains_every_key_of_the_config() -> None:
    """A key that is not in the guide can only be guessed."""
    guide = (ROOT / "docs" / "admin-guide.md").read_text(encoding="utf-8")
    tables = (BotSettings, TelegramSettings, SlackSettings, FeedTable, BriefingTable)
    keys = {key for table in tables for key in table.model_fields}

    assert {key for key in keys if f"| `{key}` |" not in guide} == set()


def _keys_of_packs() -> set[str]:
    """Every key that the packs' door takes, from its own calls."""
    door = (ROOT / "digest" / "packs" / "door.py").read_text(encoding="utf-8")
    methods = "text|optional_text|flag|number|one_of|strings|words|tables|table"
    return set(re.findall(rf'\.(?:{methods})\(\s*"([a-z_]+)"', door))


def test_the_guide_to_languages_explains_every_key_of_a_pack() -> None:
    """Who writes a pack must not have to read the engine."""
    guide = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    keys = _keys_of_packs()

    assert len(keys) > 50
    assert {key for key in keys if not re.search(rf"[`\[ ]{key}[`\] ]", guide)} - {"gives"} == set()


def test_a_new_pack_shows_every_key() -> None:
    """The empty pack is the form to fill."""
    folder = ROOT / "bot" / "new_language"
    form = "\n".join(file.read_text(encoding="utf-8") for file in folder.glob("*.toml"))

    assert {key for key in _keys_of_packs() if not re.search(rf"\b{key}\b", form)} == set()


@pytest.mark.parametrize("document", [ROOT / "README.md", *DOCS], ids=lambda path: path.name)
def test_links_to_files_lead_somewhere(document: Path) -> None:
    """No document points at one that was renamed."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))

    assert [target for target in targets if not (document.parent / target).exists()] == []
