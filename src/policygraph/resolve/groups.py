"""Tell which groups of headings are themselves actions: (一)全民健身行动 above 1.目标 and 2.措施, its parts."""

from __future__ import annotations

from policygraph.concepts import Concepts
from policygraph.model import StructureRow
from policygraph.quantities import is_above
from policygraph.records import replace
from policygraph.resolve.indicators import resolve_action
from policygraph.resolve.match import matched
from policygraph.terms import SectionKind


def groups_as_actions(rows: tuple[StructureRow, ...], concepts: Concepts) -> tuple[StructureRow, ...]:
    """Return headings in which a group that is a known action is one, where none of those below it is known."""
    known = {number: row for number, row in _known(rows, concepts).items() if not _holds_known(number, rows)}
    return tuple(known.get(row.section) or _below(row, known) for row in rows) if known else rows


def _known(rows: tuple[StructureRow, ...], concepts: Concepts) -> dict[str, StructureRow]:
    """Return the groups that are known actions, as such, by number."""
    found = ((row, resolve_action(row.heading, concepts)) for row in rows if row.kind == SectionKind.GROUP)
    return {
        row.section: replace(row, kind=SectionKind.ACTION, action_type=match.id, evidence=matched(row.evidence, match))
        for row, match in found
        if match.id
    }


def _holds_known(number: str, rows: tuple[StructureRow, ...]) -> bool:
    return any(row.action_type and is_above(number, row.section) for row in rows)


def _below(row: StructureRow, known: dict[str, StructureRow]) -> StructureRow:
    part = row.kind == SectionKind.ACTION and any(is_above(number, row.section) for number in known)
    return replace(row, kind=SectionKind.MEASURE) if part else row
