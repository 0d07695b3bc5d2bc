"""Write a table of answers: for the screen, for a spreadsheet, for another program."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from itertools import accumulate

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from policygraph import tables
from policygraph.rows import Rows

_BORDER, _READABLE = 3, 10  # places of the screen: between columns, and that a cell needs to be read
_MORE = "+{}"  # heads the columns that are left out


def table(rows: Rows, width: int | None = None) -> str:
    """Return a table for the screen, numbers to the right; as wide as needed, or cut to ``width`` columns.

    Cut, each row keeps its line: a cell that does not fit ends in «…», and the last columns of a table of many are
    left out: a column ``+5`` says how many.
    """
    texts = [tuple(_shown(cell) for cell in row) for row in rows.rows]
    natural = _natural(rows.columns, texts)
    kept = _kept(natural, width) if width else len(natural)
    more = _MORE.format(len(natural) - kept) if kept < len(natural) else ""
    rest = _BORDER + len(more) if more else 0
    widths = _fitted(natural[:kept], width - _BORDER * kept - 1 - rest) if width else natural
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, safe_box=True)
    for place, (name, cells) in enumerate(zip(rows.columns, widths, strict=False)):
        number = any(isinstance(row[place], int | Decimal) for row in rows.rows)
        drawn.add_column(
            Text(name),
            justify="right" if number else "left",
            no_wrap=bool(width),
            overflow="ellipsis" if width else "fold",
            width=cells if width else None,
        )
    if more:
        drawn.add_column(more)
    for row in texts:
        drawn.add_row(*map(Text, (*row[:kept], "…") if more else row))
    out = io.StringIO()
    Console(file=out, width=width or sum(natural) + _BORDER * kept + 1, color_system=None).print(drawn)
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
    return f"'{cell}" if tables.is_formula(cell) else cell


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


def _natural(columns: tuple[str, ...], texts: list[tuple[str, ...]]) -> list[int]:
    """Return how wide each column is where nothing is cut."""
    lines = [columns, *texts]
    return [max(cell_len(part) for line in lines for part in line[i].split("\n")) for i in range(len(columns))]


def _kept(natural: list[int], width: int) -> int:
    """Return how many of the first columns can be read within a width; with a place for «+n» where some cannot.

    >>> _kept([12, 12, 12], 60), _kept([12, 12, 12, 12], 50), _kept([90], 40)
    (3, 3, 1)
    """
    needed = [min(cells, _READABLE) + _BORDER for cells in natural]
    if sum(needed) < width:
        return len(natural)
    room = width - 1 - _BORDER - len(_MORE.format(99))
    return max(1, sum(total <= room for total in accumulate(needed)))


def _fitted(natural: list[int], room: int) -> list[int]:
    """Share out the room: a narrow column keeps its width, the wide ones get the rest in equal parts.

    >>> _fitted([5, 60, 20, 90], 85)
    [5, 30, 20, 30]
    """
    widths, left = list(natural), room
    for done, place in enumerate(sorted(range(len(natural)), key=natural.__getitem__)):
        widths[place] = min(natural[place], max(1, left // (len(natural) - done)))
        left -= widths[place]
    return widths
