"""Write queries and updates as HTTP requests, the way SPARQLWrapper does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from SPARQLWrapper import JSON, POST, SPARQLWrapper

from policygraph.version import __version__

_AGENT = f"policygraph/{__version__}"


@dataclass(frozen=True, slots=True)
class Request:
    """One request that may be repeated without harm."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=lambda: {"User-Agent": _AGENT})
    body: bytes | None = None


def written(url: str, text: str, form: str, parameters: Mapping[str, list[str]]) -> Request:
    """Return the request for a query or an update; ``form`` is its first keyword."""
    return _Writer(url, text, form, parameters).request()


def put(url: str, body: bytes, kind: str) -> Request:
    """Return the request that puts a whole graph in its place; without a body, one that deletes it."""
    if not body:
        return Request("DELETE", url)
    return Request("PUT", url, {"User-Agent": _AGENT, "Content-Type": kind}, body)


class _Writer(SPARQLWrapper):
    """SPARQLWrapper without its sender, which follows redirects and knows no end."""

    def __init__(self, url: str, text: str, form: str, parameters: Mapping[str, list[str]]) -> None:
        super().__init__(url, agent=_AGENT)
        self.setMethod(POST)
        self.setReturnFormat(JSON)
        self.setOnlyConneg(True)
        self.queryString, self.queryType = text, form
        for name, values in parameters.items():
            for value in values:
                self.addParameter(name, value)

    def request(self) -> Request:
        """Return what would be sent."""
        made = self._createRequest()
        assert isinstance(made.data, bytes)
        return Request(made.get_method(), made.full_url, dict(made.header_items()), made.data)
