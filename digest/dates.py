"""WHEN: finds the date words of a language; `days` says what they come to.

Pure. Found words are parts (day, month, weekday, offset), not yet a date.
"""

import calendar
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from digest.packs.schema import DateTables
from digest.patterns import compile_pattern, needed_slots, openings
from digest.text import WORD_MARKS

__all__ = ["DateFinder", "DateWords"]

#: A date may stand right behind a character of a script that writes no spaces: "首相は18日".
_JOINED = r"\u3040-\u30ff\u3400-\u9fff"
#: Where a date may begin.
_BEGINS = re.compile(rf"(?<![^\W{_JOINED}])(?<![/.{WORD_MARKS}-])")
#: Parentheses and commas around dates carry no meaning: "Selasa (16/6/2024)", "Tuesday, June 18".
_DIGITS = re.compile(r"\d+")
#: So far before a date "since" may stand, with so many words between.
SINCE_REACH, SINCE_WORDS = 40, 3
#: Slots that so many digits fill.
_NUMERIC: Mapping[int, tuple[str, ...]] = {
    1: ("{d}", "{d2}", "{m}", "{m2}", "{n}", "{ey}"),
    2: ("{d}", "{d2}", "{m}", "{m2}", "{n}", "{ey}"),
    3: ("{n}", "{ey}"),
    4: ("{y}", "{ey}"),
}
#: Those of them that words fill too.
_WORDED = ("{n}", "{ey}")
_MEANINGLESS = "(),[]"


