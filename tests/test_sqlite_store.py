"""The database file: opened, damaged, and shared with others."""

import contextlib
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.adapters.sqlite_store import SqliteStore
from bot.adapters.store_codec import to_moment, to_text
from bot.adapters.store_schema import MIGRATIONS
from bot.errors import StoreError
from bot.model import FeedForUpdate
from bot.records import Slot
from tests.store_records import (
    FIRST,
    LAST,
    NOW,
    due,
    entry,
    feed,
    outgoing,
    poll,
    read,
    visit,
)


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    """`database = "var/attache.db"` works on a fresh machine."""
    with SqliteStore(tmp_path / "var" / "lib" / "attache.db") as store:
        assert store.feeds() == []


def test_a_database_is_opened_again_as_it_was_left(path: Path) -> None:
    """Opening does not migrate twice, and nothing is lost in between."""
    with SqliteStore(path) as store:
        store.save_poll(poll(due(store, feed()), read(entry("Visit"), visit())))
        before = store.trips(FIRST, LAST)

    with SqliteStore(path) as again:
        assert again.trips(FIRST, LAST) == before != []


def test_trips_of_a_database_from_before_are_found_by_what_they_are_found_by_now(path: Path) -> None:
    """Their keys are made anew, so that a report of today joins the trip of yesterday."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        db = Database(connection, execute_plugins=False)
        MIGRATIONS.apply(db, stop_before="trips_by_days")
        settings, at, said = to_text(feed()), to_moment(NOW), to_text(visit())
        db.execute("insert into feeds (url, name, settings) values (?, 'Antara', ?)", [feed().url, settings])
        article = {"id": 1, "feed_url": feed().url, "title": "Old", "folded_title": "old", "text": ""}
        db.table("articles").insert(article | {"published_at": at, "fetched_at": at, "dated_at": at})
        db.execute("insert into trips values ('1.0', '2024-06-18', '2024-06-19')")
        db.execute("insert into trip_keys values ('person:of an older kind>KP', '1.0')")
        db.execute("insert into reports values ('1.0', 1, '1.0', ?, ?)", [said, at])
        connection.commit()

    with SqliteStore(path) as store:
        assert [trip.id for trip in store.trips(FIRST, LAST, countries=["RU"])] == ["1.0"]
        store.save_poll(poll(due(store, feed()), read(entry("New", link="https://e.org/2"), visit())))

        (trip,) = store.trips(FIRST, LAST)
        assert (trip.id, len(trip.reports)) == ("1.0", 2)


def test_a_file_that_is_no_database_is_one_clear_line(path: Path) -> None:
    """The admin reads which file, and what is wrong."""
    path.write_bytes(b"this is a letter, and no database at all " * 100)

    with pytest.raises(StoreError) as caught:
        SqliteStore(path)

    assert str(caught.value) == f"database {path}: file is not a database"


def test_a_path_that_cannot_be_a_database_is_one_clear_line(tmp_path: Path) -> None:
    """A folder where the file should be, and a file where the folder should be."""
    (tmp_path / "file").write_text("")

    for wrong in (tmp_path, tmp_path / "file" / "attache.db"):
        with pytest.raises(StoreError, match=f"^database {wrong}: [^\n]+$"):
            SqliteStore(wrong)


def test_a_database_that_cannot_be_written_is_one_clear_line(store: SqliteStore) -> None:
    """A read-only database can be read; writing says so."""
    store.set_feeds([feed()])
    store._connection.db.execute("pragma query_only = on")

    with pytest.raises(StoreError, match="readonly"):
        store.set_feeds([])
    assert len(store.feeds()) == 1


CALLS: dict[str, Callable[[SqliteStore], object]] = {
    "set_feeds": lambda store: store.set_feeds([feed()]),
    "feeds": lambda store: store.feeds(),
    "feed_health": lambda store: store.feed_health(NOW),
    "known_entries": lambda store: store.known_entries(feed(), []),
    "save_poll": lambda store: store.save_poll(
        poll(FeedForUpdate(feed=feed()), read(entry("Visit"), visit()))
    ),
    "trips": lambda store: store.trips(FIRST, LAST),
    "trip": lambda store: store.trip("1.0"),
    "headlines": lambda store: store.headlines(NOW, NOW, words=["korea"]),
    "briefing": lambda store: store.briefing("b1"),
    "was_briefed": lambda store: store.was_briefed(Slot(name="morning", due_at=NOW), "telegram:1"),
    "last_briefed_at": lambda store: store.last_briefed_at("morning", "telegram:1", NOW),
    "told": lambda store: store.told("telegram:1"),
    "current_chat": lambda store: store.current_chat("telegram:1"),
    "migrate_chat": lambda store: store.migrate_chat("telegram:1", "telegram:2"),
    "put_in_outbox": lambda store: store.put_in_outbox(outgoing()),
    "open_deliveries": lambda store: store.open_deliveries(NOW),
    "deliveries": lambda store: store.deliveries("b1"),
    "recover": lambda store: store.recover(),
}


@pytest.mark.parametrize("name", CALLS)
def test_errors_of_the_database_stop_at_the_store(store: SqliteStore, name: str) -> None:
    """No caller needs to know SQLite's errors."""
    store._connection.db.conn.execute("pragma foreign_keys = off")
    for (table,) in store._connection.db.conn.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
        " and name not like 'articles_fts_%' and name not like 'articles_short_%'"
    ).fetchall():
        store._connection.db.conn.execute(f"drop table {table}")

    with pytest.raises(StoreError):
        CALLS[name](store)


