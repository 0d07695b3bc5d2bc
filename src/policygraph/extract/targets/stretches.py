"""Read one stretch between commas: its numbers, or a result in words, for the years that hold there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.extract.targets.commitments import committed
from policygraph.extract.targets.decisions import Claim, claimed, refuse
from policygraph.extract.targets.handling_times import are_times
from policygraph.extract.targets.indicator_names import (
    full_name,
    object_of,
    part_named,
    quantity_named,
    says_whom_or_when,
    subject_of,
    tells_since,
)
from policygraph.extract.targets.measure_patterns import measure_patterns
from policygraph.extract.targets.measures import Measure
from policygraph.extract.targets.pairs import Years, paired
from policygraph.extract.targets.prepared import prepared
from policygraph.extract.targets.ranks import find_result
from policygraph.extract.targets.readings import SHARE, find_measure, listed_on
from policygraph.extract.targets.refusals import Of, Refusal, is_led, refused
from policygraph.extract.targets.rows import Reason, base_rows, first_letter, valued
from policygraph.extract.targets.scope import Stretch
from policygraph.extract.targets.series import series
from policygraph.extract.targets.trends import find_trend, moves
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import Note, message
from policygraph.model import Decision, TargetRow
from policygraph.patterns import either, word_pattern
from policygraph.records import record, replace
from policygraph.terms import CHANGES, NumberClass, Op

_FIGURE = re.compile(r"[\d〇零]")  # without one a stretch names neither a number nor a year
_NOTES: dict[str, Note] = {
    "past-year": message("extract.year-before-document"),
    "heading-year": message("extract.year-of-the-heading"),
    "goals-year": message("extract.year-of-the-goals"),
    "title-year": message("extract.year-of-the-title"),
    "sentence-years": message("extract.years-of-the-sentence"),
    "this-year": message("extract.year-of-writing"),
    "counted": message("extract.year-counted"),
    "counted-from-period": message("extract.year-counted-from-period"),
    "counted-from-date": message("extract.year-counted-from-date"),
    "open-end": message("extract.begin-not-stated"),
    "no-year": message("extract.no-year"),
    "lost-characters": message("extract.characters-lost-after-year"),
    "share": message("extract.share-of-those"),
    "said-before": message("extract.name-from-before"),
}


@record
class Reading:
    """What a stretch gave: its rows, and what was decided about its numbers."""

    rows: list[TargetRow]
    decisions: tuple[Decision, ...] = ()


def read_stretch(stretch: Stretch) -> Reading:
    """Return the rows of one stretch, numeric, in words, or none, and what became of its numbers."""
    stretch = prepared(stretch) if _FIGURE.search(stretch.spoken) else stretch
    refusal = refused(stretch, Of.STRETCH)
    if refusal:
        return _without(stretch, refusal, [])
    ranked = find_result(stretch.spoken, stretch.lexicon)
    if not _FIGURE.search(stretch.spoken):
        return Reading(_in_words(stretch, ranked))
    measures = [] if ranked else _measures(stretch)
    refusal = refused(stretch, Of.NUMBERS)
    if refusal or not measures:
        in_words = [] if measures else _in_words(stretch, ranked)
        return _without(stretch, refusal, in_words) if refusal else Reading(in_words)
    return _of_numbers(stretch, measures)


def _without(stretch: Stretch, refusal: Refusal, rows: list[TargetRow]) -> Reading:
    """Return a reading of which no number is a target."""
    if not _FIGURE.search(stretch.spoken):
        return Reading(rows)
    return Reading(rows, refuse(stretch.where.masked, stretch.span, refusal.kind, refusal.name, stretch.lexicon))


# ---------------------------------------------------------------- in words


def _in_words(stretch: Stretch, ranked: str) -> list[TargetRow]:
    """Return the rows of a result said in words: a rank, or what will have changed."""
    scope, rule, several = stretch.scope, "rank" if ranked else "trend", stretch.sentence_so_far.years
    narrower = not scope.to and set(scope.years) < set(several)
    goes_on = len(several) > 1 and (not scope or narrower)  # 知晓率2022年达到50%,2030年达到60%,增长率持续减缓
    if not (goes_on or is_led(scope)) or stretch.is_past or (stretch.carried and not _FIGURE.search(stretch.sentence)):
        return []
    subject = ranked or find_trend(stretch.spoken, stretch.lexicon)
    if not subject and moves(stretch.spoken, stretch.lexicon):  # 到2025年,A明显改善;到2030年,持续改善
        subject = stretch.before if stretch.before in stretch.sentence_so_far.indicators else ""
    subject = f"{stretch.before}{subject}" if subject.startswith("占") else subject  # 占GDP的比重: of what came before
    if not subject:
        return []
    why = Reason(rule)
    if scope.repaired or scope.relative:
        why = _under(why, "lost-characters" if scope.repaired else "this-year")
    why = _under(why, scope.counted) if scope.counted else why
    why = _under(why, "sentence-years") if goes_on else why
    years = several if goes_on else scope.years
    return base_rows(stretch.where, stretch.span, [(subject, year) for year in years], why)


# ---------------------------------------------------------------- in numbers


def _measures(stretch: Stretch) -> list[Measure]:
    """Return the measures of a stretch, also of one that leans on what was said before it in its sentence."""
    text, lexicon = stretch.spoken, stretch.lexicon
    listed = listed_on(text, lexicon) if stretch.sentence_so_far.counts else None
    if stretch.aside and _only_how_many(lexicon).match(text):
        return _of_aside(stretch, stretch.aside)
    return series(text, lexicon, listed, len(stretch.scope.years)) or _elided(stretch)


def _of_aside(stretch: Stretch, op: Op) -> list[Measure]:
    """Read a bracket that says no more than how many: «新增学位3万个(2023年1万个)», «每年12万人»."""
    each = _only_how_many(stretch.lexicon).match(stretch.spoken)
    name = f"{each['each'] or ''}{stretch.before}" if each else stretch.before
    measure = find_measure(f"{stretch.before}为{stretch.spoken[len(name) - len(stretch.before) :]}", stretch.lexicon)
    if not measure or not all(value.unit for value in measure.values):
        return []
    return [replace(measure, indicator=name, op=op if op in CHANGES else measure.op, rule="aside")]


@compiled
def _only_how_many(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?P<each>{either(lexicon.quantities.standing)})?\d")


def _elided(stretch: Stretch) -> list[Measure]:
    """Read 「2024年完成3万户」 behind 「…改造2023年完成2万户」: a verb and a number go on about the same thing.

    In one sentence the verb may be another: 「新建A 3万亩,改造提升2万亩」. The thing may be without a number before:
    「实施A改造,2025年完成80%以上」.
    """
    spoken, before = stretch.spoken, stretch.before
    if not (before or stretch.said) or not (stretch.scope.years or stretch.sentence_so_far.promised):
        return []
    verbs = measure_patterns(stretch.lexicon).count_verbs
    verb = max(form for form in verbs if spoken.startswith(form)) if spoken.startswith(verbs) else ""
    if not verb or not spoken[len(verb) : len(verb) + 1].isdigit():
        return []
    said = stretch.sentence_so_far.indicators
    before = next((name for name in (before, *reversed(said)) if verb in name), before if before in said else "")
    before = before or object_of(stretch.said, stretch.lexicon)
    if not before:
        return []
    measure = find_measure(f"{before}为{spoken.removeprefix(verb)}", stretch.lexicon)
    counted = measure and all(value.unit for value in measure.values)  # 举办2025全球大会
    return [replace(measure, indicator=before, bare=True, rule="elided")] if measure and counted else []


def _of_numbers(stretch: Stretch, measures: list[Measure]) -> Reading:
    rows: list[TargetRow] = []
    claims: list[Claim] = []
    if stretch.base and len(measures) == 1 and not measures[0].baselines:
        measures = [replace(measures[0], baselines=(stretch.base,))]
    more: list[TargetRow] = []
    for measure in measures:
        goes_on = bool(more) and measure.rule == "listed"  # 提供1次A、2次B
        more, refusal = _of_number(stretch, measure, goes_on)
        rows += more
        claims += _claims(stretch, measure, more, refusal)
    return Reading(rows, claimed(stretch.where.masked, stretch.span, claims, stretch.lexicon))


def _of_number(stretch: Stretch, measure: Measure, goes_on: bool) -> tuple[list[TargetRow], Refusal | None]:
    """Return the rows of one measure, or by what it is refused; one that ``goes_on`` is promised as that before it."""
    lexicon = stretch.lexicon
    if measure.indicator not in lexicon.targets.qualifiers and says_whom_or_when(measure.indicator, lexicon):
        if stretch.scope.years:
            return _of_what_was_said(stretch, measure), None
        measure = replace(measure, indicator="")  # 全县培养不少于600人: of what stands before it
    led = stretch.scope.years or tells_since(stretch.said)
    before = "" if measure.indicator or not led else quantity_named(stretch.said, lexicon)
    name = full_name(measure.indicator, before or stretch.before, lexicon)
    if stretch.aside and name == measure.indicator:
        name = part_named(name, stretch.before, lexicon)
    if measure.rule == SHARE and not measure.names and name.startswith(tuple(lexicon.targets.share_verbs)):
        whole = stretch.before or subject_of(stretch.said, lexicon)
        name = f"{whole}{name}" if whole else ""  # 其中60%以上达到二级水平
    if not measure.indicator and len(measure.values) > 1:
        name = _named_before(stretch, measure) or name
    name = name or measure.verb
    measure = measure if measure.indicator == name else replace(measure, indicator=name)
    if stretch.sentence_so_far.rising and _is_part(stretch, measure):
        measure = replace(measure, op=Op.RISE)
    refusal = refused(stretch, Of.NUMBER, measure)
    if refusal:
        return [], refusal
    if stretch.scope.years:
        return _rows(stretch, measure, stretch.scope.years), None
    if not goes_on and not committed(stretch, measure):
        return [], None
    aim = None if are_times(stretch, measure) else stretch.where.aim
    return _rows(stretch, measure, (stretch.where.goals.year or stretch.where.years.last or aim,)), None


def _is_part(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a number of things is a part of what the stretch before says is added: 新增20座,其中A 1座."""
    part = measure.bare and measure.op == "=" and word_pattern("among", stretch.lexicon).match(stretch.spoken)
    return bool(part) and not any(value.unit in ("%", "‰") for value in measure.values)


