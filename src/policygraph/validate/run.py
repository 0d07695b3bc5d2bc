"""Run the shapes over one document after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from policygraph import vocab
from policygraph.nameless import names
from policygraph.validate import engines
from policygraph.validate.locate import found, locate
from policygraph.validate.report import NOTHING, SEVERITIES, Report, Result, Words
from policygraph.validate.shapes import focus_nodes, name_of, named_shapes, path_of, suggested, theme_of, words
from policygraph.validate.slices import world
from policygraph.vocab import PG, Quad


def validate(
    quads: Iterable[Quad], shapes: Graph, ontology: Graph, engine: str = "pyshacl", only: Iterable[str] = ()
) -> Report:
    """Check the documents among the quads, all or ``only`` some (slugs); each with its concepts and its alignments.

    What was inferred (``graph/inferred``) the shapes see too; where a result stands is told by what was stated.
    Of the ontology only the subclasses are read. Nothing is fetched and ``owl:imports`` is not followed.
    Raises DataError where the shapes are no SHACL, UsageError where the engine is not there.
    """
    everything = world(quads, ontology)
    looked_at: Counter[str] = Counter({name_of(shape, shapes): 0 for shape in named_shapes(shapes)})
    results: list[Result] = []
    checked = sorted(only or everything.documents)
    for slug in checked:
        data = everything.slice(slug)
        seen = everything.closed(slug, data) if everything.inferred else data
        looked_at.update({name_of(s, shapes): len(focus_nodes(s, shapes, seen)) for s in named_shapes(shapes)})
        results.extend(_Check(slug, data, seen, shapes, engine).results())
    return Report(tuple(checked), tuple(results), MappingProxyType(dict(sorted(looked_at.items()))))


def check_slice(slug: str, data: Graph, shapes: Graph, engine: str = "pyshacl") -> list[Result]:
    """Return what the shapes find in one document, in document order; ``data`` is its slice of the world."""
    return _Check(slug, data, data, shapes, engine).results()


@dataclass(frozen=True, slots=True)
class _Raw:
    """One result as pyshacl gives it."""

    focus: Node
    value: Node | None
    shape: Node
    severity: str
    message: Words
    component: str


@dataclass(frozen=True, slots=True)
class _Check:
    """One document with its slice and the shapes."""

    slug: str
    data: Graph
    seen: Graph  # the same with what was inferred
    shapes: Graph
    engine: str

    def results(self) -> list[Result]:
        """Return what the shapes found, in document order; what two scopes of the cascade both found comes once."""
        keyed: dict[object, tuple[tuple[object, ...], Result]] = {}
        for raw in self._raw():
            result, order = self._result(raw)
            aligned = (raw.focus, RDF.type, PG.TargetAlignment) in self.data
            once = result.found if aligned else (result.focus, result.value)
            rank = (order, result.section, SEVERITIES.index(result.severity), result.shape, result.focus, result.value)
            keyed.setdefault((result.shape, once), (rank, result))
        return [result for _, result in sorted(keyed.values(), key=lambda pair: pair[0])]

    def _raw(self) -> list[_Raw]:
        """Run the engine; its results have no order, ours have."""
        report = engines.results(self.seen, self.shapes, self.engine)
        found = (_read(report, node) for node in report.subjects(RDF.type, SH.ValidationResult))
        return sorted(found, key=lambda raw: (str(raw.focus), name_of(raw.shape, self.shapes), str(raw.value)))

    def _result(self, raw: _Raw) -> tuple[Result, int]:
        document = vocab.thing("document", self.slug)
        fact = raw.value is not None and (raw.value, PG.inDocument, document) in self.data
        at = locate(self.data, document, raw.value if fact and raw.value is not None else raw.focus)
        message = words(self.shapes, raw.shape, SH.message)
        result = Result(
            severity=raw.severity,
            shape=name_of(raw.shape, self.shapes),
            document=self.slug,
            focus=str(raw.focus),
            path=path_of(self.shapes, raw.shape),
            value="" if raw.value is None else str(raw.value),
            message=message if message.zh else raw.message,
            expected=words(self.shapes, raw.shape, SH.description),
            found=self._found(raw, document),
            fix=self._fix(raw),
            section=at.section,
            quote=at.quote,
            action=at.action,
            bodies=at.bodies,
            theme=theme_of(raw.shape, self.shapes),
            source=self._source(raw.shape),
            component=raw.component,
        )
        return result, at.order

    def _source(self, shape: Node) -> str:
        """Return the IRI of a shape, for a nameless one that of its content; pyshifty does not say which that is."""
        return str(shape if isinstance(shape, URIRef) else names(self.shapes).get(shape, ""))

    def _fix(self, raw: _Raw) -> Words:
        """Say how to mend it, with what the shape suggests, where the data has that."""
        fix = words(self.shapes, raw.shape, RDFS.comment)
        better = suggested(self.shapes, raw.shape, self.data, raw.focus if raw.value is None else raw.value)
        if not better:
            return fix
        zh, en = zip(*(found(self.data, node) for node in better), strict=True)
        return Words(f"{fix.zh}：{'、'.join(zh)}", f"{fix.en}: {', '.join(en)}")

    def _found(self, raw: _Raw, document: URIRef) -> Words:
        """Say what is there: the value, where it stands for itself, else the focus node and the literal at fault."""
        if raw.value is not None and raw.focus == document != raw.value:
            return found(self.data, raw.value)
        if raw.focus == document:
            return NOTHING
        if raw.value is not None and (raw.value, RDF.type, PG.Agency) in self.data:
            return found(self.data, raw.value)
        zh, en = found(self.data, raw.focus)
        aligned = (raw.focus, RDF.type, PG.TargetAlignment) in self.data
        plain = isinstance(raw.value, Literal) and not isinstance(raw.value.value, bool) and not aligned
        shown = f" ({raw.value})" if plain and str(raw.value) not in en else ""
        return Words(zh + shown, en + shown)


def _read(report: Graph, node: Node) -> _Raw:
    shape, focus = report.value(node, SH.sourceShape), report.value(node, SH.focusNode)
    severity = str(report.value(node, SH.resultSeverity)).rpartition("#")[2].lower()
    component = str(report.value(node, SH.sourceConstraintComponent))
    assert shape is not None and focus is not None
    return _Raw(focus, report.value(node, SH.value), shape, severity, words(report, node, SH.resultMessage), component)
