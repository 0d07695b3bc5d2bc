"""Read an OFD file (GB/T 33190, the Chinese format for fixed pages) that holds text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from policygraph.errors import ReadError
from policygraph.package import Element, Package
from policygraph.read import pdf_lines
from policygraph.read.content import Content
from policygraph.read.pdf_lines import Line, Piece

_MOST_PAGES = 500


def read_ofd(data: bytes, name: str) -> Content:
    """Return the text of an OFD file, a line each paragraph. Raises ReadError where it has none."""
    package = Package(data, name)
    root = package.xml("OFD.xml")
    main = _text(root, "DocRoot")
    document = package.xml(main) if main else None
    if document is None:
        raise package.damaged()
    folder = posixpath.dirname(main)
    places = [page.get("BaseLoc", "") for page in document.iter("{*}Page")]
    if len(places) > _MOST_PAGES:
        raise ReadError("read.too-many-pages", path=name, count=len(places), limit=_MOST_PAGES)
    pages = [_page(package.xml(_place(folder, place))) for place in places]
    if not any(pages):
        raise ReadError("read.ofd-without-text", path=name)
    return Content("\n".join([*pdf_lines.paragraphs([page for page in pages if page]), ""]))


def _place(folder: str, path: str) -> str:
    return path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))


def _text(root: Element | None, tag: str) -> str:
    found = None if root is None else next(root.iter("{*}" + tag), None)
    return "" if found is None else (found.text or "").strip().lstrip("/")


def _page(root: Element | None) -> list[Line]:
    return [] if root is None else pdf_lines.lines_of(_pieces(root))


def _pieces(root: Element) -> Iterator[Piece]:
    """Yield the runs of text; places are in millimetres."""
    for run in root.iter("{*}TextObject"):
        left, top, width, height = (*_numbers(run.get("Boundary", "")), 0.0, 0.0, 0.0, 0.0)[:4]
        size = next(iter(_numbers(run.get("Size", ""))), height)
        for code in run.iter("{*}TextCode"):
            x = next(iter(_numbers(code.get("X", ""))), 0.0)
            base = next(iter(_numbers(code.get("Y", ""))), size)
            text = (code.text or "").strip("\r\n")
            right = left + x + min(size * len(text), width or size * len(text))
            yield Piece(text, left + x, top + base - 0.88 * size, right, top + base + 0.12 * size)


def _numbers(text: str) -> list[float]:
    try:
        return [float(word) for word in text.split()]
    except ValueError:
        return []
