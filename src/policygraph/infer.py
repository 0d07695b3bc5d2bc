"""Infer the instance triples of OWL 2 RL that a user would ask for.

owlrl closes the ontology, and the rules for instances are read off that closure (``relations``; it ships, since it
takes a second). They run to a fixpoint here: over all quads at once (``infer``), or for one document on top of what
stands around it (``Ground``). Tests prove that both equal owlrl on the whole graph. Kept are types in the
ontology's classes and statements of its properties; what owlrl adds beside them (owl:Thing, reflexive owl:sameAs, types
of literals) answers no question. Terms are text, as N-Quads writes them: rdflib's take five times as long to compare.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection as Members
from rdflib.term import Node

from policygraph import quads as text
from policygraph.quads import Triple
from policygraph.vocab import ALIGNED_GRAPH, INFERRED_GRAPH, PG, Quad, thing

Lookup = Mapping[str, frozenset[str]]
Chain = tuple[tuple[str, ...], str]
Places = Mapping[str, list[tuple[Chain, int]]]  # where each property stands in chains
Relation = tuple[str, str, str]  # one of the words below, and the two terms between which it holds

_TYPE = text.term(RDF.type)
_NONE: frozenset[str] = frozenset()
_OURS = f"<{PG}"
_DOCUMENT = text.term(thing("document", ""))[:-1]
_OUTSIDE = tuple(map(str, (OWL, RDF, RDFS, "http://www.w3.org/2001/XMLSchema#")))
_READ = {"class": RDFS.subClassOf, "property": RDFS.subPropertyOf, "domain": RDFS.domain, "range": RDFS.range}


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for instances that a closed ontology amounts to."""

    classes: Lookup  # class -> classes above it
    properties: Lookup  # property -> properties above it
    inverses: Lookup  # property -> its inverses; a symmetric one is its own
    domains: Lookup
    ranges: Lookup
    transitive: frozenset[str]
    chains: tuple[Chain, ...]
    disjoint: frozenset[tuple[str, str]]  # pairs of classes, both ways round
    stated: frozenset[Triple]  # the ontology itself
    terms: frozenset[str]  # its classes and properties
    unwritten: frozenset[str]  # those in which nothing is written that follows (``pg:unwritten``)


def infer(quads: Iterable[Quad], ontology: Graph | Rules) -> tuple[Quad, ...]:
    """Return what follows from the quads under the ontology and is not stated, sorted, in ``graph/inferred``.

    A rdflib graph is closed first (about a second); pass the result of :func:`rules` to close it once for many calls.
    """
    known = ontology if isinstance(ontology, Rules) else rules(ontology)
    quads = tuple(quads)
    nodes = {text.term(node): node for quad in quads for node in quad[:3]}
    found = Ground(known).following(text.triples(quads))
    return text.ordered((_node(s, nodes), _node(p, nodes), _node(o, nodes), INFERRED_GRAPH) for s, p, o in found)  # type: ignore[misc]


def written(derived: Iterable[Triple], known: Rules) -> set[Triple]:
    """Return of what follows what is kept in a store: other statements say the rest (``pg:unwritten``)."""
    return {(s, p, o) for s, p, o in derived if (o if p == _TYPE else p) not in known.unwritten}


def links(triples: Iterable[Triple], known: Rules) -> set[Triple]:
    """Return the links of transitive properties: a chain of them may run through any number of documents."""
    feeding = known.transitive | {p for p, above in known.properties.items() if above & known.transitive}
    feeding |= {other for p in feeding for other in known.inverses.get(p, ())}
    return {triple for triple in triples if triple[1] in feeding}


def alignments(ontology: Graph) -> Lookup:
    """Return the terms of other vocabularies (ORG, ELI, PROV, SKOS, DCTERMS) that stand above each of ours."""
    above: defaultdict[str, set[str]] = defaultdict(set)
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf):
        for ours, theirs in ontology.subject_objects(relation):
            if text.term(ours).startswith(_OURS) and not text.term(theirs).startswith(_OURS):
                above[text.term(ours)].add(text.term(theirs))
    return {ours: frozenset(theirs) for ours, theirs in above.items()}


def said_otherwise(triples: Collection[Triple], above: Lookup) -> set[Triple]:
    """Return what triples say in the terms of other vocabularies, and do not say themselves."""
    said = {(s, term, o) for s, p, o in triples for term in above.get(p, ())}
    said |= {(s, p, kind) for s, p, o in triples if p == _TYPE for kind in above.get(o, ())}
    return said.difference(triples)


def said_of_things(triples: Iterable[Triple], above: Lookup) -> set[Triple]:
    """Return the same of documents, bodies and places; of the parts of a document, which are many, it is not kept."""
    return said_otherwise([each for each in triples if not (_is_part(each[0]) or _is_part(each[2]))], above)