def test_a_write_that_fails_half_way_leaves_nothing(store: SqliteStore) -> None:
    """A poll is stored as a whole or not at all, and the store works on afterwards."""
    before = due(store, feed())
    wrong = read(entry("Wrong"), visit(), article_id=999)

    with pytest.raises(StoreError):
        store.save_poll(poll(before, read(entry("Right"), visit()), wrong))

    assert (store.trips(FIRST, LAST), store.feeds()) == ([], [before])
    assert store.save_poll(poll(before, read(entry("Right"), visit())))


OPENER = """
import sys
from pathlib import Path
from bot.adapters.sqlite_store import SqliteStore

SqliteStore(Path(sys.argv[1])).close()
"""


WRITER = """
import sys
from pathlib import Path
from bot.adapters.sqlite_store import SqliteStore
from tests.store_records import entry, feed, outgoing, poll, read, visit

name, path = sys.argv[1], Path(sys.argv[2])
with SqliteStore(path) as store:
    for number in range(20):
        due = next(each for each in store.feeds() if each.feed.name == name)
        item = entry(f"{name} {number}", link=f"https://{name}.example/{number}")
        assert store.save_poll(poll(due, read(item, visit())))
        store.put_in_outbox(outgoing("telegram:1", name, id=f"{name}-{number}"))
"""


def process(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Another process with this program, at the root of the checkout."""
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(command, cwd=Path(__file__).parent.parent)  # noqa: S603 - our own program


def test_processes_that_write_at_a_time_lose_nothing(store: SqliteStore, path: Path) -> None:
    """Three processes report one trip and brief one slot: every report is in, the slot is briefed once."""
    names = ["Antara", "Yonhap", "TASS"]
    store.set_feeds([feed(name) for name in names])

    writers = [process(WRITER, name, str(path)) for name in names]
    codes = [writer.wait(timeout=60) for writer in writers]

    assert codes == [0, 0, 0]
    (trip,) = store.trips(FIRST, LAST)
    assert len(trip.reports) == 60
    assert len(store.open_deliveries(NOW)) == 1


def test_processes_that_open_a_new_database_at_a_time_all_can(path: Path) -> None:
    """The first start of `run` beside a `brief`: the tables are made once."""
    openers = [process(OPENER, str(path)) for _ in range(4)]

    assert [opener.wait(timeout=60) for opener in openers] == [0, 0, 0, 0]


def test_threads_share_one_store(store: SqliteStore) -> None:
    """Chats read while polls write."""
    store.set_feeds([feed(f"Feed{number}") for number in range(4)])
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(10):
                known = next(each for each in store.feeds() if each.feed.name == f"Feed{number}")
                link = f"https://{number}.example/{turn}"
                store.save_poll(poll(known, read(entry(f"{number} {turn}", link=link), visit())))
                store.trips(FIRST, LAST)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (trip,) = store.trips(FIRST, LAST)
    assert (failures, len(trip.reports)) == ([], 40)
