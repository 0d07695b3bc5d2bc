"""Turn one stretch between commas into target rows, for the years that hold there."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal

from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.grammar.headings import action_name
from policygraph.extract.grammar.patterns import either, word_of
from policygraph.extract.grammar.units import read_unit
from policygraph.extract.grammar.years import inner_years
from policygraph.extract.targets.indicator_names import full_name, object_of, says_whom_or_when, two_shares
from policygraph.extract.targets.measures import Figure, Measure, find_measure, listed_measure
from policygraph.extract.targets.ranks import find_result
from policygraph.extract.targets.refusals import done, is_instrument, is_rule, reported
from policygraph.extract.targets.scope import Scope, SectionContext, Stretch, Trust
from policygraph.extract.targets.trends import find_trend
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.model import Span, TargetRow, Text
from policygraph.terms import CHANGES, Op, TargetKind

_FIGURE = re.compile(r"[\d〇零]")  # without one a stretch names neither a number nor a year
_SEPARATED = re.compile(r"\s?[、和及]\s?")
_FROM = re.compile(r"[从由](?:20\d\d年)?的?\d+(?:\.\d+)?[^\d,]{0,6}?(?=[提上降下增减扩压缩])")
_FROM_SUM = re.compile(r"[由从].*\d")
_DAY = re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日")  # 至2023年4月30日 is no quantity of days
_AFTER = 12  # characters behind a stretch that show what follows from it
_NO_YEAR = message("extract.no-year")
_BEFORE = message("extract.year-before-document")
_BY_TONE = message("extract.target-by-its-wording")
_OF_ITS_PERIOD = message("extract.year-of-the-title")
_OF_ITS_YEAR = message("extract.year-of-writing")
_LOST = message("extract.characters-lost-after-year")
_CUT_SHORT = message("extract.name-cut-short")
_TOLD = message("extract.name-from-before")
_SHARE = message("extract.share-of-those")
_SHORT = 4  # characters of a name that leans on the one before it: 初中, 省级
_NEW_UNIT = message("extract.unit-not-in-table")


def read_stretch(stretch: Stretch) -> list[TargetRow]:
    """Return the rows of one stretch: numeric, in words, or none."""
    if _FIGURE.search(stretch.spoken):
        years, spoken = inner_years(_DAY.sub("", _FROM.sub("", stretch.spoken)), stretch.lexicon)
        scope = Scope(years, assured=stretch.scope.assured) if years else stretch.scope
        stretch = replace(stretch, spoken=spoken, scope=scope)
    if (stretch.is_past and not _overdue(stretch)) or (
        stretch.where.section.kind == "front" and not _led(stretch.scope)
    ):
        return []
    spoken, lexicon = stretch.spoken, stretch.lexicon
    ranked = find_result(spoken, lexicon)
    measures = [] if ranked else _measures(spoken, lexicon) or _elided(stretch)
    if measures:
        return [] if _is_told(stretch) else _numeric_rows(stretch, measures)
    led = _led(stretch.scope) and not stretch.is_past
    subject = ranked or find_trend(spoken, lexicon) if led else ""
    subject = f"{stretch.before}{subject}" if subject.startswith("占") else subject  # 占GDP的比重: of what came before
    return _in_words(stretch, subject) if subject else []


def _overdue(stretch: Stretch) -> bool:
    """Say whether a year before the document stands in words of a target (到2020年,…不低于50%): it may be a slip."""
    return stretch.scope.to and not stretch.scope.told and _normed(stretch.lexicon).search(stretch.spoken) is not None


def _led(scope: Scope) -> bool:
    """Say whether a year holds at a place that is more than the year before a number."""
    return bool(scope.years) and None not in scope.years and (not scope.weak or scope.assured)


def _is_told(stretch: Stretch) -> bool:
    """Say whether a stretch with a number is a fact, a rule about money or a condition."""
    text, span, scope = stretch.where.text.text, stretch.span, stretch.scope
    after = text[span.end : span.end + _AFTER]
    if done(stretch.spoken, stretch.lexicon) or is_rule(text[span.start : span.end], after, stretch.lexicon):
        return True
    led = scope.years and not scope.weak
    told = not led and not scope.assured and reported(stretch.spoken, stretch.lexicon)
    return told and not (scope.years and _normed(stretch.lexicon).search(stretch.spoken))


def _elided(stretch: Stretch) -> list[Measure]:
    """Read 「2024年完成3万户」 behind 「…改造2023年完成2万户」: a verb and a number go on about the same thing."""
    spoken, before = stretch.spoken, stretch.before
    verb = next((form for form in stretch.lexicon.targets.count_verbs if spoken.startswith(form)), "")
    if not (verb and verb in before and stretch.scope.years and spoken[len(verb) : len(verb) + 1].isdigit()):
        return []
    measure = find_measure(f"{before}为{spoken.removeprefix(verb)}", stretch.lexicon)
    return [replace(measure, indicator=before, bare=True)] if measure else []


def _in_words(stretch: Stretch, subject: str) -> list[TargetRow]:
    scope = stretch.scope
    note = _LOST if scope.repaired else _OF_ITS_YEAR if scope.relative else ""
    trust = Trust(Decimal("0.6") if scope.repaired or scope.relative else Decimal("0.85"), note)
    return [base_row(stretch.where, stretch.span, subject, year, trust) for year in scope.years]


def base_row(
    where: SectionContext, span: Span, indicator: str, year: int | None, trust: Trust, baseline: str = ""
) -> TargetRow:
    """Return a row without value, whose quote stands at a place of the text."""
    start = span.start
    while start < span.end and where.text.text[start] in " \n":
        start += 1
    return TargetRow(
        doc=where.doc,
        section=where.section.number,
        action=action_name(where.section, where.lexicon),
        indicator="".join(indicator.split()),
        year=year,
        op=Op.WORDS,
        value="",
        unit="",
        baseline=baseline,
        kind=TargetKind.QUALITATIVE,
        quote=printed(where.text, start, span.end),
        evidence=evidence(where.text, start, span.end, trust.confidence, trust.note),
    )


def valued(row: TargetRow, op: str, value: Figure, lexicon: Lexicon) -> list[TargetRow]:
    """Return a row with its number; a range gives two, that of a change one with the upper end in its note."""
    unit, _ = read_unit(value.unit, lexicon)
    row = replace(row, op=Op(op), value=value.number, unit=unit, kind=TargetKind.QUANTITATIVE)
    if not value.known:
        trust = min(row.evidence.confidence, Decimal("0.6"))
        row = replace(row, evidence=replace(row.evidence, confidence=trust, note=row.evidence.note or _NEW_UNIT))
    if not value.top:
        return [row]
    if op in CHANGES:
        note = message("extract.upper-end", value=value.top)
        return [replace(row, evidence=replace(row.evidence, note=note))]
    return [replace(row, op=Op.AT_LEAST), replace(row, op=Op.AT_MOST, value=value.top)]


def widened(row: TargetRow, text: Text, end: int) -> TargetRow:
    """Return a row whose quote goes on to another place of the text."""
    first = bisect_left(text.offsets, row.evidence.start or 0)
    wider = evidence(text, first, end, row.evidence.confidence, row.evidence.note)
    return replace(row, quote=printed(text, first, end), evidence=wider)


def _measures(text: str, lexicon: Lexicon) -> list[Measure]:
    """Return the measures of a stretch: 「A达到50%、B达到60%」 has two."""
    found: list[Measure] = []
    at = 0
    while len(found) < 20:
        listed = listed_measure(text, lexicon, at) if found and found[-1].counted else None
        measure = listed or find_measure(text, lexicon, at)
        if measure is None or (found and not measure.indicator and measure.op not in CHANGES):
            break
        found.append(_about(measure, found[-1], lexicon) if found else measure)
        after = _SEPARATED.match(text, measure.end)
        if not after:
            break
        at = after.end()
    return found


def _about(measure: Measure, last: Measure, lexicon: Lexicon) -> Measure:
    """Return a measure of a list under its full name: 「达到50亿元、年均增长8%」, 「比例达到小学75%、初中90%」."""
    each = next((form for form in lexicon.quantities.standing if last.counted and last.indicator.startswith(form)), "")
    if each and measure.counted and measure.indicator:  # 每年扶持200个A、培训100名B
        per = f"/{lexicon.quantities.standing[each]}"
        values = tuple(replace(value, unit=f"{value.unit.removesuffix(per)}{per}") for value in measure.values)
        return replace(measure, indicator=f"{each}{measure.indicator}", values=values)
    short = last.head and len(measure.indicator) <= _SHORT
    name = f"{measure.indicator}{last.head}" if short else full_name(measure.indicator, last.indicator, lexicon)
    return replace(measure, indicator=name, head=last.head if short else "")


def _numeric_rows(stretch: Stretch, measures: list[Measure]) -> list[TargetRow]:
    rows: list[TargetRow] = []
    scope, before, lexicon = stretch.scope, stretch.before, stretch.lexicon
    for measure in measures:
        if says_whom_or_when(measure.indicator, lexicon):
            rows += _of_what_was_said(stretch, measure)
            continue
        name = full_name(measure.indicator, before, lexicon)
        if measure.share and name.startswith(tuple(lexicon.targets.share_verbs)):  # 其中60%以上达到二级水平
            name = f"{before}{name}" if before else ""
        measure = replace(measure, indicator=name)
        if not name or _is_pay(measure, scope) or is_instrument(name, lexicon):
            continue
        if scope.years or _stands_alone(measure, lexicon):
            rows += _numeric(stretch, measure)
        elif _is_goal(stretch, measure):
            rows += _numeric(replace(stretch, scope=Scope((stretch.where.years.last,), assumed=True)), measure)
    return rows


def _is_pay(measure: Measure, scope: Scope) -> bool:
    """Say whether a measure is an allowance: a ceiling of money (每年度不超过15000元), or 「由每人1.5万元提高到」."""
    ceiling = not scope.years and measure.op in ("<=", "<") and any("元" in value.unit for value in measure.values)
    return ceiling or _FROM_SUM.match(measure.indicator) is not None


def _of_what_was_said(stretch: Stretch, measure: Measure) -> list[TargetRow]:
    """Return the rows of a measure whose name stands in the stretch before: «筹集租赁住房,全省每年新增5万套»."""
    name = object_of(stretch.said, stretch.lexicon)
    if not name or not stretch.scope.years:
        return []
    rows = _numeric(stretch, replace(measure, indicator=name))
    trust = Decimal("0.6")
    return [replace(row, evidence=replace(row.evidence, confidence=trust, note=_TOLD)) for row in rows]


def _stands_alone(measure: Measure, lexicon: Lexicon) -> bool:
    """Say whether a measure outside a lead-in is a target: a standing quantity, a share, a ratio with comparator."""
    if measure.share:
        return True
    if any(form in measure.indicator for form in lexicon.quantities.standing):
        normed = not measure.bare or measure.op != "="  # 「1小时以上」 asks for it, 「1小时」 only tells
        return normed and any("/" in value.unit for value in measure.values)
    return _is_ratio(measure, lexicon)


def _is_goal(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a number of things without a year is a goal: words of intent or of doing, and how many at least."""
    openers, assured = tuple(stretch.lexicon.targets.goal_openers), stretch.scope.assured
    opening = stretch.where.text.text[stretch.span.start : stretch.span.end].strip(" \n")
    opened = assured or (opening.startswith(openers) and "的" not in measure.indicator)  # 新建项目的面积 is a rule
    named = measure.indicator not in openers and measure.indicator[-1] not in "(的"
    most = measure.op in (">=", ">") or (assured and measure.op in ("<=", "<"))
    most = most or (measure.op == Op.RISE and _normed(stretch.lexicon).search(opening) is not None)  # 新增基地100个以上
    return (
        opened
        and named
        and most
        and not any(_no_things(stretch.lexicon).search(value.unit) for value in measure.values)
    )


