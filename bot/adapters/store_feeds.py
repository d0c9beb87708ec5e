"""Feeds, articles and polls in the database."""

import datetime as dt
import json
import logging
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from bot.adapters.store_codec import from_text, moment, to_moment, to_text
from bot.adapters.store_copies import LIKE, forget_bands, like_parameters, note_copy, texts_of
from bot.adapters.store_joining import replace_reports
from bot.adapters.store_schema import Tables
from bot.adapters.store_words import short_words
from bot.copies import bands_of
from bot.model import FailedFeed, Feed, FeedForUpdate, Moved
from bot.records import EntryKeys, FeedHealth, FeedPoll, KnownEntry, KnownText, ReadArticle
from digest.agencies import credited_agency
from digest.folding import folded
from digest.trips import Report
from digest.world import World

__all__ = ["FeedTables"]

logger = logging.getLogger(__name__)

#: A feed that was not polled for so long, and for twice its own time, has nothing to say of today.
STALE = dt.timedelta(days=1)


class FeedTables(Tables):
    """The feeds and what they listed: implements `ports.FeedStore`."""

    def set_feeds(self, feeds: Sequence[Feed]) -> None:
        """Poll these feeds from now on, and no others; what others brought stays.

        A feed whose address was changed for the one it had moved to, or for https, is the same feed.
        """
        with self._connection.immediate() as db:
            _rename_moved(db, [feed.url for feed in feeds])
            db.execute("update feeds set position = null where position is not null")
            for position, feed in enumerate(feeds):
                row = {
                    "url": feed.url,
                    "name": feed.name,
                    "settings": to_text(feed),
                    "position": position,
                }
                db.table("feeds").upsert(row, pk="url")

    def feeds(self) -> list[FeedForUpdate]:
        """The feeds to poll, in the order of the settings."""
        has_listed = "exists (select 1 from entries where entries.feed_url = feeds.url) as has_listed"
        rows = self._connection.rows(
            f"select *, {has_listed} from feeds where position is not null order by position"  # noqa: S608
        )
        return [replace(_feed_for_update(row), has_listed=bool(row["has_listed"])) for row in rows]

    def feed_health(self, now: dt.datetime) -> FeedHealth:
        """How the feeds answered when they were last polled; one not polled for long counts as failed."""
        rows = self._connection.rows(
            """
            select * from feeds
            where position is not null and last_polled_at is not null order by position
            """
        )
        reasons = ((row["name"], row["last_error"] or _stale(_feed_for_update(row), now)) for row in rows)
        failed = tuple(FailedFeed(name=name, reason=reason) for name, reason in reasons if reason)
        return FeedHealth(answered=len(rows) - len(failed), failed=failed)

    def known_entries(self, feed: Feed, keys: Sequence[EntryKeys]) -> list[KnownEntry]:
        """The known articles that share a key with these, from this feed, or by link from any."""
        # Left to itself, the planner walks through all that the feed ever listed, to have it in order.
        found = """
            select * from entries indexed by entries_by_id
                where feed_url = :feed and id_key in (select value from json_each(:ids))
            union select * from entries indexed by entries_by_link
                where link_key in (select value from json_each(:links))
            union select * from entries indexed by entries_by_title
                where feed_url = :feed and title_key in (select value from json_each(:titles))
            union select * from entries indexed by entries_by_content
                where feed_url = :feed and content_key in (select value from json_each(:contents))
            order by article_id
            """
        parameters: dict[str, object] = {
            "feed": feed.url,
            "ids": json.dumps([each.id for each in keys if each.id]),
            "links": json.dumps([each.link for each in keys if each.link]),
            "titles": json.dumps([each.title for each in keys if each.title]),
            "contents": json.dumps([each.content for each in keys]),
        }
        return [_known_entry(row, feed.url) for row in self._connection.rows(found, parameters)]

    def texts_like(self, feed: Feed, text: str, at: dt.datetime) -> list[KnownText]:
        """The feed's articles of some days before and after that may have this text."""
        bands = bands_of(text)
        if not bands:
            return []
        found = LIKE.format(more="and a.feed_url = :feed")
        parameters = like_parameters(bands, at) | {"feed": feed.url}
        return texts_of(self._connection.rows(found, parameters))

    def texts(self, article_ids: Collection[int]) -> list[KnownText]:
        """These articles."""
        found = "select id, title, text from articles where id in (select value from json_each(?))"
        return texts_of(self._connection.rows(found, [json.dumps([*article_ids])]))

    def save_poll(self, poll: FeedPoll) -> bool:
        """Store all that a poll brought, in one transaction.

        Returns:
            False where the feed was polled by somebody else since this poll began: nothing is stored then,
            as its entries were sifted against what is no longer all that is known.
        """
        with self._connection.immediate() as db:
            if not _save_outcome(db, poll):
                return False
            for article in poll.articles:
                _save_article(db, poll, article, self._world)
            for listed in poll.listed:
                _save_entry(db, poll.due.feed.url, listed.article_id, listed.keys, listed.published_at)
            forget_bands(db, poll.polled_at)
            return True


