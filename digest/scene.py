"""One sentence as the binding sees it: its phrases, their markers, and the breaks between clauses.

Pure.
"""

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from digest.dates import DateFinder, DateWords
from digest.facts import PurposeClass
from digest.lexicon import Mention, MentionKind
from digest.packs import Pack
from digest.packs.schema import SlotSpec, Spacing
from digest.people import Actor
from digest.places import Goal
from digest.text import Sentence, in_word

__all__ = ["Markers", "Scene", "fit", "markers_of"]

#: What a clause break, and a mere comma, costs between a trigger and its argument.
BREAK_COST = 0.25
COMMA_COST = 0.06
#: What the whole reach of a slot costs.
DISTANCE_COST = 0.35
#: The groups of a bare phrase.
NONE: frozenset[str] = frozenset()
#: Characters before a phrase in which its marker is looked for.
HEAD = 90
#: So many words may stand between a phrase and its marker: "in the southern Chinese city of Guangzhou",
#: "a la ciudad china de Cantón".
MOST_FILLERS = 5

#: "(left)", "(NATO)": between a phrase and its particle.
_ASIDE = re.compile(r"\([^()\n]{1,30}\)")
#: What ends a clause.
_CLAUSE_ENDS = frozenset(",.;:!?\"')")
_HARD = re.compile(r"[;:…]|\s[-]{1,2}\s|\.\.\.")


@dataclass(kw_only=True, eq=False)
class Scene:
    """The phrases of one sentence; not frozen, as that costs time and it keeps what was worked out once."""

    sentence: Sentence
    folded: str
    mentions: Sequence[Mention]
    actors: Sequence[Actor]
    goals: Sequence[Goal]
    #: Finds the dates of the sentence, once somebody asks for them.
    finder: DateFinder
    markers: "Markers"
    #: What links phrases of equal standing.
    links: Sequence[str] = ()
    #: The marker groups of phrases already asked for, by span and form ("" for a place).
    marked: dict[tuple[int, int, str], frozenset[str]] = field(default_factory=dict)
    #: The clauses behind words of purpose already asked for, by the word's span and whether it is kept.
    clauses: dict[tuple[int, int, bool], tuple[int, int] | None] = field(default_factory=dict)
    #: The classes of purposes already asked for, by span.
    labels: dict[tuple[int, int], PurposeClass | None] = field(default_factory=dict)
    #: The verb ends its clause: what belongs to it stands before it.
    verb_final: bool = False
    #: The sentence before this one.
    before: "Scene | None" = None

    @functools.cached_property
    def dates(self) -> Sequence[DateWords]:
        """The date words of the sentence."""
        return self.finder.find(self.folded, self.sentence.start, self.sentence.end)

    @functools.cached_property
    def breaks(self) -> Sequence[int]:
        """Positions where another clause begins: break words and hard punctuation."""
        words = [m.start for m in self.of_kind(MentionKind.BREAK)]
        marks = [m.start() for m in _HARD.finditer(self.folded, self.sentence.start, self.sentence.end)]
        return sorted(words + marks)

    def breaks_between(self, left: int, right: int) -> int:
        """How many clause breaks stand in `source[left:right]`."""
        breaks = self.breaks
        return max(0, bisect_left(breaks, right) - bisect_left(breaks, left)) if breaks else 0

    def closes(self, position: int, particles: Sequence[str]) -> bool:
        """Whether one of the particles ends the clause that `position` stands in: "traf am Montag ein"."""
        if not particles:
            return True
        rest = self.folded[position : self.sentence.end]
        found = list(_standing(tuple(particles)).finditer(rest))
        if not found:
            return False
        return any(self.ends_clause(position + match.end()) for match in found)

    def ends_clause(self, position: int) -> bool:
        """Whether nothing of the clause is left at a position: its end, or a word that links the next one."""
        linking = tuple(link for link in self.links if any(map(str.isalpha, link)))
        tail = self.folded[position : self.sentence.end]
        return not tail.strip() or tail[0] in _CLAUSE_ENDS or tail.startswith(linking)

    @functools.cached_property
    def _by_kind(self) -> Mapping[MentionKind, list[Mention]]:
        found: dict[MentionKind, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.kind, []).append(mention)
        return found

    def of_kind(self, kind: MentionKind) -> list[Mention]:
        """The mentions of one kind."""
        return self._by_kind.get(kind, [])


