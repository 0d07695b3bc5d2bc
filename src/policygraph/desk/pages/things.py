"""The addresses of the graph: ``id/...`` and ``graph/...`` answer browsers with a page and machines with RDF."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from policygraph.desk import asking, frame
from policygraph.desk.asking import ToldError
from policygraph.desk.visit import Page, Visit
from policygraph.vocab import GRAPH, ID, shorten
from policygraph.web.jobs import Job
from policygraph.web.negotiate import choose
from policygraph.web.results import GRAPHS

_HTML = "text/html"
_JSON = "application/sparql-results+json"
_OFFERS = (*GRAPHS, _HTML)  # Turtle first: who takes anything is a program
_FORMS: Mapping[str, str] = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
_SAFE = re.compile(r"[^\s<>\"{}|^`\\]+")
_MOST = 500  # statements of a thing that its page shows
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
    if not _ask(visit, f"ASK {{ <{iri}> ?p ?o }}"):
        whole = _whole(visit, path)
        if not whole:
            raise ToldError.of(404, "desk.no-thing", name=path)
        return _see(visit.url(f"/id/{whole}", format=visit.given("format")))
    kind = _kind(visit)
    if kind != _HTML:
        return _rdf(visit, f"DESCRIBE <{iri}>", kind)
    folder, _, rest = path.partition("/")
    alone = folder in _PAGES and (folder == "agency" or "/" not in rest)
    return _see(visit.url(_PAGES[folder] + rest if alone else f"/thing/{path}"))


def graph(visit: Visit) -> Response:
    """Answer for a named graph."""
    path = visit.part("path").rstrip("/")
    iri = _iri(str(GRAPH), path)
    if not _ask(visit, f"ASK {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"):
        raise ToldError.of(404, "desk.no-thing", name=path)
    kind = _kind(visit)
    if kind != _HTML:
        return _rdf(visit, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}", kind)
    folder, _, slug = path.partition("/")
    return _see(visit.url(f"/document/{slug}" if folder == "document" else f"/about/graph/{path}"))


def about_thing(visit: Visit) -> Response:
    """Show what the graph states of a thing, and what is stated with it."""
    path = visit.part("path")
    iri = _iri(str(ID), path)
    out = _rows(visit, f"SELECT DISTINCT ?p ?x WHERE {{ <{iri}> ?p ?x }} ORDER BY ?p ?x LIMIT {_MOST}")
    if not out:
        raise ToldError.of(404, "desk.no-thing", name=path)
    into = _rows(visit, f"SELECT DISTINCT ?p ?x WHERE {{ ?x ?p <{iri}> }} ORDER BY ?p ?x LIMIT {_MOST}")
    named = _labels(visit, [cell["value"] for row in (*out, *into) for cell in row.values() if cell["type"] == "uri"])
    label = _labels(visit, [iri]).get(iri, path)
    return frame.page(
        visit,
        "thing.html",
        title=label,
        iri=iri,
        path=path,
        forms=list(_FORMS),
        out=sorted((_statement(visit, row, named) for row in out), key=_ours_first),
        into=sorted((_statement(visit, row, named) for row in into), key=_ours_first),
    )


def about_graph(visit: Visit) -> Response:
    """Show how much a named graph holds."""
    path = visit.part("path")
    iri = _iri(str(GRAPH), path)
    (row,) = _rows(visit, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")
    count = int(row["n"]["value"])
    if not count:
        raise ToldError.of(404, "desk.no-thing", name=path)
    return frame.page(visit, "graph.html", title=path, iri=iri, path=path, count=count, forms=list(_FORMS))


def _ours_first(statement: Statement) -> bool:
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


def _rdf(visit: Visit, query: str, kind: str) -> Response:
    outcome = asking.done(visit.desk, Job("sparql", query, kind))
    return Response(outcome.body, media_type=outcome.kind, headers={"Vary": "Accept"})


def _see(address: str) -> Response:
    return RedirectResponse(address, 303, {"Vary": "Accept"})


def _whole(visit: Visit, path: str) -> str:
    """Return the path of a document that a short name means, with what stands below it; empty for none."""
    folder, _, rest = path.partition("/")
    name, slash, below = rest.partition("/")
    if folder != "document" or not name:
        return ""
    quoted = json.dumps(name, ensure_ascii=False)
    found = _rows(visit, f"SELECT ?x WHERE {{ ?x a pg:PolicyDocument ; dcterms:identifier {quoted} }}")
    return found[0]["x"]["value"].removeprefix(str(ID)) + slash + below if len(found) == 1 else ""


def _ask(visit: Visit, query: str) -> bool:
    return bool(json.loads(asking.done(visit.desk, Job("sparql", query, _JSON)).body)["boolean"])


def _rows(visit: Visit, query: str) -> list[dict[str, dict[str, str]]]:
    found: list[dict[str, dict[str, str]]] = json.loads(asking.done(visit.desk, Job("sparql", query, _JSON)).body)[
        "results"
    ]["bindings"]
    return found


def _labels(visit: Visit, iris: list[str]) -> dict[str, str]:
    """Return the label of each IRI in the language of the visit, else in any."""
    values = " ".join(f"<{each}>" for each in sorted(set(iris)) if _SAFE.fullmatch(each))
    found: dict[str, str] = {}
    for row in _rows(
        visit, f"SELECT DISTINCT ?x ?l WHERE {{ VALUES ?x {{ {values} }} ?x rdfs:label ?l }} ORDER BY ?x ?l"
    ):
        label = row["l"]
        if label.get("xml:lang") == visit.language or row["x"]["value"] not in found:
            found[row["x"]["value"]] = label["value"]
    return found


def _statement(visit: Visit, row: Mapping[str, Mapping[str, str]], named: Mapping[str, str]) -> Statement:
    term, value = row["p"]["value"], row["x"]["value"]
    href = ""
    if value.startswith((str(ID), str(GRAPH))):
        folder = "/id/" if value.startswith(str(ID)) else "/graph/"
        href = visit.url(folder + value.partition(folder)[2])
    return Statement(shorten(term), named.get(term, ""), value, named.get(value, ""), href)


PAGES = (
    Page("/id/{path:path}", thing, methods=("GET", "HEAD"), for_machines=True),
    Page("/graph/{path:path}", graph, methods=("GET", "HEAD"), for_machines=True),
    Page("/thing/{path:path}", about_thing),
    Page("/about/graph/{path:path}", about_graph),
)
