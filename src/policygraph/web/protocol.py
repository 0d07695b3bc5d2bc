"""Turn HTTP requests into jobs and their outcomes into responses; knows no sockets."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import parse_qsl, unquote

from policygraph.errors import UsageError
from policygraph.messages import Message, message
from policygraph.query import question
from policygraph.web import description
from policygraph.web.jobs import ROWS, Job, Outcome, problem
from policygraph.web.negotiate import choose
from policygraph.web.results import GRAPHS

_FORM, _DIRECT, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_READS = ("GET", "HEAD")
_SUFFIXES = {form: kind for kind, form in ROWS.items()}
_MOST_FIELDS = 1_000
_ALLOW = ("Allow", "GET, HEAD, POST, OPTIONS")
_Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request: path and query part as sent, header names in lower case."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = ()  # type: ignore[assignment]
    body: bytes = b""

    def header(self, name: str) -> str:
        """Return a header, ``""`` where it is not there."""
        return dict(self.headers).get(name, "")


class Service:
    """The paths of the service; ``run`` does jobs, ``base`` is the address that descriptions name."""

    def __init__(self, run: Callable[[Job], Outcome], base: str) -> None:
        self._run, self._base = run, base

    def handle(self, request: Request) -> tuple[Outcome, tuple[tuple[str, str], ...]]:
        """Return the outcome of a request and the headers to send with it."""
        if request.method == "OPTIONS":
            return Outcome(204, "", b""), (_ALLOW,)
        try:
            outcome = self._route(request)
        except UnicodeDecodeError:
            outcome = problem(400, message("web.no-utf8"))
        except _RefusedError as error:
            outcome = problem(error.status, error.told)
        extra = (_ALLOW,) if outcome.status == 405 else ()
        retry = (("Retry-After", "2"),) if outcome.status == 503 else ()
        return outcome, (("Vary", "Accept"), *extra, *retry)

    def _route(self, request: Request) -> Outcome:
        path = unquote(request.path, errors="strict").rstrip("/") or "/"
        if path == "/sparql":
            return self._sparql(request)
        if request.method not in _READS:
            raise _RefusedError(405, message("web.only-get", method=request.method))
        if path == "/":
            return self._json({"sparql": f"{self._base}/sparql", "queries": f"{self._base}/queries"})
        if path == "/queries":
            return self._json(description.questions(self._base))
        if path.startswith("/queries/"):
            return self._question(path.removeprefix("/queries/"), request)
        raise _RefusedError(404, message("web.nothing-there", path=path))

    def _json(self, found: object) -> Outcome:
        return Outcome(200, "application/json", (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())

    # ------------------------------------------------------------ SPARQL 1.1 Protocol

    def _sparql(self, request: Request) -> Outcome:
        if request.method not in (*_READS, "POST"):
            raise _RefusedError(405, message("web.only-get-or-post", method=request.method))
        fields = _fields(request.query)
        if request.method == "POST":
            fields += _posted(request)
        if any(name == "update" for name, _ in fields):
            raise _RefusedError(403, message("web.only-reads"))
        if request.method in _READS and not fields:
            return self._describe(request)
        texts = [value for name, value in fields if name == "query"]
        if len(texts) != 1:
            raise _RefusedError(400, message("web.not-one-query", count=len(texts)))
        default, named = (
            tuple(value for name, value in fields if name == key) for key in ("default-graph-uri", "named-graph-uri")
        )
        return self._run(Job("sparql", texts[0], request.header("accept"), default=default, named=named))

    def _describe(self, request: Request) -> Outcome:
        kind = choose(request.header("accept"), tuple(GRAPHS)) or "text/turtle"
        found = self._run(Job("graphs"))
        if found.status != 200:
            return found
        triples = description.service(f"{self._base}/sparql", json.loads(found.body))
        if kind == "text/turtle":
            return Outcome(200, kind, description.turtle(triples).serialize(format="turtle").encode())
        return Outcome(200, kind, GRAPHS[kind](triples).encode())

    # ------------------------------------------------------------ the catalogue

    def _question(self, path: str, request: Request) -> Outcome:
        name, _, parameter = path.partition("/")
        stem, dot, suffix = (parameter or name).rpartition(".")
        accept = request.header("accept")
        if dot and suffix in _SUFFIXES:
            accept = _SUFFIXES[suffix]
            name, parameter = (name, stem) if parameter else (stem, "")
        try:
            asked = question(name)
        except UsageError as error:
            raise _RefusedError(404, error.message) from error
        fields = tuple(_fields(request.query))
        if not parameter:
            return self._run(Job("ask", name, _or_json(accept), fields))
        if parameter not in [each.name for each in asked.parameters]:
            raise _RefusedError(404, message("web.no-such-parameter", question=name, name=parameter))
        language = dict(fields).get("language", "zh")
        return self._run(Job("values", name, _or_json(accept), (("parameter", parameter), ("language", language))))


class _RefusedError(Exception):
    """A request that is answered with a status and a line."""

    def __init__(self, status: int, told: Message) -> None:
        super().__init__(told.key)
        self.status, self.told = status, told


def _or_json(accept: str) -> str:
    """Let browsers, which ask for pages first, have JSON."""
    return "application/json" if "text/html" in accept else accept


def _fields(text: str) -> _Fields:
    if not text:
        return []
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise
    except ValueError as error:
        raise _RefusedError(400, message("web.too-many-fields", most=_MOST_FIELDS)) from error


def _posted(request: Request) -> _Fields:
    header = EmailMessage()
    header["Content-Type"] = request.header("content-type")
    kind = header.get_content_type() if request.header("content-type") else ""
    charset = str(header.get_param("charset", "utf-8")).lower()
    if kind == _UPDATE:
        raise _RefusedError(403, message("web.only-reads"))
    if kind not in (_FORM, _DIRECT):
        raise _RefusedError(415, message("web.wrong-media-type", kind=kind, form=_FORM, direct=_DIRECT))
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise _RefusedError(400, message("web.wrong-charset", charset=charset))
    text = request.body.decode("utf-8")
    return _fields(text) if kind == _FORM else [("query", text)]
