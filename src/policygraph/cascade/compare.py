"""Compare one statement of a target with another: equal, tighter, looser or changed-form.

A statement is a level (``>= 22 %``), a change (``fall 0.5 个百分点/年``) or a trend (no number). Levels compare with
levels and changes with changes, in one dimension of units; changes need the same baseline, and a baseline that is
not a year (as things stand, last year) counts from the year of its document. Every other pair is ``changed-form``.
The desired direction comes from the indicator table; where it says nothing, from the comparators, if they agree.
Equal numbers are ``equal`` whatever the comparator; the reason says so where one excludes the number itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from policygraph.cascade.units import Unit, Units, number, plain, unit_of
from policygraph.model import TargetRow

_WANTS = {">=": 1, ">": 1, "<=": -1, "<": -1, "rise": 1, "fall": -1}
_DIRECTIONS = {"up": 1, "down": -1}
FORMS = ("level", "change", "trend")
_CHANGES = ("rise", "fall")
_STRICT = (">", "<")

Note = tuple[str, str]  # Chinese, English


@dataclass(frozen=True, slots=True)
class Statement:
    """A target row made comparable; ``amount`` is in the base unit of its dimension, signed for changes.

    ``rival`` shows another number that the document gives for the same indicator and year.
    """

    row: TargetRow
    form: str  # level, change, trend
    unit: Unit
    amount: Decimal | None = None
    baseline: str = ""
    rival: str = ""

    @property
    def doubt(self) -> str:
        """Return why the reading itself is in doubt, as the extractor noted; empty where it is not."""
        found = self.row.evidence
        unsure = found.status == "extracted" and found.confidence < 1
        return found.note if unsure or found.status == "disputed" else ""

    @property
    def brief(self) -> str:
        """Return the statement as one cell of a table."""
        return "qual" if self.amount is None else f"{self.row.op} {self.row.value}{self.row.unit}"

    @property
    def shown(self) -> Note:
        """Return the statement in short; a trend with its words, which are not compared."""
        if self.amount is None:
            words = self.row.quote.replace(" / ", "/")
            return (f"定性表述「{words}」", f"a trend «{words}»") if words else ("定性表述", "a trend")
        return (f"{self.row.op} {self.row.value}{self.row.unit}",) * 2


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on a pair, the step in the other's unit (positive: more is asked) and what to add to the reason."""

    verdict: str
    step: Decimal | None = None
    notes: tuple[Note, ...] = ()

    def and_note(self, zh: str, en: str) -> Comparison:
        """Return the comparison with one more note."""
        return replace(self, notes=(*self.notes, (zh, en)))


def statement(row: TargetRow, units: Units, issued: int | None) -> Statement:
    """Read a target row; ``issued`` is the year of its document."""
    unit, value = unit_of(row.unit, units), number(row.value)
    if row.op == "qual" or value is None:
        return Statement(row, "trend", unit)
    if row.op not in _CHANGES:
        return Statement(row, "level", unit, value * unit.factor)
    signed = value if row.op == "rise" else -value
    dated = re.fullmatch(r"\d{4}", row.baseline) or not row.baseline
    baseline = row.baseline if dated else f"{row.baseline}@{issued or row.doc}"
    return Statement(row, "change", unit, signed * unit.factor, baseline)


def compare(mine: Statement, theirs: Statement, direction: str) -> Comparison:
    """Return the verdict on ``mine`` against ``theirs`` for an indicator of that direction (up, down, none)."""
    obstacle = _obstacle(mine, theirs)
    if obstacle:
        return Comparison("changed-form", notes=(obstacle,))
    if mine.amount is None or theirs.amount is None:
        return Comparison(
            "equal", notes=(("均为定性表述,未比较措辞", "both state a trend; the wording is not compared"),)
        )
    difference = mine.amount - theirs.amount
    sign = _sign(mine, theirs, direction)
    if difference and not sign:
        note = ("指标方向未定,数值不同,无法判断宽严", "no desired direction: the numbers differ, neither is tighter")
        return Comparison("changed-form", notes=(note,))
    step = plain(difference / theirs.unit.factor * (sign or 1))
    verdict = "equal" if not step else "tighter" if step > 0 else "looser"
    return Comparison(verdict, step, _wording(mine, theirs, not step))


