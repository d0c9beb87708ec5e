"""`attache init`."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.adapters.clocks import SystemClock
from bot.errors import SettingsError
from bot.local_timezone import local_timezone
from bot.new_config import Wishes, config_text
from bot.setting_values import read_clock
from bot.settings import BRIEFING_LANGUAGES, parse_settings
from bot.slots import next_slot

__all__ = ["command"]


@click.command("init")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("config.toml"),
    show_default=True,
    help="The file to write; one that exists is left alone.",
)
@click.option("--timezone", help="IANA name of the readers' time zone, such as Asia/Jakarta.")
@click.option("--language", type=click.Choice(BRIEFING_LANGUAGES), help="Language of the briefings.")
@click.option("--at", help="Local time of the daily briefing, such as 07:00.")
@click.option("--topic", "topics", multiple=True, help="What the briefing is about; all, if left out.")
@click.option("--feed", "feeds", multiple=True, help="A feed's address or file; may be given several times.")
@click.option(
    "--telegram-chat", "telegram", multiple=True, help="Id of a chat to brief, such as -1001234567890."
)
@click.option(
    "--slack-channel", "slack", multiple=True, help="Id of a channel to brief, such as C0123456789."
)
def command(
    *,
    config: Path,
    timezone: str | None,
    language: str | None,
    at: str | None,
    topics: tuple[str, ...],
    feeds: tuple[str, ...],
    telegram: tuple[str, ...],
    slack: tuple[str, ...],
) -> None:
    """Write a config.toml, asking for what no option tells.

    Tokens are not asked for: the file names the environment variables that hold them, so that no secret
    stands in it. Where nobody can be asked (input from a file), what is left out has its default.

    \b
    Examples: attache init
              attache init --timezone Asia/Jakarta --language id --at 07:00 --telegram-chat -1001234567890
    """
    if config.exists():
        raise SettingsError(config, None, "", "exists already; it was left as it is")
    ask = _Questions(is_on=sys.stdin.isatty())
    wishes = Wishes(
        timezone=timezone or ask("Time zone of the readers", local_timezone()),
        language=language or ask("Language of the briefings", "en", BRIEFING_LANGUAGES),
        at=at or ask("Local time of the daily briefing", "07:00"),
        topics=topics or ask.many("Topics, such as korea, japan (empty: all)"),
        feeds=feeds or ask.many("Feeds, as addresses (empty: two to begin with)"),
        telegram=telegram or ask.many("Telegram chats to brief, by id (empty: none)"),
        slack=slack or ask.many("Slack channels to brief, by id (empty: none)"),
    )
    try:
        # Without a chat it stands in a comment, where the settings would not look at it.
        read_clock(wishes.at)
    except ValueError as error:
        raise SettingsError(config, None, "at", str(error)) from error
    text = config_text(wishes)
    settings = parse_settings(text, path=config, env={})
    _write(config, text)
    click.echo(f"{config}: written")
    for briefing in settings.briefings:
        moment = next_slot(briefing, SystemClock().now())
        click.echo(f'briefing "{briefing.name}": next at {moment:%Y-%m-%d %H:%M} {briefing.timezone}')
    if not settings.briefings:
        click.echo(
            "no briefings: no chat was named; add [[briefings]] once you know an id (the bot tells it)"
        )
    click.echo(
        _next_steps(config, has_telegram=bool(telegram or wishes.telegram), has_slack=bool(wishes.slack))
    )


class _Questions:
    """Asks on the terminal, where there is one."""

    def __init__(self, *, is_on: bool) -> None:
        self._is_on = is_on

    def __call__(self, question: str, default: str, choices: Sequence[str] = ()) -> str:
        """One answer."""
        if not self._is_on:
            return default
        kind = click.Choice(choices) if choices else None
        return str(click.prompt(question, default=default, type=kind))

    def many(self, question: str) -> tuple[str, ...]:
        """Any number of answers on a line."""
        if not self._is_on:
            return ()
        answer = click.prompt(f"{question}; several with commas between", default="", show_default=False)
        return tuple(each.strip() for each in answer.split(",") if each.strip())


def _write(config: Path, text: str) -> None:
    try:
        with config.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise SettingsError(config, None, "", f"cannot be written: {error.strerror}") from error


def _next_steps(config: Path, *, has_telegram: bool, has_slack: bool) -> str:
    which = "" if config == Path("config.toml") else f" --config {config}"
    tokens = [
        *(("TELEGRAM_TOKEN",) if has_telegram or not has_slack else ()),
        *(("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN") if has_slack or not has_telegram else ()),
    ]
    exports = "".join(f"  export {name}=...\n" for name in tokens)
    return f"Next:\n{exports}  attache check{which}\n  attache run{which}"
