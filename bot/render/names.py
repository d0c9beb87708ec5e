"""People, countries and places as the reader's language names them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from digest.facts import Destination
from digest.world import Body, Place, World

__all__ = ["Names"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Looks names up in the world data; what it does not know stays as the article wrote it."""

    world: World
    language: str
    #: By English name.
    bodies: Mapping[str, Body] = field(init=False)
    #: By English name and country; of two with one name, the one listed first.
    places: Mapping[tuple[str, str], Place] = field(init=False)

    def __post_init__(self) -> None:
        """Index what the world holds as lists."""
        bodies = {body.name: body for body in self.world.bodies}
        places = {(place.name, place.country): place for place in reversed(self.world.places)}
        object.__setattr__(self, "bodies", bodies)
        object.__setattr__(self, "places", places)

    def who(self, name: str) -> str:
        """A person, or a body that sends or receives visitors."""
        person = self.world.person(name)
        if person is not None:
            return person.name_in(self.language)
        body = self.bodies.get(name)
        return body.name_in(self.language) if body is not None else name

    def country(self, code: str) -> str:
        """A country; its code where nobody knows it."""
        country = self.world.country(code)
        return country.name(self.language) if country is not None else code

    def place(self, destination: Destination) -> str | None:
        """The city or region of a destination, None where only the country is told."""
        if destination.place is None:
            return None
        place = self.places.get((destination.place, destination.country))
        return place.name_in(self.language) if place is not None else destination.place
