"""Say where targets are read, and which years hold there."""

from __future__ import annotations

import re

from policygraph.extract.grammar.goals import NO_GOALS, Goals
from policygraph.extract.metadata.dating import DocumentYears
from policygraph.lexicon import Lexicon
from policygraph.model import Decision, Section, Span, TargetRow, Text
from policygraph.records import record
from policygraph.terms import Op

_STOP = re.compile(r"[。;!?\n]")
_NEAR = 200  # characters of a sentence that are looked at on either side of a stretch


@record
class SectionContext:
    """The section in which targets are read; ``masked`` is the text in which what was read otherwise is blank.

    ``excerpt`` says that the document begins in the middle of a text: its first heading is no first one. ``led`` are
    the years of the line that announces the list in which the section stands: 到2022年和2030年,实现下列目标:.
    ``aim`` is the one year for which the goals of the document are, where its title names no period.
    """

    doc: str
    section: Section
    text: Text
    masked: str
    years: DocumentYears
    lexicon: Lexicon
    goals: Goals = NO_GOALS
    excerpt: bool = False
    led: tuple[int, ...] = ()
    aim: int | None = None


@record
class FoundTargets:
    """The targets of a document or a section, and what was decided about its numbers, both in document order.

    ``taken`` are the places that one style has read, which later ones pass over; ``past`` are the numbers of the
    sections that look back.
    """

    rows: tuple[TargetRow, ...] = ()
    decisions: tuple[Decision, ...] = ()
    taken: tuple[Span, ...] = ()
    past: frozenset[str] = frozenset()


@record
class Scope:
    """The years that hold at a place, and until which sentence (-1: to the paragraph's end).

    ``weak`` years stand before their own number only; ``relative`` ones were counted from the document's year.
    ``told`` says that the sentence tells what has been, ``assured`` that it opened with words of intent (确保),
    ``to`` that the years stand behind 到, ``promises`` that they open a sentence so and name no end of a time.
    ``counted`` says from what a year was counted that the text gives as so many years from its begin on (用3年时间).
    """

    years: tuple[int | None, ...] = ()
    until: int = -1
    repaired: bool = False
    weak: bool = False
    relative: bool = False
    told: bool = False
    assured: bool = False
    to: bool = False
    promises: bool = False
    counted: str = ""

    def __bool__(self) -> bool:
        """Say whether it says anything about when."""
        return bool(self.years) or self.told

    def is_past(self, floor: int | None) -> bool:
        """Say whether words say that it has been, or all years lie before the document: facts, no targets.

        What is promised (到2020年,…) for a year that is over is a target, and a slip.
        """
        return self.told or (not self.promises and self.is_over(floor))

    def is_over(self, floor: int | None) -> bool:
        """Say whether all years lie before the document."""
        known = bool(self.years) and floor is not None
        return known and all(year is not None and year < (floor or 0) for year in self.years)


@record
class SentenceSoFar:
    """What the stretches before one in its sentence gave: indicators, and whether one was promised without a year.

    ``counts`` says that the last of them counted things that will be made. ``years`` are those of their numbers,
    ``rising`` says that the last of them is a rise.
    """

    indicators: tuple[str, ...] = ()
    promised: bool = False
    counts: bool = False
    years: tuple[int, ...] = ()
    rising: bool = False


@record
class Stretch:
    """What stands between two commas, and what is known there.

    ``span`` is the place of the quote, ``spoken`` the stretch with its numerals in digits, ``before`` the indicator
    that was stated last, which one without a name goes on about, ``said`` the stretch before in the same sentence.
    ``aside`` is the operator of the number behind which it stands in brackets, None where it stands in none.
    """

    where: SectionContext
    span: Span
    spoken: str
    scope: Scope
    before: str = ""
    said: str = ""
    base: str = ""
    carried: bool = False
    sentence_so_far: SentenceSoFar = SentenceSoFar()
    aside: Op | None = None

    @property
    def lexicon(self) -> Lexicon:
        """Return the words that the section is read with."""
        return self.where.lexicon

    @property
    def printed(self) -> str:
        """Return its text as it stands there."""
        return self.where.text.text[self.span.start : self.span.end]

    @property
    def sentence(self) -> str:
        """Return the sentence in which it stands, or what of it is near."""
        text, span, body = self.where.text.text, self.span, self.where.section.body
        before = text[max(span.start - _NEAR, body.start) : span.start]
        after = text[span.end : min(span.end + _NEAR, body.end)]
        return f"{_STOP.split(before)[-1]}{self.printed}{_STOP.split(after, maxsplit=1)[0]}"

    @property
    def around(self) -> str:
        """Return it with the stretch that follows in its sentence."""
        before, _, after = self.sentence.partition(self.printed)
        return f"{self.printed}{','.join(after.split(',')[:2])}" if before or after else self.printed

    @property
    def is_past(self) -> bool:
        """Say whether it speaks of what has been."""
        return self.scope.is_past(self.where.years.floor)

    @property
    def is_over(self) -> bool:
        """Say whether it speaks of years before the document, be it in words of a promise."""
        return self.scope.is_over(self.where.years.floor)
