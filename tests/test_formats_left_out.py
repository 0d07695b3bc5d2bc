"""What a reader does not see is no text, and is said; what stands in a file by another way is text."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_files import paragraph as p
from tiny_files import run, text_of, word, zipped

from policygraph.errors import ReadError
from policygraph.messages import render
from policygraph.pipeline import extract_document
from policygraph.read import read


def noted(path: Path) -> list[str]:
    return [render(note, "en") for note in read(path).notes]


# ---------------------------------------------------------------- Word: hidden, struck out


def style(name: str, kind: str, switches: str, based_on: str = "", more: str = "") -> str:
    above = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"{more}>{above}<w:rPr>{switches}</w:rPr></w:style>'


def formatted(text: str, properties: str) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


VANISH, STRIKE = "<w:vanish/>", "<w:strike/>"
STYLES = (
    style("Ghost", "character", VANISH)
    + style("Child", "character", "", "Ghost")
    + style("Seen", "character", '<w:vanish w:val="0"/>', "Ghost")
    + style("Gone", "character", STRIKE)
    + style("Secret", "paragraph", VANISH)
    + style("Round", "character", "", "Round")
)
LEFT_OUT = {  # the runs before «20%» -> what is read, what is noted
    "hidden itself": (formatted("1", VANISH), "20%", "hidden"),
    "hidden, switched off": (formatted("1", '<w:vanish w:val="off"/>'), "120%", ""),
    "hidden by its style": (formatted("1", '<w:rStyle w:val="Ghost"/>'), "20%", "hidden"),
    "hidden by what its style is based on": (formatted("1", '<w:rStyle w:val="Child"/>'), "20%", "hidden"),
    "shown by its style again": (formatted("1", '<w:rStyle w:val="Seen"/>'), "120%", ""),
    "shown itself again": (formatted("1", '<w:rStyle w:val="Ghost"/><w:vanish w:val="false"/>'), "120%", ""),
    "styles in a circle": (formatted("1", '<w:rStyle w:val="Round"/>'), "120%", ""),
    "struck out": (formatted("19%", STRIKE), "20%", "struck out"),
    "struck out twice": (formatted("19%", "<w:dstrike/>"), "20%", "struck out"),
    "struck out by its style": (formatted("19%", '<w:rStyle w:val="Gone"/>'), "20%", "struck out"),
    "struck out, in parts": (formatted("1", STRIKE) + formatted("9%", STRIKE), "20%", "1 (“19%”)"),
    "struck out, only blanks": (formatted(" ", STRIKE), "20%", ""),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_word_text_that_is_not_seen_is_not_read(case: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    runs, text, why = LEFT_OUT[case]
    assert text_of(tmp_path, "a.docx", word(f"<w:p>{runs}{run('20%')}</w:p>", styles=STYLES)) == [text]
    assert [why in note for note in noted(tmp_path / "a.docx")] == [True] * bool(why)
    assert (why in caplog.text) if why else not caplog.text


def test_a_paragraph_is_hidden_by_its_style_or_by_the_ordinary_one(tmp_path: Path) -> None:
    both = formatted("又见", '<w:rStyle w:val="Ghost"/>')  # two styles that switch the same: off again
    body = p("甲") + p("乙", style="Secret") + f'<w:p><w:pPr><w:pStyle w:val="Secret"/></w:pPr>{both}</w:p>'
    assert text_of(tmp_path, "a.docx", word(body, styles=STYLES)) == ["甲", "又见"]
    ordinary = style("Normal", "paragraph", VANISH, more=' w:default="1"') + style("Open", "paragraph", "")
    body = p("甲") + p("乙", style="Open") + p("丙", style="unknown")
    assert text_of(tmp_path, "b.docx", word(body, styles=ordinary)) == ["乙"]


FORMULAS = {
    "fraction": ("<m:f><m:num><m:r><m:t>2</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f>", "2/3"),
    "power": ("<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup>", "10^4"),
    "signs": ("<m:r><m:t>a+b</m:t></m:r>", "a+b"),
}


@pytest.mark.parametrize("case", FORMULAS)
def test_formulas_stand_on_one_line(case: str, tmp_path: Path) -> None:
    inner, text = FORMULAS[case]
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    body = f"<w:p>{run('达到')}<m:oMath {space}>{inner}</m:oMath>{run('以上')}</w:p>"
    assert text_of(tmp_path, "a.docx", word(body)) == [f"达到{text}以上"]


# ---------------------------------------------------------------- Word: parts

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HTML = "<html><head><meta charset=gbk></head><body><p>（二）中间</p><p>短</p></body></html>".encode("gbk")
MAIL = (
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=gbk\n\n"
)
TEXT = "（二）中间\r\n短\r\n"
EMBEDDED: dict[str, bytes] = {
    "a.html": HTML,
    "a.mht": MAIL + HTML + b"\n--b--\n",
    "a.txt": TEXT.encode("utf-16"),
    "a.docx": word(p("（二）中间") + p("短")),
}


def with_embedded(name: str, data: bytes, more: str = "") -> bytes:
    body = f'{p("（一）前")}<w:altChunk r:id="r1"/>{p("（三）后")}'
    return zipped(
        {
            "word/document.xml": f"<w:document {_W} {_R}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<R><Relationship Id="r1" Type="x/aFChunk" Target="{name}" {more}/></R>',
            f"word/{name}": data,
        }
    )


@pytest.mark.parametrize("name", EMBEDDED)
def test_an_embedded_document_is_read_in_its_place(name: str, tmp_path: Path) -> None:
    lines = text_of(tmp_path, "plan.docx", with_embedded(name, EMBEDDED[name]))
    assert lines == ["（一）前", "（二）中间", "短", "（三）后"]


NOT_READ = {
    "a.rtf": (b"{\\rtf1 a}", ""),
    "a.bin": (b"\0\1" * 400, ""),
    "a.html": (HTML, 'TargetMode="External"'),
    "a.docx": (with_embedded("b.docx", word(p("再嵌"))), ""),
    "b.docx": (b"PK\3\4", ""),
}


@pytest.mark.parametrize("name", NOT_READ)
def test_an_embedded_document_that_is_not_read_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(with_embedded(name, *NOT_READ[name]))
    with pytest.raises(ReadError, match=r"plan\.docx.*(a\.|b\.docx|r1)") as caught:
        read(tmp_path / "plan.docx")
    assert "\n" not in str(caught.value)


def test_what_is_left_out_of_an_embedded_document_is_said(tmp_path: Path) -> None:
    page = HTML.replace("<p>短".encode("gbk"), "<p><s>旧的</s>短".encode("gbk"))
    assert text_of(tmp_path, "plan.docx", with_embedded("a.html", page))[2] == "短"
    assert noted(tmp_path / "plan.docx") == ["text that is struck out, not read: 1 (“旧的”)"]


MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
NAMES = {  # name of the main part, how the package refers to it
    "the second": ("word/document2.xml", "word/document2.xml"),
    "absolute": ("word/document2.xml", "/word/document2.xml"),
    "a folder of another name": ("office/plan.xml", "office/plan.xml"),
    "no folder": ("plan.xml", "plan.xml"),
    "large letters": ("Word/Document.XML", "word/document.xml"),
    "the other slash": ("word\\document2.xml", "word/document2.xml"),
    "a blank": ("word/my plan.xml", "word/my%20plan.xml"),
}


@pytest.mark.parametrize(
    "space", ("schemas.openxmlformats.org/wordprocessingml/2006", "purl.oclc.org/ooxml/wordprocessingml")
)
@pytest.mark.parametrize("case", NAMES)
def test_parts_of_a_word_file_may_have_any_name(case: str, space: str, tmp_path: Path) -> None:
    part, target = NAMES[case]
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    data = zipped(
        {
            "[Content_Types].xml": f'<Types><Override PartName="/{part}" ContentType="{MAIN}"/></Types>',
            "_rels/.rels": f'<R><Relationship Id="r1" Type="{kind}" Target="{target}"/></R>',
            part: f'<w:document xmlns:w="http://{space}/main"><w:body>{p("正文")}</w:body></w:document>',
        }
    )
    assert text_of(tmp_path, "a.docx", data) == ["正文"]


# ---------------------------------------------------------------- web pages

LINES = [f"{n}.实施第{n}项行动。到2030年，指标达到{n}%。（市卫生健康委牵头，市教育局配合）" for n in range(1, 9)]
PARAGRAPHS = [f"<p>{line}</p>" for line in LINES]


def page(*paragraphs: str, sheet: str = "", around: str = "{}") -> str:
    return f"<html><head><style>{sheet}</style></head><body>{around.format(''.join(paragraphs))}</body></html>"


OLD = "9.旧稿行动。到2030年，旧稿率达到9%。（市民政局牵头，市教育局配合）"
HIDDEN = {  # a paragraph that is not seen, and the page's style sheet
    "display": (f'<p style="color:red; display : none">{OLD}</p>', ""),
    "visibility": (f'<div style="visibility:hidden"><p>{OLD}</p></div>', ""),
    "attribute": (f"<p hidden>{OLD}</p>", ""),
    "Word": (f'<p style="mso-hide:all">{OLD}</p>', ""),
    "class": (f'<p class="a old">{OLD}</p>', "p{margin:0} .old, .x { display:none }"),
    "name": (f'<p id="old">{OLD}</p>', "/* .b{ */ p#old{display:none!important}"),
    "tag": (f"<blockquote>{OLD}</blockquote>", "@media print{p{display:none}} blockquote{display:none}"),
    "deleted": (f"<p><del>{OLD}</del></p>", ""),
    "struck": (f"<p><strike>{OLD}</strike></p>", ""),
    "line through": (f'<p style="text-decoration:line-through">{OLD}</p>', ""),
    "class of a line through": (f'<p class="gone">{OLD}</p>', ".gone{text-decoration: line-through}"),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_what_a_page_does_not_show_is_not_read(case: str, tmp_path: Path) -> None:
    paragraph, sheet = HIDDEN[case]
    shown = page(*PARAGRAPHS[:4], paragraph, *PARAGRAPHS[4:], sheet=sheet)
    assert text_of(tmp_path, "a.html", shown) == LINES
    assert ["9.旧稿行动" in note for note in noted(tmp_path / "a.html")] == [True]
    (row,) = [row for row in extract_document(tmp_path / "a.html").metadata if row.field == "source_file"]
    assert "9.旧稿行动" in render(row.evidence.note, "zh")


SHOWN = {
    "for print only": (f'<p class="old">{OLD}</p>', "@media print{.a{x:y}.old{display:none}} .b{color:red}"),
    "shown again": (f'<p class="old" style="display:block">{OLD}</p>', ".old{display:none}"),
    "a later rule": (f'<p class="old">{OLD}</p>', ".old{display:none} .old{display:block}"),
    "a rule for something else": (f'<p class="old">{OLD}</p>', ".menu .old{display:none} .old:hover{display:none}"),
    "underlined": (f'<p style="text-decoration:underline">{OLD}</p>', ""),
}


@pytest.mark.parametrize("case", SHOWN)
def test_what_a_page_shows_is_read(case: str, tmp_path: Path) -> None:
    paragraph, sheet = SHOWN[case]
    assert text_of(tmp_path, "a.html", page(*PARAGRAPHS, paragraph, sheet=sheet)) == [*LINES, OLD]
    assert noted(tmp_path / "a.html") == []


def test_a_page_whose_text_waits_for_its_script_is_read(tmp_path: Path) -> None:
    assert text_of(tmp_path, "a.html", page(*PARAGRAPHS, around='<div style="display:none">{}</div>')) == LINES


def test_a_page_that_has_its_text_twice_is_read_once(tmp_path: Path) -> None:
    twice = page(
        *PARAGRAPHS, around='<div class="pc">{0}</div><div class="phone">{0}</div>', sheet=".phone{display:none}"
    )
    assert text_of(tmp_path, "a.html", twice) == LINES


NAMES_OF_CLASSES = (
    "comment",
    "news_footer",
    "sidebar-right",
    "share-box",
    "related",
    "author-text",
    "nav-text",
    "widget",
)


@pytest.mark.parametrize("name", NAMES_OF_CLASSES)
def test_the_name_of_a_class_loses_no_text(name: str, tmp_path: Path) -> None:
    assert text_of(tmp_path, "a.html", page(*PARAGRAPHS, around=f'<div class="{name}">{{}}</div>')) == LINES
    for begin, end in ((3, 5), (0, 2), (6, 8)):
        part = f'<div class="{name}">{"".join(PARAGRAPHS[begin:end])}</div>'
        assert text_of(tmp_path, "b.html", page(*PARAGRAPHS[:begin], part, *PARAGRAPHS[end:])) == LINES


def test_what_stands_beside_the_text_of_a_page_is_not_taken_for_it(tmp_path: Path) -> None:
    news = "<h3>相关阅读</h3><p>市政府昨日召开会议，研究部署有关重点工作安排和要求。</p>"
    links = '<p><a href="/a">市政府召开会议，研究部署有关工作安排和要求落实情况。</a></p>'
    furniture = f'<div class="sidebar">{news}</div><div class="footer">{links}<p>主办：示范市人民政府办公室</p></div>'
    assert text_of(tmp_path, "a.html", page(*PARAGRAPHS, furniture)) == LINES


LISTS = {  # the list -> its lines
    "plain": ("<ol>{}</ol>", ["1.{}", "2.{}"]),
    "begins later": ('<ol start="5">{}</ol>', ["5.{}", "6.{}"]),
    "backwards": ("<ol reversed>{}</ol>", ["2.{}", "1.{}"]),
    "roman": ('<ol type="I">{}</ol>', ["I.{}", "II.{}"]),
    "chinese": ('<ol style="list-style-type:cjk-ideographic">{}</ol>', ["一、{}", "二、{}"]),
    "without numbers": ('<ol style="list-style:none">{}</ol>', ["{}", "{}"]),
    "points": ("<ul>{}</ul>", ["{}", "{}"]),
}


@pytest.mark.parametrize("case", LISTS)
def test_numbers_of_lists_are_text(case: str, tmp_path: Path) -> None:
    around, lines = LISTS[case]
    items = ["建好球场，学校操场周末开放，社区每月办赛事一次。", "办好讲座，菜市场和车站设科普栏，社区每月办讲座一次。"]
    listed = around.format("".join(f"<li><p>{item}</p></li>" for item in items))
    found = text_of(tmp_path, "a.html", page(*PARAGRAPHS, listed))
    assert [line.lstrip("- ") for line in found[8:]] == [
        line.format(item) for line, item in zip(lines, items, strict=True)
    ]


def test_numbers_that_stand_in_the_text_are_not_doubled(tmp_path: Path) -> None:
    items = "".join(f"<li>{line}</li>" for line in LINES)
    assert text_of(tmp_path, "a.html", page(f"<ol>{items}</ol>")) == LINES


def test_merged_cells_of_a_page_are_cells_of_every_row(tmp_path: Path) -> None:
    table = (
        "<table><tr><th>领域<th>指标<th>单位<th>2022年<th>2030年</tr>"
        "<tr><td rowspan=2>生活<td>素养水平<td>%<td>22<td rowspan=2>30</tr><tr><td>吸烟率<td>%<td>20</tr>"
        "<tr><td colspan=2>死亡率<td>‰<td>7.5<td>5</tr></table>"
    )
    assert text_of(tmp_path, "a.html", page(*PARAGRAPHS, table))[8:] == [
        "领域 | 指标 | 单位 | 2022年 | 2030年",
        "生活 | 素养水平 | % | 22 | 30",
        "生活 | 吸烟率 | % | 20 |",
        "死亡率 |  | ‰ | 7.5 | 5",
    ]


BLANKS = {
    "breaks": "<br/>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in LINES),
    "breaks in pairs": "<br><br>".join(f"&emsp;&emsp;{line}" for line in LINES),
    "breaks in one paragraph": f"<p>{'<br>'.join(LINES)}</p>",
    "breaks in a span": f"<div><span>{'<br>　　'.join(LINES)}</span></div>",
    "lines of the file": "".join(f"<p>\n  {line[:12]}\n  {line[12:]}\n</p>" for line in LINES),
}


@pytest.mark.parametrize("case", BLANKS)
def test_pages_that_are_set_with_blanks_and_breaks(case: str, tmp_path: Path) -> None:
    found = text_of(tmp_path, "a.html", page(BLANKS[case], around="<div>{}</div>"))
    assert [line.replace(" ", "") for line in found] == LINES
