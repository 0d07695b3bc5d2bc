"""Read back a workbook that a person corrected: the rows of each table in the order of the document.

Sheets and columns are found by their Chinese or English names, in any order; columns of one's own are let alone. A row
without a number is new, a number that is missing was taken out, the second of two equal numbers is a copy: new too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from policygraph.errors import TableError
from policygraph.facts import books, words
from policygraph.facts.forms import as_date, form, shortened
from policygraph.facts.rows import ADDED, ROWS, as_row, columns
from policygraph.facts.workbook import REMARKS, ROW, headings
from policygraph.messages import Message, Pair

_FILLED = {"confidence": "1", "status": "reviewed"}  # of a row that a person added
_OPTIONAL = (*ADDED, "doc", "start", "end", "rule", "match", "note")


Line: TypeAlias = tuple[dict[str, str], Message]  # the cells of a row by column, and where it stands


@dataclass(frozen=True, slots=True)
class Returned:
    """A row as a person left it: its number in the table as written (None: new), and who changed it, when and why."""

    number: int | None
    row: Any
    who: str = ""
    when: str = ""
    why: str = ""


def read_back(path: Path, doc: str) -> Mapping[str, tuple[Returned, ...]]:
    """Return the rows of every table of a workbook; ``doc`` is the document of rows that name none.

    Raises TableError (file, sheet, row, column) where a sheet or a column is missing, and for a cell of a wrong form.
    """
    found = {sheet.name.strip(): sheet for sheet in books.sheets_of(path)}
    read = {}
    for table in ROWS:
        sheet = found.get(words.sheet(table)) or found.get(table)
        if sheet is None:
            wanted = Pair(words.sheet(table), f"{words.sheet(table)} ({table})")
            raise TableError("facts.no-sheet", path=path, sheet=wanted, found=list(found))
        read[table] = returned(table, numbered(sheet, table, doc))
    return read


def returned(table: str, lines: Sequence[Line]) -> tuple[Returned, ...]:
    """Return the rows of a table in the order of the document: by their numbers, as they stand where none has one."""
    rows = [_returned(table, *line) for line in lines]
    return _ordered(rows) if any(each.number is not None for each in rows) else tuple(rows)


def numbered(sheet: books.Sheet, table: str, doc: str) -> list[Line]:
    """Return the rows of a sheet by column, each with its place; blank rows are passed over.

    Raises TableError where a column is missing, or a cell stands under no heading.
    """
    start = next((at for at, cells in enumerate(sheet.rows) if any(cell.strip() for cell in cells)), 0)
    known = headings(table)
    head = [known.get(cell.strip(), cell.strip()) for cell in (sheet.rows[start] if sheet.rows else ())]
    if missing := [name for name in columns(table) if name not in (*head, *_OPTIONAL)]:
        named = [Pair(words.column(table, name).heading, name) for name in missing]
        raise TableError("tables.column-missing", place=sheet.place(start + 1), columns=named)
    rows = []
    for line, cells in enumerate(sheet.rows[start + 1 :], start=start + 2):
        if not any(cell.strip() for cell in cells):
            continue
        if astray := next((cell for name, cell in zip(head, cells, strict=False) if cell.strip() and not name), ""):
            raise TableError("facts.no-heading", place=sheet.place(line), cell=shortened(astray))
        found = dict(zip(head, cells, strict=False))
        rows.append((found | {"doc": found.get("doc") or doc}, sheet.place(line)))
    return rows


def _returned(table: str, cells: dict[str, str], place: Message) -> Returned:
    number = form(table, "start").mended(cells.get(ROW, ""))
    if not form(table, "start").fits(number):
        raise TableError(
            "facts.bad-cell",
            place=place,
            column=_called(table, ROW),
            cell=number,
            wanted=form(table, "start").wanted(),
        )
    added = not number and (ROW in cells or not any(map(cells.get, _FILLED)))
    filled = cells | {name: cells.get(name) or text for name, text in _FILLED.items()} if added else cells
    row = as_row(table, filled, place, partial(_called, table) if ROW in cells else str)
    who, when, why = (cells.get(name, "").strip() for name in REMARKS)
    return Returned(int(number) if number else None, row, who, as_date(when), why)


def _called(table: str, name: str) -> Pair:
    heading = words.column(table, name).heading
    return Pair(f"“{heading}”列", f"{heading} ({name})")


def _ordered(rows: Iterable[Returned]) -> tuple[Returned, ...]:
    """Put rows in the order of the document; a new one goes behind the last of its section, or to the end."""
    kept: dict[int, Returned] = {}
    new: list[Returned] = []
    for each in rows:
        if each.number is None or each.number in kept:
            new.append(Returned(None, each.row, each.who, each.when, each.why))
        else:
            kept[each.number] = each
    found = [kept[number] for number in sorted(kept)]
    for each in new:
        found.insert(_behind(found, each), each)
    return tuple(found)


def _behind(rows: Sequence[Returned], new: Returned) -> int:
    section = getattr(new.row, "section", None)
    same = [at for at, each in enumerate(rows) if section and getattr(each.row, "section", None) == section]
    return same[-1] + 1 if same else len(rows)
