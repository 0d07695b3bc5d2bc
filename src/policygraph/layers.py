"""Lay tables of one's own over the shipped ones: same columns, same checks, and no row against another.

A table is a file of the same name in each folder. The first folder has all of them; a later one has those to which it
adds. What a row is about is its key; a later row with the key and the content of an earlier one says nothing new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from policygraph import tables
from policygraph.errors import DataError, TableError
from policygraph.messages import Message

Folders = tuple[Path, ...]
SUFFIX = ".tsv"
_ASIDE = ("example", "note")  # what a row says beside its content


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, and where it stands."""

    path: Path
    number: int
    cells: dict[str, str]

    @property
    def place(self) -> Message:
        """Return file and line, as the beginning of a message."""
        return tables.place(self.path, self.number)


def lines(
    folders: Sequence[Path], table: str, key: Sequence[str], required: Sequence[str] = (), optional: bool = False
) -> list[Line]:
    """Return the rows of a table in all folders that have it; the first folder must, unless the table is optional.

    Raises TableError as :func:`tables.numbered_rows`, DataError (both files and lines) where two files contradict
    each other; what stands twice in one file is for the caller to refuse.
    """
    found: list[Line] = []
    first: dict[tuple[str, ...], Line] = {}
    for line in _all_lines(folders, table, required, optional):
        about = tuple(line.cells[name] for name in key)
        other = first.setdefault(about, line)
        if other.path == line.path:
            found.append(line)
        elif _content(other) != _content(line):
            raise DataError("layers.clash", place=line.place, other=other.place, name=" ".join(about))
    return found


def require_known(folder: Path, known: Sequence[str]) -> None:
    """Refuse what would be passed over in a folder of one's own tables: unknown names, files of other kinds.

    Raises DataError that names the file, and the table that was meant or the known ones.
    """
    for path in sorted(folder.glob("[!.]*")):
        if path.suffix == SUFFIX and path.stem not in known:
            near = get_close_matches(path.stem, known) or list(known)
            raise DataError("layers.no-such-table", path=path, known=near)
        if path.suffix != SUFFIX and path.stem in known:
            raise DataError("layers.wrong-form", path=path, name=f"{path.stem}{SUFFIX}")


def require_word(line: Line, column: str, known: Sequence[str]) -> str:
    """Return a cell that has one of a few words. Raises DataError (file, line, the words) where it has another."""
    cell = line.cells[column]
    if cell not in known:
        raise DataError("layers.no-such-word", place=line.place, column=column, cell=cell, known=list(known))
    return cell


def require_whole(line: Line, column: str) -> int:
    """Return a cell that has a whole number. Raises DataError (file, line) where it has none."""
    cell = line.cells[column]
    if not cell.isascii() or not cell.isdigit():
        raise DataError("layers.no-number", place=line.place, column=column, cell=cell)
    return int(cell)


def _all_lines(folders: Sequence[Path], table: str, required: Sequence[str], optional: bool) -> Iterator[Line]:
    for number, folder in enumerate(folders):
        path = folder / f"{table}{SUFFIX}"
        if (number or optional) and not path.exists():
            continue
        yield from (Line(path, at, cells) for at, cells in _read(path, required, is_own=number > 0))


def _read(path: Path, required: Sequence[str], is_own: bool) -> list[tuple[int, dict[str, str]]]:
    """Read one file; what is wrong with a table of one's own stops the run: no document can be read rightly with it."""
    try:
        return tables.numbered_rows(path, required)
    except TableError as error:
        if is_own:
            raise DataError.like(error) from error
        raise


def _content(line: Line) -> dict[str, str]:
    return {name: cell for name, cell in line.cells.items() if cell and name not in _ASIDE}
