"""Places of elsewhere that running text names as if they were its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import concepts, lexicon, tables
from policygraph.extract import extract
from policygraph.model import Findings, RegionRow, Source
from policygraph.normalise import normalise
from policygraph.resolve import resolve
from policygraph.resolve.elsewhere import elsewhere
from policygraph.segment import segment

WORDS, CONCEPTS = lexicon.bundled(), concepts.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "regions_named.tsv")


def found(text: str, own: str) -> tuple[RegionRow, ...]:
    findings = read(text)
    return elsewhere(findings.regions, (), own, 2021, CONCEPTS)


def read(text: str) -> Findings:
    plan = f"一、任务\n(一)主要做法。{text}\n"
    return extract("plan", segment(normalise(Source("plan", plan), WORDS), WORDS), WORDS)


def test_there_are_cases_of_both_kinds() -> None:
    assert len(CASES) >= 20
    assert {bool(case["expected"]) for case in CASES} == {True, False}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_place_of_elsewhere_is_told_from_those_that_are_meant(case: dict[str, str]) -> None:
    rows = found(case["text"], case["own"])
    assert "|".join(f"{row.region_id} {row.region}" for row in rows) == case["expected"], case["note"]


def test_a_row_says_where_it_stands_and_quotes_its_clause() -> None:
    (row,) = found("加强筛查,在漯河市各县区推开。", "411000")
    assert (row.section, row.quote, row.evidence.rule) == ("一(一)", "在漯河市各县区推开", "short-name")
    assert row.evidence.end == (row.evidence.start or 0) + len(row.region)


@pytest.mark.parametrize(("head", "regions"), [("浦城县控烟方案\n", ["430426"]), ("", [])])
def test_nothing_is_elsewhere_where_the_own_region_is_a_guess(head: str, regions: list[str]) -> None:
    text = "一、任务\n(一)控烟。我县在浦城县范围内补助。由浦城县农业农村局解释。\n(二)筛查。组织祁东县各乡镇开展。\n"
    findings = extract("plan", segment(normalise(Source("plan", head + text), WORDS), WORDS), WORDS)
    found = resolve(findings, CONCEPTS)
    assert found.resolved("region") == "350722"
    assert [row.region_id for row in found.regions] == regions


def test_what_stands_in_a_clause_of_duties_is_told_as_a_body() -> None:
    assert read("开展筛查。(市卫生健康委牵头,漯河市教育局配合)").regions == ()


@pytest.mark.parametrize("last", ["健康沐泽", "在漯河市", "健康中原", "巴林左旗巴林"])
def test_a_name_may_be_the_last_of_the_text(last: str) -> None:
    """What is left is shorter than some names that begin with its first letter."""
    plan = f"一、任务\n(一)主要做法。推开筛查,{last}"
    extract("plan", segment(normalise(Source("plan", plan), WORDS), WORDS), WORDS)
