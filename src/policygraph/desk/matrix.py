"""Lay what documents say into a table: an indicator or action a line, a document a column, all years in a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from policygraph.desk import asking
from policygraph.desk.sayings import NO_DATA, Record, Saying
from policygraph.desk.visit import Visit
from policygraph.divisions import contains
from policygraph.query.sidebyside import records, with_names
from policygraph.rows import Rows

_IDLE = frozenset({"", NO_DATA, "not-covered", "not-compared", "added", "no-actions"})
_ACROSS, _LINES = 40, 150  # documents and lines of one page; more are told
_NOWHERE = 9_999  # the place of what has no place in the order


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a column: its identifier, short name, title, level, and the code of its place."""

    id: str
    name: str
    title: str
    level: str
    code: str


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator or action, and what each document of the table says of it, in the order of the columns."""

    id: str
    label: str
    cells: tuple[tuple[Saying, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table; how many documents have no text at hand, and how many documents and lines there is no room for."""

    documents: tuple[Document, ...]
    lines: tuple[Line, ...]
    silent: int = 0
    more_documents: int = 0
    more_lines: int = 0

    @property
    def levels(self) -> list[tuple[str, int]]:
        """Return the levels above the columns, and how many columns each has."""
        return [(level, len(list(found))) for level, found in groupby(each.level for each in self.documents)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: documents of a level or place (with those above it), lines of an action, years, verdicts."""

    level: str = ""
    region: str = ""
    lines: frozenset[str] | None = None
    year: int = 0
    verdict: str = ""
    all: bool = False


def documents(visit: Visit) -> list[Document]:
    """Return all documents, from the nation down, by place."""
    return asking.once(visit.desk, "columns", lambda: _documents(visit))


def _documents(visit: Visit) -> list[Document]:
    found = asking.rows(visit, "documents")
    names = with_names(found, Rows(("document",), tuple((row["document"],) for row in records(found))))
    codes = {str(row["document"]): str(row["code"]) for row in records(asking.rows(visit, "documents-of-places"))}
    order = {level: place for place, level in enumerate(dict.fromkeys(str(row["level"]) for row in records(found)))}
    made = [_document(row, str(name), codes) for row, (name,) in zip(records(found), names.rows, strict=True)]
    return sorted(made, key=lambda each: (order.get(each.level, _NOWHERE), each.code, each.name, each.id))


def _document(row: Record, name: str, codes: Mapping[str, str]) -> Document:
    id = str(row["document"])
    return Document(id, name, str(row["title"] or id), str(row["level"] or ""), codes.get(id, ""))


def laid_out(known: Sequence[Document], said: Iterable[Saying], wanted: Wanted) -> Matrix:
    """Return the table of what is wanted; documents of which nothing is at hand are left out and counted."""
    columns = [each for each in known if _is_wanted(each, wanted)]
    held = {each.id for each in columns}
    kept = [each for each in said if each.document in held and (not wanted.year or each.year in (0, wanted.year))]
    if wanted.lines is not None:
        kept = [each for each in kept if each.line in wanted.lines]
    telling = {each.document for each in kept if each.said or each.verdict not in ("", NO_DATA)}
    shown = [each for each in columns if each.id in telling]
    lines = _lines(shown[:_ACROSS], kept, wanted)
    return Matrix(
        tuple(shown[:_ACROSS]),
        tuple(lines[:_LINES]),
        len(columns) - len(shown),
        max(0, len(shown) - _ACROSS),
        max(0, len(lines) - _LINES),
    )


def _is_wanted(document: Document, wanted: Wanted) -> bool:
    place, code = wanted.region, document.code
    fits = not place or not code or contains(place, code) or contains(code, place)
    return fits and wanted.level in ("", document.level)


def _lines(columns: Sequence[Document], said: Iterable[Saying], wanted: Wanted) -> list[Line]:
    cells: dict[str, dict[str, list[Saying]]] = {}
    labels: dict[str, str] = {}
    for each in said:
        cells.setdefault(each.line, {}).setdefault(each.document, []).append(each)
        labels.setdefault(each.line, each.label)
    made = [Line(id, labels[id], tuple(_cell(row.get(each.id, ())) for each in columns)) for id, row in cells.items()]
    told = [line for line in made if _tells(line, wanted)]
    compared = Counter({line.id: sum(each.verdict not in _IDLE for each in _all(line)) for line in told})
    return sorted(told, key=lambda line: (-compared[line.id], line.label))


def _cell(said: Sequence[Saying]) -> tuple[Saying, ...]:
    """Return what stands in a cell: of a document without the text one word is enough, whatever the years."""
    if said and all(each.verdict == NO_DATA and not each.said for each in said):
        return (said[0],)
    return tuple(each for each in said if each.said or each.verdict not in ("", NO_DATA))


def _tells(line: Line, wanted: Wanted) -> bool:
    verdicts = {each.verdict for each in _all(line)}
    if wanted.verdict:
        return wanted.verdict in verdicts
    return bool(verdicts - _IDLE) or (wanted.all and any(each.said for each in _all(line)))


def _all(line: Line) -> list[Saying]:
    return [each for cell in line.cells for each in cell]
