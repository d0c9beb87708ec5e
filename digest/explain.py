"""The derivation of a reading: for each fact the trigger, its arguments with their scores, cues and dates.

Pure.
"""

from collections.abc import Iterator

from digest.candidates import candidates
from digest.facts import Article, Visit
from digest.gather import gather
from digest.itinerary import Told
from digest.lexicon import lexicon_for
from digest.reading import read, told_in
from digest.visits import Claim
from digest.world import World

__all__ = ["explain"]


def explain(article: Article, world: World | None = None) -> Iterator[str]:
    """Lines that show how each visit of an article was found, and which claims made none.

    Args:
        article: What to read.
        world: Whose people and places are known; the shipped ones if left out.
    """
    reading = read(article, world)
    yield f"language: {reading.language or 'unknown'}" + (f" ({reading.note})" if reading.note else "")
    if reading.language is None or (reading.note and not reading.visits):
        return
    source = article.source
    claims, scenes = told_in(article, source, lexicon_for(reading.language, world))
    on, exact = article.published_on, article.published_exactly
    gathered = gather(source, claims, on, reading.language, scenes=scenes, exact=exact)
    for number, found in enumerate(gathered, start=1):
        yield ""
        yield f"{number}. {_headline(found.visit)}"
        yield f"   {found.visit.salience}, rule {found.visit.rule}, confidence {found.visit.confidence:.2f}"
        for told in found.told:
            yield from _claim(source, told.claim)
            yield f"      dates: {_dates(source, told)}; status: {told.status}"
    used = {id(told.claim) for found in gathered for told in found.told}
    lost = [claim for claim in claims if id(claim) not in used]
    if lost:
        yield ""
        yield "claims that made no visit:"
        for claim in lost:
            yield from _claim(source, claim)


def _headline(visit: Visit) -> str:
    who = ", ".join(v.name or f"{v.role} of {v.country}" for v in visit.visitors)
    where = ", ".join(d.place or d.country for d in visit.destinations)
    when = f"{visit.start or '?'}..{visit.end or '?'}"
    return f"{who} -> {where} ({visit.country}), {when}, {visit.status}"


def _claim(source: str, claim: Claim) -> Iterator[str]:
    trigger = source[claim.trigger.start : claim.trigger.end]
    sentence = claim.scene.sentence
    text = " ".join(source[sentence.start : sentence.end].split())
    yield f"   - {text[:160]}{'...' if len(text) > 160 else ''}"
    visitors = ", ".join(a.party.name or a.key for a in claim.visitors)
    hosts = ", ".join(a.party.name or a.key for a in claim.hosts) or "-"
    yield (
        f"      trigger {trigger!r} ({claim.rule.frame}/{claim.rule.rule}, {claim.tense}),"
        f" score {claim.score:.2f}: {visitors} -> {claim.country or '?'} {', '.join(claim.places)};"
        f" host {hosts}"
    )
    cues = ", ".join(claim.statuses) or "none"
    yield f"      cues: {cues}{'; looks back' if claim.history else ''}"
    yield from _candidates(claim)
    if claim.purpose:
        yield f"      purpose: {source[claim.purpose.start : claim.purpose.end]!r}"


def _candidates(claim: Claim) -> Iterator[str]:
    """Every phrase of the sentence as visitor, host and destination: taken, or why it was not."""
    scene, rule = claim.scene, claim.rule
    parts = (
        ("visitor", rule.visitor, scene.actors, [a.party.name or a.key for a in claim.visitors]),
        ("host", rule.host, scene.actors, [a.party.name or a.key for a in claim.hosts]),
        ("goal", rule.goal, scene.goals, [*claim.places, claim.country or ""]),
    )
    for part, specs, phrases, chosen in parts:
        for one in candidates(scene, claim.trigger, specs, phrases, chosen):
            score = "fits no slot" if one.score is None else f"{one.score:.2f}"
            verdict = "taken" if one.chosen else "not taken"
            yield f"      {part} {one.label}: {score}, {verdict}: {one.reason}"


def _dates(source: str, told: Told) -> str:
    timing = told.timing
    if timing.start is None:
        return "none" if timing.duration is None else f"none, {timing.duration} days long"
    words = source[slice(*timing.span)] if timing.span else ""
    other = f", or {timing.conflict} (weekday and date disagree)" if timing.conflict else ""
    return f"{timing.start}..{timing.end or '?'}{other} from {words!r}"
