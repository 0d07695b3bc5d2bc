"""Describe the service: SPARQL 1.1 Service Description, and the catalogue as JSON."""

from __future__ import annotations

from rdflib import RDF, Graph, Literal, Namespace, URIRef

from policygraph.query import Parameter, Question, catalogue
from policygraph.vocab import bind

_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_NAMES = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
_KINDS = {"number": "integer", "year": "integer", "iri": "iri"}


def service(address: str, graphs: list[str]) -> tuple[tuple[URIRef, URIRef, URIRef | Literal], ...]:
    """Return the triples that describe the endpoint at an address and its graphs."""
    me, dataset, default = (URIRef(f"{address}#{name}") for name in ("service", "dataset", "default-graph"))
    found: list[tuple[URIRef, URIRef, URIRef | Literal]] = [
        (me, RDF.type, _SD.Service),
        (me, _SD.endpoint, URIRef(address)),
        (me, _SD.supportedLanguage, _SD.SPARQL11Query),
        (me, _SD.feature, _SD.UnionDefaultGraph),
        (me, _SD.defaultDataset, dataset),
        (dataset, RDF.type, _SD.Dataset),
        (dataset, _SD.defaultGraph, default),
        (default, RDF.type, _SD.Graph),
    ]
    found += [(me, _SD.resultFormat, _FORMATS[name]) for name in _NAMES]
    for number, name in enumerate(graphs, start=1):
        part = URIRef(f"{address}#graph-{number}")
        found += [(dataset, _SD.namedGraph, part), (part, RDF.type, _SD.NamedGraph), (part, _SD.name, URIRef(name))]
    return tuple(found)


def turtle(triples: tuple[tuple[URIRef, URIRef, URIRef | Literal], ...]) -> Graph:
    """Return triples as a graph with the prefixes of service descriptions."""
    graph = bind(Graph())
    graph.bind("sd", _SD)
    for triple in triples:
        graph.add(triple)
    return graph


def questions(base: str) -> dict[str, object]:
    """Return the catalogue: each question with its address, columns and typed parameters."""
    return {"sparql": f"{base}/sparql", "questions": [_question(each, base) for each in catalogue()]}


def _question(asked: Question, base: str) -> dict[str, object]:
    address = f"{base}/queries/{asked.name}"
    return {
        "name": asked.name,
        "folder": asked.folder,
        "title": {"zh": asked.title_zh, "en": asked.title_en},
        "description": {"zh": asked.description_zh, "en": asked.description_en},
        "tags": list(asked.tags),
        "columns": list(asked.columns),
        "parameters": [_parameter(each, address) for each in asked.parameters],
        "url": address,
        "formats": {form: f"{address}.{form}" for form in ("json", "csv", "tsv", "xlsx")},
    }


def _parameter(parameter: Parameter, address: str) -> dict[str, object]:
    return {
        "name": parameter.name,
        "type": parameter.type,
        "value": _KINDS.get(parameter.type, "string"),
        "default": parameter.default or None,
        "example": parameter.example,
        "values": f"{address}/{parameter.name}",
    }
