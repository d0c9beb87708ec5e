"""The door for language packs: what it lets in, and how it refuses the rest."""

import copy
import importlib.resources
import tomllib
from typing import Any

import pytest

from digest.errors import InvalidPackError
from digest.packs import FILES, available_languages, build_pack, load_pack
from digest.packs.schema import Frame, Tense


def _files(language: str = "en") -> dict[str, Any]:
    """The parsed files of a shipped pack, free to be spoilt."""
    folder = importlib.resources.files("digest.packs") / language
    return {name: tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in FILES}


def _spoilt(file: str, change: Any) -> dict[str, Any]:
    files = copy.deepcopy(_files())
    change(files[file])
    return files


@pytest.mark.parametrize("language", available_languages())
def test_shipped_packs_pass_the_door(language: str) -> None:
    """Every pack that ships is valid, and has what the engine cannot do without."""
    pack = load_pack(language)

    assert pack.language == language
    assert {Frame.VISIT, Frame.RECEIVE, Frame.MEET} <= {trigger.frame for trigger in pack.triggers}
    assert len({trigger.rule for trigger in pack.triggers}) == len(pack.triggers)
    assert {cue.status for cue in pack.cues} >= {"planned", "underway", "completed", "cancelled", "postponed"}
    assert pack.dates.weekdays
    assert set(pack.dates.weekdays.values()) == set(range(7))


@pytest.mark.parametrize("language", available_languages())
def test_every_trigger_can_be_filled(language: str) -> None:
    """A trigger of a visit says how its visitor is marked; a reception names host and visitor."""
    for trigger in load_pack(language).triggers:
        if trigger.frame is not Frame.STOPS:
            assert trigger.visitor, trigger.rule
        if trigger.frame in (Frame.RECEIVE, Frame.INVITE):
            assert trigger.host, trigger.rule


def test_slots_are_worth_less_the_later_they_stand() -> None:
    """The first way to mark an argument is the surest."""
    weights = [spec.weight for spec in load_pack("en").triggers[0].visitor]

    assert weights == sorted(weights, reverse=True)


def test_forms_are_kept_by_tense() -> None:
    """The pack says what a form tells of time."""
    forms = {tense for trigger in load_pack("en").triggers for tense in trigger.forms}

    assert {Tense.PAST, Tense.PRESENT, Tense.NONE} <= forms


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("pack.toml", lambda t: t.update(colour="red"), r"pack.toml: colour: unknown key"),
        ("pack.toml", lambda t: t.update(language="xx"), r"language: must be 'en'"),
        ("pack.toml", lambda t: t.pop("name"), r"name: is missing"),
        ("pack.toml", lambda t: t.update(spacing=True), r"spacing: must be str, not bool"),
        ("pack.toml", lambda t: t.update(spacing="tabs"), r"spacing: 'tabs' is none of"),
        ("markers.toml", lambda t: t.update(fillers=["the", ""]), r"fillers: '' is not a non-empty string"),
        ("markers.toml", lambda t: t.update(fillers="the"), r"fillers: must be list, not str"),
        (
            "markers.toml",
            lambda t: t.update(capital_before=["capital (of|in) "]),
            r"capital_before: .* is a pattern",
        ),
        (
            "triggers.toml",
            lambda t: t["trigger"][0].update(visitor=["beside:-"]),
            r"side is none of before, after, any",
        ),
        ("triggers.toml", lambda t: t["trigger"][0].update(goal=["after:nope"]), r"no marker group 'nope'"),
        ("triggers.toml", lambda t: t["trigger"][0].update(goal=["after:to:far"]), r"reach is not a number"),
        ("triggers.toml", lambda t: t["trigger"][0].update(frame="walk"), r"'walk' is none of"),
        (
            "triggers.toml",
            lambda t: t["trigger"][0]["forms"].update(pluperfect=["x"]),
            r"pluperfect: is none of",
        ),
        ("triggers.toml", lambda t: t["trigger"][0].update(forms={}), r"forms: has no words"),
        ("triggers.toml", lambda t: t["trigger"][0]["forms"].update(past=["visit(ed"]), r"never closed"),
        ("status.toml", lambda t: t["cue"][0].update(status="maybe"), r"'maybe' is none of"),
        ("status.toml", lambda t: t["cue"][0].update(reach="long"), r"reach: must be int, not str"),
        ("status.toml", lambda t: t["kinds"].update(royal=["royal visit"]), r"kinds.royal: is none of"),
        ("dates.toml", lambda t: t["units"].update(decade=["decade"]), r"units.decade: is none of"),
        ("dates.toml", lambda t: t.update(patterns=[]) or t.pop("patterns"), r"patterns: is missing"),
        ("titles.toml", lambda t: t["names"].update(shape="runes"), r"names.shape: 'runes' is none of"),
        ("examples.toml", lambda t: t.update(visit=[{"text": "x"}]), r"a \[\[visit\]\] gives visits"),
        (
            "examples.toml",
            lambda t: t.update(visit=[{"text": "x", "gives": [{"colour": "red"}]}]),
            r"colour: is none of",
        ),
    ],
)
def test_a_mistake_is_refused_with_file_and_key(file: str, change: Any, message: str) -> None:
    """A mistake is found when the pack loads, not when an article happens to use it."""
    with pytest.raises(InvalidPackError, match=message):
        build_pack("en", _spoilt(file, change))


def test_a_missing_and_an_unknown_file_are_refused() -> None:
    """The files are the same in each language."""
    files = _files()
    with pytest.raises(InvalidPackError, match=r"verbs.toml: \(file\): unknown file"):
        build_pack("en", files | {"verbs.toml": {}})
    files.pop("dates.toml")
    with pytest.raises(InvalidPackError, match=r"dates.toml: \(file\): is missing"):
        build_pack("en", files)


def test_a_file_that_is_no_table_is_refused() -> None:
    """Whatever a TOML parser or a caller hands over."""
    with pytest.raises(InvalidPackError, match="must be a table"):
        build_pack("en", _files() | {"pack.toml": []})


def test_a_language_without_a_pack_is_refused() -> None:
    """Asking for one is a mistake of the caller, and says so."""
    with pytest.raises(InvalidPackError, match=r"language pack 'xx'"):
        load_pack("xx")
