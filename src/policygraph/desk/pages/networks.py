"""Networks of bodies, actions, functions and documents: a picture to move in, the same for print, and the measures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from policygraph import network
from policygraph.desk import asking, files, frame
from policygraph.desk.asking import ToldError
from policygraph.desk.colours import GROUPINGS, KINDS, SHAPES, grouped, kinds_in
from policygraph.desk.labels import levels
from policygraph.desk.matrix import Document, documents
from policygraph.desk.visit import Page, Visit
from policygraph.export.labels import ROLES
from policygraph.export.network_layout import ROLE_COLOURS
from policygraph.export.printed import TITLED
from policygraph.query.sidebyside import records
from policygraph.web import views
from policygraph.web.jobs import Job

_TITLES = {kind: TITLED[kind] for kind in network.KINDS}
_LAYOUTS = {"force": "desk.layout-force", "print": "desk.layout-print"}
_COLOURS = {"place": "desk.by-place", "community": "desk.by-community", "kind": "desk.by-kind"}
_MEASURES = ("degree", "weighted", "betweenness", "closeness", "eigenvector", "core")
_COLUMNS = (*_MEASURES, "position", "community")
_RANKED = 40  # nodes in the table; a file has all
_FORMS = ("gexf", "graphml", "xlsx", "png", "svg", views.MEASURES)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which network is shown, and how."""

    kind: str
    document: str
    level: str
    roles: tuple[str, ...]
    measure: str
    colour: str
    layout: str

    @property
    def query(self) -> list[tuple[str, str]]:
        """Return the parameters that say which network it is, as a job takes them."""
        part = [("document", self.document), ("level", self.level)]
        return [*((name, value) for name, value in part if value), *(("role", role) for role in self.roles)]


def show(visit: Visit) -> Response:
    """Show a network with its measures."""
    chosen = _chosen(visit)
    view = _view(visit, chosen)
    ranked = sorted(view["measures"], key=lambda row: (-row[chosen.measure], row["label"], row["id"]))
    return frame.page(
        visit,
        "networks.html",
        title=visit.said("desk.tab-networks"),
        tab="desk.tab-networks",
        chosen=chosen,
        heads=_head(visit, chosen),
        view=view,
        ranked=ranked[:_RANKED],
        columns=[chosen.measure, *(name for name in _COLUMNS if name != chosen.measure)],
        titles=_TITLES,
        kinds=[(SHAPES[kind], KINDS[kind]) for kind in kinds_in(view["nodes"])],
        roles=[(role, ROLES[role], ROLE_COLOURS[role]) for role in network.ROLES],
        documents=_with_duties(visit),
        levels=levels(visit),
        choices={"layout": _LAYOUTS, "colour": _COLOURS},
        measures=_MEASURES,
        forms=_FORMS,
        most=views.MOST,
        link=lambda path: visit.url(path, **_query(chosen)) + "".join(f"&role={role}" for role in chosen.roles),
        href=lambda row: _address(visit, row),
    )


def _with_duties(visit: Visit) -> list[Document]:
    """Return the documents that say who answers for something."""
    held = {str(row["document"]) for row in records(asking.rows(visit, "documents")) if row["responsibilities"]}
    return [each for each in documents(visit) if each.id in held]


def as_data(visit: Visit) -> Response:
    """Send what the script of the page draws: nodes with places, shapes and groups, edges, words."""
    chosen = _chosen(visit)
    view = _view(visit, chosen)
    groups, held = grouped(visit, view["nodes"], chosen.colour)
    widest = max((float(node[chosen.measure]) for node in view["nodes"]), default=0.0) or 1.0
    nodes = [
        {
            **{name: node[name] for name in ("id", "label", "x", "y", "kind")},
            "place": node.get("place") or "",
            "shape": SHAPES[node["kind"]],
            "kindLabel": visit.said(KINDS[node["kind"]]),
            "group": group,
            "size": round(8 + 26 * (max(0.0, float(node[chosen.measure])) / widest) ** 0.5, 1),
            "href": _address(visit, node),
            "clauses": _clauses(visit, node),
        }
        for node, group in zip(view["nodes"], held, strict=True)
    ]
    roles = {role: {"label": visit.said(ROLES[role]), "colour": ROLE_COLOURS[role]} for role in network.ROLES}
    made = {"nodes": nodes, "edges": view["edges"], "roles": roles, "directed": view["directed"]}
    return JSONResponse({**made, "groups": [{"name": each.name, "colour": each.colour} for each in groups]})


