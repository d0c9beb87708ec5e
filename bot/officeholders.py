"""Who held which office, out of what a query service states: titles become roles, statements become terms.

Pure. What contradicts itself, or may mean two things, is left out and counted: the shipped data is right more
often than a guess.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from digest.facts import PartialDate
from digest.world import Term, World

__all__ = ["STATE_ROLES", "Holding", "Office", "Tenures", "alike", "tenures_of", "usual_roles"]

#: Mandates of one person in one office that are no further apart are one term.
JOINT = dt.timedelta(days=31)
#: Who stands in for a shorter time has not succeeded anybody.
STAND_IN = dt.timedelta(days=60)


class Office(StrEnum):
    """The offices that are asked for."""

    STATE = "heads of state"
    GOVERNMENT = "heads of government"
    FOREIGN = "foreign ministers"
    DEFENCE = "defence ministers"
    BODY = "heads of international bodies"


#: What a head of state is called, of `digest.world.ROLES`.
STATE_ROLES = frozenset(
    {
        "president",
        "acting president",
        "king",
        "queen",
        "emperor",
        "emir",
        "sultan",
        "grand duke",
        "prince",
        "pope",
        "supreme leader",
    }
)
_ROLES: Mapping[Office, frozenset[str]] = MappingProxyType(
    {
        Office.STATE: STATE_ROLES,
        Office.GOVERNMENT: frozenset(
            {
                "prime minister",
                "acting prime minister",
                "premier",
                "chancellor",
                "taoiseach",
                "chief executive",
                "chief adviser",
                "president",
            }
        ),
        Office.FOREIGN: frozenset({"foreign minister", "foreign secretary", "secretary of state"}),
        Office.DEFENCE: frozenset({"defence minister", "defence secretary", "secretary of defense"}),
        Office.BODY: frozenset(
            {
                "secretary-general",
                "director-general",
                "managing director",
                "president",
                "high commissioner",
                "commissioner-general",
                "chairman",
                "chairwoman",
                "director",
                "prosecutor",
            }
        ),
    }
)
#: Roles that are one office under the names of several countries.
ALIKE = (_ROLES[Office.FOREIGN], _ROLES[Office.DEFENCE], frozenset({"prime minister", "premier"}))

#: What the title of a minister has to say: deputies and ministers of many other things are of the same class.
_MINISTRY = {
    Office.FOREIGN: re.compile("foreign|external|exterior|international|secretary of state"),
    Office.DEFENCE: re.compile("defen[cs]e|army|armed forces|military|war"),
}
#: Titles of somebody else than the one who holds the office.
_OTHERS = re.compile(r"\b(deputy|vice|shadow|assistant|junior|parliamentary|spouse|candidate|former)\b")
_MONARCH = re.compile(r"\b(monarch|king|queen|sovereign)\b")
_CHAIR = re.compile(r"\bchair(?:man|woman|person)?\b")
#: "President of the Government": a head of government who is no president.
_OF_GOVERNMENT = re.compile(r"\bpresident of the (?:council|government|executive|cabinet)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One statement that somebody held an office."""

    #: Of the person, "Q22686".
    person: str
    office: Office
    #: ISO 3166-1 alpha-2, or None with a `body`.
    country: str | None = None
    #: `Body.id`.
    body: str | None = None
    #: English name of the office: "President of France".
    title: str
    since: PartialDate
    until: PartialDate | None = None
    #: No end is stated. False without `until`: it ended, nobody says when.
    is_open: bool
    is_woman: bool = False
    has_died: bool = False


@dataclass(frozen=True, slots=True)
class Tenures:
    """The terms of each person, in order of time, and how many statements were left out, by reason."""

    terms: Mapping[str, tuple[Term, ...]]
    #: Those after which somebody else came into the office.
    succeeded: Mapping[str, frozenset[Term]]
    left_out: Counter[str]


#: Country, body and office: what only one person holds at a time.
Seat: TypeAlias = tuple[str | None, str | None, Office]


@dataclass(frozen=True, slots=True)
class _Held:
    """A statement whose title and dates make sense."""

    holding: Holding
    role: str

    @property
    def seat(self) -> Seat:
        """Of which the holder is the only one."""
        return (self.holding.country, self.holding.body, self.holding.office)


def alike(one: str, other: str) -> bool:
    """Whether two roles are the same office, under whichever of its names, acting or not."""
    first, second = one.removeprefix("acting "), other.removeprefix("acting ")
    return first == second or any(first in family and second in family for family in ALIKE)


def usual_roles(world: World) -> Mapping[tuple[str, Office], str]:
    """What the holder of an office is called in a country: the United States have a secretary of state."""
    latest: dict[tuple[str, Office], Term] = {}
    terms = [term for person in world.people for term in person.terms if term.country]
    for term in sorted(terms, key=lambda term: _first(term.since)):
        for office in (Office.GOVERNMENT, Office.FOREIGN, Office.DEFENCE):
            if term.role in _ROLES[office] - STATE_ROLES and not term.role.startswith("acting "):
                latest[(str(term.country), office)] = term
    return {key: term.role for key, term in latest.items()}


