"""The database file: opening it, its tables, and the one way to write to it."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations
from sqlite_utils.db import NotFoundError

from bot.adapters.store_reports import save_all_keys
from bot.adapters.store_words import add_short_words
from bot.errors import StoreError
from digest.world import World

__all__ = ["Connection", "Tables"]

#: Seconds that a writer waits for another process to finish its transaction.
BUSY_TIMEOUT = 30.0


MIGRATIONS = Migrations("attache")

# Moments are ISO 8601 in UTC with microseconds: of one width, so that text order is time order, and
# readable with any SQLite tool.
_FIRST_TABLES = (
    """
    create table feeds (
        url text primary key,
        name text not null,
        settings text not null,
        position integer,              -- in the settings; null: not polled any more
        polls integer not null default 0,
        etag text,
        last_modified text,
        last_polled_at text,
        last_success_at text,
        failures integer not null default 0,
        last_error text
    )
    """,
    """
    create table articles (
        id integer primary key,
        feed_url text not null references feeds(url),
        canonical_link text unique,    -- null where the link names several articles
        link text,
        title text not null,
        folded_title text not null,    -- what words are looked for in
        text text not null,
        language text,
        published_at text,
        fetched_at text not null,
        dated_at text not null,        -- the earlier of both
        note text
    )
    """,
    "create index articles_by_date on articles(dated_at)",
    """
    create table entries (             -- which feed lists which article, and by which keys
        feed_url text not null references feeds(url),
        article_id integer not null references articles(id),
        id_key text,
        link_key text,
        title_key text,
        content_key text not null,
        published_at text,
        primary key (feed_url, article_id)
    )
    """,
    "create index entries_by_id on entries(feed_url, id_key)",
    "create index entries_by_link on entries(link_key)",
    "create index entries_by_title on entries(feed_url, title_key)",
    "create index entries_by_content on entries(feed_url, content_key)",
    """
    create table trips (
        id text primary key,
        first_on text not null,        -- the days it may touch, for windows; its reports say the rest
        last_on text not null
    )
    """,
    "create index trips_by_end on trips(last_on, first_on)",
    """
    create table trip_keys (           -- what a trip is found by: `digest.merge.trip_keys`, "country:KP"
        key text not null,
        trip_id text not null references trips(id) on delete cascade,
        primary key (key, trip_id)
    )
    """,
    "create index trip_keys_by_trip on trip_keys(trip_id)",
    """
    create table reports (             -- a visit as one article tells it
        id text primary key,
        article_id integer not null references articles(id),
        trip_id text not null references trips(id),
        visit text not null,
        received_at text not null
    )
    """,
    "create index reports_by_trip on reports(trip_id)",
    "create index reports_by_article on reports(article_id)",
    """
    create table chats (               -- chats that a platform gave another id
        id text primary key,
        moved_to text not null
    )
    """,
    """
    create table briefings (
        id text primary key,
        name text,
        generated_at text not null,
        briefing text not null
    )
    """,
    """
    create table slots (               -- turns of subscriptions that were briefed
        name text not null,
        chat text not null,
        due_at text not null,
        briefing_id text not null references briefings(id),
        primary key (name, chat, due_at)
    )
    """,
    """
    create table told (                -- what a briefing told a chat of a trip
        chat text not null,
        trip_id text not null,
        briefing_id text not null references briefings(id),
        state text not null,
        primary key (chat, trip_id, briefing_id)
    )
    """,
    """
    create table deliveries (          -- the outbox
        id integer primary key,
        briefing_id text not null references briefings(id),
        chat text not null,
        part_index integer not null,
        part text not null,
        state text not null
            check (state in ('pending', 'sending', 'sent', 'unknown', 'failed')),
        attempts integer not null default 0,
        created_at text not null,
        not_before text,
        message_id text,
        error text,
        unique (briefing_id, chat, part_index)
    )
    """,
    "create index deliveries_by_state on deliveries(state, chat)",
    "create index deliveries_by_chat on deliveries(chat, briefing_id)",
)


@MIGRATIONS(name="first_tables")
def _first_tables(db: Database) -> None:
    for statement in _FIRST_TABLES:
        db.execute(statement)
    # Trigrams find words in scripts that put no spaces between them.
    db.table("articles").enable_fts(["folded_title"], create_triggers=True, tokenize="trigram")


_COPIES_AND_MOVES = (
    "alter table feeds add column moved_to text",  # a permanent redirect, since when, when last asked
    "alter table feeds add column moved_since text",
    "alter table feeds add column moved_checked_at text",
    # The article of another feed that told the same text first.
    "alter table articles add column copy_of integer references articles(id)",
    # What near-identical texts are found by, day by day. It refers to nothing, because an outdated row is
    # harmless: what it leads to is compared.
    """
    create table text_bands (
        day integer not null,
        band integer not null,
        article_id integer not null,
        primary key (day, band, article_id)
    ) without rowid
    """,
)


@MIGRATIONS(name="copies_and_moves")
def _copies_and_moves(db: Database) -> None:
    for statement in _COPIES_AND_MOVES:
        db.execute(statement)


@MIGRATIONS(name="trips_by_days")
def _trips_by_days(db: Database) -> None:
    """What trips are found by, with its days; the keys are made anew from the reports."""
    db.execute("alter table reports add column follows text")  # the report of the stop before, on one tour
    db.execute("alter table reports add column agency text")  # whose wire the article is
    db.execute("create index reports_by_follows on reports(follows)")
    db.execute("drop table trip_keys")
    db.execute(
        """
        create table trip_keys (       -- `digest.travellers.keys_of`, "country:KP"
            key text not null,
            trip_id text not null references trips(id) on delete cascade,
            first_on text not null,    -- the days that its reports with this key speak of
            last_on text not null,
            primary key (key, trip_id)
        )
        """
    )
    db.execute("create index trip_keys_by_trip on trip_keys(trip_id)")
    db.execute("create index trip_keys_by_end on trip_keys(key, last_on, first_on)")
    save_all_keys(db)


@MIGRATIONS(name="tours")
def _tours(db: Database) -> None:
    db.execute("alter table trips add column stop text")  # what the other stops of its tour know of it
    db.execute("alter table trips add column tour text")  # all stops of its tour in order; null: none


@MIGRATIONS(name="short_words")
def _short_words(db: Database) -> None:
    """Short words have an index too; titles are folded anew, for Arabic and Hindi are folded further now."""
    add_short_words(db)


class Connection:
    """One connection to the database file, shared by the threads of this process.

    SQLite's own errors stop here as StoreError. Other processes may have the file open too.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        # One connection serves all threads in turn; re-entrant, as reads happen inside of writes.
        self._lock = threading.RLock()
        with self._translating():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            raw = sqlite3.connect(path, timeout=BUSY_TIMEOUT, check_same_thread=False)
            try:
                self.db = Database(raw, execute_plugins=False)
                self._prepare()
            except BaseException:
                raw.close()
                raise

    def _prepare(self) -> None:
        if self.db.journal_mode != "wal":
            self.db.enable_wal()
        self.db.execute("pragma foreign_keys = on")
        # In write-ahead mode this survives a crash of the program; a power cut may cost the last second.
        self.db.execute("pragma synchronous = normal")
        if MIGRATIONS.pending(self.db):
            with self.immediate():
                MIGRATIONS.apply(self.db)

    @contextmanager
    def immediate(self) -> Iterator[Database]:
        """A write transaction: all of it happens, or nothing.

        `BEGIN IMMEDIATE` takes the write lock at once and waits for it. The deferred `BEGIN` that
        `Database.atomic()` issues fails without waiting where another process wrote in between.
        """
        with self._lock, self._translating():
            self.db.conn.execute("begin immediate")
            try:
                yield self.db
            except BaseException:
                self.db.conn.rollback()
                raise
            self.db.conn.commit()

    def rows(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[dict[str, Any]]:
        """What a query gives, by column name."""
        with self._lock, self._translating():
            return list(self.db.query(sql, parameters))

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, NotFoundError, OSError) as error:
            raise StoreError(f"database {self.path}: {error}") from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self.db.close()


class Tables:
    """A group of tables; several groups share one connection."""

    def __init__(self, connection: Connection, world: World) -> None:
        self._connection = connection
        self._world = world
