"""What is looked for in a text: every form of the pack's words and of the world's names.

Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from digest.packs import Pack
from digest.text import fold
from digest.world import Names, World

__all__ = ["NAMES", "MentionKind", "Vocabulary", "cases_of", "vocabulary_of"]


class MentionKind(IntEnum):
    """What was found; names first, in the order in which they win over one another."""

    #: Enum's own is written in Python, and kinds are looked up in sets ten times a mention.
    __hash__ = int.__hash__

    PERSON = 1
    SHORT = 2
    PLACE = 3
    COUNTRY = 4
    ADJECTIVE = 5
    ABBREVIATION = 6
    BODY = 7
    TITLE = 8
    FORMER = 9
    TRIGGER = 10
    CUE = 11
    KIND = 12
    PURPOSE = 13
    BREAK = 14
    SPEECH = 15
    PRONOUN = 16
    PLACE_PRONOUN = 17
    TRAVELLER = 18
    IGNORE = 19


NAMES = frozenset(range(MentionKind.PERSON, MentionKind.BODY + 1))
#: One thing that a form may stand for.
Fact = tuple[MentionKind, Any]
#: All of them: kinds with their values.
Meaning = tuple[tuple[MentionKind, tuple[Any, ...]], ...]


class Vocabulary(NamedTuple):
    """Forms, and by the position of a form what is known of it."""

    #: Folded, each once.
    forms: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    #: Names that are ordinary words too unless they are written exactly so.
    exact: Mapping[tuple[int, MentionKind], frozenset[str]]
    #: Names that begin with a small letter: "российский", "papa Francisco".
    small: frozenset[tuple[int, MentionKind]]
    #: What is written so behind a prefix only: لرئيس is no "the president" that stands alone.
    behind_prefix: frozenset[int]


def vocabulary_of(pack: Pack, world: World) -> Vocabulary:
    """Everything the pack and the world know, in one list of forms."""
    entries: dict[str, tuple[Fact, ...]] = {}
    small: set[tuple[str, MentionKind]] = set()
    elisions: set[str] = set()
    for form, fact, elided in _with_elisions(pack, _entries(pack, world)):
        folded = fold(form)
        if elided and folded not in entries:
            elisions.add(folded)
        elif not elided:
            elisions.discard(folded)
        entries[folded] = (*entries.get(folded, ()), fact)
        if fact[0] in NAMES and form[0] != form[0].upper():
            small.add((folded, fact[0]))
    position = {form: index for index, form in enumerate(entries)}
    exact: dict[tuple[int, MentionKind], set[str]] = {}
    for form, kind in _exact_forms(pack, world):
        exact.setdefault((position[fold(form)], kind), set()).add(form)
    return Vocabulary(
        forms=tuple(entries),
        meanings=_meanings(entries.values()),
        exact={key: frozenset(forms) for key, forms in exact.items()},
        small=frozenset((position[form], kind) for form, kind in small),
        behind_prefix=frozenset(position[form] for form in elisions),
    )


def _meanings(entries: Iterable[tuple[Fact, ...]]) -> tuple[Meaning, ...]:
    """What each form stands for; forms that stand for the same share one record, which saves much memory."""
    shared: dict[tuple[int, ...], Meaning] = {}
    found = []
    for facts in entries:
        same = tuple(map(id, facts))
        if same not in shared:
            shared[same] = _by_kind(facts)
        found.append(shared[same])
    return tuple(found)


def _by_kind(facts: Sequence[Fact]) -> Meaning:
    """The values of each kind, in order and each once; they need not be hashable."""
    values: dict[MentionKind, list[Any]] = {}
    for kind, value in facts:
        known = values.setdefault(kind, [])
        if value not in known:
            known.append(value)
    return tuple((kind, tuple(known)) for kind, known in values.items())


def _entries(pack: Pack, world: World) -> Iterator[tuple[str, Fact]]:
    """Every form with its kind and value."""
    yield from _world_entries(pack, world)
    for title in pack.titles:
        yield from _all(title.words, MentionKind.TITLE, title.role)
    for trigger in pack.triggers:
        for tense, forms in trigger.forms.items():
            yield from _all(forms, MentionKind.TRIGGER, (trigger, tense))
    for cue in pack.cues:
        yield from _all(cue.words, MentionKind.CUE, cue)
    for kind, words in pack.kinds.items():
        yield from _all(words, MentionKind.KIND, kind)
    for marker in pack.purposes:
        yield from _all(marker.words, MentionKind.PURPOSE, marker)
    yield from _all(pack.former, MentionKind.FORMER, True)
    yield from _all(pack.breaks, MentionKind.BREAK, True)
    yield from _all(pack.speech, MentionKind.SPEECH, True)
    yield from _all(pack.pronouns, MentionKind.PRONOUN, "person")
    yield from _all(pack.possessives, MentionKind.PRONOUN, "owner")
    yield from _all(pack.place_pronouns, MentionKind.PLACE_PRONOUN, "there")
    yield from _all(pack.tours, MentionKind.PLACE_PRONOUN, "tour")
    yield from _all(pack.here, MentionKind.PLACE_PRONOUN, "here")
    yield from _all(pack.travellers, MentionKind.TRAVELLER, True)
    yield from _all(pack.ignore, MentionKind.IGNORE, True)


def _with_elisions(pack: Pack, entries: Iterable[tuple[str, Fact]]) -> Iterator[tuple[str, Fact, bool]]:
    """Every entry, and how it is written behind a prefix where that differs, which the last part says."""
    for form, fact in entries:
        yield form, fact, False
        for opening, behind in pack.elisions.items():
            if form.startswith(opening):
                yield behind + form[len(opening) :], fact, True


def _forms(pack: Pack, names: Names) -> Iterator[str]:
    """The forms that hold in the pack's language."""
    for language in pack.world_languages:
        yield from names.get(language, ())


