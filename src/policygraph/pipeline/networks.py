"""Make a network of a store, or of a part of it, and measure it."""

from __future__ import annotations

from collections.abc import Sequence

from policygraph import network, query
from policygraph.errors import UsageError
from policygraph.rows import Rows
from policygraph.store import Store


def make_network(
    store: Store, kind: str, document: str | None = None, level: str | None = None, roles: Sequence[str] = ()
) -> network.Network:
    """Return a network of one of :data:`policygraph.network.KINDS`, of one document or level where it is named.

    ``roles`` are those that count, all where none is named. Raises UsageError for another kind or role, and for a part
    of a network that is about all documents.
    """
    question = network.QUESTIONS.get(kind, "responsibilities")
    given = {name: value for name, value in (("document", document), ("level", level)) if value}
    if unknown := [role for role in roles if role not in network.ROLES]:
        raise UsageError("network.no-role", name=unknown[0], known=network.ROLES)
    if given and question != "responsibilities":
        raise UsageError("stored.network-of-all", kind=kind, options=[f"--{name}" for name in given])
    rows = query.ask(store, question, **given)
    return network.network(_in_roles(rows, roles) if roles else rows, kind)


def _in_roles(rows: Rows, roles: Sequence[str]) -> Rows:
    if "role" not in rows.columns:
        return rows
    at = rows.columns.index("role")
    return Rows(rows.columns, tuple(row for row in rows.rows if row[at] in roles))


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
