"""Find what a document of a study is shown with: its text, and the addresses of its facts in the graph."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from rdflib import URIRef

from policygraph.graph import addresses
from policygraph.messages import legible
from policygraph.model import Facts, Source
from policygraph.pipeline.extracting import documents_below
from policygraph.read import read
from policygraph.study import SHIPPED, Study


def source_of(facts: Facts, study: Study) -> Path | None:
    """Return the file of a study that a document was read from, by the name it had; None where it is not there.

    Of several of that name it is the one that is still as it was read.
    """
    name = facts.value("source_file")
    place = study.place("sources") if study.folder else None
    if not name or place is None or not place.is_dir():
        return None
    named = [each for each in documents_below(place) if legible(each.name) == name]
    return next((each for each in named if is_as_read(each, facts)), named[0] if named else None)


def is_as_read(path: Path, facts: Facts) -> bool:
    """Tell whether a file is the one that facts were read from, byte by byte."""
    return sha256(path.read_bytes()).hexdigest() == facts.value("source_sha256")


def source_text(path: Path, facts: Facts) -> Source | None:
    """Return the text that the positions of facts are about; None where the file is no longer as it was read.

    Raises ReadError where it cannot be read.
    """
    found = read(path)
    return found if found.sha256 == facts.value("source_sha256") else None


def fact_addresses(facts: Facts, study: Study = SHIPPED) -> Callable[[object], URIRef | None]:
    """Return what gives the IRI of a fact by its row. Raises TableError where the metadata names no document."""
    return addresses(facts, study.concepts)
