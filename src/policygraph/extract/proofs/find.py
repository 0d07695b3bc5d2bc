"""Proof read a document: one row for each slip, in document order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.proofs.again import again
from policygraph.extract.proofs.arithmetic import arithmetic
from policygraph.extract.proofs.blanks import BLANK, UNDATED, blanks
from policygraph.extract.proofs.calendar import calendar
from policygraph.extract.proofs.counts import counts
from policygraph.extract.proofs.figures import DOCUMENT_NUMBER, figures
from policygraph.extract.proofs.lists import lists
from policygraph.extract.proofs.marks import UNPAIRED, marks
from policygraph.extract.proofs.of_years import of_years
from policygraph.extract.proofs.references import references
from policygraph.extract.proofs.repeats import repeats
from policygraph.extract.proofs.sense import sense
from policygraph.extract.proofs.series import series
from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.extract.proofs.tables import table_slips
from policygraph.extract.proofs.times import Dated, times
from policygraph.model import SlipRow

BLANKS = (BLANK, UNDATED)
_STOP = re.compile(r"[。;!?\n]")
_READ = re.compile(r"[^〔〕]+〔20\d\d〕\d+号")  # 〔2021〕第9号 is read as this
_NEXT = 12  # characters: the brackets around the number of a document
_CAUSES = {UNPAIRED: (*BLANKS, DOCUMENT_NUMBER)}  # by a rule: what tells of the same place already; else a blank
_AROUND = 60  # characters of a sentence to either side


def find_slips(doc: str, draft: Draft, dated: Collection[Dated], past: Collection[str]) -> tuple[SlipRow, ...]:
    """Return a row for each slip; ``dated`` are the targets with a year, ``past`` sections that look back."""
    found = sorted(set(_all(draft, dated, past)), key=lambda each: (each.start, each.rule))
    by = {causes: _Reach.of(found, causes) for causes in {*_CAUSES.values(), BLANKS}}
    kept = [each for each in found if each.rule in BLANKS or not by[_CAUSES.get(each.rule, BLANKS)].holds(each)]
    return tuple(_row(doc, draft, each) for each in kept if not _is_own_number(each, draft))


@dataclass(frozen=True, slots=True)
class _Reach:
    """Where slips of some rules lie: how each begins, and how far it and those before it go."""

    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, slips: Iterable[Slip], rules: Collection[str]) -> _Reach:
        some = [each for each in slips if each.rule in rules]
        return cls([each.start for each in some], list(accumulate((each.end for each in some), max)))

    def holds(self, slip: Slip) -> bool:
        """Tell whether a slip is part of one of them: of a blank, as the number of a document that is still open."""
        before = bisect_left(self.starts, slip.end + _NEXT)
        return before > 0 and slip.start < self.ends[before - 1] + _NEXT


def _is_own_number(slip: Slip, draft: Draft) -> bool:
    """Tell whether the number of the document itself is written so that it cannot be read, which the document tells."""
    row = next((row for row in draft.about.rows if row.field == "number"), None)
    start, end = (row.evidence.start, row.evidence.end) if row else (None, None)
    place = draft.outline.text.offsets[slip.start]
    inside = start is not None and end is not None and start <= place < end
    return slip.rule == DOCUMENT_NUMBER and inside and not (row and _READ.fullmatch(row.value))


def _all(draft: Draft, dated: Collection[Dated], past: Collection[str]) -> Iterator[Slip]:
    yield from figures(draft)
    yield from blanks(draft)
    yield from counts(draft)
    yield from lists(draft)
    yield from arithmetic(draft)
    yield from of_years(draft)
    yield from table_slips(draft)
    yield from times(draft, dated, past)
    yield from marks(draft)
    yield from sense(draft)
    yield from again(draft)
    yield from references(draft)
    yield from repeats(draft)
    yield from series(draft)
    yield from calendar(draft)


def _row(doc: str, draft: Draft, slip: Slip) -> SlipRow:
    text, whole = draft.outline.text, draft.text
    before = whole[max(slip.start - _AROUND, 0) : slip.start]
    after = whole[slip.end : slip.end + _AROUND]
    start = slip.start - len(_STOP.split(before)[-1])
    end = slip.end + len(_STOP.split(after, maxsplit=1)[0])
    return SlipRow(
        doc=doc,
        section=draft.section_at(slip.start).number,
        slip=printed(text, slip.start, slip.end),
        quote=printed(text, start, end),
        evidence=evidence(text, slip.start, slip.end, note=slip.note, rule=slip.rule),
    )
