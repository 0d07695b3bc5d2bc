"""One document in every format says the same; a bad file gets one clear line."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from policygraph import facts
from policygraph.errors import ReadError
from policygraph.model import Evidence, Facts
from policygraph.pipeline import extract_document
from policygraph.read import read

from tiny_files import levels, ofd, paragraph, pdf, word, zipped
from variants import make

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = (
    ROOT / "data/examples/sample-plan.txt",
    ROOT / "data/examples/faulty-draft.txt",
    ROOT / "tests/variants/plan.txt",
)
FORMS = (".docx", ".html", ".pdf")


def text_of(tmp_path: Path, name: str, data: bytes | str) -> list[str]:
    """Return the lines that reading a file with this content gives."""
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path).text.splitlines()


# ---------------------------------------------------------------- the same document in all formats


def comparable(found: Facts) -> dict[str, list[object]]:
    """Return the tables without what belongs to the file: its name, its hash; how a particular was found."""
    tables: dict[str, list[object]] = {table: list(getattr(found, table)) for table in facts.ROWS}
    tables["metadata"] = [
        replace(row, evidence=Evidence()) for row in found.metadata if not row.field.startswith("source_")
    ]
    return tables


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_form_of_a_document_gives_the_same_facts(document: Path, form: str) -> None:
    plain = comparable(extract_document(document, "x"))
    other = comparable(extract_document(document.with_suffix(form), "x"))
    for table in plain:
        assert other[table] == plain[table], table
    assert min(len(plain["structure"]), len(plain["clauses"]), len(plain["targets"])) > 4


@pytest.mark.parametrize("form", (".txt", *FORMS))
def test_offsets_of_facts_lead_into_the_text_as_read(form: str) -> None:
    path = DOCUMENTS[2].with_suffix(form)
    text = read(path).text
    for row in extract_document(path, "x").responsibilities:
        assert row.evidence.start is not None
        assert row.surface in text[row.evidence.start : row.evidence.end]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_committed_forms_are_what_the_script_makes(document: Path, tmp_path: Path) -> None:
    for form, write in ((".docx", make.docx), (".html", make.web)):
        charset = ("gb2312",) if form == ".html" and document.parent == make.HERE else ()
        write(document, tmp_path / "made", *charset)
        made, kept = tmp_path / "made", document.with_suffix(form)
        assert read(made).text == read(kept).text


# ---------------------------------------------------------------- bad files


def _stored_pdf(**how: bool) -> bytes:
    return pdf([[]] if how.get("picture") else [[(90, 90, 16, "正文")]], **how)


def _good_word() -> bytes:
    return word("".join(paragraph(f"第{n}行，内容各不相同{n * n}") for n in range(200)))


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty text": ("a.txt", lambda: b"", "empty"),
    "empty docx": ("a.docx", lambda: b"", "empty"),
    "cut docx": ("a.docx", lambda: _good_word()[:700], "damaged"),
    "docx without its document": ("a.docx", lambda: zipped({"word/styles.xml": "<x/>"}), "damaged"),
    "docx with broken xml": ("a.docx", lambda: zipped({"word/document.xml": "<w:document"}), "damaged"),
    "docx of nothing": ("a.docx", lambda: word(paragraph("")), "no text"),
    "zip bomb": ("a.docx", lambda: zipped({"word/document.xml": b"<w>" + b" " * 30_000_000}), "zip bomb"),
    "entities": (
        "a.docx",
        lambda: zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "entities",
    ),
    "old or locked Word": ("a.doc", lambda: OLD_WORD, "save it as .docx"),
    "locked docx": ("a.docx", lambda: OLD_WORD, "password"),
    "rtf": ("a.rtf", lambda: b"{\\rtf1 text}", "save it as .docx"),
    "spreadsheet": ("a.xlsx", lambda: zipped({"xl/workbook.xml": "<x/>"}), "spreadsheet"),
    "zip of documents": ("a.zip", lambda: zipped({"plan.txt": "text"}), "unpack"),
    "picture": ("a.html", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "OCR"),
    "binary named html": ("a.html", lambda: b"\x7fELF" + bytes(range(256)) * 40, "binary"),
    "html of 50 MB": ("a.html", lambda: b"<html><body>" + b"<p>text</p>" * 4_800_000, "too large"),
    "html without text": ("a.html", lambda: b"<html><body><script>fill()</script></body></html>", "no main text"),
    "html nested without end": ("a.html", lambda: b"<html><body>" + b"<div>" * 9000 + b"text", "nested"),
    "cut pdf": ("a.pdf", lambda: _stored_pdf()[:60], "damaged"),
    "scanned pdf": ("a.pdf", lambda: _stored_pdf(picture=True), "scanned"),
    "locked pdf": ("a.pdf", lambda: _stored_pdf(locked=True), "password"),
    "pdf of 501 pages": ("a.pdf", lambda: pdf([[]] * 501), "501 pages"),
    "ofd without text": ("a.ofd", lambda: ofd([]), "OCR"),
    "cut ofd": ("a.ofd", lambda: zipped({"OFD.xml": "<a/>"}), "damaged"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_gets_one_clear_line(kind: str, tmp_path: Path) -> None:
    name, content, words = BAD[kind]
    path = tmp_path / name
    path.write_bytes(content())
    begun = time.perf_counter()
    with pytest.raises(ReadError) as caught:
        read(path)
    message = str(caught.value)
    assert words in message
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    assert time.perf_counter() - begun < 5


def test_a_missing_file_and_a_folder_get_one_clear_line(tmp_path: Path) -> None:
    for path in (tmp_path / "none.docx", tmp_path):
        with pytest.raises(ReadError, match="cannot be opened"):
            read(path)


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    assert text_of(tmp_path, "text.docx", "一、总体要求") == ["一、总体要求"]
    assert text_of(tmp_path, "word.txt", word(paragraph("一、总体要求"))) == ["一、总体要求"]
    assert text_of(tmp_path, "word.docm", word(paragraph("正文"), strict=True)) == ["正文"]
    assert text_of(tmp_path, "print.txt", pdf([[(90, 90, 16, "正文")]])) == ["正文"]
    assert text_of(tmp_path, "page.txt", f"<!DOCTYPE html><html><body><p>{'正文。' * 40}</p></body></html>") == [
        "正文。" * 40
    ]


# ---------------------------------------------------------------- Word

P, T = paragraph, "<w:r><w:t>{}</w:t></w:r>"
CHINESE = levels("japaneseCounting %1、", "chineseCounting （%2）", "decimal %3.", "decimal （%4）")
OVERRIDE = (
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:lvl w:ilvl="1"><w:start w:val="3"/>'
    '<w:numFmt w:val="upperLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:lvlOverride></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="C"><w:name w:val="toc 1"/></w:style>'
)
NUMBERED: dict[str, tuple[str, str, list[str]]] = {
    "levels, each in its own numerals": (
        CHINESE,
        P("甲", 0) + P("乙", 1) + P("丙", 2) + P("丁", 3),
        ["一、甲", "（一）乙", "1. 丙", "（1）丁"],
    ),
    "a level begins anew below the next heading": (
        CHINESE,
        P("甲", 0) + P("乙", 1) + P("丙", 1) + P("丁", 0) + P("戊", 1),
        ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"],
    ),
    "unless it never restarts": (
        levels("decimal %1.", 'decimal %2) <w:lvlRestart w:val="0"/>'),
        P("甲", 0) + P("乙", 1) + P("丙", 0) + P("丁", 1),
        ["1. 甲", "1)乙", "2. 丙", "2)丁"],
    ),
    "decimals carry the numbers above": (
        levels("chineseCounting %1、", "decimal %1.%2", "decimal %1.%2.%3 <w:isLgl/>"),
        P("甲", 0) + P("乙", 1) + P("丙", 2),
        ["一、甲", "一.1 乙", "1.1.1 丙"],
    ),
    "a list that shares a definition goes on, one with a start of its own does not": (
        CHINESE + OVERRIDE,
        P("甲", 0) + P("乙", 0, 3) + P("丙", 0, 2) + P("丁", 0, 2) + P("戊", 0),
        ["一、甲", "二、乙", "五、丙", "六、丁", "七、戊"],
    ),
    "a level written anew": (
        CHINESE + OVERRIDE,
        P("甲", 0, 3) + P("乙", 1, 3) + P("丙", 1, 3),
        ["一、甲", "C)乙", "D)丙"],
    ),
    "digits one by one, circles, zeros": (
        levels("ideographDigital 第%1条", "decimalEnclosedCircle %2", "decimalZero %3、"),
        "".join(P("甲", 0) for _ in range(12)) + P("乙", 1) + P("丙", 2),
        [*(f"第{n}条甲" for n in "一二三四五六七八九"), "第一〇条甲", "第一一条甲", "第一二条甲", "①乙", "01、丙"],
    ),
    "numbers come from styles": (
        CHINESE,
        P("甲", style="H1") + P("乙", style="H2") + P("丙", style="H1"),
        ["一、甲", "（一）乙", "二、丙"],
    ),
    "zero takes the number of the style away": (CHINESE, P("甲", 0, 0, style="H1"), ["甲"]),
    "bullets are no numbers": (levels("bullet \uf0b7"), P("甲", 0), ["甲"]),
    "cells are numbered too": (
        levels("decimal %1"),
        f"<w:tbl>{''.join(f'<w:tr><w:tc>{P(a, 0)}</w:tc><w:tc>{P(b)}</w:tc></w:tr>' for a, b in (('甲', '乙'), ('丙', '丁')))}</w:tbl>",
        ["1 甲 | 乙", "2 丙 | 丁"],
    ),
    "a table of contents is left out": (CHINESE, P("一、甲 1", style="C") + P("甲", 0), ["一、甲"]),
}


@pytest.mark.parametrize("case", NUMBERED)
def test_automatic_numbers_are_what_a_reader_sees(case: str, tmp_path: Path) -> None:
    numbering, body, lines = NUMBERED[case]
    assert text_of(tmp_path, "a.docx", word(body, numbering=numbering, styles=STYLES)) == lines


def _row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def _box(text: str) -> str:
    inner = f"<w:txbxContent>{P(text)}</w:txbxContent>"
    return f"<w:r><mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent></w:r>"


WORD: dict[str, tuple[str, list[str]]] = {
    "insertions are kept, deletions are not": (
        f"<w:p><w:ins>{T.format('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>{T.format('文')}</w:p>",
        ["新文"],
    ),
    "a deleted paragraph end joins two": (
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{T.format('上')}</w:p>{P('下')}",
        ["上下"],
    ),
    "hidden text": (
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>{T.format('看得见')}</w:p>",
        ["看得见"],
    ),
    "links, controls, fields": (
        f"<w:sdt><w:sdtContent><w:p><w:hyperlink>{T.format('链接')}</w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:fldSimple>{T.format('7')}</w:fldSimple></w:p></w:sdtContent></w:sdt>",
        ["链接7"],
    ),
    "line breaks and tabs": (
        "<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t><w:br w:type='page'/></w:r></w:p>",
        ["上", "下\t右"],
    ),
    "text boxes, once": (f"<w:p>{T.format('正文')}{_box('框内')}</w:p>", ["正文", "框内"]),
    "tables": (
        f"<w:tbl>{_row(P('指标'), P('2030年'))}{_row(P('素养') + P('水平'), P('30'))}</w:tbl>",
        ["指标 | 2030年", "素养 水平 | 30"],
    ),
    "merged cells": (
        "<w:tbl>"
        + _row("<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + P("水平"), P("甲"), P("1"))
        + _row("<w:tcPr><w:vMerge/></w:tcPr>" + P(""), P("乙"), P("2"))
        + _row("<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + P("合计"), P("3"))
        + _row("<w:tcPr><w:gridSpan w:val='3'/></w:tcPr>" + P("说明"))
        + "</w:tbl>",
        ["水平 | 甲 | 1", "| 乙 | 2", "合计 |  | 3", "说明"],
    ),
}


@pytest.mark.parametrize("case", WORD)
def test_word_text_is_what_a_reader_sees(case: str, tmp_path: Path) -> None:
    body, lines = WORD[case]
    assert text_of(tmp_path, "a.docx", word(body, header1=P("页眉"))) == lines


def test_footnotes_follow_the_document(tmp_path: Path) -> None:
    notes = f'<w:footnote w:type="separator">{P("线")}</w:footnote><w:footnote w:id="2">{P("注释")}</w:footnote>'
    assert text_of(tmp_path, "a.docx", word(P("正文"), footnotes=notes)) == ["正文", "注释"]


# ---------------------------------------------------------------- PDF

FULL = "到二〇三〇年，健康生活方式基本普及，居民主要健康影响因素得到有"  # 26 characters of 16 points fill a line
GRID = "".join(f"{x} 642 m {x} 722 l S\n" for x in (80, 240, 400)) + "".join(
    f"80 {y} m 400 {y} l S\n" for y in (642, 682, 722)
)


def _lines(*each: tuple[float, str], top: float = 100, size: float = 16) -> list[tuple[float, float, float, str]]:
    return [(left, top + 28 * at, size, text) for at, (left, text) in enumerate(each)]


def test_pdf_lines_become_paragraphs(tmp_path: Path) -> None:
    page = _lines(
        (112, FULL[:24]),
        (80, FULL[:26]),
        (80, "效控制。"),
        (112, "（一）工作思路。" + FULL[:16]),
        (80, "效控制。"),
        (112, "下一段。"),
    )
    assert text_of(tmp_path, "a.pdf", pdf([page])) == [
        FULL[:24] + FULL[:26] + "效控制。",
        "（一）工作思路。" + FULL[:16] + "效控制。",
        "下一段。",
    ]


def test_pdf_paragraphs_run_over_pages_without_headers_and_page_numbers(tmp_path: Path) -> None:
    text = FULL[:26] * 6
    turned = [text[n:] + text[:n] for n in (0, 1, 2)]  # no line stands twice
    pages = [
        [(80, 40, 10, "某某文件"), *_lines((80, part[:26]), (80, part[30:56])), (280, 790, 12, f"— {n} —")]
        for n, part in enumerate(turned, 1)
    ]
    assert text_of(tmp_path, "a.pdf", pdf(pages)) == ["".join(part[:26] + part[30:56] for part in turned)]


def test_pdf_signature_stands_alone(tmp_path: Path) -> None:
    page = _lines((112, FULL[:24]), (80, "效控制。"), (384, "示范市人民政府"), (352, "二〇二二年三月一日"))
    assert text_of(tmp_path, "a.pdf", pdf([page]))[1:] == ["示范市人民政府", "二〇二二年三月一日"]


@pytest.mark.parametrize(
    "rules", (GRID, "80 642 160 40 re S 240 642 160 40 re S 80 682 160 40 re S 240 682 160 40 re S\n")
)
def test_pdf_tables_by_their_ruled_lines(rules: str, tmp_path: Path) -> None:
    page = [
        (90, 125, 12, "居民健康"),
        (90, 140, 12, "素养水平"),
        (250, 130, 12, "目标"),
        (90, 170, 12, "吸烟率"),
        (250, 170, 12, "二十"),
        (90, 230, 16, "正文"),
    ]
    assert text_of(tmp_path, "a.pdf", pdf([page], rules)) == ["居民健康素养水平 | 目标", "吸烟率 | 二十", "正文"]


def test_pdf_merged_cells_stand_where_they_begin(tmp_path: Path) -> None:
    rules = GRID.replace("80 682 m 400", "240 682 m 400")
    page = [(90, 150, 12, "健康水平"), (250, 130, 12, "甲"), (250, 170, 12, "乙")]
    assert text_of(tmp_path, "a.pdf", pdf([page], rules)) == ["健康水平 | 甲", "| 乙"]


@pytest.mark.parametrize("turn", (90, 180, 270))
def test_turned_pages_are_read_as_seen(turn: int, tmp_path: Path) -> None:
    page = _lines((112, FULL[:24]), (80, "效控制。"), (112, "下一段。"))
    assert text_of(tmp_path, "a.pdf", pdf([page], rotate=turn)) == [FULL[:24] + "效控制。", "下一段。"]


def test_ofd_lines_become_paragraphs(tmp_path: Path) -> None:
    lines = [(40, 40 + 10 * at, 5.6, text) for at, text in enumerate(("一、总体要求", "二、主要任务"))]
    assert text_of(tmp_path, "a.ofd", ofd(lines)) == ["一、总体要求", "二、主要任务"]


# ---------------------------------------------------------------- web

PARAGRAPHS = [f"{n}.实施第{n}项行动。到2030年，指标达到{n}%。（市卫生健康委牵头，市教育局配合）" for n in range(1, 9)]
MENU = '<ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul>'
FOOT = '<div class="footer"><p>主办：某某 <a href="/map">网站地图</a></p></div>'
BODIES: dict[str, str] = {
    "paragraphs": "".join(f"<p>{line}</p>" for line in PARAGRAPHS),
    "line breaks": "<br>　　".join(PARAGRAPHS),
    "blocks": "".join(f"<div>{line}</div>" for line in PARAGRAPHS),
    "as Word writes it": "".join(
        f'<p class=MsoNormal><span><font face="仿宋">{line}</font><o:p></o:p></span></p>' for line in PARAGRAPHS
    ),
    "a layout of tables": f"<table><tr><td>{''.join(f'<p>{line}</p>' for line in PARAGRAPHS)}</td></tr></table>",
    "one form around all": f'<form id="form1">{"".join(f"<p>{line}</p>" for line in PARAGRAPHS)}</form>',
}


@pytest.mark.parametrize("layout", BODIES)
def test_a_page_gives_its_text_without_furniture(layout: str, tmp_path: Path) -> None:
    page = f"<html><head><title>某市意见_某网</title></head><body>{MENU}<h1>某市意见</h1><div>{BODIES[layout]}</div>{FOOT}</body></html>"
    assert text_of(tmp_path, "a.html", page) == ["某市意见", *PARAGRAPHS]


@pytest.mark.parametrize("charset", ("utf-8", "gb2312", "gbk", "gb18030", "big5", "utf-16", "none"))
def test_any_encoding_of_a_page(charset: str, tmp_path: Path) -> None:
    said = (
        ""
        if charset in ("utf-16", "none")
        else f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    )
    page = f"<html><head>{said}</head><body><p>{'健康教育工作的意見，主要任務如下。' * 12}</p></body></html>"
    data = page.encode({"none": "gb18030", "gb2312": "gb18030"}.get(charset, charset))
    assert "健康教育工作的意見" in "".join(text_of(tmp_path, "a.html", data))


HEADS = {
    "table": "<table><tr><td>索 引 号：</td><td>A1/2022</td><td>发文字号：</td><td>示政发〔2022〕1号</td></tr><tr><td>成文日期：</td><td>2022年3月1日</td></tr></table>",
    "table without colons": "<table><tr><td>索引号</td><td>A1/2022</td><td>发文字号</td><td>示政发〔2022〕1号</td></tr><tr><td>成文日期</td><td>2022年3月1日</td></tr></table>",
    "list": "<ul><li><b>索引号：</b>A1/2022</li><li><b>发文字号：</b>示政发〔2022〕1号</li><li><b>成文日期：</b>2022年3月1日</li></ul>",
    "terms": "<dl><dt>索引号</dt><dd>A1/2022</dd><dt>发文字号</dt><dd>示政发〔2022〕1号</dd><dt>成文日期</dt><dd>2022年3月1日</dd></dl>",
    "blocks": "<div><div><span>索引号：</span><span>A1/2022</span></div><div>发文字号：示政发〔2022〕1号</div><div>成文日期：2022年3月1日</div></div>",
}


@pytest.mark.parametrize("head", HEADS)
def test_particulars_at_the_head_of_a_page_are_kept(head: str, tmp_path: Path) -> None:
    page = f"<html><body>{MENU}{HEADS[head]}<h1>某市人民政府关于健康行动的意见</h1>{BODIES['paragraphs']}{FOOT}</body></html>"
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    found = {row.field: row.value for row in extract_document(path).metadata}
    assert (found["index_number"], found["number"], found["date_issued"]) == (
        "A1/2022",
        "示政发〔2022〕1号",
        "2022-03-01",
    )


def test_tables_of_a_page_keep_their_columns(tmp_path: Path) -> None:
    table = "<table><tr><th>领域</th><th>指标</th><th>2030年</th></tr><tr><td rowspan=2>水平</td><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    lines = text_of(tmp_path, "a.html", f"<html><body>{BODIES['paragraphs']}{table}</body></html>")
    assert lines[-3:] == ["领域 | 指标 | 2030年", "水平 | 甲 | 1", "| 乙 | 2"]


def test_a_page_saved_with_its_pictures(tmp_path: Path) -> None:
    page = f"<html><body>{BODIES['paragraphs']}</body></html>".encode()
    head = b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    part = b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + page
    assert text_of(tmp_path, "a.mhtml", head + part + b"\r\n--b--\r\n") == PARAGRAPHS


def test_nothing_is_fetched_for_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a page was fetched")

    monkeypatch.setattr("socket.socket.connect", refuse)
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><img src="http://example.org/a"><p>&x;</p>{BODIES["paragraphs"]}</body></html>'
    assert not re.search("root:", "".join(text_of(tmp_path, "a.html", page)))
