"""List the numbered headings of an outline."""

from __future__ import annotations

from policygraph.extract.grammar.evidence import evidence
from policygraph.model import Outline, StructureRow


def find_structure(doc: str, outline: Outline) -> tuple[StructureRow, ...]:
    """Return one row for each section with a heading; numbered sentences are sections without one.

    An annex that is only named in a list, its text not at hand, heads nothing.
    """
    return tuple(
        StructureRow(
            doc=doc,
            section=section.number,
            heading=section.heading,
            kind=section.kind,
            evidence=evidence(outline.text, section.head.start, section.head.end, rule=section.rule),
        )
        for section in outline.sections
        if section.heading and section.head.end > section.head.start
    )
