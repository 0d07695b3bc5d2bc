"""Name what every store can do; the rooms that read a store need no more than this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Protocol, Self

from rdflib import URIRef

from policygraph.rows import Rows
from policygraph.store.answers import NO_LIMITS, Answer, Bindings, Limits, Triple
from policygraph.vocab import Quad


class Store(Protocol):
    """Named graphs that can be replaced whole and asked; the default graph of a query is their union."""

    def replace(self, graph: URIRef, quads: Iterable[Quad]) -> None:
        """Put these quads in the place of a named graph, all of them or none."""

    def add_all(self, quads: Iterable[Quad]) -> None:
        """Add many quads, fast; what was there stays."""

    def quads(self, graph: URIRef | None = None) -> Iterator[Quad]:
        """Yield the quads of one named graph or of all, in no order."""

    def graphs(self) -> tuple[URIRef, ...]:
        """Return the names of the graphs, sorted."""

    def count(self, graph: URIRef | None = None) -> int:
        """Return the number of quads of one named graph or of all."""

    def answer(self, sparql: str, bindings: Bindings | None = None, limits: Limits = NO_LIMITS) -> Answer:
        """Answer a query with RDF terms. Raises QueryError for a query that is malformed, writes or takes too long."""

    def query(
        self, sparql: str, bindings: Bindings | None = None, limits: Limits = NO_LIMITS
    ) -> Rows | bool | tuple[Triple, ...]:
        """Answer a query with plain cells; otherwise as :meth:`answer`."""

    def optimize(self) -> None:
        """Put the data in the order that is fastest to read; worth it once after a bulk load."""

    def close(self) -> None:
        """Let go of the files; a closed store raises StoreError."""

    def __enter__(self) -> Self:
        """Return the store itself."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
