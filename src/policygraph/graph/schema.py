"""Load the ontology, as an rdflib graph for reasoning and as quads for the store."""

from __future__ import annotations

import hashlib

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Identifier, Node

from policygraph import assets, quads
from policygraph.graph import iris
from policygraph.vocab import ONTOLOGY_GRAPH, Quad


def schema(alignments: bool = False) -> Graph:
    """Return the ontology, with the alignments to other vocabularies where asked."""
    graph = Graph()
    for name in ("policygraph.ttl", "alignments.ttl") if alignments else ("policygraph.ttl",):
        graph.parse(assets.path("ontology", name), format="turtle")
    return graph


def ontology_graph() -> tuple[Quad, ...]:
    """Return the ontology and its alignments as quads; list nodes get IRIs made from what they are part of."""
    graph = schema(alignments=True)
    found = ((_iri(_named(s, graph)), _iri(p), _named(o, graph), ONTOLOGY_GRAPH) for s, p, o in graph)
    return quads.ordered(found)


def _named(node: Node, graph: Graph) -> Identifier:
    return iris.ontology_node(_digest(node, graph)) if isinstance(node, BNode) else _term(node)


def _digest(node: Node, graph: Graph) -> str:
    """Hash a node by its owner, if any, and its content: the nodes of the ontology are trees."""
    owner = next(graph.subject_predicates(node), None)
    above = [quads.term(_named(owner[0], graph)), str(owner[1])] if owner else []
    return hashlib.sha256("\n".join([*above, *_content(node, graph)]).encode("utf-8")).hexdigest()[:12]


def _content(node: Node, graph: Graph) -> list[str]:
    lines = []
    for term, value in graph.predicate_objects(node):
        below = _content(value, graph) if isinstance(value, BNode) else [quads.term(_term(value))]
        lines.append(f"{term} {' '.join(below)}")
    return sorted(lines)


def _term(node: Node) -> Identifier:
    if isinstance(node, Literal) and node.language:
        return Literal(str(node), lang=node.language.lower())
    assert isinstance(node, Identifier)
    return node


def _iri(node: Node) -> URIRef:
    assert isinstance(node, URIRef)
    return node
