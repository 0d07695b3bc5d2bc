"""The addresses of the graph: ``id/...`` and ``graph/...`` answer browsers with a page and machines with RDF."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import RDFS
from starlette.responses import RedirectResponse, Response

from policygraph.desk import asking, frame
from policygraph.desk.asking import ToldError
from policygraph.desk.visit import Page, Visit
from policygraph.query import Question, internal, statements
from policygraph.vocab import BASE, GRAPH, ID, shorten
from policygraph.web.jobs import Job
from policygraph.web.negotiate import choose
from policygraph.web.results import GRAPHS

_HTML = "text/html"
_OFFERS = (*GRAPHS, _HTML)  # Turtle first: who takes anything is a program
_FORMS: Mapping[str, str] = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
_SAFE = re.compile(r"[^\s<>\"{}|^`\\]+")
# The folder of an IRI -> the page of such a thing.
_PAGES = {"document": "/document/", "agency": "/agency/", "region": "/place/"}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement about a thing: the term and its name, the other end with its name and the address of its page."""

    term: str
    named: str
    value: str
    label: str
    href: str


def thing(visit: Visit) -> Response:
    """Answer for a thing: a page for browsers, by 303, RDF for machines; a short name leads to the whole one."""
    path = visit.part("path").rstrip("/")
    iri = _iri(str(ID), path)
    if not _stated(visit, statements()[0], iri):
        whole = _whole(visit, path)
        if not whole:
            raise ToldError.of(404, "desk.no-thing", name=path)
        return _see(visit.url(f"/id/{whole}", format=visit.given("format")))
    kind = _kind(visit)
    if kind != _HTML:
        return _rdf(visit, Job("describe", iri, kind))
    folder, _, rest = path.partition("/")
    alone = folder in _PAGES and (folder == "agency" or "/" not in rest)
    return _see(visit.url(_PAGES[folder] + rest if alone else f"/thing/{path}"))


def graph(visit: Visit) -> Response:
    """Answer for a named graph."""
    path = visit.part("path").rstrip("/")
    iri = _iri(str(GRAPH), path)
    if not _size(visit, iri):
        raise ToldError.of(404, "desk.no-thing", name=path)
    kind = _kind(visit)
    if kind != _HTML:
        return _rdf(visit, Job("graph", iri, kind))
    folder, _, slug = path.partition("/")
    return _see(visit.url(f"/document/{slug}" if folder == "document" else f"/about/graph/{path}"))


def about_thing(visit: Visit) -> Response:
    """Show what the graph states of a thing, and what is stated with it."""
    path = visit.part("path")
    iri = _iri(str(ID), path)
    out = _stated(visit, statements()[0], iri)
    if not out:
        raise ToldError.of(404, "desk.no-thing", name=path)
    into = _stated(visit, statements()[1], iri)
    labels = {str(row["tag"]): str(row["value"]) for row in out if row["property"] == str(RDFS.label)}
    return frame.page(
        visit,
        "thing.html",
        title=labels.get(visit.language) or next(iter(labels.values()), path),
        iri=iri,
        path=path,
        forms=list(_FORMS),
        out=sorted((_statement(visit, row) for row in out), key=_is_theirs),
        into=sorted((_statement(visit, row) for row in into), key=_is_theirs),
    )


def about_graph(visit: Visit) -> Response:
    """Show how much a named graph holds."""
    path = visit.part("path")
    iri = _iri(str(GRAPH), path)
    count = _size(visit, iri)
    if not count:
        raise ToldError.of(404, "desk.no-thing", name=path)
    return frame.page(visit, "graph.html", title=path, iri=iri, path=path, count=count, forms=list(_FORMS))


def _is_theirs(statement: Statement) -> bool:
    return not statement.term.startswith(("pg:", "rdfs:label"))


def _iri(start: str, path: str) -> str:
    """Return the IRI of a path. Raises ToldError for one that cannot stand in an IRI."""
    if not _SAFE.fullmatch(path):
        raise ToldError.of(404, "desk.no-thing", name=path)
    return start + path


def _kind(visit: Visit) -> str:
    """Return the media type to answer in. Raises ToldError where none fits."""
    form = visit.given("format")
    if form:
        if form not in _FORMS:
            raise ToldError.of(404, "desk.no-form", form=form, known=sorted(_FORMS))
        return _FORMS[form]
    accept = visit.request.headers.get("accept", "")
    found = choose(accept, _OFFERS)
    if found is None:
        raise ToldError.of(406, "web.not-acceptable", accept=accept, offered=list(_OFFERS))
    return found


def _rdf(visit: Visit, job: Job) -> Response:
    outcome = asking.done(visit.desk, job)
    return Response(outcome.body, media_type=outcome.kind, headers={"Vary": "Accept"})


def _see(address: str) -> Response:
    return RedirectResponse(address, 303, {"Vary": "Accept"})


def _whole(visit: Visit, path: str) -> str:
    """Return the path of a document that a short name means, with what stands below it; empty for none."""
    folder, _, rest = path.partition("/")
    name, slash, below = rest.partition("/")
    known = asking.rows(visit, internal()["identifiers"]).rows if folder == "document" else ()
    found = [str(iri) for iri, id in known if id == name]
    return found[0].removeprefix(str(ID)) + slash + below if len(found) == 1 else ""


def _stated(visit: Visit, question: Question, iri: str) -> list[dict[str, object]]:
    found = asking.rows(visit, question, thing=iri, language=visit.language)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def _size(visit: Visit, graph: str) -> int:
    return int(asking.done(visit.desk, Job("size", graph)).body)


def _statement(visit: Visit, row: Mapping[str, object]) -> Statement:
    term, value = str(row["property"]), str(row["value"])
    folder = next((each for each in ("/id/", "/graph/") if value.startswith(f"{BASE.rstrip('/')}{each}")), "")
    href = visit.url(folder + value.partition(folder)[2]) if folder and row.get("is_iri", True) else ""
    return Statement(shorten(term), str(row["property_label"] or ""), value, str(row["label"] or ""), href)


PAGES = (
    Page("/id/{path:path}", thing, methods=("GET", "HEAD"), for_machines=True),
    Page("/graph/{path:path}", graph, methods=("GET", "HEAD"), for_machines=True),
    Page("/thing/{path:path}", about_thing),
    Page("/about/graph/{path:path}", about_graph),
)
