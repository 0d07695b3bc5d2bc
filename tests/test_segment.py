"""A text cut at its numbered headings: levels, kinds, annexes, page furniture and broken lines."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import lexicon, tables
from policygraph.extract.structure import find_structure
from policygraph.model import Outline, Source
from policygraph.normalise import normalise
from policygraph.segment import segment, unnumbered_headings

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "headings.tsv")
LINES = st.lists(
    st.sampled_from(
        ["一、任务", "(一)办学校。内容。", "1.修校舍。", "1.1添设备", "(1)甲。", "附件:1.分工表", "附件1", "附件",
         "分工表", "内容,\n", "(市教育局负责)", "第一章 总则", "政策解读", "【打印本页】", "二、", "", "  ", "①甲"]
    ),
    max_size=14,
)  # fmt: skip


def outline(text: str) -> Outline:
    return segment(normalise(Source("case", text), WORDS), WORDS)


def shown(found: Outline) -> str:
    return "|".join(f"{s.number} {s.kind} {s.heading or '-'}" for s in found.sections[1:])


def test_the_cases_were_found() -> None:
    assert len(CASES) >= 35


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_headings(case: dict[str, str]) -> None:
    assert shown(outline(case["text"])) == case["sections"]


def test_what_stands_before_the_first_heading_is_the_front() -> None:
    found = outline("示范市方案\n各区政府:\n一、任务\n内容。\n")
    front = found.sections[0]
    assert (front.number, front.kind) == ("", "front")
    assert found.text.text[front.body.start : front.body.end] == "示范市方案\n各区政府:\n"


def test_a_body_ends_where_the_next_heading_begins() -> None:
    found = outline("一、任务\n(一)办学校。修好校舍。\n(二)办医院。添好设备。\n")
    bodies = [found.text.text[s.body.start : s.body.end].strip() for s in found.sections[1:]]
    assert bodies == ["", "修好校舍。", "添好设备。"]


BROKEN = [
    ("一、任务\n坚持政府主导。社会各方面要积极参与健康教育活\n动,形成合力。", "健康教育活动,形成"),
    ("一、任务\n市教育局、\n市财政局负责", "市教育局、市财政局"),
    ("一、任务\n内容(\n市教育局负责)", "内容(市教育局"),
]


@pytest.mark.parametrize(("text", "joined"), BROKEN, ids=[joined for _, joined in BROKEN])
def test_lines_broken_inside_a_sentence_are_joined(text: str, joined: str) -> None:
    assert joined in outline(text).text.text


@pytest.mark.parametrize(
    "text", ["一、任务\n办学校\n办医院", "一、任务\n内容。\n(市教育局负责)", "一、任务\n示范市人民政府\n2021年1月2日"]
)
def test_whole_lines_are_not_joined(text: str) -> None:
    assert outline(text).text.text == text


def test_furniture_is_dropped_from_the_outline_and_kept_in_the_source() -> None:
    raw = "当前位置:首页\n一、任务\n内容。\n【打印本页】\n结尾。\n网站地图\n(一)别处。\n"
    found = outline(raw)
    assert found.text.text == "一、任务\n内容。\n结尾。\n"
    assert found.text.source.text == raw


def test_a_menu_before_the_first_heading_does_not_end_the_document() -> None:
    assert shown(outline("政策解读\n网站地图\n一、任务\n内容。\n")) == "一 part 任务"


@given(LINES)
def test_sections_follow_each_other_and_lie_in_the_text(lines: list[str]) -> None:
    found = outline("\n".join(lines))
    for section in found.sections:
        assert 0 <= section.head.start <= section.head.end <= len(found.text.text)
        assert section.body.start <= section.body.end <= len(found.text.text)
    placed = sorted((s.body.start, s.body.end) for s in found.sections if s.body.end > s.body.start)
    assert all(left[1] <= right[0] for left, right in pairwise(placed))


@given(LINES)
def test_positions_lead_to_the_source(lines: list[str]) -> None:
    found = outline("\n".join(lines))
    assert len(found.text.text) == len(found.text.printed) == len(found.text.offsets) - 1
    assert all(
        found.text.source.text[at] == char for at, char in zip(found.text.offsets, found.text.text, strict=False)
    )


def test_lines_without_a_number_that_read_like_headings_are_named() -> None:
    found = outline(
        "示范方案\n一、任务\n激发消费活力\n支持家电换新。\n优化营商环境\n简化流程。\n示范市人民政府\n2021年1月2日\n"
    )
    assert [found.text.text[span.start : span.end] for span in unnumbered_headings(found)] == [
        "激发消费活力",
        "优化营商环境",
    ]


def test_markdown_is_no_part_of_the_text_and_leads_back_to_it() -> None:
    raw = "# 示范方案\n## 一、任务\n**1.修校舍。**到**2025年**建成。\n"
    found = outline(raw)
    assert found.text.text == "示范方案\n一、任务\n1.修校舍。到2025年建成。\n"
    assert [raw[at] for at in found.text.offsets[:-1]] == list(found.text.text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("一、任务\n内容。\n附件:1.分工表\n2.考核办法\n", ["一"]),
        ("一、任务\n内容。\n附件:1.分工表\n2.考核办法\n附件1\n分工表\n内容。\n", ["一", "附件1", "附件2"]),
        ("一、任务\n指标详见附件。\n", ["一", "附件"]),
        (
            "一、任务\n建设重点项目(项目清单见附件2),具体分工见附件1。\n附件1\n分工表\n内容。\n",
            ["一", "附件2", "附件1"],
        ),
        ("一、任务\n按照年度任务表(见附表)落实。\n", ["一", "附表"]),
        ("一、任务\n指标见附件1。\n附件\n指标表\n内容。\n", ["一", "附件"]),
        ("一、任务\n指标见附件。\n附件:指标表\n", ["一"]),
        ("一、任务\n落实《意见》(某政发〔2021〕1号)附件2。\n", ["一"]),
    ],
)
def test_annexes_that_are_only_listed_head_nothing_and_those_that_are_only_named_have_a_row(
    text: str, numbers: list[str]
) -> None:
    assert [row.section for row in find_structure("case", outline(text))] == numbers
