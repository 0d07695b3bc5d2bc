"""The endpoint as an ASGI application: it reads requests within a size, does them in threads, and writes answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.types import Receive, Scope, Send

from policygraph.messages import message
from policygraph.web import protocol
from policygraph.web.guard import Guard, Log, Names
from policygraph.web.jobs import Outcome, problem

_AT_ONCE = 64  # requests that are done or wait for a worker; more are told to come again


def application(
    service: protocol.Service, largest: int, names: Names, log: Log, pages: Sequence[BaseRoute] = ()
) -> Starlette:
    """Return the application: the endpoint at ``/``, with other pages before it, behind the guard.

    ``largest`` is the largest body of a request in bytes. Pages of ``names.origins`` may read answers (CORS).
    """
    middleware = [Middleware(Guard, names=names, log=log)]
    if names.origins:
        methods, headers = ("GET", "HEAD", "POST"), ("Accept", "Content-Type")
        cors = partial(CORSMiddleware, allow_methods=methods, allow_headers=headers, max_age=86_400)
        middleware.append(Middleware(cors, allow_origins=tuple(names.origins)))
    return Starlette(routes=[*pages, Mount("/", app=Endpoint(service, largest, log))], middleware=middleware)


class Endpoint:
    """The paths of the service, for every method."""

    def __init__(self, service: protocol.Service, largest: int, log: Log) -> None:
        self._service, self._largest, self._log = service, largest, log
        self._places = CapacityLimiter(_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; the log has its path as it may be printed anywhere."""
        request = Request(scope, receive)
        try:
            body = await self._body(request)
            outcome, extra = await self._answer(request, body)
        except ClientDisconnect:
            return
        path = quote(scope["raw_path"], safe="/%")[:200]
        self._log(f"{request.method} {path} {outcome.status} {len(outcome.body)}")
        await _response(outcome, extra)(scope, receive, send)

    async def _answer(self, request: Request, body: bytes | None) -> tuple[Outcome, tuple[tuple[str, str], ...]]:
        if body is None:
            return problem(413, message("web.request-too-large", most=self._largest)), (("Connection", "close"),)
        if self._places.available_tokens < 1:
            return problem(503, message("web.busy")), (("Retry-After", "2"),)
        raw: bytes = request.scope["raw_path"]
        query: bytes = request.scope["query_string"]
        headers = dict(request.headers.items())
        asked = protocol.Request(request.method, raw.decode("latin-1"), query.decode("latin-1"), headers, body)
        return await to_thread.run_sync(self._service.handle, asked, abandon_on_cancel=True, limiter=self._places)

    async def _body(self, request: Request) -> bytes | None:
        """Return the body; None where it is too large, read to its end, or the client never gets to the answer."""
        written = request.headers.get("content-length", "")
        if written and int(written) > self._largest and request.headers.get("expect"):
            return None  # the client asks before it sends
        parts: list[bytes] = []
        size = 0
        async for part in request.stream():
            size += len(part)
            parts = [*parts, part] if size <= self._largest else []
        return b"".join(parts) if size <= self._largest else None


def _response(outcome: Outcome, extra: tuple[tuple[str, str], ...]) -> Response:
    headers = dict(extra)
    if outcome.kind:
        is_text = outcome.kind.startswith("text/") or outcome.kind == "application/json"
        headers["Content-Type"] = f"{outcome.kind}; charset=utf-8" if is_text else outcome.kind
    return Response(outcome.body, outcome.status, headers)
