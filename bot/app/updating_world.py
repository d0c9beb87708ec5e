"""Brings the people of the world up to date from a query service, for `attache update-world`.

~ service.holdings()        who held which office since 2000
= tenures_of()              of whom that can be relied on
~ service.namings()         what they are called
= update_people()           into the shipped people
~ save_people()             once everything came; nothing is written before
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.adapters.wikidata import PEOPLE_AT_ONCE, QueryService
from bot.adapters.world_file import save_people
from bot.officeholders import Holding, Office, tenures_of, usual_roles
from bot.people_names import Naming, asked_languages
from bot.people_update import Found, PeopleUpdate, person_record, update_people
from digest.world import World, load_world

__all__ = ["Progress", "update_world"]

#: Told before each query: what is asked for, the queries done so far, and how many there are to be.
Progress = Callable[[str, int, int], None]


async def update_world(
    service: QueryService, folder: Path, *, dry_run: bool = False, on_progress: Progress | None = None
) -> PeopleUpdate:
    """Fetch newer people and offices, and keep them in `folder`.

    They always come to the shipped people, never to those of an earlier update: what Wikidata has taken back
    goes, and what a new version of Attaché knows better is there.

    Args:
        service: Whom to ask.
        folder: Where `people.jsonl` is kept.
        dry_run: Write nothing.
        on_progress: Told how far it is.

    Raises:
        WorldUpdateError: The service does not answer as one does.
        WorldFileError: The file cannot be written.
    """
    tell = on_progress or (lambda step, done, total: None)
    world = load_world()
    tenures = tenures_of(await _holdings(service, world, tell), usual_roles(world))
    namings = await _namings(service, list(tenures.terms), world, tell)
    update = update_people(
        world,
        [
            Found(terms=terms, naming=namings[person], succeeded=tenures.succeeded[person])
            for person, terms in tenures.terms.items()
        ],
    )
    update.left_out += tenures.left_out
    if not dry_run:
        save_people(folder, map(person_record, update.people))
    return update


async def _holdings(service: QueryService, world: World, tell: Progress) -> list[Holding]:
    bodies = {
        body.id: frozenset(form.casefold() for form in (*body.names["en"], *body.abbreviations.get("en", ())))
        for body in world.bodies
    }
    holdings: list[Holding] = []
    for number, office in enumerate(Office):
        tell(office, number, len(Office))
        holdings += await service.holdings(office, bodies)
    return holdings


async def _namings(
    service: QueryService, people: list[str], world: World, tell: Progress
) -> Mapping[str, Naming]:
    languages = asked_languages(world)
    starts = range(0, len(people), PEOPLE_AT_ONCE)
    namings: dict[str, Naming] = {}
    for number, start in enumerate(starts):
        tell("names", len(Office) + number, len(Office) + len(starts))
        namings |= await service.namings(people[start : start + PEOPLE_AT_ONCE], languages)
    return namings
