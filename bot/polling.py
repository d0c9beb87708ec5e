"""Which feeds are due, and which of a feed's entries are new.

Pure: `now` is an argument and what the store knows is handed in.
"""

import datetime as dt
import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.links import Rewrites, canonical_link
from bot.model import Entry, FeedForUpdate
from bot.records import EntryKeys, KnownEntry

__all__ = [
    "GUARD_MINIMUM",
    "MAX_BACKOFF",
    "EditedEntry",
    "NewEntry",
    "Sifted",
    "are_alike",
    "due_feeds",
    "keys_of",
    "new_entries",
]

#: A failing feed is never left alone for longer than this (unless the admin polls it more rarely anyway).
MAX_BACKOFF = dt.timedelta(hours=6)

#: Outlets reuse titles ("Photo of the day"): the same title further apart than this is another article.
SAME_TITLE_WITHIN = dt.timedelta(hours=12)

#: An id whose link and title both changed still names the same article if the titles are this alike (0-1).
SIMILAR_TITLE = 0.3

#: So many entries with known titles that claim to be new are a feed that renumbered itself.
GUARD_MINIMUM = 5


def due_feeds(feeds: Sequence[FeedForUpdate], now: dt.datetime) -> list[FeedForUpdate]:
    """Feeds to poll now: never-polled ones first, then the longest overdue."""
    never = [feed for feed in feeds if feed.last_polled_at is None]
    overdue = [
        (now - _next_poll(feed, feed.last_polled_at, now), feed)
        for feed in feeds
        if feed.last_polled_at is not None
    ]
    overdue.sort(key=lambda pair: pair[0], reverse=True)
    return never + [feed for late, feed in overdue if late >= dt.timedelta(0)]


def _next_poll(feed: FeedForUpdate, polled_at: dt.datetime, now: dt.datetime) -> dt.datetime:
    if polled_at > now:
        # The machine's clock was ahead once; waiting for that moment could take years.
        return now
    every = feed.feed.every
    if not feed.failures:
        return polled_at + every
    # The exponent is capped too: a feed that has failed for a year must not overflow.
    backed_off = every * (1 << min(feed.failures, 16))
    return polled_at + max(every, min(backed_off, MAX_BACKOFF))


def keys_of(entry: Entry, rewrites: Rewrites = ()) -> EntryKeys:
    """The keys by which an entry of a feed with these rewrites is recognised."""
    title = _folded(entry.title)
    content = hashlib.sha256(f"{title}\n{_folded(entry.text)}".encode()).hexdigest()[:32]
    link = canonical_link(entry.link, rewrites) if entry.link else None
    if link is not None and "/" not in link and "?" not in link:
        # The front page is the link of whole feeds, not of an article.
        link = None
    # An id that is a link flips between http and https as links do.
    entry_id = entry.id.strip() if entry.id else ""
    id_key = canonical_link(entry_id, rewrites) if entry_id.startswith(("http://", "https://")) else entry_id
    return EntryKeys(id=id_key or None, link=link, title=title or None, content=content)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry that nothing known matches; a key that does not identify it is None."""

    entry: Entry
    keys: EntryKeys


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedEntry:
    """A known article whose title or text changed."""

    article_id: int
    entry: Entry
    keys: EntryKeys


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """A poll's entries, told apart."""

    new: tuple[NewEntry, ...] = ()
    edited: tuple[EditedEntry, ...] = ()
    #: Articles known from another feed that this feed lists too.
    listed_elsewhere: tuple[EditedEntry, ...] = ()
    #: Known articles that the feed calls by new names, under the keys that they have now.
    renumbered: tuple[EditedEntry, ...] = ()
    #: How many are known and unchanged.
    known: int = 0
    #: The known articles that the feed still lists.
    listed: frozenset[int] = field(default=frozenset(), compare=False)


def new_entries(entries: Sequence[Entry], known: Iterable[KnownEntry], rewrites: Rewrites = ()) -> Sifted:
    """Tell a feed's new entries from edited and known ones.

    An entry is known by its id, by its canonical link, or by its title within the feed. An id or link
    that several different entries of the feed carry identifies none of them. Order and dates do not
    matter, so a reordered or re-dated feed brings nothing new.
    """
    index = _Index(known)
    new: list[NewEntry] = []
    edited: list[EditedEntry] = []
    elsewhere: list[EditedEntry] = []
    relisted: list[EditedEntry] = []
    unchanged = 0
    listed: set[int] = set()
    for entry, keys, record in _identified(entries, rewrites):
        match = index.find_same(record) or index.find(entry, keys)
        if match is None:
            new.append(NewEntry(entry=entry, keys=record))
            continue
        listed.add(match.article_id)
        found = EditedEntry(article_id=match.article_id, entry=entry, keys=record)
        if not match.same_feed:
            elsewhere.append(found)
        elif match.keys.content != record.content:
            edited.append(found)
        elif _is_renumbered(match.keys, record):
            relisted.append(found)
        else:
            unchanged += 1
    kept, renumbered = _renumbered(new, index, listed)
    return Sifted(
        new=tuple(kept),
        edited=tuple(edited),
        listed_elsewhere=tuple(elsewhere),
        renumbered=(*relisted, *renumbered),
        known=unchanged,
        listed=frozenset(listed),
    )


def _identified(entries: Sequence[Entry], rewrites: Rewrites) -> Iterator[tuple[Entry, EntryKeys, EntryKeys]]:
    """Each entry with the keys that identify it, and with those to record."""
    batch = _without_repeats([(entry, keys_of(entry, rewrites)) for entry in entries])
    shared_ids = _shared(batch, lambda keys: keys.id)
    shared_links = _shared(batch, lambda keys: keys.link)
    for entry, full in batch:
        keys = replace(
            full,
            id=None if full.id in shared_ids else full.id,
            link=None if full.link in shared_links else full.link,
        )
        # A shared id stays in the record, so that a later poll knows it as shared.
        yield entry, keys, replace(keys, id=full.id)


