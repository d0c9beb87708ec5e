"""The text of a first configuration file.

Pure.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Wishes", "config_text"]

#: Feeds to begin with: (address, name, language).
STARTERS = (
    ("https://www.antaranews.com/rss/terkini.xml", "Antara", "id"),
    ("https://www.yna.co.kr/rss/northkorea.xml", "Yonhap", "ko"),
)

_HEAD = """\
# Attaché's configuration; docs/admin-guide.md explains every key, `attache check` tells what is wrong.

[bot]
timezone = {timezone}
language = {language}
database = "attache.db"         # relative to this file; keep it when you move or update the bot
admins = []                     # who is told of trouble: ["telegram:12345678", "slack:U0123456789"]

# A platform without its secrets is off. "${{NAME}}" is read from the environment.

[telegram]
token = "${{TELEGRAM_TOKEN}}"     # from @BotFather

[slack]
bot_token = "${{SLACK_BOT_TOKEN}}"    # begins with xoxb-
app_token = "${{SLACK_APP_TOKEN}}"    # begins with xapp-
"""

_NO_BRIEFING = """
# [[briefings]]                 # once you know a chat's id: the bot tells it to chats that it does not serve
# name = "morning"
# at = {at}
{topics}# to = ["telegram:-1001234567890", "slack:C0123456789"]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What an admin told."""

    timezone: str
    language: str
    #: "07:00"
    at: str
    topics: Sequence[str] = ()
    #: Addresses or paths.
    feeds: Sequence[str] = ()
    #: Ids of the chats to brief.
    telegram: Sequence[str] = ()
    slack: Sequence[str] = ()


def config_text(wishes: Wishes) -> str:
    """A configuration file; whether its values are right, the settings find out."""
    blocks = [_HEAD.format(timezone=_text(wishes.timezone), language=_text(wishes.language))]
    if wishes.feeds:
        blocks += (f"\n[[feeds]]\nurl = {_text(url)}\n" for url in wishes.feeds)
    else:
        blocks += (
            f"\n[[feeds]]\nurl = {_text(url)}\nname = {_text(name)}\nlanguage = {_text(language)}\n"
            for url, name, language in STARTERS
        )
    chats = [*(f"telegram:{chat}" for chat in wishes.telegram), *(f"slack:{chat}" for chat in wishes.slack)]
    topics = f"topics = {_list(wishes.topics)}\n" if wishes.topics else ""
    if chats:
        blocks.append(
            f'\n[[briefings]]\nname = "morning"\nat = {_text(wishes.at)}\n{topics}to = {_list(chats)}\n'
        )
    else:
        blocks.append(_NO_BRIEFING.format(at=_text(wishes.at), topics=f"# {topics}" if topics else ""))
    return "".join(blocks)


def _text(value: str) -> str:
    """A basic string of TOML; JSON's are the same but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"
