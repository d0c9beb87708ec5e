"""The reader of articles, once all that it needs is known to be in order."""

from collections.abc import Callable

from digest.facts import Article, Reading
from digest.packs import available_languages, load_pack
from digest.reading import read

__all__ = ["reader"]


def reader() -> Callable[[Article], Reading]:
    """Reads articles. A broken pack is found here: found later, it would cost every article of its language.

    Raises:
        InvalidPackError: A language pack breaks the schema.
    """
    for language in available_languages():
        load_pack(language)
    return read
