"""People, countries and places as the reader's language names them. Pure."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from digest.facts import Destination
from digest.world import Body, Place, World

__all__ = ["Names"]


#: Facts hold names in this language already: nothing has to be looked up, nor read from disk.
LANGUAGE_OF_FACTS = "en"


@dataclass(frozen=True, kw_only=True)
class Names:
    """Looks names up in the world data; what it does not know stays as the article wrote it."""

    world: World
    language: str

    @functools.cached_property
    def bodies(self) -> Mapping[str, Body]:
        """By English name."""
        return {body.name: body for body in self.world.bodies}

    @functools.cached_property
    def places(self) -> Mapping[tuple[str, str], Place]:
        """By English name and country; of two with one name, the one listed first."""
        return {(place.name, place.country): place for place in reversed(self.world.places)}

    def who(self, name: str) -> str:
        """A person, or a body that sends or receives visitors."""
        if self.language == LANGUAGE_OF_FACTS:
            return name
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
        if destination.place is None or self.language == LANGUAGE_OF_FACTS:
            return destination.place
        place = self.places.get((destination.place, destination.country))
        return place.name_in(self.language) if place is not None else destination.place
