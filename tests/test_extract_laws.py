"""Laws of extraction: it never raises, gives the same twice, points at its source, and its steps grow with length.

Its memory does not grow with the number of documents.
"""

from __future__ import annotations

import gc
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import assert_grows_with_length

from policygraph import lexicon
from policygraph.extract import extract, parse_clause
from policygraph.model import Evidence, Findings, Source
from policygraph.normalise import normalise
from policygraph.pipeline import extract_batch
from policygraph.segment import segment
from policygraph.terms import Role

WORDS = lexicon.bundled()
PIECES = [
    "一、任务\n", "(一)", "1.", "实施控烟行动。", "(", ")", "〔", "〕", "【", "】", "[", "]", "《", "》",
    "、", ",", ";", "。", ":", "\n", " ", "牵头", "牵头单位", "配合单位:", "责任单位:", "市教育局",
    "财政局", "各区人民政府", "各县(市、区)", "等部门", "按职责分工负责", "会同", "商", "负责", "由", "和",
    "到2025年,", "2025年", "“十四五”期间,", "今年底前,", "每天", "达到", "不低于", "75%", "3%—5%",
    "百分之七十", "三分之二", "翻一番", "建成", "5个以上", "健康社区", "签约率", "持续提高",
    "指标 | 2025年 | 属性\n", "任务 | 责任单位\n", "控烟 | 市教育局\n", "| 牵头单位 |", "(牵头)", "【责任单位】", "/",
    "根据《示范市规划》", "(示政发〔2021〕7号)", "附件1\n", "附件:1.甲\n",
    "2021年4月6日\n", "示范市人民政府关于健康的意见\n", "列第一位者为牵头单位,下同", "以下均需", "下同",
    "牵頭單位", "檔案", "\u200b", "\r", "２０２５", "（", "）",
]  # fmt: skip
PLANS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def findings(text: str) -> Findings:
    return extract("plan", segment(normalise(Source("plan", text), WORDS), WORDS), WORDS)


def proofs(found: Findings) -> list[Evidence]:
    tables = (found.metadata, found.structure, found.clauses, found.responsibilities, found.targets, found.citations)
    return [row.evidence for row in chain.from_iterable(tables)]


def within(proof: Evidence, text: str) -> bool:
    """Tell whether a fact that says where it stands stands in this text."""
    return proof.start is None or proof.end is None or 0 <= proof.start <= proof.end <= len(text)


# ---------------------------------------------------------------- any text


@settings(max_examples=150, deadline=None)
@given(PLANS)
def test_any_text_is_read_without_an_error_and_twice_alike(text: str) -> None:
    assert findings(text) == findings(text)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=120))
def test_text_that_is_no_plan_is_read_without_an_error(text: str) -> None:
    assert all(within(proof, text) for proof in proofs(findings(text)))
    clause = parse_clause(text, WORDS)
    assert bool(clause.entries) != bool(clause.reason)


@settings(max_examples=150, deadline=None)
@given(PLANS)
def test_every_fact_points_into_its_source(text: str) -> None:
    for proof in proofs(findings(text)):
        assert 0 <= proof.confidence <= 1
        assert within(proof, text)


@settings(max_examples=150, deadline=None)
@given(PLANS)
def test_the_offsets_of_a_body_land_on_its_surface(text: str) -> None:
    if normalise(Source("plan", text), WORDS).converted:
        return
    for row in findings(text).responsibilities:
        place = text[row.evidence.start : row.evidence.end]
        assert "".join(normalise(Source("x", place), WORDS).printed.split()) == row.surface


@settings(max_examples=150, deadline=None)
@given(PLANS)
def test_parsing_a_clause_keeps_its_rules(text: str) -> None:
    clause = parse_clause(text, WORDS)
    assert {entry.role for entry in clause.entries} <= set(Role)
    assert bool(clause.entries) != bool(clause.reason)


# ---------------------------------------------------------------- steps

