"""Make networkx graphs from the rows of two questions of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import combinations
from typing import Any

import networkx as nx

from policygraph.errors import UsageError
from policygraph.messages import say
from policygraph.rows import Rows, to_html
from policygraph.terms import Role

# The columns of the question «responsibilities» that networks are made of, and of «document-links».
COLUMNS = (
    "responsibility",
    "agency",
    "agency_label",
    "function",
    "function_label",
    "action",
    "action_label",
    "role",
    "document",
    "clause",
    "region",
    "region_label",
    "action_type",
)
LINKS = ("document", "document_label", "document_level", "basis", "basis_label", "basis_level")
ROLES = tuple(map(str, Role))

_SHOWN = 10  # nodes of a network in a notebook

Record = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Network:
    """A networkx graph and what it is about; nodes carry ``label`` and ``kind``, edges ``weight`` (and ``role``)."""

    kind: str
    graph: nx.Graph[str]

    def _repr_html_(self) -> str:
        """Return what notebooks show: how large the network is, and its best connected nodes."""
        nodes, edges = self.graph.number_of_nodes(), self.graph.number_of_edges()
        found = [(name, data.get("label", name), self.graph.degree(name)) for name, data in self.graph.nodes(data=True)]
        found.sort(key=lambda row: (-row[2], row[0]))
        size = " / ".join(say("network.size", language, nodes=nodes, edges=edges) for language in ("zh", "en"))
        head = f"<p><b>{escape(self.kind)}</b>: {size}</p>"
        return head + to_html(Rows(("id", "label", "degree"), tuple(found)), _SHOWN)


def network(rows: Rows, kind: str) -> Network:
    """Make a network from the rows of the question that :data:`QUESTIONS` names for the kind.

    - ``agency-action``: bodies and actions, an edge for each responsibility (a body that leads and supports
      one action has two), with its ``role``.
    - ``co-responsibility``: bodies, joined by the number of actions they share; ``both_lead``, ``lead_support``,
      ``lead_implement``, ``both_support``, ``with_responsible`` and ``with_implement`` count those actions by the
      roles of the two, ``documents`` the documents.
    - ``lead-support``: from each lead to each body that supports it, by the number of clauses; directed.
    - ``lead-implement``: the same from each lead to each body that carries out what it leads.
    - ``function``: government functions, joined by the number of actions where both have a body, over all
      documents; ``documents`` says in how many.
    - ``derivation``: from each document to those it is based on; directed.

    Raises UsageError for another kind, or rows without the columns it needs.
    """
    if kind not in KINDS:
        raise UsageError("network.no-network", kind=kind, known=tuple(KINDS))
    columns = LINKS if kind == "derivation" else COLUMNS
    missing = [name for name in columns if name not in rows.columns]
    if missing:
        raise UsageError("network.no-column", columns=missing, question=QUESTIONS[kind])
    return Network(kind, KINDS[kind](records(rows, columns)))


def records(rows: Rows, columns: tuple[str, ...]) -> list[Record]:
    """Return rows as records of text, in a fixed order."""
    found = [
        {name: "" if cell is None else str(cell) for name, cell in zip(rows.columns, row, strict=True)}
        for row in rows.rows
    ]
    return sorted(found, key=lambda record: tuple(record[name] for name in columns))


def project(made: Network, part: str) -> Network:
    """Return the nodes of one kind of a two-mode network, joined by how many of the others they share.

    Raises UsageError for a network without nodes of that kind, or with nodes of one kind only.
    """
    kinds = sorted({str(data["kind"]) for _, data in made.graph.nodes(data=True)})
    if part not in kinds or len(kinds) != 2:
        if not kinds:
            raise UsageError("network.nothing-to-project", part=part)
        raise UsageError("network.not-projected", part=part, kinds=kinds)
    chosen = sorted(node for node, data in made.graph.nodes(data=True) if data["kind"] == part)
    found: nx.Graph[str] = nx.bipartite.weighted_projected_graph(nx.Graph(made.graph), chosen)
    return Network(f"{made.kind}-{part}", found)


def _agency_action(found: Iterable[Record]) -> nx.Graph[str]:
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for record in found:
        _add_node(graph, record, "agency")
        _add_node(graph, record, "action")
        key = record["responsibility"]
        if not graph.has_edge(record["agency"], record["action"], key):  # a merged bureau has a row a function
            graph.add_edge(record["agency"], record["action"], key=key, role=record["role"], weight=1)
    return graph


def _shared(part: str) -> Callable[[Iterable[Record]], nx.Graph[str]]:
    """Return how bodies or functions are joined by the actions they share."""

    def make(found: Iterable[Record]) -> nx.Graph[str]:
        graph: nx.Graph[str] = nx.Graph()
        together: dict[str, dict[str, set[str]]] = {}
        documents: dict[str, str] = {}
        for record in found:
            if record[part]:
                _add_node(graph, record, part)
                together.setdefault(record["action"], {}).setdefault(record[part], set()).add(record["role"])
                documents[record["action"]] = record["document"]
        spread: dict[tuple[str, str], set[str]] = {}
        for action, members in together.items():
            for a, b in combinations(sorted(members), 2):
                _count(graph, (a, b), _roles(members[a], members[b]) if part == "agency" else {})
                spread.setdefault((a, b), set()).add(documents[action])
        for (a, b), where in spread.items():
            graph.edges[a, b]["documents"] = len(where)
        return graph

    return make


def _lead_to(role: Role) -> Callable[[Iterable[Record]], nx.Graph[str]]:
    """Return how leads are joined to the bodies that one clause names beside them in a role."""

    def make(found: Iterable[Record]) -> nx.Graph[str]:
        graph: nx.DiGraph[str] = nx.DiGraph()
        clauses: dict[str, dict[str, set[str]]] = {}
        for record in found:
            _add_node(graph, record, "agency")
            clauses.setdefault(record["clause"], {}).setdefault(record["role"], set()).add(record["agency"])
        for roles in clauses.values():
            for lead in sorted(roles.get(Role.LEAD, ())):
                for other in sorted(roles.get(role, ())):
                    _count(graph, (lead, other), {})
        return graph

    return make


def _derivation(found: Iterable[Record]) -> nx.Graph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for record in found:
        for part in ("document", "basis"):
            data = {"label": record[f"{part}_label"] or record[part], "level": record[f"{part}_level"]}
            graph.add_node(record[part], kind="document", **data)
        graph.add_edge(record["document"], record["basis"], weight=1)
    return graph


KINDS: Mapping[str, Callable[[Iterable[Record]], nx.Graph[str]]] = {
    "agency-action": _agency_action,
    "co-responsibility": _shared("agency"),
    "lead-support": _lead_to(Role.SUPPORT),
    "lead-implement": _lead_to(Role.IMPLEMENT),
    "function": _shared("function"),
    "derivation": _derivation,
}
QUESTIONS: Mapping[str, str] = {
    kind: "document-links" if kind == "derivation" else "responsibilities" for kind in KINDS
}


def _add_node(graph: nx.Graph[str], record: Record, part: str) -> None:
    graph.add_node(record[part], label=record[f"{part}_label"] or record[part], kind=part)
    node = graph.nodes[record[part]]
    if part == "action":
        node["document"] = record["document"]
    if part == "agency":
        functions = {*filter(None, node.get("function", "").split("|")), record["function"]} - {""}
        place = {"region": record["region"], "region_label": record["region_label"]}
        node |= {"function": "|".join(sorted(functions)), **place}


def _count(graph: nx.Graph[str], pair: tuple[str, str], roles: Mapping[str, int]) -> None:
    if not graph.has_edge(*pair):
        graph.add_edge(*pair)
        graph.edges[pair].update({"weight": 0} | dict.fromkeys(roles, 0))
    edge: dict[str, Any] = graph.edges[pair]
    edge["weight"] += 1
    for name, number in roles.items():
        edge[name] += number


def _roles(one: set[str], other: set[str]) -> dict[str, int]:
    """Say in which roles two bodies meet in one action; a body may have several."""
    both, either = one & other, one | other
    return {
        "both_lead": int(Role.LEAD in both),
        "lead_support": int(_meet(Role.SUPPORT, one, other)),
        "lead_implement": int(_meet(Role.IMPLEMENT, one, other)),
        "both_support": int(Role.SUPPORT in both),
        "with_responsible": int(Role.RESPONSIBLE in either),
        "with_implement": int(Role.IMPLEMENT in either),
    }


def _meet(role: Role, one: set[str], other: set[str]) -> bool:
    """Tell whether the one body leads and the other has a role, either way round."""
    return (Role.LEAD in one and role in other) or (role in one and Role.LEAD in other)
