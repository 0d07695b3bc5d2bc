"""Make the part of one document: what it states, how it compares, what follows, what the shapes find.

A part is a function of the facts of the document and of those it is compared with, of the concepts that it reaches,
and of what the study knows. Nothing here reads or writes a file.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain

from rdflib import Graph

from policygraph import quads as text
from policygraph.alignments import Cascade
from policygraph.cascade import Document, Known, compare_document, read_document, with_cited
from policygraph.graph import Nodes, comparisons, joined, nodes_of, provenance, stated
from policygraph.infer import Ground, links, said_of_things, written
from policygraph.model import Facts
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
    Words,
    as_report,
    quads_of,
    report_paths,
    rule_names,
    subclasses,
    world_of,
)
from policygraph.vocab import (
    ALIGNED_GRAPH,
    CASCADE_GRAPH,
    CONCEPTS_GRAPH,
    INFERRED_GRAPH,
    document_graph,
    report_graph,
    thing,
)

_MOST = 64  # documents held at once: those that others stand below are asked for again and again
INFERRED, ALIGNED, COMPARED = map(text.term, (INFERRED_GRAPH, ALIGNED_GRAPH, CASCADE_GRAPH))
_CONCEPTS = text.term(CONCEPTS_GRAPH)
_DOCUMENT = text.term(thing("document", ""))[:-1]
_SHOWN, _PASSED = frozenset(map(text.term, SHOWN)), frozenset(map(text.term, NOT_FOLLOWED))
Stated = tuple[str, Iterable[Triple]]  # the name of a graph, as text, and triples of it
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
    stated: set[Triple]
    links: frozenset[Triple]
    about: dict[str, list[Triple]] = field(default_factory=dict)


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
        stated = own.stated | compared
        seen = dict(_seen(stated, others))
        reached = set(self._reach.triples(_starts(stated), inputs.met))
        around = reached.union(*seen.values(), *_links(own.document, others, known))
        base = ground().with_more(around)
        derived = base.following(stated)
        said = said_of_things(stated | derived, above()) - around
        beside = self._for_own_shapes(inputs, stated, base)
        graphs = [(_graph(inputs.slug), own.stated), (COMPARED, compared), (_CONCEPTS, reached), *beside]
        graphs += [(_graph(slug), triples) for slug, triples in seen.items()]
        checked = self._checker.check(inputs.slug, world_of(graphs, _classes()))
        reported = quads_of(as_report([checked], self._names), self._paths)
        made = [text.line(each, COMPARED) for each in compared] + text.lines(chain(reported, provenance(own.facts)))
        return _apart(inputs.slug, own.stated, made + following_lines(derived, said), checked)

    def _near(self, own: _Held, others: Mapping[str, _Held]) -> Known:
        return with_cited({each.document.slug: each.document for each in (own, *others.values())}, self._study.concepts)

    def _compared(self, own: _Held, others: Mapping[str, _Held], known: Known) -> set[Triple]:
        near = sorted((own, *others.values()), key=lambda each: each.document.slug)
        compared = compare_document(own.document, known, self._study.concepts)
        return comparisons(compared, joined(each.nodes for each in near), self._study.concepts)

    def _for_own_shapes(self, inputs: Inputs, stated: set[Triple], base: Ground) -> Iterator[Stated]:
        """Yield what shapes of one's own see beside: the comparison with peers, and what follows from all of it."""
        if self._study.shapes and inputs.peers:
            peers = comparisons(inputs.peers, self._held(inputs.slug).nodes, self._study.concepts)
            yield COMPARED, peers
            yield INFERRED, base.following(stated | peers)

    def _held(self, slug: str) -> _Held:
        if slug not in self._known:
            self._known[slug] = self._made(self._load(slug))
            if len(self._known) > _MOST:
                self._known.popitem(last=False)
        self._known.move_to_end(slug)
        return self._known[slug]

    def _made(self, facts: Facts) -> _Held:
        known = self._study.concepts
        triples = stated(facts, known)
        read = read_document(facts, known, self._study.lexicon)
        made = _Held(facts, read, nodes_of(facts, known), triples, frozenset(links(triples, closure())))
        for triple in triples:
            made.about.setdefault(triple[0], []).append(triple)
        return made

    @cached_property
    def _shapes(self) -> Graph:
        return shapes_of(self._study)

    @cached_property
    def _names(self) -> Mapping[str, Words]:
        return rule_names(self._shapes)

    @cached_property
    def _paths(self) -> Paths:
        return report_paths(self._shapes)

    @cached_property
    def _checker(self) -> Checker:
        return Checker(self._shapes, self._engine)


def following_lines(derived: Iterable[Triple], said: Iterable[Triple]) -> list[str]:
    """Return what follows and is written, and what is said in other terms, as lines in their graphs."""
    return [
        *(text.line(each, INFERRED) for each in written(derived, closure())),
        *(text.line(each, ALIGNED) for each in said),
    ]


def _seen(stated: Iterable[Triple], others: Mapping[str, _Held]) -> Iterator[tuple[str, list[Triple]]]:
    """Yield what a document shows of others: how they are named, and the nodes that it is compared with."""
    found: dict[str, list[Triple]] = {}
    for node in {o for _, _, o in stated if o.startswith(_DOCUMENT)}:
        slug, _, inside = node[len(_DOCUMENT) : -1].partition("/")
        if slug in others:
            about = others[slug].about.get(node, ())
            found.setdefault(slug, []).extend(each for each in about if inside or each[1] in _SHOWN)
    yield from found.items()


def _links(own: Document, others: Mapping[str, _Held], known: Known) -> Iterator[frozenset[Triple]]:
    """Yield the links of others, but of those below: what leads from them over this document is theirs to say."""
    return (each.links for each in others.values() if own not in known.above(each.document))


def _starts(stated: Iterable[Triple]) -> set[str]:
    return {o for _, p, o in stated if o[0] == "<" and p not in _PASSED}


def _graph(slug: str) -> str:
    return text.term(document_graph(slug))


@cache
def _classes() -> tuple[Triple, ...]:
    return subclasses(ontology())


def own_names(slug: str) -> tuple[str, ...]:
    """Return how the IRIs of a document and of its parts begin."""
    node = text.term(thing("document", slug))
    return node, f"{node[:-1]}/"


def _apart(slug: str, own: Iterable[Triple], made: Iterable[str], checked: Checked) -> Part:
    """Tell the lines that only this part can have from those that others may have."""
    about, ending = (*own_names(slug), text.term(document_graph(slug))), f" {text.term(report_graph(slug))} .\n"
    lines = [text.line(each, _graph(slug)) for each in own]
    shared: list[str] = []
    about_others = [text.triple_of(line) for line in lines if not line.startswith(about)]
    for line in made:
        (lines if line.startswith(about) or line.endswith(ending) else shared).append(line)
    return Part(sorted(lines), sorted(shared), sorted(about_others), checked)
