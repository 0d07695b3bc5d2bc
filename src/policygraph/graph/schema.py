"""Load the ontology, as an rdflib graph for reasoning and as quads for the store."""

from __future__ import annotations

from rdflib import Graph

from policygraph import assets, nameless
from policygraph.turtle import read_into
from policygraph.vocab import ONTOLOGY, ONTOLOGY_GRAPH, Quad


def schema(alignments: bool = False) -> Graph:
    """Return the ontology, with the alignments to other vocabularies where asked."""
    graph = Graph()
    for name in ("policygraph.ttl", "alignments.ttl") if alignments else ("policygraph.ttl",):
        read_into(graph, assets.path("ontology", name).read_text(encoding="utf-8"), ONTOLOGY)
    return graph


def ontology_graph() -> tuple[Quad, ...]:
    """Return the ontology and its alignments as quads; list nodes get IRIs made from what they are part of."""
    return nameless.named(schema(alignments=True), ONTOLOGY_GRAPH)
