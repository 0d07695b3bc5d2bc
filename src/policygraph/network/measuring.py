"""Measure networks: how central nodes are, which groups they form, what the whole looks like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx

from policygraph.errors import UsageError
from policygraph.network.cohesion import BROKERAGE, brokerage, core_periphery
from policygraph.network.kinds import ROLES, Network
from policygraph.rows import Rows

_SEED = 20190624  # any fixed number: the same network always gives the same communities
_PIVOTS = 2000  # nodes above which betweenness is estimated from as many pivots
_NODE = ("id", "label", "kind")
_VALUES = ("degree", "weighted", *ROLES, "betweenness", "closeness", "eigenvector", "core", "position", "community")
MEASURES = (*_VALUES, "in", "out", "brokerage", "summary")

_Column = Callable[[Network], dict[str, Any]]


def measures(made: Network) -> Rows:
    """Return a row of measures for each node, the best connected first.

    Degree counts edges, by role too; ``weighted`` adds up their weights. The other measures read parallel edges
    as one, and leave direction out. Betweenness and closeness are between 0 and 1 and count steps; the eigenvector
    is weighted; ``core`` is the k of the largest k-core the node belongs to; ``position`` is ``core`` or
    ``periphery`` (:func:`core_periphery`); communities (Louvain, weighted, fixed seed) are numbered from the
    largest. The same network gives the same numbers on every machine.
    """
    values = [_COLUMNS[name](made) for name in _VALUES]
    rows = []
    for node in sorted(made.graph):
        data = made.graph.nodes[node]
        rows.append((node, data["label"], data["kind"], *(found[node] for found in values)))
    rows.sort(key=lambda row: (-row[4], -row[3], row[0]))
    return Rows((*_NODE, *_VALUES), tuple(rows))


def measure(made: Network, name: str, top: int | None = None, by: str = "function") -> Rows:
    """Return one measure as a ranking (``rank`` as in a competition), the first ``top`` rows of it.

    ``brokerage`` has a column for each role, with groups made by the node attribute ``by``; ``summary`` is about
    the whole network (:func:`summary`); ``position`` and ``community`` have no rank.
    Raises UsageError for another name.
    """
    if name not in MEASURES:
        raise UsageError("network.no-measure", name=name, known=MEASURES)
    if name == "summary":
        return summary(made)
    if name == "brokerage":
        return _brokers(made, by, top)
    return _ranked(made, name, top)


def summary(made: Network) -> Rows:
    """Return facts about the whole network, a row each: ``measure`` and ``value``."""
    simple = _simple(made.graph)
    parts: dict[int, set[int]] = {}
    for number, group in _communities(simple).items():
        parts.setdefault(group, set()).add(number)
    found = core_periphery(made)
    edges = simple.number_of_edges()
    modularity = nx.community.modularity(simple, list(parts.values()), weight="weight") if edges else 0.0
    values: dict[str, object] = {
        "nodes": len(simple),
        "edges": made.graph.number_of_edges(),
        "ties": edges,
        "density": round(nx.density(simple), 6),
        "components": nx.number_connected_components(simple),
        "communities": len(parts),
        "modularity": round(modularity, 6),
        "largest k-core": max(_cores(simple).values(), default=0),
        "core size": len(found.core),
        "core-periphery fit": found.fit,
        "core-periphery errors": found.errors,
    }
    return Rows(("measure", "value"), tuple(values.items()))


def communities(made: Network) -> dict[str, int]:
    """Return the community of each node (Louvain, weighted, fixed seed), numbered from the largest."""
    return _of_simple(_communities)(made)


def _ranked(made: Network, name: str, top: int | None) -> Rows:
    found, nodes = _COLUMNS[name](made), made.graph.nodes
    cells = [(node, nodes[node]["label"], nodes[node]["kind"], value) for node, value in found.items()]
    if name in ("position", "community"):
        cells.sort(key=lambda row: (row[3], row[0]))
        return Rows((*_NODE, name), tuple(cells[:top]))
    values = sorted(found.values(), reverse=True)
    cells.sort(key=lambda row: (-row[3], row[0]))
    ranked = tuple((1 + values.index(row[3]), *row) for row in cells[:top])
    return Rows(("rank", *_NODE, name), ranked)


def _brokers(made: Network, by: str, top: int | None) -> Rows:
    found = brokerage(made, by)
    rows = [
        (name, made.graph.nodes[name]["label"], made.graph.nodes[name][by], *(roles[each] for each in BROKERAGE),
         sum(roles.values()))
        for name, roles in found.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row[-1], row[0]))
    totals = [row[-1] for row in rows]
    ranked = tuple((1 + totals.index(row[-1]), *row) for row in rows[:top])
    return Rows(("rank", "id", "label", by, *BROKERAGE, "total"), ranked)


def _simple(graph: nx.Graph[str]) -> nx.Graph[int]:
    """Add parallel edges up, and number the nodes by name: the order of numbers is the same in every process."""
    number = {name: place for place, name in enumerate(sorted(graph))}
    simple: nx.Graph[int] = nx.Graph()
    simple.add_nodes_from(range(len(number)))
    ends = sorted((*sorted((number[a], number[b])), data["weight"]) for a, b, data in graph.edges(data=True) if a != b)
    for a, b, weight in ends:
        simple.add_edge(a, b, weight=simple.get_edge_data(a, b, {"weight": 0})["weight"] + weight)
    return simple


# ---------------------------------------------------------------- columns


def _of_simple(compute: Callable[[nx.Graph[int]], Mapping[int, Any]]) -> _Column:
    """Return a measure of the simple graph as one of the network's own nodes; fractions to six places."""

    def column(made: Network) -> dict[str, Any]:
        found = compute(_simple(made.graph))
        values = {number: round(value, 6) if isinstance(value, float) else value for number, value in found.items()}
        return {name: values[number] for number, name in enumerate(sorted(made.graph))}

    return column