class DateWords(NamedTuple):
    """Date words as found, not yet resolved: `source[start:end]`."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_month: int | None = None
    last_day: int | None = None
    #: 0 = Monday.
    weekday: int | None = None
    last_weekday: int | None = None
    #: Distance from the article's own date, in `unit`s.
    offset: int | None = None
    unit: str | None = None
    #: Weeks or years that go with a weekday or month ("Tuesday next week", "September last year").
    shift: tuple[str, int] | None = None
    #: Where the words themselves point: -1 back ("Senin lalu"), 1 ahead ("Mei mendatang").
    toward: int | None = None
    #: The offset counts from another event, not from the article's date ("nine months after").
    from_event: bool = False
    #: The offset counts from the day told last, not from the article's date ("the next day").
    from_told: bool = False
    #: The day is the last one ("until Friday"), not the first.
    until: bool = False
    #: How many days the visit lasts ("three-day visit"); then nothing else is set.
    duration: int | None = None


@functools.lru_cache(maxsize=2)
def _plain(folded: str) -> str:
    """The text without what carries no meaning around dates; asked for sentence by sentence."""
    for sign in _MEANINGLESS:
        folded = folded.replace(sign, " ")
    return folded


class DateFinder:
    """The date patterns of one language, compiled."""

    def __init__(self, tables: DateTables, *, whole: bool = False) -> None:
        """Args:
        tables: The language's words and orders.
        whole: Whether a date ends where its word does: "कल" is no part of "कलकत्ता".
        """
        self._tables = tables
        slots = {
            "d": r"\d{1,2}(?!\d)",
            "d2": r"\d{1,2}(?!\d)",
            "m": r"\d{1,2}(?!\d)",
            "m2": r"\d{1,2}(?!\d)",
            "dw": _any(tables.numbers),
            "dw2": _any(tables.numbers),
            "y": r"(?:1[89]|20)\d\d(?!\d)",
            "n": rf"\d{{1,3}}(?!\d)|{_any(tables.numbers)}",
            "era": _any(tables.eras),
            "ey": rf"\d{{1,4}}(?!\d)|{_any(tables.numbers)}",
            "month": _any(tables.months),
            "month2": _any(tables.months),
            "weekday": _any(tables.weekdays),
            "wd": _any(tables.short_weekdays),
            "wd2": _any(tables.short_weekdays),
            "weekday2": _any(tables.weekdays),
            "day": _any(tables.days),
            "unit": _any(tables.units),
            "direction": _any(tables.directions),
            "told": _any(tables.told_days),
            "later": _any(tables.told_directions),
            "relative": _any(tables.relatives),
            "after": _any(tables.after_event),
            "before": _any(tables.before_event),
            "until": _any(tables.until),
        }
        kinds = (tables.patterns, tables.durations, tables.not_dates)
        self._known = _Known(tables, [pattern for patterns in kinds for pattern in patterns])
        self._patterns, self._durations, self._not_dates = (
            [_Pattern(_compiled(p, slots, whole), needed_slots(p), frozenset(openings(p))) for p in patterns]
            for patterns in kinds
        )

    def find(self, folded: str, start: int, end: int) -> list[DateWords]:
        """Date words in `folded[start:end]`, in order; the longest reading of each place."""
        text = _plain(folded)
        spots = self._known.spots_in(text, start, end)
        if not spots:
            return []
        fillable = {name[1:-1] for name in spots if name[0] == "{"}
        tried: dict[frozenset[str], list[int]] = {}

        def matches(patterns: Iterable[_Pattern]) -> Iterator[re.Match[str]]:
            for pattern in patterns:
                if pattern.needed <= fillable:
                    if pattern.openings not in tried:
                        tried[pattern.openings] = _spots_of(pattern.openings, spots)
                    if tried[pattern.openings]:
                        yield from pattern.matches(text, tried[pattern.openings], end)

        found: list[tuple[int, int, DateWords]] = []
        for match in matches(self._patterns):
            words = self._words(match)
            if words is not None:
                found.append((match.start(), -match.end(), words))
        for match in matches(self._durations):
            days = self._number(_told(match)["n"]) or 0
            days *= {"day": 1, "week": 7}.get(self._unit(match), 0)
            if 0 < days < 60:
                words = DateWords(start=match.start(), end=match.end(), duration=days)
                found.append((match.start(), -match.end(), words))
        for match in matches(self._not_dates):
            found.append((match.start(), -match.end(), DateWords(start=match.start(), end=match.end())))
        lengths = [(words.start, words.end) for _, _, words in found if words.duration is not None]
        found = [f for f in found if not any(f[0] < start < -f[1] < end for start, end in lengths)]
        kept = [w for w in _without_overlaps(found) if w != DateWords(start=w.start, end=w.end)]
        read = [self._begun(words) if self._opens_a_span(text, words) else words for words in kept]
        return [words for words in read if words is not None]

    def _begun(self, words: DateWords) -> DateWords | None:
        """What a date behind "since" means: on a weekday or yesterday the visit itself began, else something
        older.
        """
        if words.unit == "day" and words.offset is not None and not words.from_event:
            return words
        return words._replace(toward=-1) if words.weekday is not None else None

    def _opens_a_span(self, text: str, words: DateWords) -> bool:
        """Whether a word like "since" stands before the date, or opens a phrase that ends with one: "since
        Trump's inauguration on 20 January".
        """
        if not self._tables.since or words.duration is not None:
            return False
        head = text[max(0, words.start - SINCE_REACH) : words.start].rstrip()
        if head.endswith(self._tables.since):
            return True
        told = [head.rfind(f"{word} ") + len(word) for word in self._since_words(head)]
        return words.day is not None and bool(told) and len(head[max(told) :].split()) <= SINCE_WORDS

    def _since_words(self, head: str) -> list[str]:
        """The words like "since" that stand in `head` by themselves."""
        return [word for word in self._tables.since if f" {word} " in head or head.startswith(f"{word} ")]

    def _unit(self, match: re.Match[str]) -> str:
        groups = _told(match)
        return self._tables.units[groups["unit"]] if groups.get("unit") else "day"

    def _number(self, text: str | None) -> int | None:
        if text is None:
            return None
        return int(text) if text.isdigit() else self._tables.numbers[text]

    def _words(self, match: re.Match[str]) -> DateWords | None:
        groups = _told(match)
        tables = self._tables

        def table(slot: str, words: Mapping[str, int]) -> int | None:
            return words[groups[slot]] if groups.get(slot) else None

        def number(slot: str) -> int | None:
            return int(groups[slot]) if groups.get(slot) else None

        year = number("y")
        if groups.get("era"):
            year = tables.eras[groups["era"]] + (self._number(groups.get("ey")) or 0)
        month, last_month = table("month", tables.months), table("month2", tables.months)
        day, numeric = _first(number("d"), table("dw", tables.numbers)), number("m")
        last_day = _first(number("d2"), table("dw2", tables.numbers))
        if numeric is not None and day is not None and tables.month_first:
            day, numeric = numeric, day
        month = month or numeric
        relative = tables.relatives[groups["relative"]] if groups.get("relative") else None
        offset, unit = self._offset(groups)
        bare = month is None and day is None and groups.get("weekday") is None and year is None
        if bare and offset is None and relative is not None:
            unit, offset, relative = relative[0], relative[1], None
        if _impossible(year, month, day, last_day):
            return None
        return DateWords(
            start=match.start(),
            end=match.end(),
            year=year,
            month=month,
            day=day,
            last_month=last_month or number("m2"),
            last_day=last_day,
            weekday=_first(table("weekday", tables.weekdays), table("wd", tables.short_weekdays)),
            last_weekday=table("weekday2", tables.weekdays),
            offset=offset,
            unit=unit,
            shift=relative,
            toward=table("direction", tables.directions) if offset is None else None,
            from_event=bool(groups.get("after") or groups.get("before")),
            from_told=bool(groups.get("told") or groups.get("later")),
            until=bool(groups.get("until")),
        )

    def _offset(self, groups: Mapping[str, str]) -> tuple[int | None, str | None]:
        """Days, weeks, months or years from the article's date."""
        tables = self._tables
        if groups.get("told"):
            return tables.told_days[groups["told"]], "day"
        if groups.get("day"):
            return tables.days[groups["day"]], "day"
        word = groups.get("unit")
        if not word:
            return None, None
        count = self._number(groups.get("n")) if groups.get("n") else 1
        sign = -1 if groups.get("after") else 1
        if groups.get("later"):
            sign = tables.told_directions[groups["later"]]
        elif groups.get("direction"):
            sign = tables.directions[groups["direction"]]
        return (count or 0) * sign, tables.units[word]