class _Index:
    """What is known, by each key."""

    def __init__(self, known: Iterable[KnownEntry]) -> None:
        self._by_id: dict[str, list[KnownEntry]] = defaultdict(list)
        self._by_link: dict[str, list[KnownEntry]] = defaultdict(list)
        self._by_title: dict[str, list[KnownEntry]] = defaultdict(list)
        self._by_content: dict[str, list[KnownEntry]] = defaultdict(list)
        for item in known:
            if item.same_feed:
                self._by_content[item.keys.content].append(item)
            if item.same_feed and item.keys.id:
                self._by_id[item.keys.id].append(item)
            if item.keys.link:
                self._by_link[item.keys.link].append(item)
            if item.same_feed and item.keys.title:
                self._by_title[item.keys.title].append(item)

    def find_same(self, record: EntryKeys) -> KnownEntry | None:
        """The known entry that equals this one; where there is no title, the text must do."""
        for item in self._by_content.get(record.content, []):
            if record.title is None or item.keys == record:
                return item
        return None

    def find(self, entry: Entry, keys: EntryKeys) -> KnownEntry | None:
        """The known entry that this one is, if any."""
        by_id = self._by_id.get(keys.id or "", [])
        by_link = self._by_link.get(keys.link or "", [])
        for item in by_id:
            if (keys.link and keys.link == item.keys.link) or keys.title == item.keys.title:
                return item
        if len(by_id) == 1 and _same_story(keys, by_id[0].keys):
            return by_id[0]
        # The feed's own record of the article goes before another feed's.
        for item in sorted(by_link, key=lambda item: not item.same_feed):
            return item
        for item in self._by_title.get(keys.title or "", []):
            if _same_article(entry, keys, item):
                return item
        return None

    def titled(self, keys: EntryKeys) -> list[int]:
        """The feed's articles that ever had this title, the newest first."""
        found = self._by_title.get(keys.title or "", [])
        return sorted({item.article_id for item in found}, reverse=True)


def _same_story(keys: EntryKeys, known: EntryKeys) -> bool:
    """Whether an id means the same article though link and title changed: feeds do reuse ids."""
    if keys.link is None and known.link is None and not (keys.title and known.title):
        return True
    return are_alike(keys.title or "", known.title or "")


def are_alike(title: str, known: str) -> bool:
    """Whether a title may be another one after an edit."""
    first, second = _trigrams(_folded(title)), _trigrams(_folded(known))
    union = first | second
    return bool(union) and len(first & second) / len(union) >= SIMILAR_TITLE


def _trigrams(text: str) -> set[str]:
    padded = f"  {text} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _same_article(entry: Entry, keys: EntryKeys, known: KnownEntry) -> bool:
    """Whether an entry with a known title, but another id and link, is the known article."""
    same_content = keys.content == known.keys.content
    if entry.published_at is not None and known.published_at is not None:
        apart = abs(entry.published_at - known.published_at)
        return apart <= SAME_TITLE_WITHIN or (same_content and bool(entry.text))
    return same_content or keys.link is None or known.keys.link is None


def _without_repeats(batch: list[tuple[Entry, EntryKeys]]) -> list[tuple[Entry, EntryKeys]]:
    """Fold entries that one and the same document lists twice; the longer text stays."""
    place: dict[tuple[str, ...], int] = {}
    kept: list[tuple[Entry, EntryKeys]] = []
    for entry, keys in batch:
        marks: list[tuple[str, ...]] = [("text", keys.content)] if entry.text or not keys.title else []
        if keys.link and keys.title:
            marks.append(("link", keys.link, keys.title))
        at = next((place[mark] for mark in marks if mark in place), None)
        if at is None:
            at = len(kept)
            kept.append((entry, keys))
        elif len(entry.text) > len(kept[at][0].text):
            kept[at] = (entry, keys)
        for mark in marks:
            place.setdefault(mark, at)
    return kept


def _shared(
    batch: list[tuple[Entry, EntryKeys]], key: Callable[[EntryKeys], str | None]
) -> frozenset[str | None]:
    """Keys that several entries of the batch carry."""
    counts = Counter(key(keys) for _, keys in batch)
    return frozenset(value for value, count in counts.items() if value is not None and count > 1)


def _is_renumbered(known: EntryKeys, keys: EntryKeys) -> bool:
    """Whether neither id nor link say any more which article it is."""
    named = [(old, new) for old, new in ((known.id, keys.id), (known.link, keys.link)) if old and new]
    return bool(named) and all(old != new for old, new in named)


def _renumbered(
    new: list[NewEntry], index: _Index, listed: Collection[int]
) -> tuple[list[NewEntry], list[EditedEntry]]:
    """New entries, without those that a feed calls new under known titles.

    Some of that is nothing to worry about: columns have one title every day. Many at a time, most of
    what is new, are a feed that was built anew and numbered its articles again. Each is taken for the
    latest article of its title that the feed does not list any more under its old keys.
    """
    taken = set(listed)
    fresh: list[NewEntry] = []
    found: list[EditedEntry] = []
    for item in new:
        article_id = next((each for each in index.titled(item.keys) if each not in taken), None)
        if article_id is None:
            fresh.append(item)
        else:
            taken.add(article_id)
            found.append(EditedEntry(article_id=article_id, entry=item.entry, keys=item.keys))
    if len(found) >= GUARD_MINIMUM and len(found) * 2 >= len(new):
        return fresh, found
    return new, []