def _is_ratio(measure: Measure, lexicon: Lexicon) -> bool:
    quantity = measure.indicator.endswith(tuple(lexicon.targets.trends["quantity"]))
    ratio = all(value.unit in ("%", "‰") or value.unit.startswith("/") for value in measure.values)
    return quantity and ratio and not measure.bare and measure.op not in CHANGES


def _numeric(stretch: Stretch, measure: Measure) -> list[TargetRow]:
    years: tuple[int | None, ...] = stretch.scope.years or (None,)
    pairs, trust = _paired(measure.values, years, _names(measure, years, stretch.lexicon))
    trust = _doubted(trust, stretch, measure)
    rows: list[TargetRow] = []
    for at, pair in enumerate(pairs):
        baselines = measure.baselines
        baseline = baselines[min(at, len(baselines) - 1)] if baselines else ""
        base = base_row(stretch.where, stretch.span, pair.indicator, pair.year, trust, baseline)
        rows += valued(base, measure.op, pair.figure, stretch.lexicon)
    return rows


def _doubted(trust: Trust, stretch: Stretch, measure: Measure) -> Trust:
    """Return how far the rows of a measure can be trusted where its years were not printed with it."""
    scope = stretch.scope
    if measure.bare:  # 床位100张: no word says that it must be so
        trust = trust.at_most("0.75")
    if measure.share:
        trust = trust.at_most("0.8", _SHARE)
    if scope.relative or scope.weak:
        trust = trust.at_most("0.8", _OF_ITS_YEAR if scope.relative else "")
    if stretch.is_past:
        return Trust(Decimal("0.4"), _BEFORE)
    if scope.assumed:
        return replace(trust.at_most("0.55"), note=_OF_ITS_PERIOD if stretch.where.years.last else _BY_TONE)
    if scope.years and None not in scope.years:
        return trust
    standing = any(form in measure.indicator for form in stretch.lexicon.quantities.standing)
    return trust.at_most("0.9") if standing else Trust(Decimal("0.5"), trust.note or _NO_YEAR)


