"""Compare one statement of a target with another: equal, tighter, looser, changed-form or not-compared.

A statement is a level (``>= 22 %``), a change (``fall 0.5 个百分点/年``) or a trend (no number). Levels compare with
levels and changes with changes, in one dimension of units; changes need the same baseline, and a baseline that is
not a year (as things stand, last year) counts from the year of its document. Every other pair is ``changed-form``.
The desired direction comes from the indicator table; where it says nothing, from the comparators, if they agree;
numbers that differ where neither tells are ``not-compared``. So are totals (亿元, 万人) of two places.
Equal numbers are ``equal`` whatever the comparator; the reason says so where one excludes the number itself.
Trends compare by direction (:mod:`trends`): the same is ``equal``, the opposite ``looser``, and where either says none
they are ``not-compared``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from policygraph.cascade.trends import desired, movement, opposed, towards
from policygraph.concepts import Concepts
from policygraph.lexicon import Lexicon
from policygraph.messages import Message, Note, message
from policygraph.model import TargetRow
from policygraph.quantities import Quantity, Unit, comparable, difference, number, plain, with_unit
from policygraph.terms import CHANGES, STRICT, WANTS, Direction, Form, Movement, Op, Status, Verdict
from policygraph.totals import is_total

_DIRECTIONS = {Direction.UP: 1, Direction.DOWN: -1}


@dataclass(frozen=True, slots=True)
class Statement:
    """A target row made comparable; the quantity of a change is signed, a trend has none.

    ``moves`` is the direction of a trend. ``total_of`` is the place whose total the number is, empty where it is none.
    ``rival`` shows another number that the document gives for the same indicator and year.
    """

    row: TargetRow
    form: Form
    quantity: Quantity | None = None
    baseline: str = ""
    moves: Movement = Movement.UNSAID
    total_of: str = ""
    rival: str = ""

    @property
    def doubt(self) -> Note:
        """Return why the reading itself is in doubt, as the extractor noted; empty where it is not."""
        found = self.row.evidence
        return found.note if found.status in (Status.EXTRACTED, Status.DISPUTED) else ""

    @property
    def brief(self) -> str:
        """Return the statement as one cell of a table."""
        return str(Op.WORDS) if self.quantity is None else f"{self.row.op} {with_unit(self.row.value, self.row.unit)}"

    @property
    def shown(self) -> Message | str:
        """Return the statement in short; a trend with its words."""
        if self.quantity is not None:
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


def statement(row: TargetRow, issued: int | None, place: str, concepts: Concepts, lexicon: Lexicon) -> Statement:
    """Read a target row; ``issued`` is the year of its document, ``place`` whose total a number would be."""
    unit, value = _unit(row, lexicon), number(row.value)
    if row.op == Op.WORDS or value is None:
        return Statement(row, Form.TREND, moves=movement(row.quote, lexicon))
    total_of = place if is_total(row, concepts, lexicon) else ""
    if row.op not in CHANGES:
        return Statement(row, Form.LEVEL, Quantity(value, unit), total_of=total_of)
    signed = value if row.op == Op.RISE else -value
    dated = re.fullmatch(r"\d{4}", row.baseline) or not row.baseline
    baseline = row.baseline if dated else f"{row.baseline}@{issued or row.doc}"
    return Statement(row, Form.CHANGE, Quantity(signed, unit), baseline, total_of=total_of)


def _unit(row: TargetRow, lexicon: Lexicon) -> Unit:
    """Return the unit of a row; times have the period that their indicator names: 每月走访 不少于1 次 is 次/月."""
    words = lexicon.quantities
    unit = words.units.read(row.unit)
    per = next((per for form, per in words.standing.items() if form in row.indicator), "")
    return words.units.read(f"{row.unit}/{per}") if per and unit.dimension == "times" else unit


def compare(mine: Statement, theirs: Statement, direction: Direction) -> Comparison:
    """Return the verdict on ``mine`` against ``theirs`` for an indicator of that direction."""
    obstacle = _obstacle(mine, theirs)
    if obstacle:
        return Comparison(Verdict.CHANGED_FORM, notes=(obstacle,))
    if mine.quantity is None or theirs.quantity is None:
        return _trends(mine, theirs, direction)
    if mine.total_of != theirs.total_of:
        return Comparison(Verdict.NOT_COMPARED, notes=(message("cascade.totals-of-two-places"),))
    more = difference(mine.quantity, theirs.quantity) or Decimal(0)
    sign = _sign(mine, theirs, direction)
    if more and not sign:
        return Comparison(Verdict.NOT_COMPARED, notes=(message("cascade.no-direction"),))
    step = plain(more * (sign or 1))
    verdict = Verdict.EQUAL if not step else Verdict.TIGHTER if step > 0 else Verdict.LOOSER
    return Comparison(verdict, step, _wording(mine, theirs, not step))


def _trends(mine: Statement, theirs: Statement, direction: Direction) -> Comparison:
    """Compare two targets in words: what goes the desired way against a slip above is not called looser."""
    here, there = towards(mine.moves, direction), towards(theirs.moves, direction)
    if opposed(here, there):
        verdict = Verdict.NOT_COMPARED if desired(here, direction) else Verdict.LOOSER
        return Comparison(verdict, notes=(message("cascade.opposite-directions"),))
    if here is Movement.UNSAID or here is not there:
        return Comparison(Verdict.NOT_COMPARED, notes=(message("cascade.words-not-compared"),))
    return Comparison(Verdict.EQUAL, notes=(message("cascade.same-direction"),))


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
    rivals = [other.brief for other in best if _differ(other, chosen)]
    return replace(chosen, rival=rivals[0]) if rivals else chosen


def _differ(one: Statement, other: Statement) -> bool:
    """Tell whether two statements of one form name different numbers."""
    return bool(one.quantity and other.quantity and difference(one.quantity, other.quantity) != 0)


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
    if mine.quantity and theirs.quantity and not comparable(mine.quantity.unit, theirs.quantity.unit):
        return _other_units(mine.quantity, theirs.quantity)
    if mine.baseline != theirs.baseline:
        pair = f"{mine.row.baseline or '—'}, {theirs.row.baseline or '—'}"
        return message("cascade.baselines-differ", baselines=pair)
    if mine.form == Form.LEVEL and WANTS.get(mine.row.op, 0) * WANTS.get(theirs.row.op, 0) < 0:
        return message("cascade.floor-and-ceiling")
    return None


def _other_units(mine: Quantity, theirs: Quantity) -> Message:
    """Say why the units of two numbers do not compare."""
    pair = ", ".join(side.unit.canonical or "—" for side in (mine, theirs))
    if not mine.unit.canonical or not theirs.unit.canonical:
        return message("cascade.unit-lacking", units=pair)
    families = {side.unit.dimension.split("/")[0].split("-")[0] for side in (mine, theirs)}
    return message(
        "cascade.share-or-points" if families == _SHARE_AND_POINTS else "cascade.units-do-not-compare", units=pair
    )


_SHARE_AND_POINTS = {"ratio", "points"}  # 降低0.5% is no fall of 0.5个百分点
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
    written = [said.quantity.unit.canonical for said in (mine, theirs) if said.quantity]
    if len(set(written)) > 1:
        notes.append(message("cascade.units-written-differently", units=", ".join(written)))
    if equal and (mine.row.op in STRICT) != (theirs.row.op in STRICT):
        key = "cascade.stricter-comparator" if mine.row.op in STRICT else "cascade.weaker-comparator"
        notes.append(message(key, comparators=f"{mine.row.op}, {theirs.row.op}"))
    return tuple(notes)
