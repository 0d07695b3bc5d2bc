"""What a reader of a Word file sees is what is read: numbers, tables, boxes, accepted changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_files import levels, overridden, run, style, text_of, word
from tiny_files import paragraph as p

CHINESE = levels("japaneseCounting %1、", "chineseCounting （%2）", "decimal %3.", "decimal （%4）")
STYLES = (
    style("H1", "heading 1", '<w:numId w:val="1"/>')
    + style("H2", "heading 2", '<w:ilvl w:val="1"/><w:numId w:val="1"/>', based_on="H1")
    + style("H3", "heading 3", "", based_on="H2")
    + style("C", "toc 1")
)
SHARED = CHINESE + overridden(2, 0, '<w:startOverride w:val="5"/>')
REWRITTEN = CHINESE + overridden(
    2, 1, '<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
)
NUMBERED: dict[str, tuple[str, str, list[str]]] = {
    "levels, each in its own numerals": (
        CHINESE,
        p("甲", 0) + p("乙", 1) + p("丙", 2) + p("丁", 3),
        ["一、甲", "（一）乙", "1. 丙", "（1）丁"],
    ),
    "a level begins anew below the next heading": (
        CHINESE,
        p("甲", 0) + p("乙", 1) + p("丙", 1) + p("丁", 0) + p("戊", 1),
        ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"],
    ),
    "unless it never restarts": (
        levels("decimal %1.", 'decimal %2) <w:lvlRestart w:val="0"/>'),
        p("甲", 0) + p("乙", 1) + p("丙", 0) + p("丁", 1),
        ["1. 甲", "1)乙", "2. 丙", "2)丁"],
    ),
    "decimals carry the numbers above": (
        levels("chineseCounting %1、", "decimal %1.%2", "decimal %1.%2.%3 <w:isLgl/>"),
        p("甲", 0) + p("乙", 1) + p("丙", 2),
        ["一、甲", "一.1 乙", "1.1.1 丙"],
    ),
    "a list with a start of its own begins there, the others go on": (
        SHARED,
        p("甲", 0) + p("乙", 0, 2) + p("丙", 0, 2) + p("丁", 0),
        ["一、甲", "五、乙", "六、丙", "七、丁"],
    ),
    "a level written anew": (REWRITTEN, p("甲", 0, 2) + p("乙", 1, 2) + p("丙", 1, 2), ["一、甲", "C)乙", "D)丙"]),
    "digits one by one": (
        levels("ideographDigital 第%1条"),
        "".join(p("甲", 0) for _ in range(12)),
        [f"第{n}条甲" for n in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "一〇", "一一", "一二")],
    ),
    "circles, zeros, no gap": (
        levels("decimalEnclosedCircle %1", "decimalZero %2、", 'decimal %3. <w:suff w:val="nothing"/>'),
        p("甲", 0) + p("乙", 1) + p("丙", 2),
        ["①甲", "01、乙", "1.丙"],
    ),
    "numbers come from styles": (
        CHINESE,
        p("甲", style="H1") + p("乙", style="H2") + p("丙", style="H3") + p("丁", style="H1"),
        ["一、甲", "（一）乙", "（二）丙", "二、丁"],
    ),
    "zero takes the number of the style away": (CHINESE, p("甲", 0, 0, style="H1"), ["甲"]),
    "bullets are no numbers": (levels("bullet \uf0b7"), p("甲", 0), ["甲"]),
    "cells are numbered too": (
        levels("decimal %1"),
        f"<w:tbl><w:tr><w:tc>{p('甲', 0)}</w:tc><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>{p('丙', 0)}",
        ["1 甲 | 乙", "2 丙"],
    ),
    "a table of contents is left out": (CHINESE, p("一、甲 1", style="C") + p("甲", 0), ["一、甲"]),
}


@pytest.mark.parametrize("case", NUMBERED)
def test_automatic_numbers_are_what_a_reader_sees(case: str, tmp_path: Path) -> None:
    numbering, body, lines = NUMBERED[case]
    assert text_of(tmp_path, "a.docx", word(body, numbering=numbering, styles=STYLES)) == lines


def _row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def _merged(what: str, text: str) -> str:
    return f"<w:tcPr>{what}</w:tcPr>{p(text)}"


def _box(text: str) -> str:
    inner = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    both = f"<mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"


WIDE = "<w:gridSpan w:val='99999'/>"
WORD: dict[str, tuple[str, list[str]]] = {
    "insertions are kept, deletions are not": (
        f"<w:p><w:ins>{run('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>{run('文')}</w:p>",
        ["新文"],
    ),
    "a deleted paragraph end joins two": (
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('上')}</w:p>{p('下')}",
        ["上下"],
    ),
    "hidden text": (
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>{run('看得见')}</w:p>",
        ["看得见"],
    ),
    "links, controls, fields": (
        f"<w:sdt><w:sdtContent><w:p><w:hyperlink>{run('链接')}</w:hyperlink>"
        f"<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple>{run('7')}</w:fldSimple></w:p></w:sdtContent></w:sdt>",
        ["链接7"],
    ),
    "line breaks and tabs": (
        "<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t><w:br w:type='page'/></w:r></w:p>",
        ["上", "下\t右"],
    ),
    "text boxes, once": (f"<w:p>{run('正文')}{_box('框内')}</w:p>", ["正文", "框内"]),
    "tables": (
        f"<w:tbl>{_row(p('指标'), p('2030年'))}{_row(p('素养') + p('水平'), p('30'))}</w:tbl>",
        ["指标 | 2030年", "素养 水平 | 30"],
    ),
    "merged cells": (
        "<w:tbl>"
        + _row(_merged("<w:vMerge w:val='restart'/>", "水平"), p("甲"), p("1"))
        + _row(_merged("<w:vMerge/>", ""), p("乙"), p("2"))
        + _row(_merged("<w:gridSpan w:val='2'/>", "合计"), p("3"))
        + _row(_merged("<w:gridSpan w:val='3'/>", "说明"))
        + "</w:tbl>",
        ["水平 | 甲 | 1", "水平 | 乙 | 2", "合计 |  | 3", "说明"],
    ),
    "a row that says it is wider than a page can be": (
        f"<w:tbl>{_row(*(_merged(WIDE, str(n)) for n in range(9)))}</w:tbl>",
        ["0" + " | " * 100 + " | ".join("12345678")],
    ),
    "a page laid out as a table": (
        f"<w:tbl>{_row(p('左'), ''.join(p(f'第{n}段') for n in range(9)))}</w:tbl>",
        ["左", *(f"第{n}段" for n in range(9))],
    ),
}


@pytest.mark.parametrize("case", WORD)
def test_word_text_is_what_a_reader_sees(case: str, tmp_path: Path) -> None:
    body, lines = WORD[case]
    assert text_of(tmp_path, "a.docx", word(body, header1=p("页眉"))) == lines


def test_footnotes_follow_the_document(tmp_path: Path) -> None:
    notes = f'<w:footnote w:type="separator">{p("线")}</w:footnote><w:footnote w:id="2">{p("注释")}</w:footnote>'
    assert text_of(tmp_path, "a.docx", word(p("正文"), footnotes=notes)) == ["正文", "注释"]


@pytest.mark.parametrize("number", ("-1", "x", "9" * 5000, "²", ""))
def test_odd_numbers_in_the_file_do_no_harm(number: str, tmp_path: Path) -> None:
    numbering = levels("decimal %1.").replace('w:start w:val="1"', f'w:start w:val="{number}"')
    body = p("甲", 0) + p("乙", 0).replace('w:ilvl w:val="0"', f'w:ilvl w:val="{number}"')
    assert "甲" in text_of(tmp_path, "a.docx", word(body, numbering=numbering))[0]
