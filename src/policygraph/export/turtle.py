"""Write Turtle and TriG for people to read: prefixed names, subjects and properties grouped and sorted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from rdflib import RDF, XSD, BNode, Literal, URIRef
from rdflib.term import Identifier, Node

from policygraph import vocab
from policygraph.quads import term

Triple = tuple[Node, Node, Node]
_SHORT = {XSD.integer: re.compile(r"[+-]?\d+"), XSD.boolean: re.compile("true|false")}


def head(body: str) -> str:
    """Return the prefix lines that a body needs."""
    used = {match[1] for match in re.finditer(r"(?:^|\s|\^\^)([a-z]\w*):", body)}
    lines = [f"@prefix {prefix}: <{space}> .\n" for prefix, space in vocab.prefixes().items() if prefix in used]
    return "".join(lines)


def subjects(triples: Iterable[Triple], indent: str = "") -> str:
    """Return triples as Turtle without prefix lines; a class comes before the other properties."""
    lines = sorted({(_written(s), _property(p), _written(o)) for s, p, o in triples}, key=_order)
    return "".join(_subject(name, list(found), indent) for name, found in groupby(lines, key=itemgetter(0)))


def _subject(name: str, lines: list[tuple[str, str, str]], indent: str) -> str:
    parts = [f"{verb} {', '.join(line[2] for line in found)}" for verb, found in groupby(lines, key=itemgetter(1))]
    return f"{indent}{name} " + f" ;\n{indent}    ".join(parts) + " .\n"


def _order(line: tuple[str, str, str]) -> tuple[str, bool, str, str]:
    return (line[0], line[1] != "a", line[1], line[2])


def _property(node: Node) -> str:
    return "a" if node == RDF.type else _written(node)


def _written(node: Node) -> str:
    if isinstance(node, BNode):
        return f"_:{node}"
    if not isinstance(node, Literal):
        name = vocab.shorten(str(node))
        return name if name != str(node) and not name.endswith(".") else f"<{node}>"
    if node.datatype in _SHORT and _SHORT[node.datatype].fullmatch(str(node)):
        return str(node)
    if node.language or node.datatype in (None, XSD.string):
        return term(node)
    return term(node).removesuffix(f"<{node.datatype}>") + _written(URIRef(node.datatype or ""))


def by_graph(quads: Iterable[tuple[Node, Node, Node, Identifier]]) -> Iterator[tuple[str, list[Triple]]]:
    """Yield the name of each graph, as written, with its triples; in the order of the names."""
    found: dict[str, list[Triple]] = {}
    for s, p, o, g in quads:
        found.setdefault(_written(g), []).append((s, p, o))
    yield from sorted(found.items(), key=itemgetter(0))
