"""Find what is wrong in a table: totals, cells left empty, numbers of rows that stand twice, years of heads too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from policygraph.extract.grammar.tables import TABLE_LINE, tables_in
from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import of_kind, word_of
from policygraph.records import record

SUM, EMPTY, AGAIN, HEADS = "sum", "cell-empty", "serial-repeated", "head-repeated"
_YEAR = re.compile(r"20\d\d年?")
_NUMBER = re.compile(r"[-+]?\d+(?:,\d{3})*(?:\.\d+)?")
_FEWEST = 5  # rows of a table in which one may lack what the others have
_FEW = 6  # rows to each that lacks something
_NOTHING = frozenset(("", "—", "-", "–", "/", "——", "--", "―", "无"))


@record
class Table:
    """A table in the text: its head, its rows of cells, where each row stands, and its line of totals, if any."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[tuple[int, int], ...]
    total: tuple[str, ...] = ()
    total_at: tuple[int, int] = (0, 0)
    place: tuple[int, int] = (0, 0)

    def names(self, kind: str) -> bool:
        """Tell whether its rows are things of a kind: a head says so."""
        return any(kind in cell for cell in self.head)

    def column(self, at: int) -> list[str]:
        """Return the cells of a column."""
        return [row[at] if at < len(row) else "" for row in self.rows]


def tables_of(text: str, lexicon: Lexicon) -> Iterator[Table]:
    """Yield the tables of a text whose first line is a head; a head that follows it anew begins another."""
    for match in tables_in(text):
        lines = [(line[0].split("|"), line.start(), line.end()) for line in TABLE_LINE.finditer(text, *match.span())]
        cells = [tuple(cell.strip() for cell in line) for line, _, _ in lines]
        if any(_number(cell) is not None for cell in cells[0]):
            continue
        spans = [(start, end) for _, start, end in lines]
        totals = [at for at, row in enumerate(cells) if at and any(map(_sums(lexicon).fullmatch, row[:2]))]
        last = totals[-1] if totals else len(cells)
        kept = range(1, last)
        yield Table(
            head=cells[0],
            rows=tuple(cells[at] for at in kept),
            places=tuple(spans[at] for at in kept),
            total=cells[last] if totals else (),
            total_at=spans[last] if totals else (0, 0),
            place=spans[0],
        )


@compiled
def _sums(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(word_of("summed", lexicon))


def _number(cell: str) -> Decimal | None:
    try:
        return Decimal(cell.replace(",", ""))
    except InvalidOperation:
        return None


def table_slips(draft: Draft) -> Iterator[Slip]:
    """Yield what is wrong in the tables of a document."""
    for table in tables_of(draft.text, draft.lexicon):
        yield from _sum_slips(table, draft.lexicon)
        yield from _repeated(table, draft.lexicon)
        yield from _empty(table)
        yield from _unowned(table, draft.lexicon)
        yield from _heads(table)


# ---------------------------------------------------------------- totals


def _sum_slips(table: Table, lexicon: Lexicon) -> Iterator[Slip]:
    """Yield the line in which a total stands that its column or its row does not give.

    Where most of several totals differ they are no sums.
    """
    serial = _serial(table, lexicon)
    checks = [*_down(table, serial), *_across(table, serial, lexicon)]
    wrong = [(place, at) for place, at, differs in checks if differs]
    if wrong and (len(checks) <= 2 or 2 * len(wrong) <= len(checks)):
        yield Slip(SUM, *wrong[0][0])


def _down(table: Table, serial: int) -> Iterator[tuple[tuple[int, int], int, bool]]:
    for at, cell in enumerate(table.total):
        total, parts = _number(cell), [_number(each) for each in table.column(at)]
        known = [part for part in parts if part is not None]
        whole = all(part is not None or cell in _NOTHING for part, cell in zip(parts, table.column(at), strict=True))
        if total is not None and at != serial and len(known) > 1 and whole:
            yield table.total_at, at, sum(known) != total


def _across(table: Table, serial: int, lexicon: Lexicon) -> Iterator[tuple[tuple[int, int], int, bool]]:
    at = next((at for at, cell in enumerate(table.head) if _sums(lexicon).fullmatch(cell)), None)
    if at is None:
        return
    rows = [*zip(table.rows, table.places, strict=True), *([(table.total, table.total_at)] if table.total else [])]
    for row, place in rows:
        total = _number(row[at]) if at < len(row) else None
        cells = enumerate(row)
        parts = [value for n, cell in cells if n not in (at, serial) and (value := _number(cell)) is not None]
        if total is not None and len(parts) > 1:
            yield place, at, sum(parts) != total


# ---------------------------------------------------------------- rows


def _serial(table: Table, lexicon: Lexicon) -> int:
    serials = of_kind(lexicon.roles.task_heads, "serial")
    return next((at for at, cell in enumerate(table.head) if cell in serials), -1)


def _repeated(table: Table, lexicon: Lexicon) -> Iterator[Slip]:
    """Yield the row that prints the number of the one before it; cells that are merged repeat what follows as well.

    The rows of a table of tasks are looked at as headings are.
    """
    at = -1 if any(cell in lexicon.roles.labels for cell in table.head) else _serial(table, lexicon)
    cells = table.column(at) if at >= 0 else []
    if len(cells) < _FEWEST or not all(cell.isdecimal() for cell in cells):
        return
    again = [n + 1 for n, (one, other) in enumerate(pairwise(cells)) if one == other]
    if len(again) == 1 and _apart(table.rows[again[0] - 1], table.rows[again[0]], at):
        yield Slip(AGAIN, *table.places[again[0]])


def _apart(one: tuple[str, ...], other: tuple[str, ...], at: int) -> bool:
    """Tell whether two rows name two things behind their number."""
    return len(one) > at + 1 and len(other) > at + 1 and one[at + 1] != other[at + 1]


def _empty(table: Table) -> Iterator[Slip]:
    """Yield the rows that have nothing for the last year, where nearly all others have a number."""
    if len(table.rows) < _FEWEST:
        return
    last = [at for at, cell in enumerate(table.head) if _YEAR.match(cell)][-1:]  # one that begins later lacks the first
    for at in last:
        lacking = [n for n, cell in enumerate(table.column(at)) if cell in _NOTHING]
        for n in lacking if len(lacking) == 1 or _FEW * len(lacking) <= len(table.rows) else ():
            yield Slip(EMPTY, *table.places[n])


def _unowned(table: Table, lexicon: Lexicon) -> Iterator[Slip]:
    """Yield the one row of tasks that names nobody, where all others name who leads or answers."""
    labels = lexicon.roles.labels
    columns = [at for at, cell in enumerate(table.head) if cell in labels]
    if len(table.rows) < _FEWEST or not columns:
        return
    owned = [any(at < len(row) and row[at] not in _NOTHING for at in columns) for row in table.rows]
    if owned.count(False) == 1 and len([cell for cell in table.rows[owned.index(False)] if cell]) > 1:
        yield Slip(EMPTY, *table.places[owned.index(False)])


def _heads(table: Table) -> Iterator[Slip]:
    """Yield a head in which one year stands twice, beside others that stand once."""
    years = Counter(cell for cell in table.head if _YEAR.fullmatch(cell))
    twice = [year for year, times in years.items() if times > 1]
    if len(twice) == 1 and years[twice[0]] == 2 and len(years) > 1 and sum(years.values()) == len(years) + 1:
        yield Slip(HEADS, *table.place)
