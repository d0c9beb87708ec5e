"""Tells a briefing in plain words of the reader's language; the markup is each platform's own matter.

Pure. The words are data (`words/*.toml`); here is only which of them are said, and of what.
"""

import datetime as dt
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.model import Briefing, BriefingItem, Conflict, Section, Source
from bot.render.dates import date_text, moment_text, span_text
from bot.render.names import Names
from bot.render.words import Labels, Words, load_words
from digest.facts import Kind, PartialDate, Party, Status
from digest.world import World, load_world

__all__ = ["Wording", "build_wording", "load_wording"]

#: More parties than these are counted, not named: a delegation of thirty would bury the trip.
MOST_PARTIES = 5

#: Conflicts that belong to the dates, so that they are told with them.
DATE_SLOTS = ("start", "end")

#: "planned -> underway", "start 2024-06-16 -> 2024-06-18".
_CHANGE = re.compile(r"(?:(?P<slot>[a-z]+) )?(?P<old>\S.*?) -> (?P<new>\S.*)")


@functools.cache
def load_wording(language: str, world: World | None = None) -> "Wording":
    """The wording for a language, English where there is none for it.

    Args:
        language: Of the reader.
        world: Whose names are used; the shipped one's if left out.
    """
    return build_wording(load_words(language), load_world() if world is None else world)


