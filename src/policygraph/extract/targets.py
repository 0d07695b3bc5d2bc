"""Find the targets of an outline: indicator, year, comparator, value, unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from policygraph.extract.evidence import evidence, printed
from policygraph.extract.measures import Measure, find_measure
from policygraph.extract.responsibilities import action_name, candidates
from policygraph.extract.trends import find_trend
from policygraph.extract.years import LeadIn, lead_in
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, Section, TargetRow, Text

_PAIRS = {"(": ")", "《": "》", "“": "”", "〔": "〕", "〈": "〉"}
_UNIT_OF_COUNT = re.compile(r"以[^,]{1,20}为单位")
_GOES_ON = re.compile(r"(?:并(?!发症|且)|且|与|同时)|实现.{2,6}$")


@dataclass(frozen=True, slots=True)
class _Item:
    """A stretch between commas; ``sentence`` numbers the sentences of a paragraph."""

    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class _Scope:
    """The years that hold at a place, and until which sentence (-1: to the paragraph's end)."""

    years: tuple[int, ...] = ()
    until: int = -1
    repaired: bool = False


def find_targets(doc: str, outline: Outline, lexicon: Lexicon) -> tuple[TargetRow, ...]:
    """Return one row for each indicator and year, in document order.

    A lead-in that stands by itself (「到2022年和2030年,」) holds to the end of its paragraph, one that runs into the
    sentence holds for that sentence. Outside a lead-in only standing quantities count (每天不少于1小时).
    """
    rows: list[TargetRow] = []
    for section in outline.sections:
        if section.kind == "front":
            continue
        masked = _masked(outline.text.text, section, lexicon)
        for start, end in _paragraphs(masked, section.body.start, section.body.end):
            rows += _paragraph((doc, section), outline.text, masked, (start, end), lexicon)
    return tuple(rows)


def _masked(text: str, section: Section, lexicon: Lexicon) -> str:
    """Blank the responsibility clauses: they end the sentence and hold no targets."""
    for found in candidates(text, section, lexicon):
        if found.style == "bracket":
            text = f"{text[: found.start]}{'。' * (found.end - found.start)}{text[found.end :]}"
    return text


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text[:end]):
        if match.end() > start:
            yield max(match.start(), start), match.end()


def _items(text: str, start: int, end: int) -> Iterator[_Item]:
    """Yield the stretches between commas, semicolons and stops, outside brackets and quotation marks."""
    wanted: list[str] = []
    left, sentence = start, 0
    for at in range(start, end):
        char = text[at]
        if wanted and char == wanted[-1]:
            wanted.pop()
        elif char in _PAIRS and len(wanted) < 8:
            wanted.append(_PAIRS[char])
        elif (char in ",;" and not wanted) or char in "。!?":
            yield _Item(left, at, sentence)
            left = at + 1
            if char != ",":
                sentence, wanted = sentence + 1, []
    yield _Item(left, end, sentence)


def _paragraph(
    place: tuple[str, Section], text: Text, masked: str, span: tuple[int, int], lexicon: Lexicon
) -> list[TargetRow]:
    groups: list[list[TargetRow]] = []
    scope, opened, before = _Scope(), -1, ""
    start = _after_goal_label(masked, span, lexicon)
    for item in _items(masked, start, span[1]):
        found = _lead(masked, item)
        if found:
            scope = _Scope(found.years, -1 if found.alone else item.sentence, found.repaired)
            item = replace(item, start=found.end)
        if scope.years and 0 <= scope.until < item.sentence:
            scope = _Scope()
        stretch = masked[item.start : item.end].strip()
        if not stretch or _UNIT_OF_COUNT.fullmatch(stretch):
            opened = item.start if stretch else opened
            continue
        if groups and _GOES_ON.match(stretch) and scope.years and not find_measure(stretch, lexicon):
            groups[-1] = [_extended(row, text, item.end) for row in groups[-1]]
            continue
        begin = opened if opened >= 0 else item.start
        rows = _rows(place, text, (begin, item.start, item.end), scope, (before, lexicon))
        opened = -1
        if rows:
            groups.append(rows)
            before = rows[0].indicator
    return [row for rows in groups for row in rows]


