"""Which of a sentence's dates belongs to a trigger.

Pure.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from digest.dates import DateWords
from digest.days import Resolved, resolve
from digest.facts import PartialDate
from digest.lexicon import Mention, MentionKind
from digest.places import Goal
from digest.scene import Scene

__all__ = ["LONGEST_VISIT", "Timing", "is_statement", "listed_years", "resolved_in", "timing_of"]

#: Farther date words than this belong to something else (characters); a clause break counts as so many.
REACH, BREAK = 140, 60
#: What a date costs that says no more than its week, month or year.
COARSE = {"week": 15, "month": 15, "year": 60}
#: What standing behind the verb costs a date where the verb ends its clause.
BEHIND = 70
#: What a comma costs between a date and the trigger behind it: "sworn in on Monday, flew out on Thursday".
COMMA = 12
#: What standing behind another trigger costs a date before this one.
TAKEN = 50
#: So near behind a date stands the trigger whose clause it opens.
OPENS = 12
#: Days that a date may contradict the tense by: weekdays and deadlines slip.
SLACK = 10
#: News of a visit called off is so many days old at most.
DECIDED = 3
#: In so many sentences the day is looked for that "the next day" counts from.
TOLD_REACH = 4
#: Days that a visit may last.
LONGEST_VISIT = 30
#: Date words this near to a verb of saying give the day of the statement.
SAID = 45
#: What parts a date from the words behind it.
COMMAS = frozenset({",", "、"})
#: So far before its date a phrase that names the source may open.
SOURCE = 60


class Timing(NamedTuple):
    """A claim's dates."""

    start: PartialDate | None = None
    end: PartialDate | None = None
    #: The first day that the words' other reading gives.
    conflict: PartialDate | None = None
    #: `source[span[0]:span[1]]` gave it.
    span: tuple[int, int] | None = None
    #: Days that the visit lasts.
    duration: int | None = None
    #: The words say that it is over, however coarse their date: "last week" is of this month.
    behind: bool = False
    #: The date stands with another trigger, in a clause before this one.
    borrowed: bool = False


def timing_of(
    scene: Scene,
    trigger: Mention,
    today: dt.date | None,
    direction: int,
    *,
    closing: bool = False,
    called_off: bool = False,
    weekday: int = 0,
    exact: bool = True,
    among: Sequence[DateWords] | None = None,
) -> Timing:
    """The dates that the sentence gives for its trigger.

    Args:
        scene: The sentence.
        trigger: The trigger.
        today: The article's date.
        exact: Whether that is known to the day.
        direction: Where the sentence points: -1 back, 1 ahead, 0 unknown.
        closing: The sentence tells the end of the visit, so a single day is the last.
        called_off: The visit does not take place, or not now.
        weekday: Where a weekday that stands alone points, if the sentence does not say.
        among: The date words to choose from, where not all of the sentence may be meant.
    """
    duration = None
    best: tuple[float, DateWords, Resolved] | None = None
    for words in scene.dates if among is None else among:
        cost = _cost(scene, trigger, words)
        if cost > REACH:
            continue
        if words.duration is not None:
            if not _is_of_another(scene, words, trigger):
                duration = duration or words.duration
            continue
        if words.from_event and trigger.start < words.end:
            continue
        alone = words.weekday is not None and words.day is None and words.last_weekday is None
        toward = direction or (weekday if alone and not words.until else 0)
        resolved = resolved_in(scene, words, today, toward, exact=exact)
        if resolved is None or _contradicts(words, resolved, today, direction):
            continue
        if called_off and _is_decision(scene, words, trigger, resolved, today):
            continue
        if _can_be_said_on(words, resolved, today) and is_statement(scene, words, trigger):
            continue
        if best is None or cost < best[0]:
            best = (cost, words, resolved)
    if best is None:
        return Timing(duration=duration)
    _, words, resolved = best
    end = resolved.end
    last_told = words.until or (
        closing and "from" not in scene.markers.of(scene.folded, words.start, words.end)
    )
    if resolved.start.is_day and end is None and last_told:
        last = resolved.start
        first = PartialDate.of(last.earliest - dt.timedelta(days=duration - 1)) if duration else None
        return Timing(first, last, None, (words.start, words.end), duration)
    if end is None and resolved.start.is_day:
        end = _until(scene, trigger, resolved.start) or _day_after(scene, words, resolved.start)
    if end is None and duration and resolved.start.is_day:
        end = PartialDate.of(resolved.start.earliest + dt.timedelta(days=duration - 1))
    behind = words.unit != "day" and words.offset is not None and words.offset < 0
    span, borrowed = (words.start, words.end), _goes_with_another(scene, words, trigger)
    return Timing(resolved.start, end, resolved.conflict, span, duration, behind, borrowed)


def resolved_in(
    scene: Scene, words: DateWords, today: dt.date | None, direction: int, *, exact: bool
) -> Resolved | None:
    """The dates that words mean, counted from the day told last where they say so ("the next day")."""
    if not words.from_told:
        return resolve(words, today, direction, exact=exact)
    return resolve(words, _told_last(scene, words.start, today, direction, exact=exact), direction)


