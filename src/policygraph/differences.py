"""Compare a fresh extraction with reviewed tables, row by row; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from difflib import SequenceMatcher
from typing import Any

from policygraph.facts import ROWS
from policygraph.model import Tables
from policygraph.rows import Rows

COLUMNS = ("table", "change", "section", "reviewed", "extracted", "status")
_NOT_COMPARED = ("doc", "evidence")
_OWN_FIELDS = ("source_file", "source_sha256", "source_url", "retrieved", "extractor_version", "review_status")


def differences(reviewed: Tables, extracted: Tables) -> Rows:
    """Return what differs: ``changed``, ``only-reviewed`` or ``only-extracted``, in the order of the reviewed tables.

    Confidence, status, notes and positions do not count, nor where the source came from. ``status`` is that of the
    reviewed row, so that one sees what a person has decided already.
    """
    found: list[tuple[object, ...]] = []
    for table in ROWS:
        found += _table(table, _rows(table, reviewed), _rows(table, extracted))
    return Rows(COLUMNS, tuple(found))


def _rows(table: str, side: Tables) -> list[Any]:
    return [row for row in getattr(side, table) if table != "metadata" or row.field not in _OWN_FIELDS]


def _table(table: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[object, ...]]:
    before, after = [_cells(row) for row in old], [_cells(row) for row in new]
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for place in range(max(b - a, d - c)):
            one = old[a + place] if a + place < b else None
            two = new[c + place] if c + place < d else None
            yield _difference(table, one, two)


def _difference(table: str, one: Any, two: Any) -> tuple[object, ...]:
    change = "changed" if one and two else "only-reviewed" if one else "only-extracted"
    section = getattr(one or two, "section", "") or getattr(one or two, "field", "")
    return (table, change, section, _shown(one, two), _shown(two, one), one.evidence.status if one else "")


def _cells(row: Any) -> tuple[str, ...]:
    return tuple(str(getattr(row, item.name)) for item in fields(row) if item.name not in _NOT_COMPARED)


def _shown(row: Any, other: Any) -> str:
    """Show a row that stands alone whole, and of a changed one the cells that differ."""
    if row is None:
        return ""
    names = [item.name for item in fields(row) if item.name not in _NOT_COMPARED]
    if other is not None:
        names = [name for name in names if getattr(row, name) != getattr(other, name)]
    return "; ".join(f"{name}={getattr(row, name)}" for name in names if getattr(row, name) not in ("", None))
