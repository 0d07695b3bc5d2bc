"""Give PDFium one shape for every font that a PDF names but does not bring along, in place of fonts of the system.

PDFium throws a text away whose shapes cover no area, and it takes the shapes of a font that is not embedded from the
fonts that happen to be installed: without a Chinese one, single characters and turned pages are lost. To read, the
shapes do not matter; a full square for every character gives the same text on every machine.
"""

from __future__ import annotations

import ctypes
from functools import cache
from struct import pack
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Pointer = Any  # ctypes has no types for the arguments of callbacks
_EM, _ASCENT, _DESCENT = 1000, 880, -120  # units of the square, as Chinese fonts stand on the line
_GLYPHS = 0xFFFF  # a PDF may name any glyph of the font it does not bring along
_NAME = b"policygraph square\0"
_CHINESE = 134  # the charset GB 2312 of Windows
_BUILT_IN = frozenset(  # the 14 standard fonts stand in PDFium itself, with their widths
    b"Courier Courier-Bold Courier-Oblique Courier-BoldOblique Helvetica Helvetica-Bold Helvetica-Oblique "
    b"Helvetica-BoldOblique Times-Roman Times-Bold Times-Italic Times-BoldItalic Symbol ZapfDingbats".split()
)


def use_no_system_fonts() -> None:
    """Make PDFium ask for no font of the system, from now on in this process."""
    if not isinstance(pdfium.PdfSysfontBase.SINGLETON, _Squares):
        _Squares().setup()


class _Squares(pdfium.PdfSysfontBase):  # type: ignore[misc]  # pypdfium2 ships no types
    """Answers PDFium's questions about fonts of the system; the names are PDFium's (fpdf_sysfontinfo.h)."""

    def __init__(self) -> None:
        super().__init__(default=raw.FPDF_SYSFONTINFO(version=1))  # nothing of the system stands behind it

    def Release(self, _: Pointer) -> None:  # noqa: N802
        """Let go of nothing."""

    def EnumFonts(self, _: Pointer, mapper: Pointer) -> None:  # noqa: N802
        """Name no font."""

    def MapFont(self, _: Pointer, *asked: Any) -> int | None:  # noqa: N802
        """Return the squares for every font but the built-in ones; ``asked``: weight, slant, charset, pitch, name."""
        return None if ctypes.string_at(asked[4]) in _BUILT_IN else 1

    def GetFont(self, _: Pointer, name: Pointer) -> None:  # noqa: N802
        """Know no font by its name."""

    def GetFontData(self, _: Pointer, font: Pointer, table: int, buffer: Pointer, size: int) -> int:  # noqa: N802
        """Write the font file; tell its size."""
        return 0 if table else _written(_font(), buffer, size)

    def GetFaceName(self, _: Pointer, font: Pointer, buffer: Pointer, size: int) -> int:  # noqa: N802
        """Write the name of the font; tell its size."""
        return _written(_NAME, buffer, size)

    def GetFontCharset(self, _: Pointer, font: Pointer) -> int:  # noqa: N802
        """Say that the font is Chinese."""
        return _CHINESE

    def DeleteFont(self, _: Pointer, font: Pointer) -> None:  # noqa: N802
        """Let go of nothing."""


def _written(data: bytes, buffer: Pointer, size: int) -> int:
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


@cache
def _font() -> bytes:
    """Return a TrueType font in which every character and every glyph is the same full square (OpenType 1.9)."""
    corners = pack(">4h4h", 0, 0, _EM, 0, _DESCENT, _EM, 0, -_EM)  # x, then y, each from the corner before
    square = pack(">5h2H4B", 1, 0, _DESCENT, _EM, _ASCENT, 3, 0, *(1,) * 4) + corners + b"\0\0"
    places = range(0, len(square) * (_GLYPHS + 1), len(square))
    every = pack(">2H6I", 13, 0, 28, 0, 1, 0, 0x10FFFF, 1)  # format 13: a whole range is one glyph
    return _filed(
        {
            b"cmap": pack(">2H2HI2HI", 0, 2, 3, 1, 20, 3, 10, 20) + every,
            b"glyf": square * _GLYPHS,
            b"head": pack(">4I2H2Q4h2H3h", 0x10000, 0, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 0, _DESCENT, _EM, _ASCENT, *_HEAD),
            b"hhea": pack(">I3hH11hH", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, *(0,) * 8, 1),
            b"hmtx": pack(">H", _EM) + pack(">h", 0) * _GLYPHS,
            b"loca": pack(f">{len(places)}I", *places),
            b"maxp": pack(">I14H", 0x10000, _GLYPHS, 4, 1, 0, 0, 1, *(0,) * 8),
        }
    )


_HEAD = (0, 8, 2, 1, 0)  # style, smallest size, direction, places of four bytes, format of glyphs


def _filed(tables: dict[bytes, bytes]) -> bytes:
    """Return a font file of these tables; check sums are left open, nobody asks for them."""
    head = pack(">I4H", 0x10000, len(tables), 64, 2, len(tables) * 16 - 64)
    place, names, parts = len(head) + 16 * len(tables), b"", b""
    for name, table in tables.items():
        names += name + pack(">3I", 0, place + len(parts), len(table))
        parts += table + b"\0" * (-len(table) % 4)
    return head + names + parts
