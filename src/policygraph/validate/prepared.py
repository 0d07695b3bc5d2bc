"""Hold the data of one document in a graph that parses each query only once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rdflib import Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Processor, Result
from rdflib.term import Identifier

_KEPT = 256  # queries: some ten times those of the bundled shapes


class Prepared(Graph):
    """A graph that answers a query as any other does, but keeps what the parser made of its text.

    pyshacl asks each SPARQL constraint as text again for each node it looks at; of a document, parsing is a fourth of
    the cost. A prepared query is rdflib's own object for this, and evaluating one changes nothing in it.
    """

    def query(
        self,
        query_object: str | Query,
        processor: str | Processor = "sparql",
        result: str | type[Result] = "sparql",
        initNs: Mapping[str, Any] | None = None,  # noqa: N803  (the names are rdflib's)
        initBindings: Mapping[str, Identifier] | None = None,  # noqa: N803
        use_store_provided: bool = True,
        **kwargs: Any,
    ) -> Result:
        """Answer a query, given as text or prepared."""
        if isinstance(query_object, str) and not kwargs:
            names = initNs or dict(self.namespaces())
            query_object = _prepared(query_object, tuple((name, str(space)) for name, space in names.items()))
        return super().query(query_object, processor, result, initNs, initBindings, use_store_provided, **kwargs)


@lru_cache(maxsize=_KEPT)
def _prepared(text: str, names: tuple[tuple[str, str], ...]) -> Query:
    return prepareQuery(text, initNs={name: URIRef(space) for name, space in names})