def _named_before(stretch: Stretch, measure: Measure) -> str:
    """Return the names of «A达到500万人次,B达到40亿元,分别增长10%、12%»: as many as there are values."""
    names = stretch.sentence_so_far.indicators[-len(measure.values) :]
    return "、".join(names) if len(names) == len(measure.values) and len(stretch.scope.years) < 2 else ""


def _of_what_was_said(stretch: Stretch, measure: Measure) -> list[TargetRow]:
    """Return the rows of a measure whose name stands in the stretch before: «筹集租赁住房,全省每年新增5万套»."""
    name = object_of(stretch.said, stretch.lexicon)
    name = name or (stretch.before if stretch.before in stretch.sentence_so_far.indicators else "")
    if not name:
        return []
    return _rows(stretch, replace(measure, indicator=name, rule="said-before"), stretch.scope.years)


def _rows(stretch: Stretch, measure: Measure, years: Years) -> list[TargetRow]:
    lexicon = stretch.lexicon
    found = paired(measure, years, lexicon)
    why = _why(stretch, measure, years).under(found.doubt, found.note)
    rows: list[TargetRow] = []
    named = [(pair.indicator, pair.year) for pair in found.pairs]
    baselines = measure.baselines
    for at, base in enumerate(base_rows(stretch.where, stretch.span, named, why)):
        baseline = baselines[min(at, len(baselines) - 1)] if baselines else ""
        rows += valued(base, measure.op, found.pairs[at].figure, lexicon, baseline)
    return rows


