"""Say in words what a node states: a target as a plan would say it, a body, a heading; in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from rdflib import RDF, RDFS, Graph, Literal
from rdflib.term import Node

from policygraph.messages import Message, message, render
from policygraph.quantities import plain, with_unit
from policygraph.terms import UNSURE, Direction, Op, Status
from policygraph.validate.report import Words
from policygraph.vocab import PG

_OPS = MappingProxyType(
    {
        Op.AT_LEAST: "validate.op-at-least",
        Op.AT_MOST: "validate.op-at-most",
        Op.MORE: "validate.op-more",
        Op.LESS: "validate.op-less",
        Op.EXACTLY: "validate.op-exactly",
        Op.RISE: "validate.op-rise",
        Op.FALL: "validate.op-fall",
    }
)
_DOUBTS = MappingProxyType({Status.UNCHECKED: "validate.figure-unchecked", Status.DISPUTED: "validate.figure-disputed"})
_DOWN = Literal(str(Direction.DOWN))


def both(said: Message | str) -> Words:
    """Return a message in both languages."""
    return Words(render(said, "zh"), render(said, "en"))


def text(node: Node | None) -> str:
    """Return a node as text, ``""`` where there is none."""
    return "" if node is None else str(node)


def label(graph: Graph, node: Node | None, language: str = "zh") -> str:
    """Return the label of a node, else the last part of its IRI (Chinese only)."""
    if node is None:
        return ""
    labels = {getattr(item, "language", None): str(item) for item in graph.objects(node, RDFS.label)}
    return labels.get(language) or ("" if language == "en" else str(node).rpartition("/")[2])


def found(graph: Graph, node: Node) -> Words:
    """Say what a node states."""
    if isinstance(node, Literal):
        return Words(str(node), str(node))
    if (node, RDF.type, PG.Target) in graph:
        return together(graph, [node])
    body = label(graph, graph.value(node, PG.aboutBody))  # a statement about a coordinating body
    place = label(graph, graph.value(node, PG.mentionedRegion))
    about = text(graph.value(node, PG.agencyName)) or body or place
    name = about or text(graph.value(node, PG.quote)) or label(graph, node)
    return Words(name, label(graph, node, "en") or name)


def together(graph: Graph, targets: Iterable[Node]) -> Words:
    """Say what targets of one indicator state, by year."""
    by_year = sorted(set(targets), key=lambda each: (text(graph.value(each, PG.year)), str(each)))
    first, name = by_year[0], label(graph, by_year[0])
    said = list(dict.fromkeys(statement(graph, each, graph) for each in by_year))
    zh, en = both(message("validate.states", indicator=name, said=said))
    return _with_doubt(graph, first, zh, en)


def demand(graph: Graph, target: Node, concepts: Graph) -> Message | str:
    """Return what a target asks of its number, as a plan says it: 不低于30%; of a trend its words.

    ``concepts`` knows of indicators which way is better: a rate of deaths does not rise to its number (达到), it falls.
    """
    value, unit = text(graph.value(target, PG.value)), text(graph.value(target, PG.unit))
    op = _OPS.get(text(graph.value(target, PG.comparator)))  # type: ignore[call-overload]
    if not op or not value:
        words = text(graph.value(target, PG.quote))
        return message("validate.trend-in-words", words=words) if words else message("validate.trend")
    if op == "validate.op-exactly" and (graph.value(target, PG.ofIndicator), PG.desiredDirection, _DOWN) in concepts:
        op = "validate.op-down-to"
    return message(op, number=with_unit(_number(value), unit))


def statement(graph: Graph, target: Node, concepts: Graph) -> Message | str:
    """Return what a target asks for, and by when: 2030年不低于30%."""
    year, said = text(graph.value(target, PG.year)), demand(graph, target, concepts)
    return message("validate.by-year", year=year, said=said) if year else said


def unsure(graph: Graph, target: Node) -> bool:
    """Tell whether a figure has not been checked with its source, or is disputed."""
    return text(graph.value(target, PG.factStatus)) in UNSURE


def _number(value: str) -> str:
    try:
        return str(plain(Decimal(value)))
    except InvalidOperation:
        return value


def _with_doubt(graph: Graph, target: Node, zh: str, en: str) -> Words:
    """Add that a figure has not been compared with its source, or is disputed."""
    key = _DOUBTS.get(text(graph.value(target, PG.factStatus)))  # type: ignore[call-overload]
    if key is None or graph.value(target, PG.value) is None:
        return Words(zh, en)
    return Words(render(message(key, said=zh), "zh"), render(message(key, said=en), "en"))
