"""The most memory that `attache digest --jsonl` ever holds, over all annotated articles."""

import os
import subprocess
import sys
import tempfile

from bench.rows import Row
from tools.annotated import ATTACHE, load_sets, questions

TARGET_MB = 200
#: `ru_maxrss` counts bytes there and kilobytes elsewhere.
UNITS_PER_MB = 1e6 if sys.platform == "darwin" else 1e3


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as asked:
        asked.write(questions(load_sets()))
        asked.seek(0)
        child = subprocess.Popen([ATTACHE, "digest", "--jsonl"], stdin=asked, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"bench: attache digest --jsonl: exit {child.returncode}")
    # Before it became `attache` the child was a copy of this process, which is why this one imports little.
    peak = usage.ru_maxrss / UNITS_PER_MB
    print(Row(what="memory: attache digest --jsonl, peak", measured=peak, unit="MB", at_most=TARGET_MB))


if __name__ == "__main__":
    main()
