"""How well articles are read: extracted visits held against annotated ones.

Pure: parsed articles and answers in, counts and figures out.

Visits are paired one to one, best pair first; a pair needs the lead visitor or a destination country in
common. Visits inside the visitor's own country are neither asked for nor punished. The rules are those of
the shared evaluation, and a test holds the two against each other where that one is at hand.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Self

__all__ = [
    "SLOTS",
    "Gold",
    "Miss",
    "Person",
    "Score",
    "Told",
    "figures",
    "fold",
    "pair_up",
    "same_date",
    "same_name",
    "same_person",
    "same_words",
    "score_article",
    "score_articles",
]

#: What is compared inside a pair whose visitor and country agree.
SLOTS = ("start", "end", "status", "host", "place", "purpose", "kind")
#: From here on two romanisations are one name ("Zelensky", "Zelenskyy").
SIMILAR_NAMES = 0.88
#: Share of common trigrams from which two purposes say the same.
SIMILAR_WORDS = 0.5
#: "YYYY-MM": a date known less well than that agrees only where the annotation itself knows no more.
MONTH_LENGTH = 7
#: The end of the Latin blocks; a name with a letter after it is in a script of its own.
LAST_LATIN = 0x24F


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who travels or receives."""

    name: str | None
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One visit as an annotation or an answer tells it, with the parts that are compared."""

    visitors: tuple[Person, ...] = ()
    hosts: tuple[Person, ...] = ()
    countries: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    status: str | None = None
    kind: str | None = None
    #: In the words of the article.
    purpose: str | None = None
    headline: bool = False
    domestic: bool = False

    @classmethod
    def from_json(cls, visit: Mapping[str, Any], *, purpose_key: str = "purpose") -> Self:
        """Take a visit as JSON gives it; an annotation keeps the article's words in `purpose_text`."""
        destinations = visit.get("destinations") or ()
        return cls(
            visitors=_people(visit.get("visitors")),
            hosts=_people(visit.get("hosts")),
            countries=frozenset(d["country"] for d in destinations if d.get("country")),
            places=tuple(d["place"] for d in destinations if d.get("place")),
            start=visit.get("start"),
            end=visit.get("end"),
            status=visit.get("status"),
            kind=visit.get("kind"),
            purpose=visit.get(purpose_key),
            headline=visit.get("salience") == "headline",
            domestic=visit.get("scope") == "domestic",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """An annotated article."""

    id: str
    language: str
    #: Title and text: names in a script of their own are looked up here.
    source: str
    visits: tuple[Told, ...]

    @classmethod
    def from_json(cls, article: Mapping[str, Any]) -> Self:
        """Take an article as the annotated files hold it."""
        return cls(
            id=article["id"],
            language=article["lang"],
            source=f"{article.get('title') or ''}\n{article['text']}",
            visits=tuple(Told.from_json(v, purpose_key="purpose_text") for v in article.get("visits") or ()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A visit that was not found, found wrongly, or invented."""

    article: str
    gold: Told | None
    answer: Told | None

    @property
    def sort(self) -> str:
        """Which of the three it is."""
        if self.gold is None:
            return "invented"
        return "missed" if self.answer is None else "wrong"


@dataclass(frozen=True, slots=True)
class Score:
    """What was counted, and what went wrong, in the order of the articles."""

    counts: Counter[str]
    misses: tuple[Miss, ...]


def fold(text: str | None) -> str:
    """Lower case without accents, hyphens and punctuation, single spaces."""
    decomposed = unicodedata.normalize("NFKD", (text or "").casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.sub(r"\W+", " ", plain).split())


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two spellings name the same: a part left out or another romanisation is no difference."""
    one, other = fold(one), fold(other)
    if not one or not other:
        return False
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    words, others = set(one.split()), set(other.split())
    common = words & others
    if common in (words, others) or len(common) >= 2:
        return True
    return SequenceMatcher(None, one, other).ratio() >= SIMILAR_NAMES


def same_person(gold: Person, answer: Person, source: str) -> bool:
    """Whether an answer means the annotated person.

    A name that no gazetteer knows is answered in the script of its article: it counts where it stands in
    the article and the country agrees. Where the annotation knows no name, the country decides.
    """
    same_country = gold.country == answer.country
    if not gold.name:
        return same_country and (bool(gold.country) or not answer.name)
    if same_name(gold.name, answer.name):
        return True
    name = answer.name or ""
    own_script = any(ord(char) > LAST_LATIN for char in name)
    return own_script and same_country and name in source


def same_date(gold: str | None, answer: str | None) -> bool:
    """Whether two ISO dates agree, as far as both go: to the month at least, or as far as the annotation."""
    if not gold or not answer:
        return False
    known = min(len(gold), len(answer))
    return gold[:known] == answer[:known] and (known >= MONTH_LENGTH or known == len(gold))


def same_words(gold: str | None, answer: str | None) -> bool:
    """Whether half of the character trigrams are common; needs no spaces between words."""
    grams, others = _trigrams(gold), _trigrams(answer)
    return 2 * len(grams & others) / (len(grams) + len(others)) >= SIMILAR_WORDS


def pair_up(golds: Sequence[Told], answers: Sequence[Told], source: str) -> dict[int, int]:
    """Index of the annotated visit -> index of its answer, the best pairs first."""
    ranked = sorted(
        (-likeness, i, j)
        for i, gold in enumerate(golds)
        for j, answer in enumerate(answers)
        if (likeness := _likeness(gold, answer, source))
    )
    pairs: dict[int, int] = {}
    for _, i, j in ranked:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def score_article(article: Gold, answers: Sequence[Told]) -> Score:
    """Count what one article's answers got right."""
    counts = Counter({"articles": 1})
    misses: list[Miss] = []
    if not article.visits:
        counts.update(negatives=1, negatives_clean=not answers)
    pairs = pair_up(article.visits, answers, article.source)
    for i, gold in enumerate(article.visits):
        if gold.domestic:
            continue
        answer = answers[pairs[i]] if i in pairs else None
        hit = answer is not None and _same_visit(gold, answer, article.source)
        counts.update(_counted(gold, answer, article.source, hit=hit))
        if not hit:
            misses.append(Miss(article=article.id, gold=gold, answer=answer))
    unasked = [a for j, a in enumerate(answers) if j not in pairs.values() and not _at_home(a)]
    counts["answers"] += len(unasked)
    misses += [Miss(article=article.id, gold=None, answer=answer) for answer in unasked]
    return Score(counts, tuple(misses))


def score_articles(articles: Iterable[Gold], answers: Mapping[str, Sequence[Told]]) -> Score:
    """Count over many articles; every one of them must have its line of answers.

    Raises:
        KeyError: An article was not answered.
    """
    scores = [score_article(article, answers[article.id]) for article in articles]
    counts: Counter[str] = Counter()
    for score in scores:
        counts.update(score.counts)
    return Score(counts, tuple(miss for score in scores for miss in score.misses))


def figures(counts: Mapping[str, int]) -> dict[str, float]:
    """The figures that are reported; NaN where there was nothing to measure.

    core: whole facts, the lead visitor and a destination country. headline: recall of what the articles are
    mainly about. full: headline visits with the right first day and status too. negatives: articles
    without a visit that were left empty.
    """
    precision, recall = _share(counts, "hits", "answers"), _share(counts, "hits", "visits")
    both = precision + recall
    return {
        "core_p": precision,
        "core_r": recall,
        "core_f1": 2 * precision * recall / both if both else 0.0,
        "headline": _share(counts, "headline_hits", "headlines"),
        "full": _share(counts, "full", "headlines"),
        "negatives": _share(counts, "negatives_clean", "negatives"),
        **{slot: _share(counts, f"{slot}_right", slot) for slot in SLOTS},
    }


def _people(parties: Iterable[Mapping[str, Any]] | None) -> tuple[Person, ...]:
    return tuple(Person(party.get("name"), party.get("country")) for party in parties or ())


def _trigrams(text: str | None) -> set[str]:
    letters = fold(text).replace(" ", "")
    return {letters[i : i + 3] for i in range(max(1, len(letters) - 2))}


def _any_same(golds: Iterable[Person], answers: Collection[Person], source: str) -> bool:
    return any(same_person(gold, answer, source) for gold in golds for answer in answers)


def _same_lead(gold: Told, answer: Told, source: str) -> bool:
    return _any_same(gold.visitors[:1], answer.visitors, source)


def _same_visit(gold: Told, answer: Told, source: str) -> bool:
    return _same_lead(gold, answer, source) and not gold.countries.isdisjoint(answer.countries)


def _likeness(gold: Told, answer: Told, source: str) -> float:
    """How well an answer fits; 0 where neither the visitor nor a country agrees."""
    who = _same_lead(gold, answer, source)
    where = not gold.countries.isdisjoint(answer.countries)
    if not (who or where):
        return 0.0
    fit = 4 * (who and where) + 2 * who + where
    return fit + 0.5 * same_date(gold.start, answer.start) + 0.2 * _any_same(gold.hosts, answer.hosts, source)


def _at_home(answer: Told) -> bool:
    """Whether the visitors stay in their own country: nobody asked, nobody minds."""
    homes = {visitor.country for visitor in answer.visitors}
    return answer.domestic or (bool(answer.countries) and homes >= answer.countries)


def _counted(gold: Told, answer: Told | None, source: str, *, hit: bool) -> Counter[str]:
    """What one annotated visit adds to the counts."""
    counts = Counter(visits=1, hits=int(hit), answers=int(answer is not None))
    if gold.headline:
        counts.update(headlines=1, headline_hits=hit)
    if answer is None or not hit:
        return counts
    slots = dict(_slots(gold, answer, source))
    for slot, right in slots.items():
        counts.update({slot: 1, f"{slot}_right": right})
    if gold.headline:
        counts["full"] += slots.get("start", not answer.start) and slots.get("status", True)
    return counts


def _slots(gold: Told, answer: Told, source: str) -> Iterator[tuple[str, bool]]:
    """Each slot that the annotation fills, and whether the answer agrees."""
    if gold.start:
        yield "start", same_date(gold.start, answer.start)
    if gold.end:
        yield "end", same_date(gold.end, answer.end)
    if gold.status:
        yield "status", gold.status == answer.status
    if gold.hosts:
        yield "host", _any_same(gold.hosts, answer.hosts, source)
    if gold.places:
        yield "place", any(same_name(one, other) for one in gold.places for other in answer.places)
    if gold.purpose:
        yield "purpose", same_words(gold.purpose, answer.purpose)
    if gold.kind not in (None, "unknown"):
        yield "kind", gold.kind == answer.kind


def _share(counts: Mapping[str, int], part: str, whole: str) -> float:
    return counts[part] / counts[whole] if counts[whole] else math.nan
