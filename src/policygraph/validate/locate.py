"""Say where in a document a node stands, and in words what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from rdflib import RDF, RDFS, Graph, Literal
from rdflib.term import Node

from policygraph.messages import say
from policygraph.validate.report import Words
from policygraph.validate.shapes import words
from policygraph.vocab import PG

_UP = (PG.hasResponsibility, PG.hasClause, PG.hasTarget)
_DOUBTS = MappingProxyType({"unchecked": "validate.figure-unchecked", "disputed": "validate.figure-disputed"})
_LAST = 10**6  # after every section


@dataclass(frozen=True, slots=True)
class Location:
    """Where a node stands; ``order`` is the position of its section in the document."""

    order: int = _LAST
    section: str = ""
    quote: str = ""
    action: str = ""
    bodies: tuple[str, ...] = ()


def locate(graph: Graph, document: Node, node: Node) -> Location:
    """Return where a node of a document stands; the document itself stands nowhere."""
    fact = _fact(graph, document, node)
    if fact is None:
        return Location(order=0)
    chain = _chain(graph, fact)
    section = _first(graph, chain, PG.inSection) or (fact if (fact, RDF.type, PG.Section) in graph else None)
    action = next((link for link in chain if (link, RDF.type, PG.Action) in graph), None)
    order = graph.value(section, PG.order) if section else None
    return Location(
        order=int(str(order)) if order is not None else _LAST,
        section=_text(graph.value(section, PG.sectionNumber)) if section else "",
        quote=_quote(graph, chain),
        action=label(graph, action) if action is not None else _text(graph.value(fact, PG.underHeading)),
        bodies=_bodies(graph, fact, chain),
    )


def found(graph: Graph, node: Node) -> Words:
    """Say in Chinese and English what a node states."""
    if isinstance(node, Literal):
        return Words(str(node), str(node))
    if (node, RDF.type, PG.TargetAlignment) in graph:
        indicator = graph.value(node, PG.alignedIndicator)
        name, reason = label(graph, indicator), words(graph, node, PG.reason)
        return Words(f"{name}: {reason.zh}", f"{label(graph, indicator, 'en') or name}: {reason.en}")
    if (node, RDF.type, PG.Target) in graph:
        return _with_doubt(graph, node, f"{label(graph, node)} {_target(graph, node)}".strip())
    name = _text(graph.value(node, PG.agencyName)) or _text(graph.value(node, PG.quote)) or label(graph, node)
    return Words(name, label(graph, node, "en") or name)


def label(graph: Graph, node: Node | None, language: str = "zh") -> str:
    """Return the label of a node, else the last part of its IRI (Chinese only)."""
    if node is None:
        return ""
    labels = {getattr(item, "language", None): str(item) for item in graph.objects(node, RDFS.label)}
    return labels.get(language) or ("" if language == "en" else str(node).rpartition("/")[2])


def _fact(graph: Graph, document: Node, node: Node) -> Node | None:
    """Return the fact that a node is or belongs to: of an alignment the target, of a body its first mention."""
    if node == document:
        return None
    if (node, RDF.type, PG.TargetAlignment) in graph:
        return graph.value(node, PG.alignedTarget) or _action_of(graph, document, node)
    if graph.value(node, PG.inDocument) is not None:
        return node
    mentions = [s for s in graph.subjects(None, node) if (s, PG.inDocument, document) in graph]
    return min(mentions, key=lambda mention: _start(graph, mention), default=None)


def _action_of(graph: Graph, document: Node, alignment: Node) -> Node | None:
    """Return the action that would have held a target that is not there."""
    indicator = graph.value(alignment, PG.alignedIndicator)
    kind = graph.value(indicator, PG.indicatorOf) if indicator is not None else None
    actions = graph.subjects(PG.actionType, kind) if kind is not None else iter(())
    return next((action for action in actions if (action, PG.inDocument, document) in graph), None)


def _start(graph: Graph, fact: Node) -> tuple[int, str]:
    start = graph.value(fact, PG.start)
    return (int(str(start)) if start is not None else _LAST, str(fact))


def _chain(graph: Graph, fact: Node) -> list[Node]:
    """Return a fact and what holds it: responsibility, clause, action."""
    chain = [fact]
    while True:
        above = next((s for term in _UP for s in graph.subjects(term, chain[-1])), None)
        if above is None:
            return chain
        chain.append(above)


def _first(graph: Graph, nodes: Iterable[Node], term: Node) -> Node | None:
    return next((value for node in nodes for value in graph.objects(node, term)), None)


def _bodies(graph: Graph, fact: Node, chain: list[Node]) -> tuple[str, ...]:
    """Return the body of a responsibility, else who leads (or, without a lead, shares) the clause or action."""
    own = graph.value(fact, PG.agencyName)
    if own is not None:
        return (str(own),)
    clauses = [clause for link in chain for clause in (link, *graph.objects(link, PG.hasClause))]
    for term in (PG.hasLeadResponsibility, PG.hasResponsibleResponsibility):
        named = [duty for clause in clauses for duty in graph.objects(clause, term)]
        if named:
            return tuple(sorted({_text(graph.value(duty, PG.agencyName)) for duty in named} - {""}))
    return ()


def _target(graph: Graph, node: Node) -> str:
    year, op, value, unit = (_text(graph.value(node, term)) for term in (PG.year, PG.comparator, PG.value, PG.unit))
    return f"{year} {op} {value}{unit}".strip() if value else year


def _with_doubt(graph: Graph, target: Node, said: str) -> Words:
    """Add that a figure has not been compared with its source, or is disputed."""
    key = _DOUBTS.get(_text(graph.value(target, PG.factStatus)))
    if key is None or graph.value(target, PG.value) is None:
        return Words(said, said)
    return Words(say(key, "zh", said=said), say(key, "en", said=said))


def _quote(graph: Graph, chain: list[Node]) -> str:
    """Return the words of a fact: of a body those of its clause, of a heading the heading."""
    fact, *above = chain
    if (fact, RDF.type, PG.Responsibility) in graph:
        return _text(_first(graph, [*above[:1], fact], PG.quote))
    return _text(_first(graph, chain[:2], PG.quote)) or label(
        graph, fact if (fact, RDF.type, PG.Section) in graph else None
    )


def _text(node: Node | None) -> str:
    return "" if node is None else str(node)
