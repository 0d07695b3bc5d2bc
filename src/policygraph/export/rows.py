"""Write a table of answers: for the screen, for a spreadsheet, for another program."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from policygraph import tables
from policygraph.rows import Rows

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def table(rows: Rows, width: int | None = None) -> str:
    """Return a table for the screen, numbers to the right; as wide as needed, or cut to ``width`` columns.

    A cell that does not fit ends in «…»: each row keeps its line.
    """
    texts = [tuple(_shown(cell) for cell in row) for row in rows.rows]
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, safe_box=True)
    for place, name in enumerate(rows.columns):
        number = any(isinstance(row[place], int | Decimal) for row in rows.rows)
        cut = {"no_wrap": True, "overflow": "ellipsis"} if width else {"overflow": "fold"}
        drawn.add_column(Text(name), justify="right" if number else "left", **cut)
    for row in texts:
        drawn.add_row(*(Text(cell) for cell in row))
    out = io.StringIO()
    Console(file=out, width=width or _natural(rows.columns, texts), color_system=None).print(drawn)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).strip("\n") + "\n"


def as_csv(rows: Rows, bom: bool = False) -> str:
    """Return comma-separated values (RFC 4180); ``bom`` makes Excel read them as UTF-8.

    A text cell that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(safe(name) for name in rows.columns)
    writer.writerows([safe(_shown(cell)) for cell in row] for row in rows.rows)
    return ("\ufeff" if bom else "") + out.getvalue()


def as_tsv(rows: Rows) -> str:
    """Return tab-separated values as the fact tables are written: no quoting, tab and line end escaped."""
    return tables.render_table(
        rows.columns, (dict(zip(rows.columns, map(_shown, row), strict=True)) for row in rows.rows)
    )


def as_json(rows: Rows) -> str:
    """Return a JSON list with one object a row; numbers stay numbers, an empty cell is null."""
    records = [dict(zip(rows.columns, map(_jsonable, row), strict=True)) for row in rows.rows]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    A lone operator is no formula: the comparator «=» stays as it is.

    >>> safe("=1+1"), safe("-5.2"), safe(">="), safe("=")
    ("'=1+1", '-5.2', '>=', '=')
    """
    formula = len(cell) > 1 and cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if formula else cell


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _jsonable(cell: object) -> object:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell if cell is None or isinstance(cell, bool | int | float) else str(cell)


def _natural(columns: tuple[str, ...], texts: list[tuple[str, ...]]) -> int:
    lines = [columns, *texts]
    longest = [max(cell_len(part) for line in lines for part in line[i].split("\n")) for i in range(len(columns))]
    return sum(longest) + 3 * len(columns) + 1