def _exact_forms(pack: Pack, world: World) -> Iterator[tuple[str, MentionKind]]:
    """Forms that are ordinary words too unless they are written exactly so."""
    for country in world.countries.values():
        for form in _forms(pack, country.abbreviations):
            yield form, MentionKind.ABBREVIATION
    for body in world.bodies:
        for form in _forms(pack, body.abbreviations):
            yield form, MentionKind.BODY


def _world_entries(pack: Pack, world: World) -> Iterator[tuple[str, Fact]]:
    def forms(names: Names) -> Iterator[str]:
        return _forms(pack, names)

    for person in world.people:
        yield from _all(forms(person.names), MentionKind.PERSON, person)
        yield from _all(forms(person.short), MentionKind.SHORT, person)
    for country in world.countries.values():
        yield from _all(forms(country.names), MentionKind.COUNTRY, country.code)
        yield from _all(forms(country.adjectives), MentionKind.ADJECTIVE, country.code)
        yield from _all(forms(country.abbreviations), MentionKind.ABBREVIATION, country.code)
    for place in world.places:
        yield from _all(forms(place.names), MentionKind.PLACE, place)
    for body in world.bodies:
        yield from _all(forms(body.names), MentionKind.BODY, body)
        yield from _all(forms(body.abbreviations), MentionKind.BODY, body)


def cases_of(pack: Pack, world: World) -> dict[str, frozenset[str]]:
    """Inflected name of a person, folded -> its cases; empty for a pack without cases."""
    found: dict[str, set[str]] = {}
    for person in world.people if pack.cases else ():
        for language in pack.world_languages:
            for case, forms in person.cases.get(language, {}).items():
                for form in forms:
                    found.setdefault(fold(form), set()).add(case)
    return {form: frozenset(cases) for form, cases in found.items()}


def _all(words: Iterable[str], kind: MentionKind, value: Any) -> Iterator[tuple[str, Fact]]:
    fact = (kind, value)
    return ((word, fact) for word in words)
