"""Write a network as one HTML file with a picture to move about in; it opens from disk and needs no server."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import networkx as nx

from policygraph.export import network_layout
from policygraph.export.graphs import clean, edges
from policygraph.export.labels import ROLES, both

_TEMPLATE = Path(__file__).with_name("page.html")


def as_html(graph: nx.Graph[str], title: str = "policygraph") -> str:
    """Return a page that shows a network: search, zoom, drag, roles to switch off, details of a node on click."""
    places, names = network_layout.positions(graph), sorted(graph)
    number = {name: place for place, name in enumerate(names)}
    nodes = [
        {
            "id": name,
            "label": clean(graph.nodes[name].get("label", name)),
            "x": places[name][0],
            "y": places[name][1],
            "r": round(network_layout.node_size(graph, name) / 3, 2),
            "c": network_layout.node_colour(graph.nodes[name]),
            "d": {key: value for key, value in sorted(graph.nodes[name].items()) if key != "label"},
        }
        for name in names
    ]
    ties = [
        {
            "a": number[a],
            "b": number[b],
            "w": data.get("weight", 1),
            "r": data.get("role", ""),
            "c": network_layout.edge_colour(data),
        }
        for a, b, _, data in edges(graph)
    ]
    content = json.dumps({"nodes": nodes, "ties": ties, "directed": graph.is_directed()}, ensure_ascii=False)
    safe = content.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    page = _TEMPLATE.read_text(encoding="utf-8")
    said = {"title": title, "find": both("export.find", " / "), "hint": both("export.how-to-move", " / ")}
    for name, text in said.items():
        page = page.replace(f"{{{{{name}}}}}", escape(text))
    called = {role: both(key) for role, key in (*ROLES.items(), ("", "export.tie"))}
    roles = json.dumps(called, ensure_ascii=False)
    return page.replace("{{roles}}", roles).replace("{{network}}", safe)
