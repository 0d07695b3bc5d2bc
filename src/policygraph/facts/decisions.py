"""Tell what a person changed in a table, cell by cell, and keep it: decisions.tsv is only added to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from policygraph import tables
from policygraph.errors import TableError
from policygraph.facts import sheets
from policygraph.facts.forms import as_date, form, shortened
from policygraph.facts.laying import Bench, texts, whole
from policygraph.facts.returned import Returned
from policygraph.facts.rows import ROWS, as_cells, columns
from policygraph.messages import Message
from policygraph.model import Facts
from policygraph.rulings import NTH, WHOLE, Ruling, key, words
from policygraph.terms import Status

FILE = "decisions.tsv"
_NAMES = tuple(item.name for item in fields(Ruling))
_OPTIONAL = ("who", "when", "why", "source")


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in of a person's corrections: the new decisions, and the facts with all of them."""

    rulings: tuple[Ruling, ...]
    facts: Facts


def take_in(old: Facts, now: Mapping[str, Sequence[Returned]], about: Mapping[str, Ruling]) -> Taken:
    """Return what a person changed in the tables of a document, and the facts with that laid over them.

    ``about`` has for each table the document, who, when, why and the source of what was changed in it; what a row says
    of who, when and why goes before.
    """
    bench = Bench(old)
    found = [each for table in ROWS for each in _changes(bench, table, now[table], about[table])]
    return Taken(tuple(found), bench.facts([*old.decisions, *found]))


def _changes(bench: Bench, table: str, new: Sequence[Returned], about: Ruling) -> Iterator[Ruling]:
    """Yield what was changed in a table, each as it is laid over the rows: what follows names the row as it is then."""
    for row, each in pairs(table, tuple(bench.rows[table]), new):
        here = replace(about, table=table)
        if row is None and each is not None:
            if not bench.holds(table, each.row):
                told = replace(here, key=bench.key_of(table, each.row), column=WHOLE, now=_whole(each.row))
                yield _laid(bench, _signed(told, each))
            continue
        at = next(at for at, one in enumerate(bench.rows[table]) if one is row)
        if each is None:
            yield _laid(bench, replace(here, key=bench.key(table, at), column=WHOLE, was=_whole(row)))
            continue
        before, after = texts(row), texts(each.row)
        for column in _changed(row, each.row):
            told = replace(here, key=bench.key(table, at), column=column, was=before[column], now=after[column])
            yield _laid(bench, _signed(told, each))


def pairs(table: str, old: Sequence[Any], new: Sequence[Returned]) -> Iterator[tuple[Any, Returned | None]]:
    """Yield each old row with what became of it, and each new one alone, in the order of the document.

    Equal rows belong together; between them those of one key, then those of the same words; as many rows as there were
    go in their order.
    """
    before, after = [_said(row) for row in old], [_said(each.row) for each in new]
    for _, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if b - a == d - c:
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from _paired(table, old[a:b], new[c:d])


def _paired(table: str, old: Sequence[Any], new: Sequence[Returned]) -> Iterator[tuple[Any, Returned | None]]:
    became: list[Returned | None] = [None] * len(old)
    left = list(new)
    for narrowed in (dict, words):
        for at, row in enumerate(old):
            known = narrowed(key(table, row, {}))
            fit = (each for each in left if became[at] is None and narrowed(key(table, each.row, {})) == known)
            if found := next(fit, None):
                became[at] = found
                left.remove(found)
    yield from zip(old, became, strict=True)
    yield from ((None, each) for each in left)


def read(folder: Path) -> tuple[Ruling, ...]:
    """Return the decisions of a folder of tables. Raises TableError (file, line) where they are malformed."""
    path = folder / FILE
    wanted = [name for name in _NAMES if name not in _OPTIONAL]
    rows = sheets.numbered_rows(path, wanted) if path.is_file() else []
    return tuple(_ruling(cells, tables.place(path, line)) for line, cells in rows)


def text(found: Iterable[Ruling]) -> bytes:
    """Return decisions as the bytes of their table."""
    rows = ({name: sheets.guard(cell) for name, cell in asdict(each).items()} for each in found)
    return ("\ufeff" + tables.render_table(_NAMES, rows)).encode("utf-8")


def _ruling(cells: Mapping[str, str], place: Message) -> Ruling:
    found = Ruling(**{name: cells.get(name, "") for name in _NAMES})
    known = {
        "table": found.table in ROWS,
        "column": found.table in ROWS and found.column in (WHOLE, *columns(found.table)),
        "key": _is_object(found.key),
    }
    for name, fits in known.items():
        if not fits:
            raise TableError("facts.bad-decision", place=place, column=name, cell=shortened(getattr(found, name)))
    was, now = (_cell(found, name, place) for name in ("was", "now"))
    return replace(found, was=was, now=now, when=as_date(found.when))


def _cell(ruling: Ruling, name: str, place: Message) -> str:
    """Return what was, or is now, as its column has it. Raises TableError where that cannot be."""
    cell: str = getattr(ruling, name)
    if ruling.column != WHOLE:
        wanted = form(ruling.table, ruling.column, ruling.known.get("field", ""))
        fits, cell = wanted.fits(wanted.mended(cell)), wanted.mended(cell)
    else:
        fits = not cell or _is_object(cell)
        if cell and fits:
            whole(ruling.table, cell, ruling.doc, place)
    if not fits:
        raise TableError("facts.bad-decision", place=place, column=name, cell=shortened(cell))
    return cell


def _is_object(cell: str) -> bool:
    try:
        found = json.loads(cell)
    except ValueError:
        return False
    plain = isinstance(found, dict) and all(isinstance(each, str) for each in found.values())
    return plain and found.get(NTH, "1").isdecimal()


def _laid(bench: Bench, ruling: Ruling) -> Ruling:
    bench.lay(ruling)
    return ruling


def _said(row: Any) -> tuple[str, ...]:
    return tuple(cell for name, cell in texts(row).items() if name != "status")


def _changed(row: Any, now: Any) -> list[str]:
    """Return the columns whose cells say something else; nobody takes a review back by leaving it out."""
    before, after = as_cells(row), as_cells(now)
    unsaid = now.evidence.status == Status.EXTRACTED
    return [name for name in before if before[name] != after[name] and not (name == "status" and unsaid)]


def _signed(found: Ruling, each: Returned) -> Ruling:
    return replace(found, who=each.who or found.who, when=each.when or found.when, why=each.why or found.why)


def _whole(row: Any) -> str:
    return json.dumps({name: cell for name, cell in texts(row).items() if cell}, ensure_ascii=False)
