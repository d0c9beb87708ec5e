"""Who travels and who receives, as the reports of one trip tell it together.

Pure: visits in, parties out.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from digest.facts import Party, Visit
from digest.folding import folded

__all__ = ["hosts_of", "visitors_of"]

#: A visitor or host beside the lead is shown when at least one report in so many that name any names
#: them: one misreading among ten does not put a stranger on the aeroplane.
SHARE = 4

#: A party, with the number of the visit that names it.
_Named: TypeAlias = tuple[Party, int]


def visitors_of(visits: Sequence[Visit]) -> tuple[Party, ...]:
    """Who travels: the party that most reports put first, then the others by how often they are told."""
    leads = [(visit.visitors[0], at) for at, visit in enumerate(visits) if visit.visitors]
    others = [(party, at) for at, visit in enumerate(visits) for party in visit.visitors[1:]]
    lead = _parties(leads)[:1]
    rest = (party for party in _parties(others) if not any(_is_same(party, one) for one in lead))
    return (*lead, *rest)


def hosts_of(visits: Sequence[Visit]) -> tuple[Party, ...]:
    """Who receives them, the most often told first."""
    return _parties([(party, at) for at, visit in enumerate(visits) for party in visit.hosts])


def _parties(told: Sequence[_Named]) -> tuple[Party, ...]:
    """The parties told, the most often told first; an office goes into the person who holds it."""
    named: dict[str, list[Party]] = {}
    for party, _ in told:
        if party.name:
            named.setdefault(folded(party.name), []).append(party)
    merged = [_one_party(parties) for parties in named.values()]
    counts = [len(parties) for parties in named.values()]
    for party, _ in told:
        if party.name:
            continue
        known = next((i for i, one in enumerate(merged) if _is_same(party, one)), None)
        if known is None:
            merged.append(party)
            counts.append(1)
        else:
            counts[known] += 1
    ranked = sorted(range(len(merged)), key=lambda i: (merged[i].name is None, -counts[i], i))
    reports = len({at for _, at in told})
    enough = [i for i in ranked if counts[i] * SHARE >= reports]
    return tuple(merged[i] for i in enough or ranked[:1])


def _one_party(parties: Sequence[Party]) -> Party:
    """A person as most reports tell them, each part by itself."""
    countries = Counter(party.country for party in parties if party.country)
    roles = Counter(party.role for party in parties if party.role)
    return Party(
        name=Counter(party.name for party in parties).most_common(1)[0][0],
        country=countries.most_common(1)[0][0] if countries else None,
        role=roles.most_common(1)[0][0] if roles else None,
    )


def _is_same(party: Party, known: Party) -> bool:
    """Whether a party is the known one: the same name, or an office that the known one holds."""
    if party.name:
        return known.name is not None and folded(party.name) == folded(known.name)
    return party.country == known.country and (party.role is None or party.role == known.role)
