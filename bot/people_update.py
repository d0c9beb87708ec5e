"""The people of the world with newer offices and names: what is known stays, what is new comes to it.

Pure: people and found terms in, people out. Somebody who cannot be told apart from somebody else is left out.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.officeholders import STATE_ROLES, alike
from bot.people_names import Naming, further_forms, names_of
from digest.folding import folded
from digest.world import Person, Rank, Term, World

__all__ = ["Found", "PeopleUpdate", "person_record", "update_people"]

#: A family name that is shorter, or somebody else's too, is not used alone.
SHORTEST_ALONE = 4
#: Heads who stand beside another one of their country.
_SECOND = frozenset({"vice president", "crown prince", "deputy prime minister"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Somebody as a query service knows them."""

    terms: tuple[Term, ...]
    naming: Naming
    #: Those of the terms after which somebody else came into the office.
    succeeded: frozenset[Term] = frozenset()


@dataclass(slots=True)
class PeopleUpdate:
    """All people, and what is new of them."""

    people: tuple[Person, ...] = ()
    added: list[Person] = field(default_factory=list)
    #: Terms that people who were known have besides, and those that got their end.
    terms_added: list[tuple[str, Term]] = field(default_factory=list)
    terms_ended: list[tuple[str, Term]] = field(default_factory=list)
    #: Names of known people in languages that had none.
    names_added: int = 0
    #: What could not be used, by reason.
    left_out: Counter[str] = field(default_factory=Counter)


def update_people(world: World, found: Iterable[Found]) -> PeopleUpdate:
    """Bring the found people to those of the world."""
    update = PeopleUpdate()
    known, strangers = _matched(world, found, update.left_out)
    people = [_updated(person, known.get(person.name, ()), world, update) for person in world.people]
    update.added = _newcomers(strangers, world, update.left_out)
    update.people = (*people, *update.added)
    return update


def person_record(person: Person) -> dict[str, Any]:
    """A person as a line of `people.jsonl` has them."""
    record: dict[str, Any] = {"name": person.name, "names": _listed(person.names)}
    if person.short:
        record["short"] = _listed(person.short)
    record["terms"] = [_term_record(term) for term in person.terms]
    if person.cases:
        record["cases"] = {language: _listed(forms) for language, forms in person.cases.items()}
    return record


