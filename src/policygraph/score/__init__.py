"""Compare found fact tables with a hand annotation: precision, recall and what went wrong, table by table.

A row counts as right when its key is equal, cell by cell; nothing is forgiven or rounded up. What makes up a key
stands in ``KEYS``. A document counts in a table when the annotation has rows of it there; others are ignored.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from policygraph.errors import UsageError
from policygraph.score.calibration import calibration, measured
from policygraph.score.fields import by_field
from policygraph.score.matching import comparable, compare, file_of, files, overlap
from policygraph.score.records import KEYS, OVERLAP, Miss, Score, Scores
from policygraph.score.show import render_misses, rows
from policygraph.score.sight import sight

__all__ = [
    "KEYS",
    "OVERLAP",
    "Miss",
    "Score",
    "Scores",
    "by_field",
    "calibration",
    "measured",
    "overlap",
    "render_misses",
    "rows",
    "score",
    "sight",
]


def score(gold: Path, found: Path) -> Scores:
    """Compare two folders of fact tables; each holds the tables itself or one folder of tables per document.

    Raises UsageError where a folder holds no table at all, TableError where a key column is missing.
    """
    for folder in (gold, found):
        if not any(files(folder, file_of(table)) for table in KEYS):
            raise UsageError("score.no-tables", path=folder)
    scores: list[Score] = []
    misses: list[Miss] = []
    for table in KEYS:
        expected, candidates = comparable(table, gold, found)
        parts = [compare(table, doc, expected[doc], candidates.get(doc, [])) for doc in sorted(expected)]
        if parts:
            scores += [_total(table, [part for part, _ in parts]), *(part for part, _ in parts)]
            misses += [miss for _, lost in parts for miss in lost]
    return Scores(tuple(scores), tuple(misses))


def _total(table: str, parts: list[Score]) -> Score:
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(expected=part.expected, found=part.found, right=part.right)
    return Score(table, "", counts["expected"], counts["found"], counts["right"])
