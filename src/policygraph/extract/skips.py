"""Find what follows upon a number that a list or a table left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policygraph.extract.grammar.evidence import evidence
from policygraph.extract.grammar.tables import TABLE_LINE, tables_in
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, Section, StructureRow
from policygraph.patterns import of_kind
from policygraph.terms import SectionKind

SKIPS = "skips"
_FEWEST = 5  # members of a series whose one gap is a slip
_LAST_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,3}$")
_SENTENCE = re.compile(r"\s*[0-9]{1,3}[.、]\s*([^,。;:\n]{1,40})")


def with_skips(rows: tuple[StructureRow, ...], outline: Outline, lexicon: Lexicon) -> tuple[StructureRow, ...]:
    """Add what follows upon a number that a list left out: a numbered sentence without heading, a row of a table.

    A series begins at 1 and has one gap of one number, which stands nowhere between. Other members have no row.
    """
    known = {row.section for row in rows} | {section.number for section in outline.sections if section.heading}
    doc = rows[0].doc if rows else ""
    found = [
        row for row in (*_sentences(doc, outline), *_table_rows(doc, outline, lexicon)) if row.section not in known
    ]
    return tuple(sorted((*rows, *found), key=lambda row: row.evidence.start or 0)) if found else rows


def _sentences(doc: str, outline: Outline) -> Iterator[StructureRow]:
    series: dict[str, list[tuple[int, Section]]] = {}
    for section in outline.sections:
        number = _LAST_NUMBER.search(section.number)
        if number:
            series.setdefault(section.number[: number.start()], []).append((int(number[0]), section))
    for above, members in series.items():
        at = _gap([count for count, _ in members])
        if at and not members[at][1].heading:
            yield from _behind_gap(doc, outline, members[at - 1][1], members[at][1], above)


def _behind_gap(doc: str, outline: Outline, before: Section, section: Section, above: str) -> Iterator[StructureRow]:
    """Yield the row of a numbered sentence, unless the number before it stands in the text of the one before."""
    text, count = outline.text.text, int(section.number.removeprefix(above))
    said = _SENTENCE.match(text, section.head.start, section.body.end)
    between = re.compile(rf"(?<![0-9.]){count - 1}[.、](?![0-9])")
    if said and not between.search(text, before.head.start, section.head.start):
        proof = evidence(outline.text, *said.span(), rule=f"numbered-sentence:{SKIPS}")
        yield StructureRow(doc, section.number, said[1], SectionKind.PART, evidence=proof, after=before.number)


def _table_rows(doc: str, outline: Outline, lexicon: Lexicon) -> Iterator[StructureRow]:
    if "|" not in outline.text.text:
        return
    begins = [section.head.start for section in outline.sections]
    for table in tables_in(outline.text.text):
        head, *lines = TABLE_LINE.finditer(table[0])
        column = _serial_column(head[0], lexicon)
        cells = [_cell(line[0], column) for line in lines if column is not None]
        at = _gap([int(cell) for cell in cells]) if all(cell.isdecimal() for cell in cells) else 0
        if at and column is not None:
            start, end = (table.start() + place for place in lines[at].span())
            section = outline.sections[max(bisect_right(begins, start) - 1, 0)]
            above = f"{section.number}/" if section.kind == SectionKind.ANNEX else section.number
            proof = evidence(outline.text, start, end, rule=f"table-row:{SKIPS}")
            name, after = _cell(lines[at][0], column + 1), f"{above}{cells[at - 1]}"
            yield StructureRow(doc, f"{above}{cells[at]}", name, SectionKind.PART, evidence=proof, after=after)


def _serial_column(line: str, lexicon: Lexicon) -> int | None:
    serials = of_kind(lexicon.roles.task_heads, "serial")
    return next((at for at, cell in enumerate(line.split("|")) if cell.strip() in serials), None)


def _cell(line: str, column: int) -> str:
    cells = line.split("|")
    return cells[column].strip() if column < len(cells) else ""


def _gap(numbers: Sequence[int]) -> int:
    """Return the place of the member behind the one gap of a series, 0 where it has none or is no series.

    >>> _gap([1, 2, 3, 5, 6]), _gap([1, 2, 3, 4, 5]), _gap([1, 2, 4, 5, 7])
    (3, 0, 0)
    """
    steps = [later - before for before, later in pairwise(numbers)]
    is_series = len(numbers) >= _FEWEST and numbers[0] == 1
    return steps.index(2) + 1 if is_series and sorted(steps) == [1] * (len(steps) - 1) + [2] else 0