def tenures_of(holdings: Iterable[Holding], usual: Mapping[tuple[str, Office], str]) -> Tenures:
    """The terms that the statements make, of those that can be relied on."""
    left_out: Counter[str] = Counter()
    held: list[_Held] = []
    for holding in holdings:
        role = _role(holding, usual)
        problem = "the title is no known role" if role is None else _problem_of_dates(holding)
        if role is None or problem:
            left_out[problem or ""] += 1
        else:
            held.append(_Held(holding, role))
    by_seat: dict[Seat, list[Holding]] = {}
    for each in held:
        by_seat.setdefault(each.seat, []).append(each.holding)
    lasting = [each for each in held if not _is_superseded(each.holding, by_seat[each.seat])]
    left_out["no end, though somebody succeeded"] += len(held) - len(lasting)
    by_person: dict[str, list[Term]] = {}
    for each in sorted(lasting, key=lambda each: each.holding.since.earliest):
        by_person.setdefault(each.holding.person, []).append(_term(each))
    joined = {person: tuple(_joined(terms)) for person, terms in by_person.items()}
    return Tenures(joined, _succeeded(joined), +left_out)


def _role(holding: Holding, usual: Mapping[tuple[str, Office], str]) -> str | None:
    """The role that a title means; None where it is none that the world data knows."""
    title = " ".join(re.findall(r"[^\W\d_]+", holding.title.casefold()))
    if _OTHERS.search(title):
        return None
    office = holding.office
    usual_here = usual.get((holding.country or "", office))
    if office in _MINISTRY:
        default = "foreign minister" if office is Office.FOREIGN else "defence minister"
        return (usual_here or default) if _MINISTRY[office].search(title) else None
    if office is Office.GOVERNMENT and _OF_GOVERNMENT.search(title):
        return usual_here or "prime minister"
    if office is Office.STATE and _MONARCH.search(title):
        return "queen" if holding.is_woman else "king"
    if office is Office.BODY and _CHAIR.search(title):
        return "chairwoman" if holding.is_woman else "chairman"
    said = [role for role in _ROLES[office] if re.search(rf"\b{role.replace('-', ' ')}\b", title)]
    return max(said, key=len, default=None)


def _problem_of_dates(holding: Holding) -> str | None:
    if holding.until is None and not holding.is_open:
        return "an end without a date"
    if holding.until is not None and holding.until.latest < holding.since.earliest:
        return "an end before the start"
    if holding.until is None and holding.has_died:
        return "no end, though the person died"
    return None


def _is_superseded(held: Holding, of_seat: Sequence[Holding]) -> bool:
    """Whether somebody else came into an office that is told as held to this day."""
    return held.until is None and any(
        other.person != held.person
        and other.since.earliest > held.since.earliest
        and (other.until is None or other.until.latest - other.since.earliest > STAND_IN)
        for other in of_seat
    )


def _term(held: _Held) -> Term:
    of = held.holding
    return Term(country=of.country, body=of.body, role=held.role, since=of.since, until=of.until)


def _joined(terms: Sequence[Term]) -> Iterator[Term]:
    """Mandates that follow one another as one term; several offices side by side stay apart."""
    joined: list[Term] = []
    for term in terms:
        for index, earlier in enumerate(joined):
            same = (earlier.country, earlier.body) == (term.country, term.body)
            if same and alike(earlier.role, term.role) and _follows(term, earlier):
                joined[index] = replace(earlier, until=_last(earlier, term))
                break
        else:
            joined.append(term)
    return iter(joined)


def _follows(term: Term, earlier: Term) -> bool:
    return earlier.until is None or _first(term.since) <= earlier.until.latest + JOINT


def _last(earlier: Term, term: Term) -> PartialDate | None:
    """The end of both; an earlier mandate without one ended at the latest when the next one began."""
    if earlier.until is None or term.until is None:
        return term.until
    return max(earlier.until, term.until, key=lambda until: until.latest)


def _succeeded(by_person: Mapping[str, Sequence[Term]]) -> Mapping[str, frozenset[Term]]:
    """The terms of each person that ended with somebody else's."""
    holders: dict[tuple[str | None, str | None], list[tuple[str, Term]]] = {}
    for person, terms in by_person.items():
        for term in terms:
            holders.setdefault((term.country, term.body), []).append((person, term))
    return {
        person: frozenset(
            term
            for term in terms
            if any(
                other != person and alike(term.role, next_term.role) and _comes_after(next_term, term)
                for other, next_term in holders[term.country, term.body]
            )
        )
        for person, terms in by_person.items()
    }


def _comes_after(next_term: Term, term: Term) -> bool:
    until = term.until
    return (
        until is not None
        and _first(next_term.since) > _first(term.since)
        and _first(next_term.since) >= until.earliest - STAND_IN
    )


def _first(since: PartialDate | None) -> dt.date:
    return since.earliest if since else dt.date.min
