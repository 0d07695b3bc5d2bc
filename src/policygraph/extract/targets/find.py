"""Find the targets of an outline: indicator, year, comparator, value, unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from policygraph.extract.grammar.goals import goals_of, last_year_alone, only_year, years_of_list
from policygraph.extract.grammar.headings import stands_below
from policygraph.extract.metadata.dating import DocumentYears
from policygraph.extract.targets.decisions import refuse
from policygraph.extract.targets.goal_cells import read_goal_cells
from policygraph.extract.targets.past import background
from policygraph.extract.targets.running_text import read_running_text
from policygraph.extract.targets.scope import FoundTargets, SectionContext
from policygraph.extract.targets.tables import read_indicator_tables
from policygraph.lexicon import Lexicon
from policygraph.model import Decision, Outline, Section, Span, TargetRow
from policygraph.periods import period_of
from policygraph.records import replace
from policygraph.terms import NumberClass, SectionKind

_AMOUNT = re.compile(r"(?<![\dA-Za-z年.“])\d+(?:\.\d+)?(?![\d.年月日”])")
_FIRST = re.compile("[一1壹零0①㈠⑴⒈](?![0-9十])|^附")  # of the number of a first heading
_TITLED = re.compile(r"《([^《》]{4,80})》")
_OWN_TITLE = re.compile(  # 国家碳达峰试点实施方案(2024—2030年), 示范省服务业提质增效2023 年行动计划
    r"(?m)^(?=[^\n]{0,58}20\d\d)[^。,;:!?《》\n]{6,60}?(?P<range>\(20\d\d年?[-—–~至到]+20\d\d年?\))?$"
)
_HEAD = 1000  # characters in which a digest names the plan that it tells of
_NOTHING = FoundTargets()
_OUTER = (SectionKind.PART, SectionKind.ANNEX)
BACKGROUND = "background"  # the refusal of all numbers in a section that looks back

# How targets are written, in the order in which a section is read; what one style has read is blank for the next.
# A style of one's own is a function beside these, with its cases in tests/cases/targets.tsv.
STYLES: tuple[Callable[[SectionContext], FoundTargets], ...] = (
    read_indicator_tables,  # 名称 | 单位 | 2020年 | 2025年
    read_goal_cells,  # 行动 | 2022年目标 | 责任单位
    read_running_text,  # 到2025年,覆盖率达到80%以上
)


def find_targets(
    doc: str, outline: Outline, lexicon: Lexicon, clauses: Iterable[Span], years: DocumentYears
) -> FoundTargets:
    """Return one row for each indicator and year, in document order (a range, 3%—5%, gives two), and the decisions.

    What has been is no target: years before the document, sentences that say so, sections that look back. Nor is
    anything in ``clauses``, in which nothing but responsibilities is said. A decision says of a number of the text
    which row it became, or which refusal decided that it became none; numbers that nothing was decided about have none.
    """
    masked = _without(outline.text.text, clauses)
    behind = background(outline.sections, lexicon, years.last)
    rows: list[TargetRow] = []
    decisions: list[Decision] = []
    excerpt = _begins_within(outline)
    years = years if years.last else _told_elsewhere(outline, years, lexicon)
    dated = partial(_named_year, masked, years, lexicon)
    limit: int | None = None
    led: tuple[str, tuple[int, ...]] = ("", ())
    all_goals = tuple(goals_of(outline.sections, lexicon, dated))
    aim = None if years.last else _only(goals.year for goals in all_goals if goals.here)
    for section, goals in zip(outline.sections, all_goals, strict=True):
        if section.number in behind:
            decisions += refuse(masked, section.body, NumberClass.PAST, BACKGROUND, lexicon)
            continue
        limit = None if section.kind in _OUTER else limit  # a line «2024年» limits what follows it in its part
        goals = replace(goals, year=limit) if limit and goals.year is None else goals
        led = led if stands_below(section.number, led[0]) else ("", ())
        where = SectionContext(doc, section, outline.text, masked, years, lexicon, goals, excerpt, led[1], aim)
        found = _section_targets(where)
        rows += found.rows
        opens = not (aim or years.last) and _sets_out(section, lexicon)  # 到2027年,产值达到50亿元
        aim = _only(row.year for row in found.rows if row.value) if opens else aim
        decisions += found.decisions
        limit = last_year_alone(masked, section.body, lexicon) or limit
        announced = years_of_list(masked[section.body.start : section.body.end].rstrip().rpartition("\n")[2], lexicon)
        led = (section.number, announced) if announced and section.number else led
    return FoundTargets(tuple(rows), tuple(decisions), past=behind)


def _only(years: Iterable[int | None]) -> int | None:
    """Return the one year that some places name, None where they name several or none."""
    found = {year for year in years if year}
    return found.pop() if len(found) == 1 else None


def _sets_out(section: Section, lexicon: Lexicon) -> bool:
    """Say whether a section says what a document is for as a whole: its opening, 总体要求."""
    return section.kind == SectionKind.FRONT or section.heading in lexicon.grammar.rule_words["sets-out"]


def _told_elsewhere(outline: Outline, years: DocumentYears, lexicon: Lexicon) -> DocumentYears:
    """Return the years of a plan whose notice names no period: those of its own title, or of what is told."""
    return _of_own_title(outline, years, lexicon) if len(outline.sections) > 1 else _told_of(outline, years, lexicon)


def _begins_within(outline: Outline) -> bool:
    """Say whether a text begins in the middle of another: its first heading is (三), none is above or before it."""
    first = next((section.number for section in outline.sections if section.kind != "front"), "")
    return bool(first) and not _FIRST.search(first)


def _of_own_title(outline: Outline, years: DocumentYears, lexicon: Lexicon) -> DocumentYears:
    """Return the years of the plan whose title stands in a line before its headings, below its notice."""
    front = outline.sections[0]
    if front.kind != SectionKind.FRONT:
        return years
    ends = tuple(lexicon.documents.title_words)
    for title in _OWN_TITLE.finditer(outline.text.text, front.body.start, front.body.end):
        named = title["range"] or title[0].rstrip().endswith(ends)  # but no date: …的通知(2023年3月13日)
        first, last = period_of(title[0], lexicon) if named else (None, None)
        if last and (years.floor is None or last >= years.floor):
            return replace(years, floor=years.floor or first, last=last, first=first)
    return years


def _told_of(outline: Outline, years: DocumentYears, lexicon: Lexicon) -> DocumentYears:
    """Return the years of the plan that a text without headings tells of: 印发《示范规划(2019—2021年)》."""
    found = {period_of(match[1], lexicon) for match in _TITLED.finditer(outline.text.text, 0, _HEAD)}
    known = {period for period in found if period[1]}
    first, last = next(iter(known)) if len(known) == 1 else (None, None)
    over = last is None or (years.floor is not None and last < years.floor)
    return years if over else replace(years, floor=years.floor or first, last=last, first=first)


def _named_year(text: str, years: DocumentYears, lexicon: Lexicon, body: Span) -> int | None:
    """Return the one year that a section of goals names, in a document whose title names none.

    One that stands only behind the first amount is the year of what it stands beside.
    """
    said = text[body.start : body.end]
    year = None if years.last else only_year(said, years.floor, lexicon)
    amount = _AMOUNT.search(said) if year else None
    return None if amount and said.find(str(year), 0, amount.start()) < 0 and str(year) in said else year


def _section_targets(where: SectionContext) -> FoundTargets:
    rows: list[TargetRow] = []
    decisions: list[Decision] = []
    for read in STYLES:
        found = read(where)
        rows += found.rows
        decisions += found.decisions
        if found.taken:
            where = replace(where, masked=_blanked(where.masked, found.taken))
    if not rows and not decisions:
        return _NOTHING
    rows.sort(key=lambda row: row.evidence.start or 0)
    decisions.sort(key=lambda each: each.start)
    return FoundTargets(tuple(rows), tuple(decisions))


def _without(text: str, clauses: Iterable[Span]) -> str:
    """Blank the responsibility clauses: they end the sentence and hold no targets."""
    pieces, at = [], 0
    for clause in clauses:
        if clause.start >= at:
            pieces += [text[at : clause.start], "。", " " * (clause.end - clause.start - 2), "。"]
            at = clause.end
    return "".join([*pieces, text[at:]])


def _blanked(text: str, taken: Iterable[Span]) -> str:
    for span in taken:
        text = f"{text[: span.start]}{' ' * (span.end - span.start)}{text[span.end :]}"
    return text
