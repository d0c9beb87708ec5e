"""Chooses what one briefing says: which trips in which group, what changed, which headlines.

Pure: everything comes as an argument, `now` among it.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.headlines import group_headlines
from bot.importance import importance_of
from bot.model import Briefing, BriefingItem, Change, Conflict, FailedFeed, Section, Source, TourStop
from bot.records import StoredHeadline
from bot.sections import section_of
from bot.topics import Topic, matches, matches_article
from digest.facts import PartialDate, Salience
from digest.trips import Report, Trip

__all__ = ["LOOKBACK", "Occasion", "compose", "differences", "state_of", "states_told"]

#: How far an answer without time words looks back.
LOOKBACK = dt.timedelta(days=30)
#: More headlines than these are no briefing any more.
MOST_HEADLINES = 10

_SLOTS = ("status", "start", "end")
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """For whom a briefing is made, and when."""

    #: The briefing's own id.
    id: str
    #: Aware.
    now: dt.datetime
    #: IANA name of the reader's time zone.
    timezone: str = "UTC"
    #: The reader's language.
    language: str = "en"
    lookback: dt.timedelta = LOOKBACK
    #: The subscription's name, None for an answer to `/brief`.
    name: str | None = None
    #: What the reader was told of each trip before, by trip id; None: tell everything.
    told: Mapping[str, str] | None = None
    feeds_answered: int = 0
    feeds_failed: tuple[FailedFeed, ...] = ()

    @property
    def today(self) -> dt.date:
        """The day on the reader's own calendar."""
        return self.now.astimezone(ZoneInfo(self.timezone)).date()


def compose(
    occasion: Occasion,
    topics: Sequence[Topic],
    trips: Iterable[Trip],
    headlines: Iterable[StoredHeadline],
    *,
    say_unknown: Callable[[str], str],
) -> Briefing:
    """Make one briefing.

    Where the occasion says what its reader was told, only what is new or changed since is told;
    otherwise everything of the topics that is under way, to come or just over.

    Args:
        occasion: For whom and when.
        topics: Whatever is of one of them is told; none: everything.
        trips: Candidates.
        headlines: Candidates without a visit, of the time to tell of.
        say_unknown: Writes the note for words that name nothing known, in the reader's language.
    """
    asked = tuple(topics) or (Topic(query=""),)
    unknown = [word for topic in asked for word in topic.typed_words]
    items = [item for trip in trips if (item := _item(occasion, asked, trip)) is not None]
    order = {section: place for place, section in enumerate(Section)}
    items.sort(key=lambda item: (order[item.section], -item.weight, item.id))
    articles = [h for h in headlines if any(matches_article(topic, h, occasion.timezone) for topic in asked)]
    return Briefing(
        id=occasion.id,
        query=", ".join(topic.query for topic in topics),
        generated_at=occasion.now,
        language=occasion.language,
        timezone=occasion.timezone,
        name=occasion.name,
        items=tuple(items),
        headlines=group_headlines([article.source for article in articles], most=MOST_HEADLINES),
        narrowings=asked[0].narrowings if occasion.name is None else (),
        note=say_unknown(" ".join(unknown)) if unknown else None,
        feeds_answered=occasion.feeds_answered,
        feeds_failed=occasion.feeds_failed,
    )


def state_of(shown: Trip | BriefingItem) -> str:
    """What to remember that a reader knows of a trip once told: its status and days, as short text."""
    return " ".join((str(shown.status), _text(shown.start), _text(shown.end)))


def states_told(briefing: Briefing) -> dict[str, str]:
    """What to remember of each trip once a reader has this briefing, by trip id."""
    return {item.id: state_of(item) for item in briefing.items}


def differences(told: str, trip: Trip) -> tuple[str, ...]:
    """What is otherwise than a reader was told ("planned -> underway", "start 2024-06-16 -> 2024-06-18").

    Args:
        told: What `state_of` gave at the time.
        trip: As it is now.
    """
    pairs = zip(_SLOTS, told.split(" "), state_of(trip).split(" "), strict=True)
    return tuple(
        f"{before} -> {after}" if slot == "status" else f"{slot} {before} -> {after}"
        for slot, before, after in pairs
        if before != after
    )


