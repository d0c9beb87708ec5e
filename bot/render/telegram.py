"""Draws a briefing as Telegram messages: HTML, everything escaped, cut to what Telegram takes.

Pure. The words come from `wording`; here is only how they look.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from urllib.parse import urlsplit

from bot.model import Briefing, BriefingItem, Headline, Narrowing, Part, Source
from bot.render.telegram_parts import split_html
from bot.render.wording import Wording

__all__ = ["render_telegram", "render_telegram_text"]

#: Telegram's limit for what a button sends back, in bytes of UTF-8.
BUTTON_BYTES = 64

#: Longer quotations are cut after a word: a reader who wants more follows the link.
LONGEST_QUOTE = 400

#: A link longer than this is told without its address, so that no tag fills a message.
LONGEST_LINK = 1000

#: Outlets whose sentences are quoted, and outlets that are named, for one trip.
MOST_QUOTES = 3
MOST_SOURCES = 12

#: Control characters, which Telegram drops or refuses, and halves of surrogate pairs.
_UNSENDABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

_BLANK_LINES = re.compile(r"\n{3,}")


def render_telegram(briefing: Briefing, wording: Wording) -> tuple[Part, ...]:
    """The briefing as messages to send in this order, the choices as buttons on the last one."""
    texts = split_html("\n\n".join(_blocks(briefing, wording)))
    buttons = tuple(
        ((choice.label, _button_data(choice)),) for choice in briefing.narrowings if _fits_a_button(choice)
    )
    parts = [Part(text=text) for text in texts]
    parts[-1] = Part(text=texts[-1], buttons=buttons)
    return tuple(parts)


def render_telegram_text(text: str) -> tuple[Part, ...]:
    """An answer in plain words (help, a refusal) as messages."""
    lines = "\n".join(_escaped(line) for line in text.strip().splitlines())
    return tuple(Part(text=part) for part in split_html(_BLANK_LINES.sub("\n\n", lines)))


def _blocks(briefing: Briefing, wording: Wording) -> Iterator[str]:
    """The paragraphs of the briefing, none of which a cut should go through."""
    yield _bold(wording.heading(briefing))
    if briefing.note:
        yield _italic(briefing.note)
    if not briefing.items:
        yield _escaped(wording.nothing(briefing))
    for section, items in groupby(briefing.items, key=lambda item: item.section):
        title = _title(wording.section_title(section))
        for index, item in enumerate(items):
            block = _item(item, briefing, wording)
            # In one paragraph with its first item, a title never ends a message.
            yield block if index else f"{title}\n{block}"
    if briefing.headlines:
        yield "\n".join([_title(wording.labels.headlines), *map(_headline, briefing.headlines)])
    typed = [_escaped(f"/brief {c.query}") for c in briefing.narrowings if not _fits_a_button(c)]
    if typed:
        yield "\n".join([_escaped(f"{wording.labels.narrow}:"), *typed])
    yield _italic(wording.feeds_foot(briefing))


def _item(item: BriefingItem, briefing: Briefing, wording: Wording) -> str:
    """One trip: who and where, when, why, how sure, what changed; its sentences; its sources."""
    labels = wording.labels
    rows = (
        (labels.when, wording.when(item)),
        (labels.why, wording.why(replace(item, purpose=_shortened(item.purpose or "")))),
        (labels.certainty, "; ".join([wording.certainty(item), *wording.conflicts(item)])),
        (labels.changed, wording.changed(item)),
    )
    lines = [
        _bold(wording.trip(item)),
        *(f"{_escaped(label)}: {_escaped(told)}" for label, told in rows if told),
    ]
    quotes = _quotes(item.sources, wording)
    if quotes:
        lines.append(f"<blockquote expandable>{quotes}</blockquote>")
    named = [_linked(wording.source(source, briefing.timezone), source.url) for source in item.sources]
    lines.append(f"{_escaped(labels.sources)}: {wording.few(named, MOST_SOURCES)}")
    return "\n".join(lines)


def _quotes(sources: tuple[Source, ...], wording: Wording) -> str:
    """The sentences that say so, each once, with the outlet."""
    by_sentence: dict[str, Source] = {}
    for source in sources:
        if source.evidence.strip():
            by_sentence.setdefault(_shortened(source.evidence), source)
    first = list(by_sentence.items())[:MOST_QUOTES]
    return "\n".join(_escaped(f"{wording.evidence(text)} {source.name}") for text, source in first)


def _headline(headline: Headline) -> str:
    """A headline that links to its first source, and names the others."""
    first, *others = headline.sources or (None,)
    title = _linked(_shortened(headline.title), first.url if first else None)
    outlets = [_escaped(first.name)] if first else []
    outlets += [_linked(source.name, source.url) for source in others if source]
    return f"• {title} ({', '.join(outlets)})" if outlets else f"• {title}"


def _button_data(choice: Narrowing) -> str:
    """What pressing the button types, without the slash."""
    return f"brief {choice.query}"


def _fits_a_button(choice: Narrowing) -> bool:
    return len(_button_data(choice).encode()) <= BUTTON_BYTES


def _linked(text: str, url: str | None) -> str:
    """The text as a link, or alone where the address is none to follow."""
    address = _safe_address(url) if url else None
    return f'<a href="{html.escape(address)}">{_escaped(text)}</a>' if address else _escaped(text)


def _safe_address(url: str) -> str | None:
    """A web address that Telegram can link to, None for any other."""
    try:
        split = urlsplit(url.strip())
    except ValueError:
        return None
    address = split.geturl()
    if split.scheme not in ("http", "https") or not split.hostname:
        return None
    return address if len(html.escape(address)) <= LONGEST_LINK and address.isprintable() else None


def _title(text: str) -> str:
    return f"<u>{_escaped(text)}</u>"


def _bold(text: str) -> str:
    return f"<b>{_escaped(text)}</b>"


def _italic(text: str) -> str:
    return f"<i>{_escaped(text)}</i>"


def _escaped(text: str) -> str:
    """The text on one line for Telegram HTML: markup is shown, not obeyed."""
    return html.escape(_UNSENDABLE.sub("\ufffd", " ".join(text.split())), quote=False)


def _shortened(text: str) -> str:
    """A quotation on one line, cut after a word (a character, where words are not spaced) if long."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_QUOTE:
        return line
    head = line[: LONGEST_QUOTE - 1]
    word_end = head.rfind(" ")
    return (head[:word_end] if word_end > LONGEST_QUOTE * 3 // 4 else head).rstrip() + "…"
