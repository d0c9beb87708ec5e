"""The table of traditional characters, and how it is built."""

from pathlib import Path

from tools import build_hanzi


def test_the_first_choice_counts_and_nothing_that_stays_the_same(tmp_path: Path) -> None:
    """Of several simplified characters one; rare characters outside the basic plane are left out."""
    source, target = tmp_path / "TSCharacters.txt", tmp_path / "hanzi.txt"
    source.write_text("後\t后\n著\t着 著\n台\t台\n㑮\t𫝈\n", encoding="utf-8")
    build_hanzi.main(source, target)
    assert target.read_text(encoding="utf-8") == "後著\n后着\n"


def test_the_shipped_table_makes_both_scripts_one() -> None:
    """A character on the left is never one on the right: folding twice changes nothing."""
    traditional, simplified = build_hanzi.TARGET.read_text(encoding="utf-8").split()
    assert len(traditional) == len(simplified) == len(set(traditional))
    assert not set(traditional) & set(simplified)
