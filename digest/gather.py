"""Merging inside one article: the claims of its sentences become visits.

Pure. One visit a visitor, country and time; headline or background; one status, one date.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.daybook import day_beside, length_beside
from digest.facts import Destination, Kind, PartialDate, Party, Salience, Scope, Span, Status, Visit
from digest.itinerary import HAPPENED, Told, in_step, joined, lasting, timing_together, within_tour
from digest.offices import BODY_ROLES, BODY_SEATS, rank_of
from digest.packs.schema import Frame, Tense
from digest.people import Actor
from digest.scene import Scene
from digest.stages import CALLED_OFF, SURE, has_begun, is_next_stop, left, tells_calling_off
from digest.status import decide, direction_of
from digest.timing import Timing, listed_years, timing_of
from digest.visits import Claim
from digest.whereabouts import Glimpse, glimpse_of, hosts_of, places_of

__all__ = ["Gathered", "gather"]

#: A claim that scores less is not reported.
THRESHOLD = 0.5
#: Sentences after the title that make the lead.
LEAD = 3
#: A claim that names no place adds to a visit told at most so many sentences before.
NEARBY = 2
#: One that tells whom they met, somebody at home there, may stand farther behind.
ON_TRIP = 12
#: Days that two reports of one visit may differ by.
SAME = 12
#: A visit that lies further back than this is history, not news.
NEWS = 45


@dataclass(frozen=True, slots=True)
class Gathered:
    """A visit with the claims that it was made from, for `explain`."""

    visit: Visit
    told: tuple[Told, ...]


@dataclass(slots=True)
class _Leg:
    """The claims of one visit while they are collected."""

    told: list[Told] = field(default_factory=list)
    #: Whom the visitors meet there, told far from the visit itself: the days are those of the meeting.
    met: list[Told] = field(default_factory=list)
    history: bool = False
    #: Visitors of lower rank that go along.
    company: list[Actor] = field(default_factory=list)
    #: Its dates, once all its claims are known.
    timing: Timing = field(default_factory=Timing)

    @property
    def lead(self) -> Claim:
        return self.told[0].claim

    @property
    def position(self) -> int:
        """Where in the article it is first told."""
        return min(told.claim.trigger.start for told in self.told)

    @property
    def last(self) -> int:
        """The last sentence that tells it."""
        return max(told.claim.scene.sentence.index for told in self.told)

    @property
    def index(self) -> int:
        """The first sentence that tells it, 0 for the title."""
        return min(told.claim.scene.sentence.index for told in self.told)

    @property
    def start(self) -> PartialDate | None:
        return next((t.timing.start for t in self.told if t.timing.start), None)


def gather(
    source: str,
    claims: Sequence[Claim],
    today: dt.date | None,
    language: str,
    *,
    scenes: Sequence[Scene] = (),
    exact: bool = True,
) -> tuple[Gathered, ...]:
    """The visits that the claims of one article tell, headline ones first.

    Args:
        source: The article.
        claims: What its sentences claim.
        today: Its date.
        language: The pack that read it.
        scenes: All its sentences, where places and days are looked for that the claims do not tell.
        exact: Whether its date is known to the day.
    """
    legs: list[_Leg] = []
    for told in (each for claim in claims for each in _by_year(_told(claim, today, exact=exact))):
        claim = told.claim
        leg = _leg_for(legs, told)
        if leg is None:
            if claim.country is None or claim.score < THRESHOLD or not _countries_told(claim):
                continue
            leg = _Leg(history=told.history)
            legs.append(leg)
        if leg.told and claim.country is None and claim.scene.sentence.index - leg.last > NEARBY:
            leg.met.append(told._replace(timing=Timing()))
        else:
            leg.told.append(told)
    for leg in legs:
        leg.told = in_step(leg.told) + leg.met
    legs = sorted(_absorb(legs), key=lambda leg: not _is_headline(leg))
    past = {told.claim.scene.sentence.index for leg in legs if leg.history for told in leg.told}
    glimpses = [glimpse_of(scene) for scene in scenes if legs and scene.sentence.index not in past]
    for leg in legs:
        leg.timing = _dates(leg, legs, scenes, today, exact=exact)
    visits = [_visit(source, leg, language, _stop_before(legs, leg), glimpses) for leg in legs]
    return tuple(
        Gathered(left(visit, visits), tuple(leg.told)) for visit, leg in zip(visits, legs, strict=True)
    )


def _stop_before(legs: Sequence[_Leg], leg: _Leg) -> int | None:
    """Index of the stop that a stop of the same tour comes after, in the order of the text."""
    own = next(i for i, other in enumerate(legs) if other is leg)
    earlier = [
        i
        for i, other in enumerate(legs)
        if other.lead.visitors[0].key == leg.lead.visitors[0].key
        and other.lead.country != leg.lead.country
        and not (other.history or leg.history)
        and (other.position, i) < (leg.position, own)  # a list of goals has one position
        and (other.start is None or leg.start is None or _near(other.start, leg.start))
    ]
    return max(earlier, key=lambda i: (legs[i].position, i), default=None)


def _is_headline(leg: _Leg) -> bool:
    """Whether the title or the lead tells the visit, as news."""
    return leg.index <= LEAD and not leg.history


def _told(claim: Claim, today: dt.date | None, *, exact: bool) -> Told:
    direction = direction_of(claim.statuses, claim.tense)
    planned = not claim.statuses and claim.rule.status is Status.PLANNED  # "travels to Ankara on Friday"
    timing = timing_of(
        claim.scene,
        claim.trigger,
        today,
        direction,
        closing=claim.closing,
        called_off=tells_calling_off(claim),
        weekday=int(planned),
        exact=exact,
        among=claim.days,
    )
    if claim.rule.frame is Frame.INVITE and timing.start and today and timing.start.latest <= today:
        timing = Timing()  # the day of the invitation, not of the visit
    known = timing
    if claim.shared:
        timing = within_tour(timing, claim)
        known = timing if timing.start else known  # days of a whole tour still say whether it lies ahead
    told = (claim.statuses, claim.rule.status, claim.tense)
    status = decide(*told, known.start, known.end, today, history=claim.history)
    if timing.behind and status is Status.UNDERWAY:
        status = Status.COMPLETED
    return Told(claim, timing, status, claim.history or _long_over(timing, today))


def _by_year(told: Told) -> list[Told]:
    """A visit of the past for each year of a list: "he was there in 2001, 2006 and 2013"."""
    start, span = told.timing.start, told.timing.span
    if start is None or start.month is not None or span is None or told.status is not Status.COMPLETED:
        return [told]
    timings = [Timing(start=PartialDate(year), span=at) for year, at in listed_years(told.claim.scene, span)]
    return [told._replace(timing=timing) for timing in timings] or [told]


def _countries_told(claim: Claim) -> bool:
    """Whether the claim says whom the visitor stands for, and, where the trigger is weak, goes abroad."""
    party = claim.visitors[0].party
    if claim.rule.weak and party.role == "ambassador":
        return False  # lives abroad: what they do there is no visit
    at_seat = claim.rule.weak and not BODY_SEATS.isdisjoint(claim.places)
    if party.country is None and (party.role not in BODY_ROLES or at_seat):
        return False
    if party.country is None and claim.rule.weak and claim.country in BODY_SEATS:
        return False  # "said in Brussels" of whoever leads an alliance: at the desk
    at_home = party.country is not None and party.country == claim.country
    own = any(host.party.country == party.country for host in claim.hosts)  # a minister at the president's
    return not (at_home and (own or claim.rule.weak or not claim.places))  # to go home is no visit


def _long_over(timing: Timing, today: dt.date | None) -> bool:
    return bool(timing.start and today and (today - timing.start.latest).days > NEWS)


def _leg_for(legs: Sequence[_Leg], told: Told) -> _Leg | None:
    """The visit that this claim is about, if it was told before: the latest that fits."""
    claim, timing = told.claim, told.timing
    for leg in reversed(legs):
        if leg.lead.visitors[0].key != claim.visitors[0].key:
            continue
        if claim.country is not None and leg.lead.country != claim.country:
            continue
        met = claim.hosts and claim.rule.frame is Frame.MEET  # on a trip, with somebody of the place
        if claim.country is None and claim.scene.sentence.index - leg.last > (ON_TRIP if met else NEARBY):
            continue
        if claim.country is None and not _hosts_at(claim, leg.lead.country):
            continue
        apart = bool(leg.start and timing.start) and not _near(leg.start, timing.start)
        if apart and not any(timing.span == other.timing.span for other in leg.told):
            continue
        vague = leg.start is None or leg.start.month is None
        if leg.history is not told.history and timing.start and vague:
            continue
        return leg
    return None


def _absorb(legs: Sequence[_Leg]) -> list[_Leg]:
    """Without visits that are the company of another: the same way at the same time, of lower rank.

    Ministers travel with their president, and speak of his visit; neither is a visit of its own.
    """
    kept: list[_Leg] = []
    for leg in legs:
        chief = next((other for other in legs if other is not leg and _accompanies(leg, other)), None)
        if chief is None:
            kept.append(leg)
        else:
            chief.company += [claim.visitors[0] for claim in (told.claim for told in leg.told)]
    return kept


def _accompanies(leg: _Leg, chief: _Leg) -> bool:
    junior, senior = leg.lead.visitors[0].party, chief.lead.visitors[0].party
    return (
        leg.lead.country == chief.lead.country
        and junior.country == senior.country is not None
        and rank_of(junior.role) < rank_of(senior.role)
        and leg.history is chief.history
        and (_status(chief) in HAPPENED or _status(leg) not in HAPPENED)
        and (_status(chief) not in CALLED_OFF or _status(leg) in CALLED_OFF)  # sent in their stead
        and (_status(chief) is not Status.POSSIBLE or _status(leg) is Status.POSSIBLE)  # surer than theirs
        and (leg.start is None or chief.start is None or _near(leg.start, chief.start))
    )


def _hosts_at(claim: Claim, country: str | None) -> bool:
    """Whether the hosts of a claim without a country, if it has any, can be hosts in this one."""
    return not claim.hosts or any(host.party.country == country for host in claim.hosts)


def _near(left: PartialDate | None, right: PartialDate | None) -> bool:
    """Whether two first days can be of one visit."""
    if left is None or right is None:
        return False
    gap = max((left.earliest - right.latest).days, (right.earliest - left.latest).days)
    return gap <= SAME


def _dates(
    leg: _Leg, legs: Sequence[_Leg], scenes: Sequence[Scene], today: dt.date | None, *, exact: bool
) -> Timing:
    """The dates that its claims give; where they give none, those beside its place in other sentences."""
    timing = timing_together(leg.told)
    if leg.history:
        return timing
    country, visitors = leg.lead.country or "", {v.key for t in leg.told for v in t.claim.visitors}
    if timing.start is None or timing.start.month is None:
        taken = {t.timing.span for other in legs for t in other.told if t.timing.span}
        timing = joined(
            day_beside(scenes, country, visitors, _status(leg), today, taken, exact=exact), timing
        )
    if timing.start is None or timing.end is not None or any(t.claim.shared for t in leg.told):
        return timing
    days = length_beside(scenes, country, leg.lead.visitors[0].party.country, visitors)
    return lasting(timing, days) if days else timing


def _visit(source: str, leg: _Leg, language: str, follows: int | None, glimpses: Sequence[Glimpse]) -> Visit:
    lead, timing = leg.lead, leg.timing
    claims = [told.claim for told in leg.told]
    status = _status(leg)
    best = _telling(leg, status)
    sentence = best.scene.sentence
    span = timing.span
    purposes = [(c.purpose.rank, i, c.purpose) for i, c in enumerate(claims) if c.purpose]
    purpose = min(purposes)[2] if purposes else None
    country = lead.country or ""
    return Visit(
        visitors=_parties([*(v for claim in claims for v in claim.visitors), *leg.company], lead),
        destinations=_destinations(leg, country, glimpses),
        hosts=_parties(_hosts(leg, country, glimpses), lead, hosts=True),
        start=timing.start,
        end=timing.end,
        date_text=source[span[0] : span[1]].strip(" ,()") if span else None,
        date_conflict=timing.conflict is not None,
        start_alternatives=(timing.conflict,) if timing.conflict else (),
        status=status,
        kind=next((c.kind for c in claims if c.kind is not Kind.UNKNOWN), Kind.UNKNOWN),
        purpose=source[purpose.start : purpose.end] if purpose else None,
        purpose_class=purpose.label if purpose else None,
        salience=Salience.HEADLINE if _is_headline(leg) else Salience.BACKGROUND,
        scope=Scope.DOMESTIC if lead.visitors[0].party.country == country else Scope.INTERNATIONAL,
        evidence=Span(sentence.start, sentence.end, source[sentence.start : sentence.end]),
        follows=follows,
        rule=f"{language}/{best.rule.frame}/{best.rule.rule}",
        confidence=max(0.0, min(1.0, max(c.score for c in claims))),
    )


def _telling(leg: _Leg, status: Status) -> Claim:
    """The claim to show: the first sentence of the text that surely says where, with the status told."""

    def rank(told: Told) -> tuple[bool, bool, bool, bool, int]:
        claim, index = told.claim, told.claim.scene.sentence.index
        return claim.country is not None, index > 0, told.status is status, claim.score >= SURE, -index

    return max(leg.told, key=rank).claim


def _status(leg: _Leg) -> Status:
    """What most claims say, counting those in the text with words of their own for it double."""
    votes: dict[Status, float] = {}
    back = {told.history for told in leg.told}
    begun = next((t for t in leg.told if has_begun(t.claim, t.status, t.timing.start)), None)
    for told in leg.told:
        if told.history is not leg.history and leg.history in back:
            continue
        further = begun and is_next_stop(told.claim, told.timing.start, begun.claim, begun.timing.start)
        if further and told.status is Status.PLANNED:
            continue  # one more stop of a visit that is underway
        status = told.status
        weight = _weight(told)
        weight *= 0.6 if told.claim.scene.sentence.index == 0 else 1.0
        if status in CALLED_OFF:
            weight *= 3
        votes[status] = votes.get(status, 0.0) + weight
    # "will not go, putting it off to a date to be fixed": as much for one as for the other is put off
    return max(votes, key=lambda status: (votes[status], status is Status.POSTPONED))


def _weight(told: Told) -> float:
    """How much a claim's status counts: its own words most, a noun without date or tense hardly."""
    claim = told.claim
    if claim.rule.frame is Frame.INVITE:
        return 0.4  # whoever was asked may have come
    if claim.rule.frame is Frame.MEET and claim.country is None:
        return 0.1  # a meeting still ahead is no visit still ahead
    if claim.rule.frame is Frame.MEET and told.status is Status.PLANNED:
        return 0.5  # nor where its place is told: who has arrived meets the host tomorrow
    if claim.statuses:
        return 2.0
    guessed = claim.rule.status is None and claim.tense is Tense.NONE and told.timing.start is None
    return 0.2 if guessed else 1.0


