"""Listen on a port of this machine and serve the application there, until stopped."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from policygraph.errors import UsageError
from policygraph.store.failures import system_said
from policygraph.version import __version__
from policygraph.web.app import application
from policygraph.web.connection import HOLD, Connection, Hold
from policygraph.web.guard import Log, Names, loopback_names
from policygraph.web.jobs import BOUNDS, Bounds
from policygraph.web.protocol import Service
from policygraph.web.workers import Pool

_IDLE = 30  # seconds a connection may wait for its next request
_STOPS_WITHIN = 3
_LARGEST_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, how many queries run at once, what each may use, and the largest request in bytes.

    ``public`` is the address that descriptions name, where another server stands in front; ``names`` are other names
    of this server (Host), ``origins`` the sites whose pages may ask (CORS); ``websockets`` are taken where they are
    wanted.
    """

    host: str = "127.0.0.1"
    port: int = 8035
    workers: int = 2
    bounds: Bounds = BOUNDS
    largest: int = 1 << 20
    public: str = ""
    names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    hold: Hold = HOLD
    websockets: bool = False


Make = Callable[["Server"], Starlette]  # what the server shows, made once its port and its workers are there


@contextmanager
def serve(folder: str | Path, settings: Settings | None = None, make: Make | None = None) -> Iterator[Server]:
    """Open a store folder and a port; ``serve_forever`` of what is returned answers requests until stopped.

    ``make`` gives the application, by default the endpoint alone (:meth:`Server.application`).
    Raises StoreError where the folder holds no store, and UsageError where the port is taken.
    """
    wanted = settings or Settings()
    try:
        listener = _listening(wanted)
    except OSError as error:
        where = f"{wanted.host}:{wanted.port}"
        raise UsageError("web.port-taken", where=where, reason=system_said(error)) from error
    pool = Pool(Path(folder), wanted.workers, wanted.bounds)
    try:
        pool.ready()
        yield Server(wanted, listener, pool, make or Server.application)
    finally:
        listener.close()
        pool.close()


class Server:
    """A port that is listened on, with the application behind it."""

    log: Log | None = None

    def __init__(self, settings: Settings, listener: socket.socket, pool: Pool, make: Make) -> None:
        self.settings, self._listener = settings, listener
        self.port: int = listener.getsockname()[1]
        self.names, self.run = _names(settings, self.port), pool.run
        self.app = make(self)
        self._stopped = threading.Event()
        self._stopped.set()
        self._uvicorn = _Uvicorn(_configured(self.app, settings), pool)

    def application(self, pages: Sequence[BaseRoute] = ()) -> Starlette:
        """Return the endpoint as an application, with pages before it."""
        return application(Service(self.run, self.address), self.settings.largest, self.names, self._logged, pages)

    @property
    def address(self) -> str:
        """Return the address that descriptions name."""
        host = self.settings.host if ":" not in self.settings.host else f"[{self.settings.host}]"
        return self.settings.public.rstrip("/") or f"http://{host}:{self.port}"

    @property
    def connections(self) -> int:
        """Return how many clients are connected."""
        return len(self._uvicorn.server_state.connections)

    def serve_forever(self) -> None:
        """Answer requests until :meth:`shutdown`, Ctrl-C or SIGTERM, which both raise KeyboardInterrupt."""
        self._stopped.clear()
        try:
            with _terminated_as_interrupted():
                self._uvicorn.run(sockets=[self._listener])
        finally:
            self._stopped.set()

    def stop(self) -> None:
        """Stop answering as soon as that can be; also from a request."""
        self._uvicorn.should_exit = True

    def shutdown(self) -> None:
        """Stop answering, from another thread, and wait until it is done."""
        self.stop()
        self._stopped.wait(2 * _STOPS_WITHIN)

    def _logged(self, line: str) -> None:
        if self.log:
            self.log(line)


class _Uvicorn(uvicorn.Server):
    """A server that ends its workers before it waits for the answers they owe."""

    def __init__(self, config: uvicorn.Config, pool: Pool) -> None:
        super().__init__(config)
        self._pool = pool

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, answer what waits with 503, and hang up."""
        self._pool.close()
        await super().shutdown(sockets)


def is_loopback(host: str) -> bool:
    """Tell whether what listens on a host is reached from this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family, backlog=128)


def _names(settings: Settings, port: int) -> Names:
    public = urlsplit(settings.public)
    ours = (*settings.names, *([public.netloc] if public.netloc else []))
    origins = (*settings.origins, *([f"{public.scheme}://{public.netloc}"] if public.netloc else []))
    if is_loopback(settings.host):
        return Names(loopback_names(port, (*ours, f"{settings.host}:{port}")), frozenset(origins))
    return Names(frozenset(name.lower() for name in ours) if settings.names else frozenset(), frozenset(origins))


def _configured(app: Starlette, settings: Settings) -> uvicorn.Config:
    connection: Any = partial(Connection, hold=settings.hold)
    return uvicorn.Config(
        app,
        http=connection,
        loop="asyncio",
        ws="wsproto" if settings.websockets else "none",
        ws_max_size=settings.largest,
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        headers=[("Server", f"policygraph/{__version__}")],
        backlog=128,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_STOPS_WITHIN,
        h11_max_incomplete_event_size=_LARGEST_HEAD,
    )


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """Let SIGTERM do what Ctrl-C does, where signals can be heard."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
