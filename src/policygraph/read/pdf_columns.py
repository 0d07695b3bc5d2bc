"""Put the pieces of a page into the order in which they are read: columns side by side, rows of tables without borders.

Places are as in ``pdf_lines``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policygraph.read.pdf_lines import Line, Piece, begins_anew, joined, left_margin, line_of, rows_of, segments_of

_STEP = 2.0  # points between the places where a gutter is looked for
_MOST_PLACES = 4096  # looked at on one page: no paper is wider than 14,400 points, but a damaged file may say so
_MIDDLE = (0.3, 0.7)  # of the width of what is printed, where the gutter of two columns stands
_MOST_CROSSING = 0.2  # share of the rows that may run over both columns: titles, page numbers
_FEWEST_BESIDE = 0.35  # share of the rows that each column has
_FOOT = 2.0  # times the size
_FULL, _MOSTLY = 0.85, 0.4  # a line fills so much of its column; share of the lines that do
_FEWEST_ROWS = 8  # of two columns
_FEWEST_CELLS, _FEWEST_LINES = 3, 3  # of a table without borders
_NUMBER = re.compile(r"[≥≤<>＜＞〔(（]?\s*\d")
_CLOSE = 1.8  # times the size: the distance of lines in one cell
_NEAR = 1.0  # times the size: how far a cell may stand beside its column

Row = Sequence[Piece]


def gutter_of(pieces: Sequence[Piece], before: float | None) -> float | None:
    """Return the place between two columns of running text, None where a page has one column.

    A page with few lines, as the last one may be, is set as the one ``before`` it, if hardly a line runs over both.
    """
    rows = rows_of(pieces)
    if before is not None and len(rows) < _FEWEST_ROWS:
        crossing = sum(_crosses(row, before) for row in rows)
        return before if crossing <= _MOST_CROSSING * len(rows) else None
    return _gutter(rows) if len(rows) >= _FEWEST_ROWS else None


def lines_of_page(pieces: Sequence[Piece], tables: Sequence[Line], gutter: float | None = None) -> list[Line]:
    """Return the lines of a page as they are read, with the rows of its tables where they stand.

    Lines of a second column have the places that they would have in the first, so that paragraphs run on.
    """
    rows = rows_of(pieces)
    if gutter is None:
        return _in_order([*_lines(rows), *tables])
    found: list[Line] = []
    rest = list(tables)
    for band in _bands(rows, gutter):
        lower = max((piece.bottom for row in band for piece in row), default=0.0)
        own = [table for table in rest if table.top < lower]
        rest = [table for table in rest if table.top >= lower]
        found += [*_columns(band, own, gutter)]
    return [*found, *rest]


def _in_order(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line.top + (0 if line.fixed else line.size / 2))


def _columns(band: Sequence[Row], tables: Sequence[Line], gutter: float) -> Iterator[Line]:
    """Yield the lines of the left column, then those of the right one; a row over both stands alone."""
    sides = [[piece for row in band for piece in row if (_centre(piece) > gutter) is right] for right in (False, True)]
    if _crosses(band[0], gutter) or not all(sides):
        yield from _in_order([*_lines(band), *tables])
        return
    columns = [_lines(rows_of(side)) for side in sides]
    lefts = [left_margin([line.left for line in lines], lines[0].size) for lines in columns]
    for at, lines in enumerate(columns):
        own = [table for table in tables if ((table.left + table.right) / 2 > gutter) is bool(at)]
        for line in _in_order([*lines, *own]):
            shift = lefts[at] - lefts[0]
            yield replace(line, left=line.left - shift, right=line.right - shift)


def _bands(rows: Sequence[Row], gutter: float) -> Iterator[list[Row]]:
    """Yield the rows between those that stand alone, and each of these: over both columns, or apart at the foot."""
    band: list[Row] = []
    for at, row in enumerate(rows):
        if _crosses(row, gutter) or (at == len(rows) - 1 and _is_apart(rows[at - 1], row)):
            yield from ([band] if band else [])
            yield [row]
            band = []
        else:
            band.append(row)
    yield from ([band] if band else [])


def _is_apart(above: Row, row: Row) -> bool:
    """Say whether a row stands further below another than lines of a text do: a footer, the number of a page."""
    return row[0].top - above[0].top > _FOOT * (row[0].bottom - row[0].top)


def _centre(piece: Piece) -> float:
    return (piece.left + piece.right) / 2


def _crosses(row: Row, gutter: float) -> bool:
    return any(segment[0].left < gutter < segment[-1].right for segment in segments_of(row))


def _gutter(rows: Sequence[Row]) -> float | None:
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    spans = [[(part[0].left, part[-1].right) for part in segments_of(row)] for row in rows]
    start, end = (left + (right - left) * share for share in _MIDDLE)
    step = max(_STEP, (end - start) / _MOST_PLACES)
    places = [start]
    while places[-1] + step < end:
        places.append(places[-1] + step)
    crossing = [sum(any(a < place < b for a, b in row) for row in spans) for place in places]
    fewest = min(crossing)
    if fewest > _MOST_CROSSING * len(rows):
        return None
    free = [place for place, count in zip(places, crossing, strict=True) if count == fewest]
    gutter = free[len(free) // 2]
    parted = [row for row in spans if not any(a < gutter < b for a, b in row)]
    sides = (
        [(b - a) for row in parted for a, b in row if b <= gutter],
        [(b - a) for row in parted for a, b in row if a >= gutter],
    )
    return gutter if _are_running_text(sides, len(rows)) else None


def _are_running_text(sides: tuple[list[float], list[float]], rows: int) -> bool:
    """Say whether two columns are equally wide and mostly full of text, as cells of a table are not."""
    if min(map(len, sides)) < _FEWEST_BESIDE * rows:
        return False
    widths = [max(side) for side in sides]
    full = [sum(each >= _FULL * width for each in side) for side, width in zip(sides, widths, strict=True)]
    return min(widths) >= _FULL * max(widths) and sum(full) >= _MOSTLY * sum(map(len, sides))


# ---------------------------------------------------------------- tables without borders


@dataclass(slots=True)
class _Table:
    """The columns of a table that is being read: where each stands, and its rows, cell by cell."""

    columns: list[tuple[float, float]]
    rows: list[list[str]]
    lines: list[Line]
    last: float  # the top of the last line that was taken in

    def take(self, parts: Sequence[Line], line: Line) -> bool:
        """Take in a line whose parts stand in the columns, as a row or as the rest of the cells above; say if so."""
        places = [self._column(part) for part in parts]
        if None in places or len(set(places)) < len(places):
            return False
        known = [place for place in places if place is not None]
        whole = len(parts) >= min(_FEWEST_CELLS, len(self.columns))
        if not whole and not self._goes_on(parts, known, line):
            return False
        self.last = line.top
        if whole:
            self.rows.append([""] * len(self.columns))
            self.lines.append(line)
        for place, part in zip(known, parts, strict=True):
            above = self.rows[-1][place]
            self.rows[-1][place] = joined(above, part.text) if above else part.text
            left, right = self.columns[place]
            self.columns[place] = (min(left, part.left), max(right, part.right))
        return True

    def _goes_on(self, parts: Sequence[Line], places: Sequence[int], line: Line) -> bool:
        """Say whether parts are the rest of cells: close below, no wider than their columns, and nothing new."""
        inside = all(
            self.columns[place][0] - _NEAR * line.size / 2 <= part.left
            and part.right <= self.columns[place][1] + line.size
            for place, part in zip(places, parts, strict=True)
        )
        return inside and line.top - self.last < _CLOSE * line.size and not begins_anew(line.text)

    def _column(self, part: Line) -> int | None:
        """Return the only column that a part touches, None where there are several or none."""
        near = _NEAR * part.size
        touched = [
            at for at, (left, right) in enumerate(self.columns) if part.left < right + near and left < part.right + near
        ]
        best = [at for at in touched if self.columns[at][0] < part.right and part.left < self.columns[at][1]] or touched
        return best[0] if len(best) == 1 else None

    def found(self) -> list[Line]:
        """Return the rows as lines that are never joined; none where this was no table of figures."""
        numbers = sum(any(_NUMBER.match(cell) for cell in row) for row in self.rows[1:])
        if len(self.rows) < _FEWEST_LINES or numbers * 2 < len(self.rows) - 1:
            return []
        pairs = zip(self.lines, self.rows, strict=True)
        return [replace(line, text=" | ".join(row), fixed=True) for line, row in pairs]


def _lines(rows: Sequence[Row]) -> list[Line]:
    """Return the lines of rows, those of a table without borders as its rows."""
    found: list[Line] = []
    at = 0
    while at < len(rows):
        table, behind = _table(rows, at)
        found += table or [line_of(rows[at])]
        at = behind if table else at + 1
    return found


def _table(rows: Sequence[Row], at: int) -> tuple[list[Line], int]:
    """Return the rows of the table that begins with a row, and which row stands behind it."""
    parts = [line_of(part) for part in segments_of(rows[at])]
    if len(parts) < _FEWEST_CELLS:
        return [], at
    table = _Table(
        [(part.left, part.right) for part in parts],
        [[part.text for part in parts]],
        [line_of(rows[at])],
        line_of(rows[at]).top,
    )
    behind = at + 1
    while behind < len(rows) and table.take(
        [line_of(part) for part in segments_of(rows[behind])], line_of(rows[behind])
    ):
        behind += 1
    return table.found(), behind
