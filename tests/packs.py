"""Tiny language packs, and what the engine makes of one sentence with them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from digest.dates import DateFinder
from digest.lexicon import Lexicon, Mention, MentionKind
from digest.packs import FILES, Pack, build_pack
from digest.people import Cast
from digest.places import goals
from digest.scene import Markers, Scene
from digest.text import Sentence, fold
from digest.visits import Claim, Memory, claims_of
from digest.world import World
from tests.worlds import WORLD

__all__ = ["SPACED", "Tongue", "joined_pack", "spaced_pack"]

#: A language like English, as small as it can be: words stand between spaces, prepositions mark arguments.
SPACED: Mapping[str, Mapping[str, Any]] = {
    "pack": {
        "language": "xx",
        "name": "Spaced",
        "world_languages": ["en"],
        "former": ["former"],
        "pronouns": ["he"],
        "possessives": ["his"],
        "place_pronouns": ["there"],
        "tours": ["these countries"],
        "here": ["here"],
        "ignore": ["visit card"],
    },
    "markers": {
        "joiners": [" ", ", ", " of ", ", the ", "'s ", " ("],
        "conjunctions": [" and ", ", "],
        "fillers": ["the", "city of"],
        "venues": ["airport"],
        "relatives": ["who"],
        "breaks": ["while"],
        "speech": ["said"],
        "capital_before": ["capital of "],
        "capital_after": [" capital"],
        "articles": ["the "],
        "before": {"to": ["to"], "in": ["in"], "by": ["by"], "with": ["with"]},
        "after": {"poss": ["'s"]},
    },
    "titles": {
        "names": {
            "shape": "capitals",
            "after_title": True,
            "before_title": True,
            "appositions": [", ", ", the "],
            "particles": ["bin"],
            "longest": 3,
            "never": ["incumbent"],
            "short": "last",
            "country_before": ["adjective", "abbreviation", "country"],
        },
        "titles": {
            "president": ["president"],
            "foreign minister": ["foreign minister"],
            "pope": ["pope"],
            "delegation": ["delegation"],
        },
        "countries": {"US": ["pentagon chief"]},
        "honorifics": ["mr", "pentagon chief"],
    },
    "triggers": {
        "trigger": [
            {
                "rule": "visit",
                "frame": "visit",
                "visitor": ["before:-", "after:by:20"],
                "goal": ["after:to:60", "after:-:20", "after:in:40"],
                "host": ["after:with"],
                "needs_goal": True,
                "forms": {"past": ["visited"], "future": ["will visit", "will fly"]},
            },
            {
                "rule": "trip",
                "frame": "visit",
                "visitor": ["before:poss"],
                "goal": ["after:to"],
                "dropped_visitor": True,
                "forms": {"none": ["trip"]},
            },
            {
                "rule": "come",
                "frame": "visit",
                "visitor": ["before:-"],
                "goal": ["after:to"],
                "dropped_goal": True,
                "needs_goal": True,
                "forms": {"past": ["came"]},
            },
            {
                "rule": "north-visit",
                "frame": "visit",
                "country": "KP",
                "visitor": ["before:-"],
                "forms": {"past": ["went north"]},
            },
            {
                "rule": "receive",
                "frame": "receive",
                "visitor": ["after:-"],
                "host": ["before:-"],
                "goal": ["after:in"],
                "forms": {"past": ["received"]},
            },
            {
                "rule": "meet",
                "frame": "meet",
                "visitor": ["before:-"],
                "host": ["after:-", "after:with"],
                "goal": ["after:in"],
                "forms": {"past": ["met"]},
            },
            {
                "rule": "stops",
                "frame": "stops",
                "visitor": ["before:-"],
                "goal": ["after:-:200", "after:in:200"],
                "forms": {"future": ["stops are"]},
            },
            {
                "rule": "bound",
                "frame": "visit",
                "title_only": True,
                "visitor": ["before:-"],
                "goal": ["after:-"],
                "forms": {"present": ["bound for"]},
            },
        ]
    },
    "status": {
        "cue": [
            {"words": ["cancelled"], "status": "cancelled"},
            {"words": ["plans"], "status": "planned", "side": "before", "reach": 20},
            {"words": ["last year"], "history": True},
            {"words": ["by video"], "void": True, "far": True},
        ],
        "kinds": {"state": ["state"], "working": ["working"]},
    },
    "purposes": {
        "marker": [{"words": ["in order to"]}, {"words": ["for"], "keep": True}],
        "ends": [" where "],
    },
    "dates": {
        "patterns": ["[{weekday} ]{d} {month}[ {y}]", "{weekday}", "{n} {unit} {after}", "{until} {weekday}"],
        "durations": ["{n} {unit} stay"],
        "weekdays": {"monday": 0, "tuesday": 1, "friday": 4},
        "months": {"june": 6},
        "units": {"day": ["day[s]"]},
        "after_event": ["after"],
        "until": ["until"],
    },
    "furniture": {
        "starts": ["read more"],
        "contains": ["all rights reserved"],
        "datelines": ["{caps}{long}"],
    },
    "examples": {},
}

#: A language like Korean: particles are joined to names, titles and verbs stand last.
JOINED: Mapping[str, Mapping[str, Any]] = {
    "pack": {
        "language": "xx",
        "name": "Joined",
        "world_languages": ["ko"],
        "spacing": "particles",
        "verb_final": True,
        "home_country": "KR",
        "former": ["전"],
        "pronouns": ["그"],
        "ignore": ["북한산"],
    },
    "markers": {
        "joiners": [" "],
        "conjunctions": [", ", "과 ", "와 "],
        "breaks": ["며"],
        "before": {},
        "after": {"subject": ["은", "는", "이", "가"], "object": ["을", "를"], "at": ["에서", "에"]},
    },
    "titles": {
        "names": {
            "shape": "hangul",
            "before_title": True,
            "longest": 2,
            "never": ["현직", "국방위원회"],
            "short": "any",
            "country_before": ["country", "abbreviation"],
        },
        "titles": {"president": ["대통령"], "supreme leader": ["국무위원장", "위원장"], "director": ["부장"]},
    },
    "triggers": {
        "trigger": [
            {
                "rule": "visit",
                "frame": "visit",
                "visitor": ["before:subject", "before:-"],
                "goal": ["before:object", "before:-:2"],
                "forms": {"none": ["방문"]},
            },
            {
                "rule": "between",
                "frame": "visit",
                "visitor": ["before:subject"],
                "goal": ["before:at"],
                "whole": True,
                "forms": {"past": ["간"]},
            },
        ]
    },
    "status": {},
    "purposes": {"marker": [{"words": ["위해"], "side": "before"}]},
    "dates": {"patterns": ["{d}일"]},
    "furniture": {},
    "examples": {},
}


def _built(base: Mapping[str, Mapping[str, Any]], changes: Mapping[str, Mapping[str, Any]]) -> Pack:
    stems = [name.removesuffix(".toml") for name in FILES]
    return build_pack("xx", {f"{stem}.toml": {**base[stem], **changes.get(stem, {})} for stem in stems})


def spaced_pack(**changes: Mapping[str, Any]) -> Pack:
    """The spaced language; `changes` are top-level keys of its files, by the files' names."""
    return _built(SPACED, changes)


