"""How a report is written: by action and by bureau, in both languages, for screens, programs, browsers and Word."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest
from bundled import plans
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn

from policygraph import assets, pipeline
from policygraph.errors import ReadError
from policygraph.validate import (
    SEVERITIES,
    About,
    Named,
    Report,
    Result,
    Words,
    annotate,
    as_docx,
    as_html,
    as_json,
    load_shapes,
    render,
    rule_rows,
    scorecard,
    theme_rows,
)

EXAMPLES = assets.path("data", "examples")


@cache
def drafted() -> Report:
    return pipeline.check(
        pipeline.extract_document(EXAMPLES / "faulty-draft.txt"), plans(), pipeline.Checks("国发〔2019〕13号")
    )


def result(**changes: object) -> Result:
    made = Result(
        severity="violation",
        shape="target-unit",
        document="test",
        focus="x",
        path="",
        value="",
        message=Words("没有单位", "no unit"),
        expected=Words("有单位", "a unit"),
        found=Words("<b>22</b>", "<b>22</b>"),
        fix=Words("补写", "add it"),
        section="二1",
        quote="水平达到22&",
        action="控烟行动",
        bodies=("市卫健委", "市教育局"),
        theme="structure",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def report(*results: Result) -> Report:
    about = About(Named("test"), targets=1, looked_at=1)
    looked, rules = {"target-unit": 1, "idle-shape": 0}, {"idle-shape": Words("闲置", "idle")}
    return Report((about,), results or (result(),), looked, rules)


# ---------------------------------------------------------------- text and JSON


def test_by_bureau_a_result_stands_with_each_body_and_says_where() -> None:
    lines = render(report(), "en", "bureau").splitlines()
    assert [line for line in lines if line in ("市卫健委", "市教育局")] == ["市卫健委", "市教育局"]
    assert lines.count("    section: 二1 控烟行动") == 2
    assert "bodies" not in render(report(), "en", "bureau")


def test_what_nobody_answers_for_comes_last() -> None:
    text = render(report(result(bodies=()), result()), "zh", "bureau")
    assert text.index("没有责任单位的内容") > text.index("市教育局")


HINTS = [result(severity="info", section=f"二{at}", quote=f"条款{at}") for at in range(6)]


@pytest.mark.parametrize("write", [render, as_html], ids=["text", "page"])
def test_a_hint_that_stands_in_many_places_is_said_once_with_its_places(write: Callable[..., str]) -> None:
    text = write(report(result(), *HINTS), "zh")
    assert text.count("没有单位") == 2, "the error, and the hint with six places"
    assert text.index("6 处") > text.index("错误")
    assert all(f"二{at} 控烟行动: " in text for at in range(6))
    assert write(report(result(), *HINTS[:5]), "zh").count("没有单位") == 6, "five are few"


def test_each_bureau_is_told_every_hint_that_concerns_it() -> None:
    assert render(report(*HINTS), "zh", "bureau").count("没有单位") == 12


@pytest.mark.parametrize("by", ["action", "bureau"])
def test_json_has_every_result_once_and_names_it_in_its_groups(by: str) -> None:
    body = json.loads(as_json(drafted(), "zh", by))
    count = len(drafted().results)
    assert len(body["results"]) == count > 20
    named = [place for group in body["groups"] for place in group["results"]]
    assert set(named) == set(range(count))
    assert len(named) == count or by == "bureau"
    assert (body["outcome"], body["conforms"]) == ("not-conforms", False)
    assert sum(body["counts"].values()) == count
    (about,) = body["about"]
    assert about["document"]["title"] == "沐泽市人民政府关于推进健康沐泽行动的实施方案(草案)"
    assert [each["number"] for each in about["compared"]] == ["中发〔2016〕23号", "国发〔2019〕13号"]
    assert body["grouped_by"] == by


# ---------------------------------------------------------------- the page


class Page(HTMLParser):
    """Collect the tags, the attributes that fetch something, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.articles: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [name for name, _ in attrs if name in ("src", "href")]
        self.articles += [value or "" for name, value in attrs if tag == "article" and name == "class"]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_stands_alone_and_holds_every_result(language: str) -> None:
    text = as_html(drafted(), language)
    page = Page(text)
    assert not {"script", "link", "img", "b"} & set(page.tags)
    assert page.fetched == []
    assert "@import" not in text
    assert "url(" not in text
    assert sorted(page.articles) == sorted(each.severity for each in drafted().results)


def test_the_page_has_a_box_for_each_severity_that_hides_it() -> None:
    text = as_html(drafted())
    for name in SEVERITIES:
        assert f'<input type="checkbox" id="{name}" checked>' in text
        assert f"#{name}:not(:checked) ~ main article.{name} {{ display: none; }}" in text


def test_the_page_escapes_what_the_document_says() -> None:
    text = as_html(report(result(action="<script>alert(1)</script>", bodies=('"><i>',))))
    assert "<script>" not in text
    assert "&lt;b&gt;22&lt;/b&gt;" in text
    assert "22&amp;" in text
    assert "<script>alert(1)</script>" in Page(text).words


# ---------------------------------------------------------------- Word


