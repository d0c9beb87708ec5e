"""WHO: people, offices and delegations, and who a title, surname or pronoun means.

Pure: mentions of one article in, actors out.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from digest.facts import Party
from digest.lexicon import Lexicon, Mention, MentionKind
from digest.offices import MONARCHS, NAMELESS, SEATED, fullest, rank_of, reigning, same_office
from digest.packs import Pack
from digest.packs.schema import Spacing
from digest.phrases import COUNTRIES, PARTS, Draft, Phrases
from digest.surnames import incumbent, shares_surname, surname_before
from digest.text import Sentence, fold, in_word
from digest.unlisted import find_name, is_strangers
from digest.world import Person, Rank, World

__all__ = ["Actor", "Cast"]

#: Where family names come first, and stand alone however short: "Li" of Li Qiang.
FAMILY_FIRST = frozenset({"CN", "HK", "KP", "KR", "MO", "TW"})


class Actor(NamedTuple):
    """One mention of somebody who may travel or receive: `source[start:end]`."""

    start: int
    end: int
    party: Party
    #: Who it is, equal for all mentions of the same: a name, or country and office.
    key: str
    #: "named", "office", "pronoun", "owner" (a possessive pronoun).
    form: str
    former: bool = False


def _is_katakana(char: str) -> bool:
    return "\u30a1" <= char <= "\u30fc"


class Cast:
    """The people of one article: fills up while its sentences are read in order."""

    def __init__(self, lexicon: Lexicon, source: str, folded: str, published: dt.date | None) -> None:
        self.pack: Pack = lexicon.pack
        self.world: World = lexicon.world
        self.source, self.folded, self.published = source, folded, published
        #: Key -> the fullest party known, in order of appearance.
        self.parties: dict[str, Party] = {}
        self._phrases = Phrases(lexicon.pack, folded)
        #: Surnames and other short forms of people named in full -> key.
        self._short_forms: dict[str, str] = {}
        #: Names of people whom the world knows and whose short forms are among them.
        self._listed: set[str] = set()
        #: Who is told to have held an office once: a bare title means somebody else.
        self._former: set[str] = set()
        #: Who travels in this story, as far as it has been read: a bare title means them first.
        self.traveller: str | None = None
        #: Country of the dateline, once it has been read.
        self.dateline: str | None = None
        #: What may be joined to a surname as its marker.
        self._joined = lexicon.joined
        #: Surnames of known people that somebody else has here.
        self._strangers: set[str] = set()

    def actors(self, sentence: Sentence, mentions: Sequence[Mention]) -> list[Actor]:
        """The actors of one sentence, in order; pronouns and bare titles already resolved."""
        found: list[Actor] = []
        for draft in self._phrases.of(self._parts(sentence, mentions)):
            actor = self._actor(draft, sentence, mentions)
            if actor is not None:
                found.append(actor)
        found += self._surnames(sentence, found, mentions)
        return self._with_leaders(sorted(found, key=lambda a: a.start))

    def _with_leaders(self, found: list[Actor]) -> list[Actor]:
        """Whoever leads a delegation comes from its country: "une délégation russe conduite par X"."""
        led = self.pack.markers_before.get("led", ())
        for i, (group, leader) in enumerate(pairwise(found) if led else ()):
            between = self.folded[group.end : leader.start]
            stranger = leader.party.name is not None and leader.party.country is None
            if group.party.role == "delegation" and stranger and any(f" {word} " in between for word in led):
                party = replace(leader.party, country=group.party.country)
                self._remember(leader.key, party)
                found[i + 1] = leader._replace(party=party)
        return found

    def _parts(self, sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
        """What phrases are made of, without surnames that belong to somebody else in this article."""
        parts = []
        for m in mentions:
            if m.kind is MentionKind.SHORT:
                form = self.folded[m.start : m.end]
                if is_strangers(self, m, sentence, mentions):
                    self._strangers.add(form)
                    continue
                if form in self._strangers and not any(p.name in self.parties for p in m.values):
                    continue
            if m.kind in PARTS:
                parts.append(m)
        return parts

    def _actor(self, draft: Draft, sentence: Sentence, mentions: Sequence[Mention]) -> Actor | None:
        role = fullest(draft.roles)
        country = draft.countries[0] if draft.countries else None
        if draft.people:
            person = self._person(draft, role, country)
            return self._known(draft, person, role, country) if person else None
        if not draft.titled:
            return None
        name = None
        if role not in NAMELESS:
            name = find_name(self, draft.title_start, draft.start, draft.end, sentence, mentions)
        if name is not None:
            country = country or self._country_before(draft, name[0], mentions)
            country = country or self._country_behind(draft, name[1], mentions)
            return self._named(draft, name, role, country)
        return self._office(draft, role, country) if role else None

    def _country_before(self, draft: Draft, start: int, mentions: Sequence[Mention]) -> str | None:
        """The country that stands before an unlisted name, in languages that write it there and its title
        behind ("ハンガリーのシュヨク大統領"); it becomes a part of the phrase.
        """
        if self.pack.spacing is not Spacing.NONE or not self.pack.names.before_title:
            return None
        for m in mentions:
            if m.kind in COUNTRIES and self.folded[m.end : start] in ("", *self.pack.joiners):
                draft.widen(m.start, start)
                return str(m.values[0])
        return None

    def _country_behind(self, draft: Draft, end: int, mentions: Sequence[Mention]) -> str | None:
        """The country that an unlisted name says it is of: "Vice-President Ahmed Afif of the Seychelles"; it
        becomes a part of the phrase.
        """
        words = self.pack.markers_before.get("of", ())
        for m in mentions:
            gap = self.folded[end : m.start]
            linked = gap in self.pack.joiners and any(f"{gap} ".startswith(f" {word} ") for word in words)
            if m.kind is MentionKind.COUNTRY and linked:
                draft.widen(draft.start, m.end)
                return str(m.values[0])
        return None

    def _person(self, draft: Draft, role: str | None, country: str | None) -> Person | None:
        """Which of the people with this form is meant."""
        people = draft.people
        if len(people) > 1:
            told = [p for p in people if p.name in self.parties]
            fitting = [p for p in people if any(t.country == country for t in p.terms)] if country else []
            people = tuple(told or fitting or people)
        if len(people) > 1 and role:
            people = tuple(p for p in people if any(t.role == role for t in p.terms)) or people
        if len(people) > 1 and self.published:
            ranked = [(p.terms_on(self.published)[0].rank, p) for p in people if p.terms_on(self.published)]
            best = max((rank for rank, _ in ranked), default=None)
            people = tuple(p for rank, p in ranked if rank == best) or people
        if draft.short and len(people) == 1 and not (draft.titled or people[0].name in self.parties):
            return people[0] if self._in_office(people[0]) else None
        return people[0] if people and (len(people) == 1 or not draft.short) else None

    def _in_office(self, person: Person) -> bool:
        """Whether a bare surname is news of this person: they hold an office around the article's date."""
        day = self.published
        return day is None or bool(
            person.terms_on(day)
            or person.terms_on(day - dt.timedelta(days=365))
            or person.terms_on(day + dt.timedelta(days=120))
        )

    def _known(self, draft: Draft, person: Person, role: str | None, country: str | None) -> Actor:
        terms = person.terms_on(self.published) if self.published else ()
        term = terms[0] if terms else person.terms[-1]
        others = rank_of(role) is Rank.HEAD and role not in {t.role for t in person.terms}
        if role is None or role in NAMELESS or others:
            role = term.role  # the world knows its heads of state: the title is somebody else's
        party = Party(name=person.name, country=term.country or country, role=role)
        self._remember(person.name, party)
        if person.name not in self._listed:
            self._listed.add(person.name)
            for form in self._forms(person):
                self._short_forms.setdefault(form, person.name)
        former = draft.former and not terms
        if former:
            self._former.add(person.name)
        return self._made(draft, person.name, party, "named", former=former)

    def _forms(self, person: Person) -> Iterator[str]:
        for language in self.pack.world_languages:
            for name in person.names.get(language, ()):
                words = name.split()
                alone = (words[0], words[-1]) if self.pack.names.short == "any" else words[-1:]
                if len(words) > 1:
                    yield from (word for word in alone if word[:1].isupper() and len(word) > 3)
                    if person.terms[-1].country in FAMILY_FIRST and words[0][:1].isupper():
                        yield words[0]

    def _named(self, draft: Draft, name: tuple[int, int], role: str | None, country: str | None) -> Actor:
        """A person whom nobody listed, by title and name."""
        text = " ".join(self.source[slice(*name)].split())
        key = self._told_before(text) or text
        known = self.parties.get(key)
        if known and " " not in (known.name or "") and " " in text:
            key = text  # the full name of whom only a surname was told: `named_holder` joins the two
        between = re.search("[가-힣]", self.source[name[1] : draft.start])  # a body unlisted: whose?
        if (known is None or known.country is None) and not (country or draft.body or between):
            country = self._own_country(role)
        party = Party(
            name=known.name if known and key != text else text,
            country=(known.country if known else None) or country,
            role=(known.role if known else None) or role,
        )
        self._remember(key, party)
        self._short_forms.setdefault(text, key)
        words = re.split("[ ·・]", text)
        picked = {"last": words[-1:], "first": words[:1], "any": words}[self.pack.names.short]
        for word in picked:
            if len(word) > 2 or not self.pack.spaced:
                self._short_forms.setdefault(word, key)
        draft.widen(*name)
        return self._made(draft, key, party, "named", former=draft.former)

    def _own_country(self, role: str | None) -> str | None:
        """Whose official an unlisted person is of whom no country is told: the paper's own, but a head of
        state is somebody else's; in a language of many countries, that of the dateline.
        """
        if self.pack.home_country is None:
            government = role is not None and ("minister" in role or role.endswith("secretary"))
            return self.dateline if government else None  # companies and clubs have presidents
        return None if rank_of(role) is Rank.HEAD else self.pack.home_country

    def _told_before(self, text: str) -> str | None:
        """Whose name (or the end of it) this is, if they were named before."""
        words = text.split()
        tails = (" ".join(words[i:]) for i in range(len(words)))
        told = next((self._short_forms[tail] for tail in tails if tail in self._short_forms), None)
        if told is None and self.pack.names.shape == "han":  # the family name alone: 岩屋 of 岩屋毅
            return next((key for key in reversed(self.parties) if key.startswith(text)), None)
        return told

    def named_holder(self, actor: Actor) -> Actor:
        """An actor told by office alone as the one person named in the article who holds that office."""
        role, country = actor.party.role, actor.party.country
        if actor.party.name is not None and actor.key != f"{actor.party.name}/{role}":
            return self._fuller(actor)
        holders = [
            key
            for key, party in self.parties.items()
            if party.name is not None and party.country == country and same_office(role, party.role)
        ]
        holders = [key for key in holders if self.parties[key].role == role] or holders
        if len(holders) > 1 and self.published:
            holders = [key for key in holders if self._holds_now(key)]
        if len(holders) != 1:
            return actor
        return actor._replace(key=holders[0], party=self.parties[holders[0]])

    def _fuller(self, actor: Actor) -> Actor:
        """An unlisted person told by one name as the only compatriot whose full name holds it."""
        name, country = actor.party.name or "", actor.party.country
        if " " in name or self.world.person(actor.key) is not None:
            return actor
        full = [k for k, p in self.parties.items() if p.country == country and name in (p.name or "").split()]
        full = [key for key in full if key != actor.key]
        return actor._replace(key=full[0], party=self.parties[full[0]]) if len(full) == 1 else actor

    def _holds_now(self, key: str) -> bool:
        person = self.world.person(key)
        return person is not None and self.published is not None and bool(person.terms_on(self.published))

    def _office(self, draft: Draft, role: str, country: str | None) -> Actor | None:
        """A person told by office alone: somebody of the cast, else the office of that country."""
        country = country or SEATED.get(role)
        key = self._holder(role, country, draft.start)
        if key is not None:
            return self._made(draft, key, self.parties[key], "office", former=draft.former)
        monarch = self._reigning(role, country, draft.start)
        if monarch is not None:
            return self._known(draft, monarch, role, country)
        if country is None and draft.body is None:
            return None
        name = None if country else draft.body
        party = Party(name=name, country=country, role=role)
        return self._made(draft, f"{country or name}/{role}", party, "office", former=draft.former)

    def _reigning(self, role: str, country: str | None, position: int) -> Person | None:
        """Whose surname stands before the office; the monarch whose first name stands elsewhere in the text:
        "Philippe, King of the Belgians".

        "The King" of no country told is the only one whose name does.
        """
        told = country is not None or self.folded.endswith(self.pack.articles, 0, position)
        surname = self._surname_before(position)
        if surname and self.published:
            return incumbent(self.world, role, country, self.published, surname, self.pack.world_languages)
        if role not in MONARCHS or self.published is None or not told:
            return None
        candidates = reigning(self.world, role, country, self.published)
        named = [person for person in candidates if self._first_named(person)]
        return named[0] if len(named) == 1 else None

    def _first_named(self, person: Person) -> bool:
        """Whether the first name of somebody stands in the article."""
        titles = {word for title in self.pack.titles for word in title.words}
        names = (n for code in self.pack.world_languages for n in person.names.get(code, ()))
        first = {next((w for w in name.split() if fold(w) not in titles), "") for name in names}
        return any(len(w) > 3 and list(self._standing_alone(self.source, w)) for w in first)

    def _holder(self, role: str, country: str | None, position: int) -> str | None:
        """The cast's latest member with this office (and country, where one is told).

        Where none is told, the one of the paper's own country comes first: "Presiden" with a capital is
        its own, "presiden" whoever was told last.
        """
        surname = self._surname_before(position)
        home = self.pack.home_country
        first = self.source[position]
        if country is None and home is not None and first == first.upper():
            if self._latest(role, home, surname) is None and self._travels_as(role, surname):
                return self.traveller
            return self._latest(role, home, surname) or self._latest(role, None, surname)
        return self._latest(role, country, surname)

    def _surname_before(self, position: int) -> str | None:
        return surname_before(self.source, position) if self.pack.names.shape == "hangul" else None

    def _travels_as(self, role: str, surname: str | None) -> bool:
        """Whether whoever travels in this story holds the office, as head of state or government."""
        if surname and not self._shares_surname(self.traveller or "", surname):
            return False
        party = self.parties.get(self.traveller or "")
        named = party is not None and party.name is not None and rank_of(role) is Rank.HEAD
        return party is not None and named and same_office(role, party.role)

    def _latest(self, role: str, country: str | None, surname: str | None) -> str | None:
        for key, party in reversed(self.parties.items()):
            if party.name is None or (country and party.country != country) or key in self._former:
                continue
            same = same_office(role, party.role)
            if surname and not self._shares_surname(key, surname):
                continue
            if same or (surname and party.role):
                return key
        return None

    def _shares_surname(self, key: str, surname: str) -> bool:
        return shares_surname(key, self.world.person(key), surname, self.pack.world_languages)

    def _surnames(
        self, sentence: Sentence, found: Sequence[Actor], mentions: Sequence[Mention]
    ) -> list[Actor]:
        """Names told before in full that now stand short, without a title."""
        taken = [(a.start, a.end) for a in found]
        text = self.source[sentence.start : sentence.end]
        actors = []
        for form, key in self._short_forms.items():
            if form not in text:
                continue
            for at in self._standing_alone(text, form):
                start, end = sentence.start + at, sentence.start + at + len(form)
                if any(s < end and start < e for s, e in taken):
                    continue
                taken.append((start, end))
                party = self.parties[key]
                actors.append(Actor(start=start, end=end, party=party, key=key, form="named"))
        return actors

    def _standing_alone(self, text: str, form: str) -> Iterator[int]:
        """Where a name stands as a word of its own, or with a marker joined to it."""
        inside = _is_katakana if self.pack.spacing is Spacing.NONE else in_word
        at = text.find(form)
        while at >= 0:
            end = last = at + len(form)
            while last < len(text) and inside(text[last]):
                last += 1
            if not (at and inside(text[at - 1])) and (last == end or text[end:last] in self._joined):
                yield at
            at = text.find(form, end)

    def _made(self, draft: Draft, key: str, party: Party, form: str, *, former: bool) -> Actor:
        return Actor(start=draft.start, end=draft.end, party=party, key=key, form=form, former=former)

    def _remember(self, key: str, party: Party) -> None:
        known = self.parties.pop(key, None)
        if known is not None and known.country and known.role:
            party = known
        elif known is not None:
            party = replace(known, country=known.country or party.country, role=known.role or party.role)
        self.parties[key] = party
