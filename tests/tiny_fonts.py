"""Fonts of tiny PDF files: brought along or only named, with and without word of which characters they show."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

STREAM = 5  # the first object of a PDF that holds a stream of its font; see tiny_files.pdf
_EM = 1000
_DESCRIBED = f"/Flags 4/FontBBox[0 -141 {_EM} 859]/ItalicAngle 0/Ascent 859/Descent -141/CapHeight 683/StemV 80"


@dataclass(frozen=True, slots=True)
class Font:
    """The dictionary of a font with its streams, and how a text is written in it."""

    dictionary: str
    codes: Callable[[str], bytes]
    streams: tuple[bytes, ...] = ()


def standard(_: str) -> Font:
    """Return a Chinese font that is only named, without a description, as old programs write it."""
    return Font(_composite("STSong-Light", "UniGB-UCS2-H", "GB1", ""), lambda text: text.encode("utf-16-be"))


def described(_: str) -> Font:
    """Return a Chinese font that is not embedded, with its measures, in the codes of GBK."""
    return Font(_composite("SimSun", "GBK-EUC-H", "GB1", _descriptor("")), lambda text: text.encode("gbk"))


def named_glyphs(text: str) -> Font:
    """Return a font that is not embedded; the text names its glyphs, a table says what they mean."""
    meanings = f"/ToUnicode {STREAM} 0 R"
    return Font(
        _composite("SimSun", "Identity-H", "Identity", _descriptor(""), meanings), _glyphs(text), (_meanings(text),)
    )


def embedded(text: str) -> Font:
    """Return a font that is embedded, with a table of what its glyphs mean, as Word writes it."""
    file, meanings = f"/FontFile2 {STREAM + 1} 0 R", f"/ToUnicode {STREAM} 0 R"
    dictionary = _composite("ABCDEF+SimSun", "Identity-H", "Identity", _descriptor(file), meanings)
    return Font(dictionary, _glyphs(text), (_meanings(text), _stream(_file(text))))


def mute(text: str) -> Font:
    """Return a font that is not embedded, and nothing says what the glyphs that the text names mean."""
    return Font(_composite("SimSun", "Identity-H", "Identity", _descriptor("")), _glyphs(text))


def embedded_mute(text: str) -> Font:
    """Return a font that is embedded, without word of what its glyphs mean."""
    dictionary = _composite("A+SimSun", "Identity-H", "Identity", _descriptor(f"/FontFile2 {STREAM} 0 R"))
    return Font(dictionary, _glyphs(text), (_stream(_file(text)),))


def strange() -> bytes:
    """Return a font file that says it is a Chinese font, with flat and narrow shapes of few characters."""
    return _file("健康A", "WenQuanYi Zen Hei", 300)


def _composite(name: str, encoding: str, ordering: str, descriptor: str, meanings: str = "") -> str:
    kind = f"/Subtype/CIDFontType{2 if descriptor else 0}/BaseFont/{name}/DW {_EM}{descriptor}"
    system = f"/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 0>>"
    below = f"/DescendantFonts[<</Type/Font{kind}{system}>>]"
    return f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/{encoding}{meanings}{below}>>"


def _descriptor(file: str) -> str:
    return f"/FontDescriptor<</Type/FontDescriptor/FontName/SimSun{_DESCRIBED}{file}>>"


def _numbered(text: str) -> dict[str, int]:
    """Return the number of each character's glyph; no number is a code of the character."""
    return {char: 40 + number for number, char in enumerate(sorted(set(text)))}


def _glyphs(text: str) -> Callable[[str], bytes]:
    numbers = _numbered(text)
    return lambda part: b"".join(numbers[char].to_bytes(2, "big") for char in part)


def _meanings(text: str) -> bytes:
    each = [f"<{number:04x}> <{char.encode('utf-16-be').hex()}>" for char, number in _numbered(text).items()]
    parts = [each[at : at + 100] for at in range(0, len(each), 100)]
    lines = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return _stream(f"begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n{lines}\nendcmap".encode())


def _file(text: str, name: str = "SimSun", width: int = _EM) -> bytes:
    """Return a TrueType font in which every character of a text is a box."""
    names = [".notdef", *(f"g{number}" for number in range(1, 40 + len(set(text))))]
    pen = TTGlyphPen(None)
    for at, corner in enumerate(((50, 90), (50, 130), (width - 50, 830), (width - 50, 90))):
        (pen.lineTo if at else pen.moveTo)(corner)
    pen.closePath()
    box = pen.glyph()
    builder = FontBuilder(_EM)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): f"g{number}" for char, number in _numbered(text).items()})
    builder.setupGlyf(dict.fromkeys(names, box))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (width, 50)))
    builder.setupHorizontalHeader(ascent=859, descent=-141)
    builder.setupNameTable({"familyName": name, "styleName": "Regular"})
    builder.setupOS2(ulCodePageRange1=1 << 18)  # simplified Chinese
    builder.setupPost(keepGlyphNames=False)
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    head = b"<</Length %d/Length1 %d/Filter/FlateDecode>>" % (len(packed), len(data))
    return head + b"stream\n" + packed + b"\nendstream"
