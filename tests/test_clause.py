"""One responsibility clause a line: every style of naming who leads, who supports and who answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import lexicon, tables
from policygraph.extract import Clause, extract, parse_clause
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


def test_a_note_in_brackets_lays_down_a_rule_for_the_whole_document() -> None:
    text = "(市教育局、市财政局负责)\n(注:排第一的为牵头单位,其余为配合单位)"
    assert bodies(text) == ["lead:市教育局", "support:市财政局"]


def test_a_sentence_of_whom_a_body_is_made_up_is_no_clause() -> None:
    assert bodies("建立由市教育局牵头,市财政局、市人社局等部门参加的联席会议制度。") == []


def test_a_body_named_for_all_later_clauses_has_its_row_where_it_is_named() -> None:
    text = "(市教育局负责。以下均需各区政府落实,不再列出)\n(二)办好医院。(市医保局负责)"
    assert bodies(text) == ["responsible:市教育局", "responsible:各区政府", "responsible:市医保局"]
    assert found(text)[0][0].evidence.note


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


# ---------------------------------------------------------------- tables of tasks


def clause_rows(text: str) -> list[tuple[str, str, str, str]]:
    return [(row.section, row.action, row.parsed, row.evidence.rule) for row in found(text)[0]]


def test_each_row_of_a_task_table_is_a_clause_of_its_own_action() -> None:
    table = "\n序号 | 任务 | 牵头单位\n1 | 控烟 | 市教育局\n2 | 1.改水。到2025年完成。 | 市水利局\n"
    assert clause_rows(table) == [("一(一)1", "控烟", "yes", "table"), ("一(一)2", "改水", "yes", "table")]


ROW_CASES = tables.read_table(Path(__file__).parent / "cases" / "task_rows.tsv")


@pytest.mark.parametrize("case", ROW_CASES, ids=[case["text"] for case in ROW_CASES])
def test_a_row_that_names_an_action_without_bodies_is_a_clause_of_it(case: dict[str, str]) -> None:
    outline = segment(normalise(Source("plan", case["text"]), WORDS), WORDS)
    clauses, _ = find_responsibilities("plan", outline, WORDS, find_candidates(outline, WORDS))
    assert "|".join(f"{row.section}#{row.clause} {row.action}" for row in clauses) == case["clauses"]


@pytest.mark.parametrize(
    ("table", "note"),
    [
        ("\n序号 | 重点任务 | 完成时限\n1 | 控烟 | 2025年\n", "extract.table-without-roles"),
        ("\n任务 | 牵头单位 | 备注\n控烟 | 市教育局 | 甲 | 乙 | 丙\n", "extract.row-does-not-fit"),
        ("\n任务 | 牵头单位 | 备注\n控烟 |  | 2025年\n", "extract.cells-empty"),
    ],
)
def test_a_task_table_that_is_not_read_says_why(table: str, note: str) -> None:
    (row,) = found(table)[0]
    assert (row.parsed, row.evidence.rule, getattr(row.evidence.note, "key", "")) == ("no", "table:no", note)


def test_the_head_of_a_table_may_say_who_leads() -> None:
    text = "\n任务 | 责任单位(排在首位的为牵头单位)\n控烟 | 市教育局、市财政局"
    assert bodies(text) == ["lead:市教育局", "support:市财政局"]


def test_other_tables_are_no_clauses() -> None:
    assert found("\n指标 | 单位 | 2025年\n入园率 | % | 95\n")[0] == ()


# ---------------------------------------------------------------- running text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "由市住建局牵头,会同市财政局、发改委,定期举办展会。",
            ["lead:市住建局", "support:市财政局", "support:市发改委"],
        ),
        ("各部门要加强配合。各区政府要高度重视,抓好落实。", []),
        ("支持单位和社会团体与开发企业协商,提升活力。", []),
        ("由市住建局牵头,每季度组织举办房展会。", ["lead:市住建局"]),
        ("由市住建局牵头,市财政局、甲港配合。", ["lead:市住建局", "support:市财政局", "support:甲港"]),
    ],
)
def test_a_sentence_says_more_than_roles(text: str, expected: list[str]) -> None:
    assert bodies(text) == expected


# ---------------------------------------------------------------- what is not read


def test_words_that_are_not_read_are_said() -> None:
    (row,), _ = found("(市教育局牵头,市财政局配合,详见第三栏)")
    assert (row.parsed, row.evidence.rule) == ("part", "bracket:part")
    assert "详见第三栏" in str(row.evidence.note)


def test_an_unknown_name_is_a_row_of_its_own() -> None:
    _, rows = found("(市教育局牵头,甲港、市财政局配合)")
    assert [row.evidence.rule for row in rows] == ["bracket", "bracket:unknown-name", "bracket"]


def test_a_sentence_outside_the_clauses_names_bodies_for_all() -> None:
    text = "(市教育局负责)\n二、附则\n以上各项任务均由各区政府负责落实,不再单列。"
    assert bodies(text) == ["responsible:市教育局", "responsible:各区政府"]


def test_a_left_out_prefix_is_the_one_printed_elsewhere() -> None:
    text = "(示范区财政金融局负责)\n(二)办好医院。(示范区水利局、市农机局、财政金融局负责)"
    assert bodies(text)[-1] == "responsible:示范区财政金融局"


def test_a_paragraph_without_heading_has_its_first_words_for_an_action() -> None:
    clauses, _ = found("\n(二)对年内新开办的社区食堂,按照就餐人数给予一次性补助。(市民政局负责)")
    assert clauses[0].action == "对年内新开办的社区食堂,按照就餐人数给予一次性补助"


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


@pytest.mark.parametrize(
    ("rows", "actions"),
    [
        ("1 | 控烟 | 市教育局\n2 | 健身 | 市体育局", {"一1": "控烟", "一2": "健身"}),
        ("1 | 控烟 | 市教育局\n1 | 控烟 | 市体育局", {"一1": "控烟"}),
        ("三 | 控烟 | 市教育局", {"一三": "控烟"}),
    ],
    ids=["two tasks", "a task in two rows", "numbered otherwise"],
)
def test_the_numbered_tasks_of_a_table_are_actions(rows: str, actions: dict[str, str]) -> None:
    text = f"一、任务\n序号 | 任务 | 牵头单位\n{rows}\n二、保障\n加强领导。\n"
    found = extract("plan", segment(normalise(Source("plan", text), WORDS), WORDS), WORDS).structure
    assert [row.section for row in found] == ["一", *actions, "二"]
    assert {row.section: row.heading for row in found if row.kind == "action"} == actions


UNUSUAL = tables.read_table(Path(__file__).parent / "cases" / "clauses_unusual.tsv")


@pytest.mark.parametrize("case", UNUSUAL, ids=[case["text"] for case in UNUSUAL])
def test_a_clause_in_an_unusual_wording_is_read(case: dict[str, str]) -> None:
    clauses, rows = found(case["text"])
    assert ";".join(f"{row.role} {row.agency}" for row in rows) == case["bodies"]
    assert all(row.parsed != "no" for row in clauses)


def test_every_style_has_a_case() -> None:
    assert {case["style"] for case in STYLE_CASES} == {style.name for style in STYLES}
