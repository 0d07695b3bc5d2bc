"""Make the part of one document: what it states, how it compares, what follows, what the shapes find.

A part is a function of the facts of the document and of those it is compared with, of the concepts that it reaches,
and of what the study knows. Nothing here reads or writes a file.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain

from rdflib import Graph, URIRef
from rdflib.term import Node

from policygraph import quads as text
from policygraph.cascade import Document, Known, compare_document, read_document, with_cited
from policygraph.graph import Nodes, comparisons, graph, joined, nodes_of, provenance
from policygraph.infer import Ground, links, said_otherwise
from policygraph.model import Cascade, Facts
from policygraph.pipeline.parts.reach import Reach
from policygraph.pipeline.reasoning import above, closure, ground, ontology, shapes_of
from policygraph.quads import Triple
from policygraph.study import Study
from policygraph.validate import (
    NOT_FOLLOWED,
    SHOWN,
    Checked,
    Checker,
    Paths,
    as_report,
    quads_of,
    report_paths,
    world,
)
from policygraph.vocab import (
    ALIGNED_GRAPH,
    CONCEPTS_GRAPH,
    INFERRED_GRAPH,
    Quad,
    document_graph,
    identifier_of,
    report_graph,
    thing,
)

_MOST = 256  # documents held at once: those that others stand below are asked for again and again
INFERRED, ALIGNED = text.term(INFERRED_GRAPH), text.term(ALIGNED_GRAPH)
_read = lru_cache(2**16)(text.read)
Load = Callable[[str], Facts]  # the facts of a document by its slug, with its citations led


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the part of a document is made from, beside what a maker knows for all documents."""

    slug: str
    related: tuple[str, ...] = ()  # the documents that it is compared with or shows
    met: frozenset[str] = frozenset()  # the concepts it reaches that depend on the documents of the corpus
    peers: Cascade | None = None  # how it compares with what most documents have


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of one document, as lines of N-Quads, and what the shapes found in it.

    ``lines`` no other part has: they stand in a graph of the document, or are about it. ``shared`` are about others,
    and others may have them too. ``about_others`` is what the document's own graph states about others.
    """

    lines: list[str]
    shared: list[str]
    about_others: list[Triple]
    checked: Checked


@dataclass(frozen=True, slots=True)
class _Held:
    """A document as others look at it, with its graph by what it is about."""

    facts: Facts
    document: Document
    nodes: Nodes
    quads: tuple[Quad, ...]
    links: frozenset[Triple]
    about: dict[Node, list[Quad]] = field(default_factory=dict)


class Maker:
    """Make parts; what they have in common is read once. Each process has one."""

    def __init__(self, study: Study, engine: str, reach: Reach, load: Load) -> None:
        self._study, self._engine, self._reach, self._load = study, engine, reach, load
        self._known: OrderedDict[str, _Held] = OrderedDict()

    def part(self, inputs: Inputs) -> Part:
        """Return the part of a document. Raises TableError where its tables are malformed."""
        own, others = self._held(inputs.slug), {slug: self._held(slug) for slug in inputs.related}
        known = self._near(own, others)
        compared = self._compared(own, others, known)
        stated = [*own.quads, *compared]
        seen = list(_seen(stated, others))
        reached = set(self._reach.triples(_starts(stated), inputs.met))
        around = reached.union(text.triples(seen), *_links(own.document, others, known))
        base = ground().with_more(around)
        triples = text.triples(stated)
        derived = base.following(triples)
        said = said_otherwise(triples | derived, above()) - around
        beside = self._for_own_shapes(inputs, stated, base)
        quads = chain(stated, seen, _quads(reached, CONCEPTS_GRAPH), beside)
        checked = self._checker.check(inputs.slug, world(quads, ontology()))
        reported = quads_of(as_report([checked], self._shapes), self._paths)
        made = text.lines(chain(compared, reported, provenance(own.facts))) + following_lines(derived, said)
        return _apart(inputs.slug, own.quads, made, checked)

    def _near(self, own: _Held, others: Mapping[str, _Held]) -> Known:
        return with_cited({each.document.slug: each.document for each in (own, *others.values())}, self._study.concepts)

    def _compared(self, own: _Held, others: Mapping[str, _Held], known: Known) -> tuple[Quad, ...]:
        near = sorted((own, *others.values()), key=lambda each: each.document.slug)
        compared = compare_document(own.document, known, self._study.concepts)
        return comparisons(compared, joined(each.nodes for each in near), self._study.concepts)

    def _for_own_shapes(self, inputs: Inputs, stated: Sequence[Quad], base: Ground) -> Iterator[Quad]:
        """Yield what shapes of one's own see beside: the comparison with peers, and what follows from all of it."""
        if self._study.shapes and inputs.peers:
            peers = comparisons(inputs.peers, self._held(inputs.slug).nodes, self._study.concepts)
            yield from peers
            yield from _quads(base.following(text.triples(chain(stated, peers))), INFERRED_GRAPH)

    def _held(self, slug: str) -> _Held:
        if slug not in self._known:
            self._known[slug] = self._made(self._load(slug))
            if len(self._known) > _MOST:
                self._known.popitem(last=False)
        self._known.move_to_end(slug)
        return self._known[slug]

    def _made(self, facts: Facts) -> _Held:
        known = self._study.concepts
        stated = graph(facts, known)
        linked = frozenset(links(text.triples(stated), closure()))
        read = read_document(facts, known, self._study.lexicon)
        made = _Held(facts, read, nodes_of(facts, known), stated, linked)
        for quad in stated:
            made.about.setdefault(quad[0], []).append(quad)
        return made

    @cached_property
    def _shapes(self) -> Graph:
        return shapes_of(self._study)

    @cached_property
    def _paths(self) -> Paths:
        return report_paths(self._shapes)

    @cached_property
    def _checker(self) -> Checker:
        return Checker(self._shapes, self._engine)