def _listed(forms: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {key: list(texts) for key, texts in forms.items()}


def _term_record(term: Term) -> dict[str, str]:
    values = {"country": term.country, "body": term.body, "role": term.role}
    dates = {"since": term.since, "until": term.until}
    return {key: str(value) for key, value in (values | dates).items() if value is not None}


def _matched(
    world: World, found: Iterable[Found], left_out: Counter[str]
) -> tuple[Mapping[str, Sequence[Found]], list[Found]]:
    """The found people under the names of those they are, and those whom nobody knows."""
    by_form: dict[str, list[Person]] = {}
    for person in world.people:
        for form in {folded(form) for form in (person.name, *person.names["en"])}:
            by_form.setdefault(form, []).append(person)
    known: dict[str, list[Found]] = {}
    strangers = []
    for each in found:
        label = names_of(each.naming, world).get("en")
        forms = [folded(form) for form in (label, *each.naming.aliases) if form]
        people = {p.name: p for form in forms for p in by_form.get(form, ()) if _shares_a_seat(p, each)}
        if label is None:
            left_out["no English name"] += 1
        elif len(people) == 1:
            known.setdefault(next(iter(people)), []).append(each)
        elif people or folded(label) in by_form:
            left_out["the name of somebody else"] += 1
        else:
            strangers.append(each)
    left_out["two people of one name"] += sum(len(same) for same in known.values() if len(same) > 1)
    return {name: same for name, same in known.items() if len(same) == 1}, strangers


def _shares_a_seat(person: Person, found: Found) -> bool:
    """Whether both held office in one country or body: another country's namesake is somebody else."""
    seats = {(term.country, term.body) for term in person.terms}
    return any((term.country, term.body) in seats for term in found.terms)


def _updated(person: Person, found: Sequence[Found], world: World, update: PeopleUpdate) -> Person:
    for each in found:
        terms = _with_terms(person, each, update)
        names = _with_names(person, each.naming, world)
        update.names_added += len(names) - len(person.names)
        person = replace(person, terms=terms, names=names)
    return person


def _with_terms(person: Person, found: Found, update: PeopleUpdate) -> tuple[Term, ...]:
    """The terms of a known person, ended and continued; the dates that are known stay."""
    terms = list(person.terms)
    for term in _of_own_state(found.terms, person.terms, update.left_out):
        mine = [i for i, held in enumerate(terms) if _is_seat(held, term) and _overlap(held, term)]
        same = [i for i in mine if alike(terms[i].role, term.role)]
        if same:
            held = terms[same[-1]]
            if held.until is not None or term.until is None or len(same) > 1:
                continue
            if term not in found.succeeded:
                # More often a new mandate that nobody has entered yet.
                update.left_out["an end, though nobody succeeded"] += 1
                continue
            terms[same[0]] = replace(held, until=term.until)
            update.terms_ended.append((person.name, terms[same[0]]))
        elif any(_is_head(terms[i]) and _is_head(term) for i in mine):
            update.left_out["an office known under another title"] += 1
        else:
            terms.append(term)
            update.terms_added.append((person.name, term))
    return tuple(sorted(terms, key=_begin)) if len(terms) > len(person.terms) else tuple(terms)


def _of_own_state(terms: Sequence[Term], known: Sequence[Term], left_out: Counter[str]) -> Iterator[Term]:
    """The terms of a head of several states without the further ones: a king of fifteen realms travels as
    that of one.
    """
    own = {term.country for term in known}
    for term in terms:
        states = {
            other.country
            for other in terms
            if other.role in STATE_ROLES and other.country and _overlap(other, term)
        }
        if term.role in STATE_ROLES and len(states) > 1 and term.country not in own:
            left_out["head of several states"] += 1
        else:
            yield term


def _is_seat(one: Term, other: Term) -> bool:
    return (one.country, one.body) == (other.country, other.body)


def _is_head(term: Term) -> bool:
    return term.rank is Rank.HEAD and term.role not in _SECOND


def _overlap(one: Term, other: Term) -> bool:
    """Whether there are days on which both were held; the day of a handover is none."""
    return _begin(one) < _end(other) and _begin(other) < _end(one)


def _begin(term: Term) -> dt.date:
    return term.since.earliest if term.since else dt.date.min


def _end(term: Term) -> dt.date:
    return term.until.latest if term.until else dt.date.max


def _with_names(person: Person, naming: Naming, world: World) -> Mapping[str, tuple[str, ...]]:
    """The names with those in languages that have none, where they are not written as in English."""
    english = {folded(form) for form in person.names["en"]}
    new = {
        language: (name,)
        for language, name in names_of(naming, world).items()
        if language not in person.names and folded(name) not in english
    }
    return {**person.names, **new}


def _newcomers(strangers: Sequence[Found], world: World, left_out: Counter[str]) -> list[Person]:
    """People for those whom the world does not know, by name."""
    made = [person for each in strangers if (person := _newcomer(each, world, left_out))]
    counts = Counter(folded(person.name) for person in made)
    alone = [person for person in made if counts[folded(person.name)] == 1]
    left_out["two people of one name"] += len(made) - len(alone)
    return sorted(alone, key=lambda person: person.name)


def _newcomer(found: Found, world: World, left_out: Counter[str]) -> Person | None:
    terms = tuple(sorted(_of_own_state(found.terms, (), left_out), key=_begin))
    if not terms:
        return None
    names = names_of(found.naming, world)
    name = names["en"]
    if " " not in name:
        left_out["a name of one word"] += 1
        return None
    others = {
        language: (form,)
        for language, form in names.items()
        if language != "en" and folded(form) != folded(name)
    }
    return Person(
        name=name,
        names={"en": (name, *further_forms(found.naming, name, world)), **others},
        short=_short(name, found, world),
        terms=terms,
    )


def _short(name: str, found: Found, world: World) -> Mapping[str, tuple[str, ...]]:
    """The family name of a head, who is told by it alone; of others it would be taken for other people's."""
    family = name.split()[-1]
    is_family = family in found.naming.family and len(family) >= SHORTEST_ALONE and family != name
    if not is_family or not any(_is_head(term) for term in found.terms):
        return {}
    people = {word for person in world.people for form in person.names["en"] for word in form.split()}
    places = {form for place in world.places for form in place.names["en"]}
    return {} if family in people | places else {"en": (family,)}
