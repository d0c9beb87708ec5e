"""What a question asks for: the words after `/brief`, or a subscription's topic, in any language.

Pure. Names come from the world data, all other words from `bot.topic_words`.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.topic_choices import narrowings_of, settled
from bot.topic_names import Meanings, Named, country_named, names_in
from bot.topic_times import Number, Times, number_of
from bot.topic_units import Unit, spans, text_of, typed_of, units_of
from bot.topic_words import TopicWords, Word, in_order, load_topic_words, office_phrases
from bot.topics import OFFICES, Mention, Topic
from digest.world import World

__all__ = ["understand"]

#: Tables whose words mean the same with an ending.
_INFLECTED = frozenset({"times", "months", "weekdays", "offices", "visits_to", "shared"})
#: Words that say nothing by themselves.
_SMALL = frozenset({"noise", "before", "after"})
#: Countries of one letter each that are told as one word.
MOST_SIDE_BY_SIDE = 3
_WEEKS = frozenset({"last_week", "this_week", "next_week"})


def understand(query: str, world: World, now: dt.datetime, language: str) -> Topic:
    """What a question means; an empty one means everything.

    Args:
        query: The reader's words.
        world: Whose names are known.
        now: On the reader's own clock: "today" is its day.
        language: For the labels of choices, and the likelier one where a word is of two languages.
    """
    return _Reader(query, world, now.date(), language).read()


@dataclass(slots=True)
class _Reader:
    """Reads a question from left to right, the longest known phrase first."""

    query: str
    world: World
    today: dt.date
    language: str
    units: list[Unit] = field(init=False)
    names: dict[str, Meanings] = field(init=False)
    #: Likeliest first.
    languages: tuple[TopicWords, ...] = field(init=False)
    times: Times = field(default_factory=Times)
    mentions: list[Mention] = field(default_factory=list)
    #: Where each mention stands.
    places: list[tuple[int, int]] = field(default_factory=list)
    #: Pieces that mean nothing known.
    left: list[int] = field(default_factory=list)
    #: What a word before the next name says of its direction.
    direction: str | None = None
    #: The turn of a weekday that was told before it.
    turn: str | None = None
    #: What stands right before the piece being read: the group of its word, "name" or "".
    before: str = ""

    def read(self) -> Topic:
        """The whole question."""
        self.units = units_of(self.query)
        self.names = names_in(self.query, self._name_phrases(), self.world)
        self.languages = in_order(self._scores(), self.language, load_topic_words())
        at = 0
        while at < len(self.units):
            at = next((end for end in spans(self.units, at) if self._take(at, end)), at + 1)
        window, used = self.times.window(self.today)
        unused = {number.at for number in self.times.numbers} - used
        words = self._words(sorted({*self.left, *unused}))
        mentions = settled(self.mentions)
        return Topic(
            query=self.query,
            mentions=mentions,
            window=window,
            words=tuple(words),
            typed_words=tuple(words.values()),
            narrowings=narrowings_of(
                mentions, self.places, self.units, self.world, self.today, self.language
            ),
        )

    def _words(self, pieces: Sequence[int]) -> dict[str, str]:
        """Pieces that mean nothing known, put together where nothing stood between them, and as typed."""
        runs: list[list[Unit]] = []
        for place, at in enumerate(pieces):
            if self.units[at].glued and place and pieces[place - 1] == at - 1:
                runs[-1].append(self.units[at])
            else:
                runs.append([self.units[at]])
        return {text_of(run): typed_of(run) for run in runs}

    def _name_phrases(self) -> set[str]:
        """Every phrase of the question that may be a name."""
        found: set[str] = set()
        for start, unit in enumerate(self.units):
            for end in spans(self.units, start):
                if end == start + 1 and unit.is_character and not self._is_short_token(start):
                    continue
                phrase = text_of(self.units[start:end])
                found.update(stem for stem, _ in _stems(phrase, load_topic_words()))
        return found

    def _is_whole(self, at: int, end: int) -> bool:
        """Whether nothing is glued to what stands between two places."""
        return not self.units[at].glued and not any(unit.glued for unit in self.units[end : end + 1])

    def _is_short_token(self, at: int) -> bool:
        """Whether a character stands alone or among so few that they may be countries side by side."""
        first = next(place for place in range(at, -1, -1) if not self.units[place].glued)
        return any(
            self._is_whole(first, first + n) for n in range(1, MOST_SIDE_BY_SIDE + 1) if first + n > at
        )

    def _scores(self) -> dict[str, int]:
        """How many pieces of the question each language knows, as words or as its own names."""
        known: dict[str, set[int]] = {}
        for start in range(len(self.units)):
            for end in spans(self.units, start):
                phrase, typed = text_of(self.units[start:end]), typed_of(self.units[start:end])
                languages = {w.language for w in load_topic_words() if w.meanings(phrase, typed)}
                if phrase in self.names:
                    languages |= self.names[phrase].languages
                for language in languages:
                    known.setdefault(language, set()).update(range(start, end))
        return {language: len(pieces) for language, pieces in known.items()}

    def _take(self, at: int, end: int) -> bool:
        """Take the phrase between two places for what it means; False where it means nothing."""
        if self._is_word(at, end) or self._is_name(at, end) or self._is_number(at, end):
            return True
        if self._are_side_by_side(at, end):
            return True
        if end == at + 1:
            self.left.append(at)
            self.before = ""
        return False

    def _is_word(self, at: int, end: int) -> bool:
        phrase, typed = text_of(self.units[at:end]), typed_of(self.units[at:end])
        if phrase in self.names and self.names[phrase].is_abbreviation:
            return False
        for words in self.languages:
            for word in words.meanings(phrase, typed):
                if self._use(word, phrase, None, at, end):
                    return True
        for stem, direction in self._stems(phrase):
            for words in self.languages:
                for word in words.meanings(stem, stem):
                    if word.group in _INFLECTED and self._use(word, stem, direction, at, end):
                        return True
        return False

    def _is_name(self, at: int, end: int) -> bool:
        if end == at + 1 and self.units[at].is_character and not self._is_whole(at, end):
            return False
        phrase = text_of(self.units[at:end])
        for stem, direction in [(phrase, None), *self._stems(phrase)]:
            if stem in self.names:
                self._add(_mention(self.names[stem].named, stem), direction, at, end)
                return True
        return False

    def _are_side_by_side(self, at: int, end: int) -> bool:
        """Take a word that is countries of one letter each: 中俄, 日米韓."""
        units = self.units[at:end]
        known = [self.names[unit.key] for unit in units if unit.is_character and unit.key in self.names]
        if not 1 < len(known) == len(units) <= MOST_SIDE_BY_SIDE or not self._is_whole(at, end):
            return False
        if not frozenset.intersection(*(one.languages for one in known)):
            return False
        for place, one in enumerate(known, start=at):
            self._add(_mention(one.named, self.units[place].key), None, place, place + 1)
        return True

    def _is_number(self, at: int, end: int) -> bool:
        counters = {counter for words in load_topic_words() for counter in words.counters}
        found = number_of(self.units[at].key, counters) if end == at + 1 else None
        if found is None:
            return False
        value, digits, is_counted = found
        self.times.numbers.append(Number(at, value, digits, is_counted))
        self.before = "number"
        return True

    def _stems(self, phrase: str) -> Iterator[tuple[str, str | None]]:
        """A phrase without what is glued to it; letters of alphabets only in the question's languages."""
        usable = load_topic_words() if phrase[0] >= "\u0590" else self.languages
        for stem, meaning in _stems(phrase, usable):
            if stem != phrase:
                yield stem, meaning

    def _use(self, word: Word, phrase: str, direction: str | None, at: int, end: int) -> bool:
        """Take a word for what it means; False where it cannot mean it here."""
        if word.group in _SMALL and self._is_inside_unknown(at, end):
            return False
        match word.group:
            case "before":
                if word.meaning != "of" or not at:
                    self.direction = "from" if word.meaning == "of" else word.meaning
            case "after":
                return self._use_after(word.meaning)
            case "offices":
                self._add(_office(word.meaning, phrase), direction, at, end)
            case "visits_to":
                self._add(_mention([country_named(word.meaning, self.world)], phrase), "to", at, end)
            case "shared":
                codes = [code for code in word.meaning.split("-") if self.world.country(code)]
                named = [country_named(code, self.world) for code in codes]
                if not named:
                    return False
                self._add(_mention(named, phrase), direction, at, end)
            case "noise":
                self.before = self.before if self.before == "name" else ""
            case _:
                return self._use_time(word)
        if word.group in ("before", "offices", "visits_to", "shared"):
            self.before = "name" if word.group != "before" else ""
        return True

    def _use_after(self, meaning: str) -> bool:
        """A word behind a name says where; behind a time it says nothing; elsewhere it is none."""
        if self.before == "name":
            mention = self.mentions[-1]
            if mention.direction is None:
                self.mentions[-1] = dataclasses.replace(mention, direction=_direction(meaning, mention))
            return True
        return self.before in ("times", "months", "weekdays", "number")

    def _use_time(self, word: Word) -> bool:
        if word.group == "turns":
            return self._use_turn(word.meaning)
        if word.group == "short_weekdays" and self.before != "week":
            return False
        if word.group == "times":
            self.times.named.append(word.meaning)
        elif word.group == "months":
            self.times.months.append(int(word.meaning))
        else:
            self.times.weekdays.append((int(word.meaning), self.turn))
            self.turn = None
        self.before = "week" if word.meaning in _WEEKS else word.group
        self.direction = None
        return True

    def _use_turn(self, turn: str) -> bool:
        """ "next" before a weekday or behind it; beside anything else it is no such word."""
        if self.before in ("weekdays", "short_weekdays") and self.times.weekdays[-1][1] is None:
            self.times.weekdays[-1] = (self.times.weekdays[-1][0], turn)
            return True
        self.turn = turn
        self.before = ""
        return True

    def _is_inside_unknown(self, at: int, end: int) -> bool:
        """Whether a small word of one character belongs to a longer one that is not known, as 和 to 和平."""
        if end != at + 1 or not self.units[at].is_character or not self.units[end : end + 1]:
            return False
        return self.units[end].glued and not any(
            self._is_known(end, further) for further in spans(self.units, end)
        )

    def _is_known(self, at: int, end: int) -> bool:
        phrase = text_of(self.units[at:end])
        stems = [phrase, *(stem for stem, _ in self._stems(phrase))]
        return any(
            stem in self.names or any(words.meanings(stem, stem) for words in self.languages)
            for stem in stems
        )

    def _add(self, mention: Mention, direction: str | None, at: int, end: int) -> None:
        said = direction or self.direction
        said = said and _direction(said, mention)
        self.mentions.append(dataclasses.replace(mention, direction=said))
        self.places.append((at, end))
        self.direction = None
        self.before = "name"


