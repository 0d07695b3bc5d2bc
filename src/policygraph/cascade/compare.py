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
from policygraph.messages import Message, Note, message
from policygraph.model import TargetRow
from policygraph.terms import CHANGES, STRICT, WANTS, Direction, Form, Op, Status, Verdict

_DIRECTIONS = {Direction.UP: 1, Direction.DOWN: -1}


@dataclass(frozen=True, slots=True)
class Statement:
    """A target row made comparable; ``amount`` is in the base unit of its dimension, signed for changes.

    ``rival`` shows another number that the document gives for the same indicator and year.
    """

    row: TargetRow
    form: Form
    unit: Unit
    amount: Decimal | None = None
    baseline: str = ""
    rival: str = ""

    @property
    def doubt(self) -> Note:
        """Return why the reading itself is in doubt, as the extractor noted; empty where it is not."""
        found = self.row.evidence
        return found.note if found.status in (Status.EXTRACTED, Status.DISPUTED) else ""

    @property
    def brief(self) -> str:
        """Return the statement as one cell of a table."""
        return str(Op.WORDS) if self.amount is None else f"{self.row.op} {self.row.value}{self.row.unit}"

    @property
    def shown(self) -> Message | str:
        """Return the statement in short; a trend with its words, which are not compared."""
        if self.amount is not None:
            return self.brief
        return message("cascade.trend-in-words", words=self.row.quote) if self.row.quote else message("cascade.trend")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on a pair, the step in the other's unit (positive: more is asked) and what to add to the reason."""

    verdict: Verdict
    step: Decimal | None = None
    notes: tuple[Message, ...] = ()

    def and_note(self, note: Message) -> Comparison:
        """Return the comparison with one more note."""
        return replace(self, notes=(*self.notes, note))


def statement(row: TargetRow, units: Units, issued: int | None) -> Statement:
    """Read a target row; ``issued`` is the year of its document."""
    unit, value = unit_of(row.unit, units), number(row.value)
    if row.op == Op.WORDS or value is None:
        return Statement(row, Form.TREND, unit)
    if row.op not in CHANGES:
        return Statement(row, Form.LEVEL, unit, value * unit.factor)
    signed = value if row.op == Op.RISE else -value
    dated = re.fullmatch(r"\d{4}", row.baseline) or not row.baseline
    baseline = row.baseline if dated else f"{row.baseline}@{issued or row.doc}"
    return Statement(row, Form.CHANGE, unit, signed * unit.factor, baseline)


def compare(mine: Statement, theirs: Statement, direction: Direction) -> Comparison:
    """Return the verdict on ``mine`` against ``theirs`` for an indicator of that direction."""
    obstacle = _obstacle(mine, theirs)
    if obstacle:
        return Comparison(Verdict.CHANGED_FORM, notes=(obstacle,))
    if mine.amount is None or theirs.amount is None:
        return Comparison(Verdict.EQUAL, notes=(message("cascade.both-trends"),))
    difference = mine.amount - theirs.amount
    sign = _sign(mine, theirs, direction)
    if difference and not sign:
        return Comparison(Verdict.CHANGED_FORM, notes=(message("cascade.no-direction"),))
    step = plain(difference / theirs.unit.factor * (sign or 1))
    verdict = Verdict.EQUAL if not step else Verdict.TIGHTER if step > 0 else Verdict.LOOSER
    return Comparison(verdict, step, _wording(mine, theirs, not step))


def weakest(rows: Sequence[Statement], direction: Direction) -> Statement:
    """Return the statement that counts among several on one indicator and year.

    A level counts before a change, a change before a trend; of two levels the one that asks for less, so that a
    document which contradicts itself is held to the weaker promise; else the first.
    """
    best = [said for said in rows if said.form == min((other.form for other in rows), key=_FORMS.index)]
    chosen = best[0]
    for other in best[1:]:
        if compare(other, chosen, direction).verdict is Verdict.LOOSER:
            chosen = other
    rivals = [other.brief for other in best if other.amount != chosen.amount]
    return replace(chosen, rival=rivals[0]) if rivals else chosen


def meets(mine: Statement, theirs: Statement, direction: Direction) -> bool:
    """Tell whether ``mine`` asks for at least as much as ``theirs``; both must be levels."""
    if mine.form != Form.LEVEL or theirs.form != Form.LEVEL:
        return False
    return compare(mine, theirs, direction).verdict in (Verdict.EQUAL, Verdict.TIGHTER)


def _obstacle(mine: Statement, theirs: Statement) -> Message | None:
    """Return why two statements cannot be compared as numbers, None where they can."""
    if mine.form != theirs.form:
        return message(_OTHER_FORMS[mine.form, theirs.form])
    if mine.form == Form.TREND:
        return None
    if mine.unit.dimension != theirs.unit.dimension:
        pair = f"{mine.unit.canonical or '—'}, {theirs.unit.canonical or '—'}"
        return message("cascade.units-do-not-compare", units=pair)
    if mine.baseline != theirs.baseline:
        pair = f"{mine.row.baseline or '—'}, {theirs.row.baseline or '—'}"
        return message("cascade.baselines-differ", baselines=pair)
    if mine.form == Form.LEVEL and WANTS.get(mine.row.op, 0) * WANTS.get(theirs.row.op, 0) < 0:
        return message("cascade.floor-and-ceiling")
    return None


_FORMS = tuple(Form)  # those that count first
_OTHER_FORMS = {  # mine, theirs
    (Form.TREND, Form.LEVEL): "cascade.trend-for-a-number",
    (Form.TREND, Form.CHANGE): "cascade.trend-for-a-change",
    (Form.LEVEL, Form.TREND): "cascade.number-for-a-trend",
    (Form.CHANGE, Form.TREND): "cascade.change-for-a-trend",
    (Form.LEVEL, Form.CHANGE): "cascade.level-for-a-change",
    (Form.CHANGE, Form.LEVEL): "cascade.change-for-a-level",
}


def _sign(mine: Statement, theirs: Statement, direction: Direction) -> int:
    """Return 1 where more is better, -1 where less is, 0 where nothing tells."""
    known = _DIRECTIONS.get(direction, 0)
    stated = {WANTS.get(side.row.op, 0) for side in (mine, theirs)} - {0}
    return known or (stated.pop() if len(stated) == 1 else 0)


def _wording(mine: Statement, theirs: Statement, equal: bool) -> tuple[Message, ...]:
    notes: list[Message] = []
    if mine.unit.canonical != theirs.unit.canonical:
        pair = f"{mine.unit.canonical}, {theirs.unit.canonical}"
        notes.append(message("cascade.units-written-differently", units=pair))
    if equal and (mine.row.op in STRICT) != (theirs.row.op in STRICT):
        key = "cascade.stricter-comparator" if mine.row.op in STRICT else "cascade.weaker-comparator"
        notes.append(message(key, comparators=f"{mine.row.op}, {theirs.row.op}"))
    return tuple(notes)
