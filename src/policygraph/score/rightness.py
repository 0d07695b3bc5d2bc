"""Say of every found row whether it states what the annotation states, as a reader would judge it.

Less is asked than in :data:`policygraph.score.records.KEYS`: not how an indicator is worded, nor under which heading a
target or body stands. Width of characters, kinds of brackets, blanks and marks around a title do not count. Right is

- a target in numbers: year, comparator, value and unit; in words: the year, and quotes that overlap;
- a responsibility: role and agency; a clause: all its roles and agencies, no more and no less;
- a citation: title, number and relation; a heading: section and words;
- a field that the annotation lists: its value, where one was found;
- a statement on a body: section, body, relation and party; an event: section, kind and years.

What the annotation marks as doubtful (column ``doubt``) is not judged, nor what is found about the same; nor what
stands behind the ``end`` that its table ``cut`` gives a document.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from policygraph.score.matching import file_of, files, pairs_of, plain, rows_of
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
_ABOUT: dict[str, Key] = {  # what makes a find one about a doubtful row, however else it reads
    "metadata": ("field",),
    "structure": ("section",),
    "responsibilities": ("agency",),
    "quantitative": ("value",),
    "citations": ("title",),
}
_AROUND = "《》。.:"  # marks that a title or heading may have or not
_ALIKE = str.maketrans("〔〕[]【】“”〈〉—–", '()()()""<>--')
_MARKED = "yes"


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
    documents = _documents(gold)
    ends = {row["doc"]: int(row["end"]) for row in _rows(gold, "cut", ("end",))}
    for table in _RIGHT_BY:
        expected, candidates = _by_document(table, gold), _by_document(table, found)
        for doc in documents if files(gold, _file(table)) else ():
            rows = within(candidates.get(doc, []), ends.get(doc))
            yield from _of_document(table, expected.get(doc, []), rows)


def within(rows: Iterable[Row], end: int | None) -> list[Row]:
    """Leave out what stands behind the place where the annotation of a long document ends."""
    return [row for row in rows if end is None or not row.get("start") or int(row["start"]) < end]


def _of_document(table: str, wanted: list[Row], rows: list[Row]) -> Iterator[Judged]:
    rows = _asked(table, wanted, rows)
    doubtful = [row for row in wanted if row.get("doubt") == _MARKED]
    sure = [row for row in wanted if row.get("doubt") != _MARKED]
    right = _paired(table, sure, rows, _RIGHT_BY[table])
    rest = [place for place in range(len(rows)) if place not in right]
    about = _paired(table, doubtful, [rows[place] for place in rest], _ABOUT.get(table, _RIGHT_BY[table]))
    left_out = {rest[place] for place in about}
    for place, row in enumerate(rows):
        if place not in left_out:
            yield Judged(file_of(table), row.get("rule", ""), _confidence(row), place in right)


def _paired(table: str, wanted: list[Row], rows: list[Row], names: Key) -> set[int]:
    """Return the places of the rows that state what one of the wanted does, one to one."""
    pairs = pairs_of(table, [_key(row, names) for row in wanted], [_key(row, names) for row in rows])
    return {place for _, place in pairs}


def _asked(table: str, wanted: list[Row], rows: list[Row]) -> list[Row]:
    """Leave out what the annotation does not speak of: fields not on its list, targets in words where it has none."""
    if table == "metadata":
        listed = {row["field"] for row in wanted}
        return [row for row in rows if row["field"] in listed and row["value"]]
    return [] if table == "qualitative" and not wanted else rows


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
    for row in _rows(folder, file_of(table), (*_RIGHT_BY[table], *kind)):
        if not kind or row["kind"] == table:
            own[row["doc"]].append(row)
    return own


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