REPEATED = [
    "(", "〔", "《", "【", "、", "牵头", "各", "和", "1", "12年", "(一)", "一、\n", "\n", " ", "(牵头",
    "市教育局、", "市教育局和", "由市教育局牵头,", "到2025年,", "达到5%", "百分之", "二十", "牵头单位:",
    "牵头单位:市教育局。", "《甲》", "根据《甲》", "(市教育局负责)", "以下均需", "会同", "| ",
    "指标 | 2025年\n", "标 ", "附件1\n", "第一章", "1.1", "2021年", "等", "、商", "繁體",
]  # fmt: skip


@pytest.mark.parametrize("start", ["", "一、任务\n(一)办学校。"])
@pytest.mark.parametrize("piece", REPEATED)
def test_steps_grow_with_length(piece: str, start: str) -> None:
    assert_grows_with_length(findings, piece, start)


# ---------------------------------------------------------------- memory

FEW = 200  # references that twenty documents may leave behind; the facts of one hold more than a thousand
MOST_NAMES = 8192  # that a cache may hold
TASK = "{0}.开展第{1}号工作。到2025年,健康素养水平达到{0}.{1}%。(牵头单位:市教育局;配合单位:市财政局、县公安局)\n"
ROOMS = ("read", "normalise", "segment", "extract", "resolve", "lexicon", "concepts", "pipeline.extracting")


def write_plans(folder: Path, numbers: range) -> list[Path]:
    """Write plans of which no two are alike, though they name the same bodies."""
    paths = [folder / f"plan-{number}.txt" for number in numbers]
    for number, path in zip(numbers, paths, strict=True):
        tasks = "".join(TASK.format(at, number) for at in range(1, 16))
        path.write_text(f"示范市人民政府关于推进第{number}号行动的实施意见\n一、任务\n{tasks}", encoding="utf-8")
    return paths


def run_over(paths: list[Path], out: Path) -> None:
    """Extract documents one after the other as the command does, and let each go."""
    for outcome in extract_batch(paths, out):
        assert outcome.facts is not None, outcome.error
        assert len(outcome.facts.targets) == 15
        del outcome


def caches() -> dict[str, Any]:
    """Return the caches of the rooms between a file and its facts by where they stand, and those of the lexicon."""
    names = tuple(f"policygraph.{room}" for room in ROOMS)
    kept = lexicon.bundled().made.items()  # of what is made of the tables alone there is one for each function
    made = {f"{made.__module__}.{made.__qualname__}": held for made, held in kept if hasattr(held, "cache_info")}
    modules = {name: module for name, module in list(sys.modules.items()) if name.startswith(names)}
    return made | {
        f"{name}.{held}": thing
        for name, module in modules.items()
        for held, thing in vars(module).items()
        if hasattr(thing, "cache_info") and thing.__module__ == name
    }


def kept() -> int:
    """Return how many references the objects that are alive hold, once what nobody holds is gone."""
    gc.collect()
    return sum(len(gc.get_referents(thing)) for thing in gc.get_objects())


def test_documents_leave_nothing_behind(tmp_path: Path) -> None:
    """After ten documents (tables loaded, caches begun) twenty more leave next to nothing alive."""
    run_over(write_plans(tmp_path, range(10)), tmp_path / "out")
    before = kept()
    run_over(write_plans(tmp_path, range(10, 30)), tmp_path / "out")
    assert kept() - before < FEW


def test_what_is_left_behind_would_be_seen(tmp_path: Path) -> None:
    before = kept()
    (outcome,) = extract_batch(write_plans(tmp_path, range(1)), tmp_path / "out")
    assert outcome.facts is not None
    assert kept() - before > 5 * FEW


def test_no_cache_grows_with_the_documents(tmp_path: Path) -> None:
    """What is kept of texts and names has a limit; what has none is keyed by tables, and is whole after some plans."""
    run_over(write_plans(tmp_path, range(5)), tmp_path / "out")
    sizes = {name: found.cache_info() for name, found in caches().items()}
    assert len(sizes) > 15
    run_over(write_plans(tmp_path, range(5, 15)), tmp_path / "out")
    for name, found in caches().items():
        info = found.cache_info()
        assert (info.maxsize or 0) <= MOST_NAMES, name
        assert info.maxsize or info.currsize == sizes[name].currsize, name
