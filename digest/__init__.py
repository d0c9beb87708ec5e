"""Reads the headline facts of a news article: who visits whom, where, when, why, and how sure that is.

`read(Article(title=..., text=..., published_at=..., url=...))` gives a `Reading` with its visits.
"""

import importlib
from typing import TYPE_CHECKING, Any

from digest.facts import Article, Reading, Visit

if TYPE_CHECKING:
    from digest.reading import read

__all__ = ["Article", "Reading", "Visit", "read"]


def __getattr__(name: str) -> Any:
    """`read` is fetched when it is asked for (PEP 562).

    Its language model is a large import, which whoever only needs the facts' types should not pay for.
    """
    if name == "read":
        return importlib.import_module("digest.reading").read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