def download(visit: Visit) -> Response:
    """Send a network as a file, or its measures; a picture may stand in a page."""
    chosen, form = _chosen(visit), visit.part("form")
    told = (("language", visit.language), ("title", _head(visit, chosen)))
    outcome = asking.done(visit.desk, Job("network", chosen.kind, form, (*chosen.query, *told)))
    return files.sent(outcome, f"network-{chosen.kind}", form, shown=bool(visit.given("shown")))


def _chosen(visit: Visit) -> Chosen:
    kind = visit.given("kind") or "agency-action"
    if kind not in _TITLES:
        raise ToldError.of(404, "network.no-network", kind=kind, known=list(_TITLES))
    whole = kind == "derivation"  # it is about all documents, and about no roles
    roles = tuple(role for role in network.ROLES if role in visit.request.query_params.getlist("role"))
    several = not visit.given("document") and kind != "function"  # one place has one colour
    usual = GROUPINGS if several else ("community", *GROUPINGS)
    return Chosen(
        kind,
        "" if whole else visit.given("document"),
        "" if whole else visit.given("level"),
        () if whole or len(roles) == len(network.ROLES) else roles,
        _among(visit, "measure", _MEASURES),
        _among(visit, "colour", usual),
        _among(visit, "layout", tuple(_LAYOUTS)),
    )


def _among(visit: Visit, name: str, known: tuple[str, ...]) -> str:
    return visit.given(name) if visit.given(name) in known else known[0]


def _query(chosen: Chosen) -> dict[str, str]:
    return {name: getattr(chosen, name) for name in ("kind", "document", "level", "measure", "colour")}


def _head(visit: Visit, chosen: Chosen) -> str:
    kind = visit.said(_TITLES[chosen.kind])
    named = {each.id: each.name for each in documents(visit)} if chosen.document else {}
    part = named.get(chosen.document, chosen.document) or levels(visit).get(chosen.level, chosen.level)
    return visit.said("desk.network-of", kind=kind, part=part) if part else kind


def _view(visit: Visit, chosen: Chosen) -> dict[str, Any]:
    """Return a network with its nodes named as readers know them: an action with the place of its plan."""
    view: dict[str, Any] = json.loads(files.made(visit, Job("network", chosen.kind, views.VIEW, tuple(chosen.query))))
    names = {each.id: each.name for each in documents(visit)}
    heads = levels(visit) if chosen.kind == "derivation" else {}
    nodes = [_named(node, names, heads) for node in view["nodes"]]
    labels = {node["id"]: node["label"] for node in nodes}
    measures = [{**row, "label": labels.get(row["id"], row["label"])} for row in view["measures"]]
    return {**view, "nodes": nodes, "measures": measures}


def _named(node: dict[str, Any], names: dict[str, str], heads: dict[str, str]) -> dict[str, Any]:
    if node["kind"] == "document":
        return {**node, "label": names.get(node["id"], node["label"]), "place": heads.get(node["level"], node["level"])}
    if node["kind"] == "action":
        where = names.get(node["document"], node["document"])
        return {**node, "label": f"{node['label']} {where}", "place": where.split(" ")[0]}
    return {**node, "place": node.get("region_label")}


def _address(visit: Visit, node: dict[str, Any]) -> str:
    """Return the page of a node; empty for one that has none."""
    kind, id = node["kind"], node["id"]
    if kind == "agency":
        return visit.url(f"/agency/{id}")
    if kind in ("document", "action"):
        return visit.url(f"/document/{node.get('document', id)}") if kind == "document" or "document" in node else ""
    return visit.url("/questions/clauses-of-function", function=id)


def _clauses(visit: Visit, node: dict[str, Any]) -> str:
    if node["kind"] == "agency":
        return visit.url("/questions/clauses-of-agency", agency=node["id"])
    return visit.url("/questions/clauses-of-function", function=node["id"]) if node["kind"] == "function" else ""


PAGES = (
    Page("/networks", show, tab="desk.tab-networks"),
    Page("/networks/data.json", as_data),
    Page("/networks.{form}", download),
)
