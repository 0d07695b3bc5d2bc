"""Hold what a person ruled on a fact, and tell which row it is about.

A row is known by its section and its words, never by its line or its offsets: they are the same after a fresh
extraction. What tells rows of one sentence apart is part of it; equal ones are counted from 2 on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Key: TypeAlias = Mapping[str, str]
Clause: TypeAlias = tuple[str, str, int]  # section, action, clause: how a responsibility names its clause

WHOLE = "row"  # the column of a decision on a whole row: added (nothing was) or taken out (nothing is now)
NTH = "nth"  # of rows of one key, from 2 on
CONTEXT = "context"  # the clause in which a body stands: its number changes when another is found before it
_WORDS = ("section", "field", "heading", "surface", "quote", CONTEXT)  # where a row stands in the text
_ABOUT = {
    "metadata": ("field",),
    "structure": ("section", "heading"),
    "clauses": ("section", "quote"),
    "responsibilities": ("section", "surface"),
    "targets": ("section", "indicator", "year", "quote"),
    "citations": ("title", "quote"),
    "bodies": ("section", "body", "relation", "party", "quote"),
    "schedule": ("section", "event", "quote"),
    "numbers": ("section", "value", "unit", "quote"),
    "regions": ("section", "region", "quote"),
    "slips": ("section", "slip", "quote"),
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person ruled on one cell: what it was, what it is now, who said so, when, why, and in which file.

    ``key`` is what the row said before, as JSON; ``when`` is a date of ISO 8601.
    """

    doc: str
    table: str
    key: str
    column: str
    was: str
    now: str
    who: str = ""
    when: str = ""
    why: str = ""
    source: str = ""

    @property
    def known(self) -> Key:
        """Return the key of the row without its number among equal ones."""
        return {name: cell for name, cell in json.loads(self.key).items() if name != NTH}

    @property
    def nth(self) -> int:
        """Return the number of the row among those of its key, from 1."""
        return int(json.loads(self.key).get(NTH, "1"))

    @property
    def after(self) -> Key:
        """Return the key of the row as it is when the ruling is laid over it."""
        known = self.known
        return {**known, self.column: self.now} if self.column in known else known


def contexts(clauses: Iterable[Any]) -> dict[Clause, str]:
    """Return the words of each clause of a document."""
    return {(row.section, row.action, row.clause): row.quote for row in clauses}


def key(table: str, row: Any, known: Mapping[Clause, str]) -> Key:
    """Return what a row of a table is known by; ``known`` are the clauses of the document.

    >>> from policygraph.model import MetadataRow
    >>> key("metadata", MetadataRow("plan", "title", "某方案"), {})
    {'field': 'title'}
    """
    found = {name: "" if (cell := getattr(row, name)) is None else str(cell) for name in _ABOUT[table]}
    if table == "responsibilities":
        found[CONTEXT] = known.get((row.section, row.action, row.clause), "")
    return {name: cell for name, cell in found.items() if cell}


def words(known: Key) -> Key:
    """Return of a key where the row stands in the text, and nothing of what was read there."""
    return {name: cell for name, cell in known.items() if name in _WORDS}


def written(known: Key, nth: int = 1) -> str:
    """Return a key as a table has it.

    >>> written({"field": "title"}, 2)
    '{"field": "title", "nth": "2"}'
    """
    return json.dumps({**known, **({NTH: str(nth)} if nth > 1 else {})}, ensure_ascii=False)


def standing(rulings: Sequence[Ruling], tables: Any) -> list[tuple[Ruling, Any | None]]:
    """Return each ruling with the row of the tables it is about as that is now.

    None stands for a row that was taken out, or is not found.
    """
    named = contexts(tables.clauses)
    ruled = {each.table for each in rulings}
    keyed = {table: [(key(table, row, named), row) for row in getattr(tables, table)] for table in ruled}
    found = []
    for at, ruling in enumerate(rulings):
        last = _followed(ruling, rulings[at + 1 :])
        same = [row for known, row in keyed[ruling.table] if known == last]
        found.append((ruling, same[min(ruling.nth, len(same)) - 1] if same else None))
    return found


def _followed(ruling: Ruling, later: Sequence[Ruling]) -> Key | None:
    """Return the key of a row after all that was ruled on it later; None where it was taken out."""
    known, nth = ruling.known, ruling.nth
    for each in (ruling, *later):
        if (each.table, each.known, each.nth) != (ruling.table, known, nth):
            continue
        if each.column == WHOLE and not each.now:
            return None
        known, nth = each.after, nth if each.after == known else 1
    return known
