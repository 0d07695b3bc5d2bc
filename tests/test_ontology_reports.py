"""Validation reports are SHACL reports, and no reasoner finds fault with what they say."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import owlrl
import pytest
from pyshacl import validate as shacl
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from policygraph import export
from policygraph.graph import schema
from policygraph.terms import Stage
from policygraph.validate import Terms, load_shapes, read_turtle, report_quads, shape_quads, validate
from policygraph.validate.shapes import named_shapes
from policygraph.vocab import GRAPH, PG, SHAPE, SHAPES_GRAPH, Quad

HERE = Path(__file__).parent
SHAPES, CORE = load_shapes(), schema()
RULES = Graph().parse(HERE / "report_shapes.ttl")
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
EX = "http://example.org/"
OWN = """@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix pg: <https://w3id.org/policygraph/ontology#> .
:own a sh:NodeShape ; sh:targetClass pg:Target ; sh:message "own" ;
    sh:property [ sh:path pg:printedValue ; sh:minCount 1 ] .
:far a sh:PropertyShape ; sh:targetClass pg:Target ; sh:maxCount 0 ;
    sh:path ( pg:ofIndicator [ sh:zeroOrMorePath pg:note ] ) .
[] sh:targetClass pg:Target ; sh:property [ sh:path pg:baseline ; sh:minCount 1 ] .
"""


@cache
def story() -> tuple[Quad, ...]:
    """Return, for each shape, the data in which it finds a fault, each as a document of its own."""
    faults = sorted(HERE.glob("shapes/*/fail.ttl"))
    return tuple((s, p, o, GRAPH[f"document/{file.parent.name}"]) for file in faults for s, p, o in Graph().parse(file))


@cache
def own_shapes() -> Graph:
    return Graph() + SHAPES + Graph().parse(data=OWN, format="turtle")


@cache
def reports(own: bool = False) -> tuple[Quad, ...]:
    shapes = own_shapes() if own else SHAPES
    return report_quads(validate(story(), shapes, CORE, on=Terms(stage=Stage.ISSUED)), shapes)


def as_turtle(quads: tuple[Quad, ...]) -> Graph:
    """Return quads as they are exported."""
    return Graph().parse(data=str(export.render(quads, "ttl")), format="turtle")


@pytest.mark.parametrize("own", [False, True], ids=["bundled shapes", "with shapes of one's own"])
def test_reports_are_reports_by_the_standard(own: bool) -> None:
    shapes = own_shapes() if own else SHAPES
    data = as_turtle((*reports(own), *shape_quads(shapes)))
    found = set(data.objects(None, SH.sourceShape))
    assert {SHAPE[str(each).removeprefix(SHAPE)] for each in named_shapes(SHAPES)} <= found
    conforms, _, text = shacl(data, shacl_graph=RULES)
    assert conforms, text


def swap(term: URIRef, value: URIRef | Literal, keep: bool = False) -> Callable[[Graph], None]:
    """Return a function that gives another value to all that have a property, or one more."""

    def spoil(graph: Graph) -> None:
        for node in set(graph.subjects(term)):
            (graph.add if keep else graph.set)((node, term, value))

    return spoil


BROKEN = [
    ("no component", lambda graph: graph.remove((None, SH.sourceConstraintComponent, None)), "sourceConstraintComp"),
    ("no path", lambda graph: graph.remove((None, SH.resultPath, None)), "path-of-the-shape"),
    ("two paths", swap(SH.resultPath, PG.quote, keep=True), "resultPath"),
    ("conforms with results", swap(SH.conforms, Literal(True)), "Xone"),
    ("a severity of its own", swap(SH.resultSeverity, PG.quote), "resultSeverity"),
    ("a shape that is none", swap(SH.sourceShape, PG.quote), "the-source-is-a-shape"),
]


@pytest.mark.parametrize(("what", "spoil", "told"), BROKEN, ids=[case[0] for case in BROKEN])
def test_the_standard_finds_what_is_wrong_with_a_report(what: str, spoil: Callable[[Graph], object], told: str) -> None:
    data = as_turtle((*reports(), *shape_quads(SHAPES)))
    spoil(data)
    conforms, _, text = shacl(data, shacl_graph=RULES)
    assert not conforms and told in text


def test_a_path_of_several_steps_is_written_out() -> None:
    data = as_turtle(reports(own=True))
    (shape,) = {s for s in data.objects(None, SH.sourceShape) if str(s) == f"{EX}far"}
    result = next(data.subjects(SH.sourceShape, shape))
    path = data.value(result, SH.resultPath)
    assert isinstance(path, BNode)
    first, second = Collection(data, path)
    assert (first, data.value(second, SH.zeroOrMorePath)) == (PG.ofIndicator, PG.note)


def test_the_shapes_have_a_graph_with_their_texts_and_themes() -> None:
    found = shape_quads(SHAPES)
    assert {graph for *_, graph in found} == {SHAPES_GRAPH}
    assert not [quad for quad in found if any(isinstance(term, BNode) for term in quad)]
    stated = {quad[:3] for quad in found}
    for shape in named_shapes(SHAPES):
        said = {(p, o.language) for s, p, o in stated if s == shape and isinstance(o, Literal)}
        assert {
            (p, lang) for p in (SH.message, RDFS.label, SH.description, RDFS.comment) for lang in ("zh", "en")
        } <= said
        (theme,) = (o for s, p, o in stated if s == shape and p == SH.group)
        assert {o.language for s, p, o in stated if s == theme and p == RDFS.label} == {"zh", "en"}


def test_exported_shapes_are_the_shapes(tmp_path: Path) -> None:
    """Lists and paths come out as the blank nodes that SHACL asks for: an engine finds the same with them."""
    (tmp_path / "shapes.ttl").write_text(str(export.render(shape_quads(SHAPES), "ttl")), encoding="utf-8")
    again = Graph()
    read_turtle(tmp_path / "shapes.ttl", again)
    assert shacl(Graph(), shacl_graph=again, meta_shacl=True)[0]
    some = [
        quad for quad in story() if quad[3].endswith(("/action-lead", "/agency-of-higher-level", "/target-dropped"))
    ]
    assert validate(some, again, CORE).results == validate(some, SHAPES, CORE).results


def test_owlrl_finds_the_reports_consistent_and_would_find_a_property_in_the_wrong_place() -> None:
    def errors(*more: tuple[URIRef, URIRef, Literal]) -> list[str]:
        closed = Graph() + CORE
        for triple in (*(quad[:3] for quad in reports()), *more):
            closed.add(triple)
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
        return [str(text) for text in closed.objects(None, ERROR)]

    assert errors() == []
    result = next(s for s, p, o, _ in reports() if (p, o) == (RDF.type, SH.ValidationResult))
    assert errors((result, PG.reason, Literal("x")), (result, PG.sectionNumber, Literal("三")))