def _parties(actors: Sequence[Actor], lead: Claim, *, hosts: bool = False) -> tuple[Party, ...]:
    """Each once; a visitor is not also a host."""
    visitors = {v.key for v in lead.visitors}
    found: dict[str, Party] = {}
    for actor in actors:
        if not hosts or actor.key not in visitors:
            found.setdefault(actor.key, actor.party)
    return tuple(found.values())


def _hosts(leg: _Leg, country: str, glimpses: Sequence[Glimpse]) -> Sequence[Actor]:
    """Those that its claims tell, else those of other sentences, where it does not lie long back."""
    told = [host for told in leg.told for host in told.claim.hosts]
    elsewhere = () if leg.history else glimpses
    return told or hosts_of(country, _travellers(leg), elsewhere, news=_is_headline(leg))


def _travellers(leg: _Leg) -> set[str]:
    return {visitor.key for told in leg.told for visitor in told.claim.visitors}


def _destinations(leg: _Leg, country: str, glimpses: Sequence[Glimpse]) -> tuple[Destination, ...]:
    """The places in the country, those told elsewhere in the article only where the visit is news."""
    claims = [told.claim for told in leg.told]
    told = () if leg.history else glimpses
    places = places_of(claims, country, _travellers(leg), told, news=_is_headline(leg))
    return tuple(Destination(country=country, place=place) for place in places) or (
        Destination(country=country),
    )
