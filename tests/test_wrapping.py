"""Lines that were broken at a fixed width become paragraphs again; lines that are lines stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from variants.forms import BROKEN, broken

from policygraph import assets, lexicon
from policygraph.extract import extract
from policygraph.model import Findings, Source
from policygraph.normalise import normalise
from policygraph.segment import segment

WORDS = lexicon.bundled()
PLANS = ("sample-plan.txt", "short-plan.txt")


def joined(raw: str) -> str:
    return normalise(Source("case", raw), WORDS).text


# ---------------------------------------------------------------- two lines, whatever the text is like

PAIRS = {  # what stands in the file -> its lines
    "a bracket is open": ("(市教育局、市烟草局按职责\n      分工负责)", ["(市教育局、市烟草局按职责分工负责)"]),
    "a bracket of two lines and a label": ("(牵头单位:市教育局\n配合单位:市体育局)", None),
    "a bracket that never closes": ("(市教育局负责\n各校落实", None),
    "a bracket and a number": ("(见下\n(1)办好学校)", None),
    "a comma at the end": ("市教育局、\n  市体育局负责", ["市教育局、市体育局负责"]),
    "a comma and a heading": ("市教育局、\n一、总体要求", None),
    "a stop at the beginning": ("办好学校\n。建好球场", ["办好学校。建好球场"]),
    "a row of a table": ("指标、\n甲 | 1", None),
    "an empty line": ("市教育局、\n\n市体育局", None),
    "a torn number, and a break after it": (
        "办好学校,到2022\n年,校园\n建好球场。\n市教育局",
        ["办好学校,到2022年,校园建好球场。", "市教育局"],
    ),
    "a number that ends a line": ("联系电话: 123\n电子信箱", None),
    "a title and its number": ("按照《意见》\n(国发〔2019〕13号)办理", ["按照《意见》(国发〔2019〕13号)办理"]),
    "a title and an item": ("按照《意见》\n(1)办好学校", None),
    "two headings": ("一、总体要求\n(一)指导思想", None),
    "a page in a sentence": ("办好学校,建好\n— 3 —\n球场", ["办好学校,建好球场"]),
    "a page in a sentence, apart": ("办好学校,建好\n\n- 3 -\n\n球场", ["办好学校,建好球场"]),
    "a page between paragraphs": ("办好学校。\n第3页 共9页\n  建好球场。", ["办好学校。", "  建好球场。"]),
    "a number and its heading": ("(三)\n办好学校。各校落实", ["(三)办好学校。各校落实"]),
    "a number and another": ("(三)\n(四)办好学校", None),
    "a quotation that ends a line": ("2.推进“一照多址”\n改革。推行登记", ["2.推进“一照多址”改革。推行登记"]),
    "a quotation after a verb": ("11.推进\n“信易贷”扩面", ["11.推进“信易贷”扩面"]),
    "a heading before a quotation": ("一、发展现状\n“十一五”期间", None),
    "a title behind its verb": ("为贯彻落实\n《示范条例》,制定", ["为贯彻落实《示范条例》,制定"]),
    "the spirit of a document": (
        "落实《意见》\n(示政发〔2023〕6号)\n文件精神,制定",
        ["落实《意见》(示政发〔2023〕6号)文件精神,制定"],
    ),
    "a quotation that is open": ("提升“办理建筑\n许可”的方案", ["提升“办理建筑许可”的方案"]),
    "a quotation and a heading": ("落实“双减”\n二、主要任务", None),
    "a heading that ends in a quotation": ("1.推进“双减”\n各校加强课后服务。", None),
    "a heading that ends in 及": ("2.1 健康知识普及\n开设健康课堂。", None),
    "a word that joins": ("为落实《条例》和\n《方案》精神", ["为落实《条例》和《方案》精神"]),
    "a page as a converter names it": ("办好学校,建好\n# Page 3:\n球场", ["办好学校,建好球场"]),
    "a page of pages": ("办好学校,建好\nPage 3 of 9\n球场", ["办好学校,建好球场"]),
    "a number, and its unit": ("新增贷款8000\n亿元以上,余额增长", ["新增贷款8000亿元以上,余额增长"]),
    "a number, and a name": ("120\n人均体育场地面积,平方米", None),
    "a limit that is torn": ("力争贷款增速不低\n于10%,余额增长", ["力争贷款增速不低于10%,余额增长"]),
    "what a number is of": ("累计投放贷款总额\n突破1500 亿元;", ["累计投放贷款总额突破1500 亿元;"]),
    "a line that opens with a year": ("一、办好学校\n于2025年底前,", None),
    "a line without a mark, in a sentence": (
        "办好学校,\n加快推进全市校\n园建设,\n建好球场。",
        ["办好学校,加快推进全市校园建设,建好球场。"],
    ),
    "a number alone": ("一、总体要求\n2022\n三", None),
}


@pytest.mark.parametrize("name", PAIRS)
def test_two_lines(name: str) -> None:
    raw, lines = PAIRS[name]
    assert joined(raw).splitlines() == (raw.splitlines() if lines is None else lines)


BREAKS = ("\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029")


@pytest.mark.parametrize("sign", BREAKS, ids=ascii)
def test_every_sign_that_ends_a_line_ends_it(sign: str) -> None:
    assert joined(f"一、任务{sign}二、保障") == "一、任务\n二、保障"


# ---------------------------------------------------------------- a whole text


def facts_of(text: str) -> list[tuple[object, ...]]:
    """Return what a text says, without places and line breaks."""
    found: Findings = extract("x", segment(normalise(Source("x", text), WORDS), WORDS), WORDS)
    return [
        *((row.field, row.value) for row in found.metadata),
        *((row.section, row.heading, row.kind) for row in found.structure),
        *((row.section, row.clause, row.role, row.agency) for row in found.responsibilities),
        *((row.section, row.indicator, row.year, row.op, row.value, row.unit) for row in found.targets),
        *((row.title, row.number, row.relation) for row in found.citations),
    ]


ACROSS = ("", "\n— {} —", "\n\n- {} -\n")  # what stands between two pages


def settings() -> Iterator[tuple[str, int, str, str]]:
    yield from ((how, width, "\u3000\u3000", "") for how in BROKEN for width in (16, 20, 25, 28, 31, 36, 40, 45))
    yield from (("columns", width, "\u3000\u3000", across) for width in (28, 36) for across in ACROSS[1:])
    yield from ((how, width, "", "") for how in BROKEN for width in (28, 40))


@pytest.mark.parametrize("setting", [*settings()], ids=str)
@pytest.mark.parametrize("plan", PLANS)
def test_a_broken_text_gives_the_facts_of_the_whole_one(plan: str, setting: tuple[str, int, str, str]) -> None:
    text = assets.path("data", "examples", plan).read_text(encoding="utf-8")
    wanted = facts_of(text)
    assert len(wanted) > 20
    assert facts_of(broken(text, *setting)) == wanted


@pytest.mark.parametrize("plan", [*PLANS, "three-year-plan.txt", "faulty-draft.txt"])
def test_a_text_that_lost_its_line_breaks_says_the_same(plan: str) -> None:
    text = assets.path("data", "examples", plan).read_text(encoding="utf-8")
    assert facts_of(re.sub(r"\s+", " ", text)) == facts_of(text)


def test_a_converter_may_have_joined_some_of_the_lines() -> None:
    text = assets.path("data", "examples", "sample-plan.txt").read_text(encoding="utf-8")
    lines = broken(text, "characters", 28, "", "").split("\n")
    whole = set(text.split("\n"))
    joints = [at for at in range(1, len(lines)) if len(lines[at - 1]) == 28 and lines[at - 1] not in whole]
    mixed = "\n".join(lines[: joints[0]])
    for at in range(joints[0], len(lines)):
        mixed += ("" if at in joints[::4] else "\n") + lines[at]
    assert len(joints[::4]) > 0.05 * len(lines)
    assert facts_of(mixed) == facts_of(text)


@given(st.lists(st.text("市教育局牵头建好学校、,。", min_size=1, max_size=90), min_size=1, max_size=30))
def test_nothing_but_blanks_is_lost(lines: list[str]) -> None:
    raw = "\n".join(lines)
    assert re.sub(r"\s", "", joined(raw)) == re.sub(r"\s", "", raw)


@given(st.lists(st.text("市教育局牵头（）、。\u3000", max_size=90), max_size=30))
def test_every_place_leads_back(lines: list[str]) -> None:
    raw = "\n".join(lines)
    found = normalise(Source("x", raw), WORDS)
    places = zip(found.offsets[:-1], found.text, strict=True)
    assert all(raw[at] in (sign, "\u3000", "\n") or sign in "(),、。" for at, sign in places)
