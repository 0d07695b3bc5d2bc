"""Check that an ontology is in the OWL 2 RL profile, for the constructs that this project uses; all else is a fault.

After https://www.w3.org/TR/owl2-profiles/#OWL_2_RL_2: declarations, axioms between named classes and properties, and
the global restrictions of OWL 2 DL on them. Class expressions are not used, so every one met is reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
TRAITS = (OWL.TransitiveProperty, OWL.SymmetricProperty)
# Section 4.2.1: RL leaves owl:real and owl:rational out; OWL 2 has no xsd:date, xsd:gYear or xsd:gYearMonth.
DATATYPES = {
    RDFS.Literal,
    RDF.PlainLiteral,
    XSD.string,
    XSD.boolean,
    XSD.decimal,
    XSD.integer,
    XSD.nonNegativeInteger,
    XSD.dateTime,
    XSD.anyURI,
}
BUILT_IN = {RDFS.label, RDFS.comment, RDFS.seeAlso, OWL.versionInfo, OWL.deprecated}


def faults(graph: Graph) -> list[str]:
    """Return what is not in the profile, sorted; empty where all of it is."""
    return sorted({*_declarations(graph), *_axioms(graph), *_chains(graph)})


def _kinds(graph: Graph, term: Node) -> set[Node]:
    return set(graph.objects(term, RDF.type)) & set(KINDS)


def _declarations(graph: Graph) -> Iterator[str]:
    for kind in KINDS:
        for term in graph.subjects(RDF.type, kind):
            if not isinstance(term, URIRef):
                yield f"{term}: a {kind} without a name"
            elif len(_kinds(graph, term)) > 1:
                yield f"{term}: declared as two kinds of term"
    for kind in set(graph.objects(None, RDF.type)):
        if str(kind).startswith(str(OWL)) and kind not in (*KINDS, *TRAITS, OWL.Ontology, OWL.AllDisjointClasses):
            yield f"{kind}: a construct that is not known to be in the profile"


def _axioms(graph: Graph) -> Iterator[str]:
    lists = set(graph.subjects(RDF.rest, None))
    for s, p, o in graph:
        if p == RDF.type:
            yield from _typing(graph, s, o)
        elif p in _PLACES:
            yield from _PLACES[p](graph, s, o)
        elif s not in lists and p not in (OWL.propertyChainAxiom, OWL.imports, OWL.versionIRI, *BUILT_IN):
            yield from _assertion(graph, s, p, o)


def _classes(graph: Graph, s: Node, o: Node) -> Iterator[str]:
    yield from _all(graph, RDFS.subClassOf, {s: OWL.Class, o: OWL.Class})
    if OWL.Thing in (s, o):
        yield f"{s} {o}: owl:Thing is not allowed there"


def _properties(graph: Graph, s: Node, o: Node) -> Iterator[str]:
    if not _kinds(graph, s) == _kinds(graph, o) != set():
        yield f"{s} {o}: two kinds of property"


def _inverses(graph: Graph, s: Node, o: Node) -> Iterator[str]:
    yield from _all(graph, OWL.inverseOf, {s: OWL.ObjectProperty, o: OWL.ObjectProperty})


def _domain(graph: Graph, _: Node, o: Node) -> Iterator[str]:
    yield from _all(graph, RDFS.domain, {o: OWL.Class})


def _members(graph: Graph, s: Node, o: Node) -> Iterator[str]:
    members = list(Collection(graph, o))
    yield from _all(graph, OWL.members, dict.fromkeys(members, OWL.Class))
    if not len(set(members)) == len(members) >= 2:
        yield f"{s}: owl:members needs two names"


def _typing(graph: Graph, s: Node, o: Node) -> Iterator[str]:
    if o in TRAITS:
        yield from _all(graph, RDF.type, {s: OWL.ObjectProperty})
    elif not str(o).startswith(str(OWL)) and o != RDF.List:
        yield from _all(graph, RDF.type, {o: OWL.Class})


def _range(graph: Graph, s: Node, o: Node) -> Iterator[str]:
    if OWL.ObjectProperty in _kinds(graph, s):
        yield from _all(graph, RDFS.range, {o: OWL.Class})
    elif o not in DATATYPES:
        yield f"{s}: range {o} is no datatype of the profile"


def _assertion(graph: Graph, s: Node, p: Node, o: Node) -> Iterator[str]:
    """Check an annotation, or a statement about an individual."""
    kinds = _kinds(graph, p)
    if not kinds:
        yield f"{p}: used and not declared"
    if str(p).startswith(str(OWL)) or isinstance(s, BNode) or isinstance(o, BNode):
        yield f"{s} {p} {o}: a construct that is not known to be in the profile"
    if OWL.ObjectProperty in kinds and isinstance(o, Literal):
        yield f"{s} {p}: an object property with a literal"


def _all(graph: Graph, place: Node, wanted: dict[Node, Node]) -> Iterator[str]:
    for term, kind in wanted.items():
        if _kinds(graph, term) != {kind} and term != OWL.Thing:
            yield f"{term}: must be declared as {kind} to stand at {place}"


def _chains(graph: Graph) -> Iterator[str]:
    """Check that chains are of object properties and that none is defined by itself (the regular order of OWL 2)."""
    same = dict(graph.subject_objects(OWL.inverseOf)) | dict(graph.subject_objects(OWL.equivalentProperty))

    def place(term: Node) -> Node:
        """An inverse or another name has one place in the order with its property."""
        return place(same[term]) if term in same else term

    needs: dict[Node, set[Node]] = {}
    for result, links in graph.subject_objects(OWL.propertyChainAxiom):
        members = list(Collection(graph, links))
        yield from _all(graph, OWL.propertyChainAxiom, dict.fromkeys([result, *members], OWL.ObjectProperty))
        if len(members) < 2:
            yield f"{result}: a chain of one"
        needs.setdefault(place(result), set()).update(map(place, members))
    for below, above in graph.subject_objects(RDFS.subPropertyOf):
        needs.setdefault(place(above), set()).add(place(below))
    for start in needs:
        seen: set[Node] = set()
        waiting = set(needs[start])
        while waiting:
            term = waiting.pop()
            seen.add(term)
            waiting |= needs.get(term, set()) - seen
        if start in seen:
            yield f"{start}: a chain that is defined by itself"


_PLACES = {
    RDFS.subClassOf: _classes,
    OWL.disjointWith: _classes,
    OWL.equivalentClass: _classes,
    RDFS.subPropertyOf: _properties,
    OWL.equivalentProperty: _properties,
    OWL.inverseOf: _inverses,
    RDFS.domain: _domain,
    RDFS.range: _range,
    OWL.members: _members,
}
