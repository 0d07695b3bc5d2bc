"""Say where in a document a node stands, and who answers for it there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import RDF, Graph
from rdflib.term import Node

from policygraph.validate.wording import label, text
from policygraph.vocab import PG

_UP = (PG.hasResponsibility, PG.hasClause, PG.hasTarget)
_LAST = 10**9  # after everything that has a place


@dataclass(frozen=True, slots=True)
class Location:
    """Where a node stands; ``place`` orders nodes as the text does: by offset, where there is none by section."""

    place: tuple[int, int] = (_LAST, _LAST)
    section: str = ""
    quote: str = ""
    action: str = ""
    kind: str = ""  # of the action: the last part of its IRI
    bodies: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None


def locate(graph: Graph, document: Node, node: Node) -> Location:
    """Return where a node of a document stands; the document itself stands nowhere."""
    fact = _fact(graph, document, node)
    if fact is None:
        return Location(place=(0, 0))
    chain = _chain(graph, fact)
    section = _first(graph, chain, PG.inSection) or (fact if (fact, RDF.type, PG.Section) in graph else None)
    action = next((link for link in chain if (link, RDF.type, PG.Action) in graph), None)
    kind = graph.value(action, PG.actionType) if action is not None else None
    start, end = _span(graph, [*chain, *([section] if section else [])])
    return Location(
        start=start,
        end=end,
        place=(_integer(graph, chain, PG.start), _integer(graph, [section] if section else [], PG.order)),
        section=text(graph.value(section, PG.sectionNumber)) if section else "",
        quote=_quote(graph, chain),
        action=label(graph, action) if action is not None else text(graph.value(fact, PG.underHeading)),
        kind=str(kind).rpartition("/")[2] if kind is not None else "",
        bodies=_bodies(graph, fact, chain),
    )


def _fact(graph: Graph, document: Node, node: Node) -> Node | None:
    """Return the fact that a node is or belongs to: of an alignment the target, of a body its first mention."""
    if node == document:
        return None
    if (node, RDF.type, PG.TargetAlignment) in graph:
        return graph.value(node, PG.alignedTarget) or _action_of(graph, document, node)
    if graph.value(node, PG.inDocument) is not None:
        return node
    mentions = [s for s in graph.subjects(None, node) if (s, PG.inDocument, document) in graph]
    return min(mentions, key=lambda mention: (_integer(graph, [mention], PG.start), str(mention)), default=None)


def _action_of(graph: Graph, document: Node, alignment: Node) -> Node | None:
    """Return the action that would have held a target that is not there, the first of several."""
    indicator = graph.value(alignment, PG.alignedIndicator)
    kind = graph.value(indicator, PG.indicatorOf) if indicator is not None else None
    found = graph.subjects(PG.actionType, kind) if kind is not None else iter(())
    actions = [action for action in found if (action, PG.inDocument, document) in graph]
    return min(actions, key=lambda action: (_integer(graph, [action], PG.start), str(action)), default=None)


def _integer(graph: Graph, nodes: Iterable[Node], term: Node) -> int:
    value = _first(graph, nodes, term)
    return int(str(value)) if value is not None else _LAST


def _span(graph: Graph, nodes: Iterable[Node]) -> tuple[int, int] | tuple[None, None]:
    """Return where the first of some nodes that has a place begins and ends in the text."""
    for node in nodes:
        start, end = graph.value(node, PG.start), graph.value(node, PG.end)
        if start is not None and end is not None:
            return int(str(start)), int(str(end))
    return None, None


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
            return tuple(sorted({text(graph.value(duty, PG.agencyName)) for duty in named} - {""}))
    return ()


def _quote(graph: Graph, chain: list[Node]) -> str:
    """Return the words of a fact: of a body those of its clause, of a heading the heading."""
    fact, *above = chain
    if (fact, RDF.type, PG.Responsibility) in graph:
        return text(_first(graph, [*above[:1], fact], PG.quote))
    return text(_first(graph, chain[:2], PG.quote)) or label(
        graph, fact if (fact, RDF.type, PG.Section) in graph else None
    )
