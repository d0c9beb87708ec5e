"""WHEN: finds the date words of a language; `days` says what they come to.

Pure. Found words are parts (day, month, weekday, offset), not yet a date.
"""

import calendar
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from digest.packs.schema import DateTables
from digest.patterns import compile_pattern, needed_slots
from digest.text import WORD_MARKS

__all__ = ["DateFinder", "DateWords"]

#: A date may stand right behind a character of a script that writes no spaces: "首相は18日".
_JOINED = r"\u3040-\u30ff\u3400-\u9fff"
#: Parentheses and commas around dates carry no meaning: "Selasa (16/6/2024)", "Tuesday, June 18".
_DIGIT = re.compile(r"\d")
#: Slots that only digits fill, and those whose words are looked for before a pattern is tried.
_NUMERIC = {"d", "d2", "m", "m2", "y"}
_WORDED = _NUMERIC | {"era", "month", "weekday", "day", "unit", "direction", "relative"}
_PLAIN = str.maketrans({"(": " ", ")": " ", ",": " ", "[": " ", "]": " "})


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
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
    #: The day is the last one ("until Friday"), not the first.
    until: bool = False
    #: How many days the visit lasts ("three-day visit"); then nothing else is set.
    duration: int | None = None


@functools.lru_cache(maxsize=2)
def _plain(folded: str) -> str:
    """The text without what carries no meaning around dates; asked for sentence by sentence."""
    return folded.translate(_PLAIN)


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
            "relative": _any(tables.relatives),
            "after": _any(tables.after_event),
            "before": _any(tables.before_event),
            "until": _any(tables.until),
        }
        self._patterns = [(_compiled(p, slots, whole), needed_slots(p) & _WORDED) for p in tables.patterns]
        self._durations = [_compiled(p, slots, whole) for p in tables.durations]
        self._not_dates = [_compiled(p, slots, whole) for p in tables.not_dates]
        #: Slot -> first words of what may fill it.
        self._fillers = {slot: _first_words(table) for slot, table in _tables_of(tables).items()}

    def find(self, folded: str, start: int, end: int) -> list[DateWords]:
        """Date words in `folded[start:end]`, in order; the longest reading of each place."""
        text = _plain(folded)
        fillable = self._fillable(text[start:end])
        found: list[tuple[int, int, DateWords]] = []
        for pattern, needed in self._patterns:
            for match in pattern.finditer(text, start, end) if needed <= fillable else ():
                words = self._words(match)
                if words is not None:
                    found.append((match.start(), -match.end(), words))
        for pattern in self._durations:
            for match in pattern.finditer(text, start, end):
                days = self._number(_told(match)["n"]) or 0
                days *= {"day": 1, "week": 7}.get(self._unit(match), 0)
                if 0 < days < 60:
                    words = DateWords(start=match.start(), end=match.end(), duration=days)
                    found.append((match.start(), -match.end(), words))
        for match in (m for pattern in self._not_dates for m in pattern.finditer(text, start, end)):
            found.append((match.start(), -match.end(), DateWords(start=match.start(), end=match.end())))
        lengths = [(words.start, words.end) for _, _, words in found if words.duration is not None]
        found = [f for f in found if not any(f[0] < start < -f[1] < end for start, end in lengths)]
        kept = [w for w in _without_overlaps(found) if w != DateWords(start=w.start, end=w.end)]
        read = [self._begun(words) if self._opens_a_span(text, words) else words for words in kept]
        return [words for words in read if words is not None]

    def _fillable(self, sentence: str) -> set[str]:
        """The slots that something in the sentence could fill; a pattern that needs another cannot match."""
        found = {slot for slot, words in self._fillers.items() if any(word in sentence for word in words)}
        return found | (_NUMERIC if _DIGIT.search(sentence) else set())

    def _begun(self, words: DateWords) -> DateWords | None:
        """What a date behind "since" means: on a weekday the visit itself began, else something older."""
        return replace(words, toward=-1) if words.weekday is not None else None

    def _opens_a_span(self, text: str, words: DateWords) -> bool:
        """Whether a word like "since" stands before the date."""
        head = text[max(0, words.start - 20) : words.start].rstrip()
        return bool(self._tables.since) and head.endswith(self._tables.since) and words.duration is None

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
            until=bool(groups.get("until")),
        )

    def _offset(self, groups: Mapping[str, str]) -> tuple[int | None, str | None]:
        """Days, weeks, months or years from the article's date."""
        tables = self._tables
        day = groups.get("day")
        if day:
            return tables.days[day], "day"
        word = groups.get("unit")
        if not word:
            return None, None
        count = self._number(groups.get("n")) if groups.get("n") else 1
        direction = groups.get("direction")
        sign = tables.directions[direction] if direction else (-1 if groups.get("after") else 1)
        return (count or 0) * sign, tables.units[word]


def _first(left: int | None, right: int | None) -> int | None:
    return left if left is not None else right


def _tables_of(tables: DateTables) -> dict[str, Iterable[str]]:
    """The words that fill each worded slot."""
    return {
        "era": tables.eras,
        "month": tables.months,
        "weekday": tables.weekdays,
        "day": tables.days,
        "unit": tables.units,
        "direction": tables.directions,
        "relative": tables.relatives,
    }


def _first_words(table: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({word.split()[0] for word in table}, key=len))


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
    return re.compile(rf"(?<![^\W{_JOINED}])(?<![/.{WORD_MARKS}-]){body}" if body[:1] != "\\" else body)


def _impossible(year: int | None, month: int | None, day: int | None, last: int | None) -> bool:
    if month is not None and not 1 <= month <= 12:
        return True
    longest = calendar.monthrange(year or 2024, month)[1] if month else 31
    return any(d is not None and not 1 <= d <= (31 if d is last else longest) for d in (day, last))


def _without_overlaps(found: list[tuple[int, int, DateWords]]) -> list[DateWords]:
    kept: list[DateWords] = []
    for start, _, words in sorted(found, key=lambda f: f[:2]):
        if not kept or start >= kept[-1].end:
            kept.append(words)
    return kept