def _of_edges(count: Callable[[list[dict[str, Any]]], int]) -> _Column:
    def column(made: Network) -> dict[str, Any]:
        return {name: count(_edges(made.graph, name)) for name in sorted(made.graph)}

    return column


def _edges(graph: Any, name: str) -> list[dict[str, Any]]:
    edges = [data for *_, data in graph.edges(name, data=True)]
    return edges + [data for *_, data in graph.in_edges(name, data=True)] if graph.is_directed() else edges


def _of_role(role: str) -> _Column:
    return _of_edges(lambda edges: sum(data.get("role") == role for data in edges))


def _directed(name: str) -> _Column:
    def column(made: Network) -> dict[str, Any]:
        graph: Any = made.graph
        if not graph.is_directed():
            raise UsageError("network.no-direction", kind=made.kind)
        return dict(sorted(graph.in_degree if name == "in" else graph.out_degree))

    return column


def _betweenness(simple: nx.Graph[int]) -> Mapping[int, float]:
    found: Mapping[int, float] = nx.betweenness_centrality(
        simple, k=_PIVOTS if len(simple) > _PIVOTS else None, seed=_SEED
    )
    return found


def _closeness(simple: nx.Graph[int]) -> Mapping[int, float]:
    found: Mapping[int, float] = nx.closeness_centrality(simple)
    return found


def _position(made: Network) -> dict[str, Any]:
    inside = set(core_periphery(made).core)
    return {name: "core" if name in inside else "periphery" for name in sorted(made.graph)}


def _eigenvector(simple: nx.Graph[int]) -> Mapping[int, float]:
    try:
        found: Mapping[int, float] = nx.eigenvector_centrality(simple, max_iter=2000, tol=1e-8, weight="weight")
    except (nx.PowerIterationFailedConvergence, nx.NetworkXPointlessConcept):
        return dict.fromkeys(simple, 0.0)
    return found


def _communities(simple: nx.Graph[int]) -> dict[int, int]:
    found: list[Any] = list(nx.community.louvain_communities(simple, weight="weight", seed=_SEED)) if simple else []
    found.sort(key=lambda members: (-len(members), min(members)))
    return {node: place for place, members in enumerate(found, start=1) for node in members}


def _cores(simple: nx.Graph[int]) -> Mapping[int, int]:
    found: Mapping[int, int] = nx.core_number(simple) if simple else {}
    return found


_COLUMNS: Mapping[str, _Column] = {
    "degree": _of_edges(len),
    "weighted": _of_edges(lambda edges: sum(data["weight"] for data in edges)),
    **{role: _of_role(role) for role in ROLES},
    "betweenness": _of_simple(_betweenness),
    "closeness": _of_simple(_closeness),
    "eigenvector": _of_simple(_eigenvector),
    "core": _of_simple(_cores),
    "position": _position,
    "community": _of_simple(_communities),
    "in": _directed("in"),
    "out": _directed("out"),
}
