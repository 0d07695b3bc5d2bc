"""Make the Word, web and PDF forms of the sample documents from their text; the outputs are committed.

    python tests/variants/make.py docx html            (needs nothing)
    python tests/variants/make.py pdf --font FONT.ttc   (needs reportlab and a Chinese TrueType font)

``plan-office.pdf`` is plan.docx as LibreOffice prints it, ``plan-columns.pdf`` the same in two columns (``w:cols``).

The Word form has automatic numbers (no number stands in its text), the web form stands between menus, buttons and a
footer, the PDF form is broken into lines and pages with headers and page numbers. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import html
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent.parent / "data" / "examples"
DOCUMENTS = (EXAMPLES / "sample-plan.txt", EXAMPLES / "faulty-draft.txt", HERE / "plan.txt")

Block = str | list[list[str]]  # a paragraph, or the rows of a table


def blocks(path: Path) -> Iterator[Block]:
    """Yield the paragraphs and tables of a text."""
    table: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if " | " in line:
            table.append([cell.strip() for cell in line.split("|")])
            continue
        if table:
            yield table
            table = []
        if line.strip():
            yield line.strip()


# ---------------------------------------------------------------- Word

_NUMBERS = (r"([一二三四五六七八九十]+)、", r"（([一二三四五六七八九十]+)）", r"(\d{1,2})\.(?!\d)")
_FORMATS = (  # numerals, text, further elements
    ("japaneseCounting", "%1、", ""),
    ("chineseCounting", "（%2）", ""),
    ("decimal", "%3.", '<w:lvlRestart w:val="0"/>'),
)
_CHINESE = ("", *"一二三四五六七八九十", *("十" + digit for digit in "一二三四五六七八九"))
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


class Numbers:
    """The lists of a document: a new one, with its own start, wherever the numbers do not simply go on."""

    def __init__(self) -> None:
        self.starts: list[tuple[int, int]] = []  # level and start of each list after the first
        self._list = 1
        self._counts = [0, 0, 0]

    def take(self, line: str) -> tuple[str, str]:
        """Return the paragraph properties for a line, and the line without its number."""
        for level, pattern in enumerate(_NUMBERS):
            match = re.match(pattern, line)
            if match:
                self._count(level, int(match[1]) if match[1].isdigit() else _CHINESE.index(match[1]))
                properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{self._list}"/></w:numPr>'
                return properties, line[match.end() :]
        return "", line

    def _count(self, level: int, number: int) -> None:
        if number != self._counts[level] + 1:
            self.starts.append((level, number))
            self._list += 1
        self._counts[level] = number
        if level == 0:  # the third level counts on: it never restarts by itself
            self._counts[1] = 0

    def xml(self) -> str:
        """Return numbering.xml."""
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
            f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
            for at, (form, text, more) in enumerate(_FORMATS)
        )
        lists = "".join(
            f'<w:num w:numId="{at}"><w:abstractNumId w:val="0"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for at, (level, start) in enumerate(self.starts, 2)
        )
        first = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        definition = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        return f"{_HEAD}<w:numbering {_W}>{definition}{first}{lists}</w:numbering>"


def docx(path: Path, out: Path, change: Callable[[str], str] = str) -> None:
    """Write a Word file with automatic numbers, a header and a footer; ``change`` is done to the XML of its text."""
    numbers = Numbers()
    body = "".join(_word_table(b) if isinstance(b, list) else _paragraph(*numbers.take(b)) for b in blocks(path))
    edges = ("header", "rId2"), ("footer", "rId3")
    section = "".join(f'<w:{edge}Reference w:type="default" r:id="{target}"/>' for edge, target in edges)
    body += f"<w:sectPr>{section}</w:sectPr>"
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": change(f'{_HEAD}<w:document {_W} xmlns:r="{_TYPES}"><w:body>{body}</w:body></w:document>'),
        "word/_rels/document.xml.rels": _relations(
            {
                "rId1": ("numbering", "numbering.xml"),
                "rId2": ("header", "header1.xml"),
                "rId3": ("footer", "footer1.xml"),
            }
        ),
        "word/numbering.xml": numbers.xml(),
        "word/header1.xml": f"{_HEAD}<w:hdr {_W}>{_paragraph('', '软件样例')}</w:hdr>",
        "word/footer1.xml": f"{_HEAD}<w:ftr {_W}>{_paragraph('', '— 1 —')}</w:ftr>",
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            info.create_system = 3  # the same bytes on every system
            file.writestr(info, text, zipfile.ZIP_DEFLATED)


def _paragraph(properties: str, text: str) -> str:
    """Return a paragraph whose text is split into runs, as Word splits it at every edit."""
    cut = len(text) // 2
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (text[:cut], text[cut:]) if part
    )
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def _word_table(rows: list[list[str]]) -> str:
    cells = ("".join(f"<w:tc>{_paragraph('', cell)}</w:tc>" for cell in row) for row in rows)
    grid = "<w:tblGrid>" + '<w:gridCol w:w="1600"/>' * len(rows[0]) + "</w:tblGrid>"
    properties = '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    return f"<w:tbl>{properties}{grid}" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def _content_types() -> str:
    kinds = {"document": "document.main", "numbering": "numbering", "header1": "header", "footer1": "footer"}
    overrides = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{_MAIN}.{k}+xml"/>' for n, k in kinds.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{rels}{overrides}</Types>'
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="{i}" Type="{_TYPES}/{kind}" Target={quoteattr(to)}/>' for i, (kind, to) in targets.items()
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


# ---------------------------------------------------------------- web

_MENU = "".join(
    f'<li><a href="/{at}/">{word}</a></li>'
    for at, word in enumerate(("首页", "政务公开", "政务服务", "互动交流", "走进沐泽"))
)
_NEWS = "".join(
    f'<li><a href="/news/{at}.html">{word}</a></li>'
    for at, word in enumerate(("沐泽市春季植树活动启动", "市图书馆延长开放时间", "公交新增三条线路"))
)
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{charset}">
<title>{title}_沐泽门户网</title>
<style>.nav li {{ float: left }}</style>
<script>var column = "<p>政务公开</p>";</script>
</head>
<body>
<div class="header"><div class="logo">沐泽门户网</div><ul class="nav">{menu}</ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 政策文件</div>
{particulars}
<h1>{title}</h1>
<div class="tools">分享到：<a href="#">微信</a> <a href="#">微博</a> 【字体：<a href="#">大</a> <a href="#">小</a>】
<a href="#">打印本页</a></div>
<div id="content" class="article">
{body}
</div>
<div class="related"><h3>相关阅读</h3><ul>{news}</ul></div>
<div class="footer"><p>主办：沐泽门户网编辑部　网站标识码：0000000000</p>
<p><a href="/map/">网站地图</a> | <a href="/contact/">联系我们</a></p></div>
</body>
</html>
"""


