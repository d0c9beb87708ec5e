"""Near-identical texts in the database: what they are found by, and which article told one first."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from bot.adapters.store_codec import moment, to_moment
from bot.copies import NEAR, bands_of, original_of
from bot.records import KnownText

__all__ = ["LIKE", "forget_bands", "like_parameters", "note_copy", "texts_of"]

#: Bands are looked up for as many days on both sides, and then only take room.
KEPT = dt.timedelta(days=14)
#: A wire that hundreds of outlets carry need not be compared with each.
MOST = 24

#: Articles that may have the text, the oldest first; the whole condition may be narrowed down.
LIKE = f"""
    select distinct a.id, a.title, a.text, a.copy_of from text_bands b join articles a on a.id = b.article_id
    where b.day in (select value from json_each(:days)) and b.band in (select value from json_each(:bands))
    and a.dated_at between :since and :until and a.id != :self
    {{more}} order by a.dated_at, a.id limit {MOST}
    """  # noqa: S608 - constants


def like_parameters(bands: Sequence[int], at: dt.datetime, article_id: int = 0) -> dict[str, object]:
    """The parameters of `LIKE` for a text that was told at a time, by an article that has its own id."""
    first, last = (at - NEAR).toordinal(), (at + NEAR).toordinal()
    return {
        "days": json.dumps([*range(first, last + 1)]),
        "bands": json.dumps(bands),
        "since": to_moment(at - NEAR),
        "until": to_moment(at + NEAR),
        "self": article_id,
    }


def texts_of(rows: Sequence[dict[str, Any]]) -> list[KnownText]:
    """The articles of these rows, to be compared."""
    return [KnownText(article_id=row["id"], title=row["title"], text=row["text"]) for row in rows]


def note_copy(db: Database, article_id: int) -> None:
    """Make an article findable by its text, and say whose copy it is.

    Within the transaction that stores it: outlets that carry one wire are polled at the same time.
    """
    article = next(db.query("select feed_url, text, dated_at from articles where id = ?", [article_id]))
    bands, at = bands_of(article["text"]), moment(article["dated_at"])
    original: int | None = None
    if bands:
        # Within one outlet nothing depends on it, and pages behind a wall would be copies of each other.
        found = LIKE.format(more="and a.feed_url != :feed")
        parameters = like_parameters(bands, at, article_id) | {"feed": article["feed_url"]}
        rows = list(db.query(found, parameters))
        first = original_of(article["text"], texts_of(rows))
        if first is not None:
            original = _root(rows, first.article_id, article_id)
    # Only where it changes: each update of an article renews its place in the index of words.
    db.execute(
        "update articles set copy_of = :original where id = :id and copy_of is not :original",
        {"original": original, "id": article_id},
    )
    # Those of an earlier text stay: what they lead to is compared, so that they do no harm.
    db.execute(
        "insert or ignore into text_bands (day, band, article_id) select ?, value, ? from json_each(?)",
        [at.toordinal(), article_id, json.dumps(bands)],
    )


def _root(rows: Sequence[dict[str, Any]], found: int, article_id: int) -> int | None:
    """The article that the found one copies itself, so that all copies name the same one."""
    root = next(row["copy_of"] or row["id"] for row in rows if row["id"] == found)
    # An edit of the first one makes it no copy of its copies.
    return int(root) if root != article_id else None


def forget_bands(db: Database, now: dt.datetime) -> None:
    """Drop what no text will be compared with any more."""
    db.execute("delete from text_bands where day < ?", [(now - KEPT).toordinal()])
