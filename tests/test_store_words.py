"""Words of headlines and their indexes."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.adapters.sqlite_store import SqliteStore
from bot.adapters.store_schema import MIGRATIONS
from bot.adapters.store_words import fewest, short_words, words_in_titles
from digest.folding import folded
from tests.store_records import NOW, title_links


def test_short_words_are_what_trigrams_do_not_find() -> None:
    assert short_words("uk and eu in talks") == "uk eu in"
    assert short_words("북한 소식") == "북한 한 소식 식"
    assert short_words("访问") == "访问 问"


def test_words_that_another_one_is_part_of_need_not_be_looked_for() -> None:
    assert fewest(["korea", "north korea", "corea", "corea del norte", "korean"]) == ["corea", "korea"]


def test_each_index_has_words_of_its_own() -> None:
    assert words_in_titles(frozenset({"korea", "uk", "북한", "미"})) == {
        "articles_fts": '"korea"',
        "articles_short": '"uk" OR "미"* OR "북한"',
    }
    assert words_in_titles(frozenset()) == {}


@given(st.text("ab 가나北 京1", max_size=12), st.data())
def test_whatever_stands_in_a_title_is_found_by_one_of_the_indexes(title: str, data: st.DataObject) -> None:
    """Any piece in scripts that glue words, whole words of alphabets."""
    words = folded(title).split()
    glued = [w[a:b] for w in words for a in range(len(w)) for b in range(a + 1, len(w) + 1) if w[a] >= "가"]
    for word in data.draw(st.lists(st.sampled_from([*words, *glued, "a"]), max_size=3)):
        if word not in folded(title).split() and word < "가":
            continue
        (match,) = words_in_titles(frozenset({word})).values()
        pieces = short_words(folded(title)).split()

        assert (
            len(word) >= 3
            or word in pieces
            or any(p.startswith(word) and match.endswith("*") for p in pieces)
        )


def test_a_database_from_before_is_searched_like_a_new_one(tmp_path: Path) -> None:
    """Its short words are indexed, and its titles folded as questions are now."""
    path = tmp_path / "attache.db"
    db = Database(path)
    MIGRATIONS.apply(db, stop_before="short_words")
    moment = NOW.isoformat(timespec="microseconds")
    db.execute(
        'insert into feeds (url, name, settings) values (\'u\', \'Old\', \'{"url": "u", "name": "Old"}\')'
    )
    for title in ("북한 소식", "ألمانيا اليوم"):
        db.execute(
            "insert into articles (feed_url, title, folded_title, text, fetched_at, dated_at)"
            " values ('u', ?, lower(?), '', ?, ?)",
            [title, title, moment, moment],
        )
    db.conn.commit()
    db.close()

    with SqliteStore(path) as store:
        assert title_links(store, "북한") == ["북한 소식"]
        assert title_links(store, "المانيا") == ["ألمانيا اليوم"]
