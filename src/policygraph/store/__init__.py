"""Keep named graphs and answer SPARQL: in memory, in a folder on disk, or on a server."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from policygraph.store.answers import NO_LIMITS, Answer, Bindings, Limits, Solutions, Triple, plain
from policygraph.store.base import Store
from policygraph.store.client import Patience
from policygraph.store.disk import amend_store, build_store, load_store, mark_of, open_disk, require_place
from policygraph.store.endpoint import EndpointStore
from policygraph.store.oxigraph import OxigraphStore
from policygraph.store.push import Pushed, push

__all__ = [
    "NO_LIMITS",
    "Answer",
    "Bindings",
    "EndpointStore",
    "Limits",
    "OxigraphStore",
    "Patience",
    "Pushed",
    "Solutions",
    "Store",
    "Triple",
    "amend_store",
    "build_store",
    "load_store",
    "mark_of",
    "memory_store",
    "open_store",
    "plain",
    "push",
    "require_place",
]


def memory_store(text: Iterable[bytes]) -> Store:
    """Return a store in memory with some N-Quads, given in pieces of whole lines."""
    store = OxigraphStore(ox.Store())
    store.load(text)
    return store


def open_store(where: str | Path | None = None, read_only: bool = False) -> Store:
    """Open a store: a folder on disk, the address of an endpoint, or memory where ``where`` is None or ``":memory:"``.

    An address is not asked before it is needed. Raises UsageError for an address that cannot be one, and
    StoreError where the folder holds no store (to read) or another process holds it (to write).
    """
    if where is None or str(where) == ":memory:":
        return OxigraphStore(ox.Store(), read_only)
    if "://" in str(where):
        return EndpointStore(str(where), read_only)
    return open_disk(where, read_only)
