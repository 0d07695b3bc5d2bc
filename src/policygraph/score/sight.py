"""Score the first run on documents that nobody had tuned on: what was right, and what was lost without a word.

What counts as right, :mod:`policygraph.score.rightness` says. Targets that stand in tables (column ``table`` of the
annotation, rules of tables in what was found) are scored apart from those of the running text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from policygraph.rows import Rows
from policygraph.score.matching import rows_of
from policygraph.score.records import Row
from policygraph.score.rightness import Compared, about, compared, lenient
from policygraph.score.show import share

_COLUMNS = ("table", "expected", "found", "right", "precision", "recall", "f1", "doubtful", "silent")
_PROSE, _IN_TABLE = "targets in prose", "targets in tables"
_TABLES = ("structure", "responsibilities", _PROSE, _IN_TABLE, "citations", "metadata")
_TARGETS = "quantitative"

Spoken = Mapping[tuple[str, str], list[str]]  # what the tables say of losses, by table and document


def sight(gold: Path, found: Path) -> Rows:
    """Return for each table how much was expected, found, right and lost in silence, over all annotated documents.

    A missed fact is silent where no other row of its table speaks of it, nor an unread number (``numbers``), nor a
    clause that was read in part or not at all. Raises TableError where a column is missing.
    """
    spoken = _spoken(found)
    counts: dict[str, Counter[str]] = {table: Counter() for table in _TABLES}
    for each in compared(gold, found):
        for name, count in _counts(each, spoken):
            counts[name].update(count)
    return Rows(_COLUMNS, tuple(_line(table, counts[table]) for table in _TABLES))


def _counts(each: Compared, spoken: Spoken) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield what is counted of one table of one document; targets are of two kinds."""
    silent = list(_silent(each, spoken))
    for name in (_PROSE, _IN_TABLE) if each.table == _TARGETS else (each.table,) if each.table in _TABLES else ():
        yield (
            name,
            {
                "right": sum(_is_of(name, row) for row, _ in each.right),
                "missed": sum(_is_of(name, row) for row in each.missed),
                "extra": sum(_is_of(name, row) for row in each.extra),
                "doubtful": 0 if name == _IN_TABLE else each.doubtful,
                "silent": sum(_is_of(name, row) for row in silent),
            },
        )


def _is_of(name: str, row: Row) -> bool:
    """Say whether a row counts under a name: a target stands in a table or in prose."""
    in_table = row.get("table") == "yes" or row.get("rule", "").startswith("table")
    return name not in (_PROSE, _IN_TABLE) or in_table == (name == _IN_TABLE)


def _silent(each: Compared, spoken: Spoken) -> Iterator[Row]:
    said = {about(each.table, row) for row in each.extra}
    for row in each.missed:
        words = spoken.get((each.table, each.doc), ())
        loss = lenient("value", row["value"]) if each.table == _TARGETS else lenient("", row.get("surface", ""))
        if about(each.table, row) not in said and not any(_speaks(each.table, word, loss) for word in words):
            yield row


def _speaks(table: str, word: str, loss: str) -> bool:
    """Say whether an unread number is the lost one, or an unread clause names the lost body."""
    return word == loss if table == _TARGETS else loss in word


def _spoken(found: Path) -> Spoken:
    """Return the values that nobody read, and the clauses that were not read whole."""
    words: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows_of(found, "numbers", ("doc", "value", "class")):
        if row["class"] == "unread":
            words[_TARGETS, row["doc"]].append(lenient("value", row["value"]))
    for row in rows_of(found, "clauses", ("doc", "parsed", "quote")):
        if row["parsed"] != "yes":
            words["responsibilities", row["doc"]].append(lenient("", row["quote"]))
    return words


def _line(table: str, counts: Counter[str]) -> tuple[object, ...]:
    right, expected, found = counts["right"], counts["right"] + counts["missed"], counts["right"] + counts["extra"]
    shares = (share(right, found), share(right, expected), share(2 * right, expected + found))
    return (table, expected, found, right, *shares, counts["doubtful"], counts["silent"])
