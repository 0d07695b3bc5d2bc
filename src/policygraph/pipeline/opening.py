"""Open what can be asked: a store on disk, an endpoint, or the bundled plans in memory."""

from __future__ import annotations

import os
from pathlib import Path

from policygraph import assets, pipeline  # what builds is loaded where there is something to build
from policygraph.store import EndpointStore, Patience, Store, memory_store, open_store

STORE = "POLICYGRAPH_STORE"  # the variable that names the store to open


def open_graph(where: str | Path | None = None, seconds: float | None = None) -> Store:
    """Open a store folder or the address of an endpoint, to read only.

    None stands for what POLICYGRAPH_STORE names, else for the bundled plans, built in memory. ``seconds`` is how long
    to wait for an answer of an endpoint. Raises StoreError where the folder holds no store, UsageError for an address
    that cannot be one.
    """
    where = where or os.environ.get(STORE)
    if not where:
        return bundled()
    if "://" in str(where) and seconds is not None:
        return EndpointStore(str(where), read_only=True, patience=Patience(seconds=seconds))
    return open_store(where, read_only=True)


def bundled() -> Store:
    """Return a store in memory with the bundled plans (some seconds). Raises TableError where a table is malformed."""
    documents, errors = pipeline.load_plans(assets.bundled_plans())
    if errors:
        raise errors[0]
    return memory_store([line.encode("utf-8") for line in pipeline.assemble(documents).lines])
