"""The configuration is read, or refused in one line that says where and what would be right."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.errors import SettingsError
from bot.model import Feed, Subscription
from bot.render.words import known_languages
from bot.settings import (
    BRIEFING_LANGUAGES,
    BotSettings,
    BriefingTable,
    FeedTable,
    Settings,
    SlackSettings,
    TelegramSettings,
    load_settings,
    parse_settings,
)

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
HERE = Path("/etc/attache/config.toml")
FEED = '[[feeds]]\nurl = "https://news.example/rss"\nname = "Kabar"\n'
BRIEFING = '[[briefings]]\nname = "morning"\nat = "07:00"\nto = ["telegram:-100123"]\n'


def parse(text: str, **env: str) -> Settings:
    return parse_settings(text, path=HERE, env=env)


def problem(text: str) -> str:
    with pytest.raises(SettingsError) as refused:
        parse(text)
    return str(refused.value).removeprefix(f"{HERE}:")


def test_the_example_is_valid() -> None:
    """An admin can start from it as it is; without secrets both platforms are off, which is no error."""
    settings = load_settings(EXAMPLE, {})

    assert [feed.name for feed in settings.feeds] == ["Antara", "Yonhap"]
    assert settings.briefings == (
        Subscription(
            name="morning",
            at=dt.time(7),
            days=frozenset({1, 2, 3, 4, 5, 7}),
            timezone="Asia/Jakarta",
            language="id",
            topics=("korea", "asean"),
            exclude=("football",),
            to=("telegram:-1001234567890", "slack:C0123456789"),
        ),
    )
    assert (settings.telegram, settings.slack) == (None, None)


@pytest.mark.parametrize(
    ("table", "model"),
    [
        ("bot", BotSettings),
        ("telegram", TelegramSettings),
        ("slack", SlackSettings),
        ("feeds", FeedTable),
        ("briefings", BriefingTable),
    ],
)
def test_the_example_shows_every_key(table: str, model: type[BaseModel]) -> None:
    """What can be configured can be found in the example."""
    text = EXAMPLE.read_text().replace("# contact", "contact").replace("# world", "world")
    shown = tomllib.loads(text)[table]

    assert set(model.model_fields) == set(shown[0] if isinstance(shown, list) else shown)


def test_the_example_shows_the_defaults() -> None:
    """A key that is left out has the value shown."""
    env = {"TELEGRAM_TOKEN": "1:a", "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    shown = load_settings(EXAMPLE, env)
    bare = parse_settings(
        '[telegram]\ntoken = "1:a"\n[slack]\nbot_token = "xoxb-1"\napp_token = "xapp-1"', path=EXAMPLE, env={}
    )

    assert (shown.bot, shown.telegram, shown.slack) == (bare.bot, bare.telegram, bare.slack)


def test_an_empty_file_is_a_configuration() -> None:
    """Everything has a default."""
    settings = parse("")

    assert settings.bot.timezone == "UTC"
    assert settings.bot.lookback == dt.timedelta(days=30)
    assert settings.bot.database == Path("/etc/attache/attache.db")
    assert (settings.feeds, settings.briefings) == ((), ())


def test_a_feed_is_resolved() -> None:
    """Every key reaches the record."""
    text = FEED + 'language = "id"\nevery = "2h"\ntopics = ["asia"]\nfull_text = false\n'
    text += 'rewrite = { "www.Mirror.example/news/" = "https://example.org" }'

    assert parse(text).feeds == (
        Feed(
            url="https://news.example/rss",
            name="Kabar",
            language="id",
            every=dt.timedelta(hours=2),
            topics=("asia",),
            full_text=False,
            rewrite=(("mirror.example/news", "example.org"),),
        ),
    )


@pytest.mark.parametrize(
    ("rewrite", "expected"),
    [
        ('"a.example"', 'must be a table such as { "mirror.example" = "example.org" }'),
        ('{ "a.example" = 5 }', 'must be text in quotes, such as "example.org"'),
        (
            '{ "a.example?id=" = "b.example" }',
            '"a.example?id=" begins no link; write a host or a folder of one, such as "example.org/news"',
        ),
    ],
)
def test_a_rewrite_is_two_beginnings_of_links(rewrite: str, expected: str) -> None:
    """Literal beginnings and no patterns: what a rule does can be seen."""
    assert problem(f"{FEED}rewrite = {rewrite}") == f'4: feed "Kabar": rewrite: {expected}'


@pytest.mark.parametrize(
    ("url", "resolved"),
    [
        ("feeds/a.xml", "file:///etc/attache/feeds/a.xml"),
        ("../feeds", "file:///etc/feeds"),
        ("/srv/my feeds", "file:///srv/my%20feeds"),
        ("file:///srv/a.xml", "file:///srv/a.xml"),
        ("file:a.xml", "file:///etc/attache/a.xml"),
        ("http://127.0.0.1:8000/rss?x=1", "http://127.0.0.1:8000/rss?x=1"),
    ],
)
def test_feeds_may_be_files(url: str, resolved: str) -> None:
    """Paths are taken from beside the configuration, wherever the bot is started."""
    assert parse(f'[[feeds]]\nurl = "{url}"').feeds[0].url == resolved


def test_a_feed_without_a_name_gets_one() -> None:
    """Its host or file; with the path where the host alone would name two."""
    urls = ["https://www.a.example/rss", "https://b.example/x", "https://b.example/y?z", "c d.xml"]
    text = "".join(f'[[feeds]]\nurl = "{url}"\n' for url in urls)

    assert [feed.name for feed in parse(text).feeds] == ["a.example", "b.example/x", "b.example/y?z", "c d"]


def test_a_briefing_takes_zone_and_language_of_the_bot() -> None:
    """What a briefing does not say, the bot's table says."""
    (briefing,) = parse('[bot]\ntimezone = "Asia/Seoul"\nlanguage = "ko"\n' + BRIEFING).briefings

    assert (briefing.timezone, briefing.language) == ("Asia/Seoul", "ko")
    assert briefing.days == frozenset(range(1, 8))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ('"mon-fri"', {1, 2, 3, 4, 5}),
        ('["sat-mon"]', {6, 7, 1}),
        ('["Tuesday", "thu"]', {2, 4}),
        ('"sun"', {7}),
    ],
)
def test_days_are_names_and_ranges(days: str, expected: set[int]) -> None:
    """As admins write them."""
    assert parse(BRIEFING + f"days = {days}").briefings[0].days == expected