def _rename_moved(db: Database, urls: Sequence[str]) -> None:
    """Give what a feed brought to its new address, so that none of it is new there."""
    rows = list(db.query("select url, moved_to from feeds"))
    known = {row["url"] for row in rows}
    left = {row["url"]: row["moved_to"] for row in rows if row["url"] not in urls}
    # What refers to the old address is changed after it.
    db.execute("pragma defer_foreign_keys = on")
    for url in urls:
        old = next((o for o, moved in left.items() if url in {moved, _secure(o)}), None)
        if url in known or old is None:
            continue
        del left[old]
        values = {"url": url, "old": old}
        nowhere = "moved_to = null, moved_since = null, moved_checked_at = null"
        db.execute(f"update feeds set url = :url, {nowhere} where url = :old", values)  # noqa: S608 - constant
        db.execute("update articles set feed_url = :url where feed_url = :old", values)
        db.execute("update entries set feed_url = :url where feed_url = :old", values)


def _secure(url: str) -> str:
    return "https" + url.removeprefix("http") if url.startswith("http://") else url


def _save_outcome(db: Database, poll: FeedPoll) -> bool:
    """Note how the poll went, unless the feed was polled since: its count of polls says so."""
    succeeded = poll.failure is None
    row: dict[str, Any] = {
        "url": poll.due.feed.url,
        "polls": poll.due.polls,
        "at": to_moment(poll.polled_at),
        "success": to_moment(poll.polled_at) if succeeded else None,
        "failures": 0 if succeeded else poll.due.failures + 1,
        "error": poll.failure,
        "etag": poll.etag,
        "modified": poll.last_modified,
        "answered": succeeded,
        "moved_to": poll.moved and poll.moved.to,
        "moved_since": poll.moved and to_moment(poll.moved.since),
        "moved_checked_at": poll.moved and to_moment(poll.moved.checked_at),
    }
    cursor = db.execute(
        """
        update feeds set
            polls = polls + 1, last_polled_at = :at, failures = :failures, last_error = :error,
            last_success_at = coalesce(:success, last_success_at),
            etag = iif(:answered, :etag, etag),
            last_modified = iif(:answered, :modified, last_modified),
            moved_to = iif(:answered, :moved_to, moved_to),
            moved_since = iif(:answered, :moved_since, moved_since),
            moved_checked_at = iif(:answered, :moved_checked_at, moved_checked_at)
        where url = :url and polls = :polls
        """,
        row,
    )
    return cursor.rowcount == 1


def _save_article(db: Database, poll: FeedPoll, article: ReadArticle, world: World) -> None:
    feed, published_at = poll.due.feed, article.entry.published_at
    owner = _owner(db, article.keys.link)
    if article.article_id is None and owner is not None:
        # Another feed brought the article while this one was being read: one article, one report.
        _save_entry(db, feed.url, owner, article.keys, published_at)
        return
    row = _article_row(article, article.keys.link if owner in {None, article.article_id} else None)
    if article.article_id is None:
        fetched_at = to_moment(poll.polled_at)
        row |= {"feed_url": feed.url, "fetched_at": fetched_at, "dated_at": fetched_at}
        db.table("articles").insert(row)
        article_id: int = db.execute("select last_insert_rowid()").fetchone()[0]
    else:
        article_id = article.article_id
        db.table("articles").update(article_id, row)
    # No feed can tell of tomorrow: what claims to is dated by its arrival.
    dated = "min(coalesce(published_at, fetched_at), fetched_at)"
    db.execute(f"update articles set dated_at = {dated} where id = ?", [article_id])  # noqa: S608 - constant
    _save_entry(db, feed.url, article_id, article.keys, published_at)
    note_copy(db, article_id)
    _join(db, article_id, _reports(db, article_id, article), world)


