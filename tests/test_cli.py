"""The commands: what they print, and what they say where something is wrong."""

import json
import logging
import os
import pty
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import COMMANDS, main
from bot.cli.articles import article_in
from bot.cli.json_lines import LONGEST_LINE, answers
from bot.local_timezone import local_timezone
from bot.new_config import Wishes, config_text
from bot.new_language import write_pack
from bot.settings import load_settings, parse_settings
from digest.packs import FILES, build_pack

NOW = ("--now", "2024-06-18T07:00:00+09:00")

SENTENCE = "Presiden Rusia Vladimir Putin akan berkunjung ke Korea Utara pada 18-19 Juni 2024."
#: Enough around the sentence to tell the language.
ARTICLE = (
    f"Putin Akan ke Pyongyang\n{SENTENCE}\nKremlin mengumumkannya dalam keterangan tertulis pada Senin.\n"
)

FEED = f"""<rss version="2.0"><channel><title>Pos</title><item><title>Putin Akan ke Pyongyang</title>
<guid>1</guid><pubDate>Mon, 17 Jun 2024 08:00:00 +0700</pubDate><description>{SENTENCE} Kremlin mengumumkannya
dalam keterangan tertulis pada Senin.</description></item></channel></rss>"""


def attache(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(each) for each in arguments], input=stdin, prog_name="attache")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration with one feed in a file."""
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")
    path = tmp_path / "config.toml"
    path.write_text('[bot]\ntimezone = "Asia/Seoul"\n[[feeds]]\nurl = "feed.xml"\nname = "Pos"\n')
    return path


# --- every command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    """`--help` shows how the command is typed."""
    result = attache(name, "--help")

    assert result.exit_code == 0
    assert f"attache {name}" in result.output.split("Example", 1)[1]


def test_help_lists_the_commands() -> None:
    """All of them, with what they do."""
    result = attache("--help")

    assert all(f"  {name}  " in result.output for name in COMMANDS)
    assert all(line in result.output for line in COMMANDS.values())


def test_the_version_is_the_package_s() -> None:
    """`attache --version` for bug reports."""
    assert attache("--version").output.startswith("attache 0.")


@pytest.mark.parametrize(
    "arguments",
    [("nothing",), ("brief", "--now", "noon"), ("brief", "--json", "--format", "text"), ("explain",)],
)
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    """Scripts tell a typing mistake from a failure."""
    assert attache(*arguments).exit_code == 2


@pytest.mark.parametrize("command", ["brief", "poll", "run", "check"])
def test_without_a_config_the_error_says_what_to_do(command: str, tmp_path: Path) -> None:
    """One line: how to write a config, and how to look around without one."""
    result = attache(command, "--config", tmp_path / "config.toml")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "attache init" in result.stderr
    assert "--config seeds/config.toml" in result.stderr


def test_a_wrong_config_is_one_line_with_file_line_and_key(config: Path) -> None:
    """Nothing is started, and the admin is led to the place."""
    config.write_text(config.read_text() + 'evry = "5m"\n')
    result = attache("poll", "--config", config)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f'attache: {config}:6: feed "Pos": evry: unknown key; did you mean "every"?\n'
    assert not (config.parent / "attache.db").exists()


def test_a_database_that_is_none_is_one_line(config: Path) -> None:
    """The path is told, not a traceback."""
    (config.parent / "attache.db").write_text("no database, but long enough to be looked at as one" * 100)
    result = attache("brief", "--config", config)

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "attache.db" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (
            ("brief", *NOW),
            ("telegram", "slack_bolt", "slack_sdk", "aiohttp", "trafilatura", "pycld2", "feedparser"),
        ),
        (("digest", "article.txt"), ("telegram", "slack_bolt", "aiohttp", "trafilatura", "sqlite_utils")),
    ],
)
def test_a_command_loads_only_what_it_uses(
    config: Path, arguments: tuple[str, ...], unwanted: tuple[str, ...]
) -> None:
    """A quick command starts quickly, and a light one stays light."""
    (config.parent / "article.txt").write_text(ARTICLE)
    program = (
        "import sys; from bot.cli import main\n"
        "main(sys.argv[1:], standalone_mode=False)\n"
        "print('loaded:', *sorted(sys.modules))"
    )
    finished = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, *arguments],
        cwd=config.parent,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONUTF8": "1"},
    )
    loaded = finished.stdout.rpartition("loaded: ")[2].split()

    assert not set(unwanted) & set(loaded)


# --- poll and brief


def test_poll_stores_what_brief_tells(config: Path) -> None:
    """The two commands of the quick start."""
    polled = attache("poll", "--config", config, *NOW)
    briefed = attache("brief", "korea", "--config", config, *NOW)

    assert polled.exit_code == 0, polled.output
    assert "1 of 1 feeds answered: 1 new articles, 1 reports of visits." in polled.stdout
    assert briefed.exit_code == 0, briefed.output
    assert "Vladimir Putin (Russia, president) → Pyongyang, North Korea" in briefed.stdout
    assert briefed.stderr == ""


def test_poll_leaves_out_feeds_that_are_not_due_unless_told(config: Path) -> None:
    """--all ignores due times."""
    attache("poll", "--config", config, *NOW)
    again = attache("poll", "--config", config, *NOW)
    everything = attache("poll", "--all", "--json", "--config", config, *NOW)

    assert "No feed is due" in again.stdout
    assert [feed["name"] for feed in json.loads(everything.stdout)["feeds"]] == ["Pos"]


def test_poll_fails_only_when_every_feed_does(config: Path) -> None:
    """Cron learns of an outage; one dead feed among others is only told."""
    text = config.read_text()
    config.write_text(text + '[[feeds]]\nurl = "gone.xml"\nname = "Gone"\n')
    some = attache("poll", "--all", "--config", config)
    (config.parent / "feed.xml").unlink()
    none = attache("poll", "--all", "--config", config)

    assert some.exit_code == 0
    assert "failed: no such file" in some.stdout
    assert none.exit_code == 1
    assert len(none.stderr.splitlines()) == 1
    assert none.stderr.startswith("attache: no feed answered; Pos: ")


def test_brief_without_a_poll_says_so(config: Path) -> None:
    """An empty briefing would look like a quiet day."""
    result = attache("brief", "--config", config)

    assert result.exit_code == 0
    assert "attache poll" in result.stderr


def test_brief_as_json_holds_the_contract_s_keys(config: Path) -> None:
    """Scripts read it; a clock that stands still gives the same output twice."""
    attache("poll", "--config", config, *NOW)
    result = attache("brief", "korea", "--json", "--config", config, *NOW)
    again = attache("brief", "korea", "--json", "--config", config, *NOW)
    briefing = json.loads(result.stdout)

    assert {"query", "generated_at", "language", "items", "headlines", "feeds"} <= set(briefing)
    assert briefing["query"] == "korea"
    assert briefing["generated_at"] == "2024-06-17T22:00:00+00:00"
    assert briefing["items"][0]["visitors"][0]["name"] == "Vladimir Putin"
    assert briefing["items"][0]["sources"][0]["evidence"] == SENTENCE
    assert briefing["feeds"] == {"answered": 1, "failed": []}
    assert result.stdout == again.stdout


@pytest.mark.parametrize(
    ("form", "sign"),
    [("text", "COMING"), ("telegram", "<b>"), ("slack", '"blocks"'), ("html", "<!DOCTYPE html>")],
)
def test_brief_draws_what_each_platform_gets(config: Path, form: str, sign: str) -> None:
    """What a chat would show can be seen without a chat."""
    attache("poll", "--config", config, *NOW)
    result = attache("brief", "--format", form, "--config", config, "--now", "2024-06-17T12:00:00+09:00")

    assert result.exit_code == 0
    assert sign in result.stdout
    assert "Putin" in result.stdout


def test_brief_explains_its_order(config: Path) -> None:
    attache("poll", "--config", config, *NOW)

    told = attache("brief", "--explain", "--config", config, *NOW)
    parts = json.loads(attache("brief", "--json", "--explain", "--config", config, *NOW).output)["items"][0]

    assert "Order: 0." in told.output
    assert set(parts["importance"]) == {"rank", "sources", "nearness", "topics"}


def test_brief_explains_only_where_a_person_or_a_program_reads_it_at_the_terminal(config: Path) -> None:
    result = attache("brief", "--explain", "--format", "slack", "--config", config, *NOW)

    assert (result.exit_code, "--explain is for" in result.output) == (2, True)


def test_history_tells_how_a_trip_came_about_by_topic_and_by_id(config: Path) -> None:
    attache("poll", "--config", config, *NOW)

    told = attache("history", "putin", "--config", config, *NOW)
    (item,) = json.loads(attache("history", "--json", "putin", "--config", config, *NOW).output)["items"]
    again = attache("history", item["id"], "--lang", "ko", "--config", config, *NOW)

    assert "Mon 17 June 2024: first told as planned (Pos)" in told.output
    assert "첫 보도: 예정 (Pos)" in again.output


def test_brief_speaks_the_language_asked_for(config: Path) -> None:
    """The sources are Indonesian, the briefing Korean."""
    attache("poll", "--config", config, *NOW)
    result = attache("brief", "--lang", "ko", "--config", config, *NOW)

    assert "블라디미르 푸틴" in result.stdout
    assert SENTENCE in result.stdout


def test_json_is_utf_8_on_any_terminal(config: Path) -> None:
    """Programs read it; for people, a terminal without a letter shows a question mark, not a traceback."""
    attache("poll", "--config", config, *NOW)
    program = "from bot.cli import main; main()"

    def printed(*arguments: str) -> bytes:
        return subprocess.run(  # noqa: S603
            [
                sys.executable,
                "-c",
                program,
                "brief",
                "--lang",
                "ko",
                "--config",
                str(config),
                *NOW,
                *arguments,
            ],
            capture_output=True,
            check=True,
            env={"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONIOENCODING": "latin-1"},
        ).stdout

    assert json.loads(printed("--json").decode("utf-8"))["items"][0]["sources"][0]["evidence"] == SENTENCE
    assert "블라디미르 푸틴" in printed("--format", "html").decode("utf-8")
    assert b"???" in printed()


def test_a_moment_without_offset_is_on_the_config_s_clock(config: Path) -> None:
    """Seven in the morning means the reader's morning."""
    result = attache("brief", "--json", "--config", config, "--now", "2024-06-18T07:00:00")

    assert json.loads(result.stdout)["generated_at"] == "2024-06-17T22:00:00+00:00"


