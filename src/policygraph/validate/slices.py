"""Cut the quads into slices: one document, the concepts it names, its alignments, and what they show of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph
from rdflib.term import Node

from policygraph import vocab
from policygraph.validate.prepared import Prepared
from policygraph.vocab import CASCADE_GRAPH, CONCEPTS_GRAPH, INFERRED_GRAPH, PG, Quad

Triple = tuple[Node, Node, Node]
_DOCUMENTS = str(vocab.document_graph(""))
_ABOVE = frozenset({PG.comparedWith, PG.ancestorTarget, PG.ancestorAction})
_NAMES = frozenset({DCTERMS.title, PG.documentNumber, RDFS.label})  # what is told of a document above itself
# they lead to what the document does not name: to all of a scheme, to bodies of other places
NOT_FOLLOWED = frozenset({PG.counterpartOf, PG.succeeds, SKOS.inScheme, SKOS.topConceptOf})
# what is seen of another document that is at hand: how it is named, when it was issued, whether its text was at hand,
# what it carries out
_CARD = frozenset(
    {
        DCTERMS.title,
        PG.documentNumber,
        PG.dateIssued,
        PG.issuedIn,
        PG.dayIssued,
        PG.reviewStatus,
        PG.basedOn,
        RDFS.label,
    }
)
SHOWN = _CARD | {RDF.type}
# and of a target of it that is compared
_FIGURE = frozenset({PG.year, PG.value, PG.unit, PG.comparator})


@dataclass(frozen=True, slots=True)
class World:
    """Quads by what they are about."""

    documents: dict[str, list[Triple]] = field(default_factory=lambda: defaultdict(list))  # by slug
    concepts: dict[Node, list[Triple]] = field(default_factory=lambda: defaultdict(list))  # by subject
    alignments: dict[Node, list[Triple]] = field(default_factory=lambda: defaultdict(list))  # by document
    inferred: dict[Node, list[Triple]] = field(default_factory=lambda: defaultdict(list))  # by subject
    seen: dict[Node, list[Triple]] = field(default_factory=lambda: defaultdict(list))  # of others, by subject
    reforms: dict[Node, list[Node]] = field(default_factory=lambda: defaultdict(list))  # by what they ended
    classes: tuple[Triple, ...] = ()
    _stated: dict[str, dict[Node, list[Triple]]] = field(default_factory=dict)  # by slug and subject, as it is asked

    def above(self, slug: str) -> Graph:
        """Return what a document is compared with, in other documents: to be told in words, and never checked."""
        found = Graph()
        for _, term, node in self.alignments.get(vocab.thing("document", slug), ()):
            for triple in self._about(node) if term in _ABOVE else ():
                found.add(triple)
        return found

    def is_plan(self, document: Node) -> bool:
        """Tell whether a plan is at hand: its text, or some of it."""
        slug = vocab.identifier_of("document", str(document))
        return (document, RDF.type, PG.Plan) in self._index(slug).get(document, ())

    def _about(self, node: Node) -> Iterator[Triple]:
        slug, _, inside = vocab.identifier_of("document", str(node)).partition("/")
        return (triple for triple in self._index(slug).get(node, ()) if inside or triple[1] in _NAMES)

    def _index(self, slug: str) -> dict[Node, list[Triple]]:
        if slug not in self._stated:
            self._stated[slug] = defaultdict(list)
            for triple in self.documents.get(slug, ()):
                self._stated[slug][triple[0]].append(triple)
        return self._stated[slug]

    def slice(self, slug: str) -> Graph:
        """Return one document with its alignments, and all concepts that these name, directly or through others."""
        own = [*self.documents[slug], *self.alignments.get(vocab.thing("document", slug), ())]
        graph = Prepared()
        for triple in (*own, *self._reached(own), *self._of_others(slug, own), *self.classes):
            graph.add(triple)
        return graph

    def closed(self, slug: str, data: Graph) -> Graph:
        """Return a slice with what follows about all that it describes; of bodies only what leads back into it."""
        nodes, described = data.all_nodes(), set(data.subjects())
        own = {s for s, _, _ in self.documents[slug]}
        graph = Prepared()
        graph += data
        others = self.seen.keys() - own  # what is shown of other documents
        for node in (described & self.inferred.keys()) - others:
            for s, p, o in self.inferred[node]:
                if s in own or o in nodes or p == RDF.type:
                    graph.add((s, p, o))
        return graph

    def _of_others(self, slug: str, own: Iterable[Triple]) -> Iterator[Triple]:
        itself = vocab.thing("document", slug)
        for node in {o for _, p, o in own if p != PG.inDocument and o in self.seen} - {itself}:
            yield from self.seen[node]

    def _reached(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        waiting = [o for _, p, o in triples if p not in NOT_FOLLOWED]
        seen: set[Node] = set()
        while waiting:
            node = waiting.pop()
            if node in seen or node not in self.concepts:
                continue
            seen.add(node)
            yield from self.concepts[node]
            waiting.extend(o for _, p, o in self.concepts[node] if p not in NOT_FOLLOWED)
            waiting.extend(self.reforms.get(node, ()))


def world(quads: Iterable[Quad], ontology: Graph) -> World:
    """Sort quads into documents, concepts, alignments and inferences; other graphs (reports) are left aside."""
    found = World(classes=tuple(ontology.triples((None, RDFS.subClassOf, None))))
    comparisons: list[Triple] = []
    for s, p, o, g in quads:
        if g == CONCEPTS_GRAPH:
            found.concepts[s].append((s, p, o))
            if p == PG.reformBefore:
                found.reforms[o].append(s)
        elif g == INFERRED_GRAPH:
            found.inferred[s].append((s, p, o))
        elif g == CASCADE_GRAPH:
            comparisons.append((s, p, o))
        elif str(g).startswith(_DOCUMENTS):
            found.documents[str(g).removeprefix(_DOCUMENTS)].append((s, p, o))
    owners = {s: o for s, p, o in comparisons if p == PG.ofDocument}
    for triple in comparisons:
        if triple[0] in owners:
            found.alignments[owners[triple[0]]].append(triple)
    _show_to_others(found, {o for _, p, o in comparisons if p == PG.ancestorTarget})
    return found


def _show_to_others(found: World, targets: set[Node]) -> None:
    """Note of each document what others need to see: what names it, and the figures that theirs are compared with."""
    for slug, triples in found.documents.items():
        document = vocab.thing("document", slug)
        for s, p, o in triples:
            if (s == document and p in _CARD) or (p in _FIGURE and s in targets):
                found.seen[s].append((s, p, o))
