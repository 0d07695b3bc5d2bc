"""Take quads out of a store: all of them, or those of one document."""

from __future__ import annotations

from policygraph import query
from policygraph.errors import UsageError
from policygraph.store import Store
from policygraph.vocab import Quad, document_graph, identifier_of


def choose_quads(store: Store, document: str | None = None) -> tuple[Quad, ...]:
    """Return all quads, or those of one document (by any of its names). Raises UsageError where there are none."""
    graph = None
    if document:
        found = query.identify(store, "document", document)
        graph = document_graph(identifier_of("document", found))
    quads = tuple(store.quads(graph))
    if not quads:
        raise UsageError("stored.nothing-to-write")
    return quads
