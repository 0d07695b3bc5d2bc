"""Rule on one row after the other, as a person does who reads it beside the text; and take the last act back.

An act is one or more decisions of one ``source`` (``desk 12``). It is taken back by decisions that say the contrary
(``desk 12 undone``): decisions.tsv is only added to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from policygraph.errors import TableError, UsageError
from policygraph.facts.forms import form, shortened
from policygraph.facts.laying import Bench, texts
from policygraph.facts.rows import as_row, columns
from policygraph.messages import message
from policygraph.model import Facts
from policygraph.rulings import WHOLE, Ruling, standing
from policygraph.terms import TOUCHED, Status

DESK = "desk "  # how the source of a decision at a desk begins
_NAMED = re.compile(r"desk (\d+)( undone)?")
_TO_ADD = {"confidence": "1", "status": str(Status.REVIEWED)}


@dataclass(frozen=True, slots=True)
class Act:
    """What a person does with a row of a table, at a place in it: ``accept``, ``correct`` or ``remove`` it.

    ``add`` makes a row of ``cells``; ``correct`` puts them in.
    """

    kind: str
    table: str
    at: int = -1
    cells: Mapping[str, str] = field(default_factory=dict)


def ruled(facts: Facts, acts: Sequence[Act], signed: Ruling) -> tuple[Facts, tuple[Ruling, ...]]:
    """Return facts with some acts laid over them, taken together, and the decisions that say so.

    ``signed`` has the document, who, when and why. Raises TableError where a cell cannot be that, with what to write.
    """
    bench = Bench(facts)
    about = replace(signed, doc=facts.doc, source=f"desk {_number(facts.decisions) + 1}")
    rows = [(act, None if act.kind == "add" else getattr(facts, act.table)[act.at]) for act in acts]
    found = [
        ruling for act, row in rows for ruling in _KINDS[act.kind](bench, act, row, replace(about, table=act.table))
    ]
    return bench.facts([*facts.decisions, *found]), tuple(found)


def undone(facts: Facts, signed: Ruling) -> tuple[Facts, tuple[Ruling, ...]]:
    """Return facts without the last act of a person that still stands, and the decisions that take it back.

    Raises UsageError where there is none, and where what it was about is no longer as it was left then.
    """
    last = _last(facts.decisions, signed.who)
    if not last:
        raise UsageError("facts.nothing-to-undo", who=signed.who)
    bench, found = Bench(facts), list[Ruling]()
    about = replace(signed, doc=facts.doc, source=f"{last[0].source} undone")
    places = _places(facts, last)
    last.reverse()
    for ruling in sorted(last, key=_is_whole):  # a row that goes or comes moves those behind it
        contrary = _contrary(bench, ruling, places.get(ruling), replace(about, table=ruling.table))
        bench.lay(contrary)
        found.append(contrary)
    found += list(_opened(bench, last, about))
    return bench.facts([*facts.decisions, *found]), tuple(found)


def last_act(decisions: Sequence[Ruling], who: str) -> tuple[Ruling, ...]:
    """Return the decisions of the last act of a person that still stands."""
    return tuple(_last(decisions, who))


# ---------------------------------------------------------------- the kinds of acts


def _accept(bench: Bench, act: Act, row: Any, about: Ruling) -> Iterator[Ruling]:
    at = _place(bench, act.table, row)
    was = str(row.evidence.status)
    told = replace(about, key=bench.key(act.table, at), column="status", was=was, now=str(Status.REVIEWED))
    yield _laid(bench, told)


def _correct(bench: Bench, act: Act, row: Any, about: Ruling) -> Iterator[Ruling]:
    before, at = texts(row), _place(bench, act.table, row)
    cells = {name: _fitting(act.table, row, name, cell) for name, cell in act.cells.items()}
    if row.evidence.status not in TOUCHED and "status" not in cells:
        yield from _accept(bench, act, row, about)  # first: taken back last, it is open again
    for column, cell in cells.items():
        if cell != before[column]:
            told = replace(about, key=bench.key(act.table, at), column=column, was=before[column], now=cell)
            yield _laid(bench, told)


def _remove(bench: Bench, act: Act, row: Any, about: Ruling) -> Iterator[Ruling]:
    at = _place(bench, act.table, row)
    yield _laid(bench, replace(about, key=bench.key(act.table, at), column=WHOLE, was=_whole(row)))


def _add(bench: Bench, act: Act, row: Any, about: Ruling) -> Iterator[Ruling]:
    made = as_row(act.table, {"doc": bench.doc, **_TO_ADD, **act.cells}, message("facts.in-a-decision"))
    if bench.holds(act.table, made):
        raise UsageError("facts.there-already")
    yield _laid(bench, replace(about, key=bench.key_of(act.table, made), column=WHOLE, now=_whole(made)))


_KINDS: Mapping[str, Callable[[Bench, Act, Any, Ruling], Iterator[Ruling]]] = {
    "accept": _accept,
    "correct": _correct,
    "remove": _remove,
    "add": _add,
}


# ---------------------------------------------------------------- taking back


def _places(facts: Facts, last: Sequence[Ruling]) -> dict[Ruling, int]:
    """Return where the rows of an act stand now."""
    since = facts.decisions[facts.decisions.index(last[0]) :]
    found = ((ruling, row) for ruling, row in standing(since, facts) if ruling in last and row is not None)
    return {ruling: _at(getattr(facts, ruling.table), row) for ruling, row in found}


def _is_whole(ruling: Ruling) -> tuple[bool, bool]:
    return ruling.column == WHOLE, not ruling.now


def _contrary(bench: Bench, ruling: Ruling, at: int | None, about: Ruling) -> Ruling:
    """Return the decision that takes one back. Raises UsageError where its row says something else by now."""
    if ruling.column == WHOLE and not ruling.now:
        return replace(about, key=ruling.key, column=WHOLE, now=ruling.was)
    rows = bench.rows[ruling.table]
    if at is None or not (ruling.column == WHOLE or texts(rows[at])[ruling.column] == ruling.now):
        raise UsageError("facts.changed-since")
    key = bench.key(ruling.table, at)
    if ruling.column == WHOLE:
        return replace(about, key=key, column=WHOLE, was=_whole(rows[at]))
    return replace(about, key=key, column=ruling.column, was=ruling.now, now=ruling.was)


def _opened(bench: Bench, last: Sequence[Ruling], about: Ruling) -> Iterator[Ruling]:
    """Open again the rows that come back: put in anew, they count as a person's."""
    for ruling in last:
        if ruling.column != WHOLE or ruling.now:
            continue
        was = json.loads(ruling.was).get("status", str(Status.EXTRACTED))
        rows = bench.rows[ruling.table]
        at = next((at for at, row in enumerate(rows) if _whole(row, status=was) == _whole_of(ruling, was)), None)
        if at is not None and str(rows[at].evidence.status) != was:
            key, now = bench.key(ruling.table, at), str(rows[at].evidence.status)
            yield _laid(bench, replace(about, table=ruling.table, key=key, column="status", was=now, now=was))


