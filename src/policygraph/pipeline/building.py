"""From fact tables to a store: look what changed, make its parts, write.

What makes parts takes longer to load than it takes to see that there is nothing to make; so it is loaded where needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph import assets
from policygraph.errors import DocumentError
from policygraph.messages import message
from policygraph.pipeline.loading import expanded
from policygraph.pipeline.parts import kept, keys
from policygraph.pipeline.spread import HERE, Hands
from policygraph.pipeline.telling import Progress, silent
from policygraph.store.disk import mark_of, require_place
from policygraph.study import SHIPPED, Study

if TYPE_CHECKING:
    from policygraph.validate import Report


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did; ``counts`` is in the order in which it is shown, ``taken`` are titles of bundled documents.

    ``found`` counts the results by severity; ``made`` are the documents (slugs) whose parts were made anew.
    """

    store: Path
    counts: Mapping[str, int]
    found: Mapping[str, int]
    errors: tuple[DocumentError, ...]
    taken: tuple[str, ...]
    made: tuple[str, ...]
    _read: Callable[[], Report] = field(repr=False, compare=False)

    @property
    def report(self) -> Report:
        """Return what the shapes found; it is kept until the next build of the store."""
        return self._read()


def build(
    folders: Sequence[Path],
    store: Path,
    progress: Progress = silent,
    study: Study = SHIPPED,
    referee: bool = False,
    hands: Hands = HERE,
) -> Built:
    """Build a store from fact tables; the old store stays until the new one is whole.

    Without folders the documents of the study are built. Bundled documents that they carry out, directly or through
    others, are taken in, or those that the study names. A folder with malformed tables is skipped and reported.
    ``referee`` validates with pyshacl, whatever else is installed. ``hands`` says who works: with more than one worker
    so many processes are started; who calls from a script of his own does so below ``if __name__ == "__main__"``, for
    they read it too. The workers of a scheduler see the same folders under the same names.

    What was made is kept beside the store (``<store>.parts``), and taken where nothing changed of what it was made
    from. The store is the same without it, and whoever works.
    """
    require_place(store)
    progress(message("building.tables"))
    with kept.opened(kept.beside(store)) as shelf:
        own = {place: keys.document(place) for place in expanded(folders or _folders(study))}
        shipped = {place: keys.document(place) for place in assets.bundled_plans()}
        base = keys.knowledge(study, referee)
        look = keys.key("look", base, study.bundled, list(own.values()), list(shipped.values()))
        last = shelf.built() or {}
        if last.get("look") == look and last["store"] == mark_of(store):
            return _built(store, last, (), (), partial(_report, shelf, last, study))
        from policygraph.pipeline.parts.rebuilding import Plan, rebuild

        made = rebuild(Plan(store, own, shipped, study, base, look, referee, hands), shelf, progress)
    return _built(store, made.note, made.errors, made.made, partial(_report, shelf, made.note, study))


def _built(
    store: Path, note: kept.Head, errors: tuple[DocumentError, ...], made: tuple[str, ...], read: Callable[[], Report]
) -> Built:
    return Built(store, note["counts"], note["found"], errors, tuple(note["taken"]), made, read)


def _report(shelf: kept.Kept, note: kept.Head, study: Study) -> Report:
    from policygraph.pipeline.parts.assembling import report

    return report(note["parts"], shelf, study)


def _folders(study: Study) -> Sequence[Path]:
    """Return the folders of the documents of a study; the bundled plans are those of what ships."""
    return [study.place("facts")] if study.folder else assets.bundled_plans()
