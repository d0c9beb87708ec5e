"""Reports, the trips they tell of, and headlines in the database."""

import datetime as dt
import functools
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from bot.adapters.store_codec import from_text, moment, to_moment
from bot.adapters.store_reports import REPORTS, country_key, report_of
from bot.adapters.store_schema import Tables
from bot.adapters.store_tours import tour_from_text
from bot.adapters.store_words import words_in_titles
from bot.model import Feed, Source
from bot.records import StoredHeadline
from digest.folding import folded
from digest.trips import Report, Trip, trip_of

__all__ = ["TripTables"]

_HEADLINES = """
    select a.id, a.title, a.link, a.language, a.published_at, a.dated_at, a.copy_of,
        f.name as outlet, f.settings
    from articles a join feeds f on f.url = a.feed_url
    """

_IDS = """
    select min(id) as first_id, max(id) as last_id from articles
    where dated_at >= :since and dated_at < :until
    """

_IN_WINDOW = """
    a.dated_at >= :since and a.dated_at < :until
    and not exists (select 1 from reports r where r.article_id = a.id)
    """


class TripTables(Tables):
    """Trips and headlines: implements `ports.TripStore`."""

    def trips(
        self, since: dt.date, until: dt.date, *, countries: Collection[str] | None = None
    ) -> list[Trip]:
        """The trips that touch these days: by their dates, or where undated by when they were told.

        Args:
            since: First day.
            until: Last day.
            countries: Only trips from, to, or received by these (ISO 3166-1 alpha-2).
        """
        wanted = "(select id from trips where last_on >= :since and first_on <= :until)"
        if countries is not None:
            wanted = """(
                select t.id from trips t join trip_keys k on k.trip_id = t.id
                where k.key in (select value from json_each(:keys))
                and t.last_on >= :since and t.first_on <= :until
                )"""
        parameters: dict[str, object] = {
            "since": since.isoformat(),
            "until": until.isoformat(),
            "keys": json.dumps([country_key(country) for country in countries or ()]),
        }
        return _trips(self._connection.rows(REPORTS + wanted, parameters))

    def trip(self, trip_id: str) -> Trip | None:
        """One trip by its id, or by that of any report that was joined into it; None: there is none."""
        meant = "(select trip_id from reports where id = ?)"
        found = _trips(self._connection.rows(REPORTS + meant, [trip_id]))
        return found[0] if found else None

    def headlines(
        self,
        since: dt.datetime,
        until: dt.datetime,
        *,
        words: Collection[str] = (),
        labels: Collection[str] = (),
        limit: int = 500,
    ) -> list[StoredHeadline]:
        """Articles of this window that report no visit, the newest first.

        Args:
            since: From this moment on.
            until: Before this moment.
            words: Only titles with at least one of these in them, however written (case, accents), and
                anywhere in a word, but for those of one or two letters of an alphabet ...
            labels: ... or articles of feeds with one of these topics. Neither: all articles.
            limit: At most so many.
        """
        window: dict[str, object] = {"since": to_moment(since), "until": to_moment(until), "limit": limit}
        if words:
            # What was dated in the window lies between these, so that the index of words is read no further.
            window |= self._connection.rows(_IDS, window)[0]
        found = [
            row
            for condition, values in self._conditions(words, labels)
            for row in self._connection.rows(f"{_HEADLINES} {condition} limit :limit", window | values)
        ]
        unique = {row["id"]: row for row in found}.values()
        newest = sorted(unique, key=lambda row: (row["dated_at"], row["id"]), reverse=True)
        return [_headline(row) for row in newest[:limit]]

    def _conditions(
        self, words: Collection[str], labels: Collection[str]
    ) -> Iterator[tuple[str, dict[str, object]]]:
        """The ways to look headlines up, each served by an index of its own."""
        latest = "order by a.dated_at desc"
        if not words and not labels:
            yield f"where {_IN_WINDOW} {latest}", {}
        # Driven by the index of words, from the newest row on, so that it can stop at the limit.
        for table, match in words_in_titles(frozenset(map(folded, words)) - {""}).items():
            yield (
                f"""
                join {table} on {table}.rowid = a.id
                where {table} match :words and {_IN_WINDOW}
                and {table}.rowid between :first_id and :last_id
                order by {table}.rowid desc
                """,
                {"words": match},
            )
        if urls := self._labelled(labels):
            member = "a.feed_url in (select value from json_each(:feeds))"
            yield f"where {_IN_WINDOW} and {member} {latest}", {"feeds": json.dumps(urls)}

    def _labelled(self, labels: Collection[str]) -> list[str]:
        """The feeds that carry one of these topics."""
        wanted = {folded(label) for label in labels}
        rows = self._connection.rows("select url, settings from feeds") if wanted else []
        return [
            row["url"]
            for row in rows
            if not wanted.isdisjoint(folded(topic) for topic in _topics_of(row["settings"]))
        ]


def _trips(rows: Iterable[dict[str, Any]]) -> list[Trip]:
    """The trips that rows of reports tell of, by id."""
    by_trip: dict[str, list[Report]] = {}
    tours: dict[str, str | None] = {}
    for row in rows:
        by_trip.setdefault(row["trip_id"], []).append(report_of(row))
        tours[row["trip_id"]] = row["tour"]
    return [
        replace(trip_of(by_trip[id]), tour=tour_from_text(tours[id])) if tours[id] else trip_of(by_trip[id])
        for id in sorted(by_trip)
    ]


@functools.lru_cache(maxsize=1024)
def _topics_of(settings: str) -> tuple[str, ...]:
    """The labels in a feed's settings: many rows are of few feeds."""
    return from_text(Feed, settings).topics


def _headline(row: dict[str, Any]) -> StoredHeadline:
    return StoredHeadline(
        source=Source(
            name=row["outlet"],
            url=row["link"],
            language=row["language"],
            published_at=moment(row["published_at"]) if row["published_at"] else None,
            evidence="",
            title=row["title"],
            text_id=str(row["copy_of"] or row["id"]),
        ),
        topics=_topics_of(row["settings"]),
    )
