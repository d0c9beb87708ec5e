"""The small pattern language of the packs: words, `(a|b)`, `[optional]`, and `{slots}` in dates.

Pure: strings in, strings or a compiled expression out. A pack never holds a raw regular expression.
"""

import re
from collections.abc import Mapping

__all__ = ["PatternError", "compile_pattern", "expand", "needed_slots", "openings"]

#: More strings than this from one pattern is a mistake in the pack.
MAX_EXPANSIONS = 4000

_TOKEN = re.compile(r"\{[a-z_0-9]+\}|[()\[\]|]|[^()\[\]|{}]+")


class PatternError(ValueError):
    """A pattern is not well formed; the message says where."""


def _tokens(pattern: str) -> list[str]:
    tokens = _TOKEN.findall(pattern)
    if "".join(tokens) != pattern:
        raise PatternError(f"a brace is out of place in {pattern!r}")
    return tokens


def expand(pattern: str) -> list[str]:
    """Every string a slot-free pattern stands for, in reading order.

    `"visit(s|ed)[ to]"` gives visits, visits to, visited, visited to.

    Raises:
        PatternError: Unbalanced brackets, a slot, or more than MAX_EXPANSIONS strings.
    """
    tokens = _tokens(pattern)
    strings, position = _alternatives(tokens, 0, pattern)
    if position != len(tokens):
        raise PatternError(f"unbalanced {tokens[position]!r} in {pattern!r}")
    return list(dict.fromkeys(" ".join(s.split()) if " " in s else s for s in strings))


def _alternatives(tokens: list[str], at: int, pattern: str) -> tuple[list[str], int]:
    """Strings of `a|b|c` from `at` up to the bracket that closes it."""
    choices: list[str] = []
    current = [""]
    while at < len(tokens) and tokens[at] not in (")", "]"):
        piece = tokens[at]
        if piece == "|":
            choices += current
            current = [""]
            at += 1
            continue
        if piece in ("(", "["):
            inner, at = _alternatives(tokens, at + 1, pattern)
            closing = ")" if piece == "(" else "]"
            if at >= len(tokens) or tokens[at] != closing:
                raise PatternError(f"{piece!r} is never closed in {pattern!r}")
            if piece == "[":
                inner = ["", *inner]
        elif piece.startswith("{"):
            raise PatternError(f"the slot {piece} stands where only words may, in {pattern!r}")
        else:
            inner = [piece]
        current = [head + tail for head in current for tail in inner]
        if len(current) > MAX_EXPANSIONS:
            raise PatternError(f"more than {MAX_EXPANSIONS} forms from {pattern!r}")
        at += 1
    return choices + current, at


def compile_pattern(pattern: str, slots: Mapping[str, str], *, named: bool = True) -> str:
    """A regular expression for a pattern with slots.

    Args:
        pattern: For example `"{d} {month}[ {y}]"`.
        slots: What each slot may match, as an expression without groups of its own.
        named: Whether each slot becomes a named group.

    Raises:
        PatternError: Unbalanced brackets or an unknown slot.
    """
    out: list[str] = []
    stack: list[str] = []
    for piece in _tokens(pattern):
        if piece in ("(", "["):
            stack.append(piece)
            out.append("(?:")
        elif piece in (")", "]"):
            if not stack or stack.pop() != {")": "(", "]": "["}[piece]:
                raise PatternError(f"unbalanced {piece!r} in {pattern!r}")
            out.append(")" if piece == ")" else ")?")
        elif piece == "|":
            out.append("|")
        elif piece.startswith("{"):
            name = piece[1:-1]
            if name not in slots:
                raise PatternError(f"unknown slot {piece} in {pattern!r}")
            out.append(f"(?P<{name}>{slots[name]})" if named else f"(?:{slots[name]})")
        else:
            out.append(r"\s+".join(re.escape(word) for word in re.split(r"\s+", piece)))
    if stack:
        raise PatternError(f"{stack[-1]!r} is never closed in {pattern!r}")
    return "".join(out)


def needed_slots(pattern: str) -> set[str]:
    """The slots that every match of a pattern fills: those outside of brackets."""
    depth, found = 0, set()
    for piece in _tokens(pattern):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(piece, 0)
        if depth == 0 and piece.startswith("{"):
            found.add(piece[1:-1])
    return found


def openings(pattern: str) -> set[str]:
    """What a match of a pattern may begin with: slots with their braces, and first words.

    `"[(am|vom) ]{d}. {month}"` begins with am, vom or {d}.
    """
    return _openings(_tokens(pattern), 0)[0]


def _openings(tokens: list[str], at: int) -> tuple[set[str], bool, int]:
    """The openings of `a|b|c` from `at` up to the bracket that closes it; whether it may be empty; where
    it ends.
    """
    found: set[str] = set()
    empty = False
    still_open = True
    while at < len(tokens) and tokens[at] not in (")", "]"):
        piece = tokens[at]
        if piece == "|":
            empty, still_open = empty or still_open, True
        elif piece in ("(", "["):
            inner, may_be_empty, at = _openings(tokens, at + 1)
            found |= inner if still_open else set()
            still_open = still_open and (piece == "[" or may_be_empty)
        elif still_open:
            found |= {piece} if piece.startswith("{") else set(piece.split()[:1])
            still_open = not piece.strip()
        at += 1
    return found, empty or still_open, at
