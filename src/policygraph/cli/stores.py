"""Open what commands read: a store, an endpoint, and the bundled plans where no store is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from policygraph import pipeline
from policygraph.cli import studies
from policygraph.cli.options import DEFAULT, Source
from policygraph.cli.say import said
from policygraph.cli.show import note
from policygraph.errors import UsageError
from policygraph.store import Store, build_store


def opened(source: Source) -> Store:
    """Open the endpoint or store that was named; without one at the default place, use the bundled plans."""
    if source.endpoint:
        return pipeline.open_graph(source.endpoint, source.timeout)
    return stored(source.store)


def stored(store: str) -> Store:
    """Open the store that was named; without one at the default place, use the bundled plans.

    Raises UsageError in a study that has not been built.
    """
    if _is_missing(store):
        note(said("cli.in-memory", path=store))
        return pipeline.bundled()
    return pipeline.open_graph(store)


@contextmanager
def folder(store: str) -> Iterator[Path]:
    """Return the folder of the store; bundled plans get one that lasts as long as the command."""
    if not _is_missing(store):
        yield Path(store)
        return
    with TemporaryDirectory(prefix="policygraph-", ignore_cleanup_errors=True) as made:
        with stored(store) as source:
            build_store(Path(made) / "kg", source.quads())
        yield Path(made) / "kg"


def _is_missing(store: str) -> bool:
    """Tell whether no store was made yet; one that the user named must be there, and so must that of a study."""
    study = studies.current()
    if study.folder and Path(store).resolve() == study.store and not study.store.exists():
        raise UsageError("cli.study-not-built", path=store)
    return not study.folder and store == DEFAULT and not Path(store).exists()
