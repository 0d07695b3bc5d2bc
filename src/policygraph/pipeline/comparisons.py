"""Compare documents that stand in a store: what each says, and which ties two of them share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from policygraph import network, query
from policygraph.errors import UsageError
from policygraph.query.documents import named_documents
from policygraph.query.sidebyside import LAYOUTS, side_by_side, verdict_rows, with_names
from policygraph.rows import Rows
from policygraph.store import Store

COMPARISONS = (*LAYOUTS, "ties")


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
        raise UsageError("comparisons.ties-not-drawn")
    ask = partial(query.ask, store)
    return with_names(ask("documents"), verdict_rows(ask, by, named_documents(store, documents), scope, language))


def compared_networks(store: Store, documents: Sequence[str], kind: str = "function") -> network.Comparison:
    """Return the ties of two documents side by side. Raises UsageError unless there are two."""
    if len(documents) != 2:
        raise UsageError("comparisons.two-documents", count=len(documents))
    first, second = documents
    return network.compare(query.ask(store, "responsibilities"), first, second, kind)
