"""What a proof reader would mark: figures, blanks, counts, dates, tables; each case with what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import lexicon, tables
from policygraph.concepts import bundled
from policygraph.extract import extract
from policygraph.model import Source
from policygraph.normalise import normalise
from policygraph.resolve import resolve
from policygraph.segment import segment

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "slips.tsv")
HEAD = "示范市人民政府关于印发示范规划（2023—2025年）的通知\n\n示范市人民政府\n2023年5月4日\n\n"


def told(text: str) -> list[str]:
    lines = text.replace("\\n", "\n")
    whole = f"{HEAD}一、任务\n（一）主要做法。\n{lines}\n"
    found = extract("plan", segment(normalise(Source("plan", whole), WORDS), WORDS), WORDS).slips
    return [f"{row.evidence.rule} {row.slip}" for row in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_slip_is_told_by_its_rule(case: dict[str, str]) -> None:
    assert "|".join(told(case["text"].replace(",", "，").replace("13，5", "13,5"))) == case["expected"], case["note"]


def table(*rows: str) -> list[str]:
    return [each.partition(" ")[0] for each in told("\n".join(rows))]


ROWS = [f"{number} | 指标{number} | 5 | 6" for number in range(1, 7)]

TASKS = [f"{number} | 任务{number} | 市教育局" for number in range(1, 7)]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["序号 | 指标 | 2023年 | 2025年", *ROWS], []),
        (["序号 | 指标 | 2023年 | 2025年", *ROWS[:5], "6 | 指标6 | 5 | —"], ["cell-empty"]),
        (["序号 | 指标 | 2023年 | 2025年", *ROWS[:5], "5 | 指标6 | 5 | 6"], ["serial-repeated"]),
        (["序号 | 指标 | 2023年 | 2024年 | 2024年", *(f"{row} | 7" for row in ROWS)], ["head-repeated"]),
        (["序号 | 任务 | 牵头单位", *TASKS], []),
        (["序号 | 任务 | 牵头单位", *TASKS[:5], "6 | 任务6 | "], ["cell-empty"]),
        (["序号 | 指标 | 2023年 | 2025年", *ROWS[:5], "6 | 指标6 | 5 | ××"], ["blank"]),
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


@pytest.mark.parametrize(("parts", "found"), [("十 十", ["member-repeated （二）健康示范行动。"]), ("十 十一", [])])
def test_an_action_is_repeated_in_its_own_part_not_in_one_whose_number_begins_alike(
    parts: str, found: list[str]
) -> None:
    one, other = parts.split()
    again = "（二）" if one == other else f"{other}、进度\n（一）"
    assert told(f"{one}、重点\n（一）健康示范行动。\n开展检查。\n{again}健康示范行动。\n开展抽查。") == found


NOTICE = (
    "示范市人民政府关于印发示范方案的通知\n\n{}\n\n示范市人民政府\n2023年5月4日\n\n示范方案\n\n一、任务\n开展检查。\n{}"
)


def in_notice(sent: str, below: str = "") -> list[str]:
    whole = NOTICE.format(sent, below)
    found = extract("plan", segment(normalise(Source("plan", whole), WORDS), WORDS), WORDS).slips
    return [f"{row.evidence.rule} {row.slip}" for row in found]


@pytest.mark.parametrize(
    ("sent", "below", "found"),
    [
        ("现将《示范方案》印发给你们。", "", []),
        ("现将《示范市工作方案》印发给你们。", "", ["titles-differ 示范市工作方案"]),
        ("示范局制定的《示范工作方案》已经市政府同意，现转发给你们。", "", ["titles-differ 示范工作方案"]),
        ("示范局制定的《示范方案》已经市政府同意，现转发给你们。", "", []),
        ("现将有关材料印发给你们。", "附件：示范指标框架\n\n附件\n示范指标框架\n指标三项。\n", []),
        (
            "现将有关材料印发给你们。",
            "附件：示范指标框架\n\n附件\n示范评价体系\n指标三项。\n",
            ["annex-title-differs 示范评价体系"],
        ),
    ],
)
def test_a_title_that_is_given_in_two_ways_is_told(sent: str, below: str, found: list[str]) -> None:
    assert in_notice(sent, below) == found


@pytest.mark.parametrize(("said", "found"), [("三", []), ("4", ["count-differs 等4部门"]), ("13", [])])
def test_as_many_bodies_sign_as_the_title_says(said: str, found: list[str]) -> None:
    head = f"大连市教育局等{said}部门关于印发示范方案的通知\n连教发〔2023〕4号\n各区人民政府：\n现印发给你们。\n"
    signed = "大连市教育局　大连市财政局　大连市民政局\n2023年5月4日\n\n示范方案\n一、任务\n开展检查。\n"
    slips = extract("plan", segment(normalise(Source("plan", head + signed), WORDS), WORDS), WORDS).slips
    assert [f"{row.evidence.rule} {row.slip}" for row in slips] == found


@pytest.mark.parametrize(
    ("number", "found"), [("示政发〔2023〕7号", []), ("示政发[2023]7号", ["document-number [2023]7号"])]
)
def test_all_numbers_of_a_text_have_brackets_of_one_kind(number: str, found: list[str]) -> None:
    assert told(f"根据国发〔2019〕13号和{number}开展检查。") == found


def test_a_part_is_referred_to_that_there_is() -> None:
    parts = "第一部分 目标\n开展检查。\n第二部分 任务\n开展检查。\n第三部分 保障\n对第{}部分所列任务开展检查。\n"
    assert [told(parts.format(number)) for number in "二四"] == [[], ["reference-absent 第四部分"]]


def test_what_stands_twice_is_told() -> None:
    goal = "水平不低于25%，其余各项指标均有改善，并保持稳定。\n"
    points = f"1．素养{goal}2．健身{goal}{{}}．控烟{goal}4．心理{goal}"
    assert [told(points.format(number)) for number in "32"] == [[], ["serial-repeated 2．"]]
    rows = ["序号 | 项目 | 时间", "1 | 示范驿站 | 2024年", "2 | 示范步道 | 2024年", "3 | 示范{} | 2024年"]
    assert [table(*rows[:3], rows[3].format(name)) for name in ("公园", "驿站")] == [[], ["row-repeated"]]


def test_so_many_stand_below_a_heading_as_it_says() -> None:
    actions = "".join(f"（{sign}）示范{sign}做法。开展检查。\n" for sign in "一二三")
    found = [told(f"二、任务（共{said}项）\n{actions}") for said in "三四"]
    assert found == [[], ["count-differs （共四项）"]]


def test_a_table_is_referred_to_that_there_is() -> None:
    assert [told(f"表1 示范指标\n按表{number}报送。") for number in (1, 2)] == [[], ["reference-absent 表2"]]


def test_a_place_goes_by_the_name_of_its_day() -> None:
    head = "大连市普兰店区人民政府关于印发示范方案的通知\n\n大连市普兰店区人民政府\n{}年5月4日\n\n"
    text = f"{head}一、任务\n普兰店市各街道办事处报送进展。\n"
    found = [
        resolve(extract("plan", segment(normalise(Source("plan", text.format(year)), WORDS), WORDS), WORDS), bundled())
        for year in (2014, 2021)
    ]
    former = [[row.slip for row in each.slips if row.evidence.rule == "place-former"] for each in found]
    assert former == [[], ["普兰店市"]]
