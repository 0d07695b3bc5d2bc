"""Write the tables of a pack: rankings under each rule of counting, the cascade, documents, status, versions."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from policygraph.export import as_xlsx, contents
from policygraph.outputs import put
from policygraph.paper.asking import Asking
from policygraph.query.sidebyside import side_by_side
from policygraph.rows import Rows
from policygraph.version import __version__

# Rankings by function and by body: all counts, and the ranks under the four rules side by side.
_RANKINGS = {
    "by-function": "lead-roles",
    "by-function-rules": "lead-roles-compared",
    "by-body": "lead-roles-of-agencies",
    "by-body-rules": "lead-roles-of-agencies-compared",
    "by-document": "lead-roles-by-document",
}
_TABLES = ("documents", "facts-by-status", "unchecked-figures", "documents-without-text", "ambition")
_PARTS = ("rdflib", "pyoxigraph", "owlrl", "pyshacl", "networkx", "numpy", "matplotlib", "XlsxWriter")


def write_tables(asking: Asking, folder: Path) -> None:
    """Write rankings/, cascade/, tables/ and versions.csv."""
    rankings = {name: asking.ask(question) for name, question in _RANKINGS.items()}
    _write(folder / "rankings", rankings, "lead-roles", asking.language)
    matrix = side_by_side(asking.ask, "targets", language=asking.language)
    verdicts = asking.ask("targets-compared", scope="parent")
    _write(folder / "cascade", {"matrix": matrix, "verdicts": verdicts}, "cascade", asking.language)
    _write(folder / "tables", {name: asking.ask(name) for name in _TABLES}, "tables", asking.language)
    put(contents(versions(), "csv", folder / "versions.csv"))


def versions() -> Rows:
    """Return the versions of what made the pack; a package that is not installed is left out."""
    rows = [("policygraph", __version__), ("Python", platform.python_version())]
    for name in _PARTS:
        try:
            rows.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return Rows(("name", "version"), tuple(rows))


def _write(place: Path, tables: Mapping[str, Rows], book: str, language: str) -> None:
    """Write each table as CSV (with a byte order mark, for Excel), and all as sheets of one workbook."""
    place.mkdir()
    for name, rows in tables.items():
        put(contents(rows, "csv", place / f"{name}.csv", bom=True))
    (place / f"{book}.xlsx").write_bytes(as_xlsx(tables, chinese=language == "zh"))
