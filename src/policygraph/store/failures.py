"""Say in one line why an endpoint did not answer, and what to do."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import urljoin

from policygraph.errors import PolicyGraphError, QueryError, StoreError
from policygraph.messages import Foreign, message
from policygraph.store.auth import PASSWORD, USER
from policygraph.store.reply import NoAnswerError, Reply

_TAG = re.compile(r"<[^>]*>")
_MOVED = frozenset({301, 302, 303, 307, 308})
_QUERY_REFUSED = frozenset({400, 414, 422, 500, 501})
_KEYS: Mapping[int, str] = {
    403: "store.forbidden",
    404: "store.nothing-there",
    405: "store.wrong-method",
    413: "store.request-too-large",
    415: "store.wrong-media-type",
}


def place_of(url: str) -> str:
    """Return an address without its query part, as messages show it."""
    return url.partition("?")[0]


def said(text: str) -> str:
    """Return the first line of a text of a server that says something, without markup, at most 200 characters."""
    plain = _TAG.sub(" ", text[:5000])
    lines = (" ".join("".join(c if c.isprintable() else " " for c in each).split()) for each in plain.splitlines())
    return next((each for each in lines if each), "")[:200]


def system_said(error: OSError) -> Foreign:
    """Return what the system says of an error, without what Python adds to it ("Connect call failed (...)").

    >>> from errno import ECONNREFUSED
    >>> str(system_said(ConnectionRefusedError(ECONNREFUSED, "Connect call failed ('::1', 80)")))
    'Connection refused'
    """
    plain = os.strerror(error.errno) if error.errno is not None else ""
    return Foreign(error.strerror or str(error) if not plain or plain.startswith("Unknown") else plain)


def no_answer(place: str, error: NoAnswerError) -> StoreError:
    """Return the error for an answer that did not come, or not whole."""
    if error.begun:
        return StoreError("store.broken-off", place=place, reason=Foreign(said(str(error))))
    if not error.is_http:
        return StoreError("store.no-http", place=place)
    return StoreError("store.not-reached", place=place, reason=_reason(error))


def busy(place: str, status: int, wait: float) -> StoreError:
    """Return the error for a server that is too busy; it may have said when to come back (seconds)."""
    if wait:
        return StoreError("store.busy-for", place=place, status=status, seconds=f"{wait:.0f}")
    return StoreError("store.busy", place=place, status=status)


def unknown_login(place: str, asked: str) -> StoreError:
    """Return the error for a server that wants a kind of authentication that is not known here."""
    return StoreError("store.unknown-login", place=place, reason=Foreign(said(asked)))


def refused(place: str, reply: Reply, known: bool) -> PolicyGraphError:
    """Return the error for an HTTP status; ``known`` tells whether there were a name and password to give."""
    status, there = reply.status, reply.headers.get("location")
    if status in _MOVED and there is not None:
        return StoreError("store.moved", place=place, there=_there(reply.url, there), status=status)
    if status == HTTPStatus.UNAUTHORIZED:
        return _login(place, reply, known)
    if status in _QUERY_REFUSED:
        reason = said(reply.body.decode("utf-8", "replace")) or HTTPStatus(status).phrase
        return QueryError("store.query-refused", place=place, status=status, reason=Foreign(reason))
    return StoreError(_KEYS.get(status, "store.server-failed"), place=place, status=status)


def _there(url: str, location: str) -> str:
    with suppress(ValueError):  # what is no address is shown as it stands
        location = urljoin(url, location)
    return said(place_of(location))


def _login(place: str, reply: Reply, known: bool) -> StoreError:
    asked = reply.headers.get("www-authenticate", "")
    if asked and not re.search("(?i)basic|digest", asked):
        return unknown_login(place, asked)
    key = "store.wrong-password" if known else "store.asks-password"
    return StoreError(key, place=place, user=USER, password=PASSWORD, status=reply.status)


def _reason(error: BaseException) -> object:
    """Return what the system says was wrong: the first error of it among the causes, else what the library says."""
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            return message("store.no-such-host")
        if isinstance(cause, OSError) and cause.strerror:
            return system_said(cause)
    return Foreign(said(str(error)))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
