"""Write the shapes into a graph of their own, so that a query finds the text and the theme of a rule."""

from __future__ import annotations

from rdflib import RDFS, SH, Graph, URIRef

from policygraph import nameless, quads
from policygraph.vocab import SHAPES_GRAPH, Quad


def shape_quads(shapes: Graph) -> tuple[Quad, ...]:
    """Return the shapes as quads, sorted; what a shape finds wrong (``sh:message``) is its label too."""
    stated = nameless.named(shapes, SHAPES_GRAPH)
    messages = [(s, o) for s, o in shapes.subject_objects(SH.message) if isinstance(s, URIRef)]
    labels = [(s, RDFS.label, o, SHAPES_GRAPH) for s, o in messages]
    return quads.ordered((*stated, *labels))  # type: ignore[arg-type]
