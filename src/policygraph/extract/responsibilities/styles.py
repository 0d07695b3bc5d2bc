"""List the styles in which responsibility clauses are printed, and find them in that order.

A style of one's own is a function that finds its stretches, with a ``read`` of its own where they are no sentences, and
one line in STYLES, with its cases in tests/cases/clause_styles.tsv.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

from policygraph.extract.grammar.brackets import brackets
from policygraph.extract.responsibilities.candidates import (
    ClauseSpan,
    Search,
    bare_brackets,
    closed_brackets,
    duties,
    labelled_lines,
    marked_lists,
    may_be_said,
    named_for_all,
    prose,
    table_rows,
    unclosed_brackets,
    whole_sentences,
)
from policygraph.extract.responsibilities.duty_lists import duty_lists, of_duties
from policygraph.extract.responsibilities.task_tables import TaskRow, task_rows
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, Section, Span
from policygraph.records import record, replace


@dataclass(frozen=True, slots=True)
class ClauseStyle:
    """A way in which clauses are printed; its name is the rule of their rows.

    In ``running`` text what names nobody is no clause; beside clauses that are printed its sentences are none. What
    stands ``apart`` says nothing else, so that no target is looked for in it.
    """

    name: str
    find: Callable[[Search], Iterable[ClauseSpan]]
    running: bool = False
    apart: bool = False


# In the order in which they are looked for: of two that overlap, the first stays.
STYLES = (
    ClauseStyle("table", table_rows),  # 1 | 控烟 | 市教育局 | 市财政局, below 序号 | 任务 | 牵头单位 | 配合单位
    ClauseStyle("bracket", closed_brackets, apart=True),  # (市教育局牵头,市财政局配合)
    ClauseStyle("unclosed", unclosed_brackets),  # (责任单位:市教育局
    ClauseStyle("label-line", labelled_lines),  # 牵头单位:市教育局
    ClauseStyle("duty-list", duty_lists),  # 三、职责分工: (一)市教育局:负责…
    ClauseStyle("marked", marked_lists),  # 市教育局(牵头)、市财政局(配合)
    ClauseStyle("bare-bracket", bare_brackets, apart=True),  # 办好学校。(市教育局、市财政局)
    ClauseStyle("sentence", whole_sentences),  # 办好学校。市教育局牵头,市财政局配合。
    ClauseStyle("for-all", named_for_all),  # 以上各项任务均由各区政府负责落实,不再单列。
    ClauseStyle("prose", prose, running=True),  # 由市教育局牵头…
    ClauseStyle("duty", duties, running=True),  # 市教育局负责…
)
_RANK = {style.name: at for at, style in enumerate(STYLES)}


@record
class Candidate:
    """A stretch that may be a clause, in the style in which it was found."""

    clause: ClauseSpan
    style: ClauseStyle


Candidates = tuple[tuple[Candidate, ...], ...]  # for each section of an outline


def find_candidates(outline: Outline, lexicon: Lexicon) -> Candidates:
    """Return for each section of an outline the stretches that may be clauses."""
    text = outline.text.text
    rows = task_rows(text, lexicon) if "|" in text else []
    starts = [row.span.start for row in rows]
    found = []
    for section, announced in zip(outline.sections, of_duties(outline.sections, lexicon), strict=True):
        here = rows[bisect_left(starts, section.body.start) : bisect_left(starts, section.body.end)]
        found.append(_in_section(text, section, announced, lexicon, here))
    return tuple(found)


def apart(candidates: Candidates) -> tuple[Span, ...]:
    """Return where the clauses stand that say nothing else."""
    every = chain.from_iterable(candidates)
    return tuple(Span(found.clause.start, found.clause.end) for found in every if found.style.apart)


def _in_section(
    text: str, section: Section, announced: bool, lexicon: Lexicon, rows: list[TaskRow]
) -> tuple[Candidate, ...]:
    """Return the stretches of a section that may be clauses, in document order, without overlap.

    ``announced`` says that its heading, or one above it, announces a list of duties.
    """
    body = section.body
    closed, opened = brackets(text, body.start, body.end)
    if not (closed or opened or rows or announced or may_be_said(text, body, lexicon)):
        return ()
    found: list[Candidate] = []
    search = Search(text, body, lexicon, closed, opened, rows, (), section if announced else None)
    for style in STYLES:
        if style.running and any(not candidate.style.running for candidate in found):
            continue  # who answers is printed: the sentences say how
        more = [Candidate(each, style) for each in style.find(search)]
        if more:
            found = _merged(found, more)
            search = replace(search, taken=[candidate.clause for candidate in found])
    return tuple(found)


def _merged(first: list[Candidate], more: list[Candidate]) -> list[Candidate]:
    """Add stretches and drop what overlaps; of two that do, the style that is listed first stays.

    A stretch that holds a bracket of its own (责任单位:甲(牵头)、乙) stays, and the bracket goes.
    """
    kept: list[Candidate] = []
    for candidate in sorted([*first, *more], key=lambda each: (each.clause.start, _RANK[each.style.name])):
        start = candidate.clause.start
        while kept and kept[-1].clause.end > start and _gives_way(kept[-1], candidate):
            kept.pop()
        if not kept or kept[-1].clause.end <= start:
            kept.append(candidate)
    return kept


def _gives_way(kept: Candidate, other: Candidate) -> bool:
    inside = kept.clause.holds and other.clause.end <= kept.clause.end
    return not inside and _RANK[kept.style.name] > _RANK[other.style.name]
