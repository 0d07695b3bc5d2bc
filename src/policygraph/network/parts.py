"""Take the part of a network that can be looked at."""

from __future__ import annotations

import networkx as nx

from policygraph.network.kinds import Network


def largest_part(made: Network, most: int) -> tuple[Network, int, int]:
    """Return what can be shown of a network, how many nodes have no tie, and how many more are left out.

    Nodes without a tie are left out where others have some. Of a network with more than ``most`` nodes the largest
    connected part stays, of that the best connected nodes.
    """
    graph = made.graph
    lone = sorted(nx.isolates(graph)) if graph.number_of_edges() else []
    kept = sorted(set(graph) - set(lone))
    if len(kept) > most:
        parts = nx.connected_components(graph.subgraph(kept).to_undirected(as_view=True))
        largest = min(parts, key=lambda part: (-len(part), min(part)))
        kept = sorted(largest, key=lambda name: (-graph.degree(name), name))[:most]
    return Network(made.kind, graph.subgraph(kept).copy()), len(lone), len(graph) - len(lone) - len(kept)