def _why(stretch: Stretch, measure: Measure, years: Years) -> Reason:
    """Return by which rule a measure is a target, and what is unsure about its years."""
    noted = _NOTES.get(measure.rule, "")
    why = Reason(measure.rule, note=noted)
    if stretch.is_past or stretch.is_over:
        return _under(why, "past-year")
    if stretch.scope.relative or stretch.scope.counted:
        return _under(why, stretch.scope.counted or "this-year")
    if not stretch.scope.years:
        heading = stretch.where.goals.year is not None
        title = "title-year" if stretch.where.years.last else "goals-year" if years[0] else "no-year"
        return _under(why, "heading-year" if heading else title)
    return why


def _under(why: Reason, circumstance: str) -> Reason:
    return why.under(circumstance, _NOTES[circumstance])


def _claims(stretch: Stretch, measure: Measure, rows: list[TargetRow], refusal: Refusal | None) -> Iterator[Claim]:
    """Yield what the numbers of one measure are."""
    numbers = [number for value in measure.values for number in (value.number, value.top) if number]
    if refusal:
        yield from (Claim(number, refusal.kind, refusal.name) for number in numbers)
    elif rows:
        start, rule = first_letter(stretch.where.text, stretch.span), rows[0].evidence.rule
        yield from (Claim(number, NumberClass.TARGET, rule, start) for number in numbers)
