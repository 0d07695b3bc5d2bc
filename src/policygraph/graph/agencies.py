"""Gather the bodies that documents name: one node in one jurisdiction, under whatever names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import DCTERMS, SKOS, URIRef

from policygraph import vocab
from policygraph.concepts import AgencyType, Concepts, agency_type_of
from policygraph.graph import iris, statements
from policygraph.graph.regions import above
from policygraph.graph.writer import Writer
from policygraph.model import Facts
from policygraph.terms import BodyRelation
from policygraph.vocab import PG

_NO_COUNTERPART = frozenset({"generic", "territorial", "enterprise"})  # kinds that stand in no line of command


@dataclass(frozen=True, slots=True)
class Bodies:
    """Every body met, with its names, and which of them are coordinating bodies."""

    names: dict[str, set[str]]
    coordinating: frozenset[str]


def gather(documents: Iterable[Facts], concepts: Concepts) -> Bodies:
    """Collect the agency identifiers of all documents with the names they are given."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    coordinating: set[str] = set()
    for facts in documents:
        for agency_id, name in _mentions(facts):
            named[agency_id].add(name)
        for row in facts.bodies:
            body = statements.body_id(row, facts, concepts)
            named[body].add(row.body)
            coordinating.add(body)
            if row.relation == BodyRelation.SUBORDINATE_OF and "/" in row.party_id:
                coordinating.add(row.party_id)
    return Bodies({key: {name for name in names if name} for key, names in named.items()}, frozenset(coordinating))


def agencies(writer: Writer, bodies: Bodies, concepts: Concepts) -> None:
    """Write every body, its kind, its counterpart above, and what it took the place of."""
    for agency_id in bodies.names:
        _agency(writer, agency_id, bodies, concepts)
    for reform in (each for each in concepts.reforms if each.replaced):
        for after in _of_type(reform.after, bodies):
            before = f"{after.partition('/')[0]}/{reform.before}"
            if before in bodies.names:
                writer.add(iris.agency(after), (PG.succeeds, iris.agency(before)))


def _agency(writer: Writer, agency_id: str, bodies: Bodies, concepts: Concepts) -> None:
    node = iris.agency(agency_id)
    region = agency_id.partition("/")[0]
    kind = agency_type_of(agency_id, concepts)
    writer.typed(node, PG.Agency)
    if agency_id in bodies.coordinating:
        writer.typed(node, PG.CoordinatingBody)
    _names(writer, node, bodies.names[agency_id], kind)
    above_it = _counterpart(agency_id, kind, bodies, concepts)
    writer.add(
        node,
        (DCTERMS.identifier, vocab.code(agency_id)),
        (PG.inRegion, iris.region(region)),
        (PG.counterpartOf, iris.agency(above_it) if above_it else None),
    )
    if kind:
        writer.add(node, (PG.agencyType, iris.concept("agency-type", kind.id)))
        writer.add(node, (PG.agencyKind, vocab.code(kind.kind)))
        writer.add(node, *((PG.hasFunction, iris.concept("function", name)) for name in kind.functions))


def _names(writer: Writer, node: URIRef, names: set[str], kind: AgencyType | None) -> None:
    """Label a body with the fullest name met; the others are alternatives."""
    fullest = max(names, key=lambda name: (len(name), name), default=kind.zh if kind else "")
    writer.label(node, fullest)
    writer.add(node, *((SKOS.altLabel, vocab.text(name)) for name in names if name != fullest))


def _counterpart(agency_id: str, kind: AgencyType | None, bodies: Bodies, concepts: Concepts) -> str:
    """Return the body of the same type in the nearest region above that has one among those met."""
    region, _, type_id = agency_id.partition("/")
    if kind is None or kind.kind in _NO_COUNTERPART or "--" in type_id:
        return ""
    candidates = (f"{code}/{type_id}" for code in above(region, concepts))
    return next((found for found in candidates if found in bodies.names), "")


def _of_type(type_id: str, bodies: Bodies) -> list[str]:
    return [agency_id for agency_id in bodies.names if agency_id.partition("/")[2].partition("--")[0] == type_id]


def _mentions(facts: Facts) -> Iterator[tuple[str, str]]:
    region = facts.resolved("region")
    for row in facts.responsibilities:
        yield row.agency_id or iris.agency_id(row.agency, region), row.agency or row.surface
    if facts.resolved("issuer"):
        yield facts.resolved("issuer"), facts.value("issuer")
    for body in facts.bodies:
        if "/" in body.party_id:
            yield body.party_id, body.party
        yield from ((agency, "") for _, agency in statements.posts(body) if agency)  # named by its kind