def _told_last(
    scene: Scene, end: int, today: dt.date | None, direction: int, *, exact: bool
) -> dt.date | None:
    """The last day told before `end`, in this sentence or in those just before."""
    at: Scene | None = scene
    for _ in range(TOLD_REACH):
        if at is None:
            break
        for words in reversed(at.dates):
            if words.end <= end and not (words.duration or words.from_event):
                resolved = resolved_in(at, words, today, direction, exact=exact)
                if resolved is not None and resolved.start.is_day:
                    return (resolved.end or resolved.start).latest
        at = at.before
    return None


def _until(scene: Scene, trigger: Mention, first: PartialDate) -> PartialDate | None:
    """The last day, told by itself in the sentence that tells the first: "from tomorrow until Friday"."""
    for words in scene.dates:
        if (
            words.until
            and _cost(scene, trigger, words) <= REACH
            and not _is_of_another(scene, words, trigger)
        ):
            resolved = resolve(words, first.earliest, 1)
            if resolved is not None and resolved.start.is_day:
                days = (resolved.start.earliest - first.earliest).days
                return resolved.start if 0 < days <= LONGEST_VISIT else None
    return None


def _can_be_said_on(words: DateWords, resolved: Resolved, today: dt.date | None) -> bool:
    """Whether something can have been said then: on one day, which has come or is a mere "Tuesday"."""
    if resolved.end is not None:
        return False
    told = words.month is not None or words.offset is not None or words.toward is not None
    return not (told and today is not None and resolved.start.earliest > today)


def _is_decision(
    scene: Scene, words: DateWords, trigger: Mention, resolved: Resolved, today: dt.date | None
) -> bool:
    """Whether a visit that is called off was called off then, rather than meant for then: one of the last
    days, unless it stands behind the visit, and nothing else does: "scrapped a trip due to begin on Friday".
    """
    first = resolved.start
    if (
        words.from_told
        or not first.is_day
        or today is None
        or not 0 <= (today - first.earliest).days <= DECIDED
    ):
        return False
    cues = (mention.start for mention in scene.of_kind(MentionKind.CUE))
    return words.end <= trigger.start or any(trigger.end <= start for start in cues)


def _contradicts(words: DateWords, resolved: Resolved, today: dt.date | None, direction: int) -> bool:
    """Whether a date lies where the sentence cannot mean it: a plan for a past year, a report of next year.

    "Was first due to come in April" does tell when an older plan was for.
    """
    if today is None or direction == 0:
        return False
    last = resolved.end or resolved.start
    if direction > 0:
        vague = words.year is None and words.day is None and not words.toward
        return not vague and (today - last.latest).days > SLACK
    return (resolved.start.earliest - today).days > SLACK


def _triggers(scene: Scene) -> list[Mention]:
    """The triggers of the sentence: "in", which tells a visit in a headline, is none elsewhere."""
    triggers = scene.of_kind(MentionKind.TRIGGER)
    if scene.sentence.index == 0:
        return triggers
    return [m for m in triggers if not all(rule.title_only for rule, _ in m.values)]


def _cost(scene: Scene, trigger: Mention, words: DateWords) -> float:
    before = words.end <= trigger.start
    left, right = (words.end, trigger.start) if before else (trigger.end, words.start)
    coarse = COARSE.get(words.unit or "", 0)
    behind = BEHIND if scene.verb_final and not before else 0
    taken = TAKEN if (_is_taken if before else _opens_next)(scene, words, trigger) else 0
    breaks = scene.breaks_between(left, right)
    if not before and _opens_relative(scene, trigger):
        breaks = max(0, min(breaks, 2) - 1)  # "the visit that he was to make to Germany on Sunday"
    comma = COMMA if before and "," in scene.folded[left:right] else 0
    return max(0, right - left) + BREAK * breaks + coarse + behind + taken + comma


def _opens_relative(scene: Scene, trigger: Mention) -> bool:
    """Whether a relative clause about the visit opens behind its word, or behind one more that describes it:
    "la gira latinoamericana que emprenderá".
    """
    word = scene.folded.find(" ", trigger.end + 1, scene.sentence.end)
    return any(scene.markers.relative_behind(scene.folded, end) for end in (trigger.end, word) if end > 0)


def _is_taken(scene: Scene, words: DateWords, trigger: Mention) -> bool:
    """Whether a date goes with the trigger before it, where each has one behind it: "arrived in Paris on
    Sunday and flew to Belgrade on Tuesday". In Chinese as in verb-final languages dates stand first.
    """
    if scene.verb_final or scene.markers.run:
        return False
    between = [m for m in _triggers(scene) if words.end <= m.start < trigger.start]
    told = any(m.end <= words.start for m in _triggers(scene))
    own = any(other.start >= trigger.end and other.duration is None for other in scene.dates)
    return told and not between and own


