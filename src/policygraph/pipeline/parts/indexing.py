"""Read the indexes of documents: from the shelf, else from their tables, whoever does the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from policygraph.errors import DocumentError
from policygraph.pipeline.loading import load_document
from policygraph.pipeline.parts.bench import Tables
from policygraph.pipeline.parts.index import Index, index
from policygraph.pipeline.parts.kept import Kept
from policygraph.pipeline.parts.plain import plain, remade
from policygraph.pipeline.spread import AtWork, Done, Held
from policygraph.study import Study

_AT_HAND = 512  # documents whose tables are not read again when their parts are made
_WORTH = 16  # documents from which on other processes are worth their start


@dataclass(frozen=True, slots=True)
class Indexing:
    """Make indexes and put them on a shelf, in any process, which goes on holding the facts of so many documents."""

    study: Study
    shelf: Kept
    most: int

    def ready(self, held: Held) -> Callable[[Tables], Index]:
        """Return what makes the index of a document."""
        return partial(self._made, held)

    def name(self, task: Tables) -> str:
        """Return how a document is called before its tables are read."""
        return task.place.name

    def _made(self, held: Held, task: Tables) -> Index:
        _, facts = load_document(task.place)
        if len(held) < self.most:
            held[task.key] = facts
        made = index(facts, self.study)
        self.shelf.put(task.key, {"index": plain(made)})
        return made


def read_indexes(
    tables: Sequence[Tables], study: Study, shelf: Kept, hands: AtWork, told: Callable[[int], Done]
) -> Mapping[Path, Index | DocumentError]:
    """Return the index of each document, or why it has none; ``told`` is told how many are not on the shelf."""
    heads = {each.place: shelf.head(each.key) for each in tables}
    missing = [each for each in tables if heads[each.place] is None]
    job = Indexing(study, shelf, _AT_HAND // hands.workers)
    made = (hands.each if len(missing) >= _WORTH else hands.here)(job, missing, told(len(missing)))
    found = {place: remade(Index, head["index"]) for place, head in heads.items() if head is not None}
    return found | {each.place: index for each, index in zip(missing, made, strict=True)}
