"""The reader of articles, once all that it needs is known to be in order."""

import functools
from collections.abc import Callable

from digest.facts import Article, Reading
from digest.packs import available_languages, load_pack
from digest.reading import read
from digest.world import World

__all__ = ["reader"]


def reader(world: World) -> Callable[[Article], Reading]:
    """Reads articles by a world's names.

    A broken pack is found here: found later, it would cost every article of its language.

    Raises:
        InvalidPackError: A language pack breaks the schema.
    """
    for language in available_languages():
        load_pack(language)
    return functools.partial(read, world=world)
