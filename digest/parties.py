"""Who travels together: actors that stand beside one another as equals.

Pure.
"""

import functools
from collections.abc import Sequence

from digest.people import Actor
from digest.scene import Scene, markers_of

__all__ = ["group_of", "parties_of"]

#: Commas that part nothing but the members of a list.
_LISTS = ("、",)


def _equals(scene: Scene, actor: Actor, links: Sequence[str]) -> tuple[Actor, ...]:
    """The actors that stand beside this one as equals, in text order, itself included."""
    actors = scene.actors
    at = next((i for i, other in enumerate(actors) if other.start == actor.start), None)
    if at is None:
        return (actor,)
    first = last = at
    while first and scene.folded[actors[first - 1].end : actors[first].start] in links:
        first -= 1
    while last + 1 < len(actors) and scene.folded[actors[last].end : actors[last + 1].start] in links:
        last += 1
    return tuple(actors[first : last + 1])


def group_of(scene: Scene, actor: Actor) -> tuple[Actor, ...]:
    """The actor with its equals of the same country: one party of visitors."""
    together = _equals(scene, actor, scene.links)
    return tuple(a for a in together if a.party.country == actor.party.country) or (actor,)


@functools.cache
def _with_letters(links: tuple[str, ...]) -> tuple[str, ...]:
    """The links that are words, not mere commas."""
    return tuple(link for link in links if any(char.isalpha() for char in link))


def _listed(scene: Scene, actor: Actor) -> tuple[Actor, ...]:
    """The list that an actor stands in, where a word closes it: "Ann, Bea and Cem".

    Whoever is marked before it is of another phrase: "after talks with Ann, Bea and Cem flew home".
    """
    found = list(_equals(scene, actor, scene.links))
    words = _with_letters(tuple(scene.links))
    while len(found) > 2 and scene.folded[found[-2].end : found[-1].start] not in words + _LISTS:
        found.pop()
    while len(found) > 2 and found[0].start < actor.start and _is_of_another_phrase(scene, found[0], actor):
        found.pop(0)
    return tuple(found) if len(found) > 2 and any(a.start == actor.start for a in found) else ()


def _is_of_another_phrase(scene: Scene, one: Actor, actor: Actor) -> bool:
    return bool(markers_of(scene, one) - markers_of(scene, actor))


def parties_of(scene: Scene, actor: Actor) -> list[tuple[Actor, ...]]:
    """The actor's party, then those of other countries that a word like "and" puts beside it."""
    group = group_of(scene, actor)
    if len(scene.actors) == 1 and scene.actors[0] is actor:
        return [group]
    words = (*_with_letters(tuple(scene.links)), *scene.markers.lists)
    found = {actor.party.country: group}
    for other in (*_equals(scene, actor, words), *_listed(scene, actor)):
        if other.party.country is not None and other.start != actor.start:
            found.setdefault(other.party.country, group_of(scene, other))
    return list(found.values())
