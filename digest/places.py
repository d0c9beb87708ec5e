"""WHERE: countries and places as phrases that a visit may go to.

Pure: mentions of one sentence in, goals out.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from digest.lexicon import Lexicon, Mention, MentionKind
from digest.world import Place, PlaceKind

__all__ = ["Goal", "goals"]

STATES = frozenset({MentionKind.COUNTRY, MentionKind.ADJECTIVE, MentionKind.ABBREVIATION})
WHERE = frozenset({MentionKind.PLACE, MentionKind.COUNTRY, MentionKind.ABBREVIATION})


#: Territories that receive visitors in their own name.
APART = frozenset({"HK", "MO"})


class Goal(NamedTuple):
    """One country (with a place in it, where told): `source[start:end]`."""

    start: int
    end: int
    country: str
    #: English name of the city or region.
    place: str | None
    #: Where the list begins that this goal is part of ("Israel and Saudi Arabia"): goals with the same
    #: `lead` stand as equals and share the marker of the first.
    lead: int
    #: Where that list ends.
    tail: int
    #: A residence or office that speaks for its state unless a marker makes it a place.
    seat: bool = False


def goals(
    lexicon: Lexicon,
    folded: str,
    mentions: Sequence[Mention],
    taken: Sequence[tuple[int, int]],
) -> list[Goal]:
    """The goals of one sentence, in order.

    Args:
        lexicon: Its pack says what joins phrases.
        folded: The folded source.
        mentions: The sentence's mentions.
        taken: Spans that belong to actors: "the Russian president" is no place.
    """
    named = [m for m in mentions if m.kind in WHERE or m.kind in STATES]
    if not named:
        return []
    spots = [m for m in named if m.kind in WHERE and not any(s < m.end and m.start < e for s, e in taken)]
    if not lexicon.pack.spaced:
        spots = [m for m in spots if m.kind is not MentionKind.ABBREVIATION]
    triggers = {m.start for m in mentions if m.kind is MentionKind.TRIGGER}  # "Modi's US visit"
    spots = [m for m in spots if m.end + 1 in triggers or not _attributive(lexicon, folded, m)]
    states = {m.values[0] for m in named if m.kind in STATES}
    language = lexicon.pack.language
    spots = [_settled(spot, states, language) for spot in _one_each(spots)]
    merged = _appositions(lexicon, folded, _with_capitals(lexicon, folded, mentions, taken, spots))
    speech = {m.start for m in mentions if m.kind is MentionKind.SPEECH}
    return _lists(lexicon, folded, merged, speech)


def _one_each(spots: Sequence[Mention]) -> list[Mention]:
    """One mention a position: the longest; a country before a place of the same name."""
    kept: list[Mention] = []
    for spot in spots:
        if kept and spot.start < kept[-1].end:
            if spot.start == kept[-1].start and spot.end == kept[-1].end and spot.kind is MentionKind.COUNTRY:
                kept[-1] = spot
            continue
        kept.append(spot)
    return kept


def _settled(spot: Mention, states: Collection[str], language: str) -> Mention:
    """A place without doubt where the language leaves none, or the sentence tells its country: "to
    Wellington for lunch with New Zealand's prime minister".
    """

    def sure(place: Place) -> bool:
        return place.country in states or language in place.clear_in

    if spot.kind is not MentionKind.PLACE or not any(p.ambiguous and sure(p) for p in spot.values):
        return spot
    known = (replace(p, ambiguous=p.ambiguous and not sure(p)) for p in spot.values)
    return Mention(spot.start, spot.end, spot.kind, tuple(known))


def _attributive(lexicon: Lexicon, folded: str, spot: Mention) -> bool:
    """Whether a country's initials only go with the noun behind them: "in US politics", not "in the US"."""
    articles = lexicon.pack.articles
    initials = spot.kind is MentionKind.ABBREVIATION or "." in folded[spot.start : spot.end]
    if not articles or not initials or folded.endswith(articles, 0, spot.start):
        return False
    return re.match(r" [a-z]", folded[spot.end : spot.end + 2]) is not None


def _with_capitals(
    lexicon: Lexicon,
    folded: str,
    mentions: Sequence[Mention],
    taken: Sequence[tuple[int, int]],
    spots: Sequence[Mention],
) -> list[Mention]:
    """The spots, with "the Austrian capital" (and its name, where that follows) as one place."""
    before, after = lexicon.pack.capital_before, lexicon.pack.capital_after
    found: list[Mention] = []
    for m in mentions:
        country = lexicon.world.country(m.values[0]) if m.kind in STATES else None
        if country is None or country.capital is None or any(s < m.end and m.start < e for s, e in taken):
            continue
        lead = next((word for word in before if folded.endswith(word, 0, m.start)), "")
        tail = next((word for word in after if folded.startswith(word, m.end)), "")
        if not lead and not tail:
            continue
        start, end = m.start - len(lead), m.end + len(tail)
        name = next(
            (s for s in spots if s.kind is MentionKind.PLACE and folded[end : s.start] in (" ", ", ")), None
        )
        values = lexicon.capitals.get(country.code, ())
        if name is not None and any(p.country == country.code for p in name.values):
            end, values = name.end, tuple(p for p in name.values if p.country == country.code)
        if values:
            found.append(Mention(start, end, MentionKind.PLACE, values))
    kept = [s for s in spots if not any(f.start < s.end and s.start < f.end for f in found)]
    return sorted(kept + found, key=lambda m: m.start)


