"""What a proof reader would mark: figures, blanks, counts, dates, tables; each case with what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import lexicon, tables
from policygraph.extract import extract
from policygraph.model import Source
from policygraph.normalise import normalise
from policygraph.segment import segment

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "slips.tsv")
HEAD = "示范市人民政府关于印发示范规划（2023—2025年）的通知\n\n示范市人民政府\n2023年5月4日\n\n"


def told(text: str) -> list[str]:
    whole = f"{HEAD}一、任务\n（一）主要做法。\n{text}\n"
    found = extract("plan", segment(normalise(Source("plan", whole), WORDS), WORDS), WORDS).slips
    return [f"{row.evidence.rule} {row.slip}" for row in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_slip_is_told_by_its_rule(case: dict[str, str]) -> None:
    assert "|".join(told(case["text"].replace(",", "，").replace("13，5", "13,5"))) == case["expected"], case["note"]


def table(*rows: str) -> list[str]:
    return [each.partition(" ")[0] for each in told("\n".join(rows))]


ROWS = [f"{number} | 指标{number} | 5 | 6" for number in range(1, 7)]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["序号 | 指标 | 2023年 | 2025年", *ROWS], []),
        (["序号 | 指标 | 2023年 | 2025年", *ROWS[:5], "6 | 指标6 | 5 | —"], ["cell-empty"]),
        (["序号 | 指标 | 2023年 | 2025年", *ROWS[:5], "5 | 指标6 | 5 | 6"], ["serial-repeated"]),
        (["序号 | 指标 | 2023年 | 2024年 | 2024年", *(f"{row} | 7" for row in ROWS)], ["head-repeated"]),
        (["序号 | 项目 | 投资", "1 | 甲 | 5", "2 | 乙 | 6", "3 | 丙 | 7", "合计 | | 18"], []),
        (["序号 | 项目 | 投资", "1 | 甲 | 5", "2 | 乙 | 6", "3 | 丙 | 7", "合计 | | 20"], ["sum"]),
    ],
)
def test_what_is_wrong_in_a_table_is_told(rows: list[str], found: list[str]) -> None:
    assert table(*rows) == found


def test_so_many_actions_are_listed_as_the_text_says() -> None:
    actions = "".join(f"（{sign}）示范{sign}行动。开展检查。\n" for sign in "一二三四")
    found = [told(f"二、重点\n实施{said}项行动。\n{actions}") for said in "四五"]
    assert found == [[], ["count-differs 五项行动"]]