def test_a_time_of_toml_is_a_time() -> None:
    """Without quotes it is TOML's own kind of value."""
    assert parse(BRIEFING.replace('"07:00"', "06:30:00")).briefings[0].at == dt.time(6, 30)


def test_secrets_come_from_the_environment_and_do_not_show() -> None:
    """The token is there for who needs it, and in no log."""
    settings = parse('[telegram]\ntoken = "${TOKEN}"', TOKEN="123:secret")  # noqa: S106

    assert settings.telegram is not None
    assert settings.telegram.token.get_secret_value() == "123:secret"
    assert "secret" not in repr(settings)
    assert "telegram" not in settings.off


@pytest.mark.parametrize(
    ("text", "platform", "why"),
    [
        ("", "telegram", "there is no [telegram] table"),
        ("[telegram]", "telegram", "[telegram] token is not set"),
        (
            '[telegram]\ntoken = "${TOKEN}"',
            "telegram",
            "the environment variable TOKEN is not set ([telegram] token)",
        ),
        ('[slack]\nbot_token = "x"', "slack", "[slack] app_token is not set"),
        ('[slack]\nbot_token = "x"\nmode = "http"', "slack", "[slack] signing_secret is not set"),
        ('[slack]\napp_token = "x"', "slack", "[slack] bot_token is not set"),
    ],
)
def test_a_platform_without_its_secrets_is_off(text: str, platform: str, why: str) -> None:
    """The rest works, and `attache check` can say why this does not."""
    settings = parse(text)

    assert getattr(settings, platform) is None
    assert settings.off[platform] == why


