"""Say why an answer is empty: which pattern of the question has no match, and what data is behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rdflib import Graph, URIRef, Variable
from rdflib.paths import Path
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier, Node

from policygraph.messages import Message, message
from policygraph.query.lookup import Asked, identifiers, look_up
from policygraph.vocab import bind, shorten

_IRI = re.compile(r"<([^<>]*)>")  # inside a path, or the type of a literal
_Pattern = tuple[Node, Node, Node]


def explain(store: Asked, sparql: str, bindings: Mapping[str, Identifier]) -> Message:
    """Return one line that names the first pattern of a query without a match."""
    groups = list(_groups(translateQuery(parseQuery(sparql)).algebra))
    alone = ([pattern] for group in groups for pattern in group)
    growing = (group[:end] for group in groups for end in range(2, len(group) + 1))
    for patterns in (*alone, *growing):
        if not _matches(store, patterns, bindings):
            return _message(store, patterns, bindings)
    return message("query.not-together", documents=_held(store))


def _groups(part: object) -> Iterator[list[_Pattern]]:
    """Yield the groups of triple patterns that must match, sub-selects on their own."""
    if not isinstance(part, CompValue) or part.name == "Union":
        return
    if part.name == "BGP":
        yield list(part.triples)
    optional = part.name in ("LeftJoin", "Minus")
    for key in ("p1",) if optional else ("p1", "p2", "p"):
        if key in part:
            yield from _groups(part[key])


def _matches(store: Asked, patterns: list[_Pattern], bindings: Mapping[str, Identifier]) -> bool:
    names = bind(Graph()).namespace_manager
    lines = [" ".join(_written(node, bindings, names) for node in pattern) for pattern in patterns]
    return bool(store.query(f"ASK {{ {' . '.join(lines)} }}"))


def _written(node: Node, bindings: Mapping[str, Identifier], names: object) -> str:
    if isinstance(node, Variable) and str(node) in bindings:
        node = bindings[str(node)]
    if isinstance(node, Path):
        return node.n3()
    assert isinstance(node, Identifier)
    return node.n3()


def _message(store: Asked, patterns: list[_Pattern], bindings: Mapping[str, Identifier]) -> Message:
    *before, last = (" ".join(_shown(node, bindings) for node in pattern) for pattern in patterns)
    if before:
        return message("query.no-match-with", pattern=last, before=" . ".join(before), documents=_held(store))
    property, uses = _used(store, patterns[-1])
    if not property:
        return message("query.no-match", pattern=last, documents=_held(store))
    return message("query.no-match-used", pattern=last, property=property, uses=uses, documents=_held(store))


def _shown(node: Node, bindings: Mapping[str, Identifier]) -> str:
    if isinstance(node, Variable):
        found = bindings.get(str(node))
        return _shown(found, {}) if found is not None else node.n3()
    if isinstance(node, URIRef):
        return shorten(str(node))
    text: str = node.n3()
    return _IRI.sub(lambda found: shorten(found[1]), text)


def _used(store: Asked, pattern: _Pattern) -> tuple[str, object]:
    """Return the property of a pattern and how often it is used at all, an empty name for a path or a variable."""
    if not isinstance(pattern[1], URIRef):
        return "", 0
    ((uses,),) = look_up(store, "uses-of-property", property=pattern[1])
    return shorten(str(pattern[1])), uses


def _held(store: Asked) -> int:
    return len(identifiers(store))
