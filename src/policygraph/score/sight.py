"""Score the first run on documents that nobody had tuned on: what was right, and what was lost without a word.

Keys are lenient (see :mod:`policygraph.score.rightness`), and count over a whole document: an indicator may be worded
otherwise, a clause be filed under another heading. What the annotation marks as doubtful (column ``doubt``) counts on
neither side. Targets that stand in tables (column ``table``) are scored apart from those of the running text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from policygraph.rows import Rows
from policygraph.score.matching import rows_of
from policygraph.score.records import Key, Row
from policygraph.score.rightness import lenient, within
from policygraph.score.show import share

_COLUMNS = ("table", "expected", "found", "right", "precision", "recall", "f1", "doubtful", "silent")
_IN_TABLE = "targets in tables"
_PROSE = "targets in prose"
_RIGHT_BY: dict[str, Key] = {
    "structure": ("section", "heading"),
    "responsibilities": ("role", "agency"),
    _PROSE: ("year", "op", "value", "unit"),
    _IN_TABLE: ("year", "op", "value", "unit"),
    "citations": ("title", "number", "relation"),
    "metadata": ("field", "value"),
}
# What makes two rows speak of the same thing, however wrong the one may be: a doubtful row takes such a find with it,
# and a missed fact is not silent where there is one.
_ABOUT: dict[str, Key] = {
    "structure": ("section",),
    "responsibilities": ("surface",),
    _PROSE: ("value",),
    _IN_TABLE: ("value",),
    "citations": ("title",),
    "metadata": ("field",),
}
_MARKED = "yes"
_TASK_ROW = "table-row"  # a numbered task of a table, which is annotated as a clause and not as a heading


@dataclass(frozen=True, slots=True)
class Document:
    """The rows of one document on both sides, one table; ``spoken`` holds what else the tables say of losses."""

    table: str
    expected: tuple[Row, ...]
    found: tuple[Row, ...]
    spoken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sighted:
    """What came of one table: rows expected, found and right, what was doubtful, and what was missed in silence."""

    expected: int
    found: int
    right: int
    doubtful: int
    silent: tuple[Row, ...]
    missed: tuple[Row, ...]
    extra: tuple[Row, ...]


def sight(gold: Path, found: Path) -> Rows:
    """Return for each table how much was expected, found, right and lost in silence, over all annotated documents.

    A missed fact is silent where no row of its table speaks of it, nor an unread number (``numbers``), nor a clause
    that was read in part or not at all. Raises TableError where a column is missing.
    """
    return Rows(_COLUMNS, tuple(_line(table, seen) for table, seen in sighted(gold, found).items()))


def sighted(gold: Path, found: Path) -> dict[str, Sighted]:
    """Return what came of each table over all documents of the annotation."""
    return {table: _total(seen(document) for document in _documents(table, gold, found)) for table in _RIGHT_BY}


def seen(document: Document) -> Sighted:
    """Compare the two sides of one document."""
    doubtful = [row for row in document.expected if row.get("doubt") == _MARKED]
    sure = [row for row in document.expected if row.get("doubt") != _MARKED]
    right, missed, extra = _paired(sure, document.found, _key(document.table, _RIGHT_BY))
    _, _, extra = _paired(doubtful, extra, _key(document.table, _ABOUT))
    about = _key(document.table, _ABOUT)
    said = {about(row) for row in extra}
    silent = tuple(row for row in missed if about(row) not in said and not _spoken(row, document))
    return Sighted(len(sure), right + len(extra), right, len(doubtful), silent, tuple(missed), tuple(extra))


def _spoken(row: Row, document: Document) -> bool:
    """Say whether an unread number or an unread clause speaks of a missed fact."""
    word = lenient("value", row["value"]) if "value" in row else lenient("surface", row.get("surface", ""))
    if document.table in (_PROSE, _IN_TABLE):
        return word in document.spoken
    return document.table == "responsibilities" and any(word in clause for clause in document.spoken)


def _documents(table: str, gold: Path, found: Path) -> Iterable[Document]:
    file = table.partition(" ")[0]
    columns = {*_RIGHT_BY[table], *_ABOUT[table]}
    expected, candidates = _by_document(gold, file, columns), _by_document(found, file, columns)
    ends = {doc: int(rows[0]["end"]) for doc, rows in _by_document(gold, "cut", {"end"}).items()}
    spoken = _spoken_by_document(table, found)
    for doc in sorted(_by_document(gold, "metadata", set())):
        rows = within(candidates.get(doc, []), ends.get(doc))
        wanted, rows = _asked(table, expected.get(doc, []), rows)
        yield Document(table, tuple(wanted), tuple(rows), tuple(spoken.get(doc, ())))


def _spoken_by_document(table: str, found: Path) -> dict[str, list[str]]:
    """Return by document the values that nobody read, or the clauses that were not read whole."""
    if table in (_PROSE, _IN_TABLE):
        rows = _by_document(found, "numbers", {"value", "class"})
        return {doc: [lenient("value", r["value"]) for r in own if r["class"] == "unread"] for doc, own in rows.items()}
    if table == "responsibilities":
        rows = _by_document(found, "clauses", {"parsed", "quote"})
        return {doc: [lenient("surface", r["quote"]) for r in own if r["parsed"] != "yes"] for doc, own in rows.items()}
    return {}


def _by_document(folder: Path, file: str, columns: set[str]) -> dict[str, list[Row]]:
    own: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(folder, file, ("doc", *sorted(columns))):
        own[row["doc"]].append(row)
    return own


def _asked(table: str, expected: list[Row], rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Leave out what is not asked: targets in words, targets of the other place, fields without a value."""
    if table == "metadata":
        listed = {row["field"] for row in expected}
        named = [row for row in rows if row["field"] in listed and row["value"].strip()]
        return [row for row in expected if row["value"].strip()], named
    if table not in (_PROSE, _IN_TABLE):
        return expected, [row for row in rows if row.get("rule") != _TASK_ROW]
    numeric = [row for row in rows if row["value"].strip()]
    own = [row for row in expected if (row.get("table") == _MARKED) == (table == _IN_TABLE)]
    others = [row for row in expected if (row.get("table") == _MARKED) != (table == _IN_TABLE)]
    _, _, numeric = _paired(others, numeric, _key(table, _RIGHT_BY))
    return own, [row for row in numeric if row.get("rule", "").startswith("table") == (table == _IN_TABLE)]


