"""Read once what several finders ask for: what a document says of itself, its clauses, its coordinating bodies."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.extract.bodies.names import KnownBodies, known_bodies
from policygraph.extract.grammar.document_titles import NamedInSections, named_in
from policygraph.extract.metadata.dating import DocumentYears, when_written
from policygraph.extract.metadata.find import About, find_metadata
from policygraph.extract.responsibilities.styles import Candidates, apart, find_candidates
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What the finders of a document are handed; nothing in it changes."""

    about: About
    years: DocumentYears
    candidates: Candidates
    bodies: KnownBodies
    named: NamedInSections

    @property
    def clauses(self) -> tuple[Span, ...]:
        """Return where the clauses stand in which nothing but responsibilities is said."""
        return apart(self.candidates)

    @property
    def issued(self) -> int | None:
        """Return the year of the date that the document bears, None where it bears none."""
        date = self.about.value("date_issued")[:4]
        return int(date) if date.isdecimal() else None


def read_outline(doc: str, outline: Outline, lexicon: Lexicon) -> Reading:
    """Return what is read of a document before its facts are looked for."""
    about = find_metadata(doc, outline, lexicon)
    return Reading(
        about=about,
        years=when_written(about.rows, about.signed, lexicon),
        candidates=find_candidates(outline, lexicon),
        bodies=known_bodies(outline, lexicon),
        named=named_in(outline, lexicon),
    )
