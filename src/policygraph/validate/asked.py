"""Tell which properties shapes can ask of data at all: an engine need not read the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from policygraph.quads import term

_HEADS = re.compile(r"\bSELECT\b[^{]*|\b(?:GROUP|ORDER)\s+BY[^{}]*", re.IGNORECASE)
_NESTED = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r'<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|#[^\n]*')  # a term, or a comment
_ANY_PROPERTY = re.compile(r"(?:[^\s{}.;,]+|;)\s+[?$]\w+\s+[^\s{}.;,]")  # «?s ?p ?o», «; ?p ?o»
_NAMED = re.compile(r"<([^<>\s]+)>|\b([\w-]*):([\w-]+)")


def asked(shapes: Graph) -> frozenset[str] | None:
    """Return the properties that shapes name, as N-Triples writes them; None where one may ask for any.

    That does a shape that is closed (SHACL 4.8.1), and a query with a variable as property.
    """
    texts = [str(text) for said in (SH.select, SH.ask, SH.construct) for text in shapes.objects(None, said)]
    if (None, SH.closed, Literal(True)) in shapes or any(map(_asks_any, texts)):
        return None
    prefixes = {str(shapes.value(each, SH.prefix)): str(shapes.value(each, SH.namespace)) for each in _declared(shapes)}
    found = {URIRef(name) for text in texts for name in _names(text, prefixes)}
    found.update(node for triple in shapes for node in triple if isinstance(node, URIRef))
    return frozenset(map(term, {*found, RDF.type, RDFS.subClassOf}))


def _declared(shapes: Graph) -> Iterator[Node]:
    return shapes.objects(None, SH.declare)


def _names(text: str, prefixes: dict[str, str]) -> Iterator[str]:
    for iri, prefix, name in _NAMED.findall(text):  # those in comments too: what is read in vain does no harm
        if iri or prefix in prefixes:
            yield iri or prefixes[prefix] + name


def _asks_any(query: str) -> bool:
    """Tell whether a query has a variable where a property stands."""
    text = _QUOTED.sub(lambda found: "" if found[0][0] == "#" else "<>", query)
    while _NESTED.search(text):
        text = _NESTED.sub(" . ", text)
    return _ANY_PROPERTY.search(_HEADS.sub(" ", text)) is not None
