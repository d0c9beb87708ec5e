"""The configuration: a TOML file read into frozen settings, or one line that says what is wrong.

`config.example.toml` shows every key. Secrets may be given as "${NAME}" and then come from the
environment; a platform whose secrets are missing is off, which is no error.
"""

import datetime as dt
import os
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, cast
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo

from bot.errors import SettingsError
from bot.model import Feed, Subscription
from bot.setting_problems import ConfigFile
from bot.setting_values import (
    read_chat,
    read_clock,
    read_days,
    read_duration,
    read_feed_url,
    read_language,
    read_rewrite,
    read_timezone,
    read_web_url,
    read_word,
)
from digest.folding import folded

__all__ = [
    "BRIEFING_LANGUAGES",
    "BotSettings",
    "BriefingTable",
    "FeedTable",
    "Settings",
    "SlackSettings",
    "TelegramSettings",
    "load_settings",
    "parse_settings",
]

#: Languages that briefings are written in (those of `bot/render/words`; a test compares).
BRIEFING_LANGUAGES = ("en", "id", "ko")

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_TOML_PLACE = re.compile(r"(.*) \(at line (\d+), column \d+\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a file's values are read against."""

    folder: Path
    env: Mapping[str, str]


def _surroundings(info: ValidationInfo) -> _Surroundings:
    return cast(_Surroundings, info.context)


def _read_secret(value: object, info: ValidationInfo) -> SecretStr:
    """The secret, or an empty one where the environment has none."""
    if not isinstance(value, str):
        raise ValueError('must be text in quotes, such as "${TELEGRAM_TOKEN}"')  # noqa: TRY004
    reference = _REFERENCE.fullmatch(value.strip())
    if reference:
        return SecretStr(_surroundings(info).env.get(reference[1], "").strip())
    if "${" in value:
        raise ValueError('names no environment variable; write it as "${NAME}", with nothing around it')
    return SecretStr(value.strip())


def _read_briefing_language(value: object) -> str:
    code = read_language(value)
    if code not in BRIEFING_LANGUAGES:
        raise ValueError(f'briefings are not written in "{code}"; there are {", ".join(BRIEFING_LANGUAGES)}')
    return code


def _read_path(value: object, info: ValidationInfo) -> Path:
    if not isinstance(value, str) or not value.strip():
        raise ValueError('must be the path of a file in quotes, such as "attache.db"')
    return Path(os.path.abspath(_surroundings(info).folder / Path(value).expanduser()))


def _read_folder(value: object, info: ValidationInfo) -> Path:
    if not isinstance(value, str) or not value.strip():
        raise ValueError('must be the path of a folder in quotes, such as "world"')
    return Path(os.path.abspath(_surroundings(info).folder / Path(value).expanduser()))


def _read_feed(value: object, info: ValidationInfo) -> str:
    return read_feed_url(value, _surroundings(info).folder)


Secret = Annotated[SecretStr, BeforeValidator(_read_secret)]
TimeZone = Annotated[str, BeforeValidator(read_timezone)]
Language = Annotated[str, BeforeValidator(read_language)]
BriefingLanguage = Annotated[str, BeforeValidator(_read_briefing_language)]
Duration = Annotated[dt.timedelta, BeforeValidator(read_duration)]
Chat = Annotated[str, BeforeValidator(read_chat)]
WebUrl = Annotated[str, BeforeValidator(read_web_url)]
Word = Annotated[str, BeforeValidator(read_word)]
Name = Annotated[str, Field(min_length=1)]


class _Table(BaseModel):
    """A table of the file; what a field's `examples` shows is told where its value is wrong."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, validate_default=True)


def _list(example: str) -> Any:
    """A list that may be left out; TOML's lists become tuples."""
    return Field(default=(), strict=False, examples=[example])


class BotSettings(_Table):
    """`[bot]`"""

    timezone: TimeZone = Field("UTC", examples=['"Asia/Seoul"'])
    language: BriefingLanguage = Field("en", examples=['"en"'])
    database: Annotated[Path, BeforeValidator(_read_path)] = Field(
        cast(Path, "attache.db"), examples=['"attache.db"']
    )
    admins: tuple[Chat, ...] = _list('["telegram:12345678"]')
    lookback: Duration = Field(cast(dt.timedelta, "30d"), examples=['"30d"'])
    contact: str | None = Field(None, examples=['"news-desk@example.org"'])
    world: Annotated[Path, BeforeValidator(_read_folder)] | None = Field(None, examples=['"world"'])


class TelegramSettings(_Table):
    """`[telegram]`"""

    token: Secret = Field(SecretStr(""), validate_default=False, examples=['"${TELEGRAM_TOKEN}"'])
    base_url: WebUrl = Field("https://api.telegram.org", examples=['"https://api.telegram.org"'])
    allowed_chats: tuple[int, ...] = _list("[-1001234567890]")


class SlackSettings(_Table):
    """`[slack]`"""

    bot_token: Secret = Field(SecretStr(""), validate_default=False, examples=['"${SLACK_BOT_TOKEN}"'])
    app_token: Secret = Field(SecretStr(""), validate_default=False, examples=['"${SLACK_APP_TOKEN}"'])
    signing_secret: Secret = Field(
        SecretStr(""), validate_default=False, examples=['"${SLACK_SIGNING_SECRET}"']
    )
    base_url: WebUrl = Field("https://slack.com/api", examples=['"https://slack.com/api"'])
    mode: Literal["socket", "http"] = Field("socket", examples=['"socket"'])
    port: int = Field(3000, ge=1, le=65535, examples=["3000"])
    allowed_workspaces: tuple[str, ...] = _list('["T0123456789"]')
    allowed_channels: tuple[str, ...] = _list('["C0123456789"]')


class FeedTable(_Table):
    """`[[feeds]]`"""

    url: Annotated[str, BeforeValidator(_read_feed)] = Field(examples=['"https://news.example/rss"'])
    name: Name | None = Field(None, examples=['"Antara"'])
    language: Language | None = Field(None, examples=['"id"'])
    every: Duration = Field(cast(dt.timedelta, "15m"), examples=['"15m"'])
    topics: tuple[Name, ...] = _list('["asia"]')
    full_text: bool = Field(True, examples=["true"])
    rewrite: Annotated[tuple[tuple[str, str], ...], BeforeValidator(read_rewrite)] = Field(
        cast(tuple[tuple[str, str], ...], {}), examples=['{ "mirror.example" = "example.org" }']
    )


class BriefingTable(_Table):
    """`[[briefings]]`"""

    name: Name = Field(examples=['"morning"'])
    at: Annotated[dt.time, BeforeValidator(read_clock)] = Field(examples=['"07:00"'])
    days: Annotated[frozenset[int], BeforeValidator(read_days)] = Field(
        cast(frozenset[int], "mon-sun"), examples=['["mon-fri"]']
    )
    timezone: TimeZone | None = Field(None, examples=['"Asia/Seoul"'])
    language: BriefingLanguage | None = Field(None, examples=['"en"'])
    topics: tuple[Name, ...] = _list('["korea"]')
    include: tuple[Word, ...] = _list('["summit"]')
    exclude: tuple[Word, ...] = _list('["football"]')
    exclude_topics: tuple[Word, ...] = _list('["taiwan"]')
    to: tuple[Chat, ...] = Field(strict=False, min_length=1, examples=['["telegram:-1001234567890"]'])


class _File(_Table):
    bot: BotSettings = Field(cast(BotSettings, {}))
    telegram: TelegramSettings | None = None
    slack: SlackSettings | None = None
    feeds: tuple[FeedTable, ...] = _list("")
    briefings: tuple[BriefingTable, ...] = _list("")


_TABLES: Mapping[str, type[BaseModel]] = {
    "bot": BotSettings,
    "telegram": TelegramSettings,
    "slack": SlackSettings,
    "feeds": FeedTable,
    "briefings": BriefingTable,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the admin wants, checked and resolved."""

    path: Path
    bot: BotSettings
    #: None: the platform is off, for the reason in `off`.
    telegram: TelegramSettings | None
    slack: SlackSettings | None
    feeds: tuple[Feed, ...]
    briefings: tuple[Subscription, ...]
    #: Why a platform is off, by its name.
    off: Mapping[str, str]


def load_settings(path: Path, env: Mapping[str, str] = os.environ) -> Settings:
    """Read the configuration file.

    Raises:
        SettingsError: It cannot be read, or is wrong; the first problem.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise SettingsError(path, None, "", "no such file; `attache init` writes one") from error
    except OSError as error:
        raise SettingsError(path, None, "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsError(path, line, "", "not UTF-8; save the file in that encoding") from error
    return parse_settings(text, path=path, env=env)


def parse_settings(text: str, *, path: Path, env: Mapping[str, str]) -> Settings:
    """Settings out of the text of the file at `path`; its relative paths start beside it.

    Raises:
        SettingsError: The first problem.
    """
    data = _toml(text, path)
    file = ConfigFile(path, text, data, _TABLES)
    try:
        tables = _File.model_validate(data, context=_Surroundings(path.absolute().parent, env))
    except ValidationError as error:
        raise file.first_problem(error) from error
    feeds = _feeds(tables.feeds)
    _refuse_repeated(file, "feeds", "url", [feed.url for feed in feeds], as_key=_address)
    _refuse_repeated(file, "feeds", "name", [feed.name for feed in feeds])
    _refuse_repeated(file, "briefings", "name", [table.name for table in tables.briefings])
    _refuse_contradictions(file, tables.briefings)
    telegram_off = _why_off("telegram", tables.telegram, ("token",), data, env)
    app_secret = "signing_secret" if tables.slack and tables.slack.mode == "http" else "app_token"
    slack_off = _why_off("slack", tables.slack, ("bot_token", app_secret), data, env)
    return Settings(
        path=path,
        bot=tables.bot,
        telegram=None if telegram_off else tables.telegram,
        slack=None if slack_off else tables.slack,
        feeds=feeds,
        briefings=tuple(_subscription(table, tables.bot) for table in tables.briefings),
        off={name: why for name, why in (("telegram", telegram_off), ("slack", slack_off)) if why},
    )


def _toml(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _TOML_PLACE.fullmatch(message)
        line = int(place[2]) if place else text.count("\n") + 1
        problem = (place[1] if place else message.removesuffix(" (at end of document)")).lower()
        raise SettingsError(path, line, "", f"not TOML: {problem}") from error


def _feeds(tables: tuple[FeedTable, ...]) -> tuple[Feed, ...]:
    hosts = Counter(_host_or_file(table.url) for table in tables)
    return tuple(
        Feed(
            url=table.url,
            name=table.name or _name_from(table.url, is_alone=hosts[_host_or_file(table.url)] == 1),
            language=table.language,
            every=table.every,
            topics=table.topics,
            full_text=table.full_text,
            rewrite=table.rewrite,
        )
        for table in tables
    )


def _host_or_file(url: str) -> str:
    parts = urlsplit(url)
    path = url2pathname(parts.path)
    return Path(path).stem if parts.scheme == "file" else (parts.hostname or "").removeprefix("www.")


def _name_from(url: str, *, is_alone: bool) -> str:
    """A name for a feed that was given none: its host or file, with its path where that names others too."""
    if is_alone:
        return _host_or_file(url)
    parts = urlsplit(url)
    path = url2pathname(parts.path)
    query = f"?{parts.query}" if parts.query else ""
    return path if parts.scheme == "file" else _host_or_file(url) + path + query


def _subscription(table: BriefingTable, bot: BotSettings) -> Subscription:
    return Subscription(
        name=table.name,
        at=table.at,
        days=table.days,
        timezone=table.timezone or bot.timezone,
        language=table.language or bot.language,
        topics=table.topics,
        include=table.include,
        exclude=table.exclude,
        exclude_topics=table.exclude_topics,
        to=table.to,
    )


def _address(url: str) -> str:
    """What two ways of writing one feed's address have in common."""
    parts = urlsplit(url)
    scheme = "https" if parts.scheme == "http" else parts.scheme
    return parts._replace(
        scheme=scheme, netloc=parts.netloc.lower(), path=parts.path.rstrip("/"), fragment=""
    ).geturl()


def _refuse_repeated(
    file: ConfigFile, table: str, key: str, values: list[str], *, as_key: Callable[[str], str] = str
) -> None:
    """A feed listed twice would be polled twice; two of one name could not be told apart."""
    keys = [as_key(value) for value in values]
    for index, value in enumerate(values):
        first = keys.index(keys[index])
        if first != index:
            line = file.line((table, first, key))
            raise file.problem((table, index, key), f'"{value}" is taken already, on line {line}')


def _refuse_contradictions(file: ConfigFile, tables: tuple[BriefingTable, ...]) -> None:
    """What is asked for and left out in one breath would silently be left out."""
    for index, table in enumerate(tables):
        for key, wanted in (("exclude", "include"), ("exclude_topics", "topics")):
            known = {folded(word) for word in getattr(table, wanted)}
            for place, word in enumerate(getattr(table, key)):
                if folded(word) in known:
                    raise file.problem(("briefings", index, key, place), f'"{word}" is in `{wanted}` too')


def _why_off(
    platform: str,
    table: _Table | None,
    secrets: tuple[str, ...],
    data: Mapping[str, Any],
    env: Mapping[str, str],
) -> str | None:
    """Why a platform cannot be on, None where it can."""
    if table is None:
        return f"there is no [{platform}] table"
    for key in secrets:
        if not getattr(table, key).get_secret_value():
            reference = _REFERENCE.fullmatch(data[platform].get(key, "").strip())
            if reference:
                return f"the environment variable {reference[1]} is not set ([{platform}] {key})"
            return f"[{platform}] {key} is not set"
    return None
