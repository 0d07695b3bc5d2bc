"""Tables of tasks as pages and text tools print them: rows that are headings, their bodies, what was not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import lexicon, tables
from policygraph.extract import extract
from policygraph.model import Source
from policygraph.normalise import normalise
from policygraph.segment import segment

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "task_tables.tsv")


def test_the_cases_were_found() -> None:
    assert len(CASES) >= 10


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_table_of_tasks_is_read(case: dict[str, str]) -> None:
    found = extract("plan", segment(normalise(Source("plan", case["text"]), WORDS), WORDS), WORDS)
    headings = [f"{row.section} {row.heading}" for row in found.structure]
    bodies = [f"{row.section} {row.role} {row.agency}" for row in found.responsibilities]
    unread = [f"{row.section} {getattr(row.evidence.note, 'key', '')}" for row in found.clauses if row.parsed != "yes"]
    assert ";".join(headings) == case["structure"]
    assert ";".join(bodies) == case["bodies"]
    assert ";".join(unread) == case["unread"]


INDICATORS = """示范区城市更新“十五五”规划
一、发展目标
类别
序号
一级指标
二级指标
单位
属性
“十四五”
完成值
“十五五”
目标值

宜居城区
1
住房改造
成套改造面积
万平方米
预期性
25
14

2
社区建设
社区覆盖率
%
预期性
-
60

安全城区
3
设施建设
燃气管道改造长度
公里
约束性
355
421

4
人均避难面积
平方米
约束性
1.5
1.7
二、重点任务
加强建设。
"""


def test_a_table_of_indicators_printed_a_cell_a_line_is_read_with_names_that_hold_for_several_rows() -> None:
    found = extract("plan", segment(normalise(Source("plan", INDICATORS), WORDS), WORDS), WORDS)
    read = [(row.indicator, row.year, row.value, row.unit) for row in found.targets]
    assert read == [
        ("成套改造面积", 2030, "14", "万平方米"),
        ("社区覆盖率", 2030, "60", "%"),
        ("燃气管道改造长度", 2030, "421", "公里"),
        ("人均避难面积", 2030, "1.7", "平方米"),
    ]


ALIKE = """示范区城市更新“十五五”规划
一、发展目标
类别
序号
指标
单位
属性
目标
促发展
1
片区更新数量
个
预期性
2
2
楼宇更新数量
个
预期性
25
惠民生
3
住房修缮面积
万平方米
约束性
90
二、重点任务
加强建设。
"""


def test_a_value_that_is_the_number_of_the_next_row_begins_none() -> None:
    found = extract("plan", segment(normalise(Source("plan", ALIKE), WORDS), WORDS), WORDS)
    read = [(row.indicator, row.year, row.value, row.unit) for row in found.targets]
    assert read == [
        ("片区更新数量", 2030, "2", "个"),
        ("楼宇更新数量", 2030, "25", "个"),
        ("住房修缮面积", 2030, "90", "万平方米"),
    ]
