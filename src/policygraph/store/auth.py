"""Find the name and password for an endpoint, and keep them from going anywhere else.

They come from the environment (``POLICYGRAPH_USER``, ``POLICYGRAPH_PASSWORD``) or from netrc, are sent only
when the endpoint itself asks for them (Digest before Basic), and appear in no message.
"""

from __future__ import annotations

import netrc
import os
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from policygraph.errors import UsageError

USER, PASSWORD = "POLICYGRAPH_USER", "POLICYGRAPH_PASSWORD"


def checked(url: str) -> str:
    """Return an address that may be asked. Raises UsageError for another scheme, no host, or a password in it."""
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        raise UsageError("store.password-in-address", host=parts.hostname, user=USER, password=PASSWORD)
    try:
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or any(c.isspace() or not c.isprintable() for c in url):
        raise UsageError("store.no-address", url=url)
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
        raise UsageError("store.half-a-login", user=USER, password=PASSWORD)
    place = known.get("NETRC")
    path = Path(place) if place else Path.home() / ".netrc"
    return _from_netrc(path, urlsplit(url).hostname or "")


def is_loopback(url: str) -> bool:
    """Tell whether an address is one of this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _from_netrc(path: Path, host: str) -> tuple[str, str] | None:
    try:
        found = netrc.netrc(str(path)).authenticators(host)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, netrc.NetrcParseError) as error:
        # Its text may quote a line of the file, so only its kind is told.
        raise UsageError("store.netrc-unreadable", path=path, kind=type(error).__name__) from None
    return (found[0], found[2]) if found and found[0] and found[2] else None
