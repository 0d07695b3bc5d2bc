"""Hold what validation found, and write it as a SHACL report without blank nodes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import RDF, SH, URIRef
from rdflib.term import Identifier

from policygraph import quads, vocab
from policygraph.model import Rows
from policygraph.validate.shapes import SHAPE
from policygraph.vocab import ID, PG, Quad

SEVERITIES = ("violation", "warning", "info")
Words = tuple[str, str]  # Chinese, English


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape found; texts come in Chinese and English.

    ``document`` is a slug. ``focus`` is the node that was looked at, ``value`` the node or literal at fault, empty
    where something is missing; ``section``, ``quote``, ``action`` (its name) and ``bodies`` (who answers for it) say
    where it stands in the document. ``path`` is a SPARQL property path in short names.
    """

    severity: str  # violation, warning, info
    shape: str  # name of the shape, the last part of its IRI
    document: str
    focus: str
    path: str
    value: str
    message: Words
    expected: Words
    found: Words
    fix: Words
    section: str = ""
    quote: str = ""
    action: str = ""
    bodies: tuple[str, ...] = ()
    theme: str = ""  # structure, names, cascade, quality; empty for a shape that belongs to none

    @property
    def message_zh(self) -> str:
        """Return what is wrong, in Chinese."""
        return self.message[0]

    @property
    def message_en(self) -> str:
        """Return what is wrong, in English."""
        return self.message[1]


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found in some documents: results in document order, and how many nodes each shape looked at."""

    documents: tuple[str, ...]
    results: tuple[Result, ...]
    looked_at: Mapping[str, int]

    @property
    def conforms(self) -> bool:
        """Tell whether there is no violation; warnings and infos do not count."""
        return not any(result.severity == "violation" for result in self.results)

    @property
    def idle(self) -> tuple[str, ...]:
        """Return the shapes that looked at no node: of what they check, nothing is known."""
        return tuple(sorted(shape for shape, count in self.looked_at.items() if not count))

    def counts(self) -> dict[str, int]:
        """Return the number of results of each severity."""
        return {name: sum(result.severity == name for result in self.results) for name in SEVERITIES}

    def to_rows(self, language: str = "zh") -> Rows:
        """Return the results as rows, which become frames."""
        from policygraph.validate.notebook import result_rows

        return result_rows(self, language)

    def _repr_html_(self) -> str:
        """Return what notebooks show."""
        from policygraph.validate.notebook import to_html

        return to_html(self)

    def by_action(self) -> dict[tuple[str, str, str], tuple[Result, ...]]:
        """Group the results by (document, section, action), in document order."""
        keys = dict.fromkeys((result.document, result.section, result.action) for result in self.results)
        return {key: tuple(r for r in self.results if (r.document, r.section, r.action) == key) for key in keys}

    def by_body(self) -> dict[str, tuple[Result, ...]]:
        """Group the results by the bodies that answer for them, by name; ``""`` where there is none."""
        names = sorted({name for result in self.results for name in result.bodies or ("",)})
        return {name: tuple(r for r in self.results if name in (r.bodies or ("",))) for name in names}


def report_quads(report: Report) -> tuple[Quad, ...]:
    """Return the results as SHACL validation reports, each in graph/report/<slug>, sorted.

    The IRI of a result is made from its content. ``sh:conforms`` follows the standard: false where there is any
    result, warnings and infos too (``Report.conforms`` minds violations alone).
    """
    found: list[Quad] = []
    for slug in report.documents:
        graph = vocab.report_graph(slug)
        results = [result for result in report.results if result.document == slug]
        found.append((graph, RDF.type, SH.ValidationReport, graph))
        found.append((graph, PG.inDocument, ID[f"document/{slug}"], graph))
        found.append((graph, SH.conforms, vocab.boolean(not results), graph))
        for result in results:
            node = URIRef(f"{graph}#{_digest(result)}")
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
        (SH.sourceShape, SHAPE[result.shape]),
        (SH.focusNode, URIRef(result.focus)),
        (SH.value, _node(result.value)),
        (SH.resultMessage, vocab.text(result.message[0])),
        (SH.resultMessage, vocab.text(result.message[1], "en")),
        (PG.reason, vocab.text(result.found[0])),
        (PG.reason, vocab.text(result.found[1], "en")),
        (PG.sectionNumber, vocab.code(result.section)),
        (PG.quote, vocab.text(result.quote)),
    ]
    return [(term, value) for term, value in stated if value is not None]


def _node(value: str) -> Identifier | None:
    if not value:
        return None
    return URIRef(value) if value.startswith(vocab.BASE) else vocab.code(value)
