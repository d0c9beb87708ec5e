"""Builds `digest/hanzi.txt`: traditional characters, and below them the simplified one for each.

From OpenCC's table of characters (`TSCharacters.txt` of https://github.com/BYVoid/OpenCC); where it offers
several, its first choice:

    .venv/bin/python -m tools.build_hanzi TSCharacters.txt
"""

import sys
from pathlib import Path

__all__ = ["main", "pairs"]

TARGET = Path(__file__).parent.parent / "digest" / "hanzi.txt"
#: Characters beyond this plane are in no newspaper.
LAST = 0xFFFF


def pairs(table: str) -> dict[str, str]:
    """Traditional character -> simplified one, of OpenCC's tab-separated lines; no chains."""
    found = {}
    for line in table.splitlines():
        traditional, _, choices = line.partition("\t")
        simplified = choices.split(" ")[0]
        if len(traditional) == len(simplified) == 1 and max(ord(traditional), ord(simplified)) <= LAST:
            found[traditional] = simplified
    found = {old: new for old, new in found.items() if old != new}
    return {old: new for old, new in found.items() if new not in found}


def main(source: Path, target: Path = TARGET) -> None:
    """Write the table anew from OpenCC's file."""
    found = pairs(source.read_text(encoding="utf-8"))
    target.write_text(f"{''.join(found)}\n{''.join(found.values())}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
