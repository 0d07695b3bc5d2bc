"""What a plan's headings and tables show to be missing: numbers that skip or stand twice, actions without a text."""

from __future__ import annotations

import pytest

from policygraph import lexicon
from policygraph.extract import extract
from policygraph.extract.skips import SKIPS
from policygraph.extract.structure import MENTIONED, NO_TEXT, TASK_ROW
from policygraph.model import Source, StructureRow
from policygraph.normalise import normalise
from policygraph.segment import segment

WORDS = lexicon.bundled()
HEAD = "序号 | 行动名称 | 主要措施 | 牵头单位\n"


def structure(text: str) -> tuple[StructureRow, ...]:
    return extract("plan", segment(normalise(Source("plan", text), WORDS), WORDS), WORDS).structure


def table(*rows: str) -> list[tuple[str, str, str]]:
    """Return number, name and the number before of the rows of a task table."""
    text = f"一、任务\n任务分工表\n{HEAD}" + "".join(f"{row}\n" for row in rows)
    return [(row.section, row.heading, row.after) for row in structure(text) if row.evidence.rule == TASK_ROW]


ONE = "1 | 健康知识普及行动 | 开展宣传 | 市卫生健康委"
TWO = "2 | 控烟行动 | 开展监督 | 市卫生健康委"
FOUR = "4 | 全民健身行动 | 建设步道 | 市体育局"


def test_a_row_of_a_task_table_knows_the_number_before_it() -> None:
    assert table(ONE, TWO, FOUR) == [
        ("一1", "健康知识普及行动", ""),
        ("一2", "控烟行动", "一1"),
        ("一4", "全民健身行动", "一2"),
    ]


def test_a_number_that_stands_twice_is_a_row_of_its_own() -> None:
    found = table(ONE, TWO, "2 | 心理健康促进行动 | 开通热线 | 市卫生健康委")
    assert [row[:2] for row in found[1:]] == [("一2", "控烟行动"), ("一2", "心理健康促进行动")]


def test_a_row_without_number_goes_on_with_the_one_above() -> None:
    found = table(ONE, TWO, " | 控制烟草广告 | 开展监督 | 市市场监管局", FOUR.replace("4", "3"))
    assert [row[::2] for row in found] == [("一1", ""), ("一2", "一1"), ("一3", "一2")]


def test_a_row_between_that_was_not_read_is_no_number_left_out() -> None:
    found = table(ONE, TWO, "3 | 合理膳食行动 | 开展宣传 | 宣传栏 | 每月 | 市卫生健康委", FOUR)
    assert [row[::2] for row in found if row[0] == "一4"] == [("一4", "")]


ACTIONS = ("健康知识普及行动", "合理膳食行动", "全民健身行动", "控烟行动", "心理健康促进行动", "健康环境促进行动")


def empty(texts: list[str], actions: tuple[str, ...] = ACTIONS) -> list[str]:
    """Return the headings that are marked as having nothing below them."""
    parts = (f"({sign}){name}\n{text}" for sign, name, text in zip("一二三四五六", actions, texts, strict=True))
    rows = structure("一、总体要求\n坚持预防为主。\n二、重点行动\n" + "".join(parts) + "三、保障措施\n加强领导。\n")
    return [row.heading for row in rows if row.evidence.rule.endswith(f":{NO_TEXT}")]


DUTY = "(市卫生健康委牵头,市教育局配合)\n"
TEXT = "组建健康讲师团,开办社区健康课堂,建设一批示范点。" + DUTY


def test_an_action_of_which_nothing_is_said_but_who_answers_for_it_is_marked() -> None:
    assert empty([TEXT, TEXT, TEXT, TEXT, TEXT, DUTY]) == ["健康环境促进行动"]
    assert empty([TEXT, TEXT, "", TEXT, TEXT, TEXT]) == ["全民健身行动"]


@pytest.mark.parametrize(
    "texts",
    [
        [TEXT] * 6,
        [DUTY] * 6,  # tasks no longer than a heading
        [TEXT, TEXT, TEXT, DUTY, DUTY, DUTY],
        [TEXT, TEXT, TEXT, TEXT, TEXT, "内容见附件。\n" + DUTY],
        [TEXT, TEXT, TEXT, TEXT, TEXT, "1.改水改厕。建设管网。\n2.保护水源。划定范围。\n" + DUTY],
    ],
)
def test_headings_are_enough_where_others_have_no_more_or_parts_stand_below(texts: list[str]) -> None:
    assert empty(texts) == []


