"""Names of people whom nobody listed, found beside their titles.

Pure: positions in, the span of a name out.
"""

import functools
import re
from collections.abc import Sequence
from typing import Protocol

from digest.lexicon import Mention, MentionKind
from digest.packs import Pack
from digest.text import Sentence, fold
from digest.unlisted_han import han_name_after, han_name_before

__all__ = ["SMALL", "find_name", "is_strangers"]

#: Mentions that are never part of a name.
STOPS = frozenset(
    {
        MentionKind.TRIGGER,
        MentionKind.CUE,
        MentionKind.TITLE,
        MentionKind.COUNTRY,
        MentionKind.PURPOSE,
        MentionKind.BREAK,
        MentionKind.BODY,
        MentionKind.SPEECH,
    }
)


#: Small letters of the Latin, Greek and Cyrillic alphabets, those of Vietnamese and Turkish among them.
_LETTERS = (*range(0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00))
SMALL = "".join(char for char in map(chr, _LETTERS) if char.islower())
#: An expression for the letter that a name begins with.
CAPITAL = rf"[^\W\d_{SMALL}]"
#: What ends an apposition.
_CLOSERS = frozenset({",", ".", ";", ":", ")", ""})


class Writing(Protocol):
    """What the search needs of an article."""

    pack: Pack
    source: str
    folded: str


def find_name(
    article: Writing, title_start: int, start: int, end: int, sentence: Sentence, mentions: Sequence[Mention]
) -> tuple[int, int] | None:
    """The span of the name that belongs to the title phrase `source[start:end]`, or None."""
    style = article.pack.names
    stops = [m for m in mentions if m.kind in STOPS]
    if style.shape == "capitals":
        if style.after_title:
            places = [m for m in mentions if m.kind is MentionKind.PLACE]
            name = _capitals_after(article, end, sentence, stops, places)
            if name is not None:
                return name
        return _capitals_before(article, start, sentence, stops) if style.before_title else None
    named = [m for m in mentions if m.kind in (MentionKind.PERSON, MentionKind.SHORT)]
    if style.shape == "hangul" and style.before_title:
        return _hangul_before(article, start, sentence, [*stops, *named])
    if style.shape == "han":
        name = None
        if style.after_title:
            name = han_name_after(style, article.folded, end, sentence.end, [*stops, *named])
        if name is None and style.before_title:
            name = han_name_before(style, article.folded, sentence.start, start, [*stops, *named])
        return name
    return None


def _marks(pack: Pack, word: str) -> bool:
    """Whether a word is one that the language marks phrases with: "Trong" of "Trong chuyến thăm"."""
    return any(fold(word) in words for words in pack.markers_before.values())


def is_strangers(article: Writing, mention: Mention, sentence: Sentence, mentions: Sequence[Mention]) -> bool:
    """Whether a surname that the world knows stands in the full name of somebody else: "Howard Baker",
    "Patricia Johnson", "Trump Tower".

    A word with a capital beside it says so, unless it is known for something else, a day, a part of the
    known person's own name, or a plain word that opens the sentence. A preposition that opens it is no name.
    """
    source = article.source
    if article.pack.names.shape != "capitals":
        return False
    if mention.start == sentence.start and _marks(article.pack, source[mention.start : mention.end]):
        return True
    head = re.search(rf"(?<![\w-])({CAPITAL}\w+)[ ]$", source[sentence.start : mention.start])
    tail = re.match(rf"[ ]({CAPITAL}\w+)", source[mention.end : sentence.end])
    if head is None and tail is None:
        return False
    own = {
        word
        for person in mention.values
        for names in person.names.values()
        for n in names
        for word in n.split()
    }
    spans = []
    if head and (head.start() or not _opens_sentences(article, head.group(1))):
        spans.append((sentence.start + head.start(1), head.group(1)))
    if tail:
        spans.append((mention.end + tail.start(1), tail.group(1)))
    tables = article.pack.dates
    return any(
        word not in own
        and fold(word) not in tables.weekdays
        and fold(word) not in tables.months
        and fold(word) not in tables.days
        and _confirmed(article, sentence, min(start, mention.start), max(start + len(word), mention.end))
        and not any(m.start <= start < m.end for m in mentions if m is not mention)
        for start, word in spans
    )


def _opens_sentences(article: Writing, word: str) -> bool:
    """Whether a word has its capital only because a sentence begins: the pack or the text has it small."""
    small, pack = fold(word), article.pack
    plain = {
        *pack.breaks,
        *pack.fillers,
        *pack.names.never,
        *(w for g in pack.markers_before.values() for w in g),
    }
    return small in plain or re.search(rf"\b{re.escape(small)}\b", article.source) is not None


@functools.cache
def _word(particles_between: tuple[str, ...], longest: int) -> str:
    """An expression for a name in capitals."""
    particles = "|".join(map(re.escape, particles_between)) or r"(?!)"
    capital = rf"{CAPITAL}[\w'’.\-]*\w|{CAPITAL}\."
    return rf"(?:{capital})(?:[ ](?:(?:{particles})[ -])?(?:{capital})){{0,{longest - 1}}}"


