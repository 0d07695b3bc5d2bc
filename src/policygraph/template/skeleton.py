"""Fill the fact tables of a plan from the document above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from policygraph.concepts import Concepts
from policygraph.messages import Note, message
from policygraph.model import (
    CitationRow,
    ClauseRow,
    Evidence,
    Facts,
    MetadataRow,
    ResponsibilityRow,
    StructureRow,
    TargetRow,
)
from policygraph.slugs import document_slug
from policygraph.template.demands import Demand
from policygraph.template.habits import Habits, Likely
from policygraph.template.words import Words, words
from policygraph.terms import CHANGES, Op, Parsed, Relation, Role, SectionKind, Status

DOC = "draft"
_LIKELY = Decimal("0.5")
_FRAME = message("template.frame")
_LIKELY_ROLES = {
    Role.LEAD: "template.likely-lead",
    Role.SUPPORT: "template.likely-support",
    Role.RESPONSIBLE: "template.likely-responsible",
}


def skeleton(parent: Facts, region: str, wanted: Sequence[Demand], learnt: Habits, concepts: Concepts) -> Facts:
    """Return the tables of a plan of a region: the parent's actions in its order, targets, likely bodies, basis."""
    phrases = words()
    actions = [row for row in parent.structure if row.kind == "action"]
    sections = {row.section: f"{phrases['tasks-section']}{number}" for number, row in enumerate(actions, start=1)}
    structure = tuple(_structure(actions, sections, phrases))
    clauses, responsibilities = [], []
    for row in actions:
        rows = _responsibilities(row, sections[row.section], learnt)
        responsibilities += rows
        clauses.append(_clause(row, sections[row.section], rows, phrases))
    targets = (_target(each, actions, sections, phrases) for each in wanted)
    return Facts(
        doc=DOC,
        metadata=tuple(_metadata(parent, region, concepts, phrases)),
        structure=structure,
        clauses=tuple(clauses),
        responsibilities=tuple(responsibilities),
        targets=tuple(sorted(targets, key=lambda row: _order(row.section))),
        citations=(_citation(parent, phrases),),
    )


def _metadata(parent: Facts, region: str, concepts: Concepts, phrases: Words) -> Iterator[MetadataRow]:
    place = concepts.regions[region]
    found = re.search(phrases["subject-frame"], parent.value("title"))
    subject = found[1] if found else parent.value("title")
    title = phrases["title"].format(region=place.name, subject=subject)
    slug = document_slug("", title, region, "")
    values = (
        ("title", title, ""),
        ("issuer", phrases["issuer"].format(region=place.name), f"{region}/government"),
        ("region", place.name, region),
        ("level", place.level, place.level),
        ("document_id", slug, slug),
        ("review_status", Status.EXTRACTED, ""),
    )
    for name, value, identifier in values:
        yield MetadataRow(DOC, name, value, identifier, _evidence(_FRAME))


def _structure(actions: Sequence[StructureRow], sections: dict[str, str], phrases: Words) -> Iterator[StructureRow]:
    yield StructureRow(DOC, phrases["tasks-section"], phrases["tasks-heading"], SectionKind.PART, "", _evidence(_FRAME))
    for row in actions:
        heading = phrases["action"].format(action=_name(row, phrases))
        note = f"{row.doc} {row.section} {row.heading}"
        yield StructureRow(DOC, sections[row.section], heading, SectionKind.ACTION, row.action_type, _evidence(note))
    yield StructureRow(
        DOC, phrases["closing-section"], phrases["closing-heading"], SectionKind.PART, "", _evidence(_FRAME)
    )


def _name(row: StructureRow, phrases: Words) -> str:
    """Return the name of an action without the verb that opens its heading."""
    return row.heading.removeprefix(phrases["action"].format(action=""))


def _responsibilities(row: StructureRow, section: str, learnt: Habits) -> list[ResponsibilityRow]:
    named = [(Role.LEAD, each) for each in learnt.leads.get(row.action_type, ())]
    supports = learnt.supports.get(row.action_type, ())
    named += [(Role.SUPPORT if named else Role.RESPONSIBLE, each) for each in supports]
    return [_responsibility(row, section, order, part) for order, part in enumerate(named, start=1)]


def _responsibility(row: StructureRow, section: str, order: int, part: tuple[Role, Likely]) -> ResponsibilityRow:
    role, likely = part
    note = message(_LIKELY_ROLES[role], plans=likely.plans, of=likely.of)
    action = _name(row, words())
    evidence = _evidence(note)
    return ResponsibilityRow(DOC, section, action, 1, order, role, likely.name, likely.name, likely.agency_id, evidence)


def _clause(row: StructureRow, section: str, named: Sequence[ResponsibilityRow], phrases: Words) -> ClauseRow:
    leads = [each.agency for each in named if each.role == Role.LEAD]
    supports = [each.agency for each in named if each.role != Role.LEAD]
    quote = clause_of(leads, supports, phrases)
    return ClauseRow(
        DOC, section, _name(row, phrases), 1, "no", Parsed.YES if named else Parsed.NO, quote, _evidence(_FRAME)
    )


def clause_of(leads: Sequence[str], supports: Sequence[str], phrases: Words) -> str:
    """Return the clause that says who leads and who supports."""
    form = (
        "clause" if leads and supports else "clause-lead" if leads else "clause-support" if supports else "clause-empty"
    )
    joint = phrases["joint"]
    return phrases[form].format(leads=joint.join(leads), supports=joint.join(supports))


def _target(wanted: Demand, actions: Sequence[StructureRow], sections: dict[str, str], phrases: Words) -> TargetRow:
    """Return a target to meet in the action it belongs to; one of no action stands at the head of the tasks."""
    home = next((row for row in actions if row.action_type and row.action_type == wanted.action), None)
    home = home or next(
        (row for row in actions if row.doc == wanted.row.doc and row.section == wanted.row.section), None
    )
    row = wanted.row
    stated = " ".join((row.section, row.op, f"{row.value}{row.unit}"))
    note = message("template.to-meet", source=wanted.source, stated=stated, status=row.evidence.status)
    return TargetRow(
        doc=DOC,
        section=sections[home.section] if home else phrases["tasks-section"],
        action=_name(home, phrases) if home else "",
        indicator=row.indicator,
        year=row.year,
        op=row.op,
        value=row.value,
        unit=row.unit,
        baseline=row.baseline,
        kind=row.kind,
        quote=demand(row, phrases),
        indicator_id=row.indicator_id,
        evidence=_evidence(note),
    )


def demand(row: TargetRow, phrases: Words) -> str:
    """Return what a target asks for, in words: the indicator and the value to meet, or the trend as printed."""
    if row.op == Op.WORDS:
        return row.quote if row.indicator in row.quote else row.indicator + row.quote
    yearly = row.unit == phrases["yearly"] and row.op in CHANGES
    form = phrases[f"yearly-{row.op}" if yearly else row.op]
    return row.indicator + form.format(value=row.value, unit=row.unit)


def _citation(parent: Facts, phrases: Words) -> CitationRow:
    number, title = parent.value("number"), parent.value("title")
    quote = phrases["basis" if number else "basis-unnumbered"].format(title=title, number=number)
    return CitationRow(DOC, title, number, Relation.BASIS, quote, parent.value("document_id"), _evidence(_FRAME))


def _evidence(note: Note) -> Evidence:
    return Evidence(None, None, Status.UNCHECKED, _LIKELY, note=note)


def _order(section: str) -> int:
    found = re.search(r"\d+", section)
    return int(found[0]) if found else 0
