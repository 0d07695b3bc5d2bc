"""Make parts and put them on a shelf, in any process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from policygraph.model import Facts
from policygraph.pipeline.loading import load_document
from policygraph.pipeline.parts import joining
from policygraph.pipeline.parts.counting import tally
from policygraph.pipeline.parts.kept import Head, Shelf
from policygraph.pipeline.parts.making import Inputs, Load, Maker, Part, own_names
from policygraph.pipeline.parts.plain import plain
from policygraph.pipeline.parts.reach import Reach
from policygraph.pipeline.spread import Held
from policygraph.resolve import led
from policygraph.study import Study


@dataclass(frozen=True, slots=True)
class Task:
    """A part to be made, and the name to keep it under."""

    inputs: Inputs
    key: str


@dataclass(frozen=True, slots=True)
class Bench:
    """All that is needed to make parts, in any process: where the concepts lie on the shelf, how to load a document.

    A process reads the tables of a document, puts its part on the shelf and says that it is done: nothing large goes
    from one to another.
    """

    study: Study
    engine: str
    shelf: Shelf
    concepts: str
    load: Callable[[Held], Load]

    def ready(self, held: Held) -> Callable[[Task], None]:
        """Return what makes parts in this process, of tables that it holds where it does."""
        lines = joining.stated_concepts(self.shelf.lines(self.concepts) or ())
        maker = Maker(self.study, self.engine, Reach(lines, self.study.concepts), self.load(held))

        def make(task: Task) -> None:
            put(self.shelf, task.key, maker.part(task.inputs), task.inputs.slug)

        return make

    def name(self, task: Task) -> str:
        """Return the document of a part."""
        return task.inputs.slug


@dataclass(frozen=True, slots=True)
class Tables:
    """Where the tables of a document lie, and the name to keep its index under, which tells them from any others."""

    place: Path
    key: str


@dataclass(frozen=True, slots=True)
class FromTables:
    """Load documents by their slugs from where their tables lie, with their citations led."""

    places: Mapping[str, Tables]
    links: Mapping[str, Mapping[int, str]]

    def __call__(self, held: Held) -> Load:
        """Return what loads a document, of tables that this process holds, or reads: TableError for malformed ones."""
        return partial(self._load, held)

    def _load(self, held: Held, slug: str) -> Facts:
        at = self.places[slug]
        found = held.get(at.key) or load_document(at.place)[1]
        return led(found, self.links.get(slug, {}))


def put(shelf: Shelf, key: str, part: Part, slug: str) -> None:
    """Put the part of a document on a shelf."""
    put_lines(shelf, key, part.lines, slug, part)


def put_lines(shelf: Shelf, key: str, lines: Sequence[str], slug: str, part: Part | None = None) -> None:
    """Put lines about a document on a shelf, with what is counted of them, and of its part what is told of it."""
    head: Head = {"lines": len(lines), "tally": plain(tally(lines, own_names(slug)))}
    head |= {"shared": part.shared if part else [], "others": part.about_others if part else [], "found": {}}
    if part:
        severities = [each.severity for each in part.checked.results]
        head |= {"found": {each: severities.count(each) for each in severities}, "checked": plain(part.checked)}
    shelf.put(key, head, lines)
