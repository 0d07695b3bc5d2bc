"""Compare found fact tables with a hand annotation: precision, recall and what went wrong, table by table.

A row counts as right when its key is equal, cell by cell; nothing is forgiven or rounded up. What makes up a key
stands in ``KEYS``. A document counts in a table when the annotation has rows of it there; others are ignored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import product
from pathlib import Path

from policygraph import tables
from policygraph.errors import UsageError
from policygraph.model import Rows

Row = Mapping[str, str]
Key = tuple[str, ...]
Pairs = list[tuple[int, int]]

OVERLAP = 0.5  # the least overlap at which two quotes state the same qualitative target
KEYS: dict[str, Key] = {
    "structure": ("doc", "section", "heading", "kind"),
    "responsibilities": ("doc", "section", "clause", "order", "role", "agency"),
    "citations": ("doc", "title", "number", "relation"),
    "metadata": ("doc", "field", "value"),
    "quantitative": ("doc", "section", "indicator", "year", "op", "value", "unit"),
    "qualitative": ("doc", "year", "quote"),
    "bodies": ("doc", "section", "body", "relation", "party", "post"),
    "schedule": ("doc", "section", "kind", "years", "period"),
}
_COLUMNS = ("table", "document", "expected", "found", "right", "precision", "recall", "f1")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one table; ``doc`` is empty for all documents together."""

    table: str
    doc: str
    expected: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Return the share of found rows that are right, 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Return the share of expected rows that were found, 0 where none was expected."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall; for metadata this is the accuracy.

        >>> Score("citations", "", expected=4, found=5, right=4).f1
        0.8888888888888888
        """
        total = self.expected + self.found
        return 2 * self.right / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One row that is ``missed`` (with the nearest wrong row that was found, if any) or ``spurious``."""

    table: str
    doc: str
    kind: str
    row: Key
    nearest: Key = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """The outcome of a comparison: per table first all documents together, then each."""

    scores: tuple[Score, ...]
    misses: tuple[Miss, ...]

    def of(self, table: str, doc: str = "") -> Score:
        """Return the score of one table, of all documents or of one; UsageError where the annotation has none."""
        for item in self.scores:
            if (item.table, item.doc) == (table, doc):
                return item
        raise UsageError(f"no score for {table} {doc}".rstrip() + "; the annotation has no such rows")


def score(gold: Path, found: Path) -> Scores:
    """Compare two folders of fact tables; each holds the tables itself or one folder of tables per document.

    Raises UsageError where a folder holds no table at all, TableError where a key column is missing.
    """
    for folder in (gold, found):
        if not any(_files(folder, _file(table)) for table in KEYS):
            raise UsageError(f"{folder}: no fact tables here (structure.tsv, ...); name the folder that holds them")
    scores: list[Score] = []
    misses: list[Miss] = []
    for table in KEYS:
        expected, candidates = _comparable(table, gold, found)
        parts = [_document(table, doc, expected[doc], candidates.get(doc, [])) for doc in sorted(expected)]
        if parts:
            scores += [_total(table, [part for part, _ in parts]), *(part for part, _ in parts)]
            misses += [miss for _, lost in parts for miss in lost]
    return Scores(tuple(scores), tuple(misses))


def rows(scores: Scores) -> Rows:
    """Return the scores as a table; shares are cut after four decimals, never rounded up."""
    return Rows(_COLUMNS, tuple(_cells(item) for item in scores.scores))


def render(scores: Scores) -> str:
    """Return the scores as aligned text, one line a table and document."""
    table = rows(scores)
    lines = [table.columns, *(tuple(str(cell) for cell in row) for row in table.rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(table.columns))]
    return "".join(_aligned(line, widths) + "\n" for line in lines)


def render_misses(scores: Scores) -> str:
    """Return the misses as a tab-separated table: table, document, kind, row, nearest (cells joined by a bar)."""
    columns = ("table", "document", "kind", "row", "nearest")
    cells = (
        (item.table, item.doc, item.kind, " | ".join(item.row), " | ".join(item.nearest)) for item in scores.misses
    )
    return tables.render_table(columns, (dict(zip(columns, row, strict=True)) for row in cells))


def overlap(one: str, other: str) -> float:
    """Return how far two quotes overlap: shared pairs of neighbouring characters over all pairs (Jaccard), 0 to 1.

    >>> overlap("成人肥胖增长率持续减缓", "成人肥胖增长率减缓")
    0.6363636363636364
    """
    pairs, others = _bigrams(one), _bigrams(other)
    return len(pairs & others) / len(pairs | others) if pairs | others else 0.0


