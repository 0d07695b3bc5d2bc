"""List the numbered headings of an outline, and the numbered tasks of its tables."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice, pairwise

from policygraph.extract.grammar.evidence import evidence
from policygraph.extract.grammar.series import stands_between
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.model import ClauseRow, Outline, Section, StructureRow, TargetRow
from policygraph.quantities import COUNTING, is_above
from policygraph.records import replace
from policygraph.terms import Parsed, SectionKind

_DIGITS, _SIGNS = re.compile(r"[0-9]+"), re.compile(f"[{COUNTING}]+")
# 详见附件, (项目清单见附件2), 任务分工表(附件2), 附件1和附件2, 按附表2报送; of another document: 《…》附件2
_MENTION = re.compile(
    r"附(?:(?<=[见(、和及]附)([件表])([0-9]{0,2})(?=[)、和及,。;《]|$)|(?<=[按照报写送据用]附)([件表])([0-9]{1,2})(?![0-9]))",
    re.MULTILINE,
)
_KIND_ONLY = re.compile("附[件表]")
MENTIONED = "annex-mentioned"
NO_TEXT = "no-text"
_SOME, _MOST = 5, 0.75  # actions, and the share of them that tells how a plan is written
_LETTERS, _FEW_LETTERS = re.compile(r"[\u4e00-\u9fff]"), 4  # of a label without words behind it
TASK_ROW = "table-row"
_FIRST_CELL = re.compile(r"[\s|]*([0-9]{1,3})\s*[|\t.、]")
_LAST_NUMBER = re.compile(r"[0-9]{1,3}$")
TABLE = "table"  # the style of the clauses that are rows of a task table


def find_structure(doc: str, outline: Outline) -> tuple[StructureRow, ...]:
    """Return one row for each section with a heading; numbered sentences are sections without one.

    Annexes of which no text is at hand, only a list, head nothing, nor does the plan that a notice forwards. One that a
    sentence sends its reader to (见附件2), and that neither follows nor is listed, has a row that takes up no place.
    """
    before = _numbers_before(section.number for section in outline.sections)
    plan = _plan_of_notice(outline)
    annexes = [each for each in outline.sections if each.kind == SectionKind.ANNEX and each is not plan]
    only_listed = not any(map(_has_text, annexes))
    headings = tuple(
        StructureRow(
            doc=doc,
            section=section.number,
            heading=section.heading,
            kind=section.kind,
            evidence=evidence(outline.text, section.head.start, section.head.end, rule=section.rule),
            after="" if _reads_on(section, before[at], outline) else before[at],
        )
        for at, section in enumerate(outline.sections)
        if section.heading and section is not plan and (_has_text(section) or not only_listed)
    )
    mentioned = _annexes_mentioned(doc, outline)
    return tuple(sorted((*headings, *mentioned), key=_place)) if mentioned else headings


def _plan_of_notice(outline: Outline) -> Section | None:
    """Return the annex that is the plan which a notice forwards, whose headings have numbers of their own.

    One that has a number (附件1) is, where words of a notice stand before it.
    """
    for annex, below in pairwise([each for each in outline.sections if each.heading]):
        own = below.kind != SectionKind.ANNEX and "/" not in below.number
        if annex.kind == SectionKind.ANNEX and _has_text(annex) and own:
            forwarded = annex.number == "附件" or outline.text.text[: annex.head.start].strip()
            return annex if forwarded else None
    return None


def _reads_on(section: Section, before: str, outline: Outline) -> bool:
    """Tell whether the number that a series lacks was printed inside a line, where no heading begins."""
    if not before:
        return False
    last = next((each for each in outline.sections if each.number == before), None)
    between = outline.text.text[last.head.start : section.head.start] if last else ""
    return stands_between(before, section.number, between)


def without_text(
    rows: tuple[StructureRow, ...], outline: Outline, clauses: Iterable[ClauseRow], lexicon: Lexicon
) -> tuple[StructureRow, ...]:
    """Mark the actions below whose heading nothing stands but who answers for it, where most others have a text.

    A plan in which tasks are no longer than a heading has none: most headings are names of actions (…行动), and most of
    those have words of their own.
    """
    actions = [each for each in outline.sections if each.kind == SectionKind.ACTION and _has_text(each)]
    named = [each for each in actions if each.heading.endswith(tuple(lexicon.layout.heading_ends))]
    taken = [(row.evidence.start or 0, row.evidence.end or 0) for row in clauses]
    numbers = sorted(each.number for each in actions)
    bare = [each for each in named if not _says_something(each, numbers, outline, taken)]
    if len(named) < _SOME or min(len(named) / len(actions), 1 - len(bare) / len(named)) < _MOST:
        return rows
    places = {outline.text.offsets[each.head.start] for each in bare}
    return tuple(
        replace(row, evidence=replace(row.evidence, rule=f"{row.evidence.rule.partition(':')[0]}:{NO_TEXT}"))
        if row.evidence.rule and row.evidence.start in places
        else row
        for row in rows
    )


def _says_something(
    section: Section, numbers: Sequence[str], outline: Outline, taken: Iterable[tuple[int, int]]
) -> bool:
    """Tell whether words stand below a heading outside the clauses of duties, or another action below it.

    ``numbers`` are those of all actions in their order, in which what stands below a number follows upon it.
    """
    after = bisect_left(numbers, section.number) + 1
    if after < len(numbers) and numbers[after].startswith(section.number):
        return True
    offsets, text = outline.text.offsets, outline.text.text
    first, last = offsets[section.body.start], offsets[section.body.end]
    taken = [(start, end) for start, end in taken if start < last and first < end]
    kept = (
        letter
        for letter in _LETTERS.finditer(text, section.body.start, section.body.end)
        if not any(start <= offsets[letter.start()] < end for start, end in taken)
    )
    return sum(1 for _ in islice(kept, _FEW_LETTERS)) == _FEW_LETTERS


def _annexes_mentioned(doc: str, outline: Outline) -> tuple[StructureRow, ...]:
    """Return the annexes that sentences name and that the text does not have; a text that only lists its own is a page.

    An only annex may be called the first or by no number, a table (附表) stands in any annex.
    """
    annexes = {section.number: _has_text(section) for section in outline.sections if section.kind == SectionKind.ANNEX}
    if annexes and not any(annexes.values()):
        return ()
    said = {
        f"附{match[1] or match[3]}{match[2] or match[4] or ''}": match.start()
        for match in reversed([*_MENTION.finditer(outline.text.text)])
    }
    lacking = {label: at for label, at in said.items() if not _stands(label, annexes, outline.text.text)}
    return tuple(
        StructureRow(doc, label, label, SectionKind.ANNEX, evidence=evidence(outline.text, at, at, rule=MENTIONED))
        for label, at in sorted(lacking.items(), key=lambda each: each[1])
    )


def _stands(label: str, annexes: Mapping[str, bool], text: str) -> bool:
    """Tell whether an annex that a sentence names stands in the text, or is listed."""
    only_one = annexes and (_KIND_ONLY.fullmatch(label) or (annexes.keys() == {"附件"} and label == "附件1"))
    return bool(label in annexes or only_one or re.search(rf"^\s*{label}(?![0-9])", text, re.MULTILINE))


def _place(row: StructureRow) -> int:
    return row.evidence.start or 0


def with_tasks(headings: tuple[StructureRow, ...], clauses: Iterable[ClauseRow], text: str) -> tuple[StructureRow, ...]:
    """Add the numbered rows of task tables, each an action that the table sets, in document order.

    A row that prints no number goes on with the one above, and is none of its own; one that prints the number of
    another is. ``text`` is that of the source.
    """
    named = {row.section for row in headings}
    tasks: list[StructureRow] = []
    for clause in clauses:
        if clause.section in named or not _sets_task(clause):
            continue
        begun = any(row.section == clause.section for row in tasks)
        if not begun or (tasks[-1].heading != clause.action and _prints_number(clause, text)):
            tasks.append(_task(clause, tasks[-1] if tasks else None, text))
    return tuple(sorted((*headings, *tasks), key=_place)) if tasks else headings


def within_tasks(targets: Iterable[TargetRow], clauses: Iterable[ClauseRow]) -> tuple[TargetRow, ...]:
    """Give the targets that stand in a row of a task table the section and the action of that row."""
    tables = [clause for clause in clauses if _sets_task(clause)]
    begins = [clause.evidence.start or 0 for clause in tables]

    def placed(row: TargetRow) -> TargetRow:
        at = bisect_right(begins, row.evidence.start or 0) - 1
        inside = at >= 0 and (row.evidence.start or 0) < (tables[at].evidence.end or 0)
        return replace(row, section=tables[at].section, action=tables[at].action) if inside else row

    return tuple(map(placed, targets))


def _sets_task(clause: ClauseRow) -> bool:
    """Tell whether a clause is a row of a task table that was read, be it in part or without a word on who answers."""
    rule, _, state = clause.evidence.rule.partition(":")
    read = state in ("", Parsed.PART) or clause.evidence.note == message("extract.cells-empty")
    return rule == TABLE and bool(clause.action) and read


def _task(clause: ClauseRow, before: StructureRow | None, text: str) -> StructureRow:
    proof = replace(clause.evidence, rule=TASK_ROW, note="")
    after = before.section if before and _follows(before, clause, text) else ""
    return StructureRow(clause.doc, clause.section, clause.action, SectionKind.ACTION, evidence=proof, after=after)


def _prints_number(clause: ClauseRow, text: str) -> bool:
    """Tell whether a row of a table opens with its own number, one in digits."""
    cell = _FIRST_CELL.match(text, clause.evidence.start or 0)
    return bool(cell and clause.section.endswith(cell[1]))


def _follows(before: StructureRow, clause: ClauseRow, text: str) -> bool:
    """Tell whether a row is of the series of the one before, and no row between them was left unread.

    The numbers between them stand at the begin of no line there.
    """
    one, other = (_LAST_NUMBER.search(section) for section in (before.section, clause.section))
    if not (one and other) or before.section[: one.start()] != clause.section[: other.start()]:
        return False
    between = text[before.evidence.end or 0 : clause.evidence.start or 0]
    skipped = range(int(one[0]) + 1, int(other[0]))
    unread = any(re.search(rf"^[\s|]*{number}(?![0-9])", between, re.MULTILINE) for number in skipped)
    return _prints_number(clause, text) and not unread


def _numbers_before(numbers: Iterable[str]) -> list[str]:
    """Return what stands before each number in its series: below the same heading, else below the one before.

    >>> _numbers_before(["一", "一(一)", "一(二)", "二", "二(四)"])
    ['', '', '一(一)', '一', '一(二)']
    """
    found: list[str] = []
    series: dict[tuple[str, str], str] = {}  # heading above (or annex) and style -> the last number
    seen: set[str] = set()
    for number in numbers:
        above = _longest_above(number, seen)
        style = _DIGITS.sub("0", _SIGNS.sub("一", number.removeprefix(above)))
        annex = number.rpartition("/")[0]
        found.append(series.get((above, style)) or series.get((f"{annex}/", style), ""))
        series[above, style] = series[f"{annex}/", style] = number
        seen.add(number)
    return found


def _longest_above(number: str, seen: Collection[str]) -> str:
    """Return the longest number seen before that stands above a number, "" where none does."""
    for end in range(len(number) - 1, 0, -1):
        if number[:end] in seen and is_above(number[:end], number):
            return number[:end]
    return ""


def _has_text(section: Section) -> bool:
    return section.head.end > section.head.start
