"""The choices that are offered where a name of a question means several things.

Pure.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence

from bot.model import Narrowing
from bot.topic_units import Unit, text_of
from bot.topics import Mention
from digest.folding import folded
from digest.world import Person, World

__all__ = ["narrowings_of", "settled"]

#: A name that means more countries than these is broad, not ambiguous: no choices are offered ...
MOST_COUNTRIES = 4
#: ... while of the people who share a surname the best known are.
MOST_PEOPLE = 6


def settled(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, a region that is called like a state taken as such where its own country is named too."""
    return tuple(_settled(mention, mentions) for mention in mentions)


def _settled(mention: Mention, mentions: Sequence[Mention]) -> Mention:
    others = [one.countries for one in mentions if one is not mention and not one.names]
    if mention.countries and mention.places and mention.inside in others:
        return dataclasses.replace(mention, countries=frozenset())
    return mention


def narrowings_of(
    mentions: Sequence[Mention],
    spans: Sequence[tuple[int, int]],
    units: Sequence[Unit],
    world: World,
    today: dt.date,
    language: str,
) -> tuple[Narrowing, ...]:
    """The choices for the names that mean several things: the same question with one of them.

    Args:
        mentions: What the question names.
        spans: Where each of them stands.
        units: The question's pieces.
        world: For the names of the choices.
        today: Who is in office now comes first.
        language: The reader's, for the labels.
    """
    choices = []
    for mention, (start, end) in zip(mentions, spans, strict=True):
        for label, asked in _meanings(mention, world, today, language):
            words = [text_of(units[:start]), asked, text_of(units[end:])]
            choices.append(Narrowing(label=label, query=" ".join(word for word in words if word)))
    return tuple(choices)


def _meanings(mention: Mention, world: World, today: dt.date, language: str) -> Iterator[tuple[str, str]]:
    """What a mention can mean: how it is called, and the words that ask for it alone."""
    if mention.names and not mention.countries:
        people = [person for name in sorted(mention.names) if (person := world.person(name))]
        if len(people) > 1:
            best = sorted(people, key=lambda p: _prominence(p, mention.phrase, today), reverse=True)
            yield from ((p.name_in(language), p.name_in(language)) for p in best[:MOST_PEOPLE])
    elif mention.countries and not mention.names:
        things = len(mention.countries | mention.inside)
        if 1 < things <= MOST_COUNTRIES:
            yield from _of_states(mention, world, language)


def _of_states(mention: Mention, world: World, language: str) -> Iterator[tuple[str, str]]:
    for code in sorted(mention.countries):
        if country := world.country(code):
            label = country.name(language)
            # A country that has the shared name for its own is asked for by its capital.
            is_shared = folded(label) == mention.phrase or (mention.places and country.capital)
            yield label, (country.capital if is_shared and country.capital else label)
    for code in sorted(mention.inside - mention.countries):
        if country := world.country(code):
            yield f"{mention.label} ({country.name(language)})", f"{mention.phrase} {country.name(language)}"


def _prominence(person: Person, surname: str, today: dt.date) -> tuple[bool, bool, int, int]:
    """Called by the surname alone, in office now, how high an office, and how lately it was taken up."""
    is_known_by_it = any(folded(form) == surname for forms in person.short.values() for form in forms)
    now = person.terms_on(today)
    rank = max(term.rank for term in now or person.terms)
    since = max((term.since.earliest.toordinal() for term in person.terms if term.since), default=0)
    return is_known_by_it, bool(now), rank, since
