"""One responsibility clause a line: every style of naming who leads, who supports and who answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import lexicon, tables
from policygraph.extract import Clause, parse_clause
from policygraph.extract.grammar.brackets import brackets
from policygraph.extract.responsibilities.find import find_responsibilities
from policygraph.extract.responsibilities.styles import STYLES, find_candidates
from policygraph.model import ClauseRow, ResponsibilityRow, Source
from policygraph.normalise import normalise
from policygraph.segment import segment

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "clauses.tsv")
ROLES = ("lead", "support", "responsible", "implement")


def parse(text: str, rule: str = "") -> Clause:
    return parse_clause(normalise(Source("case", text), WORDS).text, WORDS, rule)


def found(text: str) -> tuple[tuple[ClauseRow, ...], tuple[ResponsibilityRow, ...]]:
    """Return the clauses and bodies of a plan with one measure."""
    outline = segment(normalise(Source("plan", f"一、任务\n(一)办好学校。{text}\n"), WORDS), WORDS)
    return find_responsibilities("plan", outline, WORDS, find_candidates(outline, WORDS))


def bodies(text: str) -> list[str]:
    return [f"{row.role}:{row.agency}" for row in found(text)[1]]


def test_the_cases_were_found() -> None:
    assert len(CASES) >= 120


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_clause_is_read(case: dict[str, str]) -> None:
    rule = case["note"].removeprefix("rule=") if case["note"].startswith("rule=") else ""
    clause = parse(case["text"], rule)
    got = {role: "|".join(entry.name for entry in clause.entries if entry.role == role) for role in ROLES}
    assert got == {role: case[role] for role in ROLES}
    assert clause.open == (case["open"] == "yes")
    assert "|".join(clause.left) == case["left"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_surface_stands_in_the_clause(case: dict[str, str]) -> None:
    text = normalise(Source("case", case["text"]), WORDS).text
    for entry in parse(case["text"]).entries:
        assert "".join(text[entry.start : entry.end].split()) == entry.surface


def test_a_clause_without_bodies_says_why() -> None:
    assert parse("(另行制定)").reason
    assert not parse("(另行制定)").entries


# ---------------------------------------------------------------- in a document


@pytest.mark.parametrize(
    "text",
    [
        "(牵头单位:市教育局)",
        "\n牵头单位:市教育局。",
        "由市教育局牵头,抓好落实。",
        "\n(牵头单位:市教育局",
        "(见附表)(牵头单位:市教育局)",
        "(未完\n(牵头单位:市教育局)",
    ],
)
def test_a_clause_is_found_wherever_it_stands(text: str) -> None:
    assert bodies(text) == ["lead:市教育局"]


def test_brackets_that_name_no_role_are_no_clauses() -> None:
    assert found("(以下简称方案)按期完成(2025年底前)。")[0] == ()


def test_a_clause_that_is_not_understood_is_listed_with_its_reason() -> None:
    clauses, rows = found("(由评审专家牵头)")
    assert [row.parsed for row in clauses] == ["no"]
    assert clauses[0].evidence.note
    assert clauses[0].evidence.rule == "bracket:no"
    assert rows == ()


def test_a_rule_holds_for_all_later_clauses() -> None:
    text = "(市教育局、市财政局负责。列第一位者为牵头单位,下同)\n(二)办好医院。(市医保局、市税务局负责)"
    assert bodies(text) == ["lead:市教育局", "support:市财政局", "lead:市医保局", "support:市税务局"]


def test_a_body_named_for_all_later_clauses_is_carried_and_marked() -> None:
    text = "(市教育局负责。以下均需各区政府落实,不再列出)\n(二)办好医院。(市医保局负责)"
    assert bodies(text)[2:] == ["responsible:市医保局", "responsible:各区政府"]
    assert found(text)[1][-1].evidence.note


def test_a_mended_name_is_marked() -> None:
    row = found("(责任单位:区卫键委)")[1][0]
    assert (row.agency, row.surface) == ("区卫健委", "区卫键委")
    assert row.evidence.note
    assert row.evidence.rule == "bracket:misprint"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市财政局负责补贴资金的筹集,并纳入预算。", ["responsible:市财政局"]),
        ("市民政局、残联共同负责无障碍改造。", ["responsible:市民政局", "responsible:市残联"]),
        ("市公安局负责户籍认定;各区政府负责组织安置。", ["responsible:市公安局", "responsible:各区政府"]),
        ("市住建局牵头负责房源管理。", ["lead:市住建局"]),
        ("本办法由市住建局负责解释。", []),
        ("市住建局负责解释本办法。", []),
        ("市教育局负责人到场。", []),
        ("推进委员会办公室负责组织实施。", []),
        ("开发企业负责运营管理。", []),
    ],
)
def test_a_sentence_says_what_a_department_is_responsible_for(text: str, expected: list[str]) -> None:
    assert bodies(text) == expected


def test_a_rule_outside_the_clauses_holds_for_the_whole_document() -> None:
    text = "(市教育局、市财政局负责)\n二、附则\n各项举措中排序第一的责任单位为该项牵头单位。"
    assert bodies(text) == ["lead:市教育局", "support:市财政局"]


def test_clauses_of_one_action_are_numbered() -> None:
    clauses, _ = found("抓课程(市教育局负责)。抓场地(市体育局负责)。")
    assert [row.clause for row in clauses] == [1, 2]


def test_names_are_shown_with_the_marks_of_the_page() -> None:
    row = found("（责任单位：各县（市、区）人民政府）")[1][0]
    assert row.agency == row.surface == "各县（市、区）人民政府"


# ---------------------------------------------------------------- brackets


@pytest.mark.parametrize(
    ("text", "closed", "unclosed"),
    [
        ("(甲)", [(0, 3)], []),
        ("(甲(乙))", [(0, 6)], []),
        ("(甲[乙)", [], [0, 2]),
        ("[甲(乙)]", [(0, 6)], []),
        ("(甲。(乙)", [(3, 6)], [0]),
        (")甲(", [], [2]),
        ("(甲(乙。丙)", [(0, 7)], []),
    ],
)
def test_outermost_brackets(text: str, closed: list[tuple[int, int]], unclosed: list[int]) -> None:
    assert brackets(text, 0, len(text)) == (closed, unclosed)


# ---------------------------------------------------------------- styles

STYLE_CASES = tables.read_table(Path(__file__).parent / "cases" / "clause_styles.tsv")


@pytest.mark.parametrize("case", STYLE_CASES, ids=[case["style"] for case in STYLE_CASES])
def test_a_clause_is_found_in_its_style(case: dict[str, str]) -> None:
    outline = segment(normalise(Source("plan", f"一、任务\n(一)办好学校。{case['text']}\n"), WORDS), WORDS)
    candidates = find_candidates(outline, WORDS)
    _, rows = find_responsibilities("plan", outline, WORDS, candidates)
    assert [found.style.name for section in candidates for found in section] == [case["style"]]
    assert ";".join(f"{row.role} {row.agency}" for row in rows) == case["bodies"]


def test_every_style_has_a_case() -> None:
    assert {case["style"] for case in STYLE_CASES} == {style.name for style in STYLES}
