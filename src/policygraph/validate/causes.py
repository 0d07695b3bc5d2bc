"""Leave out what another result explains: one fault is told once, by its cause (``pg:explains`` of a shape)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from policygraph.validate.report import Result, Words
from policygraph.validate.shapes import name_of
from policygraph.vocab import PG

_CELL = "|"  # of a table, whose head is the cause of what its rows say
_MEASURES = (PG.ofIndicator, PG.alignedIndicator)


def causes_alone(results: Sequence[Result], shapes: Graph, data: Graph) -> list[Result]:
    """Return the results without those that another one explains: of the same indicator, or in the same section.

    A slip in running text explains of targets only the one in whose words it stands. ``data`` is the slice of the world
    that was looked at.
    """
    effects = {
        (name_of(cause, shapes), name_of(effect, shapes)) for cause, effect in shapes.subject_objects(PG.explains)
    }
    told: dict[str, list[tuple[frozenset[Node], Result]]] = {}
    for result in results:
        told.setdefault(result.shape, []).append((_about(result, data), result))

    def cause_of(result: Result) -> Result | None:
        about = _touched(result, data)
        causes = (cause for name in _causes(result, effects) for cause in told.get(name, ()))
        return next((cause for other, cause in causes if about & other and not _apart(cause, result, data)), None)

    asked: dict[int, Result] = {}
    kept: list[Result] = []
    for result in results:
        cause = cause_of(result)
        if cause is None:
            kept.append(result)
        elif result.against and (URIRef(result.focus), PG.alignedTarget, URIRef(cause.value)) in data:
            asked.setdefault(id(cause), result)
    return [_with_asked(result, asked.get(id(result))) for result in kept]


def _with_asked(cause: Result, effect: Result | None) -> Result:
    """Return a result with what a document above asks for, where it explains that this is not met."""
    if effect is None or cause.against:
        return cause
    one, other = cause.expected, effect.expected
    expected = Words(f"{one.zh}；{other.zh}", f"{one.en}; {other.en}")
    return replace(cause, expected=expected, against=effect.against, clause=cause.clause or effect.clause)


def _causes(result: Result, effects: Iterable[tuple[str, str]]) -> list[str]:
    return [cause for cause, effect in effects if effect == result.shape]


def _apart(cause: Result, effect: Result, data: Graph) -> bool:
    """Tell whether a slip in running text stands outside the words of the target that a result is about."""
    if not any((node, RDF.type, PG.TextSlip) in data for node in _nodes(cause)) or _CELL in cause.quote:
        return False
    nodes = _nodes(effect)
    own = any((node, PG.alignedTarget, None) in data or (node, RDF.type, PG.TargetValue) in data for node in nodes)
    placed = None not in (cause.start, effect.start, effect.end)
    return own and placed and not (effect.start or 0) <= (cause.start or 0) <= (effect.end or 0)


def _about(result: Result, data: Graph) -> frozenset[Node]:
    """Return the indicators that a result is about, else the sections in which it stands, else the document."""
    nodes = _nodes(result)
    return frozenset(_measured(nodes, data) or _sections(_with_targets(nodes, data), data) or _documents(nodes, data))


def _touched(result: Result, data: Graph) -> frozenset[Node]:
    """Return all that the cause of a result may be about."""
    nodes = _nodes(result)
    within = _sections(_with_targets(nodes, data), data)
    return frozenset(_measured(nodes, data) | (within or _documents(nodes, data)))


def _nodes(result: Result) -> list[URIRef]:
    return [URIRef(node) for node in (result.value, result.focus) if node.startswith("http")]


def _with_targets(nodes: Iterable[URIRef], data: Graph) -> list[Node]:
    return [target for node in nodes for target in (node, *data.objects(node, PG.alignedTarget))]


def _measured(nodes: Iterable[URIRef], data: Graph) -> set[Node]:
    measures = {found for node in nodes for term in _MEASURES for found in data.objects(node, term)}
    return measures | {node for node in nodes if (node, RDF.type, PG.Indicator) in data}


def _documents(nodes: Iterable[URIRef], data: Graph) -> set[Node]:
    plans = {node for node in nodes if (node, RDF.type, PG.Plan) in data}
    return plans | {found for node in nodes for found in data.objects(node, PG.inDocument)}


def _sections(nodes: Iterable[Node], data: Graph) -> set[Node]:
    found = {section for node in nodes for section in data.objects(node, PG.inSection)}
    return found | {node for node in nodes if (node, RDF.type, PG.Section) in data}
