"""Phrases that name somebody: titles, countries and names that stand together.

Pure: mentions of one sentence in, the parts of each phrase out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from digest.lexicon import Mention, MentionKind
from digest.packs import Pack
from digest.world import Person

__all__ = ["COUNTRIES", "PARTS", "Draft", "Phrases"]

PARTS = frozenset(
    {
        MentionKind.PERSON,
        MentionKind.SHORT,
        MentionKind.TITLE,
        MentionKind.FORMER,
        MentionKind.COUNTRY,
        MentionKind.ADJECTIVE,
        MentionKind.ABBREVIATION,
        MentionKind.BODY,
    }
)
#: Names of people.
NAMES = frozenset({MentionKind.PERSON, MentionKind.SHORT})
#: What a phrase must hold to name somebody.
NAMING = frozenset({MentionKind.PERSON, MentionKind.SHORT, MentionKind.TITLE})
COUNTRIES = {
    MentionKind.COUNTRY: "country",
    MentionKind.ADJECTIVE: "adjective",
    MentionKind.ABBREVIATION: "abbreviation",
}
#: What stands in brackets between a name and its title: "김정일(金正日) 국방위원장".
_ASIDE = re.compile(r"\([^()\n]{1,30}\)")
#: What joins a name to the country of its office behind it: "プーチン・ロシア大統領".
_DOT = "・"


@dataclass(slots=True)
class Draft:
    """The parts of one phrase while it is put together."""

    start: int
    end: int
    people: tuple[Person, ...] = ()
    short: bool = False
    roles: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    body: str | None = None
    former: bool = False
    titled: bool = False
    #: A comma behind the name, and more about the same person: "Vladimir Putin, the Russian president".
    apposed: bool = False
    title_start: int = -1
    title_end: int = -1

    def widen(self, start: int, end: int) -> None:
        """Take in words beside the phrase."""
        self.start, self.end = min(self.start, start), max(self.end, end)


def _opens_with_place(chain: Sequence[Mention], part: Mention, gap: str) -> bool:
    """Whether a country stands before somebody's title by chance: "From Latvia Mr Sunak went on", "En visite
    en Slovaquie, le président ...".
    """
    if len(chain) != 1 or chain[0].kind is not MentionKind.COUNTRY:
        return False
    return part.kind is MentionKind.TITLE and ("," in gap or not any(part.values))


def _of_another(chain: Sequence[Mention], part: Mention, gap: str) -> bool:
    """Whether a country right behind an office is no part of it, since the office has one already: "hat
    Russlands Präsident Japan verlassen"; what stands before a name is of that: "Presiden A X, Kanselir B".
    """
    names = [i for i, m in enumerate(chain) if m.kind in (MentionKind.PERSON, MentionKind.SHORT)]
    own = chain[names[-1] + 1 :] if names else chain
    told = [m.values[0] for m in own if m.kind in COUNTRIES]
    behind = gap == " " and chain[-1].kind is MentionKind.TITLE and part.kind is MentionKind.COUNTRY
    return behind and bool(told) and part.values[0] not in told


class Phrases:
    """Puts the phrases of one article together."""

    def __init__(self, pack: Pack, folded: str) -> None:
        self.pack, self.folded = pack, folded
        #: What stands between two phrases where the second says whose the first is.
        self._of = {f" {word} " for word in pack.markers_before.get("of", ())}
        #: Names and countries stand before the title, never behind it.
        self._titles_last = pack.names.before_title and not pack.names.after_title

    def of(self, parts: Sequence[Mention]) -> Iterator[Draft]:
        """The phrases that the parts make, in order."""
        if not any(part.kind in NAMING for part in parts):
            return
        for chain in self._chains(parts):
            if any(part.kind in NAMING for part in chain):  # a country alone names nobody
                yield from self._drafts(chain)

    def _chains(self, parts: Sequence[Mention]) -> Iterator[list[Mention]]:
        """Runs of parts with nothing but joiners between them."""
        chain: list[Mention] = []
        for part in parts:
            joined = chain and (self._joined(chain[-1], part) or self._completes(chain, part))
            gap = self.folded[chain[-1].end : part.start] if chain else ""
            apart = chain and (_opens_with_place(chain, part, gap) or _of_another(chain, part, gap))
            if chain and (not joined or apart):
                yield self._up_to_title(chain)
                chain = []
            if not chain or part.start >= chain[-1].end:
                chain.append(part)
            elif (part.start, part.end) == (chain[-1].start, chain[-1].end) and part.kind < chain[-1].kind:
                chain[-1] = part
        if chain:
            yield self._up_to_title(chain)

    def _up_to_title(self, chain: list[Mention]) -> list[Mention]:
        """Where titles come last, without countries behind the last one: "시진핑 러시아 방문" goes there."""
        last = len(chain)
        while self._titles_last and last > 1 and chain[last - 1].kind in COUNTRIES:
            last -= 1
        return chain[:last]

    def _completes(self, chain: Sequence[Mention], part: Mention) -> bool:
        """Whether a name ends a phrase of title and country: "Presiden China (RRT) Xi Jinping"."""
        told = [m.kind for m in chain]
        while told and told[-1] in COUNTRIES:
            told.pop()
        titled = 0 < len(told) < len(chain) and told[-1] is MentionKind.TITLE
        named = part.kind in NAMES
        close = self.folded[chain[-1].end : part.start] in (" ", ", ", ") ", "), ")
        return self.pack.names.after_title and named and close and titled

    def _joined(self, left: Mention, right: Mention) -> bool:
        if right.start < left.end or (right.start == left.end and not _goes_there(left, right)):
            return True
        gap = self.folded[left.end : right.start]
        if gap not in self.pack.joiners:
            gap = _ASIDE.sub("", gap)
        if gap not in self.pack.joiners:
            return False
        if left.kind in NAMES and _links(gap, self.pack):
            return False  # "Naruhito and Empress Masako" are two
        if right.kind in COUNTRIES and gap.strip() in self.pack.markers_after.get("poss", ()):
            return False  # "Modi's US visit"
        if self._titles_last and right.kind in COUNTRIES and left.kind not in COUNTRIES:
            return gap == " " and left.kind is not MentionKind.TITLE
        if self.pack.verb_final and right.kind in COUNTRIES and left.kind not in COUNTRIES and gap != _DOT:
            return False  # "विदेश मंत्री चीन पहुंचे": what says whose office it is stands before it
        if left.kind in COUNTRIES and right.kind is MentionKind.TITLE and _links(gap, self.pack):
            return False  # "Prime Minister A of Mauritius and Vice-President B" are two
        if left.kind is MentionKind.COUNTRY and right.kind is MentionKind.TITLE and gap in self._of:
            return False  # "visita ao Brasil do presidente": whose visit it is
        if left.kind is MentionKind.COUNTRY and _is_stranger_to(left, right):
            return False  # "traf in Südkorea Xi Jinping": where, not whose
        if left.kind in COUNTRIES and right.kind not in COUNTRIES and gap in (" ", ", "):
            return gap == " " and COUNTRIES[left.kind] in self.pack.names.country_before
        if right.kind in COUNTRIES and left.kind in NAMES:
            return gap != " "  # "besucht Scholz China": goes there
        return True

    def _drafts(self, chain: Sequence[Mention]) -> Iterator[Draft]:
        """Phrases of one chain: a new one where a second person, or the title of the next person, begins."""
        draft = Draft(chain[0].start, chain[0].start)
        first = 0
        for i, part in enumerate(chain):
            if self._opens(draft, part, chain[i + 1 :]):
                yield from self._holders(draft, chain[first:i])
                draft, first = Draft(part.start, part.start), i
            self._add(draft, part)
        yield from self._holders(draft, chain[first:])

    def _holders(self, draft: Draft, parts: Sequence[Mention]) -> Iterator[Draft]:
        """An office of several countries as one holder for each: "the foreign ministers of A and B"."""
        told = [m for m in parts if m.kind in COUNTRIES]
        gaps = [self.folded[left.end : right.start] for left, right in pairwise(told)]
        linked = bool(gaps) and _links(gaps[-1], self.pack) and all(g in self.pack.conjunctions for g in gaps)
        if draft.people or draft.body or not draft.roles or not linked:
            yield draft
            return
        for country in told:
            holder = replace(draft, start=country.start, end=country.end, countries=[country.values[0]])
            holder.start = draft.start if country is told[0] else holder.start
            holder.end = draft.end if country is told[-1] else holder.end
            yield holder

    def _opens(self, draft: Draft, part: Mention, rest: Sequence[Mention]) -> bool:
        gap = self.folded[draft.end : part.start]
        if part.kind in NAMES:
            return bool(draft.people)
        upcoming = [m for m in rest if m.kind in NAMES]
        title_next = part.kind is MentionKind.TITLE or any(m.kind is MentionKind.TITLE for m in rest)
        if draft.people and "," in gap and upcoming and title_next:
            return self._belongs_to_next(part, rest)
        if draft.people and part.kind is MentionKind.TITLE and self.pack.names.after_title and gap == " ":
            return bool(upcoming) or not draft.apposed
        another = part.kind in COUNTRIES and part.values[0] not in draft.countries
        return another and bool(draft.countries) and bool(draft.titled) and bool(upcoming)

    def _belongs_to_next(self, part: Mention, rest: Sequence[Mention]) -> bool:
        """Whether the title that begins after a comma is that of the person behind it."""
        previous = part
        for mention in rest:
            gap = self.folded[previous.end : mention.start]
            if "," in gap:
                return False
            if mention.kind in NAMES:
                return True
            previous = mention
        return False

    def _add(self, draft: Draft, part: Mention) -> None:
        draft.apposed = draft.apposed or bool(draft.people and "," in self.folded[draft.end : part.start])
        draft.end = max(draft.end, part.end)
        if part.kind in NAMES:
            draft.people = part.values
            draft.short = part.kind is MentionKind.SHORT
        elif part.kind is MentionKind.TITLE:
            draft.titled = True
            if draft.roles == ["minister"] and not draft.people and any(part.values):
                draft.roles = []  # "el ministro ruso de Exteriores": the rest of the office tells which
            draft.roles += [role for role in part.values if role]
            told = self.pack.title_countries.get(self.folded[part.start : part.end])
            draft.countries += [told] if told else []
            if draft.title_start < 0:
                draft.title_start = part.start
            draft.title_end = part.end
        elif part.kind in COUNTRIES:
            draft.countries.append(part.values[0])
        elif part.kind is MentionKind.BODY:
            draft.body = part.values[0].name
            if part.values[0].country:
                draft.countries.append(part.values[0].country)
        else:
            draft.former = True


def _goes_there(left: Mention, right: Mention) -> bool:
    """Whether a country right behind a name is where they go: 普京朝鲜之行; its one character is theirs:
    プーチン露大統領.
    """
    named = left.kind in NAMES
    return named and right.kind in COUNTRIES and right.kind is not MentionKind.ABBREVIATION


def _is_stranger_to(country: Mention, name: Mention) -> bool:
    """Whether a name is of people of whom none ever served that country."""
    named = name.kind in NAMES
    return named and not any(
        term.country == country.values[0] for person in name.values for term in person.terms
    )


def _links(gap: str, pack: Pack) -> bool:
    """Whether a gap is a word that links equals, not a mere comma."""
    return gap in pack.conjunctions and any(char.isalpha() for char in gap)
