"""Say what a confidence is worth: how many of the facts with it are right, and how many of each rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from policygraph.rows import Rows
from policygraph.score.rightness import Judged, judged
from policygraph.score.show import share
from policygraph.trust import Measured

K = TypeVar("K")
BANDS = (Decimal("0.95"), Decimal("0.9"), Decimal("0.8"), Decimal("0.6"), Decimal("0"))
_COLUMNS = ("table", "confidence", "facts", "right", "share")


def calibration(gold: Path, found: Path) -> Rows:
    """Return for each table and band of confidence how many found facts are right by the annotation.

    The bands are above 0.95, above 0.9, above 0.8, above 0.6, and the rest; the last rows are for all tables. What
    counts as right, :mod:`policygraph.score.rightness` says.
    """
    facts = list(judged(gold, found))
    counted = _counted(((name, _band(each)), each) for each in facts for name in (each.table, "all"))
    names = [*dict.fromkeys(each.table for each in facts), "all"]
    keys = [(name, band) for name in names for band in BANDS if (name, band) in counted]
    return Rows(_COLUMNS, tuple(_row(name, band, *counted[name, band]) for name, band in keys))


def measured(gold: Path, found: Path, source: str) -> tuple[Measured, ...]:
    """Return for each table and rule how many found rows are right by the annotation, as rows of ``data/trust.tsv``."""
    counted = _counted(((each.table, each.rule), each) for each in judged(gold, found))
    return tuple(Measured(source, table, rule, *counted[table, rule]) for table, rule in sorted(counted))


def _counted(judgements: Iterable[tuple[K, Judged]]) -> dict[K, tuple[int, int]]:
    right: Counter[K] = Counter()
    of: Counter[K] = Counter()
    for key, each in judgements:
        right[key] += each.is_right
        of[key] += 1
    return {key: (right[key], of[key]) for key in of}


def _band(fact: Judged) -> Decimal:
    return next(limit for limit in BANDS if fact.confidence > limit or limit == 0)


def _row(name: str, band: Decimal, right: int, of: int) -> tuple[object, ...]:
    return name, f"> {band}", of, right, share(right, of)
