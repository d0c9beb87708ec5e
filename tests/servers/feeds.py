"""A small web server of feeds and pages, as the tests of the feed source need it."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from aiohttp import web

__all__ = ["FeedServer"]


@dataclass(slots=True, kw_only=True)
class _Answer:
    body: bytes
    headers: Mapping[str, str]
    status: int
    #: How often it is given; None: from now on.
    times: int | None
    #: Send half of the body, and the rest when released.
    stalls: bool
    #: Hang up instead of answering.
    hangs_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client asked."""

    path: str
    headers: Mapping[str, str]


class FeedServer:
    """Serves what it was given; answers 304 by itself where the client's ETag or date fits.

    async with FeedServer() as server:
        server.add("/feed.xml", feed, headers={"ETag": '"1"'})
        ... server.url + "/feed.xml"
    """

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.requests: list[Request] = []
        self._host = host
        self._answers: dict[str, list[_Answer]] = defaultdict(list)

    @property
    def url(self) -> str:
        """The address of the server, without a slash at its end."""
        return f"http://{self._host}:{self.port}"

    def paths(self) -> list[str]:
        """The paths asked so far."""
        return [request.path for request in self.requests]

    def release(self) -> None:
        """Let the answers that stall come to their end."""
        self._released.set()

    def add(
        self,
        path: str,
        body: bytes | str = b"",
        *,
        headers: Mapping[str, str] | None = None,
        status: int = 200,
        times: int | None = None,
        stalls: bool = False,
        hangs_up: bool = False,
    ) -> None:
        """Answer `path` so: `times` times before anything added for good, or from now on."""
        content = body.encode() if isinstance(body, str) else body
        answers = self._answers[path]
        if times is None:
            answers[:] = [answer for answer in answers if answer.times is not None]
        answer = _Answer(
            body=content, headers=headers or {}, status=status, times=times, stalls=stalls, hangs_up=hangs_up
        )
        position = sum(other.times is not None for other in answers)
        answers.insert(position, answer)

    async def __aenter__(self) -> Self:
        self._released = asyncio.Event()
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, 0)
        await site.start()
        self.port: int = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.release()
        await self._runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        return app

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(Request(path=request.path_qs, headers=request.headers))
        answer = self._next_answer(request.path)
        if answer is None:
            return web.Response(status=404, text="no such page")
        if answer.hangs_up:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        if _fits(answer, request):
            return web.Response(status=304, headers=answer.headers)
        if answer.stalls:
            return await self._stall(answer, request)
        return web.Response(body=answer.body, headers=answer.headers, status=answer.status)

    def _next_answer(self, path: str) -> _Answer | None:
        answers = self._answers.get(path)
        if not answers:
            return None
        answer = answers[0]
        if answer.times is not None:
            answer.times -= 1
            if not answer.times:
                answers.pop(0)
        return answer

    async def _stall(self, answer: _Answer, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=answer.status, headers=answer.headers)
        response.content_length = len(answer.body)
        await response.prepare(request)
        half = len(answer.body) // 2
        await response.write(answer.body[:half])
        await self._released.wait()
        # A client that has given up is gone.
        with contextlib.suppress(ConnectionError):
            await response.write(answer.body[half:])
        return response


def _fits(answer: _Answer, request: web.Request) -> bool:
    """Whether the client has this answer already."""
    etag, date = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
    if etag and "If-None-Match" in request.headers:
        return request.headers["If-None-Match"] == etag
    return bool(date) and request.headers.get("If-Modified-Since") == date
