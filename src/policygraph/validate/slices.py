"""Cut what is stated into slices: one document, the concepts it names, its alignments, and what they show of others.

Terms are text, as N-Quads writes them: an engine is fed with text, and a graph is made of a slice where words are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from policygraph import vocab
from policygraph.quads import Triple, term
from policygraph.validate.text_store import TextStore
from policygraph.vocab import CASCADE_GRAPH, CONCEPTS_GRAPH, INFERRED_GRAPH, PG, Quad

# they lead to what the document does not name: to all of a scheme, to bodies of other places
NOT_FOLLOWED = frozenset({PG.counterpartOf, PG.succeeds, SKOS.inScheme, SKOS.topConceptOf})
# what is seen of another document that is at hand: how it is named, when it was issued, whether its text was at hand,
# what it carries out
_CARD = (
    DCTERMS.title,
    PG.documentNumber,
    PG.dateIssued,
    PG.issuedIn,
    PG.dayIssued,
    PG.reviewStatus,
    PG.basedOn,
    RDFS.label,
)
SHOWN = frozenset({*_CARD, RDF.type})
Stated = tuple[str, Iterable[Triple]]  # the name of a graph, as text, and triples of it


def _terms(*named: URIRef) -> frozenset[str]:
    return frozenset(map(term, named))


_ABOVE = _terms(PG.comparedWith, PG.ancestorTarget, PG.ancestorAction)
_NAMES = _terms(DCTERMS.title, PG.documentNumber, RDFS.label)  # what is told of a document above itself
_FIGURE = _terms(PG.year, PG.value, PG.unit, PG.comparator, PG.factStatus)  # what is seen of a target that is compared
_SEEN, _PASSED = _terms(*_CARD), _terms(*NOT_FOLLOWED)
_TYPE, _IN_DOCUMENT, _OF_DOCUMENT = term(RDF.type), term(PG.inDocument), term(PG.ofDocument)
_ENDS, _FOLLOWS, _BEGUN = term(PG.reformBefore), term(PG.reformAfter), term(PG.begunAtLevel)
_THEIRS, _PLAN = term(PG.ancestorTarget), term(PG.Plan)
_CONCEPTS, _INFERRED, _CASCADE = map(term, (CONCEPTS_GRAPH, INFERRED_GRAPH, CASCADE_GRAPH))
_DOCUMENTS = term(vocab.document_graph(""))[:-1]


@dataclass(frozen=True, slots=True)
class World:
    """What is stated, by what it is about."""

    documents: dict[str, list[Triple]] = field(default_factory=lambda: defaultdict(list))  # by slug
    concepts: dict[str, list[Triple]] = field(default_factory=lambda: defaultdict(list))  # by subject
    alignments: dict[str, list[Triple]] = field(default_factory=lambda: defaultdict(list))  # by document
    inferred: dict[str, list[Triple]] = field(default_factory=lambda: defaultdict(list))  # by subject
    seen: dict[str, list[Triple]] = field(default_factory=lambda: defaultdict(list))  # of others, by subject
    reforms: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # by what they ended or set up
    classes: tuple[Triple, ...] = ()
    _stated: dict[str, dict[str, list[Triple]]] = field(default_factory=dict)  # by slug and subject, as it is asked

    def above(self, slug: str) -> Graph:
        """Return what a document is compared with, in other documents: to be told in words, and never checked."""
        nodes = {o for _, p, o in self.alignments.get(_document(slug), ()) if p in _ABOVE}
        return as_graph(triple for node in nodes for triple in self._about(node))

    def is_plan(self, document: Node) -> bool:
        """Tell whether a plan is at hand: its text, or some of it."""
        node, slug = term(document), vocab.identifier_of("document", str(document))
        return (node, _TYPE, _PLAN) in self._index(slug).get(node, ())

    def _about(self, node: str) -> Iterator[Triple]:
        slug, _, inside = vocab.identifier_of("document", node[1:-1]).partition("/")
        return (triple for triple in self._index(slug).get(node, ()) if inside or triple[1] in _NAMES)

    def _index(self, slug: str) -> dict[str, list[Triple]]:
        if slug not in self._stated:
            self._stated[slug] = defaultdict(list)
            for triple in self.documents.get(slug, ()):
                self._stated[slug][triple[0]].append(triple)
        return self._stated[slug]

    def slice(self, slug: str) -> set[Triple]:
        """Return one document with its alignments, and all concepts that these name, directly or through others."""
        own = [*self.documents[slug], *self.alignments.get(_document(slug), ())]
        return {*own, *self._reached(own), *self._of_others(slug, own), *self.classes}

    def closed(self, slug: str, data: set[Triple]) -> set[Triple]:
        """Return a slice with what follows about all that it describes; of bodies only what leads back into it."""
        described = {s for s, _, _ in data}
        nodes = described.union(o for _, _, o in data)
        own = {s for s, _, _ in self.documents[slug]}
        found = set(data)
        others = self.seen.keys() - own  # what is shown of other documents
        for node in (described & self.inferred.keys()) - others:
            found.update(each for each in self.inferred[node] if node in own or each[2] in nodes or each[1] == _TYPE)
        return found

    def _of_others(self, slug: str, own: Iterable[Triple]) -> Iterator[Triple]:
        for node in {o for _, p, o in own if p != _IN_DOCUMENT and o in self.seen} - {_document(slug)}:
            yield from self.seen[node]

    def _reached(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        waiting = [o for _, p, o in triples if p not in _PASSED]
        seen: set[str] = set()
        while waiting:
            node = waiting.pop()
            if node in seen or node not in self.concepts:
                continue
            seen.add(node)
            yield from self.concepts[node]
            waiting.extend(o for _, p, o in self.concepts[node] if p not in _PASSED)
            waiting.extend(self.reforms.get(node, ()))


def as_graph(triples: Iterable[Triple]) -> Graph:
    """Return triples as a graph that is quick to make, for questions in words; pyshacl needs one of its own."""
    return Graph(store=TextStore(triples))


def subclasses(ontology: Graph) -> tuple[Triple, ...]:
    """Return which classes of an ontology stand below which."""
    return tuple((term(s), term(p), term(o)) for s, p, o in ontology.triples((None, RDFS.subClassOf, None)))


def world(quads: Iterable[Quad], ontology: Graph) -> World:
    """Sort quads into documents, concepts, alignments and inferences; other graphs (reports) are left aside."""
    stated: defaultdict[str, list[Triple]] = defaultdict(list)
    for s, p, o, g in quads:
        stated[term(g)].append((term(s), term(p), term(o)))
    return world_of(stated.items(), subclasses(ontology))


def world_of(stated: Iterable[Stated], classes: tuple[Triple, ...]) -> World:
    """Return the same of what is text already."""
    found = World(classes=classes)
    comparisons: list[Triple] = []
    for graph, triples in stated:
        if graph == _CONCEPTS:
            _by_subject(triples, found.concepts)
        elif graph == _INFERRED:
            _by_subject(triples, found.inferred)
        elif graph == _CASCADE:
            comparisons.extend(triples)
        elif graph.startswith(_DOCUMENTS):
            found.documents[graph[len(_DOCUMENTS) : -1]].extend(triples)
    for reform, about in found.concepts.items():
        for kind in reformed(about):
            found.reforms[kind].append(reform)
    owners = {s: o for s, p, o in comparisons if p == _OF_DOCUMENT}
    for triple in comparisons:
        if triple[0] in owners:
            found.alignments[owners[triple[0]]].append(triple)
    _show_to_others(found, {o for _, p, o in comparisons if p == _THEIRS})
    return found


def reformed(about: Iterable[Triple]) -> tuple[str, ...]:
    """Return the kinds of bodies that must be told of a reform, of which triples are given: what it ended or set up.

    It set a kind up where no place had one before (``pg:begunAtLevel``); else nothing is told.
    """
    said = [(p, o) for _, p, o in about if p in (_ENDS, _FOLLOWS, _BEGUN)]
    begun = any(p == _BEGUN for p, _ in said)
    return tuple(o for p, o in said if p == _ENDS or (begun and p == _FOLLOWS))


def _by_subject(triples: Iterable[Triple], found: dict[str, list[Triple]]) -> None:
    for triple in triples:
        found[triple[0]].append(triple)


def _show_to_others(found: World, targets: set[str]) -> None:
    """Note of each document what others need to see: what names it, and the figures that theirs are compared with."""
    for slug, triples in found.documents.items():
        document = _document(slug)
        for triple in triples:
            if (triple[0] == document and triple[1] in _SEEN) or (triple[1] in _FIGURE and triple[0] in targets):
                found.seen[triple[0]].append(triple)


def _document(slug: str) -> str:
    return term(vocab.thing("document", slug))
