"""Read the tables that set goals for a year beside tasks: «行动 | 2022年目标 | 2030年目标 | 措施 | 责任单位»."""

from __future__ import annotations

from policygraph.extract.grammar.tables import Head, cell_spans, table_lines
from policygraph.extract.targets.running_text import read_cell
from policygraph.extract.targets.scope import FoundTargets, SectionContext
from policygraph.model import Decision, Span, TargetRow


def read_goal_cells(where: SectionContext) -> FoundTargets:
    """Return the targets of the cells under heads of goals; what stands in one is meant for the years of its head."""
    rows: list[TargetRow] = []
    decisions: list[Decision] = []
    taken: list[Span] = []
    for line in table_lines(where.masked, where.section.body, where.lexicon, _sets_goals):
        cells = cell_spans(where.masked, line.span) if line.cells else []
        for column, cell in zip(line.head, cells, strict=False):
            if column.role == "target" and column.year and len(cells) == len(line.head):
                found = read_cell(where, cell, (column.year, *column.later))
                rows += found.rows
                decisions += found.decisions
                taken.append(cell)
    return FoundTargets(tuple(rows), tuple(decisions), tuple(taken))


def _sets_goals(head: Head) -> bool:
    """Tell a head of tasks with goals from one of indicators, whose rows are called what is measured."""
    roles = {column.role for column in head}
    return "name" not in roles and any(column.role == "target" and column.year for column in head)
