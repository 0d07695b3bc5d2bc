"""Load and save the fact tables of one document: a folder of tab-separated files, or a workbook, that a person edits.

Both may lie in one folder. What a person changed counts: the workbook where it is no longer as it was written, else
the tables. What they were before lies beside them, so that it can be told what he changed.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import is_
from pathlib import Path
from typing import Any

from policygraph import outputs, tables
from policygraph.errors import TableError, UsageError
from policygraph.facts import books, decisions, sheets, words
from policygraph.facts.returned import Line, Returned, numbered, read_back, returned
from policygraph.facts.rows import ADDED, ROWS, as_cells, as_row, columns
from policygraph.facts.workbook import Doubt, as_workbook, headings
from policygraph.messages import legible
from policygraph.model import Facts, Tables

__all__ = [
    "ROWS",
    "Corrected",
    "Doubt",
    "as_cells",
    "as_row",
    "changed",
    "columns",
    "corrected",
    "is_behind",
    "is_folder",
    "is_written",
    "load",
    "rewrite",
    "save",
    "workbook_in",
    "workbook_that_counts",
    "written",
]

WRITTEN = ".policygraph-written"  # the tables of a folder as they were written last


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a person corrected in a folder: in which files, what the facts were before, what each table is now."""

    files: tuple[Path, ...]
    sources: Mapping[str, str]  # the name of the file by table
    old: Facts
    now: Mapping[str, tuple[Returned, ...]]


def load(place: Path) -> Facts:
    """Read the tables of one document and what was ruled on it: a folder, or a workbook.

    A folder names the document, a workbook itself. Raises TableError where there is nothing to read, where a table is
    malformed (file, line), and where it is not clear what counts.
    """
    if not books.is_book(place) and not is_folder(place):
        outputs.mend(place.parent)  # a killed save may have left it aside
    book = place if books.is_book(place) else workbook_that_counts(place)
    doc = legible(place.stem if book == place else place.name)
    found = read_back(book, doc) if book else _tables(place)
    ruled = decisions.read(place.parent if book == place else place)
    return Facts(doc, **_rows(found), decisions=tuple(each for each in ruled if book != place or each.doc == doc))


def is_folder(path: Path) -> bool:
    """Tell whether a folder holds the tables of a document, as they are written or as a spreadsheet saved them."""
    return _has_tables(path) or any((path / f"{path.name}{suffix}").is_file() for suffix in books.SUFFIXES)


def workbook_that_counts(folder: Path) -> Path | None:
    """Return the workbook of a folder where it counts, None where the tables do.

    Raises TableError where there is neither, and where a person changed both.
    """
    book = workbook_in(folder)
    if not _has_tables(folder):
        if book is None:
            raise TableError("facts.no-tables", path=folder)
        return book
    if book is None or outputs.is_unchanged(book):
        return None
    if changed := [path for path in _tables_in(folder) if not outputs.is_unchanged(path)]:
        raise TableError("facts.both-changed", path=book, other=changed[0].name)
    return book


def workbook_in(folder: Path) -> Path | None:
    """Return the workbook of a folder of tables, None where it has none. Raises TableError where it has several."""
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    tables_too = set(_tables_in(folder))
    found = [path for path in inside if books.is_book(path) and path not in tables_too]
    if len(found) > 1:
        raise TableError("facts.two-files", path=found[0], other=found[1].name)
    return found[0] if found else None


def save(facts: Tables, folder: Path, doubtful: Doubt | None = None) -> None:
    """Write the tables of one document, all of them or none: the folder is swapped in when complete.

    Where ``doubtful`` is given (which rows a person should look at) a workbook of that name lies beside them.
    Raises UsageError where the folder holds what :func:`save` did not write, or what was changed since.
    """
    with outputs.making(folder) as fresh:
        _write(facts, fresh)
        if doubtful:
            outputs.put({fresh / f"{folder.name}.xlsx": as_workbook(facts, doubtful)})


def changed(folder: Path) -> tuple[Path, ...]:
    """Return the tables and workbooks of a folder that are not as they were written: what a person corrected."""
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    found = dict.fromkeys([*_tables_in(folder), *filter(books.is_book, inside)])
    return tuple(path for path in found if not outputs.is_unchanged(path))


def corrected(folder: Path) -> Corrected:
    """Return what a person corrected in a folder: its workbook where that counts, else its tables.

    Raises UsageError where nothing was, or nobody knows what it was before; TableError where it is malformed, and
    where a table is gone.
    """
    book = workbook_that_counts(folder)
    mine = (book,) if book else changed(folder)
    before = folder / WRITTEN
    if not mine or not (book or before.is_dir()):
        raise UsageError("facts.not-known-before" if mine else "facts.not-corrected", path=folder)
    doc, old = legible(folder.name), written(folder)
    rows = {table: getattr(old, table) for table in ROWS}
    files = {table: book or sheets.find(folder, table) for table in ROWS}
    if gone := [table for table in ROWS if rows[table] and not files[table]]:
        raise TableError("facts.table-gone", path=folder, table=gone[0])
    sources = {table: file.name if file else "" for table, file in files.items()}
    now = read_back(book, doc) if book else _tables(folder)
    return Corrected(mine, sources, old, now)


def written(folder: Path) -> Facts:
    """Return the tables of a folder as they were written last, with the decisions. Raises as :func:`load`."""
    before = folder / WRITTEN
    rows = _rows(_tables(before if before.is_dir() else folder))
    return Facts(legible(folder.name), **rows, decisions=decisions.read(folder))


