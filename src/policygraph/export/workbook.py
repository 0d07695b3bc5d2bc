"""Write tables as an Excel workbook and as Parquet: typed cells, no formulas. Both need an optional package."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

from policygraph.errors import UsageError
from policygraph.messages import say
from policygraph.rows import Rows, columns, headings

_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)  # the same tables give the same bytes
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_CELL, _LONGEST_NAME, _WIDEST = 32_767, 31, 60


def as_xlsx(sheets: Mapping[str, Rows], chinese: bool = True) -> bytes:
    """Return a workbook with a sheet for each table; ``chinese`` translates the headings that are known.

    Numbers are numbers, truth values are truth values, everything else is text: no cell is a formula or a
    link. The names of the tables are cut to what Excel allows. Raises UsageError where XlsxWriter is not installed.
    """
    writer, out = _module("xlsxwriter"), io.BytesIO()
    book = writer.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MOMENT.replace(tzinfo=None), "title": "policygraph"})
    bold = book.add_format({"bold": True, "bottom": 1})
    used: set[str] = set()
    for name, rows in sheets.items():
        _sheet(book.add_worksheet(_sheet_name(name, used)), rows, bold, chinese)
    book.close()
    return out.getvalue()


def as_parquet(rows: Rows) -> bytes:
    """Return Parquet with a type for each column. Raises UsageError where pyarrow is not installed."""
    arrow, parquet = _module("pyarrow"), _module("pyarrow.parquet")
    kinds = {int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_(), str: arrow.string()}
    found = columns(rows)
    arrays = [arrow.array(cells, type=kinds[kind]) for _, kind, cells in found]
    out = io.BytesIO()
    parquet.write_table(arrow.table(arrays, names=[name for name, _, _ in found]), out)
    return out.getvalue()


def _sheet(sheet: Any, rows: Rows, bold: Any, chinese: bool) -> None:
    names = [_heading(name) if chinese else name for name in rows.columns]
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, bold)
        cells = [_width(name), *(_width(row[place]) for row in rows.rows)]
        sheet.set_column(place, place, min(_WIDEST, max(cells) + 2))
    for number, row in enumerate(rows.rows, start=1):
        for place, cell in enumerate(row):
            _cell(sheet, number, place, cell)
    sheet.freeze_panes(1, 0)
    if rows.rows:
        sheet.autofilter(0, 0, len(rows.rows), len(names) - 1)


def _cell(sheet: Any, row: int, column: int, cell: object) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float | Decimal):
        sheet.write_number(row, column, float(cell))
    else:
        sheet.write_string(row, column, _CONTROL.sub(" ", str(cell))[:_LONGEST_CELL])


def _heading(name: str) -> str:
    plain = name.removeprefix("evidence_")
    found = headings().get(plain, plain)
    return say("export.evidence-of", "zh", heading=found) if plain != name else found


def _width(cell: object) -> int:
    """Return about how wide a cell is; a Chinese character takes two places."""
    text = "" if cell is None else str(cell)
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)


def _sheet_name(name: str, used: set[str]) -> str:
    """Return a name that Excel takes: short, without its marks, unlike the others in any case of letters."""
    plain = _FORBIDDEN.sub(" ", name).strip()[:_LONGEST_NAME] or "sheet"
    found, number = plain, 1
    while found.casefold() in used:
        number += 1
        found = f"{plain[: _LONGEST_NAME - 4]} {number}"
    used.add(found.casefold())
    return found


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError("export.no-package", name=name.partition(".")[0]) from error
