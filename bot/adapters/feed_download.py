"""Fetching a feed or a page over HTTP: conditional, capped, guarded; every failure is a value."""

import asyncio
import datetime as dt
import email.utils
import logging
import re
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

import aiohttp
import stamina
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.adapters.address_guard import (
    BlockedAddressError,
    guarded_sockets,
    is_public_address,
    names_private_host,
)

__all__ = [
    "Download",
    "DownloadFailure",
    "DownloadLimits",
    "DownloadUnchanged",
    "Downloader",
    "retry_after",
    "user_agent",
]

logger = logging.getLogger(__name__)

_PERMANENT = frozenset({301, 308})
_REDIRECTS = _PERMANENT | {302, 303, 307}
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.5"
)
#: Words of the pages that stand between a reader and the site: "checking your browser" and the like.
_CHALLENGE = re.compile(
    rb"cf-chl|cf-browser-verification|challenge-platform|just a moment|attention required|captcha"
    rb"|ddos|are you (?:a )?(?:human|robot)|enable javascript|checking your browser|bot detect",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadLimits:
    """How long, how much and how often."""

    #: Seconds for one answer, from sending the request to the last byte.
    total: float = 30.0
    #: Seconds until a connection stands.
    connect: float = 10.0
    max_bytes: int = 5 * 1024 * 1024
    max_redirects: int = 5
    #: Attempts in all where the connection fails or the server answers 5xx.
    attempts: int = 3
    #: Seconds before the second attempt; doubled for the third.
    retry_wait: float = 1.0
    #: A server that asks (Retry-After) to wait for longer than this is left until the next poll.
    max_retry_wait: float = 10.0
    #: Requests to one host at the same time.
    per_host: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """What came."""

    body: bytes
    #: Where it came from in the end.
    url: str
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    #: Where permanent redirects (301, 308) led, None where there were none.
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class DownloadUnchanged:
    """The server says that nothing changed (304)."""

    #: Where permanent redirects (301, 308) led, None where there were none.
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class DownloadFailure:
    """Why nothing came, in plain words."""

    reason: str


class _FailedError(Exception):
    """Carries a failure out of the steps of one attempt."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _TryAgainError(_FailedError):
    """A failure that may be gone in a moment."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Downloader:
    """Downloads over HTTP; an async context manager that owns its connections.

    There are two connection pools. The guarded one reaches public addresses only and serves
    everything but a feed whose configured address is itself private; that one has the open pool,
    for its own host alone. Sharing one pool would let a stranger's redirect into a private
    machine ride on a connection which stands already.
    """

    def __init__(
        self,
        *,
        limits: DownloadLimits | None = None,
        contact: str | None = None,
        is_public: Callable[[str], bool] = is_public_address,
        resolver: AbstractResolver | None = None,
    ) -> None:
        """Remember how to download; connections are made on entering the context.

        Args:
            limits: Times and sizes.
            contact: Address or page that a feed's operator can turn to, told in the User-Agent.
            is_public: Whether the guarded pool may connect to an IP address.
            resolver: Looks host names up; the system's by default.
        """
        self._limits = limits or DownloadLimits()
        self._user_agent = user_agent(contact)
        self._is_public = is_public
        self._resolver = resolver
        self._stack = AsyncExitStack()
        # A host's semaphore lives as long as somebody holds or awaits it: hosts come and go with the links.
        self._hosts: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def __aenter__(self) -> Self:
        self._guarded = await self._open_session(guarded=True)
        self._open = await self._open_session(guarded=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def _open_session(self, *, guarded: bool) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            socket_factory=guarded_sockets(self._is_public) if guarded else None, resolver=self._resolver
        )
        return await self._stack.enter_async_context(
            aiohttp.ClientSession(
                connector=connector,
                headers={"User-Agent": self._user_agent, "Accept": _ACCEPT},
                # The time starts to run when the connection is ours, not in the queue for it.
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._limits.connect),
                cookie_jar=aiohttp.DummyCookieJar(),
                # Security policies in headers have outgrown aiohttp's 8 kB.
                max_line_size=16384,
                max_field_size=65536,
                trust_env=False,
            )
        )

    async def download(
        self,
        url: str,
        *,
        feed_url: str,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Download | DownloadUnchanged | DownloadFailure:
        """Fetch what is at `url`; no exception of the network leaves here.

        Args:
            url: An `http:` or `https:` address.
            feed_url: The address that the admin configured: its host may be a private one, and it may
                hold a password. `url` is this one, or an article's that the feed links to.
            etag: What the last answer called itself, to be told when nothing changed.
            last_modified: The same, by time.
        """
        conditions = {
            name: value
            for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified))
            if value and value.isprintable()
        }
        try:
            async for attempt in stamina.retry_context(
                on=self._wait_before_retry,
                attempts=self._limits.attempts,
                timeout=None,
                wait_initial=self._limits.retry_wait,
                wait_max=self._limits.max_retry_wait,
                wait_jitter=0,
            ):
                with attempt:
                    return await self._follow(url, feed_url, conditions)
        except _FailedError as failure:
            logger.info("download failed reason=%s", failure.reason)
            return DownloadFailure(failure.reason)
        raise AssertionError("the last attempt returns or raises")

    def _wait_before_retry(self, error: Exception) -> bool | float:
        """Whether to try again, or the seconds that the server asks to wait before."""
        if not isinstance(error, _TryAgainError):
            return False
        if error.retry_after is None:
            return True
        return error.retry_after if error.retry_after <= self._limits.max_retry_wait else False

    async def _follow(
        self, address: str, feed_url: str, conditions: dict[str, str]
    ) -> Download | DownloadUnchanged:
        """One attempt, with its redirects."""
        configured = _checked(feed_url, keep_password=True) if feed_url.startswith("http") else None
        url = configured if configured and address == feed_url else _checked(address)
        private_host = configured.host if configured and names_private_host(configured.host or "") else None
        moved_to: URL | None = None
        # A feed with a password is not moved: the new place may be somebody else's.
        permanent = not url.user
        for _ in range(self._limits.max_redirects + 1):
            session = self._open if url.host == private_host else self._guarded
            async with self._request(session, url, conditions) as response:
                if response.status not in _REDIRECTS:
                    return await self._take(response, conditions, moved_to)
                target = response.headers.get("Location")
                if not target:
                    raise _FailedError(f"HTTP {response.status}: redirect without an address")
                permanent = permanent and response.status in _PERMANENT
                url = _checked(target, base=url)
                moved_to = url if permanent else moved_to
        raise _FailedError("too many redirects")

    @asynccontextmanager
    async def _request(
        self, session: aiohttp.ClientSession, url: URL, headers: dict[str, str]
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """One request in its host's queue, with the network's errors in plain words."""
        key = f"{url.host}:{url.port}"
        queue = self._hosts.get(key) or asyncio.Semaphore(self._limits.per_host)
        self._hosts[key] = queue
        async with queue:
            try:
                async with (
                    asyncio.timeout(self._limits.total),
                    session.get(url, headers=headers, allow_redirects=False) as response,
                ):
                    yield response
            except (aiohttp.ClientError, OSError, UnicodeError) as error:
                raise _in_plain_words(error) from error

    async def _take(
        self, response: aiohttp.ClientResponse, conditions: dict[str, str], moved_to: URL | None
    ) -> Download | DownloadUnchanged:
        """The answer's body, or why it is none."""
        if response.status == 304 and conditions:
            return DownloadUnchanged(moved_to=str(moved_to) if moved_to else None)
        if response.status != 200:
            raise await _refusal(response)
        return Download(
            body=await self._read_capped(response),
            url=str(response.url.with_user(None)),
            content_type=response.headers.get("Content-Type"),
            etag=response.headers.get("ETag"),
            last_modified=response.headers.get("Last-Modified"),
            moved_to=str(moved_to) if moved_to else None,
        )

    async def _read_capped(self, response: aiohttp.ClientResponse) -> bytes:
        """The body after decompression, as long as it keeps below the cap."""
        limit = self._limits.max_bytes
        body = bytearray()
        async for chunk in response.content.iter_chunked(65536):
            body += chunk
            if len(body) > limit:
                response.close()
                raise _FailedError(f"too large: over {_megabytes(limit)}")
        return bytes(body)


def user_agent(contact: str | None) -> str:
    """What we call ourselves to servers, with whom they can turn to."""
    return f"Attache/{_own_version()}" + (f" (+{contact})" if contact else "")


def _own_version() -> str:
    """The installed version; a checkout that was not installed has none."""
    try:
        return version("attache")
    except PackageNotFoundError:
        return "dev"


def _checked(address: str, *, base: URL | None = None, keep_password: bool = False) -> URL:
    """The address as a URL that may be asked, without the password that a stranger put into it."""
    try:
        url = base.join(URL(address)) if base else URL(address)
    except ValueError as error:
        raise _FailedError("not a web address") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise _FailedError(f"not a web address: {url.scheme or 'no scheme'}")
    return url if keep_password else url.with_user(None)


async def _refusal(response: aiohttp.ClientResponse) -> _FailedError:
    """What an answer other than 200 means."""
    status = response.status
    is_html = "html" in response.headers.get("Content-Type", "").lower()
    if status in (403, 429, 503) and is_html:
        start = await response.content.read(65536)
        if status == 403 or "cf-mitigated" in response.headers or _CHALLENGE.search(start):
            return _FailedError(f"HTTP {status}: looks like an anti-bot page")
    if status >= 500:
        return _TryAgainError(f"HTTP {status}", retry_after(response))
    return _FailedError(f"HTTP {status}")


def retry_after(response: aiohttp.ClientResponse) -> float | None:
    """Seconds to wait, from either form of the header; a date is held against the server's own clock."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    until, now = _http_date(text), _http_date(response.headers.get("Date", ""))
    return max(0.0, (until - now).total_seconds()) if until and now else None


def _http_date(text: str) -> dt.datetime | None:
    try:
        value = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def _in_plain_words(error: Exception) -> _FailedError:
    """What an error of the network library means to an admin."""
    match error:
        case TimeoutError():
            return _FailedError("timeout")
        case aiohttp.ClientConnectorCertificateError():
            return _FailedError(f"TLS: {_certificate_problem(error.certificate_error)}")
        case aiohttp.ClientSSLError():
            return _FailedError(f"TLS: {_ssl_problem(error)}")
        case aiohttp.ClientConnectorDNSError() | UnicodeError():
            return _FailedError("no such host")
        case aiohttp.ClientConnectorError(os_error=BlockedAddressError() as blocked):
            return _FailedError(str(blocked))
        case aiohttp.ClientConnectorError(os_error=ConnectionRefusedError()):
            return _TryAgainError("connection refused")
        case aiohttp.ClientConnectorError():
            return _TryAgainError("cannot connect")
        case aiohttp.ClientConnectionError() | aiohttp.ClientPayloadError() | ConnectionError():
            return _TryAgainError("connection broken")
        case _:
            return _FailedError("not an HTTP answer")


def _certificate_problem(error: Exception) -> str:
    return error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else "bad certificate"


def _ssl_problem(error: aiohttp.ClientSSLError) -> str:
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else None
    reason = cause.reason if isinstance(cause, ssl.SSLError) else None
    return reason.lower().replace("_", " ") if reason else "no secure connection"


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:g} MB"