def joined_pack(**changes: Mapping[str, Any]) -> Pack:
    """The joined language; `changes` are top-level keys of its files, by the files' names."""
    return _built(JOINED, changes)


@dataclass(slots=True)
class Tongue:
    """A pack over a world, with what the sentences read so far have made salient."""

    lexicon: Lexicon
    cast: Cast
    memory: Memory
    text: str
    sentences: list[Sentence]

    @classmethod
    def of(
        cls, pack: Pack, *lines: str, world: World = WORLD, on: dt.date | None = dt.date(2024, 6, 17)
    ) -> "Tongue":
        """An article of one sentence a line, the first one its title."""
        text = "\n".join(lines)
        lexicon = Lexicon(pack, world)
        found, position = [], 0
        for index, line in enumerate(lines):
            found.append(Sentence(position, position + len(line), index))
            position += len(line) + 1
        return cls(lexicon, Cast(lexicon, text, fold(text), on), Memory(), text, found)

    def mentions(self, sentence: Sentence) -> list[Mention]:
        """The mentions of one sentence."""
        found = self.lexicon.mentions(self.text, fold(self.text))
        return [m for m in found if sentence.start <= m.start < sentence.end]

    def scenes(self) -> list[Scene]:
        """Every sentence as the binding sees it."""
        return [self._scene(sentence) for sentence in self.sentences]

    def _scene(self, sentence: Sentence) -> Scene:
        folded, pack, mentions = fold(self.text), self.lexicon.pack, self.mentions(sentence)
        actors = self.cast.actors(sentence, mentions)
        return Scene(
            sentence=sentence,
            folded=folded,
            mentions=mentions,
            actors=actors,
            goals=goals(self.lexicon, folded, mentions, [(a.start, a.end) for a in actors]),
            finder=DateFinder(pack.dates),
            markers=Markers(pack, self.lexicon.adjectives),
            links=pack.conjunctions,
            verb_final=pack.verb_final,
        )

    def claims(self) -> list[Claim]:
        """The claims of every sentence, in order."""
        return [c for scene in self.scenes() for c in claims_of(scene, self.lexicon.pack, self.memory)]

    def words(self, kind: MentionKind) -> list[str]:
        """The text of every mention of one kind."""
        found = self.lexicon.mentions(self.text, fold(self.text))
        return [self.text[m.start : m.end] for m in found if m.kind is kind]
