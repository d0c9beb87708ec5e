"""How long reading takes, against the least that any such reader must do.

That least is one overlapping Aho-Corasick pass over the same folded text. Both run in turn in one
process, so that the ratio says the same on a fast machine and on a slow one.
"""

import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ahocorasick_rs import AhoCorasick

from bench.rows import Row
from digest.facts import Article
from digest.lexicon import lexicon_for
from digest.packs import available_languages, load_pack
from digest.reading import read
from digest.text import fold
from digest.vocabulary import vocabulary_of
from digest.world import Names, World, load_world
from tools.annotated import load_sets

ROUNDS = 9
TARGET = 40

#: A folded text with the automaton of its language.
Pass = tuple[AhoCorasick, str]


def main() -> None:
    """Measure and print."""
    articles = _articles()
    everything = _passes(
        articles, {lang: vocabulary_of(load_pack(lang), load_world()).forms for lang in articles}
    )
    names = _passes(articles, {lang: _names(lang) for lang in articles})
    flat = [article for some in articles.values() for article in some]
    reading, full_pass, name_pass = _medians(
        lambda: _read_all(flat), lambda: _run(everything), lambda: _run(names)
    )
    print(
        Row(
            what=f"read speed: {len(flat)} articles, against a pass for all its forms",
            measured=reading / full_pass,
            unit="x",
            at_most=TARGET,
        )
    )
    print(Row(what="  against a pass for the names alone", measured=reading / name_pass, unit="x"))
    print(Row(what="  articles a second", measured=len(flat) / reading, unit="/s"))


def _articles() -> dict[str, list[Article]]:
    """The annotated articles by language; without a pack there is nothing to measure."""
    found: dict[str, list[Article]] = {lang: [] for lang in sorted(available_languages())}
    for one in load_sets():
        for row in one.articles:
            if row["lang"] in found:
                found[row["lang"]].append(_article(row))
    return {lang: some for lang, some in found.items() if some}


def _article(row: Mapping[str, Any]) -> Article:
    published = row["published"] or ""
    day = dt.date.fromisoformat(published) if len(published) == len("2024-06-18") else None
    return Article(title=row["title"], text=row["text"], published_at=day)


def _passes(articles: dict[str, list[Article]], forms: dict[str, Iterable[str]]) -> list[Pass]:
    automata = {lang: AhoCorasick(list(dict.fromkeys(forms[lang]))) for lang in articles}
    return [(automata[lang], fold(article.source)) for lang, some in articles.items() for article in some]


def _names(language: str) -> Iterable[str]:
    """The names of people, countries, places and bodies that the language's reader looks for."""
    lexicon = lexicon_for(language)
    for names in _named(lexicon.world):
        for world_language in lexicon.pack.world_languages:
            yield from map(fold, names.get(world_language, ()))


def _named(world: World) -> Iterable[Names]:
    for person in world.people:
        yield from (person.names, person.short)
    for country in world.countries.values():
        yield from (country.names, country.adjectives, country.abbreviations)
    yield from (place.names for place in world.places)
    yield from (body.names for body in world.bodies)


def _read_all(articles: Iterable[Article]) -> None:
    for article in articles:
        read(article)


def _run(passes: Iterable[Pass]) -> None:
    for automaton, text in passes:
        automaton.find_matches_as_indexes(text, overlapping=True)


def _medians(*jobs: Callable[[], None]) -> list[float]:
    """Seconds of the processor a job, each the median of rounds in which the jobs take turns.

    The first round warms up. What else the machine does then counts little.
    """
    taken: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS + 1):
        for job, times in zip(jobs, taken, strict=True):
            began = time.process_time()
            job()
            times.append(time.process_time() - began)
    return [statistics.median(times[1:]) for times in taken]


if __name__ == "__main__":
    main()
