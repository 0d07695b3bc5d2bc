"""Show a passage in its sentence, say the rows read there shortly, and what its words tell of a missed target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from policygraph import facts
from policygraph.concepts import agency_type_of
from policygraph.desk.reviews import Session, heading, worded
from policygraph.facts import words
from policygraph.facts.acts import Act
from policygraph.lexicon import Lexicon
from policygraph.model import Facts
from policygraph.study import Study
from policygraph.terms import NumberClass

_HEAD, _NEAR = 24, 36  # characters of a long sentence that are shown: where it begins, and beside the passage
_STOPS, _COMMAS = re.compile(r"[。！？!?\n\r]"), re.compile(r"[,，;；。！？!?\n\r]")
_NEVER = frozenset({"doc", "status", "confidence", "note", "clause", "order", "quote", "section", "action"})
_SAID_BY_ITSELF = frozenset({"role", "agency", "year", "op", "value", "unit", "heading"})  # needs no heading
_ENDINGS = "委员会局办公室"  # what the name of a body ends with says not which one it is
_IMPLIED = {("targets", "kind")}  # its comparison says it


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and behind a passage in its sentence; of a long one where it begins and what is near.

    The years of a target often stand where its sentence begins.

    >>> around("甲。到2030年,乙达到9%,丙达到8%。丁", 15, 20)
    ('到2030年,乙达到9%,', '')
    """
    before = _STOPS.split(text[:start])[-1].lstrip()
    behind = _STOPS.split(text[end:], maxsplit=1)[0]
    if len(before) > _HEAD + _NEAR:
        before = f"{before[:_HEAD]}…{before[-_NEAR:]}"
    return before, behind if len(behind) <= _NEAR else f"{behind[:_NEAR]}…"


def part(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the part of a sentence, from comma to comma, in which a passage stands.

    >>> part("甲,乙至少有1家,丙", 6, 8)
    (2, 8)
    """
    begins = max((each.end() for each in _COMMAS.finditer(text, 0, start)), default=0)
    behind = _COMMAS.search(text, end)
    return begins, behind.start() if behind else len(text)


def said(table: str, row: Any, study: Study, language: str) -> Iterator[tuple[str, str]]:
    """Yield the cells of a row that its reader needs, each with its heading, or without where it needs none.

    Identifiers are said by the name of their concept, where that is not said already.
    """
    for column, cell in facts.as_cells(row).items():
        shown = words.column(table, column).shown == "yes" or column in ("indicator_id", "agency_id")
        if not shown or cell in (None, "") or column in _NEVER or (table, column) in _IMPLIED:
            continue
        if column.endswith("_id"):
            if name := _named(column, row, study, language):
                yield "", f"＝{name}"
        elif not (column == "surface" and row.agency.endswith(str(cell))):
            text = worded(table, column, cell, row, language)
            yield ("" if column in _SAID_BY_ITSELF else heading(table, column, language)), text


def _named(column: str, row: Any, study: Study, language: str) -> str:
    """Return the name of a concept, "" where the row says it, and where there is none."""
    concepts = study.concepts
    known = (
        concepts.indicators.get(row.indicator_id or "")
        if column == "indicator_id"
        else agency_type_of(row.agency_id or "", concepts)
    )
    stated = row.indicator if column == "indicator_id" else getattr(row, "agency", "") or getattr(row, "party", "")
    if known is None or known.zh.rstrip(_ENDINGS) in stated:
        return ""
    return known.zh if language == "zh" else known.en


def told(found: Facts, lexicon: Lexicon, text: str, start: int, end: int) -> dict[str, str]:
    """Return the cells of a target that its words tell: value and unit of its number, and how it is compared."""
    number = next(iter(_within(found, start, end)), None)
    if number is None:
        return {}
    row = found.numbers[number]
    compared = [each for each in lexicon.quantities.comparators if each[0] in text[start:end]]
    longest = max(compared, key=lambda each: len(each[0]), default=None)
    return {"value": row.value, "unit": row.unit} | ({"op": lexicon.quantities.comparators[longest]} if longest else {})


def answered(found: Facts, start: int, end: int) -> list[Act]:
    """Return what is to be said of the unread numbers of a passage once a target was made of it: they are its own."""
    return [
        Act("correct", "numbers", at, {"class": str(NumberClass.TARGET)})
        for at in _within(found, start, end)
        if found.numbers[at].kind is NumberClass.UNREAD
    ]


def _within(found: Facts, start: int, end: int) -> Iterator[int]:
    for at, row in enumerate(found.numbers):
        if row.evidence.start is not None and start <= row.evidence.start and (row.evidence.end or 0) <= end:
            yield at


def number_at_hand(session: Session) -> tuple[int, int] | None:
    """Return the part of a sentence that holds the unread number at hand, None where the case is another."""
    case, rows = session.cases.get(session.now), session.rows()
    if case is None or case.start is None or case.end is None or not session.text or not is_unread(rows):
        return None
    return part(session.text, case.start, case.end)


def is_unread(rows: list[tuple[str, int, Any]]) -> bool:
    """Tell whether the rows of a case are a number that no rule read."""
    return bool(rows) and all(table == "numbers" and row.kind is NumberClass.UNREAD for table, _, row in rows)
