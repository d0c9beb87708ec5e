"""What a plain reader would score: a known person, a word for a visit and a country in one sentence.

It sees the same names and words as the engine and none of its grammar, dates or memory, so the distance
between the two is what the engine's binding is worth.
"""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from digest.facts import Article
from digest.language import detect_language
from digest.lexicon import Lexicon, Mention, MentionKind, lexicon_for
from digest.packs import available_languages
from digest.text import fold, sentences
from tools.annotated import AnnotatedSet, CommandError, ask, load_sets
from tools.scoring import Person, Told, figures, score_articles

__all__ = ["plain_visits"]

SHOWN = ("core_p", "core_r", "core_f1", "headline", "negatives")


def main() -> None:
    """Score both and print."""
    print(f"{'baseline':<34}" + "".join(f"{name:>11}" for name in SHOWN))
    for one in load_sets():
        plain = {row["id"]: plain_visits(_article(row)) for row in one.articles}
        try:
            ours = ask(one)
        except CommandError as error:
            sys.exit(f"bench: {error}")
        for language in available_languages():
            _print_row(one, language, "attache", ours)
            _print_row(one, language, "plain reader", plain)


def plain_visits(article: Article) -> list[Told]:
    """One visit for each sentence with a person, a visit word and a country that is not the person's."""
    source = article.source
    language = detect_language(source, None)
    if language not in available_languages():
        return []
    lexicon = lexicon_for(language)
    folded = fold(source)
    mentions = lexicon.mentions(source, folded)
    found = []
    for sentence in sentences(source, folded, len(article.title or ""), language, lambda _: False):
        inside = [m for m in mentions if sentence.start <= m.start and m.end <= sentence.end]
        visit = _visit(lexicon, inside, headline=sentence.index <= 1)
        if visit and visit not in found:
            found.append(visit)
    return found


def _visit(lexicon: Lexicon, mentions: list[Mention], *, headline: bool) -> Told | None:
    person = next((m.values[0] for m in mentions if m.kind is MentionKind.PERSON), None)
    if person is None or not any(m.kind is MentionKind.TRIGGER for m in mentions):
        return None
    home = person.terms[-1].country
    country = next((code for code in _countries(mentions) if code != home), None)
    if country is None:
        return None
    visitor = Person(person.name, home)
    return Told(visitors=(visitor,), countries=frozenset({country}), headline=headline)


def _countries(mentions: list[Mention]) -> Iterator[str]:
    for mention in mentions:
        if mention.kind is MentionKind.COUNTRY:
            yield mention.values[0]
        elif mention.kind is MentionKind.PLACE:
            yield mention.values[0].country


def _article(row: Mapping[str, Any]) -> Article:
    return Article(title=row["title"], text=row["text"])


def _print_row(one: AnnotatedSet, language: str, reader: str, answers: Mapping[str, list[Told]]) -> None:
    golds = [gold for gold in one.golds if gold.language == language]
    if golds:
        found = figures(score_articles(golds, answers).counts)
        print(
            f"{f'{one.name} {language}: {reader}':<34}" + "".join(f"{found[name]:>11.3f}" for name in SHOWN)
        )


if __name__ == "__main__":
    main()
