"""Keep one connection in bounds: a whole request in time, an answer taken in time, room for those who come later."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.flow_control import CLOSE_HEADER
from uvicorn.protocols.http.h11_impl import H11Protocol

from policygraph.messages import say


@dataclass(frozen=True, slots=True)
class Hold:
    """What one connection may take: seconds until a request is whole, connections at once, seconds to take a part."""

    request: float = 20.0
    connections: int = 128
    part: float = 30.0


HOLD = Hold()
_LINGER = 2.0  # seconds for a client to read why it is refused
_LEAST_PART = 1 << 20  # bytes of an answer that a client must take in that time


class Connection(H11Protocol):
    """The HTTP of uvicorn with deadlines; what cannot be answered by the application gets a status and one line."""

    def __init__(self, *, hold: Hold = HOLD, **given: Any) -> None:
        super().__init__(**given)
        self._hold = hold
        self._clock: asyncio.TimerHandle | None = None
        self._sending: asyncio.TimerHandle | None = None
        self._leaving: asyncio.TimerHandle | None = None
        self.waits_since = self.loop.time()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock, and make room where there are too many connections."""
        super().connection_made(transport)
        self._start_clock()
        there = [each for each in self.connections if isinstance(each, Connection) and not each.transport.is_closing()]
        if len(there) > self._hold.connections:
            waiting = (each for each in there if each.waits)
            min(waiting, key=lambda each: each.waits_since, default=self).make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks."""
        self._stop_clock()
        for clock in (self._sending, self._leaving):
            if clock is not None:
                clock.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what comes; the clock runs until the request is whole."""
        if self._leaving is not None or self.transport.is_closing():
            return
        if self._clock is None and not self._is_whole():
            self._start_clock()
        super().data_received(data)
        if self._is_whole():
            self._stop_clock()

    def eof_received(self) -> bool:  # type: ignore[override]
        """Say so where a request breaks off; one that is whole has its answer still to come. True keeps it open."""
        if self._leaving is not None:
            return False
        if self.conn.their_state is h11.SEND_BODY:
            self._refuse(HTTPStatus.BAD_REQUEST, say("web.request-cut-short", "en"))
            return False
        if self.cycle is None or self.cycle.response_complete:
            return False
        self.cycle.keep_alive = False
        return True

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hand the connection on; what follows is no request."""
        self._stop_clock()
        super().handle_websocket_upgrade(event)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP."""
        self._refuse(HTTPStatus.BAD_REQUEST, say("web.no-http", "en"))

    def on_response_complete(self) -> None:
        """Wait for the next request, and for this answer to be taken."""
        self.waits_since = self.loop.time()
        self._stop_clock()
        super().on_response_complete()
        self._watch()

    def timeout_keep_alive_handler(self) -> None:
        """Hang up on a client that asks no more, once it has its answer."""
        if self.transport.get_write_buffer_size():
            again = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)
            self.timeout_keep_alive_task = again
        else:
            super().timeout_keep_alive_handler()

    @property
    def waits(self) -> bool:
        """Tell whether this connection waits for its client."""
        return self.cycle is None or self.cycle.response_complete or not self._is_whole()

    def make_room(self) -> None:
        """Close this connection for another; one that has begun a request is told to come again."""
        if self._clock is not None:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, say("web.too-many-connections", "en"), (b"retry-after", b"5"))
            self.transport.close()
        else:
            self.transport.abort()

    def _is_whole(self) -> bool:
        return self.conn.their_state not in (h11.IDLE, h11.SEND_BODY)

    def _start_clock(self) -> None:
        self.waits_since = self.loop.time()
        self._clock = self.loop.call_later(self._hold.request, self._late)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _late(self) -> None:
        line = say("web.request-late", "en", seconds=f"{self._hold.request:g}")
        self._refuse(HTTPStatus.REQUEST_TIMEOUT, line)

    def _refuse(self, status: HTTPStatus, line: str, *more: tuple[bytes, bytes]) -> None:
        """Answer for the application, which is told that the client has gone, and let the client read it."""
        self._stop_clock()
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        kind = (b"content-type", b"text/plain; charset=utf-8")
        body = f"{line}\n".encode()
        size = (b"content-length", str(len(body)).encode())
        head = h11.Response(status_code=status, reason=status.phrase, headers=[kind, size, *more, CLOSE_HEADER])
        try:
            for event in (head, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        except h11.LocalProtocolError:  # an answer has begun, or must have no body
            self.transport.abort()
            return
        # What is still on its way is read away: closed at once, the line would take back the answer too.
        self.flow.resume_reading()
        self._leaving = self.loop.call_later(_LINGER, self.transport.close)
        if self.transport.can_write_eof():
            self.transport.write_eof()

    def _watch(self, before: int | None = None) -> None:
        """Hang up on a client that does not take its answer."""
        left = self.transport.get_write_buffer_size()
        if before is not None and left > max(0, before - _LEAST_PART):
            self.transport.abort()
        elif left:
            self._sending = self.loop.call_later(self._hold.part, self._watch, left)