def test_headings_that_are_tasks_say_all_themselves() -> None:
    tasks = ("建设健康食堂", "开通心理热线", "完善步道网络", "开展无烟单位创建", "改造农村厕所", "实施健康行动")
    assert empty([TEXT, TEXT, TEXT, TEXT, TEXT, DUTY], tasks) == []


# ---------------------------------------------------------------- lists, blanks, annexes


def skips(numbers: str, line: str = "{}.到2022年，指标{}达到50%。", head: str = "") -> list[tuple[str, str]]:
    """Return what follows upon a number that a list left out, with the number before."""
    lines = "\n".join(line.format(number, number) for number in numbers.split())
    found = structure(f"一、工作原则\n坚持创新。\n二、主要指标\n{head}{lines}\n三、保障措施\n加强领导。\n")
    return [(row.section, row.after) for row in found if (row.evidence.rule or "").endswith(SKIPS)]


SERIAL = "序号 | 指标 | 单位 | 2025年\n"
MERGED = "领域 | 序号 | 指标 | 2025年\n"


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ("1 2 3 5 6 7", [("二5", "二3")]),
        ("1 2 3 4 5 6", []),
        ("1 2 4", []),  # too short to tell
        ("1 2 4 5 7 8", []),  # no series, or one that was not read
        ("2 3 5 6 7 8", []),
    ],
)
def test_one_number_that_a_list_left_out_is_told(numbers: str, found: list[tuple[str, str]]) -> None:
    assert skips(numbers) == found
    assert skips(numbers, "{} | 指标{} | % | 50", SERIAL) == found
    assert skips(numbers, "健康 | {} | 指标{} | 50", MERGED) == found


def test_cells_that_are_merged_repeat_their_number() -> None:
    assert skips("1 2 2 3 4 5", "{} | 指标{} | % | 50", SERIAL) == []


def test_a_number_that_stands_within_the_line_before_was_not_left_out() -> None:
    assert skips("1 2 3 5 6 7", "{}.到2022年，指标{}达到50%。4.到2022年，新的指标达到60%。") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("各镇按附表2报送进展。", ["附表2"]),
        ("按照附件3的考核评分标准评价。", ["附件3"]),
        ("按照《考核办法》附件2执行。", []),
    ],
)
def test_an_annex_by_which_something_is_done_is_named(text: str, found: list[str]) -> None:
    rows = structure(f"一、工作任务\n（一）健康知识普及行动。开展宣传。\n二、组织实施\n{text}\n")
    assert [row.section for row in rows if row.evidence.rule == MENTIONED] == found


def test_a_number_inside_a_line_was_not_left_out_between_headings() -> None:
    text = "一、住房\n1.鼓励旧换新。支持需求。[责任单位:市住建局]{}优化信贷。\n3.退税支持。落实政策。\n二、保障\n"
    after = {mark: structure(text.format(mark))[-2].after for mark in ("2.", "")}
    assert after == {"2.": "", "": "一1"}


# ---------------------------------------------------------------- totals

TOTALS = [
    ("2023年、2024年、2025年各建成50处,三年共建成160处", "三年共建成160处"),
    ("2023年、2024年、2025年各建成50处,三年共建成150处", ""),
    ("三年新建公园40个,其中2023年10个、2024年10个、2025年8个", "三年新建公园40个"),
    ("三年新建公园40个,其中2023年10个、2024年20个、2025年10个", ""),
    ("三年新建公园40个,其中2023年10个、2024年10个", ""),  # not all years are named
    ("三年新建公园40个,其中2023年10公里、2024年10公里、2025年8公里", ""),
    ("三年安排专项资金900万元,其中第一年200万元、第二年300万元、第三年500万元", "三年安排专项资金900万元"),
    ("到2025年建成基地12个,其中2023年4个、2024年4个、2025年5个", "12个,其中"),
    ("到2025年建成基地12个,其中2023年4个、2024年8个、2025年12个", ""),  # each year has what was there before
    ("五年投入1200万元,每年300万元", "五年投入1200万元,每年300万元"),
    ("五年投入1500万元,每年300万元", ""),
    ("五年投入1500万元,每年不低于200万元", ""),
    ("三年服务3000人,每年培训100人次", ""),
    ("2023年至2025年培训医师600人,每年培训250人", "2023年至2025年培训医师600人,每年培训250人"),
    ("每年培训200人,三年共培训600人", ""),
    ("每年培训200人,三年共培训800人", "每年培训200人,三年共培训800人"),
]