def _is_part(node: str) -> bool:
    return node.startswith(_DOCUMENT) and "/" in node[len(_DOCUMENT) :]


def aligned(quads: Iterable[Quad], ontology: Graph) -> tuple[Quad, ...]:
    """Return what quads say in the terms of other vocabularies, in ``graph/aligned``, sorted, without what is stated.

    ``quads`` are what is stated and what :func:`infer` found; of the ontology with its alignments only the axioms that
    lead from a term of ours to one of theirs are followed.
    """
    quads = tuple(quads)
    nodes = {text.term(node): node for quad in quads for node in quad[:3]}
    said = said_otherwise(text.triples(quads), alignments(ontology))
    return text.ordered((_node(s, nodes), _node(p, nodes), _node(o, nodes), ALIGNED_GRAPH) for s, p, o in said)  # type: ignore[misc]


def clashes(quads: Iterable[Quad], ontology: Graph | Rules) -> tuple[tuple[URIRef, URIRef, URIRef], ...]:
    """Return each thing that is, by statement or inference, in two disjoint classes: thing, class, class; sorted."""
    known = ontology if isinstance(ontology, Rules) else rules(ontology)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for s, p, o in Ground(known).close(text.triples(quads)):
        if p == _TYPE:
            kinds[s].add(o)
    pairs = ((thing, a, b) for thing, found in kinds.items() for a, b in combinations(sorted(found), 2))
    found = (tuple(URIRef(each[1:-1]) for each in pair) for pair in pairs if pair[1:] in known.disjoint)
    return tuple(sorted(found))  # type: ignore[arg-type]


def rules(ontology: Graph, closed: Iterable[Relation] | None = None) -> Rules:
    """Return the rules for instances of an ontology; ``closed`` are its :func:`relations` where they are known."""
    words = (*_READ, "inverse", "transitive")
    found: dict[str, defaultdict[str, set[str]]] = {word: defaultdict(set) for word in words}
    for word, one, other in relations(ontology) if closed is None else closed:
        found[word][one].add(other)
    tables = {word: {one: frozenset(others) for one, others in table.items()} for word, table in found.items()}
    named = (triple for triple in ontology if not any(isinstance(node, BNode) for node in triple))
    return Rules(
        classes=tables["class"],
        properties=tables["property"],
        inverses=tables["inverse"],
        domains=tables["domain"],
        ranges=tables["range"],
        transitive=frozenset(tables["transitive"]),
        chains=tuple(sorted(_chains(ontology))),
        disjoint=frozenset(_disjoint(ontology)),
        stated=frozenset((text.term(s), text.term(p), text.term(o)) for s, p, o in named),
        terms=frozenset(_terms(ontology)),
        unwritten=frozenset(map(text.term, ontology.subjects(PG.unwritten, Literal(True)))),
    )


def relations(ontology: Graph) -> tuple[Relation, ...]:
    """Close the ontology with owlrl, and return what of it the rules for instances are made of, sorted."""
    import owlrl  # here: who takes the relations that ship needs no reasoner

    closed = Graph()
    for triple in ontology:
        closed.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    found = {(word, *pair) for word, relation in _READ.items() for pair in _pairs(closed, relation)}
    for one, other in closed.subject_objects(OWL.inverseOf):
        found |= {("inverse", text.term(one), text.term(other)), ("inverse", text.term(other), text.term(one))}
    for word, kind in (("inverse", OWL.SymmetricProperty), ("transitive", OWL.TransitiveProperty)):
        found |= {(word, text.term(term), text.term(term)) for term in closed.subjects(RDF.type, kind)}
    return tuple(sorted(found))


