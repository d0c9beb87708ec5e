"""Draws a briefing as Slack messages in Block Kit: one parent, and replies in its thread where it is long.

Pure. Slack refuses a whole message for one character too many, so every limit is kept by construction, with
room to spare: Slack counts after escaping, and does not document how it counts a whole message.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.model import Briefing, Narrowing, Part
from bot.render.outline import Entry, HeadlineLine, Outline, SourceLine, outline_with_replies, web_url
from bot.render.wording import Wording

__all__ = ["HISTORY_ACTION", "NARROW_ACTION", "render_slack", "slack_text"]

Block = dict[str, object]

#: The narrowing buttons' action ids are this and a number; a button's value is its query.
NARROW_ACTION = "narrow:"
#: The action id of a history button is this and the trip's id, which is its value too.
HISTORY_ACTION = "history:"

#: Slack's own limits ...
SECTION_CHARACTERS = 3_000
HEADER_CHARACTERS = 150
BUTTON_CHARACTERS = 75
BUTTON_VALUE_CHARACTERS = 2_000
BUTTONS_IN_BLOCK = 25
BLOCKS_IN_MESSAGE = 50
#: ... and its undocumented one, 13,000 for a whole message, shared out between blocks and fallback text.
BLOCKS_CHARACTERS = 10_000
TEXT_CHARACTERS = 2_900

#: What one value may take; a longer one is cut, because the link leads to the whole.
LINE_CHARACTERS = 700
EVIDENCE_CHARACTERS = 400
LABEL_CHARACTERS = 200
URL_CHARACTERS = 1_000
#: So many sources of a trip show their sentence, the others their link.
QUOTED_SOURCES = 3

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Blocks that stay together where a message has room."""

    blocks: tuple[Block, ...]
    #: What a notification says of them, as mrkdwn.
    summary: str = ""
    #: The trips told in them, by id.
    tells: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return sum(_size(block) for block in self.blocks)


def render_slack(briefing: Briefing, wording: Wording) -> tuple[Part, ...]:
    """The briefing as messages: the first is the parent, the others are replies in its thread; then the
    changes, each for the thread of the message that first told of its trip.
    """
    drawn, changes = outline_with_replies(briefing, wording)
    groups = [_opening(drawn), *_trips(drawn), *_headlines(drawn), _foot(drawn)]
    heading = _escape(drawn.heading)
    parts: list[Part] = []
    for message in _messages(groups):
        summaries = [group.summary for group in message if group.summary]
        parts.append(_part(message, summaries if parts and summaries else [heading, *summaries]))
    for entry in changes:
        group = _Group(blocks=tuple(_trip(entry, drawn.history_label)), summary=_escape(entry.trip))
        told = (_part(message, [group.summary]) for message in _messages([replace(group, tells=(entry.id,))]))
        parts += (replace(part, answers=entry.answers) for part in told)
    return tuple(parts)


def _part(message: Sequence[_Group], lines: Sequence[str]) -> Part:
    """A message of these groups, with these lines for its notification."""
    return Part(
        text=next(_packed(lines, TEXT_CHARACTERS, "\n")),
        blocks=tuple(block for group in message for block in group.blocks),
        tells=tuple(id for group in message for id in group.tells),
    )


def slack_text(text: str) -> tuple[Part, ...]:
    """An answer that is no briefing (help, a stranger's line) as messages without blocks."""
    lines = [_escape(line, TEXT_CHARACTERS) for line in text.splitlines()]
    return tuple(Part(text=piece) for piece in _packed(lines, TEXT_CHARACTERS, "\n"))


def _opening(drawn: Outline) -> _Group:
    blocks: list[Block] = [_header(drawn.heading)]
    blocks += _sections([_escape(line) for line in (drawn.note, drawn.nothing) if line])
    for start in range(0, len(drawn.narrowings), BUTTONS_IN_BLOCK):
        buttons = _buttons(drawn.narrowings[start : start + BUTTONS_IN_BLOCK], start)
        if buttons:
            blocks.append({"type": "actions", "elements": buttons})
    return _Group(blocks=tuple(blocks))


def _trips(drawn: Outline) -> Iterator[_Group]:
    for section in drawn.sections:
        opening: list[Block] = [{"type": "divider"}, *_sections([_bold(section.title)])]
        for entry in section.entries:
            blocks = (*opening, *_trip(entry, drawn.history_label))
            yield _Group(blocks=blocks, summary=_escape(entry.trip), tells=(entry.id,))
            opening = []


def _trip(entry: Entry, history_label: str) -> Iterator[Block]:
    lines = [_bold(entry.trip)]
    for fact in entry.facts:
        text = f"{fact.label}: {fact.value}" if fact.label else fact.value
        lines.append(_escape(text))
    first, *others = _sections(lines)
    if entry.has_history:
        first["accessory"] = _button(f"{HISTORY_ACTION}{entry.id}", history_label, entry.id)
    yield from (first, *others)
    quoted = [_source(source, with_evidence=True) for source in entry.sources[:QUOTED_SOURCES]]
    linked = [_source(source, with_evidence=False) for source in entry.sources[QUOTED_SOURCES:]]
    lines = [*quoted, *_packed(linked, LINE_CHARACTERS, " · ")]
    yield from (_context(text) for text in _packed(lines, SECTION_CHARACTERS, "\n"))


