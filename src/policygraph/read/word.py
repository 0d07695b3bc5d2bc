"""Read a Word file (.docx, .docm): what its reader sees, automatic numbers included, headers and footers left out."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.read import rows
from policygraph.read.content import Content
from policygraph.read.package import Element, Package, attribute, child, local, whole
from policygraph.read.word_numbering import Numbering

_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body"))
_SKIPPED = frozenset(
    ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "rt", "tcPr", "trPr", "txbxContent")
)
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_MOST_COLUMNS = 100  # Word itself allows 63
_NO = ("0", "false", "off")


def read_docx(data: bytes, name: str) -> Content:
    """Return the text of a Word file, a line each paragraph.

    Tracked changes are read as accepted; hidden text is left out; text boxes follow their paragraph, notes the
    document. Raises ReadError where the file is damaged, locked, or far larger than a document can be.
    """
    package = Package(data, name)
    main = package.related("").get("officeDocument", "word/document.xml")
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise package.damaged()
    parts = package.related(main)
    numbering, styles, footnotes, endnotes = (
        package.xml(parts[kind]) if kind in parts else None for kind in ("numbering", "styles", "footnotes", "endnotes")
    )
    reader = _Reader(Numbering(numbering, styles), _contents_styles(styles))
    lines = reader.lines(body)
    for notes in (footnotes, endnotes):
        lines.extend(reader.notes(notes))
    return Content("\n".join([*(line for line in lines if line.strip()), ""]))


class _Reader:
    """Walks a document in order, because numbers are counted in order."""

    def __init__(self, numbering: Numbering, contents: frozenset[str]) -> None:
        self._numbering = numbering
        self._contents = contents
        self._carried = ""  # text of a paragraph whose end was deleted: the next one begins with it

    def lines(self, container: Element) -> list[str]:
        """Return the lines of a body, a cell, a text box or a note."""
        found: list[str] = []
        for block in _blocks(container):
            if local(block) == "tbl":
                found.extend(rows.lines(self._table(block)))
            else:
                found.extend(self._paragraph(block))
        left, self._carried = self._carried, ""
        return [*found, left] if left.strip() else found

    def notes(self, root: Element | None) -> list[str]:
        """Return the lines of all footnotes or endnotes, without the separators Word keeps among them."""
        ordinary = [note for note in (() if root is None else root) if not attribute(note, "type")]
        return [line for note in ordinary for line in self.lines(note)]

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        properties = child(paragraph, "pPr")
        if attribute(child(properties, "pStyle"), "val") in self._contents:
            return
        text = self._carried + "".join(_inline(paragraph))
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
        return [self._row(row) for row in _inside(table, "tr") if child(child(row, "trPr"), "del") is None]

    def _row(self, row: Element) -> list[list[str]]:
        """Return the cells by the columns of the grid; what a merged cell covers is empty."""
        cells = _columns(attribute(child(child(row, "trPr"), "gridBefore"), "val"), 0)
        for cell in _inside(row, "tc"):
            properties = child(cell, "tcPr")
            merged = child(properties, "vMerge")
            covered = merged is not None and attribute(merged, "val", "continue") == "continue"
            lines = [line for line in self.lines(cell) if line.strip()]
            cells.append([] if covered else lines)
            cells.extend(_columns(attribute(child(properties, "gridSpan"), "val"), len(cells) - 1)[1:])
        return cells


def _contents_styles(styles: Element | None) -> frozenset[str]:
    """Return the styles of a table of contents, which repeats the headings."""
    every = () if styles is None else styles
    named = ((attribute(each, "styleId"), attribute(child(each, "name"), "val")) for each in every)
    return frozenset(style for style, name in named if name.lower().startswith("toc "))


def _columns(count: str, taken: int) -> list[list[str]]:
    """Return that many empty cells, in a row that has some already; what a file says beyond a page's width is left."""
    return [[] for _ in range(min(whole(count) or 0, _MOST_COLUMNS - taken))]


def _blocks(container: Element) -> Iterator[Element]:
    """Yield paragraphs and tables in order, those inside content controls and insertions too."""
    for each in container:
        name = local(each)
        if name in ("p", "tbl"):
            yield each
        elif name in _WRAPPERS:
            yield from _blocks(each)
        elif name == "AlternateContent":
            yield from _blocks(_choice(each))


def _inside(parent: Element, name: str) -> Iterator[Element]:
    for each in parent:
        if local(each) == name:
            yield each
        elif local(each) in _WRAPPERS:
            yield from _inside(each, name)


def _inline(element: Element) -> Iterator[str]:
    """Yield the visible characters of a paragraph; text boxes come later."""
    for each in element:
        name = local(each)
        if name == "t":
            yield each.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "br":
            yield "" if attribute(each, "type") in ("page", "column") else "\n"
        elif name == "sym":
            yield _symbol(attribute(each, "char"))
        elif name == "AlternateContent":
            yield from _inline(_choice(each))
        elif name not in _SKIPPED and not (name == "r" and _hidden(each)):
            yield from _inline(each)


def _symbol(code: str) -> str:
    """Return a symbol by its code; those of symbol fonts have no character of their own."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= number <= 0xF8FF or number < 32 or number > 0x10FFFF else chr(number)


def _hidden(run: Element) -> bool:
    vanish = child(child(run, "rPr"), "vanish")
    return vanish is not None and attribute(vanish, "val") not in _NO


def _choice(alternatives: Element) -> Element:
    """Return the alternative that holds text, the first where none does."""
    branches = [each for each in alternatives if local(each) in ("Choice", "Fallback")]
    written = (each for each in branches if any(local(part) == "t" for part in each.iter()))
    return next(written, branches[0] if branches else [])


def _boxes(element: Element) -> Iterator[Element]:
    for each in element:
        name = local(each)
        if name == "txbxContent":
            yield each
        elif name == "AlternateContent":
            yield from _boxes(_choice(each))
        elif name not in _SKIPPED:
            yield from _boxes(each)
