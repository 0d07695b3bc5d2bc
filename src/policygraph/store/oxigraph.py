"""Keep named graphs in Oxigraph, in memory or on disk."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from types import TracebackType
from typing import Self, TypeVar

import pyoxigraph as ox
from rdflib import URIRef

from policygraph.errors import PolicyGraphError, QueryError, StoreError
from policygraph.messages import Foreign
from policygraph.rows import Rows
from policygraph.store import sparql as text
from policygraph.store.answers import NO_LIMITS, Answer, Bindings, Limits, Solutions, Triple
from policygraph.store.depth import with_room
from policygraph.store.terms import from_ox, node, ox_quads, rdf_quad
from policygraph.vocab import NODE, Quad, prefixes

T = TypeVar("T")
_BATCH = 24 << 20  # bytes of text in one bulk load, which takes some ten times as much memory
_NAMELESS = re.compile(rb"<%s([^<>]*)>" % re.escape(str(NODE)).encode())


class OxigraphStore:
    """A store over one pyoxigraph store; see :class:`policygraph.store.Store` for the verbs.

    The prefixes of ontology/context.jsonld are known in every query. A time limit stops the waiting at
    once and the work at the next row; the engine has no way to break off inside a join.
    """

    def __init__(self, engine: ox.Store, read_only: bool = False) -> None:
        self._engine: ox.Store | None = engine
        self._read_only = read_only

    def replace(self, graph: URIRef, quads: Iterable[Quad]) -> None:
        """Put these quads in the place of a named graph, in one transaction."""
        name = node(str(graph))
        lines = [f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in _of_graph(name, ox_quads(quads))]
        engine = self._writable()
        _guard(
            lambda: engine.update(f"DROP SILENT GRAPH {name}; INSERT DATA {{ GRAPH {name} {{ {''.join(lines)} }} }}")
        )

    def add_all(self, quads: Iterable[Quad]) -> None:
        """Add many quads in one bulk load, without holding them in memory."""
        engine = self._writable()
        _guard(lambda: engine.bulk_extend(ox_quads(quads)))

    def load(self, text: Iterable[bytes], threads: int = 1) -> None:
        """Add many quads as N-Quads, given in pieces of whole lines, without holding them all in memory.

        The engine loads a batch without holding up Python: with more threads it loads as many at once, of a smaller
        size, so that memory stays.
        """
        load = partial(self._writable().bulk_load, format=ox.RdfFormat.N_QUADS)
        batches = _batches(text, _BATCH // threads)
        with ThreadPoolExecutor(threads) as pool:
            running: deque[Future[None]] = deque()
            for batch in batches:
                running.append(pool.submit(load, batch))
                if len(running) == threads:
                    _guard(running.popleft().result)
            for each in running:
                _guard(each.result)

    def amend(self, removed: Iterable[str], added: Iterable[str]) -> None:
        """Take out some lines of N-Quads and put in others."""
        engine = self._writable()

        def change() -> None:
            for quad in ox.parse("".join(removed), format=ox.RdfFormat.N_QUADS):
                engine.remove(quad)
            engine.extend(ox.parse("".join(added), format=ox.RdfFormat.N_QUADS))

        _guard(change)

    def quads(self, graph: URIRef | None = None) -> Iterator[Quad]:
        """Yield the quads of one named graph or of all, in no order."""
        name = node(str(graph)) if graph is not None else None
        for quad in self._open().quads_for_pattern(None, None, None, name):
            yield rdf_quad(quad)

    def graphs(self) -> tuple[URIRef, ...]:
        """Return the names of the graphs, sorted."""
        return tuple(sorted(URIRef(name.value) for name in self._open().named_graphs()))

    def count(self, graph: URIRef | None = None) -> int:
        """Return the number of quads of one named graph or of all (a scan)."""
        if graph is None:
            return len(self._open())
        return sum(1 for _ in self._open().quads_for_pattern(None, None, None, node(str(graph))))

    def answer(self, sparql: str, bindings: Bindings | None = None, limits: Limits = NO_LIMITS) -> Answer:
        """Answer a query with RDF terms; the default graph is the union, unless the query says FROM.

        The engine meets a triple that stands in several graphs once in each: count DISTINCT.
        """
        engine = self._open()
        return _within(limits, lambda stop: _evaluate(engine, sparql, bindings or {}, stop))

    def query(
        self, sparql: str, bindings: Bindings | None = None, limits: Limits = NO_LIMITS
    ) -> Rows | bool | tuple[Triple, ...]:
        """Answer a query with plain cells (see :func:`policygraph.store.answers.plain`)."""
        found = self.answer(sparql, bindings, limits)
        return found.plain() if isinstance(found, Solutions) else found

    def digest(self) -> str:
        """Return the sha256 of all quads as sorted lines of N-Quads, as a paper pack names it.

        >>> OxigraphStore(ox.Store()).digest()[:8]
        'e3b0c442'
        """
        text = self._open().dump(format=ox.RdfFormat.N_QUADS) or b""
        lines = sorted(_NAMELESS.sub(rb"_:n\1", text).splitlines(keepends=True))
        return sha256(b"".join(lines)).hexdigest()

    def optimize(self) -> None:
        """Compact the files."""
        self._writable().optimize()

    def close(self) -> None:
        """Write what is pending and let go of the files; closing twice is fine."""
        if self._engine is not None and not self._read_only:
            self._engine.flush()
        self._engine = None

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def _open(self) -> ox.Store:
        if self._engine is None:
            raise StoreError("store.closed")
        return self._engine

    def _writable(self) -> ox.Store:
        if self._read_only:
            raise StoreError("store.read-only")
        return self._open()


def _batches(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    batch = bytearray()
    for piece in pieces:
        batch += piece
        if len(batch) >= size:
            yield bytes(batch)
            batch.clear()
    if batch:
        yield bytes(batch)


class _Stop:
    """Say to work in another thread when it must end."""

    def __init__(self, limits: Limits) -> None:
        self._end = None if limits.seconds is None else time.monotonic() + limits.seconds
        self._limits = limits

    def check(self, rows: int) -> None:
        if self._end is not None and time.monotonic() > self._end:
            raise self.late()
        if self._limits.rows is not None and rows > self._limits.rows:
            raise QueryError("store.too-many-rows", most=self._limits.rows)

    def late(self) -> QueryError:
        return QueryError("store.query-late", seconds=f"{self._limits.seconds:g}")


def _of_graph(name: ox.NamedNode, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        if quad.graph_name != name:
            raise StoreError("store.foreign-quad", found=quad.graph_name, graph=name)
        yield quad


def _evaluate(engine: ox.Store, sparql: str, bindings: Bindings, stop: _Stop) -> Answer:
    query = text.prepare(sparql, tuple(prefixes().items()))
    bound = text.bind(query.text, bindings)
    try:
        found = engine.query(bound, use_default_graph_as_union=not query.has_dataset, prefixes=dict(prefixes()))
        if isinstance(found, ox.QuerySolutions):
            columns = tuple(variable.value for variable in found.variables)
            rows = _drawn((tuple(None if t is None else from_ox(t) for t in row) for row in found), stop)
            return Solutions(columns, rows)
        if isinstance(found, ox.QueryTriples):
            triples = ((from_ox(t.subject), from_ox(t.predicate), from_ox(t.object)) for t in found)
            return _drawn(triples, stop)
        return bool(found)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise QueryError("store.query-failed", reason=Foreign(str(error).splitlines()[0])) from error


def _drawn(rows: Iterable[T], stop: _Stop) -> tuple[T, ...]:
    drawn: list[T] = []
    for row in rows:
        drawn.append(row)
        stop.check(len(drawn))
    return tuple(drawn)


def _within(limits: Limits, work: Callable[[_Stop], Answer]) -> Answer:
    stop = _Stop(limits)
    try:
        return with_room(lambda: work(stop), limits.seconds)
    except TimeoutError as error:
        raise stop.late() from error


def _guard(change: Callable[[], None]) -> None:
    try:
        change()
    except PolicyGraphError:
        raise
    except (OSError, ValueError, SyntaxError) as error:
        raise StoreError("store.not-written", reason=Foreign(str(error))) from error
