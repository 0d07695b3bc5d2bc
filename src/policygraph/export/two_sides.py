"""Lay a connected part of a network of two kinds out in two columns: bodies on the left, what they do on the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import networkx as nx

from policygraph.export import network_layout
from policygraph.export.drawing import LINE, POINT, Dot, Drawing, Point, Tie, Word, text_width
from policygraph.export.graphs import edges
from policygraph.export.ring import LETTERS

_MOST = 90  # nodes of a column on one page
_BETWEEN = 2.6  # inches between the columns
_DOT = 0.09  # inches
_GAP = 0.08  # inches between a node and its name
_ROUNDS = 8  # of sorting each column by where the other stands


def two_sides(graph: nx.Graph[str], names: dict[str, str], left_kind: str) -> Drawing:
    """Return the nodes of ``left_kind`` in one column and the others in the other, ordered so that few ties cross.

    The order is that of the barycentre heuristic (Sugiyama, Tagawa and Toda 1981). Above 90 nodes of a column the worst
    connected are left out, and counted.
    """
    left, right = _sides(graph, left_kind)
    pitch = LETTERS * LINE * POINT
    high = max(len(left), len(right)) * pitch
    start = max((text_width(names[name], LETTERS) for name in left), default=0.0) + _GAP + _DOT
    end = start + _BETWEEN
    width = end + max((text_width(names[name], LETTERS) for name in right), default=0.0) + _GAP + _DOT
    places = _column(left, start, high) | _column(right, end, high)
    dots = [_dot(graph, name, place) for name, place in places.items()]
    words = [Word((start - _GAP, places[name][1]), names[name], LETTERS, side="right") for name in left]
    words += [Word((end + _GAP, places[name][1]), names[name], LETTERS) for name in right]
    left_out = len(graph) - len(places)
    return Drawing(width, high, tuple(dots), tuple(words), _ties(graph, places), left_out=left_out)


def _sides(graph: nx.Graph[str], left_kind: str) -> tuple[list[str], list[str]]:
    best = sorted(graph, key=lambda name: (-graph.degree(name), name))
    left = [name for name in best if graph.nodes[name].get("kind") == left_kind][:_MOST]
    right = [name for name in best if graph.nodes[name].get("kind") != left_kind][:_MOST]
    for _ in range(_ROUNDS):
        right = _by_neighbours(graph, right, left)
        left = _by_neighbours(graph, left, right)
    return left, right


def _by_neighbours(graph: nx.Graph[str], column: Iterable[str], other: Sequence[str]) -> list[str]:
    """Return a column in the order of the middle of what each node is joined to in the other."""
    at = {name: place for place, name in enumerate(other)}

    def middle(name: str) -> tuple[float, str]:
        held = [at[each] for each in graph.neighbors(name) if each in at]
        return (sum(held) / len(held) if held else len(other), name)

    return sorted(column, key=middle)


def _column(names: Sequence[str], x: float, high: float) -> dict[str, Point]:
    step = high / max(1, len(names))
    return {name: (x, high - step * (place + 0.5)) for place, name in enumerate(names)}


def _dot(graph: nx.Graph[str], name: str, place: Point) -> Dot:
    data = graph.nodes[name]
    plain = {key: value for key, value in data.items() if key != "community"}  # columns tell kinds; roles have colours
    return Dot(place, _DOT, network_layout.node_colour(plain), str(data.get("kind", "")))


def _ties(graph: nx.Graph[str], places: dict[str, Point]) -> tuple[Tie, ...]:
    found = []
    for a, b, _, data in edges(graph):
        if a in places and b in places:
            (ax, ay), (bx, by) = sorted((places[a], places[b]))
            points = ((ax, ay), (ax + _BETWEEN / 2, ay), (bx - _BETWEEN / 2, by), (bx, by))
            found.append(Tie(points, 0.7, network_layout.edge_colour(data), 0.55))
    return tuple(sorted(found, key=lambda tie: (tie.colour, tie.points)))