def _opens_next(scene: Scene, words: DateWords, trigger: Mention) -> bool:
    """Whether a date behind one trigger opens the clause of the next: "will stop in Managua and on Thursday
    flies to Havana".
    """
    if scene.verb_final or scene.markers.run or words.until:
        return False
    links = {link.strip() for link in scene.links}
    head = scene.folded[trigger.end : words.start].replace(",", " , ").split()[-2:]
    return not links.isdisjoint(head) and any(
        0 <= m.start - words.end <= OPENS for m in _triggers(scene) if m.start > trigger.start
    )


def _is_of_another(scene: Scene, words: DateWords, trigger: Mention) -> bool:
    """Whether another trigger stands between a length of time and this one."""
    left, right = min(words.end, trigger.end), max(words.start, trigger.start)
    return any(left <= m.start and m.end <= right for m in _triggers(scene))


def _goes_with_another(scene: Scene, words: DateWords, trigger: Mention) -> bool:
    """Whether the date stands behind another trigger and its clause ends before this one: "arrived on Monday
    in Brazil, first stop of a tour that will take him to Cuba".
    """
    if scene.verb_final or scene.markers.run or not scene.breaks_between(words.end, trigger.start):
        return False
    return any(
        m.end <= words.start and not scene.breaks_between(m.end, words.start) for m in _triggers(scene)
    )


def _closes_source(scene: Scene, words: DateWords, trigger: Mention | Goal) -> bool:
    """Whether a word of saying opens the phrase that ends with the date, before the trigger."""
    if words.end > trigger.start or scene.folded[words.end : words.end + 2].lstrip(") ")[:1] not in (",", ""):
        return False
    before = [m for m in scene.of_kind(MentionKind.SPEECH) if 0 <= words.start - m.end <= SOURCE]
    return any(not any(m.end <= t.start < words.start for t in _triggers(scene)) for m in before)


def _belongs_behind(scene: Scene, words: DateWords, trigger: Mention | Goal) -> bool:
    """Whether a date that a comma parts from what follows goes with the verb at the sentence's end: one of
    saying ("外務省は16日、外相が訪中すると発表した") or the one that the trigger's noun is told with
    ("主席は26日、訪中した国務長官と会談した").
    """
    if words.end > trigger.start or scene.folded[words.end : words.end + 1] not in COMMAS:
        return False
    if any(actor.start == trigger.end for actor in scene.actors):
        return True
    return any(
        m.end > trigger.end and m.start > trigger.start and not scene.breaks_between(trigger.end, m.start)
        for m in scene.of_kind(MentionKind.SPEECH)
    )


def _day_after(scene: Scene, first: DateWords, day: PartialDate) -> PartialDate | None:
    """The last of two days told together: "today and tomorrow", "on Tuesday and on Wednesday"."""
    links = {link.strip() for link in scene.links if any(map(str.isalpha, link))}
    for words in scene.dates:
        between = scene.folded[first.end : words.start].split()
        if words.start >= first.end and between[:1] and between[0] in links and len(between) <= 2:
            resolved = resolve(words, day.earliest, 1)
            if resolved is not None and resolved.start == PartialDate.of(day.earliest + dt.timedelta(days=1)):
                return resolved.start
    return None


def is_statement(scene: Scene, words: DateWords, trigger: Mention | Goal) -> bool:
    """Whether the date stands beside a verb of saying, nearer than the trigger does, or closes the phrase
    that names the source: "Menurut Kremlin, Selasa (18/6), Putin ...".
    """
    if _closes_source(scene, words, trigger):
        return True
    if scene.verb_final and _belongs_behind(scene, words, trigger):
        return True
    to_trigger = min(abs(words.start - trigger.end), abs(trigger.start - words.end))
    said = [
        min(abs(words.start - m.end), abs(m.start - words.end))
        for m in scene.of_kind(MentionKind.SPEECH)
        if "," not in scene.folded[words.end : m.start]  # "arrives on Tuesday, officials said"
        and not (scene.verb_final and m.end <= words.start)  # what is said of a verb stands before it
        and not scene.breaks_between(m.end, words.start)  # "announced that on Tuesday he will travel"
    ]
    return bool(said) and min(said) <= SAID and min(said) < to_trigger


def listed_years(scene: Scene, span: tuple[int, int]) -> list[tuple[int, tuple[int, int]]]:
    """The years of the list that a date is part of, each with where it stands; none of a year alone."""
    links = "|".join(re.escape(link) for link in sorted(scene.links, key=len, reverse=True))
    year = r"(?<!\d)(?:19|20)\d\d(?!\d)\w?"
    for run in re.finditer(rf"{year}(?:(?:{links}){year})+", scene.folded[: scene.sentence.end]):
        if run.start() < span[1] and span[0] < run.end() and run.start() >= scene.sentence.start:
            found = re.finditer(r"\d{4}", run.group())
            return [(int(m.group()), (run.start() + m.start(), run.start() + m.end())) for m in found]
    return []
