"""Compare documents that stand in a store: what each says, and which ties two of them share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rdflib import URIRef

from policygraph import network, query
from policygraph.errors import UsageError
from policygraph.query.sidebyside import LAYOUTS, side_by_side, verdict_rows, with_names
from policygraph.rows import Rows
from policygraph.store import Store

COMPARISONS = (*LAYOUTS, "ties")
_OF_THING = "SELECT ?id { ?_thing dcterms:identifier ?id } ORDER BY ?id"
_OF_PLACE = "SELECT DISTINCT ?id { ?d a pg:PolicyDocument ; pg:inRegion ?_thing ; dcterms:identifier ?id } ORDER BY ?id"
_PLACES = "SELECT DISTINCT ?region ?name { ?region a pg:Region ; rdfs:label|skos:altLabel ?name } ORDER BY ?region"
_SHORTEST = 2  # characters of a place written without its last word (大连 for 大连市)


def compare(
    store: Store, documents: Sequence[str] = (), by: str = "targets", scope: str = "", language: str = "zh"
) -> Rows:
    """Return what documents say side by side (:func:`side_by_side`), or as ``ties`` the ties of two of them.

    Documents are named by identifier, number, title or place (:func:`named_documents`); without any, all are compared.
    Raises UsageError for a name that is not in the store, another comparison, and ties of more or fewer than two.
    """
    chosen = named_documents(store, documents)
    if by == "ties":
        return compared_networks(store, chosen).rows
    return side_by_side(partial(query.ask, store), by, chosen, scope, language)


def heat(
    store: Store, documents: Sequence[str] = (), by: str = "targets", scope: str = "", language: str = "zh"
) -> Rows:
    """Return the rows that a heat map of the same comparison is drawn from."""
    if by == "ties":
        raise UsageError("the ties of two documents are a table; choose targets, actions, leads or functions to draw")
    ask = partial(query.ask, store)
    return with_names(ask("documents"), verdict_rows(ask, by, named_documents(store, documents), scope, language))


def compared_networks(store: Store, documents: Sequence[str], kind: str = "function") -> network.Comparison:
    """Return the ties of two documents side by side. Raises UsageError unless there are two."""
    if len(documents) != 2:
        raise UsageError(f"ties are compared between two documents, not {len(documents)}; name two")
    first, second = documents
    return network.compare(query.ask(store, "responsibilities"), first, second, kind)


def named_documents(store: Store, names: Sequence[str]) -> tuple[str, ...]:
    """Return the identifiers of documents named by identifier, slug, number, title, or by the place they are for.

    A place stands for its documents that state actions or targets, for all where none does. Raises UsageError, with
    names that are near, for a name that is neither a document nor a place with documents.
    """
    found = [identifier for name in names for identifier in _named(store, name)]
    return tuple(dict.fromkeys(found))


def _named(store: Store, name: str) -> list[str]:
    places = _places(store, name)
    if len(places) > 1:
        raise UsageError(
            f"«{name}» is the beginning of several places: {', '.join(places.values())}; name one of these"
        )
    for place in places:
        of_place = _cells(store.query(_OF_PLACE, {"_thing": URIRef(place)}))
        if of_place:
            return _with_text(store, of_place) or of_place
    try:
        return _cells(store.query(_OF_THING, {"_thing": query.identify(store, "document", name)}))[:1]
    except UsageError as error:
        known = [cell for row in query.ask(store, "documents").rows for cell in (row[0], row[4]) if cell]
        hint = query.near(name, list(map(str, known)))
        raise UsageError(f"«{name}» is neither a document of the store nor a place with documents; {hint}") from error


def _places(store: Store, name: str) -> dict[str, str]:
    """Return the places of that very name, else those whose names begin with it, with their names."""
    found = store.query(_PLACES)
    pairs = [(str(place), str(written)) for place, written in found.rows] if isinstance(found, Rows) else []
    exact = {place: written for place, written in pairs if written == name}
    near = {place: written for place, written in pairs if len(name) >= _SHORTEST and written.startswith(name)}
    return exact or near


def _with_text(store: Store, identifiers: list[str]) -> list[str]:
    rows = query.ask(store, "documents")
    at = rows.columns.index
    return [str(row[0]) for row in rows.rows if row[0] in identifiers and (row[at("actions")] or row[at("targets")])]


def _cells(found: object) -> list[str]:
    return [str(row[0]) for row in found.rows] if isinstance(found, Rows) else []
