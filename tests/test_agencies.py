"""Agencies: every row of the tables by its example, one-line cases, one body one identifier, and laws."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import assets, lexicon, tables
from policygraph.concepts import AgencyType, Concepts, Function, Name, Region, bundled, load
from policygraph.errors import DataError
from policygraph.resolve import agencies
from policygraph.resolve.agency_index import compile_names

CONCEPTS = assets.path("data", "concepts")
CASES = tables.read_table(Path(__file__).parent / "cases" / "agencies.tsv")
HOME = "210200"  # the region in which the examples are read
GOLD_REGIONS = {"dalian-2021": "210200", "wuhai-2021": "150300", "xiangfu-2020": "410212", "changchun-2021": "220100"}
CLAUSE_REGIONS = {
    "gov": "100000",
    "frag-gov": "100000",
    "henan": "410000",
    "anhui": "340000",
    "hubei": "420000",
    "tibet": "540000",
    "pingxiang": "360300",
    "yingtan": "360600",
    "guangchang": "361030",
    "fuzhou": "361000",
    "meishan": "511400",
    "xingwen": "511528",
    "yuncheng": "140800",
    "zhengzhou": "410100",
    "shenyang": "210100",
    "harbin": "230100",
    "nanjing": "320100",
    "linping": "330113",
    "decheng": "371402",
    "huangshan": "341000",
    "fuqing": "350181",
    "wuhan": "420100",
    "zhaoqing": "441200",
    "chongqing": "500000",
    "shanghai": "310000",
    "lanzhou": "620100",
    "dingxi": "621100",
    "altay": "654300",
    "pucheng": "350722",
    "mianyang": "510700",
    "frag-putian": "350300",
    "frag-guangzhou": "440100",
}


def rows(table: str) -> list[dict[str, str]]:
    return tables.read_table(CONCEPTS / f"{table}.tsv")


def found(name: str, region: str = HOME) -> agencies.AgencyMatch:
    return agencies.resolve_agency(name, region, bundled())


def kind_of(name: str, region: str = HOME) -> str:
    return agencies.agency_type(found(name, region).agency_id)


# ---------------------------------------------------------------- one-line cases


def test_the_cases_were_found() -> None:
    assert len(CASES) == 209


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row['name']}-{row['region']}")
def test_case(row: dict[str, str]) -> None:
    match = found(row["name"], row["region"])
    assert (match.agency_id, "|".join(match.functions)) == (row["agency_id"], row["functions"])


# ---------------------------------------------------------------- the tables

EXAMPLES: dict[str, Callable[[dict[str, str]], bool]] = {
    "agencies": lambda row: kind_of(row["example"]) == row["id"],
    "agency_names": lambda row: kind_of(row["example"]) == row["agency"],
    "functions": lambda row: row["id"] in found(row["example"]).functions,
    "morphemes": lambda row: set(filter(None, row["functions"].split("|"))) <= set(found(row["example"]).functions),
    "agency_affixes": lambda row: bool(found(row["example"]).functions) and row["form"] in row["example"],
    "reforms": lambda row: (
        [set(map(kind_of, side.split("|"))) for side in row["example"].split("→")] == [{row["before"]}, {row["after"]}]
    ),
}


@pytest.mark.parametrize("table", EXAMPLES)
def test_every_row_runs_its_example(table: str) -> None:
    found_rows = rows(table)
    assert len(found_rows) > 30
    assert [row for row in found_rows if not EXAMPLES[table](row)] == []


def test_the_tables_are_wide_enough() -> None:
    counts = {table: len(rows(table)) for table in ("functions", "agencies", "agency_names", "morphemes")}
    least = {"functions": 90, "agencies": 250, "agency_names": 1500, "morphemes": 250}
    assert {table: number for table, number in counts.items() if number < least[table]} == {}


def test_agency_types_name_known_functions_in_the_order_of_the_table() -> None:
    concepts = bundled()
    order = list(concepts.functions)
    for agency in concepts.agencies.values():
        assert agency.functions, agency.id
        assert list(agency.functions) == sorted(agency.functions, key=order.index), agency.id


def test_a_merged_bureau_is_called_after_its_functions() -> None:
    """So that a bureau composed from its name gets the same identifier as one from the table."""
    concepts = bundled()
    former = {reform.before for reform in concepts.reforms}
    merged = [
        agency
        for agency in concepts.agencies.values()
        if agency.kind == "government" and len(agency.functions) > 1 and agency.id not in former
    ]
    assert len(merged) > 30
    assert [agency.id for agency in merged if agency.id != "-".join(agency.functions)] == []


def functions_in(slug: str, order: list[str]) -> list[str]:
    """Cut a slug into function ids in the order of their table, as a composed identifier is made."""
    for at, name in enumerate(order):
        rest = functions_in(slug[len(name) + 1 :], order[at + 1 :]) if slug.startswith(f"{name}-") else []
        if slug == name or rest:
            return [name, *rest]
    return []


def test_no_type_has_the_identifier_of_a_composed_one_with_other_functions() -> None:
    order = list(bundled().functions)
    for agency in bundled().agencies.values():
        for ending in ("", "-center", "-association"):
            spelled = functions_in(agency.id.removesuffix(ending), order) if agency.id.endswith(ending) else []
            assert spelled in ([], list(agency.functions)), agency.id


def test_reforms_name_known_types() -> None:
    known = bundled().agencies
    assert [reform for reform in bundled().reforms if reform.before not in known or reform.after not in known] == []


def test_the_names_before_a_reform_stand_at_its_levels() -> None:
    """A body that ended keeps the identity it had: its name is not read as that of the body after it."""
    regions = bundled().regions
    for row in rows("reforms"):
        levels = row["level"].split("|")
        before = [found(name).agency_id.partition("/")[0] for name in row["example"].partition("→")[0].split("|")]
        assert {regions[code].level for code in before} <= set(levels), row
        assert set(filter(None, row["ended_at"].split("|"))) <= set(levels) <= set(bundled().levels), row
        assert not (row["kind"] == "part" and row["ended_at"]), row  # what only lost duties did not end


def test_a_body_that_a_text_calls_by_its_old_name_ended_in_the_month_that_the_reform_says() -> None:
    """The proof reader knows words, not bodies: what both tables say of a body is the same."""
    outdated, ended = lexicon.bundled().time.outdated_terms, defaultdict[str, set[str]](set)
    for reform in (each for each in bundled().reforms if each.replaced):
        ended[reform.before].add(reform.local_by)
    months = {form: (said.partition("/")[0], ended.get(kind_of(f"市{form}"))) for form, said in outdated.items()}
    assert [form for form, (said, known) in months.items() if known and known != {said}] == []
    assert sum(known is not None for _, known in months.values()) > 15


def test_a_reform_says_when_and_by_what() -> None:
    for reform in bundled().reforms:
        assert reform.source
        assert reform.began.startswith(reform.year)
        assert not reform.local_by or reform.local_by >= reform.began


def test_the_bodies_of_the_audit_ended() -> None:
    ended = {reform.before: reform.local_by for reform in bundled().reforms if "county" in reform.ended_at}
    names = ("区食品药品监督管理局", "区卫生计生委", "区卫生和计划生育局", "区新闻出版广电局", "区扶贫办")
    assert [ended[kind_of(name)] for name in names] == ["2019-03"] * 4 + ["2021-12"]


def test_weak_names_score_lower_than_strong_ones() -> None:
    assert found("市卫健委").score > found("市卫键委").score > found("市东方红星").score


# ---------------------------------------------------------------- one body, one identifier

ONE_BODY = """
市卫健委 市卫生健康委 市卫生健康委员会 市卫生健康局 大连市卫健委 市卫键委
市发改委 市发展改革委 市发展和改革委员会 市发展改革局
市委政法委 市委政法委员会 大连市委政法委
团市委 共青团大连市委 共青团大连市委员会
市妇联 市妇女联合会
市委文明办 市文明办 市委精神文明建设委员会办公室
市文体旅游广电局 市文广体旅局 市文旅广体局 市文广旅体局
市资规局 市自然资源和规划局 市规划和自然资源局 市规自局
市国资委 市政府国资委 市国有资产监督管理委员会
市烟草局 大连市烟草专卖局 大连烟草专卖局
人行大连市分行 人民银行大连市分行 中国人民银行大连市分行 中国人民银行大连分行
黄龙园区 黄龙产业集聚区管委会 黄龙园区管委会
""".strip().splitlines()


@pytest.mark.parametrize("line", ONE_BODY, ids=lambda line: line.split()[0])
def test_names_of_one_body_give_one_identifier(line: str) -> None:
    assert len({found(name).agency_id for name in line.split()}) == 1


TWO_BODIES = """
金陵海关 新生圩海关
大连海关 大窑湾海关
市金融监管局 大连金融监管局
高新区管委会 经开区管委会
市林业局 市林业发展中心
健康大连行动推进委员会 健康大连行动推进委员会办公室
市人民医院 市口腔医院
市教育局 市教体局
市财政局 省财政厅
市财政局 财政部
""".strip().splitlines()


@pytest.mark.parametrize("line", TWO_BODIES, ids=lambda line: line.split()[0])
def test_different_bodies_stay_apart(line: str) -> None:
    names = line.split()
    assert len({found(name).agency_id for name in names}) == len(names)


@pytest.mark.parametrize("core", ["水利", "农业农村", "科技", "商务", "应急管理", "退役军人事务", "文化和旅游"])
@pytest.mark.parametrize(("frame", "region"), [("县{}局", "410212"), ("省{}厅", "410000"), ("{}部", "100000")])
def test_a_function_resolves_at_every_level(core: str, frame: str, region: str) -> None:
    match = found(frame.format(core), "410212")
    assert match.agency_id.startswith(f"{region}/")
    assert match.functions == found(f"市{core}局").functions


# ---------------------------------------------------------------- the development texts


def test_every_agency_of_the_gold_annotation_resolves(shared: Path) -> None:
    table = tables.read_table(shared / "gold" / "responsibilities.tsv")
    names = sorted({(row["doc"], row["agency"]) for row in table})
    assert len(names) > 140
    matches = {(doc, name): found(name, GOLD_REGIONS[doc]) for doc, name in names}
    assert [key for key, match in matches.items() if match.score < 0.8 or not match.functions] == []


def test_the_agencies_of_other_plans_resolve(shared: Path) -> None:
    names = set()
    for row in tables.read_table(shared / "cases" / "clauses.tsv"):
        region = next(code for start, code in CLAUSE_REGIONS.items() if row["document"].startswith(start))
        cells = (row[role] for role in ("lead", "support", "responsible"))
        names.update((name, region) for cell in cells for name in cell.split("|") if name)
    unknown = sorted(name for name, region in names if not found(name, region).functions)
    assert len(names) > 200
    assert len(unknown) <= 0.03 * len(names), unknown


# ---------------------------------------------------------------- laws


def test_an_unknown_name_keeps_its_pinyin() -> None:
    match = found("市东方红星")
    assert match.agency_id == "210200/x-dong-fang-hong-xing"
    assert (match.functions, match.score) == ((), agencies.UNRESOLVED)


@pytest.mark.parametrize(
    "name", ["", " ", "、", "()", "😀", "委", "市", "各", "国家", "a" * 500, "各" * 500, "市" * 500]
)
def test_what_is_no_name_is_answered_too(name: str) -> None:
    assert found(name).agency_id.startswith(f"{HOME}/") or name == "国家"


PIECES = st.sampled_from(
    [*"市区县省委局厅部办团各国和、()中心", "卫健", "大连", "政府", "海关", "分行", "文广", "旅", "管委会"]
)
FRESH = agencies.compile_resolver(bundled())  # compiled apart: nothing depends on what was asked before
NAMES = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=12).map("".join))


@given(NAMES, st.sampled_from([HOME, "410212", "100000", "", "nowhere", "999999"]))
def test_never_raises_and_always_says_the_same(name: str, region: str) -> None:
    match = found(name, region)
    assert match == FRESH.resolve(agencies.cleaned(name), region or agencies.UNKNOWN_REGION)
    where, _, what = match.agency_id.partition("/")
    assert where and what
    assert match.agency_id.isascii()
    assert 0 <= match.score <= 1
    assert match.reason
    assert set(match.functions) <= set(bundled().functions)


# ---------------------------------------------------------------- broken tables


def small(names: dict[str, str]) -> Concepts:
    """Return concepts with two types and the given names."""
    empty: dict[str, object] = {}
    return Concepts(
        functions={"health": Function("health", "卫生健康", "Health", "")},
        agencies={key: AgencyType(key, "卫生局", key, ("health",), "government") for key in ("a", "b")},
        agency_names={name: Name(name, target, True) for name, target in names.items()},
        morphemes={},
        regions={"210200": Region("210200", "大连市", "大连", "prefecture", "")},
        levels=empty,
        indicators=empty,
        indicator_names=empty,
        actions=empty,
        action_names=empty,
        documents=empty,
        reforms=(),
        affixes=bundled().affixes,
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "names", [{"文化和旅游局": "a", "文化旅游局": "b"}, {"文化局": "nobody"}], ids=["clash", "unknown"]
)
def test_a_name_table_that_contradicts_itself_is_refused(names: dict[str, str]) -> None:
    with pytest.raises(DataError, match=r"agency_names\.tsv"):
        compile_names(small(names))


def test_a_small_table_resolves_by_itself() -> None:
    concepts = small({"卫生局": "a"})
    assert agencies.resolve_agency("大连市卫生局", "210200", concepts).agency_id == "210200/a"
    assert agencies.resolve_agency("市委", "210200", concepts).agency_id == "210200/x-wei"


@pytest.mark.parametrize("line", ["市\tplanet\t市财政局", "局\ttail-bureau\t市财政局\n局\ttail-bureau\t市财政局"])
def test_a_broken_affix_table_is_refused(line: str, tmp_path: Path) -> None:
    shutil.copytree(assets.path("data", "concepts"), tmp_path / "concepts")
    path = tmp_path / "concepts" / "agency_affixes.tsv"
    path.write_text(f"form\tkind\texample\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match="mend this row"):
        load(tmp_path / "concepts")
