"""Make target rows: of a stretch, of a number in it, of its years."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from decimal import Decimal

from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.grammar.headings import action_name
from policygraph.extract.grammar.units import read_unit
from policygraph.extract.targets.measures import Figure
from policygraph.extract.targets.scope import SectionContext
from policygraph.lexicon import Lexicon
from policygraph.messages import Note, message
from policygraph.model import Span, TargetRow, Text
from policygraph.records import record, replace
from policygraph.terms import CHANGES, Op, TargetKind

_TENTHS = "成"
_OPS = {each.value: each for each in Op}
_NEW_UNIT = message("extract.unit-not-in-table")


@record
class Reason:
    """By which rule a row is made, under which circumstance, and what is to be said of it."""

    rule: str
    circumstance: str = ""
    note: Note = ""

    @property
    def name(self) -> str:
        """Return the full name of the rule: level:title-year."""
        return f"{self.rule}:{self.circumstance}" if self.circumstance else self.rule

    def under(self, circumstance: str, note: Note = "") -> Reason:
        """Return the same under a circumstance; the first stays."""
        if self.circumstance or not circumstance:
            return self
        return Reason(self.rule, circumstance, note or self.note)


def base_rows(
    where: SectionContext, span: Span, named: Iterable[tuple[str, int | None]], why: Reason
) -> list[TargetRow]:
    """Return a row without value for each indicator and year; their quote stands at one place of the text."""
    start = first_letter(where.text, span)
    action, quote = action_name(where.section, where.lexicon), printed(where.text, start, span.end)
    proof = evidence(where.text, start, span.end, note=why.note, rule=why.name)
    return [
        TargetRow(
            doc=where.doc,
            section=where.section.number,
            action=action,
            indicator="".join(indicator.split()),
            year=year,
            op=Op.WORDS,
            value="",
            unit="",
            baseline="",
            kind=TargetKind.QUALITATIVE,
            quote=quote,
            evidence=proof,
        )
        for indicator, year in named
    ]


def first_letter(text: Text, span: Span) -> int:
    """Return where a stretch begins to say something: behind the blanks."""
    start = span.start
    while start < span.end and text.text[start] in " \n":
        start += 1
    return start


def valued(row: TargetRow, op: str, value: Figure, lexicon: Lexicon, baseline: str = "") -> list[TargetRow]:
    """Return a row with its number; a range gives two, that of a change one with the upper end in its note."""
    value = _in_percent(value) if value.unit == _TENTHS else value
    unit, _ = read_unit(value.unit, lexicon)
    row = replace(row, op=_OPS[op], value=value.number, unit=unit, baseline=baseline, kind=TargetKind.QUANTITATIVE)
    if not value.known:
        row = with_circumstance(row, "new-unit", _NEW_UNIT)
    if not value.top:
        return [row]
    if op in CHANGES:
        note = message("extract.upper-end", value=value.top)
        return [replace(row, evidence=replace(row.evidence, note=note))]
    return [replace(row, op=Op.AT_LEAST), replace(row, op=Op.AT_MOST, value=value.top)]


def _in_percent(value: Figure) -> Figure:
    """Return tenths as what they are of a hundred: 七成 is 70%."""
    number, top = (f"{10 * Decimal(each):f}" if each else "" for each in (value.number, value.top))
    return replace(value, number=number, unit="%", top=top)


def with_circumstance(row: TargetRow, circumstance: str, note: Note) -> TargetRow:
    """Return a row that is read under a circumstance too; the first one stays."""
    rule = row.evidence.rule
    name = rule if ":" in rule else f"{rule}:{circumstance}"
    return replace(row, evidence=replace(row.evidence, rule=name, note=row.evidence.note or note))


def widened(row: TargetRow, text: Text, end: int) -> TargetRow:
    """Return a row whose quote goes on to another place of the text."""
    first = bisect_left(text.offsets, row.evidence.start or 0)
    wider = evidence(text, first, end, note=row.evidence.note, rule=row.evidence.rule)
    return replace(row, quote=printed(text, first, end), evidence=wider)
