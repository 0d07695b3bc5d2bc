"""Proof read a document: one row for each slip, in document order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.proofs.blanks import BLANK, UNDATED, blanks
from policygraph.extract.proofs.counts import counts
from policygraph.extract.proofs.figures import DOCUMENT_NUMBER, figures
from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.extract.proofs.tables import table_slips
from policygraph.extract.proofs.times import Dated, times
from policygraph.model import SlipRow

BLANKS = (BLANK, UNDATED)
_STOP = re.compile(r"[。;!?\n]")
_AROUND = 60  # characters of a sentence to either side


def find_slips(doc: str, draft: Draft, dated: Collection[Dated], past: Collection[str]) -> tuple[SlipRow, ...]:
    """Return a row for each slip; ``dated`` are the targets with a year, ``past`` sections that look back."""
    found = sorted(set(_all(draft, dated, past)), key=lambda each: (each.start, each.rule))
    open_ended = [each for each in found if each.rule in BLANKS]
    kept = [each for each in found if each in open_ended or not _within(each, open_ended)]
    return tuple(_row(doc, draft, each) for each in kept if not _is_own_number(each, draft))


def _is_own_number(slip: Slip, draft: Draft) -> bool:
    """Tell whether the number of the document itself is written wrongly, which is told of the document."""
    row = next((row for row in draft.about.rows if row.field == "number"), None)
    start, end = (row.evidence.start, row.evidence.end) if row else (None, None)
    place = draft.outline.text.offsets[slip.start]
    return slip.rule == DOCUMENT_NUMBER and start is not None and end is not None and start <= place < end


def _within(slip: Slip, others: list[Slip]) -> bool:
    """Tell whether a slip is that of a blank: the number of a document that is still open."""
    return any(slip.start < each.end and each.start < slip.end for each in others)


def _all(draft: Draft, dated: Collection[Dated], past: Collection[str]) -> Iterator[Slip]:
    yield from figures(draft)
    yield from blanks(draft)
    yield from counts(draft)
    yield from table_slips(draft)
    yield from times(draft, dated, past)


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
