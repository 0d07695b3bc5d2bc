"""Do the jobs behind pictures and tables of many documents: documents side by side, and networks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from policygraph import export, network, pipeline
from policygraph.errors import UsageError
from policygraph.export import graphs, network_layout
from policygraph.rows import Rows, to_dicts
from policygraph.store import Store
from policygraph.web.jobs import Job, Outcome

KINDS: Mapping[str, str] = {  # form -> media type
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "svg": "image/svg+xml",
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
}
VIEW, MEASURES = "view", "measures.csv"
MOST = 600  # nodes that can be looked at; of a larger network its largest part is shown
_PICTURES = ("png", "svg")


def compared(store: Store, job: Job, _: int) -> Outcome:
    """Lay documents side by side: ``job.text`` is what is compared, ``job.accept`` the form of :data:`KINDS`.

    Parameters are ``scope``, ``language``, ``title`` (of a picture), and ``document`` as often as there are some.
    """
    given = dict(job.parameters)
    lay = pipeline.heat if job.accept in _PICTURES else pipeline.compare
    rows = lay(store, _several(job, "document"), job.text, given.get("scope", ""), given.get("language", "zh"))
    return _written(rows, job.accept, given)


def networked(store: Store, job: Job, _: int) -> Outcome:
    """Make a network: ``job.text`` is its kind, ``job.accept`` a form of :data:`KINDS`, :data:`VIEW` or measures.

    Parameters are ``document``, ``level``, ``role`` as often as there are some, ``language`` and ``title``. A view is
    JSON: nodes with their places, edges, measures, and how many nodes are left out.
    """
    given = dict(job.parameters)
    roles = _several(job, "role")
    made = pipeline.make_network(store, job.text, given.get("document"), given.get("level"), roles)
    if job.accept == MEASURES:
        return _written(network.measures(made), "csv", given)
    if job.accept == VIEW:
        return Outcome(200, KINDS["json"], json.dumps(_view(made), ensure_ascii=False).encode())
    return _written(pipeline.with_communities(made), job.accept, given)


def _several(job: Job, name: str) -> tuple[str, ...]:
    return tuple(value for each, value in job.parameters if each == name)


def _written(what: Any, form: str, given: Mapping[str, str]) -> Outcome:
    if form not in KINDS or form not in export.formats(what):
        raise UsageError("export.no-format", form=form, known=[name for name in KINDS if name in export.formats(what)])
    title, language = given.get("title", ""), given.get("language", "zh")
    ((_, body),) = export.contents(what, form, Path(form), isinstance(what, Rows), title, language).items()
    return Outcome(200, KINDS[form], body)


def _view(made: network.Network) -> dict[str, object]:
    shown, lone, left_out = network.largest_part(pipeline.with_communities(made), MOST)
    places = network_layout.positions(shown.graph)
    measured = {str(row["id"]): row for row in to_dicts(network.measures(made))}
    nodes = [{**data, **measured[name], "x": places[name][0], "y": -places[name][1]} for name, data in _nodes(shown)]
    edges = [{"from": a, "to": b, **data} for a, b, _, data in graphs.edges(shown.graph)]
    every = [measured[name] for name in measured]
    directed = shown.graph.is_directed()
    return {
        "nodes": nodes, "edges": edges, "measures": every, "lone": lone, "left": left_out, "directed": directed
    }  # fmt: skip


def _nodes(made: network.Network) -> list[tuple[str, dict[str, Any]]]:
    return sorted(made.graph.nodes.items())
