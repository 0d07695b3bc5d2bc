"""Part the merged cells of a page's tables, so that every row has a cell in every column."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from policygraph.read.rows import is_name

Element = Any  # lxml ships no types
_MOST_COLUMNS = 100
_MOST_ROWS = 1000  # that one cell covers


def part_cells(tree: Element) -> None:
    """Put empty cells where a merged one covers columns; where it covers rows, its words again if they are a name."""
    for table in list(tree.iter("table")):
        _part(table)


def _part(table: Element) -> None:
    below: dict[int, tuple[int, str]] = {}  # column -> how many more rows a cell above covers, and its words
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        column = 0
        for cell in cells:
            column = _covered(row, row.index(cell), column, below)
            column = _begun(row, cell, column, below)
        _covered(row, len(row), column, below)


def _begun(row: Element, cell: Element, column: int, below: dict[int, tuple[int, str]]) -> int:
    """Take in a cell that begins in a column, and return the column behind it."""
    columns = min(_whole(cell.attrib.pop("colspan", "")), max(_MOST_COLUMNS - column, 1))
    covered = min(_whole(cell.attrib.pop("rowspan", "")), _MOST_ROWS) - 1
    text = " ".join("".join(cell.itertext()).split())
    at = row.index(cell)
    for more in range(columns):
        if covered:
            below[column + more] = (covered, text if not more and is_name([text]) else "")
        if more:
            _insert(row, at + more, "")
    return column + columns


def _covered(row: Element, at: int, column: int, below: dict[int, tuple[int, str]]) -> int:
    """Put cells where those above cover the columns from one on, and return the first column that is free."""
    while column in below:
        left, text = below.pop(column)
        if left > 1:
            below[column] = (left - 1, text)
        _insert(row, at, text)
        at += 1
        column += 1
    return column


def _insert(row: Element, at: int, text: str) -> None:
    cell = etree.Element("td")
    cell.text = text
    row.insert(at, cell)


def _whole(text: str) -> int:
    return max(int(text), 1) if re.fullmatch("[0-9]{1,4}", text.strip()) else 1
