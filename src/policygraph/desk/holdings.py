"""Hold the fact tables that the desk shows: those of the study and those that ship, each read again when it changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from policygraph import pipeline
from policygraph.checklist import Look, look_at
from policygraph.desk import asking
from policygraph.desk.asking import ToldError
from policygraph.desk.visit import Desk
from policygraph.errors import DocumentError
from policygraph.model import Facts, Source
from policygraph.pipeline.loading import expanded, load_document


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """The tables of one document, the folder of the study that they lie in (None for one that ships)."""

    slug: str
    facts: Facts
    folder: Path | None
    looks: tuple[Look, ...]


def warm(desk: Desk) -> None:
    """Read what the first visitors would wait for: the tables at hand, and the hash of the data."""
    documents(desk)
    asking.digest(desk)


def documents(desk: Desk) -> dict[str, Held]:
    """Return every document at hand by its slug. Malformed tables are passed over: a build tells of them."""
    own = {held.slug: held for held in _own(desk)}
    return {held.slug: held for held in _shipped(desk)} | own


def document(desk: Desk, name: str) -> Held | None:
    """Return the document of a name: its slug, or how its folder is called."""
    held = documents(desk)
    return held.get(name) or next((each for each in held.values() if each.facts.doc == name), None)


def source(desk: Desk, held: Held) -> tuple[Path | None, Source | None]:
    """Return the file of a document in the study and its text, None where either is not there or has changed.

    Raises ToldError where the file cannot be read.
    """
    path = pipeline.source_of(held.facts, desk.study)
    if path is None:
        return None, None
    stamp = (path.stat().st_mtime_ns, held.facts.value("source_sha256"))
    known = desk.kept.get(path)
    if not isinstance(known, tuple) or known[0] != stamp:
        try:
            known = stamp, pipeline.source_text(path, held.facts)
        except DocumentError as error:
            raise ToldError(500, error.message) from error
        desk.kept[path] = known
    return path, known[1]


def _own(desk: Desk) -> list[Held]:
    place = desk.study.place("facts") if desk.study.folder else None
    if place is None or not place.is_dir():
        return []
    found = [_held(desk, folder) for folder in expanded([place])]
    return [each for each in found if each]


def _held(desk: Desk, folder: Path) -> Held | None:
    """Return the document of a folder, read again where one of its files changed."""
    stamp = tuple((each.name, each.stat().st_mtime_ns) for each in sorted(folder.iterdir()) if each.is_file())
    known = desk.kept.get(folder)
    if not isinstance(known, tuple) or known[0] != stamp:
        try:
            slug, facts = load_document(folder)
            known = stamp, Held(slug, facts, folder, look_at(facts))
        except DocumentError:
            known = stamp, None
        desk.kept[folder] = known
    held: Held | None = known[1]
    return held


def _shipped(desk: Desk) -> list[Held]:
    if "shipped" not in desk.kept:
        known = pipeline.library()
        desk.kept["shipped"] = [Held(each.value("document_id"), each, None, look_at(each)) for each in known]
    found = desk.kept["shipped"]
    assert isinstance(found, list)
    return found
