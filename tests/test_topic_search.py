"""Questions that name nothing known: headlines are searched, and the answer says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.sqlite_store import SqliteStore
from bot.commands import Access, House, brief
from bot.render.wording import load_wording
from digest.world import load_world
from tests.fakes import FakeClock
from tests.store_records import HOUR, NOW, entry, feed, poll, read

#: A headline in each script, with a word of it that names no country, person, office or time.
HEADLINES = {
    "missile": "A missile falls into the sea",
    "rudal": "Rudal jatuh ke laut",
    "미사일": "북한이 미사일을 쐈다",
    "ミサイル": "北朝鮮がミサイルを発射",
    "导弹": "朝鲜发射导弹",
    "飛彈": "北韓發射飛彈",
    "tên lửa": "Một tên lửa rơi xuống biển",
    "ракета": "Ракета упала в море",
    "صاروخ": "سقط صاروخ في البحر",
    "मिसाइल": "मिसाइल समुद्र में गिरी",
    "füze": "Füze denize düştü",
    "misil": "Un misil cae en el mar",
    "Rakete": "Eine Rakete fällt ins Meer",
    "míssil": "Um míssil cai no mar",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "attache.db") as opened:
        opened.set_feeds([feed("Antara")])
        (due,) = opened.feeds()
        items = [
            read(entry(title, link=f"https://e.org/{number}", text=title, at=NOW - HOUR))
            for number, title in enumerate(HEADLINES.values())
        ]
        opened.save_poll(poll(due, *items, at=NOW - HOUR))
        yield opened


@pytest.mark.parametrize("language", ["en", "id", "ko"])
@pytest.mark.parametrize(("word", "title"), HEADLINES.items(), ids=HEADLINES)
def test_a_word_that_names_nothing_is_searched_for_in_its_script(
    store: SqliteStore, word: str, title: str, language: str
) -> None:
    """In whatever language the reader is told so."""
    house = House(access=Access(), world=load_world(), language=language)

    told = brief(word, store, FakeClock(NOW), house)

    assert [headline.title for headline in told.headlines] == [title]
    assert told.note == load_wording(language).unknown_topic(word.lower())


def test_a_question_that_is_understood_says_nothing_of_a_search(store: SqliteStore) -> None:
    house = House(access=Access(), world=load_world(), language="en")

    assert brief("朝鲜", store, FakeClock(NOW), house).note is None
