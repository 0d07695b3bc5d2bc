"""Resolve names to concepts: ``resolve(findings, concepts) -> Facts``. Every decision has a score and a reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from policygraph.concepts import Concepts
from policygraph.divisions import COUNTRY, level_of
from policygraph.messages import noted
from policygraph.model import (
    CitationRow,
    Evidence,
    Facts,
    Findings,
    MetadataRow,
    ResponsibilityRow,
    StructureRow,
    TargetRow,
)
from policygraph.resolve.agencies import resolve_agency
from policygraph.resolve.bodies import resolve_bodies
from policygraph.resolve.document_region import place_of
from policygraph.resolve.documents import resolve_document
from policygraph.resolve.indicators import resolve_action, resolve_indicator
from policygraph.resolve.match import Match
from policygraph.resolve.regions import full_name
from policygraph.slugs import document_slug
from policygraph.terms import SectionKind

__all__ = ["resolve"]

_JOINED = "、"  # between bodies that issue a document together
_DOUBTFUL = 0.9  # a score below lowers the confidence and is said in the note


def resolve(findings: Findings, concepts: Concepts) -> Facts:
    """Return the facts of a document: region, agencies, indicators, actions and documents have identifiers."""
    place = place_of(findings, concepts)
    structure = tuple(_action(row, concepts) for row in findings.structure)
    actions = {row.section: row.action_type for row in structure}
    return Facts(
        doc=findings.doc,
        metadata=_metadata(findings, place, concepts),
        structure=structure,
        clauses=findings.clauses,
        responsibilities=tuple(_agency(row, place.id, concepts) for row in findings.responsibilities),
        targets=tuple(_indicator(row, actions.get(row.section, ""), concepts) for row in findings.targets),
        citations=tuple(_document(row, place.id, concepts) for row in findings.citations),
        bodies=resolve_bodies(findings.bodies, place.id, concepts),
        schedule=findings.schedule,
        numbers=findings.numbers,
    )


def _metadata(findings: Findings, place: Match, concepts: Concepts) -> tuple[MetadataRow, ...]:
    level = level_of(place.id) if place.id else ""
    found = {
        "region": (full_name(place.id, concepts) or _country(place.id, concepts), place.id, place),
        "level": (level, level, place),
        "issuer": (findings.value("issuer"), _issuer(findings, place, concepts), None),
    }
    rows = [_completed(row, *found[row.field]) if row.field in found else row for row in findings.metadata]
    slug = document_slug(
        findings.value("number"), findings.value("title") or findings.doc, place.id, findings.value("date_issued")
    )
    return (*rows, MetadataRow(findings.doc, "document_id", slug, slug, Evidence(confidence=Decimal("0.97"))))


def _completed(row: MetadataRow, value: str, identifier: str, match: Match | None) -> MetadataRow:
    proof = judged(row.evidence, match, 0.0) if match else row.evidence
    return replace(row, value=value, id=identifier, evidence=proof)


def _country(code: str, concepts: Concepts) -> str:
    return concepts.regions[COUNTRY].name if code == COUNTRY else ""


def _issuer(findings: Findings, place: Match, concepts: Concepts) -> str:
    """Return the agency that issues; none for several in one cell, whose names together are no agency's."""
    issuer = findings.value("issuer")
    return resolve_agency(issuer, place.id, concepts).agency_id if issuer and _JOINED not in issuer else ""


def _action(row: StructureRow, concepts: Concepts) -> StructureRow:
    if row.kind != SectionKind.ACTION:
        return row
    match = resolve_action(row.heading, concepts)
    return replace(row, action_type=match.id)


def _agency(row: ResponsibilityRow, region: str, concepts: Concepts) -> ResponsibilityRow:
    match = resolve_agency(row.agency, region, concepts)
    shown = Match(match.agency_id, match.score, match.reason)
    return replace(row, agency_id=match.agency_id, evidence=judged(row.evidence, shown))


def _indicator(row: TargetRow, action: str, concepts: Concepts) -> TargetRow:
    match = resolve_indicator(row.indicator, concepts, action)
    return replace(row, indicator_id=match.id, evidence=judged(row.evidence, match))


def _document(row: CitationRow, region: str, concepts: Concepts) -> CitationRow:
    return replace(row, document_id=resolve_document(row.title, row.number, region, concepts).id)


def judged(evidence: Evidence, match: Match, floor: float = 0.7) -> Evidence:
    """Return the evidence with the resolver's doubt: a lower confidence, and the reason where it is low.

    A name that no table knows can still be the right name: doubt about it goes down to ``floor`` only.
    """
    if match.score >= _DOUBTFUL:
        return evidence
    note = noted(evidence.note, match.reason)
    doubt = Decimal(str(round(max(match.score, floor), 2)))
    return replace(evidence, confidence=min(evidence.confidence, doubt), note=note)
