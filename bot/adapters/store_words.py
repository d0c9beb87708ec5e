"""Looking words up in headlines: the index of trigrams, and one of the words that are too short for it."""

import functools
from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from digest.folding import folded

__all__ = ["TRIGRAM", "add_short_words", "fewest", "short_words", "words_in_titles"]

#: Trigrams find no shorter words.
TRIGRAM = 3
#: Scripts from here on glue endings to words or write no spaces, so that a word may stand anywhere.
_GLUING = "\u0e00"

#: Plain SQL, so that any program may write to the database.
_COLUMN = "alter table articles add column short_words text not null default ''"
_INDEX = (
    """
    create virtual table articles_short using fts5(
        short_words, content = 'articles', content_rowid = 'id', detail = 'none',
        tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
    )
    """,
    "insert into articles_short(articles_short) values ('rebuild')",
    """
    create trigger articles_short_added after insert on articles begin
        insert into articles_short(rowid, short_words) values (new.id, new.short_words);
    end
    """,
    """
    create trigger articles_short_removed after delete on articles begin
        insert into articles_short(articles_short, rowid, short_words)
        values ('delete', old.id, old.short_words);
    end
    """,
    """
    create trigger articles_short_changed after update of short_words on articles begin
        insert into articles_short(articles_short, rowid, short_words)
        values ('delete', old.id, old.short_words);
        insert into articles_short(rowid, short_words) values (new.id, new.short_words);
    end
    """,
)


def short_words(folded_title: str) -> str:
    """The words of a title that are shorter than a trigram; where words are glued, all pairs of letters.

    The last letter stands there too, so that every letter begins something.
    """
    found: dict[str, None] = {}
    for word in folded_title.split():
        if any(char >= _GLUING for char in word):
            found.update((word[at : at + 2], None) for at in range(len(word)))
        elif len(word) < TRIGRAM:
            found[word] = None
    return " ".join(found)


def add_short_words(db: Database) -> None:
    """Make the index of short words, and fold all titles anew, as part of a migration."""
    db.execute(_COLUMN)
    db.register_function(folded, name="attache_folded", deterministic=True)
    db.register_function(short_words, name="attache_short_words", deterministic=True)
    db.execute(
        "update articles set folded_title = attache_folded(title) where folded_title <> attache_folded(title)"
    )
    db.execute(
        """
        update articles set short_words = attache_short_words(folded_title)
        where attache_short_words(folded_title) <> ''
        """
    )
    for statement in _INDEX:
        db.execute(statement)


@functools.lru_cache(maxsize=256)
def words_in_titles(words: frozenset[str]) -> Mapping[str, str]:
    """What to look for in each index, by its table, so that all titles with one of the words are found."""
    long = fewest(word for word in words if len(word) >= TRIGRAM)
    short = sorted(word for word in words if 0 < len(word) < TRIGRAM)
    # A single letter of scripts that glue words is looked for as the first of a pair.
    begun = [f'"{word}"*' if len(word) == 1 and word >= _GLUING else f'"{word}"' for word in short]
    found = {"articles_fts": [f'"{word}"' for word in long], "articles_short": begun}
    return {table: " OR ".join(some) for table, some in found.items() if some}


def fewest(words: Iterable[str]) -> list[str]:
    """The words that no other one is part of: who looks for "korea" anywhere finds "north korea" with it."""
    kept: list[str] = []
    for word in sorted(set(words), key=lambda word: (len(word), word)):
        if not any(short in word for short in kept):
            kept.append(word)
    return sorted(kept)
