"""Lay what a person ruled over the tables of a document, one decision after the other.

The row of a decision is looked for by its key. Among several of one key that counts which says what it said then; a
row that says already what was ruled has nothing to be changed. Where none can be told the decision is left over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from policygraph.facts.forms import form
from policygraph.facts.rows import ROWS, as_cells, as_row
from policygraph.messages import Message, message
from policygraph.model import Evidence, Facts, Tables
from policygraph.rulings import CONTEXT, WHOLE, Clause, Key, Ruling, contexts, key, words, written
from policygraph.terms import TOUCHED, Status

_PROOF = frozenset(Evidence.__dataclass_fields__)
_PLACE = frozenset({"clause", "order", "fact"})  # they count what stands before


class Bench:
    """The tables of a document while decisions are laid over them."""

    def __init__(self, tables: Tables) -> None:
        self.doc = tables.doc
        self.rows: dict[str, list[Any]] = {table: list(getattr(tables, table)) for table in ROWS}

    def key(self, table: str, at: int) -> str:
        """Return the key of a row as a decision has it."""
        keys = self._keys(table)
        return written(keys[at], keys[: at + 1].count(keys[at]))

    def key_of(self, table: str, row: Any) -> str:
        """Return the key of a row that is in no table yet: it comes after all of its key."""
        known = key(table, row, self._contexts())
        return written(known, self._keys(table).count(known) + 1)

    def lay(self, ruling: Ruling) -> bool:
        """Lay a decision over the rows; tell whether its row was found, or was to be taken out and is not there."""
        if ruling.column == WHOLE:
            return self._add(ruling) if ruling.now else self._take_out(ruling)
        at = self._found(ruling)
        if at is not None:
            rows = self.rows[ruling.table]
            rows[at] = corrected(ruling.table, rows[at], ruling.column, ruling.now)
        return at is not None

    def holds(self, table: str, row: Any) -> bool:
        """Tell whether a row of a table says the same, whoever read it and wherever it stands."""
        return said(row) in map(said, self.rows[table])

    def insert(self, table: str, row: Any) -> None:
        """Put a row among those of its section where its place in the text is, else behind them, or at the end."""
        rows = self.rows[table]
        section = getattr(row, "section", None)
        same = [at for at, each in enumerate(rows) if section and getattr(each, "section", None) == section]
        later = [at for at in same if _stands_before(row, rows[at])]
        rows.insert(later[0] if later else same[-1] + 1 if same else len(rows), row)

    def facts(self, decisions: Sequence[Ruling]) -> Facts:
        """Return the tables as they are now."""
        return Facts(self.doc, **{table: tuple(rows) for table, rows in self.rows.items()}, decisions=tuple(decisions))

    def _contexts(self) -> Mapping[Clause, str]:
        return contexts(self.rows["clauses"])

    def _keys(self, table: str) -> list[Key]:
        known = self._contexts()
        return [key(table, row, known) for row in self.rows[table]]

    def _add(self, ruling: Ruling) -> bool:
        row = self._in_its_clause(whole(ruling.table, ruling.now, ruling.doc), ruling)
        rows = self.rows[ruling.table]
        same = [at for at, each in enumerate(rows) if said(each) == said(row)]
        if same:  # it was missed then, and is read now
            rows[same[0]] = marked(rows[same[0]])
        else:
            self.insert(ruling.table, marked(row))
        return True

    def _in_its_clause(self, row: Any, ruling: Ruling) -> Any:
        """Return an added row with the number that its clause has now."""
        numbers = [each[2] for each, quote in self._contexts().items() if quote and quote == ruling.known.get(CONTEXT)]
        return replace(row, clause=numbers[0]) if len(numbers) == 1 else row

    def _take_out(self, ruling: Ruling) -> bool:
        rows, keys = self.rows[ruling.table], self._keys(ruling.table)
        known, gone = ruling.known, said(whole(ruling.table, ruling.was, ruling.doc))
        same = [at for at, each in enumerate(keys) if each == known]
        fit = [at for at in same if said(rows[at]) == gone]
        if fit:
            del rows[_nth(same, fit, ruling.nth)]
        return bool(fit) or not same

    def _found(self, ruling: Ruling) -> int | None:
        """Return where the row of a decision on a cell stands, None where that cannot be told."""
        keys, known = self._keys(ruling.table), ruling.known
        same = [at for at, each in enumerate(keys) if each == known]
        for cell in (ruling.was, ruling.now):
            if fit := self._saying(ruling, same, cell):
                return _nth(same, fit, ruling.nth)
        if len(same) == 1:
            return same[0]
        now = [at for at, each in enumerate(keys) if each == ruling.after]
        near = [at for at, each in enumerate(keys) if words(each) == words(known)] if not (same or now) else []
        fit = now or [*self._saying(ruling, near, ruling.was), *self._saying(ruling, near, ruling.now)]
        return fit[0] if len(fit) == 1 else None

    def _saying(self, ruling: Ruling, places: Iterable[int], cell: str) -> list[int]:
        rows = self.rows[ruling.table]
        return [at for at in places if texts(rows[at])[ruling.column] == cell]


def _stands_before(row: Any, other: Any) -> bool:
    """Tell whether a row begins before another in the text, where both have a place there."""
    mine, its = row.evidence.start, other.evidence.start
    return mine is not None and its is not None and mine < its


def lay_over(facts: Facts, rulings: Sequence[Ruling], old: Facts | None = None) -> tuple[Facts, tuple[Ruling, ...]]:
    """Return freshly read facts with the decisions of a person laid over them, and those whose row was not found.

    A row of ``old`` that a person reviewed and that is not read any more stays as it was.
    """
    bench = Bench(facts)
    left = tuple(each for each in rulings if not bench.lay(each))
    for table in ROWS:
        for row in getattr(old, table) if old else ():
            if row.evidence.status in TOUCHED and not bench.holds(table, row):
                bench.insert(table, row)
    return bench.facts(rulings), left


def corrected(table: str, row: Any, column: str, cell: str) -> Any:
    """Return a row with another cell: reviewed, where the cell itself is not its status."""
    value = form(table, column, getattr(row, "field", "")).read(cell)
    if column == "status":
        return replace(row, evidence=replace(row.evidence, status=value))
    if column in _PROOF:
        return marked(replace(row, evidence=replace(row.evidence, **{column: value})))
    return marked(replace(row, **{"kind" if column == "class" else column: value}))


def marked(row: Any) -> Any:
    """Return a row as a person's: reviewed, where it is not disputed."""
    status = row.evidence.status
    return row if status in TOUCHED else replace(row, evidence=replace(row.evidence, status=Status.REVIEWED))


def whole(table: str, cells: str, doc: str, place: Message | None = None) -> Any:
    """Return the row that a decision on a whole row has as JSON. Raises TableError (place) for a wrong cell."""
    return as_row(table, {"doc": doc, **json.loads(cells)}, place or message("facts.in-a-decision"))


def texts(row: Any) -> dict[str, str]:
    """Return the cells of a row as text."""
    return {name: "" if cell is None else str(cell) for name, cell in as_cells(row).items()}


def said(row: Any) -> tuple[str, ...]:
    """Return what a row states: nothing of who read it, of its place among others, and of which concept it is."""
    left_out = _PROOF | _PLACE
    return tuple(cell for name, cell in texts(row).items() if name not in left_out and not name.endswith("_id"))


def _nth(same: Sequence[int], fit: Sequence[int], nth: int) -> int:
    """Return which of the rows that fit is the one of that number among all of its key, else the first."""
    wanted = same[nth - 1] if nth <= len(same) else -1
    return wanted if wanted in fit else fit[0]
