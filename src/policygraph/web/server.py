"""Listen on a port of this machine and hand requests to the service."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any

from policygraph.errors import UsageError
from policygraph.version import __version__
from policygraph.web.jobs import Outcome, problem
from policygraph.web.protocol import Request, Service
from policygraph.web.workers import BOUNDS, Bounds, Pool

_IDLE = 30.0  # seconds a connection may stay silent
_MOST_CONNECTIONS = 64
_MOST_DRAINED = 1 << 24


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, how many queries run at once, what each may use, and the largest request in bytes.

    ``public`` is the address that descriptions name, where another server stands in front.
    """

    host: str = "127.0.0.1"
    port: int = 8035
    workers: int = 2
    bounds: Bounds = BOUNDS
    largest: int = 1 << 20
    public: str = ""


@contextmanager
def serve(folder: str | Path, settings: Settings | None = None) -> Iterator[Server]:
    """Open a store folder and a port; ``serve_forever`` of what is returned answers requests until stopped.

    Raises StoreError where the folder holds no store, and UsageError where the port is taken.
    """
    wanted = settings or Settings()
    try:
        server = Server(wanted)
    except OSError as error:
        where = f"{wanted.host}:{wanted.port}"
        raise UsageError(f"{where}: cannot be listened on ({error.strerror}); choose another --port") from error
    pool = Pool(Path(folder), wanted.workers, wanted.bounds)
    try:
        pool.ready()
        server.service = Service(pool.run, server.address)
        yield server
    finally:
        server.server_close()
        pool.close()


class Server(ThreadingHTTPServer):
    """The listening socket; a thread for each connection, and a bounded number of them."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 32
    service: Service
    log: Callable[[str], None] | None = None

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._slots = threading.BoundedSemaphore(_MOST_CONNECTIONS)
        self.address_family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        super().__init__((settings.host, settings.port), _Handler)

    @property
    def address(self) -> str:
        """Return the address that descriptions name."""
        host = self.settings.host if ":" not in self.settings.host else f"[{self.settings.host}]"
        return self.settings.public.rstrip("/") or f"http://{host}:{self.server_address[1]}"

    def server_bind(self) -> None:
        """Bind without asking for the name of this machine, which may be slow."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.settings.host, self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Start a thread for a connection, or close it where there are too many."""
        if not self._slots.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer what comes over a connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._slots.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up; anything else is a line."""
        error = sys.exc_info()[1]
        if self.log and not isinstance(error, OSError):
            self.log(f"policygraph: {type(error).__name__}: {error}")


class _Handler(BaseHTTPRequestHandler):
    """Read a request, within limits, and write the response."""

    protocol_version = "HTTP/1.1"
    server_version = f"policygraph/{__version__}"
    sys_version = ""
    timeout = _IDLE
    server: Server

    def answer(self) -> None:
        """Answer a request of any method."""
        path, _, query = self.path.partition("?")
        body = self._body()
        if body is None:
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        outcome, extra = self.server.service.handle(Request(self.command, path, query, headers, body))
        self._send(outcome, extra)

    do_GET = do_HEAD = do_POST = do_OPTIONS = answer  # noqa: N815
    do_PUT = do_DELETE = do_PATCH = answer  # noqa: N815

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what cannot be read as a request with one line."""
        self.close_connection = True
        self._send(problem(code, message or "the request cannot be read"), ())

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing by itself."""

    def _body(self) -> bytes | None:
        if self.headers.get("Transfer-Encoding"):
            self.send_error(411, "send the request with a Content-Length")
            return None
        written = self.headers.get("Content-Length", "0")
        if not (written.isascii() and written.isdecimal()):
            self.send_error(400, "the Content-Length is no number")
            return None
        if int(written) > self.server.settings.largest:
            self._drain(int(written))
            self.send_error(413, f"the request is larger than {self.server.settings.largest} bytes; send less")
            return None
        return self.rfile.read(int(written))

    def _drain(self, size: int) -> None:
        """Read what a client is sending, or it never gets to the answer."""
        left = min(size, _MOST_DRAINED)
        while left > 0 and (part := self.rfile.read(min(left, 1 << 16))):
            left -= len(part)

    def _send(self, outcome: Outcome, extra: tuple[tuple[str, str], ...]) -> None:
        self.send_response(outcome.status)
        if outcome.kind:
            text = outcome.kind.startswith("text/") or outcome.kind == "application/json"
            self.send_header("Content-Type", f"{outcome.kind}; charset=utf-8" if text else outcome.kind)
        if outcome.status != 204:
            self.send_header("Content-Length", str(len(outcome.body)))
        for name, value in extra:
            self.send_header(name, value)
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(outcome.body)
        if self.server.log:
            path = getattr(self, "path", "-").partition("?")[0]
            self.server.log(f"{self.command} {path} {outcome.status} {len(outcome.body)}")
