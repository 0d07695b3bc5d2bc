"""Infer the instance triples of OWL 2 RL that a user would ask for.

owlrl closes the ontology once; the rules for instances are read off that closure and run to a fixpoint here. A test
proves that the result equals owlrl on the whole graph. Kept are types in the ontology's classes and statements
of its properties; what owlrl adds beside them (owl:Thing, reflexive owl:sameAs, types of literals) answers no question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import owlrl
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import BNode, Identifier, Node

from policygraph import quads as text
from policygraph.vocab import INFERRED_GRAPH, Quad

Triple = tuple[Node, Node, Node]
Lookup = Mapping[Node, frozenset[Node]]
Chain = tuple[tuple[Node, ...], Node]

_OUTSIDE = tuple(map(str, (OWL, RDF, RDFS, "http://www.w3.org/2001/XMLSchema#")))


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for instances that a closed ontology amounts to."""

    classes: Lookup  # class -> classes above it
    properties: Lookup  # property -> properties above it
    inverses: Lookup  # property -> its inverses; a symmetric one is its own
    domains: Lookup
    ranges: Lookup
    transitive: frozenset[Node]
    chains: tuple[Chain, ...]
    disjoint: frozenset[tuple[Node, Node]]  # pairs of classes, both ways round
    stated: frozenset[Triple]  # the ontology itself
    terms: frozenset[Node]  # its classes and properties


def infer(quads: Iterable[Quad], ontology: Graph | Rules) -> tuple[Quad, ...]:
    """Return what follows from the quads under the ontology and is not stated, sorted, in ``graph/inferred``.

    A rdflib graph is closed first (about a second); pass the result of :func:`rules` to close it once for many calls.
    """
    known = ontology if isinstance(ontology, Rules) else rules(ontology)
    stated = {(s, p, o) for s, p, o, _ in quads}
    derived = _Closure(known).close(stated | known.stated) - stated - known.stated
    return text.ordered(_kept(derived, known))


def clashes(quads: Iterable[Quad], ontology: Graph | Rules) -> tuple[tuple[URIRef, URIRef, URIRef], ...]:
    """Return each thing that is, by statement or inference, in two disjoint classes: thing, class, class; sorted."""
    known = ontology if isinstance(ontology, Rules) else rules(ontology)
    kinds: defaultdict[Node, set[Node]] = defaultdict(set)
    for s, p, o in _Closure(known).close({(s, p, o) for s, p, o, _ in quads}):
        if p == RDF.type:
            kinds[s].add(o)
    pairs = ((thing, a, b) for thing, found in kinds.items() for a, b in combinations(sorted(found, key=str), 2))
    found = ((URIRef(str(t)), URIRef(str(a)), URIRef(str(b))) for t, a, b in pairs if (a, b) in known.disjoint)
    return tuple(sorted(found))


def rules(ontology: Graph) -> Rules:
    """Close the ontology with owlrl and read the rules for instances off it."""
    closed = Graph()
    for triple in ontology:
        closed.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    return Rules(
        classes=_lookup(closed, RDFS.subClassOf),
        properties=_lookup(closed, RDFS.subPropertyOf),
        inverses=_inverses(closed),
        domains=_lookup(closed, RDFS.domain),
        ranges=_lookup(closed, RDFS.range),
        transitive=frozenset(closed.subjects(RDF.type, OWL.TransitiveProperty)),
        chains=tuple(_chains(ontology)),
        disjoint=frozenset(_disjoint(ontology)),
        stated=frozenset(ontology),
        terms=frozenset(_terms(ontology)),
    )


