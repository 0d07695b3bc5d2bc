"""Numbers: every quantity of a text is listed once, in order, with what it is for and the rule that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import lexicon, tables
from policygraph.extract import extract
from policygraph.extract.numbers.find import find_numbers
from policygraph.extract.numbers.rules import RULES, UNREAD
from policygraph.extract.numbers.scan import quantities
from policygraph.model import Findings, NumberRow, Outline, Source
from policygraph.normalise import normalise
from policygraph.segment import segment

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "numbers.tsv")


def outline(text: str) -> Outline:
    return segment(normalise(Source("plan", text), WORDS), WORDS)


def found(text: str) -> Findings:
    return extract("plan", outline(text), WORDS)


def at(rows: tuple[NumberRow, ...], place: int) -> NumberRow:
    (row,) = (row for row in rows if (row.evidence.start or 0) <= place < (row.evidence.end or 0))
    return row


# ---------------------------------------------------------------- one number, one class


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_number_is_told_by_a_named_rule(case: dict[str, str]) -> None:
    text = case["text"].replace("\\n", "\n")
    plain = text.replace("【", "").replace("】", "")
    row = at(find_numbers("plan", outline(plain), WORDS, floor=2020), text.index("【"))
    assert (row.kind, row.evidence.rule) == (case["class"], case["rule"])


def test_every_rule_and_every_form_has_a_case() -> None:
    ruled = {rule.name for rule in (*RULES, UNREAD)}
    forms = {"date", "reference", "article", "phone", "item", "ordinal", "numbering", "name", "ratio"}
    assert {case["rule"] for case in CASES} == ruled | forms


AMOUNTS = {
    "1,200张": ("1200", "张"),
    "３０％": ("30", "%"),
    "20余家": ("20", "家"),
    "3万多人": ("3", "万人"),
    "3%—5%": ("3—5", "%"),
    "1至2个": ("1—2", "个"),
    "百分之七十五点五": ("75.5", "%"),
    "三分之二": ("66.67", "%"),
    "七成": ("7", "成"),
    "一半": ("50", "%"),
    "翻一番": ("1", "倍"),
    "十二万人": ("12", "万人"),
    "两至三个": ("2—3", "个"),
    "9/10万": ("9", "/10万"),
    "12345678901234567890": ("", ""),
}


@pytest.mark.parametrize("printed", AMOUNTS)
def test_an_amount_has_its_value_in_digits_and_its_unit(printed: str) -> None:
    text = normalise(Source("plan", f"约{printed},"), WORDS).text
    (amount,) = quantities(text, WORDS)
    assert (amount.value, amount.unit, amount.form) == (*AMOUNTS[printed], "amount")


@pytest.mark.parametrize(
    "text", ["统一规划", "进一步加强", "千方百计", "一般性工作", "三亚市", "一体推进", "十分重要", "零售企业"]
)
def test_a_word_with_a_numeral_is_no_quantity(text: str) -> None:
    assert list(quantities(text, WORDS)) == []


# ---------------------------------------------------------------- rows

PLAN = """一、任务
(一)主要目标。到2025年,覆盖率达到80%以上。步道上的30棵杨树很高。
(二)重点任务。5岁以下儿童死亡率控制在5‰以下。步道上的40棵杨树很高。
步道 | 40公里
"""


def test_a_number_that_became_a_fact_names_its_row() -> None:
    facts = found(PLAN)
    starts = {f"targets@{row.evidence.start}": row.value for row in facts.targets}
    became = {row.fact: row.value for row in facts.numbers if row.fact}
    assert became == starts == {**became, **starts}
    assert set(became.values()) == {"80", "5"}
    assert [row.kind for row in facts.numbers if row.unit == "岁"] == ["age"]


def test_a_date_names_the_event_that_it_is_of() -> None:
    facts = found("一、任务\n(一)监测评估。2025年进行试考核。其他工作2026年起开展。\n")
    (event,) = facts.schedule
    dates = [row.fact for row in facts.numbers if row.kind == "date"]
    assert dates == [f"schedule@{event.evidence.start}", ""]


def test_what_is_unread_says_what_is_at_stake() -> None:
    unread = [row.evidence.rule for row in found(PLAN).numbers if row.kind == "unread"]
    assert unread == ["unread:goal", "unread", "unread:table"]


def test_what_stands_beside_goals_is_not_below_them() -> None:
    text = "十、主要目标\n(一)树木。步道上的30棵杨树很高。\n十一、保障\n(一)树木。步道上的30棵杨树很高。\n"
    rules = {row.section: row.evidence.rule for row in found(text).numbers if row.kind == "unread"}
    assert rules == {"十(一)": "unread:goal", "十一(一)": "unread"}


def test_rows_stand_in_order_and_are_counted_by_section() -> None:
    rows = found(PLAN).numbers
    assert [row.evidence.start for row in rows] == sorted(row.evidence.start or 0 for row in rows)
    assert len({row.evidence.start for row in rows}) == len(rows)
    for section in {row.section for row in rows}:
        orders = [row.order for row in rows if row.section == section]
        assert orders == list(range(1, len(orders) + 1))
