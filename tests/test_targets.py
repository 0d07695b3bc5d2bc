"""Targets: one text a line with the targets it states, then the years, quotes and doubts that go with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import lexicon, tables
from policygraph.extract.grammar.years import lead_in
from policygraph.extract.metadata.dating import DocumentYears, when_written
from policygraph.extract.reading import read_outline
from policygraph.extract.targets.find import find_targets
from policygraph.extract.targets.readings import READINGS
from policygraph.extract.targets.refusals import REFUSALS
from policygraph.extract.targets.scope import FoundTargets
from policygraph.extract.targets.tables import CELL
from policygraph.model import MetadataRow, Source, TargetRow
from policygraph.normalise import normalise
from policygraph.segment import segment

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "targets.tsv")


def targets(text: str, after: str = "") -> tuple[TargetRow, ...]:
    """Return the targets of an action; ``after`` stands behind the plan (a signature)."""
    plan = f"一、任务\n(一)实施示范行动\n{text}\n{after}"
    return read(plan)


def read(text: str) -> tuple[TargetRow, ...]:
    return found_in(text).rows


def found_in(text: str) -> FoundTargets:
    outline = segment(normalise(Source("plan", text), WORDS), WORDS)
    known = read_outline("plan", outline, WORDS)
    return find_targets("plan", outline, WORDS, known.clauses, known.years)


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


# ---------------------------------------------------------------- rules by their names

RULES = tables.read_table(Path(__file__).parent / "cases" / "target_rules.tsv")
REFUSED = tables.read_table(Path(__file__).parent / "cases" / "target_refusals.tsv")
OTHER_RULES = {"part", "listed", "elided", "aside", "said-before", "rank", "trend", CELL}  # beside the list
WITHOUT_NUMBER = {"front", "nameless"}  # what they refuse is shown elsewhere: test_what_a_plan_looks_back_on


@pytest.mark.parametrize("case", RULES, ids=[case["rule"] for case in RULES])
def test_a_rule_reads_its_example_under_its_name(case: dict[str, str]) -> None:
    rows = targets(case["text"])
    assert shown(rows) == case["targets"]
    assert case["rule"] in {row.evidence.rule for row in rows}


@pytest.mark.parametrize("case", REFUSED, ids=[case["refusal"] for case in REFUSED])
def test_a_refusal_decides_about_its_example(case: dict[str, str]) -> None:
    text = f"一、任务\n(一)实施示范行动\n{case['text']}\n{SIGNED}"
    found = found_in(text)
    refused = [each for each in found.decisions if each.kind != "target"]
    assert not {row.value for row in found.rows}.intersection(case["numbers"].split())
    decided = [(each.rule, each.kind, text[each.start : each.end]) for each in refused]
    assert decided == [(case["refusal"], case["class"], number) for number in case["numbers"].split()]


def test_every_rule_and_every_refusal_has_an_example() -> None:
    named = {case["rule"].partition(":")[0] for case in RULES}
    assert named == {reading.name for reading in READINGS} | OTHER_RULES
    assert {case["refusal"] for case in REFUSED} == {each.name for each in REFUSALS} - WITHOUT_NUMBER


@pytest.mark.parametrize("case", RULES, ids=[case["rule"] for case in RULES])
def test_the_numbers_of_a_row_are_claimed_where_they_stand(case: dict[str, str]) -> None:
    text = f"一、任务\n(一)实施示范行动\n{case['text']}\n"
    found = found_in(text)
    claimed = [(each.fact_start, text[each.start : each.end]) for each in found.decisions]
    assert claimed == [(row.evidence.start, row.value) for row in found.rows if row.value]


# ---------------------------------------------------------------- under headings and titles

IN_CONTEXT = tables.read_table(Path(__file__).parent / "cases" / "targets_in_context.tsv")


@pytest.mark.parametrize("case", IN_CONTEXT, ids=[f"{case['heading']}{case['text']}" for case in IN_CONTEXT])
def test_headings_and_titles_say_what_a_number_is_and_for_which_year(case: dict[str, str]) -> None:
    said = case["text"].replace("\\n", "\n")
    text = f"{case['title']}\n\n一、总则\n{case['heading']}\n{said}\n(二)其他\n"
    assert shown(read(text)) == case["targets"]


def test_the_title_below_a_notice_says_for_which_years_the_plan_is_made() -> None:
    notice = (
        "示范市人民政府关于印发充电实施方案的通知\n\n各区人民政府:\n现印发给你们。\n示范市人民政府\n2023年5月1日\n\n"
    )
    tasks = "\n\n一、任务\n(一)建设\n建成充电站30座。\n(二)其他\n"
    assert shown(read(f"{notice}充电实施方案(2024—2030年){tasks}")) == "建成充电站 2030 = 30 座 -"
    assert shown(read(f"{notice}充电实施方案{tasks}")) == "建成充电站 - = 30 座 -"
    assert shown(read(f"{notice}示范省充电设施2024 年行动计划{tasks}")) == "建成充电站 2024 = 30 座 -"


@pytest.mark.parametrize(
    "opening",
    [
        "到2027年,示范产值达到50亿元。\n一、任务\n",
        "一、主要目标\n到2027年,示范产值达到50亿元。\n二、任务\n",
        "一、总体要求\n到2027年,示范产值达到50亿元。\n二、任务\n",
    ],
    ids=["in the opening", "under a heading of goals", "under one of all"],
)
def test_a_task_without_a_year_has_that_of_the_goals(opening: str) -> None:
    rows = read(f"示范市产业方案\n\n{opening}(一)建设\n建成示范园30座。审批时间压缩至3个工作日。\n")
    assert [(row.value, row.year, row.evidence.rule.rpartition(":")[2]) for row in rows[1:]] == [
        ("30", 2027, "goals-year"),
        ("3", None, "no-year"),
    ]


def test_goals_of_two_years_give_a_task_none() -> None:
    rows = read(
        "示范市产业方案\n\n一、主要目标\n到2025年,产值达到50亿元。\n到2030年,产值达到90亿元。\n二、任务\n(一)建设\n建成示范园30座。\n"
    )
    assert [row.year for row in rows] == [2025, 2030, None]


# ---------------------------------------------------------------- years

SIGNED = "示范市人民政府\n2022年5月6日\n"


def test_a_lead_in_that_stands_alone_holds_for_its_paragraph() -> None:
    rows = targets("到2025年,签约率达到75%。筛查率达到60%。\n复诊率明显提高。")
    assert [(row.indicator, row.year) for row in rows] == [("签约率", 2025), ("筛查率", 2025)]


def test_parts_of_what_comes_each_year_are_quoted_with_it() -> None:
    quotes = [row.quote for row in targets("每年开展巡讲200场,其中县市120场。")]
    assert quotes == ["每年开展巡讲200场", "每年开展巡讲200场,其中县市120场"]


def test_a_lead_in_that_runs_on_holds_for_its_sentence() -> None:
    assert [row.year for row in targets("到2025年签约率达到75%,筛查率达到60%。复诊率达到50%。")] == [2025, 2025, None]


def test_a_year_before_one_number_does_not_end_the_lead_in_around_it() -> None:
    rows = targets("到2025年,签约率达到75%,2023年筛查率达到50%,复诊率达到60%。")
    assert [(row.indicator, row.year) for row in rows] == [("签约率", 2025), ("筛查率", 2023), ("复诊率", 2025)]


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
    assert row.evidence.rule in ("level:this-year", "level")


@pytest.mark.parametrize(
    "text",
    [
        "2021年签约率达到75%。",
        "2020年,森林覆盖率达到45%,湿地保护率达到50%以上。",
        "到2020年底,毛入园率达到90%。",
        "规划提出,到2020年,毛入园率达到90%。",
        "“十三五”期间,空气质量优良天数比例达到85%。",
        "“十三五”末,公路优良率达到90%。",
        "截至2022年3月末,小微企业贷款增速达到20%。",
        "2022年社会消费品零售额同比增长6%。",
        "今年以来,新增养老床位500张。",
    ],
)
def test_what_has_been_is_no_target(text: str) -> None:
    assert targets(text, SIGNED) == ()


@pytest.mark.parametrize(
    ("text", "shown_rows"),
    [
        (
            "2023年城镇新增就业28万人,农村劳动力转移就业15万人。登记失业率低于5%。",
            "城镇新增就业 2023 rise 28 万人 -|农村劳动力转移就业 2023 = 15 万人 -|登记失业率 - < 5 % -",
        ),
        (
            "今年新增规上企业20家以上,完成技改投资50亿元。",
            "规上企业 2022 rise 20 家 -|完成技改投资 2022 = 50 亿元 -",
        ),
        ("全年完成植树造林10万亩。", "完成植树造林 2022 = 10 万亩 -"),
        ("年内建设充电桩500个。", "建设充电桩 2022 = 500 个 -"),
        ("全年的用水量为5万吨。", ""),
        ("2020年覆盖率达到60%。力争2025年覆盖率达到80%。", "覆盖率 2025 = 80 % -"),
        ("2020年,覆盖率达到60%。下一步,力争筛查率达到80%以上。", "筛查率 - >= 80 % -"),
    ],
)
def test_a_bare_year_and_this_year_hold_for_their_sentence(text: str, shown_rows: str) -> None:
    rows = targets(text, SIGNED)
    assert shown(rows) == shown_rows


PERIOD, LONGER = "示范市学前教育规划(2021—2023年)\n", "示范市学前教育规划(2021—2025年)\n"


@pytest.mark.parametrize(
    ("title", "text", "after", "expected"),
    [
        ("", "从2021年起,用3年时间,新建学校20所。", "", (2023, "bare:counted")),
        ("", "自2022年开始,利用三至五年时间,毛入园率达到90%。", "", (2026, "level:counted")),
        ("", "用3年时间(2021—2023年),毛入园率达到90%。", "", (2023, "level")),
        (PERIOD, "力争用三年左右的时间,毛入园率达到90%。", "", (2023, "level:title-year")),
        (PERIOD, "经过三年努力,毛入园率达到90%。", "", (2023, "level:title-year")),
        (LONGER, "用两年时间,毛入园率达到90%。", "", (2022, "level:counted-from-period")),
        ("", "用3年时间,毛入园率达到90%。", SIGNED, (2024, "level:counted-from-date")),
        ("", "今后五年,毛入园率达到90%。", SIGNED, (2026, "level:counted-from-date")),
        ("", "全市计划三年内新建学校20所。", SIGNED, (2024, "bare:counted-from-date")),
        ("", "用3年左右时间,新建学校20所。", "", (None, "bare:open-end")),
        (PERIOD, "3年内,新建学校20所。", "", (2023, "bare:title-year")),
        ("", "3年内,新建学校20所。", SIGNED, (None, "bare:no-year")),
    ],
)
def test_an_end_is_counted_where_a_begin_is_stated(
    title: str, text: str, after: str, expected: tuple[int | None, str]
) -> None:
    (row,) = read(f"{title}一、任务\n(一)实施示范行动\n{text}\n{after}")
    assert (row.year, row.evidence.rule) == expected
    assert bool(row.evidence.note) == (":" in row.evidence.rule)


@pytest.mark.parametrize(
    "text",
    ["近3年,新建学校20所。", "经过五年努力,新建学校20所。", "过去4年,新建学校20所。", "3年内2次以上违规的,予以处罚。"],
)
def test_years_that_have_been_or_that_a_rule_names_set_no_end(text: str) -> None:
    assert targets(text, SIGNED) == ()


@pytest.mark.parametrize("said", ["不低于55%", "达到55%"])
def test_a_target_whose_year_is_over_is_doubted(said: str) -> None:
    (row,) = targets(f"到2020年,二级以上医院设老年科的比例{said}。", SIGNED)
    assert (row.year, row.evidence.rule) == (2020, "level:past-year")
    assert row.evidence.note


def plan(text: str) -> tuple[TargetRow, ...]:
    return read(text)


TITLE = "示范县“十四五”教育发展规划\n\n"


@pytest.mark.parametrize(
    ("text", "shown_rows"),
    [
        ("一、发展基础\n(一)教育资源\n到2025年,毛入园率达到90%。\n", ""),
        ("一、“十三五”发展回顾\n到2025年,毛入园率达到90%。\n", ""),
        ("一、“十三五”时期教育取得新成效\n(一)教育资源\n毛入园率达到90%。\n", ""),
        ("一、“十四五”时期教育取得新成效\n(一)教育资源\n毛入园率达到90%。\n", "毛入园率 2025 = 90 % -"),
        ("一、主要任务\n(一)夯实发展基础。到2025年,毛入园率达到90%。\n", "毛入园率 2025 = 90 % -"),
        ("一、主要任务\n(一)优化营商发展环境。到2025年,满意率达到90%。\n", "满意率 2025 = 90 % -"),
        ("一、主要任务\n(一)扩大资源。2020年,毛入园率达到90%。\n", ""),
        ("一、主要任务\n(一)扩大资源。培育示范幼儿园10所以上。\n", "培育示范幼儿园 2025 >= 10 所 -"),
        ("为加快发展,力争到2025年,毛入园率达到95%,制定本规划。\n一、任务\n(一)扩大资源。\n", "毛入园率 2025 = 95 % -"),
        ("毛入园率达到95%以上。\n一、任务\n(一)扩大资源。\n", ""),
    ],
)
def test_what_a_plan_looks_back_on_and_what_its_title_covers(text: str, shown_rows: str) -> None:
    assert shown(plan(TITLE + text)) == shown_rows


@pytest.mark.parametrize(
    ("metadata", "signed", "expected"),
    [
        ({"title": "示范市养老规划(2021—2025年)"}, None, DocumentYears(None, 2021, 2025, 2021)),
        (
            {"title": "示范市“十四五”养老规划", "number": "示政发〔2022〕7号"},
            None,
            DocumentYears(2022, 2022, 2025, 2021),
        ),
        ({"title": "示范市养老规划", "number": "示政发〔2021〕7号"}, 2022, DocumentYears(2022, 2021, None)),
        ({"title": "示范市养老规划(2016—2020年)"}, 2022, DocumentYears(2022, 2016, 2020, 2016)),
        ({"title": "示范市2030年前碳达峰方案"}, None, DocumentYears()),
        ({"title": "示范市养老意见", "date_published": "2022-03-01"}, None, DocumentYears(None, 2022, None)),
    ],
)
def test_a_plan_is_dated_by_what_it_says_of_itself(
    metadata: dict[str, str], signed: int | None, expected: DocumentYears
) -> None:
    rows = tuple(MetadataRow("plan", name, value) for name, value in metadata.items())
    assert when_written(rows, signed, WORDS) == expected


@pytest.mark.parametrize("text", ["自2024年1月1日至2025年12月31日执行", "2025年12月31日,大会召开", "2021年4月6日印发"])
def test_a_date_is_no_lead_in(text: str) -> None:
    assert lead_in(text, WORDS) is None


def test_lost_characters_after_a_year_are_noticed() -> None:
    (row,) = targets("到202265-74岁老年人失能发生率有所下降。")
    assert (row.year, row.indicator) == (2022, "65-74岁老年人失能发生率")
    assert row.evidence.note
    assert row.evidence.rule == "trend:lost-characters"


# ---------------------------------------------------------------- doubts


DOUBTFUL = {
    "no-year": "签约率达到75%以上。",
    "years-and-values": "到2025年,签约率达到75%、80%和85%。",
    "cut-short": "到2025年,高血压、糖尿病规范管理率分别达到70%、65%。",
    "new-unit": "到2025年,苗圃规模达到50畦以上。",
}


@pytest.mark.parametrize("circumstance", DOUBTFUL)
def test_a_doubtful_target_says_why(circumstance: str) -> None:
    rows = targets(DOUBTFUL[circumstance])
    assert rows
    for row in rows:
        assert row.evidence.rule == f"level:{circumstance}"
        assert row.evidence.note


def test_a_plain_target_has_the_name_of_its_rule_and_no_note() -> None:
    (row,) = targets("到2025年,签约率达到75%。")
    assert (row.evidence.rule, row.evidence.note) == ("level", "")


@pytest.mark.parametrize(
    ("text", "shown_rows"),
    [
        ("全市“十四五”养老发展目标出炉\n床位达到3万张。\n", "床位 2025 = 3 万张 -"),
        ("工程展开。\n2024年全市70%以上的村建成示范设施。\n", "村建成示范设施 2024 >= 70 % -"),
        ("到2025年,自给率达到70%。\n在床位发展目标方面,床位5000张。\n", "自给率 2025 = 70 % -|床位 2025 = 5000 张 -"),
        ("工程展开了。\n床位达到3万张。\n", ""),
        ("住房方面:\n新建床位3万张,打造护理站20座。\n", "新建床位 - = 3 万张 -|打造护理站 - = 20 座 -"),
        ("全市力争2025年床位达到3万张\n到2025年,入住率达到60%。\n", "入住率 2025 = 60 % -"),
        ("力争工程展开。\n床位发展到3万张。\n", "床位 - = 3 万张 -"),
        ("力争工程展开。\n建了房,床位达到3万张。\n", ""),
        ("印发《示范养老规划(2021—2025年)》。\n入住率达到60%以上。\n", "入住率 2025 >= 60 % -"),
        ("2026年养老床位须增加4%以上,护理床位增加5%。\n", "养老床位 2026 rise 4 % -|护理床位 2026 rise 5 % -"),
        ("印发《“十四五”养老规划》。\n“十三五”期间养老改善。\n入住率达到60%。\n", "入住率 2025 = 60 % -"),
        ("印发《“十四五”养老规划》。\n“十三五”期间养老改善。入住率达到60%。\n", ""),
        ("《规划》提出力争到2025年末入住率达到60%。\n2021年,床位达到3万张,同比增长5%。\n", "入住率 2025 = 60 % -"),
        ("记者获悉,力争工程展开。\n床位达到3万张。\n", ""),
        ("--床位达到3万张。\n(三)人员\n入住率达到60%。\n", "床位 - = 3 万张 -|入住率 - = 60 % -"),
        ("工程展开。\n力争床位达到3万张,入住率达到60%。\n", "床位 - = 3 万张 -|入住率 - = 60 % -"),
    ],
)
def test_a_digest_without_heading_says_in_its_headline_for_which_year_it_speaks(text: str, shown_rows: str) -> None:
    assert shown(read(text)) == shown_rows