def commented(word: Word) -> list[tuple[str, str]]:
    """Return each comment with the words it is tied to."""
    found = []
    for comment in word.comments:
        (start,) = word.element.body.xpath(f'.//w:commentRangeStart[@w:id="{comment.comment_id}"]')
        words, node = "", start.getnext()
        while node.tag != qn("w:commentRangeEnd"):
            words += "".join(text.text or "" for text in node.iter(qn("w:t")))
            node = node.getnext()
        found.append((comment.text, words))
    return found


def word(*paragraphs: str) -> bytes:
    made, out = Document(), io.BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def notes(draft: bytes, *results: Result) -> list[str]:
    return [words for _, words in commented(Document(io.BytesIO(annotate(draft, report(*results)))))]


def test_every_result_is_a_comment_at_its_quote() -> None:
    draft = (EXAMPLES / "faulty-draft.docx").read_bytes()
    found = commented(Document(io.BytesIO(annotate(draft, drafted()))))
    assert len(found) == len(drafted().results)
    for each, (text, words) in zip(drafted().results, found, strict=True):
        assert each.message[0] in text
        assert words == each.quote if each.quote else words


def test_the_words_of_the_draft_stay_as_they_are() -> None:
    draft = (EXAMPLES / "faulty-draft.docx").read_bytes()
    before, after = (
        [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]
        for data in (draft, annotate(draft, drafted()))
    )
    assert before == after


PLACES = {
    "the words themselves": (("控烟行动", "到2022年,水平达到22&。"), {}, "水平达到22&"),
    "other width and spaces": (("到2022年，水平 达到２２＆。",), {}, "水平 达到２２＆"),
    "after the heading of its action": (("水平达到22&x", "控烟行动", "y水平达到22&"), {}, "水平达到22&"),
    "at the heading where the quote is not there": (("总则", "实施控烟行动"), {}, "控烟行动"),
    "at the start where nothing is": (("总则", "附则"), {}, "总则"),
    "at the start where there is no quote": (("总则", "附则"), {"quote": "", "action": ""}, "总则"),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_comment_is_placed(name: str) -> None:
    paragraphs, changes, words = PLACES[name]
    assert notes(word(*paragraphs), result(**changes)) == [words]


def test_a_quote_in_a_table_and_across_runs_is_found() -> None:
    made, out = Document(), io.BytesIO()
    cell = made.add_table(1, 1).cell(0, 0)
    for part in ("前言水平", "达到", "22&以上"):
        cell.paragraphs[0].add_run(part)
    made.save(out)
    assert notes(out.getvalue(), result()) == ["水平达到22&"]


def test_a_document_without_words_gets_no_comment() -> None:
    assert notes(word(), result()) == []


def test_what_is_no_word_document_is_an_error() -> None:
    with pytest.raises(ReadError, match="save it as"):
        annotate(b"no zip", report())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("by", ["action", "bureau"])
def test_a_report_for_word_has_every_group(language: str, by: str) -> None:
    made = as_docx(drafted(), language, by)
    assert made == as_docx(drafted(), language, by)
    headings = [p.text for p in Document(io.BytesIO(made)).paragraphs if p.style and p.style.name == "Heading 1"]
    groups = json.loads(as_json(drafted(), language, by))["groups"]
    assert headings == [group["title"] for group in groups]


# ---------------------------------------------------------------- the scorecard


def test_a_scorecard_counts_plans_by_themes() -> None:
    rows = scorecard(drafted(), load_shapes(), "en")
    assert rows.columns == (
        "plan",
        "structure",
        "responsibility",
        "names",
        "cascade",
        "quality",
        "total",
        "outcome",
    )
    (row,) = rows.rows
    assert (row[0], row[-1]) == ("沐泽市人民政府关于推进健康沐泽行动的实施方案(草案)", "does not conform")
    themes = [tuple(map(int, str(cell).split("/"))) for cell in row[1:-2]]
    whole = tuple(map(sum, zip(*themes, strict=True)))
    assert whole == tuple(drafted().counts().values()) == tuple(map(int, str(row[-2]).split("/")))


def test_the_rule_behind_each_point_is_named() -> None:
    by_theme, rules = (rows(drafted(), load_shapes(), "zh") for rows in (theme_rows, rule_rows))
    points = sum(int(str(row[place])) for row in by_theme.rows for place in (4, 5, 6))
    assert points == sum(int(str(row[5])) for row in rules.rows) == len(drafted().results)
    cascade = next(row for row in by_theme.rows if row[2] == "cascade")
    assert "目标低于上级要求 1" in str(cascade[7]).split("; ")
    assert ("target-looser", 1, "目标低于上级要求") in {row[4:] for row in rules.rows}


def test_a_plan_without_a_point_has_its_row() -> None:
    about = About(Named("a"), targets=1, looked_at=1)
    rows = scorecard(Report((about,), (), {}, {}), load_shapes(), "zh")
    assert rows.rows == (("a", "-", "-", "-", "-", "-", "-", "合格"),)


def test_a_shape_of_others_counts_in_no_theme_but_in_the_total() -> None:
    rows = scorecard(report(result(theme="", shape="own")), load_shapes(), "en")
    assert rows.rows == (("test", "-", "-", "-", "-", "-", "1/0/0", "does not conform"),)
