"""Read the targets that sentences set: «到2025年,居民健康素养水平达到25%»."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from policygraph.extract.grammar.goals import (
    NO_GOALS,
    Goals,
    announced,
    aside,
    headline,
    label_of,
    only_year,
    year_alone,
    years_of_list,
)
from policygraph.extract.grammar.numerals import arabic, joined
from policygraph.extract.grammar.years import numbers
from policygraph.extract.targets.items import BetweenCommas, items
from policygraph.extract.targets.of_years import by_year, label_of_years
from policygraph.extract.targets.openings import latest, opening
from policygraph.extract.targets.pairs import Years
from policygraph.extract.targets.past import assured, told_from
from policygraph.extract.targets.readings import COUNTS, find_measure
from policygraph.extract.targets.refusals import normed
from policygraph.extract.targets.rows import widened
from policygraph.extract.targets.scope import FoundTargets, Scope, SectionContext, SentenceSoFar, Stretch
from policygraph.extract.targets.stretches import read_stretch
from policygraph.extract.targets.turns import goes_on, summed, told_name, unit_of_count
from policygraph.lexicon import Lexicon
from policygraph.model import Decision, Span, TargetRow
from policygraph.patterns import word_pattern
from policygraph.records import replace
from policygraph.terms import Op, SectionKind

_DIGIT = re.compile(r"\d")
_LINE = re.compile(r"[^\n|]+")  # or the cell of a table that no other style has read
_SENTENCE = re.compile(r"[^。!?]+")
_POINT = re.compile(r"\s*[—–●◆■·-]")
_TASKS = (SectionKind.ACTION, SectionKind.GROUP)  # of which a year without a date of the text is none of the past
_NOTHING, _NOTHING_YET = Scope(), SentenceSoFar()


def read_running_text(where: SectionContext) -> FoundTargets:
    """Return the targets of a section's sentences.

    A lead-in that stands by itself (「到2022年和2030年,」) holds to the end of its paragraph, one that runs into the
    sentence holds for that sentence, one that announces a list (「到2030年,实现下列目标:」) for the list.
    Outside a lead-in standing quantities count (每天不少于1小时) and, with little confidence, ratios
    (覆盖率达到80%以上) and assured numbers of things. Before the first heading only lead-ins count.
    """
    rows: list[TargetRow] = []
    decisions: list[Decision] = []
    body = where.section.body
    above: Years = ()  # what holds at the end of the paragraph above a list of points
    lines = (Span(*line.span()) for line in _LINE.finditer(where.masked, body.start, body.end))
    for span in (*_sentence_for_heading(where), *lines):
        line = where.masked[span.start : span.end]
        limited = year_alone(line, where.lexicon)
        if limited:
            where = replace(where, goals=replace(where.goals, year=limited))
            continue
        goals = _announced(where, line)
        if goals:
            year = goals.year or where.goals.year or _year_of(rows, where)
            where = replace(where, goals=Goals(here=True, year=year))
        led = years_of_list(line, where.lexicon)
        where = replace(where, led=led) if led else where
        counted = numbers(where.masked, where.lexicon, span.start, span.end)
        point = _POINT.match(where.masked, span.start, span.end)
        above = above if point else ()
        if counted or (where.led and not led):
            state = _paragraph(_under(above, where) if point else where, span, counted or [span.start], _of_list(where))
            rows += [row for group in state.groups for row in group]
            decisions += state.decisions
            above = above if point else state.scope.years
    return FoundTargets(tuple(rows), tuple(decisions))


def _under(years: Years, where: SectionContext) -> SectionContext:
    """Return where the points of a list of goals stand below a paragraph: one year that holds at its end is theirs."""
    if len(years) != 1 or not where.goals.here or where.goals.year:
        return where
    return replace(where, goals=replace(where.goals, year=years[0]))


def read_cell(where: SectionContext, span: Span, years: Years) -> FoundTargets:
    """Return the targets of a cell that stands under a year, or several, in numbers and in words."""
    here = replace(where, goals=Goals(here=True, year=years[0] if len(years) == 1 else None))
    counted = numbers(where.masked, where.lexicon, span.start, span.end)
    state = _paragraph(here, span, counted, _State(scope=Scope(years=years, to=True)))
    return FoundTargets(tuple(row for group in state.groups for row in group), tuple(state.decisions))


def _of_list(where: SectionContext) -> _State:
    """Return what holds at the begin of a paragraph: in a list the years of the line that announces it."""
    return _State(scope=Scope(years=where.led, to=True), since=0) if where.led else _State()


def _announced(where: SectionContext, line: str) -> Goals:
    """Return what a line says of the goals below it; a headline only where no heading and no title is."""
    lexicon = where.lexicon
    goals = announced(line, lexicon)
    if goals or where.section.kind != "front":
        return goals
    return aside(line, lexicon) or (NO_GOALS if where.years.last else headline(line, lexicon))


def _year_of(rows: list[TargetRow], where: SectionContext) -> int | None:
    """Return the year of the target before, which goals that are announced go on about: 到2025年,…。具体目标:."""
    return rows[-1].year if rows and not where.years.last else None


def _sentence_for_heading(where: SectionContext) -> Iterator[Span]:
    """Yield the place of a heading that is a sentence with a number («1.产值增长8%以上。»), or a goal of a list."""
    section, text = where.section, where.masked
    if _DIGIT.search(section.heading) or (where.led and section.heading):
        at = text.find(section.heading, section.head.start, section.head.end)
        if at >= 0:
            yield Span(at, at + len(section.heading))


@dataclass(slots=True)
class _State:
    """What holds at a place of a paragraph: the lead-in, the years of the sentence, the sentence last assured.

    ``since`` is the sentence that the lead-in opened, ``promised`` one in which a number without a year is a target.
    ``weak`` are years before one number of the sentence, which hold for what it adds up to.
    ``series`` and ``years`` are the indicators and years of the sentence so far, ``fruitful`` is the last sentence that
    gave a row.
    ``label`` is the indicator of which the sentence ``labelled`` says what it is in each year.

    ``before`` is the indicator of the row before, ``said`` the stretch before in the same sentence. ``groups`` are the
    rows so far, those of one stretch together, ``decisions`` what became of its numbers.
    """

    scope: Scope = _NOTHING
    local: Scope = _NOTHING
    sure: int = -1
    promised: int = -1
    told_of: int = -1
    fruitful: int = -2
    since: int = -1
    opened: int = -1
    before: str = ""
    said: str = ""
    weak: Scope = _NOTHING
    led: bool = False
    counts: bool = False
    rising: bool = False
    label: str = ""
    labelled: int = -1
    series: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    groups: list[list[TargetRow]] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def so_far(self, item: BetweenCommas) -> SentenceSoFar:
        """Return what was read of the sentence in which a stretch stands."""
        if item.sentence != self.told_of:
            self.told_of, self.series, self.years = item.sentence, [], []
        promised = self.promised == item.sentence
        if not self.series and not promised:
            return _NOTHING_YET
        counts, years = self.counts and self.fruitful == item.sentence, tuple(dict.fromkeys(self.years))
        return SentenceSoFar(tuple(self.series), promised, counts, years, self.rising)

    def goes_on(self, item: BetweenCommas) -> bool:
        """Say whether the sentence of a stretch gave numbers for several years, of which it may go on in words."""
        return self.told_of == item.sentence and len(set(self.years)) > 1

    def enter(self, sentence: int) -> None:
        """Leave behind the years that held up to a sentence before this one."""
        if 0 <= self.scope.until < sentence:
            self.scope = _NOTHING
        if 0 <= self.local.until < sentence:
            self.local = _NOTHING
        self.weak = _NOTHING

    def take(self, rows: list[TargetRow], item: BetweenCommas, promised: bool) -> None:
        """Add the rows of a stretch."""
        self.groups.append(rows)
        self.fruitful = item.sentence
        self.before = rows[0].indicator
        self.rising = rows[-1].op == Op.RISE
        self.counts = rows[-1].evidence.rule.partition(":")[0] in COUNTS
        self.series += [row.indicator for row in rows]
        self.years += [row.year for row in rows if row.year]
        if promised and rows[0].value:
            self.promised = item.sentence


def _paragraph(where: SectionContext, span: Span, counted: list[int], state: _State) -> _State:
    """Read a paragraph with numbers, sentence by sentence; one without is passed over where no years hold."""
    masked, lexicon = where.masked, where.lexicon
    units = unit_of_count(lexicon).search(masked, span.start, span.end) is not None
    told = told_from(masked, lexicon, span.start, span.end)
    for sentence, match in enumerate(_SENTENCE.finditer(masked, span.start, span.end)):
        state.enter(sentence)
        if not state.scope.years and not units:
            if counted[-1] < match.start():
                break  # no number comes any more
            if not _within(counted, match.span()) and not _within(told, match.span()):
                state.opened, state.led = -1, False
                continue
        begin, known = match.start(), _Known(counted, told, units)
        label = label_of(masked, Span(*match.span()), lexicon)
        if label:  # 总体目标是:新增就业60万人
            _sentence(where, items(masked, begin, label.start, sentence, lexicon), state, known)
            year = only_year(masked[begin : label.end], None, lexicon) or where.goals.year
            where, begin = replace(where, goals=Goals(here=True, year=year)), label.end
        _sentence(where, items(masked, begin, match.end(), sentence, lexicon), state, known)
    return state


def _within(places: list[int], span: tuple[int, int]) -> bool:
    """Say whether one of some places, which stand in their order, is in a span."""
    at = bisect_left(places, span[0]) if places else 0
    return at < len(places) and places[at] < span[1]


class _Known(NamedTuple):
    """What was found in a paragraph at once: where numbers and words of the past stand, whether units of count do."""

    counted: list[int]
    told: list[int]
    units: bool


def _sentence(where: SectionContext, stretches: Iterator[BetweenCommas], state: _State, known: _Known) -> None:
    masked, by_unit = where.masked, unit_of_count(where.lexicon)
    last: BetweenCommas | None = None
    for item in stretches:
        span = (item.start, item.end)
        counting = _within(known.counted, span)
        if item.aside:
            if counting and state.fruitful == item.sentence:
                _read_aside(where, item, state)
            continue
        if known.told and _within(known.told, span):
            state.local = Scope(until=item.sentence, told=True)
        holds = state.scope.years or (state.local.years and state.sure == item.sentence) or state.goes_on(item)
        if holds or counting or (known.units and by_unit.search(masked, *span)):
            state.said = masked[last.start : last.end] if last else ""
            if last and counting and _parts_of_standing(masked, last, item, where.lexicon):
                state.opened = last.start  # the quote says how often: 每年开展200场,其中城区80场
            _read_item(where, item, counting, state)
        else:
            state.opened, state.led = -1, False
        last = item


def _read_aside(where: SectionContext, item: BetweenCommas, state: _State) -> None:
    """Read what brackets say of the number before them; the years that they name hold nowhere else."""
    rows = state.groups[-1]
    own = state.scope.years or state.local.years or ":" in rows[-1].evidence.rule
    scope = state.scope if own else Scope((rows[-1].year,))  # 覆盖率到2025年达到85%(农村80%)
    inner = dataclasses.replace(
        state, scope=scope, series=[*state.series], years=[*state.years], groups=[], decisions=[]
    )
    _read_item(where, item, True, inner, rows[-1].op)
    state.groups[-1:-1] = inner.groups
    state.decisions += inner.decisions


def _parts_of_standing(text: str, whole: BetweenCommas, item: BetweenCommas, lexicon: Lexicon) -> bool:
    """Say whether a stretch says parts (其中) of what the one before counts by the day or the year."""
    among = word_pattern("among", lexicon).match(text[item.start : item.end].lstrip())
    return bool(among) and any(form in text[whole.start : whole.end] for form in lexicon.quantities.standing)


def _read_item(
    where: SectionContext, item: BetweenCommas, counting: bool, state: _State, aside: Op | None = None
) -> None:
    """Read one stretch: take up its years, and add its rows to those of the paragraph."""
    if counting and _read_years(where, item, state):
        return
    here, item = _opened(where, item, state) if counting else (_NOTHING, item)
    words, lexicon = where.masked[item.start : item.end].strip(), where.lexicon
    state.led = bool(here and here.until < 0 and not words)
    if not words or (words[0] == "以" and unit_of_count(lexicon).fullmatch(words)):
        state.opened = item.start if words else state.opened
        return
    spoken = joined(arabic(words, lexicon))
    state.weak = here if here.weak else state.weak
    holding = here or state.local or state.scope or _summed_up(words, state, lexicon)
    carried = holding is state.scope and item.sentence != state.since and state.fruitful < item.sentence - 1
    now = _told_here(holding, words, state.sure == item.sentence, lexicon)
    if state.groups and goes_on(lexicon).match(words) and now.years and not find_measure(spoken, lexicon):
        state.groups[-1] = [widened(row, where.text, item.end) for row in state.groups[-1]]
        return
    read = read_stretch(
        Stretch(
            where=where,
            span=Span(state.opened if state.opened >= 0 else item.start, item.end),
            spoken=spoken,
            scope=now,
            before=state.before,
            said=state.said,
            carried=carried,
            sentence_so_far=state.so_far(item),
            aside=aside,
        )
    )
    state.opened = -1
    state.decisions += read.decisions
    if read.rows:
        state.take(read.rows, item, promised=not now.years)
    elif counting and now.is_past(where.years.floor):  # 「目前覆盖率达到45%,到2025年达到50%」
        state.before = told_name(spoken, lexicon)


def _summed_up(words: str, state: _State, lexicon: Lexicon) -> Scope:
    """Return the years that hold where none do: what adds up has those of a bare year (2017年新增…,累计达到…)."""
    adds_up = state.weak.years and word_pattern("summed", lexicon).match(words)
    return state.weak if adds_up else state.scope


def _told_here(scope: Scope, words: str, sure: bool, lexicon: Lexicon) -> Scope:
    """Return the years that hold for a stretch: where it adds up what comes until then, the last of them."""
    scope = replace(scope, assured=True) if sure else scope
    return replace(scope, years=(latest(scope),)) if len(scope.years) > 1 and summed(lexicon).match(words) else scope


def _read_years(where: SectionContext, item: BetweenCommas, state: _State) -> bool:
    """Read a stretch that says what an indicator is in some year: 生长迟缓率:2022年低于6%, then 2025年低于5.5%."""
    words = where.masked[item.start : item.end]
    label = label_of_years(words, where.lexicon) if ":" in words else ""
    if label:
        state.label, state.labelled = label, item.sentence
    elif state.labelled != item.sentence:
        return False
    found = list(by_year(words, state.label, where.lexicon))
    for each in found:
        scope = Scope(years=(each.year,), until=item.sentence, to=True)
        spoken = joined(arabic(each.spoken, where.lexicon))
        read = read_stretch(Stretch(where=where, span=Span(item.start, item.end), spoken=spoken, scope=scope))
        state.decisions += read.decisions
        if read.rows:
            state.take(read.rows, item, promised=False)
    state.labelled = item.sentence if found else -1
    return bool(found)


def _opened(where: SectionContext, item: BetweenCommas, state: _State) -> tuple[Scope, BetweenCommas]:
    """Return the years that open a stretch and the stretch behind them; what holds from there on goes to the state."""
    masked, years, begun = where.masked, where.years, item.start
    if assured(masked, where.lexicon, item.start, item.end):
        state.sure, state.local = item.sentence, _NOTHING
        state.scope = _NOTHING if state.scope.is_past(years.floor) else state.scope
    found = opening(where, item)
    if not found:
        return _NOTHING, item
    here, item = found.scope, item._replace(start=found.begin)
    told = masked[item.start - 1 : item.start] == "," or item.start != begun or where.section.kind == SectionKind.FRONT
    if told:
        here = replace(here, promises=False)  # 规划提出,到2020年,…
    if state.led and not here.relative:  # 「到2022年,2030年,」
        here = replace(here, years=tuple(dict.fromkeys((*state.scope.years, *here.years))))
    task = years.floor is not None or where.section.kind in _TASKS
    opens = found.sure or (masked[item.start - 1 : item.start] != "," and (here.relative or task))
    opens = opens or (state.since < item.sentence and state.scope.years != ())  # the scope is of a sentence before
    later = bool(state.scope.years and here.years) and latest(here) > latest(state.scope)
    alone = not state.scope and not state.local and normed(where.lexicon).search(masked, item.start, item.end)
    opens = opens or later or bool(alone) or bool(here.counted)
    state.scope, state.local = _taken(here, state.scope, state.local, opens)
    state.since = state.since if here.weak else item.sentence
    state.opened = -1 if found.alone else item.start
    return here, item._replace(start=found.end)


def _taken(here: Scope, scope: Scope, local: Scope, opens: bool) -> tuple[Scope, Scope]:
    """Return what holds from here on, and in this sentence: a bare year that opens a sentence holds for it."""
    if here.weak:
        return scope, here if opens else local
    return here, _NOTHING
