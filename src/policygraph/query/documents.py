"""Find the documents that a name means: identifier, slug, number, title, or the place they are for."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import URIRef

from policygraph.errors import UsageError
from policygraph.query.catalogue import Parameter
from policygraph.query.lookup import Asked, identifiers, look_up
from policygraph.query.parameters import near, term
from policygraph.vocab import identifier_of

_DOCUMENT = Parameter("document", "document", "", "")
_SHORTEST = 2  # characters of a place written without its last word (大连 for 大连市)


def named_documents(store: Asked, names: Sequence[str]) -> tuple[str, ...]:
    """Return the identifiers of documents named by identifier, slug, number, title, or by the place they are for.

    A place stands for its documents that state actions or targets, for all where none does. Raises UsageError, with
    names that are near, for a name that is neither a document nor a place with documents.
    """
    found = [identifier for name in names for identifier in _named(store, name)]
    return tuple(dict.fromkeys(found))


def _named(store: Asked, name: str) -> list[str]:
    places = _places(store, name)
    if len(places) > 1:
        raise UsageError("query.several-places", name=name, places=list(places.values()))
    for place in places:
        of_place = look_up(store, "documents-of-region", region=URIRef(place))
        if of_place:
            return [str(id) for id, actions, targets in of_place if actions or targets] or [str(r[0]) for r in of_place]
    try:
        found = term(store, _DOCUMENT, name)
    except UsageError as error:
        known = [*identifiers(store).values(), *(str(label) for _, label in look_up(store, "names-of-regions"))]
        raise UsageError("query.no-such-document", name=name, hint=near(name, known)) from error
    return [identifiers(store)[identifier_of("document", found)]]


def _places(store: Asked, name: str) -> dict[str, str]:
    """Return the places of that very name, else those whose names begin with it, with their names."""
    pairs = [(str(place), str(written)) for place, written in look_up(store, "names-of-regions")]
    exact = {place: written for place, written in pairs if written == name}
    begun = {place: written for place, written in pairs if len(name) >= _SHORTEST and written.startswith(name)}
    return exact or begun
