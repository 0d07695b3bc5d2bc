"""Write a network for Cytoscape, VOSviewer, Pajek, UCINET and Graphviz."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

import networkx as nx

from policygraph.export import network_layout
from policygraph.export.graphs import Edge, clean, edges

Cell = tuple[int, int]
_SPACES = re.compile(r"\s+")
_DL_PLAIN = re.compile(r"[^\s,=:!'\"]+")


def as_cytoscape(graph: nx.Graph[str]) -> str:
    """Return Cytoscape JSON (.cyjs): elements with data, and positions for nodes; a parallel edge for each role."""
    places = network_layout.positions(graph)
    nodes = [
        {
            "data": {"id": node, "value": node, "name": data.get("label", node), **data},
            "position": dict(zip("xy", places[node], strict=True)),
        }
        for node, data in sorted(graph.nodes.items())
    ]
    lines = [
        {"data": {"id": f"e{n}", "source": a, "target": b, **({"key": key} if key else {}), **data}}
        for n, (a, b, key, data) in enumerate(edges(graph))
    ]
    top = {"data": [], "directed": graph.is_directed(), "multigraph": graph.is_multigraph()}
    return json.dumps({**top, "elements": {"nodes": nodes, "edges": lines}}, ensure_ascii=False, indent=1) + "\n"


def as_vosviewer_pair(graph: nx.Graph[str]) -> tuple[str, str]:
    """Return VOSviewer's map and network files: items with places and weights, links with strengths added up."""
    number = {node: place for place, node in enumerate(sorted(graph), start=1)}
    strength = added_up(graph)
    links, total = dict.fromkeys(graph, 0), dict.fromkeys(graph, 0)
    for (a, b), weight in strength.items():
        for node in (a, b):
            links[node] += 1
            total[node] += weight
    lines = ["id\tlabel\tx\ty\tcluster\tweight<Links>\tweight<Total link strength>"]
    for node, (x, y) in network_layout.positions(graph).items():
        label = _SPACES.sub(" ", clean(graph.nodes[node].get("label", node)))
        group = graph.nodes[node].get("community", 1)
        lines.append(f"{number[node]}\t{label}\t{x / 500:.4f}\t{y / 500:.4f}\t{group}\t{links[node]}\t{total[node]}")
    ties = [f"{number[a]}\t{number[b]}\t{weight}" for (a, b), weight in strength.items()]
    return "\n".join(lines) + "\n", "".join(f"{line}\n" for line in ties)


def as_pajek(graph: nx.Graph[str]) -> str:
    """Return a Pajek network: vertices with labels and places, a line for each edge with weight and role."""
    number, label = _numbers(graph), labels(graph)
    lines = [f"*Vertices {len(number)}"]
    for node, (x, y) in network_layout.positions(graph).items():
        lines.append(f'{number[node]} "{label[node]}" {0.5 + x / 1000:.4f} {0.5 + y / 1000:.4f} 0.5')
    lines.append("*Arcs" if graph.is_directed() else "*Edges")
    for a, b, _, data in edges(graph):
        role = f' l "{data["role"]}"' if "role" in data else ""
        lines.append(f"{number[a]} {number[b]} {data.get('weight', 1)}{role}")
    return "\n".join(lines) + "\n"


def as_dl(graph: nx.Graph[str]) -> str:
    """Return UCINET DL: the ties as edgelist1, or a full matrix for each role where there are several.

    Full matrices follow one another without a separator; a linked list of several has none that other readers know.
    Source: the DL language in the help of UCINET 6. UCINET cuts labels at 18 characters.
    """
    number, label, roles = _numbers(graph), labels(graph), _roles(graph)
    several = len(roles) > 1
    head = [f"dl n={len(number)}" + (f" nm={len(roles)}" if several else "")]
    head += [f"format = {'fullmatrix' if several else 'edgelist1'}", "labels:"]
    head += [_dl_label(label[node]) for node in number]
    if several:
        head += ["matrix labels:", *map(_dl_label, roles)]
    written = _full if several else _listed
    lines = [line for role in roles for line in written(_cells(graph, number, role), len(number))]
    return "\n".join([*head, "data:", *lines]) + "\n"


