"""Targets: one text a line with the targets it states, then the years, quotes and doubts that go with them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from policygraph import lexicon, tables
from policygraph.extract.numerals import arabic
from policygraph.extract.targets import find_targets
from policygraph.extract.years import lead_in
from policygraph.model import Source, TargetRow
from policygraph.normalise import normalise
from policygraph.segment import segment

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "targets.tsv")


def targets(text: str, after: str = "") -> tuple[TargetRow, ...]:
    """Return the targets of an action; ``after`` stands behind the plan (a signature)."""
    plan = f"一、任务\n(一)实施示范行动\n{text}\n{after}"
    return find_targets("plan", segment(normalise(Source("plan", plan), WORDS), WORDS), WORDS)


def shown(rows: tuple[TargetRow, ...]) -> str:
    cells = ((r.indicator, str(r.year or "-"), r.op, r.value or "-", r.unit or "-", r.baseline or "-") for r in rows)
    return "|".join(" ".join(row) for row in cells)


def test_the_cases_were_found() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_target_is_read(case: dict[str, str]) -> None:
    assert shown(targets(case["text"])) == case["targets"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_quote_stands_in_the_source_where_its_offsets_say(case: dict[str, str]) -> None:
    plan = f"一、任务\n(一)实施示范行动\n{case['text']}\n"
    for row in targets(case["text"]):
        assert plan[row.evidence.start : row.evidence.end].strip().replace("\n", " ") == row.quote


# ---------------------------------------------------------------- years


def test_a_lead_in_that_stands_alone_holds_for_its_paragraph() -> None:
    rows = targets("到2025年,签约率达到75%。筛查率达到60%。\n复诊率明显提高。")
    assert [(row.indicator, row.year) for row in rows] == [("签约率", 2025), ("筛查率", 2025)]


def test_a_lead_in_that_runs_on_holds_for_its_sentence() -> None:
    assert [row.year for row in targets("到2025年签约率达到75%,筛查率达到60%。复诊率达到50%。")] == [2025, 2025, None]


def test_a_year_before_one_number_does_not_end_the_lead_in_around_it() -> None:
    rows = targets("到2025年,签约率达到75%,2023年筛查率达到50%,复诊率达到60%。")
    assert [(row.indicator, row.year) for row in rows] == [("签约率", 2025), ("筛查率", 2023), ("复诊率", 2025)]


SIGNED = "示范市人民政府\n2022年5月6日\n"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("今年底前,签约率达到75%。", 2022),
        ("年底前,签约率达到75%。", 2022),
        ("今年6月底前,签约率达到75%。", 2022),
        ("10月底前,签约率达到75%。", 2022),
        ("到明年底,签约率达到75%。", 2023),
        ("2022年签约率达到75%。", 2022),
    ],
)
def test_a_term_without_year_counts_from_the_document(text: str, year: int) -> None:
    (row,) = targets(text, SIGNED)
    assert row.year == year
    assert row.evidence.confidence <= Decimal("0.8")


def test_what_has_been_is_no_target() -> None:
    assert targets("2021年签约率达到75%。", SIGNED) == ()


@pytest.mark.parametrize("text", ["自2024年1月1日至2025年12月31日执行", "2025年12月31日,大会召开", "2021年4月6日印发"])
def test_a_date_is_no_lead_in(text: str) -> None:
    assert lead_in(text, WORDS) is None


def test_lost_characters_after_a_year_are_noticed() -> None:
    (row,) = targets("到202265-74岁老年人失能发生率有所下降。")
    assert (row.year, row.indicator) == (2022, "65-74岁老年人失能发生率")
    assert row.evidence.note
    assert row.evidence.confidence < Decimal("0.7")


# ---------------------------------------------------------------- doubts


DOUBTFUL = {
    "a ratio without year": "签约率达到75%以上。",
    "more values than years": "到2025年,签约率分别达到75%、80%和85%。",
    "names that share their end": "到2025年,高血压、糖尿病规范管理率分别达到70%、65%。",
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_doubtful_target_says_why(name: str) -> None:
    for row in targets(DOUBTFUL[name]):
        assert row.evidence.confidence <= Decimal("0.6")
        assert row.evidence.note


def test_a_plain_target_is_sure() -> None:
    (row,) = targets("到2025年,签约率达到75%。")
    assert row.evidence.confidence > Decimal("0.95")
    assert not row.evidence.note


def test_a_responsibility_clause_holds_no_target() -> None:
    assert targets("(市教育局牵头,到2025年,覆盖率达到100%)") == ()


def test_the_attribute_of_an_indicator_is_kept() -> None:
    (row,) = targets("指标 | 2025年 | 属性\n签约率(%) | 75 | 约束性")
    assert "约束性" in row.evidence.note


def test_the_first_of_two_plain_years_is_where_things_stand() -> None:
    table = "指标 | 2020年 | 2025年\n签约率(%) | 60 | 75"
    assert shown(targets(table)) == "签约率 2025 = 75 % -"
    assert shown(targets(table, "2021年5月6日\n")) == "签约率 2025 = 75 % -"
    assert len(targets(table, "2019年5月6日\n")) == 2


def test_a_table_and_a_sentence_stand_in_the_order_of_the_text() -> None:
    rows = targets("到2025年,签约率达到75%。\n指标 | 2025年\n筛查率(%) | 60\n到2030年,签约率达到85%。")
    assert [row.value for row in rows] == ["75", "60", "85"]


# ---------------------------------------------------------------- numerals


NUMERALS = [
    ("覆盖率达到百分之七十五点五", "覆盖率达到75.5%"),
    ("控制在千分之五以内", "控制在5‰以内"),
    ("达到三分之二", "达到66.67%"),
    ("三分之二以上的县", "三分之二以上的县"),
    ("不少于一百二十所", "不少于120所"),
    ("培养三十五万名", "培养35万名"),
    ("不低于一亿三千万元", "不低于130000000元"),
    ("比二〇二〇年提高", "比2020年提高"),
    ("产值翻两番", "产值增长3倍"),
    ("一级医院达到标准", "一级医院达到标准"),
    ("达到三级水平", "达到三级水平"),
    ("融为一体", "融为一体"),
    ("“一老一小”", "“一老一小”"),
]


@pytest.mark.parametrize(("text", "digits"), NUMERALS, ids=[text for text, _ in NUMERALS])
def test_numerals_are_read_where_they_count(text: str, digits: str) -> None:
    assert arabic(text, WORDS) == digits
