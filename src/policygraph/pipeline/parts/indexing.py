"""Read the indexes of documents: from the shelf, else from their tables, whoever does the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from policygraph.errors import DocumentError
from policygraph.model import Facts
from policygraph.pipeline.loading import load_document
from policygraph.pipeline.parts.index import Index, index
from policygraph.pipeline.parts.kept import Kept
from policygraph.pipeline.parts.plain import plain, remade
from policygraph.pipeline.spread import HERE, Done, Hands
from policygraph.study import Study

_AT_HAND = 512  # documents whose tables are not read again when their parts are made
_WORTH = 16  # documents from which on other processes are worth their start


@dataclass(frozen=True, slots=True)
class Tables:
    """Where the tables of a document lie, and the name to keep its index under."""

    place: Path
    key: str


@dataclass(frozen=True, slots=True)
class Indexing:
    """Make indexes and put them on a shelf, in any process; only this one keeps the facts at hand."""

    study: Study
    shelf: Kept
    at_hand: dict[Path, Facts] = field(default_factory=dict)
    most: int = _AT_HAND

    def ready(self) -> Callable[[Tables], Index]:
        """Return what makes the index of a document."""
        return self._made

    def name(self, task: Tables) -> str:
        """Return how a document is called before its tables are read."""
        return task.place.name

    def _made(self, task: Tables) -> Index:
        _, facts = load_document(task.place)
        if len(self.at_hand) < self.most:
            self.at_hand[task.place] = facts
        made = index(facts, self.study)
        self.shelf.put(task.key, {"index": plain(made)})
        return made

    def __reduce__(self) -> tuple[type[Indexing], tuple[object, ...]]:
        """Go to another process without what is at hand here, to keep nothing there."""
        return Indexing, (self.study, self.shelf, {}, 0)


def read_indexes(
    tables: Sequence[Tables], job: Indexing, hands: Hands, told: Callable[[int], Done]
) -> Mapping[Path, Index | DocumentError]:
    """Return the index of each document, or why it has none; ``told`` is told how many are not on the shelf."""
    heads = {each.place: job.shelf.head(each.key) for each in tables}
    missing = [each for each in tables if heads[each.place] is None]
    made = (hands if len(missing) >= _WORTH else HERE).each(job, missing, told(len(missing)))
    found = {place: remade(Index, head["index"]) for place, head in heads.items() if head is not None}
    return found | {each.place: index for each, index in zip(missing, made, strict=True)}
