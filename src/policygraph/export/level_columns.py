"""Lay documents out in a column for each level of government, from the nation down; each is a box with its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx

from policygraph.export import network_layout
from policygraph.export.drawing import LINE, POINT, Box, Drawing, Point, Tie, Word, folded
from policygraph.export.graphs import edges

LETTERS = 6.5  # points
_ACROSS, _LINES = 16, 3  # characters of a line in a box, lines of a box
_BETWEEN = 0.9  # inches between columns
_AROUND = 0.05  # inches between a box and its text
_GAP = 0.07  # inches between boxes
_MOST = 60  # boxes of a column on one page
_ROUNDS = 8


def level_columns(graph: nx.Graph[str], names: dict[str, str], heads: Mapping[str, str]) -> Drawing:
    """Return documents by level, each tied to those it is based on; few ties cross (the barycentre heuristic).

    ``heads`` are the names of the levels in their order, the last one («») for documents of no known level. Above 60
    documents of a level those with the fewest ties are left out, and counted.
    """
    columns = _columns(graph, tuple(heads))
    wide = _ACROSS * LETTERS * POINT + 2 * _AROUND
    texts = {name: folded(names[name], _ACROSS, _LINES) for column in columns for name in column[1]}
    highs = {name: (text.count("\n") + 1) * LETTERS * LINE * POINT + 2 * _AROUND for name, text in texts.items()}
    tallest = max(sum(highs[name] + _GAP for name in names_of) for _, names_of in columns)
    boxes: dict[str, Box] = {}
    words: list[Word] = []
    for place, (level, members) in enumerate(columns):
        x = _BETWEEN / 2 + place * (wide + _BETWEEN)
        words.append(Word((x + wide / 2, tallest + 0.15), heads[level], LETTERS + 2, 0, "center", True))
        free = (tallest - sum(highs[name] + _GAP for name in members)) / len(members)
        y = tallest
        for name in members:
            y -= highs[name] + _GAP + free
            boxes[name] = Box((x, y + free / 2), wide, highs[name], network_layout.node_colour(graph.nodes[name]))
            words.append(Word((x + _AROUND, y + free / 2 + highs[name] / 2), texts[name], LETTERS))
    width = len(columns) * (wide + _BETWEEN)
    ties = _ties(graph, boxes)
    return Drawing(width, tallest + 0.35, (), tuple(words), ties, tuple(boxes.values()), len(graph) - len(boxes))


def _columns(graph: nx.Graph[str], known: Sequence[str]) -> list[tuple[str, list[str]]]:
    best = sorted(graph, key=lambda name: (-graph.degree(name), name))
    level = {name: each if (each := str(graph.nodes[name].get("level", ""))) in known else "" for name in best}
    held = [(each, [name for name in best if level[name] == each][:_MOST]) for each in known]
    columns = [(each, names) for each, names in held if names]
    for _ in range(_ROUNDS):
        columns = _sorted_by_others(graph, columns)
    return columns


def _sorted_by_others(graph: nx.Graph[str], columns: Sequence[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Return each column in the order of the middle of what its documents are tied to, all places from 0 to 1."""
    at = {name: (place + 0.5) / len(names) for _, names in columns for place, name in enumerate(names)}
    ties = graph.to_undirected(as_view=True)

    def middle(name: str) -> tuple[float, str]:
        held = [at[each] for each in ties.neighbors(name) if each in at]
        return ((sum(held) / len(held) + at[name] * 0.01) if held else 1.0, name)

    return [(level, sorted(names, key=middle)) for level, names in columns]


def _ties(graph: nx.Graph[str], boxes: Mapping[str, Box]) -> tuple[Tie, ...]:
    ends = [(boxes[a], boxes[b]) for a, b, *_ in edges(graph) if a in boxes and b in boxes]
    found = [Tie(_curve(own, above), 0.7, own.colour, 0.6, arrow=True) for own, above in ends]
    return tuple(sorted(found, key=lambda tie: tie.points))


def _curve(own: Box, above: Box) -> tuple[Point, ...]:
    """Return a curve from the left side of a box to the right side of the one it is based on; in one column, around."""
    start = (own.place[0], own.place[1] + own.height / 2)
    to_left = above.place[0] < own.place[0]
    end = (above.place[0] + (above.width if to_left else 0), above.place[1] + above.height / 2)
    pull = _BETWEEN / 2
    return (start, (start[0] - pull, start[1]), (end[0] + (pull if to_left else -pull), end[1]), end)