def is_written(path: Path, facts: Tables, doubtful: Doubt) -> bool:
    """Tell whether a table or workbook says what :func:`rewrite` writes of some facts, and nothing else."""
    twin = path.parent / WRITTEN / path.name
    if books.is_book(path):
        return path.read_bytes() == as_workbook(facts, doubtful)
    return twin.is_file() and twin.read_bytes() == path.read_bytes()


def is_behind(folder: Path) -> bool:
    """Tell whether a table is not what was written last: a kill came before it was put in its place."""
    pairs = ((folder / f"{table}.tsv", folder / WRITTEN / f"{table}.tsv") for table in ROWS)
    return any(path.is_file() and twin.is_file() and path.read_bytes() != twin.read_bytes() for path, twin in pairs)


def rewrite(
    facts: Facts,
    folder: Path,
    doubtful: Doubt,
    done: Sequence[Path] = (),
    fresh_workbook: bool = False,
    before: Facts | None = None,
) -> tuple[Path, ...]:
    """Write the tables of a folder again, with what a person corrected; return where files of his own lie now.

    ``done`` are the files whose corrections are in ``facts``: a workbook stays, and is where the next ones are made; a
    table goes aside, for it may say more than ours. A workbook that is no longer what the tables say is written again,
    any where ``fresh_workbook`` asks for it; one in which a person worked goes aside. ``before`` are the facts that the
    tables say now: those whose rows are the same objects stay as they lie there. Raises as :func:`save`.
    """
    book = workbook_in(folder)
    stays = [book] if book and book in done and not fresh_workbook else []
    aside = [path for path in done if path not in stays]
    with outputs.amending(folder, stays) as fresh:
        _write(facts, fresh, before, folder)
        if not stays and (book or (fresh_workbook and not done)):
            outputs.put({fresh / f"{folder.name}.xlsx": as_workbook(facts, doubtful)})
            mine = {each.source for each in facts.decisions}
            aside += [book] if book and book not in aside and book.name in mine else []
        return tuple(outputs.put_aside(path) for path in aside)


def _write(facts: Tables, folder: Path, before: Tables | None = None, lies: Path | None = None) -> None:
    """Write the tables that changed; rows keep their lines of a table that ``lies`` there as it was written."""
    twins = folder / WRITTEN
    twins.mkdir()
    for table in ROWS:
        rows = getattr(facts, table)
        if before is None or not _are_same(rows, getattr(before, table)):
            kept = _kept(lies, table, getattr(before, table)) if before and lies else {}
            heads = columns(table)
            lines = (kept.get(id(row)) or sheets.line(heads, as_cells(row)) for row in rows)
            sheets.write_lines(folder / f"{table}.tsv", heads, lines)
            shutil.copyfile(folder / f"{table}.tsv", twins / f"{table}.tsv")


def _kept(folder: Path, table: str, rows: Sequence[object]) -> dict[int, str]:
    """Return the lines of rows by the objects, where the table of a folder is what was written of them."""
    path, twin = folder / f"{table}.tsv", folder / WRITTEN / f"{table}.tsv"
    if not (path.is_file() and twin.is_file() and path.read_bytes() == twin.read_bytes()):
        return {}
    lines = sheets.lines_of(path)
    return dict(zip(map(id, rows), lines, strict=True)) if len(lines) == len(rows) else {}


def _are_same(rows: Sequence[object], others: Sequence[object]) -> bool:
    """Tell whether rows are the same objects: equal ones may stand elsewhere, or have been ruled on."""
    return len(rows) == len(others) and all(map(is_, rows, others))


def _has_tables(folder: Path) -> bool:
    return bool(sheets.found(folder, "metadata"))


def _tables_in(folder: Path) -> list[Path]:
    return [path for table in ROWS for path in sheets.found(folder, table)]


def _tables(folder: Path) -> dict[str, tuple[Returned, ...]]:
    return {table: _load_table(folder, table) for table in ROWS}


def _rows(found: Mapping[str, Sequence[Returned]]) -> dict[str, tuple[Any, ...]]:
    return {table: tuple(each.row for each in rows) for table, rows in found.items()}


def _load_table(folder: Path, table: str) -> tuple[Returned, ...]:
    path = sheets.find(folder, table)
    if path is None:
        _require_no_other(folder, table)
        return ()
    return returned(table, _lines(path, table))


def _lines(path: Path, table: str) -> list[Line]:
    if not books.is_book(path):
        required = [name for name in columns(table) if name not in ADDED]
        rows = sheets.numbered_rows(path, required, headings(table))
        return [(cells, tables.place(path, line)) for line, cells in rows]
    filled = [sheet for sheet in books.sheets_of(path) if any(map(any, sheet.rows))]
    if len(filled) != 1:
        raise TableError("facts.sheets-of-a-table", path=path, found=[sheet.name for sheet in filled])
    return numbered(filled[0], table, legible(path.parent.name))


def _require_no_other(folder: Path, table: str) -> None:
    """Name a file that looks like a missing table, but has another name or form. Raises TableError for the first."""
    named = (path for path in sorted(folder.iterdir()) if not path.name.startswith((".", "~$")))
    for path in named:
        if table in path.name.lower() or words.sheet(table) in path.name:
            raise TableError("facts.wrong-form", path=path, table=table)