def test_slack_over_http_needs_no_app_token() -> None:
    """Each mode has its own secret."""
    settings = parse('[slack]\nmode = "http"\nbot_token = "x"\nsigning_secret = "y"')

    assert settings.slack is not None
    assert "slack" not in settings.off


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[feed]", '1: feed: unknown table; did you mean "feeds"?'),
        ('[feeds]\nurl = "x"', "1: [[feeds]]: must be tables with two brackets, [[feeds]]"),
        ("feeds = [5]", "1: feed 1: must be tables with two brackets, [[feeds]]"),
        ("[[bot]]", "1: [bot]: must be one table with single brackets, [bot]"),
        ('[bot]\ntimezne = "UTC"', '2: [bot] timezne: unknown key; did you mean "timezone"?'),
        (
            FEED + "x = 1",
            '4: feed "Kabar": x: unknown key; known are url, name, language, every, topics, full_text, '
            "rewrite",
        ),
        ('[[feeds]]\nname = "A"', '1: feed "A": url: is missing; write url = "https://news.example/rss"'),
        ("[[feeds]]\nurl = 5", '2: feed 1: url: must be text in quotes, such as "https://news.example/rss"'),
        (
            '[[feeds]]\nname = 5\nurl = "/a"',
            '2: feed 1: name: must be text in quotes, such as "Antara", not 5',
        ),
        (
            '[[feeds]]\nname = ""\nurl = "/a"',
            '2: feed "": name: is empty; write some text, such as "Antara", not ""',
        ),
        (
            FEED + 'full_text = "yes"',
            '4: feed "Kabar": full_text: must be true or false, such as true, not "yes"',
        ),
        (
            FEED + 'topics = "asia"',
            '4: feed "Kabar": topics: must be a list in brackets, such as ["asia"], not "asia"',
        ),
        (
            FEED + 'topics = [\n  "asia",\n  5,\n]',
            '6: feed "Kabar": topics: must be text in quotes, such as ["asia"], not 5',
        ),
        (
            FEED + 'every = "5 minutes"',
            '4: feed "Kabar": every: "5 minutes" is no duration; write minutes, hours or days, '
            'such as "15m", "2h" or "1d"',
        ),
        (
            FEED + 'every = "0m"',
            '4: feed "Kabar": every: "0m" is no duration; write minutes, hours or days, '
            'such as "15m", "2h" or "1d"',
        ),
        (FEED + 'language = "jp"', '4: feed "Kabar": language: "jp" is no language; did you mean "ja"?'),
        (
            FEED + 'language = "ko-KR"',
            '4: feed "Kabar": language: "ko-KR" is no language; did you mean "ko"?',
        ),
        (
            FEED + 'language = "Korean"',
            '4: feed "Kabar": language: "Korean" is no language; ISO 639-1 codes look like "id", "en", "ko"',
        ),
        (FEED + FEED, '5: feed "Kabar": url: "https://news.example/rss" is taken already, on line 2'),
        (
            FEED + FEED.replace("https://news.example/rss", "http://News.example/rss/"),
            '5: feed "Kabar": url: "http://News.example/rss/" is taken already, on line 2',
        ),
        (FEED + FEED.replace("rss", "atom"), '6: feed "Kabar": name: "Kabar" is taken already, on line 3'),
        (
            BRIEFING + BRIEFING,
            '6: briefing "morning": name: "morning" is taken already, on line 2',
        ),
        (
            '[bot]\ntimezone = "Asia/Soul"',
            '2: [bot] timezone: "Asia/Soul" is no time zone; did you mean "Asia/Seoul"?',
        ),
        (
            '[bot]\ntimezone = "WIB!"',
            '2: [bot] timezone: "WIB!" is no time zone; IANA names look like "Asia/Seoul"',
        ),
        ('[bot]\ntimezone = "../UTC"', '2: [bot] timezone: "../UTC" is no time zone; did you mean "UTC"?'),
        (
            '[bot]\nlanguage = "fr"',
            '2: [bot] language: briefings are not written in "fr"; there are en, id, ko',
        ),
        (
            '[bot]\ndatabase = ""',
            '2: [bot] database: must be the path of a file in quotes, such as "attache.db"',
        ),
        (
            BRIEFING + 'exclude = ["golf", "foot.*"]',
            '5: briefing "morning": exclude: "foot.*" looks like a pattern; only words are understood, '
            "so write each of its forms",
        ),
        (
            BRIEFING + 'include = ["?!"]',
            '5: briefing "morning": include: "?!" holds no letters or digits to look for; write a word, '
            'such as "summit"',
        ),
        (
            BRIEFING + 'include = "summit"',
            '5: briefing "morning": include: must be a list in brackets, such as ["summit"], not "summit"',
        ),
        (
            BRIEFING + "exclude_topics = [\n  7,\n]",
            '6: briefing "morning": exclude_topics: must be text in quotes, such as "summit"',
        ),
        (
            BRIEFING + 'include = ["Summit"]\nexclude = ["summit"]',
            '6: briefing "morning": exclude: "summit" is in `include` too',
        ),
        (
            BRIEFING + 'topics = ["korea", "asean"]\nexclude_topics = ["Korea"]',
            '6: briefing "morning": exclude_topics: "Korea" is in `topics` too',
        ),
        (
            BRIEFING + 'excludes = ["golf"]',
            '5: briefing "morning": excludes: unknown key; did you mean "exclude"?',
        ),
        (
            BRIEFING.replace("07:00", "25:00"),
            '3: briefing "morning": at: "25:00" is no time of day; write hours and minutes, such as "07:30"',
        ),
        (
            BRIEFING + 'days = ["fun"]',
            '5: briefing "morning": days: "fun" is no day; days are mon, tue, wed, thu, fri, sat, sun',
        ),
        (
            BRIEFING + "days = []",
            '5: briefing "morning": days: names no day; leave it out for every day, or write some, '
            'such as ["mon", "fri"]',
        ),
        (
            '[slack]\nmode = "web"',
            '2: [slack] mode: must be "socket" or "http", not "web"',
        ),
        ("[slack]\nport = 99999", "2: [slack] port: is too large; write a number, such as 3000, not 99999"),
        (
            '[telegram]\nallowed_chats = ["x"]',
            '2: [telegram] allowed_chats: must be a whole number, such as [-1001234567890], not "x"',
        ),
        (
            '[telegram]\nbase_url = "localhost"',
            '2: [telegram] base_url: "localhost" is no web address; it starts with https:// or http://',
        ),
        (
            '[telegram]\ntoken = "bot${TOKEN}"',
            '2: [telegram] token: names no environment variable; write it as "${NAME}", '
            "with nothing around it",
        ),
        ("[bot", "1: not TOML: expected ']' at the end of a table declaration"),
        ("[bot]\n\nlanguage = en", "3: not TOML: invalid value"),
        ("a = 1\na = 2", "2: not TOML: cannot overwrite a value"),
        ("a = '''", "1: not TOML: expected \"'''\""),
    ],
)
def test_what_is_wrong_is_told_in_one_line(text: str, expected: str) -> None:
    """Line, key, and what would be right."""
    assert problem(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("htps://a.example/", '"htps://a.example/" is no feed address; did you mean "https://a.example/"?'),
        (
            "gopher://a.example/",
            '"gopher://a.example/" is no feed address; use https:, http:, file: or a path',
        ),
        ("www.a.example/rss", '"www.a.example/rss" is no file here; put https:// before a web address'),
        ("localhost:80/rss", '"localhost:80/rss" is no address; put https:// or http:// before it'),
        ("https:///rss", '"https:///rss" is no web address; write it as "https://news.example/rss"'),
        ("https://a b/", '"https://a b/" is no web address; write it as "https://news.example/rss"'),
        ("http://a:99999/", '"http://a:99999/" is no web address: port out of range 0-65535'),
        ("http://[::1", '"http://[::1" is no web address: invalid ipv6 url'),
        (
            "file://nas/a",
            '"file://nas/a" names another machine; a file: address has three slashes, "file:///..."',
        ),
        ("", "is empty; write the feed's address or the path of a file or folder"),
    ],
)
def test_a_bad_address_is_told(url: str, expected: str) -> None:
    """Slips of the pen are named with what was probably meant."""
    assert problem(f'[[feeds]]\nurl = "{url}"') == f"2: feed 1: url: {expected}"