def _stems(phrase: str, usable: Sequence[TopicWords]) -> Iterator[tuple[str, str | None]]:
    """A phrase as it is, without an ending, and without an opening, with the direction these give it."""
    yield phrase, None
    for words in usable:
        for ending, meaning in words.endings.items():
            if phrase.endswith(ending) and len(phrase) > len(ending) + 1:
                yield phrase.removesuffix(ending), None if meaning == "either" else meaning
        for opening, meaning in words.openings.items():
            if not phrase.startswith(opening) or len(phrase) <= len(opening) + 1:
                continue
            rest = phrase.removeprefix(opening)
            said = None if meaning == "either" else meaning
            yield rest, said
            for whole, changed in words.elisions.items():
                if rest.startswith(changed):
                    yield whole + rest.removeprefix(changed), said


def _direction(said: str, mention: Mention) -> str | None:
    """A direction as it holds of a mention: some words give one to countries and places alone."""
    if not said.endswith("_place"):
        return said
    return said.removesuffix("_place") if mention.countries or mention.places else None


def _office(office: str, phrase: str) -> Mention:
    return Mention(label=phrase, roles=OFFICES[office], terms=office_phrases(office))


def _mention(named: Sequence[Named], phrase: str) -> Mention:
    """All that a name means, as one."""
    return Mention(
        label=named[0].label,
        phrase=phrase,
        countries=frozenset().union(*(one.countries for one in named)),
        names=frozenset(one.name for one in named if one.name),
        places=frozenset(one.place for one in named if one.place),
        inside=frozenset(one.inside for one in named if one.inside),
        terms=frozenset().union(*(one.terms for one in named)),
    )
