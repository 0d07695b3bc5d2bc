"""Make what is to be shown or written: a network or the quads of a store, all of it or a part."""

from __future__ import annotations

from policygraph import network, query
from policygraph.errors import UsageError
from policygraph.rows import Rows
from policygraph.store import Store
from policygraph.vocab import Quad, document_graph


def make_network(store: Store, kind: str, document: str | None = None, level: str | None = None) -> network.Network:
    """Return a network of one of :data:`policygraph.network.KINDS`, of one document or level where it is named.

    Raises UsageError for another kind, and for a part of a network that is about all documents.
    """
    question = network.QUESTIONS.get(kind, "responsibilities")
    given = {name: value for name, value in (("document", document), ("level", level)) if value}
    if given and question != "responsibilities":
        raise UsageError(f"«{kind}» is about all documents; leave out --{', --'.join(given)}")
    return network.network(query.ask(store, question, **given), kind)


def with_communities(made: network.Network) -> network.Network:
    """Write the community of each node on it, for colours and for brokerage; return the same network."""
    for name, number in network.communities(made).items():
        made.graph.nodes[name]["community"] = number
    return made


def measured(made: network.Network, measure: str | None, top: int | None = None, by: str = "function") -> Rows:
    """Return one measure of a network as a ranking, or all measures of its nodes."""
    if measure:
        return network.measure(with_communities(made), measure, top, by)
    rows = network.measures(made)
    return Rows(rows.columns, rows.rows[:top])


def choose_quads(store: Store, document: str | None = None) -> tuple[Quad, ...]:
    """Return all quads, or those of one document (by any of its names). Raises UsageError where there are none."""
    graph = None
    if document:
        found = query.identify(store, "document", document)
        graph = document_graph(found.rpartition("/id/document/")[2])
    quads = tuple(store.quads(graph))
    if not quads:
        raise UsageError("the store has nothing to write; build it with `policygraph build`")
    return quads
