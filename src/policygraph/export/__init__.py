"""Write answers, graphs and networks to files that other tools read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import networkx as nx

from policygraph.errors import UsageError
from policygraph.export import graphs, quads, rows
from policygraph.export.files import save
from policygraph.model import Rows
from policygraph.vocab import Quad

__all__ = ["NETWORK_FORMATS", "QUAD_FORMATS", "ROW_FORMATS", "export", "render", "save"]


class Networked(Protocol):
    """Anything that carries a networkx graph."""

    @property
    def graph(self) -> nx.Graph[str]:
        """Return the graph."""


Exportable = Rows | Networked | Iterable[Quad]

ROW_FORMATS: Mapping[str, Callable[[Rows], str]] = {
    "table": rows.table,
    "csv": rows.as_csv,
    "tsv": rows.as_tsv,
    "json": rows.as_json,
}
QUAD_FORMATS: Mapping[str, Callable[[Iterable[Quad]], str]] = {
    "ttl": quads.as_turtle,
    "trig": quads.as_trig,
    "nq": quads.as_nquads,
    "jsonld": quads.as_jsonld,
}
NETWORK_FORMATS: Mapping[str, Callable[[nx.Graph[str]], str]] = {
    "graphml": graphs.as_graphml,
    "vosviewer": graphs.as_vosviewer,
}


def render(what: Exportable, form: str, bom: bool = False) -> str:
    """Return rows, quads or a network as text in one of their formats. Raises UsageError for another format."""
    if isinstance(what, Rows):
        text = _of(ROW_FORMATS, form)(what)
    elif hasattr(what, "graph"):
        text = _of(NETWORK_FORMATS, form)(what.graph)
    else:
        text = _of(QUAD_FORMATS, form)(what)
    return f"\ufeff{text}" if bom else text


def export(what: Exportable, form: str, path: Path, bom: bool = False) -> tuple[Path, ...]:
    """Write rows, quads or a network to a file and return the paths written.

    A network as ``csv`` makes two files, ``<name>-nodes.csv`` and ``<name>-edges.csv``.
    """
    if form == "csv" and not isinstance(what, Rows) and hasattr(what, "graph"):
        paths = tuple(path.with_name(f"{path.stem}-{part}.csv") for part in ("nodes", "edges"))
        for place, text in zip(paths, graphs.as_csv_pair(what.graph, bom), strict=True):
            save(text.encode(), place)
        return paths
    save(render(what, form, bom).encode(), path)
    return (path,)


def _of(formats: Mapping[str, Callable[[Any], str]], form: str) -> Callable[[Any], str]:
    if form not in formats:
        raise UsageError(f"«{form}» is not a format here; choose one of {', '.join(formats)}")
    return formats[form]
