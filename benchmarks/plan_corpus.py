"""Keep generated plans on disk as what the engines read: of each plan, its slice of the graph, ready to validate.

A corpus is a gzip file of pickled (slug, triples) that grows as it is read: what one run made, the next finds there,
and nothing is made that no run comes to. Plans are read one at a time, so that 10,000 need no more memory than 100.
"""

from __future__ import annotations

import gzip
import pickle
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

import generate
from rdflib import Graph

from policygraph import concepts, lexicon
from policygraph.cascade import align
from policygraph.graph import alignment_graph, concept_graph, graph, schema, target_index
from policygraph.model import Facts
from policygraph.validate.slices import Triple, world

Slice = tuple[str, list[Triple]]
_BLOCK = 50  # plans whose bodies and regions are described together


def read(path: Path, count: int) -> Iterator[Slice]:
    """Yield the first slices of a corpus, and make those that are not there yet; they are the same in every run."""
    done = 0
    for made in islice(_kept(path), count):
        yield made
        done += 1
    plans = islice(generate.plans(count), done, None)
    while block := list(islice(plans, _BLOCK)):
        fresh = list(slices(block, _ontology()))
        with path.open("ab") as file:
            file.write(gzip.compress(b"".join(pickle.dumps(made, protocol=5) for made in fresh), compresslevel=1))
        yield from fresh


def _kept(path: Path) -> Iterator[Slice]:
    if not path.exists():
        return
    with gzip.open(path, "rb") as file:
        while file.peek(1):
            yield pickle.load(file)


@cache
def _ontology() -> Graph:
    return schema()


def slices(plans: Sequence[Facts], ontology: Graph) -> Iterator[Slice]:
    """Yield of each plan what an engine needs to know: the plan, its comparisons, the concepts it names."""
    known, together = concepts.bundled(), [*plans, *generate.parents()]
    slugs = {each.doc for each in plans}
    words = lexicon.bundled()
    found = [item for item in align(together, known, words) if item.document in slugs]
    quads = [quad for each in plans for quad in graph(each, known)]
    quads += [*concept_graph(known, together), *alignment_graph(found, target_index(together, known))]
    everything = world(quads, ontology)
    return ((each.doc, list(everything.slice(each.doc))) for each in plans)
