"""Write a network for Gephi, VOSviewer and spreadsheets."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
from networkx.readwrite.graphml import GraphMLWriter

from policygraph.export.rows import as_csv
from policygraph.rows import Rows

Edge = tuple[str, str, str, dict[str, Any]]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def as_graphml(graph: nx.Graph[str]) -> str:
    """Return GraphML with the attributes of nodes and edges (label, kind, role, weight)."""
    writer = GraphMLWriter(graph=_ordered(graph))
    ET.indent(writer.xml, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(writer.xml, encoding="unicode") + "\n"


def node_rows(graph: nx.Graph[str]) -> Rows:
    """Return the nodes as Gephi imports them: Id, Label, then the other attributes."""
    names = _attributes(attributes for _, attributes in graph.nodes(data=True))
    rows = [
        (node, data.get("label", node), *(data.get(n) for n in names)) for node, data in sorted(graph.nodes.items())
    ]
    return Rows(("Id", "Label", *names), tuple(rows))


def edge_rows(graph: nx.Graph[str]) -> Rows:
    """Return the edges as Gephi imports them: Source, Target, Type, Weight, then the other attributes."""
    found = edges(graph)
    names = _attributes(data for *_, data in found)
    kind = "Directed" if graph.is_directed() else "Undirected"
    rows = [(a, b, kind, data.get("weight", 1), *(data.get(n) for n in names)) for a, b, _, data in found]
    return Rows(("Source", "Target", "Type", "Weight", *names), tuple(rows))


def as_csv_pair(graph: nx.Graph[str], bom: bool = False) -> tuple[str, str]:
    """Return the nodes and the edges as two comma-separated tables."""
    return as_csv(node_rows(graph), bom), as_csv(edge_rows(graph), bom)


def as_vosviewer(graph: nx.Graph[str]) -> str:
    """Return VOSviewer's JSON: items with labels and weights, links with their strength, parallel edges added up."""
    number = {node: place for place, node in enumerate(sorted(graph), start=1)}
    strength: dict[tuple[int, int], int] = {}
    for a, b, _, data in edges(graph):
        pair = (min(number[a], number[b]), max(number[a], number[b]))
        strength[pair] = strength.get(pair, 0) + int(data.get("weight", 1))
    items = [
        {"id": number[node], "label": graph.nodes[node].get("label", node), "weights": {"Links": graph.degree(node)}}
        for node in number
    ]
    links = [{"source_id": a, "target_id": b, "strength": s} for (a, b), s in sorted(strength.items())]
    return json.dumps({"network": {"items": items, "links": links}}, ensure_ascii=False, indent=1) + "\n"


def clean(value: object) -> str:
    """Return a value as text without the characters that XML cannot hold."""
    return _CONTROL.sub(" ", str(value))


def edges(graph: nx.Graph[str]) -> list[Edge]:
    """Return both ends, the key ("" where edges have none) and the attributes of each edge, in a fixed order.

    Where ties have no direction, the end that sorts first comes first.
    """
    found: list[Edge] = []
    if isinstance(graph, nx.MultiGraph):
        found.extend((a, b, str(key), data) for a, b, key, data in graph.edges(keys=True, data=True))
    else:
        found.extend((a, b, "", data) for a, b, data in graph.edges(data=True))
    if not graph.is_directed():
        found = [(min(a, b), max(a, b), key, data) for a, b, key, data in found]
    return sorted(found, key=lambda edge: edge[:3])


def _attributes(found: Any) -> list[str]:
    return sorted({name for data in found for name in data} - {"label", "weight"})


def _ordered(graph: nx.Graph[str]) -> nx.Graph[str]:
    """Return a copy whose nodes and edges come in a fixed order, with text that XML can hold."""
    copy = graph.__class__()
    copy.add_nodes_from((node, _plain(data)) for node, data in sorted(graph.nodes.items()))
    for a, b, key, data in edges(graph):
        copy.add_edge(a, b, **({"key": key} if graph.is_multigraph() else {}), **_plain(data))
    return copy


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {name: clean(value) if isinstance(value, str) else value for name, value in data.items()}