def test_a_command_leaves_the_telling_to_itself(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a library logs, such as another try at a feed, is no line among the errors of a command."""
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    attache("digest", stdin=ARTICLE)
    logging.getLogger("stamina").warning("stamina.retry_scheduled")

    assert capsys.readouterr().err == ""


# --- check


def test_check_without_network_tells_everything(config: Path) -> None:
    """Feeds from files, no tokens: all is well, and what is off says why."""
    result = attache("check", "--config", config)

    assert result.exit_code == 0, result.output
    assert f"{config}: valid" in result.stdout
    assert str(config.parent / "attache.db") in result.stdout
    assert f'{config}:4: feed "Pos": url: 1 entry' in result.stdout
    assert "[telegram]: off: there is no [telegram] table" in result.stdout


def test_check_fails_with_one_line_that_names_the_keys(config: Path) -> None:
    """The details are on standard output, the verdict on standard error."""
    (config.parent / "feed.xml").write_text("<html><body>Hello</body></html>")
    result = attache("check", "--config", config)

    assert result.exit_code == 1
    assert "FAILED" in result.stdout
    assert result.stderr == 'attache: 1 of these failed: feed "Pos": url\n'


def test_check_says_which_chats_get_nothing(config: Path) -> None:
    """A briefing for a platform that is off is planned, and nobody would hear of it."""
    briefing = '[[briefings]]\nname = "morning"\nat = "07:00"\nto = ["telegram:-100", "slack:C0123456789"]\n'
    config.write_text(config.read_text() + briefing)
    result = attache("check", "--config", config)

    assert result.exit_code == 0
    assert 'briefing "morning": telegram:-100 gets none, as telegram is off' in result.stdout
    assert 'briefing "morning": slack:C0123456789 gets none, as slack is off' in result.stdout


def test_a_config_without_feeds_is_told_as_such(config: Path) -> None:
    """ "No feed is due" would send the admin to look at the clock."""
    config.write_text('[bot]\ntimezone = "Asia/Seoul"\n')

    assert "no [[feeds]]: there is nothing to read" in attache("check", "--config", config).stdout
    assert "The config names no feed." in attache("poll", "--config", config).stdout


# --- init


def test_init_writes_a_config_that_is_valid(tmp_path: Path) -> None:
    """All by options: nothing is asked, the next run is told, and no token stands in the file."""
    path = tmp_path / "config.toml"
    result = attache(
        "init", "--config", path, "--timezone", "Asia/Jakarta", "--language", "id", "--at", "06:30",
        "--topic", "korea", "--feed", "https://news.example/rss", "--telegram-chat", "-1001234567890",
        "--slack-channel", "C0123456789",
    )  # fmt: skip
    settings = load_settings(path, env={"TELEGRAM_TOKEN": "1:a"})

    assert result.exit_code == 0, result.output
    assert "06:30 Asia/Jakarta" in result.stdout
    assert [feed.url for feed in settings.feeds] == ["https://news.example/rss"]
    assert settings.briefings[0].to == ("telegram:-1001234567890", "slack:C0123456789")
    assert settings.briefings[0].topics == ("korea",)
    assert settings.telegram is not None


def test_init_asks_on_a_terminal(tmp_path: Path) -> None:
    """A newcomer answers seven questions; an empty answer takes what stands in brackets."""
    asker, terminal = pty.openpty()
    program = "from bot.cli import main; main(['init'])"
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", program],
        cwd=tmp_path,
        stdin=terminal,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(Path(__file__).parents[1]), "TZ": "Asia/Seoul"},
    ) as process:
        os.close(terminal)
        os.write(asker, b"\nid\n06:30\nkorea, japan\n\n-1001234567890\n\n")
        printed, _ = process.communicate(timeout=60)
    os.close(asker)
    [briefing] = load_settings(tmp_path / "config.toml", env={}).briefings

    assert "Time zone of the readers [Asia/Seoul]" in printed
    assert (briefing.timezone, briefing.language, str(briefing.at)) == ("Asia/Seoul", "id", "06:30:00")
    assert (briefing.topics, briefing.to) == (("korea", "japan"), ("telegram:-1001234567890",))


def test_init_never_overwrites(config: Path) -> None:
    """A config holds work."""
    before = config.read_text()
    result = attache("init", "--config", config)

    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert config.read_text() == before


def test_init_writes_nothing_where_a_value_is_wrong(tmp_path: Path) -> None:
    """The error is the one that the file itself would give."""
    result = attache("init", "--config", tmp_path / "config.toml", "--timezone", "Asia/Jakata")

    assert result.exit_code == 1
    assert 'did you mean "Asia/Jakarta"?' in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_init_looks_at_the_hour_even_where_no_chat_is_named(tmp_path: Path) -> None:
    """It stands in a comment then, and would be wrong on the day when that is used."""
    result = attache("init", "--config", tmp_path / "config.toml", "--at", "7am")

    assert result.exit_code == 1
    assert '"7am" is no time of day' in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_init_keeps_topics_for_the_day_when_a_chat_is_known(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    attache("init", "--config", path, "--topic", "korea")

    assert '# topics = ["korea"]' in path.read_text().splitlines()


def test_init_without_a_chat_says_how_to_go_on(tmp_path: Path) -> None:
    """The first thing a newcomer has is a token, not an id."""
    path = tmp_path / "config.toml"
    result = attache("init", "--config", path)

    assert result.exit_code == 0
    assert load_settings(path, env={}).briefings == ()
    assert len(load_settings(path, env={}).feeds) == 2
    assert "no briefings" in result.stdout
    assert "attache check" in result.stdout


def test_a_config_may_hold_any_text() -> None:
    """Quotes, backslashes and control characters in a topic do not break the file."""
    odd = 'say "hi" \\ \x7f \t 한국'
    wishes = Wishes(timezone="UTC", language="en", at="07:00", topics=(odd,), telegram=("-1",))
    settings = parse_settings(config_text(wishes), path=Path("config.toml"), env={})

    assert settings.briefings[0].topics == (odd,)


def test_the_local_time_zone_is_the_machine_s(tmp_path: Path) -> None:
    """TZ first, then the system's link, else UTC."""
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Asia/Jakarta")

    assert local_timezone({"TZ": ":Asia/Seoul"}, link) == "Asia/Seoul"
    assert local_timezone({"TZ": "nonsense"}, link) == "Asia/Jakarta"
    assert local_timezone({}, tmp_path / "none") == "UTC"


# --- digest and explain


def test_digest_prints_the_facts_of_a_file(tmp_path: Path) -> None:
    """A table a visit, with its evidence."""
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    result = attache("digest", tmp_path / "article.txt", "--published", "2024-06-17")

    assert result.exit_code == 0
    assert "1 visit, language id" in result.stdout
    for fact in ("Vladimir Putin (president, RU)", "KP", "2024-06-18 to 2024-06-19", "planned"):
        assert fact in result.stdout


def test_digest_reads_html_and_standard_input() -> None:
    """A saved page is read without its menus."""
    page = (
        "<!doctype html><html><head><title>Putin Akan ke Pyongyang</title></head><body><nav>Beranda</nav>"
        f"<article><p>{SENTENCE}</p><p>Kremlin mengumumkannya dalam keterangan tertulis pada Senin, dan "
        "mengatakan persiapan kunjungan itu sudah berjalan baik.</p></article></body></html>"
    )
    result = attache("digest", stdin=page)

    assert "Vladimir Putin" in result.stdout
    assert "Beranda" not in result.stdout


def test_digest_of_a_missing_file_reads_the_others(tmp_path: Path) -> None:
    """The error comes last, and the exit code tells of it."""
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    result = attache("digest", tmp_path / "none.txt", tmp_path / "article.txt")

    assert result.exit_code == 1
    assert "Vladimir Putin" in result.stdout
    assert result.stderr == f"attache: {tmp_path / 'none.txt'}: No such file or directory\n"


def test_digest_of_binary_says_so(tmp_path: Path) -> None:
    """A picture is no article, and no error either."""
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)
    result = attache("digest", tmp_path / "picture.txt")

    assert result.exit_code == 0
    assert "no visits" in result.stdout
    assert "binary" in result.stdout


