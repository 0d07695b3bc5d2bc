"""Write answers, graphs and networks to files that other tools read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from policygraph.errors import UsageError
from policygraph.export.labels import both
from policygraph.export.rows import as_csv, as_json, as_tsv, table
from policygraph.outputs import save, save_all
from policygraph.rows import Rows
from policygraph.vocab import Quad

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "FILES_ONLY",
    "NETWORK_FORMATS",
    "PAIRS",
    "QUAD_FORMATS",
    "ROW_FORMATS",
    "as_xlsx",
    "contents",
    "export",
    "formats",
    "picture",
    "render",
    "save",
    "table",
]


class Networked(Protocol):
    """Anything that carries a networkx graph."""

    @property
    def graph(self) -> nx.Graph[str]:
        """Return the graph."""


Exportable = Rows | Networked | Iterable[Quad]


@dataclass(frozen=True, slots=True)
class _Writer:
    """A function of a module that is loaded when something is written: rows as text need no networkx."""

    module: str
    function: str

    def __call__(self, *what: Any, **how: Any) -> Any:
        return getattr(import_module(f"policygraph.export.{self.module}"), self.function)(*what, **how)


ROW_FORMATS: Mapping[str, Callable[[Rows], str]] = {
    "table": table,
    "csv": as_csv,
    "tsv": as_tsv,
    "json": as_json,
}
QUAD_FORMATS: Mapping[str, Callable[[Iterable[Quad]], str]] = {
    "ttl": _Writer("quads", "as_turtle"),
    "trig": _Writer("quads", "as_trig"),
    "nq": _Writer("quads", "as_nquads"),
    "jsonld": _Writer("quads", "as_jsonld"),
    "rdfxml": _Writer("quads", "as_rdfxml"),
    "stratml": _Writer("stratml", "as_stratml"),
}
NETWORK_FORMATS: Mapping[str, Callable[[nx.Graph[str]], str]] = {
    "graphml": _Writer("graphs", "as_graphml"),
    "gexf": _Writer("gexf", "as_gexf"),
    "cytoscape": _Writer("netfiles", "as_cytoscape"),
    "vosviewer": _Writer("graphs", "as_vosviewer"),
    "pajek": _Writer("netfiles", "as_pajek"),
    "dl": _Writer("netfiles", "as_dl"),
    "dot": _Writer("netfiles", "as_dot"),
    "html": _Writer("page", "as_html"),
}
# Networks that need two files: the ends of their names, and how both are made.
PAIRS: Mapping[str, tuple[tuple[str, str], Callable[[nx.Graph[str]], tuple[str, str]]]] = {
    "csv": (("-nodes.csv", "-edges.csv"), _Writer("graphs", "as_csv_pair")),
    "vosviewer-files": (("-map.txt", "-network.txt"), _Writer("netfiles", "as_vosviewer_pair")),
}
picture: Callable[..., bytes] = _Writer("pictures", "picture")
as_xlsx: Callable[..., bytes] = _Writer("workbook", "as_xlsx")
# Formats that are no text: they go to a file and not to the screen.
_ROW_BYTES: Mapping[str, Callable[[Rows], bytes]] = {
    "xlsx": lambda rows: as_xlsx({"policygraph": rows}),
    "parquet": _Writer("workbook", "as_parquet"),
}
_NETWORK_BYTES: Mapping[str, Callable[[Any], bytes]] = {
    "xlsx": lambda made: as_xlsx(_sheets(made.graph)),
}
_PICTURES = ("png", "svg")
FILES_ONLY = frozenset({*_ROW_BYTES, *_NETWORK_BYTES, *_PICTURES, "vosviewer-files"})


def formats(what: Exportable | type) -> tuple[str, ...]:
    """Return the formats that rows, a network or quads can be written in."""
    if isinstance(what, Rows) or what is Rows:
        return (*ROW_FORMATS, *_ROW_BYTES, *_PICTURES)
    if hasattr(what, "graph"):
        return (*NETWORK_FORMATS, *PAIRS, *_NETWORK_BYTES, *_PICTURES)
    return tuple(QUAD_FORMATS)


def render(what: Exportable, form: str, bom: bool = False) -> str:
    """Return rows, quads or a network as text in one of their formats.

    Raises UsageError for another format, and for one that is no text (:data:`FILES_ONLY`).
    """
    if form in formats(what) and (form in FILES_ONLY or _pair(what, form)):
        raise UsageError("export.files-only", form=form)
    if isinstance(what, Rows):
        text = _of(what, ROW_FORMATS, form)(what)
    elif hasattr(what, "graph"):
        text = _of(what, NETWORK_FORMATS, form)(what.graph)
    else:
        text = _of(what, QUAD_FORMATS, form)(what)
    return f"\ufeff{text}" if bom else text


def export(
    what: Exportable, form: str, path: Path, bom: bool = False, title: str = "", language: str = "zh"
) -> tuple[Path, ...]:
    """Write rows, quads or a network to a file and return the paths written (two for some networks: :func:`contents`).

    Raises UsageError for a format that does not exist, a package that it needs and is not installed, a folder that
    cannot be written, and where a person's file stands.
    """
    made = contents(what, form, path, bom, title, language)
    save_all(made)
    return tuple(made)


def contents(
    what: Exportable, form: str, path: Path, bom: bool = False, title: str = "", language: str = "zh"
) -> dict[Path, bytes]:
    """Return the bytes of rows, quads or a network in a format, by the path that they belong to.

    A network as ``csv`` makes ``<name>-nodes.csv`` and ``<name>-edges.csv``, as ``vosviewer-files``
    ``<name>-map.txt`` and ``<name>-network.txt``. ``title`` and ``language`` are those of a picture.
    Raises UsageError as :func:`export` does for the format.
    """
    if _pair(what, form):
        ends, make = PAIRS[form]
        paths = (path.with_name(f"{path.stem}{end}") for end in ends)
        texts = make(what.graph)  # type: ignore[union-attr]
        return {place: _encoded(text, bom) for place, text in zip(paths, texts, strict=True)}
    if form in _PICTURES and form in formats(what):
        return {path: picture(what, form, title, language)}
    binary: Mapping[str, Callable[[Any], bytes]] = _ROW_BYTES if isinstance(what, Rows) else _NETWORK_BYTES
    if form in binary and form in formats(what):
        return {path: binary[form](what)}
    return {path: _encoded(render(what, form), bom)}


def _sheets(graph: nx.Graph[str]) -> dict[str, Rows]:
    node_rows, edge_rows = _Writer("graphs", "node_rows"), _Writer("graphs", "edge_rows")
    return {both("export.nodes"): node_rows(graph), both("export.edges"): edge_rows(graph)}


def _encoded(text: str, bom: bool) -> bytes:
    return f"\ufeff{text}".encode() if bom else text.encode()


def _pair(what: Exportable, form: str) -> bool:
    return form in PAIRS and not isinstance(what, Rows) and hasattr(what, "graph")


def _of(what: Exportable, known: Mapping[str, Callable[[Any], str]], form: str) -> Callable[[Any], str]:
    if form not in known:
        raise UsageError("export.no-format", form=form, known=formats(what))
    return known[form]
