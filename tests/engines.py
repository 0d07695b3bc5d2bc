"""Ask the same question of several engines, and compare what they answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from rdflib import Dataset
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Identifier

from policygraph.rows import Rows
from policygraph.store import Solutions
from policygraph.store.sparql import prepare
from policygraph.store.wire import canonical, compact, inline, without_undefined
from policygraph.vocab import Quad, prefixes


class RdflibStore:
    """As much of a store over rdflib as the catalogue needs: the reference that shares no code with Oxigraph."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._dataset = Dataset(default_union=True)
        self._dataset.addN((s, p, o, self._dataset.graph(g)) for s, p, o, g in quads)

    def query(self, sparql: str, bindings: Mapping[str, Identifier] | None = None) -> Rows | bool:
        """Answer SELECT and ASK."""
        query = prepare(sparql, tuple(prefixes().items())).text
        text = compact(without_undefined(inline(query, bindings or {})))
        found = self._dataset.query(_connected(prepareQuery(text)))
        if found.askAnswer is not None:
            return found.askAnswer
        columns = tuple(str(name) for name in found.vars or ())
        rows = (tuple(None if cell is None else canonical(cell) for cell in row) for row in found)
        return Solutions(columns, tuple(rows)).plain()


def counted(rows: Rows) -> Counter[tuple[object, ...]]:
    """Return rows as a multiset, numbers in one form."""
    return Counter(tuple(_number(cell) for cell in row) for row in rows.rows)


def _connected(query: Query) -> Query:
    """Let plain patterns see what is bound before them: rdflib pairs everything with everything after a sub-select."""

    def look(part: object) -> None:
        if isinstance(part, CompValue):
            if part.name == "Join" and isinstance(part.p2, CompValue) and part.p2.name == "BGP":
                part["lazy"] = True
            for child in part.values():
                look(child)

    look(query.algebra)
    return query


def _number(cell: object) -> object:
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return cell
    return Decimal(str(cell)).normalize()
