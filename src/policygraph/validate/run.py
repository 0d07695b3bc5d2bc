"""Run the shapes over one document after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from rdflib import RDF, SH, Graph
from rdflib.term import Node

from policygraph import vocab
from policygraph.terms import Stage
from policygraph.validate import engines
from policygraph.validate.about import About, about, stage_of
from policygraph.validate.comparing import Sides
from policygraph.validate.report import Report, Result
from policygraph.validate.results import Raw, results
from policygraph.validate.shapes import at_stage, focus_nodes, name_of, named_shapes, words
from policygraph.validate.slices import world
from policygraph.vocab import Quad


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms documents are checked.

    ``only`` are the slugs of those to check, where others among the quads are what they are compared with; ``stage``
    is how far they are, by default as their texts tell. ``clauses`` says who usually answers for an action, by
    document (slug) and type of action.
    """

    only: Collection[str] = ()
    stage: Stage | None = None
    clauses: Mapping[tuple[str, str], str] = field(default_factory=dict)


_USUAL = Terms()


def validate(
    quads: Iterable[Quad], shapes: Graph, ontology: Graph, engine: str = "pyshacl", on: Terms = _USUAL
) -> Report:
    """Check every document among the quads; each is looked at with the concepts it names and its alignments.

    What was inferred (``graph/inferred``) the shapes see too; where a result stands is told by what was stated.
    Of the ontology only the subclasses are read. Nothing is fetched and ``owl:imports`` is not followed.
    Raises DataError where the shapes are no SHACL, UsageError where the engine is not there.
    """
    everything = world(quads, ontology)
    ready = {stage: _ready(at_stage(shapes, stage), engine) for stage in Stage}
    looked_at: Counter[str] = Counter({name_of(shape, shapes): 0 for shape in named_shapes(shapes)})
    known: list[About] = []
    found: list[Result] = []
    for slug in sorted(on.only or everything.documents):
        data = everything.slice(slug)
        stage = on.stage or stage_of(vocab.thing("document", slug), data)
        rules, run = ready[stage]
        seen = everything.closed(slug, data) if everything.inferred else data
        looked = {name_of(shape, rules): len(focus_nodes(shape, rules, seen)) for shape in named_shapes(rules)}
        looked_at.update(looked)
        known.append(about(slug, data, everything, stage, sum(looked.values())))
        usual = {kind: said for (document, kind), said in on.clauses.items() if document == slug}
        found.extend(results(slug, _raw(seen, rules, run), rules, Sides(data, everything.above(slug)), usual))
    return Report(
        tuple(known),
        tuple(found),
        MappingProxyType(dict(sorted(looked_at.items()))),
        MappingProxyType({name_of(shape, shapes): words(shapes, shape, SH.message) for shape in named_shapes(shapes)}),
    )


def check_slice(slug: str, data: Graph, shapes: Graph, engine: str = "pyshacl") -> list[Result]:
    """Return what the shapes find in one document, the worst first; ``data`` is its slice of the world."""
    return results(slug, _raw(data, shapes, engines.prepared(shapes, engine)), shapes, Sides(data, Graph()), {})


def _ready(rules: Graph, engine: str) -> tuple[Graph, engines.Engine]:
    return rules, engines.prepared(rules, engine)


def _raw(seen: Graph, shapes: Graph, run: engines.Engine) -> list[Raw]:
    """Run the engine; its results have no order, ours have."""
    report = run(seen)
    found = (_read(report, node) for node in report.subjects(RDF.type, SH.ValidationResult))
    return sorted(found, key=lambda each: (str(each.focus), name_of(each.shape, shapes), str(each.value)))


def _read(report: Graph, node: Node) -> Raw:
    shape, focus = report.value(node, SH.sourceShape), report.value(node, SH.focusNode)
    severity = str(report.value(node, SH.resultSeverity)).rpartition("#")[2].lower()
    component = str(report.value(node, SH.sourceConstraintComponent))
    assert shape is not None and focus is not None
    return Raw(focus, report.value(node, SH.value), shape, severity, words(report, node, SH.resultMessage), component)
