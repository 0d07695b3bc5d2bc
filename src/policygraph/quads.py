"""Write quads as text: sorted canonical N-Quads, the same bytes for the same quads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from policygraph.vocab import Quad

Triple = tuple[str, str, str]  # three terms as text

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_PLAIN = {written: char for char, written in _ESCAPES.items()}
_UNESCAPED = re.compile(r"\\(?:u([0-9A-F]{4})|.)")
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')
_UNTYPED = (None, XSD.string)  # rdflib makes a term of its namespaces anew each time it is named


def nquads(quads: Iterable[Quad]) -> str:
    """Write quads as N-Quads: one a line, sorted, without repeats, so that the same quads give the same bytes."""
    return "".join(lines(quads))


def lines(quads: Iterable[Quad]) -> list[str]:
    """Return quads as lines of N-Quads, sorted, without repeats."""
    return sorted({" ".join(map(term, quad)) + " .\n" for quad in quads})


def line(triple: Triple, graph: str) -> str:
    """Return the line of a triple in a graph, both as text."""
    return f"{triple[0]} {triple[1]} {triple[2]} {graph} .\n"


def triple_of(line: str) -> Triple:
    r"""Return the triple of a line that :func:`lines` wrote.

    >>> triple_of('<a:s> <a:p> "a <b> ." <a:g> .\n')
    ('<a:s>', '<a:p>', '"a <b> ."')
    """
    s, p, rest = line.split(" ", 2)
    return s, p, rest[: rest.rindex(" <")]


def quad_of(line: str) -> Quad:
    """Return the quad of a line that :func:`lines` wrote."""
    s, p, o = triple_of(line)
    return read(s), read(p), read(o), URIRef(line[line.rindex(" <") + 2 : -4])  # type: ignore[return-value]


def triples(quads: Iterable[Quad]) -> set[Triple]:
    """Return the triples of quads as text."""
    return {(term(s), term(p), term(o)) for s, p, o, _ in quads}


def term(node: Node) -> str:
    r"""Write one term as canonical N-Quads does.

    >>> term(Literal("a\n", lang="zh"))
    '"a\\n"@zh'
    """
    if isinstance(node, URIRef):
        return f"<{node}>"
    if not isinstance(node, Literal):
        return f"_:{node}" if isinstance(node, BNode) else f"<{node}>"
    quoted = '"' + _ESCAPED.sub(_escape, str(node)) + '"'
    if node.language:
        return f"{quoted}@{node.language.lower()}"
    return quoted if node.datatype in _UNTYPED else f"{quoted}^^<{node.datatype}>"


def read(written: str) -> URIRef | Literal:
    r"""Return the term of a text that :func:`term` wrote.

    >>> read(term(Literal('a"\\\n', lang="zh"))), read("<a:b>")
    (rdflib.term.Literal('a"\\\n', lang='zh'), rdflib.term.URIRef('a:b'))
    """
    if written[0] == "<":
        return URIRef(written[1:-1])
    quoted, _, kind = written.rpartition('"')
    words = _UNESCAPED.sub(_unescape, quoted[1:]) if "\\" in quoted else quoted[1:]
    if kind.startswith("@"):
        return Literal(words, lang=kind[1:])
    return Literal(words, datatype=URIRef(kind[3:-1]), normalize=False) if kind else Literal(words)


def ordered(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """Return quads without repeats, in the order in which :func:`nquads` writes them."""
    return tuple(sorted(set(quads), key=lambda quad: " ".join(map(term, quad))))


def ordered_triples(triples: Iterable[Triple]) -> list[Triple]:
    """Return triples in the order in which :func:`nquads` writes those of one graph."""
    return sorted(triples, key=" ".join)


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    return _ESCAPES.get(char, f"\\u{ord(char):04X}")


def _unescape(found: re.Match[str]) -> str:
    return _PLAIN.get(found[0]) or chr(int(found[1], 16))
