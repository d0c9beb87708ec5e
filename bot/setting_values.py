"""Reading single values of the configuration: durations, times, addresses, languages, chats.

Pure, but that a path is looked up where it may be a web address without its scheme. Each function
takes what `tomllib` gave and raises ValueError with what would be right.
"""

import datetime as dt
import difflib
import os.path
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname
from zoneinfo import ZoneInfo, available_timezones

from bot.links import canonical_link
from digest.folding import folded

__all__ = [
    "nearest",
    "read_chat",
    "read_clock",
    "read_days",
    "read_duration",
    "read_feed_url",
    "read_language",
    "read_rewrite",
    "read_timezone",
    "read_web_url",
    "read_word",
]

_DURATION = re.compile(r"(\d{1,5})\s*([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHAT = re.compile(r"telegram:-?\d{1,20}(?:/\d{1,10})?|slack:[CDGUW][A-Z0-9]+")
#: Signs of regular expressions and wildcards, which are looked for in vain.
_PATTERN_SIGNS = re.compile(r"[*^|\\[\]{}]|\(\?|\.\+")
#: Two letters at least, for one is a Windows drive.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(.*)", re.DOTALL)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(/|$)")
_LINK_START = re.compile(r"[\w-]+(\.[\w-]+)*(:\d+)?(/[^\s?#]*)?")
_FILE_ENDINGS = (".xml", ".rss", ".atom", ".rdf", ".json")
#: ISO 639-1.
_LANGUAGES = frozenset(
    re.findall(
        "..",
        "aaabaeafakamanarasavayazbabebgbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteufafffifjfofrfy"
        "gagdglgngugvhahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknkokrkskukvkwkylalblglilnloltlulv"
        "mgmhmimkmlmnmrmsmtmynanbndnengnlnnnonrnvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgsiskslsmsnsosqsrss"
        "stsusvswtatetgthtitktltntotrtstttwtyugukuruzvevivowawoxhyiyozazhzu",
    )
)
#: Country codes and withdrawn codes that are written for the language.
_LANGUAGE_SLIPS = {
    "jp": "ja",
    "cn": "zh",
    "in": "id",
    "gr": "el",
    "ua": "uk",
    "cz": "cs",
    "dk": "da",
    "iw": "he",
}


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that `word` was probably meant to be."""
    by_case = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), by_case, n=1)
    return by_case[found[0]] if found else None


def _text(value: object, example: str) -> str:
    if not isinstance(value, str):
        # Not TypeError: pydantic makes a problem of the file out of ValueError alone.
        raise ValueError(f"must be text in quotes, such as {example}")  # noqa: TRY004
    return value.strip()


def read_duration(value: object) -> dt.timedelta:
    """ "15m", "2h" or "1d"."""
    match = _DURATION.fullmatch(_text(value, '"15m"'))
    if match is None or not int(match[1]):
        raise ValueError(
            f'"{value}" is no duration; write minutes, hours or days, such as "15m", "2h" or "1d"'
        )
    return dt.timedelta(**{_UNITS[match[2]]: int(match[1])})


def read_clock(value: object) -> dt.time:
    """ "07:30", or TOML's own 07:30:00."""
    if isinstance(value, dt.time):
        return value
    match = _CLOCK.fullmatch(_text(value, '"07:30"'))
    if match is None:
        raise ValueError(f'"{value}" is no time of day; write hours and minutes, such as "07:30"')
    return dt.time(int(match[1]), int(match[2]))


def read_days(value: object) -> frozenset[int]:
    """ISO weekdays from day names and ranges: ["mon", "wed"], "mon-fri", ["sat-mon"]."""
    items = value if isinstance(value, list) else [value]
    days = frozenset(day for item in items for day in _read_day_range(_text(item, '"mon" or "mon-fri"')))
    if not days:
        raise ValueError('names no day; leave it out for every day, or write some, such as ["mon", "fri"]')
    return days


def _read_day_range(text: str) -> Iterator[int]:
    first, _, last = text.lower().partition("-")
    start, end = _day(first), _day(last or first)
    yield from ((start + step) % 7 + 1 for step in range((end - start) % 7 + 1))


def _day(name: str) -> int:
    """Days from Monday, by the name or its first letters (three at least)."""
    name = name.strip()
    for number, day in enumerate(_DAYS):
        if len(name) >= 3 and day.startswith(name):
            return number
    raise ValueError(f'"{name}" is no day; days are mon, tue, wed, thu, fri, sat, sun')


def read_timezone(value: object) -> str:
    """An IANA name."""
    name = _text(value, '"Asia/Seoul"')
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError) as error:  # what it raises depends on how wrong the name is
        meant = nearest(name, available_timezones())
        hint = f'did you mean "{meant}"?' if meant else 'IANA names look like "Asia/Seoul"'
        raise ValueError(f'"{name}" is no time zone; {hint}') from error
    return name


