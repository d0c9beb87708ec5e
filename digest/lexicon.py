"""Everything a language knows, in one automaton: names of the world and words of the pack.

Pure: one overlapping Aho-Corasick pass over the folded text gives every mention.
"""

import functools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from digest.packs import Pack, load_pack
from digest.packs.schema import Spacing
from digest.text import fold, in_word
from digest.vocabulary import NAMES, MentionKind, cases_of, vocabulary_of
from digest.world import Place, World, load_world

__all__ = ["Lexicon", "Mention", "MentionKind", "lexicon_for"]


class Bounds(IntEnum):
    """On which sides a match ends with a word."""

    NONE = 0
    LEFT = 1
    BOTH = 2
    #: On neither side, but it is too long a name to be chance ("ComradeKim Jong Unsaid": a page that
    #: lost the spaces around its bold type).
    GLUED = 3
    #: It ends a word that it does not begin: the ending of a verb ("머무르며") opens another clause.
    RIGHT = 4
    #: A marker is joined to its end, as only to names of people: "Putins Besuch".
    MARKED = 5


#: Verbs and the words around them may go on without a space where words are not spaced.
INFLECTED = frozenset(
    {
        MentionKind.TRIGGER,
        MentionKind.CUE,
        MentionKind.KIND,
        MentionKind.PURPOSE,
        MentionKind.BREAK,
        MentionKind.SPEECH,
        MentionKind.IGNORE,
        MentionKind.PRONOUN,
    }
)
#: A full name so long (in characters) is found inside a run of letters too.
LONG_NAME = 10
#: A shorter word behind a prefix is more often the end of another: ولي is no "and Li".
SHORTEST_BEHIND_PREFIX = 3
#: What may be a mere syllable of another word.
SYLLABLES = frozenset({MentionKind.ABBREVIATION, MentionKind.FORMER})
#: What is found inside a run of letters too.
GLUED = frozenset({MentionKind.PERSON})
#: A pattern, and where it was found.
Match = tuple[int, int, int]
#: A mention on the way to be one, as it is sorted: start, end with a minus, kind, values.
Found = tuple[int, int, MentionKind, tuple[Any, ...]]
#: What an ending alone may say, wherever the word it ends began.
ENDINGS = frozenset({MentionKind.BREAK, MentionKind.PURPOSE})
#: Names of people.
PEOPLE = frozenset({MentionKind.PERSON, MentionKind.SHORT})
#: Names that are more than a syllable.
WHOLE_NAMES = NAMES - SYLLABLES
OFFICES = frozenset({MentionKind.TITLE})
#: Kinds are numbered from 1.
KINDS = max(MentionKind) + 1
#: Longest first part of a compound (characters), and the first letter of one.
PART = 30
_JOINED = re.compile(r"\b(\w)[\w.']*-$")


class Mention(NamedTuple):
    """A known word or phrase: `source[start:end]`."""

    start: int
    end: int
    kind: MentionKind
    #: What it may stand for; the type depends on the kind.
    values: tuple[Any, ...]