def _join(db: Database, article_id: int, reports: Sequence[Report], world: World) -> None:
    """Join an article's visits into trips; where ours fails at that, the article itself is still kept."""
    try:
        with db.atomic():
            replace_reports(db, article_id, reports, world)
    except sqlite3.Error:
        raise
    except Exception as error:
        logger.exception("joining broke article=%d", article_id)
        note = f"its visits could not be joined: {type(error).__name__}"
        db.table("articles").update(article_id, {"note": note})


def _owner(db: Database, link: str | None) -> int | None:
    """The article that has this canonical link."""
    found = list(db.query("select id from articles where canonical_link = ?", [link])) if link else []
    return found[0]["id"] if found else None


def _article_row(article: ReadArticle, link: str | None) -> dict[str, Any]:
    published = article.entry.published_at
    return {
        "canonical_link": link,
        "link": article.entry.link,
        "title": article.entry.title,
        "folded_title": folded(article.entry.title),
        "short_words": short_words(folded(article.entry.title)),
        "text": article.text,
        "language": article.language,
        "published_at": to_moment(published) if published else None,
        "note": article.note,
    }


def _reports(db: Database, article_id: int, article: ReadArticle) -> list[Report]:
    """The article's visits as reports, of the feed that brought it first and of the time it arrived."""
    found = """
        select a.fetched_at, a.copy_of, f.name as outlet
        from articles a join feeds f on f.url = a.feed_url where a.id = ?
        """
    first = next(db.query(found, [article_id]))
    agency = credited_agency(article.text)
    return [
        Report(
            id=f"{article_id}.{number}",
            visit=visit,
            outlet=first["outlet"],
            url=article.entry.link,
            language=article.language,
            title=article.entry.title,
            published_at=article.entry.published_at,
            received_at=moment(first["fetched_at"]),
            article_id=str(article_id),
            copy_of=str(first["copy_of"]) if first["copy_of"] else None,
            follows=f"{article_id}.{visit.follows}" if visit.follows is not None else None,
            agency=agency,
        )
        for number, visit in enumerate(article.visits)
    ]


def _save_entry(
    db: Database, feed_url: str, article_id: int, keys: EntryKeys, published_at: dt.datetime | None
) -> None:
    row = {
        "feed_url": feed_url,
        "article_id": article_id,
        "id_key": keys.id,
        "link_key": keys.link,
        "title_key": keys.title,
        "content_key": keys.content,
        "published_at": to_moment(published_at) if published_at else None,
    }
    db.table("entries").upsert(row, pk=("feed_url", "article_id"))


def _known_entry(row: dict[str, Any], feed_url: str) -> KnownEntry:
    return KnownEntry(
        article_id=row["article_id"],
        keys=EntryKeys(
            id=row["id_key"], link=row["link_key"], title=row["title_key"], content=row["content_key"]
        ),
        same_feed=row["feed_url"] == feed_url,
        published_at=_moment(row["published_at"]),
    )


def _stale(known: FeedForUpdate, now: dt.datetime) -> str | None:
    """Since when a feed was not polled, where that is too long ago."""
    polled_at = known.last_polled_at
    if polled_at is None or now - polled_at <= max(STALE, 2 * known.feed.every):
        return None
    return f"not polled since {polled_at:%Y-%m-%d}"


def _feed_for_update(row: dict[str, Any]) -> FeedForUpdate:
    return FeedForUpdate(
        feed=from_text(Feed, row["settings"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        last_polled_at=_moment(row["last_polled_at"]),
        last_success_at=_moment(row["last_success_at"]),
        failures=row["failures"],
        polls=row["polls"],
        moved=_moved(row),
    )


def _moved(row: dict[str, Any]) -> Moved | None:
    since, checked_at = _moment(row["moved_since"]), _moment(row["moved_checked_at"])
    return Moved(to=row["moved_to"], since=since, checked_at=checked_at) if since and checked_at else None


def _moment(text: str | None) -> dt.datetime | None:
    return moment(text) if text else None
