"""Say of every found row whether it states what the annotation states, as a reader would judge it.

Less is asked than in :data:`policygraph.score.records.KEYS`: not how an indicator is worded, nor in which place of a
list a body stands. Width of characters, blanks and the marks around a title do not count. Right is

- a target in numbers: year, comparator, value and unit, in that section; in words: the year, and quotes that overlap;
- a responsibility: role and agency, in that section; a clause: all its roles and agencies, no more and no less;
- a citation: title, number and relation; a heading: section and words;
- a field that the annotation lists: its value, where one was found;
- a statement on a body: section, body, relation and party; an event: section, kind and years.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from policygraph import tables
from policygraph.score.matching import file_of, files, pairs_of, plain
from policygraph.score.records import Key, Row

_RIGHT_BY: dict[str, Key] = {
    "metadata": ("field", "value"),
    "structure": ("section", "heading"),
    "clauses": ("section", "bodies"),
    "responsibilities": ("section", "role", "agency"),
    "quantitative": ("section", "year", "op", "value", "unit"),
    "qualitative": ("year", "quote"),
    "citations": ("title", "number", "relation"),
    "bodies": ("section", "body", "relation", "party"),
    "schedule": ("section", "kind", "years"),
}
_AROUND = "《》。.:"  # marks that a title or heading may have or not
_ALIKE = str.maketrans("〔〕[]【】“”〈〉—–", '()()()""<>--')


@dataclass(frozen=True, slots=True)
class Judged:
    """One found row: its table, its rule, how sure the program was, and whether it is right."""

    table: str
    rule: str
    confidence: Decimal
    is_right: bool


def judged(gold: Path, found: Path) -> Iterator[Judged]:
    """Yield every found row of the documents and tables that the annotation covers.

    A table covers the documents that it has rows of, and where it lies in a document's folder that document. Targets
    in words are judged where a document's annotation has some. Raises TableError where a column is missing.
    """
    for table, names in _RIGHT_BY.items():
        expected, candidates = _by_document(table, gold), _by_document(table, found)
        for doc, wanted in expected.items():
            rows = _asked(table, wanted, candidates.get(doc, []))
            pairs = pairs_of(table, [_key(row, names) for row in wanted], [_key(row, names) for row in rows])
            right = {place for _, place in pairs}
            yield from (_judged(table, row, place in right) for place, row in enumerate(rows))


def _judged(table: str, row: Row, is_right: bool) -> Judged:
    return Judged(file_of(table), row.get("rule", ""), _confidence(row), is_right)


def _asked(table: str, wanted: list[Row], rows: list[Row]) -> list[Row]:
    """Leave out what the annotation does not speak of: fields not on its list, targets in words where it has none."""
    if table == "metadata":
        listed = {row["field"] for row in wanted}
        return [row for row in rows if row["field"] in listed and row["value"]]
    return [] if table == "qualitative" and not wanted else rows


def _by_document(table: str, folder: Path) -> dict[str, list[Row]]:
    """Return the rows of a table by document, those without a row too where the table lies in their folder."""
    if table == "clauses":
        return _clauses(folder)
    names = _RIGHT_BY[table]
    own: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(folder, file_of(table), names if table == file_of(table) else (*names, "kind"), own):
        if table == file_of(table) or row["kind"] == table:
            own[row["doc"]].append(row)
    return own


def _clauses(folder: Path) -> dict[str, list[Row]]:
    """Return the clauses by document, each with all that it names in the cell ``bodies``."""
    own: dict[str, list[Row]] = defaultdict(list)
    named: dict[Key, list[str]] = defaultdict(list)
    for row in _rows(folder, "responsibilities", ("section", "clause", "role", "agency"), own):
        named[_clause(row)].append(" ".join(_key(row, ("role", "agency"))))
    printed = {_clause(row): row for row in _rows(folder, "clauses", ("section", "clause"), own)}
    for place in {**named, **printed}:
        doc, section, _ = place
        found = "、".join(sorted(named[place]))
        own[doc].append({**printed.get(place, {}), "section": section, "bodies": found})
    return own


def _clause(row: Row) -> Key:
    return row["doc"], row["section"], row["clause"]


def _rows(folder: Path, file: str, names: Key, own: dict[str, list[Row]]) -> Iterable[Row]:
    """Yield the rows of a file, and enter the documents whose folders hold it."""
    for path in files(folder, file):
        if path.parent != folder:
            own[path.parent.name]
        yield from tables.read_table(path, required=("doc", *names))


def _key(row: Row, names: Key) -> Key:
    return tuple(lenient(name, row[name]) for name in names)


def lenient(name: str, cell: str) -> str:
    """Return a cell as it is compared: one width of characters, one kind of brackets, no blanks.

    >>> lenient("title", "《健康　行动(2019—2030年)》"), lenient("number", "国发〔2019〕13号"), lenient("value", "22.0")
    ('健康行动(2019-2030年)', '国发(2019)13号', '22')
    """
    return plain(name, "".join(unicodedata.normalize("NFKC", cell).translate(_ALIKE).split()).strip(_AROUND))


def _confidence(row: Row) -> Decimal:
    try:
        return Decimal(row.get("confidence") or "0")
    except InvalidOperation:
        return Decimal(0)
