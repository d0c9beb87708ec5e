"""Downloads over real HTTP: conditions, redirects, limits, and failures in plain words."""

import asyncio
import gzip
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.adapters.feed_download import (
    Download,
    Downloader,
    DownloadFailure,
    DownloadLimits,
    DownloadUnchanged,
)
from tests.servers.feeds import FeedServer

LIMITS = DownloadLimits(total=5, connect=5, attempts=3, retry_wait=0, max_bytes=100_000)
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Names(AbstractResolver):
    """A resolver that knows the given names only."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host not in self._names:
            raise OSError(socket.EAI_NONAME, "Name or service not known")
        return [
            ResolveResult(
                hostname=host, host=self._names[host], port=port, family=socket.AF_INET, proto=0, flags=0
            )
        ]

    async def close(self) -> None:
        pass


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as server:
        yield server


@pytest.fixture
async def downloader() -> AsyncIterator[Downloader]:
    async with Downloader(limits=LIMITS, contact="feeds@example.org") as downloader:
        yield downloader


async def fetch(
    downloader: Downloader, url: str, **conditions: str
) -> Download | DownloadUnchanged | DownloadFailure:
    return await downloader.download(url, feed_url=url, **conditions)


async def reason(downloader: Downloader, url: str) -> str:
    answer = await fetch(downloader, url)
    assert isinstance(answer, DownloadFailure)
    return answer.reason


async def test_a_download_carries_body_and_headers(server: FeedServer, downloader: Downloader) -> None:
    """The parser needs the content type, the next poll needs the conditions."""
    headers = {"ETag": '"1"', "Last-Modified": "Tue, 18 Jun 2024 02:30:00 GMT", "Content-Type": "text/xml"}
    server.add("/feed", "<rss/>", headers=headers)

    assert await fetch(downloader, f"{server.url}/feed") == Download(
        body=b"<rss/>",
        url=f"{server.url}/feed",
        content_type="text/xml",
        etag='"1"',
        last_modified="Tue, 18 Jun 2024 02:30:00 GMT",
    )


async def test_the_user_agent_names_the_project_and_a_contact(
    server: FeedServer, downloader: Downloader
) -> None:
    """Who runs the feed can see who asks, and whom to write to."""
    await fetch(downloader, f"{server.url}/feed")

    agent = server.requests[0].headers["User-Agent"]
    assert agent.startswith("Attache/")
    assert agent.endswith("(+feeds@example.org)")


@pytest.mark.parametrize(
    ("header", "condition", "value"),
    [("ETag", "etag", '"7"'), ("Last-Modified", "last_modified", "Tue, 18 Jun 2024 02:30:00 GMT")],
)
async def test_what_is_known_is_not_sent_again(
    server: FeedServer, downloader: Downloader, header: str, condition: str, value: str
) -> None:
    """With the ETag or the date of the last answer the server says 304."""
    server.add("/feed", "<rss/>", headers={header: value})

    assert await fetch(downloader, f"{server.url}/feed", **{condition: value}) == DownloadUnchanged()


async def test_304_without_a_condition_is_a_failure(server: FeedServer, downloader: Downloader) -> None:
    """Nothing has been read yet, so "unchanged" would lose the feed."""
    server.add("/feed", status=304)

    assert await reason(downloader, f"{server.url}/feed") == "HTTP 304"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("gzip", gzip.compress(b"<rss/>")), ("br", brotli.compress(b"<rss/>"))],
    ids=["gzip", "br"],  # the gzipped bytes hold the time and would differ from worker to worker
)
async def test_compressed_bodies_are_opened(
    server: FeedServer, downloader: Downloader, encoding: str, body: bytes
) -> None:
    """gzip and brotli are asked for and understood."""
    server.add("/feed", body, headers={"Content-Encoding": encoding})

    answer = await fetch(downloader, f"{server.url}/feed")

    assert isinstance(answer, Download)
    assert answer.body == b"<rss/>"
    assert encoding in server.requests[0].headers["Accept-Encoding"]


async def test_the_cap_holds_after_decompression(server: FeedServer, downloader: Downloader) -> None:
    """A kilobyte that unpacks to a megabyte is too large."""
    server.add("/feed", gzip.compress(b" " * 1_000_000), headers={"Content-Encoding": "gzip"})

    assert (await reason(downloader, f"{server.url}/feed")).startswith("too large: over 0.09")


async def test_the_default_cap_is_told_in_megabytes(server: FeedServer) -> None:
    """The admin reads a round number."""
    server.add("/feed", b" " * (5 * 1024 * 1024 + 1))

    async with Downloader() as downloader:
        assert await reason(downloader, f"{server.url}/feed") == "too large: over 5 MB"


async def test_a_permanent_chain_tells_where_the_feed_moved(
    server: FeedServer, downloader: Downloader
) -> None:
    """301 and 308 say the new address; the temporary hop after them is followed but not adopted."""
    server.add("/a", status=301, headers={"Location": "/b"})
    server.add("/b", status=308, headers={"Location": f"{server.url}/c"})
    server.add("/c", status=302, headers={"Location": "d"})
    server.add("/d", "<rss/>")

    answer = await fetch(downloader, f"{server.url}/a")

    assert isinstance(answer, Download)
    assert (answer.url, answer.moved_to) == (f"{server.url}/d", f"{server.url}/c")


async def test_a_permanent_hop_after_a_temporary_one_moves_nothing(
    server: FeedServer, downloader: Downloader
) -> None:
    """Where the first hop is temporary, the address of tomorrow is still the configured one."""
    server.add("/a", status=307, headers={"Location": "/b"})
    server.add("/b", status=301, headers={"Location": "/c"})
    server.add("/c", "<rss/>")

    answer = await fetch(downloader, f"{server.url}/a")

    assert isinstance(answer, Download)
    assert answer.moved_to is None


async def test_long_headers_are_no_obstacle(server: FeedServer, downloader: Downloader) -> None:
    """Some sites send a security policy of many kilobytes."""
    server.add("/feed", "<rss/>", headers={"Content-Security-Policy": "x" * 30_000})

    assert isinstance(await fetch(downloader, f"{server.url}/feed"), Download)


@pytest.mark.parametrize(("hops", "arrives"), [(5, True), (6, False)])
async def test_five_redirects_are_followed(
    server: FeedServer, downloader: Downloader, hops: int, arrives: bool
) -> None:
    """A sixth one is taken for a loop."""
    for hop in range(hops):
        server.add(f"/{hop}", status=302, headers={"Location": f"/{hop + 1}"})
    server.add(f"/{hops}", "<rss/>")

    answer = await fetch(downloader, f"{server.url}/0")

    assert isinstance(answer, Download) is arrives
    assert arrives or answer == DownloadFailure("too many redirects")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, "HTTP 302: redirect without an address"),
        ({"Location": "file:///etc/passwd"}, "not a web address: file"),
        ({"Location": "gopher://example.org/"}, "not a web address: gopher"),
        ({"Location": "http://[::1/"}, "not a web address"),
    ],
)
async def test_a_redirect_out_of_the_web_is_not_followed(
    server: FeedServer, downloader: Downloader, headers: dict[str, str], expected: str
) -> None:
    """Files of this machine and other protocols cannot be reached through a redirect."""
    server.add("/feed", status=302, headers=headers)

    assert await reason(downloader, f"{server.url}/feed") == expected


async def test_a_redirect_into_a_private_network_is_blocked(
    server: FeedServer, downloader: Downloader
) -> None:
    """The admin named 127.0.0.1; its answer cannot send the bot to another private machine."""
    server.add("/feed", status=302, headers={"Location": f"http://127.0.0.2:{server.port}/feed"})
    server.add("/local", status=302, headers={"Location": f"http://localhost:{server.port}/feed"})

    assert await reason(downloader, f"{server.url}/feed") == "blocked: 127.0.0.2 is a private address"
    assert "is a private address" in await reason(downloader, f"{server.url}/local")


async def test_a_public_name_that_resolves_to_a_private_address_is_blocked(server: FeedServer) -> None:
    """The address counts, not the name."""
    names = Names({"news.example": "127.0.0.1"})

    async with Downloader(limits=LIMITS, resolver=names) as downloader:
        url = f"http://news.example:{server.port}/feed"
        assert await reason(downloader, url) == "blocked: 127.0.0.1 is a private address"
    assert server.requests == []


async def test_a_connection_that_stands_is_no_way_around_the_guard() -> None:
    """A redirect from a public feed cannot ride on the connection of the admin's private feed."""
    names = Names({"public.example": "127.0.0.1"})
    async with (
        FeedServer("127.0.0.1") as public,
        FeedServer("127.0.0.2") as private,
        Downloader(limits=LIMITS, resolver=names, is_public=lambda ip: ip == "127.0.0.1") as downloader,
    ):
        private.add("/feed", "<rss/>")
        public.add("/feed", status=302, headers={"Location": f"{private.url}/feed"})

        assert isinstance(await fetch(downloader, f"{private.url}/feed"), Download)
        answer = await reason(downloader, f"http://public.example:{public.port}/feed")
        assert answer == "blocked: 127.0.0.2 is a private address"
        assert private.paths() == ["/feed"]


