"""The key under which one article's many links are one.

Pure. Why no library does it: of fourteen ways to write one link, w3lib's and url-normalize's canonical
forms join two and three, as they leave hosts, AMP and tracking alone; courlan strips parameters that
name articles (`cid`, `eid`, `gallery`), which would make one article of many.
"""

import re
from collections.abc import Sequence
from typing import TypeAlias
from urllib.parse import (
    SplitResult,
    parse_qsl,
    quote,
    quote_from_bytes,
    unquote_to_bytes,
    urlencode,
    urlsplit,
)

__all__ = ["Rewrites", "canonical_link"]

#: What a link begins with ("mirror.example/news"), and what it is taken to begin with ("example.org").
Rewrites: TypeAlias = Sequence[tuple[str, str]]

#: Parameters that say how a reader came to the article.
_TRACKING = re.compile(
    r"(utm|at|ns|pk|piwik|mtm|matomo|hsa|_hs|mc|ga|wt|itm|vero|oly|soc|guce|_x_tr|share)_.*|_ga|_gl"
    r"|[dg]clid|[gw]braid|(fb|msclk|y|ys|tw|ttc|igsh|srsl|mibext)\w*id|__twitter_impression"
    r"|_hsenc|_hsmi|mkt_tok|n?cmpid|i?cmp|i?ncid|icid|ocid|smid|emc|ito|xtor|spm|partner|mod|ftag|tpcc|trk"
    r"|ref|ref_src|ref_url|referrer|referer|share|sh|isappinstalled|guccounter"
    r"|rss|feed|amp|outputtype|traffic_source",
    re.IGNORECASE,
)
#: Values that say the same, whatever the parameter is called: `from=rss`, `output=amp`, `via=telegram`.
_CHANNEL = re.compile(
    r"(rss|atom)(_?feed)?s?\d*|feed(burner)?|newsletter|facebook|twitter|telegram|whatsapp|kakao(talk|story)?"
    r"|wechat|timeline|singlemessage|amp|mobile",
    re.IGNORECASE,
)
_COPY_HOSTS = frozenset({"www", "www1", "www2", "www3", "m", "mobile", "amp", "wap", "touch"})
#: "m-en.outlet.example" is the mobile twin of "en.outlet.example".
_MOBILE_LABEL = re.compile(r"^(?:m|mobile|amp|www)-(?=[a-z]{2,})|-amp$")
_AMP_PATH = re.compile(r"^/amp(?=/)|/amp(?:\.html?)?$|(?<=/)amp/(?=[^/]*$)|\.amp(?=\.html?$)|\.amp$")
_AMP_CACHE = re.compile(
    r"^(?:[^/]*\.(?:cdn\.ampproject\.org|bing-amp\.com)/[cv]|(?:www\.)?google\.[a-z.]+/amp)/(?:s/)?(.+)$"
)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/]*", re.IGNORECASE)
_INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_SLASHES = re.compile(r"/{2,}")
_PATH_SAFE = "/:@!$&'()*+,;=~-._"
_ASCII = bytes(range(128))


def canonical_link(url: str, rewrites: Rewrites = ()) -> str:
    """The key of a link.

    Scheme, `www.`/mobile/AMP hosts, AMP paths, fragment, session, tracking parameters, parameter order
    and a trailing slash do not tell articles apart. The key is no link: it has no scheme.

    Args:
        url: What a feed gives for a link; any text.
        rewrites: What the admin says of this feed's hosts and paths, applied to the key; the longest
            that fits counts.
    """
    try:
        parts = _out_of_cache(urlsplit(url.strip()))
        if parts.scheme not in {"http", "https"}:
            return url.strip().partition("#")[0]
        host, path, query = _host(parts), _path(parts.path), _query(parts.query)
    except ValueError:
        # Not a URL after all; as text it still equals itself.
        return url.strip()
    key = _rewritten(host + path, rewrites)
    return f"{key}?{query}" if query else key


def _out_of_cache(parts: SplitResult) -> SplitResult:
    """The link that the link into an AMP cache stands for; caches may cache caches."""
    while parts.scheme in {"http", "https"}:
        cached = _AMP_CACHE.match((parts.hostname or "") + parts.path)
        if cached is None:
            break
        parts = urlsplit(f"https://{cached[1]}?{parts.query}")
    return parts


def _host(parts: SplitResult) -> str:
    """The host without what marks its copies for telephones; with its port, where that is its own."""
    host, port = (parts.hostname or "").rstrip("."), parts.port
    if not host.isascii():
        # UnicodeError is a ValueError: such a host does not exist.
        host = host.encode("idna").decode()
    labels = [_MOBILE_LABEL.sub("", label) for label in host.split(".")[:-2]]
    host = ".".join([label for label in labels if label not in _COPY_HOSTS] + host.split(".")[-2:])
    return host if port in {None, 80, 443} else f"{host}:{port}"


def _path(path: str) -> str:
    path = _SLASHES.sub("/", _SESSION.sub("", path)).rstrip("/")
    path = _INDEX_PAGE.sub("", _AMP_PATH.sub("", path))
    # As bytes: an escape need not be UTF-8, and two that are not must stay two.
    return quote_from_bytes(unquote_to_bytes(path), safe=_PATH_SAFE).rstrip("/")


def _query(query: str) -> str:
    """The parameters that may name an article, in one order."""
    # Latin-1 has a character for every byte, so this too keeps escapes that are not UTF-8 apart.
    escaped = quote(query, safe=_ASCII)
    pairs = parse_qsl(escaped, keep_blank_values=True, encoding="latin-1")
    kept = [
        (name, value) for name, value in pairs if not (_TRACKING.fullmatch(name) or _CHANNEL.fullmatch(value))
    ]
    return urlencode(sorted(kept), encoding="latin-1")


def _rewritten(key: str, rewrites: Rewrites) -> str:
    """The key with its beginning replaced, once, at the end of a host or of a folder."""
    for start, replacement in sorted(rewrites, key=lambda rule: len(rule[0]), reverse=True):
        if key == start or key.startswith(f"{start}/"):
            return replacement + key.removeprefix(start)
    return key
