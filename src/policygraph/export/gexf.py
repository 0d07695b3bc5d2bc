"""Write GEXF 1.3 for Gephi: labels, roles, weights, colours, sizes and positions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx

from policygraph.export import graphs, network_layout

_SPACE, _VIZ = "http://gexf.net/1.3", "http://gexf.net/1.3/viz"
_OWN = ("label", "weight")  # these have places of their own in GEXF


def as_gexf(graph: nx.Graph[str]) -> str:
    """Return GEXF; parallel edges (one a role) stay apart, each with its role as label."""
    root = ET.Element("gexf", {"xmlns": _SPACE, "xmlns:viz": _VIZ, "version": "1.3"})
    ET.SubElement(ET.SubElement(root, "meta"), "creator").text = "policygraph"
    direction = "directed" if graph.is_directed() else "undirected"
    body = ET.SubElement(root, "graph", {"defaultedgetype": direction, "mode": "static"})
    edges = graphs.edges(graph)
    node_names = _declare(body, "node", (data for _, data in graph.nodes(data=True)))
    edge_names = _declare(body, "edge", (data for *_, data in edges))
    _nodes(ET.SubElement(body, "nodes"), graph, node_names)
    _edges(ET.SubElement(body, "edges"), edges, edge_names)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _declare(body: ET.Element, kind: str, found: Iterable[dict[str, Any]]) -> list[str]:
    """Declare the attributes of nodes or edges with their types; return their names in order."""
    values: dict[str, set[type[Any]]] = {}
    for data in found:
        for name, value in data.items():
            if name not in _OWN:
                values.setdefault(name, set()).add(type(value))
    part = ET.SubElement(body, "attributes", {"class": kind})
    for name, types in sorted(values.items()):
        written = "integer" if types == {int} else "double" if types <= {int, float} else "string"
        ET.SubElement(part, "attribute", {"id": name, "title": name, "type": written})
    return sorted(values)


def _nodes(part: ET.Element, graph: nx.Graph[str], names: list[str]) -> None:
    places = network_layout.positions(graph)
    for node, data in sorted(graph.nodes.items()):
        element = ET.SubElement(part, "node", {"id": node, "label": graphs.clean(data.get("label", node))})
        _values(element, data, names)
        ET.SubElement(element, "viz:color", _rgb(network_layout.node_colour(data)))
        x, y = places[node]
        ET.SubElement(element, "viz:position", {"x": str(x), "y": str(y), "z": "0.0"})
        ET.SubElement(element, "viz:size", {"value": str(network_layout.node_size(graph, node))})


def _edges(part: ET.Element, edges: list[graphs.Edge], names: list[str]) -> None:
    for number, (a, b, key, data) in enumerate(edges):
        given = {"id": key or str(number), "source": a, "target": b, "weight": str(data.get("weight", 1))}
        if "role" in data:
            given["label"] = data["role"]
        element = ET.SubElement(part, "edge", given)
        _values(element, data, names)
        ET.SubElement(element, "viz:color", _rgb(network_layout.edge_colour(data)))


def _values(element: ET.Element, data: dict[str, Any], names: list[str]) -> None:
    part = ET.SubElement(element, "attvalues")
    for name in names:
        if name in data:
            ET.SubElement(part, "attvalue", {"for": name, "value": graphs.clean(data[name])})


def _rgb(colour: str) -> dict[str, str]:
    return {part: str(int(colour[place : place + 2], 16)) for part, place in (("r", 1), ("g", 3), ("b", 5))}