def build_wording(words: Words, world: World) -> "Wording":
    """The wording made of these words and of this world's names."""
    return Wording(words=words, names=Names(world=world, language=words.language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What there is to say of a briefing, in one language, without any markup."""

    words: Words
    names: Names

    # --- the briefing as a whole

    @property
    def language(self) -> str:
        """The language it is in, which is English where the one asked for has no words."""
        return self.words.language

    @property
    def labels(self) -> Labels:
        """Words to stand before values and over groups."""
        return self.words.labels

    @property
    def commands(self) -> Mapping[str, str]:
        """What each chat command does."""
        return self.words.commands

    def heading(self, briefing: Briefing) -> str:
        """What this briefing is about and when it was made, on the reader's clock."""
        local = briefing.generated_at.astimezone(ZoneInfo(briefing.timezone))
        moment = moment_text(self.words.dates, local)
        phrases = self.words.phrases
        if briefing.tells_history:
            told = phrases.heading_history_of if briefing.query else phrases.heading_history
            return told.format(query=briefing.query, moment=moment)
        if briefing.name:
            return phrases.heading_named.format(name=briefing.name, moment=moment)
        if briefing.query:
            return phrases.heading_query.format(query=briefing.query, moment=moment)
        return phrases.heading.format(moment=moment)

    def section_title(self, section: Section) -> str:
        """The title over a group of items."""
        return self.words.sections[section]

    def nothing(self, briefing: Briefing) -> str:
        """What to say where a briefing has no item."""
        phrases = self.words.phrases
        if briefing.query:
            return phrases.nothing_on.format(query=briefing.query)
        return phrases.nothing_new if briefing.name else phrases.nothing

    def feeds_foot(self, briefing: Briefing) -> str:
        """How many feeds answered, and which did not and why."""
        phrases = self.words.phrases
        answered = phrases.feeds_answered.format(count=briefing.feeds_answered)
        if not briefing.feeds_failed:
            return answered
        failed = [phrases.failed_feed.format(name=f.name, reason=f.reason) for f in briefing.feeds_failed]
        return self._remarks(answered, phrases.feeds_failed.format(feeds=self._commas(failed)))

    # --- one trip

    def trip(self, item: BriefingItem) -> str:
        """The trip in one line: who, to where, received by whom."""
        who, where, hosts = self.who(item), self.where(item), self.hosts(item)
        if hosts:
            return self.words.phrases.trip_hosted.format(who=who, where=where, hosts=hosts)
        return self.words.phrases.trip.format(who=who, where=where)

    def who(self, item: BriefingItem) -> str:
        """Who travels, with country and office."""
        if not item.visitors:
            return self.words.phrases.somebody
        return self.few([self.party(visitor) for visitor in item.visitors])

    def where(self, item: BriefingItem) -> str:
        """The countries of the trip with the places in each, in the order of the record."""
        places: dict[str, list[str]] = {}
        for destination in item.destinations:
            places.setdefault(destination.country, [])
            place = self.names.place(destination)
            if place is not None and place not in places[destination.country]:
                places[destination.country].append(place)
        return self._list([self._country_with(code, named) for code, named in places.items()])

    def hosts(self, item: BriefingItem) -> str:
        """Who receives them, "" where that is not told.

        The country of the trip goes without saying; another one is told.
        """
        visited = {destination.country for destination in item.destinations}
        return self.few([self.party(host, but_not=visited) for host in item.hosts])

    def when(self, item: BriefingItem) -> str:
        """The dates, and who gives others."""
        phrases = self.words.phrases
        remarks = [self._span(item) or phrases.no_date]
        if item.date_conflict:
            remarks.append(phrases.date_conflict)
        remarks += [self._conflict(conflict) for conflict in item.conflicts if conflict.slot in DATE_SLOTS]
        return self._remarks(*remarks)

    def tour(self, item: BriefingItem) -> str:
        """The countries of the tour that it is a stop of, in their order; "" where it is none."""
        return " → ".join(self.names.country(stop.country) for stop in item.tour)

    def why(self, item: BriefingItem) -> str:
        """The form of the visit, what it is for, and that in an article's words; "" where none is told."""
        phrases = self.words.phrases
        kind = "" if item.kind is Kind.UNKNOWN else self.words.kinds[item.kind]
        label = self.words.purposes[item.purpose_class] if item.purpose_class else ""
        if label and kind and label != kind:
            kind = phrases.comma.format(first=kind, last=label)
        kind = kind or label
        if not item.purpose:
            return kind
        purpose = phrases.quoted.format(text=item.purpose)
        return phrases.kind_and_purpose.format(kind=kind, purpose=purpose) if kind else purpose

    def certainty(self, item: BriefingItem) -> str:
        """How sure it is.

        A trip whose days have come is not said to take place, nor one whose days are over to have done so,
        before somebody reports it.
        """
        phrases = self.words.phrases
        if item.section is Section.NOW and item.status is Status.PLANNED:
            return phrases.now_planned
        if item.section is not Section.PAST:
            return self.words.statuses[item.status]
        if item.status is Status.PLANNED:
            when = self._span(item)
            return phrases.past_planned.format(when=when) if when else phrases.past_planned_undated
        if item.status is Status.POSSIBLE:
            return phrases.past_possible
        return phrases.past_underway if item.status is Status.UNDERWAY else self.words.statuses[item.status]

    def conflicts(self, item: BriefingItem) -> tuple[str, ...]:
        """What some sources say otherwise, besides the dates (which `when` tells)."""
        return tuple(
            self._conflict(conflict) for conflict in item.conflicts if conflict.slot not in DATE_SLOTS
        )

    def order(self, item: BriefingItem) -> str:
        """What the item's place in its section is made up of, "" where nobody reckoned it."""
        parts = item.importance
        if parts is None:
            return ""
        return self.words.phrases.order.format(
            total=f"{parts.total:.2f}",
            rank=f"{parts.rank:.2f}",
            sources=f"{parts.sources:.2f}",
            nearness=f"{parts.nearness:.2f}",
            topics=f"{parts.topics:.2f}",
        )

    def history(self, item: BriefingItem, timezone: str) -> tuple[tuple[str, str], ...]:
        """The steps of the trip as (day, what was told or changed and by whom), the first one first."""
        phrases = self.words.phrases
        return tuple(
            (
                self._day(step.at, timezone),
                (phrases.step if number else phrases.first_step).format(
                    change=self.change(step.change), source=step.source
                ),
            )
            for number, step in enumerate(item.history)
        )

    def changed(self, item: BriefingItem) -> str:
        """What changed since the reader was told, and who says so; "" where nothing did."""
        if not item.changed:
            return ""
        changes = self._remarks(*(self.change(change) for change in item.changed.split("; ")))
        if not item.changed_by:
            return changes
        return self.words.phrases.step.format(change=changes, source=self.few(item.changed_by))

    def changes_follow(self, count: int) -> str:
        """Where changes are told that are not in the briefing itself."""
        return self.words.phrases.changes_follow.format(count=count)

    def change(self, change: str) -> str:
        """One step of a trip's history ("planned -> underway"), as it is where it is of another form."""
        match = _CHANGE.fullmatch(change)
        if match is None:
            return self._value(change)
        phrases = self.words.phrases
        told = {"old": self._value(match["old"]), "new": self._value(match["new"])}
        slot = match["slot"]
        if slot is None or slot == "status":
            return phrases.changed_status.format(**told)
        return phrases.changed_value.format(slot=self.words.slots.get(slot, slot), **told)

    def source(self, source: Source, timezone: str) -> str:
        """An outlet, with the language of its article and the day it was published."""
        phrases = self.words.phrases
        code = source.language
        language = self.words.languages.get(code, code) if code else None
        date = self._day(source.published_at, timezone) if source.published_at else None
        if language and date:
            return phrases.source_dated.format(name=source.name, language=language, date=date)
        detail = language or date
        return phrases.source.format(name=source.name, language=detail) if detail else source.name

    def evidence(self, text: str) -> str:
        """A source's sentence, in quotation marks."""
        return self.words.phrases.quoted.format(text=text)

    def party(self, party: Party, *, but_not: frozenset[str] | set[str] = frozenset()) -> str:
        """A person, an office or a country; a country in `but_not` is left out beside a name."""
        phrases = self.words.phrases
        role = self.words.roles.get(party.role.lower(), party.role) if party.role else None
        country = self.names.country(party.country) if party.country else None
        if party.name is None:
            if role and country:
                return phrases.office.format(role=role, country=country)
            return role or country or phrases.somebody
        name = self.names.who(party.name)
        words = name.casefold().split()
        if role and role.casefold() in (*words[:1], *words[-1:]):
            # "Raja Charles III" need not be called a king once more.
            role = None
        if party.country in but_not or country == name:
            country = None
        if country and role:
            return phrases.person.format(name=name, country=country, role=role)
        if country:
            return phrases.person_of_country.format(name=name, country=country)
        return phrases.person_with_role.format(name=name, role=role) if role else name

    def few(self, values: Sequence[str], most: int = MOST_PARTIES) -> str:
        """A list, the rest counted where it would be longer than a reader wants."""
        if len(values) <= most:
            return self._list(values)
        shown = self._commas(values[:most])
        return self.words.phrases.more.format(list=shown, count=len(values) - most)

    # --- answers that are no briefing

    @property
    def help_text(self) -> str:
        """The answer to `/help`."""
        return self.words.phrases.help.strip()

    @property
    def start_text(self) -> str:
        """The answer to `/start`."""
        return self.words.phrases.start.strip()

    @property
    def trouble(self) -> str:
        """The answer where ours failed."""
        return self.words.phrases.trouble

    def stranger(self, chat: str) -> str:
        """The one line for a chat that is not served: the id its admin needs."""
        return self.words.phrases.stranger.format(id=chat)

    def unknown_topic(self, query: str) -> str:
        """How a query that names nothing known was understood."""
        return self.words.phrases.unknown_topic.format(query=query)

    # --- pieces

    def _span(self, item: BriefingItem) -> str | None:
        return span_text(self.words.dates, item.start, item.end)

    def _day(self, moment: dt.datetime, timezone: str) -> str:
        local = moment.astimezone(ZoneInfo(timezone))
        return date_text(self.words.dates, PartialDate.of(local.date()))

    def _country_with(self, code: str, places: Sequence[str]) -> str:
        country = self.names.country(code)
        if not places:
            return country
        return self.words.phrases.places_in_country.format(places=self._list(places), country=country)

    def _conflict(self, conflict: Conflict) -> str:
        phrases = self.words.phrases
        told = {"value": self._value(conflict.value), "sources": self._list(conflict.sources)}
        if conflict.slot == "start":
            return phrases.other_start.format(**told)
        if conflict.slot == "end":
            return phrases.other_end.format(**told)
        return phrases.other_value.format(slot=self.words.slots.get(conflict.slot, conflict.slot), **told)

    def _value(self, value: str) -> str:
        """A recorded value as a reader says it: a status, a date, a kind, a country, else as it is."""
        if value in self.words.statuses:
            return self.words.statuses[Status(value)]
        if value in ("unknown", "none"):
            return self.words.phrases.no_value
        if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
            return date_text(self.words.dates, PartialDate.parse(value))
        if re.fullmatch(r"[A-Z]{2}", value):
            return self.names.country(value)
        return self.words.kinds[Kind(value)] if value in self.words.kinds else value

    def _remarks(self, *remarks: str) -> str:
        return functools.reduce(
            lambda first, last: self.words.phrases.remark.format(first=first, last=last), remarks
        )

    def _commas(self, values: Sequence[str]) -> str:
        return functools.reduce(
            lambda first, last: self.words.phrases.comma.format(first=first, last=last), values
        )

    def _list(self, values: Sequence[str]) -> str:
        """ "A, B and C"; "" of nothing."""
        if len(values) < 2:
            return "".join(values)
        return self.words.phrases.pair.format(first=self._commas(values[:-1]), last=values[-1])
