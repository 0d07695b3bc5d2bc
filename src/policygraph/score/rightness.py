"""Say of every found row whether it states what the annotation states, as a reader would judge it.

Less is asked than in :data:`policygraph.score.records.KEYS`: not how an indicator is worded, nor under which heading a
target or body stands. Width of characters, kinds of brackets, blanks, marks around a title and spellings of a unit do
not count. Right is

- a target in numbers: year, comparator, value and unit; in words: the year, and quotes that overlap;
- a responsibility: role and agency; a clause: all its roles and agencies, no more and no less;
- a citation: title, number and relation; a heading: section and words;
- a field that the annotation lists: its value, where one was found;
- a statement on a body: section, body, relation and party; an event: section, kind and years.

What the annotation marks as doubtful (column ``doubt``) is not judged, nor what is found about the same; nor what
stands behind the ``end`` that its table ``cut`` gives a document.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from policygraph import lexicon
from policygraph.extract.grammar.units import read_unit
from policygraph.score.matching import file_of, files, pairs_of, plain, rows_of, without
from policygraph.score.records import Key, Row

_RIGHT_BY: dict[str, Key] = {
    "metadata": ("field", "value"),
    "structure": ("section", "heading"),
    "clauses": ("bodies",),
    "responsibilities": ("role", "agency"),
    "quantitative": ("year", "op", "value", "unit"),
    "qualitative": ("year", "quote"),
    "citations": ("title", "number", "relation"),
    "bodies": ("section", "body", "relation", "party"),
    "schedule": ("section", "kind", "years"),
}
_ABOUT: dict[str, Key] = {  # what makes two rows speak of the same, however wrong the one may be
    "metadata": ("field",),
    "structure": ("section",),
    "responsibilities": ("surface",),
    "quantitative": ("value",),
    "citations": ("title",),
}
_AROUND = "《》。.:"  # marks that a title or heading may have or not
_ALIKE = str.maketrans("〔〕[]【】“”〈〉—–○", '()()()""<>--〇')
_MARKED = "yes"
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s?[-—–~至]+\s?(\d+(?:\.\d+)?)")
_NO_HEADINGS = (  # rows that are annotated as no headings
    "table-row",  # a numbered task of a table: annotated as a clause
    "annex-mentioned",  # an annex that a sentence names and the text does not have
)


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of one table of one document.

    ``right`` pairs an annotated row with the one that was found; ``missed`` was annotated only, ``extra`` found only.
    ``doubtful`` is how many rows were left out, with what was found about the same.
    """

    table: str
    doc: str
    right: tuple[tuple[Row, Row], ...]
    missed: tuple[Row, ...]
    extra: tuple[Row, ...]
    doubtful: int


@dataclass(frozen=True, slots=True)
class Judged:
    """One found row: its table, its rule, how sure the program was, and whether it is right."""

    table: str
    rule: str
    confidence: Decimal
    is_right: bool


def judged(gold: Path, found: Path) -> Iterator[Judged]:
    """Yield every found row of the annotated documents, in the tables that the annotation has.

    Targets in words are judged where a document's annotation has some. Raises TableError where a column is missing.
    """
    for each in compared(gold, found):
        yield from (_judged(each.table, row, True) for _, row in each.right)
        yield from (_judged(each.table, row, False) for row in each.extra)


def _judged(table: str, row: Row, is_right: bool) -> Judged:
    return Judged(file_of(table), row.get("rule", ""), _confidence(row), is_right)


def compared(gold: Path, found: Path) -> Iterator[Compared]:
    """Yield what came of each table that an annotation has, document by document.

    Raises TableError where a column is missing.
    """
    documents = _documents(gold)
    ends = {row["doc"]: int(row["end"]) for row in _rows(gold, "cut", ("end",))}
    for table in _RIGHT_BY:
        expected, candidates = _by_document(table, gold), _by_document(table, found)
        for doc in documents if files(gold, _file(table)) else ():
            rows = _within(candidates.get(doc, []), ends.get(doc))
            yield _compared(table, doc, expected.get(doc, []), rows)


def about(table: str, row: Row) -> Key:
    """Return what a row is about, however else it reads."""
    return _key(row, _ABOUT.get(table, _RIGHT_BY[table]))


def _within(rows: Iterable[Row], end: int | None) -> list[Row]:
    """Leave out what stands behind the place where the annotation of a long document ends."""
    return [row for row in rows if end is None or not row.get("start") or int(row["start"]) < end]