def _lead(text: str, item: _Item) -> LeadIn | None:
    """Return the lead-in of an item; its comma is the one that ends the item."""
    return lead_in(f"{text[: item.end]},", item.start)


def _after_goal_label(text: str, span: tuple[int, int], lexicon: Lexicon) -> int:
    """Skip a label at the start of a paragraph (行动目标:)."""
    for form in lexicon.goal_lines:
        match = re.compile(rf"\s*{form}\s*:").match(text, span[0], span[1])
        if match:
            return match.end()
    return span[0]


def _rows(
    place: tuple[str, Section], text: Text, span: tuple[int, int, int], scope: _Scope, tools: tuple[str, Lexicon]
) -> list[TargetRow]:
    """Return the rows of one stretch: numeric, in words, or none."""
    before, lexicon = tools
    begin, start, end = span
    stretch = text.text[start:end]
    measure = find_measure(stretch, lexicon)
    standing = any(form in stretch for form in lexicon.standing)
    if measure and (scope.years or standing):
        if not scope.years and not any(unit.count("/") for _, unit in measure.values):
            return []
        named = measure if measure.indicator else replace(measure, indicator=before)
        return _numeric(place, text, (begin, end), scope, (named, lexicon)) if named.indicator else []
    subject = find_trend(stretch, lexicon) if scope.years and not measure else ""
    if not subject:
        return []
    note = "年份后有缺字 (characters lost after the year)" if scope.repaired else ""
    trust = Decimal("0.6") if scope.repaired else Decimal("0.85")
    row = _row(place, text, (begin, end), subject, lexicon)
    proof = replace(row.evidence, confidence=trust, note=note)
    return [replace(row, year=year, evidence=proof) for year in scope.years]


def _numeric(
    place: tuple[str, Section],
    text: Text,
    span: tuple[int, int],
    scope: _Scope,
    found: tuple[Measure, Lexicon],
) -> list[TargetRow]:
    measure, lexicon = found
    years: tuple[int | None, ...] = scope.years or (None,)
    pairs, trust, note = _paired(measure.values, years)
    base = _row(place, text, span, measure.indicator, lexicon)
    rows = []
    for at, (year, (value, unit)) in enumerate(zip(years, pairs, strict=False)):
        baselines = measure.baselines
        baseline = baselines[min(at, len(baselines) - 1)] if baselines else ""
        rows.append(
            replace(
                base,
                year=year,
                op=measure.op,
                value=value,
                unit=lexicon.units.get(unit, unit),
                baseline=baseline,
                kind="quantitative",
                evidence=replace(base.evidence, confidence=trust, note=note),
            )
        )
    return rows


def _paired(
    values: tuple[tuple[str, str], ...], years: tuple[int | None, ...]
) -> tuple[tuple[tuple[str, str], ...], Decimal, str]:
    """Give each year its value; one value serves all years (均达到98%), any other mismatch is doubtful."""
    if len(values) == len(years):
        return values, Decimal("0.98"), ""
    if len(values) == 1:
        return values * len(years), Decimal("0.96"), ""
    return values, Decimal("0.5"), f"{len(years)}个年份、{len(values)}个数值 (years and values do not match)"


def _row(
    place: tuple[str, Section], text: Text, span: tuple[int, int], indicator: str, lexicon: Lexicon
) -> TargetRow:
    doc, section = place
    start, end = span
    while start < end and text.text[start] in " \n":
        start += 1
    return TargetRow(
        doc=doc,
        section=section.number,
        action=action_name(section, lexicon),
        indicator=re.sub(r"\s+", "", indicator),
        year=None,
        op="qual",
        value="",
        unit="",
        baseline="",
        kind="qualitative",
        quote=printed(text, start, end),
        evidence=evidence(text, start, end, Decimal("0.85")),
    )


def _extended(row: TargetRow, text: Text, end: int) -> TargetRow:
    """Lengthen a quote by what only goes on: 「实现明显下降,并持续下降」."""
    first = text.offsets.index(row.evidence.start) if row.evidence.start is not None else 0
    wider = evidence(text, first, end, row.evidence.confidence, row.evidence.note)
    return replace(row, quote=printed(text, first, end), evidence=wider)
