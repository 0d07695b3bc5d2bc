"""Tell what a person changed in a workbook, cell by cell, and keep it: decisions.tsv is only added to.

A row is known by its section and its words, not by its offsets: they are the same after a fresh extraction. Equal ones
are counted from 2 on.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from policygraph import tables
from policygraph.facts import sheets
from policygraph.facts.returned import Returned
from policygraph.facts.rows import as_cells
from policygraph.terms import TOUCHED, Status

FILE = "decisions.tsv"
WHOLE = "row"  # the column of a decision on a whole row: added (nothing was) or taken out (nothing is now)
_ABOUT = ("section", "field", "clause", "heading", "event", "surface", "quote")  # what tells rows apart


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person ruled on one cell: what it was, what it is now, who said so, when, why, and in which file."""

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


def keys(rows: Iterable[Any]) -> list[str]:
    """Return the key of each row of a table: its section and words, with a number behind the second of equal ones."""
    counted: Counter[str] = Counter()
    found = []
    for row in rows:
        said = [str(getattr(row, name)) for name in _ABOUT if getattr(row, name, "") not in ("", None)]
        key = " | ".join(said)
        counted[key] += 1
        found.append(key if counted[key] == 1 else f"{key} | #{counted[key]}")
    return found


def rulings(table: str, old: Sequence[Any], new: Sequence[Returned], about: Ruling) -> Iterator[Ruling]:
    """Yield what a person changed in a table; ``about`` has the document, who, when, why and the source of them all.

    What a row says of who, when and why goes before.
    """
    known = dict(zip(map(id, old), keys(old), strict=True))
    for row, each in pairs(old, new):
        if row is None and each is not None:
            (key,) = keys([each.row])
            yield _signed(replace(about, table=table, key=key, column=WHOLE, now=_whole(each.row)), each)
        elif each is None:
            yield replace(about, table=table, key=known[id(row)], column=WHOLE, was=_whole(row))
        else:
            here, before, after = replace(about, table=table, key=known[id(row)]), _texts(row), _texts(each.row)
            for column in _changed(row, each.row):
                yield _signed(replace(here, column=column, was=before[column], now=after[column]), each)


def pairs(old: Sequence[Any], new: Sequence[Returned]) -> Iterator[tuple[Any, Returned | None]]:
    """Yield each old row with what became of it, and each new one alone, in the order of the document.

    Equal rows belong together, then, between them, those of one key; as many rows as there were go in their order.
    """
    before, after = [_said(row) for row in old], [_said(each.row) for each in new]
    for _, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if b - a == d - c:
            yield from zip(old[a:b], new[c:d], strict=True)
            continue
        named = dict(zip(keys(each.row for each in new[c:d]), new[c:d], strict=True))
        yield from ((row, named.pop(key, None)) for row, key in zip(old[a:b], keys(old[a:b]), strict=True))
        yield from ((None, each) for each in named.values())


def reviewed(old: Sequence[Any], new: Sequence[Returned]) -> tuple[Any, ...]:
    """Return the rows as a person left them; those that he changed, or that were reviewed before, are reviewed."""
    became = {id(each): row for row, each in pairs(old, new) if each is not None}
    return tuple(_marked(became[id(each)], each) for each in new)


def read(folder: Path) -> list[Ruling]:
    """Return the decisions of a folder of tables. Raises TableError (file, line) where they are malformed."""
    path = folder / FILE
    names = [item.name for item in fields(Ruling)]
    rows = sheets.numbered_rows(path, names) if path.is_file() else []
    return [Ruling(**{name: cells[name] for name in names}) for _, cells in rows]


def text(found: Iterable[Ruling]) -> bytes:
    """Return decisions as the bytes of their table."""
    rows = ({name: sheets.guard(cell) for name, cell in asdict(each).items()} for each in found)
    return ("\ufeff" + tables.render_table([item.name for item in fields(Ruling)], rows)).encode("utf-8")


def _said(row: Any) -> tuple[str, ...]:
    return tuple(cell for name, cell in _texts(row).items() if name != "status")


def _changed(row: Any, now: Any) -> list[str]:
    """Return the columns whose cells say something else; nobody takes a review back by leaving it out."""
    before, after = as_cells(row), as_cells(now)
    unsaid = now.evidence.status == Status.EXTRACTED
    return [name for name in before if before[name] != after[name] and not (name == "status" and unsaid)]


def _marked(row: Any, each: Returned) -> Any:
    proof = each.row.evidence
    if row is not None and not _changed(row, each.row):
        return row
    status = proof.status if proof.status in TOUCHED else Status.REVIEWED
    return replace(each.row, evidence=replace(proof, status=status))


def _signed(found: Ruling, each: Returned) -> Ruling:
    return replace(found, who=each.who or found.who, when=each.when or found.when, why=each.why or found.why)


def _whole(row: Any) -> str:
    return json.dumps({name: cell for name, cell in _texts(row).items() if cell}, ensure_ascii=False)


def _texts(row: Any) -> dict[str, str]:
    return {name: "" if cell is None else str(cell) for name, cell in as_cells(row).items()}
