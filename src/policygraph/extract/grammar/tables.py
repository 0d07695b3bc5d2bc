"""Read the tables of a text, whose lines stand in it as «名称 | 单位 | 2020年»: heads, cells, cells under their heads.

What a column holds is said by the word of its head (table_heads of the lexicon); whoever reads a kind of table says
which heads begin one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from policygraph.lexicon import Lexicon
from policygraph.model import Span

_TABLE_TEXT = re.compile(r"(?:^[^|\n]*+\|[^\n]*+\n?){3,}", re.MULTILINE)  # lines with borders, one after another
TABLE_LINE = re.compile(r"^.*\|.*$", re.MULTILINE)
_LINE = re.compile(r"[^\n]+")
_WORDS = re.compile(r"[^\W\d]")
_FEWEST_YEARS = 2  # on the second line of a head
_OF_YEARS = ("target", "base")  # columns under which years may stand
_FEWEST = 3  # cells of a line without borders
_LONGEST_HEAD = 36  # characters of a cell of a head
_LONGEST_GROUP = 40  # characters of the name of a group of rows
_YEAR = re.compile(r"20[1-6]\d")
_PLAIN = ("name", "unit", "nature", "other", "growth")  # columns of which no year says more
_LEFT = ("other",)  # columns whose merged cells a line may leave out at the left
_RIGHT = ("other", "nature")  # and those whose empty cells it may leave out at the right


def tables_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the tables of a text: three lines with borders or more, one after another."""
    border = text.find("|")
    while border >= 0:
        table = _TABLE_TEXT.match(text, text.rfind("\n", 0, border) + 1)
        end = table.end() if table else text.find("\n", border)
        if table:
            yield table
        border = text.find("|", end) if end >= 0 else -1


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds by its head as printed (``year`` where that has nothing but a year), and of which year.

    ``later`` are further years that a head names: 到2022年和2030年目标.
    """

    printed: str
    role: str
    year: int | None = None
    later: tuple[int, ...] = ()


Head = tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of a table in the text, under the last head above it; ``cells`` are () where the line is the head."""

    span: Span
    head: Head
    cells: tuple[str, ...] = ()

    def cell(self, role: str) -> str:
        """Return the cell under the last column of a role, "" where there is none."""
        return {column.role: cell for column, cell in zip(self.head, self.cells, strict=True)}.get(role, "")

    def spanned(self, role: str) -> str:
        """Return the cell under a role, or, where that is empty, the words at its left: a merged cell begins there."""
        roles = [column.role for column in self.head]
        at = roles.index(role) if role in roles else 0
        own = self.cell(role)
        return (
            self.cells[at - 1]
            if at and not own and roles[at - 1] in _LEFT and _WORDS.match(self.cells[at - 1])
            else own
        )


def table_lines(
    text: str, body: Span, lexicon: Lexicon, begins: Callable[[Head], bool], *, blanks: bool = False
) -> Iterator[TableLine]:
    """Yield the lines of the tables in a stretch whose heads ``begins`` accepts; a line that fits no head is none.

    The head may stand above the stretch: what names a group of rows parts a table into sections. With ``blanks``
    columns may be set apart by blanks too, where each word of the head says what its column holds.
    """
    borders = text.find("|", body.start, body.end) >= 0
    if not borders and not blanks:
        return  # as in most
    head = _head_above(text, body, lexicon, begins) if borders else ()
    above: Head = ()  # the head, on the line below it
    for match in _LINE.finditer(text, body.start, body.end):
        bordered = "|" in match[0]
        cells = _bordered(match[0]) if bordered else _set_apart(match[0], head) if blanks else []
        if not cells:
            continue
        span = Span(*match.span())
        columns = tuple(_column(cell, lexicon) for cell in cells)
        if begins(columns) and (bordered or all(column.role != "other" for column in columns)):
            head, above = columns, columns
            yield TableLine(span, head)
            continue
        if years := _with_years(above, columns):
            head, above = years, ()
            yield TableLine(span, head)
            continue
        above = ()
        under = _aligned(cells, head)
        if head and len(under) == len(head):
            yield TableLine(span, head, tuple(under))


