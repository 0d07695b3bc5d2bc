"""Place and colour the nodes of a network, the same way on every machine and in every run."""

from __future__ import annotations

from math import cos, pi, sin, sqrt
from typing import Any

import networkx as nx

Point = tuple[float, float]

# Colours that stay apart for colour-blind readers (Okabe and Ito 2008).
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#777777")
_KINDS = {"agency": "#0072B2", "action": "#E69F00", "function": "#009E73", "document": "#56B4E9"}
ROLE_COLOURS = {"lead": "#D55E00", "support": "#0072B2", "responsible": "#009E73", "implement": "#CC79A7"}
TIE_COLOUR = "#999999"
_SPAN = 500.0  # coordinates run from -500 to 500
_WORK = 4_000_000  # pairs of nodes to look at in all: a few seconds
_MANY = 2000  # nodes above which the spiral itself is the layout


def positions(graph: nx.Graph[str]) -> dict[str, Point]:
    """Return a place for each node, -500 to 500: forces (Fruchterman and Reingold 1991) from a fixed spiral.

    Well-connected nodes start in the middle. Parts that no tie joins are placed by themselves, side by side, each
    with room for its nodes. A part above 2,000 nodes stays on the spiral.
    """
    parts = sorted(map(sorted, nx.connected_components(graph.to_undirected(as_view=True))), key=lambda p: (-len(p), p))
    names = [name for part in parts for name in part]
    places = _packed([_part(graph, part) for part in parts])
    return dict(sorted(zip(names, _scaled(places), strict=True)))


def _part(graph: nx.Graph[str], part: list[str]) -> list[Point]:
    """Return the places of the nodes of a connected part, in their order, each part as wide as its nodes need."""
    names = sorted(part, key=lambda name: (-graph.degree(name), name))
    number = {name: place for place, name in enumerate(names)}
    places = [_spiral(place, len(names)) for place in range(len(names))]
    if 1 < len(names) <= _MANY:
        joined = graph.subgraph(part).edges()
        ties = sorted({(min(number[a], number[b]), max(number[a], number[b])) for a, b in joined if a != b})
        rounds = max(5, min(80, _WORK // len(names) ** 2))
        for turn in range(rounds):
            _step(places, ties, 0.1 * (1 - turn / rounds))
    room = sqrt(len(names)) / 2 / _SPAN
    wide = _scaled(places)
    return [(wide[number[name]][0] * room, wide[number[name]][1] * room) for name in part]


def _packed(parts: list[list[Point]]) -> list[Point]:
    """Put parts side by side in rows, the large ones first; each has a square as wide as the root of its size."""
    row = sqrt(sum(len(part) for part in parts)) * 1.2
    found: list[Point] = []
    left = top = height = widest = 0.0
    for part in parts:
        side = sqrt(len(part)) * 1.1
        if left and left + side > row:
            left, top, height = 0.0, top + height, 0.0
        found += [(left + side / 2 + x, top + side / 2 + y) for x, y in part]
        left, height, widest = left + side, max(height, side), max(widest, left + side)
    return [(x - widest / 2, y - (top + height) / 2) for x, y in found]


def node_colour(data: dict[str, Any]) -> str:
    """Return the colour of a node: of its community, where that is known, else of its kind."""
    if "community" in data:
        return PALETTE[min(int(data["community"]), len(PALETTE)) - 1]
    return _KINDS.get(str(data.get("kind")), PALETTE[-1])


def edge_colour(data: dict[str, Any]) -> str:
    """Return the colour of an edge: of its role, where it has one."""
    return ROLE_COLOURS.get(str(data.get("role")), TIE_COLOUR)


def node_size(graph: nx.Graph[str], name: str) -> float:
    """Return the diameter of a node: its area grows with its degree."""
    return round(8 + 6 * sqrt(graph.degree(name)), 2)


def _spiral(number: int, all_of_them: int) -> Point:
    distance, angle = sqrt((number + 0.5) / all_of_them) / 2, number * pi * (3 - sqrt(5))
    return round(distance * cos(angle), 9), round(distance * sin(angle), 9)


def _step(places: list[Point], ties: list[tuple[int, int]], most: float) -> None:
    """Move every node once: all push each other away, ties pull, and the middle holds what hangs loose."""
    ideal = 1 / sqrt(len(places))
    push_x, push_y = [-x * 0.3 for x, _ in places], [-y * 0.3 for _, y in places]
    square = ideal * ideal
    for one, (x, y) in enumerate(places):
        own_x = own_y = 0.0
        for other in range(one):
            away_x, away_y = x - places[other][0], y - places[other][1]
            force = square / (away_x * away_x + away_y * away_y + 1e-9)
            own_x += away_x * force
            own_y += away_y * force
            push_x[other] -= away_x * force
            push_y[other] -= away_y * force
        push_x[one] += own_x
        push_y[one] += own_y
    for one, other in ties:
        away_x, away_y = places[one][0] - places[other][0], places[one][1] - places[other][1]
        force = sqrt(away_x * away_x + away_y * away_y) / ideal / 4
        push_x[one], push_y[one] = push_x[one] - away_x * force, push_y[one] - away_y * force
        push_x[other], push_y[other] = push_x[other] + away_x * force, push_y[other] + away_y * force
    for place, (x, y) in enumerate(places):
        length = sqrt(push_x[place] ** 2 + push_y[place] ** 2) or 1.0
        reach = min(length, most) / length
        places[place] = (x + push_x[place] * reach, y + push_y[place] * reach)


def _scaled(places: list[Point]) -> list[Point]:
    widest = max((max(abs(x), abs(y)) for x, y in places), default=1.0) or 1.0
    return [(round(_SPAN * x / widest, 2), round(_SPAN * y / widest, 2)) for x, y in places]
