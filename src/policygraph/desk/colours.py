"""Sort nodes into groups of one colour: by place, community or kind; the large groups have colours of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from policygraph.desk.visit import Visit
from policygraph.export.network_layout import PALETTE

GROUPINGS = ("place", "community", "kind")
KINDS = {
    "agency": "export.kind-agency",
    "action": "export.kind-action",
    "function": "export.kind-function",
    "document": "desk.kind-document",
}
SHAPES = {"agency": "circle", "action": "rect", "function": "circle", "document": "roundRect"}
_OTHERS = PALETTE[-1]


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes of one colour: what the legend calls them, and the colour."""

    name: str
    colour: str


def grouped(visit: Visit, nodes: Sequence[dict[str, Any]], by: str) -> tuple[list[Group], list[int]]:
    """Return the groups, the largest first, and which of them each node is in; small ones are one group."""
    names = [_name(visit, node, by) for node in nodes]
    counted = Counter(name for name in names if name)
    large = sorted(counted, key=lambda name: (-counted[name], name))[: len(PALETTE) - 1]
    groups = [Group(name, colour) for name, colour in zip(large, PALETTE, strict=False)]
    if set(names) - set(large):
        groups.append(Group(visit.said("desk.other-groups"), _OTHERS))
    at = {group.name: place for place, group in enumerate(groups)}
    return groups, [at.get(name, len(groups) - 1) for name in names]


def _name(visit: Visit, node: dict[str, Any], by: str) -> str:
    if by == "community":
        return visit.said("desk.community", number=node["community"])
    if by == "kind":
        return visit.said(KINDS[node["kind"]])
    return str(node.get("place") or "")


def kinds_in(nodes: Iterable[dict[str, Any]]) -> list[str]:
    """Return the kinds that nodes have, in the order of the legend."""
    held = {node["kind"] for node in nodes}
    return [kind for kind in KINDS if kind in held]
