"""A web page gives its title, its particulars and its text, in any layout and encoding."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_files import text_of

from policygraph.pipeline import extract_document

LINES = [f"{n}.实施第{n}项行动。到2030年，指标达到{n}%。（市卫生健康委牵头，市教育局配合）" for n in range(1, 9)]
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in LINES)
MENU = '<ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul>'
FOOT = '<div class="footer"><p>主办：某某 <a href="/map">网站地图</a></p></div>'
LAYOUTS: dict[str, str] = {
    "paragraphs": PARAGRAPHS,
    "line breaks": "<br>　　".join(LINES),
    "blocks": "".join(f"<div>{line}</div>" for line in LINES),
    "as Word writes it": "".join(f"<p class=MsoNormal><font>{line}</font><o:p></o:p></p>" for line in LINES),
    "a layout of tables": f"<table><tr><td>{PARAGRAPHS}</td></tr></table>",
    "one form around all": f'<form id="form1">{PARAGRAPHS}</form>',
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_gives_its_text_without_furniture(layout: str, tmp_path: Path) -> None:
    head = "<head><title>某市意见_某网</title></head>"
    page = f"<html>{head}<body>{MENU}<h1>某市意见</h1><div>{LAYOUTS[layout]}</div>{FOOT}</body></html>"
    assert text_of(tmp_path, "a.html", page) == ["某市意见", *LINES]


def test_short_headings_of_a_page_are_kept(tmp_path: Path) -> None:
    """Where tables are a large part of a page, the extraction of its main text leaves headings out."""
    parts = ("一、目标", "二、任务", "三、指标", "四、分工", "五、保障")
    paragraphs = [
        f"<p>为做好第{n}类人群的健康工作，各单位按照职责推进任务落实。{'每年评估进展。' * 9}</p>" for n in "甲乙丙丁戊"
    ]
    table = _table(*((f"{n}", f"第{n}项指标覆盖率", "%", f"{n}以上", f"{2 * n}以上") for n in range(40)))
    blocks = (paragraphs[0], f"<h3>（一）控烟</h3>{paragraphs[1]}", *paragraphs[2:])
    text = "".join(f"<h2>{part}</h2>{block}" for part, block in zip(parts, blocks, strict=True))
    page = f"<html><body><h1>某市关于印发方案的通知</h1>{paragraphs[0]}<h1>某市方案</h1>{text}{table}</body></html>"
    headings = ["某市关于印发方案的通知", "某市方案", *parts[:2], "（一）控烟", *parts[2:]]
    assert [line for line in text_of(tmp_path, "a.html", page) if line in headings] == headings


@pytest.mark.parametrize("charset", ("utf-8", "gb2312", "gbk", "gb18030", "big5", "utf-16", "none"))
def test_any_encoding_of_a_page(charset: str, tmp_path: Path) -> None:
    said = "" if charset in ("utf-16", "none") else f'<meta http-equiv="Content-Type" content="a; charset={charset}">'
    page = f"<html><head>{said}</head><body><p>{'健康教育工作的意見，主要任務如下。' * 12}</p></body></html>"
    data = page.encode({"none": "gb18030", "gb2312": "gb18030"}.get(charset, charset))
    assert "健康教育工作的意見" in "".join(text_of(tmp_path, "a.html", data))


@pytest.mark.parametrize("charset", ("hex", "idna", "undefined", "no-such-thing", "ascii", "utf-8"))
def test_a_page_that_says_the_wrong_encoding(charset: str, tmp_path: Path) -> None:
    page = f"<html><head><meta charset={charset}></head><body>{PARAGRAPHS}</body></html>"
    assert text_of(tmp_path, "a.html", page.encode("gb18030")) == LINES


def test_a_few_broken_bytes_do_not_lose_a_page(tmp_path: Path) -> None:
    page = f"<html><head><meta charset=gb2312></head><body>{PARAGRAPHS}</body></html>".encode("gb18030")
    broken = page.replace("第3项".encode("gb18030"), "第".encode("gb18030") + b"\xff" + "项".encode("gb18030"))
    lines = text_of(tmp_path, "a.html", broken)
    assert [line for line in lines if line in LINES] == [*LINES[:2], *LINES[3:]]


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


PAIRS = (("索引号", "A1/2022"), ("发文字号", "示政发〔2022〕1号"), ("成文日期", "2022年3月1日"))
HEADS = {
    "table without colons": _table(*PAIRS),
    "table of two columns": _table(*((f"{label}：", value) for label, value in PAIRS)),
    "table of four columns": _table(
        ("索 引 号：", "A1/2022", "发文字号：", PAIRS[1][1]), ("成文日期：", "2022年3月1日", "", "")
    ),
    "list": f"<ul>{''.join(f'<li><b>{label}：</b>{value}</li>' for label, value in PAIRS)}</ul>",
    "terms": f"<dl>{''.join(f'<dt>{label}</dt><dd>{value}</dd>' for label, value in PAIRS)}</dl>",
    "blocks": f"<div>{''.join(f'<div><b>{label}：</b><i>{value}</i></div>' for label, value in PAIRS)}</div>",
}


@pytest.mark.parametrize("head", HEADS)
def test_particulars_at_the_head_of_a_page_are_kept(head: str, tmp_path: Path) -> None:
    title = "<h1>某市人民政府关于健康行动的意见</h1>"
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{MENU}{HEADS[head]}{title}{PARAGRAPHS}{FOOT}</body></html>", encoding="utf-8")
    found = {row.field: row.value for row in extract_document(path).metadata}
    assert found["index_number"] == "A1/2022"
    assert found["number"] == "示政发〔2022〕1号"
    assert found["date_issued"] == "2022-03-01"


def test_tables_of_a_page_keep_their_columns(tmp_path: Path) -> None:
    table = _table(("领域", "指标", "2030年"), ("水平", "甲", "1"), ("乙", "2")).replace(
        "<td>水平", "<td rowspan=2>水平"
    )
    lines = text_of(tmp_path, "a.html", f"<html><body>{PARAGRAPHS}{table}</body></html>")
    assert lines[-3:] == ["领域 | 指标 | 2030年", "水平 | 甲 | 1", "水平 | 乙 | 2"]


def test_a_page_saved_with_its_pictures(tmp_path: Path) -> None:
    page = f"<html><body>{PARAGRAPHS}</body></html>".encode()
    head = b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    part = b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + page
    assert text_of(tmp_path, "a.mhtml", head + part + b"\r\n--b--\r\n") == LINES


def test_nothing_is_fetched_for_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a page was fetched")

    monkeypatch.setattr("socket.socket.connect", refuse)
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    page = f'{entity}<html><body><img src="http://example.org/a"><p>&x;</p>{PARAGRAPHS}</body></html>'
    assert "secret" not in "".join(text_of(tmp_path, "a.html", page)).replace(secret.as_uri(), "")
