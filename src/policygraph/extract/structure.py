"""List the numbered headings of an outline, and the numbered tasks of its tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from policygraph.extract.grammar.evidence import evidence
from policygraph.model import ClauseRow, Outline, Section, StructureRow
from policygraph.terms import SectionKind

TASK_ROW = "table-row"
_TABLE = "table"  # the style of the clauses that are rows of a task table


def find_structure(doc: str, outline: Outline) -> tuple[StructureRow, ...]:
    """Return one row for each section with a heading; numbered sentences are sections without one.

    Annexes of which no text is at hand, only a list, head nothing.
    """
    only_listed = not any(section.kind == SectionKind.ANNEX and _has_text(section) for section in outline.sections)
    return tuple(
        StructureRow(
            doc=doc,
            section=section.number,
            heading=section.heading,
            kind=section.kind,
            evidence=evidence(outline.text, section.head.start, section.head.end, rule=section.rule),
        )
        for section in outline.sections
        if section.heading and (_has_text(section) or not only_listed)
    )


def with_tasks(headings: tuple[StructureRow, ...], clauses: Iterable[ClauseRow]) -> tuple[StructureRow, ...]:
    """Add the numbered rows of task tables, each an action that the table sets, in document order."""
    named = {row.section for row in headings}
    tasks: dict[str, StructureRow] = {}
    for clause in clauses:
        if clause.evidence.rule == _TABLE and clause.section not in named and clause.action:
            tasks.setdefault(clause.section, _task(clause))
    return tuple(sorted((*headings, *tasks.values()), key=lambda row: row.evidence.start or 0)) if tasks else headings


def _task(clause: ClauseRow) -> StructureRow:
    proof = replace(clause.evidence, rule=TASK_ROW, note="")
    return StructureRow(clause.doc, clause.section, clause.action, SectionKind.ACTION, evidence=proof)


def _has_text(section: Section) -> bool:
    return section.head.end > section.head.start
