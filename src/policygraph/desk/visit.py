"""Hold what a page is given: the desk as a whole, and one visit to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from policygraph.messages import render, say
from policygraph.study import SHIPPED, Study
from policygraph.web.jobs import Job, Outcome

LANGUAGES = ("zh", "en")
Query: TypeAlias = Mapping[str, object]


def _nothing() -> None:
    """Stop nothing: a desk in a test has no server."""


@dataclass(frozen=True, slots=True)
class Tab:
    """What the header names: a path, the key of its name, and the key of what it is about."""

    path: str
    name: str
    about: str


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """What all pages work on: a study, the folder of its store, and what does jobs on that store.

    ``public`` desks only read; ``language`` is that of addresses without one; ``stop`` ends the server.
    """

    run: Callable[[Job], Outcome]
    store: Path
    study: Study = SHIPPED
    public: bool = False
    language: str = LANGUAGES[0]
    stop: Callable[[], None] = _nothing
    tabs: tuple[Tab, ...] = ()
    answers: dict[object, object] = field(default_factory=dict)  # they hold until the store changes
    turns: dict[object, object] = field(default_factory=dict)  # what is being made, with its lock
    kept: dict[object, object] = field(default_factory=dict)  # tables and texts, by what they were read from


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page, in one language."""

    desk: Desk
    request: Request
    language: str

    def said(self, key: str, /, **values: object) -> str:
        """Return the sentence of a key in the language of the visit."""
        return say(key, self.language, **values)

    def render(self, thing: object) -> str:
        """Return a message, or a person's words, in the language of the visit."""
        return render(thing, self.language)

    def url(self, path: str, /, **query: object) -> str:
        """Return the address of a page in the language of the visit; parameters without a value are left out."""
        return address(path, self.language, self.desk.language, query)

    def part(self, name: str) -> str:
        """Return a part of the path."""
        return str(self.request.path_params.get(name, ""))

    def given(self, name: str) -> str:
        """Return a parameter of the address, empty where it is not there."""
        return self.request.query_params.get(name, "").strip()


def address(path: str, language: str, usual: str, query: Query | None = None) -> str:
    """Return the address of a page: that of a language that is not the usual one begins with its name.

    >>> address("/documents", "en", "zh", {"level": "county", "year": None})
    '/en/documents?level=county'
    >>> address("/document/大连", "zh", "zh")
    '/document/%E5%A4%A7%E8%BF%9E'
    """
    given = {name: value for name, value in (query or {}).items() if value not in (None, "")}
    return within(quote(path, safe="/@:"), language, usual) + (f"?{urlencode(given)}" if given else "")


def within(path: str, language: str, usual: str) -> str:
    """Return a path (or the pattern of paths) among those of a language."""
    return path if language == usual else f"/{language}{path}"


Show: TypeAlias = Callable[[Visit], Response]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is read: its path (as Starlette writes them) and what shows it, in a thread.

    ``tab`` is the key of its name in the header, empty for pages that the header does not name. A page that is not
    ``public`` exists only on a desk of one's own. One at a path of the endpoint (``beside_machines``) is for who asks
    for HTML and sends no query. One ``for_machines`` too tells them in one line of text what it cannot show.
    """

    path: str
    show: Show
    tab: str = ""
    public: bool = True
    beside_machines: bool = False
    for_machines: bool = False
    methods: tuple[str, ...] = ("GET",)