def _best_place(places: Sequence[Place], country: str | None) -> Place | None:
    """The place meant: in the country beside it, else the capital, else the largest."""
    inside = [p for p in places if p.country == country] if country else list(places)
    if country is None:
        inside = [p for p in inside if not p.ambiguous]
    return max(inside, key=lambda p: (p.kind is PlaceKind.CAPITAL, p.population or 0), default=None)


def _state(lexicon: Lexicon, code: str) -> tuple[str, str | None]:
    """The state that a visit to a territory goes to, and the territory as the place in it."""
    territory = lexicon.world.country(code)
    if territory is None or territory.part_of is None or code in APART:
        return code, None
    return territory.part_of, territory.name("en")


def _goal(lexicon: Lexicon, spot: Mention, country: str | None = None) -> Goal | None:
    if spot.kind is not MentionKind.PLACE:
        code, place_name = _state(lexicon, spot.values[0])
        return Goal(
            start=spot.start, end=spot.end, country=code, place=place_name, lead=spot.start, tail=spot.end
        )
    place = _best_place(spot.values, country)
    if place is None:
        return None
    seat = place.kind is PlaceKind.SEAT
    name = place.city or place.name if seat else place.name
    return Goal(
        start=spot.start,
        end=spot.end,
        country=place.country,
        place=name,
        lead=spot.start,
        tail=spot.end,
        seat=seat,
    )


def _appositions(lexicon: Lexicon, folded: str, spots: Sequence[Mention]) -> list[Goal]:
    """ "Paris, Prancis", "러시아 블라디보스토크": one goal."""
    found: list[Goal] = []
    i = 0
    while i < len(spots):
        spot = spots[i]
        following = spots[i + 1] if i + 1 < len(spots) else None
        gap = folded[spot.end : following.start] if following else ""
        if following is not None and (gap in lexicon.pack.joiners or (not gap and not lexicon.pack.spaced)):
            pair = _pair(lexicon, spot, following, gap) or _named_twice(lexicon, folded, spot, following, gap)
            if pair is not None:
                found.append(pair)
                i += 2
                continue
        goal = _goal(lexicon, spot)
        if goal is not None:
            found.append(goal)
        i += 1
    return found


def _named_twice(lexicon: Lexicon, folded: str, left: Mention, right: Mention, gap: str) -> Goal | None:
    """A country and its abbreviation in parentheses, "Amerika Serikat (AS)": one goal."""
    goal = _goal(lexicon, left)
    closed = folded.startswith(")", right.end)
    same = left.kind is not MentionKind.PLACE and left.values[0] in right.values
    if goal is None or gap not in (" (", "(") or not closed or not same:
        return None
    return goal._replace(end=right.end + 1, tail=right.end + 1)


def _pair(lexicon: Lexicon, left: Mention, right: Mention, gap: str) -> Goal | None:
    """A place and its own country side by side, in the order that the writing allows."""
    kinds = (left.kind is MentionKind.PLACE, right.kind is MentionKind.PLACE)
    if kinds == (True, False) and (lexicon.pack.spaced or gap in (" (", "(")):
        place, country = left, right.values[0]
    elif kinds == (False, True) and (not lexicon.pack.spaced or gap == " "):
        place, country = right, left.values[0]
    else:
        return None
    goal = _goal(lexicon, place, country)
    if goal is None:
        return None
    return goal._replace(start=left.start, end=right.end, lead=left.start, tail=right.end)


def _lists(lexicon: Lexicon, folded: str, found: Sequence[Goal], speech: Collection[int]) -> list[Goal]:
    """Goals joined by conjunctions share their lead and tail; `speech` is where verbs of saying begin."""
    links = lexicon.pack.conjunctions
    out: list[Goal] = []
    run: list[Goal] = []
    ended = False
    for goal in found:
        link = folded[run[-1].end : goal.start] if run else ""
        speaks = goal.end + 1 in speech and "," in link  # "will visit Azerbaijan, the Elysee said"
        if run and (link not in links or speaks or (ended and link == ", ")):
            out += _closed(run)
            run = []
        ended = bool(run) and _ends_list(link)
        run.append(goal)
    return out + _closed(run)


def _ends_list(link: str) -> bool:
    """Whether a list ends behind this link: in "Hawaii and Guam, Beijing" the comma joins nothing."""
    return link.lstrip(",").startswith(" ") and any(char.isalpha() for char in link)


def _closed(run: list[Goal]) -> list[Goal]:
    if len(run) < 2:
        return run  # a goal alone is its own list
    return [goal._replace(lead=run[0].start, tail=run[-1].end) for goal in run]
