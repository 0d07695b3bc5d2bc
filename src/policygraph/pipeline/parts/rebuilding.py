"""Make what changed since the last build, and write the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from policygraph.errors import DocumentError
from policygraph.messages import message
from policygraph.pipeline.parts.assembling import Assembly, Source, Ways, assemble_parts
from policygraph.pipeline.parts.bench import FromTables, Tables
from policygraph.pipeline.parts.corpus import Links
from policygraph.pipeline.parts.indexing import read_indexes
from policygraph.pipeline.parts.kept import Head, Kept
from policygraph.pipeline.parts.keys import key
from policygraph.pipeline.spread import AtWork, Done, Hands
from policygraph.pipeline.telling import Progress, paced
from policygraph.store import amend_store, load_store, mark_of
from policygraph.study import Study
from policygraph.validate import quickest

_MUCH = 0.25  # a store that changes by more than this share of its lines is written anew: that is faster then
Places = Mapping[Path, str]  # where the tables of documents lie, with the names of what is in them


@dataclass(frozen=True, slots=True)
class Plan:
    """What is built: a store, from the tables of a study and those that ship, known under the name ``base``."""

    store: Path
    own: Places
    shipped: Places
    study: Study
    base: str
    look: str  # names all of these, with the settings of the study
    referee: bool
    hands: Hands


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was noted of a build, the errors of documents that were skipped, and the documents made anew."""

    note: Head
    errors: tuple[DocumentError, ...]
    made: tuple[str, ...]


def rebuild(plan: Plan, shelf: Kept, progress: Progress) -> Rebuilt:
    """Make the parts that are not on the shelf, and a store of all of them; then clear away what is needed no more.

    Raises DocumentError where no document is left.
    """
    with plan.hands.at_work() as hands:
        return _rebuilt(plan, shelf, progress, hands)


def _rebuilt(plan: Plan, shelf: Kept, progress: Progress, hands: AtWork) -> Rebuilt:
    told = partial(paced, progress)
    reading = _Reading(plan, shelf, hands, told)
    own, errors = reading.own()
    if not own:
        raise errors[0] if errors else DocumentError("building.no-folder")
    others = reading.others({each.index.slug for each in own})
    progress(message("building.parts"))
    engine = "pyshacl" if plan.referee else quickest()
    ways = Ways(plan.study, engine, shelf, plan.base, reading.load, hands, told)
    made = assemble_parts(own, others, ways)
    progress(message("building.store"))
    last = shelf.built() or {}
    if not _amended(plan.store, shelf, last, made):
        load_store(plan.store, _texts(shelf, made.units.values()), plan.hands.workers)
    skipped = (*errors, *made.failed)
    look = "" if skipped else plan.look  # what could not be read or made is tried again
    note = {**_told(made), "look": look, "store": mark_of(plan.store)}
    shelf.note(note)
    shelf.sweep({*made.units.values(), *reading.keys})
    return Rebuilt(note, skipped, made.made)


class _Reading:
    """The documents that are built, by their indexes."""

    def __init__(self, plan: Plan, shelf: Kept, hands: AtWork, told: Callable[[int], Done]) -> None:
        self._plan = plan
        self._places: dict[str, Tables] = {}
        tables = {**plan.shipped, **plan.own}
        self._tables = {place: Tables(place, key("index", plan.base, name)) for place, name in tables.items()}
        self._read = read_indexes(list(self._tables.values()), plan.study, shelf, hands, told)
        self.keys = {each.key for each in self._tables.values()}

    def own(self) -> tuple[list[Source], tuple[DocumentError, ...]]:
        """Return the documents of the study, by slug, and the errors of those that are skipped."""
        found: dict[str, Source] = {}
        errors: list[DocumentError] = []
        for place, tables in self._plan.own.items():
            try:
                source = self._source(place, tables)
                slug = source.index.slug
                if slug in found:
                    doc = found[slug].index.doc
                    raise DocumentError("building.same-document", path=place, slug=slug, other=doc)
                found[slug] = source
                self._places[slug] = self._tables[place]
            except DocumentError as error:
                errors.append(error)
        return [found[slug] for slug in sorted(found)], tuple(errors)

    def others(self, held: set[str]) -> list[Source]:
        """Return the documents that ship and are not those of the study. Raises TableError for a malformed one."""
        found: list[Source] = []
        for place, tables in self._plan.shipped.items():
            source = self._source(place, tables)
            if source.index.slug not in held:
                self._places[source.index.slug] = self._tables[place]
                found.append(source)
        return sorted(found, key=lambda each: each.index.slug)

    def load(self, links: Mapping[str, Links]) -> FromTables:
        """Return what loads a document with its citations led."""
        return FromTables(self._places, links)

    def _source(self, place: Path, tables: str) -> Source:
        found = self._read[place]
        if isinstance(found, DocumentError):
            raise found
        return Source(found, tables)


def _told(made: Assembly) -> Head:
    """Return what is said of a build, and what the next one needs to know of it."""
    documents = made.corpus.documents.values()
    names = ("actions", "clauses", "responsibilities", "targets")
    counts = {name: sum(each.counts[name] for each in documents) for name in names}
    taken = [made.corpus.documents[slug] for slug in made.corpus.taken]
    return {
        "units": dict(made.units),
        "parts": list(made.parts.values()),
        "counts": {"documents": len(documents), **counts, "triples": made.triples},
        "found": dict(made.found),
        "taken": [each.title or each.doc for each in taken],
    }


def _texts(shelf: Kept, names: Iterable[str]) -> Iterator[bytes]:
    for name in names:
        yield shelf.text(name) or b""


def _amended(store: Path, shelf: Kept, last: Head, made: Assembly) -> bool:
    """Make the store from the last one, where it is the one that was noted and little changed in it."""
    before: Mapping[str, str] = last.get("units", {})
    names = {name for name in (*before, *made.units) if before.get(name) != made.units.get(name)}
    old = [before[name] for name in sorted(names) if name in before]
    new = [made.units[name] for name in sorted(names) if name in made.units]
    if not last or _size(shelf, new) > _MUCH * made.triples or any(shelf.head(name) is None for name in old):
        return False
    removed, added = _lines(shelf, old), _lines(shelf, new)
    return amend_store(store, last["store"], sorted(removed - added), sorted(added - removed))


def _size(shelf: Kept, names: Sequence[str]) -> int:
    return sum((shelf.head(name) or {"lines": 0})["lines"] for name in names)


def _lines(shelf: Kept, names: Iterable[str]) -> set[str]:
    return {line for name in names for line in shelf.lines(name) or ()}
