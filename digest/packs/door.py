"""The one door for language packs: checks the tables and builds a `Pack`.

Pure: tables in, a frozen pack out; a mistake is found when the pack loads, with file and key.
"""

from collections.abc import Mapping
from typing import Any

from digest.errors import InvalidPackError
from digest.facts import Kind, PurposeClass, Status
from digest.packs.schema import (
    Cue,
    DateTables,
    Example,
    Frame,
    NameStyle,
    Pack,
    PurposeMarker,
    SlotSpec,
    Spacing,
    Tense,
    Title,
    Trigger,
)
from digest.packs.table import Table
from digest.text import fold

__all__ = ["FILES", "build_pack"]

#: The files of a pack, the same in each language.
FILES = (
    "pack.toml",
    "markers.toml",
    "titles.toml",
    "triggers.toml",
    "status.toml",
    "purposes.toml",
    "dates.toml",
    "furniture.toml",
    "examples.toml",
)

SIDES = ("before", "after", "any")
#: How far an argument may stand from its trigger, in characters, unless its slot says otherwise.
DEFAULT_REACH = 160


def build_pack(language: str, files: Mapping[str, Any]) -> Pack:
    """Check the parsed files of a pack and build it.

    One line a field, so that the whole schema can be read here: cut into pieces it would be longer.

    Args:
        language: ISO 639-1 code, the folder's name.
        files: File name -> parsed TOML.

    Raises:
        InvalidPackError: A file or key is missing, unknown, or of the wrong type or value.
    """
    for name in files:
        if name not in FILES:
            raise InvalidPackError(language, name, "(file)", "unknown file")
    tables = {}
    for name in FILES:
        if name not in files:
            raise InvalidPackError(language, name, "(file)", "is missing")
        tables[name] = Table(language, name, "", files[name])
    head, markers = tables["pack.toml"], tables["markers.toml"]
    if head.text("language") != language:
        raise head.fail("language", f"must be {language!r}, the folder's name")
    before = markers.table("before").rest(lambda t, k: t.words(k))
    after = markers.table("after").rest(lambda t, k: t.words(k))
    cases = markers.table("case").rest(lambda t, k: t.words(k))
    groups = {*before, *after, *cases, "-"}
    titles = tables["titles.toml"]
    pack = Pack(
        language=language,
        name=head.text("name"),
        world_languages=head.unfolded("world_languages", required=True),
        home_country=head.optional_text("home_country"),
        spacing=Spacing(head.one_of("spacing", set(Spacing), Spacing.WORDS)),
        prefixes=head.words("prefixes"),
        elisions=head.table("elisions").rest(lambda t, k: fold(t.text(k))),
        verb_final=head.flag("verb_final", default=False),
        ignore=head.words("ignore"),
        former=head.words("former"),
        pronouns=head.words("pronouns"),
        place_pronouns=head.words("place_pronouns"),
        tours=head.words("tours"),
        possessives=head.words("possessives"),
        here=head.words("here"),
        travellers=head.words("travellers"),
        markers_before=before,
        markers_after=after,
        cases=cases,
        capital_before=markers.plain("capital_before"),
        capital_after=markers.plain("capital_after"),
        articles=markers.strings("articles"),
        fillers=markers.words("fillers"),
        venues=markers.words("venues"),
        venue_ends=markers.words("venue_ends"),
        relatives=markers.words("relatives"),
        joiners=markers.strings("joiners", required=True),
        conjunctions=markers.strings("conjunctions", required=True),
        lists=markers.strings("lists"),
        breaks=markers.words("breaks"),
        speech=markers.words("speech"),
        names=_names(titles.table("names")),
        titles=_titles(titles),
        title_countries=_title_countries(titles.table("countries")),
        triggers=tuple(_trigger(t, groups) for t in tables["triggers.toml"].tables("trigger")),
        cues=tuple(_cue(t) for t in tables["status.toml"].tables("cue")),
        kinds=_kinds(tables["status.toml"].table("kinds")),
        purposes=tuple(_purpose(t, rank) for rank, t in enumerate(tables["purposes.toml"].tables("marker"))),
        purpose_ends=tables["purposes.toml"].strings("ends"),
        purpose_classes=_purpose_classes(tables["purposes.toml"].table("classes")),
        dates=_dates(tables["dates.toml"]),
        furniture_starts=tables["furniture.toml"].words("starts"),
        furniture_contains=tables["furniture.toml"].words("contains"),
        datelines=tables["furniture.toml"].strings("datelines"),
        examples=_examples(tables["examples.toml"]),
    )
    for table in tables.values():
        table.close()
    return pack


