"""Find the core of a network, and who stands between its groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import networkx as nx

from policygraph.errors import UsageError
from policygraph.network.kinds import Network

BROKERAGE = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """The best division into a core and a periphery.

    ``fit`` is the correlation (-1 to 1) between the ties and the ideal picture: all ties within the core, none
    within the periphery, those between the two not counted (Borgatti and Everett 1999). ``errors`` are the ties
    missing in the core and present in the periphery.
    """

    core: tuple[str, ...]
    fit: float
    errors: int


def core_periphery(made: Network) -> CorePeriphery:
    """Return the division with the fewest errors; among equals the smallest core.

    The exact solution takes the nodes of highest degree (Lip 2011): with k of them in the core, the errors are
    k(k-1)/2 plus all ties less the sum of their degrees. Direction, weights and parallel ties are left out.
    """
    graph = simple(made.graph)
    names = sorted(graph, key=lambda name: (-graph.degree(name), name))
    edges, sums, best, errors = graph.number_of_edges(), 0, 0, graph.number_of_edges()
    for size, name in enumerate(names, start=1):
        sums += graph.degree(name)
        if (now := size * (size - 1) // 2 + edges - sums) < errors:
            best, errors = size, now
    core = tuple(sorted(names[:best]))
    return CorePeriphery(core, round(_fit(graph, core), 6), errors)


def brokerage(made: Network, by: str) -> dict[str, dict[str, int]]:
    """Return how often each node stands between two that have no tie, by role (Gould and Fernandez 1989).

    ``by`` is the attribute of nodes that makes the groups (``function``, ``region``, ``community``, ``kind``). For
    a -> b -> c without a -> c, b is coordinator (all in one group), itinerant (a and c in another), gatekeeper
    (a outside), representative (c outside) or liaison (three groups). A tie without direction counts both ways.
    Raises UsageError where a node has no such attribute.
    """
    missing = [name for name, data in made.graph.nodes(data=True) if by not in data]
    if missing:
        raise UsageError("network.no-grouping", kind=made.kind, by=by)
    groups = {name: str(data[by]) for name, data in made.graph.nodes(data=True)}
    directed: nx.DiGraph[str] = nx.DiGraph(made.graph if made.graph.is_directed() else made.graph.to_directed())
    return {name: dict(_broker(directed, groups, name)) for name in sorted(directed)}


def simple(graph: nx.Graph[str]) -> nx.Graph[str]:
    """Return a graph without direction, parallel ties and loops."""
    found: nx.Graph[str] = nx.Graph(graph.to_undirected(as_view=True))
    found.remove_edges_from(list(nx.selfloop_edges(found)))
    return found


def _broker(graph: nx.DiGraph[str], groups: Mapping[str, str], name: str) -> Counter[str]:
    found = Counter(dict.fromkeys(BROKERAGE, 0))
    own = groups[name]
    for before in graph.predecessors(name):
        for after in graph.successors(name):
            if len({before, name, after}) == 3 and not graph.has_edge(before, after):
                found[_role(groups[before], own, groups[after])] += 1
    return found


def _role(before: str, own: str, after: str) -> str:
    if before == after:
        return "coordinator" if own == before else "itinerant"
    if own == after:
        return "gatekeeper"
    return "representative" if own == before else "liaison"


def _fit(graph: nx.Graph[str], core: tuple[str, ...]) -> float:
    inside = set(core)
    within = sum(a in inside and b in inside for a, b in graph.edges)
    outside = sum(a not in inside and b not in inside for a, b in graph.edges)
    size, rest = len(core), len(graph) - len(core)
    pairs, other = size * (size - 1) // 2, rest * (rest - 1) // 2
    gaps, quiet = pairs - within, other - outside
    below = sqrt(pairs * other * (within + outside) * (gaps + quiet))
    return (within * quiet - gaps * outside) / below if below else 0.0