@pytest.mark.parametrize(("sentence", "wrong"), TOTALS)
def test_a_total_of_years_is_the_sum_of_their_numbers(sentence: str, wrong: str) -> None:
    text = f"示范规划(2023—2025年)\n一、任务\n推进建设。\n二、目标\n{sentence}。\n"
    found = extract("plan", segment(normalise(Source("plan", text), WORDS), WORDS), WORDS).slips
    assert "|".join(row.slip for row in found if row.evidence.rule == "sum") == wrong


def table_of(rows: str) -> list[str]:
    """Return the sections of which a table has one wrong total."""
    table = rows.replace("/", "\n")
    text = f"一、任务\n推进建设。\n二、任务分解\n{table}\n三、保障\n加强领导。\n"
    found = extract("plan", segment(normalise(Source("plan", text), WORDS), WORDS), WORDS).slips
    return [row.section for row in found if row.evidence.rule == "sum"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("序号|县区|2024年|2025年|合计/1|甲县|10|20|30/2|乙县|5|5|10/3|丙县|7|8|16/4|丁县|1|2|3", ["二"]),
        ("序号|县区|2024年|2025年|合计/1|甲县|10|20|30/2|乙县|5|5|10/3|丙县|7|8|15/4|丁县|1|2|3", []),
        ("县区|2024年|2025年|2026年/甲县|10|20|1/乙县|5|5|1/合计|15|25|3", ["二"]),  # of a column
        ("县区|2024年|2025年|合计/甲县|10|20|99/乙县|5|5|98/丙县|7|8|97", []),  # no total of these
    ],
)
def test_a_table_of_which_one_total_is_wrong_is_told(rows: str, found: list[str]) -> None:
    assert table_of(rows) == found


# ---------------------------------------------------------------- contents

BODY = {
    "一、总体要求": "坚持预防为主。",
    "二、主要任务": "",
    "(一)控烟行动": "建设无烟单位。",
    "(二)心理健康行动": "开通心理热线。",
    "三、组织实施": "加强领导。",
}
FIRST = "一、总体要求|二、主要任务|三、组织实施"
BOTH = "一、总体要求|二、主要任务|(一)控烟行动|(二)心理健康行动|三、组织实施"


def differing(contents: str, body: dict[str, str] | None = None) -> list[str]:
    """Return what a table of contents has otherwise than the text."""
    lines = "".join(f"{heading}\n{text}\n" for heading, text in (body or BODY).items())
    rows = structure("方案\n目  录\n" + contents.replace("|", "\n") + "\n" + lines)
    return [f"{row.section} {row.heading}" for row in rows if "contents" in (row.evidence.rule or "")]


@pytest.mark.parametrize(
    "contents",
    [FIRST, BOTH, BOTH.replace("|", "……3|"), "一、总体要求 1|二、主要任务 2|三、组织实施 5", FIRST + "|附件 指标表"],
)
def test_contents_that_agree_with_the_text_are_not_told(contents: str) -> None:
    assert differing(contents) == []


@pytest.mark.parametrize(
    ("contents", "found"),
    [
        (FIRST + "|四、督导评估", ["目录四 督导评估"]),  # more than the text has
        (BOTH.replace("|(二)心理健康行动", ""), ["二(二) 心理健康行动"]),  # less
        (BOTH.replace("控烟", "健康知识普及"), ["二(一) 控烟行动"]),  # another name
        ("一、总体要求|二、主要任务|(一)心理健康行动|(二)控烟行动|三、组织实施", ["二(一) 控烟行动"]),  # changed places
        ("一、总体要求|二、主要任务", ["三 组织实施"]),
    ],
)
def test_headings_that_the_contents_have_otherwise_are_told_once(contents: str, found: list[str]) -> None:
    assert differing(contents) == found


def test_a_text_goes_on_behind_the_heading_that_its_contents_name() -> None:
    body = {f"{heading}。{text}": "" for heading, text in BODY.items()}
    assert differing(BOTH, body) == []
