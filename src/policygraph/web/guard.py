"""Stand before an application: let in only requests that are meant for this server, and say what goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policygraph.messages import say

_SAFE = ("GET", "HEAD", "OPTIONS")
_NO_SNIFFING = (b"x-content-type-options", b"nosniff")
Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Names:
    """What this server may be called (``name`` or ``name:port``), none for anything, and whose pages may send to it.

    A page of a foreign site can let its own name lead to this machine (DNS rebinding); it cannot change Host.

    >>> names = Names(frozenset({"localhost:8035", "kg.example.org"}), frozenset({"https://map.example.org"}))
    >>> [names.are_ours(host) for host in ("localhost:8035", "localhost:80", "kg.example.org:443", "evil.example")]
    [True, False, True, False]
    >>> [names.may_send(origin, "localhost:8035") for origin in ("http://localhost:8035", "null", "https://map.example.org")]
    [True, False, True]
    """

    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()

    def are_ours(self, host: str) -> bool:
        """Tell whether a request to a host is meant for this server."""
        name = host.lower()
        return not self.hosts or name in self.hosts or _without_port(name) in self.hosts

    def may_send(self, origin: str, host: str) -> bool:
        """Tell whether a page of an origin may do more than read, on a request to a host."""
        return "*" in self.origins or origin in self.origins or origin.partition("://")[2] == host.lower()


def loopback_names(port: int, others: Iterable[str] = ()) -> frozenset[str]:
    """Return the names of a server that this machine alone reaches, with its port, and other names that were given."""
    known = {f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")}
    plain = {"localhost", "127.0.0.1", "[::1]"} if port == 80 else set()
    return frozenset(known | plain | {name.lower() for name in others})


class Guard:
    """An ASGI application around another: names, one form of addresses, one line for what fails."""

    def __init__(self, app: ASGIApp, names: Names, log: Log) -> None:
        self._app, self._names, self._log = app, names, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        begun = False

        async def sends(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), _NO_SNIFFING]
            await send(message)

        scope, host = _for_here(scope)
        try:
            if refusal := self._refusal(scope, host):
                await _refuse(refusal, scope, receive, sends)
            else:
                await self._app(scope, receive, sends)
        except Exception as error:  # of a page: the visitor gets no details, and the service goes on
            self._log(f"policygraph: {type(error).__name__} at {_place(error)}")
            if not begun:
                line = say("web.internal", "en")
                await PlainTextResponse(f"{line}\n", 500)(scope, receive, sends)

    def _refusal(self, scope: Scope, host: str) -> str:
        if not self._names.are_ours(host):
            return say("web.foreign-host", "en", host=host)
        origin = dict(scope["headers"]).get(b"origin", b"").decode("latin-1")
        sends = scope["type"] == "websocket" or scope["method"] not in _SAFE
        if sends and origin and not self._names.may_send(origin, host):
            return say("web.foreign-origin", "en", origin=origin)
        return ""


def _for_here(scope: Scope) -> tuple[Scope, str]:
    """Return the host that a request names, and the request with its path alone (RFC 9112, 3.2.2)."""
    raw: bytes = scope.get("raw_path") or b""
    if raw == b"*":  # of the server as a whole
        scope = {**scope, "raw_path": b"/", "path": "/"}
    scheme, found, rest = raw.partition(b"://")
    if not found or scheme.lower() not in (b"http", b"https"):
        return scope, dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    authority, _, path = rest.partition(b"/")
    decoded = str(scope["path"]).partition("://")[2].partition("/")[2]
    return {**scope, "raw_path": b"/" + path, "path": f"/{decoded}"}, authority.decode("latin-1")


async def _refuse(line: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    text = " ".join("".join(c if c.isprintable() else "?" for c in line).split())
    await PlainTextResponse(f"{text}\n", 403, {"Connection": "close"})(scope, receive, send)


def _place(error: Exception) -> str:
    """Return where an error was raised; its text may hold what users sent."""
    frame = extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _without_port(host: str) -> str:
    return host if host.endswith("]") else host.rpartition(":")[0] or host
