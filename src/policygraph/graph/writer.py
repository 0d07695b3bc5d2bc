"""Collect the quads of one named graph; an absent object writes nothing."""

from __future__ import annotations

from typing import Any

from rdflib import RDF, RDFS, URIRef
from rdflib.term import Identifier

from policygraph import quads, vocab
from policygraph.model import Evidence
from policygraph.vocab import PG, Quad


class Writer:
    """Gather quads in one named graph."""

    def __init__(self, graph: URIRef) -> None:
        self._graph = graph
        self._quads: set[Quad] = set()
        self._nodes: dict[int, URIRef] = {}

    def add(self, node: URIRef, *statements: tuple[URIRef, Identifier | None]) -> None:
        """State properties of a node; those whose object is None are left out."""
        self._quads.update((node, term, value, self._graph) for term, value in statements if value is not None)

    def typed(self, node: URIRef, *classes: URIRef) -> None:
        """State the classes of a node."""
        self.add(node, *((RDF.type, kind) for kind in classes))

    def label(self, node: URIRef, zh: str, en: str = "") -> None:
        """State the labels of a node."""
        self.add(node, (RDFS.label, vocab.text(zh)), (RDFS.label, vocab.text(en, "en")))

    def fact(self, node: URIRef, row: Any, quote: str = "") -> None:
        """State where the fact of a row stands and how far it can be trusted; the first node of a row is its own."""
        evidence: Evidence = row.evidence
        self._nodes.setdefault(id(row), node)
        self.add(
            node,
            (PG.quote, vocab.text(quote)),
            (PG.start, vocab.integer(evidence.start)),
            (PG.end, vocab.integer(evidence.end)),
            (PG.factStatus, vocab.code(evidence.status)),
            (PG.confidence, vocab.decimal(evidence.confidence)),
            (PG.rule, vocab.code(evidence.rule)),
            (PG.match, vocab.decimal(evidence.match)),
            *((PG.note, each) for each in vocab.noted(evidence.note)),
        )

    def node_of(self, row: Any) -> URIRef | None:
        """Return the node of a row, None where it has none of its own."""
        return self._nodes.get(id(row))

    def quads(self) -> tuple[Quad, ...]:
        """Return what was gathered, sorted."""
        return quads.ordered(self._quads)
