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

from policygraph.query.lookup import Asked
from policygraph.rows import Rows
from policygraph.vocab import bind, shorten

_IRI = re.compile(r"<([^<>]*)>")  # inside a path, or the type of a literal
_Pattern = tuple[Node, Node, Node]
_COUNT = "SELECT (COUNT(DISTINCT ?document) AS ?n) { ?document a pg:PolicyDocument ; dcterms:identifier ?id }"


def explain(store: Asked, sparql: str, bindings: Mapping[str, Identifier]) -> str:
    """Return one line (zh / en) that names the first pattern of a query without a match."""
    groups = list(_groups(translateQuery(parseQuery(sparql)).algebra))
    alone = ([pattern] for group in groups for pattern in group)
    growing = (group[:end] for group in groups for end in range(2, len(group) + 1))
    for patterns in (*alone, *growing):
        if not _matches(store, patterns, bindings):
            return _message(store, patterns, bindings)
    return f"各模式单独均有匹配,但合起来没有 / each pattern has a match, but not all of them together ({_held(store)})"


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


def _message(store: Asked, patterns: list[_Pattern], bindings: Mapping[str, Identifier]) -> str:
    *before, last = (" ".join(_shown(node, bindings) for node in pattern) for pattern in patterns)
    if before:
        return f"«{last}» 与前面的模式没有共同匹配 / has no match together with «{' . '.join(before)}» ({_held(store)})"
    return f"«{last}» 没有匹配 / has no match{_used(store, patterns[-1])} ({_held(store)})"


def _shown(node: Node, bindings: Mapping[str, Identifier]) -> str:
    if isinstance(node, Variable):
        found = bindings.get(str(node))
        return _shown(found, {}) if found is not None else node.n3()
    if isinstance(node, URIRef):
        return shorten(str(node))
    text: str = node.n3()
    return _IRI.sub(lambda found: shorten(found[1]), text)


def _used(store: Asked, pattern: _Pattern) -> str:
    """Say how often the property of a pattern is used at all."""
    if not isinstance(pattern[1], URIRef):
        return ""
    found = store.query(f"SELECT (COUNT(*) AS ?n) {{ ?s {pattern[1].n3()} ?o }}")
    number = found.rows[0][0] if isinstance(found, Rows) else 0
    return f"; {shorten(str(pattern[1]))}: {number}"


def _held(store: Asked) -> str:
    found = store.query(_COUNT)
    number = found.rows[0][0] if isinstance(found, Rows) else 0
    return f"文件 / documents: {number}"