def weakest(rows: Sequence[Statement], direction: str) -> Statement:
    """Return the statement that counts among several on one indicator and year.

    A level counts before a change, a change before a trend; of two levels the one that asks for less, so that a
    document which contradicts itself is held to the weaker promise; else the first.
    """
    best = [said for said in rows if said.form == min((other.form for other in rows), key=FORMS.index)]
    chosen = best[0]
    for other in best[1:]:
        if compare(other, chosen, direction).verdict == "looser":
            chosen = other
    rivals = [other.shown[0] for other in best if other.amount != chosen.amount]
    return replace(chosen, rival=rivals[0]) if rivals else chosen


def meets(mine: Statement, theirs: Statement, direction: str) -> bool:
    """Tell whether ``mine`` asks for at least as much as ``theirs``; both must be levels."""
    if mine.form != "level" or theirs.form != "level":
        return False
    return compare(mine, theirs, direction).verdict in ("equal", "tighter")


def _obstacle(mine: Statement, theirs: Statement) -> Note | None:
    """Return why two statements cannot be compared as numbers, None where they can."""
    if mine.form != theirs.form:
        return _FORMS[mine.form, theirs.form]
    if mine.form == "trend":
        return None
    if mine.unit.dimension != theirs.unit.dimension:
        pair = f"{mine.unit.canonical or '—'}, {theirs.unit.canonical or '—'}"
        return (f"单位不可比: {pair}", f"units do not compare: {pair}")
    if mine.baseline != theirs.baseline:
        pair = f"{mine.row.baseline or '—'}, {theirs.row.baseline or '—'}"
        return (f"基期不同: {pair}", f"baselines differ: {pair}")
    if mine.form == "level" and _WANTS.get(mine.row.op, 0) * _WANTS.get(theirs.row.op, 0) < 0:
        return ("一为下限,一为上限", "one is a floor, the other a ceiling")
    return None


_FORMS: dict[tuple[str, str], Note] = {
    ("trend", "level"): ("上级为数值,本文件为定性表述", "the ancestor states a number, this document a trend"),
    ("trend", "change"): ("上级为变化幅度,本文件为定性表述", "the ancestor states a change, this document a trend"),
    ("level", "trend"): ("上级为定性表述,本文件为数值", "the ancestor states a trend, this document a number"),
    ("change", "trend"): ("上级为定性表述,本文件为变化幅度", "the ancestor states a trend, this document a change"),
    ("level", "change"): ("上级为变化幅度,本文件为水平值", "the ancestor states a change, this document a level"),
    ("change", "level"): ("上级为水平值,本文件为变化幅度", "the ancestor states a level, this document a change"),
}


def _sign(mine: Statement, theirs: Statement, direction: str) -> int:
    """Return 1 where more is better, -1 where less is, 0 where nothing tells."""
    known = _DIRECTIONS.get(direction, 0)
    stated = {_WANTS.get(side.row.op, 0) for side in (mine, theirs)} - {0}
    return known or (stated.pop() if len(stated) == 1 else 0)


def _wording(mine: Statement, theirs: Statement, equal: bool) -> tuple[Note, ...]:
    notes: list[Note] = []
    if mine.unit.canonical != theirs.unit.canonical:
        pair = f"{mine.unit.canonical}, {theirs.unit.canonical}"
        notes.append((f"单位写法不同: {pair}", f"units written differently: {pair}"))
    if equal and (mine.row.op in _STRICT) != (theirs.row.op in _STRICT):
        stricter = mine.row.op in _STRICT
        zh, en = ("更严", "stricter") if stricter else ("较宽", "less strict")
        pair = f"{mine.row.op}, {theirs.row.op}"
        notes.append((f"数值相同,比较词{zh}: {pair}", f"same number, {en} comparator: {pair}"))
    return tuple(notes)
