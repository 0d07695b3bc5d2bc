"""Lay the cascade out as a table: an indicator and year a row, a document a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from policygraph.alignments import Alignment
from policygraph.cascade.align import align
from policygraph.cascade.chain import read_documents
from policygraph.cascade.compare import Statement
from policygraph.concepts import Concepts
from policygraph.errors import UsageError
from policygraph.lexicon import Lexicon
from policygraph.model import Facts
from policygraph.rows import Rows
from policygraph.terms import UNSURE, Scope, Verdict

Key = tuple[str, str, int | None]  # document slug, indicator, year
FIXED = ("indicator", "label", "year")


def matrix(
    documents: Sequence[Facts], concepts: Concepts, lexicon: Lexicon, cell: str = "said", scope: str = Scope.PARENT
) -> Rows:
    """Return a row for each indicator and year that a document states, and a column for each document with targets.

    Columns are named by the folders of facts, from the highest level down. ``cell`` says what stands in them:
    ``said`` (``>= 27% tighter +5 (国发〔2019〕13号)``: with which document it was compared), ``verdict``, ``step``,
    ``value`` (numbers as printed) or ``ancestor``; a figure that is unchecked, or compared with one that is, ends in
    «?»; None where there is nothing. Raises UsageError for another.
    """
    if cell not in _CELLS:
        raise UsageError("cascade.no-such-cell", cell=cell, cells=list(_CELLS))
    known = read_documents(documents, concepts, lexicon)
    folders = {found.value("document_id") or found.doc: found.doc for found in documents if found.targets}
    order = sorted(folders, key=lambda slug: (known[slug].rank, known[slug].date, slug))
    judged: Mapping[Key, Alignment] = {
        (row.document, row.indicator, row.year): row
        for row in align(documents, concepts, lexicon)
        if row.scope == scope and (row.year is not None or row.status or row.verdict is not Verdict.NO_DATA)
    }
    stated = {(indicator, year) for slug in order for indicator, path in known[slug].paths.items() for year in path}
    rows = []
    for indicator, year in sorted(stated, key=lambda key: (key[0], key[1] or 0)):
        label = concepts.indicators[indicator].zh if indicator in concepts.indicators else indicator
        cells = []
        for slug in order:
            path, found = known[slug].paths.get(indicator, {}), judged.get((slug, indicator, year))
            against = known[found.ancestor].name if found and found.ancestor else ""
            cells.append(_CELLS[cell](_Told(path.get(year, path.get(None)), found, against)))
        rows.append((indicator, label, year, *cells))
    return Rows((*FIXED, *(folders[slug] for slug in order)), tuple(rows))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a document says of an indicator and year, the verdict on it, and the name of what it was compared with."""

    said: Statement | None
    judged: Alignment | None
    against: str


def _said(told: _Told) -> str | None:
    unsure = "?" if told.said and told.said.row.evidence.status in UNSURE else ""
    words = [told.said.brief + unsure if told.said else "", _judged(told), f"({told.against})" if told.against else ""]
    return " ".join(filter(None, words)) or None


def _judged(told: _Told) -> str:
    if told.judged is None:
        return ""
    step = f" {told.judged.step:+}" if told.judged.step else ""
    return told.judged.verdict + step + ("?" if told.judged.ancestor_status in UNSURE else "")


def _verdict(told: _Told) -> str | None:
    judged = told.judged
    return judged.verdict + ("?" if judged.ancestor_status in UNSURE else "") if judged else None


def _step(told: _Told) -> object:
    """Return the step: a number, or text with the mark where one of the two figures is not certain."""
    judged = told.judged
    if judged is None or judged.step is None:
        return None
    unsure = {judged.status, judged.ancestor_status} & UNSURE
    return f"{judged.step:+}?" if unsure else judged.step


def _value(told: _Told) -> str | None:
    said = told.said
    return said.row.value + ("?" if said.row.evidence.status in UNSURE else "") if said and said.row.value else None


def _ancestor(told: _Told) -> str | None:
    return told.against or None


_CELLS: dict[str, Callable[[_Told], object]] = {
    "said": _said,
    "verdict": _verdict,
    "step": _step,
    "value": _value,
    "ancestor": _ancestor,
}
