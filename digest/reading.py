"""One article in, its visits out.

Pure: no network, no clock, no database; the same article gives the same reading.
"""

import functools
from collections.abc import Sequence

from digest.dates import DateFinder
from digest.facts import Article, Reading
from digest.furniture import Furniture
from digest.gather import gather
from digest.language import detect_language
from digest.lexicon import Lexicon, Mention, MentionKind, lexicon_for
from digest.packs import available_languages
from digest.people import Actor, Cast
from digest.places import goals
from digest.scene import Markers, Scene, markers_of
from digest.text import Sentence, fold, looks_binary, sentences
from digest.visits import Claim, Memory, claims_of, with_purpose_behind
from digest.world import World

__all__ = ["read", "told_in"]

#: A possessive pronoun means an actor so near before it (characters), whoever opened the sentence.
OWNER_REACH = 30
#: Words that mean somebody told before.
POINTING = frozenset({MentionKind.PRONOUN, MentionKind.TRAVELLER})
#: Characters that are read; the rest of a longer text is left out, and the reading says so.
LONGEST = 40_000


def read(article: Article, world: World | None = None) -> Reading:
    """Read an article.

    Never fails on bad input: an empty, binary or foreign text gives a reading that says so.

    Args:
        article: What to read.
        world: Whose people and places are known; the shipped ones if left out.
    """
    source = article.source
    if not source.strip():
        return Reading(language=None, note="empty")
    if looks_binary(source):
        return Reading(language=None, note="binary, not text")
    language = detect_language(source, article.language_hint, available_languages())
    if language is None:
        return Reading(language=None, note="too little text to tell the language")
    if language not in available_languages():
        return Reading(language=language, note=f"no pack for language {language}")
    note = f"only the first {LONGEST} characters were read" if len(source) > LONGEST else None
    source = source[:LONGEST]
    claims, scenes = told_in(article, source, lexicon_for(language, world))
    exact = article.published_exactly
    found = gather(source, claims, article.published_on, language, scenes=scenes, exact=exact)
    return Reading(language=language, visits=tuple(one.visit for one in found), note=note)


@functools.cache
def _tools(lexicon: Lexicon) -> tuple[DateFinder, Markers, Furniture]:
    pack = lexicon.pack
    finder = DateFinder(pack.dates, whole=pack.spaced)
    return finder, Markers(pack, lexicon.adjectives, lexicon.cases), Furniture(pack)


@functools.cache
def _with_full_stop(lexicon: Lexicon) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words beside a full stop that ends no sentence: months behind a day with one, and honorifics."""
    pack = lexicon.pack
    dated = any("{d}. {month}" in pattern for pattern in pack.dates.patterns)
    honorifics = (word for title in pack.titles if not title.role for word in title.words)
    return tuple(pack.dates.months) if dated else (), tuple(word for word in honorifics if word[-1] == ".")


def told_in(article: Article, source: str, lexicon: Lexicon) -> tuple[list[Claim], list[Scene]]:
    """Every claim of an article, and its sentences, one by one; what was told before is remembered."""
    pack = lexicon.pack
    furniture = _tools(lexicon)[2]
    folded = fold(source)
    title_length = min(len(article.title or ""), len(source))
    mentions = lexicon.mentions(source, folded)
    if not any(mention.kind is MentionKind.TRIGGER for mention in mentions):
        return [], []
    cast = Cast(lexicon, source, folded, article.published_on)
    memory = Memory()
    found: list[Claim] = []
    scenes: list[Scene] = []
    position, before = 0, None
    months, honorifics = _with_full_stop(lexicon)
    language, is_line = pack.language, furniture.is_line
    for sentence in sentences(source, folded, title_length, language, is_line, months, honorifics):
        opening, sentence = sentence, furniture.without_dateline(source, folded, sentence)
        while position < len(mentions) and mentions[position].start < sentence.start:
            position += 1
        if sentence is not opening and memory.here is None:
            dateline = [m for m in mentions[:position] if m.start >= opening.start]
            memory.here = next(iter(goals(lexicon, folded, dateline, ())), None)
            cast.dateline = memory.here.country if memory.here else None
        if sentence.start == sentence.end:
            continue
        last = position
        while last < len(mentions) and mentions[last].start < sentence.end:
            last += 1
        local = mentions[position:last]
        scene = before = _scene(lexicon, folded, sentence, local, cast, memory, before)
        cast.traveller = memory.traveller.key if memory.traveller else None
        found = with_purpose_behind(found, scene, pack) + claims_of(scene, pack, memory)
        scenes.append(scene)
        _remember(scene, memory)
    return [_with_names(claim, cast) for claim in found], scenes


def _with_names(claim: Claim, cast: Cast) -> Claim:
    """The claim with people told by office as the people named elsewhere in the article."""
    visitors = tuple(map(cast.named_holder, claim.visitors))
    hosts = tuple(map(cast.named_holder, claim.hosts))
    if (visitors, hosts) == (claim.visitors, claim.hosts):
        return claim
    return claim._replace(visitors=visitors, hosts=hosts)


def _scene(
    lexicon: Lexicon,
    folded: str,
    sentence: Sentence,
    mentions: Sequence[Mention],
    cast: Cast,
    memory: Memory,
    before: Scene | None,
) -> Scene:
    finder, markers, _ = _tools(lexicon)
    actors = cast.actors(sentence, mentions)
    actors += _pronouns(folded, mentions, actors, memory, markers)
    actors.sort(key=lambda a: a.start)
    taken = [(a.start, a.end) for a in actors]
    return Scene(
        sentence=sentence,
        folded=folded,
        mentions=mentions,
        actors=actors,
        goals=goals(lexicon, folded, mentions, taken),
        finder=finder,
        markers=markers,
        links=lexicon.pack.conjunctions,
        verb_final=lexicon.pack.verb_final,
        before=before,
    )


def _pronouns(
    folded: str, mentions: Sequence[Mention], actors: Sequence[Actor], memory: Memory, markers: Markers
) -> list[Actor]:
    """Pronouns as actors: the sentence's first actor before them, else whom the text is about."""
    found = []
    for mention in mentions:
        if mention.kind not in POINTING:
            continue
        if mention.kind is MentionKind.TRAVELLER:
            who = memory.traveller
        else:
            who = _meant(mention, actors) or memory.person
        if who is not None:
            form = "owner" if mention.values[0] == "owner" else "pronoun"
            end = markers.stem(folded, mention.start, mention.end)
            found.append(Actor(start=mention.start, end=end, party=who.party, key=who.key, form=form))
    return found


def _meant(pronoun: Mention, actors: Sequence[Actor]) -> Actor | None:
    """The actor of its sentence that a pronoun means: the first one, or the nearest where it is an owner."""
    told = [actor for actor in actors if actor.end <= pronoun.start]
    if not told:
        return None
    near = told[-1]
    return near if pronoun.values[0] == "owner" and pronoun.start - near.end <= OWNER_REACH else told[0]


def _remember(scene: Scene, memory: Memory) -> None:
    """The sentence's subject is whom the next one's pronouns mean."""
    subject = next((a for a in scene.actors if not (markers_of(scene, a) - {"subject"})), None)
    if subject is not None:
        memory.person = subject
    venues = [goal for goal in scene.goals if goal.place]
    if venues or (scene.goals and not memory.goals):
        memory.goals = ((venues or scene.goals)[-1],)  # "there" is a place before it is a country