def _whole_of(ruling: Ruling, status: str) -> str:
    cells = {"doc": ruling.doc, **json.loads(ruling.was)}
    return _whole(as_row(ruling.table, cells, message("facts.in-a-decision")), status=status)


def _last(decisions: Sequence[Ruling], who: str) -> list[Ruling]:
    """Return the decisions of the last act of a person that was not taken back."""
    names = {each.source: None for each in decisions if each.who == who and _NAMED.fullmatch(each.source)}
    stands = [name for name in names if not name.endswith("undone") and f"{name} undone" not in names]
    return [each for each in decisions if stands and each.who == who and each.source == stands[-1]]


def _number(decisions: Sequence[Ruling]) -> int:
    numbers = (int(found[1]) for each in decisions if (found := _NAMED.fullmatch(each.source)))
    return max(numbers, default=0)


# ---------------------------------------------------------------- rows


def _place(bench: Bench, table: str, row: Any) -> int:
    return _at(bench.rows[table], row)


def _at(rows: Sequence[Any], row: Any) -> int:
    return next(at for at, each in enumerate(rows) if each is row)


def _laid(bench: Bench, ruling: Ruling) -> Ruling:
    bench.lay(ruling)
    return ruling


def _fitting(table: str, row: Any, column: str, cell: str) -> str:
    """Return a cell as its column has it. Raises TableError where it cannot be that, with what to write."""
    wanted = form(table, column, getattr(row, "field", ""))
    mended = wanted.mended(cell)
    if column not in columns(table) or not wanted.fits(mended):
        place = message("facts.at-the-desk")
        raise TableError("facts.bad-cell", place=place, column=column, cell=shortened(cell), wanted=wanted.wanted())
    return mended


def _whole(row: Any, **other: str) -> str:
    return json.dumps({name: cell for name, cell in {**texts(row), **other}.items() if cell}, ensure_ascii=False)
