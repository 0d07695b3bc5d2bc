"""Give the prefixes, the terms, the names of the graphs, and canonical literals.

The one list of prefixes is ontology/context.jsonld; everything that binds or shortens a name reads it from here.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TypeAlias

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import XSD
from rdflib.term import Identifier

from policygraph import assets
from policygraph.errors import DataError
from policygraph.messages import Message, Note, render

Quad: TypeAlias = tuple[URIRef, URIRef, Identifier, URIRef]


class Terms(Namespace):
    """A namespace that makes each term once: rdflib makes one anew each time it is named."""

    def __getattr__(self, name: str) -> URIRef:
        """Return the term of a name."""
        made: URIRef = super().__getattr__(name)
        self.__dict__[name] = made
        return made


BASE = "https://w3id.org/policygraph/"
PG = Terms(BASE + "ontology#")
ID = Namespace(BASE + "id/")
GRAPH = Namespace(BASE + "graph/")
SHAPE = Namespace(BASE + "shape/")
NODE = Namespace(BASE + "node/")  # what Turtle leaves nameless
ONTOLOGY = URIRef(BASE + "ontology")

ONTOLOGY_GRAPH = GRAPH["ontology"]
CONCEPTS_GRAPH = GRAPH["concepts"]
ALIGNED_GRAPH = GRAPH["aligned"]
SHAPES_GRAPH = GRAPH["shapes"]
INFERRED_GRAPH = GRAPH["inferred"]
CASCADE_GRAPH = GRAPH["cascade"]
DATASET_GRAPH = GRAPH["dataset"]
ANSWER_GRAPH = GRAPH["answer"]  # for triples that a query made, in formats that name graphs

_COMPARISONS = ("alignment/", "action-alignment/", "lead-alignment/")  # what IRIs below a document are of the cascade
# rdflib takes long to make a term: those of its namespaces are made anew each time they are named, and documents say
# the same literals again and again.
_BOOLEAN, _DATE, _DECIMAL, _INTEGER = XSD.boolean, XSD.date, XSD.decimal, XSD.integer
_MANY = 4096
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
_DATES = (
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z"), _DATE),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z"), XSD.gYearMonth),
    (re.compile(r"\d{4}\Z"), XSD.gYear),
)


# ---------------------------------------------------------------- names


@cache
def context() -> Mapping[str, object]:
    """Return the JSON-LD context that ships with the project."""
    text = assets.path("ontology", "context.jsonld").read_text(encoding="utf-8")
    return MappingProxyType(json.loads(text)["@context"])


@cache
def prefixes() -> Mapping[str, str]:
    """Return every prefix and its namespace, in the order of the context.

    >>> prefixes()["pg"]
    'https://w3id.org/policygraph/ontology#'
    """
    found = {key: value for key, value in context().items() if isinstance(value, str) and value.endswith(("/", "#"))}
    return MappingProxyType(found)


def bind(graph: Graph) -> Graph:
    """Bind all prefixes to a graph or dataset, and return it."""
    for prefix, namespace in prefixes().items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return graph


def sparql_prefixes() -> str:
    """Return the prefixes as the head of a SPARQL query, one a line."""
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes().items())


def expand(name: str) -> URIRef:
    """Return the IRI of a prefixed name; a full IRI stays as it is. Raises DataError for an unknown prefix.

    >>> expand("pg:ledBy")
    rdflib.term.URIRef('https://w3id.org/policygraph/ontology#ledBy')
    """
    prefix, _, local = name.partition(":")
    if local.startswith("//"):
        return URIRef(name)
    if prefix not in prefixes():
        raise DataError("vocab.unknown-prefix", name=name, prefix=prefix)
    return URIRef(prefixes()[prefix] + local)


def shorten(iri: str) -> str:
    """Return an IRI as a prefixed name under the longest namespace that fits, else unchanged.

    >>> shorten("https://w3id.org/policygraph/id/region/210200")
    'region:210200'
    """
    fits = [(len(space), prefix, space) for prefix, space in prefixes().items() if iri.startswith(space)]
    if not fits:
        return iri
    _, prefix, space = max(fits)
    local = iri[len(space) :]
    return f"{prefix}:{local}" if _SAFE.match(local) else iri


def document_graph(slug: str) -> URIRef:
    """Return the name of the graph of one document.

    >>> str(document_graph("guofa-2019-13")).removeprefix(BASE)
    'graph/document/guofa-2019-13'
    """
    return GRAPH[f"document/{slug}"]


def report_graph(slug: str) -> URIRef:
    """Return the name of the graph that holds the validation report of one document."""
    return GRAPH[f"report/{slug}"]


def thing(kind: str, identifier: str) -> URIRef:
    """Return the IRI of a thing of a kind (document, agency, region, ...) by an identifier that is safe in an IRI.

    >>> shorten(thing("region", "210200"))
    'region:210200'
    """
    return ID[f"{kind}/{identifier}"]


def identifier_of(kind: str, iri: str) -> str:
    """Return the identifier of a thing of a kind from its IRI, empty where it is no IRI of that kind.

    >>> identifier_of("agency", thing("agency", "210200/health")), identifier_of("agency", thing("region", "210200"))
    ('210200/health', '')
    """
    start = thing(kind, "")
    return iri.removeprefix(start) if iri.startswith(start) else ""


def shape(*parts: str) -> URIRef:
    """Return the IRI of a shape by its name.

    >>> str(shape("target-unit")).removeprefix(SHAPE)
    'target-unit'
    """
    return SHAPE["/".join(parts)]


def result(slug: str, digest: str) -> URIRef:
    """Return the IRI of a result in the validation report of a document, by a digest of what it says."""
    return URIRef(f"{report_graph(slug)}#{digest}")


def graph_of(iri: str, documents: Collection[str]) -> URIRef:
    """Return the graph that holds what is said of a thing: that of its document, the cascade's or the concepts'.

    ``documents`` are the slugs of the documents that have a graph; a document that is only cited is a concept.

    >>> said = ("a/clause/1", "a/lead-alignment/x", "b")
    >>> [graph_of(thing("document", each), {"a"}).removeprefix(GRAPH) for each in said]
    ['document/a', 'cascade', 'concepts']
    """
    slug, _, rest = identifier_of("document", iri).partition("/")
    if slug not in documents:
        return CONCEPTS_GRAPH
    return CASCADE_GRAPH if rest.startswith(_COMPARISONS) else document_graph(slug)


# ---------------------------------------------------------------- literals


@lru_cache(_MANY)
def text(value: str, language: str = "zh") -> Literal | None:
    """Return a literal with a language tag, or None where there is no text."""
    return Literal(value, lang=language) if value else None


def noted(note: Note) -> tuple[Literal, ...]:
    """Return a note as literals: a person's words as Chinese, a message in both languages."""
    if isinstance(note, Message):
        return tuple(Literal(render(note, language), lang=language) for language in ("zh", "en"))
    return (Literal(note, lang="zh"),) if note else ()