@pytest.mark.parametrize(
    "chat", ["-100123", "telegram:@news", "slack:#news", "signal:1", "telegram:", "slack:c1"]
)
def test_a_chat_is_a_platform_and_an_id(chat: str) -> None:
    """Names change; ids do not."""
    message = problem(BRIEFING.replace("telegram:-100123", chat))

    assert message.startswith(
        f'4: briefing "morning": to: "{chat}" is no chat; write "telegram:" or "slack:"'
    )


def test_a_topic_of_a_telegram_group_is_a_chat() -> None:
    """Behind a slash stands the topic's number (field note 35)."""
    settings = parse_settings(
        BRIEFING.replace("telegram:-100123", "telegram:-100123/42"), path=Path("config.toml"), env={}
    )

    assert settings.briefings[0].to == ("telegram:-100123/42",)


def test_nobody_to_tell_is_a_problem() -> None:
    """A briefing for nobody would be a silent mistake."""
    assert problem(BRIEFING.replace('"telegram:-100123"', "")) == (
        '4: briefing "morning": to: is empty; write at least one, such as ["telegram:-1001234567890"], not []'
    )


def test_the_first_problem_of_the_file_is_told() -> None:
    """An admin works from the top."""
    assert problem(BRIEFING.replace("07:00", "7") + "[bot]\nx = 1").startswith("3: ")


def test_a_wrong_secret_is_not_repeated() -> None:
    """What may be half a token is not printed."""
    assert "hush" not in problem('[telegram]\ntoken = ["hush"]')


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, ": no such file; `attache init` writes one"),
        (b"[bot]\nlanguage = 'en'\n# caf\xe9", ":3: not UTF-8; save the file in that encoding"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None, expected: str) -> None:
    """Missing, or in another encoding."""
    path = tmp_path / "config.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SettingsError) as refused:
        load_settings(path, {})
    assert str(refused.value) == f"{path}{expected}"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """The system's own reason is passed on."""
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path, {})


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    """Editors on Windows write one."""
    path = tmp_path / "config.toml"
    path.write_bytes(b'\xef\xbb\xbf[bot]\r\nlanguage = "id"\r\n')

    assert load_settings(path, {}).bot.language == "id"


def test_the_languages_of_briefings_are_those_that_can_be_written() -> None:
    """The settings accept exactly what the renderer has words for."""
    assert sorted(BRIEFING_LANGUAGES) == sorted(known_languages())
