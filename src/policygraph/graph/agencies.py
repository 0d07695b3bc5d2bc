"""Gather the bodies that documents name: one node in one jurisdiction, under whatever names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import DCTERMS, SKOS, URIRef

from policygraph import vocab
from policygraph.concepts import Concepts, agency_type_of
from policygraph.graph import iris
from policygraph.graph.counterparts import Counterparts, counterparts
from policygraph.graph.mentions import Mentions
from policygraph.graph.names import placed
from policygraph.graph.writer import Writer
from policygraph.vocab import PG


@dataclass(frozen=True, slots=True)
class Bodies:
    """Every body met, with its names, and which of them are coordinating bodies."""

    names: dict[str, set[str]]  # empty for one that no document names: a counterpart above those that are named
    above: Counterparts
    coordinating: frozenset[str]


def gather(documents: Iterable[Mentions], concepts: Concepts) -> Bodies:
    """Collect the agency identifiers of all documents with the names they are given."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    coordinating: set[str] = set()
    for each in documents:
        coordinating.update(each.coordinating)
        for agency_id, name in each.bodies:
            named[agency_id].add(name)
    found = {key: {name for name in names if name} for key, names in named.items()}
    uppers = counterparts(found, concepts)
    return Bodies(found | {body: set() for body in uppers if body not in found}, uppers, frozenset(coordinating))


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
    _names(writer, node, agency_id, bodies.names[agency_id], concepts)
    writer.add(
        node,
        (DCTERMS.identifier, vocab.code(agency_id)),
        (PG.inRegion, iris.region(region)),
        *((PG.counterpartOf, iris.agency(upper)) for upper in bodies.above.get(agency_id, ())),
    )
    if kind:
        writer.add(node, (PG.agencyType, iris.concept("agency-type", kind.id)))
        writer.add(node, (PG.agencyKind, vocab.code(kind.kind)))
        writer.add(node, *((PG.hasFunction, iris.concept("function", name)) for name in kind.functions))


def _names(writer: Writer, node: URIRef, agency_id: str, names: set[str], concepts: Concepts) -> None:
    """Label a body with its place and full name; the names that documents give it are alternatives."""
    region = concepts.regions.get(agency_id.partition("/")[0])
    label = placed(names, region, agency_type_of(agency_id, concepts), concepts)
    writer.label(node, label)
    writer.add(node, (SKOS.prefLabel, vocab.text(label)))
    writer.add(node, *((SKOS.altLabel, vocab.text(name)) for name in names if name != label))


def _of_type(type_id: str, bodies: Bodies) -> list[str]:
    return [agency_id for agency_id in bodies.names if agency_id.partition("/")[2].partition("--")[0] == type_id]