@lru_cache(_MANY)
def code(value: str | None) -> Literal | None:
    """Return a plain string literal, or None where it is empty."""
    return Literal(str(value)) if value else None


def integer(value: int | None) -> Literal | None:
    """Return an xsd:integer literal, or None."""
    return None if value is None else _typed(str(value), _INTEGER)


def boolean(value: bool) -> Literal:
    """Return an xsd:boolean literal."""
    return _typed("true" if value else "false", _BOOLEAN)


@lru_cache(_MANY)
def decimal(value: Decimal | str | None) -> Literal | None:
    """Return an xsd:decimal literal in canonical form, or None where the value is no finite number.

    Stores rewrite decimals (``78.0`` to ``78``), so they are written that way from the start.

    >>> str(decimal("78.0")), str(decimal("-0.50")), decimal("7-8")
    ('78', '-0.5', None)
    """
    try:
        number = Decimal(value) if value is not None else None
    except InvalidOperation:
        return None
    if number is None or not number.is_finite():
        return None
    written = f"{number:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    sign, digits = ("-", written[1:]) if written.startswith("-") else ("", written)
    digits = digits.lstrip("0") or "0"
    digits = "0" + digits if digits.startswith(".") else digits
    return _typed(digits if digits == "0" else sign + digits, _DECIMAL)


def date(value: str) -> Literal | None:
    """Return a date, month or year as printed in ISO form; any other text, 9月31日 too, stays a plain string.

    >>> date("2021-01-25").datatype.fragment, date("2019").datatype.fragment, date("2021-09-31").datatype
    ('date', 'gYear', None)
    """
    datatype = next((kind for pattern, kind in _DATES if pattern.match(value)), None)
    if datatype is None or (datatype == _DATE and not _is_in_calendar(value)):
        return code(value)
    return _typed(value, datatype)


def _is_in_calendar(day: str) -> bool:
    with suppress(ValueError):
        return bool(datetime.date.fromisoformat(day))
    return False


def day(value: str) -> Literal | None:
    """Return a date of a day, or None where only the month or the year is known."""
    found = date(value)
    return found if found is not None and found.datatype == _DATE else None


@lru_cache(_MANY)
def _typed(written: str, datatype: URIRef) -> Literal:
    """Keep the lexical form: rdflib would rewrite a year as a date."""
    return Literal(written, datatype=datatype, normalize=False)
