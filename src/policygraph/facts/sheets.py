"""Read a fact table as this program, Excel and WPS write it, and write it so that they show what it says.

Excel saves «Unicode text» (UTF-16), «Text» (GBK in China), both with tabs, and «CSV UTF-8»; it puts quotation marks
around cells with a comma or a quotation mark, and some programs leave out empty cells at the end of a row. A table is
written with a byte order mark, by which Excel knows Chinese, and with an apostrophe in front of what a spreadsheet
would run as a formula; a cell that begins with a quotation mark is quoted. Reading undoes all that, to the letter.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from policygraph import tables
from policygraph.errors import TableError
from policygraph.facts import books, words
from policygraph.messages import Foreign

SUFFIXES = (".tsv", ".txt", ".csv")  # what is written, and what Excel saves beside it
_MARK = "\ufeff"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NARROW = ("utf-8-sig", "gb18030")
_LINE_END = re.compile(r"\r\n?|\n")
_QUOTED_FOR = re.compile(r'[",\t\r\n]')  # a program that quotes has one of these as its reason


def found(folder: Path, table: str) -> list[Path]:
    """Return the files of a table in a folder: under its name or that of its sheet, as any program saved it."""
    if not folder.is_dir():
        return []
    here = {entry.name.casefold() for entry in os.scandir(folder)}  # so that not every name is asked of the disk
    return [path for name in _names(table) if name.casefold() in here and (path := folder / name).is_file()]


@cache
def _names(table: str) -> tuple[str, ...]:
    return tuple(f"{name}{suffix}" for name in (table, words.sheet(table)) for suffix in (*SUFFIXES, *books.SUFFIXES))


def find(folder: Path, table: str) -> Path | None:
    """Return the file of a table in a folder, None where there is none. Raises TableError where there are several."""
    files = found(folder, table)
    if len(files) > 1:
        raise TableError("facts.two-files", path=files[0], other=files[1].name)
    return files[0] if files else None


def numbered_rows(
    path: Path, required: Sequence[str], known: Mapping[str, str] | None = None
) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a table by column name, each with the number of its line; cells at the end may be missing.

    ``known`` has other names of the columns. Raises TableError (file, line) for a file in no known encoding, a missing
    column or a row that is too long.
    """
    lines = _lines(_text(path))
    _, head = next(lines, (1, []))
    columns = [(known or {}).get(name.strip(), name.strip()) for name in head]
    if missing := [name for name in required if name not in columns]:
        raise TableError("tables.column-missing", place=tables.place(path, 1), columns=missing)
    rows = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if any(cells[len(columns) :]):
            raise TableError("tables.cells", place=tables.place(path, number), cells=len(cells), columns=len(columns))
        cells += [""] * (len(columns) - len(cells))
        rows.append((number, dict(zip(columns, cells, strict=False))))
    return rows


def write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write a table with Unix line ends, so that the same rows give the same bytes everywhere."""
    write_lines(path, columns, (line(columns, row) for row in rows))


def write_lines(path: Path, columns: Sequence[str], lines: Iterable[str]) -> None:
    """Write a table of lines that :func:`line` made, as :func:`write` does."""
    path.write_text("\n".join([_MARK + "\t".join(columns), *lines]) + "\n", encoding="utf-8", newline="\n")


def line(columns: Sequence[str], row: Mapping[str, object]) -> str:
    """Return a row as its line, without the end."""
    return tables.render_row(columns, {name: guard(_shown(cell)) for name, cell in row.items()})


def lines_of(path: Path) -> list[str]:
    """Return the lines of a table that :func:`write` wrote, without its head."""
    return path.read_text(encoding="utf-8-sig").removesuffix("\n").split("\n")[1:]


def guard(cell: str) -> str:
    """Return a cell as it is written, so that spreadsheets show it as it is.

    >>> guard("=1+1率"), guard("-5.2"), guard(">="), guard('"十四五"规划')
    ("'=1+1率", '-5.2', '>=', '\"\"\"十四五\"\"规划\"')
    """
    cell = f"'{cell}" if tables.is_formula(cell.lstrip("'")) else cell
    return '"' + cell.replace('"', '""') + '"' if cell.startswith('"') else cell


def _bare(cell: str) -> str:
    """Undo the apostrophe of :func:`guard`."""
    return cell[1:] if cell.startswith("'") and tables.is_formula(cell.lstrip("'")) else cell


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TableError("tables.not-read", path=path, reason=Foreign(error.strerror or str(error))) from error
    for encoding in ("utf-16",) if data.startswith(_WIDE) else _NARROW:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError("facts.unknown-encoding", path=path)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each row; a quoted cell may go over several lines."""
    head = _LINE_END.split(text, maxsplit=1)[0]
    mark = "\t" if "\t" in head or "," not in head else ","
    return _quoted_lines(text, mark) if '"' in text else _plain_lines(text, mark)


def _plain_lines(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table in which nothing is quoted: most have nothing to undo either."""
    lines = _LINE_END.split(text)
    if not lines[-1]:
        lines.pop()
    undone = "\\" in text or "'" in text
    for number, line in enumerate(lines, start=1):
        cells = line.split(mark)
        yield number, [_bare(tables.unescape(cell)) for cell in cells] if undone else cells


def _quoted_lines(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    number, below, cells = 1, 1, list[str]()
    for match in _cell(mark).finditer(text):
        if match.start() == len(text) and not cells:
            break
        cells.append(_bare(tables.unescape(_unquoted(match, mark))))
        below += len(_LINE_END.findall(match[0]))
        if match["end"] != mark:
            yield number, cells
            number, cells = below, []


def _unquoted(match: re.Match[str], mark: str) -> str:
    inner = match["quoted"]
    if inner is None:
        return match["raw"]
    return inner.replace('""', '"') if mark == "," or _QUOTED_FOR.search(inner) else f'"{inner}"'


@cache
def _cell(mark: str) -> re.Pattern[str]:
    return re.compile(
        rf'(?:"(?P<quoted>(?:[^"]++|"")*+)"(?=[{mark}\r\n]|\Z)|(?P<raw>[^{mark}\r\n]*+))(?P<end>{mark}|\r\n?|\n|\Z)'
    )