def _text(value: PartialDate | None) -> str:
    return str(value) if value else _UNKNOWN


def _item(occasion: Occasion, topics: Sequence[Topic], trip: Trip) -> BriefingItem | None:
    """A trip as this briefing tells it, None where it does not."""
    since = [_since(topic, occasion) for topic in topics if matches(topic, trip)]
    section = section_of(trip, occasion.today, min(since)) if since else None
    if section is None:
        return None
    item = _shown(trip, section, occasion.language)
    told_as = _told_as(trip, occasion.told) if occasion.told is not None else None
    if occasion.told is not None and told_as is not None:
        changes = differences(occasion.told[told_as], trip)
        if not changes:
            return None
        item = replace(
            item,
            section=Section.CHANGED,
            changed="; ".join(changes),
            changed_by=_sayers(trip, occasion.told[told_as]),
            told_as=told_as,
        )
    return replace(item, importance=importance_of(trip, topics, occasion.today))


def _since(topic: Topic, occasion: Occasion) -> dt.date:
    """The day from which on what is over is told: time words reach further than the usual days."""
    return topic.window[0] if topic.window else occasion.today - occasion.lookback


def _told_as(trip: Trip, told: Mapping[str, str]) -> str | None:
    """The id under which a reader was told of a trip, None where they were not.

    Trips are named after their first report: one that was joined into this one meanwhile is found by
    a report's id, so that the reader is not told of it anew.
    """
    ids = (trip.id, *(report.id for report in trip.reports))
    return next((id for id in ids if id in told), None)


def _sayers(trip: Trip, told: str) -> tuple[str, ...]:
    """The outlets that say what is otherwise than a reader was told, the first to say so first."""
    values = zip(told.split(" "), state_of(trip).split(" "), strict=True)
    new = [before != after for before, after in values]
    outlets = [
        report.outlet
        for report in trip.reports
        for changed, says, shown in zip(
            new,
            (report.visit.status, report.visit.start, report.visit.end),
            (trip.status, trip.start, trip.end),
            strict=True,
        )
        if changed and says is not None and says == shown
    ]
    return tuple(dict.fromkeys(outlets))


def _shown(trip: Trip, section: Section, language: str) -> BriefingItem:
    purpose = _purpose(trip, language)
    return BriefingItem(
        id=trip.id,
        section=section,
        visitors=trip.visitors,
        destinations=trip.destinations,
        hosts=trip.hosts,
        start=trip.start,
        end=trip.end,
        date_conflict=trip.date_conflict,
        status=trip.status,
        kind=trip.kind,
        purpose=purpose or trip.purpose,
        purpose_class=None if purpose else trip.purpose_class,
        conflicts=tuple(Conflict(slot=c.slot, value=c.value, sources=c.outlets) for c in trip.conflicts),
        history=tuple(Change(at=c.at, change=str(c), source=c.outlet) for c in trip.history),
        sources=_sources(trip),
        tour=tuple(TourStop(id=s.trip_id, country=s.country, start=s.start) for s in trip.tour),
    )


def _purpose(trip: Trip, language: str) -> str | None:
    """Why, in words of the reader's language; None where no source has them."""
    own = (r.visit.purpose for r in reversed(trip.reports) if r.language == language and r.visit.purpose)
    return next(own, None)


def _sources(trip: Trip) -> tuple[Source, ...]:
    """One source an article, the newest first; an article's headline report speaks for it."""
    best: dict[str, Report] = {}
    for report in trip.reports:
        known = best.get(report.article_id)
        if known is None or known.visit.salience is Salience.BACKGROUND:
            best[report.article_id] = report
    newest = sorted(best.values(), key=lambda r: (r.told_at, r.id), reverse=True)
    return tuple(
        Source(
            name=report.outlet,
            url=report.url,
            language=report.language,
            published_at=report.published_at,
            evidence=report.visit.evidence.text,
            title=report.title,
        )
        for report in newest
    )
