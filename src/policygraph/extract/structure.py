"""List the numbered headings of an outline."""

from __future__ import annotations

from policygraph.extract.grammar.evidence import evidence
from policygraph.model import Outline, Section, StructureRow
from policygraph.terms import SectionKind


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


def _has_text(section: Section) -> bool:
    return section.head.end > section.head.start
