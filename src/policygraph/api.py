"""The library: the same verbs as the command line, with Python values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from policygraph import assets, pipeline
from policygraph.export import export
from policygraph.model import Facts, Rows
from policygraph.network import QUESTIONS, Network, network
from policygraph.query import ask, explain_empty
from policygraph.store import Store, Triple, open_store

__all__ = ["KnowledgeGraph", "build", "extract", "open"]


def open(where: str | Path | None = None) -> KnowledgeGraph:
    """Open a store to read; without a path, the bundled plans are built in memory (some seconds).

    Raises StoreError where the folder holds no store.
    """
    return KnowledgeGraph(open_store(where, read_only=True) if where else bundled())


def extract(path: str | Path) -> Facts:
    """Return the facts that a document states. Raises ReadError or NotAPlanError where there are none."""
    return pipeline.extract_document(Path(path))


def build(store: str | Path, folders: Sequence[str | Path] = ()) -> KnowledgeGraph:
    """Build a store from folders of fact tables (default: the bundled plans) and open it."""
    pipeline.build([Path(folder) for folder in folders], Path(store))
    return open(store)


def bundled() -> Store:
    """Return a store in memory with the bundled plans."""
    documents, errors = pipeline.load_plans(assets.bundled_plans())
    if errors:
        raise errors[0]
    store = open_store()
    store.add_all(pipeline.assemble(documents).quads)
    return store


class KnowledgeGraph:
    """A graph of policy responsibilities that can be asked."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ask(self, name: str, **parameters: object) -> Rows:
        """Ask a question of the catalogue. Raises UsageError for an unknown question or parameter."""
        return ask(self._store, name, **parameters)

    def why_empty(self, name: str, **parameters: object) -> str:
        """Say why a question has no rows: which pattern has no match."""
        return explain_empty(self._store, name, parameters)

    def sparql(self, query: str) -> Rows | bool | tuple[Triple, ...]:
        """Answer a SPARQL query over the union of all graphs. Raises QueryError (line, column) for a malformed one."""
        return self._store.query(query)

    def network(self, kind: str = "agency-action") -> Network:
        """Return a network: agency-action, co-responsibility, lead-support, function or derivation."""
        return network(self.ask(QUESTIONS.get(kind, "responsibilities")), kind)

    def export(self, form: str, path: str | Path) -> tuple[Path, ...]:
        """Write all quads (ttl, trig, nq, jsonld) to a file and return the paths written."""
        return export(self._store.quads(), form, Path(path))

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def __enter__(self) -> Self:
        """Return the graph itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()