# ---------------------------------------------------------------- reading


def _file(table: str) -> str:
    return "targets" if table in ("quantitative", "qualitative") else table


def _files(folder: Path, file: str) -> list[Path]:
    """Return the files of a table here and one folder below; a hidden folder is a save that was cut off."""
    below = (path for path in folder.glob(f"*/{file}.tsv") if not path.parent.name.startswith("."))
    return sorted(path for path in (folder / f"{file}.tsv", *below) if path.is_file())


def _comparable(table: str, gold: Path, found: Path) -> tuple[dict[str, list[Key]], dict[str, list[Key]]]:
    """Return the keys of both sides by document; a document without rows on the gold side is left out."""
    rows_gold, rows_found = (list(_read(folder, table)) for folder in (gold, found))
    covered = {row["doc"] for row in rows_gold}
    if table == "metadata":
        rows_found = _fields(rows_gold, rows_found)
    sides = []
    for side in (rows_gold, rows_found):
        by_doc: dict[str, list[Key]] = defaultdict(list)
        for row in _of_kind(table, side):
            by_doc[row["doc"]].append(tuple(_plain(name, row[name]) for name in KEYS[table]))
        sides.append(by_doc)
    docs = {doc for side in sides for doc in side} & covered
    return {doc: sides[0].get(doc, []) for doc in docs}, sides[1]


def _read(folder: Path, table: str) -> Iterator[Row]:
    kind = ("kind",) if _file(table) == "targets" else ()
    for path in _files(folder, _file(table)):
        yield from tables.read_table(path, required=KEYS[table] + kind)


def _of_kind(table: str, found: Iterable[Row]) -> Iterator[Row]:
    return (row for row in found if _file(table) == table or row["kind"] == table)


def _fields(gold: Iterable[Row], found: Iterable[Row]) -> list[Row]:
    """Return what was found for each field that the annotation lists; a field that is not there is empty."""
    values = {(row["doc"], row["field"]): row["value"] for row in found}
    return [
        {"doc": row["doc"], "field": row["field"], "value": values.get((row["doc"], row["field"]), "")} for row in gold
    ]


def _plain(name: str, cell: str) -> str:
    """Return a cell as it is compared: without spaces at its ends, numbers in one notation."""
    cell = cell.strip()
    if name != "value":
        return cell
    try:
        return f"{Decimal(cell).normalize():f}"
    except InvalidOperation:
        return cell


# ---------------------------------------------------------------- comparing


def _document(table: str, doc: str, expected: list[Key], found: list[Key]) -> tuple[Score, list[Miss]]:
    match: Callable[[list[Key], list[Key]], Pairs] = _overlapping if table == "qualitative" else _equal
    pairs = match(expected, found)
    missed = _without(expected, {left for left, _ in pairs})
    spurious = _without(found, {right for _, right in pairs})
    misses = [Miss(table, doc, "missed", row, _nearest(row, spurious)) for row in missed]
    misses += [Miss(table, doc, "spurious", row) for row in spurious]
    return Score(table, doc, len(expected), len(found), len(pairs)), misses


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


def _total(table: str, parts: list[Score]) -> Score:
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(expected=part.expected, found=part.found, right=part.right)
    return Score(table, "", counts["expected"], counts["found"], counts["right"])


def _without(keys: list[Key], places: set[int]) -> list[Key]:
    return [key for place, key in enumerate(keys) if place not in places]


def _bigrams(quote: str) -> set[str]:
    return {quote[place : place + 2] for place in range(len(quote) - 1)} or ({quote} - {""})


# ---------------------------------------------------------------- showing


def _cells(item: Score) -> tuple[object, ...]:
    shares = ((item.right, item.found), (item.right, item.expected), (2 * item.right, item.expected + item.found))
    counts = (item.table, item.doc or "all", item.expected, item.found, item.right)
    return counts + tuple(_share(*share) for share in shares)


def _share(part: int, whole: int) -> Decimal:
    """Return a share cut after four decimals.

    >>> _share(2, 3), _share(0, 0)
    (Decimal('0.6666'), Decimal('0.0000'))
    """
    return Decimal(part * 10_000 // whole if whole else 0).scaleb(-4)


def _aligned(cells: Iterable[str], widths: list[int]) -> str:
    pairs = list(zip(cells, widths, strict=True))
    left = [cell.ljust(width) for cell, width in pairs[:2]]
    return "  ".join(left + [cell.rjust(width) for cell, width in pairs[2:]]).rstrip()
