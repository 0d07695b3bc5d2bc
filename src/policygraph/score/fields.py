"""Score single fields: of the rows that correspond, how many agree in each column."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from policygraph.rows import Rows
from policygraph.score.matching import comparable, pairs_of, without
from policygraph.score.records import KEYS, Key
from policygraph.score.show import share

_COLUMNS = ("table", "field", "expected", "found", "right", "precision", "recall", "f1")


def by_field(gold: Path, found: Path) -> Rows:
    """Return precision, recall and F1 of each field of each table.

    Rows correspond where they are equal, and else where they share the most cells of one document.
    """
    rows: list[tuple[object, ...]] = []
    for table, names in KEYS.items():
        expected, candidates = comparable(table, gold, found)
        right: Counter[str] = Counter()
        sizes = [0, 0]
        for doc in sorted(expected):
            own = candidates.get(doc, [])
            sizes = [sizes[0] + len(expected[doc]), sizes[1] + len(own)]
            for one, two in _corresponding(table, expected[doc], own):
                right.update(name for name, a, b in zip(names, one, two, strict=True) if a == b)
        rows += [_row(table, name, sizes[0], sizes[1], right[name]) for name in names[1:] if sizes[0]]
    return Rows(_COLUMNS, tuple(rows))


def _corresponding(table: str, expected: list[Key], found: list[Key]) -> list[tuple[Key, Key]]:
    pairs = pairs_of(table, expected, found)
    done = [(expected[left], found[right]) for left, right in pairs]
    rest = without(found, {right for _, right in pairs})
    for row in without(expected, {left for left, _ in pairs}):
        best = max(rest, key=lambda other: _likeness(row, other), default=None)
        if best is not None and _likeness(row, best) * 2 >= len(row):
            done.append((row, best))
            rest.remove(best)
    return done


def _likeness(one: Key, two: Key) -> int:
    return sum(a == b for a, b in zip(one, two, strict=True))


def _row(table: str, name: str, expected: int, found: int, right: int) -> tuple[object, ...]:
    shares = (share(right, found), share(right, expected), share(2 * right, expected + found))
    return (table, name, expected, found, right, *shares)