async def test_an_article_on_the_private_host_of_its_feed_is_read(
    server: FeedServer, downloader: Downloader
) -> None:
    """A private feed's own pages may be read; another feed's links may not lead there."""
    server.add("/article", "text")

    own = await downloader.download(f"{server.url}/article", feed_url=f"{server.url}/feed")
    foreign = await downloader.download(f"{server.url}/article", feed_url="https://news.example/feed")

    assert isinstance(own, Download)
    assert foreign == DownloadFailure("blocked: 127.0.0.1 is a private address")


async def test_a_password_goes_to_the_configured_address_only(
    server: FeedServer, downloader: Downloader
) -> None:
    """A feed behind a password is read; a redirect loses the password and adopts no new address."""
    server.add("/feed", status=301, headers={"Location": "/new"})
    server.add("/new", "<rss/>")

    answer = await fetch(downloader, f"http://user:secret@127.0.0.1:{server.port}/feed")

    assert isinstance(answer, Download)
    assert ["Authorization" in request.headers for request in server.requests] == [True, False]
    assert "secret" not in answer.url
    assert answer.moved_to is None


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (404, {}, "", "HTTP 404"),
        (410, HTML, "<html>gone</html>", "HTTP 410"),
        (403, {}, "no", "HTTP 403"),
        (403, HTML, "<html>Sorry, you have been blocked</html>", "HTTP 403: looks like an anti-bot page"),
        (
            503,
            HTML,
            "<title>Just a moment...</title>",
            "HTTP 503: looks like an anti-bot page",
        ),
        (503, HTML, "<h1>503 Service Unavailable</h1>", "HTTP 503"),
        (429, {"Retry-After": "3600"}, "", "HTTP 429"),
    ],
)
async def test_a_refusal_is_told_in_plain_words(
    server: FeedServer, downloader: Downloader, status: int, headers: dict[str, str], body: str, expected: str
) -> None:
    """The admin reads the number, and whether a wall against bots stands there."""
    server.add("/feed", body, status=status, headers=headers)

    assert await reason(downloader, f"{server.url}/feed") == expected


