"""Ask an endpoint: within a time, again after a passing failure, and with one line when it fails."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.errors import PolicyGraphError, StoreError
from policygraph.store import failures
from policygraph.store.auth import credentials
from policygraph.store.reply import NoAnswerError, NoLoginError, Reply, TooLargeError
from policygraph.store.request import Request, written

if TYPE_CHECKING:
    from policygraph.store.line import Line

_PASSING = frozenset({429, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for one answer (all tries and pauses in it), how often to try, and the most bytes to take.

    The pause before the second try is in seconds, and doubled after; a server that asks for a longer one gets it
    where the time allows. Only requests that may be repeated without harm are tried again.
    """

    seconds: float = 60.0
    tries: int = 3
    pause: float = 0.5
    largest: int = 1 << 28
    sleep: Callable[[float], None] = time.sleep


PATIENT = Patience()


class Client:
    """Requests to one endpoint and the addresses beside it, all of one host."""

    def __init__(self, url: str, patience: Patience = PATIENT) -> None:
        self._url, self._known = url, credentials(url)
        self._line: Line | None = None
        self._prepared: set[str] = set()
        self.patience = patience

    def ask(
        self, url: str, query: str, form: str, parameters: Mapping[str, list[str]], seconds: float | None = None
    ) -> Reply:
        """Send a query or an update, as SPARQLWrapper writes it; ``form`` is its first keyword."""
        return self.send(written(url, query, form, parameters), seconds)

    def prepare(self, url: str) -> None:
        """Let a server ask for the password before a large body is on its way."""
        if self._known and url not in self._prepared:
            self._prepared.add(url)
            with suppress(PolicyGraphError):
                self.send(Request("HEAD", url))

    def send(self, request: Request, seconds: float | None = None) -> Reply:
        """Send a request that may be repeated. Raises StoreError or QueryError with one line where it fails."""
        allowed = seconds or self.patience.seconds
        end = time.monotonic() + allowed
        for pause in self._pauses():
            try:
                return self._once(request, allowed, end - time.monotonic())
            except _PassingError as failure:
                wait = max(pause or 0.0, failure.wait)
                if pause is None or wait >= end - time.monotonic():
                    raise failure.error from failure
                self.patience.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _pauses(self) -> Iterator[float | None]:
        """Yield the pause after each try that fails, None after the last."""
        for number in range(max(1, self.patience.tries) - 1):
            yield self.patience.pause * 2**number
        yield None

    def _once(self, request: Request, allowed: float, left: float) -> Reply:
        place = failures.place_of(request.url)
        try:
            reply = self._open().send(request, left)
        except TimeoutError as error:
            raise StoreError("store.late", place=place, seconds=f"{allowed:g}") from error
        except TooLargeError as error:
            raise StoreError("store.answer-too-large", place=place, size=self.patience.largest >> 20) from error
        except NoLoginError as error:
            raise failures.unknown_login(place, str(error)) from error
        except NoAnswerError as error:
            raise _PassingError(failures.no_answer(place, error)) from error
        if reply.status in _PASSING:
            wait = reply.headers.get("retry-after", "")
            seconds = min(float(wait), _FOREVER) if wait.isascii() and wait.isdecimal() else 0.0
            raise _PassingError(failures.busy(place, reply.status, seconds), seconds)
        if not 200 <= reply.status < 300:
            raise failures.refused(place, reply, bool(self._known))
        return reply

    def _open(self) -> Line:
        if self._line is None:
            from policygraph.store.line import Line  # httpx takes long to load

            self._line = Line(self._url, self._known, self.patience.largest)
        return self._line


_FOREVER = 1e9


class _PassingError(Exception):
    """A failure that may be over in a moment; the server may have said when."""

    def __init__(self, error: StoreError, wait: float = 0.0) -> None:
        super().__init__(str(error))
        self.error, self.wait = error, wait
