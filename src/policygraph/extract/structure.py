"""List the numbered headings of an outline, and the numbered tasks of its tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from policygraph.extract.grammar.evidence import evidence
from policygraph.model import ClauseRow, Outline, Section, StructureRow, TargetRow
from policygraph.quantities import COUNTING
from policygraph.records import replace
from policygraph.terms import SectionKind

_DIGITS, _SIGNS = re.compile(r"[0-9]+"), re.compile(f"[{COUNTING}]+")
_FIGURES, _NUMERALS = frozenset("0123456789"), frozenset(COUNTING)
# 详见附件, (项目清单见附件2), 任务分工表(附件2), 附件1和附件2; of another document: 《…》附件2
_MENTION = re.compile(r"附(?<=[见(、和及]附)([件表])([0-9]{0,2})(?=[)、和及,。;]|$)", re.MULTILINE)
_KIND_ONLY = re.compile("附[件表]")
MENTIONED = "annex-mentioned"
TASK_ROW = "table-row"
_TABLE = "table"  # the style of the clauses that are rows of a task table


def find_structure(doc: str, outline: Outline) -> tuple[StructureRow, ...]:
    """Return one row for each section with a heading; numbered sentences are sections without one.

    Annexes of which no text is at hand, only a list, head nothing. One that a sentence sends its reader to (见附件2),
    and that neither follows nor is listed, has a row that takes up no place.
    """
    before = _numbers_before(section.number for section in outline.sections)
    only_listed = not any(section.kind == SectionKind.ANNEX and _has_text(section) for section in outline.sections)
    headings = tuple(
        StructureRow(
            doc=doc,
            section=section.number,
            heading=section.heading,
            kind=section.kind,
            evidence=evidence(outline.text, section.head.start, section.head.end, rule=section.rule),
            after=before[at],
        )
        for at, section in enumerate(outline.sections)
        if section.heading and (_has_text(section) or not only_listed)
    )
    mentioned = _annexes_mentioned(doc, outline)
    return tuple(sorted((*headings, *mentioned), key=_place)) if mentioned else headings


def _annexes_mentioned(doc: str, outline: Outline) -> tuple[StructureRow, ...]:
    """Return the annexes that sentences name and that the text does not have; a text that only lists its own is a page.

    An only annex may be called by a number or none, a table (附表) stands in any annex.
    """
    annexes = {section.number: _has_text(section) for section in outline.sections if section.kind == SectionKind.ANNEX}
    if annexes and not any(annexes.values()):
        return ()
    said = {f"附{match[1]}{match[2]}": match.start() for match in reversed([*_MENTION.finditer(outline.text.text)])}
    lacking = {label: at for label, at in said.items() if not _stands(label, annexes, outline.text.text)}
    return tuple(
        StructureRow(doc, label, label, SectionKind.ANNEX, evidence=evidence(outline.text, at, at, rule=MENTIONED))
        for label, at in sorted(lacking.items(), key=lambda each: each[1])
    )


def _stands(label: str, annexes: Mapping[str, bool], text: str) -> bool:
    """Tell whether an annex that a sentence names stands in the text, or is listed."""
    only_one = annexes and (_KIND_ONLY.fullmatch(label) or annexes.keys() == {"附件"})
    return bool(label in annexes or only_one or re.search(rf"^\s*{label}(?![0-9])", text, re.MULTILINE))


def _place(row: StructureRow) -> int:
    return row.evidence.start or 0


def with_tasks(headings: tuple[StructureRow, ...], clauses: Iterable[ClauseRow]) -> tuple[StructureRow, ...]:
    """Add the numbered rows of task tables, each an action that the table sets, in document order."""
    named = {row.section for row in headings}
    tasks: dict[str, StructureRow] = {}
    for clause in clauses:
        if clause.evidence.rule == _TABLE and clause.section not in named and clause.action:
            tasks.setdefault(clause.section, _task(clause))
    return tuple(sorted((*headings, *tasks.values()), key=_place)) if tasks else headings


def within_tasks(targets: Iterable[TargetRow], clauses: Iterable[ClauseRow]) -> tuple[TargetRow, ...]:
    """Give the targets that stand in a row of a task table the section and the action of that row."""
    tables = [clause for clause in clauses if clause.evidence.rule == _TABLE and clause.action]
    begins = [clause.evidence.start or 0 for clause in tables]

    def placed(row: TargetRow) -> TargetRow:
        at = bisect_right(begins, row.evidence.start or 0) - 1
        inside = at >= 0 and (row.evidence.start or 0) < (tables[at].evidence.end or 0)
        return replace(row, section=tables[at].section, action=tables[at].action) if inside else row

    return tuple(map(placed, targets))


def _task(clause: ClauseRow) -> StructureRow:
    proof = replace(clause.evidence, rule=TASK_ROW, note="")
    return StructureRow(clause.doc, clause.section, clause.action, SectionKind.ACTION, evidence=proof)


def _numbers_before(numbers: Iterable[str]) -> list[str]:
    """Return what stands before each number in its series: below the same heading, else below the one before.

    >>> _numbers_before(["一", "一(一)", "一(二)", "二", "二(四)"])
    ['', '', '一(一)', '一', '一(二)']
    """
    found: list[str] = []
    series: dict[tuple[str, str], str] = {}  # heading above (or annex) and style -> the last number
    seen: set[str] = set()
    for number in numbers:
        begins = (number[:end] for end in range(len(number) - 1, 0, -1))
        above = next((other for other in begins if other in seen and _is_above(other, number)), "")
        style = _DIGITS.sub("0", _SIGNS.sub("一", number.removeprefix(above)))
        annex = number.rpartition("/")[0]
        found.append(series.get((above, style)) or series.get((f"{annex}/", style), ""))
        series[above, style] = series[f"{annex}/", style] = number
        seen.add(number)
    return found


def _is_above(other: str, number: str) -> bool:
    """Tell whether a number is the beginning of another: 二 of 二(一) and of 二1, not of 二十."""
    ends = other[-1] + number[len(other)]
    return not (_FIGURES.issuperset(ends) or _NUMERALS.issuperset(ends))


def _has_text(section: Section) -> bool:
    return section.head.end > section.head.start
