"""Infer the instance triples of OWL 2 RL that a user would ask for.

owlrl closes the ontology once; the rules for instances are read off that closure and run to a fixpoint here: over
all quads at once (``infer``), or document by document on top of what they share (``infer_many``), if wished in several
processes. Tests prove that both equal owlrl on the whole graph. Kept are types in the ontology's classes and statements
of its properties; what owlrl adds beside them (owl:Thing, reflexive owl:sameAs, types of literals) answers no question.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import combinations

import owlrl
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import BNode, Identifier, Node

from policygraph import quads as text
from policygraph.vocab import ALIGNED_GRAPH, INFERRED_GRAPH, PG, Quad

Triple = tuple[Node, Node, Node]
Lookup = Mapping[Node, frozenset[Node]]
Chain = tuple[tuple[Node, ...], Node]
Written = str | tuple[str, str | None, str | None]  # an IRI or blank node, or a literal with language and datatype
Packed = tuple[list[Written], list[int]]  # terms, and triples as three numbers each

_NONE: set[Node] = set()  # never changed
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


def aligned(quads: Iterable[Quad], ontology: Graph) -> tuple[Quad, ...]:
    """Return what quads say in the terms of other vocabularies (ORG, ELI, PROV, SKOS, DCTERMS), in ``graph/aligned``.

    ``quads`` are what is stated and what :func:`infer` found; of the ontology with its alignments only the axioms that
    lead from a term of ours to one of theirs are followed. Sorted, without what is stated.
    """
    above: defaultdict[Node, set[Node]] = defaultdict(set)
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf):
        for ours, theirs in ontology.subject_objects(relation):
            if ours.startswith(str(PG)) and not theirs.startswith(str(PG)):  # type: ignore[attr-defined]
                above[ours].add(theirs)
    stated = {(s, p, o) for s, p, o, _ in quads}
    said: set[Triple] = {(s, term, o) for s, p, o in stated for term in above.get(p, ())}
    said |= {(s, RDF.type, kind) for s, p, o in stated if p == RDF.type for kind in above.get(o, ())}
    return text.ordered((s, p, o, ALIGNED_GRAPH) for s, p, o in said - stated)  # type: ignore[misc]


def infer_many(
    documents: Sequence[Sequence[Quad]], shared: Iterable[Quad], ontology: Graph | Rules, processes: int = 1
) -> tuple[Quad, ...]:
    """Return the same as ``infer`` on all quads together, one document at a time.

    ``shared`` is what documents have in common: concepts, regions, bodies. Chains of properties must lie within one
    document and ``shared``; transitive properties may lead from document to document. More than one of ``processes``
    run in a pool, which pays from some hundred documents on.
    """
    known = ontology if isinstance(ontology, Rules) else rules(ontology)
    common: set[Triple] = {(s, p, o) for s, p, o, _ in shared}
    stated: list[set[Triple]] = [{(s, p, o) for s, p, o, _ in document} for document in documents]
    base = _Closure(known)
    closed = base.close(common | known.stated | _links(stated, known))
    derived = closed.difference(common, known.stated)
    for found in _each(base, stated, processes):
        derived |= found
    return text.ordered(_kept(derived.difference(*stated), known))


def _each(base: _Closure, stated: Sequence[set[Triple]], processes: int) -> Iterator[set[Triple]]:
    if processes <= 1 or len(stated) <= 1:
        yield from (_Closure(base.known, base).close(triples) - triples for triples in stated)
        return
    # A forked process has the triples already; elsewhere they are sent, which takes about as long as to close them.
    forked = _forks()
    context = multiprocessing.get_context("fork" if forked else "spawn")
    size = max(1, len(stated) // (4 * processes))
    sent = () if forked else (base.known, _pack(base.found), [_pack(triples) for triples in stated])
    _SHARED[:] = [(base, stated)]
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_share, initargs=sent) as pool:
        for packed in pool.map(_on_shared, range(len(stated)), chunksize=size):
            yield _unpack(packed)
    _SHARED.clear()


def _forks() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


_SHARED: list[tuple[_Closure, Sequence[set[Triple]]]] = []  # what the processes of a pool work on


def _share(known: Rules | None = None, packed: Packed | None = None, documents: Sequence[Packed] = ()) -> None:
    if known and packed:
        base = _Closure(known)
        base.hold(_unpack(packed))
        _SHARED[:] = [(base, [_unpack(each) for each in documents])]


def _on_shared(number: int) -> Packed:
    base, documents = _SHARED[0]
    return _pack(_Closure(base.known, base).close(documents[number]) - documents[number])


def _pack(triples: Iterable[Triple]) -> Packed:
    """Number the terms of triples: rdflib terms take many times longer to send to another process."""
    numbers: dict[Node, int] = {}
    links = [numbers.setdefault(node, len(numbers)) for triple in triples for node in triple]
    return [_written(node) for node in numbers], links


def _written(node: Node) -> Written:
    if isinstance(node, Literal):
        return str(node), node.language, str(node.datatype) if node.datatype else None
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _unpack(packed: Packed) -> set[Triple]:
    nodes = [_read(written) for written in packed[0]]
    links = [nodes[number] for number in packed[1]]
    return set(zip(links[::3], links[1::3], links[2::3], strict=True))


def _read(written: Written) -> Node:
    if isinstance(written, str):
        return BNode(written[2:]) if written.startswith("_:") else URIRef(written)
    words, language, datatype = written
    kind = URIRef(datatype) if datatype and not language else None
    return Literal(words, lang=language, datatype=kind, normalize=False)


def _links(graphs: Iterable[set[Triple]], known: Rules) -> set[Triple]:
    """Return the links of transitive properties: a chain may run through any number of graphs."""
    feeding = known.transitive | {p for p, above in known.properties.items() if above & known.transitive}
    feeding |= {other for p in feeding for other in known.inverses.get(p, ())}
    return {triple for graph in graphs for triple in graph if triple[1] in feeding}


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
    """Run the rules over triples until nothing new comes out; each triple is looked at once.

    On top of a ``base`` that is closed already, only what is new is looked at and returned.
    """

    def __init__(self, known: Rules, base: _Closure | None = None) -> None:
        self.known = known
        self._base = base
        self.found: set[Triple] = set()
        self._places: defaultdict[Node, list[tuple[Chain, int]]] = defaultdict(list)
        for chain in known.chains:
            for place, term in enumerate(chain[0]):
                self._places[term].append((chain, place))
        self._joined = set(known.transitive) | set(self._places)
        self._objects: defaultdict[tuple[Node, Node], set[Node]] = defaultdict(set)
        self._subjects: defaultdict[tuple[Node, Node], set[Node]] = defaultdict(set)

    def close(self, stated: set[Triple] | frozenset[Triple]) -> set[Triple]:
        """Return the triples with all that follows from them, without those of the base."""
        before: set[Triple] = self._base.found if self._base else set()
        found = self.found
        found |= stated - before
        waiting = list(found)
        for triple in waiting:
            self._index(triple)
        while waiting:
            triple = waiting.pop()
            for fresh in self._follow(triple):
                if fresh not in found and fresh not in before:
                    found.add(fresh)
                    self._index(fresh)
                    waiting.append(fresh)
        return found

    def hold(self, closed: set[Triple]) -> None:
        """Take triples that are closed already."""
        self.found = closed
        for triple in closed:
            self._index(triple)

    def _index(self, triple: Triple) -> None:
        s, p, o = triple
        if p in self._joined:
            self._objects[p, s].add(o)
            self._subjects[p, o].add(s)

    def _ends(self, term: Node, node: Node) -> set[Node]:
        """Return what a node leads to by a property."""
        own = self._objects.get((term, node), _NONE)
        return own | self._base._ends(term, node) if self._base else own

    def _starts(self, term: Node, node: Node) -> set[Node]:
        """Return what leads to a node by a property."""
        own = self._subjects.get((term, node), _NONE)
        return own | self._base._starts(term, node) if self._base else own

    def _follow(self, triple: Triple) -> Iterator[Triple]:
        s, p, o = triple
        known = self.known
        if p == RDF.type:
            yield from ((s, p, kind) for kind in known.classes.get(o, ()))
            return
        yield from ((s, above, o) for above in known.properties.get(p, ()))
        yield from ((s, RDF.type, kind) for kind in known.domains.get(p, ()))
        if not isinstance(o, Literal):
            yield from ((o, RDF.type, kind) for kind in known.ranges.get(p, ()))
            yield from ((o, other, s) for other in known.inverses.get(p, ()))
        if p in known.transitive:
            yield from [(s, p, end) for end in self._ends(p, o)]
            yield from [(start, p, o) for start in self._starts(p, s)]
        for chain, place in self._places.get(p, ()):
            yield from self._chained(chain, place, s, o)

    def _chained(self, chain: Chain, place: int, s: Node, o: Node) -> list[Triple]:
        """Walk from a link of a chain to both its ends."""
        links, result = chain
        starts, ends = {s}, {o}
        for term in reversed(links[:place]):
            starts = {before for node in starts for before in self._starts(term, node)}
        for term in links[place + 1 :]:
            ends = {after for node in ends for after in self._ends(term, node)}
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
