"""Know where servers keep the addresses for writing, and which graphs are their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

_SYSTEM = re.compile(
    r"http://www\.openlinksw\.com/.*|http://localuriqaserver/.*|http://www\.w3\.org/(ns/ldp|2002/07/owl)#|urn:activitystreams-owl:map"
    r"|urn:core:services:sparql|urn:rules\.skos|urn:virtuoso:.*|urn:x-policygraph:loading:.*|http://[^/]+/DAV/?|http://www\.w3\.org/1999/02/22-rdf-syntax-ns#"
)
# Product in the header Server, end of the query address, what takes its place for updates and for whole graphs.
_KNOWN = (
    ("Virtuoso", "/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth"),
    ("Virtuoso", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
    ("Oxigraph", "/query", "/update", "/store"),
    ("Fuseki", "/query", "/update", "/data"),
    ("Fuseki", "/sparql", "/update", "/data"),
)
_RDF4J = re.compile(r"(.*/repositories/[^/]+)/?")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where an endpoint takes queries, updates and whole graphs; None where that is not known."""

    query: str
    update: str | None = None
    graphs: str | None = None


def guess(query: str, server: str) -> Addresses:
    """Return the addresses beside a query address, by the product that answers there.

    >>> guess("http://localhost:8890/sparql", "Virtuoso/07.20").graphs
    'http://localhost:8890/sparql-graph-crud-auth'
    """
    parts = urlsplit(query)

    def beside(path: str) -> str:
        return urlunsplit(parts._replace(path=path, query=""))

    for product, tail, update, graphs in _KNOWN:
        if product in server and parts.path.endswith(tail):
            root = parts.path.removesuffix(tail)
            return Addresses(query, beside(root + update), beside(root + graphs))
    if match := _RDF4J.fullmatch(parts.path):
        return Addresses(query, beside(f"{match[1]}/statements"), beside(f"{match[1]}/rdf-graphs/service"))
    return Addresses(query, query)


def is_system(graph: str) -> bool:
    """Tell whether a graph is one that Virtuoso makes for itself."""
    return bool(_SYSTEM.fullmatch(graph))