class Lexicon:
    """The automaton of one language and what its patterns stand for."""

    def __init__(self, pack: Pack, world: World) -> None:
        self.pack = pack
        self.world = world
        #: Words for what belongs to a country, folded: "french".
        self.adjectives = frozenset(
            fold(form)
            for country in world.countries.values()
            for language in pack.world_languages
            for form in country.adjectives.get(language, ())
        )
        #: Code of a country -> its capital.
        self.capitals = _capitals(world)
        #: Inflected name of a person, folded -> its cases.
        self.cases = cases_of(pack, world)
        #: Markers that are joined to the names of people: "s" in "Putins".
        groups = pack.markers_after.values() if pack.spaced else ()
        self.joined = frozenset(word for group in groups for word in group if word.isalpha())
        self._particles = tuple(sorted({p for g in pack.markers_after.values() for p in g}, key=len)[::-1])
        vocabulary = vocabulary_of(pack, world)
        self._meanings = vocabulary.meanings
        self._exact, self._small = vocabulary.exact, vocabulary.small
        self._behind_prefix = vocabulary.behind_prefix
        # The automaton holds the forms: kept here too, they would take as much room again.
        self._automaton = AhoCorasick(vocabulary.forms)

    def mentions(self, source: str, folded: str) -> list[Mention]:
        """Every mention in reading order, longer ones first where they start together."""
        raw = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        bounded = self._between_spaces(folded, raw) if self.pack.spaced else self._in_runs(folded, raw)
        unspaced = self.pack.spacing is Spacing.NONE
        found: list[Found] = []
        meanings, both = self._meanings, Bounds.BOTH
        for index, start, end, bounds in bounded:
            for kind, values in meanings[index]:
                if bounds is not both:
                    values = _bound_so(bounds, kind, values)
                elif kind is MentionKind.TRIGGER and unspaced and in_word(folded[end : end + 1]):
                    values = _unfinished(kind, values)
                if values and (kind not in NAMES or self._written_so(source, index, kind, start, end)):
                    found.append((start, -end, kind, values))
        found.sort()  # no two are of one kind in one place, so values are never compared
        return _longest(found)

    def _between_spaces(self, text: str, raw: Sequence[Match]) -> Iterator[tuple[int, int, int, Bounds]]:
        """The matches that are words of their own, where words stand between spaces."""
        size, both, prefixed = len(text), Bounds.BOTH, bool(self.pack.prefixes)
        for index, start, end in raw:
            if start and in_word(text[start - 1]) and in_word(text[start]):
                begins = prefixed and self._begins(text, start, end)
            else:
                begins = index not in self._behind_prefix
            if begins and (end >= size or not (in_word(text[end]) and in_word(text[end - 1]))):
                yield index, start, end, both
            elif begins and self.joined and _word_from(text, end) in self.joined:
                yield index, start, end, Bounds.MARKED
            elif end - start >= LONG_NAME and " " in text[start:end]:
                yield index, start, end, Bounds.GLUED

    def _in_runs(self, text: str, raw: Sequence[Match]) -> Iterator[tuple[int, int, int, Bounds]]:
        """The matches that may count where words are joined to one another."""
        starts = {start for _, start, _ in raw}
        ends = {end for _, _, end in raw}
        bounds_of = _in_a_run if self.pack.spacing is Spacing.NONE else self._with_particle
        for index, start, end in raw:
            bounds = bounds_of(text, start, end, starts, ends)
            if bounds:
                yield index, start, end, bounds

    def _begins(self, text: str, start: int, end: int) -> bool:
        """Whether what begins at `start`, inside a word, is the rest of it behind a prefix."""
        if end - start < SHORTEST_BEHIND_PREFIX:
            return False
        return any(
            text.endswith(prefix, 0, start)
            and not in_word(text[start - len(prefix) - 1 : start - len(prefix)])
            for prefix in self.pack.prefixes
        )

    def _with_particle(self, text: str, start: int, end: int, starts: set[int], ends: set[int]) -> Bounds:
        """Whether a match stands as a word of its own, or with a particle joined to it."""
        free_left = not (start and in_word(text[start - 1]) and in_word(text[start]))
        free_right = not (end < len(text) and in_word(text[end]) and in_word(text[end - 1]))
        if not free_left and start not in ends:
            return Bounds.RIGHT if free_right else Bounds.NONE
        if free_right or end in starts or text.startswith(self._particles, end):
            return Bounds.BOTH
        return Bounds.LEFT

    def _written_so(self, source: str, index: int, kind: MentionKind, start: int, end: int) -> bool:
        """Names in a script with capitals start with one, unless they are listed without; abbreviations are
        written exactly so.
        """
        exact = self._exact.get((index, kind))
        if exact is not None:
            return source[start:end] in exact
        if _in_compound(source, start, end):
            return False
        first = source[start]
        capital = first == first.upper() or not first.isalpha()
        return capital or (index, kind) in self._small


