"""Read two sides of a table and pair their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from itertools import product
from pathlib import Path
from typing import TypeVar

from policygraph.facts import sheets
from policygraph.score.records import KEYS, OVERLAP, Key, Miss, Pairs, Row, Score

T = TypeVar("T")


def overlap(one: str, other: str) -> float:
    """Return how far two quotes overlap: shared pairs of neighbouring characters over all pairs (Jaccard), 0 to 1.

    >>> overlap("成人肥胖增长率持续减缓", "成人肥胖增长率减缓")
    0.6363636363636364
    """
    pairs, others = _bigrams(one), _bigrams(other)
    return len(pairs & others) / len(pairs | others) if pairs | others else 0.0


def file_of(table: str) -> str:
    """Return the file that holds a table: targets come in two kinds."""
    return "targets" if table in ("quantitative", "qualitative") else table


def files(folder: Path, file: str) -> list[Path]:
    """Return the files of a table here and one folder below; a hidden folder is a save that was cut off."""
    below = (path for path in folder.glob(f"*/{file}.tsv") if not path.parent.name.startswith("."))
    return sorted(path for path in (folder / f"{file}.tsv", *below) if path.is_file())


def comparable(table: str, gold: Path, found: Path) -> tuple[dict[str, list[Key]], dict[str, list[Key]]]:
    """Return the keys of both sides by document; a document without rows on the gold side is left out."""
    rows_gold, rows_found = (list(read(folder, table)) for folder in (gold, found))
    covered = {row["doc"] for row in rows_gold}
    if table == "metadata":
        rows_found = fields_of(rows_gold, rows_found)
    sides = []
    for side in (rows_gold, rows_found):
        by_doc: dict[str, list[Key]] = defaultdict(list)
        for row in of_kind(table, side):
            by_doc[row["doc"]].append(tuple(plain(name, row[name]) for name in KEYS[table]))
        sides.append(by_doc)
    docs = {doc for side in sides for doc in side} & covered
    return {doc: sides[0].get(doc, []) for doc in docs}, sides[1]


def read(folder: Path, table: str) -> Iterator[Row]:
    """Return the rows of a table's file, here and one folder below."""
    kind = ("kind",) if file_of(table) == "targets" else ()
    return rows_of(folder, file_of(table), KEYS[table] + kind)


def rows_of(folder: Path, file: str, required: Key) -> Iterator[Row]:
    """Yield the rows of a file, here and one folder below. Raises TableError where a required column is missing."""
    for path in files(folder, file):
        yield from (row for _, row in sheets.numbered_rows(path, required))


def of_kind(table: str, found: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows that belong to the table: targets by their kind."""
    return (row for row in found if file_of(table) == table or row["kind"] == table)


def fields_of(gold: Iterable[Row], found: Iterable[Row]) -> list[Row]:
    """Return what was found for each field that the annotation lists; a field that is not there is empty."""
    values = {(row["doc"], row["field"]): row["value"] for row in found}
    return [
        {"doc": row["doc"], "field": row["field"], "value": values.get((row["doc"], row["field"]), "")} for row in gold
    ]


def plain(name: str, cell: str) -> str:
    """Return a cell as it is compared: without spaces at its ends, numbers in one notation."""
    cell = cell.strip()
    if name != "value":
        return cell
    try:
        return f"{Decimal(cell).normalize():f}"
    except InvalidOperation:
        return cell


def compare(table: str, doc: str, expected: list[Key], found: list[Key]) -> tuple[Score, list[Miss]]:
    """Return the score of one table of one document, and what was missed or is spurious."""
    pairs = pairs_of(table, expected, found)
    missed = without(expected, {left for left, _ in pairs})
    spurious = without(found, {right for _, right in pairs})
    misses = [Miss(table, doc, "missed", row, _nearest(row, spurious)) for row in missed]
    misses += [Miss(table, doc, "spurious", row) for row in spurious]
    return Score(table, doc, len(expected), len(found), len(pairs)), misses


def pairs_of(table: str, expected: list[Key], found: list[Key]) -> Pairs:
    """Pair the rows that state the same: equal keys, or for targets in words the same year and overlapping quotes."""
    return (_overlapping if table == "qualitative" else _equal)(expected, found)


def covered(table: str, gold: Path) -> set[str]:
    """Return the documents that an annotation has rows of in a table."""
    return {row["doc"] for row in read(gold, table)}


def _equal(expected: list[Key], found: list[Key]) -> Pairs:
    places: dict[Key, list[int]] = defaultdict(list)
    for place in reversed(range(len(found))):
        places[found[place]].append(place)
    return [(place, places[row].pop()) for place, row in enumerate(expected) if places[row]]


def _overlapping(expected: list[Key], found: list[Key]) -> Pairs:
    """Pair rows of one year one to one, the best overlap first; ties in the order of the tables."""
    graded = (
        (-overlap(expected[left][-1], found[right][-1]), left, right)
        for left, right in product(range(len(expected)), range(len(found)))
        if expected[left][:-1] == found[right][:-1]
    )
    pairs: dict[int, int] = {}
    for grade, left, right in sorted(graded):
        if -grade >= OVERLAP and left not in pairs and right not in pairs.values():
            pairs[left] = right
    return list(pairs.items())


def _nearest(row: Key, candidates: list[Key]) -> Key:
    def likeness(other: Key) -> tuple[int, float]:
        same = sum(one == two for one, two in zip(row, other, strict=True))
        return same, overlap(" ".join(row), " ".join(other))

    return max(candidates, key=likeness, default=())


def without(rows: list[T], places: set[int]) -> list[T]:
    """Return the rows or keys that do not stand in these places."""
    return [row for place, row in enumerate(rows) if place not in places]


def _bigrams(quote: str) -> set[str]:
    return {quote[place : place + 2] for place in range(len(quote) - 1)} or ({quote} - {""})
