"""Send requests to an endpoint: within a time, again after a passing failure, and with one line when it fails."""

from __future__ import annotations

import re
import socket
import time
import urllib.error
import urllib.request as web
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPResponse

from SPARQLWrapper import JSON, POST, SPARQLWrapper

from policygraph.errors import PolicyGraphError, QueryError, StoreError
from policygraph.store.auth import PASSWORD, USER, credentials, opener, plain_address
from policygraph.version import __version__

_PASSING = frozenset({429, 502, 503, 504})
_CHUNK = 1 << 20
_LONGEST_WAIT = 30.0
_TAG = re.compile(r"<[^>]*>")
_HINTS: Mapping[int, str] = {
    401: f"asks for a name and password; set {USER} and {PASSWORD}, or add the host to ~/.netrc",
    403: "does not allow this; use an account that may, or another address",
    404: "has nothing at this address; check the path (often /sparql, /query or /store)",
    405: "does not take this kind of request at this address; check the path",
    413: "finds the request too large; send less at once",
    415: "does not take this media type; check that it speaks SPARQL 1.1",
}
_REFUSED = frozenset({400, 414, 422, 500, 501})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for one answer, how often to try, and how long to pause before the second try (doubled after).

    Seconds; only requests that may be repeated without harm are tried again.
    """

    seconds: float = 60.0
    tries: int = 3
    pause: float = 0.5
    sleep: Callable[[float], None] = time.sleep


PATIENT = Patience()


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint answered."""

    status: int
    headers: Message
    body: bytes
    url: str

    @property
    def kind(self) -> str:
        """Return the media type."""
        return self.headers.get_content_type()


class Client:
    """Requests to one endpoint and the addresses beside it, all of one host."""

    def __init__(self, url: str, patience: Patience = PATIENT) -> None:
        self._known = credentials(url)
        self._opener = opener(url, self._known)
        self._prepared: set[str] = set()
        self.patience = patience

    def ask(
        self, url: str, query: str, form: str, parameters: Mapping[str, list[str]], seconds: float | None = None
    ) -> Reply:
        """Send a query or an update, as SPARQLWrapper writes it; ``form`` is its first keyword."""
        return _Wrapper(self, url, query, form, parameters, seconds).reply()

    def prepare(self, url: str) -> None:
        """Let a server ask for the password before a large body is on its way."""
        if self._known and url not in self._prepared:
            self._prepared.add(url)
            with suppress(PolicyGraphError):
                self.send(web.Request(url, method="HEAD"))

    def send(self, request: web.Request, seconds: float | None = None) -> Reply:
        """Send a request that may be repeated. Raises StoreError or QueryError with one line where it fails."""
        for pause in self._pauses():
            try:
                return self._once(request, seconds or self.patience.seconds)
            except _PassingError as failure:
                if pause is None:
                    raise failure.error from failure
                self.patience.sleep(min(max(pause, failure.wait), _LONGEST_WAIT))
        raise AssertionError("the last try returns or raises")

    def _pauses(self) -> Iterator[float | None]:
        """Yield the pause after each try that fails, None after the last."""
        for number in range(max(1, self.patience.tries) - 1):
            yield self.patience.pause * 2**number
        yield None

    def _once(self, request: web.Request, seconds: float) -> Reply:
        place, end = plain_address(request.full_url), time.monotonic() + seconds
        late = StoreError(f"{place}: no answer within {seconds:g} seconds; ask for less, or allow more time")
        try:
            with self._opener.open(request, timeout=seconds) as response:
                return Reply(response.status, response.headers, _body(response, end), request.full_url)
        except urllib.error.HTTPError as error:
            with error:
                raise _failure(error, place, bool(self._known)) from error
        except TimeoutError as error:
            raise late from error
        except PolicyGraphError:
            raise
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise late from error
            raise _PassingError(_down(place, error.reason)) from error
        except (OSError, HTTPException) as error:
            raise _PassingError(_down(place, error)) from error
        except ValueError as error:  # a kind of authentication that urllib does not know
            raise StoreError(f"{place}: cannot be asked ({error}); check how it authenticates") from error


class _PassingError(Exception):
    """A failure that may be over in a moment."""

    def __init__(self, error: StoreError, wait: float = 0.0) -> None:
        super().__init__(str(error))
        self.error, self.wait = error, wait


class _Wrapper(SPARQLWrapper):
    """Write requests as SPARQLWrapper does; a client sends them, since its own sender follows redirects."""

    def __init__(
        self,
        client: Client,
        url: str,
        query: str,
        form: str,
        parameters: Mapping[str, list[str]],
        seconds: float | None,
    ) -> None:
        super().__init__(url, agent=f"policygraph/{__version__}")
        self._client, self._seconds = client, seconds
        self.setMethod(POST)
        self.setReturnFormat(JSON)
        self.setOnlyConneg(True)
        self.queryString, self.queryType = query, form
        for name, values in parameters.items():
            for value in values:
                self.addParameter(name, value)

    def reply(self) -> Reply:
        """Send the request."""
        return self._client.send(self._createRequest(), self._seconds)


def line(body: bytes) -> str:
    """Return the first line of a message that says something, without markup, at most 200 characters."""
    text = _TAG.sub(" ", body[:5000].decode("utf-8", "replace"))
    lines = (" ".join("".join(c if c.isprintable() else " " for c in each).split()) for each in text.splitlines())
    return next((each for each in lines if each), "")[:200]


def _body(response: HTTPResponse, end: float) -> bytes:
    parts: list[bytes] = []
    while part := response.read1(_CHUNK):
        parts.append(part)
        if time.monotonic() > end:
            raise TimeoutError
    return b"".join(parts)


def _failure(error: urllib.error.HTTPError, place: str, known: bool) -> Exception:
    said = line(_said(error))
    if error.code in _PASSING:
        wait = error.headers.get("Retry-After", "")
        return _PassingError(
            StoreError(f"{place}: is too busy ({error.code}); try again later"), float(wait) if wait.isdecimal() else 0
        )
    if error.code in _REFUSED:
        return QueryError(f"{place}: refuses the query ({error.code}: {said or error.reason}); correct it")
    hint = _HINTS.get(error.code, "failed; look into its log")
    if error.code == 401 and known:
        hint = f"does not accept the name and password; check {USER} and {PASSWORD}, or ~/.netrc"
    return StoreError(f"{place}: {hint} ({error.code})")


def _said(error: urllib.error.HTTPError) -> bytes:
    try:
        return error.read(5000)
    except (OSError, HTTPException):
        return b""


def _down(place: str, reason: object) -> StoreError:
    text = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
    if isinstance(reason, socket.gaierror):
        text = "no host of this name"
    return StoreError(f"{place}: cannot be reached ({text}); check the address and that the server runs")
