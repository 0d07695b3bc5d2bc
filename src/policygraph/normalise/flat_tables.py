"""Put the cells of a table that a page printed one a line back beside each other, with bars between them.

Such a table is known by its head, lines that are heads of columns of which the first counts (序号), and by its rows,
which count from 1 and have a cell for each column; a cell that holds for several rows may be left out in later ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policygraph.lexicon import Lexicon
from policygraph.model import Span
from policygraph.patterns import of_kind
from policygraph.quantities import COUNTING

_LINE = re.compile(r"[^\n]+")
_FEWEST = 3  # columns
_MOST = 12
_LONGEST_HEAD = 12  # characters
_LONGEST_LABEL = 4  # a shorter one is a head only as a whole line
_NO_CELL = re.compile(rf"[。；;]|^(?:[{COUNTING}]{{1,3}}、|[（(][{COUNTING}]{{1,3}}[）)])")  # a sentence, a heading

Rows = list[list[Span | None]]  # the lines of the cells; None where a cell was left out


def with_rows(chars: str, at: Sequence[int], lexicon: Lexicon) -> tuple[str, Sequence[int]]:
    """Return the characters with the rows of such tables in lines of their own, and the place of each in the source."""
    serials = of_kind(lexicon.roles.task_heads, "serial")
    if not any(serial in chars for serial in serials):
        return chars, at
    lines = [Span(*match.span()) for match in _LINE.finditer(chars) if not match[0].isspace()]
    words = [chars[line.start : line.end].strip() for line in lines]
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for rows in _tables(lines, words, serials, lexicon):
        start, end = _extent(rows)
        pieces.append(chars[done:start])
        places += at[done:start]
        for cells in rows:
            text, where = _row(chars, at, cells)
            pieces += [text, "\n"]
            places += [*where, where[-1]]
        done = end
    return "".join([*pieces, chars[done:]]), [*places, *at[done:]]


def _tables(lines: list[Span], words: list[str], serials: Sequence[str], lexicon: Lexicon) -> Iterator[Rows]:
    """Yield the tables of a text, each with its head as the first row."""
    done = 0
    for first, word in enumerate(words):
        if first < done or word not in serials:
            continue
        columns = next((n for n in range(1, _MOST + 1) if not _is_head(words[first + n : first + n + 1], lexicon)), 0)
        begin = first + columns
        if columns < _FEWEST or words[begin : begin + 1] != ["1"]:
            continue
        counts = _counts(words, begin, columns)
        if not counts:
            continue
        done = begin + sum(counts)
        yield [list(lines[first:begin]), *_cells(lines, begin, counts, columns)]


def _counts(words: list[str], begin: int, columns: int) -> list[int]:
    """Return how many lines each row has, up to the first that has neither a line a column nor one less."""
    counts: list[int] = []
    sizes = (columns, columns - 1)
    while words[begin : begin + 1] == [str(len(counts) + 1)]:
        after = str(len(counts) + 2)
        size = next((n for n in sizes if words[begin + n : begin + n + 1] == [after]), 0)
        if not size:
            last = _last(words[begin : begin + columns], columns, columns - 1 in counts)
            return [*counts, last] if last else counts
        counts.append(size)
        begin += size
    return counts


def _last(words: list[str], columns: int, some_left_out: bool) -> int:
    """Return how many lines the last row has, behind which nothing counts on: a line a column, if so many follow."""
    size = columns if len(words) == columns else columns - 1
    whole = size == columns or (some_left_out and len(words) == size)
    return size if whole and not _NO_CELL.search(words[-1]) else 0


def _cells(lines: list[Span], begin: int, counts: list[int], columns: int) -> Iterator[list[Span | None]]:
    for count in counts:
        cells: list[Span | None] = list(lines[begin : begin + count])
        yield cells if count == columns else [cells[0], None, *cells[1:]]
        begin += count


def _extent(rows: Rows) -> tuple[int, int]:
    found = [cell for cells in rows for cell in cells if cell]
    return found[0].start, found[-1].end


def _row(chars: str, at: Sequence[int], cells: list[Span | None]) -> tuple[str, list[int]]:
    """Return the text of a row with the place of each character; a bar stands where the cell behind it begins."""
    text, where = "", []
    for number, cell in enumerate(cells):
        known = cell or next(each for each in cells[number:] if each)
        if number:
            text += "|"
            where.append(at[known.start])
        if cell:
            text += chars[cell.start : cell.end]
            where += at[cell.start : cell.end]
    return text, where


def _is_head(line: list[str], lexicon: Lexicon) -> bool:
    """Say whether a line can be the head of a column."""
    if not line or len(line[0]) > _LONGEST_HEAD or line[0].isdecimal():
        return False
    heads, labels = {*lexicon.roles.task_heads, *lexicon.targets.table_heads}, lexicon.roles.labels
    within = any(len(label) >= _LONGEST_LABEL and label in line[0] for label in labels)
    return within or line[0] in labels or any(head in line[0] for head in heads)
