"""Load and save the fact tables of one document: a folder of tab-separated files that a person can edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from policygraph import outputs, tables
from policygraph.errors import TableError
from policygraph.facts import sheets
from policygraph.facts.forms import form, shortened
from policygraph.messages import Message, legible, render
from policygraph.model import (
    BodyRow,
    CitationRow,
    ClauseRow,
    Evidence,
    Facts,
    MetadataRow,
    NumberRow,
    ResponsibilityRow,
    ScheduleRow,
    StructureRow,
    Tables,
    TargetRow,
)

ROWS: dict[str, type] = {
    "metadata": MetadataRow,
    "structure": StructureRow,
    "clauses": ClauseRow,
    "responsibilities": ResponsibilityRow,
    "targets": TargetRow,
    "citations": CitationRow,
    "bodies": BodyRow,
    "schedule": ScheduleRow,
    "numbers": NumberRow,
}
_ADDED = ("rule", "match", "seen_in")  # columns that tables of older versions do not have
_EVIDENCE = tuple(item.name for item in fields(Evidence))


@cache
def columns(table: str) -> tuple[str, ...]:
    """Return the column names of a table, in file order.

    >>> columns("citations")[:4]
    ('doc', 'title', 'number', 'relation')
    """
    own = tuple(_column(ROWS[table], item.name) for item in fields(ROWS[table]) if item.name != "evidence")
    return own + _EVIDENCE


def _column(kind: type, name: str) -> str:
    return "class" if (kind, name) == (NumberRow, "kind") else name  # no field can be called class


def load(folder: Path) -> Facts:
    """Return the facts of one document folder; tables that are not there are empty, older ones may lack columns.

    Raises TableError (file, line, column, what to write) for a missing column and for a cell that has not the form of
    its column (:mod:`policygraph.facts.forms`).
    """
    if not is_folder(folder):
        outputs.mend(folder.parent)  # a killed save may have left it aside
    if not is_folder(folder):
        raise TableError("facts.no-tables", path=folder)
    sheets.refuse_workbooks(folder, ROWS)
    found = {table: _load_table(folder, table) for table in ROWS}
    return Facts(doc=legible(folder.name), **found)


def is_folder(path: Path) -> bool:
    """Tell whether a folder holds the tables of a document, as they are written or as a spreadsheet saved them."""
    return any((path / f"metadata{suffix}").is_file() for suffix in (*sheets.SUFFIXES, *sheets.WORKBOOKS))


def save(facts: Tables, folder: Path) -> None:
    """Write the tables of one document, all of them or none: the folder is swapped in when complete.

    Raises UsageError where the folder holds what :func:`save` did not write, or what was changed since.
    """
    with outputs.making(folder) as fresh:
        for table in ROWS:
            rows = (as_cells(row) for row in getattr(facts, table))
            sheets.write(fresh / f"{table}.tsv", columns(table), rows)


def as_cells(row: Any) -> dict[str, object]:
    """Flatten a row into cells by column name; what is noted at a fact is said in Chinese, the language of the data."""
    own = (item.name for item in fields(row) if item.name != "evidence")
    cells = {_column(type(row), name): getattr(row, name) for name in own}
    evidence = {name: getattr(row.evidence, name) for name in _EVIDENCE}
    return cells | evidence | {"note": render(row.evidence.note, "zh")}


def as_row(table: str, cells: Mapping[str, str], place: Message) -> Any:
    """Build the row of a table from its cells; ``place`` (file and line) opens the message of a TableError."""
    evidence: dict[str, Any] = {name: _typed(table, name, cells, place) for name in _EVIDENCE}
    own = (item.name for item in fields(ROWS[table]) if item.name != "evidence")
    values = {name: _typed(table, _column(ROWS[table], name), cells, place) for name in own}
    return ROWS[table](**values, evidence=Evidence(**evidence))


def _load_table(folder: Path, table: str) -> tuple[Any, ...]:
    path = sheets.find(folder, table)
    if path is None:
        return ()
    rows = sheets.numbered_rows(path, required=[name for name in columns(table) if name not in _ADDED])
    return tuple(as_row(table, cells, tables.place(path, line)) for line, cells in rows)


def _typed(table: str, name: str, cells: Mapping[str, str], place: Message) -> object:
    wanted = form(table, name, cells.get("field", ""))
    cell = wanted.mended(cells.get(name, ""))
    if not wanted.fits(cell):
        raise TableError("facts.bad-cell", place=place, column=name, cell=shortened(cell), wanted=wanted.wanted())
    return wanted.read(cell)