def _source(source: SourceLine, *, with_evidence: bool) -> str:
    link = _link(source.url, source.label, LABEL_CHARACTERS)
    if not with_evidence or not source.evidence:
        return link
    return f"{link} {_escape(source.evidence, EVIDENCE_CHARACTERS)}"


def _headlines(drawn: Outline) -> Iterator[_Group]:
    if not drawn.headlines:
        return
    lines = [_headline(headline) for headline in drawn.headlines]
    first, *others = _packed([_bold(drawn.headlines_title), *lines], SECTION_CHARACTERS, "\n")
    yield _Group(blocks=({"type": "divider"}, _section(first)))
    yield from (_Group(blocks=(_section(text),)) for text in others)


def _headline(headline: HeadlineLine) -> str:
    told = _link(headline.url, headline.title or headline.outlets, LINE_CHARACTERS)
    outlets = (
        f" ({_escape(headline.outlets, LABEL_CHARACTERS)})" if headline.title and headline.outlets else ""
    )
    return f"• {told}{outlets}"


def _foot(drawn: Outline) -> _Group:
    return _Group(blocks=(_context(_escape(drawn.foot, SECTION_CHARACTERS)),))


def _messages(groups: Iterable[_Group]) -> Iterator[list[_Group]]:
    """The groups shared out over messages; one that is too big for a message is taken apart."""
    message: list[_Group] = []
    blocks = size = 0
    for group in _fitting(groups):
        if message and (
            blocks + len(group.blocks) > BLOCKS_IN_MESSAGE or size + group.size > BLOCKS_CHARACTERS
        ):
            yield message
            message, blocks, size = [], 0, 0
        message.append(group)
        blocks, size = blocks + len(group.blocks), size + group.size
    if message:
        yield message


def _fitting(groups: Iterable[_Group]) -> Iterator[_Group]:
    for group in groups:
        if len(group.blocks) <= BLOCKS_IN_MESSAGE and group.size <= BLOCKS_CHARACTERS:
            yield group
            continue
        first, *others = group.blocks
        yield replace(group, blocks=(first,))
        yield from (_Group(blocks=(block,)) for block in others)


def _size(block: Block) -> int:
    """The block's share of the message, counted as strictly as Slack might."""
    return _length(json.dumps(block, ensure_ascii=False)) + len(", ")


def _packed(lines: Iterable[str], limit: int, joint: str) -> Iterator[str]:
    """The lines joined to pieces within the limit; no line is longer than that."""
    piece = ""
    for line in lines:
        joined = f"{piece}{joint}{line}" if piece else line
        if piece and _length(joined) > limit:
            yield piece
            joined = line
        piece = joined
    if piece:
        yield piece


def _sections(lines: Sequence[str]) -> list[Block]:
    return [_section(text) for text in _packed(lines, SECTION_CHARACTERS, "\n")]


def _section(text: str) -> Block:
    return {"type": "section", "text": _mrkdwn(text)}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [_mrkdwn(text)]}


def _mrkdwn(text: str) -> Block:
    """Text with our own markup only: verbatim, or Slack makes channels and links of what it finds in news."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _header(text: str) -> Block:
    return {"type": "header", "text": _plain(text, HEADER_CHARACTERS)}


def _buttons(choices: Sequence[Narrowing], first_number: int) -> list[Block]:
    return [
        _button(f"{NARROW_ACTION}{number}", choice.label, choice.query)
        for number, choice in enumerate(choices, first_number)
        if choice.label.strip() and 0 < _length(choice.query) <= BUTTON_VALUE_CHARACTERS
    ]


def _button(action: str, label: str, value: str) -> Block:
    return {
        "type": "button",
        "action_id": action,
        "text": _plain(label, BUTTON_CHARACTERS),
        "value": value,
    }


def _plain(text: str, limit: int) -> Block:
    """Text that Slack shows as it is; `emoji` off, or `:korea:` in a query would turn into something else."""
    return {"type": "plain_text", "text": _cut(text, limit, escapes={}), "emoji": False}


def _bold(text: str) -> str:
    """Bold text; an asterisk inside would end it, so it is written with its look-alike."""
    return f"*{_escape(text.replace('*', '∗'))}*"


def _link(url: str | None, label: str, limit: int) -> str:
    target = web_url(url)
    if target is None or _length(_escape(target, None)) > URL_CHARACTERS:
        return _escape(label, limit)
    # A bar would end the URL; Slack reads its percent form as the same address.
    return f"<{_escape(target.replace('|', '%7C'), None)}|{_escape(label, limit) or _escape(target, limit)}>"


def _escape(text: str, limit: int | None = LINE_CHARACTERS) -> str:
    """The text as mrkdwn, cut where its escaped form would be longer than the limit."""
    if limit is None:
        return "".join(_ESCAPES.get(character, character) for character in text)
    return _cut(text, limit, escapes=_ESCAPES)


def _cut(text: str, limit: int, *, escapes: dict[str, str]) -> str:
    """The text with its escapes, within the limit, never cut inside one character or one escape."""
    written = [escapes.get(character, character) for character in text]
    if sum(map(_length, written)) <= limit:
        return "".join(written)
    kept, room = [], limit - len("…")
    for piece in written:
        room -= _length(piece)
        if room < 0:
            break
        kept.append(piece)
    return "".join(kept).rstrip() + "…"


def _length(text: str) -> int:
    """UTF-16 units: never fewer than the characters that Slack counts."""
    return len(text) + sum(character > "\uffff" for character in text)