def test_a_text_s_short_first_line_is_its_title(tmp_path: Path) -> None:
    """A sentence is not; neither is the only line."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    titled = article_in(str(path))
    path.write_text(f"{SENTENCE}\nKremlin mengumumkannya.", encoding="utf-16")
    untitled = article_in(str(path))

    assert titled.title == "Putin Akan ke Pyongyang"
    assert titled.text.startswith(SENTENCE)
    assert untitled.title is None
    assert untitled.text == f"{SENTENCE}\nKremlin mengumumkannya."


def test_explain_shows_rule_and_evidence(tmp_path: Path) -> None:
    """How a fact was found can be followed."""
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    result = attache("explain", tmp_path / "article.txt", "--published", "2024-06-17")

    assert result.exit_code == 0
    assert "language: id" in result.stdout
    assert "rule id/" in result.stdout
    assert "trigger 'berkunjung'" in result.stdout


def test_jsonl_answers_every_line_in_order() -> None:
    """A bad line has its answer in its place; an empty one has none; unknown keys are left alone."""
    lines = [
        json.dumps({"id": "a", "text": ARTICLE, "published": "2024-06-17", "mood": "good"}),
        "not json",
        "[1]",
        "",
        json.dumps({"id": "b"}),
        json.dumps({"id": "c", "text": 7}),
        json.dumps({"id": "d", "text": ARTICLE, "published": "yesterday"}),
        json.dumps({"id": "e", "text": "", "title": None}),
        json.dumps({"id": "f", "text": "\ud800 half"}),
        "[" * 100_000,
    ]
    result = attache("digest", "--jsonl", stdin="\n".join(lines))
    answered = [json.loads(line) for line in result.stdout.splitlines()]

    assert result.exit_code == 0
    assert [each["id"] for each in answered] == ["a", None, None, "b", "c", "d", "e", "f", None]
    assert [("error" in each) for each in answered] == [
        False,
        True,
        True,
        True,
        True,
        True,
        False,
        False,
        True,
    ]
    assert all(set(each) >= {"id", "lang", "visits"} for each in answered)
    [visit] = answered[0]["visits"]
    assert (visit["start"], visit["end"], visit["status"]) == ("2024-06-18", "2024-06-19", "planned")
    assert answered[6]["note"] == "empty"


def test_jsonl_reads_a_line_only_when_the_last_one_was_answered() -> None:
    """So that it can be one end of a conversation, and its memory does not grow with the input."""

    class Lines:
        """Lines that note when they are read."""

        read = 0

        def readline(self, limit: int) -> bytes:
            self.read += 1
            return b'{"id": 1, "text": ""}\n'

    lines = Lines()
    answering = answers(lines)  # type: ignore[arg-type]
    next(answering)
    next(answering)

    assert lines.read == 2


def test_jsonl_passes_over_a_line_that_is_too_long(tmp_path: Path) -> None:
    """It is told, not kept in memory, and the next line is read."""
    path = tmp_path / "lines.jsonl"
    with path.open("wb") as file:
        file.truncate(LONGEST_LINE + 10)
        file.seek(LONGEST_LINE + 10)
        file.write(b'\n{"id": 2, "text": ""}\n')
    with path.open("rb") as file:
        first, second = map(json.loads, answers(file))

    assert first["error"] == "longer than 32 MB"
    assert second["id"] == 2


# --- new-language


def test_a_new_language_passes_the_door(tmp_path: Path) -> None:
    """The empty pack is valid as it is written, with every file, and the name may hold quotes."""
    result = attache("new-language", "fr", 'French "de France"', "--into", tmp_path)
    folder = tmp_path / "fr"

    assert result.exit_code == 0, result.output
    assert {file.name for file in folder.iterdir()} == set(FILES)
    assert build_pack("fr", _tables(folder)).name == 'French "de France"'


@pytest.mark.parametrize("code", ["xq", "../fr", "FRA"])
def test_a_new_language_needs_a_code(code: str, tmp_path: Path) -> None:
    """The folder's name is the language's."""
    result = attache("new-language", code, "French", "--into", tmp_path)

    assert result.exit_code == 1
    assert "is no language" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_pack_that_exists_is_left_alone(tmp_path: Path) -> None:
    """It holds work."""
    write_pack("fr", "French", tmp_path)
    (tmp_path / "fr" / "pack.toml").write_text("mine")
    result = attache("new-language", "fr", "French", "--into", tmp_path)

    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert (tmp_path / "fr" / "pack.toml").read_text() == "mine"


def _tables(folder: Path) -> dict[str, object]:
    return {file.name: tomllib.loads(file.read_text(encoding="utf-8")) for file in folder.iterdir()}
