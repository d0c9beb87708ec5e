"""A briefing as JSON, and back: what `attache brief --json` prints and what the store keeps.

Pure: the same briefing always gives the same JSON, and reading it back gives the same briefing.
"""

import datetime as dt
from typing import Any

from bot.model import (
    Briefing,
    BriefingItem,
    Change,
    Conflict,
    FailedFeed,
    Headline,
    Importance,
    Narrowing,
    Section,
    Source,
    TourStop,
)
from digest.facts import Destination, Kind, PartialDate, Party, PurposeClass, Status

__all__ = ["from_json", "to_json"]


def to_json(briefing: Briefing) -> dict[str, Any]:
    """The briefing in JSON's own types; dates are ISO 8601 at the precision that is known."""
    return {
        "id": briefing.id,
        "query": briefing.query,
        "name": briefing.name,
        "generated_at": briefing.generated_at.isoformat(),
        "language": briefing.language,
        "timezone": briefing.timezone,
        "note": briefing.note,
        "tells_history": briefing.tells_history,
        "items": [_item_to_json(item) for item in briefing.items],
        "headlines": [
            {"title": headline.title, "sources": [_source_to_json(source) for source in headline.sources]}
            for headline in briefing.headlines
        ],
        "narrowings": [{"label": choice.label, "query": choice.query} for choice in briefing.narrowings],
        "feeds": {
            "answered": briefing.feeds_answered,
            "failed": [{"name": feed.name, "reason": feed.reason} for feed in briefing.feeds_failed],
        },
    }


def from_json(value: dict[str, Any]) -> Briefing:
    """Read what `to_json` wrote.

    Raises:
        ValueError: It is not a briefing: a key is missing, or a value is of the wrong kind.
    """
    try:
        return Briefing(
            id=value["id"],
            query=value["query"],
            name=value["name"],
            generated_at=dt.datetime.fromisoformat(value["generated_at"]),
            language=value["language"],
            timezone=value["timezone"],
            note=value["note"],
            tells_history=value.get("tells_history", False),
            items=tuple(_item_from_json(item) for item in value["items"]),
            headlines=tuple(
                Headline(title=headline["title"], sources=_sources_from_json(headline["sources"]))
                for headline in value["headlines"]
            ),
            narrowings=tuple(
                Narrowing(label=choice["label"], query=choice["query"]) for choice in value["narrowings"]
            ),
            feeds_answered=value["feeds"]["answered"],
            feeds_failed=tuple(
                FailedFeed(name=feed["name"], reason=feed["reason"]) for feed in value["feeds"]["failed"]
            ),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not a briefing: {type(error).__name__}: {error}") from error


def _item_to_json(item: BriefingItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "section": str(item.section),
        "visitors": [_party_to_json(party) for party in item.visitors],
        "destinations": [{"country": place.country, "place": place.place} for place in item.destinations],
        "hosts": [_party_to_json(party) for party in item.hosts],
        "start": _date_to_json(item.start),
        "end": _date_to_json(item.end),
        "date_conflict": item.date_conflict,
        "status": str(item.status),
        "kind": str(item.kind),
        "purpose": item.purpose,
        "purpose_class": str(item.purpose_class) if item.purpose_class else None,
        "changed": item.changed,
        "changed_by": list(item.changed_by),
        "told_as": item.told_as,
        "importance": _importance_to_json(item.importance) if item.importance else None,
        "conflicts": [
            {"slot": conflict.slot, "value": conflict.value, "sources": list(conflict.sources)}
            for conflict in item.conflicts
        ],
        "history": [
            {"at": step.at.isoformat(), "change": step.change, "source": step.source} for step in item.history
        ],
        "sources": [_source_to_json(source) for source in item.sources],
        "tour": [
            {"id": stop.id, "country": stop.country, "start": _date_to_json(stop.start)} for stop in item.tour
        ],
    }


def _item_from_json(value: dict[str, Any]) -> BriefingItem:
    return BriefingItem(
        id=value["id"],
        section=Section(value["section"]),
        visitors=_parties_from_json(value["visitors"]),
        destinations=tuple(
            Destination(country=place["country"], place=place["place"]) for place in value["destinations"]
        ),
        hosts=_parties_from_json(value["hosts"]),
        start=_date_from_json(value["start"]),
        end=_date_from_json(value["end"]),
        date_conflict=value["date_conflict"],
        status=Status(value["status"]),
        kind=Kind(value["kind"]),
        purpose=value["purpose"],
        purpose_class=PurposeClass(value["purpose_class"]) if value.get("purpose_class") else None,
        changed=value["changed"],
        changed_by=tuple(value.get("changed_by", ())),
        told_as=value.get("told_as"),
        importance=_importance_from_json(value["importance"]) if value.get("importance") else None,
        conflicts=tuple(
            Conflict(slot=conflict["slot"], value=conflict["value"], sources=tuple(conflict["sources"]))
            for conflict in value["conflicts"]
        ),
        history=tuple(
            Change(at=dt.datetime.fromisoformat(step["at"]), change=step["change"], source=step["source"])
            for step in value["history"]
        ),
        sources=_sources_from_json(value["sources"]),
        tour=tuple(
            TourStop(id=stop["id"], country=stop["country"], start=_date_from_json(stop["start"]))
            for stop in value.get("tour", ())
        ),
    )


def _importance_to_json(importance: Importance) -> dict[str, float]:
    return {
        "rank": importance.rank,
        "sources": importance.sources,
        "nearness": importance.nearness,
        "topics": importance.topics,
    }


def _importance_from_json(value: dict[str, float]) -> Importance:
    return Importance(
        rank=value["rank"], sources=value["sources"], nearness=value["nearness"], topics=value["topics"]
    )


def _party_to_json(party: Party) -> dict[str, Any]:
    return {"name": party.name, "country": party.country, "role": party.role}


def _parties_from_json(values: list[dict[str, Any]]) -> tuple[Party, ...]:
    return tuple(Party(name=party["name"], country=party["country"], role=party["role"]) for party in values)


def _source_to_json(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "url": source.url,
        "lang": source.language,
        "published": source.published_at.isoformat() if source.published_at else None,
        "title": source.title,
        "evidence": source.evidence,
    }


def _sources_from_json(values: list[dict[str, Any]]) -> tuple[Source, ...]:
    return tuple(
        Source(
            name=source["name"],
            url=source["url"],
            language=source["lang"],
            published_at=dt.datetime.fromisoformat(source["published"]) if source["published"] else None,
            title=source["title"],
            evidence=source["evidence"],
        )
        for source in values
    )


def _date_to_json(date: PartialDate | None) -> str | None:
    return str(date) if date else None


def _date_from_json(value: str | None) -> PartialDate | None:
    return PartialDate.parse(value) if value else None
