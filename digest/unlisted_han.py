"""Names of people whom nobody listed, in Chinese characters or katakana, beside their titles.

Pure. Nothing marks where such a name ends, so it is bounded by what it may be made of: a family name with
one or two characters, or the characters (or katakana) that spell out foreign names.
"""

import functools
import re
from collections.abc import Sequence

from digest.lexicon import Mention
from digest.packs.schema import NameStyle

__all__ = ["han_name_after", "han_name_before"]

_HAN = r"\u3005\u30f6\u4e00-\u9fff"
_KANA = r"\u30a1-\u30f5\u30fc"
#: Longest name behind a title (characters) where no dot joins its parts.
_LONGEST = 4
#: A run of spelling characters so long is no family name with a given one.
_FOREIGN = 4


@functools.cache
def _spelt(letters: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Foreign names of several parts, and of one."""
    part = rf"[{re.escape(letters)}]" if letters else "(?!)"
    return re.compile(rf"{part}{{1,8}}(?:[·・•]{part}{{1,8}})+"), re.compile(rf"{part}{{2,8}}")


def han_name_after(
    style: NameStyle, folded: str, position: int, end: int, stops: Sequence[Mention]
) -> tuple[int, int] | None:
    """The span of the name that begins at `position`, behind a title."""
    limit = min([end, *(m.start for m in stops if m.start >= position)])
    dotted, single = _spelt(style.letters)
    match = dotted.match(folded, position, limit)
    if match:
        return match.span()
    run = single.match(folded, position, limit)
    foreign = run.end() if run else position
    native = _native(style, folded, position, limit)
    last = foreign if foreign - position >= _FOREIGN else native or foreign
    return (position, last) if last - position > 1 else None


def _native(style: NameStyle, folded: str, position: int, limit: int) -> int | None:
    """Where a family name with its given name ends; None where no family name begins."""
    surname = next((s for s in _by_length(style.surnames) if folded.startswith(s, position, limit)), None)
    if surname is None:
        return None
    last = position + len(surname)
    longest = min(limit, last + 2, position + _LONGEST)
    while last < longest and re.match(rf"[{_HAN}]", folded[last]):
        if folded.startswith(style.never, last):
            break
        last += 1
    return last if last > position + len(surname) else None


@functools.cache
def _by_length(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def han_name_before(
    style: NameStyle, folded: str, start: int, position: int, stops: Sequence[Mention]
) -> tuple[int, int] | None:
    """The span of the name that ends at `position`, right before a title."""
    start = max([start, *(m.end for m in stops if m.end <= position)])
    kana = re.search(rf"[{_KANA}]{{2,}}(?:[・=][{_KANA}]+)*$", folded[start:position])
    if kana:
        return (start + kana.start(), position) if kana.group() not in style.never else None
    run = re.search(rf"[{_HAN}]+$", folded[start:position])
    if run is None or not 1 < len(run.group()) <= style.longest:
        return None
    known = not style.surnames or run.group().startswith(style.surnames)
    return (start + run.start(), position) if known and not run.group().startswith(style.never) else None