def _compared(table: str, doc: str, wanted: list[Row], rows: list[Row]) -> Compared:
    wanted, rows = _asked(table, wanted, rows)
    doubtful = [row for row in wanted if row.get("doubt") == _MARKED]
    sure = [row for row in wanted if row.get("doubt") != _MARKED]
    left_open = {about(table, row) for row in doubtful}
    rows = sorted(rows, key=lambda row: about(table, row) in left_open)  # what is sure is paired with others first
    pairs = pairs_of(
        table, [_key(row, _RIGHT_BY[table]) for row in sure], [_key(row, _RIGHT_BY[table]) for row in rows]
    )
    missed, extra = without(sure, {left for left, _ in pairs}), without(rows, {right for _, right in pairs})
    left_out = pairs_of(table, [about(table, row) for row in doubtful], [about(table, row) for row in extra])
    extra = without(extra, {right for _, right in left_out})
    right = tuple((sure[left], rows[right]) for left, right in pairs)
    return Compared(table, doc, right, tuple(missed), tuple(extra), len(doubtful))


def _asked(table: str, wanted: list[Row], rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Leave out what is not asked: fields without a value or not on the list, targets in words where there are none."""
    if table == "metadata":
        listed = {row["field"] for row in wanted}
        named = [row for row in rows if row["field"] in listed and row["value"].strip()]
        return [row for row in wanted if row["value"].strip()], named
    if table == "structure":
        return wanted, [row for row in rows if row.get("rule") not in _NO_HEADINGS]
    return wanted, [] if table == "qualitative" and not wanted else rows


def _documents(gold: Path) -> list[str]:
    """Return the documents that an annotation names, in a row or as a folder of tables, sorted."""
    names = {path.parent.name for table in _RIGHT_BY for path in files(gold, _file(table)) if path.parent != gold}
    return sorted(names.union(row["doc"] for table in _RIGHT_BY for row in _rows(gold, _file(table), ())))


def _file(table: str) -> str:
    """Return the file that an annotation has a table in: of clauses, what they name is annotated."""
    return "responsibilities" if table == "clauses" else file_of(table)


def _by_document(table: str, folder: Path) -> dict[str, list[Row]]:
    if table == "clauses":
        return _clauses(folder)
    own: dict[str, list[Row]] = defaultdict(list)
    kind = () if table == file_of(table) else ("kind",)
    for row in _rows(folder, file_of(table), (*_RIGHT_BY[table], *_ABOUT.get(table, ()), *kind)):
        if not kind or row["kind"] == table:
            own[row["doc"]] += _bounds(row)
    return own


def _bounds(row: Row) -> list[Row]:
    """Return a range as the two targets that it is: = 5-8 is at least 5 and at most 8."""
    ends = _RANGE.fullmatch(row.get("value", "")) if row.get("op") == "=" else None
    return [{**row, "op": ">=", "value": ends[1]}, {**row, "op": "<=", "value": ends[2]}] if ends else [row]


def _clauses(folder: Path) -> dict[str, list[Row]]:
    """Return the clauses by document, each with all that it names in the cell ``bodies``."""
    own: dict[str, list[Row]] = defaultdict(list)
    named: dict[Key, list[Row]] = defaultdict(list)
    for row in _rows(folder, "responsibilities", ("section", "clause", "role", "agency")):
        named[_clause(row)].append(row)
    printed = {_clause(row): row for row in _rows(folder, "clauses", ("section", "clause"))}
    for place in {**named, **printed}:
        bodies = "、".join(sorted(" ".join(_key(row, ("role", "agency"))) for row in named[place]))
        doubt = _MARKED if any(row.get("doubt") == _MARKED for row in named[place]) else ""
        own[place[0]].append({**printed.get(place, {}), "bodies": bodies, "doubt": doubt})
    return own


def _clause(row: Row) -> Key:
    return row["doc"], row["section"], row["clause"]


def _rows(folder: Path, file: str, names: Key) -> Iterator[Row]:
    return rows_of(folder, file, ("doc", *names))


def _key(row: Row, names: Key) -> Key:
    return tuple(lenient(name, row[name]) for name in names)


def lenient(name: str, cell: str) -> str:
    """Return a cell as it is compared: one width of characters, one kind of brackets and one spelling, no blanks.

    >>> lenient("title", "《健康　行动(2019—2030年)》"), lenient("number", "国发〔2019〕13号"), lenient("value", "22.0")
    ('健康行动(2019-2030年)', '国发(2019)13号', '22')
    >>> lenient("unit", "台（套）"), lenient("unit", "万吨标煤"), lenient("unit", "MW")
    ('台套', '万吨标准煤', '兆瓦')
    """
    bare = plain(name, "".join(unicodedata.normalize("NFKC", cell).translate(_ALIKE).split()).strip(_AROUND))
    return read_unit(bare, lexicon.bundled())[0] if name == "unit" else bare


def _confidence(row: Row) -> Decimal:
    try:
        return Decimal(row.get("confidence") or "0")
    except InvalidOperation:
        return Decimal(0)
