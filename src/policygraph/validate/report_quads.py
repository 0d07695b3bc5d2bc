"""Write what validation found as SHACL reports, without blank nodes."""

from __future__ import annotations

import hashlib

from rdflib import RDF, SH, URIRef
from rdflib.term import Identifier

from policygraph import quads, vocab
from policygraph.validate.report import Report, Result
from policygraph.vocab import PG, Quad


def report_quads(report: Report) -> tuple[Quad, ...]:
    """Return the results as SHACL validation reports, each in graph/report/<slug>, sorted.

    The IRI of a result is made from its content. ``sh:conforms`` follows the standard (SHACL 3.6.1): false where there
    is any result, warnings and infos too (``Report.conforms`` minds violations alone).
    """
    found: list[Quad] = []
    for slug in report.documents:
        graph = vocab.report_graph(slug)
        results = [result for result in report.results if result.document == slug]
        found.append((graph, RDF.type, SH.ValidationReport, graph))
        found.append((graph, PG.ofDocument, vocab.thing("document", slug), graph))
        found.append((graph, SH.conforms, vocab.boolean(not results), graph))
        for result in results:
            node = vocab.result(slug, _digest(result))
            found.append((graph, SH.result, node, graph))
            found.extend((node, term, value, graph) for term, value in _statements(result))
    return quads.ordered(found)


def _digest(result: Result) -> str:
    key = "\n".join((result.shape, result.focus, result.path, result.value, *result.found))
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:12]


def _statements(result: Result) -> list[tuple[URIRef, Identifier]]:
    stated: list[tuple[URIRef, Identifier | None]] = [
        (RDF.type, SH.ValidationResult),
        (SH.resultSeverity, SH[result.severity.capitalize()]),
        (SH.sourceShape, vocab.shape(result.shape)),
        (SH.focusNode, URIRef(result.focus)),
        (SH.value, _node(result.value)),
        (SH.resultMessage, vocab.text(result.message.zh)),
        (SH.resultMessage, vocab.text(result.message.en, "en")),
        (PG.reason, vocab.text(result.found.zh)),
        (PG.reason, vocab.text(result.found.en, "en")),
        (PG.sectionNumber, vocab.code(result.section)),
        (PG.quote, vocab.text(result.quote)),
    ]
    return [(term, value) for term, value in stated if value is not None]


def _node(value: str) -> Identifier | None:
    if not value:
        return None
    return URIRef(value) if value.startswith(vocab.BASE) else vocab.code(value)
