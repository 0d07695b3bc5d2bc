"""Time inference beside plain owlrl on the whole graph: `python benchmarks/infer.py [--documents N] [--copies N]`.

The first N bundled documents (default: all) with their concepts and comparisons are closed by owlrl, by the rules at
once, and by the rules document by document; all must give the same triples. `--copies`
multiplies the documents under other names, without owlrl, to show how the cost grows.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence

import owlrl
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, URIRef

from policygraph import assets, facts, lexicon, quads
from policygraph.cascade import compare_documents
from policygraph.concepts import bundled
from policygraph.graph import cascade_graph, concept_graph, graph, schema
from policygraph.infer import Ground, Rules, infer, links, rules
from policygraph.vocab import ID, Quad

OUTSIDE = tuple(map(str, (OWL, RDF, RDFS, XSD)))
Found = set[quads.Triple]


def plain_owlrl(stated: Sequence[Quad]) -> Found:
    """Return what owlrl infers on everything at once, without what answers no question."""
    ontology, closed = schema(), Graph()
    for triple in [*ontology, *(quad[:3] for quad in stated)]:
        closed.add(triple)
    before = set(closed)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    terms = {s for s, _, o in ontology.triples((None, RDF.type, None)) if str(o).startswith(str(OWL))}
    things = {end for s, _, o, _ in stated for end in (s, o) if isinstance(end, URIRef)}
    return {
        (quads.term(s), quads.term(p), quads.term(o))
        for s, p, o in set(closed) - before
        if s in things
        and s not in terms
        and not isinstance(o, BNode)
        and not str(o if p == RDF.type else p).startswith(OUTSIDE)
    }


def slices(count: int, copies: int) -> tuple[list[tuple[Quad, ...]], list[Quad]]:
    """Return the quads of each document, and what they share."""
    documents = [facts.load(folder) for folder in assets.bundled_plans()][:count]
    words = lexicon.bundled()
    shared = [*concept_graph(bundled(), documents)]
    shared += cascade_graph(compare_documents(documents, bundled(), words), documents, bundled())
    made = [graph(found, bundled()) for found in documents]
    return [copy(each, n) for n in range(copies) for each in made], shared


def copy(made: tuple[Quad, ...], number: int) -> tuple[Quad, ...]:
    if not number:
        return made

    def named(node: URIRef) -> URIRef:
        ours = isinstance(node, URIRef) and node.startswith(str(ID["document/"]))
        return URIRef(node.replace("id/document/", f"id/document/c{number}-", 1)) if ours else node

    return tuple((named(s), p, named(o), g) for s, p, o, g in made)


def by_document(documents: Sequence[Sequence[Quad]], shared: Sequence[Quad], known: Rules) -> set[quads.Triple]:
    stated = [quads.triples(document) for document in documents]
    around = quads.triples(shared).union(*(links(each, known) for each in stated))
    ontology = Ground(known)
    ground = ontology.with_more(around)
    return ontology.following(around).union(*(ground.following(each) for each in stated)).difference(*stated)


def timed(work: Callable[[], object]) -> tuple[float, Found]:
    started = time.perf_counter()
    found = work()
    return time.perf_counter() - started, {quad[:3] for quad in found}  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=1000, help="how many of the bundled documents")
    parser.add_argument("--copies", type=int, default=1, help="how often each, under other names (skips owlrl)")
    asked = parser.parse_args()
    documents, shared = slices(asked.documents, asked.copies)
    everything = [*shared, *(quad for document in documents for quad in document)]
    known = rules(schema())
    engines: list[tuple[str, Callable[[], object]]] = [
        ("rules, all at once", lambda: quads.triples(infer(everything, known))),
        ("rules, by document", lambda: by_document(documents, shared, known)),
    ]
    if asked.copies == 1:
        engines.insert(0, ("owlrl, whole graph", lambda: plain_owlrl(everything)))
    print(f"{len(documents)} documents, {len(everything)} quads", flush=True)
    print("engine\tseconds\ttimes faster than the first\ttriples\tthe same", flush=True)
    first: tuple[float, Found] | None = None
    for name, work in engines:
        seconds, found = timed(work)
        first = first or (seconds, found)
        print(f"{name}\t{seconds:.2f}\t{first[0] / seconds:.1f}\t{len(found)}\t{found == first[1]}", flush=True)


if __name__ == "__main__":
    main()