def following_lines(derived: Iterable[Triple], said: Iterable[Triple]) -> list[str]:
    """Return what follows, and what is said in other terms, as lines in their graphs."""
    return [*(text.line(each, INFERRED) for each in derived), *(text.line(each, ALIGNED) for each in said)]


def _seen(stated: Iterable[Quad], others: Mapping[str, _Held]) -> Iterator[Quad]:
    """Yield what a document shows of others: how they are named, and the nodes that it is compared with."""
    for node in dict.fromkeys(quad[2] for quad in stated if isinstance(quad[2], URIRef)):
        slug, _, inside = identifier_of("document", node).partition("/")
        if slug in others:
            yield from (quad for quad in others[slug].about.get(node, ()) if inside or quad[1] in SHOWN)


def _links(own: Document, others: Mapping[str, _Held], known: Known) -> Iterator[frozenset[Triple]]:
    """Yield the links of others, but of those below: what leads from them over this document is theirs to say."""
    return (each.links for each in others.values() if own not in known.above(each.document))


def _starts(stated: Iterable[Quad]) -> set[str]:
    return {text.term(o) for _, p, o, _ in stated if isinstance(o, URIRef) and p not in NOT_FOLLOWED}


def _quads(triples: Iterable[Triple], name: URIRef) -> Iterator[Quad]:
    return ((_read(s), _read(p), _read(o), name) for s, p, o in triples)  # type: ignore[misc]


def own_names(slug: str) -> tuple[str, ...]:
    """Return how the IRIs of a document and of its parts begin."""
    node = text.term(thing("document", slug))
    return node, f"{node[:-1]}/"


def _apart(slug: str, own: Sequence[Quad], made: Iterable[str], checked: Checked) -> Part:
    """Tell the lines that only this part can have from those that others may have."""
    about, ending = (*own_names(slug), text.term(document_graph(slug))), f" {text.term(report_graph(slug))} .\n"
    lines = text.lines(own)
    shared: list[str] = []
    about_others = [text.triple_of(line) for line in lines if not line.startswith(about)]
    for line in made:
        (lines if line.startswith(about) or line.endswith(ending) else shared).append(line)
    return Part(sorted(lines), sorted(shared), sorted(about_others), checked)
