"""Show scores as tables."""

from __future__ import annotations

from decimal import Decimal

from policygraph import tables
from policygraph.rows import Rows
from policygraph.score.records import Score, Scores

_COLUMNS = ("table", "document", "expected", "found", "right", "precision", "recall", "f1")


def rows(scores: Scores) -> Rows:
    """Return the scores as a table; shares are cut after four decimals, never rounded up."""
    return Rows(_COLUMNS, tuple(_cells(item) for item in scores.scores))


def render_misses(scores: Scores) -> str:
    """Return the misses as a tab-separated table: table, document, kind, row, nearest (cells joined by a bar)."""
    columns = ("table", "document", "kind", "row", "nearest")
    cells = (
        (item.table, item.doc, item.kind, " | ".join(item.row), " | ".join(item.nearest)) for item in scores.misses
    )
    return tables.render_table(columns, (dict(zip(columns, row, strict=True)) for row in cells))


def _cells(item: Score) -> tuple[object, ...]:
    pairs = ((item.right, item.found), (item.right, item.expected), (2 * item.right, item.expected + item.found))
    counts = (item.table, item.doc or "all", item.expected, item.found, item.right)
    return counts + tuple(share(*pair) for pair in pairs)


def share(part: int, whole: int) -> Decimal:
    """Return a share cut after four decimals.

    >>> share(2, 3), share(0, 0)
    (Decimal('0.6666'), Decimal('0.0000'))
    """
    return Decimal(part * 10_000 // whole if whole else 0).scaleb(-4)
