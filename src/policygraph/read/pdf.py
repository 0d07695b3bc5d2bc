"""Read a PDF that has a text layer: paragraphs and tables, without headers, footers and page numbers."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from policygraph.errors import ReadError
from policygraph.messages import Foreign, Message, message
from policygraph.read import grid, pdf_columns, pdf_lines
from policygraph.read.content import Content
from policygraph.read.grid import Rule
from policygraph.read.left_out import LeftOut
from policygraph.read.pdf_fonts import use_no_system_fonts
from policygraph.read.pdf_lines import Line, Piece

Handle = Any  # pypdfium2 ships no types
_MOST_PAGES = 500
_MOST_CHARACTERS = 200_000  # on one page
_THIN = 3.0  # points; a filled box no thicker than this is drawn as a line
_UNREADABLE = 0.3  # share of characters without a code; above it the fonts say nothing
_ASKEW = 0.1  # radians; a page that was scanned stands less askew
_PASSWORD = 4  # FPDF_ERR_PASSWORD


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a page, and how many characters can be read; ``bare``: the others are set in a font not embedded.

    ``askew`` are the characters that stand neither level nor upright, ``gutter`` parts two columns.
    """

    lines: list[Line]
    readable: int = 0
    unreadable: int = 0
    bare: bool = False
    askew: str = ""
    gutter: float | None = None


def read_pdf(data: bytes, name: str) -> Content:
    """Return the text of a PDF, a line each paragraph or table row.

    Fonts of the system take no part: the same file gives the same text on every machine.
    Raises ReadError for scanned, locked, damaged and far too long files, and where fonts hide the characters.
    """
    use_no_system_fonts()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refused(error, name) from error
    with closing(document):
        if len(document) > _MOST_PAGES:
            raise ReadError("read.too-many-pages", path=name, count=len(document), limit=_MOST_PAGES)
        try:
            pages = list(_pages(document, name))
        except pdfium.PdfiumError as error:
            raise ReadError("read.pdf-page-damaged", path=name, reason=Foreign(str(error))) from error
    notes = _require_text(pages, name)
    return Content("\n".join([*pdf_lines.paragraphs([page.lines for page in pages if page.lines]), ""]), notes=notes)


def _refused(error: pdfium.PdfiumError, name: str) -> ReadError:
    if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
        return ReadError("read.locked", path=name)
    return ReadError("read.pdf-damaged", path=name)


def _require_text(pages: list[_Page], name: str) -> tuple[Message, ...]:
    """Return what is to be said of pages without text; raise ReadError where most have none."""
    unreadable = sum(page.unreadable for page in pages)
    if unreadable > _UNREADABLE * (unreadable + sum(page.readable for page in pages)):
        bare = any(page.bare for page in pages)
        raise ReadError("read.pdf-font-not-embedded" if bare else "read.pdf-font-without-characters", path=name)
    empty = [at for at, page in enumerate(pages, 1) if not page.lines]
    if len(empty) * 2 > len(pages) or not pages:
        raise ReadError("read.pdf-scanned", path=name, empty=len(empty), count=len(pages))
    left_out = LeftOut()
    for page in pages:
        left_out.add("askew", page.askew)
        left_out.next_place()
    return (*((message("read.pdf-pages-not-read", pages=empty),) if empty else ()), *left_out.notes())


def _pages(document: Handle, name: str) -> Iterator[_Page]:
    gutter = None
    for at in range(len(document)):
        page = _page(document, at, name, gutter)
        gutter = page.gutter
        yield page


def _page(document: Handle, at: int, name: str, before: float | None) -> _Page:
    """Return the lines of one page as they are read, rows of tables among them; ``before`` is the gutter before it."""
    with closing(document[at]) as page, closing(page.get_textpage()) as text:
        if text.count_chars() > _MOST_CHARACTERS:
            raise ReadError("read.pdf-page-too-full", path=name, page=at + 1)
        turn = _Turn(page)
        askew = _askew(text)
        pieces = [*_pieces(text, turn, askew)]
        outside, tables = grid.split(pieces, [*_rules(page, turn)])
        words = "".join(chr(raw.FPDFText_GetUnicode(text.raw, at)) for at in sorted(askew))
        unreadable = [place for place in range(text.count_chars()) if _is_unreadable(text, place)]
        bare = any(_is_bare(text, place) for place in unreadable[:1])
    gutter = pdf_columns.gutter_of(outside, before)
    lines = pdf_columns.lines_of_page(outside, tables, gutter)
    return _Page(lines, max(len(pieces) - len(unreadable), 0), len(unreadable), bare, words, gutter)


