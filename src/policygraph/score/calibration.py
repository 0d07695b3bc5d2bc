"""Say what a confidence is worth: how many of the facts with it are right."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

from policygraph.rows import Rows
from policygraph.score.matching import covered, of_kind, pairs_of, plain, read
from policygraph.score.records import KEYS, Key, Row
from policygraph.score.show import share

BANDS = (Decimal("0.95"), Decimal("0.9"), Decimal("0.8"), Decimal("0.6"), Decimal("0"))
_COLUMNS = ("table", "confidence", "facts", "right", "share")


def calibration(gold: Path, found: Path) -> Rows:
    """Return for each table and band of confidence how many found facts are right by the annotation.

    The bands are above 0.95, above 0.9, above 0.8, above 0.6, and the rest; the last rows are for all tables.
    """
    facts: Counter[tuple[str, Decimal]] = Counter()
    right: Counter[tuple[str, Decimal]] = Counter()
    for table in KEYS:
        if table == "metadata":  # an empty field is no fact
            continue
        for confidence, is_right in _judged(table, gold, found):
            band = next(limit for limit in BANDS if confidence > limit or limit == 0)
            for name in (table, "all"):
                facts[name, band] += 1
                right[name, band] += is_right
    names = [*KEYS, "all"]
    keys = [(name, band) for name in names for band in BANDS if facts[name, band]]
    rows = (
        (name, f"> {band}", facts[name, band], right[name, band], _share(facts, right, (name, band)))
        for name, band in keys
    )
    return Rows(_COLUMNS, tuple(rows))


def _share(
    facts: Counter[tuple[str, Decimal]], right: Counter[tuple[str, Decimal]], key: tuple[str, Decimal]
) -> Decimal:
    return share(right[key], facts[key])


def _judged(table: str, gold: Path, found: Path) -> list[tuple[Decimal, bool]]:
    """Return confidence and truth of each found fact of the documents that the annotation covers."""
    expected: dict[str, list[Key]] = defaultdict(list)
    for row in of_kind(table, read(gold, table)):
        expected[row["doc"]].append(_key(table, row))
    own: dict[str, list[Row]] = defaultdict(list)
    documents = covered(table, gold)
    for row in of_kind(table, read(found, table)):
        if row["doc"] in documents:
            own[row["doc"]].append(row)
    judged = []
    for doc, rows in own.items():
        hits = {right for _, right in pairs_of(table, expected[doc], [_key(table, row) for row in rows])}
        judged += [(_confidence(row), place in hits) for place, row in enumerate(rows)]
    return judged


def _key(table: str, row: Row) -> Key:
    return tuple(plain(name, row[name]) for name in KEYS[table])


def _confidence(row: Row) -> Decimal:
    try:
        return Decimal(row.get("confidence") or "0")
    except InvalidOperation:
        return Decimal(0)
