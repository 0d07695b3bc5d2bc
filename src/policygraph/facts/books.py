"""Read the sheets of a workbook as text, whatever program saved it: xlsx, xls, ods, or et of WPS."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import ReadError, TableError
from policygraph.facts.book_cells import Place, shown_otherwise
from policygraph.messages import Foreign, Message, message

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".et")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: the cells of its rows from the first on, as text; rows may be empty, cells too."""

    path: Path
    name: str
    rows: tuple[tuple[str, ...], ...]

    def place(self, line: int) -> Message:
        """Return a row as the beginning of a message; rows count from 1."""
        return message("facts.place-in-sheet", path=self.path, sheet=self.name, line=line)


def is_book(path: Path) -> bool:
    """Tell a workbook by its name; the lock that a program leaves beside an open one is none."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$")) and path.is_file()


def sheets_of(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook. Raises TableError for a file that is none, or that has a password."""
    from python_calamine import CalamineError, PasswordError, load_workbook  # only where a workbook is read

    try:
        data = path.read_bytes()
        shown = shown_otherwise(data, str(path))  # first: it has limits on what a file unpacks to
        book = load_workbook(io.BytesIO(data))
        return tuple(_sheet(path, name, book.get_sheet_by_name(name), shown.get(name, {})) for name in book.sheet_names)
    except OSError as error:
        raise TableError("tables.not-read", path=path, reason=Foreign(error.strerror or str(error))) from error
    except PasswordError as error:
        raise TableError("facts.book-with-password", path=path) from error
    except ReadError as error:
        raise TableError.like(error) from error
    except CalamineError as error:
        raise TableError("facts.no-book", path=path) from error


def _sheet(path: Path, name: str, sheet: CalamineSheet, otherwise: Mapping[Place, str]) -> Sheet:
    rows = [list(map(_text, cells)) for cells in sheet.to_python(skip_empty_area=False)]
    for (row, column), shown in otherwise.items():
        if row < len(rows) and column < len(rows[row]):  # calamine keeps every cell up to the last
            rows[row][column] = shown
    return Sheet(path, name, tuple(map(tuple, rows)))


def _text(cell: object) -> str:
    """Return a cell as a person would type it.

    >>> _text(30.0), _text(0.98), _text(1e-07), _text(datetime(2022, 5, 10)), _text(True), _text("30.0")
    ('30', '0.98', '0.0000001', '2022-05-10', 'yes', '30.0')
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        written = f"{Decimal(repr(cell)):f}"
        return written.removesuffix(".0")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
