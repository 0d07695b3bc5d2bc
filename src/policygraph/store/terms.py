"""Convert terms between rdflib and Oxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Identifier

from policygraph.errors import StoreError
from policygraph.messages import Foreign
from policygraph.vocab import Quad

OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal
_STRING = "http://www.w3.org/2001/XMLSchema#string"


@lru_cache(maxsize=65536)
def node(iri: str) -> ox.NamedNode:
    """Return an IRI for Oxigraph. Raises StoreError where it is no IRI (a space, a bracket, no scheme)."""
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise StoreError("store.no-iri", iri=iri, reason=Foreign(str(error))) from error


def to_ox(term: Identifier) -> OxTerm:
    """Return an rdflib term as an Oxigraph term."""
    if isinstance(term, URIRef):
        return node(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=node(str(term.datatype or _STRING)))
    return ox.BlankNode(str(term))


def from_ox(term: object) -> Identifier:
    """Return an Oxigraph term as an rdflib term; the lexical form stays as stored."""
    if isinstance(term, ox.NamedNode):
        return _iri(term.value)
    if isinstance(term, ox.Literal):
        return _literal(term.value, term.language, term.datatype.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise StoreError("store.triple-in-triple", term=term)


@lru_cache(maxsize=65536)
def _literal(text: str, language: str | None, kind: str) -> Literal:
    """Return a literal; rows say the same again and again, and making one takes long."""
    if language:
        return Literal(text, lang=language)
    return Literal(text) if kind == _STRING else Literal(text, datatype=_iri(kind), normalize=False)


@lru_cache(maxsize=65536)
def _iri(text: str) -> URIRef:
    return URIRef(text)


def ox_quads(quads: Iterable[Quad]) -> Iterator[ox.Quad]:
    """Convert quads one by one."""
    for s, p, o, g in quads:
        yield ox.Quad(to_ox(s), node(str(p)), to_ox(o), node(str(g)))  # type: ignore[arg-type]


def rdf_quad(quad: ox.Quad) -> Quad:
    """Convert one quad of a named graph back."""
    s, p, o, g = (from_ox(part) for part in quad)
    return s, p, o, g  # type: ignore[return-value]
