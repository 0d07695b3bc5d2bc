"""Turn one stretch between commas into target rows, for the years that hold there."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal

from policygraph.extract.evidence import evidence, printed
from policygraph.extract.measures import Measure, Value, find_measure
from policygraph.extract.responsibilities import action_name
from policygraph.extract.trends import find_trend
from policygraph.extract.years import inner_years
from policygraph.lexicon import Lexicon
from policygraph.model import Section, TargetRow, Text

_FIGURE = re.compile(r"[\d〇零]")  # without one a stretch names neither a number nor a year
_SEPARATED = re.compile(r"\s?[、和及]\s?")
_FROM = re.compile(r"[从由](?:20\d\d年)?的?\d+(?:\.\d+)?[^\d,]{0,6}?(?=[提上降下增减扩压缩])")
_NO_YEAR = "未写明年份,或为标准而非目标 (no year is stated; it may be a rule rather than a target)"
_OF_ITS_YEAR = "年份按发文年份推定 (the year is the one in which the document was written)"


@dataclass(frozen=True, slots=True)
class Place:
    """Where targets are read; ``written`` is the year of the document, where it is known."""

    doc: str
    section: Section
    text: Text
    written: int | None
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Scope:
    """The years that hold at a place, and until which sentence (-1: to the paragraph's end).

    ``weak`` years stand before their own number only; ``relative`` ones were counted from the document's year.
    """

    years: tuple[int | None, ...] = ()
    until: int = -1
    repaired: bool = False
    weak: bool = False
    relative: bool = False


def read_stretch(place: Place, span: tuple[int, int], spoken: str, scope: Scope, before: str) -> list[TargetRow]:
    """Return the rows of one stretch: numeric, in words, or none.

    ``span`` is the place of the quote, ``spoken`` the stretch with its numerals in digits, ``before`` the indicator
    of the stretch before, which one without a name goes on about.
    """
    if _FIGURE.search(spoken):
        years, spoken = inner_years(_FROM.sub("", spoken), place.lexicon)
        scope = Scope(years) if years else scope
    if _is_past(scope, place.written):
        return []
    measures = _measures(spoken, place.lexicon)
    if measures:
        return _numeric_rows(place, span, measures, scope, before)
    subject = find_trend(spoken, place.lexicon) if scope.years and not scope.weak else ""
    if not subject or None in scope.years:
        return []
    note = "年份后有缺字 (characters lost after the year)" if scope.repaired else _OF_ITS_YEAR if scope.relative else ""
    trust = Decimal("0.6") if scope.repaired or scope.relative else Decimal("0.85")
    return [base_row(place, span, subject, year, (trust, note)) for year in scope.years]


def base_row(
    place: Place,
    span: tuple[int, int],
    indicator: str,
    year: int | None,
    sure: tuple[Decimal, str],
    baseline: str = "",
) -> TargetRow:
    """Return a row without value; ``sure`` is how far it can be trusted, and why not further."""
    start, end = span
    while start < end and place.text.text[start] in " \n":
        start += 1
    return TargetRow(
        doc=place.doc,
        section=place.section.number,
        action=action_name(place.section, place.lexicon),
        indicator="".join(indicator.split()),
        year=year,
        op="qual",
        value="",
        unit="",
        baseline=baseline,
        kind="qualitative",
        quote=printed(place.text, start, end),
        evidence=evidence(place.text, start, end, *sure),
    )


def valued(row: TargetRow, op: str, value: Value, lexicon: Lexicon) -> list[TargetRow]:
    """Return a row with its number; a range gives two, that of a change one with the upper end in its note."""
    unit = lexicon.units.get(value.unit, value.unit)
    row = replace(row, op=op, value=value.number, unit=unit, kind="quantitative")
    if not value.top:
        return [row]
    if op in lexicon.changes.values():
        note = f"区间上限{value.top} (upper end of the range)"
        return [replace(row, evidence=replace(row.evidence, note=note))]
    return [replace(row, op=">="), replace(row, op="<=", value=value.top)]


def widened(row: TargetRow, text: Text, end: int) -> TargetRow:
    """Return a row whose quote goes on to another place of the text."""
    first = bisect_left(text.offsets, row.evidence.start or 0)
    wider = evidence(text, first, end, row.evidence.confidence, row.evidence.note)
    return replace(row, quote=printed(text, first, end), evidence=wider)


def _is_past(scope: Scope, written: int | None) -> bool:
    """Say whether a bare year (2019年覆盖率达到50%) lies before the document: a fact, no target."""
    return scope.weak and written is not None and all(year is not None and year < written for year in scope.years)


def _measures(text: str, lexicon: Lexicon) -> list[Measure]:
    """Return the measures of a stretch: 「A达到50%、B达到60%」 has two."""
    found: list[Measure] = []
    at = 0
    while len(found) < 20:
        measure = find_measure(text, lexicon, at)
        if measure is None or (found and not measure.indicator):
            break
        found.append(measure)
        after = _SEPARATED.match(text, measure.end)
        if not after:
            break
        at = after.end()
    return found


def _numeric_rows(
    place: Place, span: tuple[int, int], measures: list[Measure], scope: Scope, before: str
) -> list[TargetRow]:
    rows: list[TargetRow] = []
    for measure in measures:
        if not measure.indicator:
            measure = replace(measure, indicator=before)
        if measure.indicator and (scope.years or _stands_alone(measure, place.lexicon)):
            rows += _numeric(place, span, scope, measure)
    return rows


def _stands_alone(measure: Measure, lexicon: Lexicon) -> bool:
    """Say whether a measure outside a lead-in is a target: a standing quantity, or a ratio with a comparator."""
    if any(form in measure.indicator for form in lexicon.standing):
        normed = not measure.bare or measure.op != "="  # 「1小时以上」 asks for it, 「1小时」 only tells
        return normed and any("/" in value.unit for value in measure.values)
    return _is_ratio(measure, lexicon)


def _is_ratio(measure: Measure, lexicon: Lexicon) -> bool:
    quantity = measure.indicator.endswith(tuple(lexicon.trends["quantity"]))
    ratio = all(value.unit in ("%", "‰") or value.unit.startswith("/") for value in measure.values)
    return quantity and ratio and not measure.bare and measure.op not in ("rise", "fall")


def _numeric(place: Place, span: tuple[int, int], scope: Scope, measure: Measure) -> list[TargetRow]:
    years: tuple[int | None, ...] = scope.years or (None,)
    names = _names(measure, years, place.lexicon)
    pairs, trust, note = _paired(measure.values, years, names)
    if measure.bare:  # 床位100张: no word says that it must be so
        trust = min(trust, Decimal("0.75"))
    if scope.relative or scope.weak:
        trust, note = min(trust, Decimal("0.8")), note or (_OF_ITS_YEAR if scope.relative else "")
    if None in years:
        standing = any(form in measure.indicator for form in place.lexicon.standing)
        trust, note = (min(trust, Decimal("0.9")), note) if standing else (Decimal("0.5"), note or _NO_YEAR)
    rows: list[TargetRow] = []
    for at, (name, year, value) in enumerate(pairs):
        baselines = measure.baselines
        baseline = baselines[min(at, len(baselines) - 1)] if baselines else ""
        base = base_row(place, span, name, year, (trust, note), baseline)
        rows += valued(base, measure.op, value, place.lexicon)
    return rows


def _names(measure: Measure, years: tuple[int | None, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the indicators a measure names: 「A、B分别达到60%、70%」 in one year is about two."""
    parts = _SEPARATED.split(measure.indicator)
    many = len(years) == 1 and len(parts) == len(measure.values) > 1
    return tuple(parts) if many and all(len(part) > 1 for part in parts) else (measure.indicator,)


def _paired(
    values: tuple[Value, ...], years: tuple[int | None, ...], names: tuple[str, ...]
) -> tuple[list[tuple[str, int | None, Value]], Decimal, str]:
    """Give each year its value; one value serves all years (均达到98%), any other mismatch is doubtful."""
    if len(names) > 1:
        alike = len({name[-1] for name in names}) == 1
        note = "" if alike else "并列的指标可能省略了后半 (the end of a name may be left out in the list)"
        trust = Decimal("0.9") if alike else Decimal("0.6")
        return [(name, years[0], value) for name, value in zip(names, values, strict=True)], trust, note
    name = names[0]
    if len(values) == 1:
        trust = Decimal("0.98") if len(years) == 1 else Decimal("0.96")
        return [(name, year, values[0]) for year in years], trust, ""
    pairs = [(name, year, value) for year, value in zip(years, values, strict=False)]
    if len(values) == len(years):
        return pairs, Decimal("0.98"), ""
    return pairs, Decimal("0.5"), f"{len(years)}个年份、{len(values)}个数值 (years and values do not match)"