async def test_a_slow_answer_times_out(server: FeedServer) -> None:
    """A body that never ends is given up after the total time, and not asked for again."""
    server.add("/feed", "<rss>", stalls=True)

    async with Downloader(limits=DownloadLimits(total=0.05)) as downloader:
        assert await reason(downloader, f"{server.url}/feed") == "timeout"
    assert len(server.requests) <= 1


async def test_nobody_listens(downloader: Downloader) -> None:
    """A port without a server refuses the connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    assert await reason(downloader, f"http://127.0.0.1:{port}/feed") == "connection refused"


@pytest.mark.parametrize("host", ["nowhere.example", "a..example", "x" * 70 + ".example"])
async def test_a_name_that_nobody_has(host: str) -> None:
    """An unknown name, and names that cannot be one."""
    async with Downloader(limits=LIMITS, resolver=Names({})) as downloader:
        assert await reason(downloader, f"http://{host}/feed") == "no such host"


async def test_a_plain_server_on_a_tls_port(server: FeedServer, downloader: Downloader) -> None:
    """The trouble with TLS is named."""
    answer = await reason(downloader, f"https://127.0.0.1:{server.port}/feed")

    assert answer.startswith("TLS: ")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="a certificate is made with openssl")
async def test_a_certificate_that_nobody_vouches_for(tmp_path: Path, downloader: Downloader) -> None:
    """The library's own words for what is wrong with it are passed on."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-subj", "/CN=127.0.0.1"]
    curve = ["-pkeyopt", "ec_paramgen_curve:prime256v1"]
    subprocess.run([*command, *curve, "-keyout", key, "-out", certificate], check=True, capture_output=True)  # noqa: S603
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    async with await asyncio.start_server(lambda *_: None, "127.0.0.1", 0, ssl=context) as tls:
        port = tls.sockets[0].getsockname()[1]
        answer = await reason(downloader, f"https://127.0.0.1:{port}/feed")

    assert answer == "TLS: self-signed certificate"


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "not an HTTP answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>", "connection broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n<rss>", "connection broken"),
    ],
)
async def test_a_server_that_speaks_nonsense(downloader: Downloader, sent: bytes, expected: str) -> None:
    """Another protocol, a body that is cut off, a body that is not compressed as it claims."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(sent)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as other:
        port = other.sockets[0].getsockname()[1]
        assert await reason(downloader, f"http://127.0.0.1:{port}/feed") == expected


async def test_an_address_that_cannot_be_reached() -> None:
    """The system refuses to connect there at all."""
    limits = DownloadLimits(attempts=1)
    async with Downloader(limits=limits, is_public=lambda _: True) as downloader:
        assert await reason(downloader, "http://255.255.255.255/feed") == "cannot connect"


async def test_trouble_that_passes_is_tried_again(server: FeedServer, downloader: Downloader) -> None:
    """A 502 and a broken connection may be gone in a moment."""
    server.add("/feed", status=502, times=1)
    server.add("/feed", hangs_up=True, times=1)
    server.add("/feed", "<rss/>")

    assert isinstance(await fetch(downloader, f"{server.url}/feed"), Download)
    assert server.paths() == ["/feed"] * 3


async def test_trouble_that_lasts_is_told_after_three_attempts(
    server: FeedServer, downloader: Downloader
) -> None:
    """The last failure is the one that is told."""
    server.add("/feed", status=500)

    assert await reason(downloader, f"{server.url}/feed") == "HTTP 500"
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("headers", "requests"),
    [
        ({"Retry-After": "0"}, 2),
        ({"Retry-After": "3600"}, 1),
        ({"Retry-After": "Tue, 18 Jun 2024 03:30:00 GMT", "Date": "Tue, 18 Jun 2024 02:30:00 GMT"}, 1),
        ({"Retry-After": "Tue, 18 Jun 2024 02:30:00 GMT", "Date": "Tue, 18 Jun 2024 02:30:00 GMT"}, 2),
        ({"Retry-After": "soon"}, 2),
    ],
)
async def test_retry_after_decides_when(
    server: FeedServer, downloader: Downloader, headers: dict[str, str], requests: int
) -> None:
    """A server that asks for an hour is left until the next poll; one that asks for a moment gets it."""
    server.add("/feed", status=503, headers=headers, times=1)
    server.add("/feed", "<rss/>")

    answer = await fetch(downloader, f"{server.url}/feed")

    assert len(server.requests) == requests
    assert isinstance(answer, Download) is (requests == 2)


async def test_one_host_is_asked_a_few_times_at_once(server: FeedServer, downloader: Downloader) -> None:
    """Feeds beyond the limit wait in line until the ones before them are done."""
    server.add("/slow", "<rss/>", stalls=True)
    server.add("/waiting", "<rss/>")
    server.add("/other", "<rss/>")

    async with Downloader(limits=DownloadLimits(per_host=1)) as polite, asyncio.TaskGroup() as tasks:
        slow = tasks.create_task(fetch(polite, f"{server.url}/slow"))
        waiting = tasks.create_task(fetch(polite, f"{server.url}/waiting"))
        while "/slow" not in server.paths():
            await asyncio.sleep(0)
        # Whatever `polite` meant to send beside the slow one would be here before this is answered.
        await fetch(downloader, f"{server.url}/other")
        assert server.paths() == ["/slow", "/other"]
        server.release()

    assert isinstance(slow.result(), Download)
    assert isinstance(waiting.result(), Download)


async def test_the_wait_in_line_is_no_timeout(server: FeedServer) -> None:
    """The time of a request runs from when it is sent."""
    server.add("/slow", "<rss/>", stalls=True)
    server.add("/feed", "<rss/>")

    async with Downloader(limits=DownloadLimits(total=0.5, per_host=1, attempts=1)) as downloader:
        slow, other = await asyncio.gather(
            fetch(downloader, f"{server.url}/slow"), fetch(downloader, f"{server.url}/feed")
        )

    assert slow == DownloadFailure("timeout")
    assert isinstance(other, Download)


async def test_a_stored_etag_that_is_no_header_is_left_out(
    server: FeedServer, downloader: Downloader
) -> None:
    """A line feed in what a server once sent must not become a header of ours."""
    server.add("/feed", "<rss/>")

    answer = await fetch(downloader, f"{server.url}/feed", etag='"1"\r\nX-Evil: 1')

    assert isinstance(answer, Download)
    assert "If-None-Match" not in server.requests[0].headers
