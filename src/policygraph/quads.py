"""Write quads as text: sorted canonical N-Quads, the same bytes for the same quads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rdflib import Literal
from rdflib.namespace import XSD
from rdflib.term import Identifier

from policygraph.vocab import Quad

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')


def nquads(quads: Iterable[Quad]) -> str:
    """Write quads as N-Quads: one a line, sorted, without repeats, so that the same quads give the same bytes."""
    lines = {" ".join(map(term, quad)) + " .\n" for quad in quads}
    return "".join(sorted(lines))


def term(node: Identifier) -> str:
    r"""Write one term as canonical N-Quads does.

    >>> term(Literal("a\n", lang="zh"))
    '"a\\n"@zh'
    """
    if not isinstance(node, Literal):
        return f"<{node}>"
    quoted = '"' + _ESCAPED.sub(_escape, str(node)) + '"'
    if node.language:
        return f"{quoted}@{node.language.lower()}"
    return quoted if node.datatype in (None, XSD.string) else f"{quoted}^^<{node.datatype}>"


def ordered(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """Return quads without repeats, in the order in which :func:`nquads` writes them."""
    return tuple(sorted(set(quads), key=lambda quad: " ".join(map(term, quad))))


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    return _ESCAPES.get(char, f"\\u{ord(char):04X}")
