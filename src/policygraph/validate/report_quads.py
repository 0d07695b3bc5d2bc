"""Write what validation found as SHACL reports (SHACL 3.6): without blank nodes, and with properties of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Identifier, Node

from policygraph import nameless, quads, vocab
from policygraph.messages import message, render
from policygraph.terms import Outcome
from policygraph.validate.about import About
from policygraph.validate.report import Report, Result
from policygraph.validate.results import names_of
from policygraph.vocab import PG, Quad


def report_quads(report: Report, shapes: Graph) -> tuple[Quad, ...]:
    """Return the results as SHACL validation reports, each in graph/report/<slug>, sorted.

    ``shapes`` are those that were checked. The IRI of a result is made from its content. ``sh:conforms`` follows the
    standard (SHACL 3.6.1): false where there is any result, warnings and infos too, true where there is none;
    ``pg:outcome`` minds violations alone, and says where nothing was there to check. A path of several steps is
    written out in each report that has it (3.6.2.2).
    """
    return quads_of(report, report_paths(shapes))


def quads_of(report: Report, paths: Paths) -> tuple[Quad, ...]:
    """Return the same as :func:`report_quads`, with the paths of the shapes."""
    found: list[Quad] = []
    for about in report.about:
        slug = about.document.slug
        graph = vocab.report_graph(slug)
        results = [result for result in report.results if result.document == slug]
        found.extend((graph, term, value, graph) for term, value in _head(about, report.outcome_of(about), not results))
        for result in results:
            node = vocab.result(slug, _digest(result))
            found.append((graph, SH.result, node, graph))
            found.extend((node, term, value, graph) for term, value in _statements(result))
            path = paths.get(result.source)
            if path:
                found.append((node, SH.resultPath, path.name, graph))
                found.extend((s, p, o, graph) for s, p, o in path.steps)
    return quads.ordered(found)


@dataclass(frozen=True, slots=True)
class Path:
    """A path: its IRI, or that of the node it begins at, with the triples of its steps."""

    name: URIRef
    steps: tuple[tuple[URIRef, URIRef, Identifier], ...]


Paths = Mapping[str, Path]


def report_paths(shapes: Graph) -> Paths:
    """Return the path of each property shape, by the IRI of the shape."""
    names = names_of(shapes)

    def name(node: Node) -> URIRef:
        return names.get(node) or node  # type: ignore[return-value]

    return {
        str(name(shape)): Path(name(path), tuple((name(s), name(p), name(o)) for s, p, o in _steps(path, shapes)))
        for shape, path in shapes.subject_objects(SH.path)
    }


def _steps(path: Node, shapes: Graph) -> Iterator[tuple[Node, Node, Node]]:
    if not isinstance(path, URIRef):
        yield from nameless.below(path, shapes)


def _digest(result: Result) -> str:
    key = "\n".join((result.shape, result.focus, result.path, result.value, *result.found))
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:12]


def _head(about: About, outcome: Outcome, empty: bool) -> list[tuple[URIRef, Identifier]]:
    titled = message("validate.about", document=about.document.name)
    labels = [vocab.text(render(titled, language), language) for language in ("zh", "en")]
    return [
        (RDF.type, SH.ValidationReport),
        (PG.ofDocument, vocab.thing("document", about.document.slug)),
        (SH.conforms, vocab.boolean(empty)),
        (PG.outcome, Literal(outcome)),
        *((PG.checkedAgainst, vocab.thing("document", each.slug)) for each in about.compared),
        *((RDFS.label, label) for label in labels if label is not None),
    ]


def _statements(result: Result) -> list[tuple[URIRef, Identifier]]:
    message = (vocab.text(result.message.zh), vocab.text(result.message.en, "en"))
    stated: list[tuple[URIRef, Identifier | None]] = [
        (RDF.type, SH.ValidationResult),
        (SH.resultSeverity, SH[result.severity.capitalize()]),
        (SH.sourceShape, URIRef(result.source) if result.source else None),
        (SH.sourceConstraintComponent, URIRef(result.component)),
        (SH.focusNode, URIRef(result.focus)),
        (SH.value, _node(result.value)),
        *((term, said) for term in (SH.resultMessage, RDFS.label) for said in message),
        (PG.found, vocab.text(result.found.zh)),
        (PG.found, vocab.text(result.found.en, "en")),
        (PG.expected, vocab.text(result.expected.zh)),
        (PG.expected, vocab.text(result.expected.en, "en")),
        (PG.suggestedClause, vocab.text(result.clause)),
        *((PG.checkedAgainst, vocab.thing("document", each.slug)) for each in result.against),
        (PG.resultSection, vocab.code(result.section)),
        (PG.quote, vocab.text(result.quote)),
    ]
    return [(term, value) for term, value in stated if value is not None]


def _node(value: str) -> Identifier | None:
    if not value:
        return None
    return URIRef(value) if value.startswith(vocab.BASE) else vocab.code(value)
