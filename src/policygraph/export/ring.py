"""Lay a connected part of a network out as a ring: every name stands outside, no name over a node."""

from __future__ import annotations

from math import atan2, cos, degrees, pi, sin, sqrt
from typing import Any

import networkx as nx

from policygraph.export import network_layout
from policygraph.export.drawing import LINE, POINT, Dot, Drawing, Point, Tie, Word, trimmed
from policygraph.export.graphs import edges

LETTERS = 7.0  # points
_MOST = 130  # nodes of a ring; a larger one cannot be read in print
_SMALLEST, _LARGEST = 0.05, 0.12  # diameters of nodes, in inches
_LEAST = 1.3  # the smallest radius, in inches
_BEND = 0.25  # how far from the middle a tie passes: 0 through it


def ring(graph: nx.Graph[str], names: dict[str, str]) -> Drawing:
    """Return the nodes on a circle, those of one community side by side, the best connected first.

    ``names`` are the labels. The circle is as large as the lines of its labels need. Above 130 nodes the worst
    connected are left out, and counted.
    """
    order = _order(graph)
    part = graph.subgraph(order)
    radius = max(_LEAST, len(order) * LETTERS * LINE * POINT / (2 * pi))
    angles = {name: pi / 2 - 2 * pi * place / len(order) for place, name in enumerate(order)}
    places = {name: _at(radius, angle) for name, angle in angles.items()}
    widest = max((part.degree(name) for name in order), default=1) or 1
    dots = tuple(_dot(part, name, places[name], widest) for name in order)
    words = tuple(_word(names[name], angles[name], radius) for name in order)
    ties = _ties(part, places)
    return trimmed(Drawing(0, 0, dots, words, ties, left_out=len(graph) - len(order)))


def _order(graph: nx.Graph[str]) -> list[str]:
    best = sorted(graph, key=lambda name: (-graph.degree(name), name))[:_MOST]
    return sorted(best, key=lambda name: (graph.nodes[name].get("community", 0), -graph.degree(name), name))


def _at(radius: float, angle: float) -> Point:
    return radius * cos(angle), radius * sin(angle)


def _dot(graph: nx.Graph[str], name: str, place: Point, widest: int) -> Dot:
    data = graph.nodes[name]
    size = _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(graph.degree(name) / widest)
    return Dot(place, size, network_layout.node_colour(data), str(data.get("kind", "")))


def _word(label: str, angle: float, radius: float) -> Word:
    place = _at(radius + _LARGEST * 0.75, angle)
    turned = degrees(atan2(sin(angle), cos(angle)))
    if abs(turned) > 90:  # on the left side a name would stand on its head
        return Word(place, label, LETTERS, turned - 180 if turned > 0 else turned + 180, "right")
    return Word(place, label, LETTERS, turned)


def _ties(graph: nx.Graph[str], places: dict[str, Point]) -> tuple[Tie, ...]:
    """Return the ties, the strong ones last and darkest: they lie above the others."""
    held = [(a, b, data) for a, b, _, data in edges(graph) if a != b]
    heaviest = max((data.get("weight", 1) for *_, data in held), default=1)
    found = [_tie(graph, (places[a], places[b]), data, heaviest) for a, b, data in held]
    return tuple(sorted(found, key=lambda tie: (tie.width, tie.points)))


def _tie(graph: nx.Graph[str], ends: tuple[Point, Point], data: dict[str, Any], most: int) -> Tie:
    (ax, ay), (bx, by) = ends
    between = (_BEND * (ax + bx) / 2, _BEND * (ay + by) / 2)  # the middle of the ring is at 0, 0
    share = data.get("weight", 1) / most if most > 1 else 0.3
    points = (ends[0], between, ends[1])
    return Tie(points, 0.25 + 1.75 * share, network_layout.edge_colour(data), 0.18 + 0.6 * share, graph.is_directed())
