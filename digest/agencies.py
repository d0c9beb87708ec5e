"""Whose wire an article carries: the agency that its dateline or its last line credits.

Pure: a text in, an agency's id out. An agency that the story quotes ("Yonhap said") is no credit.
"""

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable, Mapping

from digest.text import fold

__all__ = ["credited_agency"]

#: A credit stands within so many characters of the text's beginning or end.
HEAD = 120
TAIL = 80
_OPEN, _CLOSE = r"[(\[/（【［〔]", r"[)\]/）】］〕]"


def credited_agency(text: str) -> str | None:
    """The id of the agency that a text is credited to, None where it credits none.

    Credits stand in brackets, with the town before an equals sign in some countries, or open the text as
    dateline of Chinese and Japanese papers; a text may also end in the bare name.
    """
    head, tail = fold(text[:HEAD]), fold(text[-TAIL:]).strip()
    opening, bracketed, closing = _patterns()
    match = opening.match(head.lstrip()) or bracketed.search(head) or bracketed.search(tail)
    match = match or closing.search(tail)
    return _agencies()[match["name"]] if match else None


@functools.cache
def _agencies() -> Mapping[str, str]:
    """The folded names of the agencies, and the id that each stands for."""
    text = importlib.resources.files("digest").joinpath("agencies.toml").read_text("utf-8")
    return {fold(name): id for id, names in tomllib.loads(text).items() for name in names}


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What credits look like: at the very beginning, in brackets, as the last words."""
    name = rf"(?P<name>{_any_of(_agencies())})"
    dense = rf"(?P<name>{_any_of(name for name in _agencies() if name[0] > '⺀')})"
    return (
        re.compile(rf"{_OPEN}?\w{{0,8}}?{dense}(?:\w{{0,12}}\d|\s*{_CLOSE})"),
        re.compile(rf"{_OPEN}\s*(?:[^()\[\]=:]{{1,20}}=\s*)?{name}(?:\s*[/,=].{{0,20}})?\s*{_CLOSE}"),
        re.compile(rf"(?:[\n|–—-]|\.)\s*(?:\w+\s*:\s*)?{name}\W*$"),
    )


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
