"""Say what a document names that documents share: bodies, regions, indicators in no table, documents it cites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.concepts import Concepts
from policygraph.graph import iris, statements
from policygraph.graph.nodes import slug
from policygraph.model import Facts
from policygraph.terms import BodyRelation

Cited = tuple[str, str, str]  # identifier, title and number as printed


@dataclass(frozen=True, slots=True)
class Mentions:
    """What one document names; all that the graph of concepts needs to know of it. Sorted, without repeats."""

    document: str  # its slug
    region: str
    bodies: tuple[tuple[str, str], ...]  # agency identifier and a name it is given, empty for one named by its kind
    coordinating: tuple[str, ...]  # those of them that are coordinating bodies
    indicators: tuple[tuple[str, str], ...]  # identifier and name of those that no table has
    cited: tuple[Cited, ...]
    regions: tuple[str, ...]  # of elsewhere, that running text names


def mentions(facts: Facts, concepts: Concepts) -> Mentions:
    """Return what a document names. Raises TableError where the metadata names no document_id."""
    bodies = set(_bodies(facts))
    coordinating: set[str] = set()
    for row in facts.bodies:
        body = statements.body_id(row, facts, concepts)
        bodies.add((body, row.body))
        coordinating.add(body)
        if row.relation == BodyRelation.SUBORDINATE_OF and "/" in row.party_id:
            coordinating.add(row.party_id)
    indicators = ((row.indicator_id or iris.indicator_id(row.indicator), row.indicator) for row in facts.targets)
    cited = {(row.document_id, row.title, row.number) for row in facts.citations if row.document_id}
    return Mentions(
        document=slug(facts),
        region=facts.resolved("region"),
        bodies=tuple(sorted(bodies)),
        coordinating=tuple(sorted(coordinating)),
        indicators=tuple(sorted({each for each in indicators if each[0] not in concepts.indicators})),
        cited=tuple(sorted(cited)),
        regions=tuple(sorted({row.region_id for row in facts.regions if row.region_id})),
    )


def _bodies(facts: Facts) -> Iterator[tuple[str, str]]:
    region = facts.resolved("region")
    for row in facts.responsibilities:
        yield row.agency_id or iris.agency_id(row.agency, region), row.agency or row.surface
    if facts.resolved("issuer"):
        yield facts.resolved("issuer"), facts.value("issuer")
    for body in facts.bodies:
        if "/" in body.party_id:
            yield body.party_id, body.party
        yield from ((agency, "") for _, agency in statements.posts(body) if agency)  # named by its kind