def _capitals(world: World) -> dict[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for place in world.places:
        country = world.country(place.country)
        if country is not None and country.capital == place.name:
            found[country.code] = (*found.get(country.code, ()), place)
    return found


def _in_compound(source: str, start: int, end: int) -> bool:
    """Whether a hyphen joins a name to a plain word: "anti-Trump", "U.S.-led", "Mazar-i-Sharif"."""
    left = _JOINED.search(source[max(0, start - PART) : start]) if source[start - 1 : start] == "-" else None
    right = source[end : end + 2]
    return (left is not None and left[1].islower()) or (right[:1] == "-" and right[1:].islower())


def _word_from(text: str, position: int) -> str:
    """The rest of the word that `position` stands in."""
    end = position
    while end < len(text) and in_word(text[end]):
        end += 1
    return text[position:end]


def _in_a_run(text: str, start: int, end: int, starts: set[int], ends: set[int]) -> Bounds:
    """Where no spaces are written: a run of katakana, or of letters and digits, is one word; a single
    character ("中", "前") counts only beside another known word.
    """
    if any(
        edge and _run_of(text[edge - 1]) and _run_of(text[edge - 1]) == _run_of(text[edge : edge + 1])
        for edge in (start, end)
    ):
        return Bounds.NONE
    if end - start == 1 and not (end in starts or start in ends):
        return Bounds.LEFT
    return Bounds.BOTH


def _run_of(char: str) -> str:
    """Which kind of unbroken run a character belongs to; "" for none."""
    if "\u30a1" <= char <= "\u30ff" and char != "・":
        return "katakana"
    return "letters" if char.isalnum() and char < "\u0e00" else ""


def _bound_so(bounds: Bounds, kind: MentionKind, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a form may mean that is not a word with two ends of its own."""
    if bounds is Bounds.LEFT:
        return _unfinished(kind, values)
    may = {Bounds.GLUED: GLUED, Bounds.MARKED: PEOPLE, Bounds.RIGHT: ENDINGS}[bounds]
    return values if kind in may else ()


def _unfinished(kind: MentionKind, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a form may mean whose word goes on behind it."""
    if kind is MentionKind.TRIGGER:
        return tuple(value for value in values if not value[0].whole)
    return values if kind in INFLECTED else ()


def _longest(found: Sequence[Found]) -> list[Mention]:
    """Without names inside longer names, and like inside like; an ignored lexeme swallows what is in it.

    A syllable of a verb or its ending is no country's abbreviation either: 한 in 방중한.
    """
    kept: list[Mention] = []
    names, offices = _ends(found, WHOLE_NAMES), _ends(found, OFFICES)
    #: By kind where the last that was kept begins and ends; one entry for all names.
    starts, ends = [0] * KINDS, [0] * KINDS
    person, country = MentionKind.PERSON, MentionKind.COUNTRY
    ignore, trigger = MentionKind.IGNORE, MentionKind.TRIGGER
    for start, minus_end, kind, values in found:
        end = -minus_end
        layer = person if kind in NAMES else kind
        if start < ends[ignore]:
            continue
        if start < ends[layer] and (start, end) != (starts[layer], ends[layer]):
            continue
        if kind in SYLLABLES and any(starts[k] < start and end <= ends[k] for k in INFLECTED):
            continue
        inside = starts[person] < start and end <= ends[person]
        if kind is trigger and (inside or _cuts(start, end, names)):
            continue  # يصل in the name فيصل بن فرحان
        if kind is country and _cuts(start, end, offices):
            continue
        if end > ends[layer]:
            starts[layer], ends[layer] = start, end
        if kind is not ignore:
            kept.append(Mention(start, end, kind, values))
    return kept


def _ends(found: Sequence[Found], kinds: Collection[int]) -> dict[int, int]:
    """Where mentions of some kinds begin -> where the longest that begins there ends."""
    ends: dict[int, int] = {}
    for start, minus_end, kind, _ in found:
        if kind in kinds:
            ends.setdefault(start, -minus_end)  # the longest comes first
    return ends


def _cuts(start: int, end: int, names: Mapping[int, int]) -> bool:
    """Whether something ends inside a name, 访华 in 访华盛顿, or inside an office, 米国 in 米国務長官."""
    return any(names.get(position, 0) > end for position in range(start + 1, end))


def lexicon_for(language: str, world: World | None = None) -> Lexicon:
    """The lexicon of a shipped language over a world, the shipped one if left out; built once for each."""
    return _lexicon(language, load_world() if world is None else world)


@functools.cache
def _lexicon(language: str, world: World) -> Lexicon:
    return Lexicon(load_pack(language), world)
