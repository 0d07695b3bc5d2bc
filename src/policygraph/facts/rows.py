"""Turn a row of a fact table into cells and back: the one place that knows which table has which record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from policygraph.errors import TableError
from policygraph.facts.forms import CellForm, form, shortened
from policygraph.messages import Message, render
from policygraph.model import (
    BodyRow,
    CitationRow,
    ClauseRow,
    Evidence,
    MetadataRow,
    NumberRow,
    RegionRow,
    ResponsibilityRow,
    ScheduleRow,
    SlipRow,
    StructureRow,
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
    "regions": RegionRow,
    "slips": SlipRow,
}
ADDED = ("rule", "match", "seen_in", "after")  # columns that tables of older versions do not have
_ERRORS = ("#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!")  # what a spreadsheet made of a formula
_EVIDENCE = tuple(item.name for item in fields(Evidence))


@cache
def columns(table: str) -> tuple[str, ...]:
    """Return the column names of a table, in file order.

    >>> columns("citations")[:4]
    ('doc', 'title', 'number', 'relation')
    """
    return tuple(_column(ROWS[table], name) for name in _own(table)) + _EVIDENCE


@cache
def _own(table: str) -> tuple[str, ...]:
    return tuple(item.name for item in fields(ROWS[table]) if item.name != "evidence")


def _column(kind: type, name: str) -> str:
    return "class" if (kind, name) == (NumberRow, "kind") else name  # no field can be called class


def as_cells(row: Any) -> dict[str, object]:
    """Flatten a row into cells by column name; what is noted at a fact is said in Chinese, the language of the data."""
    own = (item.name for item in fields(row) if item.name != "evidence")
    cells = {_column(type(row), name): getattr(row, name) for name in own}
    evidence = {name: getattr(row.evidence, name) for name in _EVIDENCE}
    return cells | evidence | {"note": render(row.evidence.note, "zh")}


def as_row(table: str, cells: Mapping[str, str], place: Message, called: Callable[[str], object] = str) -> Any:
    """Build the row of a table from its cells; ``place`` (file and line) opens the message of a TableError.

    ``called`` returns how a person knows a column.
    """
    about = _forms(table, "").get("field")
    forms = _forms(table, about.mended(cells.get("field", "")) if about else "")
    read = [_typed(wanted, cells.get(name, ""), name, place, called) for name, wanted in forms.items()]
    own = dict(zip(_own(table), read, strict=False))
    return ROWS[table](**own, evidence=Evidence(*read[len(own) :]))


@cache
def _forms(table: str, about: str) -> Mapping[str, CellForm]:
    """Return the forms of the cells of a row, in the order of its columns; ``about`` is the field of a metadata row."""
    return {name: form(table, name, about) for name in columns(table)}


def _typed(wanted: CellForm, cell: str, name: str, place: Message, called: Callable[[str], object]) -> Any:
    fits = wanted.fits(cell)
    if not fits:
        cell = wanted.mend(cell)
        fits = wanted.fits(cell)
    if cell in _ERRORS:
        raise TableError("facts.error-in-a-cell", place=place, column=called(name), cell=cell)
    if not fits:
        raise TableError(
            "facts.bad-cell", place=place, column=called(name), cell=shortened(cell), wanted=wanted.wanted()
        )
    return wanted.read(cell)