def _is_unreadable(text: Handle, at: int) -> bool:
    """Say whether a character has no code that means it: PDFium then guesses, or the code is for private use."""
    code = raw.FPDFText_GetUnicode(text.raw, at)
    return bool(raw.FPDFText_HasUnicodeMapError(text.raw, at) == 1 or 0xE000 <= code <= 0xF8FF or code == 0xFFFD)


def _is_bare(text: Handle, at: int) -> bool:
    """Say whether the font of a character is not embedded."""
    font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(text.raw, at))
    return bool(raw.FPDFFont_GetIsEmbedded(font) == 0)


class _Turn:
    """Turn places of a PDF (from the lower left) into places as seen (from the upper left), rotation applied."""

    def __init__(self, page: Handle) -> None:
        left, bottom, right, top = page.get_cropbox()
        self._box = (left, bottom, right, top)
        self._rotation = page.get_rotation()

    def __call__(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        left, bottom, right, top = self._box
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        match self._rotation:
            case 90:
                return y0 - bottom, x0 - left, y1 - bottom, x1 - left
            case 180:
                return right - x1, y0 - bottom, right - x0, y1 - bottom
            case 270:
                return top - y1, right - x1, top - y0, right - x0
            case _:
                return x0 - left, top - y1, x1 - left, top - y0


def _askew(text: Handle) -> frozenset[int]:
    """Return the characters that stand neither level nor upright, as those of a watermark do; none where most do."""
    quarter = math.pi / 2
    angles = (raw.FPDFText_GetCharAngle(text.raw, at) % quarter for at in range(text.count_chars()))
    found = frozenset(at for at, angle in enumerate(angles) if _ASKEW < angle < quarter - _ASKEW)
    return found if len(found) * 2 < text.count_chars() else frozenset()


def _pieces(text: Handle, turn: _Turn, without: frozenset[int]) -> Iterator[Piece]:
    """Yield the characters with their places; what PDFium adds (spaces, line breaks) is left to the layout."""
    box = raw.FS_RECTF()
    high = ""  # first half of a character beyond the 16-bit plane
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        if raw.FPDFText_IsGenerated(text.raw, at) == 1 or code < 32 or at in without:
            continue
        if not raw.FPDFText_GetLooseCharBox(text.raw, at, box):
            continue
        char = chr(code) if code <= 0x10FFFF else "\ufffd"
        if 0xD800 <= code < 0xDC00:
            high = char
            continue
        char, high = (high + char).encode("utf-16", "surrogatepass").decode("utf-16", "replace"), ""
        left, top, right, bottom = turn(box.left, box.bottom, box.right, box.top)
        yield Piece("" if char in "\ufeff\ufffe\u00ad" else char, left, top, right, bottom)


def _rules(page: Handle, turn: _Turn) -> Iterator[Rule]:
    """Yield the straight lines drawn on a page: strokes, thin boxes, and the sides of stroked boxes."""
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        fill, stroke, matrix = ctypes.c_int(), ctypes.c_int(), raw.FS_MATRIX()
        raw.FPDFPath_GetDrawMode(shape.raw, fill, stroke)
        raw.FPDFPageObj_GetMatrix(shape.raw, matrix)
        for points in _subpaths(shape.raw):
            placed = [
                (matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f) for x, y in points
            ]
            yield from _straight(placed, bool(stroke.value), turn)


def _straight(points: list[tuple[float, float]], stroked: bool, turn: _Turn) -> Iterator[Rule]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top, right, bottom = turn(min(xs), min(ys), max(xs), max(ys))
    if min(right - left, bottom - top) <= _THIN:
        yield _thinned(left, top, right, bottom)
    elif stroked:
        for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
            if min(abs(x1 - x0), abs(y1 - y0)) < 1:
                yield _thinned(*turn(x0, y0, x1, y1))


def _thinned(left: float, top: float, right: float, bottom: float) -> Rule:
    """Return the middle line of a thin box."""
    if right - left >= bottom - top:
        return Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
    return Rule((left + right) / 2, top, (left + right) / 2, bottom)


def _subpaths(shape: Handle) -> Iterator[list[tuple[float, float]]]:
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(raw.FPDFPath_CountSegments(shape), 1000)):
        segment = raw.FPDFPath_GetPathSegment(shape, at)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
    if points:
        yield points