def as_dot(graph: nx.Graph[str]) -> str:
    """Return Graphviz DOT: labels, colours and places; an edge for each role."""
    tie, kind = ("->", "digraph") if graph.is_directed() else ("--", "graph")
    lines = [f"{kind} policygraph {{", '  node [style=filled, fontname="sans-serif", fontcolor="#222222"];']
    for node, (x, y) in network_layout.positions(graph).items():
        data = graph.nodes[node]
        given = {"label": data.get("label", node), "fillcolor": network_layout.node_colour(data), "pos": f"{x},{y}"}
        lines.append(f"  {_quoted(node)} [{_given(given | {'kind': data.get('kind', '')})}];")
    for a, b, _, data in edges(graph):
        extra = {name: value for name, value in data.items() if name != "weight"}
        given = {"color": network_layout.edge_colour(data), "weight": data.get("weight", 1), **extra}
        lines.append(f"  {_quoted(a)} {tie} {_quoted(b)} [{_given(given)}];")
    return "\n".join([*lines, "}"]) + "\n"


def added_up(graph: nx.Graph[str]) -> dict[tuple[str, str], int]:
    """Return the strength of the tie of each pair, parallel edges (and directions) added up, in order."""
    strength: dict[tuple[str, str], int] = {}
    for a, b, _, data in edges(graph):
        pair = (min(a, b), max(a, b))
        strength[pair] = strength.get(pair, 0) + int(data.get("weight", 1))
    return dict(sorted(strength.items()))


def labels(graph: nx.Graph[str]) -> dict[str, str]:
    """Return a label for each node that no other has, on one line and without quotation marks."""
    plain = {
        node: _SPACES.sub(" ", clean(data.get("label", node))).replace('"', "'") for node, data in graph.nodes.items()
    }
    several = {label for label, times in Counter(plain.values()).items() if times > 1}
    return {node: f"{label} ({node})" if label in several else label for node, label in sorted(plain.items())}


def _numbers(graph: nx.Graph[str]) -> dict[str, int]:
    return {node: place for place, node in enumerate(sorted(graph), start=1)}


def _roles(graph: nx.Graph[str]) -> list[str]:
    found: list[Edge] = edges(graph)
    return sorted({str(data.get("role", "")) for *_, data in found})


def _cells(graph: nx.Graph[str], number: dict[str, int], role: str) -> dict[Cell, int]:
    """Return the cells of a matrix that are not zero; a tie without direction stands on both sides of the diagonal."""
    cells: dict[Cell, int] = {}
    for a, b, _, data in edges(graph):
        if str(data.get("role", "")) == role:
            ends = {(number[a], number[b])} if graph.is_directed() else {(number[a], number[b]), (number[b], number[a])}
            for cell in ends:
                cells[cell] = cells.get(cell, 0) + int(data.get("weight", 1))
    return cells


def _listed(cells: dict[Cell, int], size: int) -> Iterator[str]:
    return (f"{row} {column} {weight}" for (row, column), weight in sorted(cells.items()))


def _full(cells: dict[Cell, int], size: int) -> Iterator[str]:
    rows: list[list[str]] = [["0"] * size for _ in range(size)]
    for (row, column), weight in cells.items():
        rows[row - 1][column - 1] = str(weight)
    return map(" ".join, rows)


def _dl_label(label: str) -> str:
    """Quote a label that holds a separator of DL; other readers than UCINET take quotes for a part of the label."""
    return label if _DL_PLAIN.fullmatch(label) else f'"{label}"'


def _given(values: dict[str, object]) -> str:
    return ", ".join(f"{name}={_quoted(value)}" for name, value in values.items())


def _quoted(value: object) -> str:
    escaped = clean(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
