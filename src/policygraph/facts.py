"""Load and save the fact tables of one document: a folder of tab-separated files that a person can edit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from policygraph import outputs, tables
from policygraph.errors import TableError
from policygraph.model import (
    BodyRow,
    CitationRow,
    ClauseRow,
    Evidence,
    Facts,
    MetadataRow,
    ResponsibilityRow,
    ScheduleRow,
    StructureRow,
    Tables,
    TargetRow,
)
from policygraph.terms import Role

ROWS: dict[str, type] = {
    "metadata": MetadataRow,
    "structure": StructureRow,
    "clauses": ClauseRow,
    "responsibilities": ResponsibilityRow,
    "targets": TargetRow,
    "citations": CitationRow,
    "bodies": BodyRow,
    "schedule": ScheduleRow,
}
ALLOWED = {
    "status": ("extracted", "reviewed", "disputed", "unchecked"),
    "role": tuple(map(str, Role)),
    "op": (">=", "<=", ">", "<", "=", "rise", "fall", "qual"),
}
_NUMBERS = ("clause", "order", "year", "start", "end")
_EVIDENCE = tuple(item.name for item in fields(Evidence))


@cache
def columns(table: str) -> tuple[str, ...]:
    """Return the column names of a table, in file order.

    >>> columns("citations")[:4]
    ('doc', 'title', 'number', 'relation')
    """
    own = tuple(item.name for item in fields(ROWS[table]) if item.name != "evidence")
    return own + _EVIDENCE


def load(folder: Path) -> Facts:
    """Return the facts of one document folder; tables that are not there are empty.

    Raises TableError (file, line, what to do) for a missing column, a number that is none, or an unknown role.
    """
    if not (folder / "metadata.tsv").is_file():
        outputs.mend(folder.parent)  # a killed save may have left it aside
    if not (folder / "metadata.tsv").is_file():
        raise TableError(f"{folder}: no metadata.tsv; name a folder that `policygraph extract` wrote")
    found = {table: _load_table(folder / f"{table}.tsv", table) for table in ROWS}
    return Facts(doc=folder.name, **found)


def save(facts: Tables, folder: Path) -> None:
    """Write the tables of one document, all of them or none: the folder is swapped in when complete.

    Raises UsageError where the folder holds what :func:`save` did not write, or what was changed since.
    """
    with outputs.making(folder) as fresh:
        for table in ROWS:
            rows = (as_cells(row) for row in getattr(facts, table))
            tables.write_table(fresh / f"{table}.tsv", columns(table), rows)


def as_cells(row: Any) -> dict[str, object]:
    """Flatten a row into cells by column name."""
    cells = {item.name: getattr(row, item.name) for item in fields(row) if item.name != "evidence"}
    return cells | {name: getattr(row.evidence, name) for name in _EVIDENCE}


def as_row(table: str, cells: dict[str, str], place: str) -> Any:
    """Build the row of a table from its cells; ``place`` (file:line) opens the message of a TableError."""
    values: dict[str, Any] = {name: _typed(name, cells.get(name, ""), place) for name in columns(table)}
    evidence = Evidence(**{name: values.pop(name) for name in _EVIDENCE})
    return ROWS[table](**values, evidence=evidence)


def _load_table(path: Path, table: str) -> tuple[Any, ...]:
    if not path.is_file():
        return ()
    rows = tables.read_table(path, required=columns(table))
    return tuple(as_row(table, cells, f"{path}:{line}") for line, cells in enumerate(rows, start=2))


def _typed(name: str, cell: str, place: str) -> object:
    allowed: Iterable[str] = ALLOWED.get(name, ())
    if allowed and cell not in allowed:
        raise TableError(f"{place}: {name} is «{cell}»; write one of {', '.join(allowed)}")
    try:
        if name in _NUMBERS:
            return int(cell) if cell else None
        return Decimal(cell) if name == "confidence" else cell
    except (ValueError, InvalidOperation):
        raise TableError(f"{place}: {name} is «{cell}», which is not a number; correct it") from None
