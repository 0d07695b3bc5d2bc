"""Make the smallest Word, PDF and OFD files that show one thing, for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def word(body: str, strict: bool = False, **parts: str) -> bytes:
    """Return a Word file from the XML inside its body and inside further parts (numbering, styles, footnotes)."""
    spaces = f"{_STRICT if strict else _W} {_MC}"
    tags = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "header1": "hdr"}
    relations = "".join(f'<Relationship Id="r{n}" Type="x/{n}" Target="{n}.xml"/>' for n in parts)
    files: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
    }
    for name, inner in parts.items():
        files[f"word/{name}.xml"] = f"<w:{tags[name]} {spaces}>{inner}</w:{tags[name]}>"
    return zipped(files)


def paragraph(text: str, level: int | None = None, list_id: int = 1, style: str = "") -> str:
    """Return a paragraph of a Word file, numbered at a level of a list."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>' if level is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def levels(*each: str) -> str:
    """Return numbering with one list; a level is «format text» with further elements after it."""
    found = ""
    for at, level in enumerate(each):
        form, text, *more = level.split(" ", 2)
        found += f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{"".join(more)}<w:lvlText w:val="{text}"/></w:lvl>'
    return f'<w:abstractNum w:abstractNumId="0">{found}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


Print = tuple[float, float, float, str]  # left, top (points from the upper left corner), size, text
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>]>>"
)
_PICTURE = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream"
_LOCK = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>/ID[<41><41>]"


def pdf(
    pages: Sequence[Sequence[Print]], rules: str = "", rotate: int = 0, picture: bool = False, locked: bool = False
) -> bytes:
    """Return a PDF of A4 pages; ``rules`` are path operators drawn on every page."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", _FONT.encode(), _PICTURE]
    kids = []
    for page in pages:
        words = "".join(
            f"BT /F {size} Tf {_matrix(x, y + size, rotate)} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, size, text in page
        )
        content = (rules + words + ("q 500 0 0 700 40 40 cm /I Do Q" if picture else "")).encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        resources = "<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {rotate}/Contents {len(objects)} 0 R/Resources{resources}>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        _LOCK if locked else b"",
        start,
    )
    return bytes(out)


def _matrix(x: float, y: float, rotate: int) -> str:
    """Return the text matrix that sets text upright as seen at a place counted from the upper left corner as seen."""
    return {
        0: f"1 0 0 1 {x} {842 - y}",
        90: f"0 1 -1 0 {y} {x}",
        180: f"-1 0 0 -1 {595 - x} {y}",
        270: f"0 -1 1 0 {595 - y} {842 - x}",
    }[rotate]


def ofd(lines: Sequence[tuple[float, float, float, str]]) -> bytes:
    """Return an OFD file of one page; places and sizes in millimetres."""
    runs = "".join(
        f'<ofd:TextObject Boundary="{x} {y} {size * len(text)} {size}" Size="{size}"><ofd:TextCode X="0" Y="{size * 0.88}">{text}'
        "</ofd:TextCode></ofd:TextObject>"
        for x, y, size, text in lines
    )
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f'<ofd:Document {space}><ofd:Pages><ofd:Page BaseLoc="Pages/P0/Content.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/Pages/P0/Content.xml": f"<ofd:Page {space}><ofd:Content><ofd:Layer>{runs}</ofd:Layer></ofd:Content></ofd:Page>",
        }
    )
