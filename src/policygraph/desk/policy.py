"""Say with every answer what a browser may do with it: nothing from elsewhere, no frame, no guessing of types."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CLOSED = "frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'"
# Widgets set styles of elements; no script stands in a page that is read.
STRICT = f"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; {_CLOSED}"
# NiceGUI starts by a script in the page, and makes functions of what the server sends.
LOOSE = f"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; {_CLOSED}"
_LARGEST = 64 << 20  # bytes of a body that a page that is worked in takes: a document


class Policies:
    """An ASGI application around another: a policy for each answer, a limit for what is sent to ``loose`` paths."""

    def __init__(self, app: ASGIApp, loose: Callable[[str], bool], largest: int = _LARGEST) -> None:
        self._app, self._loose, self._largest = app, loose, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        loose = self._loose(scope["path"])
        policy = LOOSE if loose else STRICT

        async def sends(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = ((b"content-security-policy", policy.encode()), (b"referrer-policy", b"same-origin"))
                message["headers"] = [*message.get("headers", ()), *told]
            await send(message)

        await self._app(scope, _Bounded(receive, self._largest) if loose else receive, sends)


class _Bounded:
    """Reads a body up to a size; what is larger ends as if the client had gone."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self._receive, self._left = receive, largest

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        return message if self._left >= 0 else {"type": "http.disconnect"}
