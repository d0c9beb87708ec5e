"""Briefings for the tests of everything that draws one: samples, and a strategy that makes any."""

import datetime as dt

from hypothesis import strategies as st

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

__all__ = ["AWKWARD", "NOW", "any_briefing", "item", "korea", "source"]

NOW = dt.datetime(2024, 6, 18, 22, 30, tzinfo=dt.UTC)

#: Everything that some chat platform takes for markup.
AWKWARD = 'a <b>&</b> *bold* _it_ ~no~ `x` <!channel> <@U1> | ]]> "q" \u202eback 한글 🇰🇷'


def source(name: str = "Kantor", **values: object) -> Source:
    """A source with all its parts."""
    parts: dict[str, object] = {
        "name": name,
        "url": f"https://news.example/{name}?a=1&b=2",
        "language": "id",
        "published_at": dt.datetime(2024, 6, 17, 3, 0, tzinfo=dt.UTC),
        "evidence": "Presiden Rusia Vladimir Putin akan berkunjung ke Korea Utara pada Selasa (16/6/2024).",
        "title": "Putin ke Korea Utara",
    }
    return Source(**{**parts, **values})  # type: ignore[arg-type]


def item(**values: object) -> BriefingItem:
    """Putin's trip to Pyongyang, with a date that two sources tell differently."""
    parts: dict[str, object] = {
        "id": "t1",
        "section": Section.COMING,
        "visitors": (Party(name="Vladimir Putin", country="RU", role="president"),),
        "destinations": (Destination(country="KP", place="Pyongyang"),),
        "hosts": (Party(name="Kim Jong Un", country="KP"),),
        "start": PartialDate(2024, 6, 18),
        "end": PartialDate(2024, 6, 19),
        "date_conflict": True,
        "status": Status.PLANNED,
        "kind": Kind.STATE,
        "purpose": "memperkuat persahabatan",
        "conflicts": (Conflict(slot="start", value="2024-06-16", sources=("Kantor",)),),
        "history": (
            Change(
                at=dt.datetime(2024, 6, 17, 4, 0, tzinfo=dt.UTC),
                change="possible -> planned",
                source="Kantor",
            ),
        ),
        "sources": (source("Kantor"), source("연합", language="ko", evidence="푸틴 대통령이 18일 방북한다.")),
    }
    parts["tour"] = (
        TourStop(id="t1", country="KP", start=PartialDate(2024, 6, 18)),
        TourStop(id="t9", country="VN", start=None),
    )
    return BriefingItem(**{**parts, **values})  # type: ignore[arg-type]


def korea(**values: object) -> Briefing:
    """What `/brief korea` might answer."""
    parts: dict[str, object] = {
        "id": "b1",
        "query": "korea",
        "generated_at": NOW,
        "language": "en",
        "timezone": "Asia/Jakarta",
        "items": (
            item(),
            item(
                id="t2",
                section=Section.UNCERTAIN,
                start=PartialDate(2024, 7),
                end=None,
                date_conflict=False,
                status=Status.POSTPONED,
                purpose=None,
                conflicts=(),
                history=(),
                hosts=(),
            ),
            item(id="t3", section=Section.PAST, status=Status.COMPLETED, conflicts=(), date_conflict=False),
        ),
        "headlines": (
            Headline(title="Seoul markets close higher", sources=(source("Post", language="en"),)),
        ),
        "narrowings": (
            Narrowing(label="South Korea", query="south korea"),
            Narrowing(label="North Korea", query="north korea"),
        ),
        "feeds_answered": 27,
        "feeds_failed": (FailedFeed(name="Slow Post", reason="timeout"),),
    }
    return Briefing(**{**parts, **values})  # type: ignore[arg-type]


_TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", AWKWARD, "한" * 3001, "x" * 2999 + "&", "🇰🇷" * 1500, "&" * 3000, "a b " * 900]),
)
_DATES = st.none() | st.sampled_from([PartialDate(2024), PartialDate(2024, 2), PartialDate(2024, 6, 18)])
#: Hypothesis wants naive limits and adds the time zone itself.
_EARLIEST, _LATEST = dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1)  # noqa: DTZ001
_TIMES = st.datetimes(min_value=_EARLIEST, max_value=_LATEST, timezones=st.just(dt.UTC))
_COUNTRIES = st.sampled_from(["RU", "KP", "KR", "ID", "US", "ZZ"])
_PARTIES = st.builds(
    Party,
    name=st.none() | _TEXTS,
    country=st.none() | _COUNTRIES,
    role=st.none() | st.just("president") | _TEXTS,
)
_URLS = st.sampled_from(["https://e.example/a?b=1&c=<|>", "file:///seeds/a.xml", "javascript:x"])
_SOURCES = st.builds(
    Source,
    name=_TEXTS,
    url=st.none()
    | st.sampled_from(["https://e.example/a?b=1&c=<|>", "file:///seeds/a.xml", "javascript:x"])
    | _TEXTS,
    language=st.none() | st.sampled_from(["id", "ko"]),
    published_at=st.none() | _TIMES,
    evidence=_TEXTS,
    title=_TEXTS,
)
_SHARES = st.floats(0, 0.25)
_ITEMS = st.builds(
    BriefingItem,
    id=st.text(min_size=1, max_size=8),
    section=st.sampled_from(Section),
    visitors=st.lists(_PARTIES, min_size=1, max_size=3).map(tuple),
    destinations=st.lists(
        st.builds(Destination, country=_COUNTRIES, place=st.none() | _TEXTS), min_size=1, max_size=2
    ).map(tuple),
    hosts=st.lists(_PARTIES, max_size=2).map(tuple),
    start=_DATES,
    end=st.none(),
    date_conflict=st.booleans(),
    status=st.sampled_from(Status),
    kind=st.sampled_from(Kind),
    purpose=st.none() | _TEXTS,
    purpose_class=st.none() | st.sampled_from(PurposeClass),
    conflicts=st.lists(
        st.builds(
            Conflict,
            slot=st.just("start"),
            value=st.sampled_from(["2024-06-16", "2024-06"]),
            sources=st.lists(_TEXTS, min_size=1, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    history=st.lists(st.builds(Change, at=_TIMES, change=_TEXTS, source=_TEXTS), max_size=2).map(tuple),
    sources=st.lists(_SOURCES, min_size=1, max_size=4).map(tuple),
    changed=st.none() | st.just("start 2024-06-16 -> 2024-06-18"),
    changed_by=st.lists(_TEXTS, max_size=2).map(tuple),
    told_as=st.none() | st.text(min_size=1, max_size=8),
    importance=st.none()
    | st.builds(Importance, rank=_SHARES, sources=_SHARES, nearness=_SHARES, topics=_SHARES),
)
_HEADLINES = st.builds(Headline, title=_TEXTS, sources=st.lists(_SOURCES, min_size=1, max_size=3).map(tuple))


def any_briefing() -> st.SearchStrategy[Briefing]:
    """Any briefing, with texts that are empty, awkward or as long as a platform's limits."""
    return st.builds(
        Briefing,
        id=st.text(min_size=1, max_size=8),
        query=_TEXTS,
        generated_at=_TIMES,
        language=st.sampled_from(["en", "id", "ko"]),
        timezone=st.sampled_from(["UTC", "Asia/Seoul"]),
        name=st.none() | _TEXTS,
        items=st.lists(_ITEMS, max_size=6).map(tuple),
        headlines=st.lists(_HEADLINES, max_size=4).map(tuple),
        narrowings=st.lists(st.builds(Narrowing, label=_TEXTS, query=_TEXTS), max_size=3).map(tuple),
        note=st.none() | _TEXTS,
        feeds_answered=st.integers(0, 99),
        feeds_failed=st.lists(st.builds(FailedFeed, name=_TEXTS, reason=_TEXTS), max_size=3).map(tuple),
    )
