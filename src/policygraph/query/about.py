"""Say what a question was asked about: the values of its parameters as people call them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import URIRef
from rdflib.term import Identifier

from policygraph.query.catalogue import Question
from policygraph.query.lookup import Asked
from policygraph.query.parameters import THINGS
from policygraph.query.values import labels

_UNTOLD = ("language",)  # what a reader sees without being told


def about(store: Asked, asked: Question, bound: Mapping[str, Identifier], language: str = "zh") -> Iterator[str]:
    """Yield what each parameter is bound to: a thing by its label, anything else as it was given."""
    for parameter in asked.parameters:
        value = bound.get(f"_{parameter.name}")
        if value is None or parameter.type in _UNTOLD:
            continue
        known = labels(store, parameter, language) if isinstance(value, URIRef) and parameter.type in THINGS else {}
        yield known.get(str(value)) or str(value)
