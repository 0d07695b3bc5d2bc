"""Load the ontology, as an rdflib graph for reasoning and as quads for the store."""

from __future__ import annotations

import hashlib

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Identifier, Node

from policygraph import assets, quads
from policygraph.vocab import BASE, ONTOLOGY_GRAPH, Quad


def schema(alignments: bool = False) -> Graph:
    """Return the ontology, with the alignments to other vocabularies where asked."""
    graph = Graph()
    for name in ("policygraph.ttl", "alignments.ttl") if alignments else ("policygraph.ttl",):
        graph.parse(assets.path("ontology", name), format="turtle")
    return graph


def ontology_graph() -> tuple[Quad, ...]:
    """Return the ontology and its alignments as quads; list nodes get IRIs made from their content."""
    graph = schema(alignments=True)
    named: dict[Node, URIRef] = {}
    found = {(_named(s, graph, named), _iri(p), _named(o, graph, named), ONTOLOGY_GRAPH) for s, p, o in graph}
    return quads.ordered((_iri(s), p, o, g) for s, p, o, g in found)


def _named(node: Node, graph: Graph, named: dict[Node, URIRef]) -> Identifier:
    if not isinstance(node, BNode):
        return _term(node)
    if node not in named:
        lines = sorted(f"{p} {quads.term(_named(o, graph, named))}" for p, o in graph.predicate_objects(node))
        digest = hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()[:12]
        named[node] = URIRef(f"{BASE}ontology/node/{digest}")
    return named[node]


def _term(node: Node) -> Identifier:
    if isinstance(node, Literal) and node.language:
        return Literal(str(node), lang=node.language.lower())
    assert isinstance(node, Identifier)
    return node


def _iri(node: Node) -> URIRef:
    assert isinstance(node, URIRef)
    return node
