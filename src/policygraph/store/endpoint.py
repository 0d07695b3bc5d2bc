"""Keep named graphs on a server that speaks SPARQL 1.1: Oxigraph, Virtuoso, Fuseki, RDF4J, GraphDB, ..."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace as changed
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType, TracebackType
from typing import Self
from urllib.parse import urlencode

from rdflib import BNode, URIRef

from policygraph.errors import QueryError, StoreError
from policygraph.quads import ordered, term
from policygraph.rows import Rows
from policygraph.store import describe, wire
from policygraph.store import sparql as text
from policygraph.store.addresses import Addresses, guess, is_system
from policygraph.store.answers import NO_LIMITS, Answer, Bindings, Limits, Solutions, Triple
from policygraph.store.auth import checked
from policygraph.store.client import PATIENT, Client, Patience
from policygraph.store.failures import place_of, said
from policygraph.store.reply import Reply
from policygraph.store.request import put
from policygraph.store.terms import node, to_ox
from policygraph.vocab import Quad, prefixes

_Parameters = Mapping[str, list[str]]
NOTHING: _Parameters = MappingProxyType({})
# What makes the default graph the union, the first that works: nothing, Oxigraph's switch, Jena's name for it.
_UNIONS: tuple[_Parameters, ...] = (
    {},
    {"union-default-graph": [""]},
    {"default-graph-uri": ["urn:x-arq:UnionGraph"]},
)
_TRIPLE = ("?s", "?p", "?o")
_A_SECOND = 1_000  # triples that a server takes in at the least: a graph of all comparisons of 1,000 plans has 800,000
_BATCH = 2_000  # triples in one INSERT DATA; Virtuoso runs out of memory at 5,000
_PAGE = 50_000
_MOST_GRAPHS = 200  # that one request may name
_ONE = "SELECT ?s ?p { GRAPH ?g { ?s ?p ?o } FILTER(isIRI(?s)) } LIMIT 1"
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


class EndpointStore:
    """A store over the SPARQL 1.1 protocols; see :class:`policygraph.store.Store` for the verbs.

    The default graph of a query is the union of all graphs, whatever the server's own default is; Virtuoso's
    own graphs are part of its union, and are left out of :meth:`graphs`, :meth:`count` and :meth:`quads`.
    Raises StoreError where the server cannot be used, QueryError where it refuses a query or cuts an answer.
    """

    def __init__(
        self,
        url: str,
        read_only: bool = False,
        patience: Patience = PATIENT,
        update: str | None = None,
        graph_store: str | None = None,
    ) -> None:
        self._client: Client | None = Client(checked(url), patience)
        self._url = checked(url)
        self._read_only = read_only
        self._given = Addresses(self._url, update and checked(update), graph_store and checked(graph_store))
        self._page = _PAGE
        self._union: _Parameters | None = None
        self._found: Addresses | None = None

    # ------------------------------------------------------------ asking

    def answer(self, sparql: str, bindings: Bindings | None = None, limits: Limits = NO_LIMITS) -> Answer:
        """Answer a query with RDF terms in canonical form; syntax is checked before it is sent."""
        query = text.prepare(sparql, tuple(prefixes().items()))
        written = wire.compact(wire.without_undefined(wire.inline(query.text, bindings or {})))
        union: _Parameters = {} if query.has_dataset else self._as_union()
        found = self._ask(written, union, limits)
        size = 1 if isinstance(found, bool) else len(found.rows) if isinstance(found, Solutions) else len(found)
        if limits.rows is not None and size > limits.rows:
            raise QueryError("store.too-many-rows", most=limits.rows)
        return found

    def query(
        self, sparql: str, bindings: Bindings | None = None, limits: Limits = NO_LIMITS
    ) -> Rows | bool | tuple[Triple, ...]:
        """Answer a query with plain cells (see :func:`policygraph.store.answers.plain`)."""
        found = self.answer(sparql, bindings, limits)
        return found.plain() if isinstance(found, Solutions) else found

    def quads(self, graph: URIRef | None = None) -> Iterator[Quad]:
        """Yield the quads of one named graph or of all. Raises StoreError where the server gives only a part."""
        sizes = self.counts() if graph is None else {graph: self.count(graph)}
        for name, size in sizes.items():
            yield from self._quads(name, size)

    def graphs(self) -> tuple[URIRef, ...]:
        """Return the names of the graphs, sorted; the server's own are left out."""
        return tuple(self.counts())

    def count(self, graph: URIRef | None = None) -> int:
        """Return the number of quads of one named graph or of all."""
        if graph is None:
            return sum(self.counts().values())
        found = self._rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {node(str(graph))} {{ ?s ?p ?o }} }}", ("?n",))
        return self._number(found.rows[0][0]) if found.rows else 0

    def counts(self) -> dict[URIRef, int]:
        """Return the number of triples of each graph, by name."""
        rows = self._pages(_COUNTS, ("?g", "?n"), "?g", None)
        found = [(str(g), self._number(n)) for g, n in rows if g is not None]
        return {URIRef(g): n for g, n in sorted(found) if n and not is_system(g)}

    # ------------------------------------------------------------ writing

    def replace(self, graph: URIRef, quads: Iterable[Quad]) -> None:
        """Put these quads in the place of a named graph: in one request, or beside it and then moved over it."""
        lines = self._lines(graph, quads)
        if graphs := self._addresses().graphs:
            self._put(graphs, graph, lines)
        elif len(lines) <= _BATCH:
            name = node(str(graph))
            self._update(f"DROP SILENT GRAPH {name} ; {_insert(graph, ''.join(lines))}" if lines else _drop(graph))
        else:
            self._replace_in_steps(graph, lines)

    def add_all(self, quads: Iterable[Quad]) -> None:
        """Add many quads, graph by graph; what was there stays."""
        for name, part in groupby(ordered(quads), key=itemgetter(3)):
            for batch in wire.batches(self._lines(name, part), _BATCH):
                self._update(_insert(name, batch))

    def optimize(self) -> None:
        """Do nothing: a server looks after its own files."""

    def close(self) -> None:
        """Hang up; a closed store raises StoreError."""
        if self._client is not None:
            self._client.close()
        self._client = None

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    # ------------------------------------------------------------ how

    def _ask(self, query: str, parameters: _Parameters, limits: Limits = NO_LIMITS) -> Answer:
        form, template = wire.form_of(query), None
        if form == "DESCRIBE":
            return self._describe(query, parameters, limits)
        if form == "CONSTRUCT":
            query, template = wire.as_select(query)
            form = "SELECT"
        reply = self._open().ask(self._url, query, form, parameters, limits.seconds)
        place = place_of(self._url)
        if reply.kind in ("text/html", "application/xhtml+xml"):
            raise StoreError("store.web-page", place=place)
        found = wire.results(reply.body, place)
        if isinstance(found, Solutions):
            _refuse_a_part(reply, len(found.rows))
        return wire.fill(template, found) if template is not None and isinstance(found, Solutions) else found

    def _describe(self, query: str, parameters: _Parameters, limits: Limits) -> tuple[Triple, ...]:
        parts = describe.parts(query)
        things = self._rows(parts.finding, (), parameters, limits) if parts.finding else None
        triples: dict[Triple, None] = {}
        for part in parts.queries(things):
            rows = self._rows(part, _TRIPLE, parameters, limits).rows
            triples.update(dict.fromkeys(rows))  # type: ignore[arg-type]
        return tuple(triples)

    def _rows(
        self,
        query: str,
        columns: tuple[str, ...],
        parameters: _Parameters = NOTHING,
        limits: Limits = NO_LIMITS,
    ) -> Solutions:
        """Ask a query that we wrote; it has these columns, or any where none are given."""
        found = self._ask(query, parameters, limits)
        if not isinstance(found, Solutions):
            raise StoreError("store.no-rows", place=place_of(self._url))
        if columns and found.columns != tuple(name[1:] for name in columns):
            raise StoreError("store.other-columns", place=place_of(self._url), wanted=columns)
        return found

    def _number(self, found: object) -> int:
        written = str(found)
        if not (written.isascii() and written.isdecimal() and len(written) < 20):
            raise StoreError("store.no-number", place=place_of(self._url), found=said(written))
        return int(written)

    def _pages(
        self, query: str, columns: tuple[str, ...], order: str, size: int | None
    ) -> Iterator[tuple[object, ...]]:
        """Yield all rows of a query; ordered inside, since Virtuoso refuses to order behind row 10,000."""
        page, start = self._page, 0
        while True:
            cut = f"SELECT {' '.join(columns)} {{ {{ {query} ORDER BY {order} }} }} LIMIT {page} OFFSET {start}"
            if size is not None and size < page:
                cut = query  # one page holds it all
            try:
                rows = self._rows(cut, columns).rows
            except _CutError as error:
                if error.rows < 2:
                    raise
                page = self._page = error.rows // 2  # a page of just that many rows is taken for a cut one
                continue
            yield from rows
            start += len(rows)
            if len(rows) < page:
                return

    def _quads(self, graph: URIRef, size: int) -> Iterator[Quad]:
        query = f"SELECT ?s ?p ?o {{ GRAPH {node(str(graph))} {{ ?s ?p ?o }} }}"
        seen = 0
        for s, p, o in self._pages(query, _TRIPLE, "?s ?p ?o", size):
            seen += 1
            yield s, p, o, graph  # type: ignore[misc]
        if seen != size:
            raise StoreError("store.read-in-part", graph=graph, seen=seen, total=size)

    def _as_union(self) -> _Parameters:
        """Find out, once there are data, how this server is told that the default graph is the union."""
        if self._union is None:
            some = self._rows(_ONE, _TRIPLE[:2]).rows
            if not some:
                return _UNIONS[0]
            query = f"ASK {{ {' '.join(term(part) for part in some[0] if part is not None)} ?o }}"
            self._union = next((each for each in _UNIONS if self._is_true(query, each)), None) or self._all_named(query)
        return self._union

    def _is_true(self, query: str, parameters: _Parameters) -> bool:
        try:
            return self._ask(query, parameters) is True
        except QueryError:  # a server that does not take the parameter
            return False

    def _all_named(self, query: str) -> _Parameters:
        if self._is_true(query, {}):
            return {}
        names = [str(name) for name in self.graphs()]
        found = {"default-graph-uri": names, "named-graph-uri": names}
        if len(names) > _MOST_GRAPHS or not self._is_true(query, found):
            raise StoreError("store.no-union", place=place_of(self._url))
        return found

    def _addresses(self) -> Addresses:
        if self._read_only:
            raise StoreError("store.read-only")
        if self._found is None:
            reply = self._open().ask(self._url, "ASK {}", "ASK", {})
            known = guess(self._url, reply.headers.get("server", ""))
            given = {"update": self._given.update, "graphs": self._given.graphs}
            if given["update"] and not given["graphs"]:
                known = changed(known, graphs=None)
            self._found = changed(known, **{name: value for name, value in given.items() if value})
        return self._found

    def _lines(self, graph: URIRef, quads: Iterable[Quad]) -> list[str]:
        """Check quads and write them as N-Triples, sorted, each once."""
        for s, p, o, g in (found := ordered(quads)):
            if g != graph:
                raise StoreError("store.foreign-quad", found=g, graph=graph)
            if isinstance(s, BNode) or isinstance(o, BNode):
                raise StoreError("store.blank-node", graph=graph)
            for part in (s, p, o, g):
                to_ox(part)  # raises where it is no IRI
        return [f"{term(s)} {term(p)} {term(o)} .\n" for s, p, o, _ in found]

    def _put(self, address: str, graph: URIRef, lines: list[str]) -> None:
        sign = "&" if "?" in address else "?"
        place = f"{address}{sign}{urlencode({'graph': str(graph)})}"
        request = put(place, "".join(lines).encode(), "application/n-triples")
        self._open().prepare(address)
        try:
            self._open().send(request, self._open().patience.seconds + len(lines) / _A_SECOND)
        except QueryError as error:
            raise StoreError("store.graph-not-written", graph=graph, reason=error.message) from error
        except StoreError as error:
            if lines or error.key != "store.nothing-there":  # what is not there need not be deleted
                raise

    def _replace_in_steps(self, graph: URIRef, lines: list[str]) -> None:
        """Load beside the graph, then move over it: a failure on the way leaves the old graph whole."""
        beside = URIRef(f"urn:x-policygraph:loading:{sha256(str(graph).encode()).hexdigest()[:16]}")
        self._update(_drop(beside))
        try:
            for batch in wire.batches(lines, _BATCH):
                self._update(_insert(beside, batch))
            if (held := self.count(beside)) != len(lines):
                raise StoreError("store.load-incomplete", graph=graph, held=held, total=len(lines))
            self._update(f"MOVE GRAPH {node(str(beside))} TO GRAPH {node(str(graph))}")
        except BaseException:
            self._clean(beside)
            raise

    def _clean(self, graph: URIRef) -> None:
        try:
            self._update(_drop(graph))
        except (StoreError, QueryError):
            return  # the failure before this one is what matters

    def _update(self, update: str) -> None:
        address = self._addresses().update or self._url
        self._open().prepare(address)
        try:
            self._open().ask(address, update, "INSERT", {})
        except QueryError as error:
            raise StoreError("store.update-failed", reason=error.message) from error

    def _open(self) -> Client:
        if self._client is None:
            raise StoreError("store.closed")
        return self._client


class _CutError(QueryError):
    """The server gave only the first rows."""

    def __init__(self, key: str, /, *, rows: int) -> None:
        super().__init__(key, rows=rows)
        self.rows = rows


def _refuse_a_part(reply: Reply, rows: int) -> None:
    """Virtuoso answers 200 with a part of the rows; only headers tell."""
    if "x-sparql-maxrows" in reply.headers:
        raise _CutError("store.answer-cut", rows=rows)
    if reply.headers.get("x-sql-state", "").startswith("S1TAT"):
        raise QueryError("store.server-stopped")


def _insert(graph: URIRef, lines: str) -> str:
    return f"INSERT DATA {{ GRAPH {node(str(graph))} {{ {lines} }} }}"


def _drop(graph: URIRef) -> str:
    return f"DROP SILENT GRAPH {node(str(graph))}"
