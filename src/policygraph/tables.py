"""Read and write tab-separated tables: UTF-8, a header line, no quoting, a final newline.

Fact tables, which people save with spreadsheets, are read by :mod:`policygraph.facts.sheets`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from policygraph.errors import TableError
from policygraph.messages import Foreign, Message, message

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))


def escape(cell: str) -> str:
    r"""Write a cell on one line: tab, newline and backslash become ``\t``, ``\n``, ``\\``.

    >>> escape("a\tb")
    'a\\tb'
    """
    for raw, written in _ESCAPES:
        cell = cell.replace(raw, written)
    return cell


def unescape(cell: str) -> str:
    r"""Undo :func:`escape`; other backslashes stay.

    >>> unescape(escape("a\\tb\n")) == "a\\tb\n"
    True
    """
    if "\\" not in cell:
        return cell
    out: list[str] = []
    known = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    rest = iter(cell)
    for char in rest:
        after = next(rest, "") if char == "\\" else ""
        out.append(known.get(after, char + after) if char == "\\" else char)
    return "".join(out)


def is_formula(cell: str) -> bool:
    """Tell what a spreadsheet would run as a formula. A number is none, nor a lone operator: the comparator «=».

    >>> is_formula("=1+1"), is_formula("-5.2"), is_formula(">="), is_formula("=")
    (True, False, False, False)
    """
    return len(cell) > 1 and cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)


def read_table(path: Path, required: Sequence[str] = ()) -> list[dict[str, str]]:
    """Return the rows of a table as dictionaries by column name.

    A byte order mark, Windows line ends and empty lines are tolerated, as spreadsheets write them.
    Raises TableError (file, line, column) for a missing column or a line of the wrong length.
    """
    return [cells for _, cells in numbered_rows(path, required)]


def numbered_rows(path: Path, required: Sequence[str] = ()) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of :func:`read_table`, each with the number of its line in the file."""
    lines = _lines(path)
    header = lines[0].split("\t")
    missing = [name for name in required if name not in header]
    if missing:
        raise TableError("tables.column-missing", place=place(path, 1), columns=missing)
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip("\t "):
            continue
        cells = line.split("\t")
        if len(cells) > len(header) and not any(cells[len(header) :]):
            cells = cells[: len(header)]  # a spreadsheet's empty columns at the right
        if len(cells) != len(header):
            raise TableError("tables.cells", place=place(path, number), cells=len(cells), columns=len(header))
        rows.append((number, {name: unescape(cell) for name, cell in zip(header, cells, strict=True)}))
    return rows


def place(path: Path, line: int) -> Message:
    """Return a line of a table as the beginning of a message."""
    return message("tables.place", path=path, line=line)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise TableError("tables.not-utf-8", path=path) from error
    except OSError as error:
        raise TableError("tables.not-read", path=path, reason=Foreign(error.strerror or str(error))) from error


def render_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return a table as text; missing cells are empty."""
    return "\n".join(["\t".join(columns), *(render_row(columns, row) for row in rows)]) + "\n"


def render_row(columns: Sequence[str], row: Mapping[str, object]) -> str:
    """Return a row of a table as its line, without the end; missing cells are empty."""
    return "\t".join(escape(_cell(row.get(name))) for name in columns)


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write a table with Unix line ends, so that the same rows give the same bytes everywhere."""
    path.write_text(render_table(columns, rows), encoding="utf-8", newline="\n")


def _cell(value: object) -> str:
    return "" if value is None else str(value)
