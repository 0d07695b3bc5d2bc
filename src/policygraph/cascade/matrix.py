"""Lay the cascade out as a table: an indicator and year a row, a document a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from policygraph.cascade.align import align
from policygraph.cascade.chain import Document, read_documents
from policygraph.concepts import Concepts
from policygraph.errors import UsageError
from policygraph.model import Alignment, Facts
from policygraph.quantities import Units
from policygraph.rows import Rows
from policygraph.terms import UNSURE, Scope, Verdict

Key = tuple[str, str, int | None]  # document slug, indicator, year
FIXED = ("indicator", "label", "year")


def matrix(
    documents: Sequence[Facts], concepts: Concepts, units: Units, cell: str = "said", scope: str = Scope.PARENT
) -> Rows:
    """Return a row for each indicator and year that a document states, and a column for each document with targets.

    Columns are named by the folders of facts, from the highest level down. ``cell`` says what stands in them:
    ``said`` (``>= 27% tighter +5``), ``verdict``, ``step`` or ``value`` (numbers as printed); a figure that is
    unchecked, or compared with one that is, ends in «?»; None where there is nothing. Raises UsageError for another.
    """
    if cell not in _CELLS:
        raise UsageError("cascade.no-such-cell", cell=cell, cells=list(_CELLS))
    known = read_documents(documents, concepts, units)
    folders = {found.value("document_id") or found.doc: found.doc for found in documents if found.targets}
    order = sorted(folders, key=lambda slug: (known[slug].rank, known[slug].date, slug))
    judged: Mapping[Key, Alignment] = {
        (row.document, row.indicator, row.year): row
        for row in align(documents, concepts, units)
        if row.scope == scope and (row.year is not None or row.verdict is not Verdict.NO_DATA)
    }
    stated = {(indicator, year) for slug in order for indicator, path in known[slug].paths.items() for year in path}
    rows = []
    for indicator, year in sorted(stated, key=lambda key: (key[0], key[1] or 0)):
        label = concepts.indicators[indicator].zh if indicator in concepts.indicators else indicator
        cells = (_CELLS[cell](known[slug], indicator, year, judged.get((slug, indicator, year))) for slug in order)
        rows.append((indicator, label, year, *cells))
    return Rows((*FIXED, *(folders[slug] for slug in order)), tuple(rows))


def _said(document: Document, indicator: str, year: int | None, judged: Alignment | None) -> str | None:
    path = document.paths.get(indicator, {})
    said = path.get(year, path.get(None))
    unsure = "?" if said and said.row.evidence.status in UNSURE else ""
    words = [said.brief + unsure] if said else []
    return " ".join([*words, *([_judged(judged)] if judged else [])]) or None


def _judged(judged: Alignment) -> str:
    step = f" {judged.step:+}" if judged.step else ""
    return judged.verdict + step + ("?" if judged.ancestor_status in UNSURE else "")


def _verdict(_: Document, __: str, ___: int | None, judged: Alignment | None) -> str | None:
    return judged.verdict + ("?" if judged.ancestor_status in UNSURE else "") if judged else None


def _step(_: Document, __: str, ___: int | None, judged: Alignment | None) -> object:
    """Return the step: a number, or text with the mark where one of the two figures is not certain."""
    if judged is None or judged.step is None:
        return None
    unsure = {judged.status, judged.ancestor_status} & UNSURE
    return f"{judged.step:+}?" if unsure else judged.step


def _value(document: Document, indicator: str, year: int | None, _: Alignment | None) -> str | None:
    path = document.paths.get(indicator, {})
    said = path.get(year, path.get(None))
    return said.row.value + ("?" if said.row.evidence.status in UNSURE else "") if said and said.row.value else None


_CELLS: dict[str, Callable[[Document, str, int | None, Alignment | None], object]] = {
    "said": _said,
    "verdict": _verdict,
    "step": _step,
    "value": _value,
}