class Ground:
    """Triples with all that follows from them by the rules; each is looked at once, until nothing new comes out.

    On top of one ground another stands, which looks only at what is new: on the ontology the concepts that a document
    reaches and what it sees of other documents, and on these the document. Chains of properties must lie within these,
    and so must the links of the documents above it.
    """

    def __init__(self, known: Rules, triples: Iterable[Triple] = (), below: Ground | None = None) -> None:
        self._known = known
        self._below = below
        self._found: set[Triple] = set()
        self._places: Places = below._places if below else _places(known)
        self._joined: frozenset[str] = below._joined if below else known.transitive | self._places.keys()
        self._objects: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._subjects: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self.close(triples if below else known.stated.union(triples))

    def with_more(self, triples: Iterable[Triple]) -> Ground:
        """Return a ground on top of this one."""
        return Ground(self._known, triples, self)

    def following(self, stated: Collection[Triple]) -> set[Triple]:
        """Return what follows from triples and not from what stands below alone, without what is stated."""
        return set(_kept(self.with_more(stated)._found.difference(stated), self._known))

    def close(self, stated: Iterable[Triple]) -> set[Triple]:
        """Add triples; return all of this ground, without what stands below."""
        found, waiting = self._found, []
        for triple in stated:
            if not self._has(triple):
                found.add(triple)
                self._index(triple)
                waiting.append(triple)
        while waiting:
            for fresh in self._follow(waiting.pop()):
                if not self._has(fresh):
                    found.add(fresh)
                    self._index(fresh)
                    waiting.append(fresh)
        return found

    def _has(self, triple: Triple) -> bool:
        return triple in self._found or (self._below is not None and self._below._has(triple))

    def _index(self, triple: Triple) -> None:
        s, p, o = triple
        if p in self._joined:
            self._objects[p, s].add(o)
            self._subjects[p, o].add(s)

    def _ends(self, term: str, node: str) -> set[str] | frozenset[str]:
        """Return what a node leads to by a property."""
        own = self._objects.get((term, node), _NONE)
        return own | self._below._ends(term, node) if self._below else own

    def _starts(self, term: str, node: str) -> set[str] | frozenset[str]:
        """Return what leads to a node by a property."""
        own = self._subjects.get((term, node), _NONE)
        return own | self._below._starts(term, node) if self._below else own

    def _follow(self, triple: Triple) -> Iterator[Triple]:
        s, p, o = triple
        known = self._known
        if p == _TYPE:
            yield from ((s, p, kind) for kind in known.classes.get(o, ()))
            return
        yield from ((s, above, o) for above in known.properties.get(p, ()))
        yield from ((s, _TYPE, kind) for kind in known.domains.get(p, ()))
        if o[0] != '"':
            yield from ((o, _TYPE, kind) for kind in known.ranges.get(p, ()))
            yield from ((o, other, s) for other in known.inverses.get(p, ()))
        if p in self._joined:
            yield from self._joins(s, p, o)

    def _joins(self, s: str, p: str, o: str) -> Iterator[Triple]:
        if p in self._known.transitive:
            yield from [(s, p, end) for end in self._ends(p, o)]
            yield from [(start, p, o) for start in self._starts(p, s)]
        for chain, place in self._places.get(p, ()):
            yield from self._chained(chain, place, s, o)

    def _chained(self, chain: Chain, place: int, s: str, o: str) -> list[Triple]:
        """Walk from a link of a chain to both its ends."""
        links, result = chain
        starts, ends = {s}, {o}
        for term in reversed(links[:place]):
            starts = {before for node in starts for before in self._starts(term, node)}
        for term in links[place + 1 :]:
            ends = {after for node in ends for after in self._ends(term, node)}
        return [(start, result, end) for start in starts for end in ends]


def _places(known: Rules) -> Places:
    """Return where each property stands in chains."""
    found: dict[str, list[tuple[Chain, int]]] = {}
    for chain in known.chains:
        for place, term in enumerate(chain[0]):
            found.setdefault(term, []).append((chain, place))
    return found


def _kept(derived: Iterable[Triple], known: Rules) -> Iterator[Triple]:
    for triple in derived:
        if triple[0][0] == "<" and triple[0] not in known.terms and triple not in known.stated:
            yield triple


def _node(written: str, nodes: Mapping[str, Node]) -> Node:
    """Return a term that stood among the quads, else one of the ontology's."""
    return nodes.get(written) or URIRef(written[1:-1])


def _pairs(closed: Graph, relation: URIRef) -> Iterator[tuple[str, str]]:
    """Yield a relation between named terms, without itself and without the terms of OWL and RDFS."""
    for below, above in closed.subject_objects(relation):
        if below != above and not _outside(below) and not _outside(above):
            yield text.term(below), text.term(above)


def _outside(node: Node) -> bool:
    return not isinstance(node, URIRef) or str(node).startswith(_OUTSIDE)


def _chains(ontology: Graph) -> Iterator[Chain]:
    for result, links in ontology.subject_objects(OWL.propertyChainAxiom):
        yield tuple(map(text.term, Members(ontology, links))), text.term(result)


def _disjoint(ontology: Graph) -> Iterator[tuple[str, str]]:
    pairs = set(ontology.subject_objects(OWL.disjointWith))
    for axiom in ontology.subjects(RDF.type, OWL.AllDisjointClasses):
        for members in ontology.objects(axiom, OWL.members):
            pairs |= set(combinations(Members(ontology, members), 2))
    for one, other in pairs:
        yield text.term(one), text.term(other)
        yield text.term(other), text.term(one)


def _terms(ontology: Graph) -> Iterator[str]:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.Ontology, RDFS.Class, RDF.Property):
        yield from map(text.term, ontology.subjects(RDF.type, kind))
