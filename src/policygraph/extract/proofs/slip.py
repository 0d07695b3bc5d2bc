"""Hold what the finders of slips are handed and what they give."""

from __future__ import annotations

import re

from policygraph.extract.metadata.dating import DocumentYears
from policygraph.extract.metadata.find import About
from policygraph.lexicon import Lexicon
from policygraph.messages import Note
from policygraph.model import Outline, Section, Span
from policygraph.records import record


@record
class Draft:
    """A document as it is proof read; ``clauses`` are where duties stand in the source, told by name."""

    outline: Outline
    about: About
    years: DocumentYears
    clauses: tuple[Span, ...]
    lexicon: Lexicon

    @property
    def text(self) -> str:
        """Return the text, with one form of each mark."""
        return self.outline.text.text

    def section_at(self, place: int) -> Section:
        """Return the section in which a place stands."""
        sections = self.outline.sections
        return next((each for each in reversed(sections) if each.head.start <= place and _stands(each)), sections[0])


@record
class Slip:
    """A slip in a stretch of the text, by the name of its rule; ``note`` says what is expected, if known."""

    rule: str
    start: int
    end: int
    note: Note = ""


def span_in(stretch: re.Match[str], said: re.Match[str]) -> tuple[int, int]:
    """Return where in the text a match is that was looked for in a stretch of it."""
    return stretch.start() + said.start(), stretch.start() + said.end()


def _stands(section: Section) -> bool:
    return section.head.end > section.head.start or section.body.end > section.body.start
