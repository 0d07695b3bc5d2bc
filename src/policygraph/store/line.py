"""Carry requests to one endpoint with httpx: within a time that holds for every step, and a size of the answer."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from contextlib import ExitStack
from urllib.parse import urlsplit
from weakref import finalize

import anyio
import httpx
from anyio.from_thread import start_blocking_portal

from policygraph.store.auth import is_loopback
from policygraph.store.reply import NoAnswerError, NoLoginError, Reply, TooLargeError
from policygraph.store.request import Request

_MOST_OF_AN_ERROR = 5_000  # bytes of what a server says of a failure
_Flow = Generator[httpx.Request, httpx.Response, None]


class Line:
    """A pool of connections to one host, on an event loop in a thread of its own: only there can a wait be broken off.

    It follows no redirect: a query would lose its body, and a password could reach another host.
    """

    def __init__(self, url: str, known: tuple[str, str] | None, most: int) -> None:
        self._origin, self._auth = urlsplit(url)[:2], _WhenAsked(*known) if known else None
        stack = ExitStack()
        self._portal = stack.enter_context(start_blocking_portal(name="policygraph-endpoint"))
        client = httpx.AsyncClient(
            verify=ssl.create_default_context(),  # what this machine trusts
            trust_env=not is_loopback(url),  # proxies
            timeout=None,
            headers={"Accept-Encoding": "identity"},
            event_hooks={"response": [_bounding(most)]},
        )
        self._client = stack.enter_context(self._portal.wrap_async_context_manager(client))
        self.close = finalize(self, stack.close)

    def send(self, request: Request, seconds: float) -> Reply:
        """Send a request once.

        Raises TimeoutError where the answer is not whole in time, NoAnswerError, TooLargeError or NoLoginError.
        """
        found = self._portal.start_task_soon(self._exchange, request, seconds)
        try:
            return found.result()
        except BaseException:  # also where a person has had enough
            found.cancel()
            raise

    async def _exchange(self, request: Request, seconds: float) -> Reply:
        begun = False
        try:
            with anyio.fail_after(seconds):
                response = await self._answered(request)
                begun = True
                try:
                    body = b"".join([part async for part in response.aiter_raw()])
                finally:
                    await response.aclose()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswerError(str(error), begun, not isinstance(error, httpx.RemoteProtocolError)) from error
        return Reply(response.status_code, dict(response.headers.items()), body, request.url)

    async def _answered(self, request: Request) -> httpx.Response:
        made = self._client.build_request(request.method, request.url, headers=request.headers, content=request.body)
        auth = self._auth if urlsplit(request.url)[:2] == self._origin else None
        return await self._client.send(made, auth=auth, stream=True)


class _WhenAsked(httpx.Auth):
    """Give name and password when the server asks for them, Digest before Basic, and from then on at once.

    Servers hang up on a large body that they did not want.
    """

    def __init__(self, user: str, password: str) -> None:
        self._digest, self._basic = httpx.DigestAuth(user, password), httpx.BasicAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> _Flow:
        """Answer a challenge."""
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)
            return
        response = yield request
        if response.status_code != httpx.codes.UNAUTHORIZED:
            return
        asked = [each.lower() for each in response.headers.get_list("www-authenticate")]
        if any(each.startswith("digest ") for each in asked):
            yield self._with_digest(request, response)
        elif any(each.startswith("basic") for each in asked):
            self._chosen = self._basic
            yield from self._basic.auth_flow(request)
        elif asked:
            raise NoLoginError(", ".join(asked))

    def _with_digest(self, request: httpx.Request, response: httpx.Response) -> httpx.Request:
        flow = self._digest.auth_flow(request)
        next(flow)  # the request that has just been answered
        try:
            answer = flow.send(response)
        except (NotImplementedError, KeyError, ValueError, httpx.ProtocolError) as error:
            raise NoLoginError(response.headers["www-authenticate"]) from error
        self._chosen = self._digest
        return answer


class _Bounded(httpx.AsyncByteStream):
    """A body that ends: an answer that is too large is refused, and what a server says of a failure is cut."""

    def __init__(self, body: httpx.AsyncByteStream, most: int, is_answer: bool) -> None:
        self._body, self._left, self._is_answer = body, most, is_answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._body:
            if len(part) > self._left and self._is_answer:
                raise TooLargeError
            yield part[: self._left]
            self._left -= len(part)
            if self._left < 0:
                return

    async def aclose(self) -> None:
        """Hang up."""
        await self._body.aclose()


def _bounding(most: int) -> Callable[[httpx.Response], Awaitable[None]]:
    async def bound(response: httpx.Response) -> None:
        assert isinstance(response.stream, httpx.AsyncByteStream)
        size = most if response.is_success else _MOST_OF_AN_ERROR
        response.stream = _Bounded(response.stream, size, response.is_success)

    return bound
