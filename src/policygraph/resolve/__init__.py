"""Resolve names to concepts: ``resolve(findings, concepts) -> Facts``. Every decision has a score and a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from policygraph.concepts import Concepts
from policygraph.divisions import COUNTRY, level_of
from policygraph.messages import message
from policygraph.model import (
    CitationRow,
    Evidence,
    Facts,
    Findings,
    MetadataRow,
    RegionRow,
    ResponsibilityRow,
    StructureRow,
    TargetRow,
)
from policygraph.resolve.agencies import resolve_agency
from policygraph.resolve.bodies import resolve_bodies
from policygraph.resolve.contradictions import LED, other_leads
from policygraph.resolve.document_region import level_of_words, place_of, year_of
from policygraph.resolve.documents import resolve_document, title_keys
from policygraph.resolve.elsewhere import elsewhere, places_of_bodies, which_region
from policygraph.resolve.groups import groups_as_actions
from policygraph.resolve.indicators import resolve_action, resolve_indicator
from policygraph.resolve.links import by_title, led, link, linked, open_keys
from policygraph.resolve.match import Match, matched
from policygraph.resolve.proofs import (
    former_places,
    in_place,
    misspelt,
    slips_of_targets,
    words_of_level,
    wrong_addressee,
    wrong_prefix,
)
from policygraph.resolve.regions import full_name
from policygraph.rulings import WHOLE, standing
from policygraph.slugs import document_slug
from policygraph.terms import SectionKind

__all__ = ["by_title", "led", "link", "linked", "open_keys", "renamed", "resolve", "title_keys"]

_CALLED = 0.6  # of a level or a region that only the words of the text tell
_NAMES = {
    "structure": ("heading",),
    "responsibilities": ("agency",),
    "targets": ("indicator",),
    "citations": ("title", "number"),
    "regions": ("region",),
}
_IDENTIFIERS = {
    "structure": "action_type",
    "responsibilities": "agency_id",
    "targets": "indicator_id",
    "citations": "document_id",
    "regions": "region_id",
}
_JOINED = "、"  # between bodies that issue a document together


def resolve(findings: Findings, concepts: Concepts) -> Facts:
    """Return the facts of a document: region, agencies, indicators, actions and documents have identifiers."""
    place = place_of(findings, concepts)
    structure = groups_as_actions(tuple(_action(row, concepts) for row in findings.structure), concepts)
    actions = {row.section: row.action_type for row in structure}
    bodies = resolve_bodies(findings.bodies, place.id, concepts)
    targets = tuple(_indicator(row, actions.get(row.section, ""), concepts) for row in findings.targets)
    sure = place.id if place.score > _CALLED else ""  # from a guess nothing is elsewhere
    duties = tuple(_agency(row, place.id, concepts) for row in findings.responsibilities)
    named = [
        *misspelt(duties, concepts),
        *slips_of_targets(targets, sure, concepts),
        *former_places(findings.regions, sure, year_of(findings), concepts),
        *wrong_addressee(findings, sure, concepts),
        *wrong_prefix(duties, sure, concepts),
        *other_leads(findings.slips, structure, duties),
    ]
    places = places_of_bodies(duties, sure, year_of(findings), concepts)
    told = (row for row in findings.slips if row.evidence.rule != LED)
    return Facts(
        doc=findings.doc,
        metadata=_metadata(findings, place, concepts),
        structure=structure,
        clauses=findings.clauses,
        responsibilities=duties,
        targets=targets,
        citations=tuple(_document(row, place.id, concepts) for row in findings.citations),
        bodies=bodies,
        schedule=findings.schedule,
        numbers=findings.numbers,
        slips=in_place(words_of_level(told, sure, concepts), named),
        regions=elsewhere(sorted((*findings.regions, *places), key=_place), bodies, sure, year_of(findings), concepts),
    )


def _place(row: RegionRow) -> int:
    return row.evidence.start or 0


def renamed(facts: Facts, concepts: Concepts) -> Facts:
    """Return facts in which what a person named, or named otherwise, has the identifier of that name.

    An identifier that a person wrote himself stays.
    """
    place = facts.resolved("region")
    actions = {row.section: row.action_type for row in facts.structure}
    resolvers: dict[str, Callable[[Any], Any]] = {
        "structure": lambda row: _action(row, concepts),
        "responsibilities": lambda row: _agency(row, place, concepts),
        "targets": lambda row: _indicator(row, actions.get(row.section, ""), concepts),
        "citations": lambda row: _document(row, place, concepts),
        "regions": lambda row: which_region(row, place, year_of(facts), concepts),
    }
    ruled = [(each, row) for each, row in standing(facts.decisions, facts) if row and each.table in resolvers]
    kept = {id(row) for each, row in ruled if each.column == _IDENTIFIERS[each.table]}
    kept |= {id(row) for each, row in ruled if each.column == WHOLE and getattr(row, _IDENTIFIERS[each.table])}
    fresh: dict[int, Any] = {}
    for each, row in ruled:
        if each.column in (*_NAMES[each.table], WHOLE) and id(row) not in kept:
            found, known = resolvers[each.table](row), _IDENTIFIERS[each.table]
            fresh[id(row)] = found if getattr(found, known) != getattr(row, known) else row
    tables: dict[str, Any] = {
        table: tuple(fresh.get(id(row), row) for row in getattr(facts, table)) for table in resolvers
    }
    return replace(facts, **tables)


def _metadata(findings: Findings, place: Match, concepts: Concepts) -> tuple[MetadataRow, ...]:
    found = {
        "region": (full_name(place.id, concepts) or _country(place.id, concepts), place),
        "level": _level(findings, place, concepts),
        "issuer": (findings.value("issuer"), _issuer(findings, place, concepts)),
    }
    rows = [_completed(row, *found[row.field]) if row.field in found else row for row in findings.metadata]
    return (*rows, _slug(findings, place))


def _level(findings: Findings, place: Match, concepts: Concepts) -> tuple[str, Match]:
    """Return the level of a document and how sure it is: that of its region, else as the text calls its own (我省)."""
    if place.id:
        level = level_of(place.id)
        return level, replace(place, id=level)
    level = level_of_words(findings, concepts)
    return level, Match(level, _CALLED, message("resolve.level-in-text")) if level else replace(place, id="")


def _completed(row: MetadataRow, value: str, match: Match | None) -> MetadataRow:
    if match is None:
        return replace(row, value=value)
    return replace(row, value=value, id=match.id, evidence=matched(row.evidence, match))


def _slug(findings: Findings, place: Match) -> MetadataRow:
    """Return the identifier of the document: as sure as the number that it is made of, else as title and place."""
    number, title = findings.value("number"), findings.value("title")
    slug = document_slug(number, title or findings.doc, place.id, findings.value("date_issued"))
    field = "number" if number else "title"
    read = min((row.evidence.confidence for row in findings.metadata if row.field == field), default=Decimal(0))
    proof = Evidence(confidence=read, rule=f"made-of-{field}")
    return MetadataRow(findings.doc, "document_id", slug, slug, proof if number else matched(proof, place))


def _country(code: str, concepts: Concepts) -> str:
    return concepts.regions[COUNTRY].name if code == COUNTRY else ""


def _issuer(findings: Findings, place: Match, concepts: Concepts) -> Match | None:
    """Return the agency that issues; none for several in one cell, whose names together are no agency's."""
    issuer = findings.value("issuer")
    return resolve_agency(issuer, place.id, concepts).match if issuer and _JOINED not in issuer else None


def _action(row: StructureRow, concepts: Concepts) -> StructureRow:
    if row.kind != SectionKind.ACTION:
        return row
    match = resolve_action(row.heading, concepts)
    return replace(row, action_type=match.id, evidence=matched(row.evidence, match)) if match.id else row


def _agency(row: ResponsibilityRow, region: str, concepts: Concepts) -> ResponsibilityRow:
    match = resolve_agency(row.agency, region, concepts).match
    return replace(row, agency_id=match.id, evidence=matched(row.evidence, match))


def _indicator(row: TargetRow, action: str, concepts: Concepts) -> TargetRow:
    match = resolve_indicator(row.indicator, concepts, action)
    return replace(row, indicator_id=match.id, evidence=matched(row.evidence, match))


def _document(row: CitationRow, region: str, concepts: Concepts) -> CitationRow:
    match = resolve_document(row.title, row.number, region, concepts)
    return replace(row, document_id=match.id, evidence=matched(row.evidence, match))