def _with_years(above: Head, columns: Head) -> Head:
    """Return a head whose second line has nothing but the years of its last columns, () where a line is no such one.

    What the first line says of several (目标) stands once, over empty cells or over none.
    """
    years = [column for column in columns if column.printed]
    if not above or len(years) < _FEWEST_YEARS or any(column.role != "year" for column in years):
        return ()
    kept = len([column for column in above if column.printed])
    while kept and above[kept - 1].role in _OF_YEARS:
        kept -= 1
    if not columns[0].printed:
        kept = columns.index(years[0])
    said = [column.role for column in above[kept:] if column.printed]
    if not said or len(said) > len(years):
        return ()
    roles = (*said, *said[-1:] * (len(years) - len(said)))
    return (*above[:kept], *(replace(year, role=role) for year, role in zip(years, roles, strict=True)))


def _head_above(text: str, body: Span, lexicon: Lexicon, begins: Callable[[Head], bool]) -> Head:
    """Return the head of the table that goes on in a stretch, () where none does: rows and names of groups between."""
    end = body.start
    while end > 0:
        start = text.rfind("\n", 0, end - 1) + 1
        line = text[start:end].strip()
        if "|" not in line and len(line) > _LONGEST_GROUP:
            return ()
        columns = tuple(_column(cell, lexicon) for cell in _bordered(line)) if "|" in line else ()
        if columns and begins(columns):
            return columns
        end = start
    return ()


def cell_spans(text: str, line: Span) -> list[Span]:
    """Return where the cells of a line with borders stand, in their order.

    >>> cell_spans("1 | 控烟", Span(0, 6))
    [Span(start=0, end=2), Span(start=3, end=6)]
    """
    bars = [at for at in range(line.start, line.end) if text[at] == "|"]
    begins = bars if text[line.start : line.end].strip().startswith("|") else [line.start - 1, *bars]
    return [Span(begin + 1, end) for begin, end in zip(begins, [*begins[1:], line.end], strict=True)]


def _bordered(line: str) -> list[str]:
    return [line[cell.start : cell.end].strip() for cell in cell_spans(line, Span(0, len(line)))]


def _set_apart(line: str, head: Head) -> list[str]:
    """Return the cells of a line that blanks set apart; blanks inside a name at its start are none of them.

    >>> _set_apart("签约率  %  60  75", ()), _set_apart("到2025年,签约率达到75%。", ())
    (['签约率', '%', '60', '75'], [])
    """
    if "。" in line:  # a sentence with stray blanks
        return []
    cells = line.split()
    lost = len(cells) - len(head)
    if head and lost > 0 and head[0].role == "name":
        cells = ["".join(cells[: lost + 1]), *cells[lost + 1 :]]
    return cells if len(cells) >= _FEWEST else []


def _column(cell: str, lexicon: Lexicon) -> Column:
    if len(cell) > _LONGEST_HEAD or "。" in cell:  # text
        return Column(cell, "other")
    forms = [form for form in lexicon.targets.table_heads if form in cell]
    role = lexicon.targets.table_heads[max(forms, key=len)] if forms else ""
    if role in _PLAIN:
        return Column(cell, role)
    years = [int(year) for year in _YEAR.findall(cell)]
    period = next((end for form, end in lexicon.time.periods.items() if form in cell), "")
    known = years[0] if years else int(period) if period else None
    return Column(cell, role or ("year" if known else "other"), known, tuple(years[1:]))


def _aligned(cells: list[str], head: Sequence[Column]) -> list[str]:
    """Put cells under their columns where merged cells at the left, or empty ones at the right, are missing."""
    lost = len(head) - len(cells)
    if lost > 0 and all(column.role in _LEFT for column in head[:lost]):
        return [""] * lost + cells
    if lost > 0 and all(column.role in _RIGHT for column in head[-lost:]):
        return cells + [""] * lost
    return cells[: len(head)] if lost < 0 and not any(cells[len(head) :]) else cells
