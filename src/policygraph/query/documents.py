"""Find the documents of a store that a name means (:mod:`policygraph.naming`)."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import URIRef

from policygraph.naming import Named, document_called, documents_called
from policygraph.query.lookup import Asked, look_up
from policygraph.vocab import identifier_of, thing


def named_documents(store: Asked, names: Sequence[str]) -> tuple[str, ...]:
    """Return the identifiers of documents named by identifier, slug, number, title, or by the place they are for.

    A place stands for its documents that state actions or targets, for all where none does. Raises UsageError, with
    documents that are near, for a name that is neither a document nor a place with documents.
    """
    known = _known(store) if names else ()
    return tuple(dict.fromkeys(each.id for name in names for each in documents_called(name, known)))


def document(store: Asked, name: str) -> URIRef:
    """Return the IRI of the one document of a name. Raises UsageError, with documents that are near, for another."""
    return thing("document", document_called(name, _known(store)).slug)


def _known(store: Asked) -> tuple[Named, ...]:
    """Return every document of a store with all its names; one with several labels is there by each of them."""
    places: dict[str, list[str]] = {}
    for region, written in look_up(store, "names-of-regions"):
        places.setdefault(str(region), []).append(str(written))
    return tuple(
        Named(
            identifier_of("document", str(iri)),
            str(id),
            str(number or ""),
            str(title or ""),
            tuple(places.get(str(region), ())),
            bool(states),
        )
        for iri, id, number, title, region, states in look_up(store, "names-of-documents")
    )