def web(path: Path, out: Path, charset: str = "utf-8") -> None:
    """Write a web page with menus, particulars, buttons, links to other pages and a footer around the text."""
    title, *rest = list(blocks(path))
    assert isinstance(title, str)
    number = rest[0] if isinstance(rest[0], str) and rest[0].endswith("号") else ""
    page = _PAGE.format(
        charset=charset,
        title=html.escape(title),
        menu=_MENU,
        particulars=_particulars(title, number) if number else "",
        body="\n".join(
            _web_table(b) if isinstance(b, list) else f'<p style="text-indent:2em">{html.escape(b)}</p>' for b in rest
        ),
        news=_NEWS,
    )
    out.write_bytes(page.encode({"gb2312": "gb18030"}.get(charset, charset)))


def _particulars(title: str, number: str) -> str:
    rows = ((("标　　题：", title), ("主题分类：", "卫生")), (("发文字号：", number), ("信息分类：", "文件")))
    cells = ("".join(f"<td><b>{a}</b></td><td>{html.escape(b)}</td>" for a, b in row) for row in rows)
    return '<table class="particulars">' + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _web_table(rows: list[list[str]]) -> str:
    cells = ("".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in row) for row in rows)
    return '<table border="1">' + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


# ---------------------------------------------------------------- PDF


def pdf(path: Path, out: Path, font: Path) -> None:
    """Write a PDF in the layout of an official document: 16 point, indented, a header, page numbers between dashes."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(TTFont("han", str(font)))
    styles = _styles()

    def flowable(at: int, block: Block) -> object:
        if isinstance(block, str):
            return Paragraph(escape(block), styles["title" if at == 0 else _setting(block)])
        cells = [[Paragraph(escape(cell), styles["cell"]) for cell in row] for row in block]
        return Table(cells, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])

    margins = {"leftMargin": 80, "rightMargin": 74, "topMargin": 90, "bottomMargin": 90}
    document = SimpleDocTemplate(str(out), pagesize=(595, 842), invariant=1, title="sample", **margins)
    flow = [flowable(at, block) for at, block in enumerate(blocks(path))]
    document.build(flow, onFirstPage=_furniture, onLaterPages=_furniture)


def _styles() -> dict[str, Any]:
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle

    def style(size: int, lead: int, align: int, indent: int = 0) -> Any:
        sizes = {"fontSize": size, "leading": lead, "firstLineIndent": indent}
        return ParagraphStyle("s", fontName="han", alignment=align, wordWrap="CJK", **sizes)

    return {
        "title": style(22, 34, TA_CENTER),
        "body": style(16, 28, TA_JUSTIFY, 32),
        "centred": style(16, 28, TA_CENTER),
        "signed": style(16, 28, TA_RIGHT),
        "cell": style(12, 16, TA_CENTER),
    }


def _setting(line: str) -> str:
    """Return how a line is set: signatures to the right, numbers and inner titles in the middle."""
    if re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日|\w{3,14}(?:政府|办公室)", line):
        return "signed"
    return "centred" if line.endswith(("号", "行动方案")) and len(line) < 20 else "body"


def _furniture(canvas: Any, document: Any) -> None:
    """Draw header and page number."""
    canvas.setFont("han", 10)
    canvas.drawString(80, 800, "软件样例  内容虚构")
    canvas.drawCentredString(297, 40, f"— {document.page} —")


def main() -> None:
    """Write the forms that are asked for, beside the texts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("forms", nargs="+", choices=("docx", "html", "pdf"))
    parser.add_argument("--font", type=Path, help="a TrueType font with Chinese characters, embedded in part")
    chosen = parser.parse_args()
    for path in DOCUMENTS:
        if "docx" in chosen.forms:
            docx(path, path.with_suffix(".docx"))
        if "html" in chosen.forms:
            web(path, path.with_suffix(".html"), "gb2312" if path.parent == HERE else "utf-8")
        if "pdf" in chosen.forms:
            pdf(path, path.with_suffix(".pdf"), chosen.font)


if __name__ == "__main__":
    main()
