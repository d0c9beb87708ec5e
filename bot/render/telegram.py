"""Draws a briefing as Telegram messages: HTML, everything escaped, cut to what Telegram takes.

Pure. What is said, and in which order, is the outline's; here is only how it looks.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.model import Briefing, Narrowing, Part
from bot.render.outline import Entry, HeadlineLine, Outline, SourceLine, outline_with_replies, web_url
from bot.render.telegram_parts import split_html
from bot.render.wording import Wording

__all__ = ["render_telegram", "render_telegram_text"]

#: Telegram's limit for what a button sends back, in bytes of UTF-8.
BUTTON_BYTES = 64

#: A button's label is cut to what a telephone shows of it, and a message has at most so many of histories.
LONGEST_LABEL = 60
MOST_HISTORY_BUTTONS = 8

#: Longer quotations are cut after a word: a reader who wants more follows the link.
LONGEST_QUOTE = 400

#: A link longer than this is told without its address, so that no tag fills a message.
LONGEST_LINK = 1000

#: Outlets whose sentences are quoted, and outlets that are named, for one trip.
MOST_QUOTES = 3
MOST_SOURCES = 12

#: Control characters, which Telegram drops or refuses, and halves of surrogate pairs.
_UNSENDABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

_BLANK_LINES = re.compile(r"\n{3,}")


def render_telegram(briefing: Briefing, wording: Wording) -> tuple[Part, ...]:
    """The briefing as messages to send in this order: a button for the history of each trip that has one,
    on the message that tells it; the choices as buttons on the last one; then the changes, as replies.
    """
    drawn, changes = outline_with_replies(briefing, wording)
    entries = [entry for section in drawn.sections for entry in section.entries]
    parts = []
    for text in split_html("\n\n".join(_blocks(drawn, wording))):
        told = [entry for entry in entries if _trip(entry) in text]
        buttons = tuple(_history_buttons(told, drawn.history_label))
        parts.append(Part(text=text, buttons=buttons, tells=tuple(entry.id for entry in told)))
    choices = tuple(((c.label, _button_data(c)),) for c in drawn.narrowings if _fits_a_button(c))
    parts[-1] = replace(parts[-1], buttons=(*parts[-1].buttons, *choices))
    return (*parts, *(part for entry in changes for part in _reply(entry, drawn, wording)))


def render_telegram_text(text: str) -> tuple[Part, ...]:
    """An answer in plain words (help, a refusal) as messages."""
    lines = "\n".join(_escaped(line) for line in text.strip().splitlines())
    return tuple(Part(text=part) for part in split_html(_BLANK_LINES.sub("\n\n", lines)))


def _blocks(drawn: Outline, wording: Wording) -> Iterator[str]:
    """The paragraphs of the briefing, none of which a cut should go through."""
    yield f"<b>{_escaped(drawn.heading)}</b>"
    if drawn.note:
        yield f"<i>{_escaped(drawn.note)}</i>"
    if drawn.nothing:
        yield _escaped(drawn.nothing)
    for section in drawn.sections:
        first, *others = (_entry(entry, drawn.sources_label, wording) for entry in section.entries)
        # In one paragraph with its first trip, a title never ends a message.
        yield f"{_title(section.title)}\n{first}"
        yield from others
    if drawn.headlines:
        yield "\n".join([_title(drawn.headlines_title), *map(_headline, drawn.headlines)])
    typed = [_escaped(f"/brief {choice.query}") for choice in drawn.narrowings if not _fits_a_button(choice)]
    if typed:
        yield "\n".join([_escaped(f"{drawn.narrow_label}:"), *typed])
    yield f"<i>{_escaped(drawn.foot)}</i>"


def _reply(entry: Entry, drawn: Outline, wording: Wording) -> Iterator[Part]:
    """A change, for under the message that first told of the trip."""
    first, *more = split_html(_entry(entry, drawn.sources_label, wording))
    buttons = tuple(_history_buttons([entry], drawn.history_label))
    yield Part(text=first, buttons=buttons, tells=(entry.id,), answers=entry.answers)
    yield from (Part(text=text, answers=entry.answers) for text in more)


def _history_buttons(told: Sequence[Entry], label: str) -> Iterator[tuple[tuple[str, str]]]:
    """A row for each trip of a message that has a history, up to as many as do not bury it."""
    for entry in [entry for entry in told if entry.has_history][:MOST_HISTORY_BUTTONS]:
        yield ((_shortened(f"{label}: {entry.trip}"), f"history {entry.id}"),)


def _trip(entry: Entry) -> str:
    return f"<b>{_escaped(entry.trip)}</b>"


def _entry(entry: Entry, sources_label: str, wording: Wording) -> str:
    """One trip: who and where, a line for each fact, the sentences that say so, the sources."""
    lines = [_trip(entry)]
    lines += [_escaped(f"{fact.label}: {fact.value}" if fact.label else fact.value) for fact in entry.facts]
    quoting = [source for source in entry.sources if source.evidence]
    if quoting:
        lines.append(f"<blockquote expandable>{_quotes(quoting)}</blockquote>")
    if entry.sources:
        lines.append(f"{_escaped(sources_label)}: {_named(entry.sources, wording)}")
    return "\n".join(lines)


def _quotes(sources: Sequence[SourceLine]) -> str:
    """The first sentences, with the outlet where there are several."""
    quotes = [_shortened_quote(source.evidence) for source in sources[:MOST_QUOTES]]
    if len(sources) > 1:
        quotes = [f"{quote} {source.label}" for quote, source in zip(quotes, sources, strict=False)]
    return "\n".join(map(_escaped, quotes))


def _named(sources: Sequence[SourceLine], wording: Wording) -> str:
    """The outlets, each a link to its article."""
    return wording.few([_linked(source.label, source.url) for source in sources], MOST_SOURCES)


def _headline(headline: HeadlineLine) -> str:
    """A headline that links to its article, with the outlets that have it."""
    title = f"• {_linked(headline.title, headline.url)}"
    return f"{title} ({_escaped(headline.outlets)})" if headline.outlets else title


def _button_data(choice: Narrowing) -> str:
    """What pressing the button types, without the slash."""
    return f"brief {choice.query}"


def _fits_a_button(choice: Narrowing) -> bool:
    return len(_button_data(choice).encode()) <= BUTTON_BYTES


def _linked(text: str, url: str | None) -> str:
    """The text as a link, or alone where the address is none to follow."""
    address = html.escape(web_url(url) or "")
    return f'<a href="{address}">{_escaped(text)}</a>' if 0 < len(address) <= LONGEST_LINK else _escaped(text)


def _title(text: str) -> str:
    return f"<u>{_escaped(text)}</u>"


def _escaped(text: str) -> str:
    """The text on one line for Telegram HTML: markup is shown, not obeyed."""
    return html.escape(_UNSENDABLE.sub("\ufffd", " ".join(text.split())), quote=False)


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"


def _shortened_quote(quote: str) -> str:
    """A quotation, cut after a word (a character, where words have no spaces) if long, and closed again."""
    if len(quote) <= LONGEST_QUOTE:
        return quote
    head = quote[: LONGEST_QUOTE - 2]
    word_end = head.rfind(" ")
    kept = head[:word_end] if word_end > LONGEST_QUOTE * 3 // 4 else head
    return f"{kept.rstrip()}…{quote[-1]}"