@functools.cache
def _name_behind(particles: tuple[str, ...], longest: int) -> re.Pattern[str]:
    return re.compile(rf"[ ,(]{{0,2}}({_word(particles, longest)})")


@functools.cache
def _name_before(particles: tuple[str, ...], longest: int, appositions: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"({_word(particles, longest)})(?:{'|'.join(map(re.escape, appositions)) or '(?!)'})$")


def _title_case(article: Writing, sentence: Sentence) -> bool:
    """Whether nearly every longer word of the sentence has a capital: then capitals mean nothing."""
    words = re.findall(r"\w{4,}", article.source[sentence.start : sentence.end])
    return bool(words) and sum(w[0].isupper() for w in words) > 0.7 * len(words)


def _confirmed(article: Writing, sentence: Sentence, start: int, end: int) -> bool:
    """In a title-case headline a name counts only if the text writes it too."""
    if sentence.index != 0 or not _title_case(article, sentence):
        return True
    return article.source.count(article.source[start:end], sentence.end) > 0


def _clip(start: int, end: int, stops: Sequence[Mention]) -> int:
    """Where a name that begins at `start` ends at the latest."""
    return min([end, *(m.start for m in stops if start <= m.start < end)])


def _before_a_day(article: Writing, start: int, end: int) -> int:
    """Where a name ends that a day or month, or a word that is never a name, follows: "Lange Monday"."""
    tables = article.pack.dates
    for word in re.finditer(r"\S+", article.source[start:end]):
        small = fold(word.group())
        if small in tables.weekdays or small in tables.months or small in article.pack.names.never:
            return start + word.start()
    return end


def _before_ending(article: Writing, start: int, end: int) -> int:
    """Where a name ends that an apostrophe parts from its particle: "Hakan Fidan'ı", "Helen Clark's"."""
    endings = tuple(p for group in article.pack.markers_after.values() for p in group if p[0] == "'")
    for mark in re.finditer(r"'\w*", article.folded[start:end]):
        if mark.group() in endings:
            return start + mark.start()
    return end


def _behind_place(match: re.Match[str], places: Sequence[Mention]) -> int:
    """Where the name begins behind the place of an office: "Gubernur Jawa Tengah Ganjar Pranowo"."""
    start, end = match.span(1)
    behind = [m.end for m in places if m.start == start and m.end <= end and " " in match.group(1)]
    return min(max(behind, default=start - 1) + 1, end)


def _capitals_after(
    article: Writing, position: int, sentence: Sentence, stops: Sequence[Mention], places: Sequence[Mention]
) -> tuple[int, int] | None:
    style = article.pack.names
    match = _name_behind(style.particles, style.longest).match(article.source, position, sentence.end)
    if match is None:
        return None
    start = _behind_place(match, places)
    end = _clip(start, _before_a_day(article, start, match.end(1)), stops)
    end = _before_ending(article, start, end)
    name = article.source[start:end].rstrip(" -.'")
    end = start + len(name)
    if "," in article.source[position:start] and not (
        " " in name and article.source[end : end + 1] in _CLOSERS
    ):
        return None  # "the foreign minister, Nanaia Mahuta, said", not "the minister, Reuters reported"
    if article.folded[end : end + 1] == "'" and any((m.start, m.end) == (start, end) for m in places):
        return None  # "Irak Başbakanı Ankara'da": where, not who
    if len(name) < 3 or not _confirmed(article, sentence, start, end):
        return None
    return start, end


def _capitals_before(
    article: Writing, position: int, sentence: Sentence, stops: Sequence[Mention]
) -> tuple[int, int] | None:
    """ "Krisjanis Karins, the Latvian prime minister": an apposition."""
    head, style = article.source[sentence.start : position], article.pack.names
    if not head.endswith(style.appositions):
        return None
    match = _name_before(style.particles, style.longest, style.appositions).search(head)
    if match is None or " " not in match.group(1):
        return None
    if fold(match.group(1).split()[0]) in style.never:
        return None  # "dans La Croix, le souverain pontife": a newspaper
    start, end = sentence.start + match.start(1), sentence.start + match.end(1)
    if any(m.start < end and start < m.end for m in stops) or not _confirmed(article, sentence, start, end):
        return None
    return start, end


def _hangul_before(
    article: Writing, position: int, sentence: Sentence, stops: Sequence[Mention]
) -> tuple[int, int] | None:
    """The syllable blocks right before the phrase: one Korean name, or a foreign one of several words."""
    particles = tuple({p for group in article.pack.markers_after.values() for p in group})
    words: list[tuple[int, int]] = []
    edge = position
    while len(words) < article.pack.names.longest:
        match = re.search(r"(?<!\w)([가-힣·-]{2,8})(?:\([^()]*\))? ?$", article.source[sentence.start : edge])
        if match is None:
            break
        start, end = sentence.start + match.start(1), sentence.start + match.end(1)
        marked = end - start > 2 and match.group(1).endswith(particles)
        if match.group(1) in article.pack.names.never:
            if words:
                break
            edge = start  # 조명록 국방위원회 제1부위원장: a body between name and title
            continue
        if marked or any(m.start < end and start < m.end for m in stops):
            break
        words.append((start, end))
        edge = start
    return (words[-1][0], words[0][1]) if words else None
