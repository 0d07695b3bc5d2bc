"""Find the name and password for an endpoint, and keep them from going anywhere else.

They come from the environment (``POLICYGRAPH_USER``, ``POLICYGRAPH_PASSWORD``) or from netrc, are sent only
when the endpoint itself asks for them (Digest before Basic), and appear in no message.
"""

from __future__ import annotations

import netrc
import os
import urllib.request as web
from base64 import b64encode
from collections.abc import Mapping
from http.client import HTTPMessage
from ipaddress import ip_address
from pathlib import Path
from typing import IO, NoReturn
from urllib.parse import urlsplit

from policygraph.errors import StoreError, UsageError

USER, PASSWORD = "POLICYGRAPH_USER", "POLICYGRAPH_PASSWORD"


def checked(url: str) -> str:
    """Return an address that may be asked. Raises UsageError for another scheme, no host, or a password in it."""
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            f"the address of {parts.hostname} holds a name or password; leave it out and set {USER} and {PASSWORD}"
        )
    try:
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or any(c.isspace() or not c.isprintable() for c in url):
        raise UsageError(f"«{url}» is not the address of an endpoint; write it as http://host:port/path")
    return url.partition("#")[0]


def credentials(url: str, environment: Mapping[str, str] | None = None) -> tuple[str, str] | None:
    """Return name and password for an address, or None: the environment first, then netrc.

    >>> credentials("http://localhost/", {"POLICYGRAPH_USER": "ann", "POLICYGRAPH_PASSWORD": "secret"})
    ('ann', 'secret')
    """
    known = os.environ if environment is None else environment
    user, password = known.get(USER), known.get(PASSWORD)
    if user and password:
        return user, password
    if user or password:
        raise UsageError(f"only one of {USER} and {PASSWORD} is set; set both or neither")
    place = known.get("NETRC")
    path = Path(place) if place else Path.home() / ".netrc"
    return _from_netrc(path, urlsplit(url).hostname or "")


def opener(url: str, known: tuple[str, str] | None) -> web.OpenerDirector:
    """Return what opens requests to one address: no redirects, no other schemes, passwords when asked for."""
    made = web.OpenerDirector()
    passwords = web.HTTPPasswordMgrWithDefaultRealm()
    if known:
        passwords.add_password(None, _origin(url), *known)
    for handler in (
        web.ProxyHandler({} if _is_loopback(url) else None),
        web.HTTPHandler(),
        web.HTTPSHandler(),
        web.HTTPDefaultErrorHandler(),
        web.HTTPErrorProcessor(),
        _Digest(passwords),
        _Basic(passwords),
        _Stay(),
    ):
        made.add_handler(handler)
    return made


class _Digest(web.HTTPDigestAuthHandler):
    """Answer a challenge, and the next requests before it comes: servers hang up on a large body they did not want."""

    _challenge: dict[str, str] | None = None

    def retry_http_digest_auth(self, req: web.Request, auth: str) -> object:
        """Remember the challenge and answer it."""
        self._challenge = web.parse_keqv_list(list(filter(None, web.parse_http_list(auth.partition(" ")[2]))))
        return super().retry_http_digest_auth(req, auth)

    def http_request(self, req: web.Request) -> web.Request:
        """Answer the challenge of the request before."""
        if self._challenge and not req.has_header("Authorization"):
            answer = self.get_authorization(req, self._challenge)
            if answer:
                req.add_unredirected_header("Authorization", f"Digest {answer}")
        return req

    https_request = http_request


class _Basic(web.HTTPBasicAuthHandler):
    """Answer a challenge, and the next requests before it comes."""

    _realm: str | None = None

    def retry_http_basic_auth(self, host: str, req: web.Request, realm: str) -> object:
        """Remember that this server takes a password in the open, and send it."""
        self._realm = realm
        return super().retry_http_basic_auth(host, req, realm)

    def http_request(self, req: web.Request) -> web.Request:
        """Send the password again to the same server."""
        user, password = self.passwd.find_user_password(self._realm or "", req.full_url)
        if self._realm is not None and user and not req.has_header("Authorization"):
            written = b64encode(f"{user}:{password}".encode()).decode("ascii")
            req.add_unredirected_header("Authorization", f"Basic {written}")
        return req

    https_request = http_request


class _Stay(web.HTTPRedirectHandler):
    """Follow no redirect: a query would lose its body, and a password could reach another host."""

    def redirect_request(
        self, req: web.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> NoReturn:
        """Say where the endpoint has gone."""
        fp.close()
        shown = newurl.partition("?")[0]
        raise StoreError(f"{plain_address(req.full_url)}: has moved to {shown} ({code}); give that address")


def plain_address(url: str) -> str:
    """Return an address without its query part, as messages show it."""
    return url.partition("?")[0]


def _from_netrc(path: Path, host: str) -> tuple[str, str] | None:
    try:
        found = netrc.netrc(str(path)).authenticators(host)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, netrc.NetrcParseError) as error:
        # Its text may quote a line of the file, so only its kind is told.
        raise UsageError(f"{path}: cannot be read ({type(error).__name__}); mend it or its permissions") from None
    return (found[0], found[2]) if found and found[0] and found[2] else None


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
