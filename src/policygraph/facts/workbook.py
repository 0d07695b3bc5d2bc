"""Write the fact tables of one document as a workbook in which a person corrects them.

A sheet for each table, doubtful rows coloured and first, Chinese words with lists to choose from, the clause beside
each body. Cells are text, so that no program makes a date of 7-8 or a number of 3.10. The first column keeps the
order of the document, by which :mod:`policygraph.facts.returned` puts the rows back.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from policygraph.facts import words
from policygraph.facts.forms import form
from policygraph.facts.rows import ROWS, as_cells, columns
from policygraph.messages import say
from policygraph.model import Tables

Doubt = Callable[[str, Any], bool]  # table, row -> whether a person should look at it

ROW, LOOK, CONTEXT = "row", "look", "context"  # columns that no table has
REMARKS = ("who", "when", "why")
_MOMENT = datetime(2000, 1, 1)  # the same facts give the same bytes
_SPARE = 500  # rows below the last that have lists too
_DOUBTFUL, _GREY = "#FFF2CC", "#808080"
_GUIDE = ("facts.guide-rows", "facts.guide-cells", "facts.guide-new", "facts.guide-remarks", "facts.guide-save")


@dataclass(frozen=True, slots=True)
class _Look:
    """The formats of one workbook."""

    head: Any
    plain: Any
    grey: Any
    doubtful: Any
    doubtful_grey: Any

    def of(self, shown: str, doubtful: bool) -> Any:
        if shown == "yes":
            return self.doubtful if doubtful else self.plain
        return self.doubtful_grey if doubtful else self.grey


def as_workbook(facts: Tables, doubtful: Doubt) -> bytes:
    """Return the tables of a document as an xlsx; ``doubtful`` tells which rows a person should look at."""
    from xlsxwriter import Workbook  # only where a workbook is written

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MOMENT, "title": facts.value("title") or facts.doc})
    look = _formats(book)
    contexts = {(row.section, row.action, row.clause): row.quote for row in facts.clauses}
    for table in ROWS:
        rows = [_cells(table, number, row, contexts) for number, row in enumerate(getattr(facts, table), start=1)]
        marked = [doubtful(table, row) for row in getattr(facts, table)]
        ordered = sorted(zip(rows, marked, strict=True), key=lambda each: not each[1])  # sorted() is stable
        _sheet(book.add_worksheet(words.sheet(table)), table, ordered, look)
    guide = book.add_worksheet(say("facts.guide", "zh"))
    guide.set_column(0, 0, 100)
    for line, key in enumerate(_GUIDE):
        guide.write_string(line, 0, say(key, "zh"))
    book.close()
    return out.getvalue()


@cache
def layout(table: str) -> tuple[str, ...]:
    """Return the columns of a sheet from left to right: what a person needs first, identifiers and offsets last.

    >>> layout("responsibilities")[:5], layout("responsibilities")[-3:]
    (('row', 'look', 'status', 'section', 'action'), ('doc', 'start', 'end'))
    """
    after = (CONTEXT, "note", *REMARKS) if table == "responsibilities" else ("note", *REMARKS)
    front = (ROW, LOOK, "status")
    shown = [name for name in columns(table) if name not in (*front, *after)]
    rank = {"yes": 0, "grey": 1, "hidden": 2}
    need = [name for name in shown if words.column(table, name).shown == "yes"]
    rest = sorted((name for name in shown if name not in need), key=lambda name: rank[words.column(table, name).shown])
    return (*front, *need, *after, *rest)


@cache
def headings(table: str) -> Mapping[str, str]:
    """Return the columns of a sheet by their headings.

    >>> headings("metadata")["内容"], headings("targets")["数值"]
    ('value', 'value')
    """
    return {words.column(table, name).heading: name for name in layout(table)}


def _cells(table: str, number: int, row: Any, contexts: Mapping[tuple[str, str, int], str]) -> dict[str, str]:
    cells = {name: "" if cell is None else str(cell) for name, cell in as_cells(row).items()}
    shown = {name: form(table, name, cells.get("field", "")).shown(cell) for name, cell in cells.items()}
    beside = contexts.get((row.section, row.action, row.clause), "") if table == "responsibilities" else ""
    return shown | {ROW: str(number), CONTEXT: beside}


def _formats(book: Any) -> _Look:
    text = {"num_format": "@", "valign": "top", "text_wrap": True}
    return _Look(
        head=book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        plain=book.add_format(text),
        grey=book.add_format(text | {"font_color": _GREY}),
        doubtful=book.add_format(text | {"bg_color": _DOUBTFUL}),
        doubtful_grey=book.add_format(text | {"bg_color": _DOUBTFUL, "font_color": _GREY}),
    )


def _sheet(sheet: Any, table: str, rows: list[tuple[dict[str, str], bool]], look: _Look) -> None:
    names = layout(table)
    for place, name in enumerate(names):
        kind = words.column(table, name)
        sheet.set_column(place, place, kind.width, look.of(kind.shown, False), {"hidden": kind.shown == "hidden"})
        sheet.write_string(0, place, kind.heading, look.head)
        for line, (cells, marked) in enumerate(rows, start=1):
            said = words.choices(LOOK)["yes"] if name == LOOK and marked else cells.get(name, "")
            _write(sheet, (line, place), said, look.of(kind.shown, marked))
    for first, last, place, choices in _lists(table, rows):
        sheet.data_validation(
            first, place, last, place, {"validate": "list", "source": choices, "error_type": "warning"}
        )
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_letter(len(names))}{len(rows) + 1}"})
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(names) - 1)


def _write(sheet: Any, place: tuple[int, int], text: str, style: Any) -> None:
    if text:
        sheet.write_string(*place, text, style)
    else:
        sheet.write_blank(*place, None, style)


def _lists(table: str, rows: list[tuple[dict[str, str], bool]]) -> Iterator[tuple[int, int, int, list[str]]]:
    """Yield where a person chooses from a list: first and last row, column, words."""
    for place, name in enumerate(layout(table)):
        if (table, name) == ("metadata", "value"):
            for line, (cells, _) in enumerate(rows, start=1):
                field = form(table, "field").mended(cells["field"])
                if choices := list(words.choices(form(table, name, field).words).values()):
                    yield line, line, place, choices
        elif choices := list(words.choices(form(table, name).words).values()):
            yield 1, len(rows) + _SPARE, place, choices


def _letter(count: int) -> str:
    """Return the letter of a column, counted from 1; no table has more than 52.

    >>> _letter(3), _letter(28)
    ('C', 'AB')
    """
    return ("A" if count > 26 else "") + chr(ord("A") + (count - 1) % 26)
