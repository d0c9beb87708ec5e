"""How soon `attache brief` answers, and that it imports nothing that it does not use."""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.rows import Row
from tools.annotated import ATTACHE, ROOT

ROUNDS = 11
TARGET = 3
NOW = "2024-06-18T07:00:00+09:00"
#: The floor: an interpreter with the libraries that a command over a store cannot do without.
BARE = (sys.executable, "-c", "import sqlite_utils, click")
#: The chat platforms, the web and what reading articles takes: `brief` shows what is stored and needs none.
UNUSED = frozenset({"aiohttp", "feedparser", "pycld2", "slack_bolt", "slack_sdk", "telegram", "trafilatura"})


def main() -> None:
    """Measure and print; fails where `brief` imports what it does not use."""
    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder) / "seeds"
        shutil.copytree(ROOT / "seeds", seeds, ignore=shutil.ignore_patterns("*.db*"))
        about = ("--config", str(seeds / "config.toml"), "--now", NOW)
        _seconds((ATTACHE, "poll", *about, "--all"))
        brief = (ATTACHE, "brief", *about)
        rounds = [(_seconds(brief), _seconds(BARE)) for _ in range(ROUNDS + 1)][1:]
        unused = _imported(brief) & UNUSED
    ours, bare = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(
        Row(
            what="start: attache brief, against importing sqlite_utils and click",
            measured=ours / bare,
            unit="x",
            at_most=TARGET,
        )
    )
    print(Row(what="  attache brief", measured=ours * 1000, unit="ms"))
    if unused:
        sys.exit(f"bench: attache brief imports {', '.join(sorted(unused))}")


def _seconds(command: Sequence[str | Path]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def _imported(command: Sequence[str | Path]) -> set[str]:
    """Top-level packages that a Python command imports, as the interpreter itself logs them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *command], check=True, capture_output=True, encoding="utf-8"
    )
    logged = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in logged}


if __name__ == "__main__":
    main()
