"""Hold a table of answers, and turn it into data frames, plain records, and tables for notebooks.

pandas and polars are optional and are loaded on use; columns of numbers become columns of numbers, an empty
cell a missing value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from html import escape
from importlib import import_module
from typing import Any

from policygraph import assets, tables
from policygraph.errors import UsageError

_SHOWN = 60  # rows of a table in a notebook; more scroll the page away
_LONGEST = 300  # characters of a cell there
_EVIDENCE = "evidence_"


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of answers: cells are str, int, Decimal, bool or None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def to_dicts(self) -> list[dict[str, object]]:
        """Return one dict a row."""
        return to_dicts(self)

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame. Raises UsageError where pandas is not installed."""
        return to_pandas(self)

    def to_polars(self) -> Any:
        """Return a polars DataFrame. Raises UsageError where polars is not installed."""
        return to_polars(self)

    def _repr_html_(self) -> str:
        """Return the table that notebooks show."""
        return to_html(self)


def to_dicts(rows: Rows) -> list[dict[str, object]]:
    """Return one dict a row; decimals become int where whole, else float."""
    return [dict(zip(rows.columns, map(_number, row), strict=True)) for row in rows.rows]


def to_pandas(rows: Rows) -> Any:
    """Return a pandas DataFrame. Raises UsageError where pandas is not installed."""
    pandas = _module("pandas")
    return pandas.DataFrame({name: _pandas_column(pandas, kind, cells) for name, kind, cells in columns(rows)})


def to_polars(rows: Rows) -> Any:
    """Return a polars DataFrame. Raises UsageError where polars is not installed."""
    polars = _module("polars")
    kinds = {str: polars.String, int: polars.Int64, float: polars.Float64, bool: polars.Boolean}
    return polars.DataFrame([polars.Series(name, cells, dtype=kinds[kind]) for name, kind, cells in columns(rows)])


def to_html(rows: Rows, most: int = _SHOWN) -> str:
    """Return an HTML table of the first rows, for notebooks: Chinese headings over the names of the columns."""
    head = "".join(f"<th>{_head(name)}</th>" for name in rows.columns)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows.rows[:most])
    total = len(rows.rows)
    cut = f",显示前 {most} 行 / the first {most} of" if total > most else " /"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>共 {total} 行{cut} {total} rows</p>"


@cache
def headings(language: str = "zh") -> Mapping[str, str]:
    """Return the heading of each column that questions and networks use, Chinese (``zh``) or English (``en``)."""
    return {row["column"]: row[language] for row in tables.read_table(assets.path("data", "headings.tsv"))}


def columns(rows: Rows) -> list[tuple[str, type[Any], list[Any]]]:
    """Return the name, the type (int, float, bool or str) and the cells of each column; text where cells differ."""
    found = []
    for place, name in enumerate(rows.columns):
        cells = [_number(row[place]) for row in rows.rows]
        kind = _kind(cells)
        found.append((name, kind, [None if cell is None else kind(cell) for cell in cells]))
    return found


def _kind(cells: list[Any]) -> type[Any]:
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds <= {int, float} and kinds:
        return float if float in kinds else int
    return bool if kinds == {bool} else str


def _pandas_column(pandas: Any, kind: type[Any], cells: list[Any]) -> Any:
    types = {int: "Int64", float: "Float64", bool: "boolean", str: "str"}
    return pandas.Series(cells, dtype=types[kind])


def _number(cell: object) -> object:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell


def _head(name: str) -> str:
    """Return a heading: Chinese where it is known, with the name of the column, by which programs find it."""
    plain = name.removeprefix(_EVIDENCE)
    known = headings().get(plain)
    if not known:
        return escape(name)
    return f"{escape(f'依据:{known}' if plain != name else known)}<br><small>{escape(name)}</small>"


def _cell(cell: object) -> str:
    text = "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…({len(text)} 字)"
    side = ' style="text-align:right"' if isinstance(cell, int | float | Decimal) else ' style="text-align:left"'
    return f"<td{side}>{escape(text)}</td>"


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError("rows.not-installed", name=name) from error
