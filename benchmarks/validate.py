"""Time validation: documents per second for each engine, the whole graph at once against document by document.

    python benchmarks/validate.py [--plans N ...] [--whole-up-to N] [--large]

Default: 100 and 1,000 generated plans; `--large` adds 10,000 (hours with pyshacl on the whole graph, which is
therefore left out above `--whole-up-to`). All runs on one number of plans must give the same results. What is timed
is the engine with its slicing, not the making of the graph; CPU time of one process.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rdflib import RDF, SH, Graph

sys.path.insert(0, str(Path(__file__).resolve().parent))

import generate

from policygraph import assets, concepts
from policygraph.cascade import align, load_units
from policygraph.graph import alignment_graph, concept_graph, graph, schema, target_index
from policygraph.validate import ENGINES, engines, load_shapes, validate
from policygraph.validate.shapes import name_of
from policygraph.validate.slices import world
from policygraph.vocab import Quad

Counts = Counter[str]


def corpus(count: int) -> list[Quad]:
    """Return the quads of generated plans, their comparisons and the concepts."""
    known, documents = concepts.bundled(), list(generate.plans(count))
    together = [*documents, *generate.parents()]
    slugs = {each.doc for each in documents}
    units = load_units(assets.path("data", "lexicon", "units.tsv"))
    alignments = [item for item in align(together, known, units) if item.document in slugs]
    quads = [quad for each in documents for quad in graph(each, known)]
    return [*quads, *concept_graph(known, together), *alignment_graph(alignments, target_index(together, known))]


def per_document(quads: Sequence[Quad], shapes: Graph, engine: str) -> Counts:
    """Validate as the program does."""
    return Counter(result.shape for result in validate(quads, shapes, schema(), engine).results)


def whole(quads: Sequence[Quad], shapes: Graph, engine: str) -> Counts:
    """Validate everything as one graph; what two scopes of the cascade both found counts twice here."""
    everything = world(quads, schema())
    data = Graph()
    for slug in everything.documents:
        for triple in everything.slice(slug):
            data.add(triple)
    report = engines.results(data, shapes, engine)
    found = (report.value(node, SH.sourceShape) for node in report.subjects(RDF.type, SH.ValidationResult))
    return Counter(name_of(shape, shapes) for shape in found if shape is not None)


WAYS: dict[str, Callable[[Sequence[Quad], Graph, str], Counts]] = {"per document": per_document, "whole graph": whole}


def timed(counts: Sequence[int], whole_up_to: int) -> Iterator[tuple[str, ...]]:
    """Yield a row a run: plans, quads, engine, way, seconds, documents per second, results."""
    shapes = load_shapes()
    for count in counts:
        quads = corpus(count)
        for engine in ENGINES:
            for way, run in WAYS.items():
                if way == "whole graph" and engine == "pyshacl" and count > whole_up_to:
                    continue
                start = time.process_time()
                found = run(quads, shapes, engine)
                spent = time.process_time() - start
                cells = (count, len(quads), engine, way, f"{spent:.1f}", f"{count / spent:.1f}", found.total())
                yield tuple(map(str, cells))


def main() -> None:
    """Print a row a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--large", action="store_true", help="10,000 plans too")
    parser.add_argument("--whole-up-to", type=int, default=100, metavar="N", help="pyshacl on the whole graph up to N")
    options = parser.parse_args()
    print("plans", "quads", "engine", "way", "seconds", "documents/s", "results", sep="\t", flush=True)
    for row in timed([*options.plans, *([10_000] if options.large else [])], options.whole_up_to):
        print(*row, sep="\t", flush=True)


if __name__ == "__main__":
    main()
