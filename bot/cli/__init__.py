"""The command line. A command is: read arguments, call one function, print.

Each command has a module of its own, which is loaded when it is called: `attache brief` starts without
the libraries of the chat platforms.
"""

import importlib
import logging
import sys
from typing import Any

import click

from bot.errors import BotError
from digest.errors import DigestError

__all__ = ["main"]

#: Name -> what it does, in the order in which a newcomer needs them.
COMMANDS = {
    "init": "Write a config.toml, asking what it needs.",
    "check": "Validate the config, try the feeds and the tokens.",
    "run": "Poll, brief and answer in the chats, until stopped.",
    "poll": "Poll every feed that is due, once.",
    "brief": "Answer on the terminal what /brief would.",
    "history": "Tell how trips came about, step by step.",
    "digest": "Read articles and print their facts.",
    "explain": "Read an article and print how its facts were found.",
    "new-language": "Write an empty language pack.",
    "update-world": "Fetch newer people and offices from Wikidata.",
}


class OneLineError(click.ClickException):
    """An error of ours: one line on standard error, exit code 1."""

    def show(self, file: Any = None) -> None:
        """Print the line."""
        click.echo(f"attache: {' '.join(self.message.split())}", file=file, err=file is None)


class Commands(click.Group):
    """Loads a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in their own order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, None where there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error that we know is told in one line."""
        try:
            return super().invoke(ctx)
        except (BotError, DigestError) as error:
            raise OneLineError(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="attache", prog_name="attache", message="%(prog)s %(version)s")
def main() -> None:
    """Attaché reads news feeds and tells who visits whom, where, when, why, and how sure that is.

    \b
    A first look:      attache poll --config seeds/config.toml --now 2024-06-18T07:00:00+09:00
                       attache brief korea --config seeds/config.toml --now 2024-06-18T07:00:00+09:00
    A bot of your own: attache init, attache check, attache run
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter shows a question mark instead of a traceback.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    if not logging.getLogger().handlers:
        # A command says itself what went wrong; only `attache run` adds a log.
        logging.getLogger().addHandler(logging.NullHandler())
