"""Keep named graphs and answer SPARQL: in memory, or in a folder on disk."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from policygraph.errors import UsageError
from policygraph.store.answers import NO_LIMITS, Answer, Bindings, Limits, Solutions, Triple, plain
from policygraph.store.base import Store
from policygraph.store.disk import build_store, open_disk
from policygraph.store.oxigraph import OxigraphStore

__all__ = [
    "NO_LIMITS",
    "Answer",
    "Bindings",
    "Limits",
    "Solutions",
    "Store",
    "Triple",
    "build_store",
    "open_store",
    "plain",
]


def open_store(where: str | Path | None = None, read_only: bool = False) -> Store:
    """Open a store: a folder on disk, or memory where ``where`` is None or ``":memory:"``.

    Raises StoreError where the folder holds no store (to read) or another process holds it (to write).
    """
    if where is None or str(where) == ":memory:":
        return OxigraphStore(ox.Store(), read_only)
    if "://" in str(where):
        raise UsageError(f"«{where}» is an address; open_store takes a folder or :memory:")
    return open_disk(where, read_only)