def _names(measure: Measure, years: tuple[int | None, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the indicators a measure names: 「A、B分别达到60%、70%」 in one year is about two."""
    two = two_shares(measure.indicator, lexicon)
    if two and len(years) == 1 and len(measure.values) == 2:
        return two
    parts = _SEPARATED.split(measure.indicator)
    many = len(years) == 1 and len(parts) == len(measure.values) > 1
    return tuple(parts) if many and all(len(part) > 1 for part in parts) else (measure.indicator,)


@compiled
def _normed(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what says that a number is a limit: 不低于, 以上, 左右."""
    words = lexicon.quantities
    limits = [form for form in words.compared("pre") if words.comparators[form, "pre"] in (">=", "<=")]
    return re.compile(either([*limits, *words.compared("post")]))


@compiled
def _no_things(lexicon: Lexicon) -> re.Pattern[str]:
    """Match units by which no things are counted: money, shares, grades, times."""
    return re.compile(rf"[元%‰‱倍成级分位]|^{word_of('time-unit', lexicon)}?(?:/|$)")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A figure with what it is of, and when."""

    indicator: str
    year: int | None
    figure: Figure


def _paired(
    figures: tuple[Figure, ...], years: tuple[int | None, ...], names: tuple[str, ...]
) -> tuple[list[_Pair], Trust]:
    """Give each year its figure; one serves all years (均达到98%), any other mismatch is doubtful."""
    if len(names) > 1:
        alike = len({name[-1] for name in names}) == 1
        trust = Trust(Decimal("0.9")) if alike else Trust(Decimal("0.6"), _CUT_SHORT)
        return [_Pair(name, years[0], figure) for name, figure in zip(names, figures, strict=True)], trust
    name = names[0]
    if len(figures) == 1:
        trust = Trust(Decimal("0.98") if len(years) == 1 else Decimal("0.96"))
        return [_Pair(name, year, figures[0]) for year in years], trust
    pairs = [_Pair(name, year, figure) for year, figure in zip(years, figures, strict=False)]
    if len(figures) == len(years):
        return pairs, Trust(Decimal("0.98"))
    note = message("extract.years-and-values", years=len(years), values=len(figures))
    return pairs, Trust(Decimal("0.5"), note)
