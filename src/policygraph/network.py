"""Make networks of bodies, actions and functions, and measure them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import networkx as nx

from policygraph.errors import UsageError
from policygraph.model import Rows

COLUMNS = (
    "responsibility",
    "agency",
    "agency_label",
    "function",
    "function_label",
    "action",
    "action_label",
    "role",
    "document",
)
ROLES = ("lead", "support", "shared")
_SEED = 20190624  # any fixed number: the same network always gives the same communities
_PIVOTS = 2000  # nodes above which betweenness is estimated from as many pivots

_Record = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Network:
    """A networkx graph and what it is about; nodes carry ``label`` and ``kind``, edges ``weight`` (and ``role``)."""

    kind: str
    graph: nx.Graph[str]


def network(rows: Rows, kind: str) -> Network:
    """Make a network from rows with the columns of the question ``responsibilities``.

    ``agency-action``: bodies and actions, an edge for each responsibility (a body that leads and supports
    one action has two). ``co-responsibility``: bodies, joined by the number of actions they share.
    ``function``: government functions, joined by the number of actions where both have a body.
    Raises UsageError for another kind, or rows without those columns.
    """
    if kind not in KINDS:
        raise UsageError(f"«{kind}» is not a network; choose one of {', '.join(KINDS)}")
    missing = [name for name in COLUMNS if name not in rows.columns]
    if missing:
        raise UsageError(f"the rows have no column {', '.join(missing)}; ask the question «responsibilities»")
    records = [
        {name: "" if cell is None else str(cell) for name, cell in zip(rows.columns, row, strict=True)}
        for row in rows.rows
    ]
    return Network(kind, KINDS[kind](sorted(records, key=lambda r: tuple(r[name] for name in COLUMNS))))


def measures(made: Network) -> Rows:
    """Return a row of measures for each node, the best connected first.

    Degree counts edges, by role too; ``weighted`` adds up their weights. The other measures read parallel
    edges as one. Betweenness and closeness are between 0 and 1; communities (Louvain, weighted, fixed seed) are
    numbered from the largest. The same network gives the same numbers on every machine.
    """
    names = sorted(made.graph)
    simple = _simple(made.graph, names)
    pivots = _PIVOTS if len(names) > _PIVOTS else None
    between = nx.betweenness_centrality(simple, k=pivots, seed=_SEED)
    close, eigen, community = nx.closeness_centrality(simple), _eigenvector(simple), _communities(simple)
    rows = []
    for number, name in enumerate(names):
        data, degrees = made.graph.nodes[name], _degrees(made.graph, name)
        rounded = (round(value, 6) for value in (between[number], close[number], eigen[number]))
        rows.append((name, data["label"], data["kind"], *degrees, *rounded, community[number]))
    rows.sort(key=lambda row: (-row[4], -row[3], row[0]))
    columns = (
        "id",
        "label",
        "kind",
        "degree",
        "weighted",
        *ROLES,
        "betweenness",
        "closeness",
        "eigenvector",
        "community",
    )
    return Rows(columns, tuple(rows))


def _agency_action(records: Iterable[_Record]) -> nx.Graph[str]:
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for record in records:
        _add_node(graph, record, "agency")
        _add_node(graph, record, "action")
        graph.nodes[record["action"]]["document"] = record["document"]
        key = record["responsibility"]
        if not graph.has_edge(record["agency"], record["action"], key):  # a merged bureau has a row a function
            graph.add_edge(record["agency"], record["action"], key=key, role=record["role"], weight=1)
    return graph


def _projection(part: str) -> Callable[[Iterable[_Record]], nx.Graph[str]]:
    def make(records: Iterable[_Record]) -> nx.Graph[str]:
        graph: nx.Graph[str] = nx.Graph()
        together: dict[str, set[str]] = {}
        for record in records:
            if record[part]:
                _add_node(graph, record, part)
                together.setdefault(record["action"], set()).add(record[part])
        for members in together.values():
            for a, b in combinations(sorted(members), 2):
                graph.add_edge(a, b, weight=graph.get_edge_data(a, b, {"weight": 0})["weight"] + 1)
        return graph

    return make


KINDS: Mapping[str, Callable[[Iterable[_Record]], nx.Graph[str]]] = {
    "agency-action": _agency_action,
    "co-responsibility": _projection("agency"),
    "function": _projection("function"),
}


def _add_node(graph: nx.Graph[str], record: _Record, part: str) -> None:
    graph.add_node(record[part], label=record[f"{part}_label"] or record[part], kind=part)


def _simple(graph: nx.Graph[str], names: list[str]) -> nx.Graph[int]:
    """Add parallel edges up, and number the nodes: the order of numbers is the same in every process."""
    number = {name: place for place, name in enumerate(names)}
    simple: nx.Graph[int] = nx.Graph()
    simple.add_nodes_from(range(len(names)))
    ends = sorted((*sorted((number[a], number[b])), data["weight"]) for a, b, data in graph.edges(data=True))
    for a, b, weight in ends:
        simple.add_edge(a, b, weight=simple.get_edge_data(a, b, {"weight": 0})["weight"] + weight)
    return simple


def _degrees(graph: nx.Graph[str], name: str) -> tuple[int, ...]:
    edges = [data for *_, data in graph.edges(name, data=True)]
    roles = [data.get("role") for data in edges]
    return (len(edges), sum(data["weight"] for data in edges), *(roles.count(role) for role in ROLES))


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
