"""Collect what one named graph states; an absent object writes nothing.

Statements are kept as text: most go to a store as lines, and rdflib's terms take long to compare.
"""

from __future__ import annotations

from typing import Any

from rdflib import RDF, RDFS, URIRef
from rdflib.term import Identifier

from policygraph import vocab
from policygraph.model import Evidence
from policygraph.quads import Triple, ordered_triples, read, term
from policygraph.vocab import PG, Quad

_TYPE, _LABEL = RDF.type, RDFS.label  # rdflib makes a term of its namespaces anew each time it is named


class Writer:
    """Gather statements in one named graph."""

    def __init__(self, graph: URIRef) -> None:
        self._graph = graph
        self._triples: set[Triple] = set()
        self._nodes: dict[int, URIRef] = {}

    def add(self, node: URIRef, *statements: tuple[URIRef, Identifier | None]) -> None:
        """State properties of a node; those whose object is None are left out."""
        about = term(node)
        self._triples.update((about, term(link), term(value)) for link, value in statements if value is not None)

    def typed(self, node: URIRef, *classes: URIRef) -> None:
        """State the classes of a node."""
        self.add(node, *((_TYPE, kind) for kind in classes))

    def label(self, node: URIRef, zh: str, en: str = "") -> None:
        """State the labels of a node."""
        self.add(node, (_LABEL, vocab.text(zh)), (_LABEL, vocab.text(en, "en")))

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

    @property
    def triples(self) -> set[Triple]:
        """Return what was gathered, as text."""
        return self._triples

    def quads(self) -> tuple[Quad, ...]:
        """Return what was gathered, sorted."""
        return tuple((read(s), read(p), read(o), self._graph) for s, p, o in ordered_triples(self._triples))  # type: ignore[misc]
