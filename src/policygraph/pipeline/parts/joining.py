"""Make what parts have in common: concepts and what follows from them, what several say, how much it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rdflib import Graph, URIRef

from policygraph import quads as text
from policygraph.alignments import Cascade
from policygraph.cascade import Usual, align_with_peers
from policygraph.graph import Mentions, Nodes, Size, comparisons, concepts_named, description, ontology_graph
from policygraph.infer import said_of_things
from policygraph.pipeline.parts.counting import Tally, total
from policygraph.pipeline.parts.index import Index
from policygraph.pipeline.parts.kept import Head
from policygraph.pipeline.parts.making import ALIGNED, COMPARED, INFERRED, following_lines
from policygraph.pipeline.reasoning import above, ground
from policygraph.study import Study
from policygraph.validate import shape_quads
from policygraph.version import __version__
from policygraph.vocab import CONCEPTS_GRAPH

_CONCEPTS = f" {text.term(CONCEPTS_GRAPH)} .\n"


def concepts(documents: Sequence[Mentions], study: Study) -> list[str]:
    """Return the graph of the concepts that documents name, and what follows from it."""
    triples = concepts_named(study.concepts, documents)
    derived = ground().following(triples)
    stated = sorted(text.line(each, text.term(CONCEPTS_GRAPH)) for each in triples)
    return [*stated, *following_lines(derived, said_of_things(triples | derived, above()))]


def stated_concepts(lines: Iterable[str]) -> list[str]:
    """Return of the lines of :func:`concepts` those that are stated."""
    return [line for line in lines if line.endswith(_CONCEPTS)]


def peers(index: Index, usual: Usual) -> Cascade:
    """Return how the leads of a document compare with those of most documents."""
    return Cascade((), (), tuple(align_with_peers(index.slug, index.leads, usual)))


def peer_lines(index: Index, compared: Cascade, study: Study) -> list[str]:
    """Return the comparison of a document with its peers, and what follows from it about the comparison itself."""
    nodes = Nodes(actions={(index.slug, key): URIRef(node) for key, node in index.actions.items()})
    triples = comparisons(compared, nodes, study.concepts)
    about = {s for s, _, _ in triples}
    derived = {each for each in ground().following(triples) if each[0] in about}
    stated = [text.line(each, COMPARED) for each in triples]
    return stated + following_lines(derived, said_of_things(triples | derived, above()))


def always(shapes: Graph) -> list[str]:
    """Return what every store holds: the ontology and the shapes."""
    return text.lines((*ontology_graph(), *shape_quads(shapes)))


def shared(heads: Iterable[Head], concept_lines: Iterable[str]) -> list[str]:
    """Return once what parts say of others, without what is stated somewhere; sorted."""
    stated = set(map(text.triple_of, concept_lines))
    found: set[str] = set()
    for head in heads:
        stated.update((s, p, o) for s, p, o in head["others"])
        found.update(head["shared"])
    ends = (f" {INFERRED} .\n", f" {ALIGNED} .\n")
    return sorted(each for each in found if not (each.endswith(ends) and text.triple_of(each) in stated))


def described(tallies: Sequence[Tally], documents: int) -> list[str]:
    """Return the description of the dataset."""
    graphs, classes = total(tallies)
    return text.lines(description(Size(documents, graphs, classes), __version__))
