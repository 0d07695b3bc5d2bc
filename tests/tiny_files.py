"""Make the smallest Word, PDF and OFD files that show one thing, for tests; read what they say."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tiny_fonts import STREAM, Font, standard

from policygraph.read import read


def text_of(folder: Path, name: str, data: bytes | str) -> list[str]:
    """Return the lines that reading a file with this content gives."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path).text.splitlines()


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


# ---------------------------------------------------------------- Word

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_TAGS = {"header1": "hdr"}


def word(body: str, strict: bool = False, **parts: str) -> bytes:
    """Return a Word file from the XML inside its body and inside further parts (numbering, styles, footnotes)."""
    spaces = f"{_STRICT if strict else _W} {_MC}"
    relations = "".join(f'<Relationship Id="r{n}" Type="x/{n}" Target="{n}.xml"/>' for n in parts)
    files: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
    }
    for name, inner in parts.items():
        tag = _TAGS.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{tag} {spaces}>{inner}</w:{tag}>"
    return zipped(files)


def run(text: str) -> str:
    """Return a run of text."""
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(text: str, level: int | None = None, list_id: int = 1, style: str = "") -> str:
    """Return a paragraph of a Word file, numbered at a level of a list."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>' if level is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{number}</w:pPr>{run(text)}</w:p>"


def levels(*each: str) -> str:
    """Return numbering with one list; a level is «format text» with further elements after it."""
    found = ""
    for at, level in enumerate(each):
        form, text, *more = level.split(" ", 2)
        found += f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        found += f'{"".join(more)}<w:lvlText w:val="{text}"/></w:lvl>'
    return f'<w:abstractNum w:abstractNumId="0">{found}</w:abstractNum>{_list(1, "")}'


def overridden(list_id: int, level: int, inner: str) -> str:
    """Return a further list on the same definition, with one level changed."""
    return _list(list_id, f'<w:lvlOverride w:ilvl="{level}">{inner}</w:lvlOverride>')


def _list(list_id: int, inner: str) -> str:
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="0"/>{inner}</w:num>'


def style(name: str, shown: str, numbering: str = "", based_on: str = "") -> str:
    """Return a paragraph style that may number its paragraphs."""
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    numbers = f"<w:pPr><w:numPr>{numbering}</w:numPr></w:pPr>" if numbering else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>{based}{numbers}</w:style>'


# ---------------------------------------------------------------- PDF and OFD

Print = tuple[float, float, float, str]  # left, top (points from the upper left corner as seen), size, text
ACROSS = 1000.0  # added to the top of a text that is set askew
_PICTURE = (
    b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    b"stream\n\x80\nendstream"
)
_RESOURCES = "<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>"
_LOCK = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>/ID[<41><41>]"


def pdf(
    pages: Sequence[Sequence[Print]],
    rules: str = "",
    rotate: int = 0,
    picture: bool = False,
    locked: bool = False,
    font: Callable[[str], Font] = standard,
) -> bytes:
    """Return a PDF of A4 pages; ``rules`` are path operators drawn on every page."""
    chosen = font("".join(each[3] for page in pages for each in page))
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", chosen.dictionary.encode(), _PICTURE]
    assert len(objects) + 1 == STREAM
    objects.extend(chosen.streams)
    kids = []
    for page in pages:
        shown = "q 500 0 0 700 40 40 cm /I Do Q" if picture else ""
        content = (rules + "".join(_printed(each, rotate, chosen) for each in page) + shown).encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        place = f"/MediaBox[0 0 595 842]/Rotate {rotate}/Contents {len(objects)} 0 R/Resources{_RESOURCES}"
        objects.append(f"<</Type/Page/Parent 2 0 R{place}>>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return _filed(objects, _LOCK if locked else b"")


def _filed(objects: Sequence[bytes], more: bytes) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start, size = len(out), len(objects) + 1
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, more, start)
    return bytes(out)


def _printed(each: Print, rotate: int, font: Font) -> str:
    """Return the operators that set a text upright as seen on a turned page."""
    x, top, size, text = each
    if top >= ACROSS:
        return f"BT /F {size} Tf 0.7 0.7 -0.7 0.7 {x} {842 - top + ACROSS} Tm <{font.codes(text).hex()}> Tj ET\n"
    y = top + size
    matrix = {
        0: f"1 0 0 1 {x} {842 - y}",
        90: f"0 1 -1 0 {y} {x}",
        180: f"-1 0 0 -1 {595 - x} {y}",
        270: f"0 -1 1 0 {595 - y} {842 - x}",
    }[rotate]
    return f"BT /F {size} Tf {matrix} Tm <{font.codes(text).hex()}> Tj ET\n"


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(lines: Sequence[Print]) -> bytes:
    """Return an OFD file of one page; places and sizes in millimetres."""
    runs = "".join(
        f'<ofd:TextObject Boundary="{x} {y} {size * len(text)} {size}" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size * 0.88}">{text}</ofd:TextCode></ofd:TextObject>'
        for x, y, size, text in lines
    )
    page = '<ofd:Page BaseLoc="Pages/P0/Content.xml"/>'
    body = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {_OFD}>{body}</ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:Pages>{page}</ofd:Pages></ofd:Document>",
            "Doc_0/Pages/P0/Content.xml": f"<ofd:Page {_OFD}><ofd:Content>{runs}</ofd:Content></ofd:Page>",
        }
    )