@functools.cache
def _standing(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, with a space before it."""
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, words))})\b")


class _Words:
    """Marker words with the groups they belong to, looked up by length: the longest word counts."""

    def __init__(self, by_group: Mapping[str, tuple[str, ...]]) -> None:
        found: dict[str, set[str]] = {}
        for name, words in by_group.items():
            for word in words:
                found.setdefault(word, set()).add(name)
        self.groups = {word: frozenset(names) for word, names in found.items()}
        #: Lengths of the words that begin, or end, with a character; the longest first.
        self.from_first = _lengths(found, 0)
        self.from_last = _lengths(found, -1)


def _lengths(words: Iterable[str], edge: int) -> dict[str, list[int]]:
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[edge], set()).add(len(word))
    return {char: sorted(lengths, reverse=True) for char, lengths in found.items()}


class _Fillers:
    """Words that may stand between a phrase and its marker, the longest first."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(sorted(words, key=len, reverse=True))
        # most of what is asked for is none: the first and last characters tell that soonest
        self._edge = min([2, *map(len, self.words)])
        self._heads = frozenset(word[: self._edge] for word in self.words)
        self._tails = frozenset(word[-self._edge :] for word in self.words)

    def before(self, text: str) -> str:
        """The filler that a text ends with, "" for none."""
        if text[-self._edge :] not in self._tails or not text.endswith(self.words):
            return ""
        return next(word for word in self.words if text.endswith(word))

    def behind(self, text: str, position: int) -> str:
        """The filler that stands at a position, "" for none."""
        if text[position : position + self._edge] not in self._heads or not text.startswith(
            self.words, position
        ):
            return ""
        return next(word for word in self.words if text.startswith(word, position))


class Markers:
    """Finds the marker groups of a phrase: prepositions before it, particles after it."""

    def __init__(
        self,
        pack: Pack,
        adjectives: Iterable[str] = (),
        names_in_case: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> None:
        self._spaced = pack.spaced
        #: Marker words end where they end: nothing stands between words.
        self.run = pack.spacing is Spacing.NONE
        #: What links people who share the marker of their list: 应A、B邀请.
        self.lists = frozenset(pack.lists)
        space = "" if self.run else " "
        self._before = _Words(pack.markers_before)
        self._after = _Words(pack.markers_after)
        self._fillers = _Fillers(f"{space}{filler}" for filler in pack.fillers)
        #: Before a place a country's adjective is one more: "in the southern Chinese city of Guangzhou".
        self._describing = _Fillers(f"{space}{word}" for word in {*pack.fillers, *adjectives})
        self._of = tuple(f"{space}{word}" for word in pack.markers_before.get("of", ()))
        #: Words and names that are inflected, with their cases.
        self._cases = {**names_in_case, **_Words(pack.cases).groups}
        self._venue = _venue_pattern(pack.venues)
        self._venue_end = _venue_end_pattern(pack.venue_ends)
        self._relatives = tuple(f"{mark}{word} " for word in pack.relatives for mark in (" ", ", "))

    def of(self, folded: str, start: int, end: int, *, where: bool = False) -> frozenset[str]:
        """The groups that mark the phrase `folded[start:end]`; empty for a bare one.

        Args:
            folded: The folded source.
            start: Where the phrase begins.
            end: Where it ends.
            where: Whether it names a place, which the name of a building may stand before.
        """
        groups = self._groups_before(folded, start, where=where) | self._groups_after(folded, end)
        if where and not groups and self._venue_end is not None:
            building = self._venue_end.match(folded, end)
            groups = self._groups_after(folded, building.end()) if building else groups
        return groups or (self._case_of(folded[start:end]) if self._cases and not where else groups)

    def _case_of(self, phrase: str) -> frozenset[str]:
        """The cases that a phrase may be in: those of its office, else of its name; none in the nominative.

        An office in the nominative ("nom") may have others behind it: "помощник президента".
        """
        if phrase in self._cases:
            return self._cases[phrase] - {"nom"}
        words = phrase.split(" ")
        tails = (" ".join(words[i:]) for i in range(1, len(words)))
        told = next((self._cases[word] for word in words if word in self._cases), None)
        if told is not None:
            return told - {"nom"}
        return next((self._cases[tail] for tail in tails if tail in self._cases), frozenset())

    def opens(self, word: str) -> bool:
        """Whether a word stands before phrases to mark them."""
        return word in self._before.groups

    def relative_behind(self, folded: str, end: int) -> bool:
        """Whether a relative clause about the phrase opens right behind it."""
        return folded.startswith(self._relatives, end)

    def _groups_before(self, folded: str, start: int, *, where: bool) -> frozenset[str]:
        head = " " + folded[max(0, start - HEAD) : start].rstrip(" \"'(")
        if where and self._venue is not None and head.endswith(","):
            head = self._venue.sub("", head)
        head = self._without_fillers(head, self._describing if where else self._fillers)
        for length in self._before.from_last.get(head[-1:], ()):
            word = head[-length:]
            groups = self._before.groups.get(word)
            if groups and (self.run or not (in_word(word[0]) and in_word(head[-length - 1]))):
                return groups
        return frozenset()

    def _without_fillers(self, head: str, fillers: _Fillers) -> str:
        for _ in range(MOST_FILLERS):
            filler = fillers.before(head) or (self._linked(head) if fillers is self._describing else "")
            if not filler:
                break
            head = head[: -len(filler)].rstrip(" \"'(")
        return head

    def _linked(self, head: str) -> str:
        """The country's adjective and "of" that a text ends with, "" for none: "la ciudad china de"."""
        of = next((word for word in self._of if head.endswith(word)), "")
        adjective = self._describing.before(head[: -len(of)]) if of else ""
        return adjective + of if adjective and adjective not in self._fillers.words else ""

    def behind(self, folded: str, end: int, stop: int) -> int:
        """Where the particle that is joined to a phrase ends."""
        if not self.run:
            return max(end, folded.find(" ", end, stop))
        lengths = self._after.from_first.get(folded[end : end + 1], ())
        longest = (n for n in lengths if folded[end : end + n] in self._after.groups)
        return end + next(longest, 0)

    def _groups_after(self, folded: str, end: int) -> frozenset[str]:
        aside = _ASIDE.match(folded, end) if folded.startswith("(", end) else None
        end = aside.end() if aside else end
        if self.run and folded[end : end + 1] == ")":
            end += 1  # the phrase ends inside its brackets: "安倍首相(当時)以来"
        spots = [end]
        for _ in range(3):
            filler = self._fillers.behind(folded, spots[-1])
            if not filler:
                break
            spots.append(spots[-1] + len(filler))
        if folded[end : end + 1] == " ":
            spots.append(end + 1)
        for spot in spots:
            groups = self._particle(folded, spot, end)
            if groups:
                return groups
        return NONE

    def stem(self, folded: str, start: int, end: int) -> int:
        """Where a word ends without the particle joined to it: 그 in 그는."""
        if self._spaced:
            return end
        word = folded[start:end]
        lengths = self._after.from_last.get(word[-1:], ())
        longest = (n for n in lengths if n < len(word) and word[-n:] in self._after.groups)
        return end - next(longest, 0)

    def _particle(self, folded: str, end: int, phrase: int) -> frozenset[str]:
        """The groups of what stands at `end`; only a longer word may have a space before it ("총리 이후")."""
        for length in self._after.from_first.get(folded[end : end + 1], ()):
            word = folded[end : end + length]
            groups = self._after.groups.get(word)
            if groups and not (end == phrase + 1 and length == 1):
                after = folded[end + length : end + length + 1]
                if self.run or not (in_word(after) and in_word(word[-1])):
                    return groups
        return NONE


def _venue_pattern(venues: Sequence[str]) -> re.Pattern[str] | None:
    """A venue with its name and a comma: the place that follows is where it stands."""
    if not venues:
        return None
    words = "|".join(re.escape(word) for word in venues)
    return re.compile(rf" (?:{words})(?: [^\s,;:()]+){{0,5}}(?:, [^\s,;:()]+){{0,1}},$")


def _venue_end_pattern(ends: Sequence[str]) -> re.Pattern[str] | None:
    """One word that ends as the name of a building does: what marks it marks the place before it."""
    words = "|".join(map(re.escape, sorted(ends, key=len, reverse=True)))
    return re.compile(rf" [^\W\d]{{0,8}}?(?:{words})") if ends else None


def markers_of(scene: Scene, phrase: Actor | Goal) -> frozenset[str]:
    """The marker groups of an actor, or of the list that a goal is part of."""
    key = (phrase.start, phrase.end, "" if isinstance(phrase, Goal) else phrase.form)
    if key not in scene.marked:
        scene.marked[key] = _markers_of(scene, phrase)
    return scene.marked[key]


def _markers_of(scene: Scene, phrase: Actor | Goal) -> frozenset[str]:
    if isinstance(phrase, Goal):
        of_list = scene.markers.of(scene.folded, phrase.lead, phrase.tail, where=True)
        if phrase.tail == phrase.end:
            return of_list
        return of_list | scene.markers.of(scene.folded, phrase.lead, phrase.end, where=True)
    if phrase.form == "owner":
        return frozenset({"poss"})
    return scene.markers.of(scene.folded, *_listed(scene, phrase))


def _listed(scene: Scene, actor: Actor) -> tuple[int, int]:
    """The span of the list that an actor stands in, where what marks a list marks all of it."""
    start, end, links = actor.start, actor.end, scene.markers.lists
    if links:
        for other in reversed(scene.actors):
            if other.end <= start and scene.folded[other.end : start] in links:
                start = other.start
        for other in scene.actors:
            if other.start >= end and scene.folded[end : other.start] in links:
                end = other.end
    return start, end


def _opens(scene: Scene, phrase: Actor | Goal) -> bool:
    """Whether the sentence begins with a phrase and its marker."""
    start = phrase.lead if isinstance(phrase, Goal) else phrase.start
    head = scene.folded[scene.sentence.start : start].strip(" \"'(")
    return not head or scene.markers.opens(head)


def fit(scene: Scene, trigger: Mention, phrase: Actor | Goal, spec: SlotSpec) -> float | None:
    """How well a phrase fills a slot: 0-1, None where it cannot.

    The slot's weight, less what distance and the clause breaks in between cost.
    """
    if spec.side == "in":
        return spec.weight if (phrase.start, phrase.end) == (trigger.start, trigger.end) else None
    before = phrase.end <= trigger.start
    if spec.side in (("after", "closes") if before else ("before", "opens")):
        return None
    if (spec.side == "opens" and not _opens(scene, phrase)) or (
        spec.side == "closes" and not scene.ends_clause(phrase.end)
    ):
        return None
    if not before and phrase.start < trigger.end:
        return None
    left, right = (phrase.end, trigger.start) if before else (trigger.end, phrase.start)
    distance = right - left
    if distance > spec.reach:
        return None
    groups = markers_of(scene, phrase)
    told = groups and before and isinstance(phrase, Actor)
    if told and scene.markers.relative_behind(scene.folded, phrase.end):
        groups = frozenset()  # "by Lavrov, who was received": the subject of the relative clause
    if (spec.marker == "-" and groups) or (spec.marker != "-" and spec.marker not in groups):
        return None
    commas = scene.folded.count(",", left, right)
    cost = DISTANCE_COST * distance / spec.reach + COMMA_COST * min(commas, 3)
    return spec.weight - cost - BREAK_COST * scene.breaks_between(left, right)
