"""Ask the questions that the program asks for itself (``queries/internal``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from rdflib.term import Identifier

from policygraph.query.catalogue import Question, internal
from policygraph.rows import Rows
from policygraph.vocab import identifier_of


class Asked(Protocol):
    """What this room needs of a store."""

    def query(self, sparql: str, bindings: Mapping[str, Identifier] | None = None) -> object:
        """Answer a query: Rows for a SELECT, a bool for an ASK."""


def look_up(store: Asked, name: str, **terms: Identifier) -> tuple[tuple[object, ...], ...]:
    """Return the rows of an internal question, its parameters bound to terms."""
    found = store.query(internal()[name].sparql, {f"_{key}": term for key, term in terms.items()})
    assert isinstance(found, Rows), "internal questions are SELECTs"
    return found.rows


def identifiers(store: Asked) -> dict[str, str]:
    """Return what answers call the documents of a store, by slug."""
    return {identifier_of("document", str(document)): str(id) for document, id in look_up(store, "identifiers")}


def statements() -> tuple[Question, Question]:
    """Return the questions of what is stated about a thing, and with it; their parameters are thing and language."""
    return internal()["statements-about-thing"], internal()["statements-with-thing"]
