"""Headlines without a visit: alike or over one text, they are told once, with all who ran them.

Pure.
"""

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.model import Headline, Source
from digest.folding import folded

__all__ = ["group_headlines", "is_near_identical"]

#: Two titles are near-identical where they share so much of their runs of three letters (Dice's
#: coefficient): an edited word or an outlet's suffix passes, another story of the same people does not.
ALIKE = 0.75
#: Or where the shorter one is wholly contained in the other, so much of it at least ...
CONTAINED = 0.95
#: ... and long enough to be a title of its own.
LONG_ENOUGH = 15


@dataclass(slots=True)
class _Group:
    """Titles told as one, the first of them leading."""

    runs: frozenset[str]
    sources: list[Source] = field(default_factory=list)

    def has(self, article: Source, runs: frozenset[str]) -> bool:
        """Whether an article is told with it: by its title, or as another outlet's print of one text."""
        is_copy = article.text_id is not None and any(s.text_id == article.text_id for s in self.sources)
        return is_copy or _share(runs, self.runs)


def group_headlines(articles: Iterable[Source], *, most: int) -> tuple[Headline, ...]:
    """Headlines, the newest first, near-identical ones as one with its sources.

    Args:
        articles: In any order.
        most: At most so many headlines; further articles only join those.
    """
    groups: list[_Group] = []
    for article in sorted(articles, key=_age):
        runs = _runs(article.title)
        group = next((g for g in groups if g.has(article, runs)), None)
        if group is not None:
            if article not in group.sources:
                group.sources.append(article)
        elif len(groups) < most and runs:
            groups.append(_Group(runs, [article]))
    return tuple(Headline(title=g.sources[0].title, sources=tuple(g.sources)) for g in groups)


def is_near_identical(one: str, other: str) -> bool:
    """Whether two titles are of one text: edited, or with the outlet's name added."""
    return _share(_runs(one), _runs(other))


def _age(article: Source) -> tuple[float, str, str]:
    """Sorts the newest first, the undated last, and always the same way."""
    published_at = article.published_at or dt.datetime.min.replace(tzinfo=dt.UTC)
    return (
        -(published_at - dt.datetime.min.replace(tzinfo=dt.UTC)).total_seconds(),
        article.title,
        article.name,
    )


# One morning's briefings tell the same headlines to many chats.
@functools.lru_cache(maxsize=1024)
def _runs(title: str) -> frozenset[str]:
    """The runs of three letters of a folded title; of two where the script writes words so short."""
    text = folded(title)
    size = 3 if text[:1] < "\u0e00" else 2
    return frozenset(text[at : at + size] for at in range(max(len(text) - size + 1, min(len(text), 1))))


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return False
    common, shorter = len(one & other), min(len(one), len(other))
    return 2 * common >= ALIKE * (len(one) + len(other)) or (
        shorter >= LONG_ENOUGH and common >= CONTAINED * shorter
    )
