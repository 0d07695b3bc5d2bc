"""Read a Word file (.docx, .docm): what its reader sees, automatic numbers included, headers and footers left out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from policygraph import package
from policygraph.errors import ReadError
from policygraph.messages import Message
from policygraph.package import Element, Package, attribute, child, local, whole
from policygraph.read import mail, page, plain, rows, sniff
from policygraph.read.content import Content
from policygraph.read.word_numbering import Numbering
from policygraph.read.word_runs import SKIPPED, Runs, choice
from policygraph.read.word_styles import Styles

_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body"))
_MOST_COLUMNS = 100  # Word itself allows 63
_MOST_EMBEDDED = 200  # documents in a document
# kind of what is embedded -> its reader; it is part of the text, so that nothing is taken for a menu
_EMBEDDED: dict[str, Callable[[bytes, str], Content]] = {
    "html": page.read_fragment,
    "mhtml": mail.read_fragment,
    "text": plain.read_plain,
}


def read_docx(data: bytes, name: str) -> Content:
    """Return the text of a Word file, a line each paragraph.

    Tracked changes are read as accepted; hidden and struck-out text is left out, and noted; text boxes follow their
    paragraph, notes the document; a document that is embedded as text stands in its place. Raises ReadError where the
    file is damaged, locked, or far larger than a document can be, and where an embedded document cannot be read.
    """
    return _read(data, name, _MOST_EMBEDDED)


def _read(data: bytes, name: str, most_embedded: int) -> Content:
    parts = Package(data, name)
    main = parts.related("").get("officeDocument", "word/document.xml")
    body = child(parts.xml(main), "body")
    if body is None:
        raise parts.damaged()
    related = parts.related(main)
    numbering, styles, footnotes, endnotes = (
        parts.xml(related[kind]) if kind in related else None
        for kind in ("numbering", "styles", "footnotes", "endnotes")
    )
    reader = _Reader(Numbering(numbering, styles), Styles(styles), _Embedded(parts, main, name, most_embedded))
    lines = reader.lines(body)
    for notes in (footnotes, endnotes):
        lines.extend(reader.notes(notes))
    return Content("\n".join([*(line for line in lines if line.strip()), ""]), notes=reader.left_out())


class _Embedded:
    """The documents that stand in a document as they are (``altChunk``): HTML, mail, text, or Word again, once."""

    def __init__(self, parts: Package, main: str, name: str, most: int) -> None:
        self._parts, self._main, self._name, self._left = parts, main, name, most
        self.notes: list[Message] = []

    def lines(self, chunk: Element) -> list[str]:
        """Return the lines of an embedded document. Raises ReadError where it cannot be read."""
        part = self._parts.target(self._main, attribute(chunk, "id"))
        data = self._parts.bytes_of(part) if part else None
        self._left -= 1
        if data is None or self._left < 0:
            raise ReadError("read.embedded-not-read", path=self._name, part=part or attribute(chunk, "id"))
        content = self._read(data, part)
        self.notes.extend(content.notes)
        return content.text.splitlines()

    def _read(self, data: bytes, part: str) -> Content:
        kind = sniff.kind_of(data[: sniff.HEAD], f".{part.rpartition('.')[2]}")
        kind = package.kind_of(io.BytesIO(data)) if kind == "zip" else kind
        name = f"{self._name}!{part}"
        if kind == "docx":
            return _read(data, name, 0)
        if kind not in _EMBEDDED:
            raise ReadError("read.embedded-not-read", path=self._name, part=part)
        return _EMBEDDED[kind](data, name)


class _Reader:
    """Walks a document in order, because numbers are counted in order."""

    def __init__(self, numbering: Numbering, styles: Styles, embedded: _Embedded) -> None:
        self._numbering = numbering
        self._contents = styles.contents
        self._runs = Runs(styles)
        self._embedded = embedded
        self._carried = ""  # text of a paragraph whose end was deleted: the next one begins with it

    def lines(self, container: Element) -> list[str]:
        """Return the lines of a body, a cell, a text box or a note."""
        found: list[str] = []
        for block in _blocks(container):
            match local(block):
                case "tbl":
                    found.extend(rows.lines(self._table(block)))
                case "altChunk":
                    found.extend(self._embedded.lines(block))
                case _:
                    found.extend(self._paragraph(block))
        left, self._carried = self._carried, ""
        return [*found, left] if left.strip() else found

    def notes(self, root: Element | None) -> list[str]:
        """Return the lines of all footnotes or endnotes, without the separators Word keeps among them."""
        ordinary = [note for note in (() if root is None else root) if not attribute(note, "type")]
        return [line for note in ordinary for line in self.lines(note)]

    def left_out(self) -> tuple[Message, ...]:
        """Return what was read so far but is no text."""
        return (*self._runs.notes(), *self._embedded.notes)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        properties = child(paragraph, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        if style in self._contents:
            return
        text = self._carried + self._runs.text(paragraph, style)
        self._carried = ""
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self._carried = text
            return
        label = self._numbering.label(properties)
        if label and text.strip():
            text = label + text.lstrip()
        yield from text.split("\n")
        for box in _boxes(paragraph):
            yield from self.lines(box)

    def _table(self, table: Element) -> list[list[list[str]]]:
        spans = rows.Spans()
        return [self._row(row, spans) for row in _inside(table, "tr") if child(child(row, "trPr"), "del") is None]

    def _row(self, row: Element, spans: rows.Spans) -> list[list[str]]:
        """Return the cells by the columns of the grid; what a merged cell covers is empty, or has its name again."""
        cells = _columns(attribute(child(child(row, "trPr"), "gridBefore"), "val"), 0)
        for cell in _inside(row, "tc"):
            properties = child(cell, "tcPr")
            merged = child(properties, "vMerge")
            covered = merged is not None and attribute(merged, "val", "continue") == "continue"
            lines = [line for line in self.lines(cell) if line.strip()]
            cells.append(spans.covered(len(cells)) if covered else spans.begun(len(cells), lines))
            cells.extend(_columns(attribute(child(properties, "gridSpan"), "val"), len(cells) - 1)[1:])
        return cells


def _columns(count: str, taken: int) -> list[list[str]]:
    """Return that many empty cells, in a row that has some already; what a file says beyond a page's width is left."""
    return [[] for _ in range(min(whole(count) or 0, _MOST_COLUMNS - taken))]


def _blocks(container: Element) -> Iterator[Element]:
    """Yield paragraphs, tables and embedded documents in order, those inside content controls and insertions too."""
    for each in container:
        name = local(each)
        if name in ("p", "tbl", "altChunk"):
            yield each
        elif name in _WRAPPERS:
            yield from _blocks(each)
        elif name == "AlternateContent":
            yield from _blocks(choice(each))


def _inside(parent: Element, name: str) -> Iterator[Element]:
    for each in parent:
        if local(each) == name:
            yield each
        elif local(each) in _WRAPPERS:
            yield from _inside(each, name)


def _boxes(element: Element) -> Iterator[Element]:
    for each in element:
        name = local(each)
        if name == "txbxContent":
            yield each
        elif name == "AlternateContent":
            yield from _boxes(choice(each))
        elif name not in SKIPPED:
            yield from _boxes(each)