def _first(left: int | None, right: int | None) -> int | None:
    return left if left is not None else right


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One order of date words."""

    expression: re.Pattern[str]
    #: The slots that every match fills.
    needed: set[str]
    #: What a match may begin with: "{month}", "am".
    openings: frozenset[str]

    def matches(self, text: str, spots: Iterable[int], end: int) -> Iterator[re.Match[str]]:
        """What `finditer` finds, tried only where something stands that a match may begin with."""
        behind = 0
        for spot in spots:
            match = self.expression.match(text, spot, end) if spot >= behind else None
            if match is not None:
                behind = match.end()
                yield match


def _spots_of(names: Iterable[str], spots: Mapping[str, list[int]]) -> list[int]:
    """Where one of these may begin, in order."""
    lists = [spots[name] for name in names if name in spots]
    return lists[0] if len(lists) == 1 else sorted({spot for some in lists for spot in some})


class _Known:
    """Tells where in a sentence something stands that fills a slot, or opens a pattern."""

    def __init__(self, tables: DateTables, patterns: Iterable[str]) -> None:
        found: dict[str, set[str]] = {}
        for slots, words in _words_of(tables):
            for word in words:
                found.setdefault(word.split()[0], set()).update(f"{{{slot}}}" for slot in slots)
        for word in {opening for pattern in patterns for opening in openings(pattern) if opening[0] != "{"}:
            found.setdefault(word, set()).add(word)
        self._names = tuple(found.values())
        self._automaton = AhoCorasick(found)

    def spots_in(self, text: str, start: int, end: int) -> dict[str, list[int]]:
        """Slot or word -> where it may begin in `text[start:end]`."""
        found: dict[str, list[int]] = {}
        for index, at, _ in self._automaton.find_matches_as_indexes(text[start:end], overlapping=True):
            begins = [start + at] if _BEGINS.match(text, start + at) else []
            for name in self._names[index]:
                found.setdefault(name, []).extend(begins)  # inside a word it still fills a slot
        for run in _DIGITS.finditer(text, start, end):
            for name in _NUMERIC.get(run.end() - run.start(), ()):
                found.setdefault(name, []).append(run.start())
        for name in _WORDED:
            if name in found:
                found[name].sort()
        return found


def _words_of(tables: DateTables) -> Iterator[tuple[tuple[str, ...], Iterable[str]]]:
    """Slots, and the words that fill them."""
    yield ("era",), tables.eras
    yield ("month", "month2"), tables.months
    yield ("weekday", "weekday2"), tables.weekdays
    yield ("wd", "wd2"), tables.short_weekdays
    yield ("day",), tables.days
    yield ("unit",), tables.units
    yield ("direction",), tables.directions
    yield ("told",), tables.told_days
    yield ("later",), tables.told_directions
    yield ("relative",), tables.relatives
    yield ("n", "dw", "dw2", "ey"), tables.numbers
    yield ("after",), tables.after_event
    yield ("before",), tables.before_event
    yield ("until",), tables.until


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first; one that never matches for no words."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in ordered) or r"(?!)"


def _told(match: re.Match[str]) -> dict[str, str]:
    """The slots that matched; a line may have broken a phrase of several words."""
    return {slot: " ".join(text.split()) for slot, text in match.groupdict().items() if text}


def _compiled(pattern: str, slots: Mapping[str, str], whole: bool) -> re.Pattern[str]:
    body = compile_pattern(pattern, slots)
    if whole:
        body = rf"(?:{body})(?!(?<=\D)[\w{WORD_MARKS}])"
    return re.compile(_BEGINS.pattern + body)


def _impossible(year: int | None, month: int | None, day: int | None, last: int | None) -> bool:
    if month is not None and not 1 <= month <= 12:
        return True
    longest = calendar.monthrange(year or 2024, month)[1] if month else 31
    return any(d is not None and not 1 <= d <= (31 if d is last else longest) for d in (day, last))


def _without_overlaps(found: list[tuple[int, int, DateWords]]) -> list[DateWords]:
    """Each place once, the first and longest reading; a weekday gives way to the date that it opens:
    "this Tuesday, 19 April" is no Tuesday only.
    """
    kept: list[DateWords] = []
    for start, _, words in sorted(found, key=lambda f: f[:2]):
        if not kept or start >= kept[-1].end:
            kept.append(words)
        elif kept[-1].weekday == words.weekday is not None and kept[-1].day is None and words.day is not None:
            kept[-1] = words._replace(start=kept[-1].start)
    return kept