def _names(table: Table) -> NameStyle:
    style = NameStyle(
        shape=table.one_of("shape", ("capitals", "hangul", "han", "none")),
        after_title=table.flag("after_title", default=False),
        before_title=table.flag("before_title", default=False),
        appositions=table.unfolded("appositions"),
        particles=table.words("particles"),
        longest=table.number("longest", 4),
        never=table.words("never"),
        surnames=table.words("surnames"),
        letters=fold(table.text("letters", "")),
        short=table.one_of("short", ("last", "first", "any")),
        country_before=table.strings("country_before"),
    )
    table.close()
    return style


def _titles(table: Table) -> tuple[Title, ...]:
    roles = table.table("titles").rest(lambda t, k: t.words(k))
    return (*(Title(role, words) for role, words in roles.items()), Title("", table.words("honorifics")))


def _title_countries(table: Table) -> dict[str, str]:
    """Code -> titles, turned round."""
    found: dict[str, str] = {}
    for code, words in table.rest(lambda t, k: t.words(k)).items():
        found.update(dict.fromkeys(words, code))
    return found


def _slots(table: Table, key: str, groups: set[str]) -> tuple[SlotSpec, ...]:
    """Slots as `"side:marker"` or `"side:marker:reach"`, the surest first."""
    sides = (*SIDES, "in", "opens", "closes")
    specs = []
    for rank, text in enumerate(table.unfolded(key)):
        side, marker, *rest = text.split(":")
        if side not in sides:
            raise table.fail(key, f"{text!r}: the side is none of {', '.join(sides)}")
        if marker not in groups:
            raise table.fail(key, f"{text!r}: no marker group {marker!r}")
        if rest and not rest[0].isdigit():
            raise table.fail(key, f"{text!r}: the reach is not a number")
        reach = int(rest[0]) if rest else DEFAULT_REACH
        specs.append(SlotSpec(side, marker, reach, max(0.5, 1.0 - 0.1 * rank)))
    return tuple(specs)


def _trigger(table: Table, groups: set[str]) -> Trigger:
    forms_table = table.table("forms")
    forms = forms_table.rest(lambda t, k: t.words(k, required=True))
    for tense in forms:
        if tense not in set(Tense):
            raise forms_table.fail(tense, f"is none of {', '.join(Tense)}")
    if not forms:
        raise table.fail("forms", "has no words")
    trigger = Trigger(
        rule=table.text("rule"),
        frame=Frame(table.one_of("frame", set(Frame))),
        forms={Tense(tense): words for tense, words in forms.items()},
        visitor=_slots(table, "visitor", groups),
        host=_slots(table, "host", groups),
        goal=_slots(table, "goal", groups),
        country=table.optional_text("country"),
        status=_status(table),
        kind=Kind(table.one_of("kind", set(Kind))) if "kind" in table else None,
        dropped_visitor=table.flag("dropped_visitor", default=False),
        dropped_goal=table.flag("dropped_goal", default=False),
        closing=table.flag("closing", default=False),
        needs_goal=table.flag("needs_goal", default=False),
        title_only=table.flag("title_only", default=False),
        whole=table.flag("whole", default=False),
        weak=table.flag("weak", default=False),
        particle=table.words("particle"),
        at_home=table.flag("at_home", default=False),
    )
    table.close()
    return trigger


def _status(table: Table) -> Status | None:
    return Status(table.one_of("status", set(Status))) if "status" in table else None