class _Closure:
    """Run the rules over triples until nothing new comes out; each triple is looked at once."""

    def __init__(self, known: Rules) -> None:
        self._known = known
        self._places: defaultdict[Node, list[tuple[Chain, int]]] = defaultdict(list)
        for chain in known.chains:
            for place, term in enumerate(chain[0]):
                self._places[term].append((chain, place))
        self._joined = set(known.transitive) | set(self._places)
        self._objects: defaultdict[tuple[Node, Node], set[Node]] = defaultdict(set)
        self._subjects: defaultdict[tuple[Node, Node], set[Node]] = defaultdict(set)

    def close(self, stated: set[Triple] | frozenset[Triple]) -> set[Triple]:
        """Return the triples with all that follows from them."""
        found = set(stated)
        waiting = list(found)
        for triple in waiting:
            self._index(triple)
        while waiting:
            triple = waiting.pop()
            for fresh in self._follow(triple):
                if fresh not in found:
                    found.add(fresh)
                    self._index(fresh)
                    waiting.append(fresh)
        return found

    def _index(self, triple: Triple) -> None:
        s, p, o = triple
        if p in self._joined:
            self._objects[p, s].add(o)
            self._subjects[p, o].add(s)

    def _follow(self, triple: Triple) -> Iterator[Triple]:
        s, p, o = triple
        known = self._known
        if p == RDF.type:
            yield from ((s, p, kind) for kind in known.classes.get(o, ()))
            return
        yield from ((s, above, o) for above in known.properties.get(p, ()))
        yield from ((s, RDF.type, kind) for kind in known.domains.get(p, ()))
        if not isinstance(o, Literal):
            yield from ((o, RDF.type, kind) for kind in known.ranges.get(p, ()))
            yield from ((o, other, s) for other in known.inverses.get(p, ()))
        if p in known.transitive:
            yield from [(s, p, end) for end in self._objects[p, o]]
            yield from [(start, p, o) for start in self._subjects[p, s]]
        for chain, place in self._places.get(p, ()):
            yield from self._chained(chain, place, s, o)

    def _chained(self, chain: Chain, place: int, s: Node, o: Node) -> list[Triple]:
        """Walk from a link of a chain to both its ends."""
        links, result = chain
        starts, ends = {s}, {o}
        for term in reversed(links[:place]):
            starts = {before for node in starts for before in self._subjects[term, node]}
        for term in links[place + 1 :]:
            ends = {after for node in ends for after in self._objects[term, node]}
        return [(start, result, end) for start in starts for end in ends]


def _kept(derived: Iterable[Triple], known: Rules) -> Iterator[Quad]:
    for s, p, o in derived:
        if isinstance(s, URIRef) and s not in known.terms and isinstance(p, URIRef) and isinstance(o, Identifier):
            yield s, p, o, INFERRED_GRAPH


def _lookup(closed: Graph, relation: URIRef) -> Lookup:
    """Return a relation between named terms, without itself and without the terms of OWL and RDFS."""
    found: defaultdict[Node, set[Node]] = defaultdict(set)
    for below, above in closed.subject_objects(relation):
        if below != above and not _outside(below) and not _outside(above):
            found[below].add(above)
    return {below: frozenset(above) for below, above in found.items()}


def _outside(node: Node) -> bool:
    return isinstance(node, BNode | Literal) or str(node).startswith(_OUTSIDE)


def _inverses(closed: Graph) -> Lookup:
    found: defaultdict[Node, set[Node]] = defaultdict(set)
    for one, other in closed.subject_objects(OWL.inverseOf):
        found[one].add(other)
        found[other].add(one)
    for term in closed.subjects(RDF.type, OWL.SymmetricProperty):
        found[term].add(term)
    return {one: frozenset(others) for one, others in found.items()}


def _chains(ontology: Graph) -> Iterator[Chain]:
    for result, links in ontology.subject_objects(OWL.propertyChainAxiom):
        yield tuple(Collection(ontology, links)), result


def _disjoint(ontology: Graph) -> Iterator[tuple[Node, Node]]:
    pairs = set(ontology.subject_objects(OWL.disjointWith))
    for axiom in ontology.subjects(RDF.type, OWL.AllDisjointClasses):
        for members in ontology.objects(axiom, OWL.members):
            pairs |= set(combinations(Collection(ontology, members), 2))
    for one, other in pairs:
        yield one, other
        yield other, one


def _terms(ontology: Graph) -> Iterator[Node]:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.Ontology, RDFS.Class, RDF.Property):
        yield from ontology.subjects(RDF.type, kind)