def _paired(
    expected: Iterable[Row], found: Iterable[Row], key: Callable[[Row], Key]
) -> tuple[int, list[Row], list[Row]]:
    """Pair rows with equal keys one to one; return how many, what was missed, and what was found beside them."""
    pool: dict[Key, list[Row]] = defaultdict(list)
    for row in found:
        pool[key(row)].append(row)
    right, missed = 0, []
    for row in expected:
        if pool[key(row)]:
            pool[key(row)].pop(0)
            right += 1
        else:
            missed.append(row)
    return right, missed, [row for rows in pool.values() for row in rows]


def _key(table: str, columns: dict[str, Key]) -> Callable[[Row], Key]:
    return lambda row: tuple(lenient(name, row[name]) for name in columns[table])


def _total(parts: Iterable[Sighted]) -> Sighted:
    parts = list(parts)
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(expected=part.expected, found=part.found, right=part.right, doubtful=part.doubtful)
    silent, missed, extra = (
        tuple(row for part in parts for row in getattr(part, name)) for name in ("silent", "missed", "extra")
    )
    return Sighted(counts["expected"], counts["found"], counts["right"], counts["doubtful"], silent, missed, extra)


def _line(table: str, total: Sighted) -> tuple[object, ...]:
    shares = (
        (total.right, total.found),
        (total.right, total.expected),
        (2 * total.right, total.expected + total.found),
    )
    counts = (table, total.expected, total.found, total.right)
    return (*counts, *(share(*pair) for pair in shares), total.doubtful, len(total.silent))
