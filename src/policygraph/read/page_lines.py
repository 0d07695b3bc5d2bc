"""Walk a web page as its reader does: the lines of its blocks and tables, and how much of each is links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from policygraph.read import rows

Element = Any  # lxml ships no types
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer|form"
    "|h[1-6]|header|hr|li|main|menu|nav|ol|p|pre|section|summary|ul"
)
_HEADING = re.compile("h[1-6]")
_SKIPPED = frozenset(("script", "style", "noscript", "template", "head", "title", "select", "option", "textarea"))
_BREAK = re.compile(r"(?<=[^\x00-\x7f])[ \t\r]*\n[ \t\r\n]*(?=[^\x00-\x7f])")
_MOST_LINES = 8  # in a cell; with more the table lays out a page


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page, how many of its characters are links, and whether it is set as a heading."""

    text: str
    linked: int = 0
    heading: bool = False


def page_lines(element: Element) -> list[PageLine]:
    """Return the lines of an element that hold something, rows of tables as ``a | b``."""
    return [replace(line, text=_collapsed(line.text)) for line in _lines(element, False) if line.text.strip()]


def _collapsed(text: str) -> str:
    """Return a text as a page shows it: blanks in a row are one, a break of the file between Chinese signs is none."""
    return " ".join(_BREAK.sub("", text).split())


def _lines(element: Element, linked: bool) -> Iterator[PageLine]:
    linked = linked or element.tag == "a"
    current = [_run(element.text, linked)]
    for child in element:
        if child.tag == "br":
            yield _joined(current)
            current = []
        elif child.tag == "table":
            yield from (_joined(current), *_table(child, linked))
            current = []
        elif isinstance(child.tag, str) and _BLOCK.fullmatch(child.tag):
            heading = bool(_HEADING.fullmatch(child.tag))
            yield from (
                _joined(current),
                *(replace(line, heading=heading or line.heading) for line in _lines(child, linked)),
            )
            current = []
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            *done, last = _lines(child, linked)
            yield from (_joined([*current, *done[:1]]), *done[1:]) if done else ()
            current = [last] if done else [*current, last]
        current.append(_run(child.tail, linked))
    yield _joined(current)


def _run(text: str | None, linked: bool) -> PageLine:
    return PageLine(text or "", len((text or "").strip()) if linked else 0)


def _joined(runs: list[PageLine]) -> PageLine:
    return PageLine("".join(run.text for run in runs), sum(run.linked for run in runs))


def _table(table: Element, linked: bool) -> Iterator[PageLine]:
    """Yield the rows of a table; the lines of its cells where it lays out a page."""
    cells = [
        [[line for line in _lines(cell, linked) if line.text.strip()] for cell in row if cell.tag in ("td", "th")]
        for row in table.iter("tr")
        if next(row.iterancestors("table")) is table
    ]
    if next(table.iterdescendants("table"), None) is not None or any(
        len(cell) > _MOST_LINES for row in cells for cell in row
    ):
        yield from (line for row in cells for cell in row for line in cell)
        return
    yield from map(PageLine, rows.lines([[[line.text for line in cell] for cell in row] for row in cells]))