def read_language(value: object) -> str:
    """An ISO 639-1 code."""
    code = _text(value, '"id"')
    if code in _LANGUAGES:
        return code
    meant = _LANGUAGE_SLIPS.get(code.lower()) or re.split("[-_]", code.lower())[0]
    hint = f'did you mean "{meant}"?' if meant in _LANGUAGES else 'ISO 639-1 codes look like "id", "en", "ko"'
    raise ValueError(f'"{code}" is no language; {hint}')


def read_word(value: object) -> str:
    """A word, or several that stand together, to be found as they are in headlines and sentences."""
    word = _text(value, '"summit"')
    if _PATTERN_SIGNS.search(word):
        raise ValueError(
            f'"{word}" looks like a pattern; only words are understood, so write each of its forms'
        )
    if not folded(word):
        raise ValueError(f'"{word}" holds no letters or digits to look for; write a word, such as "summit"')
    return word


def read_chat(value: object) -> str:
    """A chat with its platform before it."""
    chat = _text(value, '"telegram:-1001234567890"')
    if not _CHAT.fullmatch(chat):
        raise ValueError(
            f'"{chat}" is no chat; write "telegram:" or "slack:" and the chat\'s id (not its name), '
            'such as "telegram:-1001234567890" or "slack:C0123456789"'
        )
    return chat


def read_web_url(value: object) -> str:
    """An `https:` or `http:` address, without a slash at its end."""
    text = _text(value, '"https://..."')
    match = _SCHEME.fullmatch(text)
    if match is None or match[1].lower() not in ("http", "https"):
        raise ValueError(f'"{text}" is no web address; it starts with https:// or http://')
    return _checked_web_url(text).rstrip("/")


def read_feed_url(value: object, folder: Path) -> str:
    """A feed's address; paths are taken from `folder` and become `file:` URLs."""
    text = _text(value, '"https://news.example/rss"')
    if not text:
        raise ValueError("is empty; write the feed's address or the path of a file or folder")
    match = _SCHEME.fullmatch(text)
    if match is None:
        return _path_url(text, folder)
    scheme, rest = match[1].lower(), match[2]
    if scheme in ("http", "https"):
        return _checked_web_url(text)
    if scheme == "file":
        return _file_url(text, folder)
    if rest[:1].isdigit():
        raise ValueError(f'"{text}" is no address; put https:// or http:// before it')
    meant = nearest(scheme, ("http", "https", "file"))
    hint = f'did you mean "{meant}:{rest}"?' if meant else "use https:, http:, file: or a path"
    raise ValueError(f'"{text}" is no feed address; {hint}')


def read_rewrite(value: object) -> tuple[tuple[str, str], ...]:
    """What links begin with, and what to take that for: {"mirror.example/news" = "example.org"}."""
    if not isinstance(value, dict):
        raise ValueError('must be a table such as { "mirror.example" = "example.org" }')  # noqa: TRY004
    return tuple((_link_start(start), _link_start(other)) for start, other in value.items())


def _link_start(value: object) -> str:
    """A host, with a path or not, as canonical links begin."""
    text = _text(value, '"example.org"').removeprefix("https://").removeprefix("http://")
    if not _LINK_START.fullmatch(text):
        raise ValueError(
            f'"{value}" begins no link; write a host or a folder of one, such as "example.org/news"'
        )
    return canonical_link(f"https://{text}")


def _checked_web_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_whole = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise ValueError(f'"{text}" is no web address: {str(error).lower()}') from error
    if not is_whole or any(sign.isspace() for sign in text):
        raise ValueError(f'"{text}" is no web address; write it as "https://news.example/rss"')
    return text


def _file_url(text: str, folder: Path) -> str:
    parts = urlsplit(text)
    if parts.netloc not in ("", "localhost"):
        raise ValueError(f'"{text}" names another machine; a file: address has three slashes, "file:///..."')
    return _absolute(url2pathname(parts.path), folder)


def _path_url(text: str, folder: Path) -> str:
    looks_like_host = _HOST.match(text) and not text.lower().endswith(_FILE_ENDINGS)
    if looks_like_host and not (folder / text).exists():
        raise ValueError(f'"{text}" is no file here; put https:// before a web address')
    return _absolute(text, folder)


def _absolute(path: str, folder: Path) -> str:
    # Links are not followed: the address is the feed's identity, wherever it leads today.
    return Path(os.path.abspath(folder / Path(path).expanduser())).as_uri()