def _cue(table: Table) -> Cue:
    cue = Cue(
        status=_status(table),
        words=table.words("words", required=True),
        side=table.one_of("side", SIDES, "any"),
        reach=table.number("reach", 60),
        far=table.flag("far", default=False),
        history=table.flag("history", default=False),
        closing=table.flag("closing", default=False),
        void=table.flag("void", default=False),
        particle=table.words("particle"),
    )
    table.close()
    return cue


def _kinds(table: Table) -> dict[Kind, tuple[str, ...]]:
    kinds = table.rest(lambda t, k: t.words(k))
    for kind in kinds:
        if kind not in set(Kind):
            raise table.fail(kind, f"is none of {', '.join(Kind)}")
    return {Kind(kind): words for kind, words in kinds.items()}


def _purpose(table: Table, rank: int) -> PurposeMarker:
    marker = PurposeMarker(
        words=table.words("words", required=True),
        side=table.one_of("side", ("before", "after"), "after"),
        keep=table.flag("keep", default=False),
        topic=table.flag("topic", default=False),
        rank=rank,
    )
    table.close()
    return marker


def _purpose_classes(table: Table) -> dict[PurposeClass, tuple[str, ...]]:
    classes = table.rest(lambda t, k: t.words(k))
    for label in classes:
        if label not in set(PurposeClass):
            raise table.fail(label, f"is none of {', '.join(PurposeClass)}")
    return {PurposeClass(label): words for label, words in classes.items()}


def _numbers(table: Table) -> dict[str, int]:
    """Word pattern -> number, the patterns expanded."""
    found: dict[str, int] = {}
    for pattern, value in table.rest(lambda t, k: t.number(k)).items():
        found.update(dict.fromkeys(table.expanded(pattern, [pattern]), value))
    return found


def _dates(table: Table) -> DateTables:
    units: dict[str, str] = {}
    unit_table = table.table("units")
    for unit, words in unit_table.rest(lambda t, k: t.words(k)).items():
        if unit not in ("day", "week", "month", "year"):
            raise unit_table.fail(unit, "is none of day, week, month, year")
        units.update(dict.fromkeys(words, unit))
    relatives: dict[str, tuple[str, int]] = {}
    for row in table.tables("relative"):
        value = (row.one_of("unit", ("week", "month", "year")), row.number("offset"))
        relatives.update(dict.fromkeys(row.words("words", required=True), value))
        row.close()
    return DateTables(
        months=_numbers(table.table("months")),
        weekdays=_numbers(table.table("weekdays")),
        short_weekdays=_numbers(table.table("short_weekdays")),
        eras=_numbers(table.table("eras")),
        days=_numbers(table.table("days")),
        numbers=_numbers(table.table("numbers")),
        units=units,
        directions=_numbers(table.table("directions")),
        told_days=_numbers(table.table("told_days")),
        told_directions=_numbers(table.table("told_directions")),
        relatives=relatives,
        after_event=table.words("after_event"),
        before_event=table.words("before_event"),
        since=table.words("since"),
        until=table.words("until"),
        patterns=table.strings("patterns", required=True),
        durations=table.strings("durations"),
        not_dates=table.strings("not_dates"),
        month_first=table.flag("month_first", default=False),
    )


def _examples(table: Table) -> tuple[Example, ...]:
    examples = []
    for key in ("visit", "not_a_visit"):
        for row in table.tables(key):
            visits = tuple(one.rest(_expected) for one in row.tables("gives"))
            if (key == "visit") != bool(visits):
                raise row.fail("gives", "a [[visit]] gives visits, a [[not_a_visit]] none")
            examples.append(
                Example(
                    row.text("text"), row.optional_text("title"), visits, row.optional_text("known_failure")
                )
            )
            row.close()
    return tuple(examples)


EXPECTED = ("visitor", "country", "place", "host", "start", "end", "status", "purpose", "salience")


def _expected(table: Table, key: str) -> str:
    if key not in EXPECTED:
        raise table.fail(key, f"is none of {', '.join(EXPECTED)}")
    return table.text(key)
