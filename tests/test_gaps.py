"""The gap report: each rule on rows made for it, and what it finds in the bundled plans."""

from __future__ import annotations

import pytest
from bundled import plans

from policygraph import concepts, pipeline
from policygraph.gaps import COLUMNS, find, gaps, gaps_in_store
from policygraph.gaps.find import RULES
from policygraph.gaps.records import Duty, Goal, Heading, Plan, Records
from policygraph.rows import Rows
from policygraph.store import open_store


def duty(section: str, role: str, agency: str, document: str = "city", functions: tuple[str, ...] = ()) -> Duty:
    return Duty(document, section, "控烟行动", f"{section}/1", role, f"1/{agency}", agency, functions, f"({agency})")


def goal(section: str, year: int | None = 2022, baseline: str = "", indicator: str = "x") -> Goal:
    return Goal("city", section, "控烟行动", indicator, "吸烟率", year, baseline, "吸烟率下降")


def kinds(records: Records) -> list[tuple[str, str, str]]:
    return [(gap.kind, gap.section, gap.subject) for gap in find(records)]


CITY = Plan("city", ("province",), 2021, True)
ACTION = Heading("city", "二1", "控烟行动")
LED = duty("二1", "lead", "health")
CROWD = tuple(duty(f"二{n}", "support", f"b{n % 5}") for n in range(1, 11))
CASES = {
    "a lead": ((LED,), (), []),
    "nobody leads": ((duty("二1", "responsible", "health"),), (), [("no-lead", "二1", "")]),
    "nobody is named": ((duty("二2", "lead", "health"),), (), [("no-lead", "二1", "")]),
    "a clause below the action counts": ((duty("二1(1)", "lead", "health"),), (), []),
    "a clause of 二10 is not below 二1": ((duty("二10", "lead", "health"),), (), [("no-lead", "二1", "")]),
    "two lead": ((LED, duty("二1", "lead", "sport")), (), [("several-leads", "二1", "health、sport")]),
    "both roles": ((LED, duty("二1", "support", "health")), (), [("lead-and-support", "二1", "health")]),
    "an owned target": ((LED,), (goal("二1"),), []),
    "nobody answers for it": ((LED,), (goal("三"),), [("unowned-target", "三", "吸烟率")]),
    "owned elsewhere": ((LED,), (goal("三"), goal("二1")), []),
    "a baseline after the year": ((LED,), (goal("二1", 2022, "2025"),), [("odd-baseline", "二1", "吸烟率")]),
    "a baseline between milestones": (
        (LED,),
        (goal("二1", 2021), goal("二1", 2030, "2022")),
        [("odd-baseline", "二1", "吸烟率")],
    ),
    "the milestone before is a baseline": ((LED,), (goal("二1", 2022), goal("二1", 2030, "2022")), []),
    "a year that is past": ((LED,), (goal("二1", 2020),), [("past-year", "二1", "吸烟率")]),
    "a load far above the others": (
        (LED, *CROWD, *(duty(f"四{n}", "lead", "health") for n in range(9))),
        (),
        [("outlying-load", "", "health")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_what_it_is_for(name: str) -> None:
    duties, goals, expected = CASES[name]
    assert kinds(Records((CITY,), (ACTION,), duties, goals)) == expected


def test_every_rule_has_a_case() -> None:
    assert len(CASES) == 15
    told = {kind for _, _, expected in CASES.values() for kind, _, _ in expected}
    assert len(told | {"no-counterpart"}) == len(RULES) == 8


def test_a_body_that_leads_above_needs_a_counterpart_of_its_function() -> None:
    above = Plan("province", (), 2020, True)
    led = duty("一", "lead", "省卫生健康委", "province", ("health",))
    lower = duty("二1", "lead", "教育局", "city", ("education",))
    (gap,) = [gap for gap in find(Records((CITY, above), (ACTION,), (led, lower), ())) if gap.kind == "no-counterpart"]
    assert (gap.document, gap.subject, gap.quote) == ("city", "省卫生健康委", "(省卫生健康委)")
    merged = duty("二1", "lead", "卫体局", "city", ("health", "sport"))
    assert not [g for g in find(Records((CITY, above), (ACTION,), (led, merged), ())) if g.kind == "no-counterpart"]


def test_nothing_is_missing_in_a_document_whose_text_is_not_at_hand() -> None:
    excerpt = Plan("city", (), 2021, False)
    assert kinds(Records((excerpt,), (ACTION,), (duty("二2", "responsible", "health"),), (goal("三"),))) == []


# ---------------------------------------------------------------- the bundled plans


@pytest.fixture(scope="module")
def found() -> Rows:
    return gaps(plans(), concepts.bundled())


def of(rows: Rows, kind: str) -> list[dict[str, object]]:
    return [row for each in rows.rows if (row := dict(zip(rows.columns, each, strict=True)))["kind"] == kind]


def test_wuhai_gives_target_years_2020_and_2030_beside_baselines_2019_and_2022(found: Rows) -> None:
    (row,) = of(found, "odd-baseline")
    assert (row["section"], row["subject"]) == ("三(一)2", "居民营养健康知识知晓率")
    assert row["reason_zh"] == "目标年份 2020/2030，基期却为 2022"
    assert "2019年和2022年基础上" in str(row["quote"])


def test_xiangfu_names_its_medical_security_bureau_as_lead_and_support(found: Rows) -> None:
    (row,) = of(found, "lead-and-support")
    assert (row["section"], row["subject"]) == ("二(三)12", "区医保局")
    assert str(row["quote"]).count("医保局") == 2


def test_a_gap_has_its_place_and_reason_in_both_languages(found: Rows) -> None:
    assert found.columns == COLUMNS
    assert len(found.rows) > 50
    for row in found.rows:
        gap = dict(zip(COLUMNS, row, strict=True))
        assert all(gap[name] for name in ("kind", "document", "quote", "reason_zh", "reason_en")), gap
        assert gap["section"] or gap["kind"] in ("outlying-load", "no-counterpart")


def test_the_rule_for_outlying_loads_is_said(found: Rows) -> None:
    rows = of(found, "outlying-load")
    assert all("+ 3 MAD = " in str(row["reason_en"]) for row in rows)
    heaviest = {row["document"]: row["subject"] for row in reversed(rows)}
    assert set(heaviest.values()) == {"市卫生健康委", "区卫健委", "市卫健委", "市卫生健康委员会"}


def test_a_store_has_the_gaps_of_its_tables(found: Rows) -> None:
    store = open_store()
    store.add_all(pipeline.assemble([each for each in plans() if each.doc in ("wuhai-2021", "xiangfu-2020")]).quads)
    slugs = {"wuhaizhengbanfa-2021-37", "410212-2020-12-02-95bf79f3"}
    assert set(gaps_in_store(store).rows) == {row for row in found.rows if row[1] in slugs}
