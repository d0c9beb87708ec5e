"""What a briefing says and in which order, in plain words and without any platform's markup.

Pure. Slack, the terminal, plain text and HTML all draw this same outline, so that none of them tells more,
less or something else than the others.
"""

import unicodedata
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bot.model import Briefing, BriefingItem, Headline, Narrowing, Section, Source
from bot.render.wording import Wording

__all__ = [
    "Entry",
    "Fact",
    "HeadlineLine",
    "Outline",
    "OutlineSection",
    "SourceLine",
    "outline",
    "outline_with_replies",
    "web_url",
]

#: More changes at a time than these are told in the briefing itself.
MOST_REPLIES = 5

#: Marks that turn the writing direction of everything behind them, also of what is not theirs.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value of a trip."""

    #: The word before it ("When"), "" where it speaks for itself.
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """An article that reports a trip."""

    #: The outlet, the article's language and its day.
    label: str
    url: str | None
    #: Its sentence, quoted; "" where an earlier source of the trip has the same one.
    evidence: str
    #: The language of that sentence.
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One trip."""

    #: The trip's id.
    id: str
    #: Who goes where, received by whom.
    trip: str
    facts: tuple[Fact, ...]
    sources: tuple[SourceLine, ...]
    #: Whether a button can tell how it came about: there is more than its first step to tell.
    has_history: bool = False
    #: The trip's id when the reader was last told of it, where it tells a change.
    answers: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineSection:
    """The trips of one section."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineLine:
    """A headline that tells no visit."""

    title: str
    url: str | None
    outlets: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The whole briefing."""

    #: The language it is written in.
    language: str
    heading: str
    #: How the query was understood, "" where that needs no word.
    note: str
    #: What to say where there is no trip, "" where there is one.
    nothing: str
    sections: tuple[OutlineSection, ...]
    headlines_title: str
    headlines: tuple[HeadlineLine, ...]
    #: The word before the sources.
    sources_label: str
    #: On the button that tells how a trip came about.
    history_label: str
    #: The word before the choices.
    narrow_label: str
    narrowings: tuple[Narrowing, ...]
    #: Which feeds answered.
    foot: str


def outline(briefing: Briefing, wording: Wording, *, explain: bool = False) -> Outline:
    """The briefing's outline: sections in their order, empty ones left out.

    Args:
        briefing: What to draw.
        wording: In whose language.
        explain: Tell with each trip what its place is made up of.
    """
    return Outline(
        language=wording.language,
        heading=_clean(wording.heading(briefing)),
        note=_clean(briefing.note or ""),
        nothing="" if briefing.items else _clean(wording.nothing(briefing)),
        sections=tuple(
            OutlineSection(
                title=_clean(wording.section_title(section)),
                entries=tuple(_entry(item, briefing, wording, explain=explain) for item in items),
            )
            for section in Section
            if (items := [item for item in briefing.items if item.section is section])
        ),
        headlines_title=wording.labels.headlines,
        headlines=tuple(_headline(headline) for headline in briefing.headlines),
        sources_label=wording.labels.sources,
        history_label=wording.labels.history,
        narrow_label=wording.labels.narrow,
        narrowings=tuple(_narrowing(choice) for choice in briefing.narrowings if choice.query.strip()),
        foot=_clean(wording.feeds_foot(briefing)),
    )


def outline_with_replies(briefing: Briefing, wording: Wording) -> tuple[Outline, tuple[Entry, ...]]:
    """The outline for a chat, and apart from it the changes, which belong under the messages that first
    told of their trips. More of them than a chat should have to bear stay in the outline.
    """
    changes = tuple(item for item in briefing.items if item.told_as is not None)
    if not 0 < len(changes) <= MOST_REPLIES:
        return outline(briefing, wording), ()
    others = replace(briefing, items=tuple(item for item in briefing.items if item.told_as is None))
    drawn = outline(others, wording)
    note = " ".join(filter(None, (drawn.note, _clean(wording.changes_follow(len(changes))))))
    entries = tuple(_entry(item, briefing, wording, explain=False) for item in changes)
    return replace(drawn, note=note, nothing=""), entries


def web_url(url: str | None) -> str | None:
    """The URL where a browser can and should follow it, None otherwise."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc and " " not in url else None


def _entry(item: BriefingItem, briefing: Briefing, wording: Wording, *, explain: bool) -> Entry:
    labels = wording.labels
    told = [
        (labels.changed, wording.changed(item)),
        (labels.when, wording.when(item)),
        (labels.tour, wording.tour(item)),
        (labels.why, wording.why(item)),
        (labels.certainty, wording.certainty(item)),
        *(("", conflict) for conflict in wording.conflicts(item)),
        *(wording.history(item, briefing.timezone) if briefing.tells_history else ()),
        *([(labels.order, wording.order(item))] if explain else []),
    ]
    facts = tuple(Fact(label=label, value=_clean(value)) for label, value in told if value)
    return Entry(
        id=item.id,
        trip=_clean(wording.trip(item)),
        facts=facts,
        sources=_sources(item, briefing.timezone, wording),
        has_history=len(item.history) > 1 and not briefing.tells_history,
        answers=item.told_as,
    )


def _sources(item: BriefingItem, timezone: str, wording: Wording) -> tuple[SourceLine, ...]:
    lines: list[SourceLine] = []
    seen: set[str] = set()
    for source in item.sources:
        sentence = _clean(source.evidence)
        lines.append(
            SourceLine(
                label=_clean(wording.source(source, timezone)),
                url=_url(source),
                evidence=wording.evidence(sentence) if sentence and sentence not in seen else "",
                language=source.language,
            )
        )
        seen.add(sentence)
    return tuple(lines)


def _headline(headline: Headline) -> HeadlineLine:
    outlets = dict.fromkeys(_clean(source.name) for source in headline.sources)
    urls = [url for source in headline.sources if (url := _url(source))]
    return HeadlineLine(
        title=_clean(headline.title), url=urls[0] if urls else None, outlets=", ".join(filter(None, outlets))
    )


def _narrowing(choice: Narrowing) -> Narrowing:
    query = _clean(choice.query)
    return Narrowing(label=_clean(choice.label) or query, query=query)


def _url(source: Source) -> str | None:
    return _clean(source.url) or None if source.url else None


def _clean(text: str) -> str:
    """The text on one line, without characters that steer a terminal or turn the text around it."""
    return "".join(
        character
        for character in " ".join(text.split())
        if character not in _BIDI_CONTROLS and unicodedata.category(character) not in ("Cc", "Cs")
    )
