"""Run the shapes over one document after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from rdflib import RDF, SH, Graph
from rdflib.term import Node

from policygraph import vocab
from policygraph.quads import Triple
from policygraph.terms import Stage
from policygraph.validate import engines
from policygraph.validate.about import About, about, stage_of
from policygraph.validate.comparing import Sides
from policygraph.validate.report import Report, Result, Words
from policygraph.validate.results import Raw, Rules, results
from policygraph.validate.shapes import Focus, at_stage, name_of, named_shapes, words
from policygraph.validate.slices import World, as_graph, world
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
_Ready = tuple[Rules, Focus, engines.Engine]


def validate(
    quads: Iterable[Quad], shapes: Graph, ontology: Graph, engine: str = "pyshacl", on: Terms = _USUAL
) -> Report:
    """Check every document among the quads; each is looked at with the concepts it names and its alignments.

    What was inferred (``graph/inferred``) the shapes see too; where a result stands is told by what was stated.
    Of the ontology only the subclasses are read. Nothing is fetched and ``owl:imports`` is not followed.
    Raises DataError where the shapes are no SHACL, UsageError where the engine is not there.
    """
    everything, checker = world(quads, ontology), Checker(shapes, engine)
    checked = [checker.check(slug, everything, on) for slug in sorted(on.only or everything.documents)]
    return as_report(checked, rule_names(shapes))


def as_report(checked: Sequence[Checked], rules: Mapping[str, Words]) -> Report:
    """Return what was found in some documents as one report; ``rules`` are the names of the shapes that looked."""
    looked_at: Counter[str] = Counter(dict.fromkeys(rules, 0))
    for each in checked:
        looked_at.update(each.looked_at)
    return Report(
        tuple(each.about for each in checked),
        tuple(result for each in checked for result in each.results),
        MappingProxyType(dict(sorted(looked_at.items()))),
        MappingProxyType(dict(rules)),
    )


def rule_names(shapes: Graph) -> dict[str, Words]:
    """Return what each shape finds wrong, by its name."""
    return {name_of(shape, shapes): words(shapes, shape, SH.message) for shape in named_shapes(shapes)}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one document, and how many nodes each shape looked at."""

    about: About
    results: tuple[Result, ...]
    looked_at: Mapping[str, int]


class Checker:
    """The shapes as an engine reads them once, for many documents.

    Raises DataError where the shapes are no SHACL, UsageError where the engine is not there.
    """

    def __init__(self, shapes: Graph, engine: str) -> None:
        self._shapes, self._engine = shapes, engine
        self._ready: dict[Stage, _Ready] = {}
        self._at(Stage.ISSUED)  # so that what is wrong with the shapes is told before a document is read

    def _at(self, stage: Stage) -> _Ready:
        if stage not in self._ready:
            rules = at_stage(self._shapes, stage)
            ready = Rules(rules, self._shapes), Focus(rules), engines.prepared(rules, self._engine)
            self._ready[stage] = ready
        return self._ready[stage]

    def check(self, slug: str, everything: World, on: Terms = _USUAL) -> Checked:
        """Check one document."""
        stated = everything.slice(slug)
        seen = everything.closed(slug, stated) if everything.inferred else stated
        sides = Sides(as_graph(stated), everything.above(slug))
        stage = on.stage or stage_of(vocab.thing("document", slug), sides.data)
        rules, focus, run = self._at(stage)
        looked = focus.counts(seen)
        usual = {kind: said for (document, kind), said in on.clauses.items() if document == slug}
        found = results(slug, _raw(seen, rules.shapes, run), rules, sides, usual)
        return Checked(
            about(slug, sides.data, sides.above, everything, stage, sum(looked.values())), tuple(found), looked
        )


def check_slice(slug: str, data: Collection[Triple], shapes: Graph, engine: str = "pyshacl") -> list[Result]:
    """Return what the shapes find in one document, the worst first; ``data`` is its slice of the world."""
    found = _raw(data, shapes, engines.prepared(shapes, engine))
    return results(slug, found, Rules(shapes, shapes), Sides(as_graph(data), Graph()), {})


def _raw(seen: Collection[Triple], shapes: Graph, run: engines.Engine) -> list[Raw]:
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
