"""Read Turtle into graphs of rdflib by the parser of Oxigraph, which takes a tenth of the time of rdflib's own."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef


def read_into(graph: Graph, text: str, base: str) -> None:
    """Add the triples of a text to a graph; ``base`` is what relative IRIs stand below.

    Raises SyntaxError (line, column) where it is no Turtle, and nothing is added then.
    """
    for triple in list(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=base)):
        graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))


def _node(term: object) -> URIRef | BNode | Literal:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise SyntaxError(f"RDF 1.2: {term}", ("", 0, 0, ""))  # a triple in a triple: rdflib has none
    return Literal(term.value, lang=term.language) if term.language else _literal(term.value, term.datatype.value)


def _literal(text: str, datatype: str) -> Literal:
    return Literal(text) if datatype == _STRING else Literal(text, datatype=URIRef(datatype))


_STRING = "http://www.w3.org/2001/XMLSchema#string"
